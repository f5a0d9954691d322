"""A file read safely: in a child process with bounded memory and time, whose answer is checked line by line."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO

from app.core.errors import Refusal
from app.imports.child import REFUSED
from app.imports.workbook import FileKind, Limits, RawRow, Sheet, Workbook, counted

_CHILD = Path(__file__).with_name("child.py")
#: A child killed for its memory or its time shows one of these: abort, kill, segmentation fault, CPU time, file size.
_KILLED = {-6, -9, -11, -24, -25, 134, 137, 139, 152, 153}


class FileRefused(Refusal):
    """The file cannot be used at all; the message is one line that says why and what would work."""


def read(path: Path, *, name: str = "", limits: Limits | None = None) -> Workbook:
    """Read a file whose name, as the person knows it, is ``name``; refuse one that cannot be used."""
    limits = limits or Limits()
    name = name or path.name
    _refuse_size(path, name, limits)
    with tempfile.TemporaryFile("w+b") as answer:
        code = _run(path, name, limits, answer)
        answer.seek(0)
        if code == REFUSED:
            raise FileRefused(_refusal(answer, name))
        if code:
            raise FileRefused(_killed(name, code))
        return _workbook(answer, name)


def _refuse_size(path: Path, name: str, limits: Limits) -> None:
    if not path.is_file():
        raise FileRefused(f"There is no file {name}: check the name and the folder")
    size = path.stat().st_size
    if size == 0:
        raise FileRefused(f"{name} is empty: there is nothing to import")
    if size > limits.file_bytes:
        raise FileRefused(
            f"{name} is {size / 1_000_000:,.1f} MB, over the limit of {limits.file_bytes / 1_000_000:,.0f} MB: "
            "import it in parts"
        )


def _run(path: Path, name: str, limits: Limits, answer: IO[bytes]) -> int:
    """No secret of ours reaches the child: it gets an environment of its own."""
    command = [sys.executable, "-I", str(_CHILD), str(path.resolve()), name, json.dumps(asdict(limits))]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=subprocess.PIPE,
            timeout=limits.seconds,
            env={"LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused(
            f"{name} took longer than {counted(limits.seconds, 'second')} to read: import it in parts"
        ) from error
    if done.returncode not in {0, REFUSED} and done.returncode not in _KILLED and not _is_readers_panic(done.stderr):
        raise RuntimeError(f"The reading child failed on {name}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.returncode


def _is_readers_panic(said: bytes) -> bool:
    """The spreadsheet reader gave up on a file no program should have written, or ran out of memory while at it."""
    return b"PanicException" in said or b"memory allocation" in said or b"MemoryError" in said


def _killed(name: str, code: int) -> str:
    if code == 1:
        return f"{name} is damaged and cannot be read: open it, save it again and retry"
    return (
        f"{name} needs more memory or time than an import may use: delete the empty rows and columns around the list, "
        "save it and retry"
    )


def _refusal(answer: Iterable[bytes], name: str) -> str:
    said = json.loads(list(answer)[-1])
    return str(said["refusal"]) if isinstance(said, dict) else f"{name} cannot be read"


def _workbook(answer: Iterable[bytes], name: str) -> Workbook:
    lines = iter(answer)
    about: Mapping[str, object] = json.loads(next(lines))
    warnings = about["warnings"]
    return Workbook(
        name,
        FileKind(str(about["kind"])),
        tuple(_sheets(lines)),
        tuple(str(warning) for warning in warnings) if isinstance(warnings, list) else (),
        str(about["encoding"]),
    )


def _sheets(lines: Iterator[bytes]) -> Iterator[Sheet]:
    about: Mapping[str, object] | None = None
    rows: list[RawRow] = []
    for line in lines:
        said = json.loads(line)
        if isinstance(said, list):
            rows.extend(_row(*row) for row in said)
            continue
        if about is not None:
            yield _sheet(about, rows)
        about, rows = said, []
    if about is not None:
        yield _sheet(about, rows)


def _sheet(about: Mapping[str, object], rows: list[RawRow]) -> Sheet:
    return Sheet(str(about["sheet"]), tuple(rows), visible=bool(about["visible"]))


def _row(number: int, types: str, cells: list[str]) -> RawRow:
    """The child read a hostile file: take nothing but what a row may hold."""
    if type(number) is not int or type(types) is not str or not {type(cell) for cell in cells} <= {str}:
        raise TypeError("The reading child gave a row that is none")
    return RawRow(number, tuple(cells), types)
