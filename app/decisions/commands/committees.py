"""What members, clerks and directorates do about committees' business. Nothing here commits."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, event, func, select, update
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.errors import Refusal
from app.core.rights import NOBODY
from app.council.models import Committee, Meeting
from app.decisions.commands.activities import Actor
from app.decisions.models import (
    Activity,
    AgendaItem,
    AgendaSection,
    AskReason,
    Following,
    ItemOutcome,
    LeftOut,
    PreScrutinyRequest,
    RequestState,
)
from app.decisions.queries.decisions import tells_an_amount
from app.decisions.queries.visibility import may_see_amounts
from app.decisions.rules import pre_scrutiny as rules
from app.decisions.rules.pre_scrutiny import Body
from app.register.models import Contract

TELLS_AN_AMOUNT = (
    "Its amount is exempt, and everybody signed in can read this: leave figures out, or have the clerk take the item "
    "as exempt"
)


@dataclass(frozen=True)
class Subject:
    """What a committee looks at: an activity, a contract, or a matter of its own."""

    activity_id: int | None = None
    contract_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AskWanted:
    """A member's request."""

    subject: Subject
    committee_id: int
    about: AskReason
    reason: str
    preferred_meeting_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ItemWanted:
    """An agenda item, as the clerk writes it."""

    title: str
    section: AgendaSection
    meeting_id: int | None = None
    asked_to: str | None = None
    note: str | None = None
    exempt: bool = False
    exempt_ground: str | None = None


@dataclass(frozen=True, kw_only=True)
class OutcomeWanted:
    """What the committee said and made of it."""

    outcome: ItemOutcome
    comments: str | None = None
    recommendations: str | None = None
    minute_reference: str | None = None


@dataclass(frozen=True, kw_only=True)
class ResponseWanted:
    """What the directorate answered, and what it changed."""

    response: str
    responded_by: str
    responded_on: date
    changed: str | None = None


# Following


def follow(session: Session, person_id: int, activity_id: int, now: datetime) -> None:
    """Once is enough: following again changes nothing."""
    mine = select(Following.id).where(Following.person_id == person_id, Following.activity_id == activity_id)
    if session.scalar(mine) is None:
        session.add(Following(person_id=person_id, activity_id=activity_id, since_at=now))
        session.flush()


def stop_following(session: Session, person_id: int, activity_id: int) -> None:
    """A bookmark of one's own: taking it out leaves nothing anybody would look for."""
    mine = select(Following).where(Following.person_id == person_id, Following.activity_id == activity_id)
    for one in session.scalars(mine.order_by(Following.id)):
        session.delete(one)


# Asking, and what becomes of it


def ask(session: Session, wanted: AskWanted, person_id: int, actor: Actor) -> PreScrutinyRequest:
    """Ask a committee to look at it; asking twice for the same is refused while the first waits."""
    waiting = select(PreScrutinyRequest.id).where(
        PreScrutinyRequest.asked_by_id == person_id,
        PreScrutinyRequest.committee_id == wanted.committee_id,
        PreScrutinyRequest.activity_id == wanted.subject.activity_id,
        PreScrutinyRequest.contract_id == wanted.subject.contract_id,
        PreScrutinyRequest.state == RequestState.ASKED,
    )
    if session.scalar(waiting.limit(1)) is not None:
        raise Refusal("You have asked this committee already, and wait for the answer", field="reason")
    _check_meeting(session, wanted.preferred_meeting_id, wanted.committee_id, "preferred_meeting_id")
    _check_tells_no_amount(session, wanted.subject, reason=wanted.reason)
    request = PreScrutinyRequest(
        activity_id=wanted.subject.activity_id,
        contract_id=wanted.subject.contract_id,
        committee_id=wanted.committee_id,
        asked_by_id=person_id,
        asked_by=actor.name,
        asked_at=actor.now,
        about=wanted.about,
        reason=wanted.reason,
        preferred_meeting_id=wanted.preferred_meeting_id,
    )
    session.add(request)
    session.flush()
    return request


