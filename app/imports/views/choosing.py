"""Step 1: the list of imports, choosing a file, and how far one has come."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs
from app.core.audit import Actor
from app.core.db import db
from app.core.errors import Refusal
from app.core.forms import answered
from app.core.listing import Listing, listing, one_of
from app.core.web import after_commit, refusals_shown_on, saves
from app.imports import jobs, queries, running
from app.imports.choices import Choices
from app.imports.forms import SendForm, UploadForm
from app.imports.models import ImportRun, RunState
from app.imports.queries import Standing
from app.imports.views import bp
from app.imports.views.loading import files_folder, run_for, url_of
from app.imports.workbook import Limits

#: How a tag says each state, and in what colour.
TAGS = {
    RunState.DONE: "green",
    RunState.FAILED: "red",
    RunState.INTERRUPTED: "red",
    RunState.UNDONE: "grey",
    RunState.ABANDONED: "grey",
    RunState.MAPPING: "yellow",
    RunState.CHECKING: "yellow",
}


@bp.route("/import", methods=["GET", "POST"])
@needs(Permission.IMPORT)
@saves
def choose() -> ResponseReturnValue:
    check_may(Permission.IMPORT, None)
    form = UploadForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            run = _begin(form)
            return redirect(f"/import/{run.id}")
    asked = _asked()
    page = queries.runs(db.session(), asked.page, asked.member("state", Standing))
    return render_template("imports/choose.html", form=form, asked=asked, page=page, tags=TAGS, url_of=url_of)


def _asked() -> Listing:
    filters = (one_of("state", "State", Standing),)
    return listing("/import", request.args, sorts=("started",), default="-started", filters=filters)


def _begin(form: UploadForm) -> ImportRun:
    """Keep the file and let the worker read it."""
    sent, reader = answered(form.file), current_reader()
    content = sent.stream.read(Limits().file_bytes + 1)
    if len(content) > Limits().file_bytes:
        raise Refusal("The file is over 20 MB: import it in parts", field="file")
    if not content:
        raise Refusal("The file is empty: choose another", field="file")
    name = (sent.filename or "register").replace("\\", "/").rpartition("/")[2][:200]
    actor = Actor(reader.id, reader.name)
    run = running.begin(
        db.session(), files_folder(), name, content, by=actor, choices=Choices(), state=RunState.READING
    )
    run_id = run.id
    after_commit(lambda: jobs.queue_step(run_id, RunState.READING))
    return run


@bp.get("/import/<int:run_id>")
@needs(Permission.IMPORT)
def run(run_id: int) -> ResponseReturnValue:
    """How far it has come; the page of the step once there is something to do."""
    found = run_for(run_id)
    if url_of(found) != f"/import/{found.id}":
        return redirect(url_of(found))
    silent = jobs.is_silent(found, clock.now())
    return render_template("imports/run.html", run=found, silent=silent, form=SendForm(), tags=TAGS)


@bp.post("/import/<int:run_id>/resume")
@needs(Permission.IMPORT)
@saves
def resume(run_id: int) -> ResponseReturnValue:
    """Take up a step that was stopped: nothing of it had been stored."""
    found = run_for(run_id)
    if found.state is not RunState.INTERRUPTED and not jobs.is_silent(found, clock.now()):
        raise Refusal("This import is not interrupted")
    state = RunState(found.found.get("was", RunState.READING)) if found.state is RunState.INTERRUPTED else found.state
    found.state, found.beat_at, found.problem = state, clock.now(), None
    after_commit(lambda: jobs.queue_step(run_id, state))
    return redirect(f"/import/{run_id}")


@bp.post("/import/<int:run_id>/abandon")
@needs(Permission.IMPORT)
@saves
def abandon(run_id: int) -> ResponseReturnValue:
    found = run_for(run_id)
    if found.state in {RunState.DONE, RunState.UNDONE}:
        raise Refusal("This import is done: undo it instead")
    found.state = RunState.ABANDONED
    flash(f"The import of {found.filename} was given up. Nothing in the register has changed.", "success")
    return redirect("/import")
