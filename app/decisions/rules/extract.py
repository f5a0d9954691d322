"""The register extract for a committee: which contracts it counts on a day, and what the register then said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, TypeVar

from app.core.dates import add_months

T = TypeVar("T")
Known: TypeAlias = str | int | bool | None


@dataclass(frozen=True)
class Changed:
    """One change of one record, from its history."""

    on: date
    #: With it the record came onto the register.
    added: bool
    #: Each field with what it was and what it became; nothing need be told of what it came with.
    fields: Mapping[str, Sequence[Known]]


@dataclass(frozen=True)
class Then:
    """A record at the end of a day, told by what has changed since."""

    #: The day it came onto the register, where that was later: it is then read as at the end of that day.
    came_on: date | None
    #: What each field that has changed since held.
    was: Mapping[str, Known]

    def held(self, name: str, now: T) -> T | Known:
        return self.was.get(name, now)


def back_at(changes: Sequence[Changed], day: date) -> Then:
    """``changes`` run from then to now; the first of them after the day found a field as it stood."""
    came_on = next((one.on for one in changes if one.added and one.on > day), None)
    was: dict[str, Known] = {}
    for one in reversed(changes):
        if one.on > (came_on or day):
            was.update({name: pair[0] for name, pair in one.fields.items()})
    return Then(came_on, was)


@dataclass(frozen=True)
class Term:
    """A contract's days, as they stood."""

    planned: bool
    starts_on: date | None
    #: Of an agreement ended early, that day.
    ends_on: date | None


def is_counted(term: Term, day: date, *, months: int, replaced: bool) -> bool:
    """Running on the day, or ended so many months before at the most with nothing in its place."""
    if term.planned or (term.starts_on is not None and term.starts_on > day):
        return False
    if term.ends_on is None or term.ends_on >= day:
        return True
    return not replaced and term.ends_on >= add_months(day, -months)


def days_compared(today: date, meetings: Sequence[date], asked: Sequence[date | None]) -> tuple[date, date, date]:
    """Two earlier days and today, earliest first: those asked for, else the last two meetings, else three months apart.

    A day that is not before today is no earlier day, so it is passed over.
    """
    held = sorted({on for on in meetings if on < today}, reverse=True)
    wanted = sorted({on for on in asked if on is not None and on < today}, reverse=True)
    back = (add_months(today, -3), add_months(today, -6))
    others = [on for on in (*held, *back) if on not in wanted]
    while len(wanted) < len(back):
        earlier = [on for on in others if not wanted or on < min(wanted)]
        wanted.append((earlier or [add_months(min(wanted), -3)])[0])
    first, second = sorted(wanted[: len(back)])
    return first, second, today
