"""Records to be confirmed as still correct: contracts and services, by the post that answers for each."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import Session

from app.core.dates import add_months
from app.core.days_in_sql import plus_months
from app.core.findings import Asked, FindingKind, Rows, Severity, declare
from app.council import queries as council
from app.register import confirming as rules
from app.register.confirming import Confirmed
from app.register.findings.of_contracts import ContractFinding, about_contracts
from app.register.findings.parties import services_narrowed
from app.register.findings.record import passes_key
from app.register.models import Contract, Service
from app.register.queries.duties import confirm_rule_on
from app.register.reckoning import own_figure
from app.register.status import Status, in_status
from app.register.thresholds import passing

SOURCE = "The council's settings: still correct"
CURE = "Look through each, correct what has changed, and confirm that it is still right."


def _often(session: Session, today: date) -> ColumnElement[bool]:
    soon = add_months(today, confirm_rule_on(session, today).ending)
    return or_(passes_key(session, today), Contract.current_end_on <= soon)


def confirm_due(session: Session, today: date) -> ColumnElement[date]:
    """``confirming.confirm_by``, said in SQL; null where it never was."""
    rule = confirm_rule_on(session, today)
    return plus_months(Contract.confirmed_on, case((_often(session, today), rule.often), else_=rule.usual))


def _unconfirmed(session: Session, today: date) -> ColumnElement[bool]:
    due = or_(Contract.confirmed_on.is_(None), confirm_due(session, today) <= today)
    return and_(in_status(Status.LIVE, today), due)


def confirmed_of(session: Session, contract: Contract, today: date) -> Confirmed:
    threshold = council.key_threshold(session, today)
    over = passing(threshold, own_figure(contract, threshold)).is_over
    return Confirmed(contract.confirmed_on, over, contract.current_end_on)


CONFIRM = about_contracts(
    ContractFinding(
        code="confirm",
        one="running contract to be confirmed as still correct",
        many="running contracts to be confirmed as still correct",
        severity=Severity.SOON,
        source=SOURCE,
        cure=CURE,
        condition=_unconfirmed,
        due=confirm_due,
        working=lambda session, found, today: rules.why_due(
            confirmed_of(session, found, today), confirm_rule_on(session, today), today
        ),
        tells_amount=True,
    )
)


# Services: once a year


def _services(session: Session, asked: Asked) -> Rows:
    due = plus_months(Service.confirmed_on, confirm_rule_on(session, asked.today).usual)
    conditions = [
        Service.withdrawn_at.is_(None),
        or_(Service.from_on.is_(None), Service.from_on <= asked.today),
        or_(Service.until_on.is_(None), Service.until_on >= asked.today),
        or_(Service.confirmed_on.is_(None), due <= asked.today),
    ]
    conditions.extend(services_narrowed(asked))
    return select(
        Service.id,
        Service.name.label("title"),
        Service.directorate_id,
        Service.division_id,
        Service.head_post_key.label("manager_post_key"),
        due.label("due_on"),
    ).where(*conditions)


def _why_service(session: Session, asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
    rule = confirm_rule_on(session, asked.today)
    rows = session.execute(select(Service.id, Service.confirmed_on).where(Service.id.in_(ids)))
    return {row.id: rules.why_due(Confirmed(row.confirmed_on), rule, asked.today) for row in rows}


CONFIRM_SERVICE = declare(
    FindingKind(
        code="confirm-service",
        one="service to be confirmed as still correct",
        many="services to be confirmed as still correct",
        severity=Severity.SOON,
        source=SOURCE,
        cure=CURE,
        subject="service",
        page="/services/{}",
        rows=_services,
        working=_why_service,
    )
)
