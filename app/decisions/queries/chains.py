"""The chain of dates behind a decision, as a picture with its table, and the routes that remain."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core import pictures
from app.core.dates import day
from app.core.errors import Refusal
from app.core.pictures import ChainPicture
from app.core.rights import Reader
from app.council import queries as council
from app.council.models import Committee, CommitteeKind
from app.council.rules import NoticePeriods, ProcurementKind
from app.decisions.models import ActivityKind, ActivityState, Decision, DecisionState
from app.decisions.queries.activities import ActivityFacts
from app.decisions.queries.agreements import Agreement
from app.decisions.queries.decisions import DecisionFacts
from app.decisions.queries.lawful import lawful_route
from app.decisions.queries.proposals import is_exempt_from
from app.decisions.rules import notice
from app.decisions.rules.back_plan import Chamber, Customs, Procurement, Sitting, Step, back_plan
from app.decisions.rules.lateness import Late, lateness
from app.decisions.rules.notice import Route
from app.decisions.rules.timing import Timing, TimingKind
from app.register import renewal

PROCUREMENT_OF = {
    ActivityKind.NEW: ProcurementKind.NEW,
    ActivityKind.EXTEND: ProcurementKind.EXTENSION,
    ActivityKind.VARY: ProcurementKind.EXTENSION,
}
NOTICE_LAW = "SI 2012/2089, reg 9: 28 clear days"
DECISION_EXPECTED = "Decision expected"


@dataclass(frozen=True)
class Planned:
    """A back-plan as a page shows it: the picture with its table, and what is too late in words."""

    picture: ChainPicture
    notes: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    remains: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[pictures.DrawnStep, ...]:
        return self.picture.steps


def chain_of_agreement(
    session: Session,
    agreement: Agreement,
    reader: Reader,
    *,
    today: date,
    kind: ProcurementKind | None = None,
    committee: Committee | None = None,
    done: bool = False,
) -> Planned | None:
    """Back from the end of a contract or an arrangement; without an end there is no chain."""
    candidate = agreement.candidate
    if candidate.ends_on is None:
        return None
    procurement = procurement_of(session, agreement, reader, kind or candidate.kind, today=today)
    looks = committee or council.committee_for(session, agreement.directorate_id, agreement.division_id, on=today)
    customs = customs_of(session, looks, today)
    plan = back_plan(candidate.ends_on, procurement, customs, today=today)
    late = lateness(plan, candidate.ends_on, procurement, customs, today=today) if not done else Late((), ())
    drawn = [_drawn(step, done=done and step.on <= today) for step in plan.steps]
    picture = pictures.chain("Back from the end", drawn, today=today)
    return Planned(picture, plan.notes if not done else (), late.gone, late.remains)


def procurement_of(
    session: Session, agreement: Agreement, reader: Reader, kind: ProcurementKind, *, today: date
) -> Procurement:
    """How the next agreement would be made, and how long that takes, without telling an exempt value's band."""
    candidate = agreement.candidate
    estimate = renewal.replacement_estimate(candidate.run_rate, candidate.whole_life, candidate.expected_months).high
    leads = council.lead_times(session, today)
    if is_exempt_from(reader, agreement, today):
        leads = leads.whatever_the_value()
    months, _ = renewal.lead_time(candidate.lead_months, kind, estimate, leads)
    return Procurement(
        kind, months, council.stages_before_decision(session, today), council.stages_after_decision(session, today)
    )


def customs_of(session: Session, committee: Committee | None, today: date) -> Customs:
    """How this council counts, with the calendar of the committee concerned."""
    chamber = None
    if committee is not None:
        held = council.calendar_of(session, committee.id)
        sittings = tuple(Sitting(one.meets_on, one.papers_due_on) for one in held)
        chamber = Chamber(committee.name, sittings, decides=committee.kind is CommitteeKind.EXECUTIVE)
    return Customs(
        council.bank_holidays(session),
        council.notice_periods(session, today),
        council.call_in_rule(session, today),
        chamber,
    )


def _drawn(step: Step, *, done: bool = False) -> pictures.Step:
    return pictures.Step(step.on, step.label, step.rule, step.source, done=done)


