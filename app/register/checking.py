"""Prove the stored figures: settle every contract anew and say what comes out otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.core.money import pounds
from app.register.commands.services import contracts_to_settle
from app.register.models import Contract
from app.register.settling import settle

#: What ``settle`` writes.
SETTLED = (
    *("directorate_id", "division_id", "current_end_on", "latest_end_on"),
    *("current_low", "current_high", "maximum_low", "maximum_high", "maximum_at_least"),
    *("whole_life_figure", "annual_figure", "renewal_figure", "provider_key", "search_text"),
)
AT_A_TIME = 500


@dataclass(frozen=True)
class Difference:
    """A stored figure that settling anew does not bear out."""

    contract_id: int
    title: str
    column: str
    stored: str
    settled: str

    @property
    def words(self) -> str:
        return f"contract {self.contract_id} ({self.title}): {self.column} is {self.stored}, should be {self.settled}"


def differences(session: Session) -> Iterator[Difference]:
    """Look at every contract, withdrawn ones too. Nothing is stored."""
    ids = session.scalars(select(Contract.id).order_by(Contract.id)).all()
    for start in range(0, len(ids), AT_A_TIME):
        yield from _some(session, ids[start : start + AT_A_TIME])
        session.rollback()
        session.expunge_all()


def _some(session: Session, ids: Sequence[int]) -> Iterator[Difference]:
    contracts = contracts_to_settle(session, Contract.id.in_(ids))
    with session.no_autoflush:
        for contract in contracts:
            yield from _one(contract)


def _one(contract: Contract) -> Iterator[Difference]:
    stored = {column: getattr(contract, column) for column in SETTLED}
    try:
        settle(contract)
    except Refusal as refusal:
        yield Difference(contract.id, contract.title, "its term or value", "stored", f"mended: {refusal.message}")
        return
    for column, was in stored.items():
        now = getattr(contract, column)
        if was != now:
            yield Difference(contract.id, contract.title, column, _said(was), _said(now))


def _said(value: object) -> str:
    if value is None or value == "":
        return "blank"
    return pounds(value) if isinstance(value, Decimal) else str(value)
