"""What people do with activities, proposals and decisions. Nothing here commits."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.errors import Refusal
from app.decisions.models import (
    Activity,
    ActivityKind,
    ActivityLine,
    ActivityMove,
    ActivityService,
    ActivityState,
    DecisionKind,
    Likelihood,
    ProposalAnswer,
    ProposalVerdict,
)
from app.decisions.queries.activities import answer_now
from app.decisions.rules.key_decisions import (
    Effects,
    Judgement,
    KeyDecisionAnswer,
    Line,
    PersonsJudgement,
    check_effects,
    check_judgement,
)
from app.decisions.rules.proposals import Finding
from app.decisions.rules.timing import Timing, TimingKind
from app.register.models import Approval, Contract
from app.register.values import ValueCertainty

#: What a move says where nobody had known a date before.
FIRST_DATED = "Its timing became known"


@dataclass(frozen=True)
class Actor:
    """Who does it, as the record keeps it."""

    name: str
    now: datetime


@dataclass(frozen=True, kw_only=True)
class WhatWanted:
    """What an activity is, and which part of the council it belongs to."""

    title: str
    purpose: str
    kind: ActivityKind
    directorate_id: int
    division_id: int | None = None
    expected_months: int | None = None
    programme_id: int | None = None
    service_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ValueWanted:
    """What it spends and saves over its whole life, and whether that is exempt."""

    lines: tuple[Line, ...] = ()
    certainty: ValueCertainty = ValueCertainty.ESTIMATE
    note: str | None = None
    exempt: bool = False
    exempt_ground: str | None = None


@dataclass(frozen=True, kw_only=True)
class WhoWanted:
    """Who decides, on whose advice, and who leads."""

    decision: DecisionKind = DecisionKind.PROCURE
    decision_taker: str | None = None
    committee_id: int | None = None
    lead_post: str | None = None


@dataclass(frozen=True, kw_only=True)
class WhenWanted:
    """When the decision is expected, and how sure that is."""

    timing: Timing
    likelihood: Likelihood = Likelihood.LIKELY
    #: Why it moves; asked where a timing was known before.
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ActivityWanted:
    """A new activity."""

    what: WhatWanted
    value: ValueWanted
    who: WhoWanted
    when: WhenWanted
    contract_id: int | None = None
    arrangement_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionWanted:
    """A decision that was taken."""

    decided_on: date
    reference: str
    outcome: str | None = None


@dataclass(frozen=True, kw_only=True)
class ApprovalWanted:
    """What the decision allows, carried to a contract."""

    contract_id: int | None
    sum_allowed: Decimal | None = None
    latest_end_on: date | None = None
    allows_options: bool = False
    delegate_post: str | None = None


# Activities


def add_activity(session: Session, wanted: ActivityWanted) -> Activity:
    """Record a forthcoming activity; what it was first expected for stays on record."""
    activity = Activity(contract_id=wanted.contract_id, arrangement_id=wanted.arrangement_id)
    describe(activity, wanted.what)
    name_deciders(activity, wanted.who)
    timing = wanted.when.timing
    activity.timing, activity.expected_on = timing.kind, timing.first
    activity.original_timing, activity.original_expected_on = timing.kind, timing.first
    activity.likelihood = wanted.when.likelihood
    value(activity, wanted.value)
    session.add(activity)
    session.flush()
    return activity


def describe(activity: Activity, wanted: WhatWanted) -> None:
    activity.title, activity.purpose, activity.kind = wanted.title, wanted.purpose, wanted.kind
    activity.directorate_id, activity.division_id = wanted.directorate_id, wanted.division_id
    activity.expected_months, activity.programme_id = wanted.expected_months, wanted.programme_id
    if {held.service_id for held in activity.services} != set(wanted.service_ids):
        activity.services = [ActivityService(service_id=number) for number in wanted.service_ids]
        count_as_edited(activity)


def value(activity: Activity, wanted: ValueWanted) -> None:
    """Replace the money; a judgement made on another amount lapses by itself."""
    if wanted.exempt and not wanted.exempt_ground:
        raise Refusal("Say on which ground the amount is exempt", field="exempt_ground")
    activity.value_certainty, activity.value_note = wanted.certainty, wanted.note
    activity.exempt, activity.exempt_ground = wanted.exempt, wanted.exempt_ground if wanted.exempt else None
    if [Line(held.kind, held.low, held.high) for held in activity.lines] != list(wanted.lines):
        activity.lines = [ActivityLine(kind=line.kind, low=line.low, high=line.high) for line in wanted.lines]
        count_as_edited(activity)


def name_deciders(activity: Activity, wanted: WhoWanted) -> None:
    activity.decision, activity.decision_taker = wanted.decision, wanted.decision_taker
    activity.committee_id, activity.lead_post = wanted.committee_id, wanted.lead_post


def state_effects(activity: Activity, effects: Effects) -> None:
    check_effects(effects)
    activity.two_divisions = effects.two_divisions
    activity.two_divisions_reason = effects.two_divisions_reason if effects.two_divisions else None
    activity.other_ground = effects.other_ground


def reschedule(activity: Activity, wanted: WhenWanted, actor: Actor) -> None:
    """Move the expected decision; where it was known before, the move keeps its reason."""
    was, now = Timing(activity.timing, activity.expected_on), wanted.timing
    activity.likelihood = wanted.likelihood
    if was == now:
        return
    reason = wanted.reason or (FIRST_DATED if was.kind is TimingKind.NOT_KNOWN else None)
    if reason is None:
        raise Refusal(f"Say why it moves from “{was}”", field="reason")
    activity.timing, activity.expected_on = now.kind, now.first
    activity.moves.append(
        ActivityMove(
            moved_at=actor.now,
            moved_by=actor.name,
            was_timing=was.kind,
            was_on=was.first,
            now_timing=now.kind,
            now_on=now.first,
            reason=reason,
        )
    )


def judge(
    session: Session, activity: Activity, judgement: Judgement | None, reason: str | None, today: date
) -> KeyDecisionAnswer:
    """A person's answer against the computed one, for as long as the amount stays; None undoes it."""
    activity.judgement, activity.judgement_reason, activity.judged_amount = None, None, None
    computed = answer_now(session, activity, today)
    if judgement is None:
        return computed
    kept = check_judgement(PersonsJudgement(judgement, reason or "", computed.amount))
    activity.judgement, activity.judgement_reason = kept.judgement, kept.reason
    activity.judged_amount = kept.judged_amount
    return answer_now(session, activity, today)


