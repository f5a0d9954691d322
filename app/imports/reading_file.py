"""One file read in this process. Only the reading child calls it; others call ``reading.read``."""

from pathlib import Path

from app.imports.sniffing import kind_of_file
from app.imports.text_files import decode, read_rows
from app.imports.workbook import CannotRead, FileKind, Limits, Sheet, Workbook


def read_file(path: Path, name: str, limits: Limits) -> Workbook:
    """Read every sheet, or say in one line why the file cannot be used."""
    kind = kind_of_file(path, name, limits)
    workbook = _text_file(path, name, limits) if kind is FileKind.CSV else _spreadsheet(path, kind, name, limits)
    if not any(sheet.rows for sheet in workbook.sheets):
        raise CannotRead(f"{name} has no rows: there is nothing to import")
    return workbook


def _text_file(path: Path, name: str, limits: Limits) -> Workbook:
    decoded = decode(path.read_bytes(), name)
    rows = read_rows(decoded, name, limits)
    sheet = Sheet(Path(name).stem, rows)
    return Workbook(name, FileKind.CSV, (sheet,), decoded.warnings, decoded.encoding)


def _spreadsheet(path: Path, kind: FileKind, name: str, limits: Limits) -> Workbook:
    from app.imports.spreadsheets import read_sheets

    sheets, warnings = read_sheets(path, kind, name, limits)
    return Workbook(name, kind, sheets, warnings)
