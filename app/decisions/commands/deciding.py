"""What people do with decisions: record, call in, carry out, delegate the award. Nothing here commits."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.errors import Refusal
from app.council import queries as council
from app.decisions.commands.activities import Actor, TakerWanted, WhenWanted, kept_of_move
from app.decisions.commands.opening import open_on_award
from app.decisions.commands.settling import main_decision, settle_activity, settle_decision
from app.decisions.models import (
    Activity,
    ActivityState,
    CallInOutcome,
    Decision,
    DecisionKind,
    DecisionMove,
    DecisionState,
    Implementation,
    Restriction,
    TakerKind,
)
from app.decisions.queries.decisions import taken_of
from app.decisions.queries.lawful import lawful_route, needs_notice
from app.decisions.rules.lawful import check_breach
from app.decisions.rules.taking import check_called_in
from app.decisions.rules.timing import Timing
from app.register.models import Approval, Contract


@dataclass(frozen=True, kw_only=True)
class DecisionWanted:
    """A decision that was taken: the heads of its written statement, and when it may be acted on."""

    decided_on: date
    reference: str
    resolution: str | None = None
    reasons: str | None = None
    alternatives: str | None = None
    interests: str | None = None
    dispensations: str | None = None
    published_on: date | None = None
    restriction: Restriction = Restriction.OPEN
    restriction_ground: str | None = None
    system_url: str | None = None
    not_called_in_reason: str | None = None
    call_in_ends_on: date | None = None
    call_in_ends_at: time | None = None
    effective_entered_on: date | None = None
    #: It was taken without the notice the law asks for, and why.
    without_notice_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ApprovalWanted:
    """What the decision allows, carried to a contract."""

    contract_id: int | None
    sum_allowed: Decimal | None = None
    latest_end_on: date | None = None
    allows_options: bool = False
    delegate_post: str | None = None


@dataclass(frozen=True, kw_only=True)
class CallInWanted:
    """That members called it in, and what came of it."""

    called_in_on: date
    called_in_by: str
    reason: str
    outcome: CallInOutcome | None = None
    outcome_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AwardWanted:
    """The decision to award, after the one to procure: delegated to an officer, or taken by the same taker."""

    timing: Timing
    delegate_post: str | None = None


# Taking it


def record_decision(session: Session, decision: Decision, wanted: DecisionWanted, *, today: date) -> None:
    """Record, or correct, what was decided; a key decision only by a lawful route, or with a person's word for it."""
    _check_when(decision, wanted, today)
    decision.route, decision.without_notice_reason = None, None
    if needs_notice(session, decision, wanted.decided_on):
        _take_its_route(session, decision, wanted, today)
    decision.state, decision.withdrawn_reason = DecisionState.TAKEN, None
    for column in RECORDED:
        setattr(decision, column, getattr(wanted, column))
    if decision.restriction is Restriction.OPEN:
        decision.restriction_ground = None
    settle_decision(session, decision)
    settle_activity(decision.activity)
    open_on_award(session, decision)
    if decision.approval is not None:
        _name_approval(decision, decision.approval)


RECORDED = (
    *("decided_on", "reference", "resolution", "reasons", "alternatives", "interests", "dispensations"),
    *("published_on", "restriction", "restriction_ground", "system_url", "not_called_in_reason"),
    *("call_in_ends_on", "call_in_ends_at", "effective_entered_on"),
)


def _check_when(decision: Decision, wanted: DecisionWanted, today: date) -> None:
    if wanted.decided_on > today:
        raise Refusal(
            "Enter a day that is not in the future: a decision yet to be taken is expected", field="decided_on"
        )
    if decision.activity.state is ActivityState.WITHDRAWN:
        raise Refusal("This activity is withdrawn: restore it first", field="decided_on")
    if wanted.published_on is not None and not wanted.decided_on <= wanted.published_on <= today:
        raise Refusal(f"Enter a day from {day(wanted.decided_on)} to today", field="published_on")
    for entered in ("call_in_ends_on", "effective_entered_on"):
        if (on := getattr(wanted, entered)) is not None and on < wanted.decided_on:
            raise Refusal(f"Enter a day on or after {day(wanted.decided_on)}, when it was decided", field=entered)
    if wanted.restriction is not Restriction.OPEN and not wanted.restriction_ground:
        raise Refusal("Say on which ground it is exempt", field="restriction_ground")
    _check_delegation(decision, wanted.decided_on)


