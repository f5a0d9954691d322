"""Three years on one sheet of A3: what is to be decided, quarter by committee."""

import textwrap
from dataclasses import dataclass
from datetime import date

from reports import format as fmt


@dataclass(frozen=True)
class SheetEntry:
    """One decision."""

    title: str
    url: str
    #: Its value, what is to be decided and when, each as it prints.
    words: tuple[str, ...]


@dataclass(frozen=True)
class SheetRow:
    """One committee: its entries under each column."""

    name: str
    note: str
    cells: tuple[tuple[SheetEntry, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """The whole of it."""

    title: str
    counts: str
    council: str
    on: date
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    @property
    def said(self) -> str:
        return f"{self.council}. As at {fmt.day(self.on)}. Values that are exempt are withheld."


def lines_of(text: str, characters: int) -> int:
    """How many lines it takes where so many characters fit in one."""
    return sum(len(textwrap.wrap(line, characters)) or 1 for line in text.split("\n"))
