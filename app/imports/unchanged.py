"""Cells of the register's own export that came back as they went out: they say nothing, whatever they would read as.

A row that carries a Register id is held, cell by cell, against what the register would export of that contract now. So
a file of any of its columns changes nothing where nobody changed it, even a name that two records share.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.core.rights import Grant, Permission, Reader
from app.core.text import fold
from app.imports.found import FoundList
from app.imports.known import AT_ONCE, batched_by, uid_of
from app.imports.rows import Standing
from app.imports.targets import Target
from app.register.fields import EXPORTED, Cell, Field
from app.register.models import Contract
from app.register.queries.export import exported
from reports.listing import unguarded

#: Held against the register whole: nothing of it is shown, only whether a cell is the same.
_WHOLE = Reader(None, "the import", (Grant(frozenset(Permission), exempt=True),))
_FIELDS: Mapping[str, tuple[int, Field]] = {fold(field.label): (place, field) for place, field in enumerate(EXPORTED)}


def standing_cells(session: Session, found: FoundList, today: date) -> Standing:
    """The cells that say what the register says, of every row with a Register id it knows."""
    ids = found.columns_of(Target.REGISTER_ID)
    if not ids:
        return {}
    rows = {row.number: uid for row in found.rows if (uid := uid_of(_cell(row.cells, ids[0].index)))}
    numbers = _numbers_of(session, set(rows.values()))
    known = {number: numbers[uid] for number, uid in rows.items() if uid in numbers}
    columns = [(column.index, *_FIELDS[fold(column.heading)]) for column in found.columns if _is_ours(column.heading)]
    said = dict(_exported(session, sorted(set(known.values())), today))
    cells = {row.number: row.cells for row in found.rows if row.number in known}
    return {
        number: frozenset(
            index
            for index, place, field in columns
            if field.computed or stands(field, _cell(cells[number], index), said[contract_id][place])
        )
        for number, contract_id in known.items()
        if contract_id in said
    }


def _is_ours(heading: str) -> bool:
    return fold(heading) in _FIELDS and _FIELDS[fold(heading)][1].name != Target.REGISTER_ID


def _numbers_of(session: Session, uids: set[object]) -> dict[object, int]:
    found: dict[object, int] = {}
    for some in batched_by(uids, AT_ONCE):
        found |= {
            uid: number
            for number, uid in session.execute(select(Contract.id, Contract.uid).where(Contract.uid.in_(some)))
        }
    return found


def _exported(session: Session, ids: list[int], today: date) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    rows = exported(session, ids, _WHOLE, today)
    return ((number, tuple(row)) for number, row in zip(ids, rows, strict=True))


def _cell(cells: tuple[str, ...], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def stands(field: Field, text: str, held: Cell) -> bool:
    """Whether the text of a cell says what the register holds; a blank one says nothing."""
    written = unguarded(text).strip()
    if not written:
        return True
    if held is None or held == "":
        return False
    if isinstance(held, str) and _tidy(written) == _tidy(held):
        return True
    if isinstance(held, str) and field.choices is None and held not in _YES_NO:
        return False
    return _understood(field, written) == held


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _understood(field: Field, written: str) -> Cell:
    try:
        return field.read_as(written)
    except Refusal:
        return None


_YES_NO = frozenset({"Yes", "No"})
