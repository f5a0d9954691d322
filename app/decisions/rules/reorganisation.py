"""What crosses a vesting day, and what then needs the successor council's consent. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.dates import add_months, day
from app.core.money import pounds
from app.decisions.rules.key_decisions import Line, LineKind

LAW = "Local Government and Public Involvement in Health Act 2007, s.24"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Limits:
    """Over which sums the successor's consent is needed."""

    revenue: Decimal
    capital: Decimal


@dataclass(frozen=True)
class Ahead:
    """An agreement to come: when it may be entered into, when it begins, how long it is to run."""

    entered_on: date | None
    begins_on: date | None
    months: int | None


def crosses(ahead: Ahead, vesting_on: date) -> str | None:
    """Why it crosses, in words; None where it does not, or is entered into after the vesting day."""
    if ahead.entered_on is not None and ahead.entered_on >= vesting_on:
        return None
    begins = ahead.begins_on or ahead.entered_on
    if begins is None:
        return "When it begins is not known, so it may run beyond the vesting day."
    if begins >= vesting_on:
        return f"It begins on {day(begins)}, on or after the vesting day, and is decided before it."
    if ahead.months is None:
        return "How long it is to run is not known, so it may run beyond the vesting day."
    ends = add_months(begins, ahead.months)
    return f"It is to run until about {day(ends)}, beyond the vesting day." if ends > vesting_on else None


@dataclass(frozen=True)
class Crossing:
    """Why an agreement to come is listed, and why the successor's consent is needed; None where it is not."""

    why: str
    consent: str | None


def crossing(ahead: Ahead, lines: Sequence[Line], vesting_on: date, limits: Limits) -> Crossing | None:
    """None where it neither crosses the vesting day nor needs consent: capital needs it whenever it ends."""
    if ahead.entered_on is not None and ahead.entered_on >= vesting_on:
        return None
    capital = _over(LineKind.CAPITAL, lines, limits.capital)
    why = crosses(ahead, vesting_on)
    if why is None:
        return Crossing("It is over by then; capital needs consent whenever it ends.", capital) if capital else None
    return Crossing(why, _over(LineKind.REVENUE, lines, limits.revenue) or capital)


def _over(kind: LineKind, lines: Sequence[Line], limit: Decimal) -> str | None:
    spent = sum((line.high for line in lines if line.kind is kind), ZERO)
    return f"{kind.value.capitalize()} of {pounds(spent)} is more than {pounds(limit)}." if spent > limit else None
