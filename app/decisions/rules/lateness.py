"""What is too late in a back-plan, in words, and the routes that remain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.dates import add_months, day
from app.council.calendar import Span, Unit, add_working_days
from app.decisions.rules.back_plan import (
    CALL_IN,
    DECISION,
    MEETING,
    NOTICE,
    REPORT,
    START,
    BackPlan,
    Customs,
    Procurement,
)
from app.decisions.rules.notice import Route, call_in, earliest_decision


@dataclass(frozen=True)
class Late:
    """What has gone by, and what can still be done."""

    gone: tuple[str, ...]
    remains: tuple[str, ...]


#: What it means that the day has gone by.
_MEANS = {
    START: "preparing in good time should have begun",
    NOTICE: "full notice should have been published",
    REPORT: "the report was due",
    MEETING: "the committee last met in time",
    DECISION: "the decision should have been taken",
    CALL_IN: "the decision should have been in effect",
}


def lateness(plan: BackPlan, end: date, procurement: Procurement, customs: Customs, *, today: date) -> Late:
    """Nothing where nothing is late."""
    late = {step.label: step.on for step in plan.steps if step.is_late}
    if not late:
        return Late((), ())
    gone = tuple(f"{day(on)}: {_MEANS[label]}." for label, on in late.items() if label in _MEANS)
    return Late(gone, tuple(_remains(plan, late, end, procurement, customs, today)))


def _remains(
    plan: BackPlan, late: dict[str, date], end: date, procurement: Procurement, customs: Customs, today: date
) -> list[str]:
    decide_by = plan.on(DECISION) or end
    found: list[str] = []
    if DECISION not in late and NOTICE not in late:
        found.append(f"Full notice is still possible until {day(plan.on(NOTICE))}: prepare it in less time.")
    elif DECISION not in late:
        found += _short_routes(decide_by, customs, today)
    found.append(_from_today(end, procurement, customs, today))
    if end >= today:
        found.append("The present contract may be extended where it gives an option or the law allows it.")
    return found


def _short_routes(decide_by: date, customs: Customs, today: date) -> list[str]:
    quick = earliest_decision(today, customs.notice, customs.holidays, route=Route.GENERAL_EXCEPTION)
    found = []
    if quick.lawful_on <= decide_by:
        found.append(
            f"General exception: with notice today and the scrutiny chair told, the decision may be taken from "
            f"{day(quick.lawful_on)}."
        )
    found.append(
        f"Special urgency: by {day(decide_by)}, only if the scrutiny chair agrees that the decision cannot wait."
    )
    return found


def _from_today(end: date, procurement: Procurement, customs: Customs, today: date) -> str:
    full = earliest_decision(today, customs.notice, customs.holidays)
    begins = earliest_start(procurement, customs, today=today)
    gap = (begins - end).days - 1
    after = f", {gap} day{'s' if gap != 1 else ''} after the present contract ends" if gap > 0 else ""
    return (
        f"With notice published today, the decision may be taken from {day(full.practical_on)}, and a new agreement "
        f"can begin on {day(begins)} at the earliest{after}."
    )


def earliest_start(procurement: Procurement, customs: Customs, *, today: date) -> date:
    """If its notice were published today: full notice, call-in, then every stage in turn."""
    decided_on = earliest_decision(today, customs.notice, customs.holidays).practical_on
    period = call_in(customs.call_in, decided_on=decided_on, published_on=decided_on, holidays=customs.holidays)
    spans = [stage.span for stage in procurement.after_decision if procurement.kind in stage.kinds]
    return after(period.effective_on, spans, customs)


def after(on: date, spans: Sequence[Span], customs: Customs) -> date:
    """Counted on in one step: months, days, then working days."""
    total = {unit: sum(span.number for span in spans if span.unit is unit) for unit in Unit}
    later = add_months(on, total[Unit.MONTHS]) + timedelta(days=total[Unit.DAYS])
    return add_working_days(later, total[Unit.WORKING_DAYS], customs.holidays)
