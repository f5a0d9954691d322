"""Providers as their pages show them: the list, one provider's record, and what their contracts come to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.core.listing import Page, Sort
from app.core.rights import Reader
from app.core.text import fold
from app.council.models import Directorate
from app.register.models import (
    Arrangement,
    Contract,
    ContractProvider,
    Provider,
    ProviderIdentifier,
    ProviderKind,
    ProviderName,
)
from app.register.queries.remembered import Remembered, stamp_of
from app.register.queries.worth import NOTHING, WorthNow, not_over, sums, worth_of
from app.register.values import ArrangementValuation
from app.register.visibility import amounts_open_to, rows_open_to

BY_NAME = Sort("name")
SORT_NAMES = ("name", "kind", "contracts", "value")
#: Providers named in the picture of the list.
LARGEST = 10


#: Made once: an alias of a wide table costs milliseconds.
WITHIN, FRAMEWORK = aliased(Arrangement), aliased(Contract)
PART, OTHER = aliased(ContractProvider), aliased(ContractProvider)


@dataclass(frozen=True)
class ProvidersAsked:
    """Which providers, and in what order."""

    words: str | None = None
    kind: ProviderKind | None = None
    withdrawn: bool = False
    sort: Sort = BY_NAME


@dataclass(frozen=True)
class ProviderRow:
    """One line of the list of providers."""

    id: int
    name: str
    kind: ProviderKind
    sme: bool | None
    vcse: bool | None
    contracts: int
    ended: int
    worth: WorthNow


def provider_name(session: Session, provider_id: int) -> str | None:
    return session.scalar(select(Provider.name).where(Provider.id == provider_id))


def _matching(asked: ProvidersAsked) -> tuple[ColumnElement[bool], ...]:
    conditions: list[ColumnElement[bool]] = [
        Provider.withdrawn_at.is_not(None) if asked.withdrawn else Provider.withdrawn_at.is_(None)
    ]
    if asked.kind is not None:
        conditions.append(Provider.kind == asked.kind)
    if asked.words:
        conditions.append(_named(asked.words))
    return tuple(conditions)


def _named(words: str) -> ColumnElement[bool]:
    """By a part of its name or another name, or by a whole number of any scheme."""
    other = exists().where(ProviderName.provider_id == Provider.id, _holds(ProviderName.name_key, words))
    numbers = [words.strip().upper(), words.strip().upper().zfill(8)]
    number = exists().where(ProviderIdentifier.provider_id == Provider.id, ProviderIdentifier.value.in_(numbers))
    return or_(_holds(Provider.name_key, words), other, number)


def _holds(column: Any, words: str) -> ColumnElement[bool]:  # Any: a mapped column
    return and_(true(), *(column.contains(word, autoescape=True) for word in fold(words).split()))


def entries(reader: Reader, today: date, only: ColumnElement[bool] | None = None) -> Subquery:
    """One row for each provider of each contract: its share, or the whole where it is alone, or neither."""
    within, beside = WITHIN, OTHER
    alone = ~exists().where(beside.contract_id == Contract.id, beside.id != ContractProvider.id)
    repeated = func.coalesce(within.valuation == ArrangementValuation.REPEATED, False)
    whole = and_(alone, ~repeated)
    share = ContractProvider.share
    return (
        select(
            ContractProvider.provider_id,
            Contract.directorate_id,
            case((share.is_not(None), share), (whole, Contract.current_low)).label("low"),
            case((share.is_not(None), share), (whole, Contract.current_high)).label("high"),
            case((and_(share.is_(None), whole), Contract.annual_low)).label("year_low"),
            case((and_(share.is_(None), whole), Contract.annual_high)).label("year_high"),
            case((amounts_open_to(reader), 1), else_=0).label("is_open"),
            case((not_over(today), 1), else_=0).label("is_current"),
            case((and_(amounts_open_to(reader), share.is_(None), ~whole), 1), else_=0).label("is_shared"),
            case((_in_its_framework(), 1), else_=0).label("is_covered"),
        )
        .join(Contract, Contract.id == ContractProvider.contract_id)
        .outerjoin(within, and_(within.id == Contract.arrangement_id, within.withdrawn_at.is_(None)))
        .where(rows_open_to(reader, today), true() if only is None else only)
        .subquery("entries")
    )


def _in_its_framework() -> ColumnElement[bool]:
    """A call-off whose framework, valued and counted for the same provider, holds its value already."""
    framework, part, other = FRAMEWORK, PART, OTHER
    shared = exists().where(other.contract_id == part.contract_id, other.id != part.id).correlate(part)
    return (
        exists()
        .where(
            framework.id == Contract.parent_id,
            framework.id != Contract.id,
            framework.arrangement_id == Contract.arrangement_id,
            func.coalesce(framework.current_high, framework.annual_high).is_not(None),
            part.contract_id == framework.id,
            part.provider_id == ContractProvider.provider_id,
            or_(part.share.is_not(None), ~shared),
        )
        .correlate(Contract, ContractProvider)
    )


def _worths(session: Session, rows: Subquery, by: ColumnElement[Any]) -> dict[int, WorthNow]:
    """The worth of each group. A call-off within a framework that has a value of its own is not added again."""
    query = (
        select(by, rows.c.is_current, func.sum(rows.c.is_shared), *sums(rows))
        .where(rows.c.is_covered == 0)
        .group_by(by, rows.c.is_current)
    )
    found: dict[int, WorthNow] = {}
    for key, is_current, shared, *figures in session.execute(query):
        before, worth = found.get(key, NOTHING), replace(worth_of(figures), shared=shared or 0)
        found[key] = WorthNow(worth, before.ended) if is_current else WorthNow(before.current, worth)
    return found


def providers_page(
    session: Session, asked: ProvidersAsked, reader: Reader, today: date, *, number: int = 1, size: int = 25
) -> Page[ProviderRow]:
    """One page of the list; kept until a commit."""
    which = (asked, reader.exempt_units, today, number, size)
    return _pages.get(stamp_of(session), which, lambda: _page(session, asked, reader, today, number, size))


_pages: Remembered[Page[ProviderRow]] = Remembered(100)


def _page(
    session: Session, asked: ProvidersAsked, reader: Reader, today: date, number: int, size: int
) -> Page[ProviderRow]:
    total = session.scalar(select(func.count()).select_from(Provider).where(*_matching(asked))) or 0
    found = session.scalars(_providers(asked, reader, today).offset((number - 1) * size).limit(size))
    return Page(provider_rows(session, list(found), reader, today), total, number, size)


def all_providers(session: Session, asked: ProvidersAsked, reader: Reader, today: date) -> list[ProviderRow]:
    """The whole list, for a file."""
    return provider_rows(
        session, list(session.scalars(_providers(asked, reader, today))), reader, today, all_of_them=True
    )


def _providers(asked: ProvidersAsked, reader: Reader, today: date) -> Select[Provider]:
    query, last = select(Provider).where(*_matching(asked)), (Provider.name_key, Provider.id)
    sort = asked.sort
    if sort.column in {"name", "kind"}:
        column: Any = Provider.kind if sort.column == "kind" else Provider.name_key
        return query.order_by(column.desc() if sort.descending else column, *last)
    figures = _figures(reader, today)
    ordering = figures.c.contracts if sort.column == "contracts" else figures.c.high
    ended = figures.c.ended if sort.column == "contracts" else figures.c.ended_high
    columns = (
        [ordering.is_(None), ordering.desc(), ended.desc()]
        if sort.descending
        else [ordering.is_(None), ordering, ended]
    )
    return query.outerjoin(figures, figures.c.provider_id == Provider.id).order_by(*columns, *last)


def _figures(reader: Reader, today: date) -> Subquery:
    """For sorting: what each provider's contracts come to, and how many they are."""
    rows = entries(reader, today)
    added = and_(rows.c.is_open == 1, rows.c.is_covered == 0)
    return (
        select(
            rows.c.provider_id,
            func.sum(rows.c.is_current).label("contracts"),
            func.count().label("ended"),
            func.sum(case((and_(added, rows.c.is_current == 1), rows.c.high))).label("high"),
            func.coalesce(func.sum(case((added, rows.c.high))), 0).label("ended_high"),
        )
        .group_by(rows.c.provider_id)
        .subquery("figures")
    )


