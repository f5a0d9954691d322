"""What people do with notices: record one, put it right, withdraw one recorded by mistake, put it back."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.audit import give_reason
from app.core.dates import day
from app.core.errors import Refusal
from app.register.commands.contracts import Editor
from app.register.models import Contract, ContractForm, ContractNotice
from app.register.notices import NoticeKind, name_of, standstill_ends
from app.register.regime import Regime

#: A standstill is owed on neither; it may still be stated in the notice (s.51(3)).
WITHOUT_STANDSTILL = frozenset({Regime.LIGHT_TOUCH, Regime.USER_CHOICE})


@dataclass(frozen=True, kw_only=True)
class NoticeWanted:
    """A notice as its form tells it."""

    kind: NoticeKind
    published_on: date
    number: str | None = None
    url: str | None = None
    standstill_ends_on: date | None = None
    note: str | None = None


@dataclass(frozen=True)
class Standstill:
    """How long it is, and the days that do not count."""

    days: int
    holidays: Container[date]


def record_notice(
    session: Session, contract: Contract, wanted: NoticeWanted, standstill: Standstill, *, today: date
) -> ContractNotice:
    notice = ContractNotice(contract_id=contract.id)
    _write(session, contract, notice, wanted, standstill, today)
    session.add(notice)
    session.flush()
    return notice


def change_notice(
    session: Session,
    contract: Contract,
    notice: ContractNotice,
    wanted: NoticeWanted,
    standstill: Standstill,
    *,
    today: date,
) -> None:
    _write(session, contract, notice, wanted, standstill, today)
    session.flush()


def _write(
    session: Session,
    contract: Contract,
    notice: ContractNotice,
    wanted: NoticeWanted,
    standstill: Standstill,
    today: date,
) -> None:
    if wanted.published_on > today:
        raise Refusal(f"Enter a day up to today, {day(today)}: record it once it is published", field="published_on")
    _check_number(session, notice, wanted)
    notice.kind, notice.published_on = wanted.kind, wanted.published_on
    notice.number, notice.url, notice.note = wanted.number, wanted.url, wanted.note
    notice.standstill_ends_on = _standstill(contract, wanted, standstill)
    flag_modified(contract, "title_key")  # a change of its notices is a change of the contract


def _check_number(session: Session, notice: ContractNotice, wanted: NoticeWanted) -> None:
    """One notice may stand on several contracts, and on each of them once."""
    if wanted.number is None:
        return
    same = select(ContractNotice.id).where(
        ContractNotice.contract_id == notice.contract_id,
        ContractNotice.number == wanted.number,
        ContractNotice.kind == wanted.kind,
        ContractNotice.withdrawn_at.is_(None),
    )
    with session.no_autoflush:
        if any(found != notice.id for found in session.scalars(same)):
            raise Refusal(f"{name_of(wanted.kind)} {wanted.number} is recorded here already", field="number")


def _standstill(contract: Contract, wanted: NoticeWanted, standstill: Standstill) -> date | None:
    """As stated; else eight working days where the law asks for them."""
    if wanted.kind is not NoticeKind.UK6:
        return None
    if wanted.standstill_ends_on is not None:
        return _late_enough(wanted, standstill)
    if contract.regime in WITHOUT_STANDSTILL or contract.form is ContractForm.CALL_OFF:
        return None
    return standstill_ends(wanted.published_on, standstill.days, standstill.holidays)


def _late_enough(wanted: NoticeWanted, standstill: Standstill) -> date | None:
    least = standstill_ends(wanted.published_on, standstill.days, standstill.holidays)
    if wanted.standstill_ends_on and wanted.standstill_ends_on < least:
        raise Refusal(
            f"Enter {day(least)} or later: a standstill is at least {standstill.days} working days",
            field="standstill_ends_on",
        )
    return wanted.standstill_ends_on


def withdraw_notice(
    session: Session, contract: Contract, notice: ContractNotice, reason: str, *, editor: Editor
) -> None:
    """Take out a notice recorded by mistake. Nothing recorded about it is lost."""
    give_reason(session, reason)
    notice.withdrawn_at, notice.withdrawn_reason = editor.now, reason
    flag_modified(contract, "title_key")


def restore_notice(contract: Contract, notice: ContractNotice) -> None:
    notice.withdrawn_at = notice.withdrawn_reason = None
    flag_modified(contract, "title_key")
