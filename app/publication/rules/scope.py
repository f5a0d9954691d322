"""Which records a file takes in, and why the others are left out: each falls in exactly one place."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.publication.rules.periods import FileKind, Period


class Place(StrEnum):
    """Where a record stands with a file: in it, or left out of it for one reason."""

    IN = "in the file"
    WITHDRAWN = "withdrawn from the register"
    EMBARGOED = "under embargo"
    PLANNED = "not let yet"
    NOT_A_CONTRACT = "not a legally enforceable agreement"
    GRANT = "grants, published in a list of their own"
    NOT_A_GRANT = "not grants"
    NOT_VCSE = "grants to others than voluntary and community bodies"
    LATER = "begins after the period"
    EARLIER = "ended before the period"
    NOT_OVER = "not worth more than the threshold"


#: The address of each place's list.
SLUGS = {place: place.name.lower().replace("_", "-") for place in Place}
BY_SLUG = {slug: place for place, slug in SLUGS.items()}

#: Local Government Transparency Code 2015, paragraph 32: "any contract, commissioned activity, purchase order,
#: framework agreement and any other legally enforceable agreement with a value that exceeds £5,000"; paragraph 42:
#: all grants to voluntary, community and social enterprise organisations. The Code asks for the register, so that
#: what runs in the quarter is in, whenever it was let; the LGA's guidance enters call-offs one by one.


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A record, as far as it is asked whether a file takes it in."""

    withdrawn: bool = False
    embargoed_until: date | None = None
    planned: bool = False
    legally_a_contract: bool = True
    is_grant: bool = False
    #: The beneficiary is a voluntary or community body. None: not known.
    vcse: bool | None = None
    awarded_on: date | None = None
    starts_on: date | None = None
    #: Its last day: the early end where it ended early.
    ends_on: date | None = None
    #: What the threshold is held against: over the whole life, an annual amount over its term; None: cannot be told.
    figure: Decimal | None = None
    exempt: bool = False


@dataclass(frozen=True)
class Scope:
    """One file's question: which period, asked on which day, under which settings."""

    period: Period
    today: date
    over: Decimal = Decimal(5_000)
    grants_in_the_list: bool = False

    @property
    def kind(self) -> FileKind:
        return self.period.kind


def place_of(one: Standing, scope: Scope) -> Place:
    kept_back = _kept_back(one, scope.today)
    if kept_back is not None:
        return kept_back
    return _of_a_grant(one, scope) if scope.kind is FileKind.GRANTS else _of_a_contract(one, scope)


def _kept_back(one: Standing, today: date) -> Place | None:
    if one.withdrawn:
        return Place.WITHDRAWN
    if one.embargoed_until is not None and today < one.embargoed_until:
        return Place.EMBARGOED
    return Place.PLANNED if one.planned else None


def _of_a_contract(one: Standing, scope: Scope) -> Place:
    if not one.legally_a_contract:
        return Place.NOT_A_CONTRACT
    if one.is_grant and not scope.grants_in_the_list:
        return Place.GRANT
    return _timing(one, scope.period) or _worth(one, scope.over)


def _timing(one: Standing, period: Period) -> Place | None:
    """In force on a day of the period, or awarded within it; without an end it runs on."""
    if one.ends_on is not None and one.ends_on < period.first:
        return Place.EARLIER
    awarded_within = one.awarded_on is not None and period.first <= one.awarded_on <= period.last
    begun = one.starts_on or one.awarded_on
    if begun is not None and begun > period.last and not awarded_within:
        return Place.LATER
    return None


def _worth(one: Standing, over: Decimal) -> Place:
    """What cannot be told is in, with its value among what is missing; so is an exempt amount, or to be left out would
    tell it.
    """
    if one.exempt or one.figure is None or one.figure > over:
        return Place.IN
    return Place.NOT_OVER


def _of_a_grant(one: Standing, scope: Scope) -> Place:
    """Awarded within the year, whatever it is worth; one that bears no award date by its start."""
    if not one.is_grant:
        return Place.NOT_A_GRANT
    if one.vcse is False:
        return Place.NOT_VCSE
    made_on = one.awarded_on or one.starts_on
    if made_on is None:
        return Place.IN
    if made_on < scope.period.first:
        return Place.EARLIER
    return Place.LATER if made_on > scope.period.last else Place.IN
