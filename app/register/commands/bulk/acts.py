"""An act over many records, kept; and undone as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import undoing
from app.core.audit import ACTION, REASON
from app.core.errors import Refusal
from app.core.rights import Permission, Reader
from app.core.undoing import Record
from app.register.commands.services import contracts_to_settle
from app.register.models import BulkChange, BulkKind, Contract
from app.register.settling import settle

#: A record left as it was, and why: kind, id, words.
Left: TypeAlias = tuple[str, int, str]
CHANGED_SINCE = "Changed since by somebody else, and left as it is now"
NOT_YOURS = "Not yours to change"


@dataclass(frozen=True)
class Acting:
    """Who acts on many records, when, and why."""

    reader: Reader
    now: datetime
    reason: str


def keep_act(
    session: Session, kind: BulkKind, summary: str, acting: Acting, *, changed: int, left: Sequence[Left]
) -> BulkChange:
    """Remember what this act did, under the act its history has."""
    session.flush()
    kept = BulkChange(
        kind=kind,
        summary=summary,
        reason=acting.reason,
        act=str(session.info[ACTION]),
        made_at=acting.now,
        made_by=acting.reader.name,
        made_by_id=acting.reader.id,
        changed=changed,
        left=[list(one) for one in left],
        kept=[],
    )
    session.add(kept)
    session.flush()
    return kept


@dataclass(frozen=True)
class Undoing:
    """What undoing an act would put back, and what it would leave."""

    bulk: BulkChange
    back: tuple[Record, ...]
    left: tuple[Left, ...]


def what_undoing_would_do(session: Session, bulk: BulkChange, reader: Reader) -> Undoing:
    """Whoever may change every record may undo it; what is not this person's to change is left."""
    act = UUID(bulk.act)
    since = undoing.changed_since(session, act)
    touched = undoing.changed_by(session, act)
    mine = _of_this_person(session, touched, bulk, reader)
    left = [(*one, CHANGED_SINCE if one in since else NOT_YOURS) for one in touched if one in since or one not in mine]
    return Undoing(bulk, tuple(one for one in touched if one in mine and one not in since), tuple(left))


def _of_this_person(session: Session, touched: Sequence[Record], bulk: BulkChange, reader: Reader) -> set[Record]:
    """Contracts by their unit; other kinds are for whoever made the change, or may change the whole register."""
    units = reader.units_for(Permission.EDIT_REGISTER)
    ids = [number for kind, number in touched if kind == "contract"]
    rows = session.execute(
        select(Contract.id, Contract.directorate_id, Contract.division_id).where(Contract.id.in_(ids))
    )
    contracts = {("contract", row[0]) for row in rows if units.include(row[1], row[2])}
    made_it = units.everywhere or (reader.id is not None and reader.id == bulk.made_by_id)
    return contracts | {one for one in touched if one[0] != "contract" and made_it}


def undo(session: Session, found: Undoing, acting: Acting) -> None:
    """Put back what can be, as a new change; remember what was left."""
    bulk = found.bulk
    session.refresh(bulk, with_for_update=True)
    if bulk.undone_at is not None:
        raise Refusal("This has been undone already: nothing is left to undo")
    if not found.back:
        raise Refusal("There is nothing left to undo: the records have been changed since")
    session.info[REASON] = acting.reason
    undoing.put_back(session, UUID(bulk.act), found.back)
    _settle(session, [number for kind, number in found.back if kind == "contract"])
    bulk.undone_at, bulk.undone_by = acting.now, acting.reader.name
    bulk.kept = [list(one) for one in found.left]
    session.flush()


def _settle(session: Session, contract_ids: Sequence[int]) -> None:
    """Columns were put back by their numbers: what they point at is read anew before settling."""
    session.flush()
    for contract in contracts_to_settle(session, Contract.id.in_(contract_ids)):
        session.expire(contract, ["lead_service", "category", "arrangement", "directorate", "division"])
        settle(contract)
