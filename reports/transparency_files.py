"""The Transparency Code's lists as files: CSV, a workbook, JSON, and the letter that goes with an answer."""

import csv
import io
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from reports.files import File
from reports.listing import BYTE_ORDER_MARK, Item, ListColumn, guarded, write_list_xlsx
from reports.transparency import PENNY, Layout, fact, in_words
from reports.transparency_row import CodeRow, Fact

CSV, JSON_TYPE, TEXT = "text/csv", "application/json", "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Mapping[str, str] = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}


def csv_file(stem: str, rows: Sequence[CodeRow], layout: Layout) -> File:
    """UTF-8. The byte order mark lets a spreadsheet read it rightly; a program that reads the schema wants none."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(layout.headings)
    for row in rows:
        writer.writerow(_csv_cell(fact(row, column, layout), layout) for column in layout.columns)
    mark = "" if layout.machine else BYTE_ORDER_MARK
    return File(f"{stem}.csv", (mark + out.getvalue()).encode(), CSV)


def _csv_cell(value: Fact, layout: Layout) -> str:
    return guarded(value) if isinstance(value, str) else in_words(value, layout)


def xlsx_file(stem: str, rows: Sequence[CodeRow], layout: Layout, title: str) -> File:
    """Real numbers and dates; what is withheld is text in its cell."""
    columns = [
        ListColumn(heading, column.kind, column.width)
        for heading, column in zip(layout.headings, layout.columns, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_list_xlsx(columns, _sheet(rows, layout), path, title=title)
        return File(f"{stem}.xlsx", path.read_bytes(), XLSX)


def _sheet(rows: Sequence[CodeRow], layout: Layout) -> Iterator[list[Item]]:
    for row in rows:
        yield [_sheet_cell(fact(row, column, layout), layout) for column in layout.columns]


def _sheet_cell(value: Fact, layout: Layout) -> Item:
    if isinstance(value, Decimal):
        return value.quantize(PENNY)
    return value if isinstance(value, date | str) else in_words(value, layout) or None


def json_file(stem: str, rows: Sequence[CodeRow], layout: Layout, about: Mapping[str, str]) -> File:
    """The schema's names with typed values; what is not known is left out. Amounts keep their pence."""
    head = ",\n".join(f"  {json.dumps(name)}: {json.dumps(words, ensure_ascii=False)}" for name, words in about.items())
    body = ",\n".join(f"    {{{', '.join(_pairs(row, layout))}}}" for row in rows)
    text = f'{{\n{head},\n  "rows": [\n{body}\n  ]\n}}\n'
    return File(f"{stem}.json", text.encode(), JSON_TYPE)


def _pairs(row: CodeRow, layout: Layout) -> Iterator[str]:
    for column in layout.columns:
        value = fact(row, column, layout)
        words = in_words(value, layout)
        if not words:
            continue
        is_plain = isinstance(value, Decimal) or (not isinstance(value, str) and words in {"true", "false"})
        yield f"{json.dumps(column.name)}: {words if is_plain else json.dumps(words, ensure_ascii=False)}"


def layout_files(
    stem: str, rows: Sequence[CodeRow], layout: Layout, *, title: str, about: Mapping[str, str]
) -> list[File]:
    """Every format of a layout."""
    name = f"{stem}-{layout.key}"
    found = [csv_file(name, rows, layout), xlsx_file(name, rows, layout, title)]
    return [*found, json_file(name, rows, layout, about)] if layout.machine else found


def letter_file(stem: str, paragraphs: Sequence[str | tuple[str, ...]], title: str) -> File:
    """Covering words as a Word document: a tuple is a list of points."""
    from docx import Document

    document = Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.add_heading(title, level=1)
    for one in paragraphs:
        if isinstance(one, str):
            document.add_paragraph(one)
        else:
            for point in one:
                document.add_paragraph(point, style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    return File(f"{stem}.docx", out.getvalue(), DOCX)
