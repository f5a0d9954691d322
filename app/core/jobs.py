"""Work that outlasts a page: Huey's queue beside the web server, in SQLite, PostgreSQL or Redis."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import Flask, current_app
from sqlalchemy.orm import Session

from app.core.db import db
from config import INSTANCE, Settings

if TYPE_CHECKING:
    from huey import Huey

EXTENSION = "jobs"
Work = TypeVar("Work", bound=Callable[..., object])


def _queue_for(settings: Settings) -> "Huey":
    from huey import MemoryHuey, SqliteHuey

    # A test runs each job where it is queued: nothing of ours is replaced, only the waiting is.
    if settings.testing:
        return MemoryHuey("register", immediate=True, results=False)
    if settings.redis_url:
        from huey import RedisHuey

        return RedisHuey("register", results=False, url=settings.redis_url)
    if settings.database_url.startswith("postgresql"):
        return _postgres_queue(settings.database_url.replace("postgresql+psycopg://", "postgresql://"))
    in_memory = ":memory:" in settings.database_url
    folder = INSTANCE if in_memory else Path(settings.database_url.removeprefix("sqlite:///")).parent
    folder.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("register", results=False, filename=str(folder / "jobs.sqlite"))


def _postgres_queue(dsn: str) -> "Huey":
    """Under a lock: two processes that make a table "if not exists" at once would fail one another."""
    import psycopg
    from huey import PostgresHuey

    with psycopg.connect(dsn) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('register jobs'))")
        return PostgresHuey("register", results=False, dsn=dsn)


@dataclass(frozen=True)
class Jobs:
    """The app's queue, made when first asked for: Huey loads PostgreSQL's driver, which most pages never need."""

    app: Flask
    settings: Settings

    @cached_property
    def queue(self) -> "Huey":
        return _queue_for(self.settings)

    @cached_property
    def run(self) -> Callable[..., object]:
        """The one task: a job's name and its plain arguments."""

        def run(name: str, arguments: dict[str, Any]) -> None:
            with self.app.app_context():
                JOBS[name](**arguments)
                db.session.commit()

        return cast("Callable[..., object]", self.queue.task(name="run_job")(run))

    def work(self, workers: int) -> None:
        """Do what is queued until told to stop."""
        _ = self.run  # a queue without its task would not know what it is asked
        self.queue.create_consumer(workers=workers, periodic=False, initial_delay=0.1, max_delay=1).run()


def start_jobs(app: Flask, settings: Settings) -> None:
    """Give the app its queue. A job is a registered function's name and plain arguments.

    What it changes is stored when it returns; when it fails, or the worker is stopped, nothing is.
    """
    app.extensions[EXTENSION] = Jobs(app, settings)


def jobs_of(app: Flask) -> Jobs:
    """The queue of the app."""
    return cast("Jobs", app.extensions[EXTENSION])


#: The jobs that exist, by name; each room adds its own with ``job``.
JOBS: dict[str, Callable[..., object]] = {}


def job(work: Work) -> Work:
    """Make the function one that ``queue_job`` can run later, in the consumer, within an app context."""
    JOBS[work.__name__] = work
    return work


def queue_job(name: str, **arguments: object) -> None:
    """Queue the job; call after commit, so that the consumer finds what the page stored."""
    jobs_of(current_app).run(name, arguments)


def keep_so_far(session: Session) -> None:
    """Store what a job has done up to here: the small transactions of a long piece of work, and its one large one."""
    session.commit()
