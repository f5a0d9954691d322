"""Backing up into one file and restoring it, on both databases; a damaged file changes nothing."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.core.db import db
from app.core.files import StoredFile, path_of, store_file
from app.council import commands
from app.council.models import Council, Setting

CONTENT = b"Reference,Title\n25/00053,Waste\n"


def add_council(app: Flask, name: str) -> None:
    with app.app_context():
        commands.create_council(db.session(), name, today=date(2026, 11, 22))
        store_file(db.session(), app.extensions["settings"].files_dir, "register.csv", CONTENT, by="a test")
        db.session.commit()


def names(app: Flask) -> list[str]:
    with app.app_context():
        found = list(db.session.scalars(select(Council.name)))
        db.session.rollback()
        return found


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(one) for one in arguments])


@pytest.fixture(scope="module")
def make(new_app: Callable[[str], Flask], engine_name: str) -> Iterator[Callable[[], Flask]]:
    made: list[Flask] = []

    def app() -> Flask:
        made.append(new_app(engine_name))
        return made[-1]

    yield app
    for one in made:
        with one.app_context():
            db.engine.dispose()


@pytest.fixture(scope="module")
def there(make: Callable[[], Flask]) -> Flask:
    app = make()
    add_council(app, "Wold Council")
    return app


@pytest.fixture(scope="module")
def elsewhere(make: Callable[[], Flask]) -> Flask:
    """Another register, in which nothing that is refused may change anything."""
    app = make()
    add_council(app, "Fen Council")
    return app


@pytest.fixture(scope="module")
def first_archive(there: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "register.backup"
    done = run(there, "backup", file)
    assert done.exit_code == 0, done.output
    assert "Wold Council, 1 stored file," in done.output
    return file


@pytest.fixture
def archive(first_archive: Path, tmp_path: Path) -> Path:
    """One to spoil."""
    return Path(shutil.copy2(first_archive, tmp_path))


def test_what_was_backed_up_comes_back_in_an_empty_database(make: Callable[[], Flask], archive: Path) -> None:
    empty = make()
    done = run(empty, "restore", archive)
    assert done.exit_code == 0, done.output
    assert "flask db upgrade" in done.output
    assert names(empty) == ["Wold Council"]
    with empty.app_context():
        stored = db.session.scalars(select(StoredFile)).one()
        assert path_of(empty.extensions["settings"].files_dir, stored.sha256).read_bytes() == CONTENT
        assert len(db.session.scalars(select(Setting)).all()) > 20


def test_a_restored_register_goes_on_working(make: Callable[[], Flask], archive: Path) -> None:
    again = make()
    run(again, "restore", archive)
    with again.app_context():
        commands.add_outcome(db.session(), "A cleaner county")
        db.session.commit()
    assert again.test_client().get("/health").get_json()["status"] == "ok"


def test_its_history_is_as_sealed_as_before(make: Callable[[], Flask], archive: Path) -> None:
    again = make()
    run(again, "restore", archive)
    with again.app_context():
        with pytest.raises(DBAPIError):
            db.session.execute(text("UPDATE change SET actor_name = 'somebody else'"))
        db.session.rollback()


def test_records_are_replaced_only_when_asked_for(make: Callable[[], Flask], archive: Path) -> None:
    other = make()
    add_council(other, "Fen Council")
    refused = run(other, "restore", archive)
    assert refused.exit_code == 2
    assert "--replace" in refused.output
    assert names(other) == ["Fen Council"]
    assert run(other, "restore", archive, "--replace").exit_code == 0
    assert names(other) == ["Wold Council"]


def test_a_backup_is_never_written_over_another_file(there: Flask, archive: Path) -> None:
    before = archive.read_bytes()
    assert "choose another name" in run(there, "backup", archive).output
    assert archive.read_bytes() == before


def test_a_backup_is_its_owners_alone_and_leaves_nothing_beside_it(first_archive: Path) -> None:
    assert first_archive.stat().st_mode & 0o077 == 0
    assert [file.name for file in first_archive.parent.iterdir()] == [first_archive.name]


def test_a_backup_is_made_while_somebody_is_saving(there: Flask, tmp_path: Path) -> None:
    with there.app_context():
        db.session.add(Setting(name="unfinished", value="1"))
        db.session.flush()
        done = run(there, "backup", tmp_path / "meanwhile.backup")
        db.session.rollback()
    assert done.exit_code == 0, done.output


def rewritten(archive: Path, *, leave_out: str = "", put: dict[str, bytes] | None = None) -> None:
    with zipfile.ZipFile(archive) as packed:
        held = {name: packed.read(name) for name in packed.namelist() if name != leave_out}
    with zipfile.ZipFile(archive, "w") as packed:
        for name, content in (held | (put or {})).items():
            packed.writestr(name, content)


def database_of(archive: Path) -> str:
    with zipfile.ZipFile(archive) as packed:
        return next(name for name in packed.namelist() if name.startswith("database"))


def manifest_of(archive: Path, **changes: object) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as packed:
        told = json.loads(packed.read("manifest.json"))
    return {"manifest.json": json.dumps(told | changes).encode()}


def flip_a_byte(archive: Path) -> None:
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    archive.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "one byte of it changed": flip_a_byte,
    "cut short": lambda archive: archive.write_bytes(archive.read_bytes()[:-4000]),
    "empty": lambda archive: archive.write_bytes(b""),
    "another file altogether": lambda archive: archive.write_bytes(b"PK nothing of the kind" * 100),
    "without its manifest": lambda archive: rewritten(archive, leave_out="manifest.json"),
    "without its database": lambda archive: rewritten(archive, leave_out=database_of(archive)),
    "another database in it": lambda archive: rewritten(archive, put={database_of(archive): b"SQLite format 3\x00"}),
    "a stored file changed": lambda archive: rewritten(archive, put={f"files/{'a' * 64}": b"else"}),
    "a path out of its folder": lambda archive: rewritten(archive, put={"../../outside": b"x"}),
    "a manifest of nonsense": lambda archive: rewritten(archive, put={"manifest.json": b"[1, 2"}),
    "a stored file too few": lambda archive: rewritten(archive, put=manifest_of(archive, files=2)),
    "a later version's": lambda archive: rewritten(archive, put=manifest_of(archive, migration="9999", version="7")),
    "of another database": lambda archive: rewritten(archive, put=manifest_of(archive, engine="oracle")),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_refused_and_nothing_changes(make: Callable[[], Flask], archive: Path, damage: str) -> None:
    DAMAGES[damage](archive)
    other = make()
    add_council(other, "Fen Council")
    refused = run(other, "restore", archive, "--replace")
    assert refused.exit_code == 2, refused.output
    assert "Traceback" not in refused.output
    assert names(other) == ["Fen Council"]
    assert [file.name for file in other.extensions["settings"].files_dir.iterdir() if file.name.startswith(".")] == []


def test_a_backup_of_the_other_engine_is_refused(
    new_app: Callable[[str], Flask], archive: Path, engine_name: str
) -> None:
    other = new_app("sqlite" if engine_name == "postgresql" else "postgresql")
    refused = run(other, "restore", archive)
    assert refused.exit_code == 2
    assert f"is of a {engine_name} database" in refused.output
    with other.app_context():
        db.engine.dispose()


def test_a_file_that_is_not_there_is_said_so(there: Flask, tmp_path: Path) -> None:
    refused = run(there, "restore", tmp_path / "nothing.backup")
    assert refused.exit_code == 2
    assert "There is no file" in refused.output


def test_without_postgresqls_programs_it_says_what_to_install(
    there: Flask, engine_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run(there, "backup", tmp_path / "register.backup")
    if engine_name == "sqlite":
        assert done.exit_code == 0
    else:
        assert done.exit_code == 2
        assert "postgresql-client" in done.output
        assert not (tmp_path / "register.backup").exists()
