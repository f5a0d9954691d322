"""What is wrong or due with every decision, judged once for everybody; who may read of it is asked afterwards."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.errors import Refusal
from app.core.rights import NOBODY, Grant, Permission, Reader
from app.council import elections
from app.council import queries as council
from app.decisions.models import (
    ActivityState,
    Decision,
    DecisionState,
    Notice,
    NoticeKind,
    NoticeState,
    Restriction,
    TakerKind,
)
from app.decisions.queries.activities import ActivityFacts
from app.decisions.queries.agreements import Agreement, agreements_about
from app.decisions.queries.chains import PROCUREMENT_OF, customs_of, procurement_of
from app.decisions.queries.decisions import DecisionFacts, decisions
from app.decisions.queries.lawful import STANDING, given_from
from app.decisions.queries.reorganisation import ahead_of, limits_on
from app.decisions.rules.back_plan import DECISION, back_plan
from app.decisions.rules.lawful import route_by
from app.decisions.rules.notice import Route, earliest_decision, publish_by
from app.decisions.rules.reorganisation import crossing
from app.register.models import Contract, ContractStage
from app.register.queries.remembered import Remembered, stamp_of

EVERYBODY = Reader(None, "the register", grants=(Grant(frozenset({Permission.READ}), exempt=True),))
#: Private meetings are listed so long before their notices are due.
SOON = timedelta(days=14)
#: Bodies that meet: their private matters need the two notices of reg 5.
BODIES = frozenset({TakerKind.CABINET, TakerKind.COMMITTEE})


@dataclass(frozen=True)
class Found:
    """One finding about an activity: its working, and the day it is due."""

    words: str
    due_on: date | None = None
    #: It tells something of an amount that may be exempt.
    tells_amount: bool = False


#: What activities are about, by its key.
Agreements: TypeAlias = Mapping[tuple[int | None, int | None], Agreement]
#: By code, then by activity.
Judged: TypeAlias = Mapping[str, Mapping[int, Found]]
_known: Remembered[Judged] = Remembered(4)


def judged(session: Session, today: date) -> Judged:
    """Kept until something is saved."""
    return _known.get(stamp_of(session), today, lambda: _judge(session, today))


def _judge(session: Session, today: date) -> Judged:
    found: defaultdict[str, dict[int, Found]] = defaultdict(dict)
    told = _notices(session)
    starts = _starts(session)
    periods = elections.periods(session)
    every = decisions(session, EVERYBODY, today=today)
    by_id = {one.id: one for one in every}
    agreements = _agreements(session, every, today)
    for one in every:
        if one.activity.state is ActivityState.WITHDRAWN or one.state is DecisionState.WITHDRAWN:
            continue
        of_it = told.get(one.id, ())
        for code, says in (
            *_of_notice(session, one, of_it, today),
            *_of_record(one, starts.get(one.approval_id or 0, ()), today),
            *_of_delegation(one, by_id.get(one.delegated_by_id or 0)),
            *_of_time(session, one, agreements, periods, today),
            *_of_reorganisation(session, one, today),
        ):
            found[code].setdefault(one.activity.id, says)
    return found


def _notices(session: Session) -> Mapping[int, Sequence[Notice]]:
    found: defaultdict[int, list[Notice]] = defaultdict(list)
    for one in session.scalars(select(Notice).where(Notice.state.in_(STANDING)).order_by(Notice.id)):
        found[one.decision_id].append(one)
    return found


def _starts(session: Session) -> Mapping[int, Sequence[tuple[int, str, date]]]:
    """The contracts let under a decision's approval that have begun or are to begin."""
    found: defaultdict[int, list[tuple[int, str, date]]] = defaultdict(list)
    query = (
        select(Contract.approval_id, Contract.id, Contract.title, Contract.starts_on)
        .join(Decision, Decision.approval_id == Contract.approval_id)
        .where(Contract.withdrawn_at.is_(None), Contract.embargoed_until.is_(None))
        .where(Contract.stage != ContractStage.PLANNED)
        .order_by(Contract.id)
    )
    for approval_id, number, title, starts_on in session.execute(query):
        if approval_id is not None and starts_on is not None:
            found[approval_id].append((number, title, starts_on))
    return found


