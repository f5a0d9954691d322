"""What people do with an agreement once it is recorded: move it on, review it, record results, charges and credits."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.dates import day
from app.core.errors import Refusal
from app.register import service_levels
from app.register.commands.recording import Recorder
from app.register.models import (
    Agreement,
    AgreementCharge,
    AgreementMove,
    AgreementReview,
    AgreementStandard,
    AgreementStatus,
    ContractStage,
    ServiceCredit,
    StandardResult,
)
from app.register.service_levels import CreditState, Direction, Frequency, Rating, Target
from app.register.settling import settle


def _touch(agreement: Agreement) -> None:
    """Editing a part bumps its contract's version."""
    flag_modified(agreement.contract, "title_key")


# Status


@dataclass(frozen=True, kw_only=True)
class MoveWanted:
    """Another status, from a day, for a reason."""

    status: AgreementStatus
    on: date
    reason: str


def move_agreement(session: Session, agreement: Agreement, wanted: MoveWanted, who: Recorder) -> AgreementMove:
    """Move it on, and keep what it was. In place, its contract is awarded; ended, its contract ends that day."""
    last = agreement.moves[-1].moved_on if agreement.moves else None
    was = agreement.status
    agreement.status = service_levels.move(
        was, wanted.status, on=wanted.on, reason=wanted.reason, last=last, today=who.today
    )
    moved = AgreementMove(
        contract_id=agreement.contract.id, was=was, became=wanted.status, moved_on=wanted.on, reason=wanted.reason,
        recorded_by=who.by,
    )  # fmt: skip
    agreement.moves.append(moved)
    session.add(agreement)  # one that came without its facts, by import, say
    _stand(agreement, wanted)
    _touch(agreement)
    session.flush()
    return moved


def _stand(agreement: Agreement, wanted: MoveWanted) -> None:
    """The contract follows: agreed, or at its end."""
    contract = agreement.contract
    if wanted.status in service_levels.RUNNING and contract.stage is ContractStage.PLANNED:
        contract.stage = ContractStage.AWARDED
    was_to_run_on = contract.current_end_on is None or contract.current_end_on > wanted.on
    if wanted.status is AgreementStatus.ENDED and contract.stage is not ContractStage.PLANNED and was_to_run_on:
        contract.stage, contract.ended_early_on = ContractStage.ENDED_EARLY, wanted.on
    settle(contract)


# Charges


def set_charge(agreement: Agreement, year: int, charge: Decimal, indexation: str | None) -> AgreementCharge:
    """Say what a financial year costs, once a year; said again, it changes."""
    if charge < 0:
        raise Refusal("Enter an amount of nothing or more", field="charge")
    found = next((one for one in agreement.charges if one.year == year), None)
    if found is None:
        found = AgreementCharge(contract_id=agreement.contract.id, year=year)
        agreement.charges.append(found)
    found.charge, found.indexation = charge, indexation
    _touch(agreement)
    return found


# Reviews


@dataclass(frozen=True, kw_only=True)
class ReviewWanted:
    """A review that was held."""

    held_on: date
    held_by: str
    found: str
    actions: str | None = None
    next_on: date | None = None


def record_review(session: Session, agreement: Agreement, wanted: ReviewWanted, *, today: date) -> AgreementReview:
    """Record it; the next is due as said, else as the review cycle asks."""
    if wanted.held_on > today:
        raise Refusal(f"Enter a day up to today, {day(today)}", field="held_on")
    if wanted.next_on is not None and wanted.next_on <= wanted.held_on:
        raise Refusal(f"Enter a day after {day(wanted.held_on)}", field="next_on")
    review = AgreementReview(contract_id=agreement.contract.id, **asdict(wanted))
    review.next_on = wanted.next_on or service_levels.next_review(wanted.held_on, agreement.review_months)
    is_latest = all(wanted.held_on >= one.held_on for one in agreement.reviews)
    agreement.reviews.append(review)
    session.add(agreement)
    if is_latest:
        agreement.contract.review_on = review.next_on
    _touch(agreement)
    session.flush()
    return review


# Standards


@dataclass(frozen=True, kw_only=True)
class StandardWanted:
    """One thing an agreement promises, and how it is measured."""

    measure: str
    target: str | None = None
    target_value: Decimal | None = None
    unit: str | None = None
    direction: Direction | None = None
    tolerance: Decimal | None = None
    frequency: Frequency | None = None
    linked_to_payment: bool = False


def add_standard(session: Session, agreement: Agreement, wanted: StandardWanted) -> AgreementStandard:
    standard = AgreementStandard(contract_id=agreement.contract.id, position=len(agreement.standards))
    agreement.standards.append(standard)
    session.add(agreement)
    change_standard(agreement, standard, wanted)
    session.flush()
    return standard


def change_standard(agreement: Agreement, standard: AgreementStandard, wanted: StandardWanted) -> None:
    """Say what is measured. A result keeps the rating it was confirmed with, whatever the target becomes."""
    if wanted.target_value is None and wanted.tolerance is not None:
        raise Refusal("Enter the target as a number, or leave the tolerance blank", field="target_value")
    for column, value in asdict(wanted).items():
        setattr(standard, column, value)
    if wanted.target_value is not None:
        standard.direction = wanted.direction or Direction.HIGHER
        standard.target = wanted.target or _in_words(wanted)
    follow_results(standard, agreement.contract.starts_on)
    _touch(agreement)


def _in_words(wanted: StandardWanted) -> str:
    value = f"{wanted.target_value:,f}".rstrip("0").rstrip(".")
    most = "at most " if wanted.direction is Direction.LOWER else ""
    return f"{most}{value} {wanted.unit or ''}".strip()


