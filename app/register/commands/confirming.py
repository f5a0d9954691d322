"""Confirming that records are still correct, one or many at once, and taking that back. A change confirms nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import undoing
from app.core.audit import Change
from app.core.errors import Refusal
from app.core.rights import Permission, Reader
from app.core.undoing import Record
from app.register.models import Contract, Service
from app.register.visibility import rows_open_to

#: What may be confirmed, by the name its history has.
CONTRACT, SERVICE = "contract", "service"
CONFIRMED = (CONTRACT, SERVICE)
COLUMNS = frozenset({"confirmed_on", "confirmed_by"})


def confirm_many(session: Session, subject: str, ids: Collection[int], reader: Reader, *, today: date) -> int:
    """Confirm the records that are this person's to change. Refuse when none is."""
    mine = _mine(session, subject, ids, reader, today)
    if not mine:
        raise Refusal("Tick at least one record that is yours to confirm")
    for record in mine:
        record.confirmed_on, record.confirmed_by = today, reader.name
    session.flush()
    return len(mine)


def _mine(
    session: Session, subject: str, ids: Collection[int], reader: Reader, today: date
) -> list[Contract | Service]:
    units = reader.units_for(Permission.EDIT_REGISTER)
    found: Sequence[Contract | Service]
    if subject == CONTRACT:
        of_them = (Contract.id.in_(ids), rows_open_to(reader, today))
        found = session.scalars(select(Contract).where(*of_them).order_by(Contract.id)).all()
    else:
        still = (Service.id.in_(ids), Service.withdrawn_at.is_(None))
        found = session.scalars(select(Service).where(*still).order_by(Service.id)).all()
    return [one for one in found if units.include(one.directorate_id, one.division_id)]


@dataclass(frozen=True)
class Unconfirming:
    """What taking a confirmation back would put back."""

    act: UUID
    records: tuple[Record, ...]


def what_is_taken_back(session: Session, change_id: int, reader: Reader, *, today: date) -> Unconfirming:
    """The records an act confirmed, that are this person's and unchanged since. NoResultFound for no such act."""
    act = session.scalars(select(Change.act).where(Change.id == change_id)).one()
    lines = session.scalars(select(Change).where(Change.act == act).order_by(Change.id)).all()
    if any(line.part not in CONFIRMED or not line.fields.keys() <= COLUMNS for line in lines):
        raise Refusal("That was no confirmation: undo it where it was done")
    since = undoing.changed_since(session, act)
    still = [one for one in undoing.changed_by(session, act) if one not in since]
    mine: list[Record] = []
    for subject in CONFIRMED:
        ids = [number for name, number in still if name == subject]
        mine += [(subject, one.id) for one in _mine(session, subject, ids, reader, today)]
    return Unconfirming(act, tuple(mine))


def take_back(session: Session, found: Unconfirming) -> int:
    """Put back when, and by whom, each was confirmed before."""
    if not found.records:
        raise Refusal("There is nothing left to undo: the records have been changed since")
    undoing.put_back(session, found.act, found.records)
    return len(found.records)
