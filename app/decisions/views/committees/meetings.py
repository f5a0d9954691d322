"""The committees' calendar, and one meeting with its agenda."""

from datetime import date, timedelta
from itertools import groupby

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.listing import Listing
from app.core.web import saves
from app.decisions.models import AgendaSection
from app.decisions.queries.committees import agenda as of_agenda
from app.decisions.queries.committees import programme
from app.decisions.queries.committees.programme import MeetingFacts
from app.decisions.rules import pre_scrutiny as rules
from app.decisions.views import bp, listed
from app.decisions.views.committees.agendas import take_up

#: The calendar begins with this month and shows so much at once.
MONTHS_SHOWN = 12


@bp.route("/meetings")
@needs(Permission.READ)
def meetings() -> ResponseReturnValue:
    today, asked = clock.today(), meetings_asked()
    held = meetings_found(asked, today)
    counts = of_agenda.how_many_items(db.session(), current_reader(), today)
    return render_template(
        "decisions/meetings.html",
        asked=asked,
        months=[(f"{of:%B %Y}", list(rows)) for of, rows in groupby(held, key=lambda one: one.meets_on.replace(day=1))],
        counts=counts,
        total=len(held),
        today=today,
    )


def meetings_asked() -> Listing:
    session, reader, today = db.session(), current_reader(), clock.today()
    return listing.listing(
        "/meetings",
        request.args,
        sorts=("on",),
        default="on",
        filters=(
            listed.committee_filter(session, reader, today, preset=False),
            listing.on_day("from", "On or after"),
            listing.on_day("to", "On or before"),
        ),
    )


def meetings_found(asked: Listing, today: date) -> list[MeetingFacts]:
    """From this month on for a year, unless other days are asked for."""
    committees = listed.committees_of(asked, current_reader(), preset=False)
    first = asked.day("from") or today.replace(day=1)
    last = asked.day("to") or first + timedelta(days=31 * MONTHS_SHOWN)
    every = programme.meetings(db.session(), committees=committees)
    return [one for one in every if first <= one.meets_on <= last]


@bp.route("/meetings/<int:meeting_id>")
@needs(Permission.READ)
def meeting(meeting_id: int) -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    page = of_agenda.agenda(session, reader, meeting_id, today)
    return render_template(
        "decisions/meeting.html",
        page=page,
        headings={section: rules.heading(section, page.meeting.body) for section in AgendaSection},
        may_edit=reader.may(Permission.RECORD_DECISIONS),
        mine=[one for one in page.items if one.is_changed_by(reader, Permission.RECORD_DECISIONS)],
        entitled=any(one.is_exempt and one.entitles(reader) for one in page.items),
        heard=page.meeting.meets_on <= today,
        overdue=page.meeting.papers_due_on is not None and page.meeting.papers_due_on < today,
    )


@bp.route("/meetings/<int:meeting_id>/take-up", methods=["POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def take_up_all(meeting_id: int) -> ResponseReturnValue:
    """Put every key decision that comes to this meeting by default on its agenda."""
    session, reader = db.session(), current_reader()
    held = programme.meeting(session, meeting_id)
    defaults, _ = programme.by_default(session, reader, {held.committee_id}, clock.today())
    mine = [one for one in defaults if one.meeting is not None and one.meeting.id == meeting_id]
    for one in mine:
        check_may(Permission.RECORD_DECISIONS, one.activity.directorate_id, one.activity.division_id)
        take_up(session, one)
    flash(f"{len(mine)} put on the agenda.", "success")
    return redirect(f"/meetings/{meeting_id}")
