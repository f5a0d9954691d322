"""Backing the register up into one file and restoring it: the database, the stored files, and a word on what is inside.

The archive is a ZIP: ``manifest.json``, the database as its own engine writes it, and ``files/`` by SHA-256.
Everything in it is checked before anything is changed.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Engine, inspect, text

from app.core.db import check_tables
from app.core.errors import Refusal

FORMAT = 1
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
FILES = "files/"
_HASH = re.compile(r"[0-9a-f]{64}")
#: Tables that are not the register's own: the migration's number, the queue of jobs, the search index's shadows.
_NOT_OURS = re.compile(r"alembic_version|huey_\w+|\w+_search\w*")
_CHUNK = 1024 * 1024
OWNER_ONLY = 0o600
DAMAGED = "This backup is damaged and nothing was changed: {}"


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself."""

    format: int
    #: Of the register that made it.
    version: str
    migration: str
    engine: str
    made_at: str
    council: str
    #: Of the database within.
    sha256: str
    files: int


@dataclass(frozen=True)
class Place:
    """What is backed up, or restored into."""

    engine: Engine
    files_dir: Path

    @property
    def kind(self) -> str:
        return self.engine.dialect.name

    @property
    def url(self) -> URL:
        return self.engine.url


# Making one


def make_backup(place: Place, to: Path, *, version: str, now: datetime) -> Manifest:
    """Write the archive. The register may go on working meanwhile: the copy is of one moment."""
    if to.exists():
        raise Refusal(f"{to} is there already: choose another name")
    if not to.parent.is_dir():
        raise Refusal(f"There is no folder {to.parent}")
    with _working_folder(to.parent) as folder:
        database = folder / DATABASES[place.kind]
        _copy_database(place, database)
        stored = _stored_files(place.files_dir)
        manifest = Manifest(
            format=FORMAT,
            version=version,
            migration=_migration(place.engine),
            engine=place.kind,
            made_at=now.isoformat(timespec="seconds"),
            council=_council(place.engine),
            sha256=_sha256_of(database),
            files=len(stored),
        )
        _pack(folder / "archive", manifest, database, stored)
        (folder / "archive").replace(to)
    return manifest


