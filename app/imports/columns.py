"""A column read down: each different text once, whatever answers were given applied to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from app.imports.answers import Answer, Answers, PatternKey, PatternKind
from app.imports.cells import Asks, Blank, Problem, Reading, Understood, read_cell
from app.imports.cells.amounts import with_vat
from app.imports.cells.days import Day, either_way_round, month_first, only_day_first, only_month_first, read_day
from app.imports.found import FoundList, MappedColumn
from app.imports.targets import Kind, Target, kind_of
from app.imports.values import Amount, Per
from app.imports.workbook import CellType, RawRow
from reports.listing import unguarded

#: One date in so many that can only be month first is a slip; more make the whole column doubtful.
_SLIPS_IN = 10
_TEXT, _UNCALCULATED = CellType.TEXT.value, CellType.UNCALCULATED.value


@dataclass(frozen=True)
class Cell:
    """What a cell came to, once answers are applied."""

    column: MappedColumn
    text: str
    value: object = None
    note: str = ""
    cure: str = ""
    key: PatternKey | None = None
    holds: bool = False
    #: Pounds the cell prints.
    pounds: Decimal = Decimal(0)

    @property
    def remark(self) -> str:
        """Words to keep with the contract, because no field holds them."""
        words = self.note or (self.value.note if isinstance(self.value, Amount) else "")
        return f"{self.column.heading}: {words}" if words else ""

    @cached_property
    def matters(self) -> bool:
        """Whether the cell asks, is wrong, or has something to remark."""
        return self.key is not None or bool(self.cure or self.remark)


Cells = tuple[Cell, ...]


class Column:
    """Reads the cells of one column; texts met before are not read again."""

    def __init__(self, mapped: MappedColumn, rows: Iterable[RawRow], answers: Answers) -> None:
        self.mapped = mapped
        self.index, self.target = mapped.index, mapped.target
        self._answers = answers
        self._of_text: dict[str, Cells] = {}
        self._of_type: dict[tuple[str, str], Cells] = {}
        self._is_month_first = _doubts_its_days(mapped, rows)

    def cells(self, text: str, kind: str) -> Cells:
        """What a cell with this text, of this type, comes to; a tuple of one, ready to stand in a row."""
        known = self._of_text.get(text) if kind == _TEXT else self._of_type.get((text, kind))
        return known or self._learn(text, kind)

    def _learn(self, text: str, kind: str) -> Cells:
        # The cell keeps its text as it came; what is read is the text before a download guarded it as no formula.
        learnt = (self._settle(text, self._read(unguarded(text), kind)),)
        if kind == _TEXT:
            self._of_text[text] = learnt
        else:
            self._of_type[text, kind] = learnt
        return learnt

    def _read(self, text: str, kind: str) -> Reading[object]:
        target = self.target
        if self._is_month_first and kind == _TEXT and (asked := _month_first(text, kind_of(target))):
            return asked
        reading = read_cell(text, target, heading=self.mapped.heading, cell_type=kind)
        if isinstance(reading, Understood) and isinstance(reading.value, Amount):
            return self._basis(text, reading.value)
        return reading

    def _basis(self, text: str, amount: Amount) -> Reading[object]:
        """What the heading says, or leaves unsaid, about its amounts."""
        if self.mapped.says_with_vat:
            return with_vat(Understood(amount), text)
        if self.mapped.leaves_basis_unsaid and amount.per is None:
            both = {Answer.WHOLE_LIFE: Per.WHOLE_LIFE, Answer.ANNUAL: Per.YEAR}
            readings = {answer: Understood(replace(amount, per=per)) for answer, per in both.items()}
            return Asks(PatternKind.UNSAID_BASIS, "", readings, pounds=amount.high)
        return Understood(amount)

    def _settle(self, text: str, reading: Reading[object]) -> Cell:
        if isinstance(reading, Asks):
            return self._asked(text, reading)
        if isinstance(reading, Problem):
            return self._unreadable(text, reading)
        return _plain(self.mapped, text, reading)

    def _asked(self, text: str, asks: Asks[object]) -> Cell:
        key = PatternKey(asks.kind, self.mapped.target, asks.pattern)
        reading = asks.readings.get(self._answers.settled(key))
        if reading is None:
            return Cell(self.mapped, text, key=key, holds=True, pounds=asks.pounds)
        return replace(_plain(self.mapped, text, reading), key=key)

    def _unreadable(self, text: str, problem: Problem) -> Cell:
        key = PatternKey(PatternKind.UNREADABLE, self.mapped.target)
        if self._answers.settled(key) is Answer.BLANK:
            return Cell(self.mapped, text, note=text.strip(), key=key)
        return Cell(self.mapped, problem.text, cure=problem.cure, key=key)


def _plain(column: MappedColumn, text: str, reading: Understood[object] | Blank) -> Cell:
    if isinstance(reading, Blank):
        return Cell(column, text, note=reading.note)
    pounds = reading.value.high if isinstance(reading.value, Amount) else Decimal(0)
    return Cell(column, text, reading.value, reading.note, pounds=pounds)


def _doubts_its_days(mapped: MappedColumn, rows: Iterable[RawRow]) -> bool:
    """Whether enough of a column's dates can only be month first to doubt those that could be either."""
    if kind_of(mapped.target) not in {Kind.DAY, Kind.START, Kind.END}:
        return False
    texts = {row.cells[mapped.index] for row in rows if mapped.index < len(row.cells)}
    odd = sum(map(only_month_first, texts))
    return bool(odd) and odd * _SLIPS_IN >= sum(map(only_day_first, texts))


def _month_first(text: str, kind: Kind) -> Asks[Day] | None:
    turned = read_day(month_first(text), kind)
    if not isinstance(turned, Understood):
        return None
    if only_month_first(text):
        return Asks(PatternKind.MONTH_FIRST, "", {Answer.MONTH_FIRST: turned})
    as_written = read_day(text, kind)
    if either_way_round(text) and isinstance(as_written, Understood):
        return Asks(PatternKind.MONTH_FIRST, "", {Answer.MONTH_FIRST: turned, Answer.DAY_FIRST: as_written})
    return None


def columns_of(found: FoundList, answers: Answers) -> tuple[Column, ...]:
    """Every column that means something and holds something."""
    return tuple(
        Column(column, found.rows, answers)
        for column in found.columns
        if column.target is not Target.IGNORE and column.filled
    )


CellsOfRow = Mapping[Target, Cells]


def cells_of(row: RawRow, columns: Iterable[Column]) -> CellsOfRow:
    """The cells of a row that hold something, by what they mean."""
    found: dict[Target, Cells] = {}
    texts, types, width = row.cells, row.types, len(row.cells)
    for column in columns:
        index = column.index
        text = texts[index] if index < width else ""
        kind = types[index] if types and index < width else _TEXT
        if text or kind == _UNCALCULATED:
            cells, target = column.cells(text, kind), column.target
            found[target] = found[target] + cells if target in found else cells
    return found
