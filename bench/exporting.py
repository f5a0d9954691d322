"""Downloads and documents, beside the bare libraries writing the same cells."""

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measuring import Figure, seconds
from bench.serving import Server

ANNEX_ROWS = 400
#: Beside the Register id and the title, which always lead.
CHOSEN = "reference,unit,provider,starts_on,current_end_on,current_high"


def downloads(server: Server, size: int) -> Iterator[Figure]:
    """The whole list as CSV and as XLSX, over HTTP."""
    taken, body = seconds(lambda: server.get("/contracts.csv"))
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    least, _ = seconds(lambda: csv.writer(io.StringIO()).writerows(rows))
    yield Figure(
        f"CSV of {size:,} contracts, {len(rows[0])} columns",
        taken,
        "s",
        least,
        "0.75 s for 10,000",
    )
    taken, body = seconds(lambda: server.get(f"/contracts.csv?columns={CHOSEN}"))
    chosen = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    least, _ = seconds(lambda: csv.writer(io.StringIO()).writerows(chosen))
    yield Figure(f"CSV of {size:,} contracts, {len(chosen[0])} columns chosen", taken, "s", least, "0.3 s for 10,000")
    taken, _ = seconds(lambda: server.get("/contracts.xlsx"))
    least, _ = seconds(lambda: _bare_workbook(rows))
    yield Figure(f"XLSX of {size:,} contracts", taken, "s", least, "1.3 times bare XlsxWriter")


def _bare_workbook(rows: list[list[str]]) -> None:
    """XlsxWriter and nothing else, the same cells: numbers as numbers, the rest as text."""
    import xlsxwriter

    with tempfile.TemporaryDirectory() as folder:
        workbook = xlsxwriter.Workbook(Path(folder) / "bare.xlsx", {"constant_memory": True})
        sheet = workbook.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if not cell:
                    continue
                if cell.replace(".", "", 1).isdigit():
                    sheet.write_number(at, column, float(cell))
                else:
                    sheet.write_string(at, column, cell)
        workbook.close()


def documents() -> Iterator[Figure]:
    """A Word annex of many rows, beside python-docx saving a document with nothing in it."""
    import docx

    from bench.annex_rows import annex_set
    from reports import docx as word

    given = annex_set(ANNEX_ROWS)
    word.to_docx(annex_set(3))
    least, _ = seconds(lambda: docx.Document().save(io.BytesIO()))
    taken, _ = seconds(lambda: word.to_docx(given))
    yield Figure(f"Word annex of {ANNEX_ROWS} rows", taken, "s", least, "0.5 s")
