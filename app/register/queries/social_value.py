"""Social value as its pages show it: statements of a year, commitments and how far they are kept."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.core import clock
from app.core.base import HUNDREDTH
from app.core.courses import CoursePicture, CourseRow, Point, course
from app.core.dates import day
from app.core.listing import Page, Sort
from app.core.rights import Reader
from app.core.text import fold
from app.register.deliveries import DeliveryState
from app.register.models import (
    Contract,
    ContractForm,
    SocialValueCommitment,
    SocialValueDelivery,
    SocialValueProxy,
    SocialValueStatement,
)
from app.register.promises import (
    ZERO,
    Interim,
    Kept,
    Promise,
    PromiseStatus,
    expected_by,
    is_rate,
    kept,
    verified_so_far,
    worth_in_pounds,
)
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


class MadeUnder(StrEnum):
    """What a commitment is made under."""

    CONTRACT = "contract"
    AGREEMENT = "service level agreement"
    DIRECTORATE = "directorate's own"


@dataclass(frozen=True)
class CommitmentsAsked:
    """Which commitments, and in what order."""

    words: str | None = None
    directorate_id: int | None = None
    theme: str | None = None
    status: PromiseStatus | None = None
    contract_id: int | None = None
    withdrawn: bool = False
    #: Those with claims that nobody has judged.
    waiting: bool = False
    kind: MadeUnder | None = None
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
    #: Claims nobody has judged yet, and the day of the oldest.
    waiting: int
    waiting_since: date | None
    kept: Kept
    kind: MadeUnder
    outcome: str
    interim: tuple[Interim, ...]
    expected: Decimal | None
    #: By the council's list: the list, the measure's code, and a unit's value in pounds. Never contract money.
    framework: str
    code: str
    proxy_value: Decimal | None
    committed: Decimal | None
    delivered: Decimal | None

    @property
    def tag(self) -> tuple[str, str]:
        return str(self.kept.status).capitalize(), COLOURS[self.kept.status]

    @property
    def is_met(self) -> bool:
        return self.target is not None and self.verified is not None and self.verified >= self.target


@dataclass(frozen=True)
class ProxyTotal:
    """What the commitments of one theme stand for by one list: proxies add up within a list alone."""

    theme: str
    commitments: int
    committed: Decimal
    delivered: Decimal


@dataclass(frozen=True)
class ThemeCount:
    """How many commitments of a theme are delivered in full, in part, or not at all."""

    theme: str
    in_full: int
    in_part: int
    nothing: int


@dataclass(frozen=True)
class CommitmentsFound:
    """One page of commitments, and how all that match are kept."""

    page: Page[CommitmentRow]
    statuses: tuple[tuple[PromiseStatus, int], ...]
    themes: tuple[ThemeCount, ...]
    #: By list: its themes.
    proxies: tuple[tuple[str, tuple[ProxyTotal, ...]], ...]


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
    query = select(SocialValueCommitment.theme).where(visible(reader, today)).distinct()
    return sorted(session.scalars(query), key=str.casefold)


def visible(reader: Reader, today: date) -> ColumnElement[bool]:
    """A commitment under a contract is seen where the contract is."""
    open_contracts = select(Contract.id).where(rows_open_to(reader, today))
    return or_(SocialValueCommitment.contract_id.is_(None), SocialValueCommitment.contract_id.in_(open_contracts))


def _matching(asked: CommitmentsAsked, reader: Reader, today: date) -> list[ColumnElement[bool]]:
    gone = SocialValueCommitment.withdrawn_reason
    conditions = [visible(reader, today), gone.is_not(None) if asked.withdrawn else gone.is_(None)]
    if asked.directorate_id is not None:
        conditions.append(SocialValueCommitment.directorate_id == asked.directorate_id)
    if asked.theme:
        conditions.append(SocialValueCommitment.theme == asked.theme)
    if asked.contract_id is not None:
        conditions.append(SocialValueCommitment.contract_id == asked.contract_id)
    if asked.kind is not None:
        conditions.append(_made_under(asked.kind))
    if asked.waiting:
        claimed = exists().where(
            SocialValueDelivery.commitment_id == SocialValueCommitment.id,
            SocialValueDelivery.state == DeliveryState.CLAIMED,
        )
        conditions.append(claimed)
    return conditions


def _made_under(kind: MadeUnder) -> ColumnElement[bool]:
    if kind is MadeUnder.DIRECTORATE:
        return SocialValueCommitment.contract_id.is_(None)
    forms = [form for form in ContractForm if form.is_agreement is (kind is MadeUnder.AGREEMENT)]
    return SocialValueCommitment.contract_id.in_(select(Contract.id).where(Contract.form.in_(forms)))


def all_commitments(session: Session, asked: CommitmentsAsked, reader: Reader, today: date) -> list[CommitmentRow]:
    """Every commitment that matches, in order."""
    query = (
        select(SocialValueCommitment)
        .where(*_matching(asked, reader, today))
        .options(
            joinedload(SocialValueCommitment.directorate),
            joinedload(SocialValueCommitment.contract),
            joinedload(SocialValueCommitment.proxy),
            selectinload(SocialValueCommitment.interim_targets),
        )
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
    page = Page(rows[(number - 1) * size : number * size], len(rows), number, size)
    return CommitmentsFound(page, statuses, theme_counts(rows), proxy_totals(rows))


def theme_counts(rows: Sequence[CommitmentRow]) -> tuple[ThemeCount, ...]:
    """Promised and delivered by theme, counted: quantities of different units do not add up."""
    by_theme = _by(rows, lambda one: one.theme)
    return tuple(
        ThemeCount(
            theme,
            in_full=sum(one.is_met for one in every),
            in_part=sum(not one.is_met and one.verified is not None for one in every),
            nothing=sum(one.verified is None for one in every),
        )
        for theme, every in by_theme
    )


def proxy_totals(rows: Sequence[CommitmentRow]) -> tuple[tuple[str, tuple[ProxyTotal, ...]], ...]:
    """Committed and delivered in pounds by proxy, by list and theme."""
    counted = [one for one in rows if one.committed is not None]
    return tuple(
        (
            framework,
            tuple(
                ProxyTotal(
                    theme,
                    len(every),
                    sum((one.committed or ZERO for one in every), ZERO),
                    sum((one.delivered or ZERO for one in every), ZERO),
                )
                for theme, every in _by(of_it, lambda one: one.theme)
            ),
        )
        for framework, of_it in _by(counted, lambda one: one.framework)
    )


def _by(rows: Sequence[CommitmentRow], key: Callable[[CommitmentRow], str]) -> list[tuple[str, list[CommitmentRow]]]:
    found: defaultdict[str, list[CommitmentRow]] = defaultdict(list)
    for one in rows:
        found[key(one)].append(one)
    return sorted(found.items(), key=lambda item: item[0].casefold())


def _deliveries(session: Session, ids: Collection[int]) -> defaultdict[int, list[SocialValueDelivery]]:
    if not ids:
        return defaultdict(list)
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
    promise = promise_of(one, verified)
    claims = [delivery for delivery in delivered if delivery.state is DeliveryState.CLAIMED]
    proxy, so_far = one.proxy, promise.verified
    value = proxy.value if proxy is not None else None
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
        waiting=len(claims),
        waiting_since=min((claimed_on(claim) for claim in claims), default=None),
        kept=kept(promise, today=today),
        kind=kind_of(one),
        outcome=one.outcome or "",
        interim=promise.interim,
        expected=expected_by(promise, today),
        framework=proxy.framework if proxy is not None else "",
        code=proxy.code if proxy is not None else "",
        proxy_value=value,
        committed=worth_in_pounds(one.target, value),
        delivered=worth_in_pounds(so_far, value),
    )


def promise_of(one: SocialValueCommitment, verified: Sequence[Decimal]) -> Promise:
    """A commitment as its rule reads it, with what has been verified in the order of its days."""
    return Promise(
        one.target,
        one.from_on,
        one.due_on,
        verified_so_far(one.unit, verified),
        is_rate=is_rate(one.unit),
        interim=tuple(Interim(step.due_on, step.quantity) for step in one.interim_targets),
    )


def claimed_on(claim: SocialValueDelivery) -> date:
    """The day it was claimed; of older claims only the day of delivery is known."""
    return claim.claimed_at.astimezone(clock.LONDON).date() if claim.claimed_at is not None else claim.delivered_on


def kind_of(one: SocialValueCommitment) -> MadeUnder:
    if one.contract is None:
        return MadeUnder.DIRECTORATE
    return MadeUnder.AGREEMENT if one.contract.form.is_agreement else MadeUnder.CONTRACT


def commitment(session: Session, commitment_id: int, reader: Reader, today: date) -> SocialValueCommitment:
    """One commitment the reader may see; NoResultFound otherwise."""
    query = (
        select(SocialValueCommitment)
        .where(SocialValueCommitment.id == commitment_id, visible(reader, today))
        .options(
            joinedload(SocialValueCommitment.directorate),
            joinedload(SocialValueCommitment.contract),
            joinedload(SocialValueCommitment.proxy).joinedload(SocialValueProxy.measure),
            selectinload(SocialValueCommitment.deliveries),
            selectinload(SocialValueCommitment.interim_targets),
        )
    )
    return session.scalars(query).one()


def progress(one: SocialValueCommitment, today: date) -> CoursePicture | None:
    """What was verified so far on each day something was, against what was expected by then."""
    verified = [delivery for delivery in one.deliveries if delivery.state is DeliveryState.VERIFIED]
    promise = promise_of(one, [delivery.quantity for delivery in verified])
    measured = [
        Point(
            delivery.delivered_on, verified_so_far(one.unit, [past.quantity for past in verified[: place + 1]]) or ZERO
        )
        for place, delivery in enumerate(verified)
    ]
    if not measured or promise.target is None:
        return None
    if one.from_on is not None and one.from_on < measured[0].on and not promise.is_rate:
        measured.insert(0, Point(one.from_on, ZERO))
    rows = [
        CourseRow(day(point.on), quantity_words(point.value), quantity_words(expected_by(promise, point.on)))
        for point in measured
    ]
    line = _line_expected(promise, measured[0].on, min(today, one.due_on or today))
    headings = ("By", "Verified", "Interim targets" if promise.interim else "Straight line")
    return course(
        "Delivered so far, against what was expected", measured, line, rows, headings=headings, from_zero=True
    )


def _line_expected(promise: Promise, first: date, today: date) -> list[Point]:
    """What was expected, at each turn of the line."""
    if promise.interim:
        start = [Point(promise.from_on, ZERO)] if promise.from_on is not None else []
        steps = [*start, *(Point(step.due_on, step.quantity) for step in promise.interim)]
        end = promise.due_on
        return [*steps, Point(end, promise.target)] if end is not None and promise.target is not None else steps
    days = dict.fromkeys((promise.from_on or first, today))
    expected = ((on, expected_by(promise, on)) for on in days)
    return [Point(on, value) for on, value in expected if value is not None]


def quantity_words(value: Decimal | None) -> str:
    if value is None:
        return ""
    text = f"{value.quantize(HUNDREDTH):,f}"
    return text.rstrip("0").rstrip(".")