@contextmanager
def _working_folder(beside: Path) -> Iterator[Path]:
    """A folder only its owner can read, on the same disk, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=".register-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _pack(archive: Path, manifest: Manifest, database: Path, stored: list[Path]) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        packed.writestr(MANIFEST, json.dumps(asdict(manifest), indent=2))
        packed.write(database, database.name)
        for file in stored:
            packed.write(file, f"{FILES}{file.name}")
    archive.chmod(OWNER_ONLY)


def _stored_files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*") if _HASH.fullmatch(file.name)) if folder.is_dir() else []


def _sha256_of(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _migration(engine: Engine) -> str:
    check_tables(engine)
    with engine.connect() as connection:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def _council(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.scalar(text("SELECT name FROM council ORDER BY id LIMIT 1")) or "")


# Restoring one


def restore_backup(place: Place, archive: Path, *, replace: bool, migrations: Path) -> Manifest:
    """Put the database and the files back. Whatever is wrong is found before anything is changed."""
    place.files_dir.mkdir(parents=True, exist_ok=True)
    with _working_folder(place.files_dir) as folder:
        manifest = _unpack(archive, folder)
        _check_fits(manifest, place, migrations)
        database = folder / DATABASES[manifest.engine]
        _check_whole(manifest, database, _stored_files(folder / "files"))
        if not replace and holds_records(place.engine):
            raise Refusal("This database has records in it. To put the backup in their place, add --replace")
        _put_files_back(folder / "files", place.files_dir)
        _put_database_back(place, database)
    return manifest


def _unpack(archive: Path, folder: Path) -> Manifest:
    if not archive.is_file():
        raise Refusal(f"There is no file {archive}")
    try:
        with zipfile.ZipFile(archive) as packed:
            manifest = Manifest(**json.loads(packed.read(MANIFEST)))
            names = _names_within(packed, manifest)
            for name in names:
                packed.extract(name, folder)
    except zipfile.BadZipFile as bad:
        raise Refusal(DAMAGED.format("it is not a whole archive")) from bad
    except (KeyError, ValueError, TypeError) as bad:
        raise Refusal(DAMAGED.format("it does not say what is inside")) from bad
    except (zlib.error, EOFError, OSError) as bad:
        raise Refusal(DAMAGED.format("part of it cannot be read")) from bad
    return manifest


def _names_within(packed: zipfile.ZipFile, manifest: Manifest) -> list[str]:
    """What the archive must hold, and nothing else that it does: a path of its own choosing is never written."""
    names = [name for name in packed.namelist() if name != MANIFEST]
    stored = [name for name in names if name.startswith(FILES)]
    expected = {DATABASES.get(manifest.engine, ""), *stored}
    if set(names) != expected or not all(_HASH.fullmatch(name.removeprefix(FILES)) for name in stored):
        raise Refusal(DAMAGED.format("it holds other things than a backup"))
    if len(stored) != manifest.files:
        raise Refusal(DAMAGED.format(f"{manifest.files:,} stored files are expected, and {len(stored):,} are there"))
    return names


def _check_fits(manifest: Manifest, place: Place, migrations: Path) -> None:
    if manifest.format != FORMAT or not list(migrations.glob(f"{manifest.migration}_*.py")):
        raise Refusal(
            f"This backup was made by version {manifest.version} of the register: restore it with that version"
        )
    if manifest.engine != place.kind:
        raise Refusal(f"This backup is of a {manifest.engine} database, and DATABASE_URL names a {place.kind} one")


def _check_whole(manifest: Manifest, database: Path, stored: list[Path]) -> None:
    if _sha256_of(database) != manifest.sha256:
        raise Refusal(DAMAGED.format("the database within is not the one that was backed up"))
    if any(_sha256_of(file) != file.name for file in stored):
        raise Refusal(DAMAGED.format("a stored file is not the one that was backed up"))


def holds_records(engine: Engine) -> bool:
    tables = [name for name in inspect(engine).get_table_names() if not _NOT_OURS.fullmatch(name)]
    quote = engine.dialect.identifier_preparer.quote
    with engine.connect() as connection:
        return any(connection.execute(text(f"SELECT 1 FROM {quote(name)} LIMIT 1")).first() for name in tables)  # noqa: S608 - the database's own names


def _put_files_back(unpacked: Path, folder: Path) -> None:
    """Before the database that speaks of them. Named by what is in them, none is ever overwritten by another."""
    for file in _stored_files(unpacked):
        if not (folder / file.name).exists():
            file.replace(folder / file.name)


# Each engine's own way


def _copy_database(place: Place, to: Path) -> None:
    if place.kind == "sqlite":
        with place.engine.connect() as connection, closing(sqlite3.connect(to)) as copy:
            _sqlite(connection.connection.driver_connection).backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    else:
        _run(
            place,
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            "--exclude-table=huey_*",
            f"--file={to}",
        )


def _put_database_back(place: Place, database: Path) -> None:
    place.engine.dispose()
    if place.kind == "sqlite":
        _put_sqlite_back(place, database)
    else:
        options = ("--clean", "--if-exists", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        _run(place, "pg_restore", *options, f"--dbname={_address(place.url)}", str(database))


def _put_sqlite_back(place: Place, database: Path) -> None:
    """SQLite copies page by page under its own lock: a copy that is cut off is undone."""
    with closing(sqlite3.connect(database)) as kept, closing(sqlite3.connect(place.url.database or "")) as there:
        kept.backup(there)
        there.execute("PRAGMA journal_mode=WAL")


def _sqlite(connection: object) -> sqlite3.Connection:
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError("Not a connection to SQLite")
    return connection


def _run(place: Place, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs; the password goes by the environment, never on the command line."""
    found = shutil.which(program)
    if found is None:
        raise Refusal(f"{program} is not on PATH: install PostgreSQL's client programs (Debian: postgresql-client)")
    database = [f"--dbname={_address(place.url)}"] if program == "pg_dump" else []
    environment = os.environ | ({"PGPASSWORD": str(place.url.password)} if place.url.password else {})
    done = subprocess.run([found, *database, *arguments], check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise Refusal(f"{program} refused, and nothing was changed: {said[0] if said else 'it did not say why'}")


def _address(url: URL) -> str:
    """As PostgreSQL's own programs read it, without the password."""
    plain = url.set(drivername="postgresql")
    return URL.create(
        plain.drivername, plain.username, None, plain.host, plain.port, plain.database, plain.query
    ).render_as_string(hide_password=False)
