"""My contracts: out to a spreadsheet, back in with every difference shown, taken, undone."""

import io
import tempfile
from pathlib import Path

from flask import Response, abort, flash, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core import clock, listing
from app.core.access import Permission, Reader, current_reader, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.forms import answered
from app.core.pages import plural
from app.core.panels import panel_on
from app.core.web import refusals_shown_on, saves
from app.imports import queries, undoing
from app.imports.answers import Answer
from app.imports.forms import MineForm, SendForm
from app.imports.mine import storing, taking_out
from app.imports.mine.storing import Chosen
from app.imports.models import ImportRun, RunState
from app.imports.rows import PatternGroup
from app.imports.views import bp
from app.imports.views.loading import files_folder
from app.imports.workbook import Limits
from app.register.views.contracts import contracts_asked, wanted_of
from app.register.views.files import XLSX
from reports.filling import write_filling

EDIT = Permission.EDIT_REGISTER


@panel_on("home")
def keep_mine(_subject: int, reader: Reader) -> Markup:
    """For those who keep records: out to a spreadsheet, and back."""
    if not reader.may(EDIT):
        return Markup()
    return Markup(render_template("imports/mine_panel.html", post=reader.post))  # noqa: S704 - a template escapes


@bp.get("/contracts/mine.xlsx")
@needs(EDIT)
def my_contracts() -> Response:
    """Mine among those the list's filters match, to be changed and sent back."""
    session, reader, today = db.session(), current_reader(), clock.today()
    ids = taking_out.my_ids(session, wanted_of(contracts_asked()), reader, today)
    filling = taking_out.taken_out(session, ids, reader, today, clock.now())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mine.xlsx"
        write_filling(filling, path)
        content = io.BytesIO(path.read_bytes())
    name = f"my-contracts-{today.isoformat()}.xlsx"
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name=name)


@bp.route("/import/mine", methods=["GET", "POST"])
@needs(EDIT)
@saves
def send_mine() -> ResponseReturnValue:
    form = MineForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            run = _begin(form)
            return redirect(f"/import/mine/{run.id}")
    return render_template("imports/mine.html", form=form)


def _begin(form: MineForm) -> ImportRun:
    """Keep the file if it can be read: what is no file of ours is refused at once."""
    sent, reader = answered(form.file), current_reader()
    content = sent.stream.read(Limits().file_bytes + 1)
    if not content or len(content) > Limits().file_bytes:
        raise Refusal("Choose a file of up to 20 MB that is not empty", field="file")
    name = (sent.filename or "my-contracts.xlsx").replace("\\", "/").rpartition("/")[2][:200]
    run = storing.begin(db.session(), files_folder(), name, content, reader)
    try:
        storing.look(db.session(), run, files_folder(), reader, clock.today(), None)
    except Refusal as refusal:
        raise Refusal(refusal.message, field="file") from refusal
    return run


def _run(run_id: int) -> ImportRun:
    run = db.session().get_one(ImportRun, run_id)
    if not storing.may_open(run, current_reader()):
        abort(404)
    return run


@bp.route("/import/mine/<int:run_id>", methods=["GET", "POST"])
@needs(EDIT)
@saves
def mine(run_id: int) -> ResponseReturnValue:
    """Every difference, to be ticked; once taken, what became of each contract."""
    run, form = _run(run_id), SendForm()
    if run.state is not RunState.CHECKING:
        page = queries.rows(db.session(), run, None, listing.whole_number(request.args.get("page", "")) or 1)
        asked = listing.listing(f"/import/mine/{run_id}", request.args, sorts=("row",), default="row")
        return render_template("imports/mine_done.html", run=run, page=page, asked=asked)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            storing.store(db.session(), run, files_folder(), current_reader(), clock.today(), _chosen())
            flash(f"{plural(int(run.counts['updated']), 'contract')} changed from your file.", "success")
            return redirect(f"/import/mine/{run_id}")
    return _differences(_run(run_id), form)


def _differences(run: ImportRun, form: SendForm) -> ResponseReturnValue:
    chosen = _chosen() if request.method == "POST" else None
    found = storing.look(db.session(), run, files_folder(), current_reader(), clock.today(), chosen)
    filename, ticked = run.filename, chosen.ticked if chosen else found.proposed
    db.session.rollback()  # looked at only
    return render_template(
        "imports/mine_check.html", filename=filename, form=form, mine=found, ticked=ticked, name_of=name_of
    )


def name_of(group: PatternGroup) -> str:
    return f"how-{group.key.codes[0]}"


def _chosen() -> Chosen:
    """What the page sent."""
    seen = (one.partition(":") for one in request.form.get("versions", "").split(",") if one)
    pairs = ((listing.whole_number(first), listing.whole_number(second)) for first, _, second in seen)
    answers = {
        name.removeprefix("how-"): Answer(value)
        for name, value in request.form.items()
        if name.startswith("how-") and value in set(Answer)
    }
    return Chosen(
        frozenset(request.form.getlist("take")),
        {number: version for number, version in pairs if number is not None and version is not None},
        answers,
    )


@bp.route("/import/mine/<int:run_id>/undo", methods=["GET", "POST"])
@needs(EDIT)
@saves
def undo_mine(run_id: int) -> ResponseReturnValue:
    """Put back what the file changed; contracts changed since stay as they are."""
    run, form, session = _run(run_id), SendForm(), db.session()
    if run.state is not RunState.DONE:
        raise Refusal("Only a file that was taken can be undone")
    storing.check_may_undo(session, undoing.contracts_of(session, run), current_reader())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            gone = undoing.undo(session, run, now=clock.now(), keep_edited=True)
            flash(f"Undone: {plural(gone.put_back, 'contract')} put back as before.", "success")
            return redirect(f"/import/mine/{run_id}")
    edited = undoing.edited_since(session, run)
    return render_template("imports/mine_undo.html", run=run, form=form, edited=edited)
