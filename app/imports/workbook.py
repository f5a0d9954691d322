"""A file as read: sheets of rows of original text. Loaded by the reading child too, so standard library only."""

from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """The kinds of file an import can read."""

    CSV = "CSV"
    XLSX = "XLSX"
    XLS = "XLS"
    ODS = "ODS"


class CellType(StrEnum):
    """One letter for what the spreadsheet itself says a cell holds."""

    TEXT = "t"
    NUMBER = "n"
    DAY = "d"
    MOMENT = "m"
    CLOCK = "c"
    YES_NO = "b"
    #: A formula's error (#N/A), kept as its text.
    ERROR = "e"
    #: A formula whose result the file does not hold.
    UNCALCULATED = "f"


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: the text of every cell, dates as ISO text, numbers as Excel would show them in full."""

    #: The row's number as a person sees it when the file is open in a spreadsheet.
    number: int
    cells: tuple[str, ...]
    #: One ``CellType`` letter a cell; empty when all are text, as in a CSV.
    types: str = ""

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, its blank rows left out but the numbers of the others kept."""

    name: str
    rows: tuple[RawRow, ...]
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole file, with what the person should know about how it was read."""

    name: str
    kind: FileKind
    sheets: tuple[Sheet, ...]
    warnings: tuple[str, ...] = ()
    #: For a CSV: "UTF-8", "Windows-1252"…
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an import may take; what is over is refused before it costs more."""

    file_bytes: int = 20_000_000
    unpacked_bytes: int = 200_000_000
    rows: int = 200_000
    columns: int = 1_000
    cells: int = 6_000_000
    #: A CSV cell longer than this means a quotation mark that was never closed.
    cell_characters: int = 200_000
    memory_bytes: int = 1_000_000_000
    seconds: int = 60


def counted(number: int, word: str) -> str:
    """The number with its word: “1 cell”, “1,234 cells”."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def column_letter(index: int) -> str:
    """The letter a spreadsheet gives the column: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class CannotRead(Exception):
    """The file cannot be used at all; the message is one line that says why and what would work."""