def accept(
    session: Session, request: PreScrutinyRequest, meeting_id: int | None, words: str | None, actor: Actor
) -> AgendaItem:
    """It joins the committee's work programme, on a meeting or none yet; an item already there takes it in."""
    subject = Subject(request.activity_id, request.contract_id)
    _check_tells_no_amount(session, subject, words=words)
    _answer(request, RequestState.ACCEPTED, words, actor)
    item = standing_item(session, request.committee_id, subject)
    if item is None:
        item = take_up(session, request.committee_id, subject, meeting_id)
    elif meeting_id is not None and item.meeting_id != meeting_id:
        put_on(session, item, meeting_id)
    request.item_id = item.id
    session.flush()
    return item


def decline(session: Session, request: PreScrutinyRequest, reason: str, actor: Actor) -> None:
    _check_tells_no_amount(session, Subject(request.activity_id, request.contract_id), reason=reason)
    _answer(request, RequestState.DECLINED, reason, actor)


def merge(session: Session, request: PreScrutinyRequest, into_id: int, reason: str, actor: Actor) -> None:
    """Two requests about one matter become one; whoever asked follows the other's answer."""
    into = session.get_one(PreScrutinyRequest, into_id)
    if into.id == request.id or into.committee_id != request.committee_id:
        raise Refusal("Choose another request to the same committee", field="into")
    if into.state not in {RequestState.ASKED, RequestState.ACCEPTED}:
        raise Refusal(f"That request is {into.state}: choose one that stands", field="into")
    _check_tells_no_amount(session, Subject(request.activity_id, request.contract_id), reason=reason)
    request.state = rules.move(request.state, RequestState.MERGED, reason=reason, into=into_id)
    request.merged_into_id = into_id
    _say(request, reason, actor)


def take_back(request: PreScrutinyRequest, person_id: int | None) -> None:
    """Only whoever asked; what has joined the work programme stays there until the clerk removes it."""
    if request.asked_by_id != person_id:
        raise Refusal(f"Only {request.asked_by}, who asked, can take it back")
    request.state = rules.move(request.state, RequestState.TAKEN_BACK)
    request.merged_into_id = None


def _answer(request: PreScrutinyRequest, to: RequestState, words: str | None, actor: Actor) -> None:
    request.state = rules.move(request.state, to, reason=words)
    _say(request, words, actor)


def _say(request: PreScrutinyRequest, words: str | None, actor: Actor) -> None:
    request.answer, request.answered_by, request.answered_at = words, actor.name, actor.now


# The work programme and the agenda


def standing_item(session: Session, committee_id: int, subject: Subject) -> AgendaItem | None:
    """The item of this matter that the committee has still to hear."""
    query = select(AgendaItem).where(
        AgendaItem.committee_id == committee_id,
        AgendaItem.activity_id == subject.activity_id,
        AgendaItem.contract_id == subject.contract_id,
        AgendaItem.removed_at.is_(None),
        AgendaItem.outcome.is_(None),
    )
    return session.scalar(query.order_by(AgendaItem.id).limit(1))


def take_up(session: Session, committee_id: int, subject: Subject, meeting_id: int | None) -> AgendaItem:
    """An activity or a contract joins the work programme as the register words it, until the clerk writes it better."""
    committee = session.get_one(Committee, committee_id)
    section = rules.section_for(is_activity=subject.activity_id is not None)
    about = (
        session.get_one(Activity, subject.activity_id)
        if subject.activity_id is not None
        else session.get_one(Contract, subject.contract_id)
    )
    asked = rules.asked_to(section, Body(committee.kind.value))
    wanted = ItemWanted(title=about.title, section=section, meeting_id=meeting_id, asked_to=asked)
    return add_item(session, committee, subject, wanted)


