"""``make run`` serves the register with its jobs beside it, and leaves nothing behind when told to stop."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5) as page:
            return bool(page.status == 200)
    except (URLError, OSError):
        return False


def until(happened: Callable[[], bool]) -> bool:
    give_up_at = time.monotonic() + PATIENCE
    while not happened() and time.monotonic() < give_up_at:
        time.sleep(0.1)
    return happened()


def still_running(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def jobs_of(group: int) -> int:
    """Return the process of the group that does the jobs."""
    commands = {int(folder.name): folder / "cmdline" for folder in Path("/proc").iterdir() if folder.name.isdigit()}
    (found,) = [pid for pid, command in commands.items() if is_in(group, pid) and b"jobs\0run" in command.read_bytes()]
    return found


def is_in(group: int, pid: int) -> bool:
    try:
        return os.getpgid(pid) == group
    except ProcessLookupError:
        return False


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def running(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {
        "PORT": str(port),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'register.sqlite'}",
        "SECRET_KEY": "for one test",
        "FILES_DIR": str(tmp_path / "files"),
    }
    with (tmp_path / "log").open("wb") as log:
        started = subprocess.Popen(
            [ROOT / "scripts" / "run"], env=environment, stdout=log, stderr=log, start_new_session=True
        )
    yield started
    if still_running(started.pid):
        os.killpg(started.pid, signal.SIGKILL)
    started.wait()


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_everything_stops_when_told_to(
    running: subprocess.Popen[bytes], port: int, tmp_path: Path, told: signal.Signals
) -> None:
    assert until(lambda: answers(port) or running.poll() is not None)
    assert running.poll() is None, (tmp_path / "log").read_text(encoding="utf-8")
    running.send_signal(told)
    running.wait(PATIENCE)
    assert until(lambda: not still_running(running.pid))


def test_when_the_jobs_die_the_pages_stop_too(running: subprocess.Popen[bytes], port: int) -> None:
    """Half a product must not look like a whole one."""
    assert until(lambda: answers(port))
    os.kill(jobs_of(running.pid), signal.SIGKILL)
    assert running.wait(PATIENCE) != 0
    assert until(lambda: not still_running(running.pid))
