"""Annexes as a workbook: a cover, one sheet an annex, notes, and for drafts what is still to mend."""

import io
import re
import textwrap
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from reports import format as fmt
from reports.annex_set import AnnexSet
from reports.catalogue import laid_out
from reports.context import Context
from reports.cover import NOT_FOR_PUBLICATION, READING_NOTES, facts
from reports.layout import Datum, Heading, Laid, TotalLine
from reports.listing import LONGEST_TEXT, NARROWEST, WIDEST
from reports.redaction import printable
from reports.table import Kind, Medium

SHEETS = {1: "Annex 1 Services", 2: "Annex 2 Commissioned", 3: "Annex 3 Forthcoming", 4: "Annex 4 Agreements"}
SHEETS |= {5: "Annex 5 Social value"}
NAVY, PALE, GREY, RED = "#12436D", "#E8EEF4", "#505A5F", "#B10E1E"
A4, A3 = 9, 8
#: A sheet of more characters than this is too small to read when it is one A4 page wide.
WIDEST_ON_A4 = 250
#: The height of a line of text and the air around it, in points.
LINE, AIR = 13, 3
#: Text is narrower than the digits that a column is measured in: so many characters to a hundred digits.
CHARACTERS = 115
#: Margins in inches.
SIDE, BOTTOM = Decimal("0.4"), Decimal("0.7")
LONGEST_FOOTER = 255
#: Excel makes no row taller.
TALLEST = 409
#: More lines than this above a table would fill a screen if they stayed in view.
MOST_LINES_HELD = 9
#: A total's formula looks its rows up by plain words; what a sheet might read as a number or a pattern is summed here.
_PLAIN_WORDS = re.compile(r"[A-Za-z][A-Za-z &,'/:()-]*")


