"""After a decision: call-in, the day it may be acted on, how long its papers are kept."""

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date, time

from app.core.dates import MONTHS_IN_A_YEAR, add_months, day
from app.core.errors import Refusal
from app.council.rules import CallInRule, CallInTrigger
from app.decisions.rules.notice import ONE_DAY, CallIn, call_in


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A decision that was taken, and what members did about it."""

    decided_on: date
    #: The written statement's day.
    published_on: date | None = None
    #: Why it is not subject to call-in; None where it is.
    not_called_in_reason: str | None = None
    #: The committee system's own last day and hour.
    ends_entered_on: date | None = None
    ends_entered_at: time | None = None
    effective_entered_on: date | None = None
    called_in_on: date | None = None
    #: The day a call-in ended so that the decision may go ahead.
    resolved_on: date | None = None


def reckoned(taken: Taken, rule: CallInRule, holidays: Container[date]) -> CallIn | None:
    """The call-in by the council's settings; None where there is none, or the statement is still to be published."""
    if taken.not_called_in_reason:
        return None
    if taken.published_on is None and rule.trigger is CallInTrigger.PUBLICATION:
        return None
    published_on = taken.published_on or taken.decided_on
    return call_in(rule, decided_on=taken.decided_on, published_on=published_on, holidays=holidays)


def in_force(taken: Taken, rule: CallInRule, holidays: Container[date]) -> CallIn | None:
    """The call-in that counts: the committee system's own where a clerk entered it, else the reckoned one."""
    if taken.not_called_in_reason:
        return None
    if taken.ends_entered_on is not None:
        return CallIn(taken.ends_entered_on, taken.ends_entered_at or rule.cut_off, taken.ends_entered_on + ONE_DAY)
    return reckoned(taken, rule, holidays)


def effective_on(taken: Taken, rule: CallInRule, holidays: Container[date]) -> date | None:
    """The first day it may be acted on. A call-in that is not resolved holds it up, whatever was entered."""
    if taken.called_in_on is not None and taken.resolved_on is None:
        return None
    if taken.effective_entered_on is not None:
        return max(taken.effective_entered_on, taken.resolved_on or taken.effective_entered_on)
    if taken.resolved_on is not None:
        return taken.resolved_on
    if taken.not_called_in_reason:
        return taken.decided_on
    period = in_force(taken, rule, holidays)
    return period.effective_on if period else None


def ends_otherwise(taken: Taken, rule: CallInRule, holidays: Container[date]) -> str | None:
    """What to say where the committee system's last day is not the reckoned one."""
    own = reckoned(taken, rule, holidays)
    if own is None or taken.ends_entered_on in {None, own.ends_on}:
        return None
    return (
        f"The committee system ends call-in on {day(taken.ends_entered_on)}; {rule.days} {rule.basis} days after "
        f"{rule.trigger} gives {day(own.ends_on)}: {_apart(taken.ends_entered_on, own.ends_on)}"
    )


def effective_otherwise(taken: Taken, rule: CallInRule, holidays: Container[date]) -> str | None:
    """What to say where the committee system lets it take effect on another day than call-in does."""
    entered, own = taken.effective_entered_on, effective_on(replace(taken, effective_entered_on=None), rule, holidays)
    if entered is None or own is None or entered == own:
        return None
    return (
        f"The committee system puts it in effect on {day(entered)}; by call-in it may be acted on from {day(own)}: "
        f"{_apart(entered, own)}"
    )


def _apart(entered: date, own: date) -> str:
    days = abs((entered - own).days)
    return f"the entered date is {days} day{'s' if days != 1 else ''} {'earlier' if entered < own else 'later'}"


def check_called_in(taken: Taken, called_in_on: date, rule: CallInRule, holidays: Container[date]) -> None:
    """Members call in between the decision and the last day."""
    if taken.not_called_in_reason:
        raise Refusal(f"It is not subject to call-in: {taken.not_called_in_reason}", field="called_in_on")
    if called_in_on < taken.decided_on:
        raise Refusal(f"Enter a day on or after {day(taken.decided_on)}, when it was taken", field="called_in_on")
    period = in_force(taken, rule, holidays)
    if period is not None and called_in_on > period.ends_on:
        raise Refusal(
            f"Call-in ended on {day(period.ends_on)}: enter a day on or before it, or correct the last day first",
            field="called_in_on",
        )


@dataclass(frozen=True)
class Kept:
    """Until when the papers of a decision are kept and open to the public."""

    record_until: date
    background_until: date


def kept_until(decided_on: date, *, record_years: int, background_years: int) -> Kept:
    """SI 2012/2089, reg 21(6) and (7): six years for records and reports, four for background papers, at least."""
    return Kept(
        add_months(decided_on, MONTHS_IN_A_YEAR * record_years),
        add_months(decided_on, MONTHS_IN_A_YEAR * background_years),
    )
