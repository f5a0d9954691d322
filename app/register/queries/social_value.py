"""Social value as its pages show it: statements of a year, commitments and how far they are kept."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.core.listing import Page, Sort
from app.core.rights import Reader
from app.core.text import fold
from app.register.deliveries import DeliveryState
from app.register.models import Contract, SocialValueCommitment, SocialValueDelivery, SocialValueStatement
from app.register.promises import Kept, Promise, PromiseStatus, is_rate, kept, verified_so_far
from app.register.visibility import rows_open_to

BY_STATUS = Sort("status")
SORT_NAMES = ("status", "theme", "text", "due_on")
#: What needs somebody first.
URGENCY = {
    status: place
    for place, status in enumerate(
        (
            PromiseStatus.OFF_TARGET,
            PromiseStatus.AT_RISK,
            PromiseStatus.NO_DATA,
            PromiseStatus.ON_TARGET,
            PromiseStatus.NOT_DUE,
        )
    )
}
#: A tag's colour; the words carry the meaning, and no data is not green.
COLOURS = {
    PromiseStatus.ON_TARGET: "green",
    PromiseStatus.AT_RISK: "yellow",
    PromiseStatus.OFF_TARGET: "red",
    PromiseStatus.NOT_DUE: "blue",
    PromiseStatus.NO_DATA: "grey",
}
DELIVERY_COLOURS = {
    DeliveryState.CLAIMED: "blue",
    DeliveryState.VERIFIED: "green",
    DeliveryState.SENT_BACK: "orange",
}


@dataclass(frozen=True)
class CommitmentsAsked:
    """Which commitments, and in what order."""

    words: str | None = None
    directorate_id: int | None = None
    theme: str | None = None
    status: PromiseStatus | None = None
    contract_id: int | None = None
    withdrawn: bool = False
    sort: Sort = BY_STATUS


@dataclass(frozen=True)
class CommitmentRow:
    """One commitment, with how far it is kept."""

    id: int
    theme: str
    text: str
    directorate: str
    contract_id: int | None
    contract: str
    measure: str
    unit: str
    target: Decimal | None
    due_on: date | None
    verified: Decimal | None
    #: Claims nobody has judged yet.
    waiting: int
    kept: Kept

    @property
    def tag(self) -> tuple[str, str]:
        return str(self.kept.status).capitalize(), COLOURS[self.kept.status]


@dataclass(frozen=True)
class CommitmentsFound:
    """One page of commitments, and how all that match are kept."""

    page: Page[CommitmentRow]
    statuses: tuple[tuple[PromiseStatus, int], ...]


def statements(session: Session, year: int, directorate_id: int | None = None) -> dict[int, SocialValueStatement]:
    """The statements of a financial year, by directorate."""
    query = select(SocialValueStatement).where(SocialValueStatement.year == year)
    if directorate_id is not None:
        query = query.where(SocialValueStatement.directorate_id == directorate_id)
    return {one.directorate_id: one for one in session.scalars(query.order_by(SocialValueStatement.id))}


def statement(session: Session, statement_id: int) -> SocialValueStatement:
    """One statement; NoResultFound where there is none."""
    query = select(SocialValueStatement).where(SocialValueStatement.id == statement_id)
    return session.scalars(query.options(joinedload(SocialValueStatement.directorate))).one()


def years_stated(session: Session) -> list[int]:
    return list(session.scalars(select(SocialValueStatement.year).distinct().order_by(SocialValueStatement.year)))


def themes(session: Session, reader: Reader, today: date) -> list[str]:
    """Themes in use, by name."""
    query = select(SocialValueCommitment.theme).where(_visible(reader, today)).distinct()
    return sorted(session.scalars(query), key=str.casefold)


def _visible(reader: Reader, today: date) -> ColumnElement[bool]:
    """A commitment under a contract is seen where the contract is."""
    open_contracts = select(Contract.id).where(rows_open_to(reader, today))
    return or_(SocialValueCommitment.contract_id.is_(None), SocialValueCommitment.contract_id.in_(open_contracts))


def _matching(asked: CommitmentsAsked, reader: Reader, today: date) -> list[ColumnElement[bool]]:
    gone = SocialValueCommitment.withdrawn_reason
    conditions = [_visible(reader, today), gone.is_not(None) if asked.withdrawn else gone.is_(None)]
    if asked.directorate_id is not None:
        conditions.append(SocialValueCommitment.directorate_id == asked.directorate_id)
    if asked.theme:
        conditions.append(SocialValueCommitment.theme == asked.theme)
    if asked.contract_id is not None:
        conditions.append(SocialValueCommitment.contract_id == asked.contract_id)
    return conditions


def all_commitments(session: Session, asked: CommitmentsAsked, reader: Reader, today: date) -> list[CommitmentRow]:
    """Every commitment that matches, in order."""
    query = (
        select(SocialValueCommitment)
        .where(*_matching(asked, reader, today))
        .options(joinedload(SocialValueCommitment.directorate), joinedload(SocialValueCommitment.contract))
        .order_by(SocialValueCommitment.id)
    )
    found = list(session.scalars(query))
    delivered = _deliveries(session, [one.id for one in found])
    rows = [row(one, delivered[one.id], today) for one in found]
    words = fold(asked.words or "").split()
    return _ordered([one for one in rows if _says(one, words) and asked.status in {None, one.kept.status}], asked.sort)


def _says(one: CommitmentRow, words: Sequence[str]) -> bool:
    text = fold(f"{one.text} {one.contract} {one.measure} {one.theme}")
    return all(word in text for word in words)


def _ordered(rows: list[CommitmentRow], sort: Sort) -> list[CommitmentRow]:
    rows.sort(key=lambda one: (one.due_on or date.max, one.id))
    keys = {
        "status": lambda one: URGENCY[one.kept.status],
        "theme": lambda one: one.theme.casefold(),
        "text": lambda one: one.text.casefold(),
        "due_on": lambda one: one.due_on or date.max,
    }
    return sorted(rows, key=keys[sort.column], reverse=sort.descending)


def commitments_page(
    session: Session, asked: CommitmentsAsked, reader: Reader, today: date, *, number: int = 1, size: int = 25
) -> CommitmentsFound:
    """One page of the commitments, and how all of them are kept."""
    rows = all_commitments(session, asked, reader, today)
    counted = Counter(one.kept.status for one in rows)
    statuses = tuple((status, counted[status]) for status in PromiseStatus if counted[status])
    return CommitmentsFound(Page(rows[(number - 1) * size : number * size], len(rows), number, size), statuses)


def _deliveries(session: Session, ids: Collection[int]) -> defaultdict[int, list[SocialValueDelivery]]:
    query = (
        select(SocialValueDelivery)
        .where(SocialValueDelivery.commitment_id.in_(ids))
        .order_by(SocialValueDelivery.delivered_on, SocialValueDelivery.id)
    )
    found: defaultdict[int, list[SocialValueDelivery]] = defaultdict(list)
    for one in session.scalars(query):
        found[one.commitment_id].append(one)
    return found


def row(one: SocialValueCommitment, delivered: Sequence[SocialValueDelivery], today: date) -> CommitmentRow:
    """A commitment with its deliveries, judged."""
    verified = [delivery.quantity for delivery in delivered if delivery.state is DeliveryState.VERIFIED]
    so_far = verified_so_far(one.unit, verified)
    promise = Promise(one.target, one.from_on, one.due_on, so_far, is_rate=is_rate(one.unit))
    return CommitmentRow(
        id=one.id,
        theme=one.theme,
        text=one.text,
        directorate=one.directorate.name,
        contract_id=one.contract_id,
        contract=one.contract.title if one.contract else "",
        measure=one.measure or "",
        unit=one.unit or "",
        target=one.target,
        due_on=one.due_on,
        verified=so_far,
        waiting=sum(delivery.state is DeliveryState.CLAIMED for delivery in delivered),
        kept=kept(promise, today=today),
    )


def commitment(session: Session, commitment_id: int, reader: Reader, today: date) -> SocialValueCommitment:
    """One commitment the reader may see; NoResultFound otherwise."""
    query = (
        select(SocialValueCommitment)
        .where(SocialValueCommitment.id == commitment_id, _visible(reader, today))
        .options(
            joinedload(SocialValueCommitment.directorate),
            joinedload(SocialValueCommitment.contract),
            selectinload(SocialValueCommitment.deliveries),
        )
    )
    return session.scalars(query).one()
