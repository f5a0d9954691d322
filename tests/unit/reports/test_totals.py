"""What is added to what, and what each total says of the rows it adds."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reports.table import Medium
from reports.values import Edition, Money, Unit
from tests.unit.reports.makers import (
    EXEMPT,
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
    totals,
    values,
)

PUBLIC_HEALTH = Unit(directorate="Public Health", directorate_order=2)


def test_a_total_says_how_many_rows_it_adds() -> None:
    rows = (a_contract(), a_contract(ref="C2", total=million("3")))
    assert totals(annex(2, a_set(commissioned=rows))) == [("Total, 2 contracts", ["£5.0m"])]


def test_each_division_has_its_total_before_the_whole() -> None:
    rows = (a_contract(), a_contract(ref="C2", unit=OLDER, total=million("3")))
    assert totals(annex(2, a_set(commissioned=rows))) == [
        ("Learning Disability, 1 contract", ["£2.0m"]),
        ("Older People, 1 contract", ["£3.0m"]),
        ("Total, 2 contracts", ["£5.0m"]),
    ]


def test_annual_values_are_never_added_to_whole_life_values() -> None:
    rows = (a_contract(), a_contract(ref="C2", annual=million("1.5"), total=None))
    assert totals(annex(2, a_set(commissioned=rows))) == [
        ("Total, annual value of 1 and total value of 1, of 2 contracts", ["£1.5m", "£2.0m"])
    ]


def test_an_annual_estimate_is_printed_but_not_added() -> None:
    laid = annex(3, a_set(forthcoming=(an_activity(), an_activity(ref="F2", per_year=True))))
    assert totals(laid)[-1] == ("Total, 1 of 2 activities", ["£2.0m"])
    assert laid.remarks == ("Totals leave out 1 activity valued by the year.",)


def test_totals_of_ranges_read_low_to_high() -> None:
    rows = (a_contract(total=Money(Decimal(17_500_000), Decimal(21_000_000))), a_contract(ref="C2"))
    assert totals(annex(2, a_set(commissioned=rows))) == [("Total, 2 contracts", ["£19.5m to £23.0m"])]


def test_a_sum_with_an_unvalued_option_is_at_least() -> None:
    rows = (a_contract(total=Money(Decimal(2_000_000), at_least=True)), a_contract(ref="C2"))
    assert totals(annex(2, a_set(commissioned=rows))) == [("Total, 2 contracts", ["at least £4.0m"])]


def test_an_open_total_adds_printed_rows_only_and_says_what_it_leaves_out() -> None:
    rows = (
        a_contract(),
        a_contract(ref="C2", total=Money(Decimal(9_000_000), withheld=EXEMPT)),
        a_contract(ref="C3", total=Money()),
    )
    laid = annex(2, a_set(commissioned=rows))
    assert totals(laid) == [("Total, 1 of 3 contracts", ["£2.0m"])]
    assert laid.remarks[0] == "Totals leave out 1 contract with no confirmed value and 1 exempt."


def test_the_exempt_edition_adds_what_its_readers_may_see() -> None:
    rows = (a_contract(), a_contract(ref="C2", total=Money(Decimal(9_000_000), withheld=EXEMPT)))
    laid = annex(2, a_set(edition=Edition.EXEMPT, commissioned=rows))
    assert totals(laid) == [("Total, 2 contracts", ["£11.0m"])]
    assert laid.remarks[0] == "Totals include 1 exempt contract: not for publication."


def test_an_agreement_that_is_a_contract_is_counted_once() -> None:
    rows = (an_agreement(), an_agreement(ref="SLA 2", contract_ref="C1"))
    laid = annex(4, a_set(agreements=rows, commissioned=(a_contract(agreement_ref="SLA 2"),)))
    assert totals(laid) == [("Total, 1 of 2 agreements", ["£0.3m"])]
    assert laid.remarks[0] == "Totals leave out 1 agreement counted in Annex 2."
    assert [note.text for note in laid.footnotes] == ["Also a contract in Annex 2, where its money is counted."]


def test_forthcoming_activity_is_totalled_by_year_and_by_type() -> None:
    laid = annex(3, a_set(forthcoming=(an_activity(), an_activity(ref="F2"))))
    assert totals(laid) == [("Total, 2 activities", ["£4.0m"])]


def test_commitments_are_added_only_within_one_measure() -> None:
    rows = (
        a_commitment(delivered=Decimal(4)),
        a_commitment(commitment="More apprentices", target=Decimal("2.5")),
        a_commitment(measure="Placements", unit_of_measure="weeks", target=Decimal(120)),
    )
    assert totals(annex(5, a_set(commitments=rows))) == [
        ("Apprenticeships (people), target of 2 and delivered to date of 1, of 2 commitments", ["12.5", "4"])
    ]


def test_services_and_contracts_give_the_same_total() -> None:
    contracts = (a_contract(), a_contract(ref="C2", total=million("3.3")))
    services = (
        a_service(contracts=(a_service_contract(), a_service_contract(ref="C2", value=million("3.3")))),
        a_service(service="Transport", contracts=(a_service_contract(ref="C2", counted_elsewhere=True),)),
    )
    annexes = a_set(services=services, commissioned=contracts)
    assert totals(annex(1, annexes))[-1][1] == totals(annex(2, annexes))[-1][1] == ["£5.3m"]


def test_annex_1_says_how_many_contracts_belong_to_no_service() -> None:
    laid = annex(1, a_set(services=(a_service(),), commissioned=(a_contract(),)))
    assert laid.remarks == (
        "1 service: 1 in-house (100%).",
        "1 contract over £1m in Annex 2 belongs to no service in this table.",
    )


def test_a_council_s_total_is_by_directorate() -> None:
    rows = (a_contract(), a_contract(ref="C2", unit=OLDER), a_contract(ref="C3", unit=PUBLIC_HEALTH))
    labels = [label for label, _ in totals(annex(2, a_set(context=a_context(directorate=None), commissioned=rows)))]
    assert labels == ["Adult Social Care, 2 contracts", "Public Health, 1 contract", "Total, 3 contracts"]


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=12))
def test_sums_are_exact_to_the_penny(pence: list[tuple[int, int]]) -> None:
    rows = tuple(
        a_contract(ref=str(place), total=Money(Decimal(min(ends)) / 100, Decimal(max(ends)) / 100))
        for place, ends in enumerate(pence)
    )
    laid = annex(2, a_set(commissioned=rows), Medium.XLSX)
    printed = [cell.value for cell in laid.totals[-1].cells if cell]
    lows, highs = (sum(map(end, pence)) for end in (min, max))
    assert {printed[0], printed[-1]} == {Decimal(lows) / 100, Decimal(highs) / 100}
    headings = [heading.text for heading in laid.headings]
    low = "Total value, low (£)" if "Total value, low (£)" in headings else "Total value (£)"
    assert sum(value for value in values(laid, low) if isinstance(value, Decimal)) == Decimal(lows) / 100
