"""What a cell can turn out to say, as plain frozen values."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Per(StrEnum):
    """What an amount covers."""

    WHOLE_LIFE = "whole_life"
    YEAR = "year"


class Certainty(StrEnum):
    """How firm an amount is."""

    FIXED = "fixed"
    ESTIMATE = "estimate"
    MAXIMUM = "maximum"
    NOMINAL = "nominal"


class Form(StrEnum):
    """The form of an agreement; the values are those of the register's own forms."""

    CONTRACT = "contract"
    FRAMEWORK = "framework"
    CALL_OFF = "call-off"
    GRANT = "grant"
    SLA = "service level agreement"
    INTERNAL_SLA = "internal service level agreement"
    MEMORANDUM = "memorandum"


class Process(StrEnum):
    """How the provider was found; the values are those of the register."""

    QUOTE = "invitation to quote"
    TENDER = "published invitation to tender"
    OTHER = "other"


class NoEnd(StrEnum):
    """A list that says there is no end, which is not a blank cell."""

    NO_END = "no end"


@dataclass(frozen=True, slots=True)
class Amount:
    """Pounds as a cell gives them; low and high are equal unless it gives a range."""

    low: Decimal
    high: Decimal
    per: Per | None = None
    certainty: Certainty | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A provider's number in a public register, under its org-id scheme."""

    scheme: str
    number: str


@dataclass(frozen=True, slots=True)
class NamedProvider:
    """One provider named in a cell, with what the cell says about it."""

    name: str
    identifiers: tuple[Identifier, ...] = ()
    sme: bool | None = None
    vcse: bool | None = None
    address: str = ""
    vendor_number: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """An initial term, and the options to extend it, in months."""

    months: int = 0
    days: int = 0
    options: tuple[int, ...] = ()
