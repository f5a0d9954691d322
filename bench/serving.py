"""Real servers on loopback, and a browser that only counts."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.measuring import MILLISECONDS, seconds

WORKERS = 2
CONNECTIONS = 8
#: Processes that ask.
ASKERS = 2
START_LIMIT = 20  # seconds
KIBIBYTE = 1024


@dataclass(frozen=True)
class Server:
    """One running gunicorn of two workers, set as ``gunicorn.conf.py`` sets it."""

    port: int
    pid: int
    cookie: str

    def get(self, path: str, connection: http.client.HTTPConnection | None = None) -> bytes:
        """Return the answer's body; anything but 200 is a mistake of the bench."""
        own = connection or http.client.HTTPConnection("127.0.0.1", self.port)
        own.request("GET", path, headers={"Cookie": f"session={self.cookie}"})
        answer = own.getresponse()
        body = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status}")
        return body

    def median_ms(self, path: str, *, times: int = 40) -> float:
        """Warm: the first visits after a save are measured apart."""
        for _ in range(2 * WORKERS + 2):
            self.get(path)
        return statistics.median(seconds(lambda: self.get(path))[0] for _ in range(times)) * MILLISECONDS

    def pages_a_second(self, path: str, *, for_seconds: float = 4) -> float:
        """Asked by processes of their own, so that the asking is not what is measured."""
        self.get(path)
        with ProcessPoolExecutor(ASKERS) as pool:
            asked = [pool.submit(_ask, self, path, for_seconds) for _ in range(ASKERS)]
            return sum(one.result() for one in asked) / for_seconds

    def worker_megabytes(self) -> float:
        """Resident memory of the larger worker."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return max(_resident_kib(int(child)) for child in children) / KIBIBYTE


def _ask(server: Server, path: str, for_seconds: float) -> int:
    """Ask for a page again and again on several connections; return how often it came."""
    until = time.perf_counter() + for_seconds

    def ask(_number: int) -> int:
        asked, connection = 0, http.client.HTTPConnection("127.0.0.1", server.port)
        while time.perf_counter() < until:
            server.get(path, connection)
            asked += 1
        return asked

    each = CONNECTIONS // ASKERS
    with ThreadPoolExecutor(each) as pool:
        return sum(pool.map(ask, range(each)))


def _resident_kib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(target: str, environment: dict[str, str], cookie: str = "") -> Iterator[Server]:
    """Serve a WSGI target until the block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "-w", str(WORKERS), "-b", f"127.0.0.1:{port}", "--log-level", "error"]
    command += ["--threads", "1"]  # synchronous: threads share one interpreter, and only slow browsers need them
    process = subprocess.Popen([*command, "--no-control-socket", target], env=os.environ | environment)
    try:
        _wait_for(port)
        yield Server(port, process.pid, cookie)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_LIMIT
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not start")
