"""How a service is delivered over time: a change of route begins a new period and never overwrites the old one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.dates import day
from app.core.errors import Refusal

ONE_DAY = timedelta(days=1)


class DeliveryRoute(StrEnum):
    IN_HOUSE = "in-house"
    EXTERNAL = "external"
    MIXED = "mixed"
    TRADING_COMPANY = "trading company"
    SHARED = "shared or partnership"
    NOT_KNOWN = "not known"


#: How a tag says each route, and in what colour; the words carry the meaning.
TAGS: Mapping[DeliveryRoute, tuple[str, str]] = {
    DeliveryRoute.IN_HOUSE: ("In-house", "green"),
    DeliveryRoute.EXTERNAL: ("External", "blue"),
    DeliveryRoute.MIXED: ("Mixed", "purple"),
    DeliveryRoute.TRADING_COMPANY: ("Trading company", "teal"),
    DeliveryRoute.SHARED: ("Shared or partnership", "yellow"),
    DeliveryRoute.NOT_KNOWN: ("Not known", "grey"),
}

#: Routes that come about by a contract or an agreement.
BY_CONTRACT = frozenset({DeliveryRoute.EXTERNAL, DeliveryRoute.MIXED, DeliveryRoute.TRADING_COMPANY})
#: Routes by which the council's own staff deliver, in whole or in part.
OWN_STAFF = frozenset({DeliveryRoute.IN_HOUSE, DeliveryRoute.MIXED})


@dataclass(frozen=True)
class Period:
    """One route and the days it holds; both included, None where they are not known."""

    route: DeliveryRoute
    from_on: date | None
    until_on: date | None = None


def changed(periods: Sequence[Period], route: DeliveryRoute, from_on: date, *, today: date) -> tuple[Period, ...]:
    """The periods after a change of route that took effect on a day."""
    if from_on > today:
        raise Refusal(
            f"Enter a date up to today, {day(today)}: a change still to come is a forthcoming activity", field="from_on"
        )
    *before, last = periods
    if last.route is route:
        raise Refusal(f"It is delivered {in_words(route)} already: choose another route", field="route")
    if last.from_on is not None and from_on <= last.from_on:
        raise Refusal(
            f"Enter a date after {day(last.from_on)}, when it began to be delivered {in_words(last.route)}",
            field="from_on",
        )
    closed = Period(last.route, last.from_on, from_on - ONE_DAY)
    return (*before, closed, Period(route, from_on))


def check_plan(route: DeliveryRoute, planned: DeliveryRoute, from_on: date, *, today: date) -> None:
    """Refuse a plan that is none: the same route, or a day that has come."""
    if planned is route:
        raise Refusal(f"It is delivered {in_words(route)} already: choose another route", field="route")
    if from_on <= today:
        raise Refusal(
            f"Enter a date after today, {day(today)}: one that has come is a change, not a plan", field="from_on"
        )


def route_on(periods: Iterable[Period], on: date) -> DeliveryRoute | None:
    """The route in force on a day; None where no period covers it."""
    for period in periods:
        if (period.from_on is None or period.from_on <= on) and (period.until_on is None or on <= period.until_on):
            return period.route
    return None


def in_words(route: DeliveryRoute) -> str:
    """After "is delivered": "in-house", "by others"."""
    return {
        DeliveryRoute.IN_HOUSE: "in-house",
        DeliveryRoute.EXTERNAL: "by others",
        DeliveryRoute.MIXED: "partly in-house and partly by others",
        DeliveryRoute.TRADING_COMPANY: "by a trading company of the council",
        DeliveryRoute.SHARED: "jointly, shared or in partnership",
        DeliveryRoute.NOT_KNOWN: "in a way not yet known",
    }[route]


@dataclass(frozen=True)
class ServiceFacts:
    """What of a service the annex of services asks for."""

    route: DeliveryRoute
    has_division: bool
    has_unit: bool
    has_head: bool
    has_review: bool
    #: Contracts running today under it.
    running: int
    #: Of those, without any provider.
    without_provider: int = 0


def gaps(facts: ServiceFacts) -> tuple[str, ...]:
    """What is missing for the annex of services, in words that say how to mend it."""
    return tuple(words for words, missing in _checks(facts) if missing)


def _checks(facts: ServiceFacts) -> tuple[tuple[str, bool], ...]:
    needs_contract = facts.route in BY_CONTRACT
    return (
        ("No division: the annex prints it straight under its directorate", not facts.has_division),
        ("How it is delivered is not known", facts.route is DeliveryRoute.NOT_KNOWN),
        ("No in-house unit says who delivers it", facts.route in OWN_STAFF and not facts.has_unit),
        (
            "Others deliver it, and no running contract or agreement is recorded under it",
            needs_contract and not facts.running,
        ),
        ("It is in-house, and running contracts are recorded under it: should its route be mixed?", _odd(facts)),
        ("A running contract under it has no provider", bool(facts.without_provider)),
        ("No head of service", not facts.has_head),
        ("No review date", not facts.has_review),
    )


def _odd(facts: ServiceFacts) -> bool:
    return facts.route is DeliveryRoute.IN_HOUSE and facts.running > 0
