"""``flask db``, loaded when it is asked for: Alembic costs each web worker 25 MB and is of no use to it."""

from typing import Any

import click
from flask import Flask, current_app
from typing_extensions import override

from app.core.db import db
from config import ROOT


class DatabaseCommands(click.Command):
    """Stands in the list of commands for Flask-Migrate's own group, and gives way to it when called."""

    @override
    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:  # Any: click's own
        load()
        from flask_migrate.cli import db as commands

        group: click.Group = commands
        return group.make_context(info_name, args, parent, **extra)


def start_migrations(app: Flask) -> None:
    app.cli.add_command(DatabaseCommands("db", help="Bring the database's tables up to date, and make migrations."))


def upgrade() -> None:
    """Bring the tables of the current app's database up to date."""
    load()
    import flask_migrate

    flask_migrate.upgrade()


def load() -> None:
    from flask_migrate import Migrate

    if "migrate" not in current_app.extensions:
        Migrate(current_app, db, directory=str(ROOT / "migrations"))
