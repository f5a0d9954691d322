"""Key performance indicators as a contract's pages show them, and as findings ask about them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.core.rights import Reader
from app.council import queries as council
from app.council import settings
from app.register.models import Contract, Indicator, IndicatorResult
from app.register.queries import contract_record
from app.register.ratings import Rating, Tolerances

#: A tag's colour; the words carry the meaning.
COLOURS = {
    Rating.GOOD: "green",
    Rating.APPROACHING: "yellow",
    Rating.REQUIRES_IMPROVEMENT: "orange",
    Rating.INADEQUATE: "red",
    Rating.OTHER: "grey",
}


def tolerances_on(session: Session, day: date) -> Tolerances:
    return Tolerances(
        approaching=council.value_on(session, settings.RATING_APPROACHING, day),
        improvement=council.value_on(session, settings.RATING_IMPROVEMENT, day),
    )


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator with its latest result."""

    id: int
    name: str
    unit: str
    target: Decimal | None
    direction: str
    frequency: str
    linked_to_payment: bool | None
    latest_to_on: date | None
    latest_figure: Decimal | None
    latest_rating: Rating | None
    periods_below: int
    #: The period whose result comes next has ended this long ago that it is late.
    is_due: bool
    next_period_ends_on: date
    withdrawn: bool

    @property
    def tag(self) -> tuple[str, str] | None:
        rating = self.latest_rating
        return None if rating is None else (str(rating).capitalize(), COLOURS[rating])


@cache
def _of_contract() -> Select[Indicator]:
    return (
        select(Indicator)
        .where(Indicator.contract_id == bindparam("contract_id"))
        .order_by(Indicator.withdrawn_at.is_not(None), Indicator.name, Indicator.id)
    )


def indicators_of(session: Session, contract: Contract, today: date, *, withdrawn: bool = False) -> list[IndicatorRow]:
    """A contract's indicators by name, with the latest result of each; withdrawn ones only where asked for."""
    late = late_since(session, today)
    found = session.scalars(_of_contract(), {"contract_id": contract.id})
    return [_row(one, contract, late) for one in found if withdrawn or one.withdrawn_at is None]


def _row(one: Indicator, contract: Contract, late: date) -> IndicatorRow:
    last = contract.ended_early_on or contract.current_end_on
    return IndicatorRow(
        id=one.id,
        name=one.name,
        unit=one.unit or "",
        target=one.target,
        direction=str(one.direction),
        frequency=str(one.frequency),
        linked_to_payment=one.linked_to_payment,
        latest_to_on=one.latest_to_on,
        latest_figure=one.latest_figure,
        latest_rating=one.latest_rating,
        periods_below=one.periods_below,
        is_due=one.next_period_ends_on < late and (last is None or one.next_period_ends_on <= last),
        next_period_ends_on=one.next_period_ends_on,
        withdrawn=one.withdrawn_at is not None,
    )


def late_since(session: Session, today: date) -> date:
    """A period that ended before this day ought to have its result."""
    return council.value_on(session, settings.RESULT_WITHIN, today).before(today, council.bank_holidays(session))


def indicator(session: Session, indicator_id: int, reader: Reader, today: date) -> Indicator:
    """One indicator with its results, where the reader may see its contract; NoResultFound otherwise."""
    found = session.scalars(
        select(Indicator)
        .where(Indicator.id == indicator_id)
        .options(selectinload(Indicator.results).joinedload(IndicatorResult.document), joinedload(Indicator.contract))
    ).one()
    contract_record.contract(session, found.contract_id, reader, today)
    return found


# Said in SQL, for findings


def _standing() -> tuple[ColumnElement[bool], ...]:
    return Indicator.contract_id == Contract.id, Indicator.withdrawn_at.is_(None)


def is_due(late: date) -> ColumnElement[bool]:
    """Some indicator lacks the result of a period that the contract ran through."""
    last = func.coalesce(Contract.ended_early_on, Contract.current_end_on)
    ran = or_(last.is_(None), Indicator.next_period_ends_on <= last)
    which = Indicator.next_period_ends_on < late
    return select(Indicator.id).where(*_standing(), which, ran).correlate(Contract).exists()


def first_due() -> ColumnElement[date]:
    """The earliest period's end whose result comes next."""
    return select(func.min(Indicator.next_period_ends_on)).where(*_standing()).correlate(Contract).scalar_subquery()


def is_below(periods: int) -> ColumnElement[bool]:
    """Some indicator has been below target so many periods running."""
    return select(Indicator.id).where(*_standing(), Indicator.periods_below >= periods).correlate(Contract).exists()


def how_many(*, set_before_entering: bool = False) -> ColumnElement[int]:
    """How many indicators a contract has; or of those, how many were set before it was entered into."""
    query = select(func.count(Indicator.id)).where(*_standing())
    if set_before_entering:
        query = query.where(Indicator.set_before_entering.is_(True))
    return query.correlate(Contract).scalar_subquery()


def latest_assessment() -> ColumnElement[date | None]:
    """The last day of the latest period assessed under a contract; None where nothing has been."""
    return select(func.max(Indicator.latest_to_on)).where(*_standing()).correlate(Contract).scalar_subquery()


def latest_assessment_of(session: Session, contract_id: int) -> date | None:
    query = select(func.max(Indicator.latest_to_on))
    return session.scalar(query.where(Indicator.contract_id == contract_id, Indicator.withdrawn_at.is_(None)))
