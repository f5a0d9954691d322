"""Arrangements as their pages show them, and the contracts that look like one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, load_only, selectinload

from app.core.listing import Page, Sort
from app.core.rights import Reader
from app.core.text import fold
from app.council.models import Directorate
from app.register.arranging import Candidate, Suggestion, suggestions
from app.register.models import (
    Arrangement,
    ArrangementDismissal,
    ArrangementKind,
    Category,
    Contract,
    ContractProvider,
)
from app.register.queries.lines import NEEDED
from app.register.queries.remembered import Remembered, stamp_of
from app.register.values import ArrangementValuation
from app.register.visibility import amounts_open_to, arrangements_open_to, rows_open_to
from app.register.worth import Worth

BY_TITLE = Sort("title")
SORT_NAMES = ("title", "kind", "directorate", "contracts")


@dataclass(frozen=True)
class ArrangementsAsked:
    """Which arrangements, and in what order."""

    words: str | None = None
    directorate_id: int | None = None
    kind: ArrangementKind | None = None
    withdrawn: bool = False
    sort: Sort = BY_TITLE


@dataclass(frozen=True)
class ArrangementRow:
    """One line of the list of arrangements."""

    id: int
    title: str
    reference: str
    kind: ArrangementKind
    directorate: str
    contracts: int
    providers: int
    valuation: ArrangementValuation
    worth: Worth


def _matching(asked: ArrangementsAsked, reader: Reader, today: date) -> tuple[ColumnElement[bool], ...]:
    gone = Arrangement.withdrawn_at
    conditions: list[ColumnElement[bool]] = [
        gone.is_not(None) if asked.withdrawn else gone.is_(None),
        arrangements_open_to(reader, today),
    ]
    if asked.directorate_id is not None:
        conditions.append(Arrangement.directorate_id == asked.directorate_id)
    if asked.kind is not None:
        conditions.append(Arrangement.kind == asked.kind)
    conditions += [Arrangement.title_key.contains(word, autoescape=True) for word in fold(asked.words or "").split()]
    return tuple(conditions)


def _arrangements(asked: ArrangementsAsked, reader: Reader, today: date) -> Select[Arrangement]:
    size = (
        select(func.count())
        .where(Contract.arrangement_id == Arrangement.id, rows_open_to(reader, today))
        .correlate(Arrangement)
        .scalar_subquery()
    )
    columns: Mapping[str, Any] = {
        "kind": Arrangement.kind,
        "directorate": Directorate.position,
        "contracts": size,
        "title": Arrangement.title_key,
    }
    column = columns[asked.sort.column]
    return (
        select(Arrangement)
        .join(Arrangement.directorate)
        .options(contains_eager(Arrangement.directorate))
        .where(*_matching(asked, reader, today))
        .order_by(column.desc() if asked.sort.descending else column, Arrangement.title_key, Arrangement.id)
    )


def arrangements_page(
    session: Session, asked: ArrangementsAsked, reader: Reader, today: date, *, number: int = 1, size: int = 25
) -> Page[ArrangementRow]:
    """One page of the list."""
    total = session.scalar(select(func.count()).select_from(Arrangement).where(*_matching(asked, reader, today))) or 0
    found = list(session.scalars(_arrangements(asked, reader, today).offset((number - 1) * size).limit(size)))
    return Page(_rows(session, found, reader, today), total, number, size)


def all_arrangements(session: Session, asked: ArrangementsAsked, reader: Reader, today: date) -> list[ArrangementRow]:
    """The whole list, for a file."""
    return _rows(session, list(session.scalars(_arrangements(asked, reader, today))), reader, today)


@dataclass(frozen=True)
class MemberSeen:
    """A contract within an arrangement, as far as its value matters to one reader."""

    id: int
    parent_id: int | None
    low: Decimal | None
    high: Decimal | None
    year_low: Decimal | None
    year_high: Decimal | None
    is_open: bool

    @property
    def is_valued(self) -> bool:
        return self.high is not None or self.year_high is not None

    @property
    def worth(self) -> Worth:
        return worth_of(self.low, self.high, self.year_low, self.year_high) if self.is_open else Worth(1, withheld=1)


def worth_of(low: Decimal | None, high: Decimal | None, year_low: Decimal | None, year_high: Decimal | None) -> Worth:
    """One thing that counts: by its whole life where that is known, else by the year."""
    if low is not None and high is not None:
        return Worth(1, low, high, 1)
    if year_low is not None and year_high is not None:
        return Worth(1, year_low=year_low, year_high=year_high, by_year=1)
    return Worth(1)


def arrangement_worth(arrangement: Arrangement, members: Sequence[MemberSeen]) -> Worth:
    """An arrangement valued once; a value of the whole is withheld where any of its contracts is exempt."""
    if arrangement.valuation is ArrangementValuation.ADDED:
        valued = {one.id for one in members if one.is_valued}
        counted = [one for one in members if one.parent_id not in valued or one.parent_id == one.id]
        return sum((one.worth for one in counted), Worth())
    if any(not one.is_open for one in members):
        return Worth(1, withheld=1)
    if arrangement.valuation is ArrangementValuation.REPEATED:
        return _largest(one.worth for one in members)
    yearly = arrangement.annual_value
    return worth_of(arrangement.value_low, arrangement.value_high, yearly, yearly)


def _largest(worths: Iterable[Worth]) -> Worth:
    return max(worths, key=lambda one: (one.high, one.year_high), default=Worth(1))


def members_seen(
    session: Session, arrangement_ids: Collection[int], reader: Reader, today: date
) -> defaultdict[int, list[MemberSeen]]:
    """The contracts of each arrangement the reader may know of."""
    query = (
        select(Contract, amounts_open_to(reader))
        .where(Contract.arrangement_id.in_(arrangement_ids), rows_open_to(reader, today))
        .options(load_only(*SEEN))
        .order_by(Contract.id)
    )
    found: defaultdict[int, list[MemberSeen]] = defaultdict(list)
    for contract, is_open in session.execute(query):
        if contract.arrangement_id is not None:
            found[contract.arrangement_id].append(_seen(contract, is_open=bool(is_open)))
    return found


SEEN = (
    Contract.arrangement_id,
    Contract.parent_id,
    Contract.current_low,
    Contract.current_high,
    Contract.annual_low,
    Contract.annual_high,
)


def _seen(contract: Contract, *, is_open: bool) -> MemberSeen:
    return MemberSeen(
        contract.id,
        contract.parent_id,
        contract.current_low,
        contract.current_high,
        contract.annual_low,
        contract.annual_high,
        is_open,
    )


def _rows(session: Session, arrangements: Sequence[Arrangement], reader: Reader, today: date) -> list[ArrangementRow]:
    ids = [one.id for one in arrangements]
    members, providers = members_seen(session, ids, reader, today), _providers_counted(session, ids, reader, today)
    return [
        ArrangementRow(
            id=one.id,
            title=one.title,
            reference=one.reference or "",
            kind=one.kind,
            directorate=one.directorate.name,
            contracts=len(members[one.id]),
            providers=providers.get(one.id, 0),
            valuation=one.valuation,
            worth=arrangement_worth(one, members[one.id]),
        )
        for one in arrangements
    ]


def _providers_counted(session: Session, ids: Collection[int], reader: Reader, today: date) -> dict[int, int]:
    query = (
        select(Contract.arrangement_id, func.count(ContractProvider.provider_id.distinct()))
        .join(ContractProvider, ContractProvider.contract_id == Contract.id)
        .where(Contract.arrangement_id.in_(ids), rows_open_to(reader, today))
        .group_by(Contract.arrangement_id)
    )
    return {number: counted for number, counted in session.execute(query) if number is not None}


def arrangement(session: Session, arrangement_id: int, reader: Reader, today: date) -> Arrangement:
    """One arrangement; NoResultFound where this reader may see none."""
    return session.scalars(
        select(Arrangement)
        .where(Arrangement.id == arrangement_id, arrangements_open_to(reader, today))
        .options(
            joinedload(Arrangement.directorate), joinedload(Arrangement.division), joinedload(Arrangement.lead_service)
        )
    ).one()


def contracts_of_arrangement(session: Session, arrangement_id: int, reader: Reader, today: date) -> list[Contract]:
    """Its contracts, a framework first, with all that testing it as a whole reads."""
    return list(
        session.scalars(
            select(Contract)
            .where(Contract.arrangement_id == arrangement_id, rows_open_to(reader, today))
            .options(
                selectinload(Contract.providers).joinedload(ContractProvider.provider),
                selectinload(Contract.options),
                selectinload(Contract.events),
                joinedload(Contract.lead_service),
                joinedload(Contract.arrangement),
            )
            .order_by(Contract.parent_id.is_not(None), Contract.title_key, Contract.id)
        )
    )


def contracts_to_join(
    session: Session, directorate_id: int, words: str | None, reader: Reader, today: date, *, most: int = 100
) -> list[Contract]:
    """Contracts of the directorate in no arrangement, by words: what a person may put into one."""
    matching = [Contract.search_text.contains(word, autoescape=True) for word in fold(words or "").split()]
    query = (
        select(Contract)
        .where(
            Contract.directorate_id == directorate_id,
            Contract.arrangement_id.is_(None),
            rows_open_to(reader, today),
            *matching,
        )
        .options(*NEEDED)
        .order_by(Contract.title_key, Contract.id)
        .limit(most)
    )
    return list(session.scalars(query))


def contracts_by_id(session: Session, contract_ids: Collection[int]) -> list[Contract]:
    query = select(Contract).where(Contract.id.in_(contract_ids)).options(*NEEDED)
    return list(session.scalars(query.order_by(Contract.title_key, Contract.id)))


# Suggestions


_suggested: Remembered[list[Suggestion]] = Remembered(20)


def suggested(session: Session, reader: Reader, today: date) -> list[Suggestion]:
    """Contracts that look like one arrangement, without those a person has dismissed; kept until a commit."""
    return _suggested.get(
        stamp_of(session), (reader.exempt_units, today), lambda: _suggested_now(session, reader, today)
    )


def _suggested_now(session: Session, reader: Reader, today: date) -> list[Suggestion]:
    dismissed = _dismissed(session)
    return [
        one
        for one in suggestions(_candidates(session, reader, today))
        if len(one.contract_ids) > dismissed.get(one.key, 0)
    ]


def _dismissed(session: Session) -> dict[str, int]:
    return dict(session.execute(select(ArrangementDismissal.key, ArrangementDismissal.contracts)).all())


def _candidates(session: Session, reader: Reader, today: date) -> list[Candidate]:
    query = (
        select(
            Contract.id, Contract.title, Contract.directorate_id, Contract.reference, Contract.parent_id, Category.name
        )
        .outerjoin(Category, Category.id == Contract.category_id)
        .where(Contract.arrangement_id.is_(None), rows_open_to(reader, today))
        .order_by(Contract.id)
    )
    return [Candidate(*row) for row in session.execute(query)]


@dataclass(frozen=True)
class SuggestionShown:
    """A suggestion as a page says it."""

    suggestion: Suggestion
    directorate: str
    #: The first few titles.
    titles: tuple[str, ...]


TITLES_SHOWN = 5


def suggestions_shown(session: Session, found: Sequence[Suggestion]) -> list[SuggestionShown]:
    """These suggestions with their directorate and a few titles that differ."""
    every = [number for one in found for number in one.contract_ids]
    titles = dict(session.execute(select(Contract.id, Contract.title).where(Contract.id.in_(every))).all())
    names = dict(session.execute(select(Directorate.id, Directorate.name)).all())
    return [
        SuggestionShown(
            one,
            names[one.directorate_id],
            tuple(dict.fromkeys(titles[number] for number in one.contract_ids))[:TITLES_SHOWN],
        )
        for one in found
    ]


def suggestion_by_key(session: Session, key: str, reader: Reader, today: date) -> Suggestion | None:
    return next((one for one in suggested(session, reader, today) if one.key == key), None)
