"""The council's list of social value measures, loaded from its file: choose, see what becomes of every row, store."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.files import StoredFile, path_of, store_file
from app.core.forms import FileField, QuestionForm, answered, needed
from app.core.pages import plural
from app.core.web import refusals_shown_on, saves
from app.imports import running
from app.imports.forms import SendForm
from app.imports.measures import measure_rows
from app.imports.views import bp
from app.imports.views.loading import files_folder
from app.imports.workbook import Limits
from app.register.commands.measures import Loaded, MeasureOutcome, load_measures

ROWS_SHOWN = 500
COLOURS = {
    MeasureOutcome.CREATED: "green",
    MeasureOutcome.UPDATED: "blue",
    MeasureOutcome.UNCHANGED: "grey",
    MeasureOutcome.REFUSED: "red",
}


class MeasuresForm(QuestionForm):
    """The file."""

    file = FileField(
        "Which file holds the list?",
        [needed("Choose a file")],
        hint="A CSV, XLSX, XLS or ODS file with one row for each measure and a row of headings",
        accept=".csv,.xlsx,.xls,.ods",
    )


@bp.route("/social-value/measures/import", methods=["GET", "POST"])
@needs(Permission.IMPORT)
@saves
def choose_measures() -> ResponseReturnValue:
    check_may(Permission.IMPORT, None)
    form = MeasuresForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            return redirect(f"/social-value/measures/import/{_kept(form).sha256}")
    return render_template("imports/measures.html", form=form)


def _kept(form: MeasuresForm) -> StoredFile:
    sent, reader = answered(form.file), current_reader()
    content = sent.stream.read(Limits().file_bytes + 1)
    if not content or len(content) > Limits().file_bytes:
        raise Refusal("Choose a file of up to 20 MB that is not empty", field="file")
    name = (sent.filename or "measures").replace("\\", "/").rpartition("/")[2][:200]
    stored = store_file(db.session(), files_folder(), name, content, by=reader.name)
    measure_rows(running.open_file(path_of(files_folder(), stored.sha256), stored.name))
    return stored


@bp.route("/social-value/measures/import/<sha256>", methods=["GET", "POST"])
@needs(Permission.IMPORT)
@saves
def check_measures(sha256: str) -> ResponseReturnValue:
    """The rows are placed as they would be stored; without “store” that is undone with the page."""
    check_may(Permission.IMPORT, None)
    form = SendForm()
    stored = db.session.scalars(select(StoredFile).where(StoredFile.sha256 == sha256)).one()
    name = stored.name
    if form.validate_on_submit() and "store" in request.form:
        with refusals_shown_on(form):
            made = sum(one.outcome is MeasureOutcome.CREATED for one in _loaded(stored).placed)
            flash(f"The list is loaded: {plural(made, 'measure')} made.", "success")
            return redirect("/social-value/measures")
    loaded = _loaded(stored)
    db.session.rollback()
    return render_template(
        "imports/measures_check.html", form=form, name=name, loaded=loaded, shown=loaded.placed[:ROWS_SHOWN],
        colours=COLOURS,
    )  # fmt: skip


def _loaded(stored: StoredFile) -> Loaded:
    rows = measure_rows(running.open_file(path_of(files_folder(), stored.sha256), stored.name))
    return load_measures(db.session(), rows, today=clock.today())
