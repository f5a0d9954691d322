"""An XLSX, XLS or ODS read by calamine. Runs in the reading child, whose memory is bounded."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import python_calamine as calamine

from app.imports.spreadsheet_errors import Flaws, flaws_in
from app.imports.text_files import refuse_size, refuse_width
from app.imports.workbook import CannotRead, CellType, FileKind, Limits, RawRow, Sheet, column_letter, counted

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
#: Excel itself shows no more; past them stand only a double's rounding errors.
SIGNIFICANT_DIGITS = 15
_EXACT_WHOLE = 1e15
_NAMED_IN_A_WARNING = 5
_MOST_SHEETS = 200


def read_sheets(path: Path, kind: FileKind, name: str, limits: Limits) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Every worksheet, and warnings about what the file does not hold."""
    flaws = flaws_in(path) if kind is FileKind.XLSX else {}
    try:
        with calamine.load_workbook(path) as workbook:
            sheets = tuple(_sheets(workbook, flaws, name, limits))
    except calamine.PasswordError as error:
        raise CannotRead(f"{name} is protected by a password: save a copy without one") from error
    except calamine.CalamineError as error:
        raise CannotRead(f"{name} is damaged and cannot be read as {kind}: open it, save it again and retry") from error
    return sheets, tuple(_warnings(flaws))


def _sheets(
    workbook: calamine.CalamineWorkbook, flaws: Mapping[str, Flaws], name: str, limits: Limits
) -> Iterator[Sheet]:
    rows = cells = 0
    for about in workbook.sheets_metadata[:_MOST_SHEETS]:
        if about.typ is not calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        if sheet.start is None or sheet.end is None:
            continue
        refuse_size(rows + sheet.height, cells + sheet.height * sheet.width, f"{name}, {about.name}", limits)
        found = tuple(_rows(sheet, flaws.get(about.name, {}), f"{name}, {about.name}", limits))
        rows, cells = rows + len(found), cells + sheet.height * sheet.width
        yield Sheet(about.name, found, visible=about.visible is calamine.SheetVisibleEnum.Visible)


def _rows(sheet: calamine.CalamineSheet, flaws: Flaws, name: str, limits: Limits) -> Iterator[RawRow]:
    first_row, first_column = sheet.start or (0, 0)
    values = sheet.to_python()
    _fill_merged(values, sheet.merged_cell_ranges or [], first_row, first_column)
    by_row: dict[int, list[tuple[int, CellType, str]]] = {}
    for (index, column), (flaw, text) in flaws.items():
        by_row.setdefault(index, []).append((column, flaw, text))
    for index, found in enumerate(values, first_row):
        row = _row(index, first_column, found, by_row.get(index, ()))
        if not row.is_blank or CellType.UNCALCULATED in row.types:
            refuse_width(row.cells, row.number, name, limits)
            yield row


def _row(index: int, first_column: int, values: Sequence[Value], flaws: Sequence[tuple[int, CellType, str]]) -> RawRow:
    texts, types = [""] * first_column, [CellType.TEXT.value] * first_column
    for value in values:
        text, kind = cell_text(value)
        texts.append(text)
        types.append(kind.value)
    for column, flaw, text in flaws:
        if column < len(texts) and not texts[column]:
            texts[column], types[column] = text, flaw.value
    return RawRow(index + 1, tuple(texts), "".join(types))


def cell_text(value: Value) -> tuple[str, CellType]:
    """A typed cell as text a person would recognise, and its type."""
    match value:
        case str():
            return value, CellType.TEXT
        case bool():
            return str(value).upper(), CellType.YES_NO
        case int() | float():
            return number_text(value), CellType.NUMBER
        case dt.datetime():
            return value.isoformat(sep=" "), CellType.MOMENT
        case dt.date():
            return value.isoformat(), CellType.DAY
        case _:
            return str(value), CellType.CLOCK


def number_text(number: float) -> str:
    """In full, as Excel shows it: 1234567, not 1234567.0; 0.3, not 0.30000000000000004."""
    if number == number // 1 and abs(number) < _EXACT_WHOLE:
        return str(int(number))
    shown = f"{number:.{SIGNIFICANT_DIGITS}g}"
    return format(Decimal(shown), "f") if "e" in shown else shown


def _fill_merged(
    values: list[list[Value]],
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    first_row: int,
    first_column: int,
) -> None:
    """Words in a cell merged downwards hold for all its rows; a number merged over rows belongs to them together."""
    for (top, left), (bottom, _) in merged:
        column = left - first_column
        rows = values[top - first_row : bottom - first_row + 1]
        if top < first_row or not rows or not 0 <= column < len(rows[0]) or not isinstance(rows[0][column], str):
            continue
        for row in rows[1:]:
            row[column] = row[column] or rows[0][column]


def _warnings(flaws: Mapping[str, Flaws]) -> Iterator[str]:
    for sheet, found in flaws.items():
        for flaw, called in (
            (CellType.ERROR, "with an error such as #N/A"),
            (CellType.UNCALCULATED, "with a formula whose result the file does not hold: open it in Excel and save it"),
        ):
            places = [f"{column_letter(column)}{row + 1}" for (row, column), (kind, _) in found.items() if kind is flaw]
            if places:
                named = ", ".join(places[:_NAMED_IN_A_WARNING])
                more = " and more" if len(places) > _NAMED_IN_A_WARNING else ""
                yield f"{sheet}: {counted(len(places), 'cell')} {called} ({named}{more})"
