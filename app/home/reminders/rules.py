"""When a person's digest is due, which lead time of a date has been reached, and how long a finding may be put off."""

from collections.abc import Iterable
from datetime import date, timedelta

from app.core.dates import add_months, day
from app.core.errors import Refusal
from app.council.calendar import Span, Unit

WEEK = 7
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: A finding without a date is put off for so long at most, so that nothing is put off for good.
LONGEST_SNOOZE_MONTHS = 12


def week_begins(today: date, weekday: int) -> date:
    """The latest such weekday, today included: whoever runs late is not left out."""
    return today - timedelta(days=(today.weekday() - weekday) % WEEK)


def period_of(today: date, *, weekly: bool, weekday: int, last: date | None) -> date | None:
    """The first day of the period a digest is now due for; None where the person has had one for it.

    A week lies between two weekly digests unless the first came late, whatever weekday is chosen in between.
    """
    period = week_begins(today, weekday) if weekly else today
    return period if last is None or period > last else None


def leads_of(own_months: int | None, leads: Iterable[Span]) -> tuple[Span, ...]:
    """The council's lead times; a contract's own months stand in the place of all that are longer."""
    if own_months is None:
        return tuple(leads)
    own = Span(own_months, Unit.MONTHS)
    some_day = date(2100, 1, 1)
    return (own, *(one for one in leads if one.before(some_day) > own.before(some_day)))


def reached(due_on: date, leads: Iterable[Span], *, today: date) -> date | None:
    """The day the latest lead time began that has begun by today; none before the first, nor after the date itself."""
    if due_on < today:
        return None
    begun = [on for on in (lead.before(due_on) for lead in leads) if on <= today]
    return max(begun, default=None)


def check_snooze(until_on: date, due_on: date | None, *, today: date) -> None:
    """Refuse to put a finding off to the past, beyond its own date, or for good."""
    if due_on is not None and due_on <= today:
        raise Refusal(
            f"It was due by {day(due_on)}: it is reminded of no more, and stays listed until it is done",
            field="until_on",
        )
    if until_on <= today:
        raise Refusal(f"Enter a day after today, {day(today)}", field="until_on")
    longest = due_on or add_months(today, LONGEST_SNOOZE_MONTHS)
    if until_on > longest:
        why = "the day it is due" if due_on else "a year from today"
        raise Refusal(f"Enter a day up to {day(longest)}, {why}", field="until_on")


def is_snoozed(until_on: date | None, due_on: date | None, *, today: date) -> bool:
    """Put off past today; a date that has come nearer since ends it."""
    return until_on is not None and today < until_on and (due_on is None or until_on <= due_on)
