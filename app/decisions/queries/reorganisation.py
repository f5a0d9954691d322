"""What crosses the vesting day, what then needs the successor's consent, and what falls before elections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.core.money import pounds_short
from app.core.rights import Reader
from app.council import elections, settings
from app.council import queries as council
from app.council.models import Directorate
from app.decisions.models import ActivityState, DecisionState
from app.decisions.queries.activities import ActivityFacts, activities
from app.decisions.queries.decisions import DecisionFacts, decisions
from app.decisions.rules.reorganisation import Ahead, Limits, consent, crosses
from app.register.models import Contract, ContractStage
from app.register.visibility import amounts_open_to, rows_open_to

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ActivityCrossing:
    """An activity whose agreement crosses the vesting day."""

    activity: ActivityFacts
    why: str
    #: Why consent is needed; None where it is not, or the amount is not the reader's to see.
    consent: str | None


@dataclass(frozen=True)
class ContractCrossing:
    """A contract that runs beyond the vesting day."""

    title: str
    url: str
    reference: str | None
    directorate: str
    ends_on: date | None
    value: str
    #: It is not entered into yet, and is worth more than the sum.
    needs_consent: bool


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


def activities_crossing(session: Session, reader: Reader, vesting_on: date, *, today: date) -> list[ActivityCrossing]:
    """Those needing consent first, then by when they are expected."""
    limits, found = limits_on(session, today), []
    for one in activities(session, reader, today=today):
        why = crosses(ahead_of(one), vesting_on)
        if why is not None and one.state is not ActivityState.WITHDRAWN:
            found.append(ActivityCrossing(one, why, consent(one.lines, limits)))
    return sorted(found, key=lambda crossing: crossing.consent is None)


def running_beyond(vesting_on: date) -> ColumnElement[bool]:
    """Contracts that are to run on the vesting day or after, or have no end."""
    ends = func.coalesce(Contract.ended_early_on, Contract.current_end_on)
    begun = or_(Contract.starts_on.is_(None), Contract.starts_on < vesting_on)
    return begun & or_(ends.is_(None), ends >= vesting_on)


def is_to_be_entered(limit: Limits) -> ColumnElement[bool]:
    """Planned, and worth more than the sum for revenue: no contract says that it is capital."""
    return (Contract.stage == ContractStage.PLANNED) & (Contract.whole_life_figure > limit.revenue)


def contracts_crossing(
    session: Session, reader: Reader, vesting_on: date, *, today: date, offset: int, limit: int
) -> tuple[Sequence[ContractCrossing], int]:
    """A page of them, those needing consent first; and how many there are."""
    which = (rows_open_to(reader, today), running_beyond(vesting_on))
    needs = is_to_be_entered(limits_on(session, today)) & amounts_open_to(reader)
    total = session.scalar(select(func.count()).select_from(Contract).where(*which)) or 0
    ends = func.coalesce(Contract.ended_early_on, Contract.current_end_on)
    query = (
        select(
            Contract.id,
            Contract.title,
            Contract.reference,
            Directorate.name,
            ends,
            Contract.whole_life_figure,
            amounts_open_to(reader),
            func.coalesce(needs, False),
        )
        .join(Directorate, Directorate.id == Contract.directorate_id)
        .where(*which)
        .order_by(func.coalesce(needs, False).desc(), ends.asc().nulls_last(), Contract.title_key, Contract.id)
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
            (pounds_short(value) if value is not None else "Not known") if is_open else "Exempt",
            bool(needed),
        )
        for number, title, reference, directorate, ends_on, value, is_open, needed in session.execute(query)
    ], total


def before_elections(session: Session, reader: Reader, *, today: date) -> list[BeforeElection]:
    """Decisions still expected, in periods that are not over."""
    periods = [one for one in elections.periods(session) if one.until_on >= today]
    if not periods:
        return []
    found = []
    for one in decisions(session, reader, today=today):
        period = elections.touches(periods, one.timing.first, one.timing.last)
        if period is not None and one.state is DecisionState.EXPECTED:
            found.append(BeforeElection(one, period))
    return found
