"""Taking in a spreadsheet of 10,000 rows, with preview and history, as the command does it."""

import csv
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.measuring import Figure, seconds

ROWS = 10_000
HEADINGS = (
    "Contract Reference number / ID",
    "Title of the Agreement",
    "Directorate / service responsible",
    "Description of goods and services",
    "Contract start date",
    "End date",
    "Contract value",
    "Supplier name",
    "Supplier registered company number",
    "SME supplier",
    "Tender process type",
)


def figures(folder: Path) -> Iterator[Figure]:
    """The command on an empty register, then again on what it made."""
    file = folder / "register.csv"
    _write(file)
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / 'import.sqlite'}",
        "SECRET_KEY": "bench",
        "FILES_DIR": str(folder / "files"),
    }
    _flask(environment, "db", "upgrade")
    _flask(environment, "council", "create", "Bench County Council")
    start, _ = seconds(lambda: _flask(environment, "register", "import", "--help"))
    least, _ = seconds(lambda: _bare(file, folder / "bare.sqlite"))
    for name in (f"import of {ROWS:,} rows, all new", "the same file again, nothing new"):
        taken, said = seconds(lambda: _flask(environment, "register", "import", "--create-missing", str(file)))
        if f"rows read: {ROWS}" not in said:
            raise RuntimeError(f"The import said: {said}")
        yield Figure(name, taken - start, "s", least, "5 s")


def _flask(environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def _write(file: Path) -> None:
    chance = random.Random(ROWS)
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        writer.writerows(_row(number, chance) for number in range(ROWS))


def _row(number: int, chance: random.Random) -> tuple[object, ...]:
    starts_on = date(2022, 4, 1) + timedelta(days=chance.randrange(1_200))
    ends_on = starts_on + timedelta(days=chance.choice((364, 729, 1095, 1825)))
    provider = chance.randrange(1_500)
    return (
        f"BC{number:06}",
        f"Agreement {number} for a service",
        f"Directorate {number % 5}",
        "A service that somebody needs, described in a line or so of words",
        f"{starts_on:%d/%m/%Y}",
        f"{ends_on:%d/%m/%Y}",
        chance.randrange(5_000, 2_000_000),
        f"Provider {provider} Ltd",
        f"{provider:08}",
        chance.choice(("Yes", "No", "")),
        "Invitation to quote",
    )


def _bare(file: Path, database: Path) -> None:
    """The csv module and sqlite3, nothing understood, nothing checked, no history."""
    with file.open(newline="", encoding="utf-8") as source, sqlite3.connect(database) as connection:
        marks = ", ".join("?" * len(HEADINGS))
        connection.execute(f"CREATE TABLE row ({', '.join(f'c{n}' for n in range(len(HEADINGS)))})")
        connection.executemany(f"INSERT INTO row VALUES ({marks})", csv.reader(source))  # noqa: S608 - question marks
