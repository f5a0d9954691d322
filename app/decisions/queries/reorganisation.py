"""What crosses the vesting day, what then needs the successor's consent, and what falls before elections."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.money import pounds_short
from app.core.rights import Reader
from app.council import elections, settings
from app.council import queries as council
from app.council.models import Directorate
from app.decisions.models import ActivityState, DecisionState
from app.decisions.queries.activities import ActivityFacts, activities
from app.decisions.queries.decisions import DecisionFacts, decisions
from app.decisions.queries.forthcoming import Wanted
from app.decisions.rules.reorganisation import Ahead, Crossing, Limits, crossing
from app.register.models import Contract, ContractStage
from app.register.visibility import amounts_open_to, rows_open_to

ONE_DAY = timedelta(days=1)
EXEMPT, NOT_KNOWN = "Exempt", "Not known"


@dataclass(frozen=True)
class ActivityCrossing:
    """An activity whose agreement crosses the vesting day or needs consent, as far as the reader may know."""

    activity: ActivityFacts
    crossing: Crossing

    @property
    def when(self) -> str:
        taken_on = self.activity.decided_on
        return f"Taken on {day(taken_on)}" if taken_on else str(self.activity.timing)

    @property
    def unknown(self) -> str:
        """Why nobody can say whether consent is needed; nothing where it can be said."""
        if not self.activity.amounts_open:
            return EXEMPT
        return "" if self.activity.expenditure else "Not known: no spending is recorded"


@dataclass(frozen=True)
class ContractCrossing:
    """A contract that runs beyond the vesting day, or may be extended beyond it."""

    title: str
    url: str
    reference: str | None
    directorate: str
    ends_on: date | None
    #: To when it may be extended, where that is later.
    latest_end_on: date | None
    value: str
    #: Not entered into yet.
    planned: bool
    #: Planned, and worth more than the sum, as far as the reader may know.
    needs_consent: bool

    @property
    def unknown(self) -> str:
        """Why nobody can say whether consent is needed; nothing where it can be said."""
        return self.value if self.planned and self.value in {EXEMPT, NOT_KNOWN} else ""

    @property
    def may_run_until(self) -> str:
        return f"May be extended to {day(self.latest_end_on)}" if self.latest_end_on else ""


@dataclass(frozen=True)
class BeforeElection:
    """A decision expected in a pre-election period, or perhaps."""

    decision: DecisionFacts
    period: elections.Period


def limits_on(session: Session, day: date) -> Limits:
    revenue = council.value_on(session, settings.CONSENT_REVENUE, day)
    return Limits(revenue, council.value_on(session, settings.CONSENT_CAPITAL, day))


def ahead_of(one: ActivityFacts) -> Ahead:
    follows = one.current_end_on + ONE_DAY if one.current_end_on else None
    return Ahead(one.decided_on or one.timing.last, follows, one.expected_months)


def activities_crossing(
    session: Session, reader: Reader, wanted: Wanted, vesting_on: date, *, today: date
) -> list[ActivityCrossing]:
    """Those needing consent first, then by when they are expected."""
    limits, found = limits_on(session, today), []
    for one in activities(session, reader, today=today):
        crosses = crossing(ahead_of(one), one.lines, vesting_on, limits)
        if crosses is not None and one.state is not ActivityState.WITHDRAWN and wanted.takes(one):
            found.append(ActivityCrossing(one, crosses))
    return sorted(found, key=lambda one: one.crossing.consent is None)


def running_beyond(vesting_on: date) -> ColumnElement[bool]:
    """Contracts that are to run on the vesting day or after, have no end, or may be extended so far: s.24(1)(c)."""
    begun = or_(Contract.starts_on.is_(None), Contract.starts_on < vesting_on)
    extended = Contract.ended_early_on.is_(None) & (Contract.latest_end_on >= vesting_on)
    return begun & or_(_ends().is_(None), _ends() >= vesting_on, extended)


def _ends() -> ColumnElement[date | None]:
    return func.coalesce(Contract.ended_early_on, Contract.current_end_on)


def is_to_be_entered(limit: Limits) -> ColumnElement[bool]:
    """Planned, and worth more than the sum for revenue: no contract says that it is capital."""
    return (Contract.stage == ContractStage.PLANNED) & (Contract.whole_life_figure > limit.revenue)


def contracts_crossing(
    session: Session,
    reader: Reader,
    wanted: Wanted,
    vesting_on: date,
    *,
    today: date,
    offset: int = 0,
    limit: int | None = None,
) -> list[ContractCrossing]:
    """Those needing consent first, then by when they end."""
    needs = func.coalesce(is_to_be_entered(limits_on(session, today)) & amounts_open_to(reader), False)
    query = (
        select(
            Contract.id,
            Contract.title,
            Contract.reference,
            Directorate.name,
            _ends(),
            Contract.latest_end_on,
            Contract.ended_early_on,
            Contract.whole_life_figure,
            amounts_open_to(reader),
            Contract.stage == ContractStage.PLANNED,
            needs,
        )
        .join(Directorate, Directorate.id == Contract.directorate_id)
        .where(*_which(reader, wanted, vesting_on, today))
        .order_by(needs.desc(), _ends().asc().nulls_last(), Contract.title_key, Contract.id)
        .offset(offset)
        .limit(limit)
    )
    return [
        ContractCrossing(
            title,
            f"/contracts/{number}",
            reference,
            directorate,
            ends_on,
            latest_end_on if ends_on and latest_end_on and latest_end_on > ends_on and not early else None,
            (pounds_short(value) if value is not None else NOT_KNOWN) if is_open else EXEMPT,
            bool(planned),
            bool(needed),
        )
        for number, title, reference, directorate, ends_on, latest_end_on, early, value, is_open, planned, needed in (
            session.execute(query)
        )
    ]


def how_many_cross(session: Session, reader: Reader, wanted: Wanted, vesting_on: date, *, today: date) -> int:
    query = select(func.count()).select_from(Contract).where(*_which(reader, wanted, vesting_on, today))
    return session.scalar(query) or 0


def _which(reader: Reader, wanted: Wanted, vesting_on: date, today: date) -> list[ColumnElement[bool]]:
    part = ((Contract.directorate_id, wanted.directorate_id), (Contract.division_id, wanted.division_id))
    narrowed = [column == number for column, number in part if number is not None]
    still = or_(_ends().is_(None), _ends() >= today)
    return [rows_open_to(reader, today), running_beyond(vesting_on), still, *narrowed]


def before_elections(session: Session, reader: Reader, wanted: Wanted, *, today: date) -> list[BeforeElection]:
    """Decisions still expected, in periods that are not over."""
    periods = [one for one in elections.periods(session) if one.until_on >= today]
    if not periods:
        return []
    found = []
    for one in decisions(session, reader, today=today):
        period = elections.touches(periods, one.timing.first, one.timing.last)
        if period is not None and one.state is DecisionState.EXPECTED and wanted.takes_decision(one):
            found.append(BeforeElection(one, period))
    return found
