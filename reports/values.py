"""What the cells of a report are made of: units, providers, money that may be a range or withheld, expected dates."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Edition(StrEnum):
    """Who the copy is for: everybody, or only those entitled to exempt information."""

    OPEN = "open"
    EXEMPT = "exempt"


@dataclass(frozen=True)
class Threshold:
    """The value above which commissioned services print: an amount and whether the amount itself is in."""

    amount: Decimal
    #: "at least" puts the amount itself in; "more than" leaves it out.
    at_least: bool = False


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A directorate and a division of it, with their places in the structure chart."""

    directorate: str
    division: str = ""
    directorate_order: int = 0
    division_order: int = 0

    @property
    def sort_key(self) -> tuple[int, str, bool, int, str]:
        """Follow the structure chart; what has no division comes last."""
        return (self.directorate_order, self.directorate, not self.division, self.division_order, self.division)


@dataclass(frozen=True)
class Party:
    """A provider as a cell names it."""

    name: str
    #: "VCSE", "SME", "Public body": printed in brackets after the name where the column asks for it.
    kind: str = ""
    #: A company the council owns, wholly or in part: printed with a dagger.
    council_owned: bool = False
    #: A sole trader whose name open editions do not print.
    masked: bool = False


@dataclass(frozen=True)
class Withheld:
    """Why an amount is exempt, and the band that may stand for it in open editions."""

    #: As printed in brackets: "Sch 12A para 3".
    ground: str
    #: "£1m to £5m": printed instead of an exempt estimate; never added to a total.
    band: str = ""


@dataclass(frozen=True)
class Money:
    """An amount in pounds: one figure, a range, a figure not known, or one that is exempt.

    ``Money(Decimal(5))`` is £5, ``Money(low, high)`` a range, ``Money()`` a figure that exists but is not known.
    Where a figure does not apply at all (an in-house service has no contract value) the row says ``None`` instead.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    #: An option has no recorded value, so the true figure may be higher.
    at_least: bool = False
    withheld: Withheld | None = None
    #: Said in a note where the figure is blank.
    why_blank: str = "No confirmed value."

    def __post_init__(self) -> None:
        """Read a single figure as a range of one, and refuse a range that runs backwards."""
        if self.low is not None and self.high is None:
            object.__setattr__(self, "high", self.low)
        if (self.low is None) != (self.high is None):
            message = "A range of money needs its low end as well as its high end"
            raise ValueError(message)
        if self.low is not None and self.high is not None and self.low > self.high:
            message = f"A range of money runs from low to high, not from {self.low} to {self.high}"
            raise ValueError(message)

    @property
    def is_known(self) -> bool:
        """A figure stands here, whether or not everybody may read it."""
        return self.low is not None

    @property
    def is_range(self) -> bool:
        """The two ends differ."""
        return self.low != self.high


@dataclass(frozen=True, kw_only=True)
class Timing:
    """When a decision is expected: a quarter of a financial year, a year, or not yet known.

    ``year`` is the year in which the financial year starts: 2016 for 2016-17.
    """

    year: int | None = None
    quarter: int | None = None
    not_before: date | None = None
    #: Decided after the draft, before publication: printed "taken on ...".
    taken_on: date | None = None
    #: Where it slipped from, as it was printed then: "Q3 2015-16".
    originally: str = ""

    @property
    def sort_key(self) -> tuple[int, int]:
        """Order by year, then quarter; a year without a quarter follows its quarters, no year comes last."""
        return (self.year if self.year is not None else 9999, self.quarter if self.quarter is not None else 5)
