"""A figure's course over time, drawn against what was asked of it. Pure, as in ``core.pictures``: the template draws.

Along the line stand days to scale, in per cent of the width; figures stand in whole pixels, so that words keep their
size. Every picture carries its own table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from app.core.pictures import along

#: Room for the line, and for a marker above and below it.
HEIGHT, MARGIN = 160, 14


@dataclass(frozen=True)
class Point:
    """A figure on a day."""

    on: date
    value: Decimal


@dataclass(frozen=True)
class CourseRow:
    """The picture's figures as its table says them."""

    label: str
    measured: str
    asked: str
    note: str = ""


@dataclass(frozen=True)
class Placed:
    x: Decimal
    y: int


@dataclass(frozen=True)
class CoursePicture:
    """What was measured, as markers on a line, and what was asked, as a broken line."""

    title: str
    headings: tuple[str, str, str]
    description: str
    rows: tuple[CourseRow, ...]
    markers: tuple[Placed, ...]
    measured: tuple[tuple[Placed, Placed], ...]
    asked: tuple[tuple[Placed, Placed], ...]
    first: date
    last: date
    height: int = HEIGHT + 2 * MARGIN


def course(
    title: str,
    measured: Sequence[Point],
    asked: Sequence[Point],
    rows: Sequence[CourseRow],
    *,
    headings: tuple[str, str, str],
    from_zero: bool = False,
) -> CoursePicture | None:
    """Lay out both lines between the earliest and the latest of their days; None where nothing was measured."""
    if not measured:
        return None
    every = [*measured, *asked]
    first, last = min(one.on for one in every), max(one.on for one in every)
    values = [one.value for one in every] + ([Decimal(0)] if from_zero else [])
    low, high = min(values), max(values)

    def placed(points: Sequence[Point]) -> list[Placed]:
        return [Placed(along(one.on, first, last), _height(one.value, low, high)) for one in points]

    markers = placed(measured)
    words = "; ".join(f"{row.label}: {row.measured}" + (f" against {row.asked}" if row.asked else "") for row in rows)
    return CoursePicture(
        title, headings, f"{words}.", tuple(rows), tuple(markers), tuple(pairwise(markers)),
        tuple(pairwise(placed(asked))), first, last,
    )  # fmt: skip


def _height(value: Decimal, low: Decimal, high: Decimal) -> int:
    """From the top, in pixels."""
    if high == low:
        return MARGIN + HEIGHT // 2
    share = (high - value) / (high - low)
    return MARGIN + int((share * HEIGHT).quantize(Decimal(1), ROUND_HALF_UP))
