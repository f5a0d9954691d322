"""A whole list understood: every row accounted for, every question asked once, every pound followed."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from app.core.text import fold
from app.imports.answers import Answer, Answers, PatternKey, PatternKind
from app.imports.columns import Cell, CellsOfRow, cells_of, columns_of
from app.imports.found import FoundList, MappedColumn, fold_heading
from app.imports.pausing import collector_paused
from app.imports.row_reading import RowReader
from app.imports.rows import (
    ContractRow,
    LeftOut,
    Outcome,
    PatternGroup,
    Place,
    RowKey,
    RowProblem,
    RowUnderstood,
    Standing,
    Understanding,
)
from app.imports.targets import Target
from app.imports.workbook import RawRow, counted

EXAMPLES = 5
_SAME_HEADINGS = 0.8
_LONGEST_HEADING = 300
_FIRST_FEW = 4
_FEW_CELLS = 4
_NO_NOTE_COLUMNS = 3
_OFTEN = 0.2
_NOUGHTS = re.compile(r"[-£0.,\s%]*|false|#n/a|#ref!|#value!|#div/0!|#name\?", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:(?:grand|overall|running|sub)[ -]?)?totals?(?: (?:value|cost|spend|contracts?|number.*|for .*|of .*))?[:=]?"
    r"|sum[:=]?"
)
_TOTAL_CURE = "This is a total, not a contract: leave it out of the list"
_LONE_CURE = (
    "Only one cell is filled, as in a heading or a note: give the row a title and a directorate, or leave it out"
)
_TITLE_CURE = "Give the contract a title"


@dataclass(slots=True)
class _Group:
    count: int = 0
    examples: list[Place] = field(default_factory=list)
    texts: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class _Account:
    """What the rows read so far leave for the next ones to be compared with."""

    copies: dict[tuple[str, ...], int] = field(default_factory=dict)
    keys: Counter[tuple[str, str]] = field(default_factory=Counter)
    values: dict[tuple[str, str, date | None, Decimal], tuple[int, str]] = field(default_factory=dict)
    groups: dict[PatternKey, _Group] = field(default_factory=dict)


class _List:
    """The list being read, with what every row is held against."""

    def __init__(self, found: FoundList, answers: Answers, standing: Standing) -> None:
        self.found, self.answers, self.standing = found, answers, standing
        self.columns = columns_of(found, answers)
        self.account = _Account()
        self.headings = [(column.index, fold_heading(column.heading)) for column in found.columns if column.heading]
        self.width = max((index + 1 for index, _ in self.headings), default=0)
        #: Columns without a heading that hold something row after row: no row is too long for filling them.
        self.unnamed = {column.index for column in found.columns if column.filled > len(found.rows) * _OFTEN}


def understand(
    found: FoundList, answers: Answers | None = None, standing: Standing = MappingProxyType({})
) -> Understanding:
    """Understand every row of the list, as far as can be without the register.

    ``standing`` names the cells that say what the register says already, by row: they are counted and not weighed.
    """
    reading = _List(found, answers or Answers(), standing)
    rows: list[RowUnderstood] = []
    left_out = [LeftOut(row.number, row.cells, "It stands above the headings") for row in found.above]
    with collector_paused():
        for row in found.rows:
            why = _why_left_out(row, reading)
            if why:
                left_out.append(LeftOut(row.number, row.cells, why))
            else:
                rows.append(_row(row, reading))
    return Understanding(
        found.sheet, found.headings, tuple(rows), tuple(left_out), tuple(_groups(reading)), _blank_rows(found)
    )


def _blank_rows(found: FoundList) -> int:
    return found.rows[-1].number - found.header_row - len(found.rows) if found.rows else 0


def _why_left_out(row: RawRow, reading: _List) -> str:
    if all(not cell or _NOUGHTS.fullmatch(cell.strip()) for cell in row.cells):
        return "It holds nothing but noughts, dashes or errors"
    return "It repeats the headings" if _is_headings(row, reading) else ""


def _is_headings(row: RawRow, reading: _List) -> bool:
    """Whether the row says what the headings say; its first cells tell most rows apart at once."""
    width, headings = len(row.cells), reading.headings
    if not any(index < width and _heads(row.cells[index], heading) for index, heading in headings[:_FIRST_FEW]):
        return False
    same = sum(index < width and _heads(row.cells[index], heading) for index, heading in headings)
    return same > 1 and same >= len(headings) * _SAME_HEADINGS


def _heads(cell: str, heading: str) -> bool:
    """Whether the cell says the heading; the first letter spares folding the rest of nearly every cell."""
    start = cell.lstrip()[:1].lower()
    return (
        (start == heading[:1] or not start.isalpha()) and len(cell) < _LONGEST_HEADING and fold_heading(cell) == heading
    )


def _row(row: RawRow, reading: _List) -> RowUnderstood:
    reader = RowReader(cells_of(row, reading.columns), reading.answers)
    if row.number in reading.standing:
        return _row_known(row, reader, reading)
    not_one = _why_no_contract(row, reader, reading)
    if not_one:
        return _no_contract(row, reader, not_one, reading)
    shape_holds = _ask_about_shape(row, reader, reading)
    contract = reader.contract()
    if shape_holds:
        reader.forget_cells()
    elif not (contract.title or contract.register_id) and not any(
        cell.column.target is Target.TITLE for cell in reader.problems
    ):
        reader.problems.append(_missing_title(reading.found))
    copy_of = _copy_of(row, reader, reading.account)
    outcome = _outcome(reader, shape_holds=shape_holds)
    return RowUnderstood(
        number=row.number,
        cells=row.cells,
        outcome=outcome,
        contract=contract,
        key=_key(reader, reading.account),
        problems=_problems(row, reader, reading) if outcome is Outcome.REFUSED else (),
        held_by=tuple(reader.held_by),
        asked=_ask(row, reader, reading),
        pounds=reader.pounds(),
        value_repeats_row=_repeats(row, contract, reader, reading.account) if outcome is Outcome.READY else None,
        copy_of_row=copy_of,
    )


def _row_known(row: RawRow, whole: RowReader, reading: _List) -> RowUnderstood:
    """A row of the register's own export: only the cells somebody changed say something."""
    standing = reading.standing[row.number]
    reader = RowReader(_said_anew(whole.cells, standing), reading.answers)
    shape_holds = _ask_about_shape(row, reader, reading)
    contract = reader.contract()
    if shape_holds:
        reader.forget_cells()
    outcome = _outcome(reader, shape_holds=shape_holds)
    return RowUnderstood(
        number=row.number,
        cells=row.cells,
        outcome=outcome,
        contract=contract,
        key=_key(whole, reading.account),
        problems=_problems(row, reader, reading) if outcome is Outcome.REFUSED else (),
        held_by=tuple(reader.held_by),
        asked=_ask(row, reader, reading),
        pounds=whole.pounds(),
        stands=outcome is Outcome.READY and len(reader.cells) == 1,
    )


