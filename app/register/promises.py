"""Whether a social value commitment is being kept: against its interim targets, else a straight line to its last day.

No data is not green: a commitment that ought to have something to show and has nothing says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

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
PENNY = Decimal("0.01")


class PromiseStatus(StrEnum):
    ON_TARGET = "on target"
    AT_RISK = "at risk"
    OFF_TARGET = "off target"
    NOT_DUE = "not due"
    NO_DATA = "no data"


@dataclass(frozen=True, order=True)
class Interim:
    """How much in all is to be delivered by a day on the way."""

    due_on: date
    quantity: Decimal


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
    #: In the order of their days. Where there are any, they are what is expected, and no straight line.
    interim: tuple[Interim, ...] = ()


@dataclass(frozen=True)
class Kept:
    """The answer with its working as a sentence."""

    status: PromiseStatus
    working: str
    #: Short of what was expected by now, whether or not anything was verified.
    is_behind: bool = False


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
        is_behind = (expected_by(promise, today) or ZERO) > 0
        return Kept(PromiseStatus.NO_DATA, "Nothing has been verified yet", is_behind=is_behind)
    return _short(promise, promise.target, promise.verified, today)


def _short(promise: Promise, target: Decimal, verified: Decimal, today: date) -> Kept:
    """Something has been verified, and it is not all."""
    step = latest_step(promise, today)
    if step is not None and not _is_over(promise, today):
        return _at_the_step(step, target, verified)
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


def latest_step(promise: Promise, today: date) -> Interim | None:
    """The interim target that was due last."""
    return next((one for one in reversed(promise.interim) if one.due_on <= today), None)


def expected_by(promise: Promise, today: date) -> Decimal | None:
    """How much is expected in all by a day; None where nothing says."""
    if promise.target is None:
        return None
    if promise.interim and not _is_over(promise, today):
        step = latest_step(promise, today)
        return step.quantity if step is not None else ZERO
    if promise.is_rate:
        return promise.target
    return None if promise.due_on is None else promise.target * expected_share(promise, today)


def check_interim(promise: Promise) -> Promise:
    """Interim targets run upward, by days between the first and the last, and never past the target."""
    for earlier, later in pairwise(promise.interim):
        if later.due_on == earlier.due_on:
            raise Refusal(f"There are two targets for {day(later.due_on)}: keep one", field="interim_targets")
        if later.quantity < earlier.quantity:
            said = f"{_said(later.quantity)} by {day(later.due_on)} is less than {_said(earlier.quantity)} before it"
            raise Refusal(f"{said}: each counts all from the first day", field="interim_targets")
    for one in promise.interim:
        _check_step(promise, one)
    return promise


def _check_step(promise: Promise, one: Interim) -> None:
    if promise.target is None or promise.due_on is None:
        raise Refusal("Enter the whole target and the day to keep it by as well", field="interim_targets")
    if one.quantity <= 0:
        raise Refusal("Enter how much is to be delivered: more than nothing", field="interim_targets")
    if one.quantity > promise.target:
        raise Refusal(
            f"{_said(one.quantity)} is more than the target, {_said(promise.target)}", field="interim_targets"
        )
    if one.due_on >= promise.due_on or (promise.from_on is not None and one.due_on < promise.from_on):
        raise Refusal(f"{day(one.due_on)} is not on the way to {day(promise.due_on)}", field="interim_targets")


def check_promise(promise: Promise) -> Promise:
    if promise.from_on and promise.due_on and promise.due_on < promise.from_on:
        raise Refusal(f"Enter a date on or after {day(promise.from_on)}, when it begins", field="due_on")
    if promise.target is not None and promise.target <= 0:
        raise Refusal("Enter a target above nothing, or leave it blank", field="target")
    return check_interim(promise)


def _is_early(promise: Promise, today: date) -> bool:
    """Not begun, or so lately begun that nothing can be expected, or due at its end alone, or before its first step."""
    if promise.due_on is not None and today > promise.due_on:
        return False
    if promise.interim:
        return today < min(promise.interim[0].due_on, promise.due_on or promise.interim[0].due_on)
    if promise.from_on is None:
        return promise.due_on is not None
    return (today - promise.from_on).days < SETTLING_DAYS


def _is_over(promise: Promise, today: date) -> bool:
    return promise.due_on is not None and today >= promise.due_on


def _early(promise: Promise) -> Kept:
    due = f"due by {day(promise.due_on)}" if promise.due_on else "only just begun"
    if promise.interim:
        first = promise.interim[0]
        due = f"{_said(first.quantity)} due by {day(first.due_on)}"
    done = "nothing" if promise.verified is None else _said(promise.verified)
    return Kept(PromiseStatus.NOT_DUE, f"{due[:1].upper()}{due[1:]}; {done} verified so far")


def _without_target(promise: Promise, today: date) -> Kept:
    """Words alone cannot be held against a line: due or not, delivered or not."""
    if promise.verified is not None:
        return Kept(PromiseStatus.ON_TARGET, f"{_said(promise.verified)} verified; no target is recorded")
    if promise.due_on is not None and today <= promise.due_on:
        return Kept(PromiseStatus.NOT_DUE, f"Due by {day(promise.due_on)}; no target is recorded")
    return Kept(PromiseStatus.NO_DATA, "Nothing has been verified, and no target is recorded")


def _at_the_step(step: Interim, target: Decimal, verified: Decimal) -> Kept:
    """An interim target was promised for its day, so that nothing is taken off it."""
    working = f"{_said(verified)} of {_said(target)} verified; {_said(step.quantity)} was due by {day(step.due_on)}"
    if verified >= step.quantity:
        return Kept(PromiseStatus.ON_TARGET, working)
    at_risk = verified >= step.quantity * AT_RISK_FROM
    return Kept(PromiseStatus.AT_RISK if at_risk else PromiseStatus.OFF_TARGET, working, is_behind=True)


def _on_the_line(target: Decimal, verified: Decimal, share: Decimal) -> Kept:
    """Behind at the end is off target; before it, how far behind says how much at risk."""
    expected = target * share
    working = f"{_said(verified)} of {_said(target)} verified; a straight line expects {_about(expected)} by now"
    if share == ONE:
        working = f"{_said(verified)} of {_said(target)} verified, and all of it was due by now"
        return Kept(PromiseStatus.OFF_TARGET, working, is_behind=True)
    if verified >= expected * ON_TARGET_FROM:
        return Kept(PromiseStatus.ON_TARGET, working)
    at_risk = verified >= expected * AT_RISK_FROM
    return Kept(PromiseStatus.AT_RISK if at_risk else PromiseStatus.OFF_TARGET, working, is_behind=True)


def _rate(target: Decimal, verified: Decimal) -> Kept:
    at_risk = verified >= target * ON_TARGET_FROM
    working = f"The latest result is {_said(verified)}, against {_said(target)}"
    return Kept(PromiseStatus.AT_RISK if at_risk else PromiseStatus.OFF_TARGET, working, is_behind=True)


def worth_in_pounds(quantity: Decimal | None, proxy_value: Decimal | None) -> Decimal | None:
    """What a quantity stands for at a proxy value: an estimate for comparing, and no money anybody pays."""
    if quantity is None or proxy_value is None:
        return None
    return (quantity * proxy_value).quantize(PENNY, ROUND_HALF_UP)


def _about(quantity: Decimal) -> str:
    """Small numbers to a tenth, others whole."""
    return _said(quantity.quantize(TENTH if quantity < TEN else ONE, ROUND_HALF_UP))


def _said(quantity: Decimal) -> str:
    text = f"{quantity.quantize(Decimal('0.01')):,f}"
    return text.rstrip("0").rstrip(".")
