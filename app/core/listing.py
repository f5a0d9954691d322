"""What a list page asks and shows: the address bar is the view, so everything here reads it and writes it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar
from urllib.parse import urlencode

from typing_extensions import override
from werkzeug.datastructures import MultiDict

from app.core.dates import day, parse_day
from app.core.errors import Refusal
from app.core.forms import Choice, Problem, sentence_case, tidied
from app.core.money import parse_pounds, pounds

T = TypeVar("T")
Row = TypeVar("Row")
E = TypeVar("E", bound=StrEnum)

ROWS_ON_A_PAGE = 25
#: No list of a council is longer than this many pages; a larger number is a mistake, or mischief.
LAST_PAGE = 1_000_000
#: Pages named in the page links on either side of the one shown.
NEIGHBOURS = 1
LONGEST_WORDS = 200
#: PostgreSQL's integer; SQLite's holds more.
LARGEST_KEY = 2**31 - 1


class FilterKind(StrEnum):
    WORDS = "words"
    CHOICE = "choice"
    DAY = "day"
    POUNDS = "pounds"


@dataclass(frozen=True)
class Filter:
    """One question of the filter panel, by the name it has in the address bar."""

    name: str
    label: str
    kind: FilterKind = FilterKind.WORDS
    choices: tuple[Choice[str], ...] = ()
    #: False for a filter that only links bring, as a provider's page does: it has a tag, and no input.
    in_panel: bool = True
    hint: str = ""
    #: What a choice not made means.
    blank: str = "All"


def words(name: str, label: str, *, hint: str = "") -> Filter:
    return Filter(name, label, FilterKind.WORDS, hint=hint)


def choice(name: str, label: str, choices: Iterable[Choice[T]], *, in_panel: bool = True) -> Filter:
    as_text = tuple(Choice(option.key, option.label) for option in choices)
    return Filter(name, label, FilterKind.CHOICE, as_text, in_panel=in_panel)


def one_of(name: str, label: str, kind: type[E]) -> Filter:
    return choice(name, label, (Choice(member.value, sentence_case(member.value)) for member in kind))


def on_day(name: str, label: str) -> Filter:
    return Filter(name, label, FilterKind.DAY)


def amount(name: str, label: str) -> Filter:
    return Filter(name, label, FilterKind.POUNDS)


@dataclass(frozen=True)
class Sort:
    """The column a list is in the order of; written "ends_on" or "-ends_on"."""

    column: str
    descending: bool = False

    @classmethod
    def parse(cls, text: str) -> "Sort":
        return cls(text.removeprefix("-"), text.startswith("-"))

    @override
    def __str__(self) -> str:
        return f"-{self.column}" if self.descending else self.column

    def turned(self) -> "Sort":
        return Sort(self.column, not self.descending)


@dataclass(frozen=True)
class AppliedFilter:
    """A filter in force, as a tag with the address of the same list without it."""

    label: str
    value: str
    remove_url: str


@dataclass(frozen=True)
class PageLink:
    """One of the page links; without a number it stands for the pages left out."""

    number: int | None = None
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Listing:
    """What the address bar asks of one list: filters, sort and page, read once and typed on the way out."""

    path: str
    args: "MultiDict[str, str]"
    filters: tuple[Filter, ...]
    sort: Sort
    page: int = 1
    #: What could not be understood, by the filter's name: shown in the panel, and left out of the query.
    mistakes: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        return tidied(self.args.get(name, ""))[:LONGEST_WORDS] or None

    def number(self, name: str) -> int | None:
        """An id out of a choice."""
        return whole_number(self.args.get(name, ""))

    def member(self, name: str, kind: type[E]) -> E | None:
        written = self.args.get(name, "")
        return next((member for member in kind if member.value == written), None)

    def day(self, name: str) -> date | None:
        return understood(parse_day, self.text(name))

    def pounds(self, name: str) -> Decimal | None:
        return understood(parse_pounds, self.text(name))

    def ticked(self, name: str) -> bool:
        return bool(self.text(name))

    def url(self, **changes: object) -> str:
        """The same list with these changes (None takes one away); back on page one unless a page is named."""
        gone = {"page", *changes}
        kept = [(name, value) for name, value in self.args.items(multi=True) if value and name not in gone]
        asked = kept + [(name, str(value)) for name, value in changes.items() if value is not None]
        return f"{self.path}?{urlencode(asked)}" if asked else self.path

    def download_url(self, ending: str) -> str:
        """The whole list, not the page, as a file: "/contracts.csv?q=care"."""
        return self.url().replace(self.path, f"{self.path}.{ending}", 1)

    def sort_url(self, column: str) -> str:
        """Sorting by another column starts upwards; by the same one turns it round."""
        return self.url(sort=self.sort.turned() if column == self.sort.column else Sort(column))

    def aria_sort(self, column: str) -> str:
        if column != self.sort.column:
            return "none"
        return "descending" if self.sort.descending else "ascending"

    def written(self, name: str) -> str:
        """What the filter's input holds: an understood date or amount said back in full, else what was typed."""
        wanted = next((one for one in self.filters if one.name == name), None)
        typed = self.text(name) or ""
        return typed if wanted is None or name in self.mistakes else said_back(wanted, typed)

    @property
    def panel(self) -> tuple[Filter, ...]:
        return tuple(one for one in self.filters if one.in_panel)

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """What the panel's form sends along unseen: the sort, and the filters it has no input for."""
        unseen = {"sort", "columns"} | {one.name for one in self.filters if not one.in_panel}
        return tuple((name, value) for name, value in self.args.items() if name in unseen and value)

    @property
    def applied(self) -> tuple[AppliedFilter, ...]:
        in_force = (one for one in self.filters if self.text(one.name) and one.name not in self.mistakes)
        return tuple(AppliedFilter(one.label, self.shown(one), self.url(**{one.name: None})) for one in in_force)

    def shown(self, wanted: Filter) -> str:
        """The filter's value as its tag says it."""
        typed = self.text(wanted.name) or ""
        if wanted.kind is FilterKind.CHOICE:
            return next(option.label for option in wanted.choices if option.key == typed)
        return f"£{said_back(wanted, typed)}" if wanted.kind is FilterKind.POUNDS else said_back(wanted, typed)

    @property
    def clear_url(self) -> str:
        return self.path if "sort" not in self.args else f"{self.path}?{urlencode({'sort': str(self.sort)})}"

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(Problem(text, f"#filter-{name}") for name, text in self.mistakes.items())


