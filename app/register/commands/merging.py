"""Merging providers that turned out to be one, undoing it, and telling two apart."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.types import Enum as EnumType

from app.core import audit
from app.core.base import Base, Hundredths
from app.core.errors import Refusal
from app.register.commands.services import contracts_to_settle
from app.register.merging import Did, Kept, Parties, Step, called, check_merge, kept, share_together
from app.register.models import (
    Contract,
    ContractProvider,
    Provider,
    ProviderDistinction,
    ProviderKind,
    ProviderMerge,
    ProviderName,
)
from app.register.queries.pointing import Pointing, pointing_at, table_classes
from app.register.settling import settle

#: Facts a kept provider takes over where it has none of its own.
FACTS = ("sme", "vcse", "vcse_type", "council_share", "note")


@dataclass
class Keeping:
    """Does what a merge does, and keeps each step."""

    session: Session
    steps: list[Step] = field(default_factory=list)
    contracts: set[int] = field(default_factory=set)

    def change(self, row: Base, **values: object) -> None:
        old = {name: kept(getattr(row, name)) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        new = {name: kept(value) for name, value in values.items()}
        self.steps.append(Step(Did.CHANGED, row.__tablename__, row.id, old, new))

    def remove(self, row: Base, *, into: int | None = None) -> None:
        columns = inspect(type(row)).column_attrs.keys()
        old = {name: kept(getattr(row, name)) for name in columns if name != "id"}
        self.steps.append(Step(Did.REMOVED, row.__tablename__, row.id, old, into=into))
        self.session.delete(row)

    def add(self, row: Base) -> None:
        self.session.add(row)
        self.session.flush()
        self.steps.append(Step(Did.ADDED, row.__tablename__, row.id))


def merge_providers(
    session: Session, keep: Provider, merged: Provider, *, reason: str, by: str, now: datetime
) -> ProviderMerge:
    """Give everything of one provider to another. The merged one is withdrawn and says where it went."""
    check_merge(
        Parties(keep.id, merged.id, keep.withdrawn_at is not None, merged.withdrawn_at is not None),
    )
    audit.give_reason(session, f"{merged.name} merged into {keep.name}: {reason}")
    keeping = Keeping(session)
    _join_parts(keeping, keep, merged)
    _take_numbers(keeping, keep, merged)
    _take_names(keeping, keep, merged)
    _take_company(keeping, keep, merged)
    _take_family(keeping, keep, merged)
    for pointing in pointing_at(Provider):
        _take_rows(keeping, pointing, keep, merged)
    _take_facts(keeping, keep, merged)
    merged.withdrawn_at, merged.withdrawn_reason, merged.merged_into_id = now, f"Merged into {keep.name}", keep.id
    merge = ProviderMerge(
        kept_id=keep.id, merged_id=merged.id, reason=reason, merged_at=now, merged_by=by,
        steps=[step.written() for step in keeping.steps],
    )  # fmt: skip
    session.add(merge)
    _settle(session, keep, merged, keeping.contracts)
    return merge


def _join_parts(keeping: Keeping, keep: Provider, merged: Provider) -> None:
    """Its part in each contract; where both have one, the two become one."""
    session = keeping.session
    mine = {one.contract_id: one for one in _parts_of(session, keep)}
    for part in _parts_of(session, merged):
        keeping.contracts.add(part.contract_id)
        beside = mine.get(part.contract_id)
        if beside is None:
            keeping.change(part, provider_id=keep.id)
            continue
        keeping.change(beside, share=share_together(beside.share, part.share))
        keeping.remove(part, into=beside.id)


def _parts_of(session: Session, provider: Provider) -> Iterator[ContractProvider]:
    query = select(ContractProvider).where(ContractProvider.provider_id == provider.id)
    yield from session.scalars(query.order_by(ContractProvider.id)).all()


def _take_numbers(keeping: Keeping, keep: Provider, merged: Provider) -> None:
    known = {(one.scheme, one.value): one for one in keep.identifiers}
    has_primary = any(one.is_primary for one in keep.identifiers)
    for number in list(merged.identifiers):
        same = known.get((number.scheme, number.value))
        if same is not None:
            keeping.remove(number, into=same.id)
        else:
            keeping.change(number, provider_id=keep.id, is_primary=number.is_primary and not has_primary)


def _take_names(keeping: Keeping, keep: Provider, merged: Provider) -> None:
    """Its other names, and its own, by which imports go on finding the one that is kept."""
    known = {keep.name_key: keep.id, **{one.name_key: one.id for one in keep.other_names}}
    for name in list(merged.other_names):
        if name.name_key in known:
            keeping.remove(name, into=known[name.name_key])
        else:
            keeping.change(name, provider_id=keep.id)
            known[name.name_key] = name.id
    if merged.name_key not in known:
        keeping.add(ProviderName(provider_id=keep.id, name=merged.name))


def _take_company(keeping: Keeping, keep: Provider, merged: Provider) -> None:
    """What is kept of it as a trading company, where the other has nothing of the kind."""
    if merged.trading_company is not None and keep.trading_company is None:
        keeping.change(merged.trading_company, provider_id=keep.id)


def _take_family(keeping: Keeping, keep: Provider, merged: Provider) -> None:
    """Those below it, those merged into it before, and its own parent."""
    if keep.parent_id == merged.id:
        keeping.change(keep, parent_id=merged.parent_id if merged.parent_id != keep.id else None)
    elif keep.parent_id is None and merged.parent_id not in {None, keep.id}:
        keeping.change(keep, parent_id=merged.parent_id)
    if merged.parent_id is not None:
        keeping.change(merged, parent_id=None)
    for column in ("parent_id", "merged_into_id"):
        below = select(Provider).where(getattr(Provider, column) == merged.id, Provider.id != keep.id)
        for one in keeping.session.scalars(below.order_by(Provider.id)).all():
            keeping.change(one, **{column: keep.id})


def _take_rows(keeping: Keeping, pointing: Pointing, keep: Provider, merged: Provider) -> None:
    """Rows of whatever else points at it; one that would stand twice stays behind."""
    for row in pointing.rows(keeping.session, merged.id):
        if not pointing.stands_already(keeping.session, row, keep.id):
            keeping.change(row, **{pointing.column: keep.id})


def _take_facts(keeping: Keeping, keep: Provider, merged: Provider) -> None:
    taken = {
        name: getattr(merged, name)
        for name in FACTS
        if getattr(keep, name) is None and getattr(merged, name) is not None
    }
    if keep.kind is ProviderKind.NOT_KNOWN and merged.kind is not ProviderKind.NOT_KNOWN:
        taken["kind"] = merged.kind
    if merged.name_masked and not keep.name_masked:
        taken["name_masked"] = True
    if taken:
        keeping.change(keep, **taken)


def _settle(session: Session, keep: Provider, merged: Provider, contract_ids: set[int]) -> None:
    """Contracts hold their providers' names for searching and sorting."""
    session.flush()
    for provider in (keep, merged):
        session.expire(provider, ["identifiers", "other_names", "trading_company", "parent", "merged_into"])
        flag_modified(provider, "name_key")
    for contract in contracts_to_settle(session, Contract.id.in_(contract_ids)):
        session.expire(contract, ["providers"])
        for part in contract.providers:
            session.expire(part, ["provider"])
        settle(contract)
        flag_modified(contract, "title_key")
    session.flush()


