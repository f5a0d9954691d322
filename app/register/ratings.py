"""How a result is rated against its target. Plain rules.

The five ratings are those of a contract performance notice: Procurement Act 2023, s.71; Procurement Regulations 2024,
reg 39 (UK9). A person chooses; the target only suggests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.register.service_levels import Direction

HUNDRED = Decimal(100)


class Rating(StrEnum):
    """In the words of reg 39."""

    GOOD = "good"
    APPROACHING = "approaching target"
    REQUIRES_IMPROVEMENT = "requires improvement"
    INADEQUATE = "inadequate"
    OTHER = "other"

    @property
    def is_below(self) -> bool:
        """Below the target and below what is close to it."""
        return self in {Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE}


#: What each means, as the notice explains it.
MEANINGS = {
    Rating.GOOD: "Meets the target or exceeds it",
    Rating.APPROACHING: "Close to the target",
    Rating.REQUIRES_IMPROVEMENT: "Below the target",
    Rating.INADEQUATE: "Significantly below the target",
    Rating.OTHER: "Cannot be described as any of these",
}


@dataclass(frozen=True)
class Tolerances:
    """From how many per cent of a target a result is close to it, and from how many it is only below it."""

    approaching: Decimal = Decimal(95)
    improvement: Decimal = Decimal(80)


def suggested_rating(
    figure: Decimal | None, target: Decimal | None, better: Direction, tolerances: Tolerances
) -> Rating | None:
    """What the target suggests; None where it suggests nothing. 95 per cent of a limit not to pass is 105 of it."""
    if figure is None or target is None:
        return None
    if _meets(figure, target, better):
        return Rating.GOOD
    if target <= 0:
        return None
    share = figure / target * HUNDRED if better is Direction.HIGHER else 2 * HUNDRED - figure / target * HUNDRED
    if share >= tolerances.approaching:
        return Rating.APPROACHING
    return Rating.REQUIRES_IMPROVEMENT if share >= tolerances.improvement else Rating.INADEQUATE


def _meets(figure: Decimal, target: Decimal, better: Direction) -> bool:
    return figure >= target if better is Direction.HIGHER else figure <= target


def periods_below(ratings: Sequence[Rating]) -> int:
    """How many of the latest periods running are below target; the ratings in the order of their periods."""
    count = 0
    for rating in reversed(ratings):
        if not rating.is_below:
            break
        count += 1
    return count
