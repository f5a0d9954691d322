"""The chain of dates behind a decision, as a picture with its table, and the routes that remain."""

from datetime import date

from sqlalchemy.orm import Session

from app.core import pictures
from app.core.dates import day
from app.core.pictures import ChainPicture
from app.core.rights import Reader
from app.council import queries as council
from app.council.rules import NoticePeriods, ProcurementKind
from app.decisions.models import ActivityKind, ActivityState, DecisionState
from app.decisions.queries.activities import ActivityFacts
from app.decisions.queries.agreements import Agreement
from app.decisions.queries.decisions import DecisionFacts
from app.decisions.queries.proposals import is_exempt_from
from app.decisions.rules import notice
from app.decisions.rules.back_plan import Procurement, Step, back_plan
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


def chain_of_agreement(
    session: Session, agreement: Agreement, reader: Reader, *, today: date, kind: ProcurementKind | None = None
) -> ChainPicture | None:
    """Back from the end of a contract or an arrangement; without an end there is no chain."""
    candidate = agreement.candidate
    if candidate.ends_on is None:
        return None
    wanted = kind or candidate.kind
    estimate = renewal.replacement_estimate(candidate.run_rate, candidate.whole_life, candidate.expected_months).high
    leads = council.lead_times(session, today)
    if is_exempt_from(reader, agreement, today):
        leads = leads.whatever_the_value()
    months, _ = renewal.lead_time(candidate.lead_months, wanted, estimate, leads)
    steps = _steps(session, candidate.ends_on, wanted, months, today)
    return pictures.chain("Back from the end", [_drawn(step) for step in steps], today=today)


def _steps(session: Session, end: date, kind: ProcurementKind, months: int, today: date) -> tuple[Step, ...]:
    procurement = Procurement(
        kind, months, council.stages_before_decision(session, today), council.stages_after_decision(session, today)
    )
    return back_plan(end, procurement, council.bank_holidays(session), today=today)


def _drawn(step: Step) -> pictures.Step:
    return pictures.Step(step.on, step.label, step.rule, step.source)


def chain_of_activity(
    session: Session, activity: ActivityFacts, agreement: Agreement | None, reader: Reader, *, today: date
) -> ChainPicture | None:
    """Back from the end of what it is about; else back from the day the decision is expected."""
    if agreement is not None:
        kind = PROCUREMENT_OF.get(activity.kind, agreement.candidate.kind)
        chain = chain_of_agreement(session, agreement, reader, today=today, kind=kind)
        if chain is not None:
            return chain
    decision = activity.decided_on or activity.timing.last
    if decision is None:
        return None
    holidays = council.bank_holidays(session)
    notice_by = notice.publish_by(decision, council.notice_periods(session, today), holidays)
    taken = activity.state is ActivityState.TAKEN
    steps = (
        pictures.Step(notice_by, "Publish the notice", f"in time for {day(decision)}", NOTICE_LAW, done=taken),
        pictures.Step(decision, DECISION_EXPECTED, str(activity.timing), "The activity", done=taken),
    )
    return pictures.chain("Back from the decision", steps, today=today)


def routes_that_remain(session: Session, activity: ActivityFacts, *, today: date) -> tuple[str, ...]:
    """How the decision may still be taken lawfully, if its notice is published today."""
    if activity.state is not ActivityState.EXPECTED or not activity.answer.is_needed:
        return ()
    return _routes(session, activity.timing, today)


def routes_of_decision(session: Session, decision: DecisionFacts, *, today: date) -> tuple[str, ...]:
    """The same of one of an activity's decisions; what another decision delegates needs no notice."""
    if decision.state is not DecisionState.EXPECTED or not decision.is_key:
        return ()
    return _routes(session, decision.timing, today)


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
