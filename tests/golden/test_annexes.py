"""The sample's annexes in every format, against the files kept beside this one. ``make golden`` writes them again."""

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reports.csv import to_csv
from reports.docx import to_docx
from reports.html import to_html
from reports.values import Edition
from reports.xlsx import to_xlsx
from tests.golden.read_back import docx_tables, without_style, xlsx_cells
from tests.golden.sample import annex_set, empty_set

KEPT = Path(__file__).parent / "annexes"

SETS = {"open": annex_set(), "exempt": annex_set(Edition.EXEMPT), "empty": empty_set()}


def workbook_text(workbook: bytes) -> str:
    """Every cell of a workbook, a line a row: text in quotes, numbers and dates bare."""
    return "".join(f"{line}\n" for line in workbook_lines(workbook))


def workbook_lines(workbook: bytes) -> Iterator[str]:
    for name, rows in xlsx_cells(workbook).items():
        yield f"# {name}"
        for row in rows:
            yield " | ".join(cell_text(value) for value in row)


def cell_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if value != "" else ""


def word_text(document: bytes) -> str:
    lines: list[str] = []
    for table in docx_tables(document):
        lines += [f"# {table.caption}", " | ".join(table.headings), *(f"## {group}" for group in table.groups)]
        lines += [" | ".join(row).replace("\n", " / ") for row in (*table.rows, *table.totals)]
    return "\n".join(lines) + "\n"


def kept(name: str, made: bytes) -> None:
    path = KEPT / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(made)
    assert path.read_bytes() == made, f"{name} has changed: run make golden and read the difference"


@pytest.mark.parametrize("which", SETS)
def test_csv_is_the_same_to_the_byte(which: str) -> None:
    for number, file in to_csv(SETS[which]).items():
        kept(f"{which}-annex-{number}.csv", file)


@pytest.mark.parametrize("which", SETS)
def test_workbook_has_the_same_cells(which: str) -> None:
    kept(f"{which}-workbook.txt", workbook_text(to_xlsx(SETS[which])).encode())


@pytest.mark.parametrize("which", SETS)
def test_html_is_the_same(which: str) -> None:
    kept(f"{which}.html", without_style(to_html(SETS[which])).encode())


@pytest.mark.parametrize("which", SETS)
def test_word_has_the_same_cells(which: str) -> None:
    kept(f"{which}-word.txt", word_text(to_docx(SETS[which])).encode())
