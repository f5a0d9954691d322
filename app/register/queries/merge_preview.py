"""What merging two providers would do, said before it is done, and the merges that were."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.core.dates import day
from app.core.money import pounds
from app.core.rights import Reader
from app.register.identifiers import Scheme
from app.register.merging import called, share_together
from app.register.models import (
    Contract,
    ContractProvider,
    Provider,
    ProviderDistinction,
    ProviderKind,
    ProviderMerge,
)
from app.register.queries.duplicates import scheme_in_words
from app.register.queries.pointing import pointing_at
from app.register.queries.worth import not_over
from app.register.visibility import may_see_amounts, rows_open_to

BESIDE = aliased(ContractProvider)
#: An organisation has one of each of these, so that two different ones ask whether it is one organisation.
ONE_EACH = (
    Scheme.COMPANY,
    Scheme.CHARITY,
    Scheme.SCOTTISH_CHARITY,
    Scheme.NORTHERN_IRISH_CHARITY,
    Scheme.MUTUAL,
    Scheme.COUNCIL,
    Scheme.LEARNING_PROVIDER,
    Scheme.PPON,
)


@dataclass(frozen=True)
class MergePreview:
    """What would move, and what a person should look at first."""

    moves: tuple[str, ...]
    conflicts: tuple[str, ...]


def merge_preview(session: Session, keep: Provider, merged: Provider, reader: Reader, today: date) -> MergePreview:
    return MergePreview(
        moves=tuple(_moves(session, merged, reader, today)),
        conflicts=(
            *_told_apart(session, keep, merged),
            *_numbers(keep, merged),
            *_same_contracts(session, keep, merged, reader, today),
            *_facts(keep, merged),
        ),
    )


def _moves(session: Session, merged: Provider, reader: Reader, today: date) -> Iterator[str]:
    current, ended = _contracts(session, merged, reader, today)
    if current:
        yield f"{called('contract_provider', current)} running or to come"
    if ended:
        yield f"{called('contract_provider', ended)} that {'has' if ended == 1 else 'have'} ended"
    if merged.identifiers:
        yield called("provider_identifier", len(merged.identifiers))
    yield f"its name, {merged.name}, as another name" + (
        f", and {called('provider_name', len(merged.other_names))} more" if merged.other_names else ""
    )
    if merged.trading_company is not None:
        yield "what is recorded of it as a trading company"
    children = session.scalar(select(func.count()).select_from(Provider).where(Provider.parent_id == merged.id)) or 0
    if children:
        yield f"{children:,} {'provider' if children == 1 else 'providers'} of its group"
    for pointing in pointing_at(Provider):
        rows = len(pointing.rows(session, merged.id))
        if rows:
            yield called(pointing.table.__tablename__, rows)


def _contracts(session: Session, merged: Provider, reader: Reader, today: date) -> tuple[int, int]:
    current = not_over(today)
    query = (
        select(func.count().filter(current), func.count().filter(~current))
        .select_from(Contract)
        .join(ContractProvider, ContractProvider.contract_id == Contract.id)
        .where(ContractProvider.provider_id == merged.id, rows_open_to(reader, today))
    )
    running, ended = session.execute(query).one()
    return int(running), int(ended)


def _told_apart(session: Session, keep: Provider, merged: Provider) -> Iterator[str]:
    low, high = sorted((keep.id, merged.id))
    told = session.scalars(
        select(ProviderDistinction).where(ProviderDistinction.first_id == low, ProviderDistinction.second_id == high)
    ).first()
    if told is not None:
        yield f"{told.told_by} looked at these two on {day(told.told_at.date())} and found that they are not the same"


def _numbers(keep: Provider, merged: Provider) -> Iterator[str]:
    for scheme in ONE_EACH:
        mine = [one.value for one in keep.identifiers if one.scheme == scheme]
        theirs = [one.value for one in merged.identifiers if one.scheme == scheme]
        if mine and theirs and set(mine) != set(theirs):
            yield (
                f"Each has a different {scheme_in_words(scheme)}, {', '.join(mine)} and {', '.join(theirs)}: are they "
                "one organisation? Both numbers will be kept"
            )


def _same_contracts(session: Session, keep: Provider, merged: Provider, reader: Reader, today: date) -> Iterator[str]:
    """Contracts of both, where two entries become one."""
    query: Any = (  # Any: two records in a row
        select(ContractProvider, BESIDE)
        .join(BESIDE, BESIDE.contract_id == ContractProvider.contract_id)
        .join(Contract, Contract.id == ContractProvider.contract_id)
        .where(ContractProvider.provider_id == keep.id, BESIDE.provider_id == merged.id, rows_open_to(reader, today))
        .options(joinedload(ContractProvider.contract))
        .order_by(Contract.title_key, Contract.id)
    )
    for mine, theirs in session.execute(query):
        yield f"Both are providers of {mine.contract.title}: they become one{_shares(mine, theirs, reader)}"


def _shares(mine: ContractProvider, theirs: ContractProvider, reader: Reader) -> str:
    if mine.share is None and theirs.share is None:
        return ""
    together = share_together(mine.share, theirs.share)
    if together is None:
        return ", and as only one share is recorded, the share together is not known"
    return f", with a share of {pounds(together)}" if may_see_amounts(reader, mine.contract) else ", their shares added"


def _facts(keep: Provider, merged: Provider) -> Iterator[str]:
    if ProviderKind.NOT_KNOWN not in {keep.kind, merged.kind} and keep.kind is not merged.kind:
        yield f"One is recorded as a {keep.kind}, the other as a {merged.kind}: {keep.name} stays a {keep.kind}"
    if keep.council_share is not None and merged.council_share not in {None, keep.council_share}:
        yield f"The share the council owns differs: {keep.council_share:f} per cent stays"
    if keep.trading_company is not None and merged.trading_company is not None:
        yield f"Both are recorded as trading companies: what is recorded of {keep.name} stays"
    if keep.parent_id == merged.id or merged.parent_id == keep.id:
        yield "One is the parent of the other: a group's members are not the same organisation"


def merge(session: Session, merge_id: int) -> ProviderMerge:
    """One merge with its two providers; NoResultFound where there is none."""
    return session.scalars(
        select(ProviderMerge)
        .where(ProviderMerge.id == merge_id)
        .options(joinedload(ProviderMerge.kept), joinedload(ProviderMerge.merged))
    ).one()


def merges_of(session: Session, provider_id: int) -> list[ProviderMerge]:
    """Merges the provider had a part in and that stand, latest first."""
    mine = or_(ProviderMerge.kept_id == provider_id, ProviderMerge.merged_id == provider_id)
    query = select(ProviderMerge).where(mine, ProviderMerge.undone_at.is_(None))
    both = (joinedload(ProviderMerge.kept), joinedload(ProviderMerge.merged))
    return list(session.scalars(query.options(*both).order_by(ProviderMerge.id.desc())))
