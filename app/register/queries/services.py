"""Services as their pages show them: the list in the structure's order, one service's record, contracts without one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.listing import Page, Sort
from app.core.pages import plural
from app.core.rights import NOBODY, Reader
from app.core.text import fold
from app.council.calendar import FinancialYear
from app.council.models import Directorate, Division
from app.register.models import (
    Contract,
    ContractProvider,
    DeliveryRoute,
    InHouseUnit,
    Provider,
    Service,
    ServiceOutcome,
)
from app.register.queries.lacking import Lacking, lacks, stands
from app.register.queries.remembered import Remembered, stamp_of
from app.register.queries.worth import NOTHING, WorthNow, by_now, counted_once, not_over, sums, worth_by_service
from app.register.sentence import providers_in_words
from app.register.visibility import rows_open_to

#: So many providers are named on one line of the list.
BRIEF = 2
BY_STRUCTURE = Sort("structure")


@dataclass(frozen=True)
class ServicesAsked:
    """Which services, and in what order."""

    words: str | None = None
    directorate_id: int | None = None
    division_id: int | None = None
    route: DeliveryRoute | None = None
    outcome_id: int | None = None
    #: On ``today``, as far as the reader may know.
    lacking: Lacking | None = None
    today: date | None = None
    #: Withdrawn ones and closed ones.
    withdrawn: bool = False
    sort: Sort = BY_STRUCTURE


@dataclass(frozen=True)
class ServiceRow:
    """One line of the list of services."""

    id: int
    name: str
    directorate: str
    division: str
    route: DeliveryRoute
    #: Provider or providers, the in-house unit, or both.
    delivered_by: str
    contracts: int
    ended: int
    worth: WorthNow
    gross_budget: Decimal | None
    net_budget: Decimal | None
    budget_year: str
    fte: Decimal | None
    review_on: date | None
    head_post: str | None


@dataclass(frozen=True)
class RouteCount:
    """How many services are delivered one way, and what their contracts come to."""

    route: DeliveryRoute
    services: int
    worth: WorthNow


def _matching(asked: ServicesAsked, reader: Reader) -> tuple[ColumnElement[bool], ...]:
    conditions: list[ColumnElement[bool]] = [~stands() if asked.withdrawn else stands()]
    if asked.lacking is not None and asked.today is not None:
        conditions.append(lacks(asked.lacking, reader, asked.today))
    if asked.outcome_id is not None:
        conditions.append(_supports(asked.outcome_id))
    if asked.directorate_id is not None:
        conditions.append(Service.directorate_id == asked.directorate_id)
    if asked.division_id is not None:
        conditions.append(Service.division_id == asked.division_id)
    if asked.route is not None:
        conditions.append(Service.route == asked.route)
    conditions += [Service.name_key.contains(word, autoescape=True) for word in fold(asked.words or "").split()]
    return tuple(conditions)


def _supports(outcome_id: int) -> ColumnElement[bool]:
    other = exists().where(ServiceOutcome.service_id == Service.id, ServiceOutcome.outcome_id == outcome_id)
    return or_(Service.outcome_id == outcome_id, other)


#: The structure chart's order: directorate, division (none first), the service's own place, its name.
STRUCTURE = (
    Directorate.position,
    Directorate.name_key,
    Directorate.id,
    Service.division_id.is_not(None),
    Division.position,
    Division.name_key,
    Service.position,
    Service.name_key,
    Service.id,
)
SORTS: dict[str, Any] = {
    "name": Service.name_key,
    "route": Service.route,
    "review_on": Service.review_on,
    "net_budget": Service.net_budget,
    "fte": Service.fte,
}
SORT_NAMES = ("structure", *SORTS)


def _ordered(sort: Sort) -> tuple[Any, ...]:
    """Blank ones last, whichever way; then the structure's order."""
    if sort.column not in SORTS:
        return tuple(column.desc() for column in STRUCTURE) if sort.descending else STRUCTURE
    column = SORTS[sort.column]
    return (column.is_(None), column.desc() if sort.descending else column, *STRUCTURE)


def _services(asked: ServicesAsked, reader: Reader) -> Select[Service]:
    return (
        select(Service)
        .join(Service.directorate)
        .outerjoin(Service.division)
        .options(
            contains_eager(Service.directorate), contains_eager(Service.division), joinedload(Service.in_house_unit)
        )
        .where(*_matching(asked, reader))
        .order_by(*_ordered(asked.sort))
    )


def services_page(
    session: Session, asked: ServicesAsked, reader: Reader, today: date, *, number: int = 1, size: int = 25
) -> Page[ServiceRow]:
    """One page of the list; kept until a commit."""
    which = (asked, reader.exempt_units, today, number, size)
    return _pages.get(stamp_of(session), which, lambda: _page(session, asked, reader, today, number, size))


_pages: Remembered[Page[ServiceRow]] = Remembered(100)


def _page(
    session: Session, asked: ServicesAsked, reader: Reader, today: date, number: int, size: int
) -> Page[ServiceRow]:
    total = session.scalar(select(func.count()).select_from(Service).where(*_matching(asked, reader))) or 0
    found = list(session.scalars(_services(asked, reader).offset((number - 1) * size).limit(size)))
    return Page(_rows(session, found, reader, today), total, number, size)


