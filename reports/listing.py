"""Downloads of long lists: rows in any number, written as they come."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from reports.table import Kind

#: What a cell of a list may hold. Whole numbers are counts and database keys; money is Decimal pounds.
Item = str | int | Decimal | date | bool | None

BYTE_ORDER_MARK = "\ufeff"
ROWS_AT_A_TIME = 500
#: Excel holds no more in one cell.
LONGEST_TEXT = 32_767
NARROWEST, WIDEST = 8, 45
#: Excel shows no more beside a chosen cell; and so many rows of an empty workbook say how they are filled in.
MOST_TITLE, MOST_NOTE, FILLED_IN = 32, 255, 1_000
#: A spreadsheet would run this as a formula; the quotes before it keep the guard reversible.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
#: "-5", "+44 20 7946 0000", "(01234)": digits do no harm.
_PLAIN_NUMBER = re.compile(r"[+\-][0-9 ().,%]*[0-9][0-9 ().,%]*")


def guarded(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula; leave plain numbers and phones alone."""
    if _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def unguarded(text: str) -> str:
    """Undo ``guarded``, so that what was exported reads back as it was."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def write_list_csv(headings: Sequence[str], rows: Iterable[Sequence[Item]]) -> Iterator[bytes]:
    """Stream a list as CSV: byte order mark, ISO dates, raw numbers, nothing that runs as a formula."""
    yield _csv([headings], BYTE_ORDER_MARK)
    remaining = iter(rows)
    while some := list(islice(remaining, ROWS_AT_A_TIME)):
        yield _csv(zip(*map(_csv_column, zip(*some, strict=True)), strict=True), "")


def _csv(rows: Iterable[Sequence[Item]], start: str) -> bytes:
    out = io.StringIO(start)
    out.seek(len(start))
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _csv_column(items: Sequence[Item]) -> Sequence[Item]:
    """A column at a time: most need nothing done, and that is seen of all its cells at once."""
    if items.count(None) == len(items):
        return items
    kinds = set(map(type, items))
    if kinds <= _WRITTEN_AS_THEY_ARE or (
        kinds <= _TEXT and _SUSPECT.isdisjoint(map(_FIRST_LETTER, filter(None, items)))
    ):
        return items
    return [_csv_item(item) for item in items]


def _csv_item(item: Item) -> Item:
    if type(item) is str:
        return guarded(item) if item[:1] in _SUSPECT else item
    if type(item) is Decimal:
        return f"{item:f}"
    return ("Yes" if item else "No") if type(item) is bool else item


_SUSPECT = frozenset("'=+-@\t\r")
_FIRST_LETTER: Callable[[Any], str] = itemgetter(slice(1))
_TEXT = frozenset({str, type(None)})
_WRITTEN_AS_THEY_ARE = frozenset({int, date, type(None)})


@dataclass(frozen=True)
class ListColumn:
    """A heading of a downloaded list and the kind of cell beneath it."""

    heading: str
    kind: Kind = Kind.TEXT
    width: int = 16
    #: How a cell is written, said where a workbook is to be filled in.
    note: str = ""


def write_list_xlsx(columns: Sequence[ListColumn], rows: Iterable[Sequence[Item]], path: Path, title: str = "") -> None:
    """Write a list as a workbook, a row at a time in constant memory: real numbers and dates, text as text."""
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        if title:
            book.set_properties({"title": title})
        sheet = book.add_worksheet("List")
        _head(book, sheet, columns)
        last = _fill(sheet, rows, _formats(book, columns))
        sheet.autofilter(0, 0, max(last, 1), max(len(columns) - 1, 0))


#: XlsxWriter has no types: books, sheets and formats are Any here.
def _head(book: Any, sheet: Any, columns: Sequence[ListColumn]) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, min(max(column.width, NARROWEST), WIDEST))
        sheet.write_string(0, place, column.heading, bold)
        if column.note:
            told = {
                "validate": "any",
                "input_title": column.heading[:MOST_TITLE],
                "input_message": column.note[:MOST_NOTE],
            }
            sheet.data_validation(1, place, FILLED_IN, place, told)
    sheet.freeze_panes(1, 0)


def _formats(book: Any, columns: Sequence[ListColumn]) -> list[Any]:
    pounds = book.add_format({"num_format": "£#,##0.00"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    return [{Kind.POUNDS: pounds, Kind.DAY: day}.get(column.kind) for column in columns]


def _fill(sheet: Any, rows: Iterable[Sequence[Item]], formats: list[Any]) -> int:
    number = 0
    for number, row in enumerate(rows, 1):
        for place, item in enumerate(row):
            if item is not None and item != "":
                _put(sheet, number, place, item, formats[place])
    return number


#: Excel counts days from here on.
_DAY_NOUGHT = date(1899, 12, 30).toordinal()


def _put(sheet: Any, row: int, place: int, item: Item, style: Any) -> None:
    kind = type(item)
    if kind is str:
        sheet.write_string(row, place, item[:LONGEST_TEXT])  # type: ignore[index]  # a str, as its type says
    elif kind is bool:
        sheet.write_string(row, place, "Yes" if item else "No")
    elif isinstance(item, date):
        sheet.write_number(row, place, item.toordinal() - _DAY_NOUGHT, style)
    else:
        sheet.write_number(row, place, item, style)
