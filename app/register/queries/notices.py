"""The notices of a contract, and what the law still asks to be told of it."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.register.models import ContractNotice


@cache
def _of_contract() -> Select[ContractNotice]:
    """Put together once."""
    return (
        select(ContractNotice)
        .where(ContractNotice.contract_id == bindparam("contract_id"))
        .order_by(ContractNotice.published_on.desc(), ContractNotice.id.desc())
    )


def notices_of(session: Session, contract_id: int) -> Sequence[ContractNotice]:
    """The latest first, withdrawn ones included."""
    return session.scalars(_of_contract(), {"contract_id": contract_id}).all()


def notice(session: Session, contract_id: int, notice_id: int) -> ContractNotice:
    """One notice of this contract. NoResultFound where it is another's."""
    whose = (ContractNotice.id == notice_id, ContractNotice.contract_id == contract_id)
    return session.scalars(select(ContractNotice).where(*whose)).one()
