"""How the present contracts run, as a committee asks: the concern flag and the latest ratings."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.money import pounds_short
from app.core.rights import Reader
from app.register.models import Contract, ContractProvider, Indicator, Provider
from app.register.queries.indicators import COLOURS
from app.register.ratings import Rating
from app.register.visibility import not_embargoed_from

#: The worst first.
GRAVITY = (Rating.INADEQUATE, Rating.REQUIRES_IMPROVEMENT, Rating.APPROACHING, Rating.OTHER, Rating.GOOD)


@dataclass(frozen=True)
class Running:
    """One contract, as far as a committee wants to know how it goes."""

    contract_id: int
    title: str
    ends_on: date | None
    directorate_id: int
    division_id: int | None
    exempt: bool
    #: "Exempt" where it is from this reader.
    value: str
    providers: tuple[str, ...]
    concern: str | None
    #: The worst of the latest ratings, with its indicator and period; blank where nothing has been rated.
    rating: str
    rating_colour: str
    working: str

    @property
    def url(self) -> str:
        return f"/contracts/{self.contract_id}"

    @property
    def performance(self) -> str:
        """In a line, for paper."""
        said = f"{self.rating}: {self.working}" if self.rating else "Nothing has been rated"
        return f"{said}. Concern: {self.concern}" if self.concern else f"{said}. No concern raised"


def running(session: Session, contract_ids: Collection[int], reader: Reader, today: date) -> Mapping[int, Running]:
    """By contract; those under embargo for the reader are left out."""
    if not contract_ids:
        return {}
    query = select(
        Contract.id,
        Contract.title,
        func.coalesce(Contract.ended_early_on, Contract.current_end_on).label("ends_on"),
        Contract.directorate_id,
        Contract.division_id,
        Contract.exempt,
        Contract.current_high,
        Contract.annual_high,
        Contract.concern,
    ).where(Contract.id.in_(contract_ids), not_embargoed_from(reader, today))
    rated, providers = _rated(session, contract_ids), _providers(session, contract_ids)
    found = {}
    for row in session.execute(query.order_by(Contract.id)):
        hidden = row.exempt and not reader.exempt_units.include(row.directorate_id, row.division_id)
        rating, working = _worst(rated.get(row.id, []))
        found[row.id] = Running(
            contract_id=row.id,
            title=row.title,
            ends_on=row.ends_on,
            directorate_id=row.directorate_id,
            division_id=row.division_id,
            exempt=row.exempt,
            value="Exempt" if hidden else _value(row.current_high, row.annual_high),
            providers=tuple(providers.get(row.id, ())),
            concern=row.concern,
            rating=str(rating).capitalize() if rating else "",
            rating_colour=COLOURS[rating] if rating else "grey",
            working=working,
        )
    return found


def _value(whole: object, yearly: object) -> str:
    if whole is not None:
        return f"{pounds_short(whole)} whole life"  # type: ignore[arg-type]  # a Decimal column
    return f"{pounds_short(yearly)} a year" if yearly is not None else "Not known"  # type: ignore[arg-type]  # as above


def _providers(session: Session, contract_ids: Collection[int]) -> Mapping[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    query = (
        select(ContractProvider.contract_id, Provider.name)
        .join(Provider, Provider.id == ContractProvider.provider_id)
        .where(ContractProvider.contract_id.in_(contract_ids))
        .order_by(ContractProvider.position, ContractProvider.id)
    )
    for contract_id, name in session.execute(query):
        found[contract_id].append(name)
    return found


def _rated(session: Session, contract_ids: Collection[int]) -> Mapping[int, list[tuple[Rating, str, date | None]]]:
    found: defaultdict[int, list[tuple[Rating, str, date | None]]] = defaultdict(list)
    query = (
        select(Indicator.contract_id, Indicator.latest_rating, Indicator.name, Indicator.latest_to_on)
        .where(Indicator.contract_id.in_(contract_ids), Indicator.withdrawn_at.is_(None))
        .where(Indicator.latest_rating.is_not(None))
        .order_by(Indicator.name, Indicator.id)
    )
    for contract_id, rating, name, to_on in session.execute(query):
        if rating is not None:
            found[contract_id].append((rating, name, to_on))
    return found


def _worst(rated: list[tuple[Rating, str, date | None]]) -> tuple[Rating | None, str]:
    if not rated:
        return None, ""
    rating, name, to_on = min(rated, key=lambda one: GRAVITY.index(one[0]))
    until = f", to {day(to_on)}" if to_on else ""
    return rating, f"{name}{until}" + (f" (the worst of {len(rated)} indicators)" if len(rated) > 1 else "")
