"""A committee's work programme: by meeting, without one, what comes by default and what is left out."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.rights import Reader
from app.council import queries as council
from app.council.models import Committee, Meeting
from app.decisions.models import AgendaItem, AgendaSection, ItemOutcome, LeftOut
from app.decisions.queries.activities import ActivityFacts, forthcoming_activities
from app.decisions.queries.committees.items import ItemFacts, items
from app.decisions.queries.committees.running import running_under
from app.decisions.rules import pre_scrutiny as rules
from app.decisions.rules.horizon import rolling_horizon
from app.decisions.rules.pre_scrutiny import Body, Sitting

#: Meetings shown although nothing is on them yet.
NEXT_MEETINGS = 4


@dataclass(frozen=True)
class MeetingFacts:
    """One meeting of a committee."""

    id: int
    committee_id: int
    committee: str
    body: Body
    meets_on: date
    papers_due_on: date | None
    place: str = ""

    @property
    def url(self) -> str:
        return f"/meetings/{self.id}"

    @property
    def sitting(self) -> Sitting:
        return Sitting(self.id, self.meets_on, self.papers_due_on)


@dataclass(frozen=True)
class DefaultFacts:
    """A key decision that comes to its cabinet committee without being asked for, and to which meeting."""

    activity: ActivityFacts
    committee_id: int
    meeting: MeetingFacts | None


@dataclass(frozen=True)
class LeftOutFacts:
    """A key decision that does not come, with the urgency and the reason."""

    activity: ActivityFacts
    committee_id: int
    urgency: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class MeetingGroup:
    """A meeting's own items, and the decisions that come to it by default."""

    meeting: MeetingFacts
    items: tuple[ItemFacts, ...]
    defaults: tuple[DefaultFacts, ...]


@dataclass(frozen=True)
class Programme:
    """The page."""

    committee_id: int
    committee: str
    body: Body
    ahead: tuple[MeetingGroup, ...]
    items: tuple[ItemFacts, ...]
    defaults: tuple[DefaultFacts, ...]
    left_out: tuple[LeftOutFacts, ...]
    heard: tuple[MeetingGroup, ...]


def meetings(session: Session, *, committees: Collection[int] | None = None) -> list[MeetingFacts]:
    """Every meeting, or those of some committees, earliest first."""
    query = (
        select(Meeting.id, Committee.id, Committee.name, Committee.kind, Meeting.meets_on, Meeting.papers_due_on)
        .join(Committee, Committee.id == Meeting.committee_id)
        .order_by(Meeting.meets_on, Committee.position, Meeting.id)
    )
    if committees is not None:
        query = query.where(Meeting.committee_id.in_(committees))
    return [
        MeetingFacts(number, committee_id, name, Body(kind.value), meets_on, papers)
        for number, committee_id, name, kind, meets_on, papers in session.execute(query)
    ]


def meeting(session: Session, meeting_id: int) -> MeetingFacts:
    """One meeting; NoResultFound otherwise."""
    found = session.get_one(Meeting, meeting_id)
    committee = session.get_one(Committee, found.committee_id)
    body = Body(committee.kind.value)
    when = (found.meets_on, found.papers_due_on, found.place or "")
    return MeetingFacts(found.id, committee.id, committee.name, body, *when)


def committee_of(session: Session, one: ActivityFacts, today: date) -> int | None:
    """The one named on the activity, else the one whose remit takes in its part of the council or its portfolio."""
    if one.committee_id is not None:
        return one.committee_id
    found = council.committee_for(session, one.directorate_id, one.division_id, on=today)
    found = found or council.committee_for_taker(session, one.decision_taker, on=today)
    return found.id if found is not None else None


def key_decisions(
    session: Session, reader: Reader, committees: Collection[int] | None, today: date
) -> list[tuple[ActivityFacts, int]]:
    """Undecided key decisions within the horizon that belong to these committees, each with its committee."""
    found = forthcoming_activities(session, reader, rolling_horizon(today), as_at=today, today=today)
    placed = ((one, committee_of(session, one, today)) for one, _ in found if one.decided_on is None)
    return [(one, where) for one, where in placed if where is not None and (committees is None or where in committees)]


