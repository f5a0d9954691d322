"""What hangs on a commitment and on a contract's procurement: interim targets, the proxy value, what was considered."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.forms import answered
from app.core.web import refusals_shown_on, saves
from app.register.commands import considering
from app.register.commands import social_value as commands
from app.register.forms.editing import check_unchanged
from app.register.forms.social_value import InterimForm, consideration_form
from app.register.queries import contract_record
from app.register.views import bp
from app.register.views.social_value import commitment_to_edit, saved

EDIT = Permission.EDIT_REGISTER


@bp.route("/social-value/<int:commitment_id>/interim/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def new_interim_target(commitment_id: int) -> ResponseReturnValue:
    found, form = commitment_to_edit(commitment_id), InterimForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            due_on, quantity = answered(form.due_on), answered(form.interim_targets)
            commands.add_interim_target(db.session(), found, due_on, quantity)
            return saved(found, "The interim target is recorded.")
    return render_template("register/interim_target.html", form=form, commitment=found)


@bp.post("/social-value/<int:commitment_id>/interim/<int:target_id>/remove")
@needs(EDIT)
@saves
def remove_interim_target(commitment_id: int, target_id: int) -> ResponseReturnValue:
    found = commitment_to_edit(commitment_id)
    commands.remove_interim_target(found, target_id)
    return saved(found, "The interim target is removed; the history keeps it.")


@bp.post("/social-value/<int:commitment_id>/freeze")
@needs(EDIT)
@saves
def freeze_proxy(commitment_id: int) -> ResponseReturnValue:
    found = commitment_to_edit(commitment_id)
    commands.freeze_proxy(db.session(), found, today=clock.today())
    return saved(found, "The proxy value is frozen: later changes of the list do not touch it.")


@bp.route("/contracts/<int:contract_id>/social-value-considered", methods=["GET", "POST"])
@needs(EDIT)
@saves
def consider_social_value(contract_id: int) -> ResponseReturnValue:
    session, today = db.session(), clock.today()
    contract = contract_record.contract(session, contract_id, current_reader(), today)
    check_may(EDIT, contract.directorate_id, contract.division_id)
    found = considering.consideration(session, contract_id)
    form = consideration_form(found, contract.version)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, contract.version, consideration_form(found, contract.version, formdata=None))
            considering.consider(session, contract, form.to_command(), today=today)
            flash("What was considered is recorded.", "success")
            return redirect(url_for(".contract", contract_id=contract_id, _anchor="social-value-act"))
    return render_template("register/considered_form.html", form=form, contract=contract)
