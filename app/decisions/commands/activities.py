"""What people do with activities. Nothing here commits."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.errors import Refusal
from app.decisions.commands.settling import main_decision, settle_activity
from app.decisions.models import (
    Activity,
    ActivityKind,
    ActivityLine,
    ActivityMove,
    ActivityService,
    ActivityState,
    DecisionKind,
    DecisionState,
    Likelihood,
    TakerKind,
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
from app.decisions.rules.timing import Timing, TimingKind
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
class TakerWanted:
    """What the notice and the record say of who decides (SI 2012/2089, reg 9(1)(c))."""

    kind: TakerKind | None = None
    #: The members of a body, one a line.
    members: str | None = None


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
    taker: TakerWanted | None = None
    contract_id: int | None = None
    arrangement_id: int | None = None


# Activities


def add_activity(session: Session, wanted: ActivityWanted) -> Activity:
    """Record a forthcoming activity; what it was first expected for stays on record."""
    activity = Activity(contract_id=wanted.contract_id, arrangement_id=wanted.arrangement_id)
    describe(activity, wanted.what)
    activity.decision = wanted.who.decision
    timing = wanted.when.timing
    activity.timing, activity.expected_on = timing.kind, timing.first
    activity.original_timing, activity.original_expected_on = timing.kind, timing.first
    activity.likelihood = wanted.when.likelihood
    value(activity, wanted.value)
    activity.state = ActivityState.EXPECTED
    name_deciders(activity, wanted.who, wanted.taker)
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


def name_deciders(activity: Activity, wanted: WhoWanted, taker: TakerWanted | None = None) -> None:
    """Say who decides; where the main decision is to be of the other kind, it becomes so."""
    if wanted.decision is not activity.decision:
        _change_the_kind(activity, wanted.decision)
    activity.committee_id, activity.lead_post = wanted.committee_id, wanted.lead_post
    main = main_decision(activity)
    main.taker = wanted.decision_taker
    if taker is not None:
        main.taker_kind, main.taker_members = taker.kind, taker.members
    settle_activity(activity)


def _change_the_kind(activity: Activity, kind: DecisionKind) -> None:
    if any(one.kind is kind for one in activity.decisions):
        raise Refusal(f"A decision of this kind, {kind}, is recorded beside it already", field="decision")
    main_decision(activity).kind = kind
    activity.decision = kind


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
    kept = kept_of_move(was, wanted, actor)
    activity.timing, activity.expected_on = now.kind, now.first
    if activity.original_timing is TimingKind.NOT_KNOWN:
        activity.original_timing, activity.original_expected_on = now.kind, now.first
    settle_activity(activity)
    activity.moves.append(ActivityMove(**kept))


def kept_of_move(was: Timing, wanted: WhenWanted, actor: Actor) -> dict[str, Any]:  # Any: a move's columns
    """What is kept of a move; it needs a reason where a timing was known before."""
    reason = wanted.reason or (FIRST_DATED if was.kind is TimingKind.NOT_KNOWN else None)
    if reason is None:
        raise Refusal(f"Say why it moves from “{was}”", field="reason")
    now = wanted.timing
    return {
        "moved_at": actor.now,
        "moved_by": actor.name,
        "was_timing": was.kind,
        "was_on": was.first,
        "now_timing": now.kind,
        "now_on": now.first,
        "reason": reason,
    }


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
    """With it goes every decision that is still to be taken."""
    if activity.state is ActivityState.WITHDRAWN:
        raise Refusal("It is withdrawn already")
    activity.withdrawn_reason = reason
    main_decision(activity)
    for decision in activity.decisions:
        if decision.state is DecisionState.EXPECTED:
            decision.state, decision.withdrawn_reason = DecisionState.WITHDRAWN, reason
    settle_activity(activity)


def restore_activity(activity: Activity) -> None:
    """Back to what it was: a decision that was taken stays taken."""
    if activity.state is not ActivityState.WITHDRAWN:
        raise Refusal("It is not withdrawn")
    main = main_decision(activity)
    for decision in activity.decisions:
        if decision is main or decision.withdrawn_reason == activity.withdrawn_reason:
            decision.state = DecisionState.TAKEN if decision.decided_on else DecisionState.EXPECTED
            decision.withdrawn_reason = None
    activity.withdrawn_reason = None
    settle_activity(activity)
