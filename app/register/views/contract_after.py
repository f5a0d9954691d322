"""What follows a contract, call-offs under a framework, and a person's word against a signal."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import check_may, current_reader, needs
from app.core.dates import day
from app.core.db import db
from app.core.errors import Refusal
from app.core.forms import answered
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.register import reckoning
from app.register.commands import overrides, successors
from app.register.forms.contracts.acts import ActForm
from app.register.forms.contracts.after import CallOffForm, EndOverrideForm, Follows, OverrideForm, SuccessorForm
from app.register.forms.contracts.parts import named_field
from app.register.forms.editing import check_unchanged
from app.register.models import Contract, ContractForm, Provider
from app.register.queries import contract_record as queries
from app.register.queries import named
from app.register.signals import Signal, SignalKind
from app.register.views import bp
from app.register.views.contract_acts import back_to
from app.register.views.contract_forms import EDIT, contract_to_edit, editor

# What follows


@bp.route("/contracts/<int:contract_id>/successor", methods=["GET", "POST"])
@needs(EDIT)
@saves
def plan_successor(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    form = SuccessorForm(data=SuccessorForm.prefilled(found))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            successor = _successor(found, form)
            flash(f"{successor.title} follows it. {clock_now(found, successor)}", "success")
            return back_to(successor if form.follows.data is Follows.PLANNED else found)
    return render_template("register/contract_successor.html", form=form, contract=found)


def _successor(found: Contract, form: SuccessorForm) -> Contract:
    if form.follows.data is Follows.PLANNED:
        ground = council.exempt_until_award(db.session(), clock.today())
        return successors.plan_successor(db.session(), found, replace(form.to_command(), exempt_ground=ground))
    there = named_field(form.successor, _contract)
    check_may(EDIT, there.directorate_id, there.division_id)
    successors.link_successor(db.session(), found, there)
    return there


def _contract(text: str) -> Contract:
    return named.contract_called(db.session(), text, current_reader(), clock.today())


def clock_now(found: Contract, successor: Contract | None) -> str:
    """What the expiry clock of the contract says, and why."""
    signal = _signals(found, successor)[0]
    still = "" if successor is None or reckoning.is_replaced(found, successor, clock.today()) else _NOT_YET
    return f"The expiry clock of {found.title} reads “{signal.word}”: {signal.reason}.{still}"


_NOT_YET = " A planned contract does not stop it: an awarded one that starts in time does."


def _signals(found: Contract, successor: Contract | None) -> tuple[Signal, ...]:
    settings = queries.settings_on(db.session(), clock.today())
    return reckoning.signals_of(found, settings, successor, today=clock.today())


@bp.route("/contracts/<int:contract_id>/unlink", methods=["GET", "POST"])
@needs(EDIT)
@saves
def unlink_contract(contract_id: int) -> ResponseReturnValue:
    """Said of the contract that follows: it is its record that changes."""
    found = contract_to_edit(contract_id)
    form, before = ActForm(data={"version": found.version}), found.replaces
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            successors.unlink(db.session(), found, answered(form.reason))
            flash(f"{found.title} follows no contract now. {clock_now(before, None) if before else ''}", "success")
            return back_to(found)
    intro = "Both contracts stay as they are. The clock of the one it followed runs again."
    return render_template(
        "register/contract_act.html",
        form=form,
        contract=found,
        title="Say that it follows no other contract",
        button="Unlink",
        intro=intro,
    )


# Under a framework


@bp.route("/contracts/<int:contract_id>/call-off", methods=["GET", "POST"])
@needs(EDIT)
@saves
def add_call_off(contract_id: int) -> ResponseReturnValue:
    framework = contract_to_edit(contract_id)
    form = CallOffForm(data=CallOffForm.prefilled(framework))
    form.offer(framework)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            if framework.form is not ContractForm.FRAMEWORK:
                raise Refusal("Only a framework has call-offs")
            provider = db.session.get_one(Provider, answered(form.provider))
            added = successors.add_call_off(db.session(), framework, form.to_command(provider))
            flash(f"{added.title} is called off under {framework.title}.", "success")
            return back_to(added)
    return render_template("register/contract_call_off.html", form=form, contract=framework)


# A person's word


@bp.route("/contracts/<int:contract_id>/override", methods=["GET", "POST"])
@needs(EDIT)
@saves
def override_signal(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    beside = queries.related(db.session(), found.id, current_reader(), clock.today())
    asked = next((kind for kind in SignalKind if kind.value == request.args.get("signal")), None)
    form = OverrideForm(data={"version": found.version, "kind": asked, "by": current_reader().name})
    form.offer(_signals(found, beside.successor))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            stored = overrides.set_override(db.session(), found, form.to_command(), editor=editor())
            flash(f"The {stored.kind} reads “{stored.level}” until {day(stored.until_on)}.", "success")
            return back_to(found)
    return render_template("register/contract_override.html", form=form, contract=found)


@bp.route("/contracts/<int:contract_id>/override/end", methods=["GET", "POST"])
@needs(EDIT)
@saves
def end_override(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    counting = reckoning.overrides_in_force(found, clock.today())
    only = next(iter(counting)) if len(counting) == 1 else None
    form = EndOverrideForm(data={"version": found.version, "kind": only})
    form.offer({kind: f"{one.level}, by {one.by}, until {day(one.until_on)}" for kind, one in counting.items()})
    if not counting:
        flash("No override counts on this contract today.")
        return redirect(url_for(".contract", contract_id=found.id))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            overrides.end_override(db.session(), found, answered(form.kind), answered(form.reason), editor=editor())
            flash("The override has ended: the signal reads as it is worked out.", "success")
            return back_to(found)
    return render_template("register/contract_override_end.html", form=form, contract=found)
