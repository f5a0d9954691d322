"""What is done to a contract after award, each with a page of its own: extend, vary, end early, withdraw, confirm."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import current_reader, needs
from app.core.dates import day
from app.core.db import db
from app.core.forms import answered
from app.core.web import refusals_shown_on, saves
from app.register import reckoning
from app.register.commands import contract_events as commands
from app.register.forms.contracts.acts import ActForm, EndForm, EventForm, ExtendForm, VaryForm
from app.register.forms.editing import check_unchanged
from app.register.models import Contract
from app.register.queries import contract_record as queries
from app.register.views import bp
from app.register.views.contract_forms import EDIT, Tried, contract_to_edit, editor, may_save
from app.register.views.contract_record import ANSWERS


@bp.route("/contracts/<int:contract_id>/extend", methods=["GET", "POST"])
@needs(EDIT)
@saves
def extend_contract(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    form = ExtendForm(data={"version": found.version, "effective_on": clock.today()})
    form.offer(found)

    def act(reason: str) -> None:
        commands.extend(db.session(), found, form.to_command(reason), editor=editor())

    return _event_page(found, form, act, "Extend this contract", "Extend")


@bp.route("/contracts/<int:contract_id>/vary", methods=["GET", "POST"])
@needs(EDIT)
@saves
def vary_contract(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    form = VaryForm(data={"version": found.version, "effective_on": clock.today()})

    def act(reason: str) -> None:
        commands.vary(db.session(), found, form.to_command(reason), editor=editor())

    return _event_page(found, form, act, "Vary this contract", "Vary")


def _event_page(
    found: Contract, form: EventForm, act: Callable[[str], None], title: str, button: str
) -> ResponseReturnValue:
    """An event is tried, shown with what it comes to, and stored when nothing stands against it or a reason does."""
    tried = None
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            tried = _try(found, form, act)
            if may_save(form, tried):
                flash(told(found, tried), "success")
                return redirect(url_for(".contract", contract_id=found.id))
    return render_template(
        "register/contract_event.html",
        form=form,
        contract=found,
        tried=tried,
        answers=ANSWERS,
        title=title,
        button=button,
    )


def told(found: Contract, tried: Tried) -> str:
    """What an extension or variation came to."""
    worth = f", and its current value is {tried.reckoned.current}" if tried.reckoned.current else ""
    return f"{found.title} now ends on {day(found.current_end_on) or 'no recorded day'}{worth}."


def _try(found: Contract, form: EventForm, act: Callable[[str], None]) -> Tried:
    settings, today = queries.settings_on(db.session(), clock.today()), clock.today()
    parts = queries.parts_of_arrangement(db.session(), found, current_reader())
    stood = reckoning.cautions_of(found, reckoning.reckon(found, settings, parts, today=today), settings)
    act(". ".join(words.rstrip(".") for words in (form.reason.data, form.passing.data) if words))
    after = reckoning.reckon(found, settings, reckoning.parts_now(parts, found), today=today)
    uses_option = not isinstance(form, ExtendForm) or bool(form.uses_option.data)
    now = reckoning.cautions_of(found, after, settings, uses_option=uses_option)
    return Tried(after, reckoning.news(stood, now))


@bp.route("/contracts/<int:contract_id>/end", methods=["GET", "POST"])
@needs(EDIT)
@saves
def end_contract(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    form = EndForm(data={"version": found.version})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            commands.end_early(db.session(), found, answered(form.ends_on), answered(form.reason))
            flash(f"{found.title} ends early, on {day(found.ended_early_on)}.", "success")
            return redirect(url_for(".contract", contract_id=found.id))
    return render_template("register/contract_end.html", form=form, contract=found)


@bp.route("/contracts/<int:contract_id>/resume", methods=["POST"])
@needs(EDIT)
@saves
def resume_contract(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    commands.resume(db.session(), found, "The early end was taken back")
    flash(f"{found.title} runs on to {day(found.current_end_on) or 'no recorded end'}.", "success")
    return redirect(url_for(".contract", contract_id=found.id))


@bp.route("/contracts/<int:contract_id>/withdraw", methods=["GET", "POST"])
@needs(EDIT)
@saves
def withdraw_contract(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    form, here = ActForm(data={"version": found.version}), url_for(".contract", contract_id=contract_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            commands.withdraw(db.session(), found, answered(form.reason), editor=editor())
            flash(f"{found.title} is withdrawn. If that was a mistake, put it back below.", "success")
            return redirect(here)
    return render_template("register/withdraw.html", form=form, name=found.title, back_to=here)


@bp.route("/contracts/<int:contract_id>/restore", methods=["POST"])
@needs(EDIT)
@saves
def restore_contract(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    commands.restore(found)
    flash(f"{found.title} is back in the register.", "success")
    return redirect(url_for(".contract", contract_id=found.id))


@bp.route("/contracts/<int:contract_id>/confirm", methods=["POST"])
@needs(EDIT)
@saves
def confirm_contract(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    commands.confirm(found, today=clock.today())
    flash(f"{found.title} is confirmed as correct today.", "success")
    return redirect(url_for(".contract", contract_id=found.id))