def all_services(session: Session, asked: ServicesAsked, reader: Reader, today: date) -> list[ServiceRow]:
    """The whole list, for a file."""
    return _rows(session, list(session.scalars(_services(asked, reader))), reader, today)


def _rows(session: Session, services: Sequence[Service], reader: Reader, today: date) -> list[ServiceRow]:
    ids = [service.id for service in services]
    worth = worth_by_service(session, reader, today, ids)
    counts = contract_counts(session, reader, today, ids)
    providers = _provider_names(session, reader, today, ids)
    return [
        _row(service, counts.get(service.id, (0, 0)), worth.get(service.id, NOTHING), providers[service.id])
        for service in services
    ]


def _row(service: Service, counts: tuple[int, int], worth: WorthNow, providers: Sequence[str]) -> ServiceRow:
    unit = service.in_house_unit.name if service.in_house_unit else ""
    others = _briefly(providers) if providers else ""
    return ServiceRow(
        id=service.id,
        name=service.name,
        directorate=service.directorate.name,
        division=service.division.name if service.division else "",
        route=service.route,
        delivered_by=", ".join(part for part in (unit, others) if part),
        contracts=counts[0],
        ended=counts[1],
        worth=worth,
        gross_budget=service.gross_budget,
        net_budget=service.net_budget,
        budget_year=str(FinancialYear(service.budget_year)) if service.budget_year else "",
        fte=service.fte,
        review_on=service.review_on,
        head_post=service.head_post,
    )


def _briefly(providers: Sequence[str]) -> str:
    """One name, or two, or a count: a list has little room."""
    return providers_in_words(providers) if len(providers) <= BRIEF else plural(len(providers), "provider")


def contract_counts(
    session: Session, reader: Reader, today: date, service_ids: Collection[int]
) -> dict[int, tuple[int, int]]:
    """By service: contracts running or to come, and contracts that have ended."""
    current = not_over(today)
    query = (
        select(Contract.lead_service_id, func.count().filter(current), func.count().filter(~current))
        .where(Contract.lead_service_id.in_(service_ids), rows_open_to(reader, today))
        .group_by(Contract.lead_service_id)
    )
    return {service_id: (running, ended) for service_id, running, ended in session.execute(query) if service_id}


def _provider_names(
    session: Session, reader: Reader, today: date, service_ids: Collection[int]
) -> defaultdict[int, list[str]]:
    """Who holds the contracts of each service that are not over, by name."""
    query = (
        select(Contract.lead_service_id, Provider.name, Provider.name_key)
        .join(ContractProvider, ContractProvider.contract_id == Contract.id)
        .join(Provider, Provider.id == ContractProvider.provider_id)
        .where(Contract.lead_service_id.in_(service_ids), rows_open_to(reader, today), not_over(today))
        .distinct()
        .order_by(Provider.name_key, Provider.name)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for service_id, name, _ in session.execute(query):
        if service_id is not None:
            found[service_id].append(name)
    return found


_routes: Remembered[list[RouteCount]] = Remembered(100)


def route_counts(session: Session, asked: ServicesAsked, reader: Reader, today: date) -> list[RouteCount]:
    """The services that match, by how they are delivered, with what their contracts come to; kept until a commit."""
    which = (replace(asked, sort=BY_STRUCTURE), reader.exempt_units, today)
    return _routes.get(stamp_of(session), which, lambda: _route_counts(session, asked, reader, today))


def _route_counts(session: Session, asked: ServicesAsked, reader: Reader, today: date) -> list[RouteCount]:
    matching = _matching(asked, reader)
    services = select(Service.route, func.count()).where(*matching).group_by(Service.route)
    numbers = dict(session.execute(services).all())
    rows = counted_once(reader, today)
    money = (
        select(Service.route, rows.c.is_current, *sums(rows))
        .join(Service, Service.id == rows.c.service_id)
        .where(*matching)
        .group_by(Service.route, rows.c.is_current)
    )
    worth = by_now(session.execute(money))
    return [RouteCount(route, numbers[route], worth.get(route, NOTHING)) for route in DeliveryRoute if route in numbers]


def in_house_units(session: Session, *, directorate_id: int | None = None) -> list[InHouseUnit]:
    """Those that stand, by directorate and name."""
    query = select(InHouseUnit).join(InHouseUnit.directorate).options(contains_eager(InHouseUnit.directorate))
    if directorate_id is not None:
        query = query.where(InHouseUnit.directorate_id == directorate_id)
    order = (Directorate.position, Directorate.name_key, InHouseUnit.name_key, InHouseUnit.id)
    return list(session.scalars(query.where(InHouseUnit.withdrawn_at.is_(None)).order_by(*order)))


def services_by_unit(session: Session) -> dict[int, list[Service]]:
    """The services each in-house unit delivers."""
    found: defaultdict[int, list[Service]] = defaultdict(list)
    query = select(Service).where(Service.in_house_unit_id.is_not(None), Service.withdrawn_at.is_(None))
    for one in session.scalars(query.order_by(Service.name_key, Service.id)):
        if one.in_house_unit_id is not None:
            found[one.in_house_unit_id].append(one)
    return found


def service_choices(session: Session) -> list[Service]:
    """Every service that stands, in the structure's order: for selects."""
    return list(session.scalars(_services(ServicesAsked(), NOBODY)))
