"""How a service level agreement moves from proposed to ended, and how a result stands against its standard.

A standard is met at its target or better. Within its tolerance it is short of the target by no more than was agreed;
further off it is below (law: a performance regime fits the specification and the agreement together).
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.core.dates import add_months, day, last_day_of_term
from app.core.errors import Refusal


class AgreementStatus(enum.StrEnum):
    PROPOSED = "proposed"
    BEING_PUT_IN_PLACE = "being put in place"
    IN_PLACE = "in place"
    UNDER_REVIEW = "under review"
    ENDED = "ended"


S = AgreementStatus

MOVES: Mapping[AgreementStatus, frozenset[AgreementStatus]] = {
    S.PROPOSED: frozenset({S.BEING_PUT_IN_PLACE, S.ENDED}),
    S.BEING_PUT_IN_PLACE: frozenset({S.PROPOSED, S.IN_PLACE, S.ENDED}),  # negotiations may begin again
    S.IN_PLACE: frozenset({S.UNDER_REVIEW, S.ENDED}),
    S.UNDER_REVIEW: frozenset({S.IN_PLACE, S.ENDED}),
    S.ENDED: frozenset(),  # what follows is another agreement
}
#: Agreed and running: its reviews, standards and results are owed.
RUNNING = frozenset({S.IN_PLACE, S.UNDER_REVIEW})


def move(
    now: AgreementStatus, to: AgreementStatus, *, on: date | None, reason: str | None, last: date | None, today: date
) -> AgreementStatus:
    """Return the new status, or refuse and say what would work; ``last`` is the day of the move before."""
    if to not in MOVES[now]:
        raise Refusal(f"An agreement that is {now} cannot become {to}{_instead(now)}", field="status")
    if on is None:
        raise Refusal("Enter the day from which this holds", field="on")
    if on > today:
        raise Refusal(f"Enter a day up to today, {day(today)}", field="on")
    if last is not None and on < last:
        raise Refusal(f"Enter {day(last)} or later: it became {now} then", field="on")
    if not (reason or "").strip():
        raise Refusal("Say why, for those who read this later", field="reason")
    return to


def _instead(now: AgreementStatus) -> str:
    allowed = [str(one) for one in AgreementStatus if one in MOVES[now]]
    return f": it can become {' or '.join(allowed)}" if allowed else ": record the agreement that follows it"


class Direction(enum.StrEnum):
    HIGHER = "higher is better"
    LOWER = "lower is better"


class Frequency(enum.StrEnum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "every six months"
    YEARLY = "yearly"

    @property
    def months(self) -> int:
        return _MONTHS[self]


_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6, Frequency.YEARLY: 12}


class Rating(enum.StrEnum):
    MET = "met"
    WITHIN_TOLERANCE = "within tolerance"
    BELOW = "below"


class CreditState(enum.StrEnum):
    ACCRUED = "accrued"
    APPLIED = "applied"
    WAIVED = "waived"


@dataclass(frozen=True)
class Target:
    """What a standard asks for, where it is a number."""

    value: Decimal | None
    direction: Direction | None = None
    #: How far short of the target is still within tolerance.
    tolerance: Decimal | None = None


def rated(target: Target, result: Decimal | None) -> Rating | None:
    """What the rule makes of a result; None where it is no number to hold against a number."""
    if target.value is None or result is None:
        return None
    gap = result - target.value if target.direction is Direction.LOWER else target.value - result
    if gap <= 0:
        return Rating.MET
    return Rating.WITHIN_TOLERANCE if gap <= (target.tolerance or 0) else Rating.BELOW


def confirmed(suggested: Rating | None, rating: Rating | None, comment: str | None) -> Rating:
    """A person confirms the suggestion, or decides otherwise and says why."""
    if rating is None and suggested is None:
        raise Refusal("Say whether the standard was met: the target is no number to test it against", field="rating")
    if suggested is not None and rating not in {None, suggested} and not (comment or "").strip():
        raise Refusal(f"The figures say “{suggested}”: say in the comment why it is “{rating}”", field="comment")
    chosen = rating or suggested
    assert chosen is not None  # noqa: S101 - one of them is there, as above
    return chosen


def check_period(first: date, last: date, taken: Sequence[tuple[date, date]], *, today: date) -> None:
    """A result is for days that are over, and for days that no other result is for."""
    if last < first:
        raise Refusal(f"Enter a last day on or after {day(first)}", field="to_on")
    if last > today:
        raise Refusal(f"Enter a period that is over by today, {day(today)}", field="to_on")
    over = next(((start, end) for start, end in taken if start <= last and end >= first), None)
    if over is not None:
        there = f"{day(over[0])} to {day(over[1])}"
        raise Refusal(f"There is a result for {there} already: correct that one, or enter other days", field="from_on")


def below_in_a_row(ratings: Sequence[Rating]) -> int:
    """How many of the latest results, in the order of their periods, were below one after another."""
    count = 0
    for rating in reversed(ratings):
        if rating is not Rating.BELOW:
            break
        count += 1
    return count


def next_period(frequency: Frequency | None, starts_on: date | None, last_end: date | None) -> tuple[date, date] | None:
    """The period whose result comes next, both days included; None where how often is not said."""
    first = last_end + timedelta(days=1) if last_end is not None else starts_on
    if frequency is None or first is None:
        return None
    return first, last_day_of_term(first, frequency.months)


def last_day_for_notice(ends_on: date, notice_months: int) -> date:
    """Notice given on this day runs out on the agreement's last day."""
    return add_months(ends_on, -notice_months)


def next_review(held_on: date, months: int | None) -> date | None:
    """When the review cycle asks for the next one."""
    return add_months(held_on, months) if months else None