def to_xlsx(annexes: AnnexSet) -> bytes:
    """Write the set as one workbook; the same set always gives the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        _Workbook(book, annexes).write()
    return out.getvalue()


#: XlsxWriter has no types: books, sheets and formats are Any here.
class _Workbook:
    """One set on its way into a workbook."""

    def __init__(self, book: Any, annexes: AnnexSet) -> None:
        shown = printable(annexes)
        self.book, self.annexes, self.context = book, shown.annexes, annexes.context
        self.laid = laid_out(shown, Medium.XLSX)
        self.styles = _Styles(book)

    def write(self) -> None:
        self.book.set_properties(_properties(self.context))
        cover = self.book.add_worksheet("Cover")
        for laid in self.laid:
            _Sheet(self.book.add_worksheet(SHEETS[laid.number]), laid, self.context, self.styles).write()
        self._notes()
        if self.context.is_draft:
            self._gaps()
        self._cover(cover)

    def _cover(self, sheet: Any) -> None:
        styles = self.styles
        _print_set_up(sheet, self.context, "Cover", landscape=False)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 70)
        sheet.write_string(0, 0, self.context.title, styles.title)
        if not self.context.is_open:
            sheet.write_string(1, 0, NOT_FOR_PUBLICATION, styles.warning)
        lines = [*facts(self.context)]
        for at, (name, text) in enumerate(lines, 2):
            sheet.write_string(at, 0, name, styles.bold)
            sheet.write_string(at, 1, text, styles.text)
        sheet.write_string(len(lines) + 3, 0, "Contents", styles.heading)
        for at, (name, what) in enumerate(self._contents(), len(lines) + 4):
            sheet.write_url(at, 0, f"internal:'{name}'!A1", styles.link, name)
            sheet.write_string(at, 1, what, styles.text)

    def _contents(self) -> Iterable[tuple[str, str]]:
        for laid in self.laid:
            rows = fmt.counted(len(laid.lines), "row") if laid.lines else laid.empty
            yield SHEETS[laid.number], f"{laid.caption.partition(': ')[2]}: {rows}"
        yield "Notes", "How to read the tables, and their footnotes"
        if self.context.is_draft:
            yield "Data quality", f"{fmt.counted(len(self.annexes.gaps), 'gap')} to mend; not part of the final version"

    def _notes(self) -> None:
        rows = [("All annexes", "", text) for text in (*READING_NOTES, *self.annexes.notes)]
        for laid in self.laid:
            rows += [(f"Annex {laid.number}", note.mark, note.text) for note in laid.footnotes]
        self._plain_sheet("Notes", ("Where", "Note", "Text"), (16, 8, 110), rows)

    def _gaps(self) -> None:
        rows = [(gap.title, gap.problem, "Yes" if gap.keeps_out else "No") for gap in self.annexes.gaps]
        headings = ("Record", "What is wrong, and what mends it", "Kept out of the annex")
        self._plain_sheet("Data quality", headings, (45, 80, 14), rows)

    def _plain_sheet(
        self, name: str, headings: tuple[str, ...], widths: tuple[int, ...], rows: Sequence[tuple[str, ...]]
    ) -> None:
        sheet = self.book.add_worksheet(name)
        _print_set_up(sheet, self.context, name)
        sheet.write_string(0, 0, name, self.styles.caption)
        for place, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(1, place, heading, self.styles.header)
        sheet.set_row(1, _height(headings, widths))
        for at, row in enumerate(rows or [("None as at " + fmt.day(self.context.as_at), "", "")], 2):
            for place, text in enumerate(row):
                if text:
                    sheet.write_string(at, place, text[:LONGEST_TEXT], self.styles.text)
            sheet.set_row(at, _height(row, widths))
        sheet.freeze_panes(2, 0)
        sheet.repeat_rows(1)
        if rows:
            sheet.autofilter(1, 0, 1 + len(rows), len(headings) - 1)


class _Sheet:
    """One annex on its own sheet."""

    def __init__(self, sheet: Any, laid: Laid, context: Context, styles: "_Styles") -> None:
        self.sheet, self.laid, self.context, self.styles = sheet, laid, context, styles
        self.widths = [_width(laid, place) for place in range(len(laid.headings))]

    def write(self) -> None:
        paper = A4 if sum(self.widths) <= WIDEST_ON_A4 else A3
        _print_set_up(self.sheet, self.context, f"Annex {self.laid.number}", paper=paper)
        for place, width in enumerate(self.widths):
            self.sheet.set_column(place, place, width)
        header = self._above()
        self._header(header)
        last = self._rows(header + 1)
        self._below(last + 2, (header + 1, last))

    def _above(self) -> int:
        """The caption, who it is for, and the paragraphs that belong above the table."""
        self.sheet.write_string(0, 0, self.laid.caption, self.styles.caption)
        self.sheet.write_url(1, 0, "internal:'Cover'!A1", self.styles.link, "Back to contents")
        return self._paragraphs(2, self.laid.before, self.styles.plain)

    def _paragraphs(self, row: int, texts: Iterable[str], style: Any) -> int:
        """Long text runs over the empty cells to its right, so it is broken at the width of the table."""
        lines = [line for text in texts for line in textwrap.wrap(text, max(sum(self.widths), WIDEST))]
        for at, line in enumerate(lines, row):
            self.sheet.write_string(at, 0, line, style)
        return row + len(lines)

    def _header(self, row: int) -> None:
        for place, heading in enumerate(self.laid.headings):
            style = self.styles.header_right if heading.is_numeric else self.styles.header
            self.sheet.write_string(row, place, heading.text, style)
        self.sheet.set_row(row, _height([heading.text for heading in self.laid.headings], self.widths))
        self.sheet.repeat_rows(row)
        if row <= MOST_LINES_HELD:
            self.sheet.freeze_panes(row + 1, 0)

    def _rows(self, first: int) -> int:
        """Write the rows and return the last one's place."""
        lines = self.laid.lines
        if not lines:
            self.sheet.write_string(first, 0, self.laid.empty, self.styles.plain)
            return first
        for row, line in enumerate(lines, first):
            for place, (cell, heading) in enumerate(zip(line.cells, self.laid.headings, strict=True)):
                self._put(row, place, cell.value, self.styles.of(heading, cell.value))
            self.sheet.set_row(row, _height([cell.value for cell in line.cells], self.widths))
        last = first + len(lines) - 1
        self.sheet.autofilter(first - 1, 0, last, len(self.laid.headings) - 1)
        return last

    def _put(self, row: int, place: int, value: Datum, style: Any) -> None:
        match value:
            case None:
                self.sheet.write_blank(row, place, None, style)
            case str():
                self.sheet.write_string(row, place, value[:LONGEST_TEXT], style)
            case date():
                moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day, with no time
                self.sheet.write_datetime(row, place, moment, style)
            case Decimal():
                self.sheet.write_number(row, place, value, style)

    def _below(self, row: int, rows: tuple[int, int]) -> None:
        """Totals stand clear of the rows, so that sorting and filtering cannot swallow them."""
        for at, total in enumerate(self.laid.totals, row):
            self._total(at, total, rows)
        after = row + len(self.laid.totals) + bool(self.laid.totals)
        after = self._paragraphs(after, self.laid.remarks, self.styles.plain)
        self._paragraphs(after, (self.laid.provenance,), self.styles.source)

    def _total(self, row: int, total: TotalLine, rows: tuple[int, int]) -> None:
        self.sheet.write_string(row, 0, total.label, self.styles.bold_plain)
        for place, cell in enumerate(total.cells):
            if cell is None or not isinstance(cell.value, Decimal):
                continue
            style = self.styles.total(self.laid.headings[place], cell.value)
            formula = _formula(total, place, rows)
            if formula:
                self.sheet.write_formula(row, place, formula, style, cell.value)
            else:
                self.sheet.write_number(row, place, cell.value, style)


def _formula(total: TotalLine, place: int, rows: tuple[int, int]) -> str:
    """A sum that follows the rows wherever sorting puts them; nothing where only the register can tell them apart."""
    if total.adds_all:
        return f"=SUM({_span(place, rows)})"
    where = total.adds_where
    if where is None or not _PLAIN_WORDS.fullmatch(where.value):
        return ""
    return f'=SUMIF({_span(where.column, rows)},"{where.value}",{_span(place, rows)})'


