"""What a field of a contract is: its name, label and kind, how it is read, written and understood again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeAlias
from uuid import UUID

from app.core.dates import day, parse_day
from app.core.errors import Refusal
from app.core.money import parse_pounds, pounds
from app.core.text import fold
from app.register.models import Contract
from app.register.options import OptionWritten

#: What a cell of an export holds.
Cell: TypeAlias = str | int | Decimal | date | None


class FieldKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long text"
    DAY = "date"
    POUNDS = "pounds"
    NUMBER = "whole number"
    CHOICE = "choice"
    YES_NO = "yes or no"
    #: Several, with a semicolon between.
    LIST = "list"


class ProviderNamed(NamedTuple):
    """A contract's provider, as far as an export tells of it."""

    name: str
    share: Decimal | None = None
    sme: bool | None = None
    vcse: bool | None = None
    vcse_type: str | None = None
    #: Scheme ("GB-COH", "GB-CHC", "VENDOR") and number.
    numbers: tuple[tuple[str, str], ...] = ()
    #: The lot it has of this contract.
    lot: str = ""

    def number(self, scheme: str) -> str:
        return next((number for named, number in self.numbers if named == scheme), "")


class Beside(NamedTuple):
    """What an export needs of a contract beyond its own columns."""

    directorate: str
    division: str = ""
    service: str = ""
    other_services: tuple[str, ...] = ()
    outcome: str = ""
    arrangement: str = ""
    parent: str = ""
    replaces: str = ""
    category: str = ""
    programme: str = ""
    approval: str = ""
    providers: tuple[ProviderNamed, ...] = ()
    options: tuple[OptionWritten, ...] = ()
    status: str = ""
    length: str = ""


#: Reads a field of a contract (or of a row with the same columns) and what stands beside it.
Reads: TypeAlias = Callable[[Contract, Beside], Cell]


@dataclass(frozen=True)
class Field:
    """One thing the register records of a contract."""

    #: Stable: files, answers and the import's targets name it so.
    name: str
    #: The heading of its column, its label on pages and in the history.
    label: str
    kind: FieldKind = FieldKind.TEXT
    #: What is accepted.
    help: str = ""
    #: The contract's own column that holds it; None where it comes from elsewhere or from several columns.
    column: str | None = None
    #: What of ``Beside`` says it, where no column of the contract does.
    beside: str | None = None
    #: How it is read where neither says it alone.
    reads: Reads | None = None
    #: Its name in the Local Government Association's contracts schema.
    lga: str = ""
    choices: type[StrEnum] | None = None
    #: An amount, or words about one: withheld where the contract's value is exempt.
    money: bool = False
    #: Reckoned from the others: printed, never read back.
    computed: bool = False
    #: Needed to create a contract.
    required: bool = False

    def of(self, contract: Contract, beside: Beside) -> Cell:
        """The field's value, typed: a date is a date, an amount a Decimal."""
        if self.reads is not None:
            return self.reads(contract, beside)
        if self.beside is not None:
            return plain(getattr(beside, self.beside))
        return plain(getattr(contract, self.column or self.name))

    def written(self, value: Cell) -> str:
        """The value as text, such that ``read_as`` understands it again."""
        if isinstance(value, date):
            return day(value)
        return pounds(value) if isinstance(value, Decimal) else str(value if value is not None else "")

    def read_as(self, text: str) -> Cell:
        """What a cell's text says. Refuse and say what would be accepted."""
        typed = text.strip()
        return _READERS.get(self.kind, _as_text)(self, typed) if typed else None


def plain(value: object) -> Cell:
    """A column's value as a cell holds it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    return value if isinstance(value, str | int | Decimal | date) else None


def _as_text(_field: Field, text: str) -> Cell:
    return text


def _as_number(field: Field, text: str) -> Cell:
    if not (text.isascii() and text.isdigit()):
        raise Refusal(f"“{text}” is not a whole number: write {field.label.lower()} like 6 or 24", field=field.name)
    return int(text)


def _as_choice(field: Field, text: str) -> Cell:
    accepted = [str(member.value) for member in field.choices or ()]
    chosen = next((word for word in accepted if fold(word) == fold(text)), None)
    if chosen is None:
        raise Refusal(f"“{text}” is not one of: {', '.join(accepted)}", field=field.name)
    return chosen


def _as_yes_no(field: Field, text: str) -> Cell:
    if fold(text) in {"yes", "y", "true"}:
        return "Yes"
    if fold(text) in {"no", "n", "false"}:
        return "No"
    raise Refusal(f"“{text}” is neither Yes nor No", field=field.name)


_READERS: Mapping[FieldKind, Callable[[Field, str], Cell]] = {
    FieldKind.DAY: lambda _field, text: parse_day(text),
    FieldKind.POUNDS: lambda _field, text: parse_pounds(text),
    FieldKind.NUMBER: _as_number,
    FieldKind.CHOICE: _as_choice,
    FieldKind.YES_NO: _as_yes_no,
}
