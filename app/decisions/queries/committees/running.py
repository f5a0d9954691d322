"""How the present contracts run, as a committee asks: the concern flag and the latest ratings."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.money import pounds_short
from app.core.rights import Reader
from app.decisions.queries.activities import ActivityFacts
from app.register.models import Contract, ContractProvider, Indicator, Provider
from app.register.queries.indicators import COLOURS
from app.register.ratings import Rating
from app.register.visibility import not_embargoed_from

#: The worst first.
GRAVITY = (Rating.INADEQUATE, Rating.REQUIRES_IMPROVEMENT, Rating.APPROACHING, Rating.OTHER, Rating.GOOD)


@dataclass(frozen=True)
class Rated:
    """The worst of the latest ratings, with its indicator and period."""

    rating: Rating
    working: str

    @property
    def gravity(self) -> int:
        return GRAVITY.index(self.rating)


@dataclass(frozen=True)
class Running:
    """One contract, or several taken together, as far as a committee wants to know how it goes."""

    contract_ids: tuple[int, ...]
    title: str
    ends_on: date | None
    directorate_id: int
    division_id: int | None
    exempt: bool
    #: "Exempt" where it is from this reader.
    value: str
    providers: tuple[str, ...]
    concern: str | None
    #: None where nothing has been rated.
    worst: Rated | None

    @property
    def rating(self) -> str:
        return str(self.worst.rating).capitalize() if self.worst else ""

    @property
    def rating_colour(self) -> str:
        return COLOURS[self.worst.rating] if self.worst else "grey"

    @property
    def working(self) -> str:
        return self.worst.working if self.worst else ""

    @property
    def performance(self) -> str:
        """In a line, for paper."""
        said = f"{self.rating}: {self.working}" if self.rating else "Nothing has been rated"
        return f"{said}. Concern: {self.concern}" if self.concern else f"{said}. No concern raised"


def together(held: Sequence[Running]) -> Running | None:
    """What leads, with the concerns and the worst rating of them all; each says of which contract it is."""
    if len(held) < 2:  # noqa: PLR2004 - one is itself
        return next(iter(held), None)
    concerns = [f"{one.title}: {one.concern}" for one in held if one.concern]
    rated = [replace(one.worst, working=f"{one.title}: {one.worst.working}") for one in held if one.worst]
    return replace(
        held[0],
        contract_ids=tuple(number for one in held for number in one.contract_ids),
        ends_on=max((one.ends_on for one in held if one.ends_on), default=None),
        providers=tuple(dict.fromkeys(name for one in held for name in one.providers)),
        concern="; ".join(concerns) or None,
        worst=min(rated, key=lambda one: one.gravity, default=None),
    )


def running_under(
    session: Session, activities: Collection[ActivityFacts], reader: Reader, today: date
) -> Mapping[int, Running]:
    """By activity: what it is about, with the further contracts it covers, or its arrangement's contracts."""
    arranged = _arranged(session, {one.arrangement_id for one in activities if one.arrangement_id is not None}, today)
    covered = {
        one.id: [
            *((one.contract_id,) if one.contract_id is not None else arranged.get(one.arrangement_id or 0, ())),
            *(held.id for held in one.also),
        ]
        for one in activities
    }
    known = running(session, {number for numbers in covered.values() for number in numbers}, reader, today)
    found = {key: together([known[one] for one in numbers if one in known]) for key, numbers in covered.items()}
    return {key: one for key, one in found.items() if one is not None}


def _arranged(session: Session, arrangements: Collection[int], today: date) -> Mapping[int, list[int]]:
    """The contracts of arrangements that have not ended, the one that ends last first."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    if not arrangements:
        return found
    ends_on = func.coalesce(Contract.ended_early_on, Contract.current_end_on)
    query = select(Contract.arrangement_id, Contract.id).where(
        Contract.arrangement_id.in_(arrangements),
        Contract.withdrawn_at.is_(None),
        or_(ends_on.is_(None), ends_on >= today),
    )
    for arrangement_id, number in session.execute(query.order_by(ends_on.desc().nulls_last(), Contract.id)):
        if arrangement_id is not None:
            found[arrangement_id].append(number)
    return found


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
        found[row.id] = Running(
            contract_ids=(row.id,),
            title=row.title,
            ends_on=row.ends_on,
            directorate_id=row.directorate_id,
            division_id=row.division_id,
            exempt=row.exempt,
            value="Exempt" if hidden else _value(row.current_high, row.annual_high),
            providers=tuple(providers.get(row.id, ())),
            concern=row.concern,
            worst=_worst(rated.get(row.id, [])),
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


def _worst(rated: list[tuple[Rating, str, date | None]]) -> Rated | None:
    if not rated:
        return None
    rating, name, to_on = min(rated, key=lambda one: GRAVITY.index(one[0]))
    until = f", to {day(to_on)}" if to_on else ""
    return Rated(rating, f"{name}{until}" + (f" (the worst of {len(rated)} indicators)" if len(rated) > 1 else ""))