def _check_delegation(decision: Decision, decided_on: date) -> None:
    """An officer may act once the decision that delegates it is in effect."""
    above = decision.delegated_by
    if above is None:
        return
    if above.state is not DecisionState.TAKEN:
        raise Refusal(f"Record the decision that delegates it first: {above.kind}", field="decided_on")
    if above.effective_on is None:
        raise Refusal(
            f"The decision that delegates it, {above.reference}, is not in effect: its call-in is open, or its "
            "written statement is not published",
            field="decided_on",
        )
    if decided_on < above.effective_on:
        raise Refusal(
            f"Enter a day on or after {day(above.effective_on)}, when decision {above.reference} took effect",
            field="decided_on",
        )


def _take_its_route(session: Session, decision: Decision, wanted: DecisionWanted, today: date) -> None:
    try:
        decision.route = lawful_route(session, decision, wanted.decided_on)
    except Refusal:
        if not wanted.without_notice_reason:
            raise
        decision.without_notice_reason = check_breach(wanted.without_notice_reason, wanted.decided_on, today).reason


def approve(session: Session, decision: Decision, wanted: ApprovalWanted) -> Approval:
    """Write what the decision allows; the contract it is for then knows whether extending stays within it."""
    approval = decision.approval or Approval()
    _name_approval(decision, approval)
    approval.sum_allowed, approval.latest_end_on = wanted.sum_allowed, wanted.latest_end_on
    approval.allows_options, approval.delegate_post = wanted.allows_options, wanted.delegate_post
    session.add(approval)
    session.flush()
    decision.approval = approval
    if wanted.contract_id is not None:
        session.get_one(Contract, wanted.contract_id).approval_id = approval.id
    return approval


def _name_approval(decision: Decision, approval: Approval) -> None:
    """It says of its decision what the decision says."""
    approval.reference, approval.title = decision.reference or str(decision.kind), decision.activity.title
    approval.directorate_id, approval.decided_on = decision.activity.directorate_id, decision.decided_on


# After it


def call_in(session: Session, decision: Decision, wanted: CallInWanted, *, today: date) -> None:
    """Members called it in: nobody may act on it until that has an outcome that lets it go ahead."""
    taken = taken_of(decision)
    if taken is None:
        raise Refusal("Record the decision first: only one that was taken can be called in", field="called_in_on")
    rule, holidays = council.call_in_rule(session, taken.decided_on), council.bank_holidays(session)
    check_called_in(taken, wanted.called_in_on, rule, holidays)
    _check_outcome(wanted, today)
    decision.called_in_on, decision.called_in_by = wanted.called_in_on, wanted.called_in_by
    decision.called_in_reason = wanted.reason
    decision.call_in_outcome, decision.call_in_outcome_on = wanted.outcome, wanted.outcome_on
    settle_decision(session, decision)


def _check_outcome(wanted: CallInWanted, today: date) -> None:
    if wanted.called_in_on > today:
        raise Refusal("Enter a day that is not in the future", field="called_in_on")
    if wanted.outcome is None:
        return
    if wanted.outcome_on is None or not wanted.called_in_on <= wanted.outcome_on <= today:
        raise Refusal(f"Enter a day from {day(wanted.called_in_on)} to today", field="outcome_on")


def undo_call_in(session: Session, decision: Decision) -> None:
    """It was recorded by mistake."""
    if decision.called_in_on is None:
        raise Refusal("It is not recorded as called in")
    decision.called_in_on = decision.called_in_by = decision.called_in_reason = None
    decision.call_in_outcome = decision.call_in_outcome_on = None
    settle_decision(session, decision)


