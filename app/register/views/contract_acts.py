"""What is done to a contract after award, each with its page: extend, vary, correct, suspend, end, withdraw."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from app.core import clock
from app.core.access import current_reader, needs
from app.core.dates import day
from app.core.db import db
from app.core.forms import answered
from app.core.web import refusals_shown_on, saves
from app.register import modifications
from app.register.commands import contract_events as commands
from app.register.commands.trying import Tried, try_event
from app.register.forms.contracts.acts import (
    ActForm,
    CorrectForm,
    EndForm,
    EventForm,
    ExtendForm,
    FromForm,
    VaryForm,
)
from app.register.forms.contracts.parts import named_field
from app.register.forms.editing import check_unchanged
from app.register.models import Contract, ContractEvent, ContractStage, ExtensionOption, Provider
from app.register.queries import contract_choices as choices
from app.register.queries import contract_life as life
from app.register.queries import named
from app.register.views import bp
from app.register.views.contract_forms import EDIT, contract_to_edit, editor, is_check, may_save
from app.register.views.contract_record import ANSWERS


def back_to(found: Contract) -> ResponseReturnValue:
    return redirect(url_for(".contract", contract_id=found.id))


# Extend and vary


@bp.route("/contracts/<int:contract_id>/extend", methods=["GET", "POST"])
@needs(EDIT)
@saves
def extend_contract(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    form = ExtendForm(data={"version": found.version, "effective_on": clock.today()})
    form.offer(found, choices.contract_choices(db.session(), found, current_reader(), clock.today()).approvals)

    def act(reason: str) -> ContractEvent:
        return commands.extend(db.session(), found, form.to_command(reason), editor=editor())

    return _event_page(found, form, act, "Extend this contract", "Extend")


@bp.route("/contracts/<int:contract_id>/vary", methods=["GET", "POST"])
@needs(EDIT)
@saves
def vary_contract(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    form = VaryForm(data={"version": found.version, "effective_on": clock.today()})
    form.offer(found)

    def act(reason: str) -> ContractEvent:
        joins = named_field(form.provider_joins, _provider) if form.provider_joins.data else None
        return commands.vary(db.session(), found, form.to_command(reason, joins), editor=editor())

    return _event_page(found, form, act, "Vary this contract", "Vary")


def _provider(name: str) -> Provider:
    with db.session.no_autoflush:
        return named.provider_called(db.session(), name)


def _event_page(
    found: Contract, form: EventForm, act: Callable[[str], ContractEvent], title: str, button: str
) -> ResponseReturnValue:
    """An event is tried, shown with what it comes to, and stored when nothing stands against it or a reason does."""
    tried, says_back, so_far = None, False, modifications.said(life.changed_so_far(found))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            tried = _try(found, form, act)
            says_back = isinstance(form, VaryForm) and form.says_back()
            if may_save(form, tried) and not says_back:
                flash(told(found, tried), "success")
                return back_to(found)
    return render_template(
        "register/contract_event.html",
        form=form,
        contract=found,
        tried=tried,
        so_far=so_far,
        says_back=says_back,
        answers=ANSWERS,
        title=title,
        button=button,
    )


def told(found: Contract, tried: Tried) -> str:
    """What an extension or variation came to."""
    worth = f", and its current value is {tried.reckoned.current}" if tried.reckoned.current else ""
    return f"{found.title} now ends on {day(found.current_end_on) or 'no recorded day'}{worth}."


def _try(found: Contract, form: EventForm, act: Callable[[str], ContractEvent]) -> Tried:
    reason = ". ".join(words.rstrip(".") for words in (form.reason.data, form.passing.data) if words)
    uses_option = not isinstance(form, ExtendForm) or bool(form.uses_option.data)
    return try_event(db.session(), found, lambda: act(reason), current_reader(), clock.today(), uses_option=uses_option)


# Correct


@bp.route("/contracts/<int:contract_id>/correct", methods=["GET", "POST"])
@needs(EDIT)
@saves
def correct_contract(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    form = CorrectForm(data={**CorrectForm.saved_answers(found), "version": found.version})
    beside: list[tuple[str, str, str]] = []
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, CorrectForm(formdata=None, data=CorrectForm.saved_answers(found)))
            commands.correct(db.session(), found, form.awarded(), answered(form.reason), editor=editor())
            beside = life.beside(found.events[-1])
            if not form.says_back() and not is_check():
                flash(f"{found.title} is corrected. What it said before is kept in its history.", "success")
                return back_to(found)
    return render_template("register/contract_correct.html", form=form, contract=found, beside=beside)


@bp.route("/contracts/<int:contract_id>/events/<int:event_id>/strike-out", methods=["GET", "POST"])
@needs(EDIT)
@saves
def strike_out_event(contract_id: int, event_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    event = life.event_of_contract(found, event_id)
    if event is None:
        raise NotFound
    form = ActForm(data={"version": found.version})

    def act() -> None:
        commands.strike_out(db.session(), found, event, answered(form.reason), editor=editor())
        flash("It is struck out: it stays on record, marked as a mistake, and counts no more.", "success")

    title, button = f"Strike out the {event.kind} of {day(event.effective_on)}", "Strike it out"
    return _act_page(found, form, act, title, button, STRIKING)


STRIKING = (
    "Use this for an extension or variation that never happened, or was written down wrongly. It stays on record as a "
    "mistake, and the end, value and options are as they were without it. Then record what did happen."
)


# Options


@bp.route("/contracts/<int:contract_id>/options/<int:option_id>/lapse", methods=["GET", "POST"])
@needs(EDIT)
@saves
def lapse_option(contract_id: int, option_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    option, form = _option(found, option_id), ActForm(data={"version": found.version})

    def act() -> None:
        commands.lapse(db.session(), found, option, answered(form.reason), editor=editor())
        flash("The option has lapsed. If that was a mistake, open it again below.", "success")

    return _act_page(found, form, act, "Let this option lapse", "Let it lapse", LAPSING)


LAPSING = "The option is not taken up, now or later. It stays on record, and can be opened again."
REOPENING = "It counts again in the latest end and the maximum value."


@bp.route("/contracts/<int:contract_id>/options/<int:option_id>/reopen", methods=["GET", "POST"])
@needs(EDIT)
@saves
def reopen_option(contract_id: int, option_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    option, form = _option(found, option_id), ActForm(data={"version": found.version})

    def act() -> None:
        commands.reopen(db.session(), found, option, answered(form.reason), editor=editor())
        flash("The option is open again.", "success")

    return _act_page(found, form, act, "Open this option again", "Open it again", REOPENING)


def _option(found: Contract, option_id: int) -> ExtensionOption:
    option = life.option_of_contract(found, option_id)
    if option is None:
        raise NotFound
    return option


def _act_page(
    found: Contract, form: ActForm, act: Callable[[], None], title: str, button: str, intro: str
) -> ResponseReturnValue:
    """An act that asks a reason, and at most a day."""
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            act()
            return back_to(found)
    return render_template(
        "register/contract_act.html", form=form, contract=found, title=title, button=button, intro=intro
    )


# Its state


@bp.route("/contracts/<int:contract_id>/suspend", methods=["GET", "POST"])
@needs(EDIT)
@saves
def suspend_contract(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    form = FromForm(data={"version": found.version, "from_on": clock.today()})

    def act() -> None:
        commands.suspend(db.session(), found, answered(form.from_on), answered(form.reason), editor=editor())
        flash(f"{found.title} is suspended from {day(form.from_on.data)}. Its dates run on.", "success")

    return _act_page(found, form, act, "Suspend this contract", "Suspend", "Work under it stops. Its dates run on.")


@bp.route("/contracts/<int:contract_id>/resume", methods=["GET", "POST"])
@needs(EDIT)
@saves
def resume_contract(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    form = FromForm(data={"version": found.version, "from_on": clock.today()})
    ended = found.stage is ContractStage.ENDED_EARLY

    def act() -> None:
        commands.resume(db.session(), found, answered(form.from_on), answered(form.reason), editor=editor())
        flash(f"{found.title} runs on to {day(found.current_end_on) or 'no recorded end'}.", "success")

    title = "Take back the early end" if ended else "Resume this contract"
    return _act_page(found, form, act, title, "Take it back" if ended else "Resume", "It counts as awarded again.")


@bp.route("/contracts/<int:contract_id>/end", methods=["GET", "POST"])
@needs(EDIT)
@saves
def end_contract(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    form = EndForm(data={"version": found.version})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            commands.end_early(db.session(), found, answered(form.ends_on), answered(form.reason), editor=editor())
            flash(f"{found.title} ends early, on {day(found.ended_early_on)}.", "success")
            return back_to(found)
    return render_template("register/contract_end.html", form=form, contract=found)


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
    return back_to(found)
