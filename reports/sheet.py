"""Three years on one sheet of A3: what is to be decided, quarter by committee; as a workbook, HTML and PDF."""

import io
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

from reports import format as fmt

A3 = 8
#: Margins in inches.
SIDE, BOTTOM = Decimal("0.4"), Decimal("0.6")
NAVY, PALE, GREY, FONT = "#12436D", "#E8EEF4", "#505A5F", "Arial"
#: In characters of a workbook's column, and in points.
NAME_WIDTH, CELL_WIDTH, TEXT, LINE = 18, 13, 9, 12
#: Excel makes no row taller.
TALLEST = 409


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


def sheet_xlsx(sheet: Sheet) -> bytes:
    """One page of A3, landscape; the same sheet always gives the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        made = datetime(sheet.on.year, sheet.on.month, sheet.on.day)  # noqa: DTZ001 - a day
        book.set_properties({"title": sheet.title, "company": sheet.council, "created": made})
        page = book.add_worksheet("Three years")
        _print_set_up(page, sheet)
        _written(page, sheet, _Styles(book))
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


def _print_set_up(page: Any, sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(A3)
    page.fit_to_pages(1, 1)
    page.set_margins(left=SIDE, right=SIDE, top=SIDE, bottom=BOTTOM)
    page.hide_gridlines(2)
    page.set_footer(f"&L&8{fmt.clean(sheet.council).replace('&', '&&')[:100]}&R&8As at {fmt.day(sheet.on)}")
    page.set_column(0, 0, NAME_WIDTH)
    page.set_column(1, len(sheet.columns), CELL_WIDTH)


def _written(page: Any, sheet: Sheet, styles: _Styles) -> None:
    page.write_string(0, 0, fmt.clean(sheet.title), styles.title)
    page.write_string(1, 0, fmt.clean(f"{sheet.counts}. {sheet.said}"), styles.said)
    for place, heading in enumerate(("Committee", *sheet.columns)):
        page.write_string(2, place, heading, styles.head)
    for at, row in enumerate(sheet.rows, 3):
        page.write_string(at, 0, fmt.clean(f"{row.name}\n{row.note}".strip()), styles.name)
        texts = ["\n\n".join("\n".join((one.title, *one.words)) for one in cell) for cell in row.cells]
        for place, text in enumerate(texts, 1):
            if text:
                page.write_string(at, place, fmt.clean(text), styles.cell)
            else:
                page.write_blank(at, place, None, styles.cell)
        tallest = max([_lines(row.name + "\n" + row.note, NAME_WIDTH), *(_lines(text, CELL_WIDTH) for text in texts)])
        page.set_row(at, min(LINE * tallest + 6, TALLEST))
    page.freeze_panes(3, 1)
    page.repeat_rows(2)


def _lines(text: str, width: int) -> int:
    return sum(len(textwrap.wrap(line, width * 115 // 100)) or 1 for line in text.split("\n"))


STYLE = """
@page { size: A3 landscape; margin: 10mm }
body { font: 7.5pt/1.25 Arial, sans-serif; margin: 0 } h1 { font-size: 15pt; margin: 0; color: #12436D }
p { margin: 1mm 0 2mm } table { border-collapse: collapse; width: 100%; table-layout: fixed }
th, td { border: 0.5pt solid #B1B4B6; padding: 1mm; text-align: left; vertical-align: top; overflow-wrap: anywhere }
thead th { background: #12436D; color: #fff } tbody th { background: #E8EEF4 } th small { font-weight: normal }
ul { list-style: none; margin: 0; padding: 0 } li { margin-bottom: 1.5mm } li strong { display: block }
thead { display: table-header-group } tr { break-inside: avoid }
"""


def sheet_html(sheet: Sheet) -> str:
    """A document that needs no other file."""
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in ("Committee", *sheet.columns))
    body = "".join(_row(row) for row in sheet.rows)
    return fmt.clean(
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(sheet.title)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(sheet.title)}</h1>"
        f"<p>{escape(sheet.counts)}. {escape(sheet.said)}</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></body></html>\n"
    )


def _row(row: SheetRow) -> str:
    cells = "".join(f"<td>{_cell(cell)}</td>" for cell in row.cells)
    note = f"<br><small>{escape(row.note)}</small>" if row.note else ""
    return f'<tr><th scope="row">{escape(row.name)}{note}</th>{cells}</tr>'


def _cell(entries: Iterable[SheetEntry]) -> str:
    lines = "".join(
        f"<li><strong>{escape(one.title)}</strong>{'<br>'.join(escape(word) for word in one.words)}</li>"
        for one in entries
    )
    return f"<ul>{lines}</ul>" if lines else ""


def sheet_pdf(sheet: Sheet) -> bytes:
    """The HTML document, printed and tagged."""
    import weasyprint

    document = weasyprint.HTML(string=sheet_html(sheet), url_fetcher=_nothing_else)
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


def _nothing_else(url: str) -> dict[str, object]:
    """The document needs no other file, and text in it may not make the server fetch one."""
    message = f"A report fetches nothing: {url}"
    raise ValueError(message)
