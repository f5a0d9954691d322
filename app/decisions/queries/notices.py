"""Notices of decisions: what each says and still lacks, its lawful dates, and the lists of them."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.rights import Reader
from app.council import queries as council
from app.council.rules import NoticePeriods
from app.decisions.models import Activity, Decision, Notice, NoticeKind, NoticeState, Restriction
from app.decisions.models.taking import TakerKind
from app.decisions.queries.activities import answer_now, open_to
from app.decisions.rules import particulars as rules
from app.decisions.rules.key_decisions import Ground, KeyDecisionAnswer
from app.decisions.rules.notice import EarliestDay, difference
from app.decisions.rules.notice_words import Words, read_back, tidied, words_of
from app.decisions.rules.particulars import Announced, Particular, Particulars, amounts_in, earliest_for
from app.decisions.rules.timing import Timing
from app.register.models import Contract

BODIES = frozenset({TakerKind.CABINET, TakerKind.COMMITTEE, TakerKind.COUNCIL})
_CLOSED = list(Restriction)
#: What stands behind a decision: what is withdrawn or superseded does not.
STANDING = NoticeState.PUBLISHED


# What a notice says


def particulars_of(session: Session, notice: Notice, today: date) -> Particulars:
    """Everything the draft and its decision say, as they stand now."""
    decision = notice.decision
    activity = decision.activity
    return Particulars(
        council=council.the_council(session).name,
        title=activity.title,
        reference=decision.reference,
        grounds=grounds_of(session, activity, today),
        taker=decision.taker,
        taker_is_body=decision.taker_kind in BODIES if decision.taker_kind else None,
        members=tidied(decision.taker_members),
        when=Timing(decision.timing, decision.expected_on),
        restriction=decision.restriction,
        is_restricted=decision.restriction is not Restriction.OPEN,
        restriction_ground=decision.restriction_ground,
        matter=notice.matter,
        documents=notice.documents,
        address=notice.address,
        other_documents=notice.other_documents,
        how_to_ask=notice.how_to_ask,
        reasons=notice.reasons,
        representations=notice.representations,
        answer=notice.answer,
        chair_informed=notice.chair_informed,
        chair_informed_on=notice.chair_informed_on,
        agreed_by=notice.agreed_by,
        agreed_as=notice.agreed_as,
        agreed_on=notice.agreed_on,
        meeting_on=notice.meeting_on,
    )


def grounds_of(session: Session, activity: Activity, today: date) -> tuple[str, ...]:
    """Why it is a key decision, as the public may read it: the threshold's amount, never the activity's own."""
    answer = answer_now(session, activity, today)
    if not answer.is_needed:
        return ()
    on = activity.expected_on or today
    threshold = council.key_threshold(session, on)
    money = f" ({threshold})" if council.key_threshold(session, on, capital=True) == threshold else ""
    return tuple(_ground(ground, activity, answer, money) for ground in answer.grounds)


def _ground(ground: Ground, activity: Activity, answer: KeyDecisionAnswer, money: str) -> str:
    if ground in {Ground.EXPENDITURE, Ground.SAVINGS}:
        return f"{ground}{money}"
    said = activity.two_divisions_reason if ground is Ground.TWO_DIVISIONS else activity.other_ground
    if ground is Ground.OTHER and answer.judged and not said:
        said = activity.judgement_reason
    return f"{ground}: {said}" if said and not amounts_in(said) else ground.value


def amounts_told(session: Session, notice: Notice, said: Particulars) -> tuple[str, ...]:
    """The amounts in the words, where the amounts of the matter are exempt: they may not be published."""
    if not amounts_are_exempt(session, notice.decision.activity):
        return ()
    own = (said.title, said.matter, said.documents, said.other_documents, said.reasons, said.representations)
    return amounts_in(*own, said.answer, said.restriction_ground)


def amounts_are_exempt(session: Session, activity: Activity) -> bool:
    """The activity's own, or those of any contract it is about."""
    wanted = select(func.count()).where(_about(activity), Contract.exempt.is_(True))
    return activity.exempt or bool(session.scalar(wanted))


def embargoed_until(session: Session, activity: Activity, today: date) -> date | None:
    """The day before which nobody may publish that it is coming."""
    wanted = select(func.max(Contract.embargoed_until)).where(_about(activity), Contract.embargoed_until > today)
    return session.scalar(wanted)


def _about(activity: Activity) -> ColumnElement[bool]:
    """The contract, or the contracts of the arrangement, that the activity is about."""
    of = ((Contract.id, activity.contract_id), (Contract.arrangement_id, activity.arrangement_id))
    return or_(false(), *(column == number for column, number in of if number is not None))


# One notice


