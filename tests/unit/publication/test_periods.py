"""Quarters and years: when each is due, and what they are called."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.council.calendar import FinancialYear, is_working_day
from app.publication.rules.periods import FileKind, Period, check_ended, latest_ended, quarters_back, years_back
from app.publication.rules.requests import answer_due, check_received, check_sent

DAYS = st.dates(date(2015, 4, 1), date(2090, 3, 31))


@pytest.mark.parametrize(
    ("key", "first", "last", "due", "words"),
    [
        ("2026-27-Q1", date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 30), "April to June 2026"),
        ("2026-27-Q2", date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 30), "July to September 2026"),
        ("2026-27-Q3", date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 31), "October to December 2026"),
        ("2026-27-Q4", date(2027, 1, 1), date(2027, 3, 31), date(2027, 4, 30), "January to March 2027"),
        ("2026-27", date(2026, 4, 1), date(2027, 3, 31), date(2027, 4, 30), "1 April 2026 to 31 March 2027"),
    ],
)
def test_a_period_is_due_one_month_after_it_ends(key: str, first: date, last: date, due: date, words: str) -> None:
    period = Period.parse(key)
    assert (period.first, period.last, period.due_on, period.words, period.key) == (first, last, due, words, key)
    assert period.kind is (FileKind.CONTRACTS if "Q" in key else FileKind.GRANTS)


@given(DAYS)
def test_every_day_lies_in_one_quarter_and_the_last_one_over_is_before_it(day: date) -> None:
    latest = latest_ended(day)
    assert latest.has_ended(day)
    assert latest.last < day <= latest.last + timedelta(days=92)
    assert Period.parse(latest.key) == latest
    assert latest.before.last + timedelta(days=1) == latest.first
    assert quarters_back(day, 4)[1] == latest.before
    assert years_back(day, 1)[0].last < day


@given(DAYS)
def test_what_is_due_is_never_due_before_the_period_ends_nor_two_months_after(day: date) -> None:
    for period in (latest_ended(day), Period(FinancialYear.of(day))):
        assert timedelta(days=28) <= period.due_on - period.last <= timedelta(days=31)


@pytest.mark.parametrize("text", ["2026-27-Q5", "2026-28", "Q2", "", "2026-27-q", "../2026-27"])
def test_what_is_no_period_is_refused_with_what_would_work(text: str) -> None:
    with pytest.raises(Refusal, match="write a quarter like 2026-27-Q2"):
        Period.parse(text)


def test_a_period_is_published_from_the_day_after_its_last() -> None:
    period = Period.parse("2026-27-Q2")
    with pytest.raises(Refusal, match="ends on 30 September 2026"):
        check_ended(period, date(2026, 9, 30))
    check_ended(period, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param(date(2026, 11, 2), date(2026, 11, 30), id="four weeks without a holiday"),
        pytest.param(date(2026, 11, 1), date(2026, 11, 27), id="a Sunday counts from the Monday"),
        pytest.param(date(2026, 12, 14), date(2027, 1, 14), id="Christmas, Boxing Day's substitute and New Year"),
    ],
)
def test_a_request_is_answered_by_the_twentieth_working_day(received: date, due: date) -> None:
    holidays = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}
    assert answer_due(received, holidays) == due


@given(DAYS)
def test_the_last_day_to_answer_is_a_working_day_and_twenty_of_them_lie_up_to_it(received: date) -> None:
    due = answer_due(received, frozenset())
    days = [received + timedelta(days=number) for number in range(1, (due - received).days + 1)]
    assert sum(is_working_day(one, frozenset()) for one in days) == 20
    assert is_working_day(due, frozenset())


def test_a_request_is_neither_received_tomorrow_nor_answered_before_it_came() -> None:
    with pytest.raises(Refusal, match="up to 22 November 2026"):
        check_received(date(2026, 11, 23), date(2026, 11, 22))
    with pytest.raises(Refusal, match="between 2 November 2026 and 22 November 2026"):
        check_sent(date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 22))
    check_sent(date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 22))
