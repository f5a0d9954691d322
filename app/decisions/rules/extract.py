"""The register extract for a committee: which contracts it counts on a day, and what the register then said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from app.core.dates import add_months

Known: TypeAlias = str | int | bool | None


@dataclass(frozen=True)
class Changed:
    """One change of one record, from its history."""

    on: date
    #: With it the record came onto the register.
    added: bool
    #: Each field with what it was and what it became.
    fields: Mapping[str, Sequence[Known]]


def put_on_register_after(changes: Sequence[Changed], day: date) -> date | None:
    """The day the record came onto the register, where that was after this one; ``changes`` run from then to now."""
    return next((one.on for one in changes if one.added and one.on > day), None)


def as_it_stood(name: str, now: Known, changes: Sequence[Changed], day: date) -> Known:
    """What a field held at the end of a day: what the first change after it found there; else what it holds now.

    A record that came onto the register later is read as it was at the end of its first day there.
    """
    then = put_on_register_after(changes, day) or day
    return next((one.fields[name][0] for one in changes if one.on > then and name in one.fields), now)


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