# Undoing


def undo_merge(session: Session, merge: ProviderMerge, *, by: str, now: datetime) -> tuple[str, ...]:
    """Put back what the merge moved. Return what was changed since and so stays, in words."""
    _check_undo(merge)
    keep, merged = merge.kept, merge.merged
    audit.give_reason(session, f"The merge of {merged.name} into {keep.name} undone")
    merged.withdrawn_at = merged.withdrawn_reason = merged.merged_into_id = None
    undoing = Undoing(session)
    for step in reversed([Step.read(one) for one in merge.steps]):
        undoing.undo(step)
    merge.undone_at, merge.undone_by = now, by
    _settle(session, keep, merged, undoing.contracts)
    return undoing.left_in_words()


def _check_undo(merge: ProviderMerge) -> None:
    if merge.undone_at is not None:
        raise Refusal(f"This merge was undone by {merge.undone_by} already")
    if merge.merged.merged_into_id != merge.kept_id:
        raise Refusal(
            f"{merge.kept.name} was itself merged into another provider since: undo that merge first"
            if merge.kept.merged_into_id is not None
            else f"{merge.merged.name} is no longer merged into {merge.kept.name}: there is nothing to undo"
        )


class Undoing:
    """Puts steps back, and counts what somebody changed since."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.left: Counter[str] = Counter()
        self.contracts: set[int] = set()

    def undo(self, step: Step) -> None:
        row = self.session.get(table_classes()[step.table], step.row)
        undone = {Did.CHANGED: self._change_back, Did.REMOVED: self._put_back, Did.ADDED: self._take_back}[step.did]
        if not undone(step, row):
            self.left[step.table] += 1
        contract_id = step.old.get("contract_id") if row is None else getattr(row, "contract_id", None)
        if isinstance(contract_id, int):
            self.contracts.add(contract_id)
        self.session.flush()

    def _change_back(self, step: Step, row: Base | None) -> bool:
        if row is None or any(kept(getattr(row, name)) != value for name, value in step.new.items()):
            return False
        for name, value in step.old.items():
            setattr(row, name, _loaded(type(row), name, value))
        return True

    def _put_back(self, step: Step, _row: Base | None) -> bool:
        """A row taken in by another comes back as long as that one is there."""
        table = table_classes()[step.table]
        if step.into is not None and step.table == ContractProvider.__tablename__:
            beside = self.session.get(ContractProvider, step.into)
            if beside is None or beside.contract_id != step.old["contract_id"]:
                return False
        self.session.add(table(**{name: _loaded(table, name, value) for name, value in step.old.items()}))
        return True

    def _take_back(self, _step: Step, row: Base | None) -> bool:
        if row is not None:
            self.session.delete(row)
        return row is not None

    def left_in_words(self) -> tuple[str, ...]:
        return tuple(called(table, number) for table, number in sorted(self.left.items()))


def _loaded(table: type[Base], name: str, value: Kept) -> Any:  # Any: the column's own type
    column = inspect(table).columns[name]
    if value is None:
        return None
    if isinstance(column.type, Hundredths):
        return Decimal(str(value))
    if isinstance(column.type, EnumType) and column.type.enum_class is not None:
        return column.type.enum_class(value)
    return value


# Telling apart


def tell_apart(session: Session, first: Provider, second: Provider, *, by: str, now: datetime) -> None:
    """Remember that two providers are two, so that they are not suggested again."""
    if first.id == second.id:
        raise Refusal("Choose two providers: these are one and the same")
    low, high = sorted((first.id, second.id))
    told = select(ProviderDistinction).where(ProviderDistinction.first_id == low, ProviderDistinction.second_id == high)
    if session.scalars(told).first() is None:
        session.add(ProviderDistinction(first_id=low, second_id=high, told_at=now, told_by=by))


def forget_distinction(session: Session, first_id: int, second_id: int) -> None:
    """Let two providers that were told apart be suggested again; the history keeps who told them apart."""
    low, high = sorted((first_id, second_id))
    told = select(ProviderDistinction).where(ProviderDistinction.first_id == low, ProviderDistinction.second_id == high)
    for one in session.scalars(told):
        session.delete(one)
