"""Each annex: its caption, order, groups, cells and footnotes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reports.annex_agreements import AgreementStatus
from reports.annex_services import Delivered
from reports.annex_set import AnnexSet
from reports.annex_social_value import Annex5Statement
from reports.table import Medium
from reports.values import Money, Party, Threshold, Timing, Unit
from tests.golden.sample import annex_set
from tests.unit.reports.makers import (
    ADULTS,
    OLDER,
    a_commitment,
    a_context,
    a_contract,
    a_service,
    a_service_contract,
    a_set,
    an_activity,
    an_agreement,
    annex,
    million,
    texts,
    values,
)

ALL = (1, 2, 3, 4, 5)
HOMES = tuple(Party(f"Home {number}") for number in range(50))


def groups(number: int, annexes: AnnexSet) -> list[str]:
    return [section.heading for section in annex(number, annexes).sections]


# Every annex


@pytest.mark.parametrize("number", ALL)
def test_an_empty_table_says_that_somebody_looked(number: int) -> None:
    laid = annex(number, a_set())
    assert laid.empty == "None identified by Adult Social Care as at 12 March 2015"
    assert (laid.lines, laid.totals) == ((), ())


@pytest.mark.parametrize("number", ALL)
def test_word_is_portrait_and_has_eight_columns_at_most(number: int) -> None:
    assert len(annex(number, annex_set(), Medium.WORD).headings) <= 8


@pytest.mark.parametrize("number", ALL)
def test_every_heading_is_said_once(number: int) -> None:
    for medium in (Medium.SCREEN, Medium.WORD, Medium.XLSX, Medium.CSV):
        headings = [heading.text for heading in annex(number, annex_set(), medium).headings]
        assert len(set(headings)) == len(headings)


@pytest.mark.parametrize(
    ("threshold", "second", "third"),
    [
        (
            Threshold(Decimal(1_000_000)),
            "Annex 2: Commissioned services over £1m",
            "Annex 3: Major forthcoming activity (key decisions over £1m, next three years)",
        ),
        (
            Threshold(Decimal(500_000), at_least=True),
            "Annex 2: Commissioned services of £500,000 or more",
            "Annex 3: Major forthcoming activity (key decisions of £500,000 or more, next three years)",
        ),
    ],
)
def test_captions_carry_the_council_s_threshold(threshold: Threshold, second: str, third: str) -> None:
    annexes = a_set(context=a_context(threshold=threshold))
    assert (annex(2, annexes).caption, annex(3, annexes).caption) == (second, third)


def test_provenance_names_the_day_the_version_and_who() -> None:
    annexes = a_set(context=a_context(version="0.3", prepared_by="the Planning Team"))
    assert annex(1, annexes).provenance == (
        "Source: commissioning register, as at 12 March 2015, version 0.3 DRAFT, prepared by the Planning Team."
    )


def test_divisions_follow_the_structure_chart_and_none_comes_last() -> None:
    rows = tuple(
        a_contract(ref=division, unit=Unit(directorate="Adult Social Care", division=division, division_order=order))
        for division, order in (("", 0), ("Zebra", 1), ("Aardvark", 2))
    )
    assert groups(2, a_set(commissioned=rows)) == ["Zebra", "Aardvark", "Division not recorded"]


def test_a_table_without_any_division_is_not_divided() -> None:
    row = a_contract(unit=Unit(directorate="Adult Social Care"))
    assert groups(2, a_set(commissioned=(row,))) == [""]


@pytest.mark.parametrize("number", ALL)
def test_a_council_wide_sheet_has_a_directorate_column(number: int) -> None:
    whole = replace(annex_set(), context=replace(annex_set().context, directorate=None))
    assert "Directorate" in [heading.text for heading in annex(number, whole, Medium.XLSX).headings]
    assert "Directorate" not in [heading.text for heading in annex(number, annex_set(), Medium.XLSX).headings]


# Annex 1


def test_an_in_house_service_has_neither_provider_nor_value() -> None:
    laid = annex(1, a_set(services=(a_service(),)))
    assert [texts(laid, heading) for heading in ("How delivered", "External provider(s)")] == [["In-house"], [""]]
    assert [texts(laid, heading) for heading in ("Contract length", "Contract value")] == [["n/a"], ["n/a"]]
    sheet = annex(1, a_set(services=(a_service(),)), Medium.XLSX)
    assert values(sheet, "Contract value (£)") == [None]


def test_several_contracts_point_to_annex_2() -> None:
    parts = (a_service_contract(), a_service_contract(ref="C2", providers=(Party("Help Ltd"),)))
    laid = annex(1, a_set(services=(a_service(delivered=Delivered.EXTERNAL, contracts=parts),)))
    assert texts(laid, "Contract length") == ["see Annex 2 (2)"]
    assert texts(laid, "External provider(s)") == ["Care Ltd; Help Ltd"]
    assert texts(laid, "Contract value") == ["£4.0m"]


@pytest.mark.parametrize(
    ("at_least", "note"), [(False, "2 contracts of £1m or less."), (True, "2 contracts below £1m.")]
)
def test_smaller_contracts_are_only_counted(at_least: bool, note: str) -> None:  # noqa: FBT001 - a row of a table
    context = a_context(threshold=Threshold(Decimal(1_000_000), at_least=at_least))
    services = (a_service(delivered=Delivered.EXTERNAL, smaller_contracts=2),)
    assert texts(annex(1, a_set(context=context, services=services)), "Note") == [note]


def test_a_change_points_to_annex_3() -> None:
    services = (a_service(changes=("F1", "F2")), a_service(service="Respite"))
    laid = annex(1, a_set(services=services))
    assert texts(laid, "Change expected in plan period") == ["Yes: F1 and F2, Annex 3", "No"]


def test_annex_1_counts_services_by_how_they_are_delivered() -> None:
    services = (a_service(), a_service(service="B"), a_service(service="C", delivered=Delivered.COMPANY))
    laid = annex(1, a_set(services=services))
    assert laid.remarks == ("3 services: 2 in-house (67%) and 1 council-owned company (33%).",)


def test_a_value_that_leaves_a_contract_out_says_so() -> None:
    parts = (
        a_service_contract(),
        a_service_contract(ref="C2", value=Money()),
        a_service_contract(ref="C3", value=None),
    )
    laid = annex(1, a_set(services=(a_service(contracts=parts),)))
    assert texts(laid, "Contract value") == ["£2.0m"]
    assert texts(laid, "Note") == [
        "Annual value only: see C3 in Annex 2. Value leaves out 1 contract with no confirmed value."
    ]


# Annex 2


def test_contracts_stand_by_service_then_by_end() -> None:
    rows = (
        a_contract(ref="late", current_end_on=date(2018, 3, 31)),
        a_contract(ref="open", current_end_on=None),
        a_contract(ref="soon", current_end_on=date(2016, 3, 31)),
        a_contract(ref="other", service="Advocacy", current_end_on=date(2020, 3, 31)),
    )
    assert texts(annex(2, a_set(commissioned=rows)), "Ref") == ["other", "soon", "late", "open"]


def test_fifty_homes_print_once_with_a_footnote_that_lists_them() -> None:
    laid = annex(2, a_set(commissioned=(a_contract(providers=HOMES),)))
    assert texts(laid, "Provider (type)") == ["Multiple (50 providers)"]
    assert laid.footnotes[-1].text.startswith("The 50 providers: Home 0; Home 1;")


def test_annex_2_counts_what_ends() -> None:
    rows = (
        a_contract(current_end_on=date(2016, 3, 31)),
        a_contract(ref="C2", current_end_on=date(2018, 3, 31)),
        a_contract(ref="C3", current_end_on=date(2018, 4, 1)),
    )
    assert (
        "1 contract ends by 31 March 2016, 2 by 31 March 2018, unless extended."
        in annex(2, a_set(commissioned=rows)).remarks
    )


def test_the_largest_provider_is_named_with_its_share() -> None:
    rows = (a_contract(total=million("9")), a_contract(ref="C2", total=million("3"), providers=(Party("Help Ltd"),)))
    assert "Largest provider: Care Ltd, £9.0m of total value (75%)." in annex(2, a_set(commissioned=rows)).remarks


def test_the_maximum_is_tested_and_shown_at_its_high_end() -> None:
    row = a_contract(maximum=Money(Decimal(2_000_000), Decimal(3_000_000), at_least=True))
    sheet = annex(2, a_set(commissioned=(row,)), Medium.XLSX)
    assert values(sheet, "Maximum value, all options (£)") == [Decimal(3_000_000)]
    assert values(sheet, "Notes") == ["Maximum value, all options: at least the figure shown."]


# Annex 3


def test_activity_stands_by_year_and_quarter_with_the_undated_last() -> None:
    rows = (
        an_activity(ref="undated", timing=Timing()),
        an_activity(ref="year", timing=Timing(year=2016)),
        an_activity(ref="later", timing=Timing(year=2016, quarter=4)),
        an_activity(ref="first", timing=Timing(year=2015, quarter=2)),
    )
    assert groups(3, a_set(forthcoming=rows)) == [
        "2015-16, quarter 2 (July to September 2015)",
        "2016-17, quarter 4 (January to March 2017)",
        "2016-17, quarter not yet known",
        "Timing not yet known",
    ]


def test_a_decision_taken_since_the_draft_says_when() -> None:
    row = an_activity(timing=Timing(year=2015, quarter=1, taken_on=date(2015, 5, 3)))
    assert texts(annex(3, a_set(forthcoming=(row,))), "Expected key decision") == ["taken on 3 May 2015"]


def test_a_slipped_decision_says_where_it_was() -> None:
    row = an_activity(timing=Timing(year=2016, quarter=1, originally="Q3 2015-16"))
    laid = annex(3, a_set(forthcoming=(row,)))
    assert texts(laid, "Expected key decision") == ["Q1 2016-17 (originally Q3 2015-16)"]


def test_quarters_and_years_are_columns_of_a_sheet() -> None:
    sheet = annex(3, a_set(forthcoming=(an_activity(),)), Medium.XLSX)
    assert values(sheet, "Financial year") == ["2015-16"]
    assert values(sheet, "Quarter") == ["Q2 2015-16"]


# Annex 4


def test_what_is_being_put_in_place_comes_first() -> None:
    arriving = AgreementStatus.BEING_PUT_IN_PLACE
    rows = (
        an_agreement(company="A Ltd", ref="1"),
        an_agreement(company="Z Ltd", ref="2"),
        an_agreement(company="Z Ltd", ref="3", unit=OLDER, status=arriving),
    )
    laid = annex(4, a_set(agreements=rows))
    assert [section.heading for section in laid.sections] == ["Z Ltd", "A Ltd"]
    assert texts(laid, "SLA ref") == ["3", "2", "1"]


def test_a_company_shows_the_council_s_share() -> None:
    assert groups(4, a_set(agreements=(an_agreement(ownership=Decimal("51.00")),))) == [
        "Northshire Trading Ltd (51% owned by the council)"
    ]


def test_an_agreement_that_is_a_contract_points_to_annex_2() -> None:
    annexes = a_set(agreements=(an_agreement(contract_ref="C1"),), commissioned=(a_contract(agreement_ref="SLA 1"),))
    assert texts(annex(4, annexes), "SLA ref") == ["SLA 1\nAnnex 2: C1"]
    assert texts(annex(2, annexes), "Notes") == ["Also an agreement, SLA 1 in Annex 4; counted here."]


# Annex 5


def test_the_statement_stands_above_its_commitments() -> None:
    statement = Annex5Statement(
        directorate="Adult Social Care",
        text="We buy locally",
        signed_off_by="Corporate Director",
        signed_off_on=date(2015, 3, 3),
        policy="Commissioning Framework",
    )
    assert annex(5, a_set(statements=(statement,))).before == (
        "We buy locally.",
        "Signed off by the Corporate Director on 3 March 2015. Policy: Commissioning Framework.",
    )


def test_a_missing_statement_is_a_finding() -> None:
    assert annex(5, a_set()).before == (
        "No social value statement is recorded for Adult Social Care as at 12 March 2015.",
    )


def test_annex_5_lists_the_contracts_that_promise_nothing() -> None:
    contracts = (a_contract(has_social_value=True), a_contract(ref="C2", title="Respite"), a_contract(ref="C3"))
    assert annex(5, a_set(commissioned=contracts)).remarks == (
        "1 of 3 contracts over £1m (33%) have at least one commitment.",
        "Without one: Day care centres (C3); Respite (C2).",
    )


def test_promised_and_delivered_stand_side_by_side() -> None:
    rows = (
        a_commitment(target_by=date(2016, 3, 31), delivered=Decimal("4.50"), delivered_as_at=date(2015, 2, 28)),
        a_commitment(commitment="Spend here", measure="Local spend", unit_of_measure="£", target=Decimal(1_250_000)),
    )
    laid = annex(5, a_set(commitments=rows))
    assert texts(laid, "Target (by when)") == ["£1,250,000", "10 by 31 March 2016"]
    assert texts(laid, "Delivered to date (as at)") == ["No data", "4.5 at 28 February 2015"]


# Footnotes


def test_footnotes_are_numbered_once_in_order_of_first_use() -> None:
    rows = (
        a_contract(ref="1", footnotes=("Framework", "Let jointly")),
        a_contract(ref="2", footnotes=("Let jointly", "Framework.")),
        a_contract(ref="3", unit=ADULTS, total=Money(why_blank="Awaiting award")),
    )
    laid = annex(2, a_set(commissioned=rows))
    assert [note.text for note in laid.footnotes][-3:] == ["Framework.", "Let jointly.", "Awaiting award."]
    marks = {cell.marks for line in laid.lines for cell in line.cells if cell.marks}
    assert marks == {("3", "4"), ("4", "3"), ("5",)}


@pytest.mark.parametrize("number", ALL)
def test_a_footnote_has_one_number_in_every_format(number: int) -> None:
    notes = {annex(number, annex_set(), medium).footnotes for medium in (Medium.SCREEN, Medium.WORD, Medium.XLSX)}
    assert len(notes) == 1


def test_a_blank_figure_gives_its_reason_in_a_sheet() -> None:
    rows = (a_contract(total=Money(why_blank="Awaiting award"), note="Let with the NHS", footnotes=("Framework",)),)
    sheet = annex(2, a_set(commissioned=rows), Medium.XLSX)
    assert values(sheet, "Total value (£)") == [None]
    assert values(sheet, "Notes") == ["Let with the NHS. Total value: Awaiting award. See note 3."]
    file = annex(2, a_set(commissioned=rows), Medium.CSV)
    assert values(file, "Notes") == ["Let with the NHS. Total value: Awaiting award. Framework."]