#: Say together whose they are: one that changed is read beside the others.
_OF_PROVIDERS = frozenset(
    {
        *(Target.PROVIDER, Target.PROVIDER_COMPANY_NUMBER, Target.PROVIDER_CHARITY_NUMBER),
        *(Target.PROVIDER_VENDOR_NUMBER, Target.SME, Target.VCSE, Target.VCSE_TYPE),
    }
)


def _said_anew(cells: CellsOfRow, standing: frozenset[int]) -> CellsOfRow:
    changed = {
        target: kept
        for target, found in cells.items()
        if (kept := tuple(cell for cell in found if cell.column.index not in standing))
    }
    if _OF_PROVIDERS.isdisjoint(changed):
        return changed
    return {**changed, **{target: found for target, found in cells.items() if target in _OF_PROVIDERS}}


def _outcome(reader: RowReader, *, shape_holds: bool) -> Outcome:
    """A row whose cells may stand under the wrong headings is held before its cells are judged."""
    if shape_holds:
        return Outcome.HELD
    if reader.problems:
        return Outcome.REFUSED
    return Outcome.HELD if reader.held_by else Outcome.READY


# Rows that are no contracts.


def _why_no_contract(row: RawRow, reader: RowReader, reading: _List) -> str:
    filled = [cell for cell in row.cells if cell and not cell.isspace()]
    if len(filled) <= _FEW_CELLS + 2 and _is_total(filled, reader):
        return _TOTAL_CURE
    return _LONE_CURE if len(filled) == 1 and len(reading.columns) > _NO_NOTE_COLUMNS else ""


def _is_total(filled: list[str], reader: RowReader) -> bool:
    """The word stands for a title, or in a row that has none; with a start date “Total Gas” is a contract."""
    title = reader.cell(Target.TITLE)
    if any(reader.cell(target) for target in (Target.STARTS_ON, Target.CURRENT_END_ON)):
        return False
    words = [title.text] if title else filled
    return any(_TOTAL.fullmatch(fold(word)) for word in words)


