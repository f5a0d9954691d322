"""When a decision is expected."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.council.calendar import FinancialYear, Quarter
from app.decisions.rules.timing import Timing, TimingKind

SUMMER = Quarter(FinancialYear(2016), 2)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
TIMINGS = st.one_of(
    DAYS.map(Timing.on),
    DAYS.map(Timing.not_before),
    DAYS.map(Quarter.of).map(Timing.in_quarter),
    DAYS.map(FinancialYear.of).map(Timing.in_year),
    st.just(Timing.not_known()),
)


@pytest.mark.parametrize(
    ("written", "timing", "printed"),
    [
        pytest.param("Q2 2016-17", Timing.in_quarter(SUMMER), "Q2 2016-17", id="a quarter"),
        pytest.param("q2 2016/17", Timing.in_quarter(SUMMER), "Q2 2016-17", id="a quarter in small letters"),
        pytest.param("2016-17", Timing.in_year(FinancialYear(2016)), "2016-17", id="a year"),
        pytest.param("5/11/2025", Timing.on(date(2025, 11, 5)), "5 November 2025", id="a date"),
        pytest.param("2025-11-05", Timing.on(date(2025, 11, 5)), "5 November 2025", id="a date as computers write it"),
        pytest.param(
            "Not before 5 Nov 2025", Timing.not_before(date(2025, 11, 5)), "Not before 5 November 2025", id="not before"
        ),
        pytest.param("", Timing.not_known(), "Timing not yet known", id="nothing"),
        pytest.param("Not known yet", Timing.not_known(), "Timing not yet known", id="not known"),
    ],
)
def test_timings_are_read_and_printed_as_councils_write_them(written: str, timing: Timing, printed: str) -> None:
    assert Timing.parse(written) == timing
    assert str(timing) == printed


@pytest.mark.parametrize("written", ["Q5 2016-17", "soon", "2016", "not before long"])
def test_anything_else_is_refused(written: str) -> None:
    with pytest.raises(Refusal, match="write it like"):
        Timing.parse(written)


@given(TIMINGS)
def test_what_is_printed_is_read_back(timing: Timing) -> None:
    assert Timing.parse(str(timing)) == timing


def test_within_a_year_dates_come_first_then_their_quarter_then_the_year_and_undated_last() -> None:
    in_order = [
        Timing.on(date(2016, 9, 29)),
        Timing.on(date(2016, 9, 30)),
        Timing.not_before(date(2016, 9, 30)),
        Timing.in_quarter(SUMMER),
        Timing.on(date(2016, 10, 1)),
        Timing.in_quarter(SUMMER + 2),
        Timing.in_year(FinancialYear(2016)),
        Timing.on(date(2017, 4, 1)),
        Timing.not_known(),
    ]
    assert sorted({*in_order}, key=lambda timing: timing.sort_key) == in_order


@pytest.mark.parametrize(
    ("kind", "first"),
    [(TimingKind.NOT_KNOWN, date(2016, 4, 1)), (TimingKind.QUARTER, None)],
    ids=["too much", "too little"],
)
def test_a_timing_says_when_exactly_if_it_is_known(kind: TimingKind, first: date | None) -> None:
    with pytest.raises(Refusal, match="timing is not known yet"):
        Timing(kind, first)
