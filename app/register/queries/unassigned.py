"""Contracts that no service is given yet."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from app.core.listing import Page
from app.core.rights import Reader
from app.core.text import fold
from app.register.models import Category, Contract, ContractProvider
from app.register.visibility import rows_open_to


@dataclass(frozen=True)
class UnassignedAsked:
    """Which of the contracts without a service."""

    directorate_id: int | None = None
    category_id: int | None = None
    words: str | None = None


def _unassigned(asked: UnassignedAsked, reader: Reader, today: date) -> tuple[ColumnElement[bool], ...]:
    conditions = [Contract.lead_service_id.is_(None), rows_open_to(reader, today)]
    if asked.directorate_id is not None:
        conditions.append(Contract.directorate_id == asked.directorate_id)
    if asked.category_id is not None:
        conditions.append(Contract.category_id == asked.category_id)
    conditions += [Contract.search_text.contains(word, autoescape=True) for word in fold(asked.words or "").split()]
    return tuple(conditions)


def unassigned_page(
    session: Session, asked: UnassignedAsked, reader: Reader, today: date, *, number: int = 1, size: int = 100
) -> Page[Contract]:
    """Contracts without a service, alike ones together."""
    which = _unassigned(asked, reader, today)
    total = session.scalar(select(func.count()).select_from(Contract).where(*which)) or 0
    rows = session.scalars(
        select(Contract)
        .outerjoin(Contract.category)
        .where(*which)
        .options(
            contains_eager(Contract.category),
            joinedload(Contract.directorate),
            joinedload(Contract.division),
            selectinload(Contract.providers).joinedload(ContractProvider.provider),
        )
        .order_by(
            Contract.directorate_id, Category.name_key.is_(None), Category.name_key, Contract.title_key, Contract.id
        )
        .offset((number - 1) * size)
        .limit(size)
    )
    return Page(list(rows), total, number, size)


def unassigned_ids(session: Session, asked: UnassignedAsked, reader: Reader, today: date) -> list[int]:
    return list(session.scalars(select(Contract.id).where(*_unassigned(asked, reader, today)).order_by(Contract.id)))


def unassigned_by_directorate(session: Session, reader: Reader, today: date) -> dict[int, int]:
    """How many contracts of each directorate have no service."""
    query = (
        select(Contract.directorate_id, func.count())
        .where(*_unassigned(UnassignedAsked(), reader, today))
        .group_by(Contract.directorate_id)
    )
    return dict(session.execute(query).all())


def categories_in_use(session: Session) -> list[Category]:
    """Categories that contracts without a service have."""
    used = select(Contract.category_id).where(Contract.lead_service_id.is_(None), Contract.withdrawn_at.is_(None))
    return list(session.scalars(select(Category).where(Category.id.in_(used)).order_by(Category.name_key, Category.id)))
