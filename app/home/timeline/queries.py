"""The timeline's figures by quarter, and the lists behind them. No amount is added twice, and no exempt one at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from app.core.listing import ROWS_ON_A_PAGE, Sort
from app.core.rights import Reader
from app.core.text import fold
from app.council.calendar import Quarter
from app.decisions.queries.activities import ActivityFacts, forthcoming_activities
from app.decisions.queries.proposals import Proposal, proposals
from app.decisions.rules.horizon import Horizon, rolling_horizon
from app.home.timeline.dates import KINDS, Scope, What, standing_with
from app.register.models import Contract
from app.register.queries.headings import covered_by_framework, repeats
from app.register.queries.remembered import Remembered, stamp_of
from app.register.visibility import amounts_open_to

QUARTERS = 12
QUARTERS_IN_A_YEAR = 4
ZERO = Decimal(0)
PAST = -1
BY_DAY = Sort("on")


def quarters_from(today: date) -> tuple[Quarter, ...]:
    """The quarter that runs, and those after it."""
    return tuple(Quarter.of(today) + number for number in range(QUARTERS))


def horizon_of(today: date) -> Horizon:
    return Horizon(today, quarters_from(today)[-1].last)


@dataclass(frozen=True)
class Stretch:
    """A quarter, or what is already past: the days its list is narrowed to."""

    label: str
    first: date | None
    last: date

    @property
    def filters(self) -> dict[str, str]:
        first = {"from": self.first.isoformat()} if self.first else {}
        return first | {"to": self.last.isoformat()}


def stretches(today: date) -> tuple[Stretch, ...]:
    """What is past first; of this quarter, what is left of it."""
    past = Stretch("Already past", None, today - timedelta(days=1))
    return (past, *(Stretch(str(one), max(one.first, today), one.last) for one in quarters_from(today)))


@dataclass(frozen=True)
class Figure:
    """What stands in one quarter: how many, and what those come to whose whole-life value is known and open."""

    number: int = 0
    value: Decimal = ZERO
    valued: int = 0
    #: Amounts exempt from this reader.
    withheld: int = 0
    #: Counted with a framework or an arrangement that is added already.
    elsewhere: int = 0

    @property
    def not_added(self) -> int:
        """Valued by the year only, or not known."""
        return self.number - self.valued - self.withheld - self.elsewhere

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(
            self.number + other.number,
            self.value + other.value,
            self.valued + other.valued,
            self.withheld + other.withheld,
            self.elsewhere + other.elsewhere,
        )


_figures: Remembered[Sequence[Figure]] = Remembered(60)


def figures(session: Session, what: What, reader: Reader, scope: Scope, today: date) -> Sequence[Figure]:
    """One for each stretch, from one walk through the register; kept until something is stored."""
    key = (what, reader.exempt_units, scope, today)
    return _figures.get(stamp_of(session), key, lambda: _read_figures(session, what, reader, scope, today))


def _read_figures(session: Session, what: What, reader: Reader, scope: Scope, today: date) -> Sequence[Figure]:
    """By day in the database, where a day is not cheap to work out; the days are given their quarters here."""
    on, last = KINDS[what].on(session, today), horizon_of(today).last
    where = [standing_with(what, reader, scope, today), on <= last]
    found: dict[int, Figure] = {}
    for day, figure in _plain(session, where, on, reader, today):
        _add(found, _place(day, today), figure)
    for place, figure in _repeated(session, where, on, reader, today):
        _add(found, place, figure)
    return tuple(found.get(place, Figure()) for place in range(PAST, QUARTERS))


def _add(found: dict[int, Figure], place: int, figure: Figure) -> None:
    found[place] = found.get(place, Figure()) + figure


def _place(day: date, today: date) -> int:
    """Which stretch a day falls in: -1 what is past, else how many quarters ahead."""
    if day < today:
        return PAST
    first, then = Quarter.of(today), Quarter.of(day)
    return (then.year.start - first.year.start) * QUARTERS_IN_A_YEAR + then.number - first.number


def _plain(
    session: Session, where: list[ColumnElement[bool]], on: ColumnElement[date], reader: Reader, today: date
) -> Iterable[tuple[date, Figure]]:
    is_open, covered = amounts_open_to(reader), covered_by_framework(reader, today)
    added = and_(is_open, ~covered, Contract.current_high.is_not(None))
    day = on.label("on")
    rows = session.execute(
        select(
            day,
            func.count(),
            func.sum(case((added, Contract.current_high))),
            func.sum(case((added, 1), else_=0)),
            func.sum(case((and_(~covered, ~is_open), 1), else_=0)),
            func.sum(case((covered, 1), else_=0)),
        )
        .where(*where, ~repeats())
        .group_by(day)
        .order_by(day)
    )
    return [(row[0], Figure(row[1], row[2] or ZERO, row[3], row[4], row[5])) for row in rows]


def _repeated(
    session: Session, where: list[ColumnElement[bool]], on: ColumnElement[date], reader: Reader, today: date
) -> Iterable[tuple[int, Figure]]:
    """An arrangement that prints one value on each of its contracts is added once a quarter."""
    rows = session.execute(
        select(
            on.label("on"),
            Contract.arrangement_id,
            amounts_open_to(reader).label("is_open"),
            Contract.current_high,
        )
        .where(*where, repeats())
        .order_by(Contract.arrangement_id, Contract.id)
    )
    held: dict[tuple[int, int | None], list[tuple[bool, Decimal | None]]] = {}
    for day, arrangement_id, is_open, value in rows:
        held.setdefault((_place(day, today), arrangement_id), []).append((bool(is_open), value))
    return [(place, _once(every)) for (place, _), every in held.items()]


def _once(every: Sequence[tuple[bool, Decimal | None]]) -> Figure:
    number, value = len(every), max((value for is_open, value in every if is_open and value is not None), default=None)
    if value is not None:
        return Figure(number, value, 1, 0, number - 1)
    return Figure(number, ZERO, 0, int(not all(is_open for is_open, _ in every)), number - 1)


# The lists behind the figures


@dataclass(frozen=True)
class Row:
    """One contract, activity or proposal with its date."""

    title: str
    url: str
    on: date
    directorate_id: int
    division_id: int | None
    post: str | None
    #: None where it is not known, or exempt from this reader.
    value: Decimal | None
    exempt: bool
    #: What it is, where a list holds several sorts: "Proposed".
    sort: str = ""


@dataclass(frozen=True)
class Narrowed:
    """Between which days, both included, and in which order."""

    first: date | None = None
    last: date | None = None
    sort: Sort = BY_DAY

    def takes(self, on: date) -> bool:
        return (self.first is None or on >= self.first) and (self.last is None or on <= self.last)


def contract_rows(
    session: Session,
    what: What,
    reader: Reader,
    scope: Scope,
    narrowed: Narrowed,
    today: date,
    *,
    page: int | None = None,
) -> list[Row]:
    """One page of them, or all."""
    on = KINDS[what].on(session, today)
    order = (Contract.title_key, on) if narrowed.sort.column == "title" else (on, Contract.title_key)
    turned = [one.desc() if narrowed.sort.descending else one.asc() for one in order]
    query = (
        select(
            *(Contract.id, Contract.title, on.label("on"), Contract.directorate_id, Contract.division_id),
            *(Contract.manager_post, Contract.current_high, amounts_open_to(reader).label("is_open")),
        )
        .where(standing_with(what, reader, scope, today), *_days(on, narrowed, today))
        .order_by(*turned, Contract.id)
    )
    if page is not None:
        query = query.limit(ROWS_ON_A_PAGE).offset((page - 1) * ROWS_ON_A_PAGE)
    return [
        Row(title, f"/contracts/{number}", day, directorate, division, post, value if is_open else None, not is_open)
        for number, title, day, directorate, division, post, value, is_open in session.execute(query)
    ]


def how_many(session: Session, what: What, reader: Reader, scope: Scope, narrowed: Narrowed, today: date) -> int:
    on = KINDS[what].on(session, today)
    conditions = (standing_with(what, reader, scope, today), *_days(on, narrowed, today))
    return session.scalar(select(func.count()).select_from(Contract).where(*conditions)) or 0


def _days(on: ColumnElement[date], narrowed: Narrowed, today: date) -> list[ColumnElement[bool]]:
    """Up to the timeline's last day, where no other is asked for."""
    until = narrowed.last or quarters_from(today)[-1].last
    return [on <= until] if narrowed.first is None else [on >= narrowed.first, on <= until]