@dataclass(frozen=True)
class NoticeFacts:
    """One notice with what a page says of it."""

    id: int
    uid: UUID
    version: int
    kind: NoticeKind
    state: NoticeState
    decision_id: int
    activity_id: int
    directorate_id: int
    division_id: int | None
    title: str
    reference: str | None
    taker: str | None
    #: What the notice said of when, or while it is drafted what the decision says.
    when: str
    restriction: str
    words: Words
    text: str
    published_on: date | None
    published_by: str | None
    public: bool
    earliest: EarliestDay | None
    entered_on: date | None
    difference: str | None
    system_reference: str | None
    system_url: str | None
    withdrawn_on: date | None
    withdrawn_reason: str | None
    replaced_by: "Successor | None"
    missing: tuple[Particular, ...] = ()
    #: Of a draft: why it would come too late, were it published today.
    too_late: str | None = None
    moved_away: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"/decision-notices/{self.id}"

    @property
    def public_url(self) -> str:
        return f"/notices/{self.uid}"

    @property
    def is_draft(self) -> bool:
        return self.state is NoticeState.DRAFT

    @property
    def file_stem(self) -> str:
        return f"notice-{(self.reference or str(self.id)).replace('/', '-').replace(' ', '-')}"


@dataclass(frozen=True)
class Successor:
    """The notice that took this one's place."""

    id: int
    uid: UUID
    published_on: date | None
    public: bool


def notice_facts(session: Session, notice: Notice, today: date) -> NoticeFacts:
    periods, holidays = _periods(session, notice.published_on or today), council.bank_holidays(session)
    said = particulars_of(session, notice, today) if notice.state is NoticeState.DRAFT else None
    text = words_of(notice.kind, said).text if said else notice.words or ""
    facts = _facts(notice, text, periods, holidays, said)
    if said is None:
        return facts
    too_late = rules.too_soon(notice.kind, said, today, periods, holidays)
    return replace(facts, earliest=earliest_for(notice.kind, today, periods, holidays), too_late=too_late)


def _facts(
    notice: Notice, text: str, periods: NoticePeriods, holidays: Container[date], said: Particulars | None
) -> NoticeFacts:
    decision, activity = notice.decision, notice.decision.activity
    published = notice.published_on
    entered = notice.earliest_entered_on
    asks = notice.kind is NoticeKind.KEY_DECISION and published is not None and entered is not None
    successor = notice.replaced_by
    return NoticeFacts(
        id=notice.id,
        uid=notice.uid,
        version=notice.version,
        kind=notice.kind,
        state=notice.state,
        decision_id=notice.decision_id,
        activity_id=notice.activity_id,
        directorate_id=activity.directorate_id,
        division_id=activity.division_id,
        title=notice.title or activity.title,
        reference=notice.decision_reference if published else decision.reference,
        taker=notice.taker if published else decision.taker,
        when=notice.expected_words or str(Timing(decision.timing, decision.expected_on)),
        restriction=notice.restriction or decision.restriction,
        words=read_back(text),
        text=text,
        published_on=published,
        published_by=notice.published_by,
        public=notice.public,
        earliest=earliest_for(notice.kind, published, periods, holidays) if published else None,
        entered_on=entered,
        difference=difference(published, entered, periods, holidays) if asks and published and entered else None,
        system_reference=notice.system_reference,
        system_url=notice.system_url,
        withdrawn_on=notice.withdrawn_on,
        withdrawn_reason=notice.withdrawn_reason,
        replaced_by=Successor(successor.id, successor.uid, successor.published_on, successor.public)
        if successor
        else None,
        missing=rules.missing(notice.kind, said) if said else (),
        moved_away=asked_anew(notice) if notice.state is STANDING else (),
    )


def asked_anew(notice: Notice) -> tuple[str, ...]:
    """Why the decision is no longer the one this notice announced."""
    decision = notice.decision
    if decision.decided_on is not None or notice.timing is None or notice.restriction is None:
        return ()
    if notice.kind.is_of_private_meeting:
        return ()
    announced = Announced(
        Timing(notice.timing, notice.expected_on),
        notice.taker,
        tidied(notice.taker_members),
        notice.restriction,
        _CLOSED.index(notice.restriction),
    )
    now = Announced(
        Timing(decision.timing, decision.expected_on),
        decision.taker,
        tidied(decision.taker_members),
        decision.restriction,
        _CLOSED.index(decision.restriction),
    )
    return rules.moved_away(announced, now)


def _periods(session: Session, day: date) -> NoticePeriods:
    return council.notice_periods(session, day)


def one_notice(session: Session, notice_id: int, reader: Reader, today: date) -> NoticeFacts | None:
    found = session.scalar(_notices(Notice.id == notice_id, open_to(reader, today)))
    return notice_facts(session, found, today) if found else None


