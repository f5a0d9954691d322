"""The ladder of a contract: 3 + 1 + 1, what it comes to, by when and by whom."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.dates import add_months
from app.register.approvals import Allowed, Tolerance
from app.register.ladder import Climb, Happened, OptionKept, RungState, ladder, picture
from app.register.terms import Option, late_notice

START, END = date(2024, 4, 1), date(2027, 3, 31)
YEAR = Option(12, value=Decimal(200_000), notice_months=9)
CLIMB = Climb(
    starts_on=START,
    awarded_end_on=END,
    awarded=Decimal(600_000),
    open=(OptionKept(1, 1, YEAR), OptionKept(2, 2, Option(12, value=Decimal(200_000)))),
    procurement_months=18,
    decision_months=6,
    allowed=Allowed("24/00017", Decimal(900_000), date(2029, 3, 31), allows_options=True),
    delegate="Director of Adults",
)


def test_three_and_one_and_one() -> None:
    found = ladder(CLIMB)
    assert [(rung.label, rung.length, rung.ends_on, rung.total) for rung in found.rungs] == [
        ("First term", "3 years", date(2027, 3, 31), Decimal(600_000)),
        ("Option 1", "1 year", date(2028, 3, 31), Decimal(800_000)),
        ("Option 2", "1 year", date(2029, 3, 31), Decimal(1_000_000)),
    ]
    assert found.allowed == "Decision 24/00017 allows £900,000"


def test_each_option_is_counted_back_from_the_end_before_it() -> None:
    first, second = (rung.dates for rung in ladder(CLIMB).open)
    assert first is not None
    assert second is not None
    assert (first.last_free_choice_on, first.take_up_by) == (date(2025, 9, 30), date(2026, 6, 30))
    assert (second.last_free_choice_on, second.take_up_by) == (date(2026, 9, 30), date(2027, 9, 30))
    assert "the provider's notice" in first.take_up_working
    assert "the decision's chain" in second.take_up_working


def test_the_delegate_may_up_to_the_sum_and_a_new_decision_beyond_it() -> None:
    first, second = ladder(CLIMB).open
    assert (first.who, first.over) == ("Director of Adults, under decision 24/00017", "")
    assert second.who.startswith("A new decision. £1,000,000 is £100,000 more than decision 24/00017 allows")
    assert second.over == "£100,000 more than the sum approved"


@pytest.mark.parametrize(
    ("tolerance", "over"),
    [
        pytest.param(Tolerance(), True, id="none"),
        pytest.param(Tolerance(Decimal(11)), True, id="11 per cent is £99,000"),
        pytest.param(Tolerance(Decimal(12)), False, id="12 per cent is £108,000"),
        pytest.param(Tolerance(Decimal(12), Decimal(50_000)), True, id="but £50,000 at most"),
    ],
)
def test_the_councils_tolerance_counts(tolerance: Tolerance, *, over: bool) -> None:
    assert bool(ladder(replace(CLIMB, tolerance=tolerance)).rungs[-1].over) is over


def test_what_happened_stands_before_what_may() -> None:
    taken = Happened("Option 1", RungState.TAKEN, date(2027, 4, 1), date(2028, 3, 31), Decimal(200_000))
    dearer = Happened("Variation", RungState.VARIED, date(2027, 6, 1), None, Decimal(-50_000))
    longer = Happened("Extension", RungState.UNPLANNED, date(2028, 4, 1), date(2028, 9, 30), None)
    found = ladder(replace(CLIMB, happened=(taken, dearer, longer), open=CLIMB.open[1:], lapsed=()))
    assert [(rung.state, rung.length, rung.total) for rung in found.rungs] == [
        (RungState.FIRST, "3 years", Decimal(600_000)),
        (RungState.TAKEN, "1 year", Decimal(800_000)),
        (RungState.VARIED, "", Decimal(750_000)),
        (RungState.UNPLANNED, "6 months", Decimal(750_000)),
        (RungState.OPEN, "1 year", Decimal(950_000)),
    ]


def test_a_lapsed_option_adds_nothing_and_an_unknown_one_at_least() -> None:
    unknown = OptionKept(2, 2, Option(12))
    found = ladder(replace(CLIMB, open=(unknown,), lapsed=CLIMB.open[:1]))
    assert [(rung.label, rung.state, rung.total, rung.at_least) for rung in found.rungs[1:]] == [
        ("Option 2", RungState.OPEN, Decimal(600_000), True),
        ("Option 1", RungState.LAPSED, None, False),
    ]


def test_nobody_is_named_where_no_decision_is_recorded() -> None:
    assert ladder(replace(CLIMB, allowed=None)).open[0].who == "Not known: no decision is recorded"


def test_without_dates_there_is_no_picture() -> None:
    assert picture(ladder(replace(CLIMB, starts_on=None, awarded_end_on=None, open=())), today=END) is None


@given(
    months=st.lists(st.integers(1, 60), min_size=1, max_size=5),
    end=st.dates(date(2020, 1, 1), date(2050, 12, 31)),
    notice=st.integers(0, 24),
    lead=st.integers(0, 36),
    chain=st.integers(0, 24),
)
def test_dates_never_run_past_the_end_they_are_counted_from(
    months: list[int], end: date, notice: int, lead: int, chain: int
) -> None:
    options = tuple(
        OptionKept(number, number, Option(length, notice_months=notice)) for number, length in enumerate(months, 1)
    )
    start = add_months(end, -12)
    found = ladder(
        replace(
            CLIMB, starts_on=start, awarded_end_on=end, open=options, procurement_months=lead, decision_months=chain
        )
    )
    before = end
    for rung in found.open:
        assert rung.dates is not None
        assert rung.ends_on is not None
        assert rung.dates.take_up_by == add_months(before, -max(notice, chain))
        assert rung.dates.last_free_choice_on <= before
        assert rung.from_on == before + timedelta(days=1)
        before = rung.ends_on
    drawn = picture(found, today=end)
    assert drawn is not None
    assert all(0 <= one.x <= 100 and one.x + one.width <= Decimal("100.5") for one in drawn.drawn)


@pytest.mark.parametrize(
    ("given_on", "today", "late"),
    [
        pytest.param(date(2026, 6, 30), date(2027, 1, 1), False, id="given on the last day"),
        pytest.param(date(2026, 7, 1), date(2027, 1, 1), True, id="given a day later"),
        pytest.param(None, date(2026, 6, 30), False, id="not given, and still time"),
        pytest.param(None, date(2026, 7, 1), True, id="not given, and too late"),
    ],
)
def test_notice_that_comes_too_late_is_said(given_on: date | None, today: date, *, late: bool) -> None:
    assert bool(late_notice(END, YEAR, given_on, today=today)) is late


def test_an_option_without_notice_is_never_late() -> None:
    assert late_notice(END, Option(12), None, today=date(2030, 1, 1)) is None