def _agreements(session: Session, every: Sequence[DecisionFacts], today: date) -> Agreements:
    contracts = {one.activity.contract_id for one in every if one.activity.contract_id is not None}
    arrangements = {one.activity.arrangement_id for one in every if one.activity.arrangement_id is not None}
    return agreements_about(session, contracts, arrangements, today)


# Notice: KD2 to KD4 of key decisions, KD5 of whatever is decided in private


def _of_notice(
    session: Session, one: DecisionFacts, told: Sequence[Notice], today: date
) -> Iterator[tuple[str, Found]]:
    if one.restriction is not Restriction.OPEN and one.taker_kind in BODIES:
        yield from _private(session, one, told, today)
    if not one.is_key:
        return
    if one.without_notice_reason:
        yield "KD2", Found(f"Taken on {day(one.decided_on)} without notice: {one.without_notice_reason}")
    elif one.state is DecisionState.TAKEN and one.route is None:
        words = f"Taken on {day(one.decided_on)}, and as it stands now it is a key decision: no route is recorded."
        yield "KD2", Found(words)
    last = one.timing.last
    if one.state is DecisionState.EXPECTED and last is not None and last >= today:
        yield from _too_short(session, one, told, last, today)
    yield from _routes_told(told)
    if one.route is Route.SPECIAL_URGENCY and not _is_published(told, NoticeKind.SPECIAL_URGENCY):
        yield "urgency-notice", Found(f"Taken on {day(one.decided_on)} under special urgency.", one.decided_on)


def _too_short(
    session: Session, one: DecisionFacts, told: Sequence[Notice], last: date, today: date
) -> Iterator[tuple[str, Found]]:
    periods, holidays = council.notice_periods(session, last), council.bank_holidays(session)
    try:
        route_by(given_from(told), last, periods, holidays)
    except Refusal:
        first = earliest_decision(today, periods, holidays)
        if first.lawful_on > last:
            by = publish_by(last, periods, holidays)
            words = (
                f"Expected {one.timing}: its notice was due on {day(by)}, and published today it allows "
                f"{day(first.lawful_on)} at the earliest. No other route is recorded."
            )
            yield "KD2", Found(words, by)


def _routes_told(told: Sequence[Notice]) -> Iterator[tuple[str, Found]]:
    for notice in told:
        if notice.kind is NoticeKind.GENERAL_EXCEPTION and notice.chair_informed_on is None:
            yield "KD3", Found("The general exception is used, and no day is recorded on which the chair was told.")
        if notice.kind is NoticeKind.SPECIAL_URGENCY and not (notice.agreed_by and notice.agreed_on):
            yield "KD4", Found("Special urgency is used, and nobody's agreement is recorded.")


def _is_published(told: Sequence[Notice], kind: NoticeKind) -> bool:
    return any(notice.kind is kind and notice.state is NoticeState.PUBLISHED for notice in told)


def _private(session: Session, one: DecisionFacts, told: Sequence[Notice], today: date) -> Iterator[tuple[str, Found]]:
    last = one.decided_on or one.timing.last
    if last is None:
        return
    periods, holidays = council.notice_periods(session, last), council.bank_holidays(session)
    by = publish_by(last, periods, holidays)
    reasons_by = publish_by(last, periods, holidays, route=Route.GENERAL_EXCEPTION)  # reg 5(4): the same 5 clear days
    if not _is_published(told, NoticeKind.PRIVATE_MEETING) and by <= today + SOON:
        yield "KD5", Found(f"{one.restriction}: notice of the private meeting is due by {day(by)}.", by)
    elif not _is_published(told, NoticeKind.PRIVATE_MEETING_REASONS) and reasons_by <= today + SOON:
        words = f"{one.restriction}: the statement of reasons for the private meeting is due by {day(reasons_by)}."
        yield "KD5", Found(words, reasons_by)


# The record: KD6 and KD7


