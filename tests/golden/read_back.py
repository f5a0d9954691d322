"""Reading documents as their readers' programs do: each format parsed back into headings, rows and totals."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import html5lib
from docx import Document
from python_calamine import CalamineWorkbook

from reports.html_style import STYLE

HTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Printed:
    """A table as read: its headings, the rows of figures, group headings and totals."""

    caption: str
    headings: list[str]
    rows: list[list[Any]]
    groups: list[str]
    totals: list[list[Any]]

    def column(self, heading: str) -> list[Any]:
        return [row[self.headings.index(heading)] for row in self.rows]


def html_tables(document: str) -> list[Printed]:
    tree = html5lib.parse(document)
    return [_html_table(table) for table in tree.iter(f"{HTML}table")]


def _html_table(table: Any) -> Printed:
    rows = [row for body in table.findall(f"{HTML}tbody") for row in body.iter(f"{HTML}tr")]
    groups = [row for row in rows if row[0].get("scope") == "rowgroup"]
    foot = table.find(f"{HTML}tfoot")
    return Printed(
        caption=_words(table.find(f"{HTML}caption")),
        headings=[_words(cell) for cell in table.find(f"{HTML}thead").iter(f"{HTML}th")],
        rows=[[_words(cell) for cell in row] for row in rows if row not in groups],
        groups=[_words(row) for row in groups],
        totals=[[_words(cell) for cell in row] for row in (foot if foot is not None else [])],
    )


def _words(element: Any) -> str:
    """The text of a cell, a line for each line, without the marks of footnotes."""
    inner = element.text or ""
    for child in element:
        marks = child.tag == f"{HTML}sup"
        inner += ("" if marks else _words(child)) + (child.tail or "")
    return f"\n{inner}" if element.tag == f"{HTML}br" else inner


def docx_tables(document: bytes) -> list[Printed]:
    read = Document(io.BytesIO(document))
    captions = [one.text for one in read.paragraphs if one.style is not None and one.style.name == "Caption"]
    return [_docx_table(table, caption) for table, caption in zip(read.tables, captions, strict=True)]


def _docx_table(table: Any, caption: str) -> Printed:
    rows = [[_docx_words(cell) for cell in row._tr.tc_lst] for row in table.rows]
    columns = len(rows[0])
    body = rows[1:]
    at = next((place for place, row in enumerate(body) if 1 < len(row) < columns), len(body))
    return Printed(
        caption=caption,
        headings=rows[0],
        rows=[row for row in body[:at] if len(row) == columns],
        groups=[row[0] for row in body[:at] if len(row) == 1],
        totals=body[at:],
    )


def _docx_words(cell: Any) -> str:
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    raised = {run for run in cell.iter(f"{word}r") if run.find(f"{word}rPr/{word}vertAlign") is not None}
    return "".join(
        "\n" if part.tag == f"{word}br" else part.text or ""
        for run in cell.iter(f"{word}r")
        if run not in raised
        for part in run
        if part.tag in {f"{word}t", f"{word}br"}
    )


def xlsx_cells(workbook: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def xlsx_tables(workbook: bytes) -> list[Printed]:
    """Each annex: its header is the first row whose every cell is filled; rows run to the first empty one."""
    sheets = xlsx_cells(workbook)
    return [_xlsx_table(cells) for name, cells in sheets.items() if name.startswith("Annex")]


def _xlsx_table(cells: list[list[Any]]) -> Printed:
    header = next(place for place, row in enumerate(cells) if all(row))
    end = next(place for place, row in enumerate(cells) if place > header and not any(row))
    totals = [row for row in cells[end:] if any(isinstance(value, float) for value in row)]
    return Printed(str(cells[0][0]), [str(value) for value in cells[header]], cells[header + 1 : end], [], totals)


def csv_table(file: bytes) -> Printed:
    headings, *rows = csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""))
    return Printed("", headings, rows, [], [])


def without_style(document: str) -> str:
    """The document's words and structure; the style sheet has no figures in it."""
    return document.replace(STYLE, "")
