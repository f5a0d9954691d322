"""A committee's work programme, and its items: added, changed, moved, removed; defaults taken up or left out."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.forms import answered
from app.core.web import refusals_shown_on, saves
from app.council.models import Committee
from app.decisions.commands import committees as commands
from app.decisions.commands.committees import Subject
from app.decisions.forms.committees import ItemForm, LeaveOutForm, RemoveForm
from app.decisions.models import AgendaItem, AgendaSection
from app.decisions.queries.committees import programme
from app.decisions.queries.committees.programme import DefaultFacts
from app.decisions.rules import pre_scrutiny as rules
from app.decisions.rules.pre_scrutiny import Body
from app.decisions.views import bp, loading
from app.decisions.views.committees.loading import item_shown, item_to_change, meeting_choices
from app.decisions.views.proposals import actor
from app.register.forms.editing import check_unchanged


@bp.route("/committees/<int:committee_id>/programme")
@needs(Permission.READ)
def committee_programme(committee_id: int) -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    committee = session.get_one(Committee, committee_id)
    return render_template(
        "decisions/programme.html",
        page=programme.programme(session, reader, committee, today),
        may_edit=reader.may(Permission.RECORD_DECISIONS),
        by_default=rules.takes_by_default(Body(committee.kind.value)),
        today=today,
    )


@bp.route("/committees/<int:committee_id>/items/new", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def new_agenda_item(committee_id: int) -> ResponseReturnValue:
    """A matter of the committee's own; what is about an activity or a contract comes by default or on request."""
    session = db.session()
    committee = session.get_one(Committee, committee_id)
    body = Body(committee.kind.value)
    form = ItemForm(data={"section": AgendaSection.OTHER, "meeting_id": request.args.get("meeting", type=int)})
    form.offer(body, meeting_choices(session, committee_id, clock.today()))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            item = commands.add_item(session, committee, Subject(), form.to_command())
            flash(f"{item.title} is on the work programme.", "success")
            return redirect(_after(item))
    return render_template("decisions/item_form.html", form=form, committee=committee, item=None)


@bp.route("/agenda-items/<int:agenda_item_id>")
@needs(Permission.READ)
def agenda_item(agenda_item_id: int) -> ResponseReturnValue:
    one, reader, today = item_shown(agenda_item_id), current_reader(), clock.today()
    clerk = one.is_changed_by(reader, Permission.RECORD_DECISIONS)
    directorate = one.is_changed_by(reader, Permission.EDIT_ACTIVITIES)
    return render_template(
        "decisions/agenda_item.html",
        one=one,
        heading=rules.heading(one.section, one.body),
        state=one.state(today),
        clerk=clerk,
        answers=one.outcome is not None and (clerk or directorate),
        heard=one.meets_on is not None and one.meets_on <= today,
    )


@bp.route("/agenda-items/<int:agenda_item_id>/change", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def change_agenda_item(agenda_item_id: int) -> ResponseReturnValue:
    item = item_to_change(agenda_item_id)
    form = _item_form(db.session(), item)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, item.version, _item_form(db.session(), item, formdata=None))
            commands.change_item(db.session(), item, form.to_command())
            flash(f"{item.title} is saved.", "success")
            return redirect(_after(item))
    return render_template("decisions/item_form.html", form=form, committee=item.committee, item=item)


def _item_form(session: Session, item: AgendaItem, **more: Any) -> ItemForm:  # Any: passed on to the form
    form = ItemForm(obj=item, **more)
    meetings = meeting_choices(session, item.committee_id, clock.today(), keep=item.meeting_id)
    form.offer(Body(item.committee.kind.value), meetings)
    return form


def _after(item: AgendaItem) -> str:
    """Back to the agenda it stands on, else to the work programme."""
    if item.meeting_id is not None:
        return f"/meetings/{item.meeting_id}"
    return f"/committees/{item.committee_id}/programme"


@bp.route("/agenda-items/<int:agenda_item_id>/<any(up, down):way>", methods=["POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def move_agenda_item(agenda_item_id: int, way: str) -> ResponseReturnValue:
    item = item_to_change(agenda_item_id)
    commands.move_item(db.session(), item, up=way == "up")
    return redirect(f"{_after(item)}#item-{item.id}")


@bp.route("/agenda-items/<int:agenda_item_id>/remove", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def remove_agenda_item(agenda_item_id: int) -> ResponseReturnValue:
    item = item_to_change(agenda_item_id)
    form = RemoveForm(obj=item)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, item.version, RemoveForm(obj=item, formdata=None))
            commands.remove_item(item, answered(form.reason), clock.now())
            flash(f"{item.title} is removed. It can be put back from its own page.", "success")
            return redirect(_after(item))
    return render_template("decisions/remove_item.html", form=form, item=item)


@bp.route("/agenda-items/<int:agenda_item_id>/put-back", methods=["POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def put_agenda_item_back(agenda_item_id: int) -> ResponseReturnValue:
    item = item_to_change(agenda_item_id)
    commands.put_back(db.session(), item)
    flash(f"{item.title} is back.", "success")
    return redirect(_after(item))


# Key decisions that come by default


def default_of(activity_id: int) -> DefaultFacts | None:
    """How the activity comes by default; None where it does not."""
    session, reader, today = db.session(), current_reader(), clock.today()
    defaults, _ = programme.by_default(session, reader, None, today)
    return next((one for one in defaults if one.activity.id == activity_id), None)


@bp.route("/activities/<int:activity_id>/take-up", methods=["POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def take_up_default(activity_id: int) -> ResponseReturnValue:
    """Put it on the agenda it comes to by default; where there is no meeting, on the work programme."""
    one = loading.activity_shown(activity_id)
    check_may(Permission.RECORD_DECISIONS, one.directorate_id, one.division_id)
    found = default_of(activity_id)
    if found is None:
        flash(f"{one.title} does not come to a committee by default, or is on its work programme already.", "notice")
        return redirect(one.url)
    item = take_up(db.session(), found)
    flash(f"{item.title} is on the work programme.", "success")
    return redirect(_after(item))


def take_up(session: Session, default: DefaultFacts) -> AgendaItem:
    meeting_id = default.meeting.id if default.meeting else None
    return commands.take_up(session, default.committee_id, Subject(activity_id=default.activity.id), meeting_id)


@bp.route("/activities/<int:activity_id>/leave-out", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def leave_out_of_committee(activity_id: int) -> ResponseReturnValue:
    activity = loading.activity_to_change(activity_id, Permission.RECORD_DECISIONS)
    one, form = loading.activity_shown(activity_id), LeaveOutForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.leave_out(db.session(), activity, answered(form.urgency), answered(form.reason), actor())
            flash(f"{one.title} is left out. It stands under “Left out for urgency”, with your reason.", "success")
            return redirect(_programme_of(one.id))
    return render_template("decisions/leave_out.html", form=form, one=one)


@bp.route("/activities/<int:activity_id>/bring-back", methods=["POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def bring_back_to_committee(activity_id: int) -> ResponseReturnValue:
    activity = loading.activity_to_change(activity_id, Permission.RECORD_DECISIONS)
    commands.bring_back(db.session(), activity, clock.now())
    flash(f"{activity.title} comes to its committee again.", "success")
    return redirect(_programme_of(activity_id))


def _programme_of(activity_id: int) -> str:
    where = programme.committee_of(db.session(), loading.activity_shown(activity_id), clock.today())
    return f"/committees/{where}/programme" if where is not None else f"/activities/{activity_id}"
