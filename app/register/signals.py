"""Three separate signals on a contract: the expiry clock, the procurement's status, the concern flag."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.core.dates import add_months, day, length_of
from app.core.errors import Refusal

#: The clock turns amber so many months before the decision is due.
SOON_MONTHS = 6


class SignalKind(StrEnum):
    """Kept apart, because one colour for three questions hid a replacement that was in place (Bromley, 2017)."""

    CLOCK = "expiry clock"
    PROCUREMENT = "procurement"
    CONCERN = "concern"


class Level(StrEnum):
    """How much a signal asks for; said in words, never by colour alone."""

    FINE = "fine"
    WATCH = "watch"
    ACT = "act now"


class ProcurementStatus(StrEnum):
    """How far the procurement of what follows has come."""

    NOT_STARTED = "not started"
    PLANNING = "planning"
    TENDER = "out to tender"
    EVALUATION = "evaluation"
    AWARD = "award"
    MOBILISATION = "mobilisation"
    COMPLETE = "complete"


@dataclass(frozen=True)
class Signal:
    """One signal with the reason for it."""

    kind: SignalKind
    level: Level
    #: As a tag says it: "Decision due", "Replaced".
    word: str
    reason: str


@dataclass(frozen=True)
class Successor:
    """The contract that follows this one."""

    title: str
    starts_on: date | None
    #: Awarded, and neither ended nor withdrawn.
    awarded: bool


@dataclass(frozen=True)
class Clock:
    """What the expiry clock is read from."""

    ends_on: date | None
    #: Months before the end by which a decision is needed.
    lead_months: int
    rolling: bool = False
    review_on: date | None = None
    successor: Successor | None = None

    def is_replaced(self, today: date) -> bool:
        return self.successor is not None and is_live_successor(self.successor, ends_on=self.ends_on, today=today)


def expiry_clock(clock: Clock, *, today: date) -> Signal:
    if clock.successor is not None and clock.is_replaced(today):
        return _clock(Level.FINE, "Replaced", f"{clock.successor.title} follows it")
    if clock.ends_on is None:
        return _without_end(clock, today)
    if clock.ends_on < today:
        return _clock(Level.ACT, "Past its end", f"Ended on {day(clock.ends_on)} with nothing in its place")
    return _running(clock.ends_on, clock.lead_months, today)


def is_live_successor(successor: Successor, *, ends_on: date | None, today: date) -> bool:
    """Awarded, and running today or from the day after the end at the latest: a gap is no replacement."""
    if not successor.awarded:
        return False
    starts_on = successor.starts_on or date.min
    return starts_on <= today or (ends_on is not None and (starts_on - ends_on).days <= 1)


def _without_end(clock: Clock, today: date) -> Signal:
    if clock.review_on is None:
        if clock.rolling:
            return _clock(Level.WATCH, "Rolling", "Runs until notice is given, and no review date is recorded")
        return _clock(Level.WATCH, "No end date", "Neither an end nor a review date is recorded")
    if clock.review_on < today:
        return _clock(Level.ACT, "Review overdue", f"Its review was due on {day(clock.review_on)}")
    return _clock(Level.FINE, "To be reviewed", f"Its review is due on {day(clock.review_on)}")


def _running(ends_on: date, lead_months: int, today: date) -> Signal:
    due = add_months(ends_on, -lead_months)
    working = f"{length_of(lead_months)} before it ends on {day(ends_on)}"
    if due < today:
        return _clock(Level.ACT, "Decision late", f"A decision was due by {day(due)}, {working}")
    if add_months(due, -SOON_MONTHS) <= today:
        return _clock(Level.WATCH, "Decision due", f"A decision is due by {day(due)}, {working}")
    return _clock(Level.FINE, "In time", f"A decision is due by {day(due)}, {working}")


def _clock(level: Level, word: str, reason: str) -> Signal:
    return Signal(SignalKind.CLOCK, level, word, reason)


def procurement_signal(
    status: ProcurementStatus | None, *, decision_by: date | None, today: date, replaced: bool = False
) -> Signal:
    """Nothing begun is fine until the decision is due, and for good once what follows is in place."""
    if replaced:
        return _procurement(Level.FINE, "Complete", "What follows is in place")
    late = decision_by is not None and decision_by < today
    if status is None or status is ProcurementStatus.NOT_STARTED:
        word = "Not recorded" if status is None else "Not started"
        if late:
            return _procurement(Level.ACT, word, f"Nothing is recorded, and a decision was due by {day(decision_by)}")
        due = f"; a decision is due by {day(decision_by)}" if decision_by else ""
        return _procurement(Level.FINE, word, f"Procurement of what follows has not begun{due}")
    word = status.value.capitalize()
    if status is ProcurementStatus.PLANNING and late:
        return _procurement(Level.WATCH, word, f"Still planning, and a decision was due by {day(decision_by)}")
    return _procurement(Level.FINE, word, f"Procurement of what follows: {status}")


def _procurement(level: Level, word: str, reason: str) -> Signal:
    return Signal(SignalKind.PROCUREMENT, level, word, reason)


def concern_flag(concern: str | None) -> Signal:
    """Raised by a person, who says why."""
    if concern:
        return Signal(SignalKind.CONCERN, Level.ACT, "Concern", concern)
    return Signal(SignalKind.CONCERN, Level.FINE, "No concern", "No concern has been raised")


@dataclass(frozen=True)
class Override:
    """A person's word against a signal, for a time."""

    kind: SignalKind
    level: Level
    reason: str
    by: str
    until_on: date


def check_override(override: Override, *, today: date) -> Override:
    if not override.reason.strip():
        raise Refusal("Say why the signal should read otherwise", field="reason")
    if not override.by.strip():
        raise Refusal("Say who decided this", field="by")
    if override.until_on < today:
        raise Refusal(f"Enter a day the override ends, on or after {day(today)}", field="until_on")
    return override


def overridden(signal: Signal, override: Override | None, *, today: date) -> Signal:
    """The signal as it should read today; an override past its end no longer counts."""
    if override is None or override.kind is not signal.kind or override.until_on < today:
        return signal
    return replace(
        signal,
        level=override.level,
        reason=f"{override.reason} ({override.by}, until {day(override.until_on)}). Otherwise: {signal.reason}",
    )
