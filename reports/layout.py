"""A table laid out for one medium: words and figures in their places, nothing left for a writer to decide."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.table import Kind

Datum = str | Decimal | date | None


@dataclass(frozen=True)
class Footnote:
    """A numbered remark under a table."""

    mark: str
    text: str


@dataclass(frozen=True)
class Heading:
    """A column's heading."""

    text: str
    kind: Kind
    width: int
    marks: tuple[str, ...] = ()

    @property
    def is_numeric(self) -> bool:
        """Its cells align to the right."""
        return self.kind in {Kind.POUNDS, Kind.NUMBER}


@dataclass(frozen=True)
class Cell:
    """What a reader reads and what a sheet holds."""

    text: str = ""
    value: Datum = None
    marks: tuple[str, ...] = ()
    #: A figure that opens the record it came from.
    is_figure: bool = False


@dataclass(frozen=True)
class Line:
    """A row as printed."""

    cells: tuple[Cell, ...]
    record: str | None = None


@dataclass(frozen=True)
class Section:
    """Rows under one heading; no heading where the table is not divided."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Criterion:
    """How a sheet finds the rows that a total adds: a column's number and the value it holds there."""

    column: int
    value: str


@dataclass(frozen=True)
class TotalLine:
    """A total beneath the table. Its label says how many rows it adds; a cell is None where nothing is added."""

    label: str
    cells: tuple[Cell | None, ...]
    #: Where every row of the sheet is added, or those that match a criterion, a sheet's total can be a formula.
    adds_all: bool = False
    adds_where: Criterion | None = None
    #: The heading of the one group whose rows it adds; blank where it adds others.
    of_group: str = ""

    @property
    def label_span(self) -> int:
        """How many columns the label may use: those before the first figure."""
        return next((place for place, cell in enumerate(self.cells) if cell), len(self.cells)) or 1


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A table in its places."""

    number: int
    caption: str
    before: tuple[str, ...]
    headings: tuple[Heading, ...]
    sections: tuple[Section, ...]
    totals: tuple[TotalLine, ...]
    remarks: tuple[str, ...]
    footnotes: tuple[Footnote, ...]
    #: Stands in the place of rows where there are none.
    empty: str
    provenance: str

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every row, group after group."""
        return tuple(line for section in self.sections for line in section.lines)
