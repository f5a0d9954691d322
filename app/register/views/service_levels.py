"""What people do with an agreement on its page: move it on, review it, record results, charges and credits."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import VersionedForm, answered
from app.core.web import refusals_shown_on, saves
from app.register.commands import service_levels as commands
from app.register.commands.recording import Recorder
from app.register.forms import service_levels as forms
from app.register.forms.editing import check_unchanged
from app.register.forms.service_levels import ReviewForm, SettleCreditForm, StandardForm
from app.register.forms.services import ReasonForm
from app.register.models import Agreement, AgreementStandard, ServiceCredit, StandardResult
from app.register.views import bp
from app.register.views.agreements import agreement_to_edit, saved

EDIT = Permission.EDIT_REGISTER


def recorder() -> Recorder:
    reader = current_reader()
    return Recorder(by=reader.name, now=clock.now(), today=clock.today())


def asked_page(found: Agreement, form: VersionedForm, title: str, **more: str) -> str:
    """A page of questions about an agreement, in the order of the form."""
    return render_template(
        "register/agreement_act.html", form=form, agreement=found, title=title, **{"button": "Save", "note": "", **more}
    )


@bp.route("/agreements/<int:contract_id>/status", methods=["GET", "POST"])
@needs(EDIT)
@saves
def move_agreement(contract_id: int) -> ResponseReturnValue:
    found = agreement_to_edit(contract_id)
    version = found.contract.version
    form = forms.move_form(found, version)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, version, forms.move_form(found, version, formdata=None))
            moved = commands.move_agreement(db.session(), found, form.to_command(), recorder())
            return saved(found, f"The agreement is now {moved.became}.")
    return asked_page(found, form, "Change the agreement's status", note=f"It is {found.status} now.")


@bp.route("/agreements/<int:contract_id>/charges/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def set_charge(contract_id: int) -> ResponseReturnValue:
    found = agreement_to_edit(contract_id)
    form = forms.charge_form(found.contract.version, clock.today())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.set_charge(found, answered(form.year), answered(form.charge), form.indexation.data)
            db.session.add(found)
            return saved(found, "The year's charge is recorded.")
    note = "A year that has a charge already takes the new one; the history keeps the old."
    return asked_page(found, form, "Record a year's charge", note=note)


@bp.route("/agreements/<int:contract_id>/reviews/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def new_review(contract_id: int) -> ResponseReturnValue:
    found, form = agreement_to_edit(contract_id), ReviewForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.record_review(db.session(), found, form.to_command(), today=clock.today())
            return saved(found, "The review is recorded.")
    return asked_page(found, form, "Record a review")


# Standards


@bp.route("/agreements/<int:contract_id>/standards/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def new_standard(contract_id: int) -> ResponseReturnValue:
    found, form = agreement_to_edit(contract_id), StandardForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_standard(db.session(), found, form.to_command())
            return saved(found, "The standard is recorded.")
    return asked_page(found, form, "Add a standard")


def standard_of(found: Agreement, standard_id: int) -> AgreementStandard:
    standard = next((one for one in found.standards if one.id == standard_id), None)
    if standard is None:
        abort(404)
    return standard


@bp.route("/agreements/<int:contract_id>/standards/<int:standard_id>", methods=["GET", "POST"])
@needs(EDIT)
@saves
def edit_standard(contract_id: int, standard_id: int) -> ResponseReturnValue:
    found = agreement_to_edit(contract_id)
    standard, version = standard_of(found, standard_id), found.contract.version
    form = forms.standard_form(standard, version)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, version, forms.standard_form(standard, version, formdata=None))
            commands.change_standard(found, standard, form.to_command())
            return saved(found, "Your changes are saved.")
    return asked_page(found, form, "Change a standard", note="Results keep the rating they were confirmed with.")


@bp.route("/agreements/<int:contract_id>/standards/<int:standard_id>/withdraw", methods=["GET", "POST"])
@needs(EDIT)
@saves
def withdraw_standard(contract_id: int, standard_id: int) -> ResponseReturnValue:
    found, form = agreement_to_edit(contract_id), ReasonForm()
    standard = standard_of(found, standard_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.withdraw_standard(found, standard, answered(form.reason))
            return saved(found, "The standard is withdrawn. Its results are kept, and it can be put back.")
    return asked_page(found, form, f"Withdraw a standard: {standard.measure}", button="Withdraw")


@bp.post("/agreements/<int:contract_id>/standards/<int:standard_id>/restore")
@needs(EDIT)
@saves
def restore_standard(contract_id: int, standard_id: int) -> ResponseReturnValue:
    found = agreement_to_edit(contract_id)
    commands.restore_standard(found, standard_of(found, standard_id))
    return saved(found, "The standard is back.")


# Results


@bp.route("/agreements/<int:contract_id>/standards/<int:standard_id>/results/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def new_result(contract_id: int, standard_id: int) -> ResponseReturnValue:
    found = agreement_to_edit(contract_id)
    standard, contract = standard_of(found, standard_id), found.contract
    form = forms.result_form(standard, contract.starts_on, contract.version)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            result = commands.record_result(db.session(), found, standard, form.to_command(), recorder())
            return saved(found, f"The result is recorded: {result.rating}.")
    return asked_page(found, form, f"Record a result: {standard.measure}", note=target_words(standard))


def target_words(standard: AgreementStandard) -> str:
    if standard.target_value is None:
        return f"The target is {standard.target}." if standard.target else ""
    tolerance = f"; within {standard.tolerance.normalize():f} of it is within tolerance" if standard.tolerance else ""
    return f"The target is {standard.target}, {standard.direction}{tolerance}."


def result_of(found: Agreement, result_id: int) -> StandardResult:
    every = (result for standard in found.standards for result in standard.results)
    result = next((one for one in every if one.id == result_id), None)
    if result is None:
        abort(404)
    return result


@bp.route("/agreements/<int:contract_id>/results/<int:result_id>", methods=["GET", "POST"])
@needs(EDIT)
@saves
def correct_result(contract_id: int, result_id: int) -> ResponseReturnValue:
    found = agreement_to_edit(contract_id)
    result = result_of(found, result_id)
    form = forms.correct_result_form(result, found.contract.version)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            wanted, reason = form.to_command(), answered(form.reason)
            commands.correct_result(db.session(), found, result, wanted, reason, recorder())
            return saved(found, "The result is corrected; what was recorded before stays on record.")
    return asked_page(found, form, "Correct a result")


# Service credits


@bp.route("/agreements/<int:contract_id>/credits/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def new_credit(contract_id: int) -> ResponseReturnValue:
    found = agreement_to_edit(contract_id)
    form = forms.credit_form(found, found.contract.version)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.accrue_credit(db.session(), found, form.to_command(), today=clock.today())
            return saved(found, "The service credit is recorded. It waits to be applied or waived.")
    return asked_page(found, form, "Record a service credit")


def credit_of(found: Agreement, credit_id: int) -> ServiceCredit:
    credit = next((one for one in found.credits if one.id == credit_id), None)
    if credit is None:
        abort(404)
    return credit


@bp.route("/agreements/<int:contract_id>/credits/<int:credit_id>", methods=["GET", "POST"])
@needs(EDIT)
@saves
def settle_credit(contract_id: int, credit_id: int) -> ResponseReturnValue:
    found, form = agreement_to_edit(contract_id), SettleCreditForm()
    credit = credit_of(found, credit_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            to, on = answered(form.state), answered(form.on)
            commands.settle_credit(found, credit, to, on, form.reason.data, recorder())
            return saved(found, f"The service credit is {to}.")
    return render_template("register/credit_settle.html", form=form, agreement=found, credit=credit)
