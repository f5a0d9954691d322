"""An act taken back: what it changed is put back from the history, where nobody has changed the record since.

Putting back is a new change, with its own line in the history. Whoever calls settles what follows from the columns.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from app.core.audit import Action, Change
from app.core.base import Base

#: A record by the name its history has: kind and id.
Record: TypeAlias = tuple[str, int]


def changed_by(session: Session, act: UUID) -> list[Record]:
    """The records the act changed, in the order it did."""
    lines = session.execute(
        select(Change.record_kind, Change.record_id, func.min(Change.id).label("first"))
        .where(Change.act == act)
        .group_by(Change.record_kind, Change.record_id)
        .order_by("first")
    )
    return [(kind, record_id) for kind, record_id, _ in lines]


def changed_since(session: Session, act: UUID) -> set[Record]:
    """Those of them that another act has changed afterwards."""
    last = session.scalar(select(func.max(Change.id)).where(Change.act == act)) or 0
    later = select(Change.record_kind, Change.record_id).where(Change.id > last, Change.act != act).distinct()
    return {(kind, record_id) for kind, record_id in session.execute(later)} & set(changed_by(session, act))


def put_back(session: Session, act: UUID, records: Collection[Record]) -> None:
    """Set the columns of these records as they were before the act."""
    wanted = set(records)
    lines = session.scalars(
        select(Change).where(Change.act == act, Change.action == Action.CHANGED).order_by(Change.id.desc())
    ).all()
    for line in lines:
        if (line.record_kind, line.record_id) in wanted:
            _put_line_back(session, line)
    session.flush()


def _put_line_back(session: Session, line: Change) -> None:
    kind = _table(line.part)
    record = session.get(kind, line.part_id)
    if record is not None:
        for name, value in typed(kind, {name: old for name, (old, _) in line.fields.items()}).items():
            setattr(record, name, value)


def _table(name: str) -> type[Base]:
    return next(mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == name)


def typed(kind: type[Base], said: Mapping[str, object]) -> dict[str, Any]:  # Any: columns of several kinds
    """The history's text as the columns' own types."""
    columns = inspect(kind).columns
    return {name: _value(columns[name].type.python_type, value) for name, value in said.items() if name in columns}


def _value(wanted: type, value: object) -> object:
    if value is None or type(value) is wanted:
        return value
    if issubclass(wanted, StrEnum):
        return wanted(str(value))
    if issubclass(wanted, datetime | date):
        return wanted.fromisoformat(str(value))
    return Decimal(str(value)) if isinstance(value, str) else value
