"""What a cell can turn out to say, as plain frozen values."""

from dataclasses import dataclass
from datetime import date
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
    """The form of an agreement, as lists name it."""

    CONTRACT = "contract"
    FRAMEWORK = "framework"
    CALL_OFF = "call_off"
    GRANT = "grant"
    SLA = "sla"
    MEMORANDUM = "memorandum"


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


@dataclass(frozen=True, slots=True)
class ExtensionOption:
    """A right to extend: by so many months, or until a day; its value is not known."""

    months: int | None = None
    until: date | None = None
