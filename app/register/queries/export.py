"""Contracts as rows of a download: every field of the catalogue, in the same order, for any number of contracts."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Enum,
    Integer,
    String,
    any_,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from app.core.base import Hundredths
from app.core.rights import Reader
from app.council.models import Directorate, Division, Outcome
from app.register.fields import EXPORTED, Beside, Cell, Field, FieldKind, ProviderNamed
from app.register.fields.kinds import Reads
from app.register.models import (
    Approval,
    Arrangement,
    Category,
    Contract,
    ContractEvent,
    ContractProvider,
    ContractService,
    ContractStage,
    EventKind,
    ExtensionOption,
    Programme,
    Provider,
    ProviderIdentifier,
    Service,
)
from app.register.options import OptionWritten
from app.register.queries.contracts import in_order
from app.register.queries.narrowing import Wanted
from app.register.status import Standing, status_on, words
from app.register.terms import Option, Term, length_in_words
from app.register.visibility import not_embargoed_from
from reports.listing import ListColumn
from reports.table import Kind

T = TypeVar("T")
_KINDS = {FieldKind.POUNDS: Kind.POUNDS, FieldKind.DAY: Kind.DAY, FieldKind.NUMBER: Kind.NUMBER}
#: The columns of a download; its headings are the fields' labels, which the import knows again.
COLUMNS = [ListColumn(field.label, _KINDS.get(field.kind, Kind.TEXT)) for field in EXPORTED]
#: So many contracts are read at a time: few enough for memory, and for the parameters a statement may have.
AT_A_TIME = 1_000


#: What hangs on a contract, as far as a field that is read from it needs to have it loaded.
_EVERY_PART = frozenset({"providers", "services", "options", "others", "moves", "names"})
_PARTS_OF: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            *("provider", "provider_company_number", "provider_charity_number", "provider_vendor_number"),
            *("sme", "vcse", "vcse_type", "provider_shares"),
        ),
        frozenset({"providers"}),
    ),
    "other_services": frozenset({"services", "names"}),
    "options": frozenset({"options"}),
    "length_text": frozenset({"options", "moves"}),
    **dict.fromkeys(("parent_reference", "replaces"), frozenset({"others"})),
    **dict.fromkeys(
        ("value", "value_low", "value_high", "annual_value", "annual_low", "annual_high", "status"), frozenset()
    ),
}


def parts_needed(field: Field) -> frozenset[str]:
    """What must be loaded for a field; everything for one nobody has said it of."""
    if field.column is not None:
        return frozenset()
    unsaid = frozenset({"names"}) if field.beside is not None else _EVERY_PART
    return _PARTS_OF.get(field.name, unsaid)


def columns_of(fields: Sequence[Field]) -> list[ListColumn]:
    """The columns of a download of these fields."""
    return [ListColumn(field.label, _KINDS.get(field.kind, Kind.TEXT)) for field in fields]


def exported(
    session: Session, ids: Iterable[int], reader: Reader, today: date, fields: Sequence[Field] = EXPORTED
) -> Iterator[Sequence[Cell]]:
    """The rows of these contracts in the order given; amounts this reader may not see are blank."""
    connection = session.connection()
    needs = frozenset(part for field in fields for part in parts_needed(field))
    names = _Names.load(connection) if "names" in needs else _NO_NAMES
    remaining = iter(ids)
    while some := list(islice(remaining, AT_A_TIME)):
        yield from _rows(connection, some, names, reader, today, fields)


def exported_list(
    session: Session, wanted: Wanted, reader: Reader, today: date, fields: Sequence[Field] = EXPORTED
) -> Iterator[Sequence[Cell]]:
    """Exactly what a list shows, whole."""
    return exported(session, in_order(session, wanted, reader, today), reader, today, fields)


# What stands beside a contract, read for many at once


@dataclass(frozen=True)
class _Names:
    """Short lists, read whole: what a number in a contract's column is called."""

    directorates: Mapping[int, str]
    divisions: Mapping[int, str]
    services: Mapping[int, str]
    categories: Mapping[int, str]
    programmes: Mapping[int, str]
    outcomes: Mapping[int, str]
    arrangements: Mapping[int, str]
    approvals: Mapping[int, str]

    @classmethod
    def load(cls, connection: Connection) -> "_Names":
        def read(key: Any, name: Any) -> dict[int, str]:  # Any: two columns of one table
            return {row[0]: row[1] for row in connection.execute(select(key, name))}

        return cls(
            read(Directorate.id, Directorate.name),
            read(Division.id, Division.name),
            read(Service.id, Service.name),
            read(Category.id, Category.name),
            read(Programme.id, Programme.name),
            read(Outcome.id, Outcome.name),
            read(Arrangement.id, Arrangement.title),
            read(Approval.id, Approval.reference),
        )


