"""Contracts to be: plain objects with a contract's attributes, stored thousands at once.

The session's own objects cost ten times as much each: a draft is settled by the same rules and inserted as a row.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.core.audit import added_in_bulk
from app.core.base import Base
from app.core.text import fold
from app.register.models import (
    Contract,
    ContractForm,
    ContractProvider,
    ContractService,
    ExtensionOption,
    Provider,
    Service,
)

#: The records a contract names, and the column that keeps each.
_NAMED = {
    "directorate": "directorate_id",
    "division": "division_id",
    "lead_service": "lead_service_id",
    "category": "category_id",
    "programme": "programme_id",
    "parent": "parent_id",
    "replaces": "replaces_id",
    "outcome": "outcome_id",
    "arrangement": "arrangement_id",
    "approval": "approval_id",
}
_COLUMNS = tuple(column.key for column in Contract.__table__.columns if column.key != "id")
_BLANK: Mapping[str, object] = {
    **dict.fromkeys(_COLUMNS),
    **dict.fromkeys(_NAMED),
    "id": None,
    "form": ContractForm.CONTRACT,
    "rolling": False,
    "exempt": False,
    "concession": False,
    "maximum_at_least": False,
    "search_text": "",
    "version": 1,
}


class Draft(SimpleNamespace):
    """A contract not stored yet."""


def draft(**said: object) -> Contract:
    """A new draft. To everything that writes or settles a contract it is one: the same attributes, the same rules."""
    made = Draft(
        **{**_BLANK, "uid": uuid4(), "providers": [], "other_services": [], "options": [], "events": [], **said}
    )
    return cast("Contract", made)


def is_draft(contract: object) -> bool:
    return isinstance(contract, Draft)


def entry(provider: Provider, position: int) -> ContractProvider:
    """A draft's provider."""
    return cast("ContractProvider", SimpleNamespace(provider=provider, position=position, share=None))


def service_entry(service: Service) -> ContractService:
    """A draft's other service."""
    return cast("ContractService", SimpleNamespace(service=service, service_id=None))


def store_drafts(session: Session, drafts: Sequence[Contract]) -> None:
    """Insert the contracts with their providers, options and history; each has its id afterwards."""
    session.add_all(_new_records(drafts))
    session.flush()
    _insert(session, Contract, [_row(one) for one in drafts], drafts)
    _insert(session, ContractProvider, [row for one in drafts for row in _providers(one)])
    _insert(session, ContractService, [row for one in drafts for row in _services(one)])
    _insert(session, ExtensionOption, [row for one in drafts for row in _options(one)])
    _name_frameworks(session, drafts)


def _new_records(drafts: Iterable[Contract]) -> list[Base]:
    """Directorates, services, categories and providers that exist only in this import."""
    named: dict[int, Base] = {}
    for one in drafts:
        records: list[Any] = [getattr(one, name) for name in _NAMED]  # Any: a contract's relationships
        records += [entry.provider for entry in one.providers]
        named |= {id(record): record for record in records if isinstance(record, Base) and not record.id}
    return list(named.values())


def _row(one: Contract) -> dict[str, Any]:  # Any: a row's values
    """The draft's columns; a record it names gives its id."""
    values = vars(one)
    row = {key: values[key] for key in _COLUMNS}
    for name, column in _NAMED.items():
        record = values[name]
        row[column] = record.id if record is not None else None
    row["title_key"] = fold(one.title)
    row["reference_key"] = fold(one.reference) if one.reference else None
    row["manager_post_key"] = fold(one.manager_post) if one.manager_post else None
    return row


def _providers(one: Contract) -> Iterable[dict[str, Any]]:
    for entry in one.providers:
        yield {
            "contract_id": one.id,
            "provider_id": entry.provider.id,
            "position": entry.position,
            "share": entry.share,
        }


def _services(one: Contract) -> Iterable[dict[str, Any]]:
    for kept in one.other_services:
        yield {"contract_id": one.id, "service_id": kept.service.id}


def _options(one: Contract) -> Iterable[dict[str, Any]]:
    for option in one.options:
        columns = ("position", "months", "ends_on", "value", "notice_months", "taken", "lapsed")
        yield {"contract_id": one.id, **{column: getattr(option, column) for column in columns}}


def _insert(session: Session, table: type[Base], rows: list[dict[str, Any]], drafts: Sequence[Contract] = ()) -> None:
    if not rows:
        return
    for row, number in zip(rows, _numbers(session, table, len(rows)), strict=True):
        row["id"] = number
    for one, row in zip(drafts, rows, strict=bool(drafts)):
        one.id = row["id"]
    said = {key for row in rows for key, value in row.items() if value is not None}
    filled = [{key: row[key] for key in said} for row in rows]
    session.connection().execute(insert(table.__table__), filled)  # type: ignore[arg-type]  # a Table all the same
    added_in_bulk(session, table, rows)


def _numbers(session: Session, table: type[Base], wanted: int) -> Sequence[int]:
    """Keys for new rows, known beforehand: PostgreSQL hands them out, SQLite has one writer at a time."""
    if session.get_bind().dialect.name == "postgresql":
        key = func.nextval(func.pg_get_serial_sequence(table.__tablename__, "id"))
        return session.scalars(select(key).select_from(func.generate_series(1, wanted))).all()
    first = (session.scalar(select(func.max(table.id))) or 0) + 1
    return range(first, first + wanted)


def _name_frameworks(session: Session, drafts: Iterable[Contract]) -> None:
    """A call-off's framework may be a draft of the same list, without an id until now."""
    waiting = {one.id: one.parent.id for one in drafts if one.parent is not None and is_draft(one.parent)}
    for number, parent_id in waiting.items():
        session.get_one(Contract, number).parent_id = parent_id
    session.flush()
