"""Documents as their records' pages show them. Who may see the record and the document is part of every query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session, joinedload

from app.core.rights import Reader
from app.register.models import Contract, Document, DocumentKind, Provider, Service
from app.register.visibility import may_see

Subject = Contract | Service | Provider


@dataclass(frozen=True)
class Filed:
    """Where a document is filed: the record it belongs to."""

    column: str
    id: int
    title: str
    url: str
    directorate_id: int | None
    division_id: int | None


def filed_under(subject: Subject) -> Filed:
    if isinstance(subject, Contract):
        unit = subject.directorate_id, subject.division_id
        return Filed("contract_id", subject.id, subject.title, f"/contracts/{subject.id}", *unit)
    if isinstance(subject, Service):
        unit = subject.directorate_id, subject.division_id
        return Filed("service_id", subject.id, subject.name, f"/services/{subject.id}", *unit)
    return Filed("provider_id", subject.id, subject.name, f"/providers/{subject.id}", None, None)


def subject_of(document: Document) -> Subject:
    found = document.contract or document.service or document.provider
    if found is None:
        raise NoResultFound
    return found


def entitled(reader: Reader, filed: Filed) -> bool:
    """Whether this reader may see what is not open there; a provider's is of the whole council."""
    if filed.directorate_id is None:
        return reader.exempt_units.everywhere
    return reader.exempt_units.include(filed.directorate_id, filed.division_id)


def _open_to(reader: Reader, filed: Filed) -> ColumnElement[bool]:
    return true() if entitled(reader, filed) else Document.not_open.is_(False)


def documents_open_to(reader: Reader) -> ColumnElement[bool]:
    """``entitled``, said in SQL of every document: those that are open, and the reader's own units' others."""
    units = reader.exempt_units
    if units.everywhere:
        return true()
    own = (
        exists().where(
            filed.id == key, or_(filed.directorate_id.in_(units.directorates), filed.division_id.in_(units.divisions))
        )
        for filed, key in ((Contract, Document.contract_id), (Service, Document.service_id))
    )
    return or_(Document.not_open.is_(False), *(one.correlate(Document) for one in own))


def documents_of(session: Session, subject: Subject, reader: Reader) -> list[Document]:
    """The newest version of each, by kind and title; withdrawn ones last."""
    filed = filed_under(subject)
    return _newest(session, getattr(Document, filed.column) == filed.id, _open_to(reader, filed))


def documents_on_contract(session: Session, contract: Contract, reader: Reader) -> list[Document]:
    """A contract's own documents, and the specification of the service it is let for."""
    which = Document.contract_id == contract.id
    if contract.lead_service_id is not None:
        specification = Document.kind == DocumentKind.SPECIFICATION
        which = or_(which, and_(Document.service_id == contract.lead_service_id, specification))
    return _newest(session, which, documents_open_to(reader), Document.withdrawn_at.is_(None))


def _newest(session: Session, *which: ColumnElement[bool]) -> list[Document]:
    query = select(Document).where(Document.replaced.is_(False), *which).options(joinedload(Document.file))
    found = session.scalars(query.order_by(Document.title, Document.id)).all()
    kinds = list(DocumentKind)
    return sorted(found, key=lambda one: (one.withdrawn_at is not None, kinds.index(one.kind)))


def document(session: Session, document_id: int, reader: Reader, today: date) -> Document:
    """One version that this reader may see; NoResultFound otherwise."""
    found = session.scalars(
        select(Document)
        .where(Document.id == document_id)
        .options(
            joinedload(Document.contract),
            joinedload(Document.service),
            joinedload(Document.provider),
            joinedload(Document.file),
        )
    ).one()
    subject = subject_of(found)
    if isinstance(subject, Contract) and not may_see(reader, subject, today):
        raise NoResultFound
    if found.not_open and not entitled(reader, filed_under(subject)):
        raise NoResultFound
    return found


def versions(session: Session, found: Document, reader: Reader) -> Sequence[Document]:
    """Every version of a document that this reader may see, the newest first."""
    filed = filed_under(subject_of(found))
    same = getattr(Document, filed.column) == filed.id
    by_id = {one.id: one for one in session.scalars(select(Document).where(same).options(joinedload(Document.file)))}
    followed_by = {one.replaces_id: one for one in by_id.values() if one.replaces_id is not None}
    newest = found
    while newest.id in followed_by:
        newest = followed_by[newest.id]
    chain = [newest]
    while (before := by_id.get(chain[-1].replaces_id or 0)) is not None:
        chain.append(before)
    return [one for one in chain if not one.not_open or entitled(reader, filed)]


def has_specification() -> ColumnElement[bool]:
    """Whether a contract's specification is filed, with it or with its service."""
    return exists().where(
        or_(Document.contract_id == Contract.id, Document.service_id == Contract.lead_service_id),
        Document.kind == DocumentKind.SPECIFICATION,
        Document.withdrawn_at.is_(None),
    )
