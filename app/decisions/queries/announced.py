"""Published notices that no longer fit their decisions, judged once for everybody; who may read is asked later."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager

from app.core.dates import day
from app.council import queries as council
from app.decisions.models import Activity, Decision, DecisionState, Notice, NoticeKind, NoticeState, Restriction
from app.decisions.queries.decisions import DecisionFacts
from app.decisions.queries.lawful import ROUTE_OF
from app.decisions.rules.announced import Announced, moved_away, moved_from_meeting
from app.decisions.rules.notice import publish_by
from app.decisions.rules.notice_words import tidied
from app.decisions.rules.particulars import earliest_for
from app.decisions.rules.timing import Timing
from app.register.queries.remembered import Remembered, stamp_of

_CLOSED = list(Restriction)
WITHDRAWN = "The decision is withdrawn."


def asked_anew(session: Session, notice: Notice) -> tuple[str, ...]:
    """Why the decision is no longer the one that a notice announced; nothing once it is taken."""
    decision, published_on = notice.decision, notice.published_on
    if notice.state is not NoticeState.PUBLISHED or published_on is None or decision.state is DecisionState.TAKEN:
        return ()
    if decision.state is DecisionState.WITHDRAWN:
        return (WITHDRAWN,)
    announced, now = announced_by(notice), as_it_stands(decision)
    if notice.kind.is_of_private_meeting:
        return moved_from_meeting(announced, now, notice.meeting_on)
    periods, holidays = council.notice_periods(session, now.when.last or published_on), council.bank_holidays(session)
    return moved_away(announced, now, earliest_for(notice.kind, published_on, periods, holidays))


def announced_by(notice: Notice) -> Announced:
    """As it was frozen; what a notice did not keep is what the decision says now."""
    now = as_it_stands(notice.decision)
    restriction = notice.restriction or notice.decision.restriction
    return Announced(
        title=notice.title or now.title,
        purpose=now.purpose if notice.purpose is None else notice.purpose,
        when=Timing(notice.timing, notice.expected_on) if notice.timing is not None else now.when,
        taker=notice.taker or now.taker,
        members=tidied(notice.taker_members) or now.members,
        restriction=restriction,
        closed=_CLOSED.index(restriction),
    )


def as_it_stands(decision: Decision) -> Announced:
    return Announced(
        title=decision.activity.title,
        purpose=decision.activity.purpose,
        when=Timing(decision.timing, decision.expected_on),
        taker=decision.taker,
        members=tidied(decision.taker_members),
        restriction=decision.restriction,
        closed=_CLOSED.index(decision.restriction),
    )


def when_announced(session: Session, one: DecisionFacts) -> tuple[Timing, ...]:
    """What the notices behind the route it took say of its day; nothing of one that did not keep it."""
    kinds = [kind for kind, route in ROUTE_OF.items() if route is one.route]
    wanted = select(Notice.timing, Notice.expected_on).where(
        Notice.decision_id == one.id,
        Notice.kind.in_(kinds),
        Notice.state == NoticeState.PUBLISHED,
        Notice.timing.is_not(None),
    )
    return tuple(Timing(kind, on) for kind, on in session.execute(wanted.order_by(Notice.id)) if kind is not None)


# Every one of them


@dataclass(frozen=True)
class Unfit:
    """A notice that no longer fits, why, and the last day to publish another for the day that is expected now."""

    words: str
    publish_by: date | None


_known: Remembered[Mapping[int, Unfit]] = Remembered(4)


def unfit_notices(session: Session, today: date) -> Mapping[int, Unfit]:
    """By notice; kept until something is saved."""
    return _known.get(stamp_of(session), today, lambda: dict(_judged(session, today)))


def _judged(session: Session, today: date) -> list[tuple[int, Unfit]]:
    by_decision: defaultdict[int, list[Notice]] = defaultdict(list)
    for notice in session.scalars(_standing()):
        by_decision[notice.decision_id].append(notice)
    return [found for notices in by_decision.values() for found in _of_one_decision(session, notices, today)]


def _standing() -> Select[Notice]:
    about = contains_eager(Notice.decision).contains_eager(Decision.activity)
    return (
        select(Notice)
        .join(Decision, Decision.id == Notice.decision_id)
        .join(Activity, Activity.id == Decision.activity_id)
        .where(Notice.state == NoticeState.PUBLISHED, Decision.state != DecisionState.TAKEN)
        .options(about)
        .order_by(Notice.id)
    )


def _of_one_decision(session: Session, notices: Sequence[Notice], today: date) -> list[tuple[int, Unfit]]:
    """Of the routes' notices it is enough that one fits: the others open nothing and say nothing wrong."""
    judged = [(notice, asked_anew(session, notice)) for notice in notices]
    covered = any(not why for notice, why in judged if not notice.kind.is_of_private_meeting)
    return [
        (notice.id, Unfit(" ".join((_named(notice), *why)), _last_day(session, notice, today)))
        for notice, why in judged
        if why and (notice.kind.is_of_private_meeting or not covered)
    ]


def _named(notice: Notice) -> str:
    return f"{notice.kind[0].upper()}{notice.kind[1:]}, published on {day(notice.published_on)}."


def _last_day(session: Session, notice: Notice, today: date) -> date | None:
    last = Timing(notice.decision.timing, notice.decision.expected_on).last
    if notice.kind is not NoticeKind.KEY_DECISION or notice.decision.state is DecisionState.WITHDRAWN or last is None:
        return None
    return publish_by(last, council.notice_periods(session, max(last, today)), council.bank_holidays(session))
