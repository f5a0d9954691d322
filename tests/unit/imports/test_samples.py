"""Other people's odd files: each is read or refused with its reason, and hostile words come through as words."""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.imports.cells.reading import one_line
from app.imports.headings import find_list, refuse_unusable
from app.imports.reading import FileRefused, read
from app.imports.rows import Outcome, Understanding
from app.imports.understanding import understand


def refused_or_understood(path: Path) -> FileRefused | Understanding:
    try:
        found = find_list(read(path))
        refuse_unusable(found, path.name)
    except FileRefused as refusal:
        return refusal
    return understand(found)


def all_files(samples: Path) -> Iterator[Path]:
    for folder in ("spreadsheets", "hostile", "lga", "registers"):
        yield from sorted(path for path in (samples / folder).rglob("*") if path.is_file())


def test_every_sample_is_accounted_for_or_refused_in_one_line(samples: Path) -> None:
    understood = 0
    for path in all_files(samples):
        found = refused_or_understood(path)
        if isinstance(found, FileRefused):
            assert path.name in found.message
            assert len(found.message.splitlines()) == 1, path
        else:
            understood += 1
            assert sum(found.counts.values()) == len(found.rows), path
            assert all(row.problems or row.held_by for row in found.rows if row.outcome is not Outcome.READY), path
    assert understood > 10


def a_hostile_list(folder: Path, words: Sequence[str]) -> Path:
    path = folder / "hostile.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        rows = ([word, "Adults", word, word, word] for word in words)
        csv.writer(opened).writerows([["Title", "Directorate", "Supplier", "Description", "Contract value"], *rows])
    return path


def test_hostile_words_are_kept_as_words(samples: Path, tmp_path: Path) -> None:
    naughty: list[str] = json.loads((samples / "hostile" / "blns.json").read_text("utf-8"))
    payloads = (samples / "hostile" / "csv-payload.txt").read_text("utf-8").splitlines()
    words = [word for word in (*naughty, *payloads) if word.isprintable() and word.strip()]
    found = refused_or_understood(a_hostile_list(tmp_path, words))
    assert isinstance(found, Understanding)
    kept = {row.cells[0]: row.contract.title for row in found.rows}
    assert len(kept) > 400
    assert all(title == one_line(word) for word, title in kept.items() if title)
    assert {row.cells[0] for row in found.rows} | {row.cells[0] for row in found.left_out} == set(words)
