"""Whether a key decision may be taken on a day, by the notices given of it; a refusal says what would work."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from app.core.dates import day
from app.core.errors import Refusal
from app.council.rules import NoticePeriods
from app.decisions.rules.notice import Consents, Route, earliest_decision, route_for


@dataclass(frozen=True)
class Given:
    """One standing notice: the route it opens, and the day a route that needs somebody's word was given it."""

    route: Route
    #: None while it is not published.
    published_on: date | None = None
    #: The scrutiny chair was told (reg 10), or it was agreed that the decision cannot wait (reg 11).
    consent_on: date | None = None


def route_by(given: Iterable[Given], decided_on: date, periods: NoticePeriods, holidays: Container[date]) -> Route:
    """The route the decision takes: full notice before the general exception, and special urgency last."""
    every = tuple(given)
    for route in Route:
        if any(one.route is route and _opens(one, decided_on, periods, holidays) for one in every):
            return route
    raise _refusal(every, decided_on, periods, holidays)


def _opens(one: Given, decided_on: date, periods: NoticePeriods, holidays: Container[date]) -> bool:
    if one.route is Route.SPECIAL_URGENCY:
        return one.consent_on is not None and one.consent_on <= decided_on
    if one.published_on is None:
        return False
    if one.route is Route.NOTICE:
        return decided_on >= earliest_decision(one.published_on, periods, holidays).lawful_on
    if one.consent_on is None:
        return False
    counted_from = max(one.published_on, one.consent_on)
    return decided_on >= earliest_decision(counted_from, periods, holidays, route=one.route).lawful_on


def _refusal(given: Iterable[Given], decided_on: date, periods: NoticePeriods, holidays: Container[date]) -> Refusal:
    published = sorted(one.published_on for one in given if one.route is Route.NOTICE and one.published_on)
    if not published:
        return Refusal(
            f"No notice allows this key decision on {day(decided_on)}. Publish its notice {periods.clear_days} clear "
            "days before it, publish a general exception notice once the scrutiny chair is told, or record who agreed "
            "to special urgency",
            field="decided_on",
        )
    try:
        route_for(published[0], decided_on, periods, holidays, Consents())
    except Refusal as refusal:
        return refusal
    raise AssertionError("a notice in time opens a route")


@dataclass(frozen=True)
class Breach:
    """It is to be recorded that a decision was taken without the notice the law asks for."""

    reason: str


def check_breach(reason: str, decided_on: date, today: date) -> Breach:
    """Only of what cannot be mended any more: today's decision can still wait for its notice."""
    if decided_on >= today:
        raise Refusal(
            "A decision that is not taken yet can still be taken lawfully: give notice of it, or use the general "
            "exception or special urgency",
            field="without_notice_reason",
        )
    return Breach(reason)
