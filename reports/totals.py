"""Adding a table's figures: what is added to what, and the words that say how many rows each sum adds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic

from reports import format as fmt
from reports.reading import Reading
from reports.table import Kind, Row, Table


@dataclass(frozen=True)
class Read(Generic[Row]):
    """A row beside what each of its columns says."""

    row: Row
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Sum:
    """The sum of one column over some rows."""

    low: Decimal
    high: Decimal
    count: int
    kind: Kind
    at_least: bool = False

    @property
    def text(self) -> str:
        """As a page prints it."""
        if self.kind is Kind.POUNDS:
            return fmt.pounds_between(self.low, self.high, at_least=self.at_least)
        return fmt.number(self.low)


@dataclass(frozen=True)
class Total:
    """A line of sums, one for each heading that adds."""

    label: str
    sums: dict[str, Sum]
    #: It adds every row of the table.
    adds_all: bool
    #: It adds the rows that hold this value under this heading.
    by: tuple[str, str] | None = None
    #: It adds exactly the rows of this group of the table.
    group: str = ""


def totals(table: Table[Row], rows: Sequence[Read[Row]]) -> Iterable[Total]:
    """Every total of the table: by each thing it is totalled by, then the whole."""
    plain = all(table.adds(read.row) for read in rows)
    for by in table.totals:
        groups: dict[str, list[Read[Row]]] = {name: [] for name in by.order}
        for read in rows:
            groups.setdefault(by.key(read.row), []).append(read)
        groups = {name: members for name, members in groups.items() if members}
        if table.grand_total and len(groups) == 1:
            continue
        for name, members in groups.items():
            if len(members) >= by.at_least:
                criterion = (by.heading, name) if by.heading and plain else None
                group = _group_of(table, members, rows)
                yield from _total(table, name or table.ungrouped, members, by=criterion, group=group)
    if table.grand_total:
        yield from _total(table, "Total", rows, adds_all=plain)


def _total(
    table: Table[Row],
    name: str,
    rows: Sequence[Read[Row]],
    *,
    adds_all: bool = False,
    by: tuple[str, str] | None = None,
    group: str = "",
) -> Iterable[Total]:
    sums = {column.heading: _sum(table, rows, place) for place, column in enumerate(table.columns) if column.total}
    found = {heading: total for heading, total in sums.items() if total.count}
    if found:
        yield Total(f"{name}, {_adds(table, found, len(rows))}", found, adds_all, by, group)


def _group_of(table: Table[Row], members: Sequence[Read[Row]], rows: Sequence[Read[Row]]) -> str:
    group = table.group(members[0].row)
    return group if [*members] == [read for read in rows if table.group(read.row) == group] else ""


def _sum(table: Table[Row], rows: Sequence[Read[Row]], place: int) -> Sum:
    readings = [read.readings[place] for read in rows if table.adds(read.row)]
    amounts = [(one.low, one.high) for one in readings if isinstance(one.low, Decimal)]
    low = sum((low for low, _ in amounts), Decimal(0))
    high = sum((high for _, high in amounts if isinstance(high, Decimal)), Decimal(0))
    return Sum(low, high, len(amounts), table.columns[place].kind, any(one.at_least for one in readings))


def _adds(table: Table[Row], sums: dict[str, Sum], rows: int) -> str:
    noun = fmt.counted(rows, table.noun, table.nouns)
    counts = {total.count for total in sums.values()}
    if counts == {rows}:
        return noun
    if len(sums) == 1:
        return f"{counts.pop():,} of {noun}"
    return f"{fmt.listed(f'{fmt.inside(heading)} of {total.count:,}' for heading, total in sums.items())}, of {noun}"


def remarks(table: Table[Row], rows: Sequence[Read[Row]], *, is_open: bool) -> Iterable[str]:
    """Say what the totals leave out, or that they hold what is exempt."""
    money = [place for place, column in enumerate(table.columns) if column.total and column.kind is Kind.POUNDS]
    if not money:
        return
    added = [[read.readings[place] for place in money] for read in rows if table.adds(read.row)]
    exempt = sum(any(one.exempt for one in readings) for readings in added)
    left_out = [*_left_out(table, added, len(rows) - len(added), exempt if is_open else 0)]
    if left_out:
        yield f"Totals leave out {fmt.listed(left_out)}."
    if exempt and not is_open:
        rows_exempt = fmt.counted(exempt, f"exempt {table.noun}", f"exempt {table.nouns}")
        yield f"Totals include {rows_exempt}: not for publication."


def _left_out(table: Table[Row], added: list[list[Reading]], elsewhere: int, exempt: int) -> Iterable[str]:
    unknown = sum(_is_unknown(readings) for readings in added)
    if unknown:
        yield f"{fmt.counted(unknown, table.noun, table.nouns)} with no confirmed value"
    if exempt:
        yield f"{exempt:,} exempt" if unknown else fmt.counted(exempt, f"exempt {table.noun}", f"exempt {table.nouns}")
    if elsewhere:
        yield f"{fmt.counted(elsewhere, table.noun, table.nouns)} {table.adds_not}"


def _is_unknown(readings: list[Reading]) -> bool:
    """A figure should stand here and none does."""
    return any(one.remark and not one.exempt for one in readings) and all(one.low is None for one in readings)
