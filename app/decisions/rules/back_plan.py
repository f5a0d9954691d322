"""The chain of dates back from a contract's end: what must be done by when, by what rule, and what is too late."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.core.dates import day
from app.council.calendar import DayBasis, Span, Unit, before, latest_before_clear_days
from app.council.rules import CallInRule, NoticePeriods, ProcurementKind, Stage
from app.decisions.rules.notice import ONE_DAY, call_in, publish_by

START = "Start by: put it on the committee's agenda"
NOTICE = "On the forward plan by: publish the notice"
REPORT = "Report due"
MEETING = "Committee meets"
DECISION = "Take the decision"
CALL_IN = "Call-in is over"
END = "Contract ends"
LEAD_TIME = "Lead time: a council setting"
CALENDAR = "The committee's calendar"
NOTICE_LAW = "SI 2012/2089, reg 9"
CALL_IN_LAW = "Local Government Act 2000, s.9F; the days are a council setting"
PAPERS_LAW = "Local Government Act 1972, s.100B: papers are open 5 clear days before"


@dataclass(frozen=True)
class Sitting:
    """A meeting in a committee's calendar."""

    meets_on: date
    papers_due_on: date | None = None


@dataclass(frozen=True)
class Chamber:
    """The committee that looks at it first, or takes the decision itself, with its calendar, earliest first."""

    name: str
    sittings: tuple[Sitting, ...] = ()
    #: Its meeting is the decision, as the Cabinet's is.
    decides: bool = False


@dataclass(frozen=True)
class Customs:
    """How the council counts: its holidays, notice and call-in, and the committee concerned."""

    holidays: Container[date] = frozenset()
    notice: NoticePeriods = field(default_factory=NoticePeriods)
    call_in: CallInRule = field(default_factory=CallInRule)
    chamber: Chamber | None = None


@dataclass(frozen=True)
class Step:
    """One date of the chain."""

    label: str
    on: date
    #: How it was counted: "18 months before 31 March 2018".
    rule: str
    source: str
    #: Already past.
    is_late: bool = False


@dataclass(frozen=True)
class Procurement:
    """The kind of procurement, its lead time, and the council's stages on either side of the decision."""

    kind: ProcurementKind
    #: Months from the decision to the end.
    lead_months: int
    #: Getting onto the agenda, then the notice.
    before_decision: Sequence[Stage]
    after_decision: Sequence[Stage]


@dataclass(frozen=True)
class BackPlan:
    """The chain, earliest first, and what to know of it."""

    steps: tuple[Step, ...]
    #: What the calendar could not say.
    notes: tuple[str, ...] = ()

    def on(self, label: str) -> date | None:
        return next((step.on for step in self.steps if step.label == label), None)

    @property
    def late(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.is_late)


def back_plan(end: date, procurement: Procurement, customs: Customs, *, today: date) -> BackPlan:
    """Each date is counted in one step, from the end or from a meeting, so that clipping never adds up."""
    decision = _decision(end, procurement, customs)
    sitting, notes = _sitting(decision.on, procurement, customs, today)
    chamber = customs.chamber
    if sitting is not None and chamber is not None and chamber.decides:
        decision = Step(DECISION, sitting.meets_on, f"the last meeting of {chamber.name} in time", CALENDAR)
    over = _call_in(decision.on, customs)
    steps = (
        *_before(decision.on, sitting, procurement, customs),
        decision,
        over,
        *(_not_before(step, over.on) for step in _after(end, procurement, customs)),
        Step(END, end, "its last day", "The contract"),
    )
    in_order = sorted(steps, key=lambda step: step.on)
    return BackPlan(tuple(replace(step, is_late=step.on < today) for step in in_order), notes)


# The decision, and what follows it


def _decision(end: date, procurement: Procurement, customs: Customs) -> Step:
    """By the lead time; earlier where call-in would otherwise run beyond the end."""
    lead = Span(procurement.lead_months, Unit.MONTHS)
    step = Step(DECISION, before(end, (lead,), customs.holidays), f"{lead} before {day(end)}", LEAD_TIME)
    if _call_in(step.on, customs).on <= end:
        return step
    on = step.on
    while _call_in(on, customs).on > end:
        on -= ONE_DAY
    return Step(DECISION, on, f"so that call-in is over by {day(end)}", CALL_IN_LAW)


def _call_in(decided_on: date, customs: Customs) -> Step:
    """If the written statement is published on the day of the decision."""
    period = call_in(customs.call_in, decided_on=decided_on, published_on=decided_on, holidays=customs.holidays)
    counted = f"{customs.call_in.days} {customs.call_in.basis} days after {day(decided_on)}"
    return Step(CALL_IN, period.effective_on, f"the day after the last of {counted}", CALL_IN_LAW)


