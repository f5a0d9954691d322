"""A contract's spend: its page, entering, correcting and withdrawing a year's figure."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from app.core import clock, pictures
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.forms import answered
from app.core.money import pounds
from app.core.pictures import Bar, BarPicture, Part
from app.core.web import refusals_shown_on, saves
from app.council.calendar import FinancialYear
from app.register.commands import spend as commands
from app.register.forms import spend as forms
from app.register.forms.contracts.acts import ActForm
from app.register.forms.editing import check_unchanged
from app.register.models import Contract, ContractSpend
from app.register.queries import contract_record
from app.register.queries import spend as queries
from app.register.queries.spend import SpendShown
from app.register.spending import SpendWarning, signed
from app.register.views import bp
from app.register.views.contract_forms import editor
from app.register.visibility import may_see_amounts

MONITOR = Permission.MONITOR
#: A tag's colour; the words carry the meaning.
COLOURS = {
    SpendWarning.PASSED: "red",
    SpendWarning.AFTER_END: "red",
    SpendWarning.NEARLY: "yellow",
    SpendWarning.FAST: "yellow",
}


@bp.get("/contracts/<int:contract_id>/spend")
@needs(Permission.READ)
def contract_spend(contract_id: int) -> ResponseReturnValue:
    reader, today, session = current_reader(), clock.today(), db.session()
    found = contract_record.contract(session, contract_id, reader, today)
    shown = queries.spend_shown(session, found, reader, today)
    return render_template(
        "register/spend.html",
        contract=found,
        shown=shown,
        picture=by_year(shown),
        colours=COLOURS,
        years={one.id: str(FinancialYear(one.year)) for one in (*shown.rows, *shown.withdrawn)},
        signed=signed,
        may_edit=reader.may_in(MONITOR, found.directorate_id, found.division_id) and not shown.withheld,
    )


def by_year(shown: SpendShown) -> BarPicture | None:
    """Each year's bar, and the annual value as a bar of its own to hold them against."""
    if not shown.rows:
        return None
    rows = [
        Bar(str(FinancialYear(one.year)), (Part("Spent", one.amount),), note=f"to {one.to_on:%-d %B %Y}")
        for one in shown.rows
    ]
    if shown.facts.annual:
        rows.append(Bar("Annual value", (Part("Spent", shown.facts.annual),), note="as recorded, to compare"))
    return pictures.bars("Spend by financial year, against the annual value", rows, heading="Year", figure=signed)


@bp.route("/contracts/<int:contract_id>/spend/new", methods=["GET", "POST"])
@needs(MONITOR)
@saves
def enter_spend(contract_id: int) -> ResponseReturnValue:
    found = contract_with_amounts(contract_id)
    form = forms.enter_form(found, today=clock.today())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            spent = commands.enter_spend(db.session(), found, form.to_command(), today=clock.today())
            return saved(found, f"{pounds(spent.amount)} is recorded as spent in {FinancialYear(spent.year)}.")
    return render_template("register/spend_form.html", form=form, contract=found, year=None)


def contract_to_monitor(contract_id: int) -> Contract:
    """The contract, if this reader may record how it runs: 404 if it is kept back from them."""
    found = contract_record.contract(db.session(), contract_id, current_reader(), clock.today())
    check_may(MONITOR, found.directorate_id, found.division_id)
    return found


def contract_with_amounts(contract_id: int) -> Contract:
    """The contract, if this reader may record its spend and see its amounts."""
    found = contract_to_monitor(contract_id)
    if not may_see_amounts(current_reader(), found):
        abort(403)
    return found


def figure_of(contract: Contract, spend_id: int) -> ContractSpend:
    found = db.session.get(ContractSpend, spend_id)
    if found is None or found.contract_id != contract.id:
        raise NotFound
    return found


def saved(contract: Contract, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".contract_spend", contract_id=contract.id))


@bp.route("/contracts/<int:contract_id>/spend/<int:spend_id>/correct", methods=["GET", "POST"])
@needs(MONITOR)
@saves
def correct_spend(contract_id: int, spend_id: int) -> ResponseReturnValue:
    contract = contract_with_amounts(contract_id)
    found = figure_of(contract, spend_id)
    form, year = forms.correct_form(contract, found), FinancialYear(found.year)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, contract.version, forms.correct_form(contract, found, formdata=None))
            wanted, reason = form.to_command(found.year), answered(form.reason)
            commands.correct_spend(db.session(), contract, found, wanted, reason, today=clock.today())
            return saved(contract, f"The figure for {year} is now {signed(found.amount)}.")
    return render_template("register/spend_form.html", form=form, contract=contract, year=year)


@bp.route("/contracts/<int:contract_id>/spend/<int:spend_id>/withdraw", methods=["GET", "POST"])
@needs(MONITOR)
@saves
def withdraw_spend(contract_id: int, spend_id: int) -> ResponseReturnValue:
    contract = contract_with_amounts(contract_id)
    found, form = figure_of(contract, spend_id), ActForm(data={"version": contract.version})
    year = FinancialYear(found.year)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, contract.version, form)
            commands.withdraw_spend(db.session(), contract, found, answered(form.reason), editor=editor())
            return saved(contract, f"The figure for {year} is withdrawn. It can be put back below.")
    back_to = url_for(".contract_spend", contract_id=contract_id)
    return render_template("register/withdraw.html", form=form, name=f"the spend of {year}", back_to=back_to)


@bp.post("/contracts/<int:contract_id>/spend/<int:spend_id>/restore")
@needs(MONITOR)
@saves
def restore_spend(contract_id: int, spend_id: int) -> ResponseReturnValue:
    contract = contract_with_amounts(contract_id)
    found = figure_of(contract, spend_id)
    commands.restore_spend(contract, found)
    return saved(contract, f"The figure for {FinancialYear(found.year)} is back.")
