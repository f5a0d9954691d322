"""A committee system's published list against what the register expects: which is which, and where they differ."""

import difflib
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.dates import MONTHS, day, parse_day
from app.core.errors import Refusal
from app.core.money import pounds
from app.core.text import fold, words
from app.council.calendar import FinancialYear, Quarter
from app.council.rules import NoticePeriods
from app.decisions.rules.announced import covers
from app.decisions.rules.notice import days_short, earliest_decision
from app.decisions.rules.timing import Timing, TimingKind

#: Titles that are at least so alike are suggested; a person confirms.
NEAR = 0.72
NONE_OF_A_KIND = "Not said"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of a forward plan."""

    title: str
    reference: str | None = None
    taker: str | None = None
    #: As the list says it: "Not before 5th Nov 2025".
    due_words: str | None = None
    due: Timing = Timing.not_known()  # noqa: RUF009 - a frozen value
    first_published_on: date | None = None
    department: str | None = None
    lead_officer: str | None = None
    status: str | None = None
    is_key: bool | None = None
    #: Taken under urgency procedures, and why.
    urgency: str | None = None
    restriction: str | None = None
    value: Decimal | None = None
    url: str | None = None

    @property
    def key(self) -> str:
        return item_key(self.reference, self.title)


def item_key(reference: str | None, title: str) -> str:
    """What stays the same from one edition to the next: the reference, else the folded title."""
    return (fold(reference) if reference else fold(title))[:500]


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A decision the register expects, as far as a list may be held against it."""

    id: int
    title: str
    reference: str | None
    taker: str | None
    when: Timing
    restriction: str
    #: Pounds it spends or saves at both ends; None where not known, or not this reader's to see.
    low: Decimal | None = None
    high: Decimal | None = None


# Reading what lists say

_DAY_FIRST = re.compile(
    r"\b([0-9]{1,2})(?:st|nd|rd|th)?[ /.-]+(?:of )?([A-Za-z]{3,9}|[0-9]{1,2})[ ,/.-]+([0-9]{4}|[0-9]{2})\b"
)
_YEAR_FIRST = re.compile(r"\b([0-9]{4})[-/]([0-9]{2})[-/]([0-9]{2})")
_NAME = rf"(?:{'|'.join(month[:3] for month in MONTHS)})[a-z]*"
_MONTH_FIRST = re.compile(rf"\b({_NAME})\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})\b", re.IGNORECASE)
_MONTHS = re.compile(
    rf"(?<![0-9] )\b({_NAME})\.?(?: ?(?:-|/|to|and|or|\u2013) ?({_NAME})\.?)?,? ([0-9]{{4}})\b", re.IGNORECASE
)
_QUARTER = re.compile(r"\bQ[1-4] [0-9]{4}[-/][0-9]{2,4}\b", re.IGNORECASE)
_YEAR = re.compile(r"\b[0-9]{4}[-/][0-9]{2}\b")
#: Also "1 November 2025 - 30 November 2025": a period begins with its first day.
_NOT_BEFORE = re.compile(
    r"\bnot before\b|\bfrom\b|\bafter\b|\bbetween\b|[0-9]{4} ?(?:-|to|\u2013) ?[0-9]{1,2}[ /.]", re.IGNORECASE
)


def read_due(text: str | None) -> Timing:
    """When a list says a decision is due: a day, a day it will not come before, a quarter or year; else not known."""
    said = " ".join((text or "").split())
    found = first_day(said)
    if found is not None:
        return Timing.not_before(found) if _NOT_BEFORE.search(said) else Timing.on(found)
    try:
        if quarter := _QUARTER.search(said):
            return Timing.in_quarter(Quarter.parse(quarter.group(0).lower()))
        if months := _MONTHS.search(said):
            return Timing.not_before(_first_of(*months.groups()))
        if year := _YEAR.search(said):
            return Timing.in_year(FinancialYear.parse(year.group(0)))
    except Refusal:
        pass
    return Timing.not_known()


