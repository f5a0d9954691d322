"""Imports as their pages show them: runs, rows, what became of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.core.listing import Page
from app.imports.models import ImportLink, ImportRow, ImportRun, ImportSource, RowOutcome, RunState

NEWEST = (ImportRun.started_at.desc(), ImportRun.id.desc())


class Standing(StrEnum):
    """How an import stands, for whoever looks for the ones to see to."""

    WAITING = "waiting for you"
    WORKING = "being worked on"
    DONE = "done"
    LEFT = "undone, given up or not read"


_STATES = {
    Standing.WAITING: (RunState.MAPPING, RunState.CHECKING, RunState.INTERRUPTED),
    Standing.WORKING: tuple(state for state in RunState if state.is_working),
    Standing.DONE: (RunState.DONE,),
    Standing.LEFT: (RunState.UNDONE, RunState.ABANDONED, RunState.FAILED),
}


def runs(session: Session, page: int, standing: Standing | None = None) -> Page[ImportRun]:
    """The newest first."""
    wanted = [ImportRun.state.in_(_STATES[standing])] if standing else []
    total = session.scalar(select(func.count()).select_from(ImportRun).where(*wanted)) or 0
    query = select(ImportRun).where(*wanted).options(joinedload(ImportRun.source)).order_by(*NEWEST)
    shown = Page[ImportRun]([], total, page)
    return Page(list(session.scalars(query.offset(shown.offset).limit(shown.size))), total, page)


@dataclass(frozen=True)
class HeldRows:
    """Rows an import left out that a person may still settle."""

    run_id: int
    filename: str
    count: int


def held_rows(session: Session) -> list[HeldRows]:
    """Of the latest import done from each source: a later file takes the place of an earlier one's held rows."""
    latest = select(func.max(ImportRun.id)).where(ImportRun.state == RunState.DONE).group_by(ImportRun.source_id)
    query = (
        select(ImportRun.id, ImportRun.filename, func.count(ImportRow.id))
        .join(ImportRow, ImportRow.run_id == ImportRun.id)
        .where(ImportRun.id.in_(latest), ImportRow.outcome == RowOutcome.HELD)
        .group_by(ImportRun.id, ImportRun.filename)
        .order_by(ImportRun.id.desc())
    )
    return [HeldRows(*row) for row in session.execute(query)]


def sources(session: Session) -> list[tuple[ImportSource, int]]:
    """Every source, with how many contracts it brought."""
    counted = (
        select(ImportSource, func.count(ImportLink.id))
        .outerjoin(ImportLink, ImportLink.source_id == ImportSource.id)
        .group_by(ImportSource.id)
        .order_by(ImportSource.name, ImportSource.id)
    )
    return [(source, count) for source, count in session.execute(counted)]


@dataclass(frozen=True)
class RowShown:
    """One row of a file and where it went."""

    number: int
    title: str
    outcome: RowOutcome | None
    contract_id: int | None
    remarks: list[str]


def rows(session: Session, run: ImportRun, outcome: RowOutcome | None, page: int) -> Page[RowShown]:
    wanted = [ImportRow.run_id == run.id, *([ImportRow.outcome == outcome] if outcome else [])]
    total = session.scalar(select(func.count()).select_from(ImportRow).where(*wanted)) or 0
    blank = Page[RowShown]([], total, page)
    query = select(ImportRow).where(*wanted).order_by(ImportRow.id).offset(blank.offset).limit(blank.size)
    return Page([_shown(row) for row in session.scalars(query)], total, page)


def _shown(row: ImportRow) -> RowShown:
    title = str(row.understood.get("title", "")) or next((cell for cell in row.cells if cell), "")
    return RowShown(row.number, title[:300], row.outcome, row.contract_id, list(row.remarks))


def problems(session: Session, run: ImportRun, most: int) -> list[RowShown]:
    """The first rows held or refused."""
    query = (
        select(ImportRow)
        .where(ImportRow.run_id == run.id, ImportRow.outcome.in_([RowOutcome.REFUSED, RowOutcome.HELD]))
        .order_by((ImportRow.outcome == RowOutcome.REFUSED).desc(), ImportRow.id)
        .limit(most)
    )
    return [_shown(row) for row in session.scalars(query)]


TO_MEND = ("Row", "What became of it", "Where and what was found", "What would do")


def rows_to_mend(session: Session, run: ImportRun) -> Iterator[list[str | int]]:
    """Every row held or refused, with its original cells, to be mended and sent again."""
    width = len(run.found.get("columns", ()))
    query = (
        select(ImportRow)
        .where(ImportRow.run_id == run.id, ImportRow.outcome.in_([RowOutcome.REFUSED, RowOutcome.HELD]))
        .order_by(ImportRow.id)
    )
    for row in session.scalars(query):
        found, cures = _found_and_cures(row.understood, row.remarks)
        columns = [int(column["index"]) for column in run.found.get("columns", ())]
        cells = [row.cells[index] if index < len(row.cells) else "" for index in columns] or [""] * width
        yield [row.number, str(row.outcome), found, cures, *cells]


def _found_and_cures(understood: Mapping[str, Any], remarks: list[str]) -> tuple[str, str]:
    said: list[list[str]] = understood.get("problems", [])
    if not said:
        return "", "\n".join(remarks)
    found = [f"{column} {heading}: {text}".strip() for column, heading, text, _ in said]
    return "\n".join(found), "\n".join(cure for *_, cure in said)