def withdraw_standard(agreement: Agreement, standard: AgreementStandard, reason: str) -> None:
    """It leaves the page and the annex with all its results, and can come back."""
    standard.withdrawn_reason = reason
    _touch(agreement)


def restore_standard(agreement: Agreement, standard: AgreementStandard) -> None:
    standard.withdrawn_reason = None
    _touch(agreement)


# Results


@dataclass(frozen=True, kw_only=True)
class ResultWanted:
    """How a standard was kept in a period."""

    from_on: date
    to_on: date
    value: Decimal | None = None
    words: str | None = None
    rating: Rating | None = None
    comment: str | None = None
    evidence: str | None = None


def current_results(standard: AgreementStandard) -> list[StandardResult]:
    """In the order of their periods, without those a correction has taken the place of."""
    corrected = {one.corrects_id for one in standard.results}
    return sorted((one for one in standard.results if one.id not in corrected), key=lambda one: (one.to_on, one.id))


def record_result(
    session: Session, agreement: Agreement, standard: AgreementStandard, wanted: ResultWanted, who: Recorder
) -> StandardResult:
    """Record a period's result; the standard's latest one follows."""
    return _add_result(session, agreement, standard, _result(standard, wanted, who, current_results(standard)))


def correct_result(
    session: Session, agreement: Agreement, old: StandardResult, wanted: ResultWanted, reason: str, who: Recorder
) -> StandardResult:
    """Put another result in its place, with a reason. What was recorded stays on record."""
    standard = next(one for one in agreement.standards if one.id == old.standard_id)
    current = current_results(standard)
    if old not in current:
        raise Refusal("That result was corrected already: correct the one in its place")
    result = _result(standard, wanted, who, [one for one in current if one is not old])
    result.corrects_id, result.correction_reason = old.id, reason
    return _add_result(session, agreement, standard, result)


def _result(
    standard: AgreementStandard, wanted: ResultWanted, who: Recorder, others: Sequence[StandardResult]
) -> StandardResult:
    if wanted.value is None and not wanted.words:
        raise Refusal("Enter the result as a number, or in words", field="value")
    taken = [(one.from_on, one.to_on) for one in others]
    service_levels.check_period(wanted.from_on, wanted.to_on, taken, today=who.today)
    suggested = service_levels.rated(target_of(standard), wanted.value)
    return StandardResult(
        contract_id=standard.contract_id,
        **{**asdict(wanted), "rating": service_levels.confirmed(suggested, wanted.rating, wanted.comment)},
        suggested=suggested,
        recorded_at=who.now,
        recorded_by=who.by,
    )


def target_of(standard: AgreementStandard) -> Target:
    return Target(standard.target_value, standard.direction, standard.tolerance)


def _add_result(
    session: Session, agreement: Agreement, standard: AgreementStandard, result: StandardResult
) -> StandardResult:
    standard.results.append(result)
    session.flush()
    follow_results(standard, agreement.contract.starts_on)
    _touch(agreement)
    session.flush()
    return result


def follow_results(standard: AgreementStandard, starts_on: date | None) -> None:
    """Write what follows from a standard's results: the latest, how often below in a row, when the next is due."""
    results = current_results(standard)
    latest = results[-1] if results else None
    if latest is not None:
        standard.latest_result, standard.latest_on = said(latest, standard.unit), latest.to_on
        standard.latest_rating = latest.rating
    standard.below_in_a_row = service_levels.below_in_a_row([one.rating for one in results])
    last_end = latest.to_on if latest is not None else standard.latest_on
    period = service_levels.next_period(standard.frequency, starts_on, last_end)
    standard.next_result_on = period[1] if period is not None else None


def said(result: StandardResult, unit: str | None) -> str:
    """A result as it prints: "87 per cent"."""
    if result.value is None:
        return result.words or ""
    number = f"{result.value:,f}".rstrip("0").rstrip(".")
    return f"{number} {unit or ''}".strip() + (f", {result.words}" if result.words else "")


# Service credits


@dataclass(frozen=True, kw_only=True)
class CreditWanted:
    """What the company owes for a standard that was not kept."""

    standard_id: int
    accrued_on: date
    amount: Decimal
    note: str | None = None


def accrue_credit(session: Session, agreement: Agreement, wanted: CreditWanted, *, today: date) -> ServiceCredit:
    standard = next((one for one in agreement.standards if one.id == wanted.standard_id), None)
    if standard is None or not standard.linked_to_payment:
        raise Refusal("Choose a standard that is linked to payment", field="standard_id")
    if wanted.amount <= 0:
        raise Refusal("Enter an amount above nothing", field="amount")
    if wanted.accrued_on > today:
        raise Refusal(f"Enter a day up to today, {day(today)}", field="accrued_on")
    credit = ServiceCredit(contract_id=agreement.contract.id, standard=standard, **asdict(wanted))
    agreement.credits.append(credit)
    _touch(agreement)
    session.flush()
    return credit


def settle_credit(
    agreement: Agreement, credit: ServiceCredit, to: CreditState, on: date, reason: str | None, who: Recorder
) -> None:
    """Apply a credit to what is paid, or waive it, saying why."""
    if credit.state is not CreditState.ACCRUED or to is CreditState.ACCRUED:
        raise Refusal(f"A credit that is {credit.state} cannot become {to}", field="state")
    if to is CreditState.WAIVED and not (reason or "").strip():
        raise Refusal("Say why it is waived", field="reason")
    if not credit.accrued_on <= on <= who.today:
        raise Refusal(f"Enter a day from {day(credit.accrued_on)} up to today", field="on")
    credit.state, credit.settled_on, credit.settled_by, credit.settled_reason = to, on, who.by, reason
    _touch(agreement)
