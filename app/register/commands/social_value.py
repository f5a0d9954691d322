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
from app.register.commands.recording import Recorder
from app.register.deliveries import DeliveryState
from app.register.models import (
    Contract,
    ContractStage,
    InterimTarget,
    SocialValueCommitment,
    SocialValueDelivery,
    SocialValueMeasure,
    SocialValueProxy,
    SocialValueStatement,
)
from app.register.promises import Interim, Promise, check_interim, check_promise

#: As long as their columns: a list's titles may be longer.
MEASURE_LENGTH, THEME_LENGTH = 200, 100


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
    lapses = statement.signed_off_on is not None and (statement.text, statement.source_policy) != (text, source_policy)
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
    #: Blank where a measure of the list gives it.
    theme: str
    text: str
    measure: str | None = None
    unit: str | None = None
    target: Decimal | None = None
    from_on: date | None = None
    due_on: date | None = None
    outcome: str | None = None
    local_definition: str | None = None
    contractual: bool | None = None
    #: A measure of the council's list, which gives theme, outcome, measure and unit; None: said in free words.
    measure_id: int | None = None


def make_commitment(session: Session, wanted: CommitmentWanted, *, today: date) -> SocialValueCommitment:
    commitment = SocialValueCommitment()
    with session.no_autoflush:
        change_commitment(session, commitment, wanted, today=today)
        session.add(commitment)
    session.flush()
    return commitment


def change_commitment(
    session: Session, commitment: SocialValueCommitment, wanted: CommitmentWanted, *, today: date
) -> None:
    """Describe a commitment. One made under a contract belongs to the contract's directorate."""
    listed = session.get_one(SocialValueMeasure, wanted.measure_id) if wanted.measure_id is not None else None
    interim = tuple(Interim(one.due_on, one.quantity) for one in commitment.interim_targets)
    check_promise(Promise(wanted.target, wanted.from_on, wanted.due_on, interim=interim))
    if wanted.target is not None and listed is None and not (wanted.measure or wanted.unit):
        raise Refusal("Enter what the target counts", field="measure")
    if listed is None and not wanted.theme:
        raise Refusal("Enter a theme, or choose a measure of the list", field="theme")
    for column, value in asdict(wanted).items():
        if column != "measure_id":
            setattr(commitment, column, value)
    if wanted.contract_id is not None:
        commitment.directorate_id = session.get_one(Contract, wanted.contract_id).directorate_id
    _count_by(session, commitment, listed, today)


def _count_by(
    session: Session, commitment: SocialValueCommitment, listed: SocialValueMeasure | None, today: date
) -> None:
    """Take words and proxy value from the list. Counting by the same measure as before leaves what is frozen alone."""
    if listed is None:
        commitment.proxy = None
        return
    commitment.measure, commitment.unit = listed.title[:MEASURE_LENGTH], listed.unit
    commitment.theme = commitment.theme or listed.outcome.theme.title[:THEME_LENGTH]
    commitment.outcome = commitment.outcome or listed.outcome.title[:MEASURE_LENGTH]
    if commitment.proxy is None or commitment.proxy.measure_id != listed.id:
        proxy = commitment.proxy or SocialValueProxy()
        follow_list(proxy, listed)
        proxy.frozen_on = None
        commitment.proxy = proxy
    if commitment.proxy.frozen_on is None and is_awarded(session, commitment.contract_id):
        commitment.proxy.frozen_on = today


def follow_list(proxy: SocialValueProxy, listed: SocialValueMeasure) -> None:
    """Copy what the list says now."""
    proxy.measure_id, proxy.code = listed.id, listed.code
    proxy.framework, proxy.value = listed.framework.called, listed.proxy_value
    proxy.proxy_version = listed.proxy_version


def is_awarded(session: Session, contract_id: int | None) -> bool:
    """A directorate's own commitment stands from the day it is made."""
    return contract_id is None or session.get_one(Contract, contract_id).stage is not ContractStage.PLANNED


def freeze_proxy(session: Session, commitment: SocialValueCommitment, *, today: date) -> None:
    """Hold the proxy value as it is from now on: what the list says later does not touch it."""
    if commitment.proxy is None:
        raise Refusal("Choose a measure of the council's list first: only those have a proxy value")
    if commitment.proxy.frozen_on is not None:
        raise Refusal(f"It was frozen on {day(commitment.proxy.frozen_on)} already")
    if not is_awarded(session, commitment.contract_id):
        raise Refusal("It is frozen at award: the contract is still planned")
    commitment.proxy.frozen_on = today
    _touch(commitment)


# Interim targets


def add_interim_target(session: Session, commitment: SocialValueCommitment, due_on: date, quantity: Decimal) -> None:
    """Say how much in all is to be delivered by a day on the way."""
    steps = sorted(
        [*(Interim(one.due_on, one.quantity) for one in commitment.interim_targets), Interim(due_on, quantity)]
    )
    check_interim(Promise(commitment.target, commitment.from_on, commitment.due_on, interim=tuple(steps)))
    commitment.interim_targets.append(InterimTarget(due_on=due_on, quantity=quantity))
    _touch(commitment)
    session.flush()


def remove_interim_target(commitment: SocialValueCommitment, target_id: int) -> None:
    """Take a mistaken one away; the history keeps it."""
    commitment.interim_targets[:] = [one for one in commitment.interim_targets if one.id != target_id]
    _touch(commitment)


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
    evidence_url: str | None = None


def claim_delivery(
    session: Session, commitment: SocialValueCommitment, claim: Claim, who: Recorder
) -> SocialValueDelivery:
    """Record a claim; it counts once somebody has verified it."""
    delivery = SocialValueDelivery(state=DeliveryState.CLAIMED, **asdict(_checked(claim, who.today)))
    delivery.claimed_by, delivery.claimed_at = who.by, who.now
    commitment.deliveries.append(delivery)
    _touch(commitment)
    session.flush()
    return delivery


def claim_again(commitment: SocialValueCommitment, delivery: SocialValueDelivery, claim: Claim, who: Recorder) -> None:
    """Claim what was sent back once more, mended."""
    delivery.state = deliveries.move(delivery.state, DeliveryState.CLAIMED, reason=None, evidence=None)
    for column, value in asdict(_checked(claim, who.today)).items():
        setattr(delivery, column, value)
    delivery.reason, delivery.claimed_by, delivery.claimed_at = None, who.by, who.now
    _touch(commitment)


def judge_delivery(
    commitment: SocialValueCommitment,
    delivery: SocialValueDelivery,
    to: DeliveryState,
    *,
    reason: str | None,
    evidence: str | None,
    who: Recorder,
) -> None:
    """Verify a claim, saying what evidence was seen, or send it back, saying what is missing."""
    delivery.state = deliveries.move(delivery.state, to, reason=reason, evidence=evidence)
    if to is DeliveryState.VERIFIED:
        delivery.evidence, delivery.verified_by, delivery.verified_at = evidence, who.by, who.now
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
    """Editing a part bumps the commitment's version; the history tells nothing of the key."""
    flag_modified(commitment, "uid")
