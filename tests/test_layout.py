"""The house's own laws: where things may stand, what may be loaded, and what may not be written."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import Settings, create_app
from app.core.base import Base

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ("app", "reports")

#: Each costs a web worker tens of megabytes, and is loaded by the one function that uses it.
HEAVY = (
    *("alembic", "authlib", "docx", "flask_migrate", "icalendar", "numpy", "openpyxl", "pandas", "requests"),
    *("weasyprint", "xlsxwriter"),
)


def sources(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def places(found: Iterator[tuple[str, ast.expr]]) -> list[str]:
    return [f"{path}:{node.lineno}" for path, node in found]


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


# Arrows and weight


def test_arrows_between_rooms_point_down() -> None:
    linted = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert linted.returncode == 0, linted.stdout[-3000:] + linted.stderr[-1000:]


def test_a_web_worker_carries_nothing_heavy() -> None:
    program = (
        "import sys; from app import Settings, create_app\n"
        "create_app(Settings(database_url='sqlite:///:memory:', secret_key='none', testing=True))\n"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )
    started = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert started.stdout.split() == []


# What may not be written


def test_only_the_saving_doors_commit() -> None:
    def commits() -> Iterator[tuple[str, ast.expr]]:
        for path, tree in sources("app"):
            if path.endswith("/cli.py") or "/cli/" in path or path in {"app/core/web.py", "app/core/jobs.py"}:
                continue
            yield from (
                (path, call)
                for call in calls(tree)
                if isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
            )

    assert places(commits()) == []


def test_only_the_clock_asks_the_time() -> None:
    asking = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time"}

    def asks() -> Iterator[tuple[str, ast.expr]]:
        for path, tree in sources(*PROGRAM):
            if path != "app/core/clock.py":
                yield from ((path, call) for call in calls(tree) if ast.unparse(call.func) in asking)

    assert places(asks()) == []


def test_no_float_comes_near_money() -> None:
    def floats() -> Iterator[tuple[str, ast.expr]]:
        for path, tree in sources(*PROGRAM):
            if path.startswith("reports/") or "/models" in path or "money" in path:
                yield from (
                    (path, node)
                    for node in ast.walk(tree)
                    if (isinstance(node, ast.Name) and node.id == "float")
                    or (isinstance(node, ast.Constant) and isinstance(node.value, float))
                )

    assert places(floats()) == []


def test_history_is_never_passed_by() -> None:
    """A bulk change goes round the listener that writes the history."""
    create_app(Settings(database_url="sqlite:///:memory:", secret_key="none", testing=True))
    audited = {
        mapper.class_.__name__
        for mapper in Base.registry.mappers
        if getattr(mapper.class_, "__record__", None) is not None
    }

    def bulk_changes() -> Iterator[tuple[str, ast.expr]]:
        for path, tree in sources("app"):
            yield from (
                (path, call)
                for call in calls(tree)
                if ast.unparse(call.func) in {"update", "delete", "sa.update", "sa.delete"}
                and call.args
                and ast.unparse(call.args[0]) in audited
            )

    assert audited
    assert places(bulk_changes()) == []


def test_relationships_are_declared_once() -> None:
    def backrefs() -> Iterator[tuple[str, ast.expr]]:
        for path, tree in sources("app"):
            yield from ((path, call) for call in calls(tree) if any(word.arg == "backref" for word in call.keywords))

    assert places(backrefs()) == []


def test_migrations_import_nothing_of_the_product() -> None:
    importing = [
        path
        for path, tree in sources("migrations/versions")
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {"app", "reports", "config"})
        or (isinstance(node, ast.Import) and any(name.name.split(".")[0] in {"app", "reports"} for name in node.names))
    ]
    assert importing == []


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("something left to do", r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|raise Not" + r"Implemented"),
        ("a private key", "BEGIN (RSA |EC |OPENSSH )?PRIVATE" + " KEY"),
        ("an access token", r"\b(ghp_|gho_|AKIA|xox[bp]-|glpat-)[A-Za-z0-9_-]{12,}"),
        ("a password within an address", r"(postgresql|redis|smtp)[a-z+]*://[^:/@\s]+:[^@/\s{}<>]+@"),
    ],
)
def test_nothing_is_left_lying_about(what: str, pattern: str) -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in tracked_files()
        if path.suffix in {".py", ".html", ".scss", ".js", ".md", ".toml", ".sh"}
        and re.search(pattern, path.read_text(encoding="utf-8"))
    ]
    assert found == [], what


# What it is built from


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-build.txt", "requirements-dev.txt"])
def test_every_python_package_is_pinned_and_hashed(name: str) -> None:
    compiled = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    packages = [line for line in compiled.splitlines() if line and not line.startswith((" ", "#"))]
    loose = [line.split()[0] for line in packages if "==" not in line or "--hash=sha256:" not in line]
    assert packages
    assert loose == []


def test_every_npm_package_is_pinned_and_hashed_and_names_no_server() -> None:
    locked: dict[str, dict[str, object]] = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))[
        "packages"
    ]
    packages = {name: package for name, package in locked.items() if name}
    assert packages
    assert [name for name, package in packages.items() if "integrity" not in package or "resolved" in package] == []


def test_the_style_sheet_carries_no_mark_of_central_government() -> None:
    built = (ROOT / "app/static/build/app.css").read_text(encoding="utf-8")
    assert re.findall(r"GDS Transport|crest|crown\.|@font-face", built) == []
