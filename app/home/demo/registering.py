"""What the demonstration's contracts stand among: services, providers, headings, approvals, arrangements."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from app.core import audit, clock
from app.home.demo.notation import Calendar, Cells, money, table, yes_no
from app.home.demo.setting_up import Setup
from app.register.models import (
    Approval,
    Arrangement,
    ArrangementKind,
    Category,
    Contract,
    DeliveryPeriod,
    DeliveryRoute,
    InHouseUnit,
    Programme,
    Provider,
    ProviderIdentifier,
    ProviderKind,
    ProviderName,
    Service,
    TradingCompany,
)
from app.register.values import ArrangementValuation

RECORDED_BY = "demo council"
RECORDER = audit.Actor(None, RECORDED_BY)
#: Numbers no register has given out: the real ones stop far below.
FIRST_COMPANY_NUMBER = 99_000_001
FIRST_CHARITY_NUMBER = 9_900_001
HOMES = "homes"


@dataclass
class Register:
    """What is in the register, by the names the tables use."""

    units: dict[str, InHouseUnit] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    providers: dict[str, Provider] = field(default_factory=dict)
    arrangements: dict[str, Arrangement] = field(default_factory=dict)
    approvals: dict[str, Approval] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    cpv: dict[str, tuple[str, str]] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    contracts: dict[str, Contract] = field(default_factory=dict)


@contextmanager
def recorded(session: Session, ago: timedelta) -> Iterator[None]:
    """What the history says was recorded so long ago, as one act."""
    audit.act_as(session, RECORDER)
    with clock.set_back(ago):
        yield
        session.flush()


@dataclass(frozen=True)
class Loading:
    """What every table needs at hand."""

    session: Session
    calendar: Calendar
    setup: Setup
    now: datetime
    register: Register = field(default_factory=Register)


def load_surroundings(loading: Loading) -> None:
    """Everything a contract points at."""
    _add_services(loading)
    _add_providers(loading)
    _add_headings(loading)
    _add_approvals(loading)
    _add_arrangements(loading)


# Services


def _add_services(loading: Loading) -> None:
    for position, cells in enumerate(table("services"), 1):
        division = loading.setup.divisions[cells["division"]]
        service = Service(
            name=cells["name"],
            directorate_id=division.directorate_id,
            division_id=division.id,
            position=position,
            purpose=f"{cells['purpose']}.",
            route=DeliveryRoute(cells["route"]),
            in_house_unit=_unit(loading, cells, division.directorate_id),
            gross_budget=money(cells["gross"]),
            net_budget=money(cells["net"]),
            budget_year=loading.calendar.year.start,
            fte=Decimal(cells["fte"]),
            statutory=yes_no(cells["statutory"]),
            head_post=cells["head"],
            outcome=loading.setup.outcomes[cells["outcome"]],
            review_on=loading.calendar.last_before(position % 30 + 1),
            delivery_periods=_delivery_periods(loading.calendar, cells),
        )
        loading.register.services[cells["key"]] = service
    loading.session.add_all(loading.register.services.values())


def _unit(loading: Loading, cells: Cells, directorate_id: int) -> InHouseUnit | None:
    name = cells["unit"]
    if not name:
        return None
    unit = InHouseUnit(name=name, directorate_id=directorate_id, head_post=cells["head"])
    return loading.register.units.setdefault(name, unit)


def _delivery_periods(calendar: Calendar, cells: Cells) -> list[DeliveryPeriod]:
    now = DeliveryRoute(cells["route"])
    was, _, until = cells["was"].partition(" until ")
    if not was:
        return [DeliveryPeriod(route=now)]
    return [
        DeliveryPeriod(route=DeliveryRoute(was), until_on=calendar.last_before(until)),
        DeliveryPeriod(route=now, from_on=calendar.first(until)),
    ]


# Providers


def _add_providers(loading: Loading) -> None:
    for number, cells in enumerate(table("providers")):
        provider = Provider(
            name=cells["name"],
            kind=ProviderKind(cells["kind"]),
            sme=yes_no(cells["sme"]),
            vcse=yes_no(cells["vcse"]),
            council_share=Decimal(cells["share"]) if cells["share"] else None,
            name_masked=cells["kind"] == ProviderKind.SOLE_TRADER,
            identifiers=identifiers_of(cells, number),
            other_names=[ProviderName(name=name) for name in cells["also"].split(";") if name],
        )
        loading.register.providers[cells["key"]] = provider
    for cells in table("companies"):
        loading.register.providers[cells["provider"]].trading_company = TradingCompany(
            purpose=f"{cells['purpose']}.",
            plan_title=cells["plan"],
            plan_on=loading.calendar.first(cells["plan_month"]),
            shareholder_lead_post=cells["lead"],
        )
    loading.session.add_all(loading.register.providers.values())


def identifiers_of(cells: Cells, number: int) -> list[ProviderIdentifier]:
    kind = ProviderKind(cells["kind"])
    found = [ProviderIdentifier(scheme="VENDOR", value=f"W{10_020 + number}")]
    if kind in {ProviderKind.PRIVATE, ProviderKind.COUNCIL_OWNED}:
        found.append(ProviderIdentifier(scheme="GB-COH", value=str(FIRST_COMPANY_NUMBER + number)))
    if kind is ProviderKind.VCSE:
        found.append(ProviderIdentifier(scheme="GB-CHC", value=str(FIRST_CHARITY_NUMBER + number)))
    return found


# Headings, approvals, arrangements


def _add_headings(loading: Loading) -> None:
    register = loading.register
    for cells in table("categories"):
        register.categories[cells["key"]] = Category(name=cells["name"])
        register.cpv[cells["key"]] = (cells["cpv"], cells["label"])
    for cells in table("programmes"):
        register.programmes[cells["key"]] = Programme(name=cells["name"])
    loading.session.add_all([*register.categories.values(), *register.programmes.values()])


def _add_approvals(loading: Loading) -> None:
    calendar = loading.calendar
    for cells in table("approvals"):
        loading.register.approvals[cells["key"]] = Approval(
            reference=calendar.reference(cells["reference"]),
            title=cells["title"],
            directorate_id=loading.setup.directorates[cells["directorate"]].id,
            decided_on=calendar.first(cells["decided"]),
            sum_allowed=money(cells["sum"]),
            latest_end_on=calendar.last_before_if(cells["latest"]),
            allows_options=cells["options"] == "yes",
            delegate_post=cells["delegate"],
        )
    loading.session.add_all(loading.register.approvals.values())


def _add_arrangements(loading: Loading) -> None:
    for cells in table("arrangements"):
        service = loading.register.services[cells["service"]]
        loading.register.arrangements[cells["key"]] = Arrangement(
            title=cells["title"],
            kind=ArrangementKind(cells["kind"]),
            directorate_id=service.directorate_id,
            division_id=service.division_id,
            lead_service=service,
            reference=cells["reference"],
            valuation=VALUATIONS[cells["valuation"]],
            value_low=money(cells["low"]),
            value_high=money(cells["high"]),
            annual_value=money(cells["annual"]),
            note=cells["note"] or None,
        )
    loading.session.add_all(loading.register.arrangements.values())


VALUATIONS = {
    "stated": ArrangementValuation.STATED,
    "added": ArrangementValuation.ADDED,
    "repeated": ArrangementValuation.REPEATED,
}
