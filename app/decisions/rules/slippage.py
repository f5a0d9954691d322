"""How far an expected decision has moved since its timing was first known."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from app.core.dates import MONTHS_IN_A_YEAR
from app.decisions.rules.timing import Timing


@dataclass(frozen=True)
class Slippage:
    """From when to when, by the last day each may mean; how often it has moved."""

    original: Timing
    now: Timing
    moves: int

    @property
    def is_slipped(self) -> bool:
        return bool(self.original.last and self.now.last and self.now.last > self.original.last)

    @property
    def months(self) -> int | None:
        """Whole months, later positive, earlier negative; None where either is not known."""
        if self.original.last is None or self.now.last is None:
            return None
        return whole_months(self.original.last, self.now.last)

    @property
    def far(self) -> str:
        """How far, in words: "6 months later", "12 days earlier"."""
        if self.original.last is None or self.now.last is None:
            return "cannot be told: one of the two is not known"
        if self.original.last == self.now.last:
            return "not at all"
        months, days = self.months or 0, (self.now.last - self.original.last).days
        side = "later" if days > 0 else "earlier"
        number, unit = (abs(months), "month") if months else (abs(days), "day")
        return f"{number} {unit}{'s' if number != 1 else ''} {side}"


def whole_months(first: date, second: date) -> int:
    """Towards the first: from 31 March to 30 June are three months, to 29 June two."""
    if second < first:
        return -whole_months(second, first)
    months = (second.year - first.year) * MONTHS_IN_A_YEAR + second.month - first.month
    return months - (second.day < first.day and second.day < monthrange(second.year, second.month)[1])
