"""What a list of contracts is narrowed to: each filter as a condition, none of which tells a hidden amount."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.core.listing import Sort
from app.core.rights import Reader
from app.council import queries as council
from app.council.calendar import FinancialYear
from app.council.rules import Operator, Threshold, ThresholdBasis
from app.register.models import Arrangement, Contract, ContractForm, ContractProvider
from app.register.search import contracts_found
from app.register.status import Status, in_status
from app.register.values import ArrangementValuation
from app.register.visibility import amounts_open_to, not_embargoed_from, not_withdrawn, rows_open_to

BY_TITLE = Sort("title")
FRAMEWORK = aliased(Contract)


class Over(StrEnum):
    """Which of the council's two thresholds."""

    ANNEX = "annex"
    KEY = "key"


@dataclass(frozen=True)
class Wanted:
    """What a list of contracts is narrowed to, and what it is in the order of."""

    q: str | None = None
    directorate: int | None = None
    division: int | None = None
    provider: int | None = None
    status: Status | None = None
    form: ContractForm | None = None
    ends_from: date | None = None
    ends_to: date | None = None
    value_from: Decimal | None = None
    value_to: Decimal | None = None
    over: Over | None = None
    sort: Sort = BY_TITLE

    @property
    def unsorted(self) -> "Wanted":
        return replace(self, sort=BY_TITLE)


def conditions(session: Session, wanted: Wanted, reader: Reader, today: date) -> list[ColumnElement[bool]]:
    """Everything a row must meet; what the reader may see comes first."""
    asked = (
        contracts_found(session, wanted.q) if wanted.q else None,
        Contract.directorate_id == wanted.directorate if wanted.directorate is not None else None,
        Contract.division_id == wanted.division if wanted.division is not None else None,
        _delivered_by(wanted.provider) if wanted.provider is not None else None,
        in_status(wanted.status, today) if wanted.status else None,
        Contract.form == wanted.form if wanted.form else None,
        Contract.current_end_on >= wanted.ends_from if wanted.ends_from else None,
        Contract.current_end_on <= wanted.ends_to if wanted.ends_to else None,
        _worth(wanted, reader),
        is_over(session, wanted.over, reader, today) if wanted.over else None,
    )
    return [_seen(wanted, reader, today), *(condition for condition in asked if condition is not None)]


def _seen(wanted: Wanted, reader: Reader, today: date) -> ColumnElement[bool]:
    if wanted.status is Status.WITHDRAWN:
        return not_embargoed_from(reader, today)
    return rows_open_to(reader, today)


def _delivered_by(provider_id: int) -> ColumnElement[bool]:
    return Contract.id.in_(select(ContractProvider.contract_id).where(ContractProvider.provider_id == provider_id))


def _worth(wanted: Wanted, reader: Reader) -> ColumnElement[bool] | None:
    """The current value, a range at its high end; an amount the reader may not see is as if not recorded."""
    if wanted.value_from is None and wanted.value_to is None:
        return None
    ends = []
    if wanted.value_from is not None:
        ends.append(Contract.current_high >= wanted.value_from)
    if wanted.value_to is not None:
        ends.append(Contract.current_high <= wanted.value_to)
    return and_(amounts_open_to(reader), *ends)


# The thresholds: the stored figure against the setting of the day, an arrangement as a whole


def threshold_for(session: Session, over: Over, today: date) -> Threshold:
    """The annex threshold of the plan year that today is in; the key decision threshold of today."""
    if over is Over.ANNEX:
        return council.annex_threshold(session, FinancialYear.of(today).first)
    return council.key_threshold(session, today)


def is_over(session: Session, over: Over, reader: Reader, today: date) -> ColumnElement[bool]:
    """As far as the reader may see the amounts."""
    alone = and_(amounts_open_to(reader), over_alone(session, over, today))
    return alone | over_together(session, over, reader, today)


def over_alone(session: Session, over: Over, today: date) -> ColumnElement[bool]:
    """Counted in no arrangement, and over it by its own figure: that tells something of the amount."""
    threshold = threshold_for(session, over, today)
    undone = select(Arrangement.id).where(Arrangement.withdrawn_at.is_not(None))
    alone = or_(Contract.arrangement_id.is_(None), Contract.arrangement_id.in_(undone))
    return and_(alone, passes(figure_for(threshold), threshold))


def over_together(
    session: Session, over: Over, reader: Reader, today: date, *, of: ColumnElement[int | None] | None = None
) -> ColumnElement[bool]:
    """Counted in an arrangement that is over it, by the amounts the reader may see; only one is looked at, if named."""
    threshold = threshold_for(session, over, today)
    return _in_arrangement_over(threshold, figure_for(threshold), reader, today, of)


def figure_for(threshold: Threshold) -> InstrumentedAttribute[Decimal | None]:
    """The stored figure that the threshold is held against."""
    return Contract.annual_figure if threshold.basis is ThresholdBasis.ANNUAL else Contract.whole_life_figure


def passes(
    figure: ColumnElement[Decimal | None] | InstrumentedAttribute[Decimal | None], threshold: Threshold
) -> ColumnElement[bool]:
    if threshold.operator is Operator.MORE_THAN:
        return figure > threshold.amount
    return figure >= threshold.amount


def _in_arrangement_over(
    threshold: Threshold,
    figure: InstrumentedAttribute[Decimal | None],
    reader: Reader,
    today: date,
    of: ColumnElement[int | None] | None = None,
) -> ColumnElement[bool]:
    """``values.arrangement_figure``, said in SQL; only from amounts this reader may see."""
    only = () if of is None else (Contract.arrangement_id == of,)
    framework_figure = getattr(FRAMEWORK, figure.key)
    covered = and_(FRAMEWORK.id != Contract.id, framework_figure.is_not(None))
    added = func.sum(case((and_(amounts_open_to(reader), ~func.coalesce(covered, False)), figure)))
    repeated = func.max(case((amounts_open_to(reader), figure)))
    stated = Arrangement.annual_value if threshold.basis is ThresholdBasis.ANNUAL else Arrangement.value_high
    all_open = func.min(case((amounts_open_to(reader), 1), else_=0)) == 1
    whole = case(
        (Arrangement.valuation == ArrangementValuation.STATED, case((all_open, stated))),
        (Arrangement.valuation == ArrangementValuation.REPEATED, repeated),
        else_=added,
    )
    over = (
        select(Contract.arrangement_id)
        .join(Arrangement, Arrangement.id == Contract.arrangement_id)
        .outerjoin(
            FRAMEWORK,
            and_(
                FRAMEWORK.id == Contract.parent_id,
                FRAMEWORK.arrangement_id == Contract.arrangement_id,
                FRAMEWORK.withdrawn_at.is_(None),
                not_embargoed_from(reader, today, FRAMEWORK),
            ),
        )
        .where(Contract.arrangement_id.is_not(None), not_withdrawn(), not_embargoed_from(reader, today))
        .where(Arrangement.withdrawn_at.is_(None), *only)
        .group_by(Contract.arrangement_id, Arrangement.valuation, stated)
        .having(passes(whole, threshold))
        .correlate(None)
    )
    return Contract.arrangement_id.in_(over)
