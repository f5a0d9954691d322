"""What stands over a list of contracts: how many there are, and what they come to. No amount is added twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.core.rights import Reader
from app.register.models import Arrangement, Contract
from app.register.values import ArrangementValuation
from app.register.visibility import amounts_open_to, not_embargoed_from
from app.register.worth import ZERO, Worth

FRAMEWORK = aliased(Contract)


@dataclass(frozen=True)
class Heading:
    """What stands over a list: how many contracts, and what they come to."""

    contracts: int
    worth: Worth
    #: Contracts whose value is counted with another's: a framework's, or one value repeated on several.
    counted_elsewhere: int = 0


def heading(session: Session, where: Sequence[ColumnElement[bool]], reader: Reader, today: date) -> Heading:
    covered = covered_by_framework(reader, today)
    worth, elsewhere = _added(session, where, reader, covered), _covered_count(session, where, covered)
    for once, contracts in _repeated(session, where, reader):
        worth, elsewhere = worth + once, elsewhere + contracts - once.counted
    return Heading(worth.counted + elsewhere, worth, elsewhere)


def _added(
    session: Session, where: Sequence[ColumnElement[bool]], reader: Reader, covered: ColumnElement[bool]
) -> Worth:
    """Contracts that count for themselves."""
    is_open = amounts_open_to(reader)
    valued = and_(is_open, Contract.current_high.is_not(None))
    by_year = and_(is_open, Contract.current_high.is_(None), Contract.annual_high.is_not(None))
    row = session.execute(
        select(
            func.count(),
            func.sum(case((valued, Contract.current_low))),
            func.sum(case((valued, Contract.current_high))),
            func.sum(case((valued, 1), else_=0)),
            func.sum(case((by_year, Contract.annual_low))),
            func.sum(case((by_year, Contract.annual_high))),
            func.sum(case((by_year, 1), else_=0)),
            func.sum(case((is_open, 0), else_=1)),
        )
        .select_from(Contract)
        .where(*where, ~repeats(), ~covered)
    ).one()
    return _worth(row)


def _worth(row: Any) -> Worth:  # Any: eight columns, named below
    count, low, high, valued, year_low, year_high, by_year, withheld = row
    return Worth(
        counted=count,
        low=low or ZERO,
        high=high or ZERO,
        valued=valued or 0,
        year_low=year_low or ZERO,
        year_high=year_high or ZERO,
        by_year=by_year or 0,
        withheld=withheld or 0,
    )


def repeats() -> ColumnElement[bool]:
    """Within an arrangement that prints one value on each of its contracts."""
    repeating = select(Arrangement.id).where(
        Arrangement.valuation == ArrangementValuation.REPEATED, Arrangement.withdrawn_at.is_(None)
    )
    return and_(Contract.arrangement_id.is_not(None), Contract.arrangement_id.in_(repeating))


def covered_by_framework(reader: Reader, today: date) -> ColumnElement[bool]:
    """A call-off whose framework, in the same arrangement, has a value of its own and may be known of."""
    valued = exists().where(
        FRAMEWORK.id == Contract.parent_id,
        FRAMEWORK.id != Contract.id,
        FRAMEWORK.withdrawn_at.is_(None),
        not_embargoed_from(reader, today, FRAMEWORK),
        FRAMEWORK.arrangement_id == Contract.arrangement_id,
        func.coalesce(FRAMEWORK.current_high, FRAMEWORK.annual_high).is_not(None),
    )
    return and_(Contract.parent_id.is_not(None), Contract.arrangement_id.is_not(None), valued)


def _covered_count(session: Session, where: Sequence[ColumnElement[bool]], covered: ColumnElement[bool]) -> int:
    count = select(func.count()).select_from(Contract).where(*where, ~repeats(), covered)
    return session.scalar(count) or 0


def _repeated(session: Session, where: Sequence[ColumnElement[bool]], reader: Reader) -> list[tuple[Worth, int]]:
    """Each arrangement of one repeated value, counted once, with how many contracts it stands on."""
    is_open = amounts_open_to(reader)
    rows = session.execute(
        select(
            func.max(case((is_open, Contract.current_low))),
            func.max(case((is_open, Contract.current_high))),
            func.max(case((is_open, Contract.annual_low))),
            func.max(case((is_open, Contract.annual_high))),
            func.max(case((is_open, 0), else_=1)),
            func.count(),
        )
        .where(*where, repeats())
        .group_by(Contract.arrangement_id)
    )
    return [(_once(*row[:5]), row[5]) for row in rows]


def _once(
    low: Decimal | None, high: Decimal | None, year_low: Decimal | None, year_high: Decimal | None, withheld: int
) -> Worth:
    if high is not None:
        return Worth(counted=1, low=low or high, high=high, valued=1)
    if year_high is not None:
        return Worth(counted=1, year_low=year_low or year_high, year_high=year_high, by_year=1)
    return Worth(counted=1, withheld=withheld)
