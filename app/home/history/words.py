"""Changes in words: labels for columns, names for numbers, amounts and dates as pages say them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Date, DateTime, select
from sqlalchemy.orm import Session

from app.accounts.queries import scope_names
from app.accounts.roles import Role
from app.accounts.roles import words as role_words
from app.core.audit import Action, Change, Known
from app.core.base import Base, Hundredths, Instant
from app.core.dates import day
from app.core.forms import sentence_case
from app.core.money import pounds
from app.core.pages import moment
from app.core.rights import Reader, ScopeKind
from app.council.settings import BY_NAME
from app.decisions.models import Activity
from app.decisions.queries.visibility import open_to
from app.home.history.kinds import Kind, kinds, withheld
from app.register.fields.history import RECKONED, is_money_column, label_of_column
from app.register.models import Approval, Contract
from app.register.queries.changes import AMOUNTS, LABELS, PARTS
from app.register.queries.contract_history import WITHHELD
from app.register.visibility import approvals_open_to, not_embargoed_from

#: Where a row stands, and what the line itself says already.
NOT_TOLD = frozenset({"position", "recorded_at", "recorded_by", "search_text"})
#: Hundredths that are not pounds.
NOT_POUNDS = frozenset({"fte", "council_share", "target", "quantity", "result", "least", "most", "percent"})
#: An amount the contract's own words may tell as well.
MONEY_WORDS = frozenset({"value_note", "share_of", "charge_note"})
KEPT_BACK = "a record kept back"

Names = Mapping[tuple[str, int], str]


@dataclass(frozen=True)
class Line:
    """One thing that changed."""

    what: str
    old: str
    new: str
    #: The column, where the old value may be put back.
    column: str = ""


@dataclass(frozen=True)
class Told:
    """One record's change in one act, in words."""

    id: int
    at: datetime
    who: str
    act: UUID
    why: str
    kind: str
    kind_words: str
    record_id: int
    title: str
    url: str
    #: All changes of this record.
    history_url: str
    action: Action
    lines: tuple[Line, ...]

    @property
    def when(self) -> str:
        return moment(self.at)


def told(session: Session, changes: Sequence[Change], reader: Reader, today: date) -> list[Told]:
    """The changes in words, in the same order; amounts are left out where they are withheld from the reader."""
    hidden = withheld(session, list(changes), reader)
    names = _names(session, changes, reader, today)
    titles = _titles(session, changes)
    return [_told(change, names, titles, hides=(change.record_kind, change.record_id) in hidden) for change in changes]


def _told(change: Change, names: Names, titles: Names, *, hides: bool) -> Told:
    kind = kinds().get(change.record_kind)
    title = titles.get((change.record_kind, change.record_id), "")
    return Told(
        id=change.id,
        at=change.at,
        who=change.actor_name,
        act=change.act,
        why=change.reason or "",
        kind=change.record_kind,
        kind_words=kind.words if kind else sentence_case(change.record_kind.replace("_", " ")),
        record_id=change.record_id,
        title=title or f"number {change.record_id}",
        url=f"{kind.path}{change.record_id}" if kind and kind.path and title else "",
        history_url=f"/history/{change.record_kind}/{change.record_id}",
        action=change.action,
        lines=tuple(_lines(change, names, hides=hides)),
    )


# Names


def _titles(session: Session, changes: Iterable[Change]) -> Names:
    ids: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        ids[change.record_kind].add(change.record_id)
    return {
        (name, number): title
        for name, numbers in ids.items()
        if name in kinds()
        for number, title in _titles_of(session, kinds()[name], numbers)
    }


