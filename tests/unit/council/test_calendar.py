"""Financial years, quarters, working days and clear days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.council.calendar import (
    DayBasis,
    FinancialYear,
    Quarter,
    Span,
    Unit,
    add_working_days,
    before,
    clear_days_between,
    earliest_after_clear_days,
    is_working_day,
    latest_before_clear_days,
    next_working_day,
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))
BASES = st.sampled_from(DayBasis)
CHRISTMAS = frozenset({date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)})


@pytest.mark.parametrize("written", ["2015-16", "2015/16", "2015-2016", "2015–16", " 2015 - 16 "])
def test_a_financial_year_is_read_as_councils_write_it(written: str) -> None:
    year = FinancialYear.parse(written)
    assert (year.first, year.last) == (date(2015, 4, 1), date(2016, 3, 31))
    assert str(year) == "2015-16"


@pytest.mark.parametrize("written", ["2015", "2015-17", "2015-2017", "15-16", "2016-15", "next year"])
def test_anything_else_is_no_financial_year(written: str) -> None:
    with pytest.raises(Refusal, match="write it like 2015-16"):
        FinancialYear.parse(written)


def test_the_turn_of_the_century_is_a_financial_year_too() -> None:
    assert str(FinancialYear.parse("1999-00")) == "1999-00"
    assert str(FinancialYear(1999) + 1) == "2000-01"


@pytest.mark.parametrize(
    ("day", "year", "quarter"),
    [
        pytest.param(date(2016, 3, 31), "2015-16", "Q4 2015-16", id="the last day of a year"),
        pytest.param(date(2016, 4, 1), "2016-17", "Q1 2016-17", id="the first day of the next"),
        pytest.param(date(2016, 6, 30), "2016-17", "Q1 2016-17", id="the last day of quarter 1"),
        pytest.param(date(2016, 7, 1), "2016-17", "Q2 2016-17", id="the first day of quarter 2"),
        pytest.param(date(2016, 12, 31), "2016-17", "Q3 2016-17", id="the last day of quarter 3"),
        pytest.param(date(2017, 1, 1), "2016-17", "Q4 2016-17", id="the first day of quarter 4"),
    ],
)
def test_a_day_belongs_to_its_year_and_quarter(day: date, year: str, quarter: str) -> None:
    assert (str(FinancialYear.of(day)), str(Quarter.of(day))) == (year, quarter)


def test_quarter_2_runs_from_july_to_september() -> None:
    quarter = Quarter.parse("Q2 2016-17")
    assert (quarter.first, quarter.last) == (date(2016, 7, 1), date(2016, 9, 30))
    assert Quarter.parse("quarter 2 of 2016/17") == quarter
    assert quarter + 3 == Quarter(FinancialYear(2017), 1)
    assert [str(each) for each in FinancialYear(2016).quarters][::3] == ["Q1 2016-17", "Q4 2016-17"]


@pytest.mark.parametrize("written", ["Q5 2016-17", "Q2", "2 2016-17", "Q2 2016"])
def test_anything_else_is_no_quarter(written: str) -> None:
    with pytest.raises(Refusal, match="write it like"):
        Quarter.parse(written)


def test_there_is_no_quarter_5() -> None:
    with pytest.raises(Refusal, match="There is no quarter 5"):
        Quarter(FinancialYear(2016), 5)


@given(DAYS)
def test_every_day_lies_within_its_quarter_and_its_quarter_within_its_year(day: date) -> None:
    quarter, year = Quarter.of(day), FinancialYear.of(day)
    assert year.first <= quarter.first <= day <= quarter.last <= year.last
    assert Quarter.parse(str(quarter)) == quarter
    assert FinancialYear.parse(str(year)) == year


def test_weekends_and_bank_holidays_are_not_working_days() -> None:
    assert is_working_day(date(2025, 12, 24), CHRISTMAS)
    assert not is_working_day(date(2025, 12, 25), CHRISTMAS)
    assert not is_working_day(date(2025, 12, 27), CHRISTMAS)
    assert next_working_day(date(2025, 12, 25), CHRISTMAS) == date(2025, 12, 29)
    assert next_working_day(date(2025, 12, 24), CHRISTMAS) == date(2025, 12, 24)
    assert add_working_days(date(2025, 12, 24), 3, CHRISTMAS) == date(2025, 12, 31)
    assert add_working_days(date(2025, 12, 31), -3, CHRISTMAS) == date(2025, 12, 24)


@given(DAYS, st.integers(min_value=-60, max_value=60), st.integers(min_value=1, max_value=60))
def test_more_working_days_always_lead_further(day: date, number: int, more: int) -> None:
    assert add_working_days(day, number, CHRISTMAS) < add_working_days(day, number + more, CHRISTMAS)


@given(DAYS, st.integers(min_value=0, max_value=10), st.integers(min_value=0, max_value=60))
def test_a_later_publication_never_allows_an_earlier_decision(day: date, later: int, days: int) -> None:
    for basis in DayBasis:
        first, second = (
            earliest_after_clear_days(start, days, basis=basis, holidays=CHRISTMAS)
            for start in (day, day + timedelta(days=later))
        )
        assert first <= second


@given(DAYS, st.integers(min_value=0, max_value=40), BASES)
def test_the_earliest_day_has_enough_clear_days_and_the_day_before_has_not(
    day: date, days: int, basis: DayBasis
) -> None:
    earliest = earliest_after_clear_days(day, days, basis=basis, holidays=CHRISTMAS)
    before_it = earliest - timedelta(days=1)
    while basis is DayBasis.WORKING and not is_working_day(before_it, CHRISTMAS):
        before_it -= timedelta(days=1)
    assert clear_days_between(day, earliest, basis=basis, holidays=CHRISTMAS) >= days
    assert before_it <= day or clear_days_between(day, before_it, basis=basis, holidays=CHRISTMAS) < days


@given(DAYS, st.integers(min_value=0, max_value=40), BASES)
def test_publishing_on_the_last_day_allows_the_decision(decided: date, days: int, basis: DayBasis) -> None:
    published = latest_before_clear_days(decided, days, basis=basis, holidays=CHRISTMAS)
    assert earliest_after_clear_days(published, days, basis=basis, holidays=CHRISTMAS) <= decided


def test_spans_are_added_up_before_they_are_counted_back() -> None:
    spans = (Span(1, Unit.MONTHS), Span(29, Unit.DAYS), Span(1, Unit.MONTHS), Span(2, Unit.WORKING_DAYS))
    assert before(date(2018, 3, 31), spans) == date(2017, 12, 29)
    assert Span(1, Unit.MONTHS).before(date(2018, 3, 31)) == date(2018, 2, 28)
    assert [str(span) for span in spans[:2]] == ["1 month", "29 days"]