def listing(
    path: str, args: "MultiDict[str, str]", *, filters: Iterable[Filter] = (), sorts: Sequence[str], default: str
) -> Listing:
    """Read the address bar. Unknown sorts are the default, unknown pages the first, wrong filters mistakes."""
    asked = Sort.parse(args.get("sort", ""))
    sort = asked if asked.column in sorts else Sort.parse(default)
    page = min(max(whole_number(args.get("page", ""), most=2**63) or 1, 1), LAST_PAGE)
    every = tuple(filters)
    return Listing(path, args, every, sort, page, {one.name: wrong for one in every if (wrong := mistake(one, args))})


def mistake(wanted: Filter, args: "MultiDict[str, str]") -> str:
    """What is wrong with a filter's value, or nothing."""
    typed = tidied(args.get(wanted.name, ""))
    if not typed:
        return ""
    if wanted.kind is FilterKind.CHOICE:
        return "" if any(option.key == typed for option in wanted.choices) else "Choose an answer from the list"
    try:
        said_back(wanted, typed)
    except Refusal as refusal:
        return refusal.message
    return ""


def said_back(wanted: Filter, typed: str) -> str:
    """What was typed, as it was understood."""
    if wanted.kind is FilterKind.DAY:
        return day(parse_day(typed)) if typed else ""
    if wanted.kind is FilterKind.POUNDS:
        return pounds(parse_pounds(typed)).removeprefix("£") if typed else ""
    return typed


def understood(read: Callable[[str], T], text: str | None) -> T | None:
    """The value, or nothing where it was blank or has been reported as a mistake."""
    try:
        return read(text) if text else None
    except Refusal:
        return None


def whole_number(text: str, *, most: int = LARGEST_KEY) -> int | None:
    """An id, which a database key must hold, or another number without a sign."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else None
    return number if number is not None and number <= most else None


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of one page, and how many there are in all."""

    rows: Sequence[Row]
    total: int
    number: int = 1
    size: int = ROWS_ON_A_PAGE

    @property
    def pages(self) -> int:
        return max(-(-self.total // self.size), 1)

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    def links(self, asked: Listing) -> tuple[PageLink, ...]:
        """The first, the last, the neighbours, and a gap for what lies between."""
        links: list[PageLink] = []
        before = 0
        for number in self.named_pages():
            if number > before + 1:
                links.append(PageLink())
            links.append(PageLink(number, asked.url(page=number), number == self.number))
            before = number
        return tuple(links)

    def named_pages(self) -> list[int]:
        near = range(max(self.number - NEIGHBOURS, 1), min(self.number + NEIGHBOURS, self.pages) + 1)
        return sorted({1, self.pages, *near})

    def previous_url(self, asked: Listing) -> str:
        return asked.url(page=min(self.number - 1, self.pages)) if self.number > 1 else ""

    def next_url(self, asked: Listing) -> str:
        return asked.url(page=self.number + 1) if self.number < self.pages else ""