def _of_record(one: DecisionFacts, starts: Sequence[tuple[int, str, date]], today: date) -> Iterator[tuple[str, Found]]:
    if one.state is not DecisionState.TAKEN:
        return
    lacks = [*(f"its {head.lower()}" for head in one.missing_heads)]
    lacks += [] if one.published_on else ["the day it was published"]
    if lacks:
        yield "KD6", Found(f"The {one.kind} was taken on {day(one.decided_on)}; missing: {', '.join(lacks)}.")
    if one.activity.kind in PROCUREMENT_OF and one.activity.contract_id is not None:
        starts = [begun for begun in starts if begun[0] != one.activity.contract_id]
    for _, title, starts_on in starts:
        if (one.effective_on is not None and starts_on < one.effective_on) or (
            one.effective_on is None and starts_on <= today
        ):
            since = f"takes effect on {day(one.effective_on)}" if one.effective_on else "is not in effect"
            yield "KD7", Found(f"{title} started on {day(starts_on)}; the decision it is let under {since}.")


def _of_delegation(one: DecisionFacts, above: DecisionFacts | None) -> Iterator[tuple[str, Found]]:
    """Recording it asks for this; the dates of the decision above may be corrected, or a call-in recorded, since."""
    if above is None or one.decided_on is None:
        return
    if above.effective_on is None or one.decided_on < above.effective_on:
        since = f"takes effect on {day(above.effective_on)}" if above.effective_on else "is not in effect"
        words = f"The {one.kind} was taken on {day(one.decided_on)}; the decision that delegates it {since}."
        yield "KD7", Found(words)


# Time


def _of_time(
    session: Session, one: DecisionFacts, agreements: Agreements, periods: Sequence[elections.Period], today: date
) -> Iterator[tuple[str, Found]]:
    if one.state is not DecisionState.EXPECTED or not one.awaits_key_decision:
        return
    if one.is_overdue(today):
        yield "slipped", Found(f"Expected {one.timing}: not taken, and no new date is given.", one.timing.last)
    period = elections.touches(periods, one.timing.first, one.timing.last)
    if period is not None and period.until_on >= today:
        words = f"Expected {one.timing}: {period.name} keeps from {day(period.from_on)} to {day(period.until_on)}."
        yield "pre-election", Found(words, period.from_on)
    if one.is_main:
        yield from _late_for_its_end(session, one, agreements, today)


def _late_for_its_end(
    session: Session, one: DecisionFacts, agreements: Agreements, today: date
) -> Iterator[tuple[str, Found]]:
    about = one.activity
    end, last = about.current_end_on, one.timing.last
    if end is None:
        return
    ends = f"The present agreement {'ends' if end >= today else 'ended'} on {day(end)}"
    when = f"it is expected {one.timing}" if last else "nobody knows when it is to be taken"
    decide_by = _decide_by(session, about, agreements, today)
    if decide_by is not None and (decide_by < today or (last is not None and last > decide_by)):
        yield "latest-start", Found(f"{ends}: the decision is needed by {day(decide_by)}, and {when}.", decide_by)
    elif end < today:
        yield "latest-start", Found(f"{ends}, and {when}.", end)


def _decide_by(session: Session, about: ActivityFacts, agreements: Agreements, today: date) -> date | None:
    """As the activity's back-plan has it, for those from whom an exempt value is withheld."""
    key = (None, about.arrangement_id) if about.arrangement_id is not None else (about.contract_id, None)
    agreement = agreements.get(key)
    if agreement is None or agreement.candidate.ends_on is None:
        return None
    kind = PROCUREMENT_OF.get(about.kind, agreement.candidate.kind)
    procurement = procurement_of(session, agreement, NOBODY, kind, today=today)
    committee = next((held for held in council.committees(session) if held.id == about.committee_id), None)
    looks = committee or council.committee_for(session, agreement.directorate_id, agreement.division_id, on=today)
    plan = back_plan(agreement.candidate.ends_on, procurement, customs_of(session, looks, today), today=today)
    return plan.on(DECISION)


# Reorganisation


def _of_reorganisation(session: Session, one: DecisionFacts, today: date) -> Iterator[tuple[str, Found]]:
    there = council.council_if_any(session)
    if there is None or there.vesting_on is None or not one.is_main or one.state is not DecisionState.EXPECTED:
        return
    found = crossing(ahead_of(one.activity), one.activity.lines, there.vesting_on, limits_on(session, today))
    if found is not None and found.consent is not None:
        yield "successor-consent", Found(f"{found.why} {found.consent}", tells_amount=True)
