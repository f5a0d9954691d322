"""The history as it is asked for: newest first, a page at a time by the number of its last change, or as a file."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.core.audit import Action, Change
from app.core.clock import LONDON
from app.core.forms import Choice
from app.core.rights import Permission, Reader
from app.core.text import fold
from app.home.history.kinds import Kind, kinds, open_to
from app.home.history.words import Told, told
from reports.listing import ListColumn

CHANGES_ON_A_PAGE = 50
#: Changes read at a time for a file.
AT_A_TIME = 500
COLUMNS = [
    ListColumn("When", width=20),
    ListColumn("Who", width=24),
    ListColumn("Kind of record", width=18),
    ListColumn("Record number", width=10),
    ListColumn("Record", width=40),
    ListColumn("What", width=30),
    ListColumn("From", width=40),
    ListColumn("To", width=40),
    ListColumn("Why", width=40),
    ListColumn("Act", width=36),
]


@dataclass(frozen=True)
class Wanted:
    """Which changes are asked for. What is None narrows nothing."""

    kind: str | None = None
    record_id: int | None = None
    who: int | None = None
    action: Action | None = None
    first: date | None = None
    last: date | None = None
    words: str | None = None
    act: uuid.UUID | None = None
    #: Only changes before this one: the page after.
    before: int | None = None


@dataclass(frozen=True)
class Act:
    """What one act changed, as far as it is on the page."""

    when: str
    who: str
    why: str
    id: uuid.UUID
    changes: tuple[Told, ...]


@dataclass(frozen=True)
class Page:
    """A page of the history."""

    acts: tuple[Act, ...]
    #: The number the next page comes before; None on the last.
    next_before: int | None


def page(session: Session, wanted: Wanted, reader: Reader, today: date) -> Page:
    query = select(Change).where(*_narrowed(wanted, reader, today)).order_by(Change.id.desc())
    found = session.scalars(query.limit(CHANGES_ON_A_PAGE + 1)).all()
    shown = found[:CHANGES_ON_A_PAGE]
    more = shown[-1].id if len(found) > CHANGES_ON_A_PAGE else None
    return Page(_acts(told(session, shown, reader, today)), more)


def _acts(changes: Sequence[Told]) -> tuple[Act, ...]:
    """Changes that follow each other and were one act, together."""
    return tuple(_act(act, tuple(together)) for act, together in groupby(changes, key=lambda one: one.act))


def _act(act: uuid.UUID, changes: tuple[Told, ...]) -> Act:
    first = changes[0]
    reasons = dict.fromkeys(change.why for change in changes if change.why)
    return Act(first.when, first.who, "; ".join(reasons), act, changes)


def rows(session: Session, wanted: Wanted, reader: Reader, today: date) -> Iterator[Sequence[str | int]]:
    """Every line asked for, newest first, as a file's rows: some read at a time, so that any number may be taken."""
    before = wanted.before
    where = _narrowed(wanted, reader, today)
    while True:
        query = select(Change).where(*where).order_by(Change.id.desc()).limit(AT_A_TIME)
        found = session.scalars(query.where(Change.id < before) if before else query).all()
        for one in told(session, found, reader, today):
            for line in one.lines:
                yield (
                    *(one.at.astimezone(LONDON).strftime("%Y-%m-%d %H:%M:%S"), one.who, one.kind_words, one.record_id),
                    *(one.title, line.what, line.old, line.new, one.why, str(one.act)),
                )
        if len(found) < AT_A_TIME:
            return
        before = found[-1].id
        session.expunge_all()


def _narrowed(wanted: Wanted, reader: Reader, today: date) -> list[ColumnElement[bool]]:
    """One's own changes and those of a record one may open; everybody's only with the right to read them."""
    where = [open_to(reader, today)]
    if wanted.record_id is None and not reader.may(Permission.READ_HISTORY):
        where.append(Change.actor_id == (reader.id or 0))
    same = {
        Change.record_kind: wanted.kind,
        Change.record_id: wanted.record_id,
        Change.actor_id: wanted.who,
        Change.action: wanted.action,
        Change.act: wanted.act,
    }
    where += [column == value for column, value in same.items() if value is not None]
    if wanted.first:
        where.append(Change.at >= _midnight(wanted.first))
    if wanted.last:
        where.append(Change.at < _midnight(wanted.last + timedelta(days=1)))
    if wanted.words:
        where.append(Change.reason.icontains(wanted.words, autoescape=True))
    if wanted.before is not None:
        where.append(Change.id < wanted.before)
    return where


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, LONDON)


def people(session: Session) -> list[Choice[int]]:
    """Everybody who may have changed something, leavers too."""
    rows_found = session.execute(select(Person.id, Person.name).order_by(Person.name, Person.id))
    return [Choice(number, name) for number, name in sorted(rows_found, key=lambda row: (fold(row[1]), row[0]))]


def record(session: Session, kind: str, record_id: int, reader: Reader, today: date) -> tuple[Kind, str] | None:
    """The kind and name of a record whose history the reader may open; None where there is none for them."""
    found = kinds().get(kind)
    if found is None or not any(reader.may(one) for one in found.readers):
        return None
    of_it = (Change.record_kind == kind, Change.record_id == record_id)
    latest = session.scalar(select(Change).where(*of_it, open_to(reader, today)).order_by(Change.id.desc()).limit(1))
    return (found, told(session, [latest], reader, today)[0].title) if latest is not None else None
