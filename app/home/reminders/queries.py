"""Whose findings are whose, and which of them are due: what digest and calendar feed are made of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.queries import reader_of, still_here
from app.core.dates import day
from app.core.findings import Asked, FindingKind, kinds
from app.core.rights import Permission, Reader, ScopeKind
from app.core.text import fold
from app.council import queries as council
from app.council import settings
from app.home.models import Often, ReminderChoice, ReminderSent, ReminderTold, Snooze
from app.home.reminders import rules
from app.register.findings.of_contracts import CONTRACT_FINDINGS
from app.register.models import Contract
from app.register.queries.remembered import once

CONTRACT = "contract"
P = Permission
#: Whoever holds one of these for a directorate or division answers for what nobody else does there.
ANSWERS = frozenset({P.EDIT_REGISTER, P.SIGN_OFF})
#: Databases take so many values in one statement.
AT_ONCE = 500


# Whose


@dataclass(frozen=True)
class Part:
    """A part of the council; with neither, what belongs to no directorate."""

    directorate_id: int | None = None
    division_id: int | None = None

    def holds(self, directorate_id: int | None, division_id: int | None) -> bool:
        if self == Part():
            return directorate_id is None and division_id is None
        return self.directorate_id in {None, directorate_id} and self.division_id in {None, division_id}


@dataclass(frozen=True)
class Answering:
    """What comes to one person: what their post answers for, and what nobody does in the parts they look after."""

    reader: Reader
    post_key: str | None = None
    parts: tuple[Part, ...] = ()
    #: Posts, folded, that somebody holds.
    held: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.post_key or self.parts)

    def takes(self, directorate_id: int, division_id: int | None, post_key: str | None) -> bool:
        """Whether what a record of that unit and post asks for comes to this person."""
        if self.post_key is not None and post_key == self.post_key:
            return True
        return post_key not in self.held and any(one.holds(directorate_id, division_id) for one in self.parts)


@dataclass(frozen=True)
class Everybody:
    """All who may be reminded, and who answers for what."""

    people: tuple[Person, ...]
    #: What each may see, by the person's id.
    readers: Mapping[int, Reader]
    held: frozenset[str]
    #: Directorates that somebody looks after.
    looked_after: frozenset[int]
    directorates: frozenset[int]

    def answering(self, person: Person) -> Answering:
        reader = self.readers[person.id]
        post = fold(person.post) if person.post else None
        return Answering(reader, post, tuple(self._parts(reader)), self.held)

    def _parts(self, reader: Reader) -> Iterator[Part]:
        """Their own; to those who keep the whole register, also the directorates that nobody looks after."""
        yield from _own_parts(reader)
        if any(one.scope is ScopeKind.COUNCIL and P.EDIT_REGISTER in one.permissions for one in reader.grants):
            yield Part()
            yield from (Part(one) for one in sorted(self.directorates - self.looked_after))


def _own_parts(reader: Reader) -> Iterator[Part]:
    for one in reader.grants:
        if one.permissions & ANSWERS and one.scope is ScopeKind.DIRECTORATE:
            yield Part(directorate_id=one.scope_id)
        if one.permissions & ANSWERS and one.scope is ScopeKind.DIVISION:
            yield Part(division_id=one.scope_id)


def everybody(session: Session) -> Everybody:
    people = tuple(still_here(session))
    readers = {person.id: reader_of(session, person) for person in people}
    parts = [part for reader in readers.values() for part in _own_parts(reader)]
    return Everybody(
        people=people,
        readers=readers,
        held=frozenset(fold(one.post) for one in people if one.post),
        looked_after=frozenset(one.directorate_id for one in parts if one.directorate_id is not None),
        directorates=frozenset(one.id for one in council.structure(session)),
    )


# How each wants it


@dataclass(frozen=True)
class Choice:
    """How often, and on which weekday."""

    often: Often
    weekday: int = 0


def choice_of(session: Session, reader: Reader) -> Choice:
    """As chosen; else weekly, on Mondays, for those who keep records, and never for everybody else."""
    found = session.scalar(select(ReminderChoice).where(ReminderChoice.person_id == reader.id))
    if found is not None:
        return Choice(found.often, found.weekday)
    return Choice(Often.WEEKLY if reader.may(P.EDIT_REGISTER) else Often.NEVER)


def last_period(session: Session, person_id: int) -> date | None:
    return session.scalar(select(func.max(ReminderSent.period_on)).where(ReminderSent.person_id == person_id))


def period_due(session: Session, reader: Reader, *, today: date) -> date | None:
    """The period for which the person is still to have a digest."""
    choice = choice_of(session, reader)
    if choice.often is Often.NEVER or reader.id is None:
        return None
    last = last_period(session, reader.id)
    return rules.period_of(today, weekly=choice.often is Often.WEEKLY, weekday=choice.weekday, last=last)


# What is due


@dataclass(frozen=True)
class Due:
    """One finding with a date."""

    kind: FindingKind
    id: int
    title: str
    due_on: date
    #: The day its latest lead time began.
    reached_on: date | None = None
    is_new: bool = False
    working: str = ""

    @property
    def key(self) -> tuple[str, int]:
        return self.kind.code, self.id

    @property
    def path(self) -> str:
        return self.kind.page.format(self.id)


def dated(session: Session, answering: Answering, first: date, last: date, *, today: date) -> list[Due]:
    """Every finding of the person's that is due between the days: soonest first, each once."""
    found: dict[tuple[str, int], Due] = {}
    for kind in kinds():
        if kind.subject != CONTRACT or CONTRACT_FINDINGS[kind.code].due is not None:
            for row in _rows(session, kind, answering, first, last, today):
                found.setdefault((kind.code, row[0]), Due(kind, row[0], row[1], row[2]))
    return sorted(found.values(), key=lambda one: (one.due_on, fold(one.title), *one.key))


