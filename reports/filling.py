"""A workbook to be filled in and sent back: rows with choices to pick from, notes on what may be changed, and a hidden
copy of what went out, so that what comes back can be held against it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from reports.listing import LONGEST_TEXT, NARROWEST, WIDEST, Item
from reports.table import Kind

_DAY_NOUGHT = date(1899, 12, 30).toordinal()
CHOICES = "Choices"
#: Excel shows no more of a message.
LONGEST_MESSAGE = 255


@dataclass(frozen=True)
class FillColumn:
    """One column: its heading, the kind of cell beneath it, and what may be written there."""

    heading: str
    kind: Kind = Kind.TEXT
    note: str = ""
    choices: Sequence[str] = ()
    #: Whether something else than a choice may be typed.
    open_ended: bool = False
    hidden: bool = False
    width: int = 18


@dataclass(frozen=True)
class Filling:
    """The whole workbook."""

    title: str
    columns: Sequence[FillColumn]
    rows: Sequence[Sequence[Item]]
    #: The name of the sheet with the rows, and of the hidden one with the same.
    sheet: str
    copy: str
    #: How to use it: lines of a sheet of their own.
    guide: Sequence[tuple[str, str]] = field(default=())


def write_filling(filling: Filling, path: Path) -> None:
    """Write it: text as text, real dates and amounts, drop-downs where there are choices."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": filling.title})
        styles = _styles(book)
        sheet = book.add_worksheet(filling.sheet)
        _guide(book, filling, styles)
        _rows(sheet, filling, styles)
        _offer(book, sheet, filling)
        hidden = book.add_worksheet(filling.copy)
        _rows(hidden, filling, styles)
        hidden.hide()
        sheet.activate()


#: XlsxWriter has no types: books, sheets and formats are Any here.
def _styles(book: Any) -> dict[object, Any]:
    return {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        Kind.POUNDS: book.add_format({"num_format": "£#,##0.00"}),
        Kind.DAY: book.add_format({"num_format": "dd/mm/yyyy"}),
    }


def _guide(book: Any, filling: Filling, styles: dict[object, Any]) -> None:
    sheet = book.add_worksheet("How to use this file")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for row, (what, words) in enumerate(filling.guide):
        sheet.write_string(row, 0, what, styles["head"])
        sheet.write_string(row, 1, words, styles["wrap"])


def _rows(sheet: Any, filling: Filling, styles: dict[object, Any]) -> None:
    for place, column in enumerate(filling.columns):
        width = min(max(column.width, NARROWEST), WIDEST)
        sheet.set_column(place, place, width, None, {"hidden": True} if column.hidden else {})
        sheet.write_string(0, place, column.heading, styles["head"])
        if column.note:
            sheet.write_comment(0, place, column.note, {"x_scale": 2})
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(filling.rows, 1):
        for place, item in enumerate(row):
            if item is not None and item != "":
                _put(sheet, number, place, item, styles.get(filling.columns[place].kind))
    if filling.rows:
        sheet.autofilter(0, 0, len(filling.rows), len(filling.columns) - 1)


def _put(sheet: Any, row: int, place: int, item: Item, style: Any) -> None:
    if isinstance(item, bool):
        sheet.write_string(row, place, "Yes" if item else "No")
    elif isinstance(item, str):
        sheet.write_string(row, place, item[:LONGEST_TEXT])
    elif isinstance(item, date):
        sheet.write_number(row, place, item.toordinal() - _DAY_NOUGHT, style)
    else:
        sheet.write_number(row, place, item, style)


def _offer(book: Any, sheet: Any, filling: Filling) -> None:
    """Drop-downs read their lists from a hidden sheet: a list in the cell itself may hold 255 characters at most."""
    offered = [(place, column) for place, column in enumerate(filling.columns) if column.choices]
    if not offered or not filling.rows:
        return
    lists = book.add_worksheet(CHOICES)
    for at, (place, column) in enumerate(offered):
        for row, choice in enumerate(column.choices):
            lists.write_string(row, at, choice)
        letter = _letter(at)
        sheet.data_validation(
            1,
            place,
            len(filling.rows),
            place,
            {
                "validate": "list",
                "source": f"={CHOICES}!${letter}$1:${letter}${len(column.choices)}",
                "error_title": "Choose from the list",
                "error_message": f"{column.heading}: choose one of the list."[:LONGEST_MESSAGE],
                "error_type": "information" if column.open_ended else "stop",
            },
        )
    lists.hide()


def _letter(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
