"""Databases of the test session: migrated once, filled once with what several tests begin from, and copied."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from flask import Flask

from app import Settings, create_app
from app.core import migrations
from app.core.db import db
from tests.postgres import Server

TEMPLATE = "template"
#: Puts something into an empty database, and is known by its name.
Filling: TypeAlias = Callable[[Flask], None]


def load_demo(app: Flask) -> None:
    """The demo council of today."""
    loaded = app.test_cli_runner().invoke(args=["demo", "load"])
    assert loaded.exit_code == 0, loaded.output


@dataclass
class Databases:
    """Makes databases of either engine: empty ones, and ones that hold something."""

    #: Shared by the workers of the session.
    shared: Path
    #: This worker's own.
    folder: Path
    worker: str
    postgres: Callable[[], Server]
    made: int = field(default=0)

    def make(self, engine_name: str, filling: Filling | None = None) -> str:
        """Return the address of a new one."""
        self.made += 1
        name = f"{self.worker}_{self.made}"
        with one_worker_at_a_time(self.shared):
            return self._sqlite(name, filling) if engine_name == "sqlite" else self._postgresql(name, filling)

    def once(self, name: str, work: Callable[[], str]) -> str:
        """What one worker finds out, told to them all."""
        known, own = self.shared / name, self.shared / f"{name}.lock"
        own.mkdir(exist_ok=True)
        with one_worker_at_a_time(own):
            if not known.exists():
                known.write_text(work())
            return known.read_text()

    def _sqlite(self, name: str, filling: Filling | None) -> str:
        copy = self.folder / f"{name}.sqlite"
        shutil.copyfile(self._sqlite_template(filling), copy)
        return f"sqlite:///{copy}"

    def _sqlite_template(self, filling: Filling | None) -> Path:
        template = self.shared / f"{_template(filling)}.sqlite"
        if not template.exists():
            unfinished = self.shared / "unfinished.sqlite"
            if filling is not None:
                shutil.copyfile(self._sqlite_template(None), unfinished)
            _prepare(f"sqlite:///{unfinished}", filling)
            unfinished.rename(template)
        return template

    def _postgresql(self, name: str, filling: Filling | None) -> str:
        server = self.postgres()
        server.create(name, template=self._postgresql_template(server, filling))
        return server.url(name)

    def _postgresql_template(self, server: Server, filling: Filling | None) -> str:
        template = _template(filling)
        if not server.has(template):
            server.create("unfinished", template=self._postgresql_template(server, None) if filling else None)
            _prepare(server.url("unfinished"), filling)
            server.rename("unfinished", template)
        return template


@contextmanager
def one_worker_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _template(filling: Filling | None) -> str:
    return f"{TEMPLATE}_{filling.__name__}" if filling else TEMPLATE


def _prepare(database_url: str, filling: Filling | None) -> None:
    """Migrate an empty database, or fill a migrated one; the last connection leaves everything in the one file."""
    app = create_app(Settings(database_url=database_url, secret_key="for one template", testing=True))
    if filling is not None:
        filling(app)
    with app.app_context():
        if filling is None:
            migrations.upgrade()
        db.engine.dispose()
