"""Loading requests and items for a page: 404 where the reader may not know of them, 403 where they may not act."""

from datetime import date

from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Permission, current_reader, refuse_entry
from app.core.dates import day
from app.core.db import db
from app.core.forms import Choice
from app.decisions.models import AgendaItem, PreScrutinyRequest
from app.decisions.queries.committees import items as of_items
from app.decisions.queries.committees import programme
from app.decisions.queries.committees import requests as of_requests
from app.decisions.queries.committees.items import ItemFacts
from app.decisions.queries.committees.requests import RequestFacts


def request_shown(request_id: int) -> RequestFacts:
    found = of_requests.one_request(db.session(), request_id, current_reader(), clock.today())
    if found is None:
        raise NoResultFound
    return found


def request_to_answer(request_id: int) -> PreScrutinyRequest:
    """The record itself, for a clerk of the part of the council it is about or the committee's chair."""
    if not request_shown(request_id).is_answered_by(current_reader()):
        refuse_entry()
    return db.session().get_one(PreScrutinyRequest, request_id)


def item_shown(item_id: int) -> ItemFacts:
    found = of_items.one_item(db.session(), item_id, current_reader(), clock.today())
    if found is None:
        raise NoResultFound
    return found


def item_to_change(item_id: int, permission: Permission = Permission.RECORD_DECISIONS) -> AgendaItem:
    """The record itself, for somebody who may change it."""
    if not item_shown(item_id).is_changed_by(current_reader(), permission):
        refuse_entry()
    return db.session().get_one(AgendaItem, item_id)


def meeting_choices(session: Session, committee_id: int, today: date, *, keep: int | None = None) -> list[Choice[int]]:
    """The meetings ahead, and the one it stands on."""
    return [
        Choice(one.id, meeting_words(one.meets_on, one.papers_due_on))
        for one in programme.meetings(session, committees={committee_id})
        if one.meets_on >= today or one.id == keep
    ]


def meeting_words(meets_on: date, papers_due_on: date | None) -> str:
    return f"{day(meets_on)}, papers due {day(papers_due_on)}" if papers_due_on else day(meets_on)
