"""What contracts come to by service: one arrangement never twice, nothing a reader is not entitled to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select, true, union_all
from sqlalchemy.orm import Session, aliased

from app.core.rights import Reader
from app.register.models import Arrangement, Contract, ContractStage
from app.register.values import ArrangementValuation
from app.register.visibility import amounts_open_to, not_embargoed_from, rows_open_to
from app.register.worth import ZERO, Worth

#: Made once: an alias of a wide table costs milliseconds.
FRAMEWORK, MEMBER, WITHIN = aliased(Contract), aliased(Contract), aliased(Contract)


def not_over(today: date) -> ColumnElement[bool]:
    """Running today, or still to begin."""
    ended_early = and_(Contract.stage == ContractStage.ENDED_EARLY, Contract.ended_early_on < today)
    return and_(or_(Contract.current_end_on.is_(None), Contract.current_end_on >= today), ~ended_early)


def in_arrangement() -> ColumnElement[bool]:
    """Within an arrangement that has not been withdrawn."""
    return exists().where(Arrangement.id == Contract.arrangement_id, Arrangement.withdrawn_at.is_(None))


def covered_elsewhere(reader: Reader, today: date) -> ColumnElement[bool]:
    """Valued with its arrangement, or with the framework within it that has a value and may be known of."""
    framework = FRAMEWORK
    valued_framework = (
        exists()
        .where(
            framework.id == Contract.parent_id,
            framework.id != Contract.id,
            framework.arrangement_id == Contract.arrangement_id,
            not_embargoed_from(reader, today, framework),
            func.coalesce(framework.current_high, framework.annual_high).is_not(None),
        )
        .correlate(Contract)
    )
    return (
        exists()
        .where(
            Arrangement.id == Contract.arrangement_id,
            Arrangement.withdrawn_at.is_(None),
            or_(Arrangement.valuation != ArrangementValuation.ADDED, valued_framework),
        )
        .correlate(Contract)
    )


def _alone(reader: Reader, today: date, service_ids: Collection[int] | None) -> Select[Any]:
    """Contracts that count for themselves."""
    return select(
        Contract.lead_service_id.label("service_id"),
        Contract.directorate_id.label("directorate_id"),
        Contract.current_low.label("low"),
        Contract.current_high.label("high"),
        Contract.annual_low.label("year_low"),
        Contract.annual_high.label("year_high"),
        case((amounts_open_to(reader), 1), else_=0).label("is_open"),
        case((not_over(today), 1), else_=0).label("is_current"),
    ).where(rows_open_to(reader, today), ~covered_elsewhere(reader, today), _under(service_ids))


def _together(reader: Reader, today: date, service_ids: Collection[int] | None) -> Select[Any]:
    """Arrangements valued as one: by the stated value, or by the one repeated on each contract."""
    stated = Arrangement.valuation == ArrangementValuation.STATED
    high_stated = func.coalesce(Arrangement.value_high, Arrangement.value_low)
    return (
        select(
            func.coalesce(Arrangement.lead_service_id, func.min(Contract.lead_service_id)).label("service_id"),
            Arrangement.directorate_id.label("directorate_id"),
            case((stated, Arrangement.value_low), else_=func.max(Contract.current_low)).label("low"),
            case((stated, high_stated), else_=func.max(Contract.current_high)).label("high"),
            case((stated, Arrangement.annual_value), else_=func.max(Contract.annual_low)).label("year_low"),
            case((stated, Arrangement.annual_value), else_=func.max(Contract.annual_high)).label("year_high"),
            func.min(case((amounts_open_to(reader), 1), else_=0)).label("is_open"),
            func.max(case((not_over(today), 1), else_=0)).label("is_current"),
        )
        .join(Contract, Contract.arrangement_id == Arrangement.id)
        .where(Arrangement.withdrawn_at.is_(None), Arrangement.valuation != ArrangementValuation.ADDED)
        .where(rows_open_to(reader, today), _touching(service_ids))
        .where(Contract.id.in_(select(WITHIN.id).where(WITHIN.arrangement_id.is_not(None))))
        .group_by(Arrangement.id)
    )


def _under(service_ids: Collection[int] | None) -> ColumnElement[bool]:
    """By number: asked of the service itself, SQLite goes through every contract that is not withdrawn."""
    if service_ids is None:
        return true()
    return Contract.id.in_(select(MEMBER.id).where(MEMBER.lead_service_id.in_(service_ids)))


def _touching(service_ids: Collection[int] | None) -> ColumnElement[bool]:
    """Arrangements of these services, with all their contracts: the whole is judged, wherever its contracts stand."""
    if service_ids is None:
        return true()
    member = MEMBER
    with_members = select(member.arrangement_id).where(member.lead_service_id.in_(service_ids))
    return or_(Arrangement.lead_service_id.in_(service_ids), Arrangement.id.in_(with_members))


def counted_once(reader: Reader, today: date, service_ids: Collection[int] | None = None) -> Subquery:
    """One row for each thing that counts: a contract, or an arrangement valued as one."""
    return union_all(_alone(reader, today, service_ids), _together(reader, today, service_ids)).subquery("counted")


@dataclass(frozen=True)
class WorthNow:
    """What counts today, and beside it what has ended."""

    current: Worth
    ended: Worth


def worth_by_service(
    session: Session, reader: Reader, today: date, service_ids: Collection[int]
) -> dict[int, WorthNow]:
    """The worth of each of these services; a service without a contract is not in it."""
    rows = counted_once(reader, today, service_ids)
    query = (
        select(rows.c.service_id, rows.c.is_current, *sums(rows))
        .where(rows.c.service_id.in_(service_ids))
        .group_by(rows.c.service_id, rows.c.is_current)
    )
    return by_now(session.execute(query))


def by_now(rows: Iterable[tuple[Any, ...]]) -> dict[Any, WorthNow]:
    """Rows of (what it is grouped by, whether it is current, sums) put together."""
    found: dict[Any, WorthNow] = {}
    for key, is_current, *figures in rows:
        before, worth = found.get(key, NOTHING), worth_of(figures)
        found[key] = WorthNow(worth, before.ended) if is_current else WorthNow(before.current, worth)
    return found


NOTHING = WorthNow(Worth(), Worth())


def sums(rows: Subquery) -> tuple[ColumnElement[Any], ...]:
    """The columns ``worth_of`` takes, in its order."""
    is_open = rows.c.is_open == 1
    valued, yearly = and_(is_open, rows.c.high.is_not(None)), and_(is_open, rows.c.high.is_(None))
    by_year = and_(yearly, rows.c.year_high.is_not(None))
    return (
        func.count(),
        func.sum(case((valued, rows.c.low))),
        func.sum(case((valued, rows.c.high))),
        func.count(case((valued, 1))),
        func.sum(case((by_year, rows.c.year_low))),
        func.sum(case((by_year, rows.c.year_high))),
        func.count(case((by_year, 1))),
        func.count(case((~is_open, 1))),
    )


def worth_of(figures: Sequence[Any]) -> Worth:
    """The sums as a Worth; SQL gives nothing where nothing is added."""
    counted, low, high, valued, year_low, year_high, by_year, withheld = figures
    return Worth(
        counted or 0,
        low or ZERO,
        high or ZERO,
        valued or 0,
        year_low or ZERO,
        year_high or ZERO,
        by_year or 0,
        withheld or 0,
    )
