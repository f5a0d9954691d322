"""How well a contract runs: its indicators, their results period by period, and why there are none."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs
from app.core.dates import day
from app.core.db import db
from app.core.errors import Refusal
from app.core.forms import answered
from app.core.web import refusals_shown_on, saves
from app.register.commands import indicators as commands
from app.register.commands.indicators import Correcting, ResultWanted
from app.register.forms import indicators as forms
from app.register.forms.contracts.acts import ActForm
from app.register.forms.editing import check_unchanged
from app.register.forms.indicators import NoIndicatorsForm, ResultForm
from app.register.models import Indicator, IndicatorResult
from app.register.queries import changes, contract_record
from app.register.queries import indicators as queries
from app.register.ratings import suggested_rating
from app.register.views import bp
from app.register.views.contract_forms import EDIT, contract_to_edit, editor
from app.register.views.documents import files_folder, most_megabytes
from app.register.views.spend import MONITOR


@bp.get("/contracts/<int:contract_id>/performance")
@needs(Permission.READ)
def contract_performance(contract_id: int) -> ResponseReturnValue:
    reader, today, session = current_reader(), clock.today(), db.session()
    found = contract_record.contract(session, contract_id, reader, today)
    return render_template(
        "register/performance.html",
        contract=found,
        rows=queries.indicators_of(session, found, today, withdrawn=True),
        may_edit=reader.may_in(EDIT, found.directorate_id, found.division_id),
    )


@bp.route("/contracts/<int:contract_id>/performance/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def set_indicator(contract_id: int) -> ResponseReturnValue:
    contract = contract_to_edit(contract_id)
    form = forms.new_indicator_form(contract)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, contract.version, form)
            return saved(commands.set_indicator(db.session(), contract, form.to_command()), "The indicator is set.")
    return render_template("register/indicator_form.html", form=form, contract=contract, indicator=None)


@bp.route("/contracts/<int:contract_id>/performance/none", methods=["GET", "POST"])
@needs(EDIT)
@saves
def say_why_no_indicators(contract_id: int) -> ResponseReturnValue:
    contract, session = contract_to_edit(contract_id), db.session()
    form = NoIndicatorsForm(data={"version": contract.version, "reason": contract.no_indicators_reason})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, contract.version, form)
            has_some = bool(queries.indicators_of(session, contract, clock.today()))
            commands.say_why_none(session, contract, answered(form.reason), has_indicators=has_some)
            flash("The reason is recorded.", "success")
            return redirect(url_for(".contract_performance", contract_id=contract_id))
    return render_template("register/no_indicators.html", form=form, contract=contract)


def saved(indicator: Indicator, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".indicator", indicator_id=indicator.id))


# One indicator


@bp.get("/indicators/<int:indicator_id>")
@needs(Permission.READ)
def indicator(indicator_id: int) -> ResponseReturnValue:
    reader, today = current_reader(), clock.today()
    found = queries.indicator(db.session(), indicator_id, reader, today)
    unit = found.contract.directorate_id, found.contract.division_id
    return render_template(
        "register/indicator.html",
        indicator=found,
        results=list(reversed(found.results)),
        corrected_by={one.corrects_id: one for one in found.results if one.corrects_id is not None},
        colours=queries.COLOURS,
        is_late=found.next_period_ends_on < queries.late_since(db.session(), today),
        history=changes.history(db.session(), "indicator", indicator_id),
        may_edit=reader.may_in(EDIT, *unit),
        may_record=reader.may_in(MONITOR, *unit),
    )


def indicator_for(indicator_id: int, permission: Permission) -> Indicator:
    found = queries.indicator(db.session(), indicator_id, current_reader(), clock.today())
    check_may(permission, found.contract.directorate_id, found.contract.division_id)
    return found


@bp.route("/indicators/<int:indicator_id>/edit", methods=["GET", "POST"])
@needs(EDIT)
@saves
def edit_indicator(indicator_id: int) -> ResponseReturnValue:
    found = indicator_for(indicator_id, EDIT)
    form = forms.indicator_form(found)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, forms.indicator_form(found, formdata=None))
            commands.change_indicator(found, form.to_command())
            return saved(found, "Your changes are saved.")
    return render_template("register/indicator_form.html", form=form, contract=found.contract, indicator=found)


@bp.route("/indicators/<int:indicator_id>/withdraw", methods=["GET", "POST"])
@needs(EDIT)
@saves
def withdraw_indicator(indicator_id: int) -> ResponseReturnValue:
    found = indicator_for(indicator_id, EDIT)
    form = ActForm(data={"version": found.version})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            commands.withdraw_indicator(db.session(), found, answered(form.reason), editor=editor())
            return saved(found, "The indicator is withdrawn. Its results are kept, and it can be put back.")
    back_to = url_for(".indicator", indicator_id=indicator_id)
    return render_template("register/withdraw.html", form=form, name=f"“{found.name}”", back_to=back_to)


@bp.post("/indicators/<int:indicator_id>/restore")
@needs(EDIT)
@saves
def restore_indicator(indicator_id: int) -> ResponseReturnValue:
    found = indicator_for(indicator_id, EDIT)
    commands.restore_indicator(found)
    return saved(found, "The indicator is back.")


# Results


@bp.route("/indicators/<int:indicator_id>/results/new", methods=["GET", "POST"])
@needs(MONITOR)
@saves
def record_indicator_result(indicator_id: int) -> ResponseReturnValue:
    found, reader = indicator_for(indicator_id, MONITOR), current_reader()
    form = forms.result_form(found, reader.post or reader.name, most_megabytes())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            result = commands.record_result(
                db.session(), found, wanted_of(form, found), editor=editor(), today=clock.today()
            )
            return saved(found, f"The result for {period_of(result)} is recorded, rated “{result.rating}”.")
    return render_template("register/result_form.html", form=form, indicator=found, result=None)


def wanted_of(form: ResultForm, found: Indicator) -> ResultWanted:
    """The command. A rating left blank comes back as the target suggests it, for a person to choose."""
    if form.rating.data is None:
        suggested = suggested_rating(
            form.figure.data, found.target, found.direction, queries.tolerances_on(db.session(), clock.today())
        )
        if suggested is None:
            raise Refusal("Choose a rating: the target suggests none for this result", field="rating")
        form.rating.data = suggested
        raise Refusal(f"Against the target this is “{suggested}”: check the rating, then save again", field="rating")
    return form.to_command(files_folder(), most_megabytes())


def period_of(result: IndicatorResult) -> str:
    return f"{day(result.from_on)} to {day(result.to_on)}"


@bp.route("/indicators/<int:indicator_id>/results/<int:result_id>/correct", methods=["GET", "POST"])
@needs(MONITOR)
@saves
def correct_indicator_result(indicator_id: int, result_id: int) -> ResponseReturnValue:
    found = indicator_for(indicator_id, MONITOR)
    result = next((one for one in found.results if one.id == result_id), None) or abort(404)
    form = forms.correct_form(found, result, most_megabytes())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            wanted, why = wanted_of(form, found), Correcting(result, answered(form.reason))
            commands.correct_result(db.session(), found, wanted, why, editor=editor(), today=clock.today())
            return saved(found, f"The result for {period_of(result)} is corrected. What it said before is kept.")
    return render_template("register/result_form.html", form=form, indicator=found, result=result)
