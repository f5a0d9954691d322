"""Which days a set of annexes is about, and whether something printed in them on a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.dates import day
from app.core.errors import Refusal
from app.core.money import pounds_short
from app.council.calendar import FinancialYear

#: What an open edition may say in the place of an exempt estimate: the ends of the bands, in pounds.
BANDS = tuple(Decimal(millions) * 1_000_000 for millions in (1, 5, 10, 25, 50, 100))


@dataclass(frozen=True)
class Window:
    """The part of a plan year that still lay ahead on the as-at day; both days included."""

    first: date
    last: date

    def meets(self, starts_on: date | None, ends_on: date | None) -> bool:
        """Whether any day of a term falls inside; a date that is not known shuts nothing out."""
        return (starts_on is None or starts_on <= self.last) and (ends_on is None or ends_on >= self.first)


def window(year: FinancialYear, as_at: date) -> Window:
    """What has ended by the as-at day is over; what begins later in the year is part of the plan."""
    return Window(first=min(max(as_at, year.first), year.last), last=year.last)


def default_as_at(year: FinancialYear, *, today: date) -> date:
    """Today, or the year's last day if that is earlier."""
    return min(today, year.last)


def check_as_at(as_at: date, *, today: date) -> date:
    """A day still to come would show what is kept back until then, and what nobody knows yet."""
    if as_at > today:
        raise Refusal(
            f"Choose a day up to today, {day(today)}: the register cannot tell what is still to come", field="as_at"
        )
    return as_at


def band_of(amount: Decimal) -> str:
    """The band that may stand for an exempt estimate: "£1m to £5m", "over £100m"."""
    over = [end for end in BANDS if amount > end]
    under = [end for end in BANDS if amount <= end]
    if not over:
        return f"up to {_short(under[0])}"
    return f"{_short(over[-1])} to {_short(under[0])}" if under else f"over {_short(over[-1])}"


def _short(amount: Decimal) -> str:
    return pounds_short(amount).replace(".0m", "m").replace(".00m", "m")
