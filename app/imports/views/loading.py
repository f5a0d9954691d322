"""What every page of an import begins with: the run, and whether the reader may touch it."""

from decimal import Decimal
from pathlib import Path

from flask import current_app
from sqlalchemy.exc import NoResultFound

from app.core.access import Permission, check_may
from app.core.db import db
from app.imports.mine.storing import MINE
from app.imports.models import ImportRun, RunState


def run_for(run_id: int) -> ImportRun:
    """An import is of the whole council: a right for a part of it is not enough."""
    check_may(Permission.IMPORT, None)
    run = db.session().get_one(ImportRun, run_id)
    if run.kind == MINE:
        raise NoResultFound  # it has pages of its own
    return run


def files_folder() -> Path:
    folder: Path = current_app.extensions["settings"].files_dir
    return folder


#: Where each state's page stands, below /import/<id>.
PAGE_OF = {RunState.MAPPING: "/columns", RunState.CHECKING: "/check", RunState.DONE: "/done", RunState.UNDONE: "/done"}


def url_of(run: ImportRun) -> str:
    if run.kind == MINE:
        return f"/import/mine/{run.id}"
    return f"/import/{run.id}{PAGE_OF.get(run.state, '')}"


def sums_of(run: ImportRun) -> dict[str, Decimal]:
    """The pounds of an import, by where they went."""
    return {name: Decimal(run.counts[f"pounds {name}"]) for name in ("read", "stored", "held", "refused", "repeated")}
