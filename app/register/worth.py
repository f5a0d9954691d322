"""What several contracts come to: each arrangement once, whole life and annual apart, and what is left out counted."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from app.core.money import pounds, pounds_short

ZERO = Decimal(0)


@dataclass(frozen=True)
class Worth:
    """Pounds of what is counted, with how many rows stand behind them and how many could not be added."""

    #: Rows counted: contracts, and arrangements valued as one.
    counted: int = 0
    low: Decimal = ZERO
    high: Decimal = ZERO
    #: Rows with a whole-life value, which ``low`` and ``high`` add.
    valued: int = 0
    #: Pounds a year of rows whose value is known by the year only.
    year_low: Decimal = ZERO
    year_high: Decimal = ZERO
    by_year: int = 0
    #: Amounts exempt from this reader.
    withheld: int = 0
    #: Contracts with several providers whose shares are not recorded.
    shared: int = 0

    def __add__(self, other: "Worth") -> "Worth":
        return Worth(
            self.counted + other.counted,
            self.low + other.low,
            self.high + other.high,
            self.valued + other.valued,
            self.year_low + other.year_low,
            self.year_high + other.year_high,
            self.by_year + other.by_year,
            self.withheld + other.withheld,
            self.shared + other.shared,
        )

    @property
    def unknown(self) -> int:
        return self.counted - self.valued - self.by_year - self.withheld - self.shared

    @property
    def short(self) -> str:
        """As a table says it: "£12.4m", "£1.2m to £1.8m, and £0.3m a year"."""
        return self._said(pounds_short)

    @property
    def exact(self) -> str:
        """As a record page says it."""
        return self._said(pounds)

    def _said(self, say: Callable[[Decimal], str]) -> str:
        ends = _ends(self.low, self.high, say) if self.valued else ""
        yearly = f"{_ends(self.year_low, self.year_high, say)} a year" if self.by_year else ""
        return ", and ".join(part for part in (ends, yearly) if part)

    @property
    def left_out(self) -> str:
        """What the figure does not add: "1 exempt, 2 shared, 3 with no value recorded"."""
        parts = (
            (self.withheld, "exempt"),
            (self.shared, "shared between providers"),
            (self.unknown, "with no value recorded"),
        )
        return ", ".join(f"{number:,} {words}" for number, words in parts if number)


def _ends(low: Decimal, high: Decimal, say: Callable[[Decimal], str]) -> str:
    return " to ".join(dict.fromkeys((say(low), say(high))))