def first_day(text: str | None) -> date | None:
    """The first date in some words, as British lists write it; None where there is none that exists."""
    for pattern, day_at, month_at, year_at in ((_YEAR_FIRST, 3, 2, 1), (_DAY_FIRST, 1, 2, 3), (_MONTH_FIRST, 2, 1, 3)):
        if found := pattern.search(text or ""):
            try:
                return parse_day(f"{found[day_at]} {found[month_at]} {found[year_at]}")
            except Refusal:
                continue
    return None


def _first_of(first: str, last: str | None, year: str) -> date:
    """Of "January - March 2027"; "December - January 2027" begins in the year before."""
    begins, ends = (parse_day(f"1 {month} {year}") for month in (first, last or first))
    return begins if begins <= ends else begins.replace(year=begins.year - 1)


_REFERENCE = re.compile(r"^\s*([A-Za-z]{0,6}[-/]?[0-9]{2,4}[/-][0-9]{2,6})\s*[-:\u2013\u2014]\s*(?=\S)")


def split_title(title: str) -> tuple[str | None, str]:
    """A reference that stands at the front of a title: "25/00083 - Home care"."""
    found = _REFERENCE.match(title)
    return (found.group(1), title[found.end() :].strip()) if found else (None, title.strip())


# Which is which


@dataclass(frozen=True)
class Settled:
    """What a person said of an item: it is this decision, or none of ours for a reason."""

    decision_id: int | None
    reason: str | None = None


@dataclass(frozen=True)
class Difference:
    """One thing both say, differently."""

    what: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Both:
    """A decision that is on the list, and where the two differ."""

    expected: Expected
    item: Item
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Unexplained:
    """An item no record explains, and the decision whose title is nearest."""

    item: Item
    near: Expected | None


@dataclass(frozen=True)
class Short:
    """An item whose date comes before the notice has run, by its own day of first publication."""

    item: Item
    says: str


@dataclass(frozen=True)
class Comparison:
    """A published list and the register, both ways."""

    both: tuple[Both, ...]
    #: Expected, and not on the list.
    missing: tuple[Expected, ...]
    unexplained: tuple[Unexplained, ...]
    #: None of ours, with the reason a person gave.
    not_ours: tuple[tuple[Item, str], ...]
    #: Not key decisions: the register expects none of them.
    not_key: tuple[Item, ...]
    short: tuple[Short, ...]

    @property
    def differing(self) -> tuple[Both, ...]:
        return tuple(one for one in self.both if one.differences)


def compare(
    items: Sequence[Item],
    every: Sequence[Expected],
    wanted: Container[int],
    settled: Mapping[str, Settled],
    periods: NoticePeriods,
    holidays: Container[date],
) -> Comparison:
    """Match by what a person said, then by reference, then by the whole title where either has no reference and only
    one decision is called that; near titles are only suggested. ``wanted`` are the decisions that the list ought to
    have; any other it may have.
    """
    by_id = {one.id: one for one in every}
    by_reference = {fold(one.reference): one for one in every if one.reference}
    by_title = _called_alone(every)
    both, loose, not_ours = [], [], []
    for item in items:
        said = settled.get(item.key)
        if said is not None and said.reason is not None:
            not_ours.append((item, said.reason))
            continue
        if said is not None:
            found = by_id.get(said.decision_id or 0)
        else:
            found = by_reference.get(fold(item.reference or "")) or _of_that_title(item, by_title)
        if found is None:
            loose.append(item)
        else:
            both.append(Both(found, item, differences(found, item)))
    matched = {one.expected.id for one in both}
    left = [one for one in every if one.id not in matched]
    return Comparison(
        tuple(both),
        tuple(one for one in left if one.id in wanted),
        tuple(Unexplained(item, nearest(item, left)) for item in loose if item.is_key is not False),
        tuple(not_ours),
        tuple(item for item in loose if item.is_key is False),
        tuple(short for item in items if (short := short_notice(item, periods, holidays)) is not None),
    )


