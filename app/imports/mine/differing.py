"""What a file of my contracts would change: cell by cell against what was taken out, and against the register now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.errors import Refusal
from app.core.rights import Permission, Reader
from app.imports.answers import Answer, Answers
from app.imports.choices import Choices
from app.imports.found import FoundList
from app.imports.headings import find_list
from app.imports.known import load_known, uid_of
from app.imports.mine.taking_out import COPY, SHEET, TAKEN, UNSEEN, VERSION
from app.imports.models import RowOutcome
from app.imports.planning import Planner
from app.imports.plans import Plan, RowPlan
from app.imports.reading import FileRefused
from app.imports.rows import PatternGroup
from app.imports.targets import Target
from app.imports.unchanged import stands
from app.imports.understanding import understand
from app.imports.workbook import RawRow, Workbook
from app.register.commands.contracts import is_started
from app.register.fields import EXPORTED, Cell, Field
from app.register.models import Contract
from app.register.queries.export import exported
from reports.listing import unguarded

NOT_OURS = "This is no file of “My contracts”: take yours out first, or use Import for another list"
NO_SUCH = "No contract of yours has this Register id: take your contracts out again"
ADDED = "A row was added: add the contract under Contracts, or bring it in with Import"
BLANK = "Left blank: the register keeps what it has. Clear it on the contract's page"
EARLIER = "An earlier end is entered on the contract's page: end it early, or correct it"
START = "A started contract's start is corrected on its page, with the reason"


class Standing(StrEnum):
    """Who changed a cell since the file was taken out."""

    MINE = "changed in the file"
    BOTH = "changed in the file and in the register"
    NOT_TAKEN = "not taken"


@dataclass(frozen=True)
class CellDifference:
    """One cell of the file that says something else than when it was taken out."""

    #: The column's place in the sheet.
    index: int
    label: str
    register: str
    taken: str
    file: str
    standing: Standing
    #: Why it cannot be taken.
    why: str = ""


@dataclass(frozen=True)
class MyRow:
    """One contract of the file."""

    number: int
    contract_id: int
    version: int
    title: str
    differences: tuple[CellDifference, ...]
    #: Why none of the row can be taken as it stands.
    problems: tuple[str, ...] = ()

    def key(self, one: CellDifference) -> str:
        return f"{self.contract_id}-{one.index}"


@dataclass(frozen=True)
class NotRead:
    """A row that is no contract of this person's."""

    number: int
    title: str
    why: str


@dataclass
class Mine:
    """A file held against the register."""

    found: FoundList
    rows: list[MyRow] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    #: Contracts whose cells all stand as they were taken out.
    same: int = 0
    #: Taken out, and not in the file.
    missing: int = 0
    questions: tuple[PatternGroup, ...] = ()

    @property
    def differences(self) -> int:
        return sum(len(row.differences) for row in self.rows)

    @property
    def proposed(self) -> frozenset[str]:
        """What is ticked to begin with: what only this person changed."""
        return frozenset(row.key(one) for row in self.rows for one in row.differences if one.standing is Standing.MINE)


def read_mine(session: Session, workbook: Workbook, reader: Reader, today: date) -> Mine:
    """Every difference there is, and what nobody can take."""
    found = _list_of(workbook, SHEET)
    columns = _columns(found)
    taken = _as_taken_out(workbook)
    mine = Mine(found)
    contracts = _contracts(session, [uid for row in found.rows if (uid := _id_of(row, columns))], reader)
    now = _register_now(session, contracts, reader, today)
    seen: set[str] = set()
    for row in found.rows:
        uid = _id_of(row, columns)
        contract = contracts.get(uid)
        if contract is None or uid in seen:
            mine.not_read.append(NotRead(row.number, _title(row, columns), _why_not(uid, seen)))
            continue
        seen.add(uid)
        before = taken.get(uid) or (now[uid] if _version(row, found) == contract.version else None)
        differences = tuple(_differences(contract, row, columns, before, now[uid], today))
        if differences:
            mine.rows.append(MyRow(row.number, contract.id, contract.version, contract.title, differences))
        else:
            mine.same += 1
    mine.missing = len(taken.keys() - seen - {_id_of(row, columns) for row in found.rows})
    return mine


#: A field of the register, and the place of its column in the sheet.
Columns = Mapping[str, tuple[Field, int]]


def answers_for(patterns: Mapping[str, Answer] | None = None) -> Answers:
    """The file's headings are ours: nothing about them is guessed."""
    columns = {one.label: Target(one.name) for one in TAKEN}
    return Answers(columns={**columns, VERSION: Target.IGNORE}, sheet=SHEET, patterns=patterns or {})


def _list_of(workbook: Workbook, sheet: str) -> FoundList:
    if all(one.name != sheet for one in workbook.sheets):
        raise FileRefused(NOT_OURS)
    answers = answers_for()
    found = find_list(workbook, Answers(columns=answers.columns, sheet=sheet, header_row=answers.header_row))
    if not found.columns_of(Target.REGISTER_ID):
        raise FileRefused(NOT_OURS)
    return found


def _columns(found: FoundList) -> Columns:
    by_label = {one.label: one for one in TAKEN}
    return {
        by_label[column.heading].name: (by_label[column.heading], column.index)
        for column in found.columns
        if column.heading in by_label
    }


def _cell(row: RawRow, index: int) -> str:
    return unguarded(row.cells[index]).strip() if index < len(row.cells) else ""


def _id_of(row: RawRow, columns: Columns) -> str:
    uid = uid_of(_cell(row, columns["register_id"][1]))
    return str(uid) if uid else ""


def _title(row: RawRow, columns: Columns) -> str:
    return _cell(row, columns["title"][1])[:300] if "title" in columns else ""


