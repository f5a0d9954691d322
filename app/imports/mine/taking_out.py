"""My contracts as a workbook to be changed and sent back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.rights import Permission, Reader
from app.core.text import fold
from app.council import queries as council
from app.register.fields import EXPORTED, FIELDS, Cell, Field
from app.register.models import Category, Contract, Programme, Service
from app.register.queries.contracts import in_order
from app.register.queries.export import COLUMNS, exported
from app.register.queries.narrowing import Wanted
from app.register.queries.posts import known_posts
from app.register.visibility import in_units
from reports.filling import FillColumn, Filling
from reports.listing import ListColumn
from reports.table import Kind

SHEET, COPY = "My contracts", "As taken out"
VERSION = "Version"

#: What a commissioner keeps of a contract, in order. Figures worked out, and what the law withholds, stay on the page.
NAMES = (
    *("title", "register_id", "reference", "description", "form", "unit", "division", "service", "category"),
    *("programme", "outcome", "provider", "starts_on", "current_end_on", "options", "review_on"),
    *("value", "annual_value", "value_certainty", "value_note", "procurement_status", "lead_time_months"),
    *("manager_post", "contact_email", "concern", "note"),
)
#: Nobody types these; they say which contract a row is, and how new.
UNSEEN = ("register_id",)
TAKEN: tuple[Field, ...] = tuple(one for name in NAMES for one in FIELDS if one.name == name)
#: On a started contract these are changed by correcting, extending or varying, which is asked when the file comes back.
AWARDED = frozenset({"value", "annual_value", "current_end_on"})
_NOTES: Mapping[str, str] = {
    **dict.fromkeys(AWARDED, "When the file comes back you are asked whether a change is a correction or was agreed"),
    "value": "Whole life as awarded. A range is changed on the contract's page",
    "service": "It gives the contract its directorate and division",
    "provider": "Several with a semicolon between, by the register's names",
}


def is_mine(session: Session, reader: Reader) -> ColumnElement[bool]:
    """What names my post and is mine to change; where nothing names it, all that is mine to change."""
    units = in_units(reader.units_for(Permission.EDIT_REGISTER))
    named = Contract.manager_post_key == fold(reader.post or "")
    by_post = and_(units, named, Contract.withdrawn_at.is_(None))
    if reader.post and session.scalar(select(func.count()).select_from(Contract).where(by_post)):
        return and_(units, named)
    return units


def my_ids(session: Session, wanted: Wanted, reader: Reader, today: date) -> list[int]:
    """Mine among those the list's filters match, in the list's order."""
    mine = set(session.scalars(select(Contract.id).where(is_mine(session, reader))))
    return [number for number in in_order(session, wanted, reader, today) if number in mine]


def taken_out(session: Session, ids: Sequence[int], reader: Reader, today: date, now: datetime) -> Filling:
    """The workbook of these contracts, stamped with when and by whom it was taken out."""
    choices = _choices(session, reader, today)
    columns = [_column(one, choices.get(one.name, ())) for one in TAKEN]
    version = FillColumn(VERSION, Kind.NUMBER, "Leave as it is", hidden=True)
    return Filling(
        title=SHEET,
        columns=[*columns, version],
        rows=list(_rows(session, ids, reader, today)),
        sheet=SHEET,
        copy=COPY,
        guide=_guide(reader, len(ids), now),
    )


def _rows(session: Session, ids: Sequence[int], reader: Reader, today: date) -> Iterator[list[Cell]]:
    places = [next(at for at, one in enumerate(EXPORTED) if one.name == field.name) for field in TAKEN]
    versions = {number: version for number, version in session.execute(select(Contract.id, Contract.version))}  # noqa: C416 - typed
    for number, row in zip(ids, exported(session, ids, reader, today), strict=True):
        yield [*(row[at] for at in places), versions[number]]


_KINDS: Mapping[str, ListColumn] = {field.name: column for field, column in zip(EXPORTED, COLUMNS, strict=True)}
_OPEN_ENDED = frozenset({"category", "manager_post"})


def _column(one: Field, choices: Sequence[str]) -> FillColumn:
    return FillColumn(
        one.label,
        _KINDS[one.name].kind,
        note=_NOTES.get(one.name, one.help),
        choices=choices,
        open_ended=one.name in _OPEN_ENDED,
        hidden=one.name in UNSEEN,
        width={"title": 40, "description": 40, "note": 40}.get(one.name, 18),
    )


def _choices(session: Session, reader: Reader, today: date) -> dict[str, Sequence[str]]:
    """The lists of the drop-downs."""
    writes = reader.units_for(Permission.EDIT_REGISTER)
    structure = [one for one in council.structure(session) if writes.include(one.id) or writes.divisions]
    services = session.scalars(select(Service).where(Service.withdrawn_at.is_(None)).order_by(Service.name_key))
    mine = (one.name for one in services if writes.include(one.directorate_id, one.division_id))
    return {
        **{one.name: [member.value for member in one.choices] for one in TAKEN if one.choices is not None},
        "unit": [one.name for one in structure],
        "division": list(dict.fromkeys(part.name for one in structure for part in one.divisions)),
        "service": list(dict.fromkeys(mine)),
        "category": list(session.scalars(select(Category.name).order_by(Category.name_key))),
        "programme": list(session.scalars(select(Programme.name).order_by(Programme.name))),
        "outcome": [one.name for one in council.outcomes(session, on=today)],
        "manager_post": known_posts(session, reader, today),
    }


def _guide(reader: Reader, count: int, now: datetime) -> list[tuple[str, str]]:
    rules = [(one.label, _NOTES.get(one.name, one.help)) for one in TAKEN if one.name not in UNSEEN]
    return [
        ("As at", f"{day(now.date())}, taken out by {reader.name}: {count:,} contracts"),
        (
            "What to do",
            f"Change cells of the sheet “{SHEET}”, save the file, and send it back under Import my contracts.",
        ),
        ("What happens", "You are shown every difference before anything is taken, and can undo it afterwards."),
        ("Cells left blank", "Nothing is cleared by a blank cell: clear it on the contract's page."),
        (
            "Rows taken out",
            "They stay in the register as they are. Rows added are not taken: add a contract on its page.",
        ),
        *rules,
    ]
