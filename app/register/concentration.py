"""How far a sum of money goes to a few: shares, largest first, and what the largest of them carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")
HUNDRED = Decimal(100)
TOPS = (1, 3, 10)


def per_cent(part: Decimal, whole: Decimal) -> Decimal:
    """To a tenth of a per cent; nothing of nothing is nothing."""
    return (part / whole * HUNDRED).quantize(TENTH, ROUND_HALF_UP) if whole else Decimal("0.0")


@dataclass(frozen=True)
class Concentration:
    """What the largest carry of a whole."""

    #: (how many of the largest, their per cent); no more of them than there are.
    tops: tuple[tuple[int, Decimal], ...]
    #: How many of the largest carry half of it.
    carry_half: int


def concentration(amounts: Sequence[Decimal]) -> Concentration:
    """Of the amounts of each, in any order; those of nothing count for nothing."""
    ordered = sorted((amount for amount in amounts if amount > 0), reverse=True)
    whole = sum(ordered, Decimal(0))
    tops = tuple((top, per_cent(sum(ordered[:top], Decimal(0)), whole)) for top in TOPS if top <= len(ordered))
    return Concentration(tops, _carrying_half(ordered, whole))


def _carrying_half(ordered: Sequence[Decimal], whole: Decimal) -> int:
    carried = Decimal(0)
    for number, amount in enumerate(ordered, 1):
        carried += amount
        if carried * 2 >= whole:
            return number
    return 0
