"""Which part of the council a service is in over time: a move begins a new period and never overwrites the old one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.dates import day
from app.core.errors import Refusal

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Placed:
    """A directorate and division, and the days a service was there; both included, None where they are not known."""

    directorate_id: int
    division_id: int | None
    from_on: date | None = None
    until_on: date | None = None

    @property
    def unit(self) -> tuple[int, int | None]:
        return self.directorate_id, self.division_id


def moved(places: Sequence[Placed], to: Placed, *, today: date) -> tuple[Placed, ...]:
    """The periods after a move that took effect on a day."""
    *before, last = places
    if to.from_on is None or to.from_on > today:
        raise Refusal(f"Enter a date up to today, {day(today)}: record a move once it has happened", field="from_on")
    if last.unit == to.unit:
        raise Refusal("It is there already: choose another part of the council", field="unit")
    if last.from_on is not None and to.from_on <= last.from_on:
        raise Refusal(f"Enter a date after {day(last.from_on)}, when it came to where it is now", field="from_on")
    closed = Placed(last.directorate_id, last.division_id, last.from_on, to.from_on - ONE_DAY)
    return (*before, closed, to)


def check_closing(until_on: date, *, from_on: date | None, today: date) -> None:
    if until_on > today:
        raise Refusal(
            f"Enter a date up to today, {day(today)}: record the closing once it has happened", field="until_on"
        )
    if from_on is not None and until_on < from_on:
        raise Refusal(f"Enter a date on or after {day(from_on)}, when the service began", field="until_on")
