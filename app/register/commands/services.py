"""What people do with services and in-house units."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.core.errors import Refusal
from app.core.text import fold
from app.register.models import (
    Contract,
    ContractProvider,
    DeliveryPeriod,
    DeliveryRoute,
    InHouseUnit,
    Service,
    ServiceOutcome,
)
from app.register.settling import settle


@dataclass(frozen=True, kw_only=True)
class ServiceWanted:
    """A service as a person, or a line of a service list, describes it."""

    name: str
    directorate_id: int
    division_id: int | None = None
    purpose: str | None = None
    in_house_unit_id: int | None = None
    gross_budget: Decimal | None = None
    net_budget: Decimal | None = None
    #: By its first year: 2026 is 2026-27.
    budget_year: int | None = None
    fte: Decimal | None = None
    statutory: bool | None = None
    head_post: str | None = None
    outcome_id: int | None = None
    review_on: date | None = None
    note: str | None = None
    position: int | None = None
    #: Outcomes it supports beside the first; None: as they are.
    other_outcome_ids: tuple[int, ...] | None = None


def add_service(
    session: Session, wanted: ServiceWanted, *, route: DeliveryRoute, from_on: date | None = None
) -> Service:
    """Add a service, delivered so from a day on (None: as long as anybody knows)."""
    refuse_second(session, wanted)
    service = Service(route=route, from_on=from_on, delivery_periods=[DeliveryPeriod(route=route, from_on=from_on)])
    _describe(service, wanted)
    session.add(service)
    session.flush()
    return service


def change_service(session: Session, service: Service, wanted: ServiceWanted) -> None:
    """Correct what is said of a service. Its contracts follow it to another unit."""
    refuse_second(session, wanted, but=service)
    moved = (service.directorate_id, service.division_id) != (wanted.directorate_id, wanted.division_id)
    _describe(service, wanted)
    session.flush()
    if moved:
        for contract in contracts_to_settle(session, Contract.lead_service_id == service.id):
            settle(contract)


def _describe(service: Service, wanted: ServiceWanted) -> None:
    described = asdict(wanted)
    _support(service, described.pop("other_outcome_ids"), wanted.outcome_id)
    if wanted.position is None:
        described.pop("position")
    for column, value in described.items():
        setattr(service, column, value)


def _support(service: Service, outcome_ids: Collection[int] | None, main_id: int | None) -> None:
    """The outcomes beside the one it supports most."""
    if outcome_ids is None:
        return
    wanted = dict.fromkeys(number for number in outcome_ids if number != main_id)
    kept = [one for one in service.other_outcomes if one.outcome_id in wanted]
    known = {one.outcome_id for one in kept}
    service.other_outcomes = [*kept, *(ServiceOutcome(outcome_id=number) for number in wanted if number not in known)]


def refuse_second(session: Session, wanted: ServiceWanted, *, but: Service | None = None, field: str = "name") -> None:
    same = select(Service).where(
        Service.name_key == fold(wanted.name),
        Service.directorate_id == wanted.directorate_id,
        Service.division_id.is_(None) if wanted.division_id is None else Service.division_id == wanted.division_id,
        Service.withdrawn_at.is_(None),
        Service.closed_reason.is_(None),
    )
    found = session.scalars(same.order_by(Service.id)).first()
    if found is not None and found is not but:
        raise Refusal(f"{found.name} is already a service there: change that one, or enter another name", field=field)


def withdraw_service(session: Session, service: Service, reason: str, *, now: datetime) -> None:
    """Take a service out of the lists. What is recorded under it must find another place first."""
    under = select(Contract.id).where(Contract.lead_service_id == service.id, Contract.withdrawn_at.is_(None))
    count = len(session.scalars(under).all())
    if count:
        are = "contract is" if count == 1 else "contracts are"
        raise Refusal(f"{count:,} {are} recorded under it: give them to another service first", field="reason")
    service.withdrawn_at, service.withdrawn_reason = now, reason


def restore_service(session: Session, service: Service) -> None:
    refuse_second(
        session,
        ServiceWanted(name=service.name, directorate_id=service.directorate_id, division_id=service.division_id),
    )
    service.withdrawn_at = service.withdrawn_reason = None


def contracts_to_settle(session: Session, *which: ColumnElement[bool]) -> list[Contract]:
    """Contracts with everything that settling them reads, loaded together."""
    query = (
        select(Contract)
        .where(*which)
        .options(
            selectinload(Contract.providers).joinedload(ContractProvider.provider),
            selectinload(Contract.options),
            selectinload(Contract.events),
            joinedload(Contract.category),
            joinedload(Contract.lead_service),
        )
    )
    return list(session.scalars(query.order_by(Contract.id)).unique())


def assign_contracts(session: Session, service: Service, contract_ids: Collection[int]) -> int:
    """Give contracts to a service, which from now on says their unit. Return how many moved."""
    contracts = contracts_to_settle(session, Contract.id.in_(contract_ids), Contract.withdrawn_at.is_(None))
    for contract in contracts:
        contract.lead_service = service
        settle(contract)
    return len(contracts)


@dataclass(frozen=True)
class CategoryGroup:
    """Contracts of one category within a unit, which a service is to be made of."""

    name: str
    directorate_id: int
    division_id: int | None
    contract_ids: tuple[int, ...]


@dataclass(frozen=True)
class ServicesMade:
    """What making services from the categories came to."""

    services: int
    contracts: int
    #: Contracts without a category, left as they were.
    left: int


def category_groups(session: Session, directorate_id: int) -> list[CategoryGroup]:
    """What ``services_from_categories`` would make, in the order of the categories' names."""
    found: dict[tuple[str, int | None], list[Contract]] = defaultdict(list)
    for contract in _unassigned_with_category(session, directorate_id):
        if contract.category is not None:
            found[contract.category.name_key, contract.division_id].append(contract)
    return [
        CategoryGroup(_name_of(contracts), directorate_id, division_id, tuple(one.id for one in contracts))
        for (_, division_id), contracts in sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or 0))
    ]


