"""What every test may ask for: an app on both databases, a page parsed strictly, and nothing from the network."""

import fcntl
import hashlib
import ipaddress
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

import html5lib
import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.orm import Session
from typing_extensions import override
from werkzeug.test import TestResponse

from app import Settings, create_app
from app.core import migrations
from app.core.db import db
from tests.postgres import OwnServer, Server

ROOT = Path(__file__).resolve().parent.parent
ENGINES = ("sqlite", "postgresql")
TEMPLATE = "template"

OWN_SERVER = pytest.StashKey[OwnServer]()
SERVER_FOLDER = "postgres_folder"

hypothesis.settings.register_profile("here", deadline=None, database=None)
hypothesis.settings.register_profile("ci", deadline=None, database=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


# The network


def _refuse_the_network(happening: str, arguments: tuple[Any, ...]) -> None:
    """Let nothing out but to this machine: a test that needs the network is a test of the network."""
    if happening != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not _is_here(str(address[0])):
        raise RuntimeError(f"A test reached for the network: {address}")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


sys.addaudithook(_refuse_the_network)


# One PostgreSQL for the whole session, started by whoever started the session


def pytest_configure(config: pytest.Config) -> None:
    is_worker = hasattr(config, "workerinput")
    only_units = bool(config.args) and all("tests/unit" in argument for argument in config.args)
    if not is_worker and not only_units and not config.option.collectonly:
        config.stash[OWN_SERVER] = OwnServer()


def pytest_unconfigure(config: pytest.Config) -> None:
    own = config.stash.get(OWN_SERVER, None)
    if own is not None:
        own.stop()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:  # Any: xdist's own, untyped
    own = node.config.stash.get(OWN_SERVER, None)
    if own is not None:
        node.workerinput[SERVER_FOLDER] = str(own.server.folder)


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Server:
    workerinput: dict[str, str] = getattr(pytestconfig, "workerinput", {})
    if SERVER_FOLDER in workerinput:
        return Server(Path(workerinput[SERVER_FOLDER])).wait()
    own = pytestconfig.stash.get(OWN_SERVER, None) or OwnServer()
    pytestconfig.stash[OWN_SERVER] = own
    return own.server.wait()


# Databases: migrated once a session, copied for each worker


@contextmanager
def _one_worker_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(database_url: str) -> None:
    app = create_app(Settings(database_url=database_url, secret_key="for one migration", testing=True))
    with app.app_context():
        migrations.upgrade()
        db.engine.dispose()


@dataclass
class Databases:
    """Makes migrated, empty databases of either engine."""

    #: Shared by the workers of the session.
    shared: Path
    #: This worker's own.
    folder: Path
    worker: str
    postgres: Callable[[], Server]
    made: int = field(default=0)

    def make(self, engine_name: str) -> str:
        """Return the address of a new one."""
        self.made += 1
        name = f"{self.worker}_{self.made}"
        with _one_worker_at_a_time(self.shared):
            return self._sqlite(name) if engine_name == "sqlite" else self._postgresql(name)

    def fill(self, app: Flask, contents: str, load: Callable[[Flask], None]) -> None:
        """Fill an app's new SQLite database with what ``load`` puts into one: done once a session, then copied."""
        url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
        own, filled = Path(url.database or ""), self.shared / f"{contents}.sqlite"
        with _one_worker_at_a_time(self.shared):
            if filled.exists():
                shutil.copyfile(filled, own)
                return
            load(app)
            with app.app_context():
                db.engine.dispose()  # the last connection to close leaves everything in the one file
            shutil.copyfile(own, filled)

    def once(self, name: str, work: Callable[[], str]) -> str:
        """What one worker finds out, told to them all."""
        known, own = self.shared / name, self.shared / f"{name}.lock"
        own.mkdir(exist_ok=True)
        with _one_worker_at_a_time(own):
            if not known.exists():
                known.write_text(work())
            return known.read_text()

    def _sqlite(self, name: str) -> str:
        template = self.shared / f"{TEMPLATE}.sqlite"
        if not template.exists():
            unfinished = self.shared / "unfinished.sqlite"
            _migrate(f"sqlite:///{unfinished}")
            unfinished.rename(template)
        copy = self.folder / f"{name}.sqlite"
        shutil.copyfile(template, copy)
        return f"sqlite:///{copy}"

    def _postgresql(self, name: str) -> str:
        server = self.postgres()
        if not server.has(TEMPLATE):
            server.create("unfinished")
            _migrate(server.url("unfinished"))
            server.rename("unfinished", TEMPLATE)
        server.create(name, template=TEMPLATE)
        return server.url(name)


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    base = tmp_path_factory.getbasetemp()
    return Databases(
        shared=base.parent if worker else base,
        folder=tmp_path_factory.mktemp("databases"),
        worker=worker or "alone",
        postgres=lambda: cast("Server", request.getfixturevalue("postgres")),
    )


# The app


class StrictClient(FlaskClient):
    """A browser that puts up with nothing: every new page is parsed, and an error of its HTML fails the test."""

    _seen: set[bytes] = set()  # noqa: RUF012 - shared on purpose, for the whole worker

    @override
    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # Any: as in FlaskClient
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not response.is_streamed:
            self.parse(response.get_data())
        return response

    def parse(self, page: bytes) -> None:
        digest = hashlib.sha256(page).digest()
        if page and digest not in self._seen:
            html5lib.HTMLParser(strict=True).parse(page)
            self._seen.add(digest)


@pytest.fixture(scope="session")
def new_app(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Flask]]:
    """Make an app with a migrated, empty database of its own: for commands, backups, jobs and browsers."""
    made: list[Flask] = []

    def make(engine_name: str) -> Flask:
        settings = Settings(
            database_url=databases.make(engine_name),
            secret_key="for tests only",
            files_dir=tmp_path_factory.mktemp("files"),
            testing=True,
        )
        app = create_app(settings)
        app.test_client_class = StrictClient
        app.config["WTF_CSRF_ENABLED"] = False  # the browser's tests keep it on
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def apps(new_app: Callable[[str], Flask]) -> Callable[[str], Flask]:
    """Return this worker's app on each database, made when first asked for."""
    return cache(new_app)


@pytest.fixture(scope="session", params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return cast("str", request.param)


@pytest.fixture(scope="session")
def app(apps: Callable[[str], Flask], engine_name: str) -> Flask:
    return apps(engine_name)


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    """One connection for the whole test: the app's commits reach a savepoint and go no further."""
    with app.app_context():
        engines = cast("dict[str | None, Any]", db.engines)
    engine = engines[None]
    with engine.connect() as connection:
        everything = connection.begin()
        connection.begin_nested()
        engines[None] = connection
        try:
            yield connection
        finally:
            engines[None] = engine
            everything.rollback()


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    """The test's own session. It sees what a view committed, never what a view forgot to."""
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        yield session


@pytest.fixture
def client(app: Flask, connection: Connection) -> FlaskClient:  # noqa: ARG001 - the connection keeps what it saves to this test
    return app.test_client()


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """Collect the SQL sent while the test runs; clear it before the page whose queries are counted."""
    sent: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


# Other people's files


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real registers (SAMPLES_DIR). A machine without them leaves those tests out, and says so."""
    folder = Path(os.environ.get("SAMPLES_DIR") or ROOT.parent / "shared" / "samples")
    if not folder.is_dir():
        pytest.skip(f"No samples at {folder}: set SAMPLES_DIR")
    return folder
