"""What happens to a service over its life: how it is delivered, where it is, who else has a part, how it closes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core import audit
from app.core.errors import Refusal
from app.core.text import fold
from app.register import delivery, placing
from app.register.commands.services import ServiceWanted, assign_contracts, contracts_to_settle, refuse_second
from app.register.models import (
    Arrangement,
    Contract,
    ContractService,
    DeliveryPeriod,
    DeliveryRoute,
    PartnerRole,
    Provider,
    Service,
    ServicePartner,
    ServicePlace,
)
from app.register.placing import Placed
from app.register.queries.pointing import pointing_at
from app.register.queries.worth import not_over
from app.register.settling import settle

#: A service's own, which stays with it when it closes.
OWN = frozenset({DeliveryPeriod, ServicePlace, ServicePartner})


@dataclass(frozen=True)
class Recorded:
    """Who records an act, when, and why."""

    by: str
    at: datetime
    reason: str


# How it is delivered


def change_route(service: Service, route: DeliveryRoute, from_on: date, recorded: Recorded, *, today: date) -> None:
    """Begin a new way of delivery; the old one stays on record, closed the day before."""
    stored = service.delivery_periods or [DeliveryPeriod(route=service.route, from_on=service.from_on)]
    periods = [delivery.Period(one.route, one.from_on, one.until_on) for one in stored]
    stored[-1].until_on = delivery.changed(periods, route, from_on, today=today)[-2].until_on
    begun = DeliveryPeriod(
        route=route, from_on=from_on, reason=recorded.reason, recorded_at=recorded.at, recorded_by=recorded.by
    )
    service.delivery_periods = [*stored, begun]
    service.route = route
    forget_plan(service)
    if route not in delivery.OWN_STAFF:
        service.in_house_unit = None


def plan_route(service: Service, route: DeliveryRoute, from_on: date, reason: str, *, today: date) -> None:
    """Record a change of route still to come. It changes nothing until somebody records that it came."""
    delivery.check_plan(service.route, route, from_on, today=today)
    service.planned_route, service.planned_from_on, service.planned_reason = route, from_on, reason


def forget_plan(service: Service) -> None:
    service.planned_route = service.planned_from_on = service.planned_reason = None


# Where it belongs


def move_service(session: Session, service: Service, to: Placed, recorded: Recorded, *, today: date) -> int:
    """Put a service into another part of the council from a day on. Return how many contracts moved with it."""
    _refuse_same_name(session, service, to)
    stored = service.places or [_first_place(service)]
    periods = [Placed(one.directorate_id, one.division_id, one.from_on, one.until_on) for one in stored]
    stored[-1].until_on = placing.moved(periods, to, today=today)[-2].until_on
    begun = ServicePlace(
        directorate_id=to.directorate_id, division_id=to.division_id, from_on=to.from_on,
        reason=recorded.reason, recorded_at=recorded.at, recorded_by=recorded.by,
    )  # fmt: skip
    service.places = [*stored, begun]
    return _put(session, service, to, recorded.reason)


def correct_place(session: Session, service: Service, to: Placed, reason: str) -> int:
    """Say where a service is that was recorded in the wrong place: no move happened."""
    if to.unit == (service.directorate_id, service.division_id):
        raise Refusal("It is there already: choose another part of the council", field="unit")
    _refuse_same_name(session, service, to)
    if service.places:
        service.places[-1].directorate_id, service.places[-1].division_id = to.unit
    return _put(session, service, to, reason)


def _first_place(service: Service) -> ServicePlace:
    return ServicePlace(directorate_id=service.directorate_id, division_id=service.division_id, from_on=service.from_on)


def _refuse_same_name(session: Session, service: Service, to: Placed) -> None:
    wanted = ServiceWanted(name=service.name, directorate_id=to.directorate_id, division_id=to.division_id)
    refuse_second(session, wanted, but=service, field="unit")


def _put(session: Session, service: Service, to: Placed, reason: str) -> int:
    audit.give_reason(session, reason)
    service.directorate_id, service.division_id = to.unit
    session.flush()
    session.expire(service, ["directorate", "division"])
    contracts = contracts_to_settle(session, Contract.lead_service_id == service.id)
    for contract in contracts:
        settle(contract)
    session.flush()
    return len(contracts)


# Closing


def close_service(
    session: Session, service: Service, until_on: date, successor: Service | None, reason: str, *, today: date
) -> int:
    """End a service; return how many contracts went to the one that takes over. Without one it must have none left."""
    placing.check_closing(until_on, from_on=service.from_on, today=today)
    if successor is not None and (successor.id == service.id or successor.closed_reason or successor.withdrawn_at):
        raise Refusal("Choose a service that stands, and not this one", field="successor_id")
    audit.give_reason(session, reason)
    moved = 0 if successor is None else _hand_over(session, service, successor)
    if successor is None:
        _refuse_with_contracts(session, service, today)
    service.until_on, service.closed_reason, service.successor = until_on, reason, successor
    forget_plan(service)
    session.flush()
    return moved


def _refuse_with_contracts(session: Session, service: Service, today: date) -> None:
    under = (
        select(func.count())
        .select_from(Contract)
        .where(Contract.lead_service_id == service.id, Contract.withdrawn_at.is_(None), not_over(today))
    )
    count = session.scalar(under) or 0
    if count:
        have = "contract under it has" if count == 1 else "contracts under it have"
        raise Refusal(f"{count:,} {have} not ended: choose the service that takes over", field="successor_id")


def _hand_over(session: Session, service: Service, successor: Service) -> int:
    ids = session.scalars(select(Contract.id).where(Contract.lead_service_id == service.id)).all()
    moved = assign_contracts(session, successor, ids)
    for arrangement in session.scalars(select(Arrangement).where(Arrangement.lead_service_id == service.id)):
        arrangement.lead_service_id = successor.id
    for pointing in pointing_at(Service):
        if pointing.table in OWN or pointing.table in {Contract, Arrangement}:
            continue
        for row in pointing.rows(session, service.id):
            if not pointing.stands_already(session, row, successor.id):
                setattr(row, pointing.column, successor.id)
                session.flush()
    return moved


def reopen_service(session: Session, service: Service) -> None:
    """Put a closed service back. What went to the one that took over stays there."""
    refuse_second(
        session,
        ServiceWanted(name=service.name, directorate_id=service.directorate_id, division_id=service.division_id),
        but=service,
    )
    service.closed_reason = service.until_on = service.successor = None


# Who else has a part


def add_partner(session: Session, service: Service, name: str, role: PartnerRole, note: str | None) -> ServicePartner:
    """Record who else delivers or pays: a provider, where one of that name is in the register, else the name."""
    provider = _provider_called(session, name)
    entries: Iterable[ServicePartner] = service.partners
    if any(one.role is role and _same(one, provider, name) for one in entries):
        raise Refusal(f"{name} is recorded with that part already", field="name")
    partner = ServicePartner(provider=provider, name=None if provider else name, role=role, note=note)
    service.partners.append(partner)
    flag_modified(service, "name_key")
    session.flush()
    return partner


def _provider_called(session: Session, name: str) -> Provider | None:
    called = select(Provider).where(Provider.name_key == fold(name), Provider.withdrawn_at.is_(None))
    return session.scalars(called.order_by(Provider.id)).first()


def _same(one: ServicePartner, provider: Provider | None, name: str) -> bool:
    if provider is not None:
        return one.provider_id == provider.id
    return one.name is not None and fold(one.name) == fold(name)


def remove_partner(service: Service, partner_id: int) -> None:
    service.partners[:] = [one for one in service.partners if one.id != partner_id]
    flag_modified(service, "name_key")


def beside(session: Session, service: Service) -> int:
    """How many contracts serve it without being counted under it."""
    query = select(func.count()).select_from(ContractService).where(ContractService.service_id == service.id)
    return session.scalar(query) or 0
