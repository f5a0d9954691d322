"""The ladder of a contract (3 + 1 + 1): its first term, each step since, each option left, and the running total."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from app.core.dates import day, length_of, months_and_days
from app.core.money import pounds
from app.register.approvals import NO_TOLERANCE, Allowed, Tolerance, Wanted, coverage
from app.register.terms import ONE_DAY, Option, OptionDates, option_dates, option_ends

HUNDRED, TENTH = Decimal(100), Decimal("0.1")


class RungState(StrEnum):
    """What became of a step, or what may."""

    FIRST = "first term"
    TAKEN = "taken up"
    UNPLANNED = "outside the options"
    VARIED = "varied"
    OPEN = "open"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Happened:
    """An extension or a variation that counts, in order."""

    label: str
    state: RungState
    effective_on: date
    #: The end it led to, where it moved it.
    ends_on: date | None
    #: Signed pounds added to the whole-life value.
    value: Decimal | None


@dataclass(frozen=True)
class OptionKept:
    """An option not taken up: open, or lapsed."""

    id: int
    number: int
    option: Option


@dataclass(frozen=True)
class Climb:
    """What a ladder is made of."""

    starts_on: date | None
    awarded_end_on: date | None
    #: Whole life as awarded, at the high end.
    awarded: Decimal | None
    happened: tuple[Happened, ...] = ()
    open: tuple[OptionKept, ...] = ()
    lapsed: tuple[OptionKept, ...] = ()
    #: Months of a full procurement, and of the decision's chain.
    procurement_months: int = 0
    decision_months: int = 0
    allowed: Allowed | None = None
    delegate: str | None = None
    tolerance: Tolerance = NO_TOLERANCE


@dataclass(frozen=True)
class Rung:
    """One step, with what it adds and what it comes to."""

    label: str
    state: RungState
    #: Its first and last day, where it has them: a change of value alone has none.
    from_on: date | None = None
    ends_on: date | None = None
    length: str = ""
    adds: Decimal | None = None
    #: The running total with this step; None where the value as awarded is not known.
    total: Decimal | None = None
    #: A step below adds a sum that is not known.
    at_least: bool = False
    option_id: int | None = None
    notice_months: int | None = None
    dates: OptionDates | None = None
    #: Who may take it up.
    who: str = ""
    #: By how much the total passes the sum approved, in words.
    over: str = ""


@dataclass(frozen=True)
class Ladder:
    rungs: tuple[Rung, ...]
    #: "Decision 15/00086 allows £1,700,000 and £85,000 tolerance".
    allowed: str = ""

    @property
    def open(self) -> tuple[Rung, ...]:
        return tuple(rung for rung in self.rungs if rung.state is RungState.OPEN)


def ladder(climb: Climb) -> Ladder:
    """The steps from the first term upwards; lapsed options come last, and add nothing."""
    rungs = [*_so_far(climb), *_ahead(climb), *_lapsed(climb)]
    summed = list(_running(rungs, climb.awarded))
    return Ladder(tuple(_judged(rung, climb) for rung in summed), allowed_in_words(climb.allowed, climb.tolerance))


def _so_far(climb: Climb) -> list[Rung]:
    end = climb.awarded_end_on
    rungs = [_stretch(Rung("First term", RungState.FIRST), climb.starts_on, end)]
    for one in climb.happened:
        rung = Rung(one.label, one.state, from_on=one.effective_on, adds=one.value)
        if one.ends_on is not None:
            longer = end is not None and one.ends_on > end
            rung = _stretch(rung, end + ONE_DAY if end and longer else one.effective_on, one.ends_on)
            rung = rung if longer else replace(rung, length="")
            end = one.ends_on
        rungs.append(rung)
    return rungs


def _stretch(rung: Rung, first: date | None, last: date | None) -> Rung:
    length = length_of(*months_and_days(first, last)) if first and last and first <= last else ""
    return replace(rung, from_on=first, ends_on=last, length=length)


def current_end(climb: Climb) -> date | None:
    ends = [one.ends_on for one in climb.happened if one.ends_on is not None]
    return ends[-1] if ends else climb.awarded_end_on


def _ahead(climb: Climb) -> list[Rung]:
    end = current_end(climb)
    if end is None:
        return [_without_end(kept, RungState.OPEN) for kept in climb.open]
    rungs = []
    for kept, reached in zip(climb.open, option_ends(end, tuple(one.option for one in climb.open)), strict=True):
        dates = option_dates(
            end, kept.option, procurement_months=climb.procurement_months, decision_months=climb.decision_months
        )
        rung = replace(_without_end(kept, RungState.OPEN), dates=dates)
        rungs.append(_stretch(rung, end + ONE_DAY, reached))
        end = reached
    return rungs


def _lapsed(climb: Climb) -> list[Rung]:
    return [_without_end(kept, RungState.LAPSED) for kept in climb.lapsed]


def _without_end(kept: OptionKept, state: RungState) -> Rung:
    option = kept.option
    length = length_of(option.months) if option.months else f"until {day(option.ends_on)}"
    return Rung(
        f"Option {kept.number}",
        state,
        length=length,
        adds=option.value,
        option_id=kept.id,
        notice_months=option.notice_months,
    )


def _running(rungs: Sequence[Rung], awarded: Decimal | None) -> list[Rung]:
    total, at_least, summed = awarded, False, []
    for rung in rungs:
        if rung.state is RungState.LAPSED or total is None:
            summed.append(rung)
            continue
        at_least = at_least or (rung.state is RungState.OPEN and rung.adds is None)
        total += rung.adds or 0
        summed.append(replace(rung, total=total, at_least=at_least))
    return summed


def limit(allowed: Allowed | None, tolerance: Tolerance) -> Decimal | None:
    """The sum approved with the council's tolerance."""
    if allowed is None or allowed.sum_allowed is None:
        return None
    return allowed.sum_allowed + tolerance.of(allowed.sum_allowed)


