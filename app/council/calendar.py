"""The council's calendar: financial years, quarters, working days and clear days. Bank holidays are handed in."""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from typing_extensions import override

from app.core.dates import YEARS, add_months
from app.core.errors import Refusal

APRIL = 4
SATURDAY = 5
QUARTERS = 4
_YEAR = re.compile(r"([0-9]{4})\s*[-/\N{EN DASH}]\s*([0-9]{4}|[0-9]{2})")
_QUARTER = re.compile(r"(?:q|quarter )\s*([1-4])\b[\s,]*(?:of )?(.+)")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class FinancialYear:
    """1 April to 31 March, named by the year it begins in and written 2015-16."""

    start: int

    @classmethod
    def parse(cls, text: str) -> Self:
        found = _YEAR.fullmatch(text.strip())
        if found is None or (int(found[1]) + 1 - int(found[2])) % (100 if len(found[2]) == 2 else 10_000):  # noqa: PLR2004
            raise Refusal(f"“{text.strip()}” is not a financial year: write it like 2015-16")
        if int(found[1]) not in YEARS:
            raise Refusal(f"The year {found[1]} is out of range: enter one between {YEARS[0]} and {YEARS[-1]}")
        return cls(int(found[1]))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year if day.month >= APRIL else day.year - 1)

    @property
    def first(self) -> date:
        return date(self.start, APRIL, 1)

    @property
    def last(self) -> date:
        return (self + 1).first - ONE_DAY

    @property
    def quarters(self) -> tuple["Quarter", ...]:
        return tuple(Quarter(self, number) for number in range(1, QUARTERS + 1))

    def __add__(self, years: int) -> Self:
        return type(self)(self.start + years)

    @override
    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02}"


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a financial year; quarter 1 is April to June. Written Q2 2016-17."""

    year: FinancialYear
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= QUARTERS:
            raise Refusal(f"There is no quarter {self.number}: quarters run from 1 (April to June) to 4")

    @classmethod
    def parse(cls, text: str) -> Self:
        found = _QUARTER.fullmatch(text.strip().lower())
        if found is None:
            raise Refusal(f"“{text.strip()}” is not a quarter: write it like Q2 2016-17")
        return cls(FinancialYear.parse(found[2]), int(found[1]))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(FinancialYear.of(day), (day.month - APRIL) % 12 // 3 + 1)

    @property
    def first(self) -> date:
        return add_months(self.year.first, 3 * (self.number - 1))

    @property
    def last(self) -> date:
        return add_months(self.first, 3) - ONE_DAY

    def __add__(self, quarters: int) -> Self:
        years, number = divmod(self.number - 1 + quarters, QUARTERS)
        return type(self)(self.year + years, number + 1)

    @override
    def __str__(self) -> str:
        return f"Q{self.number} {self.year}"


class DayBasis(StrEnum):
    """How a period of days is counted; constitutions differ."""

    CALENDAR = "calendar"
    WORKING = "working"


def is_working_day(day: date, holidays: Container[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(day: date, number: int, holidays: Container[date]) -> date:
    """Count working days on (or back, when negative); ``day`` itself is not counted."""
    step = ONE_DAY if number >= 0 else -ONE_DAY
    for _ in range(abs(number)):
        day += step
        while not is_working_day(day, holidays):
            day += step
    return day


def next_working_day(day: date, holidays: Container[date]) -> date:
    """The day itself when it is a working day, else the first one after it."""
    return add_working_days(day - ONE_DAY, 1, holidays)


#: R v Swansea CC ex p Elitestone (1993): neither the day of publication nor the day of decision is a clear day.
def earliest_after_clear_days(
    published: date, days: int, *, basis: DayBasis, holidays: Container[date] = frozenset()
) -> date:
    """The first lawful day. A period of working days ends in a working day; one of calendar days may end in any."""
    if basis is DayBasis.WORKING:
        return add_working_days(published, days + 1, holidays)
    return published + timedelta(days=days + 1)


def latest_before_clear_days(
    decided: date, days: int, *, basis: DayBasis, holidays: Container[date] = frozenset()
) -> date:
    """The last day to publish for a decision on ``decided``; a working day where the period is counted in them."""
    if basis is DayBasis.WORKING:
        return add_working_days(decided + ONE_DAY, -(days + 2), holidays)
    return decided - timedelta(days=days + 1)


def clear_days_between(
    published: date, decided: date, *, basis: DayBasis, holidays: Container[date] = frozenset()
) -> int:
    """How many days lie wholly between the two."""
    between = (published + timedelta(days=n) for n in range(1, (decided - published).days))
    return sum(basis is DayBasis.CALENDAR or is_working_day(day, holidays) for day in between)


class Unit(StrEnum):
    """What a length of time is counted in."""

    MONTHS = "months"
    DAYS = "days"
    WORKING_DAYS = "working days"


@dataclass(frozen=True)
class Span:
    """A length of time, such as a notice period: 6 months, 29 days, 8 working days."""

    number: int
    unit: Unit

    def before(self, day: date, holidays: Container[date] = frozenset()) -> date:
        return before(day, (self,), holidays)

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.unit if self.number != 1 else self.unit.removesuffix('s')}"


def before(day: date, spans: tuple[Span, ...], holidays: Container[date] = frozenset()) -> date:
    """Count the spans back from ``day`` in one step: months (clipped to the month's end), days, working days."""
    total = {unit: sum(span.number for span in spans if span.unit is unit) for unit in Unit}
    earlier = add_months(day, -total[Unit.MONTHS]) - timedelta(days=total[Unit.DAYS])
    return add_working_days(earlier, -total[Unit.WORKING_DAYS], holidays)
