"""The list found in a workbook, and its headings without their trimmings."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.core.text import fold
from app.imports.heading_words import UNSAID_BASIS
from app.imports.targets import Target
from app.imports.workbook import RawRow, column_letter

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_UNITS_AFTER = re.compile(
    r" (?:gbp|pounds|p|excl? vat|exc vat|excluding vat|exclusive of vat|ex vat|net of vat|inc vat|incl vat"
    r"|including vat"
    r"|gross|dd mm yyyy|dd mm yy|ddmmyyyy|y n|yes no|if applicable|where applicable|if known|000s?|k)$"
)
_WITH_VAT = re.compile(r"\b(?:inc|incl|including|inclusive of) vat\b|\bgross\b")


class How(StrEnum):
    """Why a column was given its meaning."""

    CHOSEN = "chosen"
    EXACT = "exact"
    SYNONYM = "synonym"
    NEAR = "near"
    FALLBACK = "fallback"
    TAKEN = "taken"
    COMPUTED = "computed"
    UNNAMED = "unnamed"
    UNKNOWN = "unknown"


def fold_heading(heading: str) -> str:
    """The heading without case, numbering, signs and units: "17. Original Contract Value (£)" and its like."""
    written = _bare(heading)
    while (shorter := _UNITS_AFTER.sub("", written)) != written:
        written = shorter
    return written


@lru_cache(maxsize=4096)  # cells are compared with headings too, and those never end
def _bare(heading: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", fold(_CAMEL.sub(" ", heading))).split()
    while len(words) > 1 and words[0].isdigit():
        words = words[1:]
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of the list: its heading, what it was taken to mean, why, and a few of its cells."""

    index: int
    heading: str
    target: Target
    how: How
    why: str
    samples: tuple[str, ...]
    filled: int

    @property
    def letter(self) -> str:
        return column_letter(self.index)

    @property
    def leaves_basis_unsaid(self) -> bool:
        """A value's heading that does not say whether it is for the whole contract or for a year."""
        return self.target is Target.VALUE and fold_heading(self.heading) in UNSAID_BASIS

    @property
    def says_with_vat(self) -> bool:
        return bool(_WITH_VAT.search(_bare(self.heading)))


@dataclass(frozen=True, slots=True)
class OtherSheet:
    """A sheet that holds a list too and is not read."""

    name: str
    rows: int
    is_the_same_list: bool


@dataclass(frozen=True, slots=True)
class FoundList:
    """The list an import reads."""

    sheet: str
    header_row: int
    columns: tuple[MappedColumn, ...]
    #: The rows below the headings that are not blank.
    rows: tuple[RawRow, ...]
    #: Titles and the like above the headings.
    above: tuple[RawRow, ...]
    other_sheets: tuple[OtherSheet, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)

    def columns_of(self, target: Target) -> tuple[MappedColumn, ...]:
        return tuple(column for column in self.columns if column.target is target)
