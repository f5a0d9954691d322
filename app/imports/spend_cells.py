"""The cells of a spend file: a payment a row, with the contract's reference. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.errors import Refusal
from app.core.money import parse_pounds
from app.imports.cells import Understood
from app.imports.cells.days import read_day
from app.imports.cells.reading import plain
from app.imports.found import fold_heading
from app.imports.reading import FileRefused
from app.imports.workbook import RawRow, Workbook

ROWS_SEARCHED = 60
_LONGEST_HEADING = 100
_LONGEST_REFERENCE = 100


class Told(StrEnum):
    """What a payment says that spend is joined and added by."""

    REFERENCE = "contract reference"
    DAY = "payment date"
    AMOUNT = "net amount"


#: The council's own files, ledger extracts, and the LGA's Spend.csv (ContractRef, PaymentDate, NetAmount); best first.
HEADINGS: Mapping[Told, str] = {
    Told.REFERENCE: (
        "contract ref|contract reference|contract reference number|contract reference number id|contract number"
        "|contract no|contract id|contract|agreement reference|register reference"
    ),
    Told.DAY: (
        "payment date|date paid|paid date|date of payment|paid on|pay date|clearing date|transaction date|posting date"
        "|date posted|invoice date|document date|effective date|date"
    ),
    Told.AMOUNT: (
        "net amount|amount net|net|net value|amount excluding vat|amount excl vat|amount ex vat|invoice nett amount"
        "|nett amount|net of recoverable vat|amount net of recoverable vat|amount|value|line amount|sum|payment amount"
        "|transaction amount|spend"
    ),
}
GROSS = frozenset({"gross", "gross amount", "amount gross", "amount including vat", "amount inc vat", "gross value"})
_RANKS = {said: {word: rank for rank, word in enumerate(words.split("|"))} for said, words in HEADINGS.items()}
_NEGATIVE = re.compile(r"£? ?\((?P<a>[^()]+)\)|(?:£ ?-|- ?£?) ?(?P<b>.+)|(?P<c>.+?) ?(?:-|cr)")
_NOUGHT = re.compile(r"£? ?-?0+(?:\.0+)?|£? ?-")


@dataclass(frozen=True, slots=True)
class Payment:
    """One row of a spend file; None where its cell cannot be read."""

    number: int
    cells: tuple[str, ...]
    reference: str
    day: date | None
    amount: Decimal | None


@dataclass(frozen=True)
class SpendFile:
    """The payments of a file, under its headings."""

    headings: tuple[str, ...]
    payments: tuple[Payment, ...]


def payments_in(workbook: Workbook) -> SpendFile:
    """Every row below the headings, or a refusal of a file that is no list of payments."""
    places = [(sheet, at) for sheet in workbook.sheets for at in range(min(len(sheet.rows), ROWS_SEARCHED))]
    if not places:
        raise FileRefused(f"{workbook.name} holds no rows: choose another file")
    sheet, at = max(places, key=lambda place: (len(_columns(place[0].rows[place[1]])), -place[1]))
    columns = _columns(sheet.rows[at])
    _refuse_without(columns, sheet.rows[at], workbook.name)
    rows = [row for row in sheet.rows[at + 1 :] if not row.is_blank]
    return SpendFile(tuple(sheet.rows[at].cells), tuple(_payment(row, columns) for row in rows))


def _refuse_without(columns: Mapping[Told, int], headings: RawRow, name: str) -> None:
    missing = [told for told in Told if told not in columns]
    if not missing:
        return
    if missing == [Told.AMOUNT] and any(fold_heading(cell) in GROSS for cell in headings.cells):
        raise FileRefused(f"{name} has amounts with VAT only: add a column “net amount”, without the VAT recovered")
    raise FileRefused(
        f"{name} has no column for the {' or the '.join(missing)}: use headings such as "
        f"{', '.join(told.capitalize() for told in Told)}"
    )


def _columns(row: RawRow) -> dict[Told, int]:
    """The column of each; where several would do, the best heading counts."""
    found: dict[Told, tuple[int, int]] = {}
    for index, cell in enumerate(row.cells):
        heading = fold_heading(cell) if 0 < len(cell) < _LONGEST_HEADING else ""
        for told, ranks in _RANKS.items():
            if heading in ranks:
                found[told] = min(found.get(told, (len(ranks), 0)), (ranks[heading], index))
    return {told: index for told, (_, index) in found.items()}


def _payment(row: RawRow, columns: Mapping[Told, int]) -> Payment:
    def cell(told: Told) -> str:
        index = columns[told]
        return row.cells[index].strip() if index < len(row.cells) else ""

    return Payment(
        row.number,
        tuple(row.cells),
        " ".join(cell(Told.REFERENCE).split())[:_LONGEST_REFERENCE],
        read_payment_day(cell(Told.DAY)),
        read_signed(cell(Told.AMOUNT)),
    )


def read_payment_day(text: str) -> date | None:
    reading = read_day(text) if text else None
    if isinstance(reading, Understood) and isinstance(reading.value, date):
        return reading.value
    return None


def read_signed(text: str) -> Decimal | None:
    """Pounds; credits below nought, however they are written: -12.50, (12.50), 12.50-, 12.50 CR."""
    written = plain(text)
    if not any(letter.isdigit() for letter in written) and not _NOUGHT.fullmatch(written):
        return None
    if _NOUGHT.fullmatch(written):
        return Decimal(0)
    negative = _NEGATIVE.fullmatch(written)
    figures = next(part for part in negative.groups() if part) if negative else written
    try:
        amount = parse_pounds(figures)
    except Refusal:
        return None
    return -amount if negative else amount
