"""Sources: files that come again, with what their columns mean and what was answered about them."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.web import refusals_shown_on, saves
from app.imports import queries
from app.imports.forms import SendForm
from app.imports.models import ImportSource
from app.imports.targets import Target
from app.imports.views import bp
from app.imports.views.steps import TARGETS


@bp.get("/import/sources")
@needs(Permission.SET_SOURCES)
def sources() -> ResponseReturnValue:
    may_import = current_reader().may(Permission.IMPORT)
    return render_template("imports/sources.html", sources=queries.sources(db.session()), may_import=may_import)


@bp.route("/import/sources/<int:source_id>", methods=["GET", "POST"])
@needs(Permission.SET_SOURCES)
@saves
def source(source_id: int) -> ResponseReturnValue:
    check_may(Permission.SET_SOURCES, None)
    found, form = db.session().get_one(ImportSource, source_id), SendForm()
    headings = sorted(found.mapping)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            _write(found, headings)
            flash(f"What the columns of {found.name} mean is kept.", "success")
            return redirect("/import/sources")
    return render_template("imports/source.html", source=found, headings=headings, form=form, targets=TARGETS)


def _write(source: ImportSource, headings: list[str]) -> None:
    chosen = {heading: request.form.get(f"column-{number}", "") for number, heading in enumerate(headings)}
    if not set(chosen.values()) <= set(Target):
        raise Refusal("Choose what each column means")
    source.mapping = chosen
    if "forget" in request.form:
        source.answers = {}
