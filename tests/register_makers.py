"""Makers of the register's records: directorates, services, providers, contracts and arrangements."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from app.council.models import Council, Directorate, Division
from app.register.delivery import DeliveryRoute
from app.register.models import (
    Arrangement,
    ArrangementKind,
    Category,
    Contract,
    ContractForm,
    ContractProvider,
    ContractStage,
    DeliveryPeriod,
    Provider,
    ProviderKind,
    Service,
)
from app.register.settling import settle
from app.register.values import ArrangementValuation
from tests.makers import added

_numbers = count(1)


def a_council(session: Session, *, name: str = "Wealdshire County Council") -> Council:
    return added(session, Council(name=name))


def a_directorate(session: Session, *, name: str | None = None, position: int = 0) -> Directorate:
    return added(session, Directorate(name=name or f"Directorate {next(_numbers)}", position=position))


def a_division(
    session: Session, directorate: Directorate, *, name: str = "Commissioning", position: int = 0
) -> Division:
    return added(session, Division(name=name, directorate_id=directorate.id, position=position))


def a_service(
    session: Session,
    directorate: Directorate,
    *,
    name: str | None = None,
    route: DeliveryRoute = DeliveryRoute.EXTERNAL,
    division: Division | None = None,
    from_on: date | None = None,
    **more: Any,
) -> Service:
    service = Service(
        name=name or f"Service {next(_numbers)}",
        directorate_id=directorate.id,
        division_id=division.id if division else None,
        route=route,
        from_on=from_on,
        delivery_periods=[DeliveryPeriod(route=route, from_on=from_on)],
        **more,
    )
    return added(session, service)


def a_provider(
    session: Session, *, name: str | None = None, kind: ProviderKind = ProviderKind.PRIVATE, **more: Any
) -> Provider:
    return added(session, Provider(name=name or f"Provider {next(_numbers)}", kind=kind, **more))


def a_category(session: Session, name: str) -> Category:
    return added(session, Category(name=name))


def a_contract(
    session: Session,
    directorate: Directorate,
    *,
    title: str | None = None,
    value: int | Decimal | None = 2_000_000,
    annual: int | Decimal | None = None,
    starts_on: date | None = date(2025, 4, 1),
    ends_on: date | None = date(2030, 3, 31),
    service: Service | None = None,
    providers: tuple[Provider, ...] = (),
    shares: tuple[int | None, ...] = (),
    form: ContractForm = ContractForm.CONTRACT,
    stage: ContractStage = ContractStage.AWARDED,
    exempt: bool = False,
    **more: Any,
) -> Contract:
    """Make a settled contract; a value is whole life, and fixed."""
    whole, yearly = (None if amount is None else Decimal(amount) for amount in (value, annual))
    contract = Contract(
        title=title or f"Contract {next(_numbers)}",
        directorate_id=directorate.id,
        awarded_low=whole,
        awarded_high=whole,
        annual_low=yearly,
        annual_high=yearly,
        starts_on=starts_on,
        awarded_end_on=ends_on,
        lead_service=service,
        form=form,
        stage=stage,
        rolling=False,
        exempt=exempt,
        exempt_ground="Schedule 12A, paragraph 3" if exempt else None,
        **more,
    )
    parts = zip(providers, shares or (None,) * len(providers), strict=True)
    contract.providers = [
        ContractProvider(provider=provider, share=None if share is None else Decimal(share), position=place)
        for place, (provider, share) in enumerate(parts)
    ]
    settle(contract)
    return added(session, contract)


def an_arrangement(
    session: Session,
    directorate: Directorate,
    *,
    contracts: tuple[Contract, ...] = (),
    title: str = "Care homes",
    valuation: ArrangementValuation = ArrangementValuation.ADDED,
    value: int | None = None,
    **more: Any,
) -> Arrangement:
    stated = None if value is None else Decimal(value)
    arrangement = Arrangement(
        title=title,
        kind=ArrangementKind.MANY_PROVIDERS,
        directorate_id=directorate.id,
        valuation=valuation,
        value_low=stated,
        value_high=stated,
        contracts=list(contracts),
        **more,
    )
    return added(session, arrangement)
