"""What was changed in a return's part of the register after the director signed. The sign-off stays what it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.core.audit import Change
from app.core.listing import ROWS_ON_A_PAGE
from app.core.rights import Reader
from app.decisions.models import Activity
from app.decisions.queries.visibility import open_to
from app.plans.models import Return
from app.register.models import Contract, Service, SocialValueCommitment, SocialValueStatement
from app.register.queries.social_value import visible
from app.register.visibility import not_embargoed_from


@dataclass(frozen=True)
class Changed:
    """One record changed since the sign-off."""

    kind: str
    record_id: int
    title: str
    at: datetime
    by: str

    @property
    def words(self) -> str:
        return WORDS[self.kind]

    @property
    def url(self) -> str:
        return f"{PATHS[self.kind]}{self.record_id}"

    @property
    def history_url(self) -> str:
        return f"/history/{self.kind}/{self.record_id}"


WORDS = {
    "contract": "Contract or agreement",
    "service": "Service",
    "activity": "Forthcoming activity",
    "social_value_commitment": "Social value commitment",
    "social_value_statement": "Social value statement",
}
PATHS = {
    "contract": "/contracts/",
    "service": "/services/",
    "activity": "/activities/",
    "social_value_commitment": "/social-value/",
    "social_value_statement": "/social-value/statements/",
}


def how_many_changed(session: Session, made: Return, reader: Reader, today: date) -> int:
    every = _changed(made, reader, today)
    return 0 if every is None else session.scalar(select(func.count()).select_from(every.subquery())) or 0


def changed_page(session: Session, made: Return, reader: Reader, today: date, number: int) -> list[Changed]:
    """The latest first."""
    every = _changed(made, reader, today)
    if every is None:
        return []
    found = every.subquery()
    query = (
        select(found, Change.actor_name)
        .join(Change, Change.id == found.c.last)
        .order_by(found.c.at.desc(), found.c.kind, found.c.record_id)
        .offset((number - 1) * ROWS_ON_A_PAGE)
        .limit(ROWS_ON_A_PAGE)
    )
    return [Changed(row.kind, row.record_id, row.title, row.at, row.actor_name) for row in session.execute(query)]


def _changed(made: Return, reader: Reader, today: date) -> Any:  # Any: a union of selects
    """One row for each record: its kind, id, title, when it was last changed, and the number of that change."""
    if made.signed_off_at is None:
        return None
    return union_all(*_selects(made, made.signed_off_at, reader, today))


def _selects(made: Return, since: datetime, reader: Reader, today: date) -> Iterator[Select[Any]]:
    changes = (
        select(
            Change.record_kind.label("kind"),
            Change.record_id.label("number"),
            func.max(Change.at).label("at"),
            func.max(Change.id).label("last"),
        )
        .where(Change.at > since, Change.record_kind.in_(WORDS))
        .group_by(Change.record_kind, Change.record_id)
        .cte("changes")
    )

    def of(kind: str, model: Any, title: Any, *which: ColumnElement[bool]) -> Select[Any]:
        columns = (literal(kind).label("kind"), model.id.label("record_id"), title.label("title"), changes.c.at)
        found = select(*columns, changes.c.last).join(
            changes, and_(changes.c.kind == kind, changes.c.number == model.id)
        )
        if model is SocialValueCommitment:
            found = found.outerjoin(Contract, Contract.id == SocialValueCommitment.contract_id)
        return found.where(*which)

    yield of("contract", Contract, Contract.title, *_unit(made, Contract), not_embargoed_from(reader, today))
    yield of("service", Service, Service.name, *_unit(made, Service))
    yield of("activity", Activity, Activity.title, *_unit(made, Activity), open_to(reader, today))
    yield of(
        "social_value_commitment",
        SocialValueCommitment,
        SocialValueCommitment.text,
        SocialValueCommitment.directorate_id == made.directorate_id,
        or_(literal(made.division_id is None), Contract.division_id == made.division_id),
        visible(reader, today),
    )
    if made.division_id is None:
        yield of(
            "social_value_statement",
            SocialValueStatement,
            literal("Social value statement"),
            SocialValueStatement.directorate_id == made.directorate_id,
            SocialValueStatement.year == made.round.year,
        )


def _unit(made: Return, model: Any) -> list[ColumnElement[bool]]:
    if made.division_id is not None:
        return [model.division_id == made.division_id]
    return [model.directorate_id == made.directorate_id]
