"""What committees' business lacks or waits for, as findings: about agenda items, requests and activities."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, String, and_, cast, exists, false, func, null, or_, select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.findings import Asked, Column, FindingKind, Rows, Severity, declare
from app.council import queries as council
from app.council import settings
from app.council.models import Meeting
from app.decisions.models import Activity, ActivityLine, AgendaItem, PreScrutinyRequest, RequestState
from app.decisions.queries.activities import found_rows, lead_post_key, narrowed
from app.decisions.queries.committees import items as of_items
from app.decisions.queries.committees import programme
from app.decisions.queries.committees import requests as of_requests
from app.decisions.queries.committees.beside import unanswered
from app.decisions.queries.visibility import open_to
from app.decisions.rules.timing import TimingKind
from app.register.models import Contract

PRACTICE = "The council's own way of working: papers are due before the meeting"


def _unit_and_post() -> tuple[ColumnElement[int], ColumnElement[int], ColumnElement[str]]:
    """The activity's directorate, division and post, else the contract's; both are joined."""
    return (
        func.coalesce(Activity.directorate_id, Contract.directorate_id),
        func.coalesce(Activity.division_id, Contract.division_id),
        func.coalesce(lead_post_key(), Contract.manager_post_key),
    )


def _narrowed(asked: Asked, subject: Column) -> list[ColumnElement[bool]]:
    directorate, division, post = _unit_and_post()
    return asked.narrowed(subject=subject, directorate=directorate, division=division, post=post)


def _of_items(asked: Asked, due: Any, *conditions: ColumnElement[bool]) -> Rows:  # Any: a day or null
    return (
        select(
            AgendaItem.id,
            AgendaItem.title,
            *_unit_and_post(),
            due.label("due_on"),
        )
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .outerjoin(Activity, Activity.id == AgendaItem.activity_id)
        .outerjoin(Contract, Contract.id == AgendaItem.contract_id)
        .where(AgendaItem.removed_at.is_(None), of_items.open_rows(asked.reader, asked.today))
        .where(*_narrowed(asked, AgendaItem.id), *conditions)
    )


def _lacks_its_facts() -> ColumnElement[bool]:
    """``ItemFacts.lacks``, said in SQL."""
    lines = exists().where(ActivityLine.activity_id == Activity.id).correlate(Activity)
    about = or_(
        and_(Activity.exempt.is_(False), ~lines),
        and_(Activity.timing == TimingKind.NOT_KNOWN, Activity.decided_on.is_(None)),
        Activity.decision_taker.is_(None),
    )
    return or_(AgendaItem.asked_to.is_(None), and_(AgendaItem.activity_id.is_not(None), about))


def _papers_lack(session: Session, asked: Asked) -> Rows:
    until = asked.today + timedelta(days=council.value_on(session, settings.PAPERS_WARNING, asked.today))
    soon = Meeting.papers_due_on.between(asked.today, until)
    return _of_items(asked, Meeting.papers_due_on, AgendaItem.outcome.is_(None), soon, _lacks_its_facts())


def _outcome_missing(_session: Session, asked: Asked) -> Rows:
    return _of_items(asked, Meeting.meets_on, AgendaItem.outcome.is_(None), Meeting.meets_on < asked.today)


def _response_overdue(session: Session, asked: Asked) -> Rows:
    return _of_items(asked, cast(null(), Date), *unanswered(session, asked.today))


def _items_said(session: Session, asked: Asked, ids: Sequence[int]) -> list[of_items.ItemFacts]:
    return of_items.items(session, asked.reader, today=asked.today, which=AgendaItem.id.in_(ids))


def _papers_working(session: Session, asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
    return {
        one.id or 0: f"Papers for {one.committee} are due on {day(one.papers_due_on)}; it lacks {', '.join(one.lacks)}."
        for one in _items_said(session, asked, ids)
    }


def _heard_working(session: Session, asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
    return {
        one.id or 0: f"{one.committee} met on {day(one.meets_on)}; what it made of this is not recorded."
        for one in _items_said(session, asked, ids)
    }


def _response_working(session: Session, asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
    days = council.value_on(session, settings.RESPONSE_DAYS, asked.today)
    return {
        one.id or 0: f"{one.committee} made recommendations on {day(one.meets_on)}; the directorate answers within "
        f"{days} days and has not."
        for one in _items_said(session, asked, ids)
    }


def _requests(_session: Session, asked: Asked) -> Rows:
    conditions = [PreScrutinyRequest.state == RequestState.ASKED, of_requests.seen_by(asked.reader, asked.today)]
    directorate, division, _ = _unit_and_post()
    return (
        select(
            PreScrutinyRequest.id,
            func.coalesce(Activity.title, Contract.title),
            directorate,
            division,
            cast(null(), String),
            Meeting.papers_due_on.label("due_on"),
        )
        .outerjoin(Activity, Activity.id == PreScrutinyRequest.activity_id)
        .outerjoin(Contract, Contract.id == PreScrutinyRequest.contract_id)
        .outerjoin(Meeting, Meeting.id == PreScrutinyRequest.preferred_meeting_id)
        .where(*_narrowed(asked, PreScrutinyRequest.id), *conditions)
    )


def _requests_working(session: Session, asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
    which = PreScrutinyRequest.id.in_(ids)
    return {
        one.id: f"{one.asked_by} asked {one.committee} on {day(one.asked_at.date())} to look at {one.about}."
        for one in of_requests.requests(session, asked.reader, today=asked.today, which=which)
    }


# Key decisions that come to no committee


def _without_item(session: Session, asked: Asked) -> dict[int, tuple[str, date | None]]:
    """Key decisions on nobody's work programme, whose committee can hear them in time at no meeting, or only soon."""
    until = asked.today + timedelta(days=council.value_on(session, settings.PAPERS_WARNING, asked.today))
    defaults, _ = programme.by_default(session, asked.reader, None, asked.today)
    names = {one.id: one.name for one in council.committees(session)}
    found: dict[int, tuple[str, date | None]] = {}
    for one in defaults:
        name, held = names[one.committee_id], one.meeting
        if held is None and one.activity.timing.first is not None:
            words = f"No meeting of {name} that still takes papers comes before the decision ({one.activity.timing})."
            found[one.activity.id] = (words, None)
        elif held is not None and held.papers_due_on is not None and held.papers_due_on <= until:
            words = f"It comes to {name} on {day(held.meets_on)}, and nobody has taken it up; papers are due first."
            found[one.activity.id] = (words, held.papers_due_on)
    return found


