"""A contract's history in the words of its fields: who changed what from what to what, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, func, select, true
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from app.core.audit import Action, Change, Known, history_of
from app.core.base import Base, Hundredths
from app.core.dates import day
from app.core.forms import sentence_case
from app.core.money import pounds
from app.core.pages import moment
from app.core.rights import Reader
from app.council.models import Directorate, Division, Outcome
from app.register.fields.history import QUANTITIES, RECKONED, is_money_column, label_of_column
from app.register.models import Approval, Arrangement, Category, Contract, Programme, Provider, Service
from app.register.queries.changes import Entry
from app.register.visibility import approvals_open_to, not_embargoed_from

#: Changes on the record's own page; all of them are one link away, so many at most.
FIRST, MOST = 20, 1_000
WITHHELD = "Exempt"

#: What a number in a column stands for.
_NAMED_BY: Mapping[str, Any] = {  # Any: columns of several tables
    "directorate_id": Directorate.name,
    "division_id": Division.name,
    "lead_service_id": Service.name,
    "service_id": Service.name,
    "arrangement_id": Arrangement.title,
    "parent_id": Contract.title,
    "replaces_id": Contract.title,
    "category_id": Category.name,
    "programme_id": Programme.name,
    "outcome_id": Outcome.name,
    "approval_id": Approval.reference,
    "provider_id": Provider.name,
}
_PARTS: Mapping[str, str] = {
    "contract": "Contract",
    "contract_provider": "Provider",
    "contract_service": "Other service",
    "extension_option": "Extension option",
    "contract_event": "Event",
    "contract_spend": "Spend",
    "contract_notice": "Notice",
    "signal_override": "Override of a signal",
    "agreement": "Agreement",
    "agreement_standard": "Standard",
    "agreement_move": "Status of the agreement",
    "agreement_charge": "Year's charge",
    "agreement_review": "Review",
    "standard_result": "Result",
    "service_credit": "Service credit",
    "social_value_consideration": "Social value considered",
}
_NOT_TOLD = frozenset(
    {
        *("contract_id", "position", "option_id", "recorded_at", "recorded_by", "agreement_id"),
        *("corrected", "corrects_id", "set_at", "standard_id"),
    }
)

Names = Mapping[tuple[str, int], str]


def contract_history(
    session: Session, contract_id: int, reader: Reader, today: date, *, withheld: bool, most: int = FIRST
) -> list[Entry]:
    """The latest changes, latest first; amounts are left out for a reader from whom they are withheld."""
    changes = session.scalars(history_of("contract", contract_id).limit(most)).all()
    names = _names(session, changes, _may_be_named(reader, today))
    return [entry for change in changes for entry in _entries(change, names, withheld=withheld)]


@dataclass(frozen=True)
class FirstChanges:
    """What the record's page shows of its history, and how many changes there are."""

    entries: Sequence[Entry]
    changes: int


def first_changes(session: Session, contract_id: int, reader: Reader, today: date, *, withheld: bool) -> FirstChanges:
    """The latest changes; one change may fill several lines, of which the page shows the first."""
    found = session.scalars(history_of("contract", contract_id).limit(FIRST)).all()
    names = _names(session, found, _may_be_named(reader, today))
    entries = [entry for change in found for entry in _entries(change, names, withheld=withheld)]
    changes = len(found) if len(found) < FIRST else how_many_changes(session, contract_id)
    return FirstChanges(entries[:FIRST], changes)


def how_many_changes(session: Session, contract_id: int) -> int:
    whose = (Change.record_kind == "contract", Change.record_id == contract_id)
    return session.scalar(select(func.count()).select_from(Change).where(*whose)) or 0


def _may_be_named(reader: Reader, today: date) -> Mapping[Any, ColumnElement[bool]]:  # Any: a model
    """Of records that may be kept back, those of which the reader may know."""
    return {Contract: not_embargoed_from(reader, today), Approval: approvals_open_to(reader, today)}


def _names(session: Session, changes: Iterable[Change], may_be_named: Mapping[Any, ColumnElement[bool]]) -> Names:
    # Any: a model
    """What the numbers stand for: at most a statement for each table that is named, however many changes there are."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        for column in change.fields.keys() & _NAMED_BY.keys():
            wanted[column].update(value for value in change.fields[column] if isinstance(value, int))
    names: dict[tuple[str, int], str] = {}
    for column, ids in sorted(wanted.items()):
        name = _NAMED_BY[column]
        if name.class_ not in may_be_named:
            known = _known(session, name, ids)
            names.update({(column, number): words for number, words in known.items()})
            ids = ids - known.keys()  # noqa: PLW2901 - what is left to read
        if not ids:
            continue
        query = select(name.class_.id, name).where(name.class_.id.in_(ids))
        rows = session.execute(query.where(may_be_named.get(name.class_, true())))
        names.update({(column, row[0]): row[1] for row in rows})
    return names


def _known(session: Session, name: Any, ids: set[int]) -> dict[int, str]:  # Any: a column of any table
    """Those that the page has read already."""
    loaded = {number: session.identity_map.get(identity_key(name.class_, number)) for number in ids}
    return {number: getattr(one, name.key) for number, one in loaded.items() if one is not None}


def _entries(change: Change, names: Names, *, withheld: bool) -> Iterator[Entry]:
    if change.action is Action.CHANGED:
        for column, (old, new) in change.fields.items():
            if f"{change.part}.{column}" not in RECKONED and column not in _NOT_TOLD:
                said = [_said(change.part, column, value, names, withheld=withheld) for value in (old, new)]
                yield _entry(change, label_of_column(change.part, column), *said)
        return
    what = _PARTS.get(change.part, sentence_case(change.part.replace("_", " ")))
    if change.part == "contract":
        yield _entry(change, "Added to the register", "", "")
        return
    words = _summary(change, names, withheld=withheld)
    added = change.action is Action.ADDED
    yield _entry(change, f"{what} {change.action}", "" if added else words, words if added else "")


def _summary(change: Change, names: Names, *, withheld: bool) -> str:
    """A part that was added or removed, in a line."""
    place = 1 if change.action is Action.ADDED else 0
    parts = [
        (label_of_column(change.part, column), _said(change.part, column, values[place], names, withheld=withheld))
        for column, values in change.fields.items()
        if column not in _NOT_TOLD
    ]
    told = ((sentence_case(label.rpartition(": ")[2]), words) for label, words in parts if words not in {"", "No"})
    return "; ".join(f"{label}: {words}" for label, words in told)


def _said(part: str, column: str, value: Known, names: Names, *, withheld: bool) -> str:
    if value is None or value == "":
        return ""
    if withheld and is_money_column(part, column):
        return WITHHELD
    if column in _NAMED_BY and isinstance(value, int):
        return names.get((column, value), f"number {value}")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return _typed(part, column, value)


def _typed(part: str, column: str, value: str | int) -> str:
    """A date or an amount as a page says it; the history keeps plain text."""
    table = Base.metadata.tables.get(part)
    kind = table.columns[column].type if table is not None and column in table.columns else None
    if isinstance(kind, Date):
        return day(date.fromisoformat(str(value)))
    if isinstance(kind, Hundredths):
        amount = Decimal(str(value))
        return f"{amount:,.2f}" if f"{part}.{column}" in QUANTITIES else _pounds(amount)
    return str(sentence_case(str(value)))


def _pounds(amount: Decimal) -> str:
    return f"−{pounds(-amount)}" if amount < 0 else pounds(amount)


def _entry(change: Change, what: str, old: str, new: str) -> Entry:
    return Entry(moment(change.at), change.actor_name, what, old, new, change.reason or "")