def _rows(
    session: Session, kind: FindingKind, answering: Answering, first: date, last: date, today: date
) -> Iterator[Any]:  # Any: rows of number, title and day
    asked = Asked(answering.reader, today)
    if kind.subject == CONTRACT and answering.parts:
        yield from _of_everybody(session, kind, answering, asked, first, last)
        return
    if answering.post_key:
        yield from _between(session, kind, replace(asked, post_key=answering.post_key), first, last)
    for part in answering.parts:
        of_part = replace(asked, directorate_id=part.directorate_id, division_id=part.division_id)
        yield from _between(session, kind, of_part, first, last, unowned=answering.held, nowhere=part == Part())


def _of_everybody(
    session: Session, kind: FindingKind, answering: Answering, asked: Asked, first: date, last: date
) -> Iterator[Any]:  # Any: rows of number, title and day
    """Those of the person's, from the whole council's, which are read once for all people who may know the same."""

    def read() -> Sequence[Any]:  # Any: rows of a finding
        found = kind.rows(session, asked).subquery().c
        number, *_, due = found
        return session.execute(select(*found).where(due.between(first, last)).order_by(due, number)).all()

    known = (kind.code, asked.reader.exempt_units, asked.today, first, last)
    for number, title, directorate_id, division_id, post_key, due in once(session, known, read):
        if answering.takes(directorate_id, division_id, post_key):
            yield number, title, due


def _between(
    session: Session,
    kind: FindingKind,
    asked: Asked,
    first: date,
    last: date,
    *,
    unowned: frozenset[str] | None = None,
    nowhere: bool = False,
) -> Sequence[Any]:
    number, title, directorate, division, post, due = kind.rows(session, asked).subquery().c
    conditions: list[ColumnElement[bool]] = [due.between(first, last)]
    if unowned is not None:
        conditions.append(or_(post.is_(None), post.not_in(sorted(unowned))))
    if nowhere:
        conditions.append(and_(directorate.is_(None), division.is_(None)))
    return session.execute(select(number, title, due).where(*conditions).order_by(due, number)).all()


def reminders(session: Session, answering: Answering, *, today: date) -> list[Due]:
    """What the person is to be reminded of on the day: within its lead times, not past, not put off."""
    if not answering:
        return []
    leads = council.value_on(session, settings.REMIND_AT, today)
    some_day = date(2100, 1, 1)
    longest = max((some_day - one.before(some_day) for one in leads), default=timedelta(0)) + timedelta(days=31)
    longest_own = session.scalar(select(func.max(Contract.remind_months))) or 0
    last = today + max(longest, timedelta(days=31 * longest_own))
    found = dated(session, answering, today, last, today=today)
    own, off = _own_months(session, found), snoozes(session, found)
    told = _told(session, answering.reader)
    return list(_reached(found, own, off, told, leads, today))


