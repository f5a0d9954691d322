"""What giving contracts to a service would do, and undoing it as a whole."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.audit import ACTION, Action, Change
from app.core.errors import Refusal
from app.core.rights import Permission, Reader
from app.register.commands.services import contracts_to_settle
from app.register.models import Contract, Service
from app.register.settling import settle


@dataclass(frozen=True)
class AssigningEffect:
    """What a person is shown before contracts move."""

    contract_ids: tuple[int, ...]
    #: Contracts whose directorate or division would change, because the service gives the unit.
    moving: int
    #: Chosen, but already under a service, withdrawn, or not this person's to change.
    left_out: int
    #: The first few titles.
    titles: tuple[str, ...]


TITLES_SHOWN = 10


def effect_of_assigning(
    session: Session, service: Service, contract_ids: Collection[int], reader: Reader
) -> AssigningEffect:
    """Work out what would move. Refuse when nothing would."""
    query = select(Contract).where(
        Contract.id.in_(contract_ids), Contract.withdrawn_at.is_(None), Contract.lead_service_id.is_(None)
    )
    units = reader.units_for(Permission.EDIT_REGISTER)
    mine = [
        one
        for one in session.scalars(query.order_by(Contract.title_key, Contract.id))
        if units.include(one.directorate_id, one.division_id)
    ]
    if not mine:
        raise Refusal("Choose at least one contract that has no service yet and is yours to change")
    here = (service.directorate_id, service.division_id)
    return AssigningEffect(
        contract_ids=tuple(one.id for one in mine),
        moving=sum((one.directorate_id, one.division_id) != here for one in mine),
        left_out=len(contract_ids) - len(mine),
        titles=tuple(one.title for one in mine[:TITLES_SHOWN]),
    )


def latest_change(session: Session) -> int:
    return session.scalar(select(func.max(Change.id))) or 0


def first_change(session: Session, since: int) -> int | None:
    """The first change this session's act wrote after another: what an undo is named by."""
    session.flush()
    act = session.info[ACTION]
    return session.scalar(select(func.min(Change.id)).where(Change.id > since, Change.act == act))


@dataclass(frozen=True)
class Undoing:
    """What undoing an act would put back."""

    #: By contract: the columns as they were.
    contracts: dict[int, dict[str, int | None]]
    #: Services the act added, with nothing else under them.
    services: tuple[int, ...]
    #: Contracts changed again since, which stay as they are.
    left: int


UNIT = ("lead_service_id", "directorate_id", "division_id")


def what_undoing_would_do(session: Session, change_id: int, reader: Reader) -> Undoing:
    """Read an act's changes back; NoResultFound for a change there never was."""
    act = session.scalars(select(Change.act).where(Change.id == change_id)).one()
    changes = list(session.scalars(select(Change).where(Change.id >= change_id, Change.act == act).order_by(Change.id)))
    before, after = _old_and_new(changes)
    contracts = {one.id: one for one in session.scalars(select(Contract).where(Contract.id.in_(before)))}
    units = reader.units_for(Permission.EDIT_REGISTER)
    untouched = {
        number: before[number]
        for number, one in contracts.items()
        if one.lead_service_id == after[number] and units.include(one.directorate_id, one.division_id)
    }
    added = [one.record_id for one in changes if one.part == "service" and one.action is Action.ADDED]
    return Undoing(untouched, tuple(added), len(before) - len(untouched))


def _old_and_new(changes: Collection[Change]) -> tuple[dict[int, dict[str, int | None]], dict[int, object]]:
    """By contract, the unit's columns as they were, and the service it was given."""
    before: dict[int, dict[str, int | None]] = {}
    after: dict[int, object] = {}
    for change in changes:
        if change.part != "contract" or "lead_service_id" not in change.fields:
            continue
        told = {column: values[0] for column, values in change.fields.items() if column in UNIT}
        before[change.part_id] = {column: old if isinstance(old, int) else None for column, old in told.items()}
        after[change.part_id] = change.fields["lead_service_id"][1]
    return before, after


def undo_assigning(session: Session, undoing: Undoing, *, now: datetime) -> None:
    """Put the contracts back; withdraw services made by the act that are empty again."""
    if not undoing.contracts:
        raise Refusal("There is nothing left to undo: the contracts have been changed since")
    for contract in contracts_to_settle(session, Contract.id.in_(undoing.contracts)):
        contract.lead_service = None
        for column, old in undoing.contracts[contract.id].items():
            setattr(contract, column, old)
        settle(contract)
    session.flush()
    _withdraw_empty(session, undoing.services, now)


def _withdraw_empty(session: Session, service_ids: Collection[int], now: datetime) -> None:
    in_use = set(session.scalars(select(Contract.lead_service_id).where(Contract.lead_service_id.in_(service_ids))))
    for service in session.scalars(select(Service).where(Service.id.in_(service_ids)).order_by(Service.id)):
        if service.id not in in_use:
            service.withdrawn_at, service.withdrawn_reason = now, "Made from a category, and undone"
