"""The ground floor's commands: the worker that does what pages have queued."""

import click
from flask import current_app
from flask.cli import AppGroup
from huey import Huey

from app.core.jobs import EXTENSION

jobs_group = AppGroup("jobs", help="Work that outlasts a page.")


@jobs_group.command("run")
@click.option("--workers", default=1, show_default=True, help="How many jobs may run side by side.")
def run_jobs(workers: int) -> None:
    """Do queued work until told to stop."""
    queue: Huey = current_app.extensions[EXTENSION]
    queue.create_consumer(workers=workers, periodic=False, initial_delay=0.1, max_delay=1).run()
