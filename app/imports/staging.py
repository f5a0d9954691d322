"""The rows of a run kept as they came, with what was understood and what is to become of them, a batch at a time."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.core.jobs import keep_so_far
from app.imports.brought import clean
from app.imports.known import batched_by
from app.imports.models import ImportRow, ImportRun
from app.imports.plans import Plan, RowPlan

ROWS_AT_ONCE = 2_000
_LONGEST_SHEET = 100


def stage_rows(session: Session, run: ImportRun, plan: Plan, sheet: str) -> None:
    """Keep the rows of the run anew, a commit for each batch."""
    run_id, name = run.id, clean(sheet, _LONGEST_SHEET)
    session.execute(delete(ImportRow).where(ImportRow.run_id == run_id))
    for rows in batched_by(kept_rows(plan, run_id, name), ROWS_AT_ONCE):
        session.execute(insert(ImportRow), rows)
        keep_so_far(session)


def kept_rows(plan: Plan, run_id: int, sheet: str) -> Iterator[Mapping[str, Any]]:
    """Each row with its cells, as the run keeps it."""
    for row in plan.rows:
        yield {
            "run_id": run_id,
            "sheet": sheet,
            "number": row.row.number,
            "cells": [clean_cell(cell) for cell in row.row.cells],
            "understood": _understood(row),
            "outcome": row.outcome,
            "remarks": row.remarks,
            "contract_id": row.contract.id if row.contract is not None and not row.is_new else None,
        }


def clean_cell(cell: str) -> str:
    return cell if cell.isascii() and "\0" not in cell else clean(cell)


def _understood(row: RowPlan) -> dict[str, Any]:
    said: dict[str, Any] = {"title": clean(row.row.contract.title, 300), "brought": dict(row.brought)}
    if row.problems:
        said["problems"] = [
            [problem.place.column, problem.place.heading, clean_cell(problem.text), problem.cure]
            for problem in row.problems
        ]
    return said
