"""The list of contracts: its heading, its order, its pages. One page costs the same at ten thousand as at a million."""

from array import array
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.listing import ROWS_ON_A_PAGE, Page
from app.core.money import pounds_short
from app.core.rights import Reader, Units
from app.council.models import Directorate
from app.register.models import Contract, ContractForm, ContractProvider, Provider
from app.register.queries.headings import Heading, heading
from app.register.queries.narrowing import Wanted, conditions
from app.register.queries.remembered import Remembered, stamp_of
from app.register.search import best_first
from app.register.status import Standing, Status, status_on
from app.register.values import Amount, Per, amount_between
from app.register.visibility import amounts_open_to

#: Past so many hits a search is in the order of titles: nobody reads that far for the closest.
MOST_RANKED = 1_000
#: So far into a list the database counts off rows; beyond, the order of the whole is kept until the next commit.
NEAR = 500
RELEVANCE = "relevance"

#: What a list can be in the order of. Each has its index.
SORTS: Mapping[str, InstrumentedAttribute[Any]] = {  # Any: columns of every type
    "title": Contract.title_key,
    "reference": Contract.reference_key,
    "provider": Contract.provider_key,
    "starts_on": Contract.starts_on,
    "ends_on": Contract.current_end_on,
    "value": Contract.current_high,
}


@dataclass(frozen=True)
class Listed:
    """One row of the list, with nothing in it that this reader may not see."""

    id: int
    title: str
    reference: str | None
    form: ContractForm
    status: Status
    directorate: str
    providers: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None
    #: The current whole-life value, else the annual; None where neither is known.
    value: Amount | None
    withheld: bool

    @property
    def value_words(self) -> str:
        """As a table says it: "£1.2m to £1.8m", "£72,500 a year"."""
        if self.value is None:
            return ""
        ends = dict.fromkeys((pounds_short(self.value.low), pounds_short(self.value.high)))
        return f"{' to '.join(ends)}{' a year' if self.value.per is Per.YEAR else ''}"


@dataclass(frozen=True)
class ContractsPage:
    heading: Heading
    page: Page[Listed]


_headings: Remembered[Heading] = Remembered(500)
_known_counts: Remembered[int] = Remembered(500)
_orders: Remembered["array[int]"] = Remembered(8)
_pages: Remembered[list[int]] = Remembered(2_000)


def contracts_page(session: Session, wanted: Wanted, reader: Reader, today: date, number: int) -> ContractsPage:
    """One page of the list, with its heading over all of it."""
    asked = _Asked(session, wanted, reader, today, stamp_of(session))
    ids = _pages.get(asked.stamp, (wanted, number, asked.seen_by), lambda: _ids_of_page(asked, number))
    return ContractsPage(asked.heading, Page(listed(session, ids, reader, today), asked.heading.contracts, number))


def heading_of(session: Session, wanted: Wanted, reader: Reader, today: date) -> Heading:
    """The heading alone: a count on another page is the same as the list's that it opens."""
    return _Asked(session, wanted, reader, today, stamp_of(session)).heading


# The order


@dataclass
class _Asked:
    """One list, asked for a page. What is remembered is not even put into words again: that takes the longest."""

    session: Session
    wanted: Wanted
    reader: Reader
    today: date
    stamp: Hashable

    @property
    def seen_by(self) -> Hashable:
        """All that the answer depends on beside what is wanted."""
        return self.today, self.reader.exempt_units

    @cached_property
    def where(self) -> Sequence[ColumnElement[bool]]:
        return conditions(self.session, self.wanted, self.reader, self.today)

    @cached_property
    def heading(self) -> Heading:
        key = (self.wanted.unsorted, self.seen_by)
        return _headings.get(self.stamp, key, lambda: heading(self.session, self.where, self.reader, self.today))

    @property
    def total(self) -> int:
        return self.heading.contracts

    @property
    def by_relevance(self) -> bool:
        return self.wanted.sort.column == RELEVANCE and bool(self.wanted.q) and self.total <= MOST_RANKED

    @property
    def column(self) -> InstrumentedAttribute[Any]:
        return SORTS.get(self.wanted.sort.column, Contract.title_key)

    @property
    def known(self) -> ColumnElement[bool]:
        """Rows that have what the list is in the order of, as far as this reader may know; the others come last."""
        if self.column is Contract.current_high:
            return and_(Contract.current_high.is_not(None), amounts_open_to(self.reader))
        return self.column.is_not(None) if self.column is not Contract.title_key else true()

    def first(self) -> Select[int]:
        ways = (self.column, Contract.id)
        return (
            select(Contract.id)
            .where(*self.where, self.known)
            .order_by(*(way.desc() if self.wanted.sort.descending else way.asc() for way in ways))
        )

    def last(self) -> Select[int]:
        """Those without it, by id."""
        unknown = false() if self.column is Contract.title_key else ~self.known
        return select(Contract.id).where(*self.where, unknown).order_by(Contract.id)