def provider_rows(
    session: Session, providers: Sequence[Provider], reader: Reader, today: date, *, all_of_them: bool = False
) -> list[ProviderRow]:
    ids = [provider.id for provider in providers]
    rows = entries(reader, today, None if all_of_them else ContractProvider.provider_id.in_(ids))
    worths = _worths(session, rows, rows.c.provider_id)
    counts = _counts(session, rows)
    return [_row(one, counts.get(one.id, (0, 0)), worths.get(one.id, NOTHING)) for one in providers]


def _row(provider: Provider, counts: tuple[int, int], worth: WorthNow) -> ProviderRow:
    return ProviderRow(
        provider.id, provider.name, provider.kind, provider.sme, provider.vcse, counts[0], counts[1], worth
    )


def _counts(session: Session, rows: Subquery) -> dict[int, tuple[int, int]]:
    """By provider: contracts running or to come, and contracts that have ended."""
    current = func.sum(rows.c.is_current)
    query = select(rows.c.provider_id, current, func.count() - current).group_by(rows.c.provider_id)
    return {provider_id: (int(running), int(ended)) for provider_id, running, ended in session.execute(query)}


def kinds_counted(session: Session, asked: ProvidersAsked) -> list[tuple[ProviderKind, int]]:
    """How many of each kind match, in the order of the kinds."""
    query = select(Provider.kind, func.count()).where(*_matching(asked)).group_by(Provider.kind)
    numbers = dict(session.execute(query).all())
    return [(kind, numbers[kind]) for kind in ProviderKind if kind in numbers]


