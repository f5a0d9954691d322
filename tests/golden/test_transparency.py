"""The Transparency Code's lists and an answer to a request, byte for byte; workbooks by their cells."""

import os
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from reports.files import File
from reports.transparency import (
    DISCLOSURE,
    EXTRA_NAMES,
    GRANTS,
    SCHEMA,
    TEMPLATE,
    Layout,
)
from reports.transparency_files import csv_file, json_file, xlsx_file
from reports.transparency_row import CodeRow, Supplier, Withheld

FOLDER = Path(__file__).parent / "transparency"
EXEMPT = Withheld("REDACTED COMMERCIAL CONFIDENTIALITY", "Local Government Act 1972, schedule 12A, paragraph 3")
PERSONAL = Withheld("REDACTED PERSONAL DATA", "Freedom of Information Act 2000, section 40(2): personal data")
COUNCIL = {
    "organisation": "Northshire County Council",
    "organisation_uri": "http://opendatacommunities.org/id/county-council/northshire",
    "effective_on": date(2026, 9, 30),
}
NEIGHBOURS = Supplier(name="Northshire Neighbours", charity="279417", sme=True, vcse=True, vcse_type="Voluntary sector")
ROWS = (
    CodeRow(
        **COUNCIL,  # type: ignore[arg-type]  # as CodeRow has them
        reference="NCC/25/0001",
        title="Household waste sites, mid and east",
        contract_type="Single award contract",
        unit="Growth, Environment & Transport",
        division="Waste",
        form="Contract",
        description="Running ten sites;\nhaulage and recycling",
        category="Waste",
        cpv_code="90500000",
        cpv_label="Refuse and waste related services",
        awarded_on=date(2020, 9, 1),
        starts_on=date(2020, 11, 1),
        ends_on=date(2026, 10, 31),
        review_on=date(2026, 4, 1),
        latest_end_on=date(2030, 10, 31),
        value=Decimal("40125123.00"),
        basis="Whole life",
        annual=Decimal(8_025_024),
        spend=Decimal("31000000.10"),
        fixed=True,
        irrecoverable_vat=Decimal(0),
        suppliers=(Supplier(name="Meadow & Sons Ltd", company="01234567", sme=True, vcse=False),),
        contact_name="Head of Waste",
        contact_email="waste.contracts@northshire.example",
        process="Published invitation to tender",
        tender_url="https://www.northshire.example/tender/1",
        document_url="https://www.northshire.example/contract/1",
        length="10 years (6 + 4)",
        options="48 months",
    ),
    CodeRow(
        **COUNCIL,  # type: ignore[arg-type]
        title='=HYPERLINK("http://elsewhere.example") and café meals',
        contract_type="Multiple award contract",
        unit="Adults",
        form="Contract",
        starts_on=date(2026, 4, 1),
        end_condition="Until the partnership ends",
        value=Decimal(7_654_321),
        annual=Decimal(1_000_000),
        spend=Decimal(900_000),
        basis="Whole life",
        fixed=False,
        irrecoverable_vat=Decimal("12.5"),
        suppliers=(
            Supplier(name="-Care UK", charity="1090095", sme=True, vcse=True, vcse_type="Community interest company"),
            Supplier(masked=True, sme=None, vcse=None),
        ),
        process="Other",
        withheld={"ContractValue": EXEMPT},
    ),
    CodeRow(
        **COUNCIL,  # type: ignore[arg-type]
        reference="G-7",
        title="Lunch clubs",
        contract_type="Grant agreement",
        unit="Adults",
        form="Grant",
        description="Meals and company for older people",
        awarded_on=date(2026, 5, 1),
        starts_on=date(2026, 6, 1),
        ends_on=date(2027, 5, 31),
        value=Decimal(900),
        basis="Whole life",
        suppliers=(NEIGHBOURS,),
        process="Invitation to quote",
        withheld={"Description": PERSONAL},
    ),
)  # fmt: skip
LAYOUTS: dict[str, Layout] = {
    "schema": SCHEMA,
    "template": TEMPLATE,
    "template-own-columns": TEMPLATE.without(("ProclassCode", "ContractValue")).with_extras(EXTRA_NAMES),
    "grants": GRANTS,
    "answer": DISCLOSURE,
}
ABOUT = {"title": "Contracts register, July to September 2026", "publisher": "Northshire County Council"}


def held_to(name: str, told: bytes) -> None:
    """Changed on purpose? `make golden`, and read the difference."""
    kept = FOLDER / name
    if os.environ.get("GOLDEN") == "write":
        FOLDER.mkdir(exist_ok=True)
        kept.write_bytes(told)
    assert kept.read_bytes() == told, name


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_layout_as_a_text_file_is_the_one_that_was_agreed(name: str) -> None:
    held_to(f"{name}.csv", csv_file(name, ROWS, LAYOUTS[name]).content)


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_layout_as_a_workbook_has_the_same_cells_with_real_numbers_and_dates(name: str) -> None:
    held_to(f"{name}-workbook.txt", cells_of(xlsx_file(name, ROWS, LAYOUTS[name], ABOUT["title"])))


def test_the_schema_as_json_is_the_one_that_was_agreed() -> None:
    held_to("schema.json", json_file("schema", ROWS, SCHEMA, ABOUT).content)


def cells_of(file: File) -> bytes:
    sheet = CalamineWorkbook.from_filelike(BytesIO(file.content)).get_sheet_by_index(0)
    lines = [
        "\t".join(f"{type(cell).__name__}:{cell}" if cell != "" else "" for cell in row) for row in sheet.to_python()
    ]
    return ("\n".join(line.replace("\r", "") for line in lines) + "\n").encode()
