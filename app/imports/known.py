"""What the register holds that a list is held against, loaded at once so that no row asks the database by itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, load_only, selectinload

from app.core.text import fold
from app.council import queries as council
from app.council.models import Directorate, Division, Outcome
from app.imports.models import ImportLink
from app.imports.rows import ContractRow, RowUnderstood
from app.imports.targets import Target
from app.register.models import (
    Approval,
    Arrangement,
    Category,
    Contract,
    ContractProvider,
    Programme,
    Provider,
    Service,
)

T = TypeVar("T")
#: Both databases take so many values in one question.
AT_ONCE = 500
#: A service's unit and name, folded.
ServiceKey = tuple[str, str, str]


@dataclass
class Known:
    """The register, as far as one list needs it. What an import makes is added here too, and stored only if used."""

    directorates: dict[str, Directorate] = field(default_factory=dict)
    divisions: dict[str, list[Division]] = field(default_factory=lambda: defaultdict(list))
    services: dict[ServiceKey, Service] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    providers: dict[str, Provider] = field(default_factory=dict)
    providers_by_id: dict[int, Provider] = field(default_factory=dict)
    providers_by_number: dict[tuple[str, str], Provider] = field(default_factory=dict)
    #: By row key.
    links: dict[str, ImportLink] = field(default_factory=dict)
    contracts: dict[int, Contract] = field(default_factory=dict)
    contracts_by_uid: dict[UUID, Contract] = field(default_factory=dict)
    #: Contracts by folded reference, for call-offs that name their framework.
    frameworks: dict[str, list[Contract]] = field(default_factory=lambda: defaultdict(list))
    #: What only the register's own export names, by folded name; several may share one.
    outcomes: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    arrangements: dict[str, list[Arrangement]] = field(default_factory=lambda: defaultdict(list))
    approvals: dict[str, list[Approval]] = field(default_factory=lambda: defaultdict(list))
    #: Contracts by folded reference or title, for rows that name one of them.
    named: dict[str, list[Contract]] = field(default_factory=lambda: defaultdict(list))
    last_position: int = 0

    def unit(self, place: str) -> tuple[Directorate, Division | None] | None:
        """A unit as a person's match names it: "directorate:3" or "division:5"."""
        kind, _, number = place.partition(":")
        if not number.isdigit():
            return None
        if kind == "directorate":
            return next(((one, None) for one in self.directorates.values() if one.id == int(number)), None)
        found = (one for many in self.divisions.values() for one in many if one.id == int(number))
        return next(((one.directorate, one) for one in found), None)


def service_key(directorate: Directorate, division: Division | None, name: str) -> ServiceKey:
    return directorate.name_key, division.name_key if division else "", fold(name)


def load_known(session: Session, source_id: int | None, rows: Sequence[RowUnderstood]) -> Known:
    """Load what the rows may be matched with."""
    known = Known()
    _load_units(session, known)
    _load_services(session, known)
    _load_providers(session, known)
    _load_contracts(session, known, source_id, rows)
    _load_named(session, known, [row.contract for row in rows])
    return known


def _load_units(session: Session, known: Known) -> None:
    for directorate in council.structure(session):
        known.directorates.setdefault(directorate.name_key, directorate)
        if directorate.code:
            known.directorates.setdefault(fold(directorate.code), directorate)
        known.last_position = max(known.last_position, directorate.position)
        for division in directorate.divisions:
            known.divisions[division.name_key].append(division)


def _load_services(session: Session, known: Known) -> None:
    standing = (Service.withdrawn_at.is_(None), Service.closed_reason.is_(None))
    services = select(Service).where(*standing).order_by(Service.id.desc())
    for service in session.scalars(services):
        known.services[service_key(service.directorate, service.division, service.name)] = service
    known.categories = {one.name_key: one for one in session.scalars(select(Category).order_by(Category.id))}
    known.programmes = {fold(one.name): one for one in session.scalars(select(Programme).order_by(Programme.id))}


def _load_providers(session: Session, known: Known) -> None:
    """Every provider in the register by its numbers and names; the oldest speaks for a name two of them have."""
    query = (
        select(Provider)
        .where(Provider.withdrawn_at.is_(None))
        .options(selectinload(Provider.identifiers), selectinload(Provider.other_names))
        .order_by(Provider.id)
    )
    providers = list(session.scalars(query))
    for provider in providers:
        remember_provider(known, provider)
    for provider in providers:
        for other in provider.other_names:
            known.providers.setdefault(other.name_key, provider)


