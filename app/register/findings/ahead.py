"""What is coming up on a contract within the lead times of reminders: a decision, an option's last day, its end.

Once its day has passed, another kind of finding takes over where something was left undone.
"""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, type_coerce
from sqlalchemy.orm import Session

from app.core.dates import day, latest_reached
from app.core.days_in_sql import months_before
from app.core.findings import Severity
from app.council import queries as council
from app.council import settings
from app.council.calendar import Unit
from app.register.findings.life import (
    STANDING,
    first_open,
    has_open_option,
    held_fine,
    last_free_choice,
    lead_of_contract,
    live_successor,
    take_up_by,
)
from app.register.findings.of_contracts import PAGE, ContractFinding, about_contracts, day_of
from app.register.models import Contract
from app.register.renewal import decide_by

Due = Callable[[Session, date], ColumnElement[date]]


def _ends(_session: Session, _today: date) -> ColumnElement[date]:
    return day_of(Contract.current_end_on)


def _near(session: Session, today: date, due: ColumnElement[date]) -> ColumnElement[bool]:
    """Not past, and within the contract's own months, or else within the longest of the council's lead times."""
    leads = council.value_on(session, settings.REMIND_AT, today)
    months = max((one.number for one in leads if one.unit is Unit.MONTHS), default=0)
    days = max((one.number for one in leads if one.unit is Unit.DAYS), default=0)
    latest = max(latest_reached(today, months), today + timedelta(days=days))
    own = type_coerce(Contract.remind_months, Contract.lead_time_months.type)
    # Days are reckoned for few: where the contract has months of its own.
    reached = case((Contract.remind_months.is_(None), due <= latest), else_=months_before(due, own) <= today)
    return and_(due >= today, reached)


def _condition(due: Due, *more: ColumnElement[bool]) -> Callable[[Session, date], ColumnElement[bool]]:
    def condition(session: Session, today: date) -> ColumnElement[bool]:
        return and_(STANDING, Contract.current_end_on >= today, *more, _near(session, today, due(session, today)))

    return condition


def _unanswered(due: Due) -> Callable[[Session, date], ColumnElement[bool]]:
    """Near, and nothing follows the contract yet."""

    def condition(session: Session, today: date) -> ColumnElement[bool]:
        return and_(_condition(due)(session, today), ~live_successor(today), ~held_fine(today))

    return condition


def _option_near(session: Session, today: date) -> ColumnElement[bool]:
    """Later than ``CM2``, which says it of the last weeks."""
    soon = today + timedelta(days=council.value_on(session, settings.OPTION_WARNING, today))
    due = take_up_by(session, today)
    return and_(_condition(take_up_by, has_open_option())(session, today), due > soon)


def _decide_working(session: Session, contract: Contract, today: date) -> str:
    option = first_open(session, contract, today)
    if option is not None:
        return f"Option {option[0]}: {option[1].free_choice_working}."
    lead = lead_of_contract(contract, council.lead_times(session, today))
    return decide_by(contract.current_end_on, contract.review_on, lead)[1]


def _option_working(session: Session, contract: Contract, today: date) -> str:
    found = first_open(session, contract, today)
    return f"Option {found[0]}: {found[1].take_up_working}." if found else ""


LEAD_TIMES = "Council setting: lead times of reminders, or the contract's own"
DECIDE_AHEAD = about_contracts(
    ContractFinding(
        code="decide-ahead",
        one="contract whose future is to be decided soon",
        many="contracts whose future is to be decided soon",
        severity=Severity.SOON,
        source=LEAD_TIMES,
        cure="Decide what follows: extend, procure afresh, bring it in-house or let it end.",
        condition=_unanswered(last_free_choice),
        due=last_free_choice,
        working=_decide_working,
        mend=f"{PAGE}/successor",
    )
)
OPTION_AHEAD = about_contracts(
    ContractFinding(
        code="option-ahead",
        one="option to extend whose last day comes near",
        many="options to extend whose last days come near",
        severity=Severity.SOON,
        source=LEAD_TIMES,
        cure="Decide whether to take it up while there is time for the decision.",
        condition=_option_near,
        due=take_up_by,
        working=_option_working,
        mend=f"{PAGE}/extend",
    )
)
ENDS_AHEAD = about_contracts(
    ContractFinding(
        code="ends-ahead",
        one="contract that ends soon with nothing in its place",
        many="contracts that end soon with nothing in their place",
        severity=Severity.SOON,
        source=LEAD_TIMES,
        cure="Plan a successor, link the one there is, or let the clock read as fine with the reason.",
        condition=_unanswered(_ends),
        due=_ends,
        working=lambda _session, contract, _today: (
            f"It ends on {day(contract.current_end_on)}, and no awarded contract follows it."
        ),
        mend=f"{PAGE}/successor",
    )
)
