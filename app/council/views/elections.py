"""Pre-election periods, as dates an administrator keeps right."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, needs
from app.core.db import db
from app.core.forms import answered
from app.core.web import refusals_shown_on, saves
from app.council import elections
from app.council.forms import ElectionPeriodForm
from app.council.models import ElectionPeriod
from app.council.views import bp


@bp.get("/admin/elections")
@needs(Permission.READ)
def election_periods() -> ResponseReturnValue:
    return render_template("council/elections.html", periods=elections.periods(db.session()), today=clock.today())


@bp.route("/admin/elections/new", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def new_election_period() -> ResponseReturnValue:
    form = ElectionPeriodForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            first, last = answered(form.from_on), answered(form.until_on)
            made = elections.add_period(db.session(), answered(form.name), first, last)
            flash(f"{made.name} is a period to plan around now", "success")
            return redirect(url_for(".election_periods"))
    return render_template("council/election_form.html", form=form, period=None)


@bp.route("/admin/elections/<int:election_id>", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def change_election_period(election_id: int) -> ResponseReturnValue:
    period = db.session().get_one(ElectionPeriod, election_id)
    form = ElectionPeriodForm(obj=period)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            elections.change_period(period, answered(form.name), answered(form.from_on), answered(form.until_on))
            flash(f"{period.name} is saved", "success")
            return redirect(url_for(".election_periods"))
    return render_template("council/election_form.html", form=form, period=period)