def _no_item(session: Session, asked: Asked) -> Rows:
    found = _without_item(session, asked)
    return found_rows(
        Activity.id.in_(found) if found else false(), open_to(asked.reader, asked.today), *narrowed(asked)
    )


def _no_item_working(session: Session, asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
    found = _without_item(session, asked)
    return {number: found[number][0] for number in ids if number in found}


ITEM = {"subject": "agenda item", "page": "/agenda-items/{}"}

PAPERS_LACK = declare(
    FindingKind(
        code="papers-lack",
        one="agenda item whose papers are due and that lacks its facts",
        many="agenda items whose papers are due and that lack their facts",
        severity=Severity.ACT,
        source=PRACTICE,
        cure="Complete the activity and the item before the papers go out.",
        mend="/agenda-items/{}/change",
        rows=_papers_lack,
        working=_papers_working,
        **ITEM,
    )
)
OUTCOME_MISSING = declare(
    FindingKind(
        code="outcome-missing",
        one="agenda item that was heard and has no outcome recorded",
        many="agenda items that were heard and have no outcome recorded",
        severity=Severity.ACT,
        source="The committee's minutes",
        cure="Record what the committee said and made of it.",
        mend="/agenda-items/{}/outcome",
        rows=_outcome_missing,
        working=_heard_working,
        **ITEM,
    )
)
RESPONSE_OVERDUE = declare(
    FindingKind(
        code="response-overdue",
        one="committee's recommendation that waits too long for an answer",
        many="committees' recommendations that wait too long for an answer",
        severity=Severity.ACT,
        source="A council setting: days within which a directorate answers",
        cure="Answer what the committee recommended, and say what it changed.",
        mend="/agenda-items/{}/response",
        rows=_response_overdue,
        working=_response_working,
        **ITEM,
    )
)
REQUEST_WAITS = declare(
    FindingKind(
        code="request-waits",
        one="member's request to a committee that waits for an answer",
        many="members' requests to committees that wait for an answer",
        severity=Severity.SOON,
        source="practice of cabinet committees: a member is told what becomes of a request",
        cure="Accept, decline or merge it.",
        subject="request",
        page="/pre-scrutiny/{}",
        rows=_requests,
        working=_requests_working,
    )
)
NO_ITEM = declare(
    FindingKind(
        code="committee-item",
        one="key decision that comes to no committee in time",
        many="key decisions that come to no committee in time",
        severity=Severity.ACT,
        source="Key decisions come to their cabinet committee unless left out for urgency",
        cure="Take it up on an agenda, move the decision, or leave it out with its urgency and reason.",
        subject="activity",
        page="/activities/{}",
        rows=_no_item,
        working=_no_item_working,
    )
)