def add_item(session: Session, committee: Committee, subject: Subject, wanted: ItemWanted) -> AgendaItem:
    if subject != Subject() and standing_item(session, committee.id, subject) is not None:
        raise Refusal("It is on this committee's work programme already", field="title")
    item = AgendaItem(committee_id=committee.id, activity_id=subject.activity_id, contract_id=subject.contract_id)
    _write(session, item, wanted)
    item.position = _next_position(session, item)
    session.add(item)
    session.flush()
    return item


def change_item(session: Session, item: AgendaItem, wanted: ItemWanted) -> None:
    was = (item.meeting_id, item.section)
    if item.outcome is not None and wanted.meeting_id != item.meeting_id:
        raise Refusal("It has been heard: add an item for another meeting instead", field="meeting_id")
    _write(session, item, wanted)
    if (item.meeting_id, item.section) != was:
        item.position = _next_position(session, item)


def put_on(session: Session, item: AgendaItem, meeting_id: int) -> None:
    if item.outcome is not None:
        raise Refusal("It has been heard: add an item for another meeting instead", field="meeting_id")
    _check_meeting(session, meeting_id, item.committee_id, "meeting_id")
    item.meeting_id = meeting_id
    item.position = _next_position(session, item)


def _write(session: Session, item: AgendaItem, wanted: ItemWanted) -> None:
    if wanted.exempt and not wanted.exempt_ground:
        raise Refusal("Say on which ground it is exempt", field="exempt_ground")
    _check_meeting(session, wanted.meeting_id, item.committee_id, "meeting_id")
    if not wanted.exempt:
        said = {"title": wanted.title, "asked_to": wanted.asked_to, "note": wanted.note}
        _check_tells_no_amount(session, Subject(item.activity_id, item.contract_id), **said)
    item.title, item.section, item.meeting_id = wanted.title, wanted.section, wanted.meeting_id
    item.asked_to, item.note = wanted.asked_to, wanted.note
    item.exempt, item.exempt_ground = wanted.exempt, wanted.exempt_ground if wanted.exempt else None


def _check_meeting(session: Session, meeting_id: int | None, committee_id: int, field: str) -> None:
    if meeting_id is not None and session.get_one(Meeting, meeting_id).committee_id != committee_id:
        raise Refusal("Choose a meeting of this committee", field=field)


def _together(item: AgendaItem) -> tuple[object, ...]:
    """Those that stand in one section of one agenda."""
    return (
        AgendaItem.committee_id == item.committee_id,
        AgendaItem.meeting_id == item.meeting_id,
        AgendaItem.section == item.section,
        AgendaItem.removed_at.is_(None),
    )


def _next_position(session: Session, item: AgendaItem) -> int:
    with session.no_autoflush:
        last = session.scalar(select(func.max(AgendaItem.position)).where(*_together(item), AgendaItem.id != item.id))  # type: ignore[arg-type]  # conditions
    return (last or 0) + 1


def move_item(session: Session, item: AgendaItem, *, up: bool) -> None:
    """One place up or down within its section."""
    query = select(AgendaItem).where(*_together(item)).order_by(AgendaItem.position, AgendaItem.id)  # type: ignore[arg-type]  # as above
    held = {one.id: one for one in session.scalars(query)}
    for position, number in enumerate(rules.moved(tuple(held), item.id, up=up), 1):
        if held[number].position != position:
            held[number].position = position


def remove_item(item: AgendaItem, reason: str, now: datetime) -> None:
    if item.outcome is not None:
        raise Refusal("It has been heard: what the committee made of it stays on record")
    item.removed_at, item.removed_reason = now, reason


def put_back(session: Session, item: AgendaItem) -> None:
    """Undo a removal, unless the matter has come back by another item."""
    subject = Subject(item.activity_id, item.contract_id)
    if subject != Subject() and standing_item(session, item.committee_id, subject) is not None:
        raise Refusal("It is on this committee's work programme already, as another item")
    item.removed_at, item.removed_reason = None, None


