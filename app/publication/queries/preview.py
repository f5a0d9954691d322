"""A file before it goes out: its rows, what is left out, what is missing, and how it differs from the one before."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.council import queries as council
from app.council import settings
from app.publication.models import PublishedEdition, PublishedRow
from app.publication.queries.editions import latest_edition
from app.publication.queries.placing import Placing, placing, scope_of
from app.publication.queries.rows import background, code_row, contracts_of
from app.publication.rules.periods import FileKind, Period
from app.publication.rules.redaction import Withholdable
from app.publication.rules.scope import Place
from app.register.completeness import Item, Purpose, missing_for
from app.register.queries.completeness import facts_of
from reports.transparency import GRANTS, OPTIONAL_NAMES, SCHEMA, TEMPLATE, Layout, fact, in_words, withheld_in
from reports.transparency_row import CodeRow

#: What a redaction answers for: the field is not missing, it is withheld.
ANSWERED: Mapping[Item, str] = {
    Item.REFERENCE: Withholdable.REFERENCE,
    Item.DESCRIPTION: Withholdable.DESCRIPTION,
    Item.PROVIDER: Withholdable.SUPPLIER,
    Item.VALUE: Withholdable.VALUE,
    Item.VAT: Withholdable.VALUE,
    Item.START: Withholdable.START,
    Item.END: Withholdable.END,
    Item.PROCESS: Withholdable.PROCESS,
    Item.SIZE: Withholdable.SIZE,
}
#: Paragraph 42 asks of a grant what the contracts' list has other columns for.
OF_A_GRANT = frozenset({Item.DESCRIPTION, Item.PROVIDER, Item.START, Item.END, Item.VALUE})


@dataclass(frozen=True)
class Entry:
    """One row of the file, with the record behind it."""

    contract_id: int
    title: str
    directorate: str
    row: CodeRow
    missing: tuple[Item, ...]
    #: Column's name to what is printed.
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Changed:
    """A row that stood in the last file too, with other words: (heading, then, now)."""

    contract_id: int
    title: str
    differences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Compared:
    """Against the file published last for the period before, or for this one."""

    edition: PublishedEdition
    added: tuple[Entry, ...]
    #: (contract, what the row was called)
    removed: tuple[tuple[int, str], ...]
    changed: tuple[Changed, ...]


@dataclass(frozen=True)
class Preview:
    """What would be published now."""

    period: Period
    placing: Placing
    entries: Sequence[Entry]
    layouts: Sequence[Layout]
    compared: Compared | None

    @cached_property
    def by_directorate(self) -> Mapping[str, int]:
        return dict(sorted(Counter(one.directorate for one in self.entries).items()))

    @cached_property
    def left_out(self) -> Mapping[Place, int]:
        return {place: number for place, number in self.placing.counts().items() if place is not Place.IN}

    @property
    def total(self) -> int:
        return len(self.placing.records)

    @cached_property
    def missing(self) -> Mapping[Item, int]:
        found = Counter(item for one in self.entries for item in one.missing)
        return {item: found[item] for item in Item if found[item]}

    @property
    def lacking(self) -> list[Entry]:
        return [one for one in self.entries if one.missing]

    @property
    def withheld(self) -> list[Entry]:
        return [one for one in self.entries if withheld_in(one.row, self.layouts[-1])]

    @cached_property
    def digest(self) -> str:
        """Changes whenever anything that would be printed does."""
        printed = json.dumps([[one.contract_id, one.cells] for one in self.entries], sort_keys=True)
        return hashlib.sha256(printed.encode()).hexdigest()


def preview(session: Session, period: Period, today: date) -> Preview:
    placed = placing(session, scope_of(session, period, today))
    known = background(session, period.last)
    ids = [one.contract_id for one in placed.records if one.place is Place.IN]
    rows = [(contract, code_row(contract, known)) for contract in contracts_of(session, ids)]
    layouts = layouts_for(session, period, [row for _, row in rows])
    names = [(column.name, column) for column in layouts[-1].columns if column.name != "EffectiveDate"]
    entries = [
        Entry(
            contract.id,
            contract.title,
            contract.directorate.name,
            row,
            tuple(_missing(missing_for(Purpose.CODE, facts_of(contract)), row, period)),
            {name: words for name, column in names if (words := in_words(fact(row, column, layouts[-1]), layouts[-1]))},
        )
        for contract, row in rows
    ]
    return Preview(period, placed, entries, layouts, _compare(session, period, entries, layouts[-1]))


def _missing(items: Sequence[Item], row: CodeRow, period: Period) -> list[Item]:
    asked = OF_A_GRANT if period.kind is FileKind.GRANTS else frozenset(Item)
    return [item for item in items if item in asked and ANSWERED.get(item) not in row.withheld]


def layouts_for(session: Session, period: Period, rows: Sequence[CodeRow]) -> list[Layout]:
    """As the council has them: without the optional columns it drops, with those it adds. The last is the page's."""
    if period.kind is FileKind.GRANTS:
        return [GRANTS]
    dropped = council.value_on(session, settings.CODE_LEFT_OUT, period.last)
    if settings.EMPTY_COLUMNS in dropped:
        dropped = _empty(rows)
    extras = council.value_on(session, settings.CODE_EXTRAS, period.last)
    return [layout.without(dropped).with_extras(extras) for layout in (SCHEMA, TEMPLATE)]


def _empty(rows: Sequence[CodeRow]) -> tuple[str, ...]:
    columns = [one for one in SCHEMA.columns if one.name in OPTIONAL_NAMES]
    return tuple(one.name for one in columns if not any(in_words(fact(row, one, SCHEMA), SCHEMA) for row in rows))


# Against the file before


def _compare(session: Session, period: Period, entries: Sequence[Entry], layout: Layout) -> Compared | None:
    """With what is published of this period already; else with the period before."""
    before = latest_edition(session, period) or latest_edition(session, period.before)
    if before is None:
        return None
    rows = session.scalars(
        select(PublishedRow).where(PublishedRow.edition_id == before.id).order_by(PublishedRow.position)
    )
    then = {row.contract_id: row.cells for row in rows}
    now = {one.contract_id: one for one in entries}
    headings = {column.name: column.title for column in layout.columns}
    return Compared(
        before,
        added=tuple(one for one in entries if one.contract_id not in then),
        removed=tuple((number, _called(cells)) for number, cells in then.items() if number not in now),
        changed=tuple(
            Changed(one.contract_id, one.title, differences)
            for one in entries
            if one.contract_id in then and (differences := _differences(then[one.contract_id], one.cells, headings))
        ),
    )


def _called(cells: Mapping[str, str]) -> str:
    return cells.get("ContractTitle") or cells.get("SupplierName") or "A row without a title"


def _differences(
    then: Mapping[str, str], now: Mapping[str, str], headings: Mapping[str, str]
) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (headings[name], then.get(name, ""), now.get(name, ""))
        for name in headings
        if name != "EffectiveDate" and then.get(name, "") != now.get(name, "")
    )
