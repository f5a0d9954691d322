"""The quarters and years that files are published for, and when each is due."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from typing_extensions import override

from app.core.dates import add_months, day
from app.core.errors import Refusal
from app.council.calendar import FinancialYear, Quarter

#: Local Government Transparency Code 2015, paragraph 27: "not later than one month after the quarter".
MONTHS_TO_PUBLISH = 1
_QUARTER = re.compile(r"([0-9]{4}-[0-9]{2})-[Qq]([1-4])")


class FileKind(StrEnum):
    """Which of the Code's lists: contracts each quarter (paragraph 32), grants each year (paragraph 42)."""

    CONTRACTS = "contracts"
    GRANTS = "grants"

    @property
    def words(self) -> str:
        return {
            FileKind.CONTRACTS: "Contracts register",
            FileKind.GRANTS: "Grants to voluntary, community and social enterprise organisations",
        }[self]


@dataclass(frozen=True)
class Period:
    """A quarter for contracts, written 2026-27-Q2 in an address; a financial year for grants, written 2026-27."""

    year: FinancialYear
    quarter: int | None = None

    @classmethod
    def of_quarter(cls, quarter: Quarter) -> "Period":
        return cls(quarter.year, quarter.number)

    @classmethod
    def parse(cls, text: str) -> "Period":
        found = _QUARTER.fullmatch(text.strip())
        if found is not None:
            return cls(FinancialYear.parse(found[1]), int(found[2]))
        try:
            return cls(FinancialYear.parse(text))
        except Refusal as refusal:
            raise Refusal(
                f"“{text.strip()}” is no period: write a quarter like 2026-27-Q2, or a year like 2026-27 for grants"
            ) from refusal

    @property
    def kind(self) -> FileKind:
        return FileKind.GRANTS if self.quarter is None else FileKind.CONTRACTS

    @property
    def first(self) -> date:
        return self._quarter.first if self.quarter is not None else self.year.first

    @property
    def last(self) -> date:
        return self._quarter.last if self.quarter is not None else self.year.last

    @property
    def _quarter(self) -> Quarter:
        return Quarter(self.year, self.quarter or 1)

    @property
    def due_on(self) -> date:
        return add_months(self.last, MONTHS_TO_PUBLISH)

    def has_ended(self, today: date) -> bool:
        return self.last < today

    @property
    def before(self) -> "Period":
        """The period before it, with which its file is compared."""
        if self.quarter is None:
            return Period(self.year + -1)
        return Period.of_quarter(self._quarter + -1)

    @property
    def key(self) -> str:
        """As an address and a file name say it."""
        return str(self.year) if self.quarter is None else f"{self.year}-Q{self.quarter}"

    @property
    def words(self) -> str:
        """As "July to September 2026" or "1 April 2026 to 31 March 2027"."""
        if self.quarter is None:
            return f"{day(self.first)} to {day(self.last)}"
        month, last = day(self.first).split()[1], day(self.last).split()
        return f"{month} to {last[1]} {last[2]}"

    @override
    def __str__(self) -> str:
        return f"{self.year}" if self.quarter is None else f"Quarter {self.quarter} of {self.year}"


def check_ended(period: Period, today: date) -> None:
    """What has not ended is not published: it would be another file on its last day."""
    if not period.has_ended(today):
        raise Refusal(f"{period} ends on {day(period.last)}: publish it from the day after")


def latest_ended(today: date) -> Period:
    """The last quarter that is over."""
    return Period.of_quarter(Quarter.of(today) + -1)


def quarters_back(today: date, number: int) -> list[Period]:
    """The last so many quarters that are over, latest first."""
    latest = Quarter.of(today)
    return [Period.of_quarter(latest + -back) for back in range(1, number + 1)]


def years_back(today: date, number: int) -> list[Period]:
    """The last so many financial years that are over, latest first."""
    return [Period(FinancialYear.of(today) + -back) for back in range(1, number + 1)]