def allowed_in_words(allowed: Allowed | None, tolerance: Tolerance) -> str:
    if allowed is None:
        return ""
    if allowed.sum_allowed is None:
        return f"Decision {allowed.reference} names no sum"
    extra = tolerance.of(allowed.sum_allowed)
    above = f", and {pounds(extra)} tolerance" if extra else ""
    return f"Decision {allowed.reference} allows {pounds(allowed.sum_allowed)}{above}"


def _judged(rung: Rung, climb: Climb) -> Rung:
    most = limit(climb.allowed, climb.tolerance)
    if rung.total is not None and most is not None and rung.total > most and climb.allowed is not None:
        sum_allowed = climb.allowed.sum_allowed or Decimal(0)
        rung = replace(rung, over=f"{pounds(rung.total - sum_allowed)} more than the sum approved")
    return replace(rung, who=_who(rung, climb)) if rung.state is RungState.OPEN else rung


def _who(rung: Rung, climb: Climb) -> str:
    """The delegate, where the approval covers the step: a step beyond it needs a decision of its own."""
    allowed = climb.allowed
    if allowed is None:
        return "Not known: no decision is recorded"
    if rung.ends_on is None:
        return f"As decision {allowed.reference} says"
    breaches = coverage(allowed, Wanted(rung.total, rung.ends_on, uses_option=True), climb.tolerance).breaches
    if breaches:
        return f"A new decision. {'. '.join(breaches)}"
    return f"{climb.delegate or 'Whoever took it: it names no delegate'}, under decision {allowed.reference}"


# The picture


@dataclass(frozen=True)
class DrawnRung:
    """A rung as a bar: per cent across, pixels down."""

    rung: Rung
    number: int
    x: Decimal
    width: Decimal
    y: int
    tone: int


@dataclass(frozen=True)
class LadderPicture:
    drawn: tuple[DrawnRung, ...]
    first: date
    last: date
    #: None where today is outside it.
    today_x: Decimal | None
    description: str

    @property
    def height(self) -> int:
        return ROW * len(self.drawn) + 26


ROW = 40
#: Shares a colour with the series of other pictures.
_TONES = {RungState.FIRST: 1, RungState.TAKEN: 2, RungState.UNPLANNED: 4, RungState.VARIED: 4, RungState.OPEN: 3}
NARROWEST = Decimal("0.5")


def picture(found: Ladder, *, today: date) -> LadderPicture | None:
    """To scale, a step to a row; None where the ladder has no two dates to draw between."""
    steps = [rung for rung in found.rungs if rung.length and rung.from_on and rung.ends_on]
    if not steps:
        return None
    first = min(rung.from_on for rung in steps if rung.from_on)
    last = max(rung.ends_on for rung in steps if rung.ends_on)
    drawn = tuple(_drawn(rung, number, first, last) for number, rung in enumerate(steps))
    words = "; ".join(
        f"{one.rung.label}, {one.rung.state}, {one.rung.length} to {day(one.rung.ends_on)}" for one in drawn
    )
    inside = first <= today <= last
    return LadderPicture(drawn, first, last, _across(today, first, last) if inside else None, f"{words}.")


def _drawn(rung: Rung, number: int, first: date, last: date) -> DrawnRung:
    x = _across(rung.from_on or first, first, last)
    end = _across((rung.ends_on or last), first, last)
    return DrawnRung(rung, number + 1, x, max(end - x, NARROWEST), ROW * number, _TONES.get(rung.state, 1))


def _across(on: date, first: date, last: date) -> Decimal:
    return (HUNDRED * (on - first).days / max((last - first).days, 1)).quantize(TENTH, ROUND_HALF_UP)
