"""What every test may ask for: an app on both databases, a page parsed strictly, and nothing from the network."""

import gc
import ipaddress
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol, cast

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session
from typing_extensions import override
from werkzeug.test import TestResponse

from app import Settings, create_app
from app.core.db import db
from tests.databases import Databases, Filling, load_demo
from tests.postgres import OwnServer, Server
from tests.strict_html import parse_strictly

ROOT = Path(__file__).resolve().parent.parent
ENGINES = ("sqlite", "postgresql")

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


def pytest_collection_finish() -> None:
    """What is there by now stays: looking through it for what may go would take a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Server:
    workerinput: dict[str, str] = getattr(pytestconfig, "workerinput", {})
    if SERVER_FOLDER in workerinput:
        return Server(Path(workerinput[SERVER_FOLDER])).wait()
    own = pytestconfig.stash.get(OWN_SERVER, None) or OwnServer()
    pytestconfig.stash[OWN_SERVER] = own
    return own.server.wait()


# Databases


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

    @override
    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # Any: as in FlaskClient
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html":
            parse_strictly(response.get_data())
        return response


class NewApp(Protocol):
    """Makes an app on the engine, whose database holds nothing or what is asked for."""

    def __call__(self, engine_name: str, filling: Filling | None = None) -> Flask: ...


@pytest.fixture(scope="session")
def new_app(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewApp]:
    """Make an app with a migrated database of its own: for commands, backups, jobs and browsers."""
    made: list[Flask] = []
    #: A template is compiled once a session, not by every app anew.
    templates = FileSystemBytecodeCache(str(databases.shared), "%s.template")

    def make(engine_name: str, filling: Filling | None = None) -> Flask:
        settings = Settings(
            database_url=databases.make(engine_name, filling),
            secret_key="for tests only",
            files_dir=tmp_path_factory.mktemp("files"),
            testing=True,
        )
        app = create_app(settings)
        app.test_client_class = StrictClient
        app.jinja_env.bytecode_cache = templates
        app.config["WTF_CSRF_ENABLED"] = False  # the browser's tests keep it on
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def apps(new_app: NewApp) -> NewApp:
    """Return this worker's app on each database, made when first asked for."""
    return cache(new_app)


@pytest.fixture(scope="session", params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return cast("str", request.param)


@pytest.fixture(scope="session")
def app(apps: NewApp, engine_name: str) -> Flask:
    return apps(engine_name)


@pytest.fixture(scope="session")
def demo_app(apps: NewApp, engine_name: str) -> Flask:
    """The demo council of today. A module whose ``app`` this is takes back what its tests save, with ``connection``."""
    return apps(engine_name, load_demo)


@contextmanager
def taken_back(app: Flask) -> Iterator[Connection]:
    """One connection for all the app does: its commits reach a savepoint and go no further."""
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
def connection(app: Flask) -> Iterator[Connection]:
    """The test's own: what it saves is gone afterwards."""
    with taken_back(app) as connection:
        yield connection


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
