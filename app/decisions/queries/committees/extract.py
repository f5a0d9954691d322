"""A committee's extract of the register: its contracts counted by signal at three dates, each count with its list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from itertools import groupby

from sqlalchemy.orm import Session

from app.core.rights import Reader
from app.council.models import Committee
from app.decisions.queries.committees.stood import KEPT, NOT_YET, Line, Stood
from app.register.queries.remembered import Remembered, stamp_of
from app.register.signals import Level, SignalKind

#: Beside the levels of a signal.
EVERY = "every"
#: The rows of the table under each signal, the most pressing first.
LEVELS = (Level.ACT.value, Level.WATCH.value, Level.FINE.value, NOT_YET)


@dataclass(frozen=True)
class Count:
    """How many on one of the days."""

    on: date
    number: int


@dataclass(frozen=True)
class CountRow:
    """One level of one signal, at each date."""

    kind: SignalKind | None
    level: str
    words: str
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Extract:
    """The table."""

    rows: tuple[CountRow, ...]
    days: tuple[date, ...]
    #: Contracts counted on each day that came onto the register later.
    later: tuple[Count, ...]

    @property
    def by_signal(self) -> list[tuple[SignalKind | None, list[CountRow]]]:
        return [(kind, list(rows)) for kind, rows in groupby(self.rows, key=lambda row: row.kind)]


#: By day, so that the list behind a count reads nothing again.
_known: Remembered[tuple[Line, ...]] = Remembered(90)


def extract(session: Session, reader: Reader, committee: Committee, days: tuple[date, ...]) -> Extract:
    """Counts at each of these days; the last is today."""
    read = lines(session, reader, committee, days, today=days[-1])
    rows = [_row(None, EVERY, read)]
    rows += [_row(kind, level, read) for kind in SignalKind for level in LEVELS if level != NOT_YET or kind in KEPT]
    later = tuple(Count(on, sum(not one.on_register for one in read[on])) for on in days)
    return Extract(
        tuple(one for one in rows if not _is_odd(one) or any(count.number for count in one.counts)), days, later
    )


def _is_odd(row: CountRow) -> bool:
    """Stands there only where it counts something: nobody is a little concerned but by an override."""
    return row.level == NOT_YET or (row.kind is SignalKind.CONCERN and row.level == Level.WATCH)


def _row(kind: SignalKind | None, level: str, read: Mapping[date, Sequence[Line]]) -> CountRow:
    counts = tuple(Count(on, len(of_level(held, kind, level))) for on, held in read.items())
    return CountRow(kind, level, level_in_words(kind, level), counts)


def level_in_words(kind: SignalKind | None, level: str) -> str:
    if kind is None:
        return "Contracts"
    if kind is SignalKind.CONCERN:
        return {Level.ACT.value: "Concern raised", Level.FINE.value: "No concern"}.get(level, level.capitalize())
    return level.capitalize()


def of_level(held: Sequence[Line], kind: SignalKind | None, level: str) -> list[Line]:
    """The contracts a count counts."""
    return [one for one in held if kind is None or one.level(kind) == level]


def lines(
    session: Session, reader: Reader, committee: Committee, days: tuple[date, ...], *, today: date
) -> Mapping[date, tuple[Line, ...]]:
    """The contracts of the committee's remit on each day, by title; kept until something is saved."""
    remits = tuple((one.directorate_id, one.division_id) for one in committee.remits)
    stamp = stamp_of(session)
    stood = cache(lambda: Stood.of(session, reader, committee, days, today))

    def read(on: date) -> tuple[Line, ...]:
        return stood().lines(on)

    return {on: _known.get(stamp, (remits, on, today, reader.exempt_units), partial(read, on)) for on in days}
