"""The chain of dates back from a contract's end: what must be done by when, and by what rule."""

from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.core.dates import day
from app.council.calendar import Span, Unit, before
from app.council.rules import ProcurementKind, Stage

DECISION = "Take the decision"
END = "Contract ends"
LEAD_TIME = "Lead time: a council setting"


@dataclass(frozen=True)
class Step:
    """One date of the chain."""

    label: str
    on: date
    #: How it was counted: "18 months before 31 March 2018".
    rule: str
    source: str
    #: Already past.
    is_late: bool


@dataclass(frozen=True)
class Procurement:
    """The kind of procurement, its lead time, and the council's stages on either side of the decision."""

    kind: ProcurementKind
    #: Months from the decision to the end.
    lead_months: int
    before_decision: Sequence[Stage]
    after_decision: Sequence[Stage]


def back_plan(end: date, procurement: Procurement, holidays: Container[date], *, today: date) -> tuple[Step, ...]:
    """Earliest first. Each date is counted from the end in one step, so that clipping never adds up."""
    lead = Span(procurement.lead_months, Unit.MONTHS)
    decide_by = before(end, (lead,), holidays)
    steps = (
        *_counted_back(end, _of_kind(procurement.before_decision, procurement.kind), (lead,), holidays),
        Step(DECISION, decide_by, f"{lead} before {day(end)}", LEAD_TIME, is_late=False),
        *(
            _not_before(step, decide_by)
            for step in _counted_back(end, _of_kind(procurement.after_decision, procurement.kind), (), holidays)
        ),
        Step(END, end, "its last day", "The contract", is_late=False),
    )
    return tuple(replace(step, is_late=step.on < today) for step in steps)


def next_step(steps: Sequence[Step], *, done: Collection[str] = frozenset()) -> Step | None:
    """The first step not yet done: "next step by", with its working. It may be late already."""
    return next((step for step in steps if step.label not in done), None)


def _of_kind(stages: Sequence[Stage], kind: ProcurementKind) -> list[Stage]:
    return [stage for stage in stages if kind in stage.kinds]


def _counted_back(
    end: date, stages: Sequence[Stage], later: tuple[Span, ...], holidays: Container[date]
) -> Iterator[Step]:
    for place, stage in enumerate(stages):
        spans = (*(other.span for other in stages[place:]), *later)
        rule = f"{_in_words(spans)} before {day(end)}"
        yield Step(stage.label, before(end, spans, holidays), rule, stage.source, is_late=False)


def _in_words(spans: Sequence[Span]) -> str:
    """Spans added up by unit: "12 months and 8 working days"."""
    totals = {unit: sum(span.number for span in spans if span.unit is unit) for unit in Unit}
    return " and ".join(str(Span(number, unit)) for unit, number in totals.items() if number)


def _not_before(step: Step, decide_by: date) -> Step:
    """A lead time shorter than its stages leaves them no more than the time from the decision on."""
    if step.on >= decide_by:
        return step
    return replace(step, on=decide_by, rule=f"{step.rule}, but not before the decision")
