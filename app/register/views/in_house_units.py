"""The pages of in-house units: the council's own teams that deliver services."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.forms import Choice, answered
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.register.commands import services as commands
from app.register.forms import services as forms
from app.register.forms.editing import check_unchanged
from app.register.models import InHouseUnit
from app.register.queries import services as queries
from app.register.views import bp

EDIT = Permission.EDIT_REGISTER


@bp.get("/in-house-units")
@needs(Permission.READ)
def in_house_units() -> ResponseReturnValue:
    session = db.session()
    return render_template(
        "register/in_house_units.html",
        units=queries.in_house_units(session),
        services=queries.services_by_unit(session),
        allowed=current_reader().units_for(EDIT),
    )


def directorate_choices() -> tuple[Choice[int], ...]:
    allowed = current_reader().units_for(EDIT)
    every = council.directorates(db.session(), on=clock.today())
    return tuple(Choice(one.id, one.name) for one in every if allowed.include(one.id))


@bp.route("/in-house-units/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def new_in_house_unit() -> ResponseReturnValue:
    form = forms.unit_form(None, directorate_choices())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_may(EDIT, answered(form.directorate_id))
            unit = commands.add_in_house_unit(db.session(), form.to_command())
            return saved(f"{unit.name} is now in the register.")
    return render_template("register/in_house_unit_form.html", form=form, unit=None)


def saved(words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".in_house_units"))


@bp.route("/in-house-units/<int:unit_id>/edit", methods=["GET", "POST"])
@needs(EDIT)
@saves
def edit_in_house_unit(unit_id: int) -> ResponseReturnValue:
    unit = db.session.get_one(InHouseUnit, unit_id)
    check_may(EDIT, unit.directorate_id)
    form = forms.unit_form(unit, directorate_choices())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, unit.version, forms.unit_form(unit, directorate_choices(), formdata=None))
            commands.change_in_house_unit(db.session(), unit, form.to_command())
            return saved("Your changes are saved.")
    return render_template("register/in_house_unit_form.html", form=form, unit=unit)
