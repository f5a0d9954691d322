"""The reading child: reads one file in a process of its own, with bounded memory, time and output, and prints its rows.

Run by path, never imported. A file is hostile until read: whatever it does to its reader stays here.
"""

import json
import resource
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.imports.workbook import Limits

#: Told apart by the parent from a crash.
REFUSED = 3
ROWS_A_LINE = 200
#: An answer larger than this is no list; the limit on cells comes first for any honest one.
MOST_OUTPUT = 2_000_000_000


def main(path: str, name: str, limits_text: str) -> int:
    _stand_in_for_the_app()
    from app.imports import workbook

    limits = workbook.Limits(**json.loads(limits_text))
    _bound(limits.memory_bytes, limits.seconds)
    try:
        _print_rows(Path(path), name, limits)
    except workbook.CannotRead as refusal:
        return _refuse(str(refusal))
    except (MemoryError, RecursionError):
        return _refuse(f"{name} needs more memory than an import may use: keep the list's own rows and columns only")
    return 0


def _stand_in_for_the_app() -> None:
    """Give the child the app's modules without running the app itself, which would load Flask."""
    root = Path(__file__).resolve().parents[2]
    package = types.ModuleType("app")
    package.__path__ = [str(root / "app")]
    sys.modules["app"] = package


def _bound(memory: int, seconds: int) -> None:
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, MOST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _print_rows(path: Path, name: str, limits: "Limits") -> None:
    from app.imports.reading_file import read_file

    workbook = read_file(path, name, limits)
    _say({"kind": workbook.kind, "encoding": workbook.encoding, "warnings": workbook.warnings})
    for sheet in workbook.sheets:
        _say({"sheet": sheet.name, "visible": sheet.visible})
        for start in range(0, len(sheet.rows), ROWS_A_LINE):
            _say([[row.number, row.types, row.cells] for row in sheet.rows[start : start + ROWS_A_LINE]])


def _refuse(why: str) -> int:
    _say({"refusal": why})
    return REFUSED


def _say(line: object) -> None:
    sys.stdout.write(json.dumps(line))
    sys.stdout.write("\n")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
