"""Pre-election periods: the weeks in which a council takes no decision that can wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.errors import Refusal
from app.council.models import ElectionPeriod


@dataclass(frozen=True)
class Period:
    """One pre-election period, both days included."""

    id: int
    name: str
    from_on: date
    until_on: date

    @property
    def in_words(self) -> str:
        return f"{self.name}, {day(self.from_on)} to {day(self.until_on)}"


def periods(session: Session) -> tuple[Period, ...]:
    """Every one, past and to come, earliest first."""
    found = session.scalars(select(ElectionPeriod).order_by(ElectionPeriod.from_on, ElectionPeriod.id))
    return tuple(Period(one.id, one.name, one.from_on, one.until_on) for one in found)


def touches(every: Iterable[Period], first: date | None, last: date | None) -> Period | None:
    """The first period that these days fall in: the whole of a quarter or a year may lie around one."""
    if first is None or last is None:
        return None
    return next((one for one in every if first <= one.until_on and last >= one.from_on), None)


def add_period(session: Session, name: str, from_on: date, until_on: date) -> ElectionPeriod:
    _check(from_on, until_on)
    period = ElectionPeriod(name=name, from_on=from_on, until_on=until_on)
    session.add(period)
    session.flush()
    return period


def change_period(period: ElectionPeriod, name: str, from_on: date, until_on: date) -> None:
    _check(from_on, until_on)
    period.name, period.from_on, period.until_on = name, from_on, until_on


def _check(from_on: date, until_on: date) -> None:
    if until_on < from_on:
        raise Refusal("Enter a last day that is not before the first", field="until_on")