def _no_contract(row: RawRow, reader: RowReader, cure: str, reading: _List) -> RowUnderstood:
    text = next(cell.strip() for cell in row.cells if cell.strip())
    problem = RowProblem(_place(row, None, reading), text[:100], cure)
    return RowUnderstood(
        number=row.number,
        cells=row.cells,
        outcome=Outcome.REFUSED,
        contract=ContractRow(),
        key=_key(reader, reading.account),
        problems=(problem,),
        pounds=reader.pounds(),
    )


# The row's shape.


def _ask_about_shape(row: RawRow, reader: RowReader, reading: _List) -> bool:
    """Whether the row has too few or too many cells and is held for it. A spreadsheet's rows are all of one width."""
    if row.types or len(row.cells) == reading.width:
        return False
    missing = reading.width - len(row.cells)
    if missing > 0:
        return reader.ask(PatternKind.SHORT_ROW, counted(missing, "cell")) is Answer.HOLD
    past = [index for index in range(reading.width, len(row.cells)) if index not in reading.unnamed]
    extra = sum(bool(row.cells[index].strip()) for index in past)
    return bool(extra) and reader.ask(PatternKind.LONG_ROW, counted(extra, "cell")) is Answer.HOLD


# The row among the others.


def _key(reader: RowReader, account: _Account) -> RowKey:
    reference, digest = reader.reference(), reader.digest()
    account.keys[reference, digest] += 1
    return RowKey(reference, digest, account.keys[reference, digest])


def _copy_of(row: RawRow, reader: RowReader, account: _Account) -> int | None:
    first = account.copies.setdefault(row.cells, row.number)
    if first == row.number:
        return None
    reader.ask(PatternKind.EXACT_COPY)
    return first


def _repeats(row: RawRow, contract: ContractRow, reader: RowReader, account: _Account) -> int | None:
    """One value printed on several rows of one contract counts once: same reference, title, start and value."""
    pounds = reader.pounds()
    if not contract.reference or pounds <= 0:
        return None
    printed = fold(contract.reference), fold(contract.title), contract.starts_on, pounds
    provider = fold(" ".join(named.name for named in contract.providers))
    first, first_provider = account.values.setdefault(printed, (row.number, provider))
    return first if first != row.number and provider != first_provider else None


# What is wrong, and what is asked.


def _lacks_title(contract: ContractRow, reader: RowReader) -> bool:
    named = contract.title or contract.register_id
    return not named and not any(cell.column.target is Target.TITLE for cell in reader.problems)


def _missing_title(found: FoundList) -> Cell:
    column = next((column for column in found.columns if column.target is Target.TITLE), found.columns[0])
    return Cell(column, "", cure=_TITLE_CURE)


def _problems(row: RawRow, reader: RowReader, reading: _List) -> tuple[RowProblem, ...]:
    return tuple(
        RowProblem(_place(row, cell.column, reading), cell.text.strip(), cell.cure) for cell in reader.problems
    )


def _place(row: RawRow, column: MappedColumn | None, reading: _List) -> Place:
    sheet = reading.found.sheet
    return Place(sheet, row.number, column.letter, column.heading) if column else Place(sheet, row.number)


def _ask(row: RawRow, reader: RowReader, reading: _List) -> tuple[PatternKey, ...]:
    """Enter the row's questions under their patterns."""
    for key in reader.asked:
        group = reading.account.groups.setdefault(key, _Group())
        group.count += 1
        if len(group.examples) < EXAMPLES or len(group.texts) < EXAMPLES:
            _show(group, row, reader.cell(key.target) if key.target else None, reading)
    return tuple(reader.asked)


def _show(group: _Group, row: RawRow, cell: Cell | None, reading: _List) -> None:
    """Places where the question was met first, and different words that raised it."""
    if len(group.examples) < EXAMPLES:
        group.examples.append(_place(row, cell.column if cell else None, reading))
    group.texts.setdefault(cell.text.strip() if cell else "")


def _groups(reading: _List) -> Iterable[PatternGroup]:
    for key, group in reading.account.groups.items():
        yield PatternGroup(
            key,
            group.count,
            tuple(group.examples),
            tuple(text for text in group.texts if text),
            reading.answers.settled(key),
            reading.answers.given(key) is not None,
        )
