"""What a list's columns hold, counted: different texts, the commonest ones, and the shapes they come in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.imports.found import FoundList, MappedColumn
from app.imports.workbook import column_letter

if TYPE_CHECKING:
    import pandas as pd

_SHAPES = 8
_COMMONEST = 5
_LONGEST_SHAPE = 60


@dataclass(frozen=True, slots=True)
class Shape:
    """A way in which cells are written: "99/99/9999", "aaa-99"."""

    shape: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column counted."""

    index: int
    heading: str
    filled: int
    different: int
    #: Text and how often, the commonest first.
    commonest: tuple[tuple[str, int], ...]
    shapes: tuple[Shape, ...]

    @property
    def letter(self) -> str:
        return column_letter(self.index)


def profile(found: FoundList) -> tuple[ColumnProfile, ...]:
    """Count every column of the list; a frame counts each text once, however many rows repeat it."""
    import pandas as pd  # heavy: half a second and 46 MB, wanted only here

    width = max((column.index + 1 for column in found.columns), default=0)
    rows = [[cell.strip() for cell in (*row.cells[:width], *[""] * (width - len(row.cells)))] for row in found.rows]
    frame = pd.DataFrame(rows, columns=range(width), dtype="str")
    return tuple(_profile(column, frame[column.index]) for column in found.columns)


def _profile(column: MappedColumn, texts: "pd.Series[str]") -> ColumnProfile:
    counts = texts[texts != ""].value_counts()
    written = counts.rename_axis("text").reset_index(name="count")
    return ColumnProfile(
        column.index,
        column.heading,
        int(counts.sum()),
        len(counts),
        tuple((str(text), int(count)) for text, count in counts.head(_COMMONEST).items()),
        tuple(_shapes(written)),
    )


def _shapes(written: "pd.DataFrame") -> Iterator[Shape]:
    """Letters to one a, figures each to a 9: dates, numbers and codes fall into a handful of shapes."""
    letters = written["text"].str.slice(0, _LONGEST_SHAPE).str.replace(r"[A-Za-z]+", "a", regex=True)
    written["shape"] = letters.str.replace(r"[0-9]", "9", regex=True)
    shapes = written.groupby("shape", sort=False).agg(count=("count", "sum"), example=("text", "first"))
    for shape, row in shapes.sort_values("count", ascending=False, kind="stable").head(_SHAPES).iterrows():
        yield Shape(str(shape), int(row["count"]), str(row["example"]))
