"""Step 4: what was stored, where each row went, undoing; and the files of an import."""

from flask import Response, abort, flash, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.files import path_of
from app.core.pages import plural
from app.core.web import refusals_shown_on, saves
from app.imports import queries, undoing
from app.imports.forms import UndoForm
from app.imports.models import RowOutcome, RunState
from app.imports.views import bp
from app.imports.views.loading import files_folder, run_for, sums_of, url_of
from app.register.queries.arrangements import suggested
from app.register.views.files import list_file
from reports.listing import ListColumn

TAGS = {"created": "green", "updated": "blue", "unchanged": "grey", "held": "yellow", "refused": "red"}
EDITED_SHOWN = 50


@bp.get("/import/<int:run_id>/done")
@needs(Permission.IMPORT)
def done(run_id: int) -> ResponseReturnValue:
    run = run_for(run_id)
    if run.state not in {RunState.DONE, RunState.UNDONE}:
        return redirect(url_of(run))
    brought = undoing.contracts_of(db.session(), run)
    alike = [
        one
        for one in suggested(db.session(), current_reader(), clock.today())
        if not brought.isdisjoint(one.contract_ids)
    ]
    return render_template("imports/done.html", run=run, sums=sums_of(run), alike=alike)


@bp.get("/import/<int:run_id>/rows")
@needs(Permission.IMPORT)
def rows(run_id: int) -> ResponseReturnValue:
    """Where each row went."""
    run = run_for(run_id)
    asked = listing.listing(
        f"/import/{run_id}/rows",
        request.args,
        sorts=("row",),
        default="row",
        filters=(listing.one_of("outcome", "What became of it", RowOutcome),),
    )
    page = queries.rows(db.session(), run, asked.member("outcome", RowOutcome), asked.page)
    return render_template("imports/rows.html", run=run, asked=asked, page=page, tags=TAGS)


@bp.route("/import/<int:run_id>/undo", methods=["GET", "POST"])
@needs(Permission.IMPORT)
@saves
def undo(run_id: int) -> ResponseReturnValue:
    run, form = run_for(run_id), UndoForm()
    if run.state is not RunState.DONE:
        raise Refusal("Only an import that is done can be undone")
    if form.validate_on_submit():
        with refusals_shown_on(form):
            gone = undoing.undo(db.session(), run, now=clock.now(), keep_edited=bool(form.keep_edited.data))
            flash(_words(gone), "success")
            return redirect(f"/import/{run_id}/done")
    edited = undoing.edited_since(db.session(), run)
    return render_template("imports/undo.html", run=run, form=form, edited=edited, shown=EDITED_SHOWN)


def _words(gone: undoing.Undone) -> str:
    kept = f"; {plural(gone.kept, 'contract')} changed since kept as they are" if gone.kept else ""
    return (
        f"The import was undone: {plural(gone.withdrawn, 'contract')} withdrawn, "
        f"{plural(gone.put_back, 'contract')} put back as before{kept}."
    )


@bp.get("/import/<int:run_id>/problems.<ending>")
@needs(Permission.IMPORT)
def problems(run_id: int, ending: str) -> ResponseReturnValue:
    """The rows held or refused, to be mended and sent again."""
    run = run_for(run_id)
    headings = [*queries.TO_MEND, *(column["heading"] or column["letter"] for column in run.found.get("columns", ()))]
    columns = [ListColumn(heading) for heading in headings]
    return list_file(f"import-{run_id}-to-mend", ending, columns, list(queries.rows_to_mend(db.session(), run)))


@bp.get("/import/<int:run_id>/file")
@needs(Permission.IMPORT)
def raw_file(run_id: int) -> Response:
    """The file as it came: to be kept, never to be shown as a page."""
    run = run_for(run_id)
    kept = path_of(files_folder(), run.file_hash)
    if not kept.exists():
        abort(404)
    return send_file(
        kept,
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=run.filename,
    )
