"""What a change of many records offers, and the acts that were made, with what each touched."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import undoing
from app.core.forms import Choice
from app.core.listing import Page
from app.core.rights import Permission, Reader
from app.council import queries as council
from app.council.models import Directorate
from app.register import units
from app.register.models import Arrangement, BulkChange, Category, Contract, InHouseUnit, Programme, Provider, Service
from app.register.units import UnitChosen
from app.register.visibility import arrangements_open_to, not_embargoed_from


@dataclass(frozen=True)
class Offered:
    """What the selects hold."""

    units: Sequence[Choice[UnitChosen]]
    services: Sequence[Choice[int]]
    categories: Sequence[Choice[int]]
    programmes: Sequence[Choice[int]]
    outcomes: Sequence[Choice[int]]
    arrangements: Sequence[Choice[int]]


def offered(session: Session, reader: Reader, today: date) -> Offered:
    """Units, services and arrangements where this reader writes; the council's own lists whole."""
    writes = reader.units_for(Permission.EDIT_REGISTER)
    structure = council.structure(session)
    names = {one.id: one.name for one in structure}
    services = session.scalars(
        select(Service).where(Service.withdrawn_at.is_(None)).order_by(Service.name_key, Service.id)
    )
    arrangements = session.scalars(
        select(Arrangement)
        .where(Arrangement.withdrawn_at.is_(None), arrangements_open_to(reader, today))
        .order_by(Arrangement.title_key, Arrangement.id)
    )
    categories = session.execute(select(Category.id, Category.name).order_by(Category.name_key, Category.id))
    programmes = session.execute(select(Programme.id, Programme.name).order_by(Programme.name, Programme.id))
    return Offered(
        units=units.unit_choices(council.directorates(session, on=today), writes),
        services=[
            Choice(one.id, f"{one.name} ({names[one.directorate_id]})")
            for one in services
            if writes.include(one.directorate_id, one.division_id)
        ],
        categories=[Choice(number, name) for number, name in categories],
        programmes=[Choice(number, name) for number, name in programmes],
        outcomes=[Choice(one.id, one.name) for one in council.outcomes(session, on=today)],
        arrangements=[
            Choice(one.id, one.title) for one in arrangements if writes.include(one.directorate_id, one.division_id)
        ],
    )


# The acts


def acts(session: Session, number: int) -> Page[BulkChange]:
    """Every act, the latest first."""
    total = session.scalar(select(func.count()).select_from(BulkChange)) or 0
    page = Page[BulkChange]([], total, number)
    query = select(BulkChange).order_by(BulkChange.id.desc()).offset(page.offset).limit(page.size)
    return Page(list(session.scalars(query)), total, number)


@dataclass(frozen=True)
class Touched:
    """One record of an act, as its page names it."""

    title: str
    url: str
    why: str = ""


def touched(session: Session, bulk: BulkChange, reader: Reader, today: date) -> list[Touched]:
    """What the act changed, as far as this reader may see it."""
    return list(_named(session, [(*one, "") for one in undoing.changed_by(session, UUID(bulk.act))], reader, today))


def left(session: Session, rows: Sequence[Sequence[str | int]], reader: Reader, today: date) -> list[Touched]:
    """What was left, and why."""
    return list(_named(session, [(str(kind), int(number), str(why)) for kind, number, why in rows], reader, today))


#: Where each kind of record has its page.
PAGES = {
    "service": "/services/{}",
    "provider": "/providers/{}",
    "in_house_unit": "/in-house-units/{}/edit",
    "activity": "/activities/{}",
    "directorate": "/admin/structure",
}
#: Kinds whose names every reader of the register may see.
NAMED: Mapping[str, type[Service | Provider | InHouseUnit | Directorate]] = {
    "service": Service,
    "provider": Provider,
    "in_house_unit": InHouseUnit,
    "directorate": Directorate,
}


def _named(session: Session, rows: Sequence[tuple[str, int, str]], reader: Reader, today: date) -> Iterator[Touched]:
    ids = [number for kind, number, _ in rows if kind == "contract"]
    open_ones = select(Contract.id, Contract.title).where(Contract.id.in_(ids), not_embargoed_from(reader, today))
    titles = {("contract", number): title for number, title in session.execute(open_ones)}
    for kind, model in NAMED.items():
        wanted = [number for one, number, _ in rows if one == kind]
        found = session.execute(select(model.id, model.name).where(model.id.in_(wanted))) if wanted else ()
        titles |= {(kind, number): name for number, name in found}
    for kind, number, why in rows:
        if kind == "contract":
            if (kind, number) in titles:
                yield Touched(titles[kind, number], f"/contracts/{number}", why)
        else:
            name = titles.get((kind, number), f"{kind.replace('_', ' ').capitalize()} {number}")
            yield Touched(name, PAGES.get(kind, "").format(number), why)