# Key decisions that come by default


def leave_out(session: Session, activity: Activity, urgency: str, reason: str, actor: Actor) -> LeftOut:
    """A key decision does not come to its committee: for urgency alone, and with a reason."""
    if standing_left_out(session, activity.id) is not None:
        raise Refusal("It is left out already")
    left = LeftOut(activity_id=activity.id, urgency=urgency, reason=reason, by=actor.name, at=actor.now)
    session.add(left)
    session.flush()
    return left


def standing_left_out(session: Session, activity_id: int) -> LeftOut | None:
    query = select(LeftOut).where(LeftOut.activity_id == activity_id, LeftOut.taken_back_at.is_(None))
    return session.scalar(query.order_by(LeftOut.id).limit(1))


def bring_back(session: Session, activity: Activity, now: datetime) -> None:
    left = standing_left_out(session, activity.id)
    if left is None:
        raise Refusal("It is not left out")
    left.taken_back_at = now


# After the meeting


def record_outcome(session: Session, item: AgendaItem, wanted: OutcomeWanted, *, today: date) -> None:
    meeting = session.get_one(Meeting, item.meeting_id) if item.meeting_id is not None else None
    rules.check_outcome(
        wanted.outcome,
        meets_on=meeting.meets_on if meeting else None,
        recommendations=wanted.recommendations,
        today=today,
    )
    _check_item_tells_no_amount(session, item, comments=wanted.comments, recommendations=wanted.recommendations)
    item.outcome, item.minute_reference = wanted.outcome, wanted.minute_reference
    item.comments, item.recommendations = wanted.comments, wanted.recommendations


def respond(session: Session, item: AgendaItem, wanted: ResponseWanted, *, today: date) -> None:
    """The directorate's answer to what the committee said."""
    if item.outcome is None:
        raise Refusal("The committee's outcome is not recorded yet: the clerk records it first", field="response")
    if wanted.responded_on > today:
        raise Refusal("Enter a day that is not in the future", field="responded_on")
    _check_item_tells_no_amount(session, item, response=wanted.response, changed=wanted.changed)
    item.response, item.responded_by = wanted.response, wanted.responded_by
    item.responded_on, item.changed = wanted.responded_on, wanted.changed


# An exempt amount is told in no words that everybody reads


def _check_item_tells_no_amount(session: Session, item: AgendaItem, **words: str | None) -> None:
    if not item.exempt:
        _check_tells_no_amount(session, Subject(item.activity_id, item.contract_id), **words)


def _check_tells_no_amount(session: Session, subject: Subject, **words: str | None) -> None:
    """Refuse a figure beside the question it stands under, where the amount of the matter is exempt."""
    telling = [field for field, said in words.items() if said and tells_an_amount(said)]
    if telling and _amount_is_exempt(session, subject):
        raise Refusal(TELLS_AN_AMOUNT, field=telling[0])


def _amount_is_exempt(session: Session, subject: Subject) -> bool:
    if subject.activity_id is not None:
        return not may_see_amounts(session, NOBODY, subject.activity_id)
    return subject.contract_id is not None and session.get_one(Contract, subject.contract_id).exempt


# A meeting that is cancelled


@event.listens_for(Meeting, "before_delete")
def _keep_agendas(_mapper: object, connection: Connection, meeting: Meeting) -> None:
    """What stands on its agenda is moved first; wishes for it, and items removed from it, let it go."""
    standing = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id, AgendaItem.removed_at.is_(None))
    if connection.execute(standing.limit(1)).first() is not None:
        raise Refusal(f"The meeting of {day(meeting.meets_on)} has items on its agenda: move or remove them first")
    for table, column in ((AgendaItem, "meeting_id"), (PreScrutinyRequest, "preferred_meeting_id")):
        connection.execute(update(table).where(getattr(table, column) == meeting.id).values({column: None}))
