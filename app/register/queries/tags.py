"""Programmes and categories with how much stands under each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.rights import Reader
from app.register.models import Category, Contract, Programme
from app.register.visibility import rows_open_to


@dataclass(frozen=True)
class Tag:
    """A programme or a category, and how many contracts it is said of."""

    id: int
    name: str
    until_on: date | None
    contracts: int


def programmes(session: Session, reader: Reader, today: date) -> list[Tag]:
    held = _contracts_by(session, Contract.programme_id, reader, today)
    every = session.scalars(select(Programme).order_by(Programme.name, Programme.id))
    return [Tag(one.id, one.name, one.until_on, held.get(one.id, 0)) for one in every]


def categories(session: Session, reader: Reader, today: date) -> list[Tag]:
    held = _contracts_by(session, Contract.category_id, reader, today)
    every = session.scalars(select(Category).order_by(Category.name_key, Category.id))
    return [Tag(one.id, one.name, None, held.get(one.id, 0)) for one in every]


def _contracts_by(
    session: Session, column: InstrumentedAttribute[int | None], reader: Reader, today: date
) -> Mapping[int | None, int]:
    query = select(column, func.count(Contract.id)).where(rows_open_to(reader, today)).group_by(column)
    return dict(session.execute(query).all())
