"""How an annex is declared: its columns, its grouping and its totals. Once, for every format."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Flag, StrEnum, auto
from typing import Generic, Protocol, TypeVar

from reports.values import Money, Party


class Printed(Protocol):
    """What every row has: the page it came from."""

    @property
    def record(self) -> str | None:
        """Where the row's own page is; only the edition on screen links to it."""


Row = TypeVar("Row", bound=Printed)
#: A column of any row that belongs to a unit serves every annex whose rows do.
Of_contra = TypeVar("Of_contra", bound=Printed, contravariant=True)


class Medium(Flag):
    """Where a table is read. Sheets are for sorting and adding, so they differ from what is read on a page."""

    SCREEN = auto()
    WORD = auto()
    XLSX = auto()
    CSV = auto()
    SHEET = XLSX | CSV


class Kind(StrEnum):
    """What a column holds, and so how it aligns and which cell type it becomes."""

    TEXT = "text"
    POUNDS = "pounds"
    DAY = "day"
    NUMBER = "number"
    #: Remarks on the row; sheets gather here every reason for a blank cell.
    NOTES = "notes"


@dataclass(frozen=True)
class Names:
    """Providers in one cell; more than three become a number, and a footnote lists them."""

    parties: tuple[Party, ...]
    kinds: bool = False
    #: Where the names of more than three stand, if not in a footnote here: "Annex 2".
    named_in: str = ""


#: What a column may take from a row. In a column of pounds a text ("n/a") is for reading: sheets leave the cell blank.
Value = str | Decimal | date | Money | Names | None


def no_notes(_row: object) -> tuple[str, ...]:
    """Most cells need no footnote."""
    return ()


def nothing_more(_row: object) -> str:
    """Most cells have one line."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Column(Generic[Of_contra]):
    """A heading and what stands under it."""

    heading: str
    value: Callable[[Of_contra], Value]
    kind: Kind = Kind.TEXT
    #: In characters of a sheet, 8 to 45.
    width: int = 14
    #: On a page widths share the line in proportion; 0 means the same as in a sheet.
    page: int = 0
    #: Its amounts are added.
    total: bool = False
    #: Shows the total of another column, of that heading.
    total_of: str = ""
    #: Where it prints. Word is portrait: eight columns at most.
    screen: bool = True
    word: bool = False
    sheet: bool = True
    #: A second line on a page; in a sheet it has a column of its own.
    also: Callable[[Of_contra], str] = nothing_more
    #: A footnote to the heading.
    note: str = ""
    #: Footnotes to a cell; the same text is numbered once in a table.
    notes: Callable[[Of_contra], tuple[str, ...]] = no_notes

    def prints_in(self, medium: Medium) -> bool:
        """The column belongs to this medium."""
        if medium & Medium.SHEET:
            return self.sheet
        return self.word if medium is Medium.WORD else self.screen

    @property
    def total_key(self) -> str:
        """The heading whose total stands under this column; nothing where none does."""
        return self.heading if self.total else self.total_of


@dataclass(frozen=True, kw_only=True)
class By(Generic[Row]):
    """A total for each value of something: each division, each financial year."""

    key: Callable[[Row], str]
    #: The sheet's column that holds the same value, so that the sheet's total can be a formula.
    heading: str = ""
    #: The order in which the values print; without one they print as the rows do.
    order: tuple[str, ...] = ()
    #: Leave out totals of fewer rows than this.
    at_least: int = 1


def every_row(_row: object) -> bool:
    """A table adds all its rows unless it says otherwise."""
    return True


def no_foot(_rows: object) -> Iterable[str]:
    """A table says nothing beneath its totals unless it has something to say."""
    return ()


def no_group(_row: object) -> str:
    """A table is not divided unless it says how."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Table(Generic[Row]):
    """An annex: a caption, columns, an order, groups, totals and what is said beneath."""

    number: int
    caption: str
    columns: tuple[Column[Row], ...]
    arrange: Callable[[Sequence[Row]], Sequence[Row]]
    #: The heading a row prints under; a full-width row on a page, a column of its own in a sheet.
    group: Callable[[Row], str] = no_group
    #: Heads the rows whose group is blank, where others have one.
    ungrouped: str = "Division not recorded"
    #: What one row is: "contract", "activity".
    noun: str
    nouns: str
    totals: tuple[By[Row], ...] = ()
    grand_total: bool = True
    #: False for a row whose money another annex counts.
    adds: Callable[[Row], bool] = every_row
    #: Why such rows are not added: "counted in Annex 2".
    adds_not: str = ""
    foot: Callable[[Sequence[Row]], Iterable[str]] = no_foot
    #: Paragraphs above the table.
    before: tuple[str, ...] = ()
