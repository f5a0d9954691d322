"""The kinds of record that keep a history: their words, their page, their name, and who is kept from what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import Session

from app.core.audit import Change
from app.core.base import Base
from app.core.rights import Permission, Reader
from app.decisions.models import Activity, AgendaItem, PreScrutinyRequest
from app.decisions.queries.committees.items import items_whose_words_are_open_to
from app.decisions.queries.visibility import amounts_of_activities_open_to, words_open_to
from app.decisions.queries.visibility import open_to as activities_open_to
from app.register.models import Approval, Arrangement, Contract, Document
from app.register.queries.documents import documents_open_to
from app.register.visibility import (
    amounts_open_to,
    approvals_open_to,
    arrangements_open_to,
    not_embargoed_from,
    sums_open_to,
)

P = Permission


@dataclass(frozen=True)
class Kind:
    """One kind of record, as history names it."""

    name: str
    words: str
    #: Any: the table's model.
    model: Any
    #: The column that names a record; None where none does.
    title: str | None
    #: Its page, before the record's number; blank where it has none of its own.
    path: str = ""
    #: Who may read the history of one such record; any of them.
    readers: frozenset[Permission] = frozenset({P.READ})


#: What cannot be told from the table's name.
_WORDS: Mapping[str, str] = {
    "proposal_answer": "Answer to a proposal",
    "pre_scrutiny_request": "Request to a committee",
    "social_value_commitment": "Social value commitment",
    "social_value_statement": "Social value statement",
    "social_value_framework": "Framework of measures",
    "arrangement_dismissal": "Suggested arrangement dismissed",
    "annex_choice": "Choice for the annexes",
    "plan_return": "Return for the business plan",
    "import_source": "Source of imports",
    "in_house_unit": "In-house unit",
}
_PATHS: Mapping[str, str] = {
    "contract": "/contracts/",
    "service": "/services/",
    "provider": "/providers/",
    "arrangement": "/arrangements/",
    "approval": "/approvals/",
    "activity": "/activities/",
    "agenda_item": "/agenda-items/",
    "pre_scrutiny_request": "/pre-scrutiny/",
    "social_value_commitment": "/social-value/",
    "social_value_statement": "/social-value/statements/",
    "plan_return": "/plans/returns/",
    "committee": "/admin/committees/",
    "person": "/admin/people/",
}
_ABOUT_PEOPLE = frozenset({P.MANAGE_PEOPLE, P.READ_HISTORY})
_READERS: Mapping[str, frozenset[Permission]] = {
    "person": _ABOUT_PEOPLE,
    "import_source": frozenset({P.IMPORT, P.READ_HISTORY}),
}
_NAMES = ("title", "name", "text", "measure", "label", "filename", "reference", "reason")


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind that keeps a history, in the order of their words: a new table is here without being named."""
    found = (_kind(mapper.class_) for mapper in Base.registry.mappers)
    return {one.name: one for one in sorted((one for one in found if one), key=lambda one: one.words)}


def _kind(model: Any) -> Kind | None:  # Any: a model
    record = model.__record__
    if record is None or record[1] != "id":
        return None
    name = record[0]
    columns = model.__table__.columns
    return Kind(
        name,
        _WORDS.get(name, name.replace("_", " ").capitalize()),
        model,
        next((column for column in _NAMES if column in columns), None),
        _PATHS.get(name, ""),
        _READERS.get(name, frozenset({P.READ})),
    )


# Who is kept from what


def open_to(reader: Reader, today: date) -> ColumnElement[bool]:
    """Changes of records that are not under an embargo for this reader."""
    if reader.exempt_units.everywhere:
        return true()
    kept = [(kind, _embargoed(kind, reader, today)) for kind in kinds().values()]
    back = [
        and_(Change.record_kind == kind.name, Change.record_id.in_(select(kind.model.id).where(hidden)))
        for kind, hidden in kept
        if hidden is not None
    ]
    return ~or_(false(), *back)


def _embargoed(kind: Kind, reader: Reader, today: date) -> ColumnElement[bool] | None:
    """Records of the kind kept from the reader, by the contracts they are, stand for or hang on."""
    if kind.model is Contract:
        return ~not_embargoed_from(reader, today)
    if kind.model is Arrangement:
        return ~arrangements_open_to(reader, today)
    if kind.model is Approval:
        return ~approvals_open_to(reader, today)
    if kind.model is Activity:
        return ~activities_open_to(reader, today)
    columns = kind.model.__table__.columns
    hidden = []
    if "contract_id" in columns:
        hidden.append(kind.model.contract_id.in_(select(Contract.id).where(~not_embargoed_from(reader, today))))
    if "arrangement_id" in columns:
        closed = select(Arrangement.id).where(~arrangements_open_to(reader, today))
        hidden.append(kind.model.arrangement_id.in_(closed))
    if kind.model in {AgendaItem, PreScrutinyRequest}:
        hidden.append(kind.model.activity_id.in_(select(Activity.id).where(~activities_open_to(reader, today))))
    if kind.model is Document:
        hidden.append(~documents_open_to(reader))
    if kind.model is AgendaItem:
        hidden.append(AgendaItem.id.not_in(items_whose_words_are_open_to(reader)))
    return or_(*hidden) if hidden else None


def withheld(session: Session, changes: list[Change], reader: Reader) -> frozenset[tuple[str, int]]:
    """The records among these whose amounts this reader may not see, as (kind, number)."""
    if reader.exempt_units.everywhere:
        return frozenset()
    ids: dict[str, set[int]] = {}
    for change in changes:
        ids.setdefault(change.record_kind, set()).add(change.record_id)
    found: set[tuple[str, int]] = set()
    for name, numbers in ids.items():
        kind = kinds().get(name)
        hidden = _amounts_hidden(kind, reader) if kind else None
        if kind is not None and hidden is not None:
            rows = session.scalars(select(kind.model.id).where(kind.model.id.in_(numbers), hidden))
            found |= {(name, number) for number in rows}
    return frozenset(found)


def _amounts_hidden(kind: Kind, reader: Reader) -> ColumnElement[bool] | None:
    if kind.model is Contract:
        return ~amounts_open_to(reader)
    if kind.model is Approval:
        return ~sums_open_to(reader)
    if kind.model is Arrangement:
        return (
            exists().where(Contract.arrangement_id == Arrangement.id, ~amounts_open_to(reader)).correlate(Arrangement)
        )
    if kind.model is Activity:
        return ~and_(amounts_of_activities_open_to(reader), words_open_to(reader))
    hidden = []
    columns = kind.model.__table__.columns
    if "contract_id" in columns:
        hidden.append(kind.model.contract_id.in_(select(Contract.id).where(~amounts_open_to(reader))))
    if "arrangement_id" in columns:
        of_it = select(Contract.arrangement_id).where(Contract.arrangement_id.is_not(None), ~amounts_open_to(reader))
        hidden.append(kind.model.arrangement_id.in_(of_it))
    return or_(*hidden) if hidden else None
