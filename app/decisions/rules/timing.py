"""When a decision is expected: a date, a quarter, a year, or not known yet."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from typing_extensions import override

from app.core.dates import day, parse_day
from app.core.errors import Refusal
from app.council.calendar import FinancialYear, Quarter

NOT_BEFORE = "not before "
_UNKNOWN = frozenset({"", "not known", "not known yet", "not yet known", "timing not yet known"})


class TimingKind(StrEnum):
    """How exactly a timing is known."""

    DAY = "on a date"
    NOT_BEFORE = "not before a date"
    QUARTER = "in a quarter"
    YEAR = "in a financial year"
    NOT_KNOWN = "not known yet"


#: Among timings that end on the same day, the exact one comes first.
_EXACTNESS = {kind: place for place, kind in enumerate(TimingKind)}


@dataclass(frozen=True)
class Timing:
    """When a decision is expected, as exactly as it is known."""

    kind: TimingKind
    #: The date itself, or the first day of the quarter or year.
    first: date | None = None

    def __post_init__(self) -> None:
        if (self.kind is TimingKind.NOT_KNOWN) is not (self.first is None):
            raise Refusal(
                "Give a date, a quarter or a year, or say that the timing is not known yet", field="expected_on"
            )

    @classmethod
    def on(cls, day: date) -> Self:
        return cls(TimingKind.DAY, day)

    @classmethod
    def not_before(cls, day: date) -> Self:
        return cls(TimingKind.NOT_BEFORE, day)

    @classmethod
    def in_quarter(cls, quarter: Quarter) -> Self:
        return cls(TimingKind.QUARTER, quarter.first)

    @classmethod
    def in_year(cls, year: FinancialYear) -> Self:
        return cls(TimingKind.YEAR, year.first)

    @classmethod
    def not_known(cls) -> Self:
        return cls(TimingKind.NOT_KNOWN)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "Q2 2016-17", "2016-17", "5 November 2025", "not before 5 November 2025" or "not known"."""
        written = " ".join(text.lower().split())
        if written in _UNKNOWN:
            return cls.not_known()
        if written.startswith(NOT_BEFORE):
            return cls.not_before(parse_day(written.removeprefix(NOT_BEFORE)))
        if written.startswith("q"):
            return cls.in_quarter(Quarter.parse(written))
        try:
            return cls.in_year(FinancialYear.parse(written))
        except Refusal:
            return cls.on(parse_day(text))

    @property
    def last(self) -> date | None:
        """The last day it may mean; a "not before" says nothing of the last, and stands at its date."""
        if self.first is None:
            return None
        if self.kind is TimingKind.QUARTER:
            return Quarter.of(self.first).last
        return FinancialYear.of(self.first).last if self.kind is TimingKind.YEAR else self.first

    @property
    def sort_key(self) -> tuple[date, int]:
        """By when it must have come: a date before its quarter's end, a quarter before its year's, undated last."""
        return self.last or date.max, _EXACTNESS[self.kind]

    @property
    def in_words(self) -> str:
        """As it stands within a sentence."""
        text = str(self)
        return text[0].lower() + text[1:] if self.kind is TimingKind.NOT_BEFORE else text

    @override
    def __str__(self) -> str:
        if self.first is None:
            return "Timing not yet known"
        return {
            TimingKind.QUARTER: str(Quarter.of(self.first)),
            TimingKind.YEAR: str(FinancialYear.of(self.first)),
            TimingKind.NOT_BEFORE: f"Not before {day(self.first)}",
        }.get(self.kind, day(self.first))
