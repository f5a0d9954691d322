"""The long steps of an import as jobs: each tells what came of it in the run itself, stopped half-way too."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import Actor
from app.core.db import db
from app.core.errors import Refusal
from app.core.jobs import job, keep_so_far, queue_job
from app.imports import running
from app.imports.choices import Choices
from app.imports.models import ImportRun, RunState
from app.imports.pausing import collector_paused

#: A run that has been silent for so long was stopped: no step of an honest file takes as long.
SILENT_FOR = timedelta(minutes=4)
#: Where a step that could not be done leaves the run.
_BACK_TO = {RunState.UNDERSTANDING: RunState.MAPPING, RunState.APPLYING: RunState.CHECKING}
#: The job that does each working state's step.
JOB_OF = {
    RunState.READING: "read_import",
    RunState.UNDERSTANDING: "go_through_import",
    RunState.APPLYING: "store_import",
}
Step = Callable[[Session, ImportRun, Path], None]


def queue_step(run_id: int, state: RunState) -> None:
    queue_job(JOB_OF[state], run_id=run_id)


def is_silent(run: ImportRun, now: datetime) -> bool:
    """Whether the run should be working and nobody works on it any more."""
    return run.state.is_working and (run.beat_at is None or now - run.beat_at > SILENT_FOR)


@job
def read_import(run_id: int) -> None:
    _do(run_id, RunState.READING, running.read_columns)


@job
def go_through_import(run_id: int) -> None:
    _do(run_id, RunState.UNDERSTANDING, _go_through)


@job
def store_import(run_id: int) -> None:
    _do(run_id, RunState.APPLYING, _store)


def _go_through(session: Session, run: ImportRun, folder: Path) -> None:
    running.go_through(session, run, folder, today=clock.today())


def _store(session: Session, run: ImportRun, folder: Path) -> None:
    workbook, today = running.workbook_of(run, folder), clock.today()
    looked = running.look(session, workbook, Choices.load(run.choices), today=today, source=run.source)
    running.store(session, run, looked, by=Actor(run.started_by_id, run.started_by), today=today)


def _do(run_id: int, state: RunState, step: Step) -> None:
    folder: Path = current_app.extensions["settings"].files_dir
    with Session(db.engine, expire_on_commit=False) as session, collector_paused():
        run = session.get_one(ImportRun, run_id)
        if run.state is not state:
            return
        try:
            step(session, run, folder)
        except Refusal as refusal:
            _leave(session, run_id, _BACK_TO.get(state, RunState.FAILED), state, refusal.message)
        except BaseException:
            _leave(session, run_id, RunState.INTERRUPTED, state, None)
            raise


def _leave(session: Session, run_id: int, to: RunState, was: RunState, problem: str | None) -> None:
    """Whatever the step had begun is undone first."""
    session.rollback()
    run = session.get_one(ImportRun, run_id)
    run.state, run.problem, run.beat_at = to, problem, clock.now()
    run.found = {**run.found, "was": str(was)}
    keep_so_far(session)
