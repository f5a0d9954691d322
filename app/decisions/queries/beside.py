"""What other tables say of activities: lines, services, moves, contracts and providers, one query for each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from app.core.clock import LONDON
from app.decisions.models import Activity, ActivityContract, ActivityLine, ActivityMove, ActivityService
from app.decisions.rules.key_decisions import Line
from app.decisions.rules.timing import Timing
from app.register.models import Contract, ContractProvider, Provider, Service

#: Up to so many are asked for by their numbers; more by reading all.
FEW = 500


@dataclass(frozen=True)
class Move:
    """That an expected decision moved: from when, why, and on which day somebody said so."""

    was: Timing
    reason: str
    moved_on: date


@dataclass(frozen=True)
class Covered:
    """A further contract that an activity covers."""

    id: int
    title: str
    reference: str | None
    ends_on: date | None
    exempt_ground: str | None
    embargoed_until: date | None
    #: Its leading service, by number and name.
    service: tuple[int, str] | None

    @property
    def url(self) -> str:
        return f"/contracts/{self.id}"


@dataclass(frozen=True)
class Arranged:
    """The contracts of an arrangement, taken together."""

    #: Of those that nobody is kept from, where there are such.
    ends_on: date | None = None
    grounds: tuple[str, ...] = ()
    #: As long as every one of them is kept back.
    embargoed_until: date | None = None


@dataclass(frozen=True)
class OfActivity:
    """What is said of one activity by all that it covers; names by their numbers."""

    also: tuple[Covered, ...]
    providers: Mapping[int, str]
    services: Mapping[int, str]
    ends_on: date | None
    grounds: tuple[str, ...]
    embargoes: tuple[date, ...]


@dataclass(frozen=True)
class Beside:
    """What stands in other tables, by activity."""

    lines: Mapping[int, list[Line]] = field(default_factory=dict)
    services: Mapping[int, list[tuple[int, str]]] = field(default_factory=dict)
    moves: Mapping[int, list[Move]] = field(default_factory=dict)
    also: Mapping[int, list[Covered]] = field(default_factory=dict)
    providers: Mapping[tuple[str, int], list[tuple[int, str]]] = field(default_factory=dict)
    arranged: Mapping[int, Arranged] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session, every: Sequence[Activity], today: date) -> "Beside":
        if not every:
            return cls()
        numbers = [one.id for one in every]
        ids = numbers if len(numbers) <= FEW else None
        also = _also(session, ids)
        contracts = {one.contract_id for one in every if one.contract_id is not None}
        contracts |= {one.id for held in also.values() for one in held}
        arrangements = {one.arrangement_id for one in every if one.arrangement_id is not None}
        return cls(
            _lines(session, ids),
            _services(session, ids),
            _moves(session, ids),
            also,
            _providers(session, contracts, arrangements, today),
            _arranged(session, arrangements, today),
        )

    def of_activity(self, one: Activity) -> OfActivity:
        """What leads comes first; a further contract adds its own providers and service."""
        also = tuple(self.also.get(one.id, ()))
        arranged = self.arranged.get(one.arrangement_id or 0, Arranged())
        leads = ("contract", one.contract_id) if one.contract_id else ("arrangement", one.arrangement_id or 0)
        of = (leads, *(("contract", held.id) for held in also))
        held_back = (arranged.embargoed_until, *(held.embargoed_until for held in also))
        return OfActivity(
            also,
            {number: name for key in of for number, name in self.providers.get(key, ())},
            dict([*self.services.get(one.id, ()), *(held.service for held in also if held.service is not None)]),
            arranged.ends_on,
            (*arranged.grounds, *(held.exempt_ground for held in also if held.exempt_ground is not None)),
            tuple(until for until in held_back if until is not None),
        )


def _among(column: Any, ids: Collection[int] | None) -> ColumnElement[bool]:  # Any: a mapped column
    return true() if ids is None else column.in_(ids)


def _lines(session: Session, ids: Sequence[int] | None) -> Mapping[int, list[Line]]:
    found: defaultdict[int, list[Line]] = defaultdict(list)
    columns = (ActivityLine.activity_id, ActivityLine.kind, ActivityLine.low, ActivityLine.high)
    for row in session.execute(select(*columns).where(_among(ActivityLine.activity_id, ids)).order_by(ActivityLine.id)):
        found[row.activity_id].append(Line(row.kind, row.low, row.high))
    return found


def _services(session: Session, ids: Sequence[int] | None) -> Mapping[int, list[tuple[int, str]]]:
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    query = (
        select(ActivityService.activity_id, Service.id, Service.name)
        .join(Service, Service.id == ActivityService.service_id)
        .where(_among(ActivityService.activity_id, ids))
        .order_by(ActivityService.id)
    )
    for activity_id, service_id, name in session.execute(query):
        found[activity_id].append((service_id, name))
    return found


def _moves(session: Session, ids: Sequence[int] | None) -> Mapping[int, list[Move]]:
    found: defaultdict[int, list[Move]] = defaultdict(list)
    columns = (ActivityMove.activity_id, ActivityMove.was_timing, ActivityMove.was_on)
    query = select(*columns, ActivityMove.reason, ActivityMove.moved_at).where(_among(ActivityMove.activity_id, ids))
    for row in session.execute(query.order_by(ActivityMove.id)):
        moved_on = row.moved_at.astimezone(LONDON).date()
        found[row.activity_id].append(Move(Timing(row.was_timing, row.was_on), row.reason, moved_on))
    return found


def _providers(
    session: Session, contracts: Collection[int], arrangements: Collection[int], today: date
) -> Mapping[tuple[str, int], list[tuple[int, str]]]:
    """Who holds the contract, or those contracts of the arrangement that are not kept back, by name."""
    if not contracts and not arrangements:
        return {}
    found: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    counts = and_(
        or_(Contract.current_end_on.is_(None), Contract.current_end_on >= today),
        or_(Contract.embargoed_until.is_(None), Contract.embargoed_until <= today),
    )
    query = (
        select(Contract.id, Contract.arrangement_id, Provider.id, Provider.name, counts.label("counts"))
        .join(ContractProvider, ContractProvider.contract_id == Contract.id)
        .join(Provider, Provider.id == ContractProvider.provider_id)
        .where(or_(Contract.id.in_(contracts), Contract.arrangement_id.in_(arrangements)))
        .where(Contract.withdrawn_at.is_(None))
        .order_by(ContractProvider.position, Provider.name_key, Provider.id)
    )
    for contract_id, arrangement_id, provider_id, name, in_force in session.execute(query):
        found["contract", contract_id][provider_id] = name
        if arrangement_id is not None and in_force:
            found["arrangement", arrangement_id][provider_id] = name
    return {key: list(names.items()) for key, names in found.items()}


def _also(session: Session, ids: Sequence[int] | None) -> Mapping[int, list[Covered]]:
    found: defaultdict[int, list[Covered]] = defaultdict(list)
    columns = (Contract.title, Contract.reference, Contract.exempt, Contract.exempt_ground, Contract.embargoed_until)
    ends_on = func.coalesce(Contract.ended_early_on, Contract.current_end_on).label("ends_on")
    query = (
        select(ActivityContract.activity_id, Contract.id, *columns, ends_on, Contract.lead_service_id, Service.name)
        .join(Contract, Contract.id == ActivityContract.contract_id)
        .outerjoin(Service, Service.id == Contract.lead_service_id)
        .where(_among(ActivityContract.activity_id, ids))
        .order_by(Contract.title_key, Contract.id)
    )
    for row in session.execute(query):
        service = (row.lead_service_id, row.name) if row.lead_service_id is not None else None
        ground = (row.exempt_ground or "") if row.exempt else None
        found[row.activity_id].append(
            Covered(row.id, row.title, row.reference, row.ends_on, ground, row.embargoed_until, service)
        )
    return found


def _arranged(session: Session, arrangements: Collection[int], today: date) -> Mapping[int, Arranged]:
    """When an arrangement's contracts end, the last of them; and what is kept back of them."""
    if not arrangements:
        return {}
    columns = (Contract.arrangement_id, Contract.current_end_on, Contract.exempt, Contract.exempt_ground)
    query = (
        select(*columns, Contract.embargoed_until)
        .where(Contract.arrangement_id.in_(arrangements), Contract.withdrawn_at.is_(None))
        .order_by(Contract.id)
    )
    members: defaultdict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query):
        members[row.arrangement_id].append(row)
    return {key: _together(held, today) for key, held in members.items()}


def _together(held: Sequence[Any], today: date) -> Arranged:  # Any: a row of the query above
    open_ones = [one for one in held if one.embargoed_until is None or one.embargoed_until <= today] or held
    ends = [one.current_end_on for one in open_ones if one.current_end_on is not None and one.current_end_on >= today]
    embargoes = [one.embargoed_until for one in held]
    return Arranged(
        max(ends, default=None),
        tuple(one.exempt_ground or "" for one in held if one.exempt),
        None if None in embargoes else min(embargoes),
    )
