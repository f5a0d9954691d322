"""Whether a social value commitment is being kept, against a straight line from its first day to its last.

No data is not green: a commitment that ought to have something to show and has nothing says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from app.core.dates import day
from app.core.errors import Refusal

#: Of what a straight line expects by now: this much or more is on target, and from the lower one it is at risk.
ON_TARGET_FROM = Decimal("0.90")
AT_RISK_FROM = Decimal("0.60")
#: So many days in, a straight line begins to mean something.
SETTLING_DAYS = 91

ZERO = Decimal(0)
ONE = Decimal(1)
TEN = Decimal(10)
TENTH = Decimal("0.1")


class PromiseStatus(StrEnum):
    ON_TARGET = "on target"
    AT_RISK = "at risk"
    OFF_TARGET = "off target"
    NOT_DUE = "not due"
    NO_DATA = "no data"


@dataclass(frozen=True)
class Promise:
    """What was promised, as far as keeping it can be measured, and what of it has been verified."""

    target: Decimal | None
    from_on: date | None
    due_on: date | None
    #: What has been verified so far (``verified_so_far``); None where nothing has.
    verified: Decimal | None = None
    #: A rate, such as a percentage: all of the target is expected at any time, and nothing is added up.
    is_rate: bool = False


@dataclass(frozen=True)
class Kept:
    """The answer with its working as a sentence."""

    status: PromiseStatus
    working: str


#: Units that are rates.
RATES = frozenset({"%", "per cent", "percent", "percentage", "rate"})


def is_rate(unit: str | None) -> bool:
    return (unit or "").strip().casefold() in RATES


def verified_so_far(unit: str | None, quantities: Sequence[Decimal]) -> Decimal | None:
    """Verified quantities in the order of their days: added up, but of a rate only the latest counts."""
    if not quantities:
        return None
    return quantities[-1] if is_rate(unit) else sum(quantities, ZERO)


def kept(promise: Promise, *, today: date) -> Kept:
    """Read the status on a day. A target already met is on target whatever the day."""
    if promise.target is None:
        return _without_target(promise, today)
    if promise.verified is not None and promise.verified >= promise.target:
        return Kept(PromiseStatus.ON_TARGET, f"{_said(promise.verified)} of {_said(promise.target)} verified")
    if _is_early(promise, today):
        return _early(promise)
    if promise.verified is None:
        return Kept(PromiseStatus.NO_DATA, "Nothing has been verified yet")
    return _short(promise, promise.target, promise.verified, today)


def _short(promise: Promise, target: Decimal, verified: Decimal, today: date) -> Kept:
    """Something has been verified, and it is not all."""
    if promise.is_rate:
        return _rate(target, verified)
    if promise.due_on is None:
        done = f"{_said(verified)} of {_said(target)} verified"
        return Kept(PromiseStatus.NO_DATA, f"{done}; without a date to keep it by, it cannot be judged")
    return _on_the_line(target, verified, expected_share(promise, today))


def expected_share(promise: Promise, today: date) -> Decimal:
    """How much of the target a straight line expects by now: nothing before its first day, all at its last."""
    if promise.due_on is not None and today >= promise.due_on:
        return ONE
    if promise.from_on is None or promise.due_on is None:
        return ZERO
    run = (promise.due_on - promise.from_on).days + 1
    return min(max(Decimal((today - promise.from_on).days + 1) / run, ZERO), ONE)


def check_promise(promise: Promise) -> Promise:
    if promise.from_on and promise.due_on and promise.due_on < promise.from_on:
        raise Refusal(f"Enter a date on or after {day(promise.from_on)}, when it begins", field="due_on")
    if promise.target is not None and promise.target <= 0:
        raise Refusal("Enter a target above nothing, or leave it blank", field="target")
    return promise


def _is_early(promise: Promise, today: date) -> bool:
    """Not begun, or so lately begun that nothing can be expected, or due at its end alone."""
    if promise.due_on is not None and today > promise.due_on:
        return False
    if promise.from_on is None:
        return promise.due_on is not None
    return (today - promise.from_on).days < SETTLING_DAYS


def _early(promise: Promise) -> Kept:
    due = f"due by {day(promise.due_on)}" if promise.due_on else "only just begun"
    done = "nothing" if promise.verified is None else _said(promise.verified)
    return Kept(PromiseStatus.NOT_DUE, f"{due[:1].upper()}{due[1:]}; {done} verified so far")


def _without_target(promise: Promise, today: date) -> Kept:
    """Words alone cannot be held against a line: due or not, delivered or not."""
    if promise.verified is not None:
        return Kept(PromiseStatus.ON_TARGET, f"{_said(promise.verified)} verified; no target is recorded")
    if promise.due_on is not None and today <= promise.due_on:
        return Kept(PromiseStatus.NOT_DUE, f"Due by {day(promise.due_on)}; no target is recorded")
    return Kept(PromiseStatus.NO_DATA, "Nothing has been verified, and no target is recorded")


def _on_the_line(target: Decimal, verified: Decimal, share: Decimal) -> Kept:
    """Behind at the end is off target; before it, how far behind says how much at risk."""
    expected = target * share
    working = f"{_said(verified)} of {_said(target)} verified; a straight line expects {_about(expected)} by now"
    if share == ONE:
        return Kept(
            PromiseStatus.OFF_TARGET, f"{_said(verified)} of {_said(target)} verified, and all of it was due by now"
        )
    if verified >= expected * ON_TARGET_FROM:
        return Kept(PromiseStatus.ON_TARGET, working)
    at_risk = verified >= expected * AT_RISK_FROM
    return Kept(PromiseStatus.AT_RISK if at_risk else PromiseStatus.OFF_TARGET, working)


def _rate(target: Decimal, verified: Decimal) -> Kept:
    at_risk = verified >= target * ON_TARGET_FROM
    working = f"The latest result is {_said(verified)}, against {_said(target)}"
    return Kept(PromiseStatus.AT_RISK if at_risk else PromiseStatus.OFF_TARGET, working)


def _about(quantity: Decimal) -> str:
    """Small numbers to a tenth, others whole."""
    return _said(quantity.quantize(TENTH if quantity < TEN else ONE, ROUND_HALF_UP))


def _said(quantity: Decimal) -> str:
    text = f"{quantity.quantize(Decimal('0.01')):,f}"
    return text.rstrip("0").rstrip(".")
