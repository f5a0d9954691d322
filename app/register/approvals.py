"""Whether an approval already given covers an extension, so that no new key decision is needed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.dates import day
from app.core.money import nearest_penny, pounds


@dataclass(frozen=True)
class Tolerance:
    """By how much the sum of an approval may be passed: a percentage, or a sum where that is less."""

    percent: Decimal = Decimal(0)
    at_most: Decimal | None = None

    def of(self, sum_allowed: Decimal) -> Decimal:
        share = nearest_penny(sum_allowed * self.percent / 100)
        return share if self.at_most is None else min(share, self.at_most)


NO_TOLERANCE = Tolerance()


@dataclass(frozen=True)
class Allowed:
    """What a decision allows."""

    reference: str
    #: Whole-life pounds; None where the decision named none.
    sum_allowed: Decimal | None
    latest_end_on: date | None
    #: Whether the contract's options are allowed as well.
    allows_options: bool = False


@dataclass(frozen=True)
class Wanted:
    """The contract as it would stand after the extension."""

    #: Whole-life pounds at the high end, this and every earlier extension included; None when not known.
    total: Decimal | None
    ends_on: date
    #: Whether the contract itself gives the right to extend.
    uses_option: bool


@dataclass(frozen=True)
class Coverage:
    """Whether the approval covers it; each breach says what would be a new key decision."""

    breaches: tuple[str, ...]

    @property
    def is_covered(self) -> bool:
        return not self.breaches


def coverage(allowed: Allowed, wanted: Wanted, tolerance: Tolerance = NO_TOLERANCE) -> Coverage:
    """The sum, the term and the options are each held against the approval; all must hold."""
    found = (_beyond_sum(allowed, wanted, tolerance), _beyond_term(allowed, wanted), _beyond_options(allowed, wanted))
    return Coverage(tuple(breach for breach in found if breach))


def _beyond_sum(allowed: Allowed, wanted: Wanted, tolerance: Tolerance) -> str | None:
    if allowed.sum_allowed is None:
        return None
    if wanted.total is None:
        return f"Decision {allowed.reference} allows {pounds(allowed.sum_allowed)}, and the new total is not known"
    limit = allowed.sum_allowed + tolerance.of(allowed.sum_allowed)
    if wanted.total <= limit:
        return None
    above = f" and {pounds(limit - allowed.sum_allowed)} tolerance" if limit > allowed.sum_allowed else ""
    return (
        f"{pounds(wanted.total)} is {pounds(wanted.total - allowed.sum_allowed)} more than decision "
        f"{allowed.reference} allows: {pounds(allowed.sum_allowed)}{above}"
    )


def _beyond_term(allowed: Allowed, wanted: Wanted) -> str | None:
    if allowed.latest_end_on is None or wanted.ends_on <= allowed.latest_end_on:
        return None
    return (
        f"{day(wanted.ends_on)} is after {day(allowed.latest_end_on)}, the last day decision {allowed.reference} allows"
    )


def _beyond_options(allowed: Allowed, wanted: Wanted) -> str | None:
    """A stated last day allows extending up to it; without one, only the options a decision allows."""
    if not wanted.uses_option and allowed.latest_end_on is None:
        return f"The contract gives no option to extend, and decision {allowed.reference} names no later end"
    if wanted.uses_option and not allowed.allows_options and allowed.latest_end_on is None:
        return f"Decision {allowed.reference} does not allow the options to extend"
    return None