def _titles_of(session: Session, kind: Kind, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
    if kind.title is None:
        return
    title = getattr(kind.model, kind.title)
    for number, words in session.execute(select(kind.model.id, title).where(kind.model.id.in_(set(numbers)))):
        said = BY_NAME[words].label if kind.name == "setting" and words in BY_NAME else words
        yield number, str(said or "")


def _pointed_at(part: str, column: str) -> str | None:
    """The table a column's number points into."""
    table = Base.metadata.tables.get(part)
    if table is None or column not in table.columns:
        return None
    return next((key.column.table.name for key in table.columns[column].foreign_keys), None)


def _names(session: Session, changes: Sequence[Change], reader: Reader, today: date) -> Names:
    """What the numbers stand for: one statement for each table that is named, however many changes there are."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        for column, values in change.fields.items():
            table = _pointed_at(change.part, column)
            if table:
                wanted[table].update(value for value in values if isinstance(value, int))
    models = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]  # a Table
    seen = {
        Contract: not_embargoed_from(reader, today),
        Approval: approvals_open_to(reader, today),
        Activity: open_to(reader, today),
    }
    names: dict[tuple[str, int], str] = {}
    for table, numbers in wanted.items():
        title = _title_column(models[table])
        if title is None:
            continue
        query = select(models[table].id, title).where(models[table].id.in_(numbers))
        if models[table] in seen:
            query = query.where(seen[models[table]])
            names.update({(table, number): KEPT_BACK for number in numbers})
        names.update({(table, number): str(words) for number, words in session.execute(query)})
    if any(change.part == "role_held" for change in changes):
        names.update({(scope, number or 0): words for (scope, number), words in scope_names(session).items()})
    return names


def _title_column(model: Any) -> Any:  # Any: a model and a column of it
    found = ("reference", "name", "title", "text") if model.__tablename__ == "approval" else ("title", "name", "text")
    return next((getattr(model, name) for name in found if name in model.__table__.columns), None)


# Lines


def _lines(change: Change, names: Names, *, hides: bool) -> Iterator[Line]:
    told_of = {column: values for column, values in change.fields.items() if not _is_untold(change, column)}
    if change.action is Action.CHANGED:
        for column, (old, new) in told_of.items():
            if hides and is_money(change.part, column):
                yield Line(label(change.part, column), WITHHELD, WITHHELD)
            else:
                was, now = (_said(change, column, value, names) for value in (old, new))
                yield Line(label(change.part, column), was, now, column)
        return
    own = change.part.removeprefix(f"{change.record_kind}_").replace("_", " ")
    what = PARTS.get(change.part, sentence_case(own))
    if change.part == change.record_kind:
        what = "Record"
    summary = _summary(change, told_of, names, hides=hides)
    added = change.action is Action.ADDED
    yield Line(f"{what} {change.action}", "" if added else summary, summary if added else "")


def _summary(change: Change, fields: Mapping[str, list[Known]], names: Names, *, hides: bool) -> str:
    place = 1 if change.action is Action.ADDED else 0
    said = (
        (column, WITHHELD if hides and is_money(change.part, column) else _said(change, column, values[place], names))
        for column, values in fields.items()
    )
    labels = ((sentence_case(label(change.part, column).rpartition(": ")[2]), words) for column, words in said)
    return "; ".join(f"{name}: {words}" for name, words in labels if words not in {"", "No"})


def _is_untold(change: Change, column: str) -> bool:
    return column in NOT_TOLD or column == f"{change.record_kind}_id" or f"{change.part}.{column}" in RECKONED


def is_money(part: str, column: str) -> bool:
    """Whether a column holds an amount, or words about one: what is not known to be none, is."""
    if column in AMOUNTS or column in MONEY_WORDS or is_money_column(part, column):
        return True
    kind = _type(part, column)
    return isinstance(kind, JSON) or (isinstance(kind, Hundredths) and column not in NOT_POUNDS)


def label(part: str, column: str) -> str:
    """A column in the council's words."""
    if column in LABELS and part != "contract":
        return LABELS[column]
    return label_of_column(part, column).removesuffix(" on")


def _type(part: str, column: str) -> Any:  # Any: a column's type
    table = Base.metadata.tables.get(part)
    found: Column[Any] | None = table.columns[column] if table is not None and column in table.columns else None
    return found.type if found is not None else None


def _said(change: Change, column: str, value: Known, names: Names) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    table = _pointed_at(change.part, column)
    if table and isinstance(value, int):
        return names.get((table, value), f"number {value}")
    if change.part == "role_held":
        return _of_a_role(change, column, value, names)
    return _typed(_type(change.part, column), column, value)


def _of_a_role(change: Change, column: str, value: str | int, names: Names) -> str:
    if column == "scope_id":
        scope = next((str(one) for one in change.fields.get("scope", []) if one), "")
        return names.get((scope, int(value)), f"number {value}")
    if column == "role" and value in {role.value for role in Role}:
        return role_words(Role(str(value)))
    return "The whole council" if value == ScopeKind.COUNCIL else str(value)


def _typed(kind: Any, column: str, value: str | int) -> str:  # Any: a column's type
    """A date or an amount as a page says it; the history keeps plain text."""
    text = str(value)
    if isinstance(kind, Date):
        return day(date.fromisoformat(text))
    if isinstance(kind, Instant | DateTime):
        return moment(datetime.fromisoformat(text))
    if isinstance(kind, Hundredths) and column not in NOT_POUNDS:
        amount = Decimal(text)
        return f"−{pounds(-amount)}" if amount < 0 else pounds(amount)
    return text
