"""Where things stand in a picture. Pure: percentages across, pixels down, whole numbers throughout; the template draws.

Widths are per cent, so that a picture fits a phone and its words keep their size. Every picture carries its own table.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.core.dates import day
from app.core.money import pounds_short

#: A bar's row: its words above, the bar below them.
ROW_HEIGHT = 46
#: A value that is there at all can be seen.
THINNEST = Decimal("0.5")
TENTH = Decimal("0.1")
HUNDRED = Decimal(100)
#: A marker takes this much of the narrowest phone; nearer ones stand above each other.
MARKER_WIDTH = Decimal("7.5")
LEVEL_HEIGHT = 28
#: The line of a chain keeps clear of the edges, so that its end markers are whole.
EDGE = Decimal(4)


@dataclass(frozen=True)
class Part:
    """One stretch of a bar: what it is part of ("Confirmed"), and how much."""

    name: str
    value: Decimal


@dataclass(frozen=True)
class Bar:
    """One quarter, provider or delivery route, with its parts in order."""

    label: str
    parts: tuple[Part, ...]
    #: Words beside the figure, such as "3 decisions".
    note: str = ""
    #: The list of what the bar adds.
    href: str = ""

    @property
    def total(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal(0))


@dataclass(frozen=True)
class Stretch:
    """A part, drawn."""

    name: str
    figure: str
    x: Decimal
    width: Decimal
    tone: int


@dataclass(frozen=True)
class DrawnBar:
    label: str
    figure: str
    note: str
    href: str
    y: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class BarPicture:
    """Bars one under another, and the same figures for the table beside them."""

    title: str
    heading: str
    description: str
    series: tuple[str, ...]
    bars: tuple[DrawnBar, ...]

    @property
    def height(self) -> int:
        return ROW_HEIGHT * len(self.bars)


def bars(
    title: str, rows: Iterable[Bar], *, heading: str, figure: Callable[[Decimal], str] = pounds_short
) -> BarPicture:
    """Lay out the bars against the longest of them; ``heading`` names what each one is ("Quarter")."""
    every = tuple(rows)
    longest = max((bar.total for bar in every), default=Decimal(0))
    series = tuple(dict.fromkeys(part.name for bar in every for part in bar.parts))
    drawn = tuple(drawn_bar(bar, number, longest, series, figure) for number, bar in enumerate(every))
    return BarPicture(title, heading, described(drawn), series, drawn)


def linked_from(picture: BarPicture, address: str) -> BarPicture:
    """The same picture on another page: a link to a place on its own page leads to that place at the address."""
    moved = (replace(bar, href=f"{address}{bar.href}") if bar.href.startswith("#") else bar for bar in picture.bars)
    return replace(picture, bars=tuple(moved))


def leading(bar: DrawnBar, address: str) -> DrawnBar:
    """The same bar, opening another list."""
    return replace(bar, href=address)


def with_bars(picture: BarPicture, title: str, drawn: tuple[DrawnBar, ...]) -> BarPicture:
    """The same bars under another title."""
    return replace(picture, title=title, bars=drawn)


def drawn_bar(
    bar: Bar, number: int, longest: Decimal, series: Sequence[str], figure: Callable[[Decimal], str]
) -> DrawnBar:
    x = Decimal(0)
    stretches = []
    for part in bar.parts:
        width = share(part.value, longest)
        stretches.append(Stretch(part.name, figure(part.value), x, width, series.index(part.name) + 1))
        x += width
    return DrawnBar(bar.label, figure(bar.total), bar.note, bar.href, number * ROW_HEIGHT, tuple(stretches))


def share(value: Decimal, longest: Decimal) -> Decimal:
    """The value as per cent of the longest bar, in tenths."""
    if value <= 0 or longest <= 0:
        return Decimal(0)
    return max((value / longest * HUNDRED).quantize(TENTH, ROUND_HALF_UP), THINNEST)


def described(drawn: Sequence[DrawnBar]) -> str:
    """The picture in words, for those who do not see it."""
    return "; ".join(f"{bar.label}: {bar.figure}" + (f", {bar.note}" if bar.note else "") for bar in drawn) + "."


@dataclass(frozen=True)
class Step:
    """One date of a chain, with the rule it comes by and where the rule stands."""

    on: date
    label: str
    working: str = ""
    source: str = ""
    #: It has happened, so that a past day is no alarm.
    done: bool = False


@dataclass(frozen=True)
class DrawnStep:
    number: int
    on: date
    label: str
    working: str
    source: str
    state: str
    x: Decimal
    level: int = 0

    @property
    def past(self) -> bool:
        return self.state == PAST


PAST = "Already past"
DONE = "Done"


@dataclass(frozen=True)
class ChainPicture:
    """Dates to scale along a line, numbered as in the table beside it, with today marked."""

    title: str
    description: str
    steps: tuple[DrawnStep, ...]
    first: date
    last: date
    today_x: Decimal

    @property
    def line_y(self) -> int:
        return LEVEL_HEIGHT * (max((step.level for step in self.steps), default=0) + 1) + 4

    @property
    def height(self) -> int:
        return self.line_y + 48

    def marker_y(self, step: DrawnStep) -> int:
        return self.line_y - LEVEL_HEIGHT * (step.level + 1) + 8


def chain(title: str, steps: Iterable[Step], *, today: date) -> ChainPicture:
    """Lay out the dates between the earliest and the latest of them and today."""
    ordered = sorted(steps, key=lambda step: step.on)
    days = [today, *(step.on for step in ordered)]
    first, last = min(days), max(days)
    placed = [
        DrawnStep(number, one.on, one.label, one.working, one.source, state(one, today), along(one.on, first, last))
        for number, one in enumerate(ordered, 1)
    ]
    words = "; ".join(f"{one.number}, {one.label}, {day(one.on)}" for one in placed)
    return ChainPicture(title, f"{words}.", raised(placed), first, last, along(today, first, last))


def state(step: Step, today: date) -> str:
    if step.done:
        return DONE
    return PAST if step.on < today else ""


def along(on: date, first: date, last: date) -> Decimal:
    """How far along the line a day stands, in tenths of a per cent."""
    span = (last - first).days
    if not span:
        return HUNDRED / 2
    return (EDGE + (HUNDRED - 2 * EDGE) * (on - first).days / span).quantize(TENTH, ROUND_HALF_UP)


def raised(steps: Sequence[DrawnStep]) -> tuple[DrawnStep, ...]:
    """Each marker on the lowest level where it does not cover the one before."""
    ends: list[Decimal] = []
    lifted = []
    for step in steps:
        level = next((level for level, end in enumerate(ends) if step.x - end >= MARKER_WIDTH), len(ends))
        ends[level : level + 1] = [step.x]
        lifted.append(replace(step, level=level))
    return tuple(lifted)