# Decisions: activities and proposals


@dataclass(frozen=True)
class Decisions:
    """The key decisions of the timeline, and how many have no date."""

    activities: tuple[ActivityFacts, ...]
    proposals: tuple[Proposal, ...]
    undated: int

    def rows(self, narrowed: Narrowed) -> list[Row]:
        found = [*(_of_activity(one) for one in self.activities), *(_of_proposal(one) for one in self.proposals)]
        kept = [one for one in found if one is not None and narrowed.takes(one.on)]
        by_title = narrowed.sort.column == "title"
        return sorted(
            kept,
            key=lambda one: (fold(one.title) if by_title else one.on.isoformat(), one.on, fold(one.title), one.url),
            reverse=narrowed.sort.descending,
        )


_decided: Remembered[Decisions] = Remembered(20)


def decisions(session: Session, reader: Reader, scope: Scope, today: date) -> Decisions:
    key = (reader.exempt_units, scope, today)
    return _decided.get(stamp_of(session), key, lambda: _read_decisions(session, reader, scope, today))


def _read_decisions(session: Session, reader: Reader, scope: Scope, today: date) -> Decisions:
    horizon = horizon_of(today)
    found = forthcoming_activities(session, reader, horizon, as_at=today, today=today)
    expected = [one for one, _ in found if _is_in(scope, one.directorate_id, one.division_id) and _leads(scope, one)]
    posts = _posts(session, scope)
    proposed = [
        one
        # As other pages ask, so that they are judged once for all; the timeline ends a little sooner.
        for one in proposals(session, reader, rolling_horizon(today), today=today)
        if one.decide_by is not None
        and one.decide_by <= horizon.last
        and _is_in(scope, one.directorate_id, one.division_id)
        and (posts is None or one.contract_id in posts)
    ]
    dated = tuple(one for one in expected if one.timing.last is not None)
    return Decisions(
        activities=dated,
        proposals=tuple(proposed),
        undated=len(expected) - len(dated),
    )


def _is_in(scope: Scope, directorate_id: int, division_id: int | None) -> bool:
    return scope.directorate_id in {None, directorate_id} and scope.division_id in {None, division_id}


def _leads(scope: Scope, one: ActivityFacts) -> bool:
    return scope.post_key is None or fold(one.lead_post or "") == scope.post_key


def _posts(session: Session, scope: Scope) -> frozenset[int] | None:
    """The contracts of the post that is asked about."""
    if scope.post_key is None:
        return None
    own = select(Contract.id).where(Contract.manager_post_key == scope.post_key).order_by(Contract.id)
    return frozenset(session.scalars(own))


def _of_activity(one: ActivityFacts) -> Row | None:
    if one.timing.last is None:
        return None
    value = one.size if one.amounts_open and one.size else None
    unit = (one.directorate_id, one.division_id)
    return Row(one.title, one.url, one.timing.last, *unit, one.lead_post, value, not one.amounts_open, "Expected")


def _of_proposal(one: Proposal) -> Row | None:
    if one.decide_by is None:
        return None
    unit = (one.directorate_id, one.division_id)
    return Row(one.title, one.record_url, one.decide_by, *unit, None, one.estimate, one.exempt, "Proposed")