def _ids_of_page(asked: _Asked, number: int) -> list[int]:
    offset = (number - 1) * ROWS_ON_A_PAGE
    if offset >= asked.total:
        return []
    if offset > NEAR or asked.by_relevance:
        order = _orders.get(asked.stamp, (asked.wanted, asked.seen_by), lambda: array("q", _whole_order(asked)))
        return list(order[offset : offset + ROWS_ON_A_PAGE])
    return _near(asked, offset)


def _near(asked: _Asked, offset: int) -> list[int]:
    found = list(asked.session.scalars(asked.first().limit(ROWS_ON_A_PAGE).offset(offset)))
    short = min(ROWS_ON_A_PAGE, asked.total - offset) - len(found)
    if short <= 0:
        return found
    before = max(offset - _how_many_known(asked), 0)
    return [*found, *asked.session.scalars(asked.last().limit(short).offset(before))]


def _how_many_known(asked: _Asked) -> int:
    key = (asked.wanted.unsorted, asked.column.key, asked.seen_by)
    count = select(func.count()).select_from(Contract).where(*asked.where, asked.known)
    return _known_counts.get(asked.stamp, key, lambda: asked.session.scalar(count) or 0)


def _whole_order(asked: _Asked) -> Iterable[int]:
    if asked.by_relevance and asked.wanted.q:
        ranked = select(Contract.id).where(*asked.where)
        return list(asked.session.scalars(best_first(asked.session, ranked, asked.wanted.q)))
    return [*asked.session.scalars(asked.first()), *asked.session.scalars(asked.last())]


def in_order(session: Session, wanted: Wanted, reader: Reader, today: date) -> list[int]:
    """Every id of the list, as its pages have them: for a download."""
    return list(_whole_order(_Asked(session, wanted, reader, today, stamp_of(session))))


# The rows


_ROW = (
    Contract.id,
    Contract.title,
    Contract.reference,
    Contract.form,
    Contract.stage,
    Contract.withdrawn_at,
    Contract.starts_on,
    Contract.current_end_on,
    Contract.ended_early_on,
    Contract.current_low,
    Contract.current_high,
    Contract.annual_low,
    Contract.annual_high,
    Contract.certainty,
    Contract.exempt,
    Contract.directorate_id,
    Contract.division_id,
    Directorate.name.label("directorate"),
)


@cache
def _listed_rows() -> Select[*tuple[Any, ...]]:
    """Put into words once: on a page of 25 rows that takes longer than reading them."""
    return select(*_ROW).join(Contract.directorate).where(Contract.id.in_(bindparam("ids", expanding=True)))


@cache
def _provider_names() -> Select[int, str]:
    return (
        select(ContractProvider.contract_id, Provider.name)
        .join(ContractProvider.provider)
        .where(ContractProvider.contract_id.in_(bindparam("ids", expanding=True)))
        .order_by(ContractProvider.contract_id, ContractProvider.position, ContractProvider.id)
    )


def listed(session: Session, ids: Sequence[int], reader: Reader, today: date) -> list[Listed]:
    """The rows of these contracts, in the order given. Two statements, however many there are."""
    if not ids:
        return []
    rows = session.execute(_listed_rows(), {"ids": ids})
    providers = providers_of(session, ids)
    units = reader.exempt_units
    by_id = {row.id: _listed(row, tuple(providers.get(row.id, ())), units, today) for row in rows}
    return [by_id[contract_id] for contract_id in ids if contract_id in by_id]


def providers_of(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    """Names of each contract's providers, in their order."""
    names: dict[int, list[str]] = {}
    for contract_id, name in session.execute(_provider_names(), {"ids": ids}):
        names.setdefault(contract_id, []).append(name)
    return names


def _listed(row: Any, providers: tuple[str, ...], units: Units, today: date) -> Listed:
    standing = Standing(row.stage, row.starts_on, row.current_end_on, withdrawn=row.withdrawn_at is not None)
    withheld = row.exempt and not units.include(row.directorate_id, row.division_id)
    whole = amount_between(row.current_low, row.current_high, certainty=row.certainty)
    annual = amount_between(row.annual_low, row.annual_high, Per.YEAR, certainty=row.certainty)
    return Listed(
        id=row.id,
        title=row.title,
        reference=row.reference,
        form=row.form,
        status=status_on(standing, today),
        directorate=row.directorate,
        providers=providers,
        starts_on=row.starts_on,
        ends_on=row.ended_early_on or row.current_end_on,
        value=None if withheld else whole or annual,
        withheld=withheld,
    )