def count_as_edited(activity: Activity) -> None:
    """An edit of its lines or services is an edit of the activity, so that its version moves."""
    if activity.version is not None:
        flag_modified(activity, "title_key")


def withdraw_activity(activity: Activity, reason: str) -> None:
    if activity.state is ActivityState.WITHDRAWN:
        raise Refusal("It is withdrawn already")
    activity.state, activity.withdrawn_reason = ActivityState.WITHDRAWN, reason


def restore_activity(activity: Activity) -> None:
    """Back to what it was: a decision that was taken stays taken."""
    if activity.state is not ActivityState.WITHDRAWN:
        raise Refusal("It is not withdrawn")
    activity.state = ActivityState.TAKEN if activity.decided_on else ActivityState.EXPECTED
    activity.withdrawn_reason = None


# Decisions


def record_decision(activity: Activity, wanted: DecisionWanted, *, today: date) -> None:
    """Record, or correct, what was decided."""
    if wanted.decided_on > today:
        raise Refusal(
            "Enter a day that is not in the future: a decision yet to be taken is expected", field="decided_on"
        )
    if activity.state is ActivityState.WITHDRAWN:
        raise Refusal("This activity is withdrawn: restore it first", field="decided_on")
    activity.state = ActivityState.TAKEN
    activity.decided_on, activity.decision_reference = wanted.decided_on, wanted.reference
    activity.outcome = wanted.outcome


def approve(session: Session, activity: Activity, decision: DecisionWanted, wanted: ApprovalWanted) -> Approval:
    """Write what the decision allows; the contract it is for then knows whether extending stays within it."""
    approval = Approval(
        reference=decision.reference,
        title=activity.title,
        directorate_id=activity.directorate_id,
        decided_on=decision.decided_on,
        sum_allowed=wanted.sum_allowed,
        latest_end_on=wanted.latest_end_on,
        allows_options=wanted.allows_options,
        delegate_post=wanted.delegate_post,
    )
    session.add(approval)
    session.flush()
    if wanted.contract_id is not None:
        session.get_one(Contract, wanted.contract_id).approval_id = approval.id
    return approval


# Proposals


@dataclass(frozen=True)
class About:
    """The contract or the arrangement a proposal is about."""

    contract_id: int | None = None
    arrangement_id: int | None = None


def accept_proposal(session: Session, about: About, finding: Finding, wanted: ActivityWanted, actor: Actor) -> Activity:
    """Make an activity of it, and keep what was accepted."""
    activity = add_activity(session, wanted)
    session.add(_answer(about, finding, ProposalVerdict.ACCEPTED, actor, activity_id=activity.id))
    session.flush()
    return activity


def dismiss_proposal(session: Session, about: About, finding: Finding, reason: str, actor: Actor) -> ProposalAnswer:
    """Say no, and why; it stands until the end or the value changes."""
    answer = _answer(about, finding, ProposalVerdict.DISMISSED, actor, reason=reason)
    session.add(answer)
    session.flush()
    return answer


def _answer(
    about: About,
    finding: Finding,
    verdict: ProposalVerdict,
    actor: Actor,
    *,
    reason: str | None = None,
    activity_id: int | None = None,
) -> ProposalAnswer:
    return ProposalAnswer(
        contract_id=about.contract_id,
        arrangement_id=about.arrangement_id,
        verdict=verdict,
        reason=reason,
        judged_end_on=finding.ends_on,
        judged_value=finding.estimate,
        activity_id=activity_id,
        answered_at=actor.now,
        answered_by=actor.name,
    )


def undo_dismissal(session: Session, about: About, actor: Actor) -> None:
    """Take a dismissal back: the register proposes it again."""
    standing = select(ProposalAnswer).where(
        ProposalAnswer.contract_id == about.contract_id,
        ProposalAnswer.arrangement_id == about.arrangement_id,
        ProposalAnswer.verdict == ProposalVerdict.DISMISSED,
        ProposalAnswer.undone_at.is_(None),
    )
    for answer in session.scalars(standing.order_by(ProposalAnswer.id)):
        answer.undone_at = actor.now
