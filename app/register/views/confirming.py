"""Confirming that a record is still correct, from its own page or from the list of what is due; and taking it back."""

from collections.abc import Callable
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core import clock, listing
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.forms import QuestionForm
from app.core.pages import plural
from app.core.web import refusals_shown_on, saves
from app.register.commands import confirming as commands
from app.register.commands.assigning import first_change, latest_change
from app.register.queries import service_record
from app.register.views import bp
from app.register.views.contract_forms import contract_to_edit

EDIT = Permission.EDIT_REGISTER
#: What is confirmed, in the words of a count, and the list of what is due.
LISTS = {
    "contract": (("contract", "contracts"), "/to-do/confirm"),
    "service": (("service", "services"), "/to-do/confirm-service"),
}


@bp.post("/contracts/<int:contract_id>/confirm")
@needs(EDIT)
@saves
def confirm_contract(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    _confirm("contract", [found.id], lambda _: f"{found.title} is confirmed as correct today.")
    return redirect(url_for(".contract", contract_id=found.id))


@bp.post("/services/<int:service_id>/confirm")
@needs(EDIT)
@saves
def confirm_service(service_id: int) -> ResponseReturnValue:
    found = service_record.service(db.session(), service_id)
    check_may(EDIT, found.directorate_id, found.division_id)
    _confirm("service", [found.id], lambda _: f"{found.name} is confirmed as correct today.")
    return redirect(url_for(".service", service_id=service_id))


@bp.post("/to-do/confirm-these/<any(contract, service):subject>")
@needs(EDIT)
@saves
def confirm_these(subject: str) -> ResponseReturnValue:
    """The ticked rows of one page, in one act."""
    ticked = (listing.whole_number(text) for text in request.form.getlist("record"))
    ids = list(dict.fromkeys(number for number in ticked if number is not None))
    words, back = LISTS[subject]
    try:
        _confirm(subject, ids, lambda number: f"{plural(number, *words)} confirmed as correct today.")
    except Refusal as refusal:
        db.session.rollback()
        flash(refusal.message, "problem")
    return redirect(_list_again(back))


def _confirm(subject: str, ids: list[int], words: Callable[[int], str]) -> None:
    session = db.session()
    since = latest_change(session)
    confirmed = commands.confirm_many(session, subject, ids, current_reader(), today=clock.today())
    left = len(ids) - confirmed
    also = f" {plural(left, 'record')} left as it was: not yours to confirm." if left else ""
    change_id = first_change(session, since)
    flash(Markup("{}{}{}").format(words(confirmed), also, _undo(change_id)), "success")


def _undo(change_id: int | None) -> Markup:
    if change_id is None:
        return Markup("")
    return Markup(' <a class="govuk-link" href="{}">Undo this</a>').format(
        url_for("register.unconfirm", change_id=change_id)
    )


def _list_again(path: str) -> str:
    """The same list: only what belongs to its own address is taken back there."""
    kept = {name: request.form[name] for name in ("whose", "directorate", "division", "q") if request.form.get(name)}
    return f"{path}?{urlencode(kept)}" if kept else path


@bp.route("/to-do/confirm-these/undo/<int:change_id>", methods=["GET", "POST"])
@needs(EDIT)
@saves
def unconfirm(change_id: int) -> ResponseReturnValue:
    form, session, reader = QuestionForm(), db.session(), current_reader()
    found = commands.what_is_taken_back(session, change_id, reader, today=clock.today())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            put_back = commands.take_back(session, found)
            flash(f"Undone: {plural(put_back, 'record')} as before.", "success")
            return redirect("/to-do/confirm")
    return render_template("register/unconfirm.html", form=form, records=found.records)