_NO_NAMES = _Names(*(defaultdict(str) for _ in range(8)))


@dataclass(frozen=True)
class _Parts:
    """What hangs on some contracts, by contract."""

    providers: Mapping[int, tuple[ProviderNamed, ...]]
    services: Mapping[int, tuple[str, ...]]
    options: Mapping[int, tuple[OptionWritten, ...]]
    #: Frameworks and contracts followed: a reference, else a title.
    others: Mapping[int, str]
    #: The ends that extensions and variations led to, in order.
    moves: Mapping[int, tuple[date, ...]]


def _parts(
    connection: Connection,
    ids: Sequence[int],
    rows: Sequence[Any],
    names: _Names,
    may_be_named: ColumnElement[bool],
    needs: Collection[str],
) -> _Parts:
    pointed_at = {other for row in rows for other in (row.parent_id, row.replaces_id) if other is not None}
    return _Parts(
        providers=_providers(connection, ids) if "providers" in needs else {},
        services=_other_services(connection, ids, names) if "services" in needs else {},
        options=_options(connection, ids) if "options" in needs else {},
        others=_called(connection, sorted(pointed_at), may_be_named) if "others" in needs else {},
        moves=_moves(connection, ids) if "moves" in needs else {},
    )


def among(connection: Connection, column: Any, ids: Collection[int]) -> ColumnElement[bool]:
    """The column's number is one of these, sent as one value: a thousand of them cost more to write than to find."""
    if connection.dialect.name == "postgresql":
        return cast("ColumnElement[bool]", column == any_(literal(list(ids), ARRAY(Integer))))
    listed = func.json_each(json.dumps(list(ids))).table_valued("value")
    return cast("ColumnElement[bool]", column.in_(select(listed.c.value)))


def _grouped(rows: Sequence[Any], make: Callable[[Any], T]) -> dict[int, tuple[T, ...]]:
    """By the first column."""
    groups: dict[int, list[T]] = {}
    for row in rows:
        groups.setdefault(row[0], []).append(make(row))
    return {key: tuple(group) for key, group in groups.items()}


def _providers(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[ProviderNamed, ...]]:
    rows = connection.execute(
        select(ContractProvider.contract_id, ContractProvider.provider_id, ContractProvider.share, ContractProvider.lot)
        .where(among(connection, ContractProvider.contract_id, ids))
        .order_by(ContractProvider.contract_id, ContractProvider.position, ContractProvider.id)
    ).all()
    named = _named(connection, {row[1] for row in rows})
    return _grouped(rows, lambda row: named[row[1]]._replace(share=row[2], lot=row[3] or ""))


def _named(connection: Connection, provider_ids: Collection[int]) -> dict[int, ProviderNamed]:
    numbers = _numbers(connection, provider_ids)
    rows = connection.execute(
        select(Provider.id, Provider.name, Provider.sme, Provider.vcse, Provider.vcse_type).where(
            among(connection, Provider.id, provider_ids)
        )
    )
    return {row[0]: ProviderNamed(row[1], None, *row[2:], numbers.get(row[0], ())) for row in rows}