def chain_of_activity(
    session: Session, activity: ActivityFacts, agreement: Agreement | None, reader: Reader, *, today: date
) -> Planned | None:
    """Back from the end of what it is about; else back from the day the decision is expected."""
    if agreement is not None:
        kind = PROCUREMENT_OF.get(activity.kind, agreement.candidate.kind)
        committee = next((one for one in council.committees(session) if one.id == activity.committee_id), None)
        taken = activity.state is ActivityState.TAKEN
        chain = chain_of_agreement(session, agreement, reader, today=today, kind=kind, committee=committee, done=taken)
        if chain is not None:
            return chain
    decision = activity.decided_on or activity.timing.last
    if decision is None:
        return None
    holidays = council.bank_holidays(session)
    notice_by = notice.publish_by(decision, council.notice_periods(session, decision), holidays)
    taken = activity.state is ActivityState.TAKEN
    steps = (
        pictures.Step(notice_by, "Publish the notice", f"in time for {day(decision)}", NOTICE_LAW, done=taken),
        pictures.Step(decision, DECISION_EXPECTED, str(activity.timing), "The activity", done=taken),
    )
    return Planned(pictures.chain("Back from the decision", steps, today=today))


def routes_that_remain(session: Session, activity: ActivityFacts, *, today: date) -> tuple[str, ...]:
    """How the decision may still be taken lawfully, if its notice is published today."""
    if activity.state is not ActivityState.EXPECTED or not activity.answer.is_needed:
        return ()
    return _routes(session, activity.timing, today)


def routes_of_decision(session: Session, decision: DecisionFacts, *, today: date) -> tuple[str, ...]:
    """The same of one of an activity's decisions; what another decision delegates needs no notice."""
    if decision.state is not DecisionState.EXPECTED or not decision.is_key:
        return ()
    given = _route_given(session, decision)
    return (given,) if given else _routes(session, decision.timing, today)


def _route_given(session: Session, decision: DecisionFacts) -> str | None:
    """What its notices allow already on the day it is expected."""
    expected_on = decision.timing.last
    if expected_on is None:
        return None
    try:
        route = lawful_route(session, session.get_one(Decision, decision.id), expected_on)
    except Refusal:
        return None
    return f"{route[0].upper()}{route[1:]}: what was given of it allows the decision on {day(expected_on)}."


def _routes(session: Session, timing: Timing, today: date) -> tuple[str, ...]:
    periods, holidays = council.notice_periods(session, today), council.bank_holidays(session)
    last = timing.last
    exact = timing.kind in {TimingKind.DAY, TimingKind.NOT_BEFORE}
    full = notice.earliest_decision(today, periods, holidays)
    if last is None or last >= full.lawful_on:
        words = f"Full notice: published today, the decision may be taken from {day(full.lawful_on)} ({full.working})."
        if last is None or not exact:
            return (words,)
        return (words, f"The notice for {day(last)} must be published by {_by(session, last, periods)}.")
    quick = notice.earliest_decision(today, periods, holidays, route=Route.GENERAL_EXCEPTION)
    exception = (
        f"General exception: the scrutiny chair is told, and the decision may be taken from {day(quick.lawful_on)} "
        f"({quick.working})."
        if last >= quick.lawful_on
        else f"The general exception comes too late for {day(last)}: it allows {day(quick.lawful_on)} at the earliest."
    )
    return (
        f"Full notice comes too late: published today, it allows {day(full.lawful_on)} at the earliest.",
        exception,
        "Special urgency: only if the scrutiny chair agrees that the decision cannot wait.",
        f"Or the decision moves to {day(full.practical_on)} or later, with a reason.",
    )


def _by(session: Session, decision: date, periods: NoticePeriods) -> str:
    return day(notice.publish_by(decision, periods, council.bank_holidays(session)))


def meetings_before(session: Session, activity: ActivityFacts, *, today: date) -> tuple[date, ...]:
    """The meetings of its committee between today and the decision."""
    last = activity.timing.last
    if activity.committee_id is None or last is None or last < today:
        return ()
    held = council.meetings_between(session, today, last)
    return tuple(one.meets_on for one in held if one.committee_id == activity.committee_id)
