"""A service list taken in by itself: services made and changed by directorate, division and name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.core.text import fold
from app.council import queries as council
from app.council.commands import UnitWanted, add_directorate
from app.council.models import Directorate, Division
from app.imports.models import RowOutcome
from app.imports.service_cells import ServiceRow
from app.register.commands import services as commands
from app.register.commands.services import InHouseUnitWanted, ServiceWanted
from app.register.models import InHouseUnit, Service


@dataclass(frozen=True)
class ServicePlaced:
    """What became of one row, and why."""

    row: ServiceRow
    outcome: RowOutcome
    remark: str = ""


@dataclass
class _Places:
    directorates: dict[str, Directorate] = field(default_factory=dict)
    services: dict[tuple[int, int | None, str], Service] = field(default_factory=dict)
    units: dict[tuple[int, str], InHouseUnit] = field(default_factory=dict)
    seen: set[tuple[int, int | None, str]] = field(default_factory=set)


def take_in(session: Session, rows: Sequence[ServiceRow], *, create_missing: bool) -> list[ServicePlaced]:
    """Make and change services in the caller's transaction; nothing is left half done if it is rolled back."""
    places = _places(session)
    return [_place(session, row, places, create_missing=create_missing) for row in rows]


def lines_of(placed: Sequence[ServicePlaced]) -> list[tuple[str, str]]:
    """As the command line prints them."""
    counts = Counter(one.outcome for one in placed)
    return [("rows read", str(len(placed))), *((str(outcome), str(counts[outcome])) for outcome in RowOutcome)]


def _places(session: Session) -> _Places:
    places = _Places({one.name_key: one for one in council.structure(session)})
    for service in session.scalars(select(Service).where(Service.withdrawn_at.is_(None)).order_by(Service.id.desc())):
        places.services[service.directorate_id, service.division_id, service.name_key] = service
    for unit in session.scalars(select(InHouseUnit).where(InHouseUnit.withdrawn_at.is_(None)).order_by(InHouseUnit.id)):
        places.units[unit.directorate_id, unit.name_key] = unit
    return places


def _place(session: Session, row: ServiceRow, places: _Places, *, create_missing: bool) -> ServicePlaced:
    if row.problems:
        return ServicePlaced(row, RowOutcome.REFUSED, "; ".join(row.problems))
    try:
        directorate, division = _unit(session, row, places, create_missing=create_missing)
        return _stored(session, row, places, directorate, division)
    except Refusal as refusal:
        return ServicePlaced(row, RowOutcome.HELD, refusal.message)


def _unit(
    session: Session, row: ServiceRow, places: _Places, *, create_missing: bool
) -> tuple[Directorate, Division | None]:
    key = fold(row.directorate)
    if not key:
        raise Refusal("Say which directorate it belongs to")
    if key not in places.directorates:
        if not create_missing:
            raise Refusal(f"The council has no directorate “{row.directorate}”")
        places.directorates[key] = add_directorate(session, UnitWanted(row.directorate))
    directorate = places.directorates[key]
    if not row.division:
        return directorate, None
    division = next((one for one in directorate.divisions if one.name_key == fold(row.division)), None)
    if division is None:
        raise Refusal(f"{directorate.name} has no division “{row.division}”: add it, or leave the cell blank")
    return directorate, division


def _stored(
    session: Session, row: ServiceRow, places: _Places, directorate: Directorate, division: Division | None
) -> ServicePlaced:
    key = directorate.id, division.id if division else None, fold(row.name)
    if key in places.seen:
        raise Refusal("An earlier row names this service too")
    places.seen.add(key)
    service = places.services.get(key)
    wanted = _wanted(session, row, places, directorate, division)
    if service is None:
        if row.route is None:
            raise Refusal("Say how it is delivered: in-house, external, mixed, trading company, shared or partnership")
        places.services[key] = commands.add_service(session, wanted, route=row.route)
        return ServicePlaced(row, RowOutcome.CREATED)
    if row.route not in {None, service.route}:
        raise Refusal("A change of delivery route needs its date: change it on the service's page")
    merged = _merged(service, wanted)
    if _stands(service, merged):
        return ServicePlaced(row, RowOutcome.UNCHANGED)
    commands.change_service(session, service, merged)
    return ServicePlaced(row, RowOutcome.UPDATED)


def _wanted(
    session: Session, row: ServiceRow, places: _Places, directorate: Directorate, division: Division | None
) -> ServiceWanted:
    return ServiceWanted(
        name=row.name,
        directorate_id=directorate.id,
        division_id=division.id if division else None,
        purpose=row.purpose or None,
        in_house_unit_id=_in_house_unit(session, row.unit, places, directorate),
        gross_budget=row.gross,
        net_budget=row.net,
        budget_year=row.year,
        fte=row.fte,
        statutory=row.statutory,
        head_post=row.head[:200] or None,
        review_on=row.review_on,
    )


def _in_house_unit(session: Session, name: str, places: _Places, directorate: Directorate) -> int | None:
    if not name:
        return None
    key = directorate.id, fold(name)
    if key not in places.units:
        wanted = InHouseUnitWanted(name=name, directorate_id=directorate.id)
        places.units[key] = commands.add_in_house_unit(session, wanted)
    return places.units[key].id


#: What a row may set. The outcomes a service supports beside its first are not in a list of services: they stay.
_COLUMNS = tuple(one.name for one in fields(ServiceWanted) if one.name != "other_outcome_ids")


def _merged(service: Service, wanted: ServiceWanted) -> ServiceWanted:
    """A blank cell never erases."""
    kept: Mapping[str, object] = {name: getattr(service, name) for name in _COLUMNS if getattr(wanted, name) is None}
    return replace(wanted, **kept)  # type: ignore[arg-type]  # each column has its field's type


def _stands(service: Service, wanted: ServiceWanted) -> bool:
    return all(getattr(service, name) == getattr(wanted, name) for name in _COLUMNS)