def _numbers(connection: Connection, provider_ids: Collection[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    rows = connection.execute(
        select(ProviderIdentifier.provider_id, ProviderIdentifier.scheme, ProviderIdentifier.value)
        .where(among(connection, ProviderIdentifier.provider_id, provider_ids))
        .order_by(ProviderIdentifier.provider_id, ProviderIdentifier.id)
    ).all()
    return _grouped(rows, lambda row: (row[1], row[2]))


def _other_services(connection: Connection, ids: Sequence[int], names: _Names) -> dict[int, tuple[str, ...]]:
    rows = connection.execute(
        select(ContractService.contract_id, ContractService.service_id)
        .where(among(connection, ContractService.contract_id, ids))
        .order_by(ContractService.contract_id, ContractService.id)
    ).all()
    return _grouped(rows, lambda row: names.services[row[1]])


def _options(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[OptionWritten, ...]]:
    rows = connection.execute(
        select(
            ExtensionOption.contract_id,
            ExtensionOption.months,
            ExtensionOption.ends_on,
            ExtensionOption.value,
            ExtensionOption.notice_months,
            ExtensionOption.taken,
            ExtensionOption.lapsed,
        )
        .where(among(connection, ExtensionOption.contract_id, ids))
        .order_by(ExtensionOption.contract_id, ExtensionOption.position, ExtensionOption.id)
    ).all()
    return _grouped(rows, lambda row: OptionWritten(*row[1:]))


def _called(connection: Connection, ids: Sequence[int], may_be_named: ColumnElement[bool]) -> dict[int, str]:
    query = select(Contract.id, Contract.reference, Contract.title).where(
        among(connection, Contract.id, ids), may_be_named
    )
    rows = connection.execute(query)
    return {row[0]: row[1] or row[2] for row in rows}


def _moves(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[date, ...]]:
    struck = select(ContractEvent.corrects_id).where(ContractEvent.corrects_id.is_not(None))
    rows = connection.execute(
        select(ContractEvent.contract_id, ContractEvent.ends_on)
        .where(among(connection, ContractEvent.contract_id, ids), ContractEvent.ends_on.is_not(None))
        .where(ContractEvent.kind.in_((EventKind.EXTENSION, EventKind.VARIATION)), ContractEvent.id.not_in(struck))
        .order_by(ContractEvent.contract_id, ContractEvent.effective_on, ContractEvent.id)
    ).all()
    return _grouped(rows, lambda row: row[1])


# The rows

#: Nothing of these is exported, nor anything worked out from them.
_LEFT_OUT = frozenset(
    {
        *("search_text", "title_key", "reference_key", "manager_post_key", "provider_key", "withdrawn_reason"),
        *("version", "whole_life_figure", "annual_figure", "renewal_figure", "maximum_at_least"),
    }
)
#: The contract's own columns, amounts as pence and choices as words: made into cells below, once each.
_COLUMNS = [
    type_coerce(column, BigInteger).label(column.key)
    if isinstance(column.type, Hundredths)
    else type_coerce(column, String).label(column.key)
    if isinstance(column.type, Enum)
    else column
    for column in Contract.__table__.columns
    if column.key not in _LEFT_OUT
]


def _rows(
    connection: Connection, ids: Sequence[int], names: _Names, reader: Reader, today: date, fields: Sequence[Field]
) -> Iterator[Sequence[Cell]]:
    query = select(*_COLUMNS).where(among(connection, Contract.id, ids))
    found = {row.id: row for row in connection.execute(query).all()}
    rows = [found[contract_id] for contract_id in ids if contract_id in found]
    if not rows:
        return
    needs = frozenset(part for field in fields for part in parts_needed(field))
    parts = _parts(connection, ids, rows, names, not_embargoed_from(reader, today), needs)
    units = reader.exempt_units
    hidden = [row.exempt and not units.include(row.directorate_id, row.division_id) for row in rows]
    besides = (
        [_NOTHING_BESIDE] * len(rows)
        if all(field.column is not None for field in fields)
        else [
            _beside(row, names, parts, today, withheld=withheld, lengths="moves" in needs)
            for row, withheld in zip(rows, hidden, strict=True)
        ]
    )
    columns = list(zip(*rows, strict=True))
    yield from zip(*(_column(field, columns, rows, besides, hidden) for field in fields), strict=True)


_NOTHING_BESIDE = Beside("")


def _beside(row: Any, names: _Names, parts: _Parts, today: date, *, withheld: bool, lengths: bool) -> Beside:
    options = parts.options.get(row.id, ())
    if withheld:
        options = tuple(option._replace(value=None) for option in options)
    standing = Standing(
        ContractStage(row.stage), row.starts_on, row.current_end_on, withdrawn=row.withdrawn_at is not None
    )
    return Beside(
        directorate=names.directorates[row.directorate_id],
        division=names.divisions.get(row.division_id, ""),
        service=names.services.get(row.lead_service_id, ""),
        other_services=parts.services.get(row.id, ()),
        outcome=names.outcomes.get(row.outcome_id, ""),
        arrangement=names.arrangements.get(row.arrangement_id, ""),
        parent=parts.others.get(row.parent_id, ""),
        replaces=parts.others.get(row.replaces_id, ""),
        category=names.categories.get(row.category_id, ""),
        programme=names.programmes.get(row.programme_id, ""),
        approval=names.approvals.get(row.approval_id, ""),
        providers=parts.providers.get(row.id, ()),
        options=options,
        status=words(status_on(standing, today)),
        length=_length(
            row.starts_on,
            row.awarded_end_on,
            parts.moves.get(row.id, ()),
            options,
            row.rolling,
            row.notice_months,
        )
        if lengths
        else "",
    )


@lru_cache(maxsize=20_000)
def _length(
    starts_on: date | None,
    ends_on: date | None,
    moved_to: tuple[date, ...],
    options: tuple[OptionWritten, ...],
    rolling: bool,  # noqa: FBT001 - a column's value
    notice_months: int | None,
) -> str:
    """Registers repeat the same few hundred terms: "1 April for three years"."""
    still_open = (one for one in options if not one.taken and not one.lapsed)
    left = tuple(Option(one.months, one.ends_on, one.value, one.notice_months) for one in still_open)
    return length_in_words(Term(starts_on, ends_on, moved_to, left, rolling=rolling, notice_months=notice_months))


def _column(
    field: Field,
    columns: Sequence[Sequence[Any]],
    rows: Sequence[Any],
    besides: Sequence[Beside],
    hidden: Sequence[bool],
) -> list[Cell]:
    """One field of every row. A column at a time is three times as fast as a row at a time."""
    if field.column is not None:
        cells = _made(field, columns[_PLACES[field.column]])
    elif field.beside is not None:
        cells = list(map(attrgetter(field.beside), besides))
    else:
        reads = cast("Reads", field.reads)
        cells = _made(field, [reads(row, beside) for row, beside in zip(rows, besides, strict=True)])
    if field.money and any(hidden):
        return [None if withheld else cell for cell, withheld in zip(cells, hidden, strict=True)]
    return cells


def _made(field: Field, values: Sequence[Any]) -> list[Cell]:
    """Raw values as cells."""
    if field.kind is FieldKind.POUNDS:
        return [None if value is None else Decimal(value).scaleb(-2) for value in values]
    if field.kind is FieldKind.YES_NO and field.column:
        return ["Yes" if value else "No" for value in values]
    return list(map(str, values)) if field.column == "uid" else list(values)


_PLACES = {column.key: place for place, column in enumerate(_COLUMNS)}
