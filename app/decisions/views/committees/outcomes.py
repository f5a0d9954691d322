"""After the meeting: what the committee said, what the directorate did about it, and what that changed."""

from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.web import refusals_shown_on, saves
from app.council.models import Committee
from app.decisions.commands import committees as commands
from app.decisions.forms.committees import OutcomeForm, ResponseForm
from app.decisions.models import AgendaItem
from app.decisions.queries.committees import agenda as of_agenda
from app.decisions.views import bp
from app.decisions.views.committees.loading import item_to_change
from app.register.forms.editing import check_unchanged


@bp.route("/agenda-items/<int:agenda_item_id>/outcome", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def record_outcome(agenda_item_id: int) -> ResponseReturnValue:
    session, item = db.session(), item_to_change(agenda_item_id)
    form = OutcomeForm(obj=item)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, item.version, OutcomeForm(obj=item, formdata=None))
            commands.record_outcome(session, item, form.to_command(), today=clock.today())
            flash(f"{item.title}: {item.outcome} is recorded.", "success")
            return redirect(f"/agenda-items/{item.id}")
    return render_template("decisions/outcome.html", form=form, item=item)


@bp.route("/agenda-items/<int:agenda_item_id>/response", methods=["GET", "POST"])
@needs(Permission.EDIT_ACTIVITIES)
@saves
def respond_to_committee(agenda_item_id: int) -> ResponseReturnValue:
    return _respond(item_to_change(agenda_item_id, Permission.EDIT_ACTIVITIES))


@bp.route("/agenda-items/<int:agenda_item_id>/response-received", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def record_response(agenda_item_id: int) -> ResponseReturnValue:
    """The clerk types in what the directorate sent."""
    return _respond(item_to_change(agenda_item_id))


def _respond(item: AgendaItem) -> ResponseReturnValue:
    form = _response_form(item)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, item.version, _response_form(item, formdata=None))
            commands.respond(db.session(), item, form.to_command(), today=clock.today())
            flash(f"The answer on {item.title} is recorded.", "success")
            return redirect(f"/agenda-items/{item.id}")
    return render_template("decisions/response.html", form=form, item=item)


def _response_form(item: AgendaItem, **more: Any) -> ResponseForm:  # Any: passed on to the form
    reader = current_reader()
    first = {} if item.responded_on else {"responded_by": reader.post or reader.name, "responded_on": clock.today()}
    return ResponseForm(data={**_held(item), **first}, **more)


def _held(item: AgendaItem) -> dict[str, Any]:  # Any: answers of many types
    names = ("version", "response", "responded_by", "responded_on", "changed")
    return {name: getattr(item, name) for name in names}


@bp.route("/committees/<int:committee_id>/said-and-done")
@needs(Permission.READ)
def said_and_done(committee_id: int) -> ResponseReturnValue:
    session = db.session()
    committee = session.get_one(Committee, committee_id)
    return render_template(
        "decisions/said_and_done.html",
        committee=committee,
        rows=of_agenda.heard(session, current_reader(), committee_id, clock.today()),
    )
