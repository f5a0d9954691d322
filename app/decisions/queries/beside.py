"""What other tables say of activities: their lines, services, moves and providers, one query for each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from app.core.clock import LONDON
from app.decisions.models import Activity, ActivityLine, ActivityMove, ActivityService
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
class Beside:
    """What stands in other tables, by activity."""

    lines: Mapping[int, list[Line]]
    services: Mapping[int, list[tuple[int, str]]]
    moves: Mapping[int, list["Move"]]
    providers: Mapping[tuple[str, int], list[tuple[int, str]]]
    ends: Mapping[int, date | None]

    @classmethod
    def of(cls, session: Session, every: Sequence[Activity], today: date) -> "Beside":
        if not every:
            return cls({}, {}, {}, {}, {})
        numbers = [one.id for one in every]
        ids = numbers if len(numbers) <= FEW else None
        contracts = {one.contract_id for one in every if one.contract_id is not None}
        arrangements = {one.arrangement_id for one in every if one.arrangement_id is not None}
        return cls(
            _lines(session, ids),
            _services(session, ids),
            _moves(session, ids),
            _providers(session, contracts, arrangements, today),
            _last_ends(session, arrangements, today),
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
    """Who holds the contract, or the contracts of the arrangement, by name."""
    if not contracts and not arrangements:
        return {}
    found: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    query = (
        select(Contract.id, Contract.arrangement_id, Provider.id, Provider.name, Contract.current_end_on)
        .join(ContractProvider, ContractProvider.contract_id == Contract.id)
        .join(Provider, Provider.id == ContractProvider.provider_id)
        .where(or_(Contract.id.in_(contracts), Contract.arrangement_id.in_(arrangements)))
        .where(Contract.withdrawn_at.is_(None))
        .order_by(ContractProvider.position, Provider.name_key, Provider.id)
    )
    for contract_id, arrangement_id, provider_id, name, ends_on in session.execute(query):
        found["contract", contract_id][provider_id] = name
        if arrangement_id is not None and (ends_on is None or ends_on >= today):
            found["arrangement", arrangement_id][provider_id] = name
    return {key: list(names.items()) for key, names in found.items()}


def _last_ends(session: Session, arrangements: Collection[int], today: date) -> Mapping[int, date | None]:
    """When an arrangement's contracts end, the last of them."""
    if not arrangements:
        return {}
    query = (
        select(Contract.arrangement_id, func.max(Contract.current_end_on))
        .where(Contract.arrangement_id.in_(arrangements), Contract.withdrawn_at.is_(None))
        .where(or_(Contract.current_end_on.is_(None), Contract.current_end_on >= today))
        .group_by(Contract.arrangement_id)
    )
    return {key: end for key, end in session.execute(query) if key is not None}
