"""What committees' business shows on an activity's page, a contract's, and the front page."""

from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from app.core import clock
from app.core.access import Permission
from app.core.db import db
from app.core.panels import panel_on
from app.core.rights import Reader
from app.council import queries as council
from app.decisions.queries.committees import beside, coming, programme
from app.decisions.queries.committees import items as of_items
from app.decisions.queries.committees import requests as of_requests
from app.register.models import Contract


@dataclass(frozen=True)
class HomeCount:
    """A number that opens its list."""

    number: int
    words: str
    url: str
    colour: str = ""


def _shown(template: str, **facts: object) -> Markup:
    return Markup(render_template(f"decisions/{template}", **facts))  # noqa: S704 - a template escapes what it prints


@panel_on("activity")
def activity_panel(activity_id: int, reader: Reader) -> Markup:
    """Following, asking, what committees made of it, and what was done about that."""
    session, today = db.session(), clock.today()
    return _shown(
        "activity_committees.html",
        url=f"/activities/{activity_id}",
        items=of_items.by_activity(session, reader, [activity_id], today).get(activity_id, []),
        requests=of_requests.of_activity(session, activity_id, reader, today),
        left_out=programme.left_out_of(session, activity_id),
        followed=coming.follows(session, reader, activity_id),
        may_ask=reader.may(Permission.ASK_COMMITTEES),
    )


@panel_on("contract")
def contract_panel(contract_id: int, reader: Reader) -> Markup:
    """What committees made of it, and asking one to look at it; nothing where there is neither."""
    session, may_ask = db.session(), reader.may(Permission.ASK_COMMITTEES)
    items = beside.items_about(session, session.get_one(Contract, contract_id), reader, clock.today())
    if not items and not may_ask:
        return Markup("")
    return _shown("contract_committees.html", items=items, may_ask=may_ask, url=f"/contracts/{contract_id}")


@panel_on("home")
def home_panel(_subject: int, reader: Reader) -> Markup:
    """A member's committees; what waits for a clerk, whose meetings ahead the page tells by itself."""
    parts = (_members_part(reader), _clerks_part(reader))
    return Markup("").join(part for part in parts if part)


def _members_part(reader: Reader) -> Markup:
    session, today = db.session(), clock.today()
    committees = council.committees_of(session, reader)
    if not committees:
        return Markup("")
    page = coming.my_committees(session, reader, committees, today)
    counts = [_marked(page, mark.words) for mark in (coming.NEW, coming.CHANGED, coming.SLIPPED)]
    waiting = sum(one.waits for one in page.requests)
    counts.append(HomeCount(waiting, "of my requests waiting", "/my-committees#asked"))
    if page.is_chair:
        words = "request waits for my answer" if len(page.to_answer) == 1 else "requests wait for my answer"
        counts.append(HomeCount(len(page.to_answer), words, "/my-committees#to-answer"))
    return _shown("home_member.html", page=page, counts=counts)


def _marked(page: coming.MyCommittees, words: str) -> HomeCount:
    number = sum(any(mark.words == words for mark in entry.marks) for entry in page.entries)
    colour = "red" if words == coming.SLIPPED.words and number else ""
    return HomeCount(number, f"{words.lower()} since the last meeting", f"/my-committees?mark={words}", colour)


def _clerks_part(reader: Reader) -> Markup:
    if not reader.may(Permission.RECORD_DECISIONS):
        return Markup("")
    session, today = db.session(), clock.today()
    work = beside.clerks_work(session, reader, today)
    waiting = len(of_requests.waiting_for(session, reader, today))
    counts = (
        HomeCount(waiting, "request waiting" if waiting == 1 else "requests waiting", "/pre-scrutiny?state=asked"),
        HomeCount(work.to_record, "heard, outcome to record", "/to-do/outcome-missing", "red"),
        HomeCount(work.overdue, "recommendations not answered in time", "/to-do/response-overdue", "red"),
    )
    return _shown("home_clerk.html", counts=[one for one in counts if one.number])
