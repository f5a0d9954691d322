"""Notice before a decision and call-in after it. The legal earliest day and the next practical day are kept apart."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.core.dates import day
from app.core.errors import Refusal
from app.council.calendar import (
    DayBasis,
    add_working_days,
    clear_days_between,
    earliest_after_clear_days,
    latest_before_clear_days,
    next_working_day,
)
from app.council.rules import CallInRule, CallInTrigger, NoticePeriods

ONE_DAY = timedelta(days=1)


class Route(StrEnum):
    """How a key decision may lawfully be taken."""

    NOTICE = "notice of 28 clear days"  # SI 2012/2089, reg 9
    GENERAL_EXCEPTION = "general exception"  # reg 10
    SPECIAL_URGENCY = "special urgency"  # reg 11


@dataclass(frozen=True)
class EarliestDay:
    """The first day the law allows, and the first that is also a working day."""

    lawful_on: date
    practical_on: date
    working: str


def earliest_decision(
    published_on: date,
    periods: NoticePeriods,
    holidays: Container[date],
    *,
    route: Route = Route.NOTICE,
) -> EarliestDay:
    """The first day a decision may be taken by full notice or by the general exception; special urgency has none."""
    days, basis = _period(periods, route)
    lawful = earliest_after_clear_days(published_on, days, basis=basis, holidays=holidays)
    counted = "clear" if basis is DayBasis.CALENDAR else "clear working"
    working = f"{days} {counted} days after {day(published_on)}"
    return EarliestDay(lawful, next_working_day(lawful, holidays), working)


def publish_by(
    decided_on: date, periods: NoticePeriods, holidays: Container[date], *, route: Route = Route.NOTICE
) -> date:
    """The last day to publish the notice of a decision."""
    days, basis = _period(periods, route)
    return latest_before_clear_days(decided_on, days, basis=basis, holidays=holidays)


def _period(periods: NoticePeriods, route: Route) -> tuple[int, DayBasis]:
    if route is Route.NOTICE:
        return periods.clear_days, periods.basis
    if route is Route.GENERAL_EXCEPTION:
        return periods.exception_days, periods.exception_basis
    return 0, DayBasis.CALENDAR


@dataclass(frozen=True)
class Consents:
    """Who has been told or has agreed, where full notice cannot be given."""

    scrutiny_chair_informed: bool = False
    scrutiny_chair_agreed: bool = False


NO_CONSENTS = Consents()


def route_for(
    published_on: date,
    decided_on: date,
    periods: NoticePeriods,
    holidays: Container[date],
    consents: Consents = NO_CONSENTS,
) -> Route:
    """The route a decision may take, or a refusal that says what would open one."""
    full = earliest_decision(published_on, periods, holidays)
    if decided_on >= full.lawful_on:
        return Route.NOTICE
    exception = earliest_decision(published_on, periods, holidays, route=Route.GENERAL_EXCEPTION)
    if decided_on >= exception.lawful_on and consents.scrutiny_chair_informed:
        return Route.GENERAL_EXCEPTION
    if consents.scrutiny_chair_agreed:
        return Route.SPECIAL_URGENCY
    raise Refusal(_what_would_work(decided_on, full, exception), field="decided_on")


def _what_would_work(decided_on: date, full: EarliestDay, exception: EarliestDay) -> str:
    if decided_on >= exception.lawful_on:
        other = "tell the scrutiny chair in writing to use the general exception"
    else:
        other = (
            f"use the general exception on or after {day(exception.lawful_on)}, or get the scrutiny chair's agreement"
        )
    return f"Decide on or after {day(full.lawful_on)}, {full.working}, or {other}"


def days_short(published_on: date, decided_on: date, periods: NoticePeriods, holidays: Container[date]) -> int:
    """How many clear days are missing from full notice; 0 when it is enough."""
    clear = clear_days_between(published_on, decided_on, basis=periods.basis, holidays=holidays)
    return max(periods.clear_days - clear, 0)


def difference(published_on: date, entered: date, periods: NoticePeriods, holidays: Container[date]) -> str | None:
    """What to say when the committee system's own earliest date is not the computed one."""
    computed = earliest_decision(published_on, periods, holidays)
    if entered in {computed.lawful_on, computed.practical_on}:
        return None
    short = days_short(published_on, entered, periods, holidays)
    verdict = f"{short} clear day{'s' if short != 1 else ''} short" if short else "later than it need be"
    return (
        f"The committee system says {day(entered)}; {computed.working} gives {day(computed.lawful_on)}: "
        f"the entered date is {verdict}"
    )


@dataclass(frozen=True)
class CallIn:
    """When members can no longer call a decision in, and when it takes effect."""

    ends_on: date
    #: The hour of the last day; None is midnight.
    cut_off: time | None
    effective_on: date

    def is_open_at(self, moment: datetime) -> bool:
        """``moment`` is the council's own local time."""
        if moment.date() != self.ends_on or self.cut_off is None:
            return moment.date() <= self.ends_on
        return moment.time() < self.cut_off


def call_in(rule: CallInRule, *, decided_on: date, published_on: date, holidays: Container[date]) -> CallIn:
    """The decision takes effect on the day after the last day of call-in, a Saturday included."""
    triggered_on = published_on if rule.trigger is CallInTrigger.PUBLICATION else decided_on
    if rule.basis is DayBasis.WORKING:
        ends_on = add_working_days(triggered_on, rule.days, holidays)
    else:
        ends_on = triggered_on + timedelta(days=rule.days)
    return CallIn(ends_on, rule.cut_off, ends_on + ONE_DAY)
