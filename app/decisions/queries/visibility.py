"""What a reader may see of activities, by every contract they cover; and of the approvals they came to."""

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import Session

from app.core.rights import Reader
from app.decisions.models import Activity, ActivityContract, Decision, Restriction
from app.register.models import Approval, Contract
from app.register.visibility import OfApprovals, amounts_open_to, not_embargoed_from, tell_of_approvals

LEADS = Contract.id == Activity.contract_id
ARRANGED = and_(Contract.arrangement_id == Activity.arrangement_id, Contract.withdrawn_at.is_(None))
ALSO = and_(ActivityContract.activity_id == Activity.id, Contract.id == ActivityContract.contract_id)


def covers(contract_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The activities that name the contract: it leads, or is one of the further ones."""
    further = select(ActivityContract.activity_id).where(ActivityContract.contract_id == contract_id)
    return or_(Activity.contract_id == contract_id, Activity.id.in_(further))


def open_to(reader: Reader, today: date) -> ColumnElement[bool]:
    """Not about a contract that is embargoed from this reader, nor about an arrangement of such contracts only."""
    if reader.exempt_units.everywhere:
        return true()
    kept_back = ~not_embargoed_from(reader, today)
    arranged = _some(ARRANGED)
    return and_(
        ~_some(LEADS, kept_back),
        ~_some(ALSO, kept_back),
        or_(~arranged, _some(ARRANGED, not_embargoed_from(reader, today))),
    )


def _some(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(*conditions).correlate(Activity)


def amounts_of_activities_open_to(reader: Reader) -> ColumnElement[bool]:
    """Neither exempt themselves nor about a contract whose amount is: from an estimate that could be worked out."""
    if reader.exempt_units.everywhere:
        return true()
    hidden = ~amounts_open_to(reader)
    of_contracts = or_(*(_some(one, hidden) for one in (LEADS, ARRANGED, ALSO)))
    return and_(or_(Activity.exempt.is_(False), _keeps(reader)), ~of_contracts)


def may_see_amounts(session: Session, reader: Reader, activity_id: int) -> bool:
    """The same, said of one."""
    return bool(session.scalar(select(amounts_of_activities_open_to(reader)).where(Activity.id == activity_id)))


def words_open_to(reader: Reader) -> ColumnElement[bool]:
    """No decision of theirs is fully exempt from this reader."""
    full = exists().where(Decision.activity_id == Activity.id, Decision.restriction == Restriction.FULL)
    return or_(_keeps(reader), ~full.correlate(Activity))


def _keeps(reader: Reader) -> ColumnElement[bool]:
    """Those of the units whose exempt matters the reader is entitled to."""
    units = reader.exempt_units
    if units.everywhere:
        return true()
    return or_(Activity.directorate_id.in_(units.directorates), Activity.division_id.in_(units.divisions)).is_(True)


def embargoed_contract_of(session: Session, activity_id: int) -> int | None:
    """Of the contracts an activity names, the one that is kept back longest; else any."""
    named = select(Contract.id).join(Activity, or_(LEADS, ALSO_IN)).where(Activity.id == activity_id)
    return session.scalar(named.order_by(Contract.embargoed_until.desc().nulls_last(), Contract.id).limit(1))


ALSO_IN = Contract.id.in_(
    select(ActivityContract.contract_id).where(ActivityContract.activity_id == Activity.id).correlate(Activity)
)


# Approvals


def _approved(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Approvals that a decision of such an activity came to."""
    return (
        exists()
        .where(Decision.approval_id == Approval.id, Activity.id == Decision.activity_id, *conditions)
        .correlate(Approval)
    )


def _sums_hidden(reader: Reader) -> ColumnElement[bool]:
    fully = and_(Decision.restriction == Restriction.FULL, ~_keeps(reader))
    return _approved(or_(~amounts_of_activities_open_to(reader), fully))


tell_of_approvals(
    OfApprovals(rows_hidden=lambda reader, today: _approved(~open_to(reader, today)), sums_hidden=_sums_hidden)
)
