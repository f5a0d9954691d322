"""What people do about social value: state it for a year, promise it, claim it, verify it."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.dates import day
from app.core.errors import Refusal
from app.council.calendar import FinancialYear
from app.register import deliveries
from app.register.deliveries import DeliveryState
from app.register.models import Contract, SocialValueCommitment, SocialValueDelivery, SocialValueStatement
from app.register.promises import Promise, check_promise


@dataclass(frozen=True, kw_only=True)
class StatementWanted:
    """A directorate's statement for a financial year."""

    directorate_id: int
    year: int
    text: str
    source_policy: str | None = None


def write_statement(session: Session, wanted: StatementWanted) -> SocialValueStatement:
    """Write the one statement of a directorate for a year."""
    same = select(SocialValueStatement).where(
        SocialValueStatement.directorate_id == wanted.directorate_id, SocialValueStatement.year == wanted.year
    )
    if session.scalars(same).first() is not None:
        raise Refusal(f"There is a statement for {FinancialYear(wanted.year)} already: change that one", field="year")
    statement = SocialValueStatement(**asdict(wanted))
    session.add(statement)
    session.flush()
    return statement


def change_statement(statement: SocialValueStatement, text: str, source_policy: str | None) -> bool:
    """Change the words. A sign-off is for the words it was given for, and lapses; return whether one did."""
    lapses = statement.signed_off_on is not None and statement.text != text
    statement.text, statement.source_policy = text, source_policy
    if lapses:
        statement.signed_off_by = statement.signed_off_on = None
    return lapses


def sign_off_statement(statement: SocialValueStatement, *, by: str, today: date) -> None:
    if statement.signed_off_on is not None:
        raise Refusal(f"{statement.signed_off_by} signed this off on {day(statement.signed_off_on)} already")
    statement.signed_off_by, statement.signed_off_on = by, today


@dataclass(frozen=True, kw_only=True)
class CommitmentWanted:
    """Something promised, as a form describes it."""

    directorate_id: int
    contract_id: int | None
    theme: str
    text: str
    measure: str | None = None
    unit: str | None = None
    target: Decimal | None = None
    from_on: date | None = None
    due_on: date | None = None


def make_commitment(session: Session, wanted: CommitmentWanted) -> SocialValueCommitment:
    commitment = SocialValueCommitment()
    change_commitment(session, commitment, wanted)
    session.add(commitment)
    session.flush()
    return commitment


def change_commitment(session: Session, commitment: SocialValueCommitment, wanted: CommitmentWanted) -> None:
    """Describe a commitment. One made under a contract belongs to the contract's directorate."""
    check_promise(Promise(wanted.target, wanted.from_on, wanted.due_on))
    if wanted.target is not None and not (wanted.measure or wanted.unit):
        raise Refusal("Enter what the target counts", field="measure")
    for column, value in asdict(wanted).items():
        setattr(commitment, column, value)
    if wanted.contract_id is not None:
        commitment.directorate_id = session.get_one(Contract, wanted.contract_id).directorate_id


def withdraw_commitment(commitment: SocialValueCommitment, reason: str) -> None:
    commitment.withdrawn_reason = reason


def restore_commitment(commitment: SocialValueCommitment) -> None:
    commitment.withdrawn_reason = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What is said to have been delivered."""

    delivered_on: date
    quantity: Decimal
    evidence: str | None = None


def claim_delivery(
    session: Session, commitment: SocialValueCommitment, claim: Claim, *, today: date
) -> SocialValueDelivery:
    """Record a claim; it counts once somebody has verified it."""
    delivery = SocialValueDelivery(state=DeliveryState.CLAIMED, **asdict(_checked(claim, today)))
    commitment.deliveries.append(delivery)
    _touch(commitment)
    session.flush()
    return delivery


def claim_again(commitment: SocialValueCommitment, delivery: SocialValueDelivery, claim: Claim, *, today: date) -> None:
    """Claim what was sent back once more, mended."""
    delivery.state = deliveries.move(delivery.state, DeliveryState.CLAIMED, reason=None, evidence=None)
    for column, value in asdict(_checked(claim, today)).items():
        setattr(delivery, column, value)
    delivery.reason = None
    _touch(commitment)


def judge_delivery(
    commitment: SocialValueCommitment,
    delivery: SocialValueDelivery,
    to: DeliveryState,
    *,
    reason: str | None,
    evidence: str | None,
) -> None:
    """Verify a claim, saying what evidence was seen, or send it back, saying what is missing."""
    delivery.state = deliveries.move(delivery.state, to, reason=reason, evidence=evidence)
    if to is DeliveryState.VERIFIED:
        delivery.evidence = evidence
    if to is DeliveryState.SENT_BACK:
        delivery.reason = reason
    _touch(commitment)


def _checked(claim: Claim, today: date) -> Claim:
    if claim.delivered_on > today:
        raise Refusal(f"Enter a day up to today, {day(today)}: what is to come is not delivered", field="delivered_on")
    if claim.quantity <= 0:
        raise Refusal("Enter how much was delivered: more than nothing", field="quantity")
    return claim


def _touch(commitment: SocialValueCommitment) -> None:
    flag_modified(commitment, "text")
