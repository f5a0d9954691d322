"""What is withheld, of one contract and of all, and what is to be looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from app.core.listing import ROWS_ON_A_PAGE, Page
from app.core.rights import Reader
from app.publication.models import FieldRedaction
from app.register.models import Contract
from app.register.visibility import rows_open_to


@cache
def _standing_of() -> Select[FieldRedaction]:
    return (
        select(FieldRedaction)
        .where(FieldRedaction.contract_id == bindparam("contract_id"), FieldRedaction.lifted_on.is_(None))
        .order_by(FieldRedaction.id)
    )


def standing_of(session: Session, contract_id: int) -> Sequence[FieldRedaction]:
    return session.scalars(_standing_of(), {"contract_id": contract_id}).all()


def all_of(session: Session, contract_id: int) -> Sequence[FieldRedaction]:
    """Lifted ones too, the latest first."""
    return session.scalars(
        select(FieldRedaction)
        .where(FieldRedaction.contract_id == contract_id)
        .order_by(FieldRedaction.lifted_on.is_not(None), FieldRedaction.id.desc())
    ).all()


@dataclass(frozen=True)
class Listed:
    redaction: FieldRedaction
    title: str


def redactions_page(session: Session, reader: Reader, today: date, *, due_only: bool, page: int) -> Page[Listed]:
    """Those that stand, the one to be looked at next first."""
    where = [FieldRedaction.lifted_on.is_(None), rows_open_to(reader, today)]
    if due_only:
        where.append(FieldRedaction.review_on <= today)
    joined = select(FieldRedaction, Contract.title).join(Contract, Contract.id == FieldRedaction.contract_id)
    counted = select(func.count(FieldRedaction.id)).join(Contract, Contract.id == FieldRedaction.contract_id)
    rows = session.execute(
        joined.where(*where)
        .order_by(FieldRedaction.review_on, FieldRedaction.id)
        .limit(ROWS_ON_A_PAGE)
        .offset((page - 1) * ROWS_ON_A_PAGE)
    )
    return Page([Listed(*row) for row in rows], session.scalar(counted.where(*where)) or 0, page)