def by_default(
    session: Session, reader: Reader, committees: Collection[int] | None, today: date
) -> tuple[list[DefaultFacts], list[LeftOutFacts]]:
    """Key decisions that nobody has put on a work programme yet: those that come by default, and those left out."""
    bodies = {one.id: Body(one.kind.value) for one in council.committees(session)}
    coming = [
        (one, where)
        for one, where in key_decisions(session, reader, committees, today)
        if rules.takes_by_default(bodies[where])
    ]
    if not coming:
        return [], []
    taken = _on_a_programme(session)
    left = _left_out(session)
    known = {one.id: one for one in meetings(session, committees={where for _, where in coming})}
    of: defaultdict[int, list[Sitting]] = defaultdict(list)
    for held in known.values():
        of[held.committee_id].append(held.sitting)
    defaults, without = [], []
    for one, where in coming:
        if one.id in left:
            urgent = left[one.id]
            without.append(LeftOutFacts(one, where, urgent.urgency, urgent.reason, urgent.by, urgent.at))
        elif (one.id, where) not in taken:
            sitting = rules.meeting_before(of[where], one.timing, today=today)
            defaults.append(DefaultFacts(one, where, known[sitting.id] if sitting else None))
    return defaults, without


def _on_a_programme(session: Session) -> set[tuple[int, int]]:
    """With what was heard; what a further report was asked on comes again."""
    again = AgendaItem.outcome == ItemOutcome.FURTHER_REPORT
    query = select(AgendaItem.activity_id, AgendaItem.committee_id).where(
        AgendaItem.activity_id.is_not(None), AgendaItem.removed_at.is_(None), or_(AgendaItem.outcome.is_(None), ~again)
    )
    return {(activity_id, committee_id) for activity_id, committee_id in session.execute(query) if activity_id}


def _left_out(session: Session) -> Mapping[int, LeftOut]:
    query = select(LeftOut).where(LeftOut.taken_back_at.is_(None)).order_by(LeftOut.id)
    return {one.activity_id: one for one in session.scalars(query)}


def as_items(session: Session, reader: Reader, defaults: Sequence[DefaultFacts], today: date) -> tuple[ItemFacts, ...]:
    """Decisions that come by default, as the agenda prints them before anybody has taken them up."""
    present = running_under(session, [one.activity for one in defaults], reader, today)
    return tuple(
        ItemFacts(
            id=None,
            version=0,
            committee_id=one.committee_id,
            committee=one.meeting.committee,
            body=one.meeting.body,
            meeting_id=one.meeting.id,
            meets_on=one.meeting.meets_on,
            papers_due_on=one.meeting.papers_due_on,
            activity_id=one.activity.id,
            contract_id=None,
            activity=one.activity,
            contract=present.get(one.activity.id),
            section=AgendaSection.DECISIONS,
            position=0,
            title=one.activity.title,
            asked_to=rules.asked_to(AgendaSection.DECISIONS, one.meeting.body),
            note=None,
            exempt=False,
            exempt_ground=one.activity.exempt_ground,
            is_open=True,
        )
        for one in defaults
        if one.meeting is not None
    )


def _worth_showing(ahead: Sequence[MeetingGroup]) -> tuple[MeetingGroup, ...]:
    """The next meetings, and those later ones that have something on them."""
    return tuple(one for place, one in enumerate(ahead) if place < NEXT_MEETINGS or one.items or one.defaults)


def programme(session: Session, reader: Reader, committee: Committee, today: date) -> Programme:
    held = items(session, reader, today=today, which=AgendaItem.committee_id == committee.id)
    defaults, left = by_default(session, reader, {committee.id}, today)
    every = meetings(session, committees={committee.id})
    on: defaultdict[int, list[ItemFacts]] = defaultdict(list)
    for one in held:
        if one.meeting_id is not None:
            on[one.meeting_id].append(one)
    coming: defaultdict[int, list[DefaultFacts]] = defaultdict(list)
    for default in defaults:
        if default.meeting is not None:
            coming[default.meeting.id].append(default)
    groups = [MeetingGroup(one, tuple(on[one.id]), tuple(coming[one.id])) for one in every]
    return Programme(
        committee_id=committee.id,
        committee=committee.name,
        body=Body(committee.kind.value),
        ahead=_worth_showing([one for one in groups if one.meeting.meets_on >= today]),
        items=tuple(one for one in held if one.meeting_id is None),
        defaults=tuple(one for one in defaults if one.meeting is None),
        left_out=tuple(left),
        heard=tuple(one for one in reversed(groups) if one.meeting.meets_on < today and one.items),
    )


def left_out_of(session: Session, activity_id: int) -> LeftOut | None:
    """Why one key decision does not come, where it is left out."""
    query = select(LeftOut).where(LeftOut.activity_id == activity_id, LeftOut.taken_back_at.is_(None))
    return session.scalar(query.order_by(LeftOut.id).limit(1))
