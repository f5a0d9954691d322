"""Steps 2 and 3: what the columns mean, and what would become of every row."""

from dataclasses import replace

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.web import after_commit, refusals_shown_on, saves
from app.council import queries as council
from app.imports import forms, jobs, queries, running
from app.imports.choices import Choices
from app.imports.forms import SendForm
from app.imports.models import ImportRun, RunState
from app.imports.targets import LABELS, Target
from app.imports.views import bp
from app.imports.views.loading import run_for, sums_of, url_of

PROBLEMS_SHOWN = 20
TARGETS = sorted(((str(target), LABELS[target]) for target in Target), key=lambda one: (one[0] == "ignore", one[1]))


@bp.route("/import/<int:run_id>/columns", methods=["GET", "POST"])
@needs(Permission.IMPORT)
@saves
def columns(run_id: int) -> ResponseReturnValue:
    run, form = run_for(run_id), SendForm()
    if run.state not in {RunState.MAPPING, RunState.CHECKING}:
        return redirect(f"/import/{run_id}")
    if form.validate_on_submit():
        with refusals_shown_on(form):
            _choose_columns(run)
            return redirect(f"/import/{run_id}")
    return render_template("imports/columns.html", run=run, form=form, targets=TARGETS)


def _choose_columns(run: ImportRun) -> None:
    headings = [(one["index"], one["letter"], one["heading"]) for one in run.found["columns"]]
    chosen = forms.columns_chosen(request, headings)
    if Target.TITLE not in chosen.values():
        raise Refusal("Say which column gives the title of the agreement: a contract needs one")
    choices = Choices.load(run.choices)
    unit = request.form.get("unit", "").strip()
    answers = replace(choices.answers, columns=chosen, unit=unit)
    _work(run, replace(choices, answers=answers), RunState.UNDERSTANDING)


def _work(run: ImportRun, choices: Choices, state: RunState) -> None:
    run.choices, run.state, run.progress, run.problem = choices.dump(), state, 0, None
    run.beat_at = clock.now()
    run_id = run.id
    after_commit(lambda: jobs.queue_step(run_id, state))


@bp.route("/import/<int:run_id>/check", methods=["GET", "POST"])
@needs(Permission.IMPORT)
@saves
def check(run_id: int) -> ResponseReturnValue:
    run, form = run_for(run_id), SendForm()
    if run.state is not RunState.CHECKING:
        return redirect(url_of(run))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            _settle_choices(run)
            return redirect(f"/import/{run_id}")
    problems = queries.problems(db.session(), run, PROBLEMS_SHOWN)
    return render_template(
        "imports/check.html",
        run=run,
        form=form,
        sums=sums_of(run),
        choices=Choices.load(run.choices),
        problems=problems,
        directorates=council.directorates(db.session()),
    )


def _settle_choices(run: ImportRun) -> None:
    """Changed answers are gone through again first, so that what is stored is what was shown."""
    old = Choices.load(run.choices)
    new = _chosen(run, old)
    running.keep_answers(run.source, new)
    if forms.is_changed(old, new) or "store" not in request.form:
        _work(run, new, RunState.UNDERSTANDING)
    else:
        _work(run, new, RunState.APPLYING)


def _chosen(run: ImportRun, old: Choices) -> Choices:
    found = run.found
    patterns = {**old.answers.patterns, **forms.patterns_chosen(request, found.get("questions", []))}
    matches = dict(old.matches)
    for kind in ("unit", "provider"):
        matched, made = forms.matches_chosen(request, kind, found.get(f"{kind}s", []))
        matches |= matched
        patterns |= made
    return replace(
        old,
        answers=replace(old.answers, patterns=patterns),
        matches=matches,
        create_missing="create_missing" in request.form,
        services_from_category="services_from_category" in request.form,
        confirm_arrangements="confirm_arrangements" in request.form,
    )