def _span(place: int, rows: tuple[int, int]) -> str:
    from xlsxwriter.utility import xl_range_abs

    return str(xl_range_abs(rows[0], place, rows[1], place))


def _width(laid: Laid, place: int) -> int:
    """Wide enough for the text, up to the width the column asks for; the heading's longest word always fits."""
    heading = laid.headings[place]
    longest = max((len(_as_shown(line.cells[place].value)) for line in laid.lines), default=0)
    word = max(map(len, heading.text.split()))
    return min(max(min(longest + 2, heading.width), word + 2, NARROWEST), WIDEST)


def _height(values: Sequence[Datum], widths: Sequence[int]) -> int:
    """Make room for wrapped text: not every program does so by itself."""
    texts = ((value, width) for value, width in zip(values, widths, strict=True) if isinstance(value, str))
    lines = max((len(textwrap.wrap(text, width * CHARACTERS // 100)) for text, width in texts), default=1)
    return min(LINE * max(lines, 1) + AIR, TALLEST)


def _as_shown(value: Datum) -> str:
    if isinstance(value, Decimal):
        return f"£{value:,.0f}"
    return "dd/mm/yyyy" if isinstance(value, date) else value or ""


def _properties(context: Context) -> dict[str, object]:
    return {
        "title": context.title,
        "subject": f"{context.whose}, {context.plan_year}, as at {fmt.day(context.as_at)}",
        "author": context.prepared_by,
        "company": context.council,
        "status": _status(context),
        "created": datetime(context.as_at.year, context.as_at.month, context.as_at.day),  # noqa: DTZ001 - the day it shows
    }


def _status(context: Context) -> str:
    return f"{context.status} v{context.version}" if context.version else context.status


def _print_set_up(sheet: Any, context: Context, name: str, *, landscape: bool = True, paper: int = A4) -> None:
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=SIDE, right=SIDE, top=SIDE, bottom=BOTTOM)
    sheet.hide_gridlines(2)
    sheet.set_footer(_footer(context, name))


def _footer(context: Context, name: str) -> str:
    """An ampersand would be an order to the printer; Excel holds 255 characters."""
    parts = [name, context.title, _status(context), f"as at {fmt.short_day(context.as_at)}"]
    if not context.is_open:
        parts.insert(0, "NOT FOR PUBLICATION")
    page = "&R&8Page &P of &N"
    text = " · ".join(parts).replace("&", "&&")[: LONGEST_FOOTER - len(page) - len("&L&8 ")]
    return f"&L&8 {text.rstrip('&')}{page}"


class _Styles:
    """The formats of a workbook, made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.title = self._style(bold=True, font_size=16, font_color=NAVY)
        self.caption = self._style(bold=True, font_size=14, font_color=NAVY)
        self.heading = self._style(bold=True, font_size=12, font_color=NAVY)
        self.warning = self._style(bold=True, font_color=RED, font_size=12)
        self.bold = self._style(bold=True, valign="top")
        self.bold_plain = self._style(bold=True)
        self.plain = self._style()
        self.source = self._style(italic=True, font_color=GREY)
        self.link = self._style(font_color="#1D70B8", underline=1)
        self.text = self._style(text_wrap=True, valign="top")
        header = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": NAVY, "font_color": "#FFFFFF"}
        self.header = self._style(**header)
        self.header_right = self._style(**header, align="right", indent=1)
        line = {"valign": "top", "bottom": 4, "bottom_color": "#B1B4B6"}
        self._cells = {
            Kind.TEXT: self._style(**line, text_wrap=True),
            Kind.NOTES: self._style(**line, text_wrap=True),
            Kind.POUNDS: self._style(**line, num_format="£#,##0", align="right", indent=1),
            Kind.NUMBER: self._style(**line, num_format="#,##0", align="right", indent=1),
            Kind.DAY: self._style(**line, num_format="dd/mm/yyyy", align="left"),
        }
        summed = {"bold": True, "top": 1, "bg_color": PALE, "align": "right", "indent": 1}
        self._totals = {
            Kind.POUNDS: self._style(**summed, num_format="£#,##0"),
            Kind.NUMBER: self._style(**summed, num_format="#,##0"),
        }
        self._part = self._style(**line, num_format="#,##0.00", align="right", indent=1)
        self._part_total = self._style(**summed, num_format="#,##0.00")

    def _style(self, **wanted: object) -> Any:
        return self._book.add_format({"font_name": "Arial", "font_size": 10, **wanted})

    def of(self, heading: Heading, value: Datum) -> Any:
        return self._part if _is_part(heading, value) else self._cells[heading.kind]

    def total(self, heading: Heading, value: Datum) -> Any:
        return self._part_total if _is_part(heading, value) else self._totals[heading.kind]


def _is_part(heading: Heading, value: Datum) -> bool:
    """A quantity that is not whole: Excel has no format that leaves the point out of the others."""
    return heading.kind is Kind.NUMBER and isinstance(value, Decimal) and value % 1 != 0
