"""A service list by itself: choose, see what would become of every row, store."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.files import StoredFile, path_of, store_file
from app.core.forms import answered
from app.core.pages import plural
from app.core.web import refusals_shown_on, saves
from app.imports import running, service_list
from app.imports.forms import SendForm, UploadForm
from app.imports.service_cells import service_rows
from app.imports.service_list import ServicePlaced
from app.imports.views import bp
from app.imports.views.loading import files_folder
from app.imports.workbook import Limits

ROWS_SHOWN = 500


@bp.route("/import/services", methods=["GET", "POST"])
@needs(Permission.IMPORT)
@saves
def choose_services() -> ResponseReturnValue:
    check_may(Permission.IMPORT, None)
    form = UploadForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            return redirect(f"/import/services/{_kept(form).sha256}")
    return render_template("imports/services.html", form=form)


def _kept(form: UploadForm) -> StoredFile:
    sent, reader = answered(form.file), current_reader()
    content = sent.stream.read(Limits().file_bytes + 1)
    if not content or len(content) > Limits().file_bytes:
        raise Refusal("Choose a file of up to 20 MB that is not empty", field="file")
    name = (sent.filename or "services").replace("\\", "/").rpartition("/")[2][:200]
    stored = store_file(db.session(), files_folder(), name, content, by=reader.name)
    service_rows(running.open_file(path_of(files_folder(), stored.sha256), stored.name))
    return stored


@bp.route("/import/services/<sha256>", methods=["GET", "POST"])
@needs(Permission.IMPORT)
@saves
def check_services(sha256: str) -> ResponseReturnValue:
    """The rows are placed as they would be stored; without “store” that is undone with the page."""
    check_may(Permission.IMPORT, None)
    form = SendForm()
    stored = db.session.scalars(select(StoredFile).where(StoredFile.sha256 == sha256)).one()
    name, create_missing = stored.name, "create_missing" in request.form
    if form.validate_on_submit() and "store" in request.form:
        with refusals_shown_on(form):
            placed = _placed(stored, create_missing=create_missing)
            flash(f"{plural(sum(one.outcome == 'created' for one in placed), 'service')} made.", "success")
            return redirect("/services")
    return _page(form, name, _preview(stored, create_missing=create_missing), create_missing=create_missing)


def _placed(stored: StoredFile, *, create_missing: bool) -> list[ServicePlaced]:
    rows = service_rows(running.open_file(path_of(files_folder(), stored.sha256), stored.name))
    return service_list.take_in(db.session(), rows, create_missing=create_missing)


def _preview(stored: StoredFile, *, create_missing: bool) -> list[ServicePlaced]:
    """What storing would come to, known by doing it and undoing it."""
    placed = _placed(stored, create_missing=create_missing)
    db.session.rollback()
    return placed


def _page(form: SendForm, name: str, placed: list[ServicePlaced], *, create_missing: bool) -> ResponseReturnValue:
    return render_template(
        "imports/services_check.html",
        form=form,
        name=name,
        placed=placed[:ROWS_SHOWN],
        lines=service_list.lines_of(placed),
        create_missing=create_missing,
    )
