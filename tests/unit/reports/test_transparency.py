"""The LGA's two layouts as they are declared, and how a cell is written in each."""

import csv
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from reports.transparency import (
    DISCLOSURE,
    EXTRA_NAMES,
    GRANTS,
    OPTIONAL_NAMES,
    SCHEMA,
    TEMPLATE,
    Layout,
    fact,
    in_words,
)
from reports.transparency_row import CodeRow, Supplier, Withheld

ROW = CodeRow(
    organisation="Wealdshire County Council",
    effective_on=date(2026, 9, 30),
    reference="A1",
    title="Home care",
    starts_on=date(2024, 4, 1),
    value=Decimal("1250000.50"),
    irrecoverable_vat=Decimal(0),
    fixed=False,
    suppliers=(Supplier(name="Lumen Care Ltd", company="01234567", sme=True, vcse=False),),
    process="Other",
    annual=Decimal(250_000),
)


def cell(row: CodeRow, name: str, layout: Layout) -> str:
    column = next(column for column in layout.columns if column.name == name)
    return in_words(fact(row, column, layout), layout)


def told_of(row: CodeRow, layout: Layout) -> str:
    return " ".join(in_words(fact(row, column, layout), layout) for column in layout.columns)


def test_the_schema_has_its_38_columns_in_the_lgas_order_with_what_it_requires(samples: Path) -> None:
    told = json.loads((samples / "lga" / "Contracts.json").read_bytes().decode("utf-16-le"))["fields"]
    assert SCHEMA.headings == [one["name"] for one in told]
    assert len(SCHEMA.columns) == 38
    required = {one["name"] for one in told if one["constraints"]["required"]}
    assert {column.name for column in SCHEMA.columns if column.required} == required


def test_the_template_adds_the_effective_date_as_its_third(samples: Path) -> None:
    with (samples / "registers" / "norfolk-2015-quarter.csv").open(encoding="utf-8-sig", newline="") as file:
        published = next(csv.reader(file))
    assert len(TEMPLATE.columns) == len(published) == 39
    assert TEMPLATE.headings[2] == "Effective date"
    ours = [heading.casefold().replace("'", "") for heading in TEMPLATE.headings]
    theirs = [heading.casefold().replace("location service label", "location served label") for heading in published]
    assert ours == theirs


@pytest.mark.parametrize(
    ("name", "schema", "template"),
    [
        ("StartDate", "2024-04-01T00:00:00", "01/04/2024"),
        ("EndDate", "", ""),
        ("ContractValue", "1250000.50", "1250000.50"),
        ("IrrecoverableVAT", "0.00", "0.00"),
        ("FixedCost", "false", "Estimated"),
        ("SMESupplier", "true", "Yes"),
        ("VCSESupplier", "false", "No"),
        ("ProcessType", "", "Other"),
    ],
)
def test_a_cell_is_written_as_each_layout_asks(name: str, schema: str, template: str) -> None:
    assert (cell(ROW, name, SCHEMA), cell(ROW, name, TEMPLATE)) == (schema, template)


@pytest.mark.parametrize(
    ("known", "schema", "template"),
    [
        ((True, True), "true", "Yes"),
        ((False, False), "false", "No"),
        ((True, False), "", "Yes; No"),
        ((True, None), "", ""),
        ((None,), "", ""),
        ((), "", ""),
    ],
)
def test_not_known_is_blank_and_never_no(known: tuple[bool | None, ...], schema: str, template: str) -> None:
    row = replace(ROW, suppliers=tuple(Supplier(name="A", sme=one) for one in known))
    assert (cell(row, "SMESupplier", SCHEMA), cell(row, "SMESupplier", TEMPLATE)) == (schema, template)


@pytest.mark.parametrize(
    ("recorded", "schema", "template"),
    [("community sector", "Community sector", "Other"), ("housing association", "", "Housing Association"),
     ("", "", "Not known")],
)  # fmt: skip
def test_each_layout_has_its_own_words_for_a_voluntary_body(recorded: str, schema: str, template: str) -> None:
    row = replace(ROW, suppliers=(Supplier(name="A", vcse=True, vcse_type=recorded),))
    assert (cell(row, "VCSESupplierType", SCHEMA), cell(row, "VCSESupplierType", TEMPLATE)) == (schema, template)


def test_a_withheld_value_takes_every_amount_with_it_in_every_layout() -> None:
    ground = Withheld("REDACTED COMMERCIAL CONFIDENTIALITY", "Schedule 12A, paragraph 3")
    row = replace(ROW, spend=Decimal(777_777), withheld={"ContractValue": ground})
    layouts = [one.with_extras(EXTRA_NAMES) for one in (SCHEMA, TEMPLATE)] + [GRANTS, DISCLOSURE]
    for layout in layouts:
        told = told_of(row, layout)
        assert not any(amount in told for amount in ("1250000", "250000", "777777", "Estimated"))
    assert cell(row, "ContractValue", SCHEMA) == cell(row, "IrrecoverableVAT", SCHEMA) == ground.literal
    assert cell(row, "Spend", DISCLOSURE) == "Withheld: Schedule 12A, paragraph 3"


def test_a_withheld_supplier_takes_its_numbers_with_it() -> None:
    row = replace(ROW, withheld={"SupplierName": Withheld("REDACTED PERSONAL DATA", "section 40(2)")})
    for layout in (SCHEMA, TEMPLATE, GRANTS, DISCLOSURE):
        told = told_of(row, layout)
        assert "Lumen" not in told
        assert "01234567" not in told


def test_a_masked_name_prints_as_personal_data() -> None:
    row = replace(ROW, suppliers=(Supplier(masked=True), Supplier(name="Lumen Care Ltd")))
    assert cell(row, "SupplierName", TEMPLATE) == "REDACTED PERSONAL DATA; Lumen Care Ltd"


def test_a_council_drops_only_what_is_optional_and_adds_after_the_rest() -> None:
    everything = [column.name for column in SCHEMA.columns]
    dropped = SCHEMA.without(everything)
    assert [column.name for column in dropped.columns] == [one for one in everything if one not in OPTIONAL_NAMES]
    added = TEMPLATE.with_extras(["Division", "ValueBasis"])
    assert [column.name for column in added.columns][-2:] == ["ValueBasis", "Division"]
