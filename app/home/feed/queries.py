"""What stands in a person's calendar: days of their contracts, what is due, their committees' meetings. No amounts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.queries import hashed, reader_of
from app.core.audit import Change
from app.core.dates import add_months
from app.core.rights import Reader
from app.council import queries as council
from app.council.models import Committee, Meeting
from app.home.models import CalendarAddress
from app.home.reminders.queries import CONTRACT, Answering, Part, dated, everybody
from app.home.timeline.dates import KINDS, Scope, standing_with
from app.register.models import Contract

#: How far back and ahead a calendar reaches, in months.
BACK, AHEAD = 3, 36
#: Findings that say of a contract what its own days say.
SAID_BY_DATES = frozenset({"decide-ahead", "option-ahead", "ends-ahead", "CM1", "replacing", "CM2", "free-choice"})


@dataclass(frozen=True)
class Event:
    """One day in the calendar."""

    #: The same for the same thing for good, so that a calendar moves it rather than adding another.
    uid: str
    on: date
    title: str
    path: str
    changed_at: datetime
    note: str = ""


@dataclass(frozen=True)
class Owner:
    """Whose calendar an address opens."""

    person: Person
    reader: Reader
    made_at: datetime


def owner_of(session: Session, token: str) -> Owner | None:
    """None for an address that was ended or never made, and for whoever has left."""
    row = session.execute(
        select(Person, CalendarAddress.made_at)
        .join(CalendarAddress, CalendarAddress.person_id == Person.id)
        .where(
            CalendarAddress.token_hash == hashed(token),
            CalendarAddress.revoked_at.is_(None),
            Person.left_at.is_(None),
        )
    ).first()
    return Owner(row[0], reader_of(session, row[0]), row[1]) if row else None


def address_of(session: Session, person_id: int) -> CalendarAddress | None:
    """The person's address, unless it was ended."""
    query = select(CalendarAddress).where(CalendarAddress.person_id == person_id, CalendarAddress.revoked_at.is_(None))
    return session.scalar(query)


def events(session: Session, owner: Owner, *, today: date) -> list[Event]:
    """Soonest first."""
    answering = everybody(session).answering(owner.person)
    first, last = add_months(today, -BACK), add_months(today, AHEAD)
    found = [*_of_contracts(session, answering, first, last, today, owner.made_at)]
    found += _due(session, answering, first, last, today, owner.made_at)
    found += _meetings(session, owner, first, last)
    return sorted(found, key=lambda one: (one.on, one.uid))


def _of_contracts(
    session: Session, answering: Answering, first: date, last: date, today: date, made_at: datetime
) -> Iterator[Event]:
    for what, kind in KINDS.items():
        on = kind.on(session, today)
        rows = session.execute(
            select(Contract.id, Contract.title, on.label("on"))
            .where(standing_with(what, answering.reader, Scope(), today), _theirs(answering), on.between(first, last))
            .order_by(Contract.id)
        ).all()
        changed = _changed(session, [row[0] for row in rows])
        for number, title, day in rows:
            yield Event(
                uid=f"contract-{number}-{what}",
                on=day,
                title=f"{kind.said}: {title}",
                path=f"/contracts/{number}",
                changed_at=changed.get(number, made_at),
                note=kind.working,
            )


def _theirs(answering: Answering) -> ColumnElement[bool]:
    """What their post answers for, and what nobody does in the parts they look after."""
    unowned = or_(Contract.manager_post_key.is_(None), Contract.manager_post_key.not_in(sorted(answering.held)))
    parts = [_in_part(one) for one in answering.parts if one != Part()]
    looked_after = and_(unowned, or_(*parts)) if parts else Contract.id.is_(None)
    return or_(looked_after, Contract.manager_post_key == answering.post_key) if answering.post_key else looked_after


def _in_part(part: Part) -> ColumnElement[bool]:
    if part.division_id is not None:
        return Contract.division_id == part.division_id
    return Contract.directorate_id == part.directorate_id


def _due(
    session: Session, answering: Answering, first: date, last: date, today: date, made_at: datetime
) -> Iterable[Event]:
    if not answering:
        return
    found = [one for one in dated(session, answering, first, last, today=today) if one.kind.code not in SAID_BY_DATES]
    changed = _changed(session, sorted({one.id for one in found if one.kind.subject == CONTRACT}))
    for one in found:
        on_contract = one.kind.subject == CONTRACT
        yield Event(
            uid=f"finding-{one.kind.code}-{one.id}",
            on=one.due_on,
            title=f"Due: {one.title}",
            path=one.path,
            changed_at=changed.get(one.id, made_at) if on_contract else made_at,
            note=f"{one.kind.one[0].upper()}{one.kind.one[1:]}. {one.kind.cure}",
        )


def _meetings(session: Session, owner: Owner, first: date, last: date) -> Iterable[Event]:
    own = council.committees_of(session, owner.reader)
    rows = session.execute(
        select(Meeting.id, Meeting.meets_on, Meeting.place, Meeting.committee_id, Committee.name)
        .join(Committee, Committee.id == Meeting.committee_id)
        .where(Meeting.committee_id.in_(sorted(own)), Meeting.meets_on.between(first, last))
        .order_by(Meeting.meets_on, Meeting.id)
    )
    changed = _changed(session, sorted(own), of="committee")
    for number, day, place, committee_id, name in rows:
        changed_at = changed.get(committee_id, owner.made_at)
        yield Event(f"meeting-{number}", day, name, f"/meetings/{number}", changed_at, place or "")


def _changed(session: Session, ids: Sequence[int], *, of: str = CONTRACT) -> Mapping[int, datetime]:
    """When each contract, or record of another kind, was last changed."""
    found: dict[int, datetime] = {}
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        rows = session.execute(
            select(Change.record_id, func.max(Change.at))
            .where(Change.record_kind == of, Change.record_id.in_(some))
            .group_by(Change.record_id)
            .order_by(Change.record_id)
        )
        found |= {row[0]: row[1] for row in rows}
    return found
