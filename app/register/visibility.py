"""What a reader may see of contracts: whole rows until an embargo ends, and amounts that are exempt."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, exists, false, or_, true

from app.core.rights import Reader, Units
from app.register.models import Approval, Arrangement, Contract, ContractEvent


def in_units(units: Units, of: type[Contract] = Contract) -> ColumnElement[bool]:
    """Contracts of these directorates and divisions."""
    if units.everywhere:
        return true()
    if not units:
        return false()
    return or_(of.directorate_id.in_(units.directorates), of.division_id.in_(units.divisions))


def rows_open_to(reader: Reader, today: date) -> ColumnElement[bool]:
    """Not withdrawn, and not embargoed from this reader."""
    return and_(Contract.withdrawn_at.is_(None), not_embargoed_from(reader, today))


def not_withdrawn(of: type[Contract] = Contract) -> ColumnElement[bool]:
    """Said so that no index is begun with it: SQLite takes it to be rare, and would go through every contract."""
    return case((of.withdrawn_at.is_(None), 1), else_=0) == 1


def not_embargoed_from(reader: Reader, today: date, of: type[Contract] = Contract) -> ColumnElement[bool]:
    """Withdrawn ones too; said of contracts, or of the ones an alias stands for."""
    open_now = or_(of.embargoed_until.is_(None), of.embargoed_until <= today)
    return or_(open_now, in_units(reader.exempt_units, of))


def amounts_open_to(reader: Reader) -> ColumnElement[bool]:
    """Whose amounts this reader may see."""
    return or_(Contract.exempt.is_(False), in_units(reader.exempt_units))


def arrangements_open_to(reader: Reader, today: date) -> ColumnElement[bool]:
    """Not made up of contracts that are all embargoed from this reader."""
    of_it = exists().where(Contract.arrangement_id == Arrangement.id)
    seen = of_it.where(not_embargoed_from(reader, today))
    return or_(~of_it.correlate(Arrangement), seen.correlate(Arrangement))


@dataclass(frozen=True)
class OfApprovals:
    """What a higher room knows of approvals: those a reader may not know of, and those whose sum they may not."""

    rows_hidden: Callable[[Reader, date], ColumnElement[bool]]
    sums_hidden: Callable[[Reader], ColumnElement[bool]]


_of_approvals: list[OfApprovals] = []


def tell_of_approvals(known: OfApprovals) -> None:
    _of_approvals.append(known)


def approvals_open_to(reader: Reader, today: date) -> ColumnElement[bool]:
    """Approvals this reader may know of."""
    if reader.exempt_units.everywhere:
        return true()
    return and_(true(), *(~known.rows_hidden(reader, today) for known in _of_approvals))


def sums_open_to(reader: Reader) -> ColumnElement[bool]:
    """Approvals whose sum tells no exempt amount: none is let under them, nor was the decision itself on one."""
    if reader.exempt_units.everywhere:
        return true()
    extended = exists().where(ContractEvent.contract_id == Contract.id, ContractEvent.approval_id == Approval.id)
    under = or_(Contract.approval_id == Approval.id, extended.correlate(Approval, Contract))
    hidden = exists().where(under, ~amounts_open_to(reader))
    return and_(~hidden.correlate(Approval), *(~known.sums_hidden(reader) for known in _of_approvals))


def may_see(reader: Reader, contract: Contract, today: date) -> bool:
    """``rows_open_to``, said of one loaded contract (a withdrawn one has its page, too)."""
    return contract.embargoed_until is None or contract.embargoed_until <= today or _keeps(reader, contract)


def may_see_amounts(reader: Reader, contract: Contract) -> bool:
    """``amounts_open_to``, said of one loaded contract."""
    return not contract.exempt or _keeps(reader, contract)


def _keeps(reader: Reader, contract: Contract) -> bool:
    return reader.exempt_units.include(contract.directorate_id, contract.division_id)
