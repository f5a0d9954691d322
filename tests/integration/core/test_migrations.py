"""The tables are what the models say, on both databases, and every step can be taken up, down and up again."""

import ast
import shutil
from collections.abc import Callable
from pathlib import Path

import flask_migrate
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from app.core import migrations
from app.core.db import db

FOLDER = Path(__file__).resolve().parents[3] / "migrations"

#: Empties a table that others point at, as a careless rebuild would.
CARELESS = """
from alembic import op

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM directorate")
"""


def head() -> str:
    return (FOLDER / "head.txt").read_text(encoding="utf-8").strip()


def tables(app: Flask) -> set[str]:
    with app.app_context():
        return set(inspect(db.engine).get_table_names())


def test_there_is_one_head_and_it_is_written_down() -> None:
    """Two branches that both add a migration then conflict in git, where somebody sees it."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [head()]


def test_migrations_import_nothing_of_the_product() -> None:
    """They make the tables of their day, whatever the models have become since."""
    for step in sorted((FOLDER / "versions").glob("*.py")):
        named = {name for node in ast.walk(ast.parse(step.read_text(encoding="utf-8"))) for name in _imported(node)}
        assert not named & {"app", "config", "reports", "tests", "wsgi"}, step.name


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {one.name.partition(".")[0] for one in node.names}
    return {(node.module or "").partition(".")[0]} if isinstance(node, ast.ImportFrom) else set()


def test_the_tables_are_what_the_models_say(app: Flask) -> None:
    with app.app_context():
        migrations.load()
        flask_migrate.check()


def test_every_migration_can_be_taken_back(new_app: Callable[[str], Flask], engine_name: str) -> None:
    app = new_app(engine_name)
    before = tables(app)
    with app.app_context():
        migrations.load()
        flask_migrate.downgrade(revision="base")
        assert tables(app) == {"alembic_version"}
        flask_migrate.upgrade()
    assert tables(app) == before


def test_a_migration_that_leaves_rows_pointing_at_nothing_is_undone(
    new_app: Callable[[str], Flask], engine_name: str, tmp_path: Path
) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder)
    (folder / "versions" / "9999_careless.py").write_text(CARELESS.format(head=head()), encoding="utf-8")
    app = new_app(engine_name)
    with app.app_context():
        migrations.load()
        with db.engine.begin() as connection:
            connection.execute(
                text("INSERT INTO directorate (id, name, name_key, slug, position) VALUES (1, 'A', 'a', 'a', 1)")
            )
            connection.execute(
                text("INSERT INTO division (id, directorate_id, name, name_key, position) VALUES (1, 1, 'B', 'b', 1)")
            )
        with pytest.raises((SystemExit, IntegrityError)):
            flask_migrate.upgrade(directory=str(folder))
        with db.engine.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM directorate")) == 1
            assert connection.scalar(text("SELECT version_num FROM alembic_version")) == head()
