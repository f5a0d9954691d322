"""The ground floor's commands: the worker that does what pages have queued, backing up and restoring."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app.core import clock
from app.core.backup import Place, make_backup, restore_backup
from app.core.db import db, transactions_that_write
from app.core.errors import Refusal
from app.core.jobs import jobs_of
from app.core.pages import VERSION, plural
from config import ROOT

jobs_group = AppGroup("jobs", help="Work that outlasts a page.")


@jobs_group.command("run")
@click.option("--workers", default=1, show_default=True, help="How many jobs may run side by side.")
def run_jobs(workers: int) -> None:
    """Do queued work until told to stop."""
    jobs_of(current_app).work(workers)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def backup(file: Path) -> None:
    """Write the database and the stored files into the one FILE. The register may go on working."""
    try:
        with transactions_that_write(False):  # noqa: FBT003 - it only reads
            made = make_backup(_here(), file, version=VERSION, now=clock.now())
    except Refusal as refusal:
        raise click.UsageError(refusal.message) from refusal
    click.echo(
        f"{file}: {made.council or 'no council'}, {plural(made.files, 'stored file')}, {file.stat().st_size:,} bytes"
    )


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Put it in the place of the records that are there.")
@with_appcontext
def restore(file: Path, *, replace: bool) -> None:
    """Put a backup back into an empty database; the queue of jobs is not part of it."""
    try:
        made = restore_backup(_here(), file, replace=replace, migrations=ROOT / "migrations" / "versions")
    except Refusal as refusal:
        raise click.UsageError(refusal.message) from refusal
    click.echo(f"Restored {made.council or 'no council'} as of {made.made_at}, {plural(made.files, 'stored file')}.")
    click.echo("Next: flask db upgrade")


def _here() -> Place:
    return Place(db.engine, current_app.extensions["settings"].files_dir)


COMMANDS: tuple[click.Command, ...] = (jobs_group, backup, restore)
