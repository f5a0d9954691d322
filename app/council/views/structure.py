"""Directorates and their divisions."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, needs
from app.core.db import db
from app.core.web import refusals_shown_on, saves
from app.council import commands, queries
from app.council.forms import DirectorateForm, UnitForm
from app.council.models import Directorate, Division
from app.council.views import bp


@bp.get("/admin/structure")
@needs(Permission.READ)
def structure() -> ResponseReturnValue:
    today = clock.today()
    return render_template(
        "council/structure.html",
        directorates=queries.structure(db.session()),
        stands=lambda unit: queries.stands_on(unit, today),
    )


@bp.route("/admin/structure/new", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def new_directorate() -> ResponseReturnValue:
    form = DirectorateForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = commands.add_directorate(db.session(), form.to_command())
            flash(f"{made.name} is in the structure now", "success")
            return redirect(url_for(".structure"))
    return render_template("council/unit_form.html", form=form, heading="Add a directorate", caption="")


@bp.route("/admin/structure/directorates/<int:directorate_id>", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def change_directorate(directorate_id: int) -> ResponseReturnValue:
    directorate = db.session.get_one(Directorate, directorate_id)
    form = DirectorateForm(obj=directorate)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_directorate(db.session(), directorate, form.to_command())
            flash(f"{directorate.name} is saved", "success")
            return redirect(url_for(".structure"))
    return render_template("council/unit_form.html", form=form, heading="Change a directorate", caption="")


@bp.route("/admin/structure/directorates/<int:directorate_id>/divisions/new", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def new_division(directorate_id: int) -> ResponseReturnValue:
    directorate = db.session.get_one(Directorate, directorate_id)
    form, within = UnitForm(), directorate.name
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = commands.add_division(db.session(), directorate, form.to_command())
            flash(f"{made.name} is a division of {within} now", "success")
            return redirect(url_for(".structure"))
    return render_template("council/unit_form.html", form=form, heading="Add a division", caption=within)


@bp.route("/admin/structure/divisions/<int:division_id>", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def change_division(division_id: int) -> ResponseReturnValue:
    division = db.session.get_one(Division, division_id)
    form, within = UnitForm(obj=division), division.directorate.name
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_division(division, form.to_command())
            flash(f"{division.name} is saved", "success")
            return redirect(url_for(".structure"))
    return render_template("council/unit_form.html", form=form, heading="Change a division", caption=within)
