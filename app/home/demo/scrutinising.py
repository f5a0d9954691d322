"""The demonstration's committees at work: requests, agendas, what was said and what was done about it."""

from datetime import date, timedelta

from sqlalchemy import select

from app.accounts.models import Person
from app.council.models import Committee, Meeting
from app.decisions.commands import committees as commands
from app.decisions.commands.activities import Actor
from app.decisions.commands.committees import (
    AskWanted,
    ItemWanted,
    OutcomeWanted,
    ResponseWanted,
    Subject,
)
from app.decisions.models import Activity, AgendaItem, AgendaSection, AskReason, ItemOutcome, PreScrutinyRequest
from app.decisions.rules import pre_scrutiny as rules
from app.decisions.rules.pre_scrutiny import Body
from app.home.demo.notation import Cells, table
from app.home.demo.registering import RECORDED_BY, Loading

#: What each member follows.
FOLLOWS = (("member.adults", "homecare"), ("member.place", "roads"), ("member.place", "parks"), ("cabinet", "roads"))
URGENT = "erp"


def load_scrutiny(loading: Loading) -> None:
    activities = {cells["key"]: _activity(loading, cells["title"]) for cells in table("activities")}
    for cells in table("agenda_items"):
        _item(loading, cells, activities)
    asked: dict[str, PreScrutinyRequest] = {}
    for cells in table("committee_requests"):
        asked[cells["key"]] = _request(loading, cells, activities, asked)
    for who, key in FOLLOWS:
        commands.follow(loading.session, _person(loading, who).id, activities[key].id, loading.now)
    commands.leave_out(
        loading.session,
        activities[URGENT],
        "The present system's support ends before the next meeting that could hear it.",
        "No meeting of the committee falls between the tenders and the last day to sign.",
        Actor(RECORDED_BY, loading.now),
    )


def _activity(loading: Loading, title: str) -> Activity:
    return loading.session.scalars(select(Activity).where(Activity.title == title)).one()


def _person(loading: Loading, who: str) -> Person:
    return loading.session.scalars(select(Person).where(Person.email.like(f"{who}@%"))).one()


def _subject(loading: Loading, about: str, activities: dict[str, Activity]) -> Subject:
    kind, _, key = about.partition(" ")
    if kind == "activity":
        return Subject(activity_id=activities[key].id)
    return Subject(contract_id=loading.register.contracts[key].id) if kind == "contract" else Subject()


def _meeting(committee: Committee, when: str, as_at: date) -> Meeting | None:
    """``-1`` is the last meeting held, ``1`` the next, ``2`` the one after; none where there is no such meeting."""
    if not when:
        return None
    days = sorted(committee.meetings, key=lambda one: one.meets_on)
    held = [one for one in days if one.meets_on < as_at]
    ahead = [one for one in days if one.meets_on >= as_at]
    place = int(when)
    found = held[place:][:1] if place < 0 else ahead[place - 1 : place]
    return found[0] if found else None


def _item(loading: Loading, cells: Cells, activities: dict[str, Activity]) -> None:
    committee = loading.setup.committees[cells["committee"]]
    meeting = _meeting(committee, cells["when"], loading.calendar.as_at)
    section, subject = AgendaSection(cells["section"]), _subject(loading, cells["about"], activities)
    activity = loading.session.get(Activity, subject.activity_id or 0)
    wanted = ItemWanted(
        title=cells["title"] or (activity.title if activity else ""),
        section=section,
        meeting_id=meeting.id if meeting else None,
        asked_to=rules.asked_to(section, Body(committee.kind.value)),
        note=cells["note"] or None,
        exempt=bool(cells["exempt"]),
        exempt_ground=cells["exempt"] or None,
    )
    item = commands.add_item(loading.session, committee, subject, wanted)
    if cells["outcome"] and meeting is not None:
        _heard(loading, item, cells, meeting)


def _heard(loading: Loading, item: AgendaItem, cells: Cells, meeting: Meeting) -> None:
    as_at = loading.calendar.as_at
    outcome = OutcomeWanted(
        outcome=ItemOutcome(cells["outcome"]),
        comments=cells["comments"] or None,
        recommendations=cells["recommendations"] or None,
        minute_reference=cells["minute"] or None,
    )
    commands.record_outcome(loading.session, item, outcome, today=as_at)
    if cells["response"]:
        answered_on = min(as_at, meeting.meets_on + timedelta(days=21))
        answer = ResponseWanted(
            response=cells["response"], responded_by=cells["by"], responded_on=answered_on, changed=cells["changed"]
        )
        commands.respond(loading.session, item, answer, today=as_at)


def _request(
    loading: Loading, cells: Cells, activities: dict[str, Activity], asked: dict[str, PreScrutinyRequest]
) -> PreScrutinyRequest:
    session, committee = loading.session, loading.setup.committees[cells["committee"]]
    person, actor = _person(loading, cells["asker"]), Actor(RECORDED_BY, loading.now)
    preferred = _meeting(committee, cells["preferred"], loading.calendar.as_at)
    wanted = AskWanted(
        subject=_subject(loading, cells["about"], activities),
        committee_id=committee.id,
        about=AskReason(cells["why"]),
        reason=cells["reason"],
        preferred_meeting_id=preferred.id if preferred else None,
    )
    request = commands.ask(session, wanted, person.id, Actor(person.name, loading.now))
    if cells["state"] == "accepted":
        commands.accept(session, request, None, cells["answer"] or None, actor)
    elif cells["state"] == "declined":
        commands.decline(session, request, cells["answer"], actor)
    elif cells["state"] == "merged":
        commands.merge(session, request, asked[cells["into"]].id, cells["answer"], actor)
    return request
