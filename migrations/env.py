"""How a migration meets each database. Migrations themselves import nothing of the product."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection, Engine, MetaData, text
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator

#: Tables and indexes no model declares: full-text search with its shadows, and the queue of background jobs.
NOT_OURS = re.compile(r"\w+_search(_(data|idx|docsize|config|content))?|huey_\w+|sqlite_\w+")
#: Any number will do, as long as every migration takes the same: two servers never migrate at once.
ADVISORY_LOCK = 2015_2016

database = current_app.extensions["migrate"].db
engine: Engine = database.engine
metadata: MetaData = database.metadatas[None]


def is_ours(_item: SchemaItem, name: str | None, kind: str, reflected: bool, compared_to: SchemaItem | None) -> bool:  # noqa: FBT001 - Alembic's own signature
    only_in_database = reflected and compared_to is None
    return not (kind in {"table", "index"} and only_in_database and NOT_OURS.fullmatch(name or ""))


def plain_type(kind: str, item: object, _context: AutogenContext) -> str | bool:
    """Write the column type the database sees in place of one of ours, so that migrations import nothing of ours."""
    if kind == "type" and isinstance(item, TypeDecorator) and type(item).__module__.startswith("app."):
        return f"sa.{item.impl_instance!r}"
    return False


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """Rebuild SQLite's tables without their foreign keys: dropping a parent would empty its children.

    The switch does nothing inside a transaction, so the driver is spoken to before SQLAlchemy begins one.
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def prepare(connection: Connection) -> None:
    """Wait in turn, and never hold up a live PostgreSQL behind a lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        connection.execute(text("SET LOCAL statement_timeout = '10min'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})


def check_references(connection: Connection) -> None:
    """Say which rows lost what they point at, and so undo the migration."""
    if connection.dialect.name == "sqlite":
        lost = connection.execute(text("PRAGMA foreign_key_check")).fetchmany(5)
        if lost:
            raise RuntimeError(f"Rows point at nothing after the migration, so it was undone: {lost}")


def migrate() -> None:
    with engine.connect() as connection, foreign_keys_off(connection):
        context.configure(
            connection=connection,
            target_metadata=metadata,
            include_object=is_ours,
            render_item=plain_type,
            render_as_batch=True,
            compare_type=True,
            transactional_ddl=True,
            user_module_prefix="sa.",
        )
        with context.begin_transaction():
            prepare(connection)
            context.run_migrations()
            check_references(connection)


migrate()
