"""When a digest is due, which lead time has been reached, and how long a reminder may be put off."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.dates import add_months
from app.core.errors import Refusal
from app.council.calendar import Span, Unit
from app.council.definitions import read_lead_times
from app.council.settings import REMIND_AT
from app.home.reminders import rules

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)
LEADS = REMIND_AT.first_value
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1))


@pytest.mark.parametrize(
    ("today", "weekly", "weekday", "last", "due"),
    [
        pytest.param(MONDAY, True, 0, None, MONDAY, id="on the day, never before"),
        pytest.param(date(2026, 11, 25), True, 0, None, MONDAY, id="nobody ran it on Monday"),
        pytest.param(date(2026, 11, 25), True, 0, MONDAY, None, id="this week's has gone"),
        pytest.param(SUNDAY, True, 0, MONDAY - timedelta(days=7), None, id="the day before"),
        pytest.param(MONDAY, True, 0, MONDAY - timedelta(days=7), MONDAY, id="a week later"),
        pytest.param(MONDAY, False, 0, SUNDAY, MONDAY, id="daily, the next day"),
        pytest.param(MONDAY, False, 0, MONDAY, None, id="daily, twice in one day"),
        pytest.param(MONDAY, True, 4, MONDAY, None, id="weekly now, after Monday's daily one"),
    ],
)
def test_a_digest_is_due_once_a_period(
    today: date,
    weekly: bool,  # noqa: FBT001 - a column of the table
    weekday: int,
    last: date | None,
    due: date | None,
) -> None:
    assert rules.period_of(today, weekly=weekly, weekday=weekday, last=last) == due


@given(first=days, weekday=st.integers(0, 6), runs=st.lists(st.integers(0, 3), min_size=20, max_size=60))
def test_however_often_it_runs_a_week_has_one_digest(first: date, weekday: int, runs: list[int]) -> None:
    today, last, sent = first, None, []
    for step in runs:
        today += timedelta(days=step)
        period = rules.period_of(today, weekly=True, weekday=weekday, last=last)
        if period is not None:
            sent.append(period)
            last = period
    assert all(one.weekday() == weekday for one in sent)
    assert all((after - before).days % 7 == 0 and after > before for before, after in pairwise(sent))


@pytest.mark.parametrize(
    ("due_on", "reached"),
    [
        pytest.param(date(2027, 11, 23), None, id="a year and a day ahead"),
        pytest.param(date(2027, 11, 22), SUNDAY, id="a year ahead today"),
        pytest.param(date(2027, 5, 23), date(2026, 5, 23), id="between a year and half a year"),
        pytest.param(date(2026, 12, 30), date(2026, 11, 30) - timedelta(days=61), id="between three months and one"),
        pytest.param(date(2026, 11, 29), SUNDAY, id="a week ahead today"),
        pytest.param(SUNDAY, date(2026, 11, 15), id="on the day itself"),
        pytest.param(date(2026, 11, 21), None, id="past: no more reminders"),
    ],
)
def test_the_latest_lead_time_that_has_begun_counts(due_on: date, reached: date | None) -> None:
    assert rules.reached(due_on, LEADS, today=SUNDAY) == reached


@given(due_on=days, ahead=st.integers(0, 500))
def test_a_date_is_reminded_of_at_each_lead_time_and_never_after_it(due_on: date, ahead: int) -> None:
    today = due_on - timedelta(days=ahead)
    found = rules.reached(due_on, LEADS, today=today)
    begun = [lead.before(due_on) for lead in LEADS if lead.before(due_on) <= today]
    assert found == (max(begun) if begun else None)
    assert rules.reached(due_on, LEADS, today=due_on + timedelta(days=1)) is None


@given(own=st.integers(1, 120), due_on=days)
def test_a_contracts_own_months_stand_for_all_that_are_longer(own: int, due_on: date) -> None:
    leads = rules.leads_of(own, LEADS)
    assert leads[0] == Span(own, Unit.MONTHS)
    first = add_months(due_on, -own)
    assert rules.reached(due_on, leads, today=first) == first
    assert rules.reached(due_on, leads, today=first - timedelta(days=1)) is None


def test_without_months_of_its_own_the_councils_lead_times_hold() -> None:
    assert rules.leads_of(None, LEADS) == LEADS


@pytest.mark.parametrize(
    ("until_on", "due_on", "refused"),
    [
        pytest.param(SUNDAY, None, "after today", id="today"),
        pytest.param(MONDAY, None, None, id="tomorrow, undated"),
        pytest.param(date(2027, 11, 22), None, None, id="a year, undated"),
        pytest.param(date(2027, 11, 23), None, "a year from today", id="for good"),
        pytest.param(date(2027, 3, 31), date(2027, 3, 31), None, id="until the day it is due"),
        pytest.param(date(2027, 4, 1), date(2027, 3, 31), "the day it is due", id="beyond its date"),
        pytest.param(MONDAY, date(2026, 11, 1), "reminded of no more", id="past already"),
    ],
)
def test_nothing_is_put_off_beyond_its_date_or_for_good(
    until_on: date, due_on: date | None, refused: str | None
) -> None:
    if refused is None:
        rules.check_snooze(until_on, due_on, today=SUNDAY)
        return
    with pytest.raises(Refusal, match=refused):
        rules.check_snooze(until_on, due_on, today=SUNDAY)


def test_a_date_that_comes_nearer_ends_the_putting_off() -> None:
    until = date(2027, 3, 1)
    assert rules.is_snoozed(until, date(2027, 3, 31), today=SUNDAY)
    assert not rules.is_snoozed(until, date(2027, 2, 1), today=SUNDAY)
    assert not rules.is_snoozed(until, None, today=until)
    assert not rules.is_snoozed(None, None, today=SUNDAY)


def test_lead_times_are_read_in_any_order_and_said_once() -> None:
    read = read_lead_times("1 week, 12 months, 7 days, 1 month")
    assert read == (Span(12, Unit.MONTHS), Span(1, Unit.MONTHS), Span(7, Unit.DAYS))
    for nonsense in ("", "12", "soon, 1 week", "0 months", "12 months;1 week"):
        with pytest.raises(Refusal, match="comma"):
            read_lead_times(nonsense)
