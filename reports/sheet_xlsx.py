"""The sheet of three years as a workbook that prints on one page of A3, however many decisions stand on it."""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from reports import format as fmt
from reports.sheet import Sheet, SheetEntry, SheetRow, lines_of

A3 = 8
#: Margins in inches.
SIDE, BOTTOM = Decimal("0.4"), Decimal("0.6")
NAVY, PALE, GREY, FONT = "#12436D", "#E8EEF4", "#505A5F", "Arial"
#: In points, and in characters of a workbook's columns: wider ones make a sheet of many decisions less tall.
TEXT, LINE, NAME_WIDTH, CELL_WIDTHS = 9, 12, 18, (13, 16, 19, 23, 28, 34)
#: How many characters of this text fit where Excel counts 100, and how many points such a column is wide.
FITTING, POINTS_WIDE = 120, Decimal("5.3")
#: Excel makes no row taller; a committee with more to say goes on in the next.
TALLEST = 409
#: A3 landscape between its margins, less the heading, in points.
WIDE, HIGH = 1132, 740


def sheet_xlsx(sheet: Sheet) -> bytes:
    """One page of A3, landscape; the same sheet always gives the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        made = datetime(sheet.on.year, sheet.on.month, sheet.on.day)  # noqa: DTZ001 - a day
        book.set_properties({"title": sheet.title, "company": sheet.council, "created": made})
        page, width = book.add_worksheet("Three years"), _width(sheet)
        _print_set_up(page, sheet, width)
        _written(page, sheet, width, _Styles(book))
    return out.getvalue()


#: XlsxWriter has no types: books, sheets and formats are Any here.
class _Styles:
    def __init__(self, book: Any) -> None:
        plain = {"font_name": FONT, "font_size": TEXT}
        boxed = {**plain, "text_wrap": True, "valign": "top", "border": 1, "border_color": "#B1B4B6"}
        self.title = book.add_format({**plain, "bold": True, "font_size": 16, "font_color": NAVY})
        self.said = book.add_format({**plain, "font_color": GREY})
        self.head = book.add_format({**boxed, "bold": True, "bg_color": NAVY, "font_color": "#FFFFFF"})
        self.name = book.add_format({**boxed, "bold": True, "bg_color": PALE})
        self.cell = book.add_format(boxed)


def _print_set_up(page: Any, sheet: Sheet, width: int) -> None:
    page.set_landscape()
    page.set_paper(A3)
    page.fit_to_pages(1, 1)
    page.set_margins(left=SIDE, right=SIDE, top=SIDE, bottom=BOTTOM)
    page.hide_gridlines(2)
    page.set_footer(f"&L&8{fmt.clean(sheet.council).replace('&', '&&')[:100]}&R&8As at {fmt.day(sheet.on)}")
    page.set_column(0, 0, NAME_WIDTH)
    page.set_column(1, len(sheet.columns), width)


def _written(page: Any, sheet: Sheet, width: int, styles: _Styles) -> None:
    page.write_string(0, 0, fmt.clean(sheet.title), styles.title)
    page.write_string(1, 0, fmt.clean(f"{sheet.counts}. {sheet.said}"), styles.said)
    for place, heading in enumerate(("Committee", *sheet.columns)):
        page.write_string(2, place, heading, styles.head)
    for at, row in enumerate(_rows_of_a_book(sheet, width), 3):
        page.write_string(at, 0, fmt.clean(f"{row.name}\n{row.note}".strip()), styles.name)
        for place, cell in enumerate(row.cells, 1):
            if cell:
                page.write_string(at, place, fmt.clean(_text(cell)), styles.cell)
            else:
                page.write_blank(at, place, None, styles.cell)
        page.set_row(at, _height(row, width))
    page.freeze_panes(3, 1)
    page.repeat_rows(2)


def _text(cell: Sequence[SheetEntry]) -> str:
    return "\n\n".join("\n".join((one.title, *one.words)) for one in cell)


# How much there is of it


def _height(row: SheetRow, width: int) -> int:
    """Of a workbook's row, in points."""
    named = lines_of(f"{row.name}\n{row.note}", NAME_WIDTH * FITTING // 100)
    tallest = max((lines_of(_text(cell), width * FITTING // 100) for cell in row.cells if cell), default=0)
    return min(LINE * max(named, tallest) + 6, TALLEST)


def _rows_of_a_book(sheet: Sheet, width: int) -> Iterator[SheetRow]:
    """Each committee; what one row cannot hold stands in those below it."""
    most = TALLEST // LINE - 1
    for row in sheet.rows:
        pieces = [list(_cut(cell, most, width * FITTING // 100)) for cell in row.cells]
        for at in range(max(1, *(len(parts) for parts in pieces))):
            cells = tuple(parts[at] if at < len(parts) else () for parts in pieces)
            yield row if at == 0 and max(map(len, pieces)) <= 1 else _piece(row, cells, at)


def _piece(row: SheetRow, cells: tuple[tuple[SheetEntry, ...], ...], at: int) -> SheetRow:
    return SheetRow(f"{row.name} (continued)", "", cells) if at else SheetRow(row.name, row.note, cells)


def _cut(cell: Sequence[SheetEntry], most: int, characters: int) -> Iterator[tuple[SheetEntry, ...]]:
    held: tuple[SheetEntry, ...] = ()
    for one in cell:
        if held and lines_of(_text((*held, one)), characters) > most:
            yield held
            held = ()
        held = (*held, one)
    if held:
        yield held


def _width(sheet: Sheet) -> int:
    """The columns that let the page shrink the least."""
    return max(CELL_WIDTHS, key=lambda width: _scale(sheet, width))


def _scale(sheet: Sheet, width: int) -> Decimal:
    wide = POINTS_WIDE * (NAME_WIDTH + width * len(sheet.columns))
    high = sum(_height(row, width) for row in _rows_of_a_book(sheet, width))
    return min(WIDE / wide, Decimal(HIGH) / max(high, 1))