def _reached(
    found: Iterable[Due],
    own: Mapping[int, int],
    off: Mapping[tuple[str, int], Snooze],
    told: Mapping[tuple[str, int], date],
    leads: Iterable[Any],  # Any: spans, more than once
    today: date,
) -> Iterator[Due]:
    every = tuple(leads)

    @cache
    def reached(due_on: date, months: int | None) -> date | None:
        return rules.reached(due_on, rules.leads_of(months, every), today=today)

    for one in found:
        begun = reached(one.due_on, own.get(one.id) if one.kind.subject == CONTRACT else None)
        snooze = off.get(one.key)
        snoozed = snooze is not None and rules.is_snoozed(snooze.until_on, one.due_on, today=today)
        if begun is not None and not snoozed:
            before = told.get(one.key)
            yield replace(one, reached_on=begun, is_new=before is None or before < begun)


def _own_months(session: Session, found: Sequence[Due]) -> Mapping[int, int]:
    ids = sorted({one.id for one in found if one.kind.subject == CONTRACT})
    months: dict[int, int] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        rows = session.execute(
            select(Contract.id, Contract.remind_months)
            .where(Contract.id.in_(some), Contract.remind_months.is_not(None))
            .order_by(Contract.id)
        )
        months |= {number: own for number, own in rows if own is not None}
    return months


def _told(session: Session, reader: Reader) -> Mapping[tuple[str, int], date]:
    rows = session.scalars(select(ReminderTold).where(ReminderTold.person_id == reader.id).order_by(ReminderTold.id))
    return {(one.code, one.subject_id): one.reached_on for one in rows}


def with_workings(session: Session, reader: Reader, shown: Sequence[Due], *, today: date) -> list[Due]:
    """The same, each with how it comes to be due."""
    told: dict[tuple[str, int], str] = {}
    asked = Asked(reader, today)
    for kind in {one.kind.code: one.kind for one in shown}.values():
        ids = [one.id for one in shown if one.kind == kind]
        told |= {(kind.code, number): words for number, words in kind.working(session, asked, ids).items()}
    return [replace(one, working=told.get(one.key, "")) for one in shown]


# Put off


def snoozes(session: Session, found: Sequence[Due]) -> Mapping[tuple[str, int], Snooze]:
    """Those that are set at all; whether one still holds is for the rule to say."""
    if not found:
        return {}
    rows = session.scalars(select(Snooze).where(Snooze.until_on.is_not(None)).order_by(Snooze.id))
    return {(one.code, one.subject_id): one for one in rows}


def snoozes_of(session: Session, code: str, ids: Sequence[int]) -> Mapping[int, Snooze]:
    """On these records, of one kind of finding."""
    rows = session.scalars(
        select(Snooze)
        .where(Snooze.code == code, Snooze.subject_id.in_(ids), Snooze.until_on.is_not(None))
        .order_by(Snooze.id)
    )
    return {one.subject_id: one for one in rows}


def put_off(session: Session, flags: Mapping[str, date | None], number: int, *, today: date) -> Mapping[str, str]:
    """Which findings of one record, by code and the day each is due, are put off: until when, by whom and why."""
    if not flags:
        return {}
    rows = session.scalars(
        select(Snooze)
        .where(Snooze.subject_id == number, Snooze.code.in_(flags), Snooze.until_on.is_not(None))
        .order_by(Snooze.id)
    )
    return {one.code: in_words(one) for one in rows if rules.is_snoozed(one.until_on, flags[one.code], today=today)}


def in_words(snooze: Snooze) -> str:
    """As "Put off until 3 March 2027 by Nerys Holloway-Finch: the provider is in talks"."""
    return f"Put off until {day(snooze.until_on)} by {snooze.set_by}: {snooze.reason}"


def snooze_on(session: Session, code: str, subject_id: int) -> Snooze | None:
    return session.scalar(select(Snooze).where(Snooze.code == code, Snooze.subject_id == subject_id))