def remember_provider(known: Known, provider: Provider) -> None:
    known.providers.setdefault(provider.name_key, provider)
    if provider.id:
        known.providers_by_id[provider.id] = provider
    for identifier in provider.identifiers:
        known.providers_by_number.setdefault((identifier.scheme, identifier.value), provider)


def _load_named(session: Session, known: Known, rows: Sequence[ContractRow]) -> None:
    """What rows of the register's own export name; lists that name none ask for none."""
    said = {target: {fold(str(row.others[target])) for row in rows if target in row.others} for target in _NAMED}
    if said[Target.OUTCOME]:
        for outcome in session.scalars(select(Outcome).order_by(Outcome.id)):
            known.outcomes[fold(outcome.name)].append(outcome)
    for some in batched_by(sorted(said[Target.ARRANGEMENT]), AT_ONCE):
        of_title = Arrangement.title_key.in_(some)
        for one in session.scalars(select(Arrangement).where(of_title, Arrangement.withdrawn_at.is_(None))):
            known.arrangements[one.title_key].append(one)
    if said[Target.APPROVAL]:
        for approval in session.scalars(select(Approval).order_by(Approval.id)):
            known.approvals[fold(approval.reference)].append(approval)
    called = said[Target.REPLACES] | {
        fold(row.parent_reference) for row in rows if row.parent_reference and row.register_id
    }
    for some in batched_by(sorted(called), AT_ONCE):
        by_name = or_(Contract.reference_key.in_(some), Contract.title_key.in_(some))
        for contract in session.scalars(select(Contract).where(by_name, Contract.withdrawn_at.is_(None))):
            for key in {contract.reference_key or contract.title_key, contract.title_key}:
                known.named[key].append(contract)


_NAMED = (Target.OUTCOME, Target.ARRANGEMENT, Target.APPROVAL, Target.REPLACES)


def _load_contracts(session: Session, known: Known, source_id: int | None, rows: Sequence[RowUnderstood]) -> None:
    if source_id is not None:
        links = session.scalars(select(ImportLink).where(ImportLink.source_id == source_id).order_by(ImportLink.id))
        known.links = {link.row_key: link for link in links}
    ids = {link.contract_id for link in known.links.values()}
    named = {uid: row.stands for row in rows if (uid := uid_of(row.contract.register_id))}
    references = {fold(row.contract.parent_reference) for row in rows if row.contract.parent_reference}
    for contract in _contracts(session, Contract.id, ids):
        known.contracts[contract.id] = contract
    for contract in _contracts(session, Contract.uid, (uid for uid, stands in named.items() if not stands)):
        known.contracts[contract.id] = contract
        known.contracts_by_uid[contract.uid] = contract
    for some in batched_by((uid for uid, stands in named.items() if stands), AT_ONCE):
        bare = select(Contract).options(load_only(Contract.uid, Contract.title, Contract.withdrawn_at))
        for contract in session.scalars(bare.where(Contract.uid.in_(some))):
            known.contracts_by_uid[contract.uid] = contract
    for contract in _contracts(session, Contract.reference_key, references):
        if contract.withdrawn_at is None and contract.reference_key:
            known.frameworks[contract.reference_key].append(contract)


def _contracts(session: Session, column: object, wanted: Iterable[object]) -> Iterator[Contract]:
    """The contracts with everything that settling them reads."""
    for some in batched_by(wanted, AT_ONCE):
        query = (
            select(Contract)
            .where(_among(column, some))
            .options(
                selectinload(Contract.providers).joinedload(ContractProvider.provider),
                selectinload(Contract.options),
                selectinload(Contract.events),
            )
            .order_by(Contract.id)
        )
        yield from session.scalars(query)


def _among(column: object, some: Sequence[object]) -> ColumnElement[bool]:
    return column.in_(some)  # type: ignore[attr-defined,no-any-return]  # any mapped column of a contract


def batched_by(wanted: Iterable[T], number: int) -> Iterator[list[T]]:
    some: list[T] = []
    for one in wanted:
        some.append(one)
        if len(some) == number:
            yield some
            some = []
    if some:
        yield some


def uid_of(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None