def _after(end: date, procurement: Procurement, customs: Customs) -> Iterator[Step]:
    stages = _of_kind(procurement.after_decision, procurement.kind)
    for place, stage in enumerate(stages):
        spans = tuple(other.span for other in stages[place:])
        rule = f"{in_words(spans)} before {day(end)}"
        yield Step(stage.label, before(end, spans, customs.holidays), rule, stage.source)


def _of_kind(stages: Sequence[Stage], kind: ProcurementKind) -> list[Stage]:
    return [stage for stage in stages if kind in stage.kinds]


def in_words(spans: Sequence[Span]) -> str:
    """Spans added up by unit: "12 months and 8 working days"."""
    totals = {unit: sum(span.number for span in spans if span.unit is unit) for unit in Unit}
    return " and ".join(str(Span(number, unit)) for unit, number in totals.items() if number)


def _not_before(step: Step, over_on: date) -> Step:
    """A lead time shorter than its stages leaves them no more than the time from the decision on."""
    if step.on >= over_on:
        return step
    return replace(step, on=over_on, rule=f"{step.rule}, but not before call-in is over")


# What comes before the decision


def _sitting(
    decided_on: date, procurement: Procurement, customs: Customs, today: date
) -> tuple[Sitting | None, tuple[str, ...]]:
    """The last meeting in time for the decision; where there is none, words that say so."""
    chamber = customs.chamber
    if chamber is None:
        return None, ("No committee is named, so its meetings cannot be looked up.",)
    earlier = [one for one in chamber.sittings if one.meets_on <= decided_on]
    if earlier and today <= decided_on and earlier[-1].meets_on < today:
        return None, (f"No meeting of {chamber.name} lies between today and {day(decided_on)}: {_FALLS_BACK}.",)
    if not earlier or not _reaches(chamber, earlier[-1], decided_on, procurement, customs):
        return None, (f"The calendar of {chamber.name} holds no meeting in time for {day(decided_on)}: {_FALLS_BACK}.",)
    return earlier[-1], ()


_FALLS_BACK = "the council's usual time is counted instead"


def _reaches(chamber: Chamber, last: Sitting, decided_on: date, procurement: Procurement, customs: Customs) -> bool:
    """The calendar goes on beyond the decision, or ends no longer before it than getting onto an agenda takes."""
    usual = tuple(stage.span for stage in _of_kind(procurement.before_decision, procurement.kind))
    return chamber.sittings[-1].meets_on >= decided_on or last.meets_on >= before(decided_on, usual, customs.holidays)


def _before(decided_on: date, sitting: Sitting | None, procurement: Procurement, customs: Customs) -> Iterator[Step]:
    agenda, *rest = _of_kind(procurement.before_decision, procurement.kind)
    notice = _notice(decided_on, tuple(stage.span for stage in rest), customs)
    if sitting is None:
        spans = (agenda.span, *(stage.span for stage in rest))
        on = min(before(decided_on, spans, customs.holidays), notice.on)
        yield Step(START, on, f"{in_words(spans)} before {day(decided_on)}", agenda.source)
        yield notice
        return
    report = _report(sitting, customs)
    on = before(report.on, (agenda.span,), customs.holidays)
    rule = f"{agenda.span} before the report is due"
    yield Step(
        START, min(on, notice.on), rule if on <= notice.on else f"{rule}, but not after the notice", agenda.source
    )
    yield notice
    yield report
    name = customs.chamber.name if customs.chamber else ""
    yield Step(MEETING, sitting.meets_on, f"the last meeting of {name} in time for {day(decided_on)}", CALENDAR)


def _notice(decided_on: date, stages: tuple[Span, ...], customs: Customs) -> Step:
    """As the law counts it, or earlier where the council gives itself longer."""
    lawful = publish_by(decided_on, customs.notice, customs.holidays)
    usual = before(decided_on, stages, customs.holidays)
    if usual < lawful:
        return Step(NOTICE, usual, f"{in_words(stages)} before {day(decided_on)}", "Council setting")
    counted = f"{customs.notice.clear_days} {_counted(customs.notice.basis)} days"
    return Step(NOTICE, lawful, f"{counted} before {day(decided_on)}", NOTICE_LAW)


def _counted(basis: DayBasis) -> str:
    return "clear" if basis is DayBasis.CALENDAR else "clear working"


def _report(sitting: Sitting, customs: Customs) -> Step:
    if sitting.papers_due_on is not None:
        return Step(REPORT, sitting.papers_due_on, f"papers' day for the meeting of {day(sitting.meets_on)}", CALENDAR)
    days, basis = customs.notice.papers_days, customs.notice.papers_basis
    on = latest_before_clear_days(sitting.meets_on, days, basis=basis, holidays=customs.holidays)
    return Step(REPORT, on, f"{days} {_counted(basis)} days before {day(sitting.meets_on)}", PAPERS_LAW)