_largest: Remembered[list[ProviderRow]] = Remembered(20)


def largest_providers(session: Session, reader: Reader, today: date) -> list[ProviderRow]:
    """Those whose contracts, running or to come, are worth most; kept until a commit."""
    return _largest.get(stamp_of(session), (reader.exempt_units, today), lambda: _largest_now(session, reader, today))


def _largest_now(session: Session, reader: Reader, today: date) -> list[ProviderRow]:
    asked = ProvidersAsked(sort=Sort("value", descending=True))
    found = session.scalars(_providers(asked, reader, today).limit(LARGEST))
    rows = provider_rows(session, list(found), reader, today)
    return [row for row in rows if row.worth.current.high]


def provider(session: Session, provider_id: int) -> Provider:
    """One provider with its numbers and names; NoResultFound where there is none."""
    return session.scalars(
        select(Provider)
        .where(Provider.id == provider_id)
        .options(
            selectinload(Provider.identifiers),
            selectinload(Provider.other_names),
            selectinload(Provider.trading_company),
            joinedload(Provider.parent),
            joinedload(Provider.merged_into),
        )
    ).one()


@dataclass(frozen=True)
class ProviderMoney:
    """Where one provider's money goes."""

    worth: WorthNow
    #: By directorate, in the structure's order.
    directorates: tuple[tuple[Directorate, WorthNow], ...]


def worth_together(session: Session, provider_ids: Sequence[int], reader: Reader, today: date) -> WorthNow:
    """What the contracts of several providers come to; one they share with each other adds what each has of it."""
    rows = entries(reader, today, ContractProvider.provider_id.in_(provider_ids))
    total = NOTHING
    for worth in _worths(session, rows, rows.c.provider_id).values():
        total = WorthNow(total.current + worth.current, total.ended + worth.ended)
    return total


def provider_money(session: Session, provider_id: int, reader: Reader, today: date) -> ProviderMoney:
    rows = entries(reader, today, ContractProvider.provider_id == provider_id)
    by_directorate = _worths(session, rows, rows.c.directorate_id)
    total = NOTHING
    for worth in by_directorate.values():
        total = WorthNow(total.current + worth.current, total.ended + worth.ended)
    order = (Directorate.position, Directorate.name_key, Directorate.id)
    found = session.scalars(select(Directorate).where(Directorate.id.in_(by_directorate)).order_by(*order))
    return ProviderMoney(total, tuple((one, by_directorate[one.id]) for one in found))


def same_number_elsewhere(session: Session, scheme: str, value: str, *, but: int | None) -> Provider | None:
    """Another provider, not withdrawn, that has this number already."""
    query = (
        select(Provider)
        .join(ProviderIdentifier, ProviderIdentifier.provider_id == Provider.id)
        .where(ProviderIdentifier.scheme == scheme, ProviderIdentifier.value == value, Provider.withdrawn_at.is_(None))
        .order_by(Provider.id)
    )
    return next((one for one in session.scalars(query) if one.id != but), None)
