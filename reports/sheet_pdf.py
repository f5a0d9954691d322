"""The sheet of three years as a PDF: one page of A3, in the largest of a few sizes of text that lets it fit."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape
from typing import Any

from reports import format as fmt
from reports.pdf import PDF_VARIANT, fetch_nothing
from reports.sheet import Sheet, SheetEntry, SheetRow, lines_of

#: In points; and what parts the words about a decision where they run on. What does not fit the last takes more pages.
SIZES = (("7.5", ""), ("6.5", ""), ("5.5", " · "), ("4.5", " · "))
#: Of the table, in points; the width of a letter and the height of a line, in the size of the text: at the least.
WIDE, HIGH, LETTER, LINE = 1132, 720, Decimal("0.42"), Decimal("1.25")
STYLE = """
@page { size: A3 landscape; margin: 10mm }
body { font: %spt/1.25 Arial, sans-serif; margin: 0 } h1 { font-size: 15pt; margin: 0; color: #12436D }
p { margin: 1mm 0 2mm; font-size: 7.5pt } table { border-collapse: collapse; width: 100%%; table-layout: fixed }
th, td { border: 0.5pt solid #B1B4B6; padding: 1mm; text-align: left; vertical-align: top; overflow-wrap: anywhere }
thead th { background: #12436D; color: #fff } tbody th { background: #E8EEF4 } th small { font-weight: normal }
ul { list-style: none; margin: 0; padding: 0 } li { margin-bottom: 0.6em } li strong { display: block }
thead { display: table-header-group }
"""


def sheet_pdf(sheet: Sheet) -> bytes:
    """Tagged."""
    return bytes(fitted(sheet).write_pdf(pdf_variant=PDF_VARIANT))


#: WeasyPrint has no types: its documents are Any here.
def fitted(sheet: Sheet) -> Any:
    """In the first of the sizes that fits; else in the last."""
    *larger, last = SIZES
    documents = (_printed(sheet, *size) for size in larger if _may_fit(sheet, *size))
    return next((one for one in documents if len(one.pages) == 1), None) or _printed(sheet, *last)


def _may_fit(sheet: Sheet, size: str, between: str) -> bool:
    """Whether it is worth printing: each try takes a second."""
    text = Decimal(size)
    characters = int(WIDE / ((len(sheet.columns) + 1) * text * LETTER))
    tallest = (
        max(sum(lines_of("\n".join(_said(one, between)), characters) for one in cell) for cell in row.cells)
        for row in sheet.rows
    )
    return sum(tallest) * text * LINE < HIGH


def _said(one: SheetEntry, between: str) -> Iterator[str]:
    yield one.title
    yield from (between.join(one.words),) if between else one.words


def _printed(sheet: Sheet, size: str, between: str) -> Any:
    import weasyprint

    document = weasyprint.HTML(string=_html(sheet, size, between or "<br>"), url_fetcher=fetch_nothing)
    return document.render(pdf_variant=PDF_VARIANT)


def _html(sheet: Sheet, size: str, between: str) -> str:
    """A document that needs no other file."""
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in ("Committee", *sheet.columns))
    body = "".join(_row(row, between) for row in sheet.rows)
    return fmt.clean(
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(sheet.title)}</title>'
        f"<style>{STYLE % size}</style></head><body><h1>{escape(sheet.title)}</h1>"
        f"<p>{escape(sheet.counts)}. {escape(sheet.said)}</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></body></html>\n"
    )


def _row(row: SheetRow, between: str) -> str:
    cells = "".join(f"<td>{_cell(cell, between)}</td>" for cell in row.cells)
    note = f"<br><small>{escape(row.note)}</small>" if row.note else ""
    return f'<tr><th scope="row">{escape(row.name)}{note}</th>{cells}</tr>'


def _cell(entries: Sequence[SheetEntry], between: str) -> str:
    lines = "".join(
        f"<li><strong>{escape(one.title)}</strong>{between.join(escape(word) for word in one.words)}</li>"
        for one in entries
    )
    return f"<ul>{lines}</ul>" if lines else ""
