"""Contracts as rows of a download: every field of the catalogue, in the same order, for any number of contracts."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, TypeVar, cast

from sqlalchemy import ARRAY, ColumnElement, Connection, Integer, any_, func, literal, select, true
from sqlalchemy.orm import Session

from app.core.rights import Reader
from app.council.models import Directorate, Division, Outcome
from app.register.fields import EXPORTED, Cell, Field, FieldKind, ProviderNamed
from app.register.models import (
    Approval,
    Arrangement,
    Category,
    Contract,
    ContractEvent,
    ContractProvider,
    ContractService,
    EventKind,
    ExtensionOption,
    Programme,
    Provider,
    ProviderIdentifier,
    Service,
)
from app.register.options import OptionWritten
from app.register.queries.contracts import in_order
from app.register.queries.export_cells import COLUMNS as CONTRACT_COLUMNS
from app.register.queries.export_cells import NAMED, Names, Parts, Sheet, columns_needed, parts_needed
from app.register.queries.narrowing import Wanted
from app.register.visibility import approvals_open_to, not_embargoed_from
from reports.listing import ListColumn
from reports.table import Kind

T = TypeVar("T")
_KINDS = {FieldKind.POUNDS: Kind.POUNDS, FieldKind.DAY: Kind.DAY, FieldKind.NUMBER: Kind.NUMBER}
#: The columns of a download; its headings are the fields' labels, which the import knows again.
COLUMNS = [ListColumn(field.label, _KINDS.get(field.kind, Kind.TEXT)) for field in EXPORTED]
#: So many contracts are read at a time: few enough for memory, and for the parameters a statement may have.
AT_A_TIME = 1_000


def columns_of(fields: Sequence[Field]) -> list[ListColumn]:
    """The columns of a download of these fields."""
    return [ListColumn(field.label, _KINDS.get(field.kind, Kind.TEXT)) for field in fields]


def exported(
    session: Session, ids: Iterable[int], reader: Reader, today: date, fields: Sequence[Field] = EXPORTED
) -> Iterator[Sequence[Cell]]:
    """The rows of these contracts in the order given; amounts this reader may not see are blank."""
    connection = session.connection()
    needs = parts_needed(fields)
    names = _names(connection, needs, approvals_open_to(reader, today))
    remaining = iter(ids)
    while some := list(islice(remaining, AT_A_TIME)):
        yield from _rows(connection, some, names, reader, today, fields)


def exported_list(
    session: Session, wanted: Wanted, reader: Reader, today: date, fields: Sequence[Field] = EXPORTED
) -> Iterator[Sequence[Cell]]:
    """Exactly what a list shows, whole."""
    return exported(session, in_order(session, wanted, reader, today), reader, today, fields)


# What stands beside a contract, read for many at once


#: The column that names each.
_NAMES: Mapping[str, Any] = {  # Any: columns of several tables
    "directorates": Directorate.name,
    "divisions": Division.name,
    "services": Service.name,
    "categories": Category.name,
    "programmes": Programme.name,
    "outcomes": Outcome.name,
    "arrangements": Arrangement.title,
    "approvals": Approval.reference,
}


def _names(connection: Connection, needs: Collection[str], approvals_named: ColumnElement[bool]) -> Names:
    """Only the lists that are needed, and of approvals those that may be named."""

    def read(name: Any) -> dict[int, str]:  # Any: a column of one of the tables
        which = approvals_named if name.class_ is Approval else true()
        return {row[0]: row[1] for row in connection.execute(select(name.class_.id, name).where(which))}

    return Names(**{name: read(column) if f"{NAMED}{name}" in needs else {} for name, column in _NAMES.items()})


def _parts(
    connection: Connection,
    ids: Sequence[int],
    rows: Sequence[Any],
    names: Names,
    may_be_named: ColumnElement[bool],
    needs: Collection[str],
) -> Parts:
    pointed_at: set[int] = set()
    if "others" in needs:
        pointing = (getattr(row, column, None) for row in rows for column in ("parent_id", "replaces_id"))
        pointed_at = {other for other in pointing if other is not None}
    return Parts(
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
    return _grouped(
        rows,
        lambda row: (
            named[row[1]] if row[2] is None and not row[3] else named[row[1]]._replace(share=row[2], lot=row[3] or "")
        ),
    )


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


def _other_services(connection: Connection, ids: Sequence[int], names: Names) -> dict[int, tuple[str, ...]]:
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


def _rows(
    connection: Connection, ids: Sequence[int], names: Names, reader: Reader, today: date, fields: Sequence[Field]
) -> Iterator[Sequence[Cell]]:
    read = columns_needed(fields)
    query = select(*(CONTRACT_COLUMNS[key] for key in read)).where(among(connection, Contract.id, ids))
    found = {row.id: row for row in connection.execute(query)}
    rows = [found[contract_id] for contract_id in ids if contract_id in found]
    if not rows:
        return
    units = reader.exempt_units
    sheet = Sheet(
        rows=rows,
        columns=dict(zip(read, zip(*rows, strict=True), strict=True)),
        names=names,
        parts=_parts(connection, ids, rows, names, not_embargoed_from(reader, today), parts_needed(fields)),
        today=today,
        hidden=[row.exempt and not units.include(row.directorate_id, row.division_id) for row in rows],
    )
    yield from zip(*map(sheet.cells, fields), strict=True)