def public_notice(session: Session, uid: UUID, today: date) -> NoticeFacts | None:
    """What was published at its own address stays there, whatever became of it."""
    found = session.scalar(_notices(Notice.uid == uid, Notice.public.is_(True), Notice.state != NoticeState.DRAFT))
    return notice_facts(session, found, today) if found else None


def _notices(*which: ColumnElement[bool]) -> Any:  # Any: a Select of one entity
    """The latest first, each with its decision, its activity and what took its place, in one statement."""
    about = contains_eager(Notice.decision).contains_eager(Decision.activity)
    return (
        _of_decisions(select(Notice), *which)
        .options(about, joinedload(Notice.replaced_by))
        .order_by(Notice.published_on.desc().nulls_first(), Notice.id.desc())
    )


def _of_decisions(query: Any, *which: ColumnElement[bool]) -> Any:  # Any: as above
    joined = query.join(Decision, Decision.id == Notice.decision_id)
    return joined.join(Activity, Activity.id == Notice.activity_id).where(*which)


# Lists


def published_notices(session: Session, decision_id: int) -> list[NoticeFacts]:
    """Every notice ever published of a decision, the latest first, with what became of it."""
    today = date.max  # what is published is read from itself
    wanted = _notices(Notice.decision_id == decision_id, Notice.state != NoticeState.DRAFT)
    return [notice_facts(session, one, today) for one in session.scalars(wanted)]


def notices_of(session: Session, decision_ids: Sequence[int], today: date) -> list[NoticeFacts]:
    """Drafts first, then what was published, the latest first."""
    return [
        notice_facts(session, one, today) for one in session.scalars(_notices(Notice.decision_id.in_(decision_ids)))
    ]


@dataclass(frozen=True)
class NoticesAsked:
    """Which published notices are wanted."""

    words: str = ""
    kind: NoticeKind | None = None
    state: NoticeState | None = None
    oldest_first: bool = False


def notices_listed(
    session: Session, reader: Reader, asked: NoticesAsked, today: date, *, offset: int, limit: int
) -> tuple[list[NoticeFacts], int]:
    """A page of what is published: to everybody what is public; to those signed in also what stands elsewhere."""
    which = [Notice.state != NoticeState.DRAFT, _seen_by(reader, today)]
    if asked.kind is not None:
        which.append(Notice.kind == asked.kind)
    if asked.state is not None:
        which.append(Notice.state == asked.state)
    if asked.words:
        pattern = f"%{asked.words.casefold().replace('%', '').replace('_', '')}%"
        which.append(
            or_(
                *(func.lower(func.coalesce(one, "")).like(pattern) for one in (Notice.title, Notice.decision_reference))
            )
        )
    total = session.scalar(_of_decisions(select(func.count(Notice.id)), *which)) or 0
    wanted = _notices(*which)
    if asked.oldest_first:
        wanted = wanted.order_by(None).order_by(Notice.published_on.asc().nulls_last(), Notice.id)
    rows = session.scalars(wanted.offset(offset).limit(limit))
    return [notice_facts(session, one, today) for one in rows], total


def _seen_by(reader: Reader, today: date) -> ColumnElement[bool]:
    public = Notice.public.is_(True)
    return or_(public, open_to(reader, today)) if reader.signed_in else public


# What is recorded, for whoever is to decide


@dataclass(frozen=True)
class RoutesRecorded:
    """The notices that stand behind a decision."""

    notice_on: date | None = None
    exception_on: date | None = None
    chair_informed_on: date | None = None
    urgency_on: date | None = None
    agreed_on: date | None = None
    agreed_by: str | None = None
    private_on: date | None = None
    private_reasons_on: date | None = None


def routes_of(session: Session, decision: Decision) -> RoutesRecorded:
    """What is recorded: of each kind the notice that stands, by its own day of publication."""
    wanted = select(Notice).where(Notice.decision_id == decision.id, Notice.state == STANDING).order_by(Notice.id)
    of = {notice.kind: notice for notice in session.scalars(wanted)}
    exception, urgency = of.get(NoticeKind.GENERAL_EXCEPTION), of.get(NoticeKind.SPECIAL_URGENCY)
    return RoutesRecorded(
        notice_on=_published(of.get(NoticeKind.KEY_DECISION)),
        exception_on=_published(exception),
        chair_informed_on=exception.chair_informed_on if exception else None,
        urgency_on=_published(urgency),
        agreed_on=urgency.agreed_on if urgency else None,
        agreed_by=urgency.agreed_by if urgency else None,
        private_on=_published(of.get(NoticeKind.PRIVATE_MEETING)),
        private_reasons_on=_published(of.get(NoticeKind.PRIVATE_MEETING_REASONS)),
    )


def _published(notice: Notice | None) -> date | None:
    return notice.published_on if notice else None
