"""Dated settings: what holds today, what held before, what will hold from a day on."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, needs
from app.core.dates import day
from app.core.db import db
from app.core.forms import answered
from app.core.web import refusals_shown_on, saves
from app.council import commands, queries
from app.council.definitions import Definition
from app.council.forms import SettingForm
from app.council.models import Setting
from app.council.settings import BY_NAME
from app.council.views import bp


def _definition(name: str) -> Definition[object]:
    return BY_NAME.get(name) or abort(404)


@bp.get("/admin/settings")
@needs(Permission.READ)
def settings() -> ResponseReturnValue:
    return render_template("council/settings.html", groups=queries.settings_by_group(db.session(), clock.today()))


@bp.get("/admin/settings/<name>")
@needs(Permission.READ)
def setting(name: str) -> ResponseReturnValue:
    definition, today = _definition(name), clock.today()
    shown = queries.setting_shown(db.session(), definition, today)
    return render_template("council/setting.html", shown=shown, definition=definition)


@bp.route("/admin/settings/<name>/new", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def new_setting_value(name: str) -> ResponseReturnValue:
    definition, today = _definition(name), clock.today()
    form = SettingForm(value_hint=definition.hint)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            value, from_on, source = answered(form.value), answered(form.from_on), form.source.data
            row = commands.add_setting_value(
                db.session(), definition, value=value, from_on=from_on, source=source, today=today
            )
            flash(f"From {day(from_on)} it says: {row.value}", "success")
            return redirect(url_for(".setting", name=name))
    return render_template("council/setting_form.html", form=form, definition=definition)


@bp.post("/admin/settings/<name>/values/<int:value_id>/withdraw")
@needs(Permission.EDIT_SETTINGS)
@saves
def withdraw_setting_value(name: str, value_id: int) -> ResponseReturnValue:
    row = db.session.get_one(Setting, value_id)
    commands.withdraw_setting_value(db.session(), row, today=clock.today())
    flash("The value that had not begun is taken back", "success")
    return redirect(url_for(".setting", name=_definition(name).name))
