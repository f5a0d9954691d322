"""Laying a table out for one medium: chooses its columns, numbers its footnotes, groups its rows and adds them."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Generic

from reports import format as fmt
from reports import totals as adding
from reports.context import Context
from reports.footnotes import COUNCIL_OWNED, Footnotes
from reports.layout import Cell, Criterion, Footnote, Heading, Laid, Line, Section, TotalLine
from reports.reading import Reading, read
from reports.table import Column, Kind, Medium, Row, Table
from reports.totals import Read, Sum, Total


def lay_out(table: Table[Row], rows: Sequence[Row], context: Context, medium: Medium, *, embargoed: int = 0) -> Laid:
    """Lay a table out. The rows are those that these readers may see (see ``reports.redaction``)."""
    return _Setting(table, rows, context, medium).laid(embargoed)


class _Setting(Generic[Row]):
    """A table on its way to one medium."""

    def __init__(self, table: Table[Row], rows: Sequence[Row], context: Context, medium: Medium) -> None:
        self.table, self.context, self.medium = table, context, medium
        self.rows = [_read(table, row) for row in table.arrange(rows)]
        self.footnotes = Footnotes()
        #: Numbers are given over all columns, so that a footnote has one number in every medium.
        self.heading_marks = [self.footnotes.marks((column.note,)) for column in table.columns]
        self.marks = [self._marks(row) for row in self.rows]
        self.places = [place for place, column in enumerate(table.columns) if column.prints_in(medium)]
        self.in_two = {place for place in self.places if self._needs_two(place)}

    def _marks(self, row: Read[Row]) -> list[tuple[str, ...]]:
        pairs = zip(self.table.columns, row.readings, strict=True)
        return [self.footnotes.marks((*column.notes(row.row), *reading.notes)) for column, reading in pairs]

    def _needs_two(self, place: int) -> bool:
        is_money = self.table.columns[place].kind is Kind.POUNDS
        return bool(self.medium & Medium.SHEET) and is_money and any(row.readings[place].is_range for row in self.rows)

    def laid(self, embargoed: int) -> Laid:
        return Laid(
            number=self.table.number,
            caption=self.table.caption,
            before=self.table.before,
            headings=tuple(heading for place in self.places for heading in self._headings(place)),
            sections=tuple(self._sections()),
            totals=tuple(self._total(total) for total in adding.totals(self.table, self.rows)),
            remarks=tuple(self._remarks(embargoed)),
            footnotes=self._footnotes(),
            empty=none_identified(self.context),
            provenance=provenance(self.context),
        )

    def _headings(self, place: int) -> Iterable[Heading]:
        column = self.table.columns[place]
        is_sheet = bool(self.medium & Medium.SHEET)
        pounds = " (£)" if is_sheet and column.kind is Kind.POUNDS else ""
        for end in (", low", ", high") if place in self.in_two else ("",):
            width = column.width if is_sheet else column.page or column.width
            yield Heading(f"{column.heading}{end}{pounds}", column.kind, width, self.heading_marks[place])

    def _sections(self) -> Iterable[Section]:
        lines = [
            (self.table.group(row.row), self._line(row, marks))
            for row, marks in zip(self.rows, self.marks, strict=True)
        ]
        divided = any(name for name, _ in lines)
        for name, members in groupby(lines, key=lambda line: line[0]):
            heading = (name or self.table.ungrouped) if divided else ""
            yield Section(heading, tuple(line for _, line in members))

    def _line(self, row: Read[Row], marks: list[tuple[str, ...]]) -> Line:
        return Line(tuple(cell for place in self.places for cell in self._cells(row, marks, place)), row.row.record)

    def _cells(self, row: Read[Row], marks: list[tuple[str, ...]], place: int) -> Iterable[Cell]:
        column, reading = self.table.columns[place], row.readings[place]
        if self.medium & Medium.SHEET and column.kind is Kind.NOTES:
            yield _sheet_cell(self._all_notes(row, marks, place))
            return
        is_figure = column.kind is Kind.POUNDS and reading.low is not None
        also = "" if self.medium & Medium.SHEET else column.also(row.row)
        text = "\n".join(part for part in (reading.text, fmt.clean(also)) if part)
        for value in (reading.low, reading.high) if place in self.in_two else (reading.low,):
            yield Cell(text, value, marks[place], is_figure)

    def _all_notes(self, row: Read[Row], marks: list[tuple[str, ...]], place: int) -> str:
        """Everything a page says in footnotes and in the place of figures, in one cell of a sheet."""
        own = fmt.sentence(row.readings[place].text)
        return " ".join(part for part in (own, *self._reasons(row), self._references(row, marks, own)) if part)

    def _reasons(self, row: Read[Row]) -> Iterable[str]:
        headings: dict[str, list[str]] = {}
        for place in self.places:
            if remark := row.readings[place].remark:
                headings.setdefault(remark, []).append(self.table.columns[place].heading)
        return (f"{fmt.listed(names).capitalize()}: {remark}" for remark, names in headings.items())

    def _references(self, row: Read[Row], marks: list[tuple[str, ...]], own: str) -> str:
        """A footnote that the column says by itself is not said again."""
        found = {mark for reading, some in zip(row.readings, marks, strict=True) if not reading.remark for mark in some}
        notes = [note for note in self.footnotes.all() if note.mark in found and note.text != own]
        if self.medium is Medium.CSV:
            return " ".join(note.text for note in notes)
        return (
            f"See {'note' if len(notes) == 1 else 'notes'} {fmt.listed(note.mark for note in notes)}." if notes else ""
        )

    def _total(self, total: Total) -> TotalLine:
        cells = tuple(cell for place in self.places for cell in self._total_cells(total, place))
        return TotalLine(total.label, cells, total.adds_all, self._criterion(total), total.group)

    def _total_cells(self, total: Total, place: int) -> Iterable[Cell | None]:
        found = total.sums.get(self.table.columns[place].total_key)
        in_two = place in self.in_two
        return _ends(found, in_two=in_two) if found else (None,) * (1 + in_two)

    def _criterion(self, total: Total) -> Criterion | None:
        if total.by is None or not self.medium & Medium.SHEET:
            return None
        heading, value = total.by
        spread = [self.table.columns[place] for place in self.places for _ in range(1 + (place in self.in_two))]
        return next((Criterion(at, value) for at, column in enumerate(spread) if column.heading == heading), None)

    def _remarks(self, embargoed: int) -> Iterable[str]:
        rows = [row.row for row in self.rows]
        yield from adding.remarks(self.table, self.rows, is_open=self.context.is_open)
        if embargoed:
            are = "is" if embargoed == 1 else "are"
            yield f"{fmt.counted(embargoed, self.table.noun, self.table.nouns)} {are} not printed until a later date."
        yield from self.table.foot(rows)

    def _footnotes(self) -> tuple[Footnote, ...]:
        has_dagger = any(fmt.DAGGER in reading.text for row in self.rows for reading in row.readings)
        owned = (Footnote(fmt.DAGGER, COUNCIL_OWNED),) if has_dagger else ()
        return (*self.footnotes.all(), *owned)


def _read(table: Table[Row], row: Row) -> Read[Row]:
    return Read(row, tuple(_reading(column, row) for column in table.columns))


def _reading(column: Column[Row], row: Row) -> Reading:
    return read(column.value(row), column.kind)


def _sheet_cell(text: str) -> Cell:
    return Cell(text, text or None)


def _ends(found: Sum, *, in_two: bool) -> tuple[Cell, ...]:
    ends = (found.low, found.high) if in_two else (found.low,)
    return tuple(Cell(found.text, end) for end in ends)


def none_identified(context: Context) -> str:
    """What an empty table says: that somebody looked."""
    return f"None identified by {context.whose} as at {fmt.day(context.as_at)}"


def provenance(context: Context) -> str:
    """Where the figures come from: the line under every table."""
    version = f"version {context.version} {context.status}" if context.version else context.status
    by = f"prepared by {context.prepared_by}" if context.prepared_by else ""
    on = f"on {fmt.day(context.prepared_at.date())}" if context.prepared_at else ""
    prepared = " ".join(part for part in (by, on if by else "") if part)
    limits = "" if context.is_open else "exempt edition, not for publication"
    parts = ("commissioning register", f"as at {fmt.day(context.as_at)}", version, prepared, limits)
    return f"Source: {', '.join(part for part in parts if part)}."
