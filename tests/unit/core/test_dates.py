"""Days, months and lengths: every period includes its first and its last day."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.core.dates import add_months, day, last_day_of_term, latest_reached, length_of, months_and_days, parse_day
from app.core.errors import Refusal

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
MONTHS = st.integers(min_value=1, max_value=600)


@pytest.mark.parametrize(
    "written",
    [
        "31/3/2018",
        "31/03/2018",
        "31/3/18",
        "31.03.2018",
        "31-03-2018",
        "31 3 2018",
        "31 March 2018",
        "31 Mar 18",
        "31-Mar-2018",
        "31-MAR-18",
        "31st March 2018",
        "31st of March, 2018",
        "2018-03-31",
        "2018-03-31T00:00:00",
        "2018-03-31 00:00:00",
        "31/03/2018 00:00",
        "  31  March  2018 ",
    ],
)
def test_a_date_is_read_as_people_type_it_in_britain(written: str) -> None:
    assert parse_day(written) == date(2018, 3, 31)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("1 Sept 2020", date(2020, 9, 1), id="September in four letters"),
        pytest.param("29/2/2016", date(2016, 2, 29), id="a leap day"),
        pytest.param("1/4/69", date(2069, 4, 1), id="the last two-digit year of this century"),
        pytest.param("1/4/70", date(1970, 4, 1), id="the first of the last one"),
        pytest.param("4/5/2018", date(2018, 5, 4), id="the day comes first"),
    ],
)
def test_a_doubtful_date_is_read_the_british_way(written: str, meant: date) -> None:
    assert parse_day(written) == meant


@pytest.mark.parametrize(
    ("written", "what_would_work"),
    [
        pytest.param("3/31/2018", "day first", id="American"),
        pytest.param("31/2/2018", "February 2018 has 28 days", id="no such day"),
        pytest.param("29 February 2018", "February 2018 has 28 days", id="no leap year"),
        pytest.param("31/12/9999", "between 1800 and 2999", id="a computer's never"),
        pytest.param("Ongoing", "write it like", id="a word"),
        pytest.param("Mar-16", "write it like", id="a month alone"),
        pytest.param("2018", "write it like", id="a year alone"),
        pytest.param("1 Foo 2018", "write it like", id="no such month"),
        pytest.param("31/03/2018 13:45", "write it like", id="with an hour"),
        pytest.param("", "write it like", id="nothing"),
    ],
)
def test_anything_else_is_refused_and_says_what_would_work(written: str, what_would_work: str) -> None:
    with pytest.raises(Refusal, match=what_would_work):
        parse_day(written)


@given(DAYS)
def test_what_is_printed_is_read_back(written: date) -> None:
    assert parse_day(day(written)) == written
    assert parse_day(written.isoformat()) == written
    assert parse_day(f"{written.day}/{written.month}/{written.year}") == written


def test_an_unknown_date_is_blank() -> None:
    assert day(None) == ""


@pytest.mark.parametrize(
    ("start", "months", "reached"),
    [
        pytest.param(date(2017, 3, 31), -18, date(2015, 9, 30), id="back, clipped to the month's end"),
        pytest.param(date(2020, 3, 31), -1, date(2020, 2, 29), id="back to a leap day"),
        pytest.param(date(2016, 2, 29), 12, date(2017, 2, 28), id="on from a leap day"),
        pytest.param(date(2016, 1, 31), 1, date(2016, 2, 29), id="clipped in a leap year"),
        pytest.param(date(2015, 12, 15), 1, date(2016, 1, 15), id="over the year's end"),
        pytest.param(date(2016, 1, 15), -1, date(2015, 12, 15), id="back over the year's end"),
    ],
)
def test_months_are_counted_in_one_step_and_clipped(start: date, months: int, reached: date) -> None:
    assert add_months(start, months) == reached


def test_two_steps_are_not_one_and_so_each_date_is_counted_from_the_end() -> None:
    assert add_months(add_months(date(2018, 3, 31), -1), -1) == date(2018, 1, 28)
    assert add_months(date(2018, 3, 31), -2) == date(2018, 1, 31)


def test_months_past_the_end_of_the_calendar_are_refused() -> None:
    with pytest.raises(Refusal, match="check the number of months"):
        add_months(date(2018, 3, 31), 100_000)


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        pytest.param(date(2015, 4, 1), date(2020, 3, 31), (60, 0), id="five financial years"),
        pytest.param(date(2015, 4, 1), date(2020, 4, 1), (60, 1), id="a day too many"),
        pytest.param(date(2015, 4, 1), date(2020, 3, 30), (59, 30), id="a day too few"),
        pytest.param(date(2015, 4, 1), date(2015, 4, 1), (0, 1), id="one day"),
        pytest.param(date(2016, 2, 29), date(2017, 2, 28), (12, 0), id="a year from a leap day"),
        pytest.param(date(2016, 2, 29), date(2020, 2, 28), (48, 0), id="four years from a leap day"),
        pytest.param(date(2016, 1, 31), date(2016, 2, 29), (1, 0), id="a month from the 31st"),
        pytest.param(date(2019, 3, 1), date(2020, 2, 29), (12, 0), id="a year to a leap day"),
    ],
)
def test_a_length_includes_both_days(start: date, end: date, length: tuple[int, int]) -> None:
    assert months_and_days(start, end) == length


def test_an_end_before_its_start_is_refused() -> None:
    with pytest.raises(Refusal, match="enter a later end"):
        months_and_days(date(2016, 4, 2), date(2016, 4, 1))


@given(DAYS, MONTHS)
@example(date(2016, 2, 29), 12)
@example(date(2016, 1, 31), 1)
def test_a_term_of_so_many_months_measures_so_many(start: date, months: int) -> None:
    assert months_and_days(start, last_day_of_term(start, months)) == (months, 0)


@given(DAYS, st.integers(min_value=0, max_value=20_000))
def test_months_and_odd_days_lead_to_the_end_again(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    months, days = months_and_days(start, end)
    assert last_day_of_term(start, months) + timedelta(days=days) == end
    assert 0 <= days <= 30


@given(DAYS, MONTHS)
def test_counting_on_and_back_only_ever_loses_clipped_days(start: date, months: int) -> None:
    back = add_months(add_months(start, months), -months)
    assert back == start or (back < start and start.day > 28)


@pytest.mark.parametrize(
    ("months", "days", "words"),
    [
        pytest.param(60, 0, "5 years", id="years"),
        pytest.param(12, 0, "1 year", id="a year"),
        pytest.param(18, 0, "18 months", id="months"),
        pytest.param(1, 0, "1 month", id="a month"),
        pytest.param(3, 4, "3 months and 4 days", id="odd days"),
        pytest.param(60, 1, "60 months and 1 day", id="odd days beside whole years"),
        pytest.param(0, 4, "4 days", id="days"),
    ],
)
def test_a_length_reads_as_annexes_print_it(months: int, days: int, words: str) -> None:
    assert length_of(months, days) == words


@given(DAYS, MONTHS, st.integers(-40, 40))
@example(date(2027, 2, 28), 3, 0)
def test_the_latest_day_reached_is_the_last_from_which_so_many_months_back_have_come(
    today: date, months: int, around: int
) -> None:
    asked = add_months(today, months) + timedelta(days=around)
    assert (add_months(asked, -months) <= today) is (asked <= latest_reached(today, months))
