"""An import taken back as a whole: what it made is withdrawn, what it changed put back, where nobody edited since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from app.core.audit import Action, Change
from app.core.base import Base
from app.core.errors import Refusal
from app.core.undoing import typed
from app.imports.known import AT_ONCE, batched_by
from app.imports.models import ImportLink, ImportRun, RunState
from app.register.models import (
    Arrangement,
    Contract,
    ContractEvent,
    ContractProvider,
    ContractService,
    ExtensionOption,
    Provider,
)
from app.register.settling import settle

_PARTS: Mapping[str, type[Base]] = {
    kind.__tablename__: kind for kind in (Contract, ContractProvider, ContractService, ExtensionOption, ContractEvent)
}


@dataclass(frozen=True)
class EditedSince:
    """A contract of the import that somebody, or a later import, has changed since."""

    id: int
    title: str


@dataclass(frozen=True)
class Undone:
    """What taking an import back came to."""

    withdrawn: int
    put_back: int
    kept: int


def contracts_of(session: Session, run: ImportRun) -> set[int]:
    """The contracts the import made or changed."""
    told = select(Change.record_id).where(Change.act == _act(run), Change.record_kind == "contract").distinct()
    return set(session.scalars(told))


def edited_since(session: Session, run: ImportRun) -> list[EditedSince]:
    """Contracts of the import with a change by another act after it."""
    mine = contracts_of(session, run)
    last = session.scalar(select(func.max(Change.id)).where(Change.act == _act(run))) or 0
    later = (
        select(Change.record_id)
        .where(Change.record_kind == "contract", Change.id > last, Change.act != _act(run))
        .distinct()
    )
    edited = mine & set(session.scalars(later))
    return [
        EditedSince(number, title)
        for some in batched_by(sorted(edited), AT_ONCE)
        for number, title in session.execute(
            select(Contract.id, Contract.title).where(Contract.id.in_(some)).order_by(Contract.title_key, Contract.id)
        )
    ]


def _act(run: ImportRun) -> UUID:
    if run.act is None:
        raise Refusal("This import has stored nothing")
    return UUID(run.act)


def undo(session: Session, run: ImportRun, *, now: datetime, keep_edited: bool) -> Undone:
    """Take the import back. Rows edited since are kept if the person says so; otherwise nothing is undone."""
    session.refresh(run, with_for_update=True)
    if run.state is not RunState.DONE:
        raise Refusal("Only an import that is done can be undone")
    edited = {one.id for one in edited_since(session, run)}
    if edited and not keep_edited:
        number = "1 contract has" if len(edited) == 1 else f"{len(edited):,} contracts have"
        raise Refusal(f"{number} been changed since: tick that they are to be kept as they are, and undo the rest")
    made, changed = _made_and_changed(session, run)
    withdrawn = _withdraw(session, made - edited, run, now)
    put_back = _put_back(session, run, changed - edited)
    _forget_links(session, run, edited)
    _withdraw_idle_providers(session, run, now)
    _withdraw_empty_arrangements(session, run, now)
    run.state = RunState.UNDONE
    return Undone(withdrawn, put_back, len(edited))


def _made_and_changed(session: Session, run: ImportRun) -> tuple[set[int], set[int]]:
    added = select(Change.record_id).where(
        Change.act == _act(run), Change.part == "contract", Change.action == Action.ADDED
    )
    made = set(session.scalars(added))
    return made, contracts_of(session, run) - made


def _withdraw(session: Session, ids: Iterable[int], run: ImportRun, now: datetime) -> int:
    count = 0
    for some in batched_by(sorted(ids), AT_ONCE):
        for contract in session.scalars(select(Contract).where(Contract.id.in_(some)).order_by(Contract.id)):
            contract.withdrawn_at, contract.withdrawn_reason = now, f"The import of {run.filename} was undone"
            count += 1
    session.flush()
    return count


# What the import changed, put back from the history.


def _put_back(session: Session, run: ImportRun, ids: set[int]) -> int:
    if not ids:
        return 0
    lines = session.scalars(
        select(Change)
        .where(Change.act == _act(run), Change.record_kind == "contract", Change.part.in_(_PARTS))
        .order_by(Change.id.desc())
    )
    for line in [line for line in lines if line.record_id in ids]:
        _undo_line(session, line)
    session.flush()
    for number in sorted(ids):
        contract = session.get_one(Contract, number, populate_existing=True)
        settle(contract)
    return len(ids)


def _undo_line(session: Session, line: Change) -> None:
    kind = _PARTS[line.part]
    record = session.get(kind, line.part_id)
    if line.action is Action.REMOVED:
        session.add(kind(**typed(kind, {name: old for name, (old, _) in line.fields.items()})))
    elif record is None:
        return
    elif line.action is Action.ADDED:
        session.delete(record)
    else:
        for name, value in typed(kind, {name: old for name, (old, _) in line.fields.items()}).items():
            setattr(record, name, value)
    session.flush()


def _forget_links(session: Session, run: ImportRun, edited: set[int]) -> None:
    """The source's next file makes the contracts anew."""
    links = select(ImportLink.id).where(ImportLink.run_id == run.id)
    if edited:
        links = links.where(ImportLink.contract_id.not_in(edited))
    ids: Sequence[int] = session.scalars(links).all()
    for some in batched_by(ids, AT_ONCE):
        session.execute(delete(ImportLink).where(ImportLink.id.in_(some)))


def _withdraw_empty_arrangements(session: Session, run: ImportRun, now: datetime) -> None:
    """Arrangements made with the import, unless a contract in the register is still of one."""
    made = select(Change.record_id).where(
        Change.act == _act(run), Change.part == "arrangement", Change.action == Action.ADDED
    )
    filled = exists().where(Contract.arrangement_id == Arrangement.id, Contract.withdrawn_at.is_(None))
    empty = select(Arrangement).where(Arrangement.id.in_(made), ~filled, Arrangement.withdrawn_at.is_(None))
    for arrangement in session.scalars(empty.order_by(Arrangement.id)):
        arrangement.withdrawn_at = now
        arrangement.withdrawn_reason = f"The import of {run.filename} was undone"
    session.flush()


def _withdraw_idle_providers(session: Session, run: ImportRun, now: datetime) -> None:
    """Providers made by the import that no contract in the register names any more."""
    made = select(Change.record_id).where(
        Change.act == _act(run), Change.part == "provider", Change.action == Action.ADDED
    )
    named = exists().where(
        ContractProvider.provider_id == Provider.id,
        ContractProvider.contract_id == Contract.id,
        Contract.withdrawn_at.is_(None),
    )
    idle = select(Provider).where(Provider.id.in_(made), ~named, Provider.withdrawn_at.is_(None)).order_by(Provider.id)
    for provider in session.scalars(idle):
        provider.withdrawn_at, provider.withdrawn_reason = now, f"The import of {run.filename} was undone"
    session.flush()