def _name_of(contracts: Iterable[Contract]) -> str:
    return next(contract.category.name for contract in contracts if contract.category is not None)


def _unassigned_with_category(session: Session, directorate_id: int) -> list[Contract]:
    query = (
        select(Contract)
        .where(
            Contract.directorate_id == directorate_id,
            Contract.lead_service_id.is_(None),
            Contract.category_id.is_not(None),
            Contract.withdrawn_at.is_(None),
        )
        .options(joinedload(Contract.category))
        .order_by(Contract.id)
    )
    return list(session.scalars(query))


def services_from_categories(session: Session, directorate_id: int) -> ServicesMade:
    """Make one service of each category within a directorate (and division), and give it its contracts."""
    groups = category_groups(session, directorate_id)
    before = _services_by_name(session, directorate_id)
    made = 0
    for group in groups:
        service = before.get((fold(group.name), group.division_id))
        if service is None:
            service, made = _service_of(session, group), made + 1
        assign_contracts(session, service, group.contract_ids)
    session.flush()
    return ServicesMade(
        made, sum(len(group.contract_ids) for group in groups), _still_unassigned(session, directorate_id)
    )


def _service_of(session: Session, group: CategoryGroup) -> Service:
    service = service_of_category(group.name)
    service.directorate_id, service.division_id = group.directorate_id, group.division_id
    session.add(service)
    session.flush()
    return service


def service_of_category(name: str) -> Service:
    """A service made of a category, by a person's bulk act or an import: contracts deliver it, as long as known."""
    route = DeliveryRoute.EXTERNAL
    return Service(
        name=name,
        route=route,
        delivery_periods=[DeliveryPeriod(route=route)],
        note="Made from the category of its contracts",
    )


def _services_by_name(session: Session, directorate_id: int) -> dict[tuple[str, int | None], Service]:
    query = select(Service).where(Service.directorate_id == directorate_id, Service.withdrawn_at.is_(None))
    return {(service.name_key, service.division_id): service for service in session.scalars(query.order_by(Service.id))}


def _still_unassigned(session: Session, directorate_id: int) -> int:
    query = select(Contract.id).where(
        Contract.directorate_id == directorate_id, Contract.lead_service_id.is_(None), Contract.withdrawn_at.is_(None)
    )
    return len(session.scalars(query).all())


@dataclass(frozen=True, kw_only=True)
class InHouseUnitWanted:
    """A team of the council's own, as a form describes it."""

    name: str
    directorate_id: int
    head_post: str | None = None


def add_in_house_unit(session: Session, wanted: InHouseUnitWanted) -> InHouseUnit:
    unit = InHouseUnit()
    session.add(change_in_house_unit(session, unit, wanted))
    session.flush()
    return unit


def change_in_house_unit(session: Session, unit: InHouseUnit, wanted: InHouseUnitWanted) -> InHouseUnit:
    """Say what a unit is called, where it belongs and who leads it."""
    with session.no_autoflush:
        _refuse_second_unit(session, unit, wanted)
    unit.name, unit.directorate_id, unit.head_post = wanted.name, wanted.directorate_id, wanted.head_post
    return unit


def _refuse_second_unit(session: Session, unit: InHouseUnit, wanted: InHouseUnitWanted) -> None:
    same = select(InHouseUnit).where(
        InHouseUnit.name_key == fold(wanted.name),
        InHouseUnit.directorate_id == wanted.directorate_id,
        InHouseUnit.withdrawn_at.is_(None),
    )
    found = session.scalars(same.order_by(InHouseUnit.id)).first()
    if found is not None and found is not unit:
        raise Refusal(f"{found.name} is already a unit of that directorate: enter another name", field="name")
