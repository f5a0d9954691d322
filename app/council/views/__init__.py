"""The council's own pages, under /admin: structure, committees, outcomes, settings, bank holidays."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import answered
from app.core.panels import panels_for
from app.core.web import refusals_shown_on, saves
from app.council import commands, queries
from app.council.forms import CouncilForm

bp = Blueprint("council", __name__)


@bp.context_processor
def rights() -> dict[str, bool]:
    """Whether these pages offer what only an administrator may do."""
    reader = current_reader()
    return {
        "may_edit": reader.may(Permission.EDIT_SETTINGS),
        "reads_history": reader.may(Permission.READ_HISTORY),
    }


@bp.get("/admin")
@needs(Permission.READ)
def admin() -> ResponseReturnValue:
    session, today = db.session(), clock.today()
    return render_template(
        "council/admin.html",
        there=queries.council_if_any(session),
        state=queries.state_of(session, today),
        panels=panels_for("admin", 0, current_reader()),
    )


@bp.route("/admin/council", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def change_council() -> ResponseReturnValue:
    there = queries.the_council(db.session())
    form = CouncilForm(obj=there)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_council(
                there,
                name=answered(form.name),
                vesting_on=form.vesting_on.data,
                successor_name=form.successor_name.data,
            )
            flash("The council's name and vesting day are saved", "success")
            return redirect(url_for(".admin"))
    return render_template("council/council_form.html", form=form)


from app.council.views import calendar, committees, elections, outcomes, portfolios, settings, structure  # noqa: E402, F401 - they add their pages