def _called_alone(every: Iterable[Expected]) -> Mapping[str, Expected]:
    by_title: defaultdict[str, list[Expected]] = defaultdict(list)
    for one in every:
        by_title[fold(one.title)].append(one)
    return {title: some[0] for title, some in by_title.items() if len(some) == 1}


def _of_that_title(item: Item, by_title: Mapping[str, Expected]) -> Expected | None:
    found = by_title.get(fold(item.title))
    return found if found and not (found.reference and item.reference) else None


def nearest(item: Item, among: Iterable[Expected]) -> Expected | None:
    """The decision whose title is most alike, if any is near."""
    likeness = [(alike(item.title, one.title), one) for one in among]
    best = max(likeness, key=lambda pair: (pair[0], -pair[1].id), default=None)
    return best[1] if best and best[0] >= NEAR else None


def alike(one: str, other: str) -> float:
    """From 0 to 1: by the letters, or by the words of the shorter title that the longer one has too."""
    mine, theirs = words(one), words(other)
    if not mine or not theirs:
        return 0.0
    by_letters = difflib.SequenceMatcher(None, " ".join(mine), " ".join(theirs)).ratio()
    fewer, more = sorted((set(mine), set(theirs)), key=len)
    by_words = len(fewer & more) / len(fewer) if len(fewer) > 2 else 0.0  # noqa: PLR2004 - two words prove little
    return max(by_letters, by_words)


def differences(expected: Expected, item: Item) -> tuple[Difference, ...]:
    """What both say and do not agree on; what one of them leaves out is no difference."""
    found = []
    if fold(expected.title) != fold(item.title):
        found.append(Difference("Title", expected.title, item.title))
    if item.due_words and not _same_time(expected.when, item.due):
        found.append(Difference("Date", str(expected.when), item.due_words))
    if item.taker and not _same_taker(expected.taker, item.taker):
        found.append(Difference("Decision taker", expected.taker or NONE_OF_A_KIND, item.taker))
    if item.restriction and not fold(item.restriction).startswith(fold(expected.restriction)):
        found.append(Difference("Restriction", expected.restriction, item.restriction))
    low, high, value = expected.low, expected.high, item.value
    if value is not None and low is not None and high is not None and not low <= value <= high:
        ours = " to ".join(dict.fromkeys((pounds(low), pounds(high))))
        found.append(Difference("Value", ours, pounds(value)))
    return tuple(found)


def _same_time(ours: Timing, theirs: Timing) -> bool:
    return covers(theirs, ours) or covers(ours, theirs)


def _same_taker(ours: str | None, theirs: str) -> bool:
    """One may name the person and the title, the other the title alone."""
    fewer, more = sorted((_names(ours), _names(theirs)), key=len)
    return bool(fewer) and fewer <= more


def _names(taker: str | None) -> frozenset[str]:
    return frozenset(words(taker or "")) - {"the", "cllr", "councillor", "mr", "mrs", "ms", "dr"}


def short_notice(item: Item, periods: NoticePeriods, holidays: Container[date]) -> Short | None:
    """The arithmetic of the item's own dates; what is taken under urgency needs none, what is not key needs none."""
    published, due = item.first_published_on, item.due
    exact = due.kind in {TimingKind.DAY, TimingKind.NOT_BEFORE}
    if published is None or due.first is None or not exact or item.is_key is False or item.urgency:
        return None
    short = days_short(published, due.first, periods, holidays)
    if not short:
        return None
    earliest = earliest_decision(published, periods, holidays)
    return Short(
        item,
        f"First published on {day(published)}, it says {item.due_words}: that is {short} clear "
        f"day{'s' if short != 1 else ''} short. {earliest.working} is {day(earliest.lawful_on)}",
    )
