"""A file of my contracts kept, taken as far as a person ticked, and undone: in the ways of any import."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import ACTION, Actor, give_reason
from app.core.errors import Refusal
from app.core.rights import Permission, Reader
from app.imports import running
from app.imports.answers import Answer
from app.imports.applying import Occasion, apply_plan
from app.imports.choices import Choices
from app.imports.mine import differing
from app.imports.mine.differing import Mine, MyRow
from app.imports.models import ImportRow, ImportRun, RowOutcome, RunState
from app.imports.staging import kept_rows
from app.register.models import Contract

#: The kind of these runs, which have pages of their own.
MINE = "my contracts"
SOURCE = "My contracts"
CHANGED_SINCE = "Changed by somebody else since you looked: left as it is now. Send the file again to see it"


def begin(session: Session, folder: Path, filename: str, content: bytes, reader: Reader) -> ImportRun:
    """Keep the file. It is read and held against the register each time it is looked at."""
    actor = Actor(reader.id, reader.name)
    run = running.begin(session, folder, filename, content, by=actor, choices=Choices(), state=RunState.CHECKING)
    run.kind, run.source = MINE, running.source_named(session, SOURCE)
    return run


def may_open(run: ImportRun, reader: Reader) -> bool:
    """Whoever sent it."""
    return run.kind == MINE and reader.id is not None and run.started_by_id == reader.id


@dataclass(frozen=True)
class Chosen:
    """What a person ticked, the versions they were shown, and their answers."""

    ticked: frozenset[str]
    versions: Mapping[int, int]
    patterns: Mapping[str, Answer]


def look(session: Session, run: ImportRun, folder: Path, reader: Reader, today: date, chosen: Chosen | None) -> Mine:
    """The file against the register as it is now, with the questions that what is ticked raises."""
    workbook = running.workbook_of(run, folder)
    mine = differing.read_mine(session, workbook, reader, today)
    ticked = chosen.ticked if chosen else mine.proposed
    taking = differing.plan_taking(session, mine, ticked, chosen.patterns if chosen else {}, today)
    mine.questions = tuple(one for one in taking.plan.questions if one.count)
    why = {row.row.number: tuple(row.remarks) for row in differing.refused(taking)}
    held = {row.row.number for row in differing.refused(taking) if row.outcome is RowOutcome.HELD}
    mine.rows = [_with_problems(row, () if row.number in held else why.get(row.number, ())) for row in mine.rows]
    return mine


def _with_problems(row: MyRow, problems: tuple[str, ...]) -> MyRow:
    return MyRow(row.number, row.contract_id, row.version, row.title, row.differences, problems)


def store(session: Session, run: ImportRun, folder: Path, reader: Reader, today: date, chosen: Chosen) -> None:
    """Take what is ticked, in this transaction. A contract changed since it was shown is left, and told."""
    session.refresh(run, with_for_update=True)
    if run.state is not RunState.CHECKING:
        raise Refusal("This file has been taken already")
    mine = differing.read_mine(session, running.workbook_of(run, folder), reader, today)
    moved = [row for row in mine.rows if chosen.versions.get(row.contract_id) != row.version]
    gone = {row.key(one) for row in moved for one in row.differences}
    taking = differing.plan_taking(session, mine, chosen.ticked - gone, chosen.patterns, today)
    if not taking.plan.rows:
        raise Refusal("Nothing is ticked to be taken: tick a difference, or leave the page")
    _check_answered(taking)
    give_reason(session, f"My contracts: {run.filename}"[:1000])
    session.execute(insert(ImportRow), list(kept_rows(taking.plan, run.id, mine.found.sheet)))
    occasion = Occasion(run, reader.name, clock.now(), today, mine.found.sheet)
    apply_plan(session, taking.plan, taking.planner.resolver, occasion)
    _check_still_mine(session, taking, reader)
    run.act, run.applied_at, run.state = str(session.info[ACTION]), occasion.now, RunState.DONE
    run.counts = dict(taking.plan.sums.lines)
    run.found = {"moved": [[row.contract_id, row.title, CHANGED_SINCE] for row in moved if _was_ticked(row, chosen)]}
    session.flush()


def _was_ticked(row: MyRow, chosen: Chosen) -> bool:
    return any(row.key(one) in chosen.ticked for one in row.differences)


def _check_answered(taking: differing.Taking) -> None:
    held = [row for row in taking.plan.rows if row.outcome is RowOutcome.HELD]
    open_questions = [one for one in taking.plan.questions if one.holds]
    if held and open_questions:
        raise Refusal("Answer the questions about what was awarded, or untick those differences")


def _check_still_mine(session: Session, taking: differing.Taking, reader: Reader) -> None:
    """A file moves no contract to a unit in which its sender does not write."""
    for row in taking.plan.rows:
        contract = row.contract
        if contract is None or row.outcome is not RowOutcome.UPDATED:
            continue
        session.refresh(contract, ["directorate_id", "division_id"])
        if not reader.may_in(Permission.EDIT_REGISTER, contract.directorate_id, contract.division_id):
            raise Refusal(f"{contract.title} would move to a part of the council whose records you do not keep")


def check_may_undo(session: Session, contracts: set[int], reader: Reader) -> None:
    """Every contract the file changed must still be this person's to change."""
    rows = session.execute(
        select(Contract.directorate_id, Contract.division_id).where(Contract.id.in_(sorted(contracts)))
    )
    units = reader.units_for(Permission.EDIT_REGISTER)
    if not all(units.include(*row) for row in rows):
        raise Refusal("Some of these contracts are not yours to change any more: ask procurement to undo it")
