"""The change history: written with every change in its transaction, never altered afterwards: a trigger sees to it."""

import enum
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, TypeAlias

from sqlalchemy import JSON, Index, Select, String, event, insert, inspect, select
from sqlalchemy.orm import InstanceState, Mapped, Session, mapped_column

from app.core import clock
from app.core.base import Base

#: What a session's ``info`` holds for the history.
ACTOR = "history_actor"
REASON = "history_reason"
ACTION = "history_action"

#: Columns that tell nothing a reader wants.
SILENT = frozenset({"id", "uid", "version", "search_text", "password_hash"})

Known: TypeAlias = str | int | bool | None


@dataclass(frozen=True)
class Actor:
    """Who acts: kept as number and name, so that history outlives the account."""

    id: int | None
    name: str


class Action(enum.StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class Change(Base):
    """One record's change in one act: who, when, what, old and new, why."""

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_record", "record_kind", "record_id", "id"),
        Index("ix_change_at", "at"),
        {"sqlite_autoincrement": True},
    )

    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(index=True)
    actor_name: Mapped[str] = mapped_column(String(200))
    #: Changes made by one act (one saved page, one import) share it.
    act: Mapped[uuid.UUID]
    #: The record whose page shows this: a contract, also for a change of its providers.
    record_kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int]
    #: The table changed, and its row.
    part: Mapped[str] = mapped_column(String(40))
    part_id: Mapped[int]
    action: Mapped[Action]
    #: {column: [old, new]}
    fields: Mapped[dict[str, list[Known]]] = mapped_column(JSON)
    reason: Mapped[str | None] = mapped_column(String(1000))

    __record__: ClassVar[None] = None


def act_as(session: Session, actor: Actor, *, reason: str | None = None) -> None:
    """Say who makes the changes this session flushes from now on, and why; one act until said again."""
    session.info.update({ACTOR: actor, REASON: reason, ACTION: uuid.uuid4()})


def give_reason(session: Session, reason: str | None) -> None:
    """Say why, for the changes flushed from now on."""
    session.flush()
    session.info[REASON] = reason


def history_of(kind: str, record_id: int) -> Select[Change]:
    """The changes of one record, latest first."""
    return select(Change).where(Change.record_kind == kind, Change.record_id == record_id).order_by(Change.id.desc())


def _known(value: object) -> Known:
    if isinstance(value, enum.Enum):
        return str(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _added_fields(state: InstanceState[Any]) -> dict[str, list[Known]]:
    values = state.dict
    return {
        key: [None, _known(values[key])]
        for key in state.mapper.column_attrs.keys()  # noqa: SIM118 - not a dict
        if key not in SILENT and not key.endswith("_key") and values.get(key) is not None
    }


def _changed_fields(state: InstanceState[Any]) -> dict[str, list[Known]]:
    fields: dict[str, list[Known]] = {}
    for key in state.mapper.column_attrs.keys():  # noqa: SIM118 - not a dict
        if key in SILENT or key.endswith("_key") or key not in state.dict:
            continue
        history = state.get_history(key, passive=0)  # type: ignore[arg-type]  # PASSIVE_OFF is not needed: old values are active
        if not history.added:
            continue
        # A column left blank when the record was added in this very session has no old value to delete: it was blank.
        old, new = _known(history.deleted[0] if history.deleted else None), _known(history.added[0])
        if old != new:
            fields[key] = [old, new]
    return fields


def _fields(action: Action, state: InstanceState[Any]) -> dict[str, list[Known]]:
    if action is Action.ADDED:
        return _added_fields(state)
    if action is Action.REMOVED:
        return {key: [old, None] for key, (_, old) in _added_fields(state).items()}
    return _changed_fields(state)


def added_in_bulk(session: Session, table: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Write the history of rows inserted without a flush, as a flush would have written it. Each row has its id."""
    belongs_to = table.__record__
    if belongs_to is None or not rows:
        return
    told = {
        key
        for key in inspect(table).column_attrs.keys()  # noqa: SIM118 - not a dict
        if key not in SILENT and not key.endswith("_key")
    }
    kind, column = belongs_to
    shared = {**_shared(session), "record_kind": kind, "part": table.__tablename__, "action": Action.ADDED}
    lines = [
        {
            **shared,
            "record_id": row[column],
            "part_id": row["id"],
            "fields": {key: [None, _known(value)] for key, value in row.items() if value is not None and key in told},
        }
        for row in rows
    ]
    session.connection().execute(insert(Change.__table__), lines)  # type: ignore[arg-type]  # a Table all the same


def _shared(session: Session) -> dict[str, object]:
    """What all lines of one flush say."""
    actor = session.info.get(ACTOR) or Actor(None, "the system")
    return {
        "at": clock.now(),
        "actor_id": actor.id,
        "actor_name": actor.name,
        "act": session.info.setdefault(ACTION, uuid.uuid4()),
        "reason": session.info.get(REASON),
    }


@event.listens_for(Session, "after_flush")
def _write_history(session: Session, _context: object) -> None:
    """Add one line for each audited record this flush adds, changes or removes."""
    shared = _shared(session)
    lines = []
    for action, records in (
        (Action.ADDED, session.new),
        (Action.CHANGED, session.dirty),
        (Action.REMOVED, session.deleted),
    ):
        for record in records:
            belongs_to = getattr(record, "__record__", None)
            if belongs_to is None:
                continue
            fields = _fields(action, inspect(record))
            if not fields:
                continue
            kind, column = belongs_to
            lines.append(
                {
                    **shared,
                    "record_kind": kind,
                    "record_id": getattr(record, column),
                    "part": record.__tablename__,
                    "part_id": record.id,
                    "action": action,
                    "fields": fields,
                }
            )
    if lines:
        session.connection().execute(insert(Change.__table__), lines)  # type: ignore[arg-type]  # a Table all the same