def say_how_far(decision: Decision, state: Implementation, note: str | None, on: date | None, *, today: date) -> None:
    """How far it is carried out."""
    if decision.state is not DecisionState.TAKEN:
        raise Refusal("Record the decision first", field="implementation")
    if state in {Implementation.UNDER_WAY, Implementation.DONE} and decision.effective_on is None:
        raise Refusal("It is not in effect yet: its call-in is open or not resolved", field="implementation")
    if state is Implementation.DONE and on is None:
        raise Refusal("Enter the day it was carried out", field="implemented_on")
    if on is not None and (on > today or (decision.effective_on is not None and on < decision.effective_on)):
        raise Refusal(
            f"Enter a day from {day(decision.effective_on or today)}, when it took effect, to today",
            field="implemented_on",
        )
    decision.implementation, decision.implementation_note = state, note
    decision.implemented_on = on if state is Implementation.DONE else None


# Before it


def name_taker(decision: Decision, name: str | None, wanted: TakerWanted) -> None:
    """Who decides, as the notice has to say it."""
    decision.taker, decision.taker_kind, decision.taker_members = name, wanted.kind, wanted.members
    settle_activity(decision.activity)


def restrict(decision: Decision, restriction: Restriction, ground: str | None) -> None:
    """How much of the matter is kept from the public."""
    if restriction is not Restriction.OPEN and not ground:
        raise Refusal("Say on which ground it is exempt", field="restriction_ground")
    decision.restriction = restriction
    decision.restriction_ground = ground if restriction is not Restriction.OPEN else None


def add_award(session: Session, activity: Activity, wanted: AwardWanted) -> Decision:
    """The second decision, beside the one to procure; delegated, it is an officer's, under the first."""
    first = main_decision(activity)
    if activity.state is ActivityState.WITHDRAWN:
        raise Refusal("This activity is withdrawn: restore it first")
    if first.kind is DecisionKind.AWARD or len(activity.decisions) > 1:
        raise Refusal("The decision to award is recorded already")
    award = Decision(
        kind=DecisionKind.AWARD,
        state=DecisionState.EXPECTED,
        restriction=first.restriction,
        restriction_ground=first.restriction_ground,
        implementation=Implementation.NOT_BEGUN,
        timing=wanted.timing.kind,
        expected_on=wanted.timing.first,
        delegated_by=first if wanted.delegate_post else None,
        taker_kind=TakerKind.OFFICER if wanted.delegate_post else first.taker_kind,
        taker=wanted.delegate_post or first.taker,
        taker_members=None if wanted.delegate_post else first.taker_members,
    )
    activity.decisions.append(award)
    session.flush()
    return award


def reschedule_award(decision: Decision, wanted: WhenWanted, actor: Actor) -> None:
    """Move a decision that is not the main one; the main one moves with its activity."""
    if decision.kind is decision.activity.decision:
        raise Refusal("Move the activity: this is the decision it waits for", field="timing")
    was, now = Timing(decision.timing, decision.expected_on), wanted.timing
    if was == now:
        return
    kept = kept_of_move(was, wanted, actor)
    decision.timing, decision.expected_on = now.kind, now.first
    decision.moves.append(DecisionMove(activity_id=decision.activity_id, **kept))


def withdraw_award(decision: Decision, reason: str) -> None:
    """Only the second decision goes by itself: with the first goes the whole activity."""
    if decision.kind is decision.activity.decision:
        raise Refusal("Withdraw the activity: this is the decision it waits for")
    if decision.state is not DecisionState.EXPECTED:
        raise Refusal("Only a decision that is still expected can be withdrawn")
    decision.state, decision.withdrawn_reason = DecisionState.WITHDRAWN, reason


def restore_award(decision: Decision) -> None:
    if decision.state is not DecisionState.WITHDRAWN:
        raise Refusal("It is not withdrawn")
    if decision.activity.state is ActivityState.WITHDRAWN:
        raise Refusal("This activity is withdrawn: restore it first")
    decision.state, decision.withdrawn_reason = DecisionState.EXPECTED, None