def _version(row: RawRow, found: FoundList) -> int | None:
    index = next((column.index for column in found.columns if column.heading == VERSION), None)
    text = _cell(row, index) if index is not None else ""
    return int(text) if text.isdigit() else None


def _why_not(uid: str, seen: set[str]) -> str:
    if not uid:
        return ADDED
    return "Another row of the file has this Register id too" if uid in seen else NO_SUCH


def _contracts(session: Session, uids: list[str], reader: Reader) -> dict[str, Contract]:
    """Those of them that are this person's to change."""
    units = reader.units_for(Permission.EDIT_REGISTER)
    wanted = [one for one in map(uid_of, uids) if one is not None]
    found = session.scalars(select(Contract).where(Contract.uid.in_(wanted), Contract.withdrawn_at.is_(None)))
    return {str(one.uid): one for one in found if units.include(one.directorate_id, one.division_id)}


def _register_now(
    session: Session, contracts: Mapping[str, Contract], reader: Reader, today: date
) -> dict[str, dict[str, Cell]]:
    """Each contract as it would be taken out now, by field."""
    ids = {one.id: uid for uid, one in contracts.items()}
    rows = zip(ids, exported(session, list(ids), reader, today), strict=True)
    names = [one.name for one in EXPORTED]
    return {ids[number]: dict(zip(names, row, strict=True)) for number, row in rows}


def _as_taken_out(workbook: Workbook) -> dict[str, dict[str, Cell]]:
    """The hidden copy, by Register id; nothing where a program has dropped it."""
    if all(one.name != COPY for one in workbook.sheets):
        return {}
    copy = _list_of(workbook, COPY)
    places = _columns(copy)
    return {
        uid: {name: _cell(row, index) for name, (_, index) in places.items()}
        for row in copy.rows
        if (uid := _id_of(row, places))
    }


def _differences(
    contract: Contract,
    row: RawRow,
    columns: Columns,
    before: Mapping[str, Cell] | None,
    now: Mapping[str, Cell],
    today: date,
) -> Iterator[CellDifference]:
    for name, (one, index) in columns.items():
        text = _cell(row, index)
        if name in UNSEEN or (before is not None and _same(one, text, before.get(name))):
            continue
        if (text and stands(one, text, now[name])) or (not text and not _said(one, now[name])):
            continue
        why = _why_not_taken(contract, one, text, today)
        both = before is None or not _same(one, _said(one, before.get(name)), now[name])
        standing = Standing.NOT_TAKEN if why else Standing.BOTH if both else Standing.MINE
        taken = _said(one, before.get(name)) if before is not None else ""
        yield CellDifference(
            index, one.label, _said(one, now[name]), _plain(one, taken), _plain(one, text), standing, why
        )


def _same(one: Field, text: str, held: Cell) -> bool:
    """A blank cell is the same as nothing, and as nothing else."""
    if isinstance(held, str):
        return text == held.strip() or (bool(text and held) and _plain(one, text) == _plain(one, held))
    return not text if held is None else bool(text) and stands(one, text, held)


def _said(one: Field, value: Cell) -> str:
    """As the page says it: a date in words."""
    if isinstance(value, date):
        return day(value)
    return "" if value is None else one.written(value) if not isinstance(value, str) else value


def _plain(one: Field, text: str) -> str:
    """What the cell was understood as, in the page's words; as it stands where it was not."""
    if not text or one.choices is not None:
        return text
    try:
        return _said(one, one.read_as(text))
    except Refusal:
        return text


def _why_not_taken(contract: Contract, one: Field, text: str, today: date) -> str:
    if not text:
        return BLANK
    started = is_started(contract) and (contract.starts_on is None or contract.starts_on <= today)
    if started and one.name == "starts_on" and contract.starts_on is not None:
        return START
    if started and one.name == "current_end_on" and contract.current_end_on is not None:
        end = _understood_day(one, text)
        if end is not None and end < contract.current_end_on:
            return EARLIER
    return ""


def _understood_day(one: Field, text: str) -> date | None:
    try:
        found = one.read_as(text)
    except Refusal:
        return None
    return found if isinstance(found, date) else None


# What taking some of it would do


@dataclass(frozen=True)
class Taking:
    """The cells ticked, planned by the import's own rules."""

    plan: Plan
    planner: Planner


def plan_taking(
    session: Session, mine: Mine, ticked: frozenset[str], patterns: Mapping[str, Answer], today: date
) -> Taking:
    """Every cell but those ticked says nothing; the rest goes the way of any import."""
    answers = answers_for(patterns)
    ours = {column.index for column in mine.found.columns if column.target is not Target.REGISTER_ID}
    rows = {row.number: row for row in mine.rows}
    wanted = {
        number: frozenset(one.index for one in row.differences if row.key(one) in ticked and not one.why)
        for number, row in rows.items()
    }
    standing = {row.number: frozenset(ours - wanted.get(row.number, frozenset())) for row in mine.found.rows}
    chosen = {number for number, indexes in wanted.items() if indexes}
    only = FoundList(
        mine.found.sheet,
        mine.found.header_row,
        mine.found.columns,
        tuple(row for row in mine.found.rows if row.number in chosen),
        mine.found.above,
    )
    understanding = understand(only, answers, standing)
    with session.no_autoflush:
        known = load_known(session, None, understanding.rows)
        planner = Planner(known, Choices(answers=answers), today, only.sheet, keeps_posts=True)
        plan = planner.plan(understanding)
    return Taking(plan, planner)


def refused(taking: Taking) -> list[RowPlan]:
    """Rows that would not be taken, with why."""
    return [row for row in taking.plan.rows if row.outcome in {RowOutcome.HELD, RowOutcome.REFUSED}]
