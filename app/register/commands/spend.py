"""What people do about spend: enter a year's figure, correct it, withdraw it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core import audit
from app.core.dates import day
from app.core.errors import Refusal
from app.council.calendar import FinancialYear
from app.register.commands.contracts import Editor
from app.register.models import Contract, ContractSpend


@dataclass(frozen=True, kw_only=True)
class Spent:
    """A year's figure, as a form says it."""

    year: int
    amount: Decimal
    to_on: date
    source: str
    note: str | None = None


def enter_spend(session: Session, contract: Contract, spent: Spent, *, today: date) -> ContractSpend:
    """Enter a year's figure; one that was withdrawn gives way to it."""
    _check(spent, today)
    same = select(ContractSpend).where(ContractSpend.contract_id == contract.id, ContractSpend.year == spent.year)
    found = session.scalar(same)
    if found is not None and found.withdrawn_at is None:
        raise Refusal(f"There is a figure for {FinancialYear(spent.year)} already: correct that one", field="year")
    if found is None:
        found = ContractSpend(contract_id=contract.id, year=spent.year)
        session.add(found)
    _write(found, spent)
    found.withdrawn_at = found.withdrawn_reason = None
    touch(contract)
    session.flush()
    return found


def correct_spend(
    session: Session, contract: Contract, found: ContractSpend, spent: Spent, reason: str, *, today: date
) -> None:
    """Put the right figure in place of a mistaken one; the history keeps the old, with the reason."""
    _check(spent, today)
    audit.give_reason(session, reason)
    _write(found, spent)
    touch(contract)


def withdraw_spend(session: Session, contract: Contract, found: ContractSpend, reason: str, *, editor: Editor) -> None:
    audit.give_reason(session, reason)
    found.withdrawn_at, found.withdrawn_reason = editor.now, reason
    touch(contract)


def restore_spend(contract: Contract, found: ContractSpend) -> None:
    found.withdrawn_at = found.withdrawn_reason = None
    touch(contract)


def _write(found: ContractSpend, spent: Spent) -> None:
    found.amount, found.to_on = spent.amount, spent.to_on
    found.source, found.note, found.from_file = spent.source, spent.note, False


def _check(spent: Spent, today: date) -> None:
    year = FinancialYear(spent.year)
    if not year.first <= spent.to_on <= year.last:
        raise Refusal(f"Enter a day of {year}: from {day(year.first)} to {day(year.last)}", field="to_on")
    if spent.to_on > today:
        raise Refusal(f"Enter a day up to today, {day(today)}: what is to come is not spent", field="to_on")


def touch(contract: Contract) -> None:
    """What hangs on a contract is part of it: whoever has it open is told."""
    flag_modified(contract, "title")
