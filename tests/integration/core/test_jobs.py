"""Work queued by one process is done by another, once, and stored only when it is done."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.jobs import JOBS, job, queue_job
from app.council.models import BankHoliday

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 30.0

#: The app with one job more, as a room would add it.
APP = """
from datetime import date
from pathlib import Path
from app import create_app
from app.core.db import db
from app.core.jobs import job
from app.council.models import BankHoliday

@job
def add_holiday(title: str, year: int) -> None:
    db.session.add(BankHoliday(on=date(year, 1, 2), title=title))
    if title == "never":
        db.session.flush()
        raise RuntimeError("It went wrong half-way")

app = create_app()
"""
QUEUE = """
import sys; from wsgi_with_a_job import app
from app.core.jobs import queue_job
with app.app_context():
    queue_job("add_holiday", title=sys.argv[1], year=int(sys.argv[2]))
"""


@pytest.fixture
def stored(new_app: Callable[[str], Flask], engine_name: str) -> Iterator[Flask]:
    app = new_app(engine_name)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def environment(stored: Flask, tmp_path: Path) -> dict[str, str]:
    (tmp_path / "wsgi_with_a_job.py").write_text(APP)
    return os.environ | {
        "DATABASE_URL": stored.extensions["settings"].database_url,
        "SECRET_KEY": "for one test",
        "FILES_DIR": str(tmp_path / "files"),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}",
    }


@pytest.fixture
def worker(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "flask", "--app", "wsgi_with_a_job", "jobs", "run"]
    started = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    yield started
    started.kill()
    started.wait()


def titles(app: Flask) -> list[str]:
    with app.app_context():
        found = list(db.session.scalars(select(BankHoliday.title).order_by(BankHoliday.id)))
        db.session.rollback()
        return found


def test_another_process_does_what_was_queued(
    stored: Flask, environment: dict[str, str], worker: subprocess.Popen[bytes]
) -> None:
    for title, year in (("never", 2031), ("once", 2032)):
        subprocess.run([sys.executable, "-c", QUEUE, title, str(year)], cwd=ROOT, env=environment, check=True)
    give_up_at = time.monotonic() + PATIENCE
    while not titles(stored) and time.monotonic() < give_up_at:
        time.sleep(0.1)
    assert titles(stored) == ["once"]
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE) == 0


def test_a_job_is_known_by_its_name(app: Flask, session: object) -> None:  # noqa: ARG001 - the session undoes what it stores
    @job
    def add_test_holiday(year: int) -> None:
        db.session.add(BankHoliday(on=date(year, 2, 1), title="queued"))

    try:
        with app.app_context():
            queue_job("add_test_holiday", year=2030)
            assert db.session.scalar(select(func.count()).where(BankHoliday.title == "queued")) == 1
    finally:
        del JOBS["add_test_holiday"]
