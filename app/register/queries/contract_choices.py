"""What the selects of a contract's forms offer."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.forms import Choice
from app.core.rights import Permission, Reader
from app.council import queries as council
from app.register import units
from app.register.forms.contracts.parts import ContractChoices
from app.register.models import Approval, Arrangement, Contract, Programme, Service
from app.register.units import UnitChosen
from app.register.visibility import approvals_open_to


def new_contract_choices(session: Session, reader: Reader, today: date) -> ContractChoices:
    """Units in which this reader writes, and the services within them."""
    writes = reader.units_for(Permission.EDIT_REGISTER)
    directorates = council.directorates(session, on=today)
    return ContractChoices(
        units=tuple(units.unit_choices(directorates, writes)),
        services=tuple(
            choice
            for choice, service in _services(session)
            if writes.include(service.directorate_id, service.division_id)
        ),
    )


def contract_choices(session: Session, found: Contract, reader: Reader, today: date) -> ContractChoices:
    """The same, with what the contract has now, so that no answer given before is missing from its list."""
    offered = new_contract_choices(session, reader, today)
    now = UnitChosen(found.directorate_id, found.division_id)
    own = [] if any(choice.value == now for choice in offered.units) else [Choice(now, _name_of_unit(found))]
    has = {found.lead_service_id, *(entry.service_id for entry in found.other_services)}
    within = {choice.value for choice in offered.services}
    return ContractChoices(
        units=(*own, *offered.units),
        services=tuple(choice for choice, _ in _services(session) if choice.value in within | has),
        outcomes=tuple(Choice(one.id, one.name) for one in council.outcomes(session, on=today)),
        programmes=_named(session, Programme.id, Programme.name),
        arrangements=_arrangements(session, found),
        approvals=_approvals(session, found, reader, today),
    )


def _name_of_unit(found: Contract) -> str:
    return f"{found.directorate.name}: {found.division.name}" if found.division else found.directorate.name


def _services(session: Session) -> list[tuple[Choice[int], Service]]:
    names = {one.id: one.name for one in council.structure(session)}
    standing = select(Service).where(Service.withdrawn_at.is_(None)).order_by(Service.name_key, Service.id)
    return [(Choice(one.id, f"{one.name} ({names[one.directorate_id]})"), one) for one in session.scalars(standing)]


def _named(session: Session, key: object, name: object) -> tuple[Choice[int], ...]:
    rows = session.execute(select(key, name).order_by(name, key))  # type: ignore[call-overload]  # two columns of one table
    return tuple(Choice(row[0], row[1]) for row in rows)


def _arrangements(session: Session, found: Contract) -> tuple[Choice[int], ...]:
    """Those of its directorate, and the one it is in."""
    near = or_(Arrangement.directorate_id == found.directorate_id, Arrangement.id == found.arrangement_id)
    standing = select(Arrangement.id, Arrangement.title).where(near, Arrangement.withdrawn_at.is_(None))
    rows = session.execute(standing.order_by(Arrangement.title_key, Arrangement.id))
    return tuple(Choice(row[0], row[1]) for row in rows)


def _approvals(session: Session, found: Contract, reader: Reader, today: date) -> tuple[Choice[int], ...]:
    near = or_(Approval.directorate_id == found.directorate_id, Approval.id == found.approval_id)
    rows = session.execute(
        select(Approval.id, Approval.reference, Approval.title)
        .where(near, approvals_open_to(reader, today))
        .order_by(Approval.decided_on.desc().nulls_last(), Approval.id)
    )
    return tuple(Choice(row[0], f"{row[1]}: {row[2]}") for row in rows)
