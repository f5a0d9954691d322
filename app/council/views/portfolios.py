"""Portfolios: what each Cabinet Member answers for."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, needs
from app.core.db import db
from app.core.forms import Choice
from app.core.web import refusals_shown_on, saves
from app.council import commands, queries
from app.council.forms import PortfolioForm
from app.council.models import Committee, Portfolio
from app.council.views import bp


@bp.get("/admin/portfolios")
@needs(Permission.READ)
def portfolios() -> ResponseReturnValue:
    found = queries.portfolios(db.session())
    looked_into = {one.id: _committees_of(one) for one in found}
    return render_template("council/portfolios.html", portfolios=found, looked_into=looked_into, today=clock.today())


def _committees_of(portfolio: Portfolio) -> list[Committee]:
    every = queries.committees(db.session())
    return [one for one in every if any(remit.portfolio_id == portfolio.id for remit in one.remits)]


@bp.route("/admin/portfolios/new", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def new_portfolio() -> ResponseReturnValue:
    form = _form(None)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_portfolio(db.session(), form.to_command())
            flash("The portfolio is added", "success")
            return redirect(url_for(".portfolios"))
    return render_template("council/portfolio_form.html", form=form, heading="Add a portfolio")


@bp.route("/admin/portfolios/<int:portfolio_id>", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def change_portfolio(portfolio_id: int) -> ResponseReturnValue:
    portfolio = db.session.get_one(Portfolio, portfolio_id)
    form = _form(portfolio)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_portfolio(db.session(), portfolio, form.to_command())
            flash("The portfolio is saved", "success")
            return redirect(url_for(".portfolios"))
    return render_template("council/portfolio_form.html", form=form, heading="Change a portfolio")


def _form(portfolio: Portfolio | None) -> PortfolioForm:
    """With the committees that meet, and those already chosen."""
    chosen = _committees_of(portfolio) if portfolio else []
    form = PortfolioForm(obj=portfolio, committees=[one.id for one in chosen])
    meeting = queries.committees(db.session(), on=clock.today())
    form.committees.choices = [Choice(one.id, one.name) for one in dict.fromkeys([*chosen, *meeting])]
    return form
