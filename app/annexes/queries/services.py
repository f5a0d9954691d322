"""Annex 1: every active service, and how each is delivered on the as-at day."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from app.annexes import wording
from app.annexes.items import Item
from app.annexes.queries.commissioned import Known
from app.annexes.queries.contracts import Commissioned
from app.annexes.queries.scope import Scope
from app.register.delivery import DeliveryRoute, Period, route_on
from app.register.models import Service
from reports.annex_services import Annex1Row, Delivered, ServiceContract
from reports.annex_set import Gap

DELIVERED = {
    DeliveryRoute.IN_HOUSE: Delivered.IN_HOUSE,
    DeliveryRoute.EXTERNAL: Delivered.EXTERNAL,
    DeliveryRoute.MIXED: Delivered.MIXED,
    DeliveryRoute.TRADING_COMPANY: Delivered.COMPANY,
    DeliveryRoute.SHARED: Delivered.SHARED,
    DeliveryRoute.NOT_KNOWN: Delivered.NOT_KNOWN,
}
BY_OTHERS = frozenset({DeliveryRoute.EXTERNAL, DeliveryRoute.TRADING_COMPANY})


def names(scope: Scope) -> dict[int, tuple[str, int]]:
    """Every service's name and place, past ones too: contracts may still be under them."""
    rows = scope.session.execute(select(Service.id, Service.name, Service.position).order_by(Service.id))
    return {number: (name, place) for number, name, place in rows}


def active(scope: Scope) -> Sequence[Service]:
    """Services of these directorates in being on the as-at day."""
    day = scope.as_at
    query = (
        select(Service)
        .where(Service.withdrawn_at.is_(None), scope.within(Service.directorate_id))
        .where(or_(Service.from_on.is_(None), Service.from_on <= day))
        .where(or_(Service.until_on.is_(None), Service.until_on >= day))
        .options(selectinload(Service.delivery_periods))
        .order_by(Service.position, Service.name_key, Service.id)
    )
    return scope.session.scalars(query).all()


def route_of(service: Service, scope: Scope) -> DeliveryRoute:
    """As on the as-at day; today's where no period covers it."""
    periods = [Period(period.route, period.from_on, period.until_on) for period in service.delivery_periods]
    return route_on(periods, scope.as_at) or service.route


def rows(
    scope: Scope,
    services: Sequence[Service],
    found: Commissioned,
    known: Known,
    changes: Mapping[int, Sequence[str]],
) -> tuple[Annex1Row, ...]:
    """One row a service; ``changes`` are the Annex 3 references by service."""
    printed = found.by_service()
    return tuple(
        Annex1Row(
            unit=scope.unit(service.directorate_id, service.division_id),
            service=service.name,
            service_order=service.position,
            delivered=DELIVERED[route_of(service, scope)],
            contracts=tuple(
                _contract(item, service.id, known)
                for item in printed.get(service.id, ())
                if not scope.waits(item.embargoed_until)
            ),
            smaller_contracts=found.smaller[service.id],
            changes=tuple(changes.get(service.id, ())),
            head_of_service=service.head_post or "",
            gross_budget=service.gross_budget,
            net_budget=service.net_budget,
            fte=service.fte,
            record=f"/services/{service.id}",
        )
        for service in services
    )


def _contract(item: Item, service_id: int, known: Known) -> ServiceContract:
    has_total = item.current is not None or item.annual is None
    return ServiceContract(
        ref=known.refs[item],
        providers=wording.parties(item.providers, known.companies),
        length=wording.length(item),
        value=wording.money(item.current, exempt=item.exempt_ground) if has_total else None,
        counted_elsewhere=item.lead_service_id != service_id,
    )


def gaps(scope: Scope, services: Sequence[Service], found: Commissioned) -> Iterator[tuple[int, Gap]]:
    """Services that others deliver and no contract or agreement shows how."""
    shown = {number for item in found.items for number in item.service_ids}
    for service in services:
        has_contract = service.id in shown or found.smaller[service.id]
        if route_of(service, scope) in BY_OTHERS and not has_contract:
            problem = "Delivered by others, and no contract live in the year is recorded under it."
            yield service.directorate_id, Gap(f"Service: {service.name}", problem, record=f"/services/{service.id}")
