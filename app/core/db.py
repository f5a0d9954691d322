"""The database: one SQLAlchemy extension, and how each engine's transactions begin."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, event, inspect
from sqlalchemy.engine import Connection

from app.core.base import Base
from app.core.errors import Refusal

db = SQLAlchemy(metadata=Base.metadata, session_options={"autoflush": True})

#: Whether the transaction about to begin may write. A page that only reads says False, so that SQLite's readers
#: never queue behind a writer; every other door (command line, jobs, forms) keeps True.
_writing: ContextVar[bool] = ContextVar("writing", default=True)


def check_tables(engine: Engine) -> None:
    if not inspect(engine).has_table("alembic_version"):
        raise Refusal("This database has no tables yet: run “flask db upgrade” first")


@contextmanager
def transactions_that_write(writing: bool) -> Iterator[None]:  # noqa: FBT001 - the name reads as a sentence
    """Say for the block whether transactions beginning in it may write."""
    token = _writing.set(writing)
    try:
        yield
    finally:
        _writing.reset(token)


def expect_writing(writing: bool) -> None:  # noqa: FBT001
    """Say it for the rest of this request."""
    _writing.set(writing)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:  # Any: a driver's own connection
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we begin transactions ourselves, below
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "cache_size=-8000",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a deferred transaction that turns to writing fails as 'database is locked'."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
