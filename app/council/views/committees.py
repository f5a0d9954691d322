"""Committees, what they look after, and their calendars."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Permission, needs
from app.core.dates import day
from app.core.db import db
from app.core.forms import Choice
from app.core.web import refusals_shown_on, saves
from app.council import commands, queries
from app.council.forms import CommitteeForm, MeetingForm
from app.council.models import Committee, Meeting
from app.council.views import bp


@bp.get("/admin/committees")
@needs(Permission.READ)
def committees() -> ResponseReturnValue:
    session, today = db.session(), clock.today()
    return render_template(
        "council/committees.html",
        committees=queries.committees(session),
        remits=queries.remits_in_words(session),
        next_meetings=queries.next_meetings(session, today),
        today=today,
    )


@bp.get("/admin/committees/<int:committee_id>")
@needs(Permission.READ)
def committee(committee_id: int) -> ResponseReturnValue:
    session, today = db.session(), clock.today()
    found = session.get_one(Committee, committee_id)
    return render_template(
        "council/committee.html",
        committee=found,
        remit=queries.remits_in_words(session).get(committee_id, ""),
        ahead=[meeting for meeting in found.meetings if meeting.meets_on >= today],
        held=[meeting for meeting in reversed(found.meetings) if meeting.meets_on < today],
    )


@bp.route("/admin/committees/new", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def new_committee() -> ResponseReturnValue:
    form = CommitteeForm()
    _offer(form, db.session())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = commands.add_committee(db.session(), form.to_command())
            flash(f"{made.name} is added", "success")
            return redirect(url_for(".committee", committee_id=made.id))
    return render_template(
        "council/committee_form.html", form=form, heading="Add a committee", cancel="/admin/committees"
    )


@bp.route("/admin/committees/<int:committee_id>/change", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def change_committee(committee_id: int) -> ResponseReturnValue:
    found, there = db.session.get_one(Committee, committee_id), url_for(".committee", committee_id=committee_id)
    form = CommitteeForm(
        obj=found,
        directorates=[remit.directorate_id for remit in found.remits if remit.directorate_id],
        divisions=[remit.division_id for remit in found.remits if remit.division_id],
    )
    _offer(form, db.session())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_committee(db.session(), found, form.to_command())
            flash(f"{found.name} is saved", "success")
            return redirect(there)
    return render_template("council/committee_form.html", form=form, heading="Change a committee", cancel=there)


def _offer(form: CommitteeForm, session: Session) -> None:
    form.directorates.choices = [Choice(one.id, one.name) for one in queries.directorates(session)]
    form.divisions.choices = [Choice(one.id, one.name) for one in queries.divisions(session)]


@bp.route("/admin/committees/<int:committee_id>/meetings/new", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def new_meeting(committee_id: int) -> ResponseReturnValue:
    found, form = db.session.get_one(Committee, committee_id), MeetingForm()
    name = found.name
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = commands.add_meeting(found, form.to_command())
            flash(f"The meeting of {day(made.meets_on)} is in the calendar", "success")
            return redirect(url_for(".committee", committee_id=committee_id))
    there = url_for(".committee", committee_id=committee_id)
    return render_template("council/meeting_form.html", form=form, caption=name, heading="Add a meeting", cancel=there)


@bp.route("/admin/meetings/<int:meeting_id>/change", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def change_meeting(meeting_id: int) -> ResponseReturnValue:
    meeting = db.session.get_one(Meeting, meeting_id)
    found, form = db.session.get_one(Committee, meeting.committee_id), MeetingForm(obj=meeting)
    there, name = url_for(".committee", committee_id=found.id), found.name
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_meeting(found, meeting, form.to_command(), today=clock.today())
            flash(f"The meeting of {day(meeting.meets_on)} is saved", "success")
            return redirect(there)
    return render_template(
        "council/meeting_form.html", form=form, caption=name, heading="Change a meeting", cancel=there
    )


@bp.post("/admin/meetings/<int:meeting_id>/cancel")
@needs(Permission.EDIT_SETTINGS)
@saves
def cancel_meeting(meeting_id: int) -> ResponseReturnValue:
    meeting = db.session.get_one(Meeting, meeting_id)
    committee_id, when = meeting.committee_id, meeting.meets_on
    commands.remove_meeting(db.session(), meeting, today=clock.today())
    flash(f"The meeting of {day(when)} is cancelled", "success")
    return redirect(url_for(".committee", committee_id=committee_id))
