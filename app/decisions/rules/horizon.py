"""What counts as forthcoming, and how far ahead the council looks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.dates import day, last_day_of_term
from app.council.calendar import FinancialYear
from app.decisions.rules.timing import Timing

#: Screens roll on from today, whatever the plan year.
SCREEN_MONTHS = 36


@dataclass(frozen=True)
class Horizon:
    """The days looked at, both ends included."""

    first: date
    last: date

    def reaches(self, timing: Timing) -> bool:
        """No lower bound: what is late still waits. A quarter or year counts if any day of it falls inside."""
        return timing.first is None or timing.first <= self.last


def plan_horizon(year: FinancialYear, *, years: int) -> Horizon:
    """From the start of the plan year: three years of 2015-16 run to 31 March 2018."""
    return Horizon(year.first, (year + (years - 1)).last)


def rolling_horizon(today: date, *, months: int = SCREEN_MONTHS) -> Horizon:
    return Horizon(today, last_day_of_term(today, months))


@dataclass(frozen=True)
class Awaited:
    """An activity, as far as being forthcoming matters."""

    needs_key_decision: bool
    timing: Timing
    decided_on: date | None = None
    withdrawn: bool = False


class Standing(StrEnum):
    """Where an activity stands among the forthcoming ones."""

    COMING = "coming"
    UNDATED = "timing not yet known"
    #: Decided between the draft and its publication: still printed, with the date.
    TAKEN_SINCE = "taken since"
    DECIDED = "already decided"
    BEYOND = "beyond the horizon"
    NOT_KEY = "no key decision needed"
    WITHDRAWN = "withdrawn"

    @property
    def is_forthcoming(self) -> bool:
        return self in {Standing.COMING, Standing.UNDATED, Standing.TAKEN_SINCE}


def standing(awaited: Awaited, horizon: Horizon, *, as_at: date) -> Standing:
    """Forthcoming: it needs a key decision, expected up to the horizon's end, and was undecided as at a day."""
    if awaited.withdrawn:
        return Standing.WITHDRAWN
    if not awaited.needs_key_decision:
        return Standing.NOT_KEY
    if awaited.decided_on is not None and awaited.decided_on <= as_at:
        return Standing.DECIDED
    if not horizon.reaches(awaited.timing):
        return Standing.BEYOND
    if awaited.decided_on is not None:
        return Standing.TAKEN_SINCE
    return Standing.UNDATED if awaited.timing.first is None else Standing.COMING


def when_in_words(awaited: Awaited, *, as_at: date) -> str:
    """What the annex prints: "Q2 2016-17", "taken on 3 May 2015", "Timing not yet known"."""
    if awaited.decided_on is not None and awaited.decided_on > as_at:
        return f"taken on {day(awaited.decided_on)}"
    return str(awaited.timing)
