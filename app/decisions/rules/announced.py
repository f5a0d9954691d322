"""Whether a published notice still fits its decision: what it announced against what the decision is now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.core.dates import day
from app.decisions.rules.notice import EarliestDay
from app.decisions.rules.timing import Timing, TimingKind


@dataclass(frozen=True, kw_only=True)
class Announced:
    """What a decision is, as a published notice says it or as it stands now."""

    title: str
    purpose: str
    when: Timing
    taker: str | None
    members: tuple[str, ...]
    restriction: str
    #: 0 open, 1 part exempt, 2 fully exempt.
    closed: int


def covers(announced: Timing, now: Timing) -> bool:
    """Whether what is expected now is still what a notice announced: later than "not before", within the period."""
    if announced.first is None or now.first is None:
        return announced.first is now.first
    if announced.kind is TimingKind.NOT_BEFORE:
        return now.first >= announced.first
    if announced.kind is TimingKind.DAY:
        return announced.first == now.first and now.kind in {TimingKind.DAY, TimingKind.NOT_BEFORE}
    last, latest = announced.last, now.last
    return announced.first <= now.first and last is not None and latest is not None and latest <= last


def moved_away(announced: Announced, now: Announced, earliest: EarliestDay | None = None) -> tuple[str, ...]:
    """Why the decision is no longer the one that was announced; ``earliest`` is the first day the notice allows."""
    return (*_other_day(announced.when, now.when, earliest), *_other_matter(announced, now))


def moved_from_meeting(announced: Announced, now: Announced, meeting_on: date | None) -> tuple[str, ...]:
    """The same of the notices of a private meeting: they name its day, not the decision's."""
    other_matter = tuple(_other_matter(announced, now))
    if meeting_on is None or now.when.first is None or _may_be_on(now.when, meeting_on):
        return other_matter
    moved = f"It gives notice of a meeting on {day(meeting_on)}; the decision is now expected {now.when.in_words}."
    return (moved, *other_matter)


def taken_outside(announced: Iterable[Timing], decided_on: date) -> str | None:
    """What to say of a decision taken on a day, or in a period, that no notice of it named: reg 9(1)(d)."""
    every = tuple(announced)
    if not every or any(covers(when, Timing.on(decided_on)) for when in every):
        return None
    said = "; ".join(dict.fromkeys(when.in_words for when in every))
    return (
        f"It was announced for {said}, and taken on {day(decided_on)}. A notice names the date or the period of the "
        "decision (SI 2012/2089, reg 9(1)(d)): correct the day, or tell the monitoring officer"
    )


def _other_day(announced: Timing, now: Timing, earliest: EarliestDay | None) -> Iterator[str]:
    if not covers(announced, now):
        moved = "its timing is not known yet" if now.first is None else f"it is now {now.in_words}"
        yield f"It was announced for {announced.in_words}; {moved}."
    if earliest is not None and now.last is not None and now.last < earliest.lawful_on:
        yield f"It allows no decision before {day(earliest.lawful_on)}, {earliest.working}; it is now {now.in_words}."


def _other_matter(announced: Announced, now: Announced) -> Iterator[str]:
    if announced.title != now.title:
        yield f"It was announced as “{announced.title}”; it is now called “{now.title}”."
    if announced.purpose != now.purpose:
        yield "What the decision is for has been written anew: the notice states the matter as it was."
    if announced.taker != now.taker:
        yield f"It was to be taken by {announced.taker}; it is now {now.taker or 'nobody named'}."
    elif announced.members != now.members:
        yield "The members of the body that takes it have changed."
    if now.closed > announced.closed:
        yield f"It was announced as {announced.restriction}; it is now {now.restriction}."


def _may_be_on(when: Timing, on: date) -> bool:
    if when.first is None or when.last is None:
        return False
    return when.first <= on and (when.kind is TimingKind.NOT_BEFORE or on <= when.last)
