"""The list found in a workbook: which sheet, and which row holds the headings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.core.text import fold
from app.imports.answers import Answers
from app.imports.found import FoundList, How, OtherSheet, fold_heading
from app.imports.heading_words import OF_PAYMENTS
from app.imports.mapping import known_headings, map_columns
from app.imports.reading import FileRefused
from app.imports.targets import Target
from app.imports.workbook import RawRow, Sheet, Workbook, column_letter, counted

#: Headings stand near the top, under a title or two.
ROWS_SEARCHED = 60
FEWEST_KNOWN_HEADINGS = 2
LONGEST_HEADING = 200
_SAME_LIST = 0.8
#: What only a list of contracts has.
_OF_CONTRACTS = frozenset({Target.STARTS_ON, Target.CURRENT_END_ON, Target.REGISTER_ID})


def find_list(
    workbook: Workbook, answers: Answers | None = None, columns: Mapping[int, Target] | None = None
) -> FoundList:
    """Find the list. What a person chose (sheet, heading row, columns) comes before what is found."""
    answers = answers or Answers()
    sheets = _asked_sheets(workbook, answers.sheet)
    found = [(sheet, header) for sheet in sheets if (header := _header(sheet, answers.header_row)) is not None]
    if not found:
        raise FileRefused(_no_headings(workbook, answers))
    lists = [_list(sheet, header, _chosen(sheet.rows[header], answers, columns or {})) for sheet, header in found]
    best = max(lists, key=_worth)
    others = tuple(_other(best, other) for other in lists if other is not best)
    return FoundList(
        best.sheet, best.header_row, best.columns, best.rows, best.above, others, tuple(_warnings(best, others))
    )


def refuse_unusable(found: FoundList, name: str) -> None:
    """Refuse a list that is not one of contracts, or whose contracts have no title."""
    paid = next((heading for heading in found.headings if fold_heading(heading) in OF_PAYMENTS), "")
    if paid and not any(column.target in _OF_CONTRACTS for column in found.columns):
        raise FileRefused(
            f"{name} is a list of payments, not of contracts: it has “{paid}” and no start or end date. "
            "Import the contracts register"
        )
    if not found.columns_of(Target.TITLE) and not found.columns_of(Target.REGISTER_ID):
        headings = " ".join(", ".join(f"“{heading}”" for heading in found.headings if heading).split())[:300]
        raise FileRefused(
            f"{name} has no column for the title of the agreement: its headings are {headings}. "
            'Name the column in an answers file: {"columns": {"Its heading": "title"}}'
        )


def _asked_sheets(workbook: Workbook, wanted: str) -> Sequence[Sheet]:
    if not wanted:
        return [sheet for sheet in workbook.sheets if sheet.visible and sheet.rows] or workbook.sheets
    named = [sheet for sheet in workbook.sheets if fold(sheet.name) == fold(wanted)]
    if not named:
        there = ", ".join(f"“{sheet.name}”" for sheet in workbook.sheets)
        raise FileRefused(f"{workbook.name} has no sheet “{wanted}”: use one of {there}")
    return named


def _header(sheet: Sheet, wanted: int | None) -> int | None:
    """The place among the sheet's rows of the one that holds the headings."""
    if wanted is not None:
        return next((place for place, row in enumerate(sheet.rows) if row.number == wanted), None)
    scores = [(_known_headings(row), -place) for place, row in enumerate(sheet.rows[:ROWS_SEARCHED])]
    best, place = max(scores, default=(0, 0))
    return -place if best >= FEWEST_KNOWN_HEADINGS else None


def _known_headings(row: RawRow) -> int:
    """How many different things the cells would mean as headings; only words known outright count."""
    known = known_headings()
    return len(
        {
            known[word][0][0]
            for cell in row.cells
            if cell and len(cell) < LONGEST_HEADING and (word := fold_heading(cell)) in known
        }
    )


def _no_headings(workbook: Workbook, answers: Answers) -> str:
    if answers.header_row is not None:
        return f"{workbook.name} has no row {answers.header_row} to take the headings from: it is blank or not there"
    first = next(row for sheet in workbook.sheets for row in sheet.rows)
    shown = " ".join(", ".join(cell for cell in first.cells if cell.strip()).split())[:120]
    return (
        f"{workbook.name} has no row of headings an import knows, such as Title, Supplier, Start date; "
        f"its first row reads “{shown}”. Use the empty template, or name the row and columns in an answers file"
    )


def _chosen(header: RawRow, answers: Answers, columns: Mapping[int, Target]) -> Mapping[int, Target]:
    named = {fold_heading(name): target for name, target in answers.columns.items()}
    letters = {name.strip().upper(): target for name, target in answers.columns.items()}
    chosen: dict[int, Target] = {}
    for index, heading in enumerate(header.cells):
        said = named.get(fold_heading(heading)) if heading.strip() else None
        said = said or letters.get(column_letter(index))
        if said:
            chosen[index] = said
    return {**chosen, **columns}


def _list(sheet: Sheet, header: int, chosen: Mapping[int, Target]) -> FoundList:
    top, rows = sheet.rows[header], sheet.rows[header + 1 :]
    width = max((len(row.cells) for row in sheet.rows[header:]), default=0)
    headings = [top.cells[index].strip() if index < len(top.cells) else "" for index in range(width)]
    columns = map_columns(headings, rows, chosen)
    return FoundList(sheet.name, top.number, tuple(columns), rows, sheet.rows[:header])


def _worth(found: FoundList) -> tuple[bool, int]:
    known = sum(column.target is not Target.IGNORE for column in found.columns)
    return bool(found.columns_of(Target.TITLE)), known * len(found.rows)


def _other(best: FoundList, other: FoundList) -> OtherSheet:
    rows = {_essence(row) for row in best.rows}
    same = sum(_essence(row) in rows for row in other.rows)
    smaller = min(len(best.rows), len(other.rows))
    return OtherSheet(other.sheet, len(other.rows), bool(smaller) and same >= smaller * _SAME_LIST)


def _essence(row: RawRow) -> frozenset[str]:
    return frozenset(cell.strip() for cell in row.cells if cell.strip())


def _warnings(best: FoundList, others: Iterable[OtherSheet]) -> Iterator[str]:
    for other in others:
        about = "holds the same list" if other.is_the_same_list else f"holds a list of {counted(other.rows, 'row')}"
        yield f"Sheet “{other.name}” {about} and is not read: “{best.sheet}” is"
    for column in best.columns:
        if column.how is How.UNNAMED:
            yield f"Column {column.letter} has {counted(column.filled, 'cell')} and no heading: it is left out"
