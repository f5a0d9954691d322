"""A list as a file: CSV as it is written, XLSX from a temporary file that goes when it is sent."""

import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from flask import Response, abort, send_file

from reports.listing import Item, ListColumn, write_list_csv, write_list_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def list_file(name: str, ending: str, columns: Sequence[ListColumn], rows: Iterable[Sequence[Item]]) -> Response:
    """The whole list as "services.csv" or "services.xlsx"; 404 for any other ending."""
    if ending == "csv":
        answer = Response(write_list_csv([one.heading for one in columns], rows), mimetype="text/csv")
        answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.csv")
        return answer
    if ending != "xlsx":
        abort(404)
    return send_file(_workbook(name, columns, rows), mimetype=XLSX, as_attachment=True, download_name=f"{name}.xlsx")


def _workbook(name: str, columns: Sequence[ListColumn], rows: Iterable[Sequence[Item]]) -> io.BytesIO:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.xlsx"
        write_list_xlsx(columns, rows, path, title=name)
        return io.BytesIO(path.read_bytes())
