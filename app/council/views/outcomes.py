"""Outcomes: what services and contracts are for."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.access import Permission, needs
from app.core.db import db
from app.core.forms import answered
from app.core.web import refusals_shown_on, saves
from app.council import commands, queries
from app.council.forms import OutcomeForm
from app.council.models import Outcome
from app.council.views import bp


@bp.get("/admin/outcomes")
@needs(Permission.READ)
def outcomes() -> ResponseReturnValue:
    return render_template("council/outcomes.html", outcomes=queries.outcomes(db.session()))


@bp.route("/admin/outcomes/new", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def new_outcome() -> ResponseReturnValue:
    form = OutcomeForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_outcome(db.session(), answered(form.name), until_on=form.until_on.data)
            flash("The outcome is added", "success")
            return redirect(url_for(".outcomes"))
    return render_template("council/outcome_form.html", form=form, heading="Add an outcome")


@bp.route("/admin/outcomes/<int:outcome_id>", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def change_outcome(outcome_id: int) -> ResponseReturnValue:
    outcome = db.session.get_one(Outcome, outcome_id)
    form = OutcomeForm(obj=outcome)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_outcome(db.session(), outcome, name=answered(form.name), until_on=form.until_on.data)
            flash("The outcome is saved", "success")
            return redirect(url_for(".outcomes"))
    return render_template("council/outcome_form.html", form=form, heading="Change an outcome")
