"""What reading a cell comes to: understood, blank, a question to ask, or a problem to mend."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from app.imports.answers import Answer, PatternKind

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Understood(Generic[T_co]):
    """The cell says this; words of it that no field holds stay in the note."""

    value: T_co
    note: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """The cell says nothing, or says that nothing is known."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class Asks(Generic[T_co]):
    """The cell can be read in several ways: what each answer makes of it. An answer that is missing holds the row."""

    kind: PatternKind
    #: The words or the shape that make cells one pattern.
    pattern: str
    readings: Mapping[Answer, Understood[T_co] | Blank] = field(default_factory=dict)
    #: Pounds the cell prints, for the account of pounds while the question is open.
    pounds: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Problem:
    """The cell cannot be understood; the cure says what would be accepted."""

    text: str
    cure: str


Reading = Understood[T_co] | Blank | Asks[T_co] | Problem

#: Words that stand in a cell instead of nothing.
_NOTHING = frozenset(
    (
        *("-", "--", "---", ".", "..", "?", "??", "n/a", "na", "n.a.", "n\\a", "n/k", "nk", "null", "none", "unknown"),
        *("tbc", "tba", "tbd", "#n/a", "blank", "empty", "nan", "x/x", "pending"),
        "not known",
        "not applicable",
        "not available",
        "to be confirmed",
        "to be advised",
        "to be agreed",
        "to be determined",
        "not recorded",
        "not stated",
        "not specified",
        "no data",
        "not provided",
        "(blank)",
        "(none)",
        "not yet known",
    )
)


#: With room for the spaces around a word.
_LONGEST_NOTHING = 24


def plain(text: str) -> str:
    """The text in lower case, one space between words, typographers' spaces and dashes made plain."""
    if text.isascii():
        return " ".join(text.lower().split())
    written = unicodedata.normalize("NFKC", text).lower()
    for dash in "\N{NON-BREAKING HYPHEN}\N{HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}":
        written = written.replace(dash, "-")
    return " ".join(written.split())


def blank_or_none(text: str) -> Blank | None:
    """A Blank if the cell says nothing; words such as "TBC" are kept as its note."""
    if len(text) > _LONGEST_NOTHING and text.lstrip()[:1] not in "rR":
        return None
    written = plain(text)
    if not written:
        return Blank()
    if written in _NOTHING:
        return Blank("" if not any(c.isalpha() for c in written) else text.strip())
    if written.startswith("redacted"):
        return Blank(text.strip())
    return None


#: What a database or a page cannot hold: control characters but tab and line feed, halves of a surrogate pair.
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def tidy(text: str) -> str:
    """Text fit to be stored: trimmed, its line breaks of one kind, everything else as it stands."""
    if text.isprintable():
        return text.strip()
    return _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str) -> str:
    """Text for a field of one line: a title, a name, a reference."""
    return " ".join(text.split()) if text.isprintable() else " ".join(tidy(text).split())
