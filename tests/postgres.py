"""A PostgreSQL server of the test session's own, in a folder of its own, gone when the session is gone."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psycopg

#: Runs as an ordinary user, because the server refuses root. It waits at the end of a pipe that the test session holds
#: open: however the session ends, even killed outright, the pipe closes and the server goes with it.
LAUNCHER = r"""
cd "$1"
{
  "$2/initdb" --pgdata=data --username=postgres --auth=trust --no-sync --encoding=UTF8 --locale=C.UTF-8 &&
  exec "$2/postgres" -D data -k "$1" -c listen_addresses= -c fsync=off -c full_page_writes=off \
    -c synchronous_commit=off -c max_connections=200
} >log 2>&1 &
server=$!
cat >/dev/null
trap '' TERM QUIT
kill -TERM 0  # initdb, if it is still at work
kill -QUIT 0  # the server, at once: what it has not written yet is nobody's loss
wait $server
cd /
for _ in 1 2 3 4 5; do rm -rf "$1" 2>/dev/null && break; sleep 0.2; done
"""
PATIENCE = 30.0


class NoPostgres(RuntimeError):
    """The machine has no PostgreSQL to test with, or it did not start."""


@dataclass(frozen=True)
class Server:
    """Where a running server listens. Workers of the session know the folder and nothing else."""

    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, database: str, *, template: str | None = None) -> None:
        with self._connect() as connection:
            connection.execute(f'CREATE DATABASE "{database}"' + (f' TEMPLATE "{template}"' if template else ""))

    def rename(self, database: str, to: str) -> None:
        with self._connect() as connection:
            connection.execute(f'ALTER DATABASE "{database}" RENAME TO "{to}"')

    def has(self, database: str) -> bool:
        with self._connect() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone()
        return found is not None

    def wait(self) -> Self:
        """Come back once it answers; it starts while the tests are still being collected."""
        give_up_at = time.monotonic() + PATIENCE
        while time.monotonic() < give_up_at:
            try:
                self._connect().close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return self
        log = self.folder / "log"
        raise NoPostgres(log.read_text() if log.exists() else "The launcher did not start")

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)


class OwnServer:
    """The server, and the pipe whose closing ends it. Only the process that started it holds one."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="register-postgres-"))
        user = _ordinary_user()
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        self.server = Server(folder)
        self._launcher = subprocess.Popen(
            ["/bin/sh", "-c", LAUNCHER, "launcher", str(folder), str(_programs())],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,  # an interrupt from the keyboard is the session's affair
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )

    def stop(self) -> None:
        if self._launcher.stdin is not None:
            self._launcher.stdin.close()
        self._launcher.wait(PATIENCE)


def _programs() -> Path:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not installed:
        raise NoPostgres("The tests need PostgreSQL's server: apt-get install postgresql")
    return installed[-1].parent


def _ordinary_user() -> pwd.struct_passwd | None:
    """Return whom the server runs as when the tests run as root; None: as ourselves."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")
