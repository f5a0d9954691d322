"""Lists as files: the same rows as on the page, without its paging."""

import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from flask import Response, send_file
from flask.typing import ResponseReturnValue

from reports.listing import Item, ListColumn, write_list_csv, write_list_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def list_file(
    name: str, ending: str, columns: Sequence[ListColumn], rows: Iterable[Sequence[Item]]
) -> ResponseReturnValue:
    """The list as CSV or as a workbook."""
    if ending == "csv":
        content = b"".join(write_list_csv([column.heading for column in columns], rows))
        headers = {"Content-Disposition": f"attachment; filename={name}.csv"}
        return Response(content, mimetype="text/csv", headers=headers)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_list_xlsx(columns, rows, path, title=name)
        content = path.read_bytes()
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=f"{name}.xlsx")
