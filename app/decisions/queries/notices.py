"""Notices of decisions: what each says and still lacks, its lawful dates, and the lists of them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.rights import Reader
from app.council import queries as council
from app.decisions.models import Activity, Decision, DecisionState, Notice, NoticeKind, NoticeState
from app.decisions.queries.announced import asked_anew
from app.decisions.queries.particulars import particulars_of
from app.decisions.queries.visibility import open_to
from app.decisions.rules import particulars as rules
from app.decisions.rules.notice import EarliestDay, difference
from app.decisions.rules.notice_words import Words, read_back, when_said, words_of
from app.decisions.rules.particulars import Particular, earliest_said

#: What stands behind a decision: what is withdrawn or superseded does not.
STANDING = NoticeState.PUBLISHED


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
    decided: bool
    directorate_id: int
    division_id: int | None
    title: str
    reference: str | None
    taker: str | None
    #: When the decision or the private meeting is to be: as the notice said it, or as its draft would.
    when: str
    restriction: str
    words: Words
    text: str
    published_on: date | None
    published_by: str | None
    public: bool
    entered_on: date | None
    system_reference: str | None
    system_url: str | None
    withdrawn_on: date | None
    withdrawn_reason: str | None
    replaced_by: "Successor | None"
    earliest: EarliestDay | None = None
    #: How the committee system's own earliest day differs from the reckoned one.
    difference: str | None = None
    missing: tuple[Particular, ...] = ()
    #: Of a draft: why it would come too late, were it published today.
    too_late: str | None = None
    #: Why the decision is no longer the one it announced.
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

    def allows(self, act: str) -> bool:
        """Whether an act makes sense now: a draft is whole before it is published; what is decided stands."""
        if act == "publish":
            return not self.missing
        return not self.decided or act in {"edit", "reference"}

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
    """A draft as it would read if it were published today; what is published as it was."""
    on = notice.published_on or today
    periods, holidays = council.notice_periods(session, on), council.bank_holidays(session)
    earliest = earliest_said(notice.kind, on, notice.urgent_meeting_on, periods, holidays)
    if notice.state is NoticeState.DRAFT:
        said = particulars_of(session, notice, today)
        return replace(
            _facts(notice, words_of(notice.kind, said).text),
            when=when_said(notice.kind, said) or "Not known yet",
            earliest=earliest,
            missing=rules.missing(notice.kind, said),
            too_late=rules.too_soon(notice.kind, said, today, periods, holidays),
        )
    entered = notice.earliest_entered_on
    asks = entered is not None and notice.kind is NoticeKind.KEY_DECISION
    return replace(
        _facts(notice, notice.words or ""),
        earliest=earliest,
        difference=difference(on, entered, periods, holidays) if asks and entered else None,
        moved_away=asked_anew(session, notice),
    )


def _facts(notice: Notice, text: str) -> NoticeFacts:
    decision, activity = notice.decision, notice.decision.activity
    published, successor = notice.published_on, notice.replaced_by
    return NoticeFacts(
        id=notice.id,
        uid=notice.uid,
        version=notice.version,
        kind=notice.kind,
        state=notice.state,
        decision_id=notice.decision_id,
        decided=decision.state is DecisionState.TAKEN,
        directorate_id=activity.directorate_id,
        division_id=activity.division_id,
        title=notice.title or activity.title,
        reference=notice.decision_reference if published else decision.reference,
        taker=notice.taker if published else decision.taker,
        when=notice.expected_words or "",
        restriction=notice.restriction or decision.restriction,
        words=read_back(text),
        text=text,
        published_on=published,
        published_by=notice.published_by,
        public=notice.public,
        entered_on=notice.earliest_entered_on,
        system_reference=notice.system_reference,
        system_url=notice.system_url,
        withdrawn_on=notice.withdrawn_on,
        withdrawn_reason=notice.withdrawn_reason,
        replaced_by=Successor(successor.id, successor.uid, successor.published_on, successor.public)
        if successor
        else None,
    )


def one_notice(session: Session, notice_id: int, reader: Reader, today: date) -> NoticeFacts | None:
    found = session.scalar(_notices(Notice.id == notice_id, open_to(reader, today)))
    return notice_facts(session, found, today) if found else None


def public_notice(session: Session, uid: UUID, today: date) -> NoticeFacts | None:
    """What was published at its own address stays there, whatever became of it."""
    found = session.scalar(_notices(Notice.uid == uid, Notice.public.is_(True), Notice.state != NoticeState.DRAFT))
    return notice_facts(session, found, today) if found else None


def publishes_here(session: Session) -> bool:
    """Whether there is anything at public addresses of the register's own."""
    return bool(session.scalar(select(exists().where(Notice.public.is_(True), Notice.state != NoticeState.DRAFT))))


def others_public(session: Session, one: NoticeFacts, today: date) -> list[NoticeFacts]:
    """What else anybody may read of the same decision: the notice before it, and those of other kinds."""
    wanted = _notices(
        Notice.decision_id == one.decision_id,
        Notice.id != one.id,
        Notice.public.is_(True),
        Notice.state != NoticeState.DRAFT,
    )
    return [notice_facts(session, found, today) for found in session.scalars(wanted)]


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


def notices_of(session: Session, decision_id: int, today: date) -> list[NoticeFacts]:
    """Of one decision: drafts first, then whatever was published, the latest first."""
    wanted = _notices(Notice.decision_id == decision_id)
    return [notice_facts(session, one, today) for one in session.scalars(wanted)]


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
