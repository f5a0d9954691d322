"""What points at a record: every table of every room that holds its number, so that a merge forgets none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import UniqueConstraint, exists, inspect, select
from sqlalchemy.orm import Session

from app.core.base import Base
from app.register.models import (
    ContractProvider,
    Provider,
    ProviderDistinction,
    ProviderIdentifier,
    ProviderMerge,
    ProviderName,
    Service,
    TradingCompany,
)

#: Moved by rules of their own, or a record of what happened, which stays as it was.
NOT_MOVED_ALIKE: frozenset[type[Base]] = frozenset(
    {
        ContractProvider,
        Provider,
        ProviderDistinction,
        ProviderIdentifier,
        ProviderMerge,
        ProviderName,
        Service,
        TradingCompany,
    }
)


@dataclass(frozen=True)
class Pointing:
    """One column that holds the number of another record."""

    table: type[Base]
    column: str

    def rows(self, session: Session, number: int) -> Sequence[Base]:
        mapped: Any = getattr(self.table, self.column)  # Any: a mapped column
        return session.scalars(select(self.table).where(mapped == number).order_by(self.table.id)).all()

    def stands_already(self, session: Session, row: Base, number: int) -> bool:
        """Whether the row, pointing there, would stand twice where the table allows it once."""
        return any(self._is_there(session, row, number, names) for names in _unique_with(self.table, self.column))

    def _is_there(self, session: Session, row: Base, number: int, names: Sequence[str]) -> bool:
        same = [getattr(self.table, name) == (number if name == self.column else getattr(row, name)) for name in names]
        return bool(session.scalar(select(exists().where(*same, self.table.id != row.id))))


def _unique_with(table: type[Base], column: str) -> list[list[str]]:
    constraints = [one for one in getattr(table.__table__, "constraints", ()) if isinstance(one, UniqueConstraint)]
    found = [[one.name for one in constraint.columns] for constraint in constraints]
    found += [[one.name] for one in table.__table__.columns if one.unique]
    return [names for names in found if column in names]


@cache
def table_classes() -> Mapping[str, type[Base]]:
    """Every record's class by its table's name."""
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


@cache
def pointing_at(target: type[Base]) -> tuple[Pointing, ...]:
    """The columns of every room that point at this kind of record, but for those moved by rules of their own."""
    return tuple(
        Pointing(table, inspect(table).get_property_by_column(column).key)
        for _, table in sorted(table_classes().items())
        if table not in NOT_MOVED_ALIKE
        for column in table.__table__.columns
        if any(key.column is target.__table__.columns["id"] for key in column.foreign_keys)
    )
