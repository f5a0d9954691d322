"""Programmes and categories, under /admin: what contracts are tagged and headed with."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import answered
from app.core.web import refusals_shown_on, saves
from app.register.commands import programmes as commands
from app.register.forms.programmes import ProgrammeForm
from app.register.models import Programme
from app.register.queries import tags
from app.register.views import bp


@bp.get("/admin/programmes")
@needs(Permission.READ)
def programmes() -> ResponseReturnValue:
    reader = current_reader()
    return render_template(
        "register/programmes.html",
        programmes=tags.programmes(db.session(), reader, clock.today()),
        may_edit=reader.may(Permission.EDIT_SETTINGS),
    )


@bp.route("/admin/programmes/new", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def new_programme() -> ResponseReturnValue:
    form = ProgrammeForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_programme(db.session(), answered(form.name), until_on=form.until_on.data)
            flash("The programme is added", "success")
            return redirect(url_for(".programmes"))
    return render_template("register/programme_form.html", form=form, heading="Add a programme")


@bp.route("/admin/programmes/<int:programme_id>", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def change_programme(programme_id: int) -> ResponseReturnValue:
    found = db.session.get_one(Programme, programme_id)
    form = ProgrammeForm(obj=found)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_programme(db.session(), found, name=answered(form.name), until_on=form.until_on.data)
            flash("The programme is saved", "success")
            return redirect(url_for(".programmes"))
    return render_template("register/programme_form.html", form=form, heading="Change a programme")


@bp.get("/admin/categories")
@needs(Permission.READ)
def categories() -> ResponseReturnValue:
    found = tags.categories(db.session(), current_reader(), clock.today())
    return render_template("register/categories.html", categories=found)
