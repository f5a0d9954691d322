"""What committees' business says on the pages of contracts and on the front page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.core.rights import Reader
from app.council import queries as council
from app.council import settings
from app.council.models import Committee, Meeting
from app.decisions.models import Activity, AgendaItem, ItemOutcome, LeftOut, PreScrutinyRequest, RequestState
from app.decisions.queries.committees.items import open_rows
from app.decisions.queries.visibility import covers
from app.decisions.rules import pre_scrutiny as rules
from app.register.models import Contract
from app.register.queries import hanging


@dataclass(frozen=True)
class ItemLine:
    """An item in a line, as a contract's page tells it."""

    id: int
    title: str
    committee: str
    meets_on: date | None
    outcome: ItemOutcome | None

    @property
    def url(self) -> str:
        return f"/agenda-items/{self.id}"


ITEMS = hanging.hangs_on(
    "agenda_items",
    lambda one: or_(AgendaItem.contract_id == one, AgendaItem.activity_id.in_(select(Activity.id).where(covers(one)))),
)


@cache
def _of_contract() -> Select[*tuple[Any, ...]]:
    return (
        select(AgendaItem.id, AgendaItem.title, Committee.name, Meeting.meets_on, AgendaItem.outcome)
        .join(Committee, Committee.id == AgendaItem.committee_id)
        .outerjoin(Meeting, Meeting.id == AgendaItem.meeting_id)
        .outerjoin(Activity, Activity.id == AgendaItem.activity_id)
        .where(
            or_(
                AgendaItem.contract_id == bindparam("contract_id"),
                covers(bindparam("contract_id")),
            ),
            AgendaItem.removed_at.is_(None),
        )
        .order_by(Meeting.meets_on.nulls_last(), AgendaItem.id)
    )


def items_about(session: Session, contract: Contract, reader: Reader, today: date) -> Sequence[ItemLine]:
    """Items about a contract whose page is open to the reader, or about an activity that covers it and is open."""
    if not hanging.hangs(contract, ITEMS):
        return []
    found = [ItemLine(*row) for row in session.execute(_of_contract(), {"contract_id": contract.id})]
    seen = (
        select(AgendaItem.id)
        .outerjoin(Activity, Activity.id == AgendaItem.activity_id)
        .outerjoin(Contract, Contract.id == AgendaItem.contract_id)
        .where(AgendaItem.id.in_([one.id for one in found]), open_rows(reader, today))
    )
    open_ones = set(session.scalars(seen)) if found else set()
    return [one for one in found if one.id in open_ones]


@dataclass(frozen=True)
class ClerksWork:
    """What the register knows that a clerk has to do about committees."""

    to_record: int
    overdue: int


def clerks_work(session: Session, reader: Reader, today: date) -> ClerksWork:
    """Items heard whose outcome is not recorded, and recommendations that wait too long for an answer."""
    return ClerksWork(
        to_record=_count(session, reader, today, AgendaItem.outcome.is_(None), Meeting.meets_on < today),
        overdue=_count(session, reader, today, *unanswered(session, today)),
    )


def unanswered(session: Session, today: date) -> tuple[Any, ...]:  # Any: conditions
    """The committee recommended something, and the directorate has not answered within its days; Meeting is joined."""
    days = council.value_on(session, settings.RESPONSE_DAYS, today)
    return (
        AgendaItem.recommendations.is_not(None),
        AgendaItem.response.is_(None),
        Meeting.meets_on < today - timedelta(days=days),
    )


def _count(session: Session, reader: Reader, today: date, *conditions: Any) -> int:  # Any: conditions
    query = (
        select(func.count(AgendaItem.id))
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .outerjoin(Activity, Activity.id == AgendaItem.activity_id)
        .outerjoin(Contract, Contract.id == AgendaItem.contract_id)
        .where(AgendaItem.removed_at.is_(None), open_rows(reader, today), *conditions)
    )
    return session.scalar(query) or 0


@dataclass(frozen=True)
class Looked:
    """How far an activity's pre-scrutiny has come, as an annex prints it."""

    meets_on: date | None
    words: str


def looked_at(session: Session, activity_ids: Collection[int], as_at: date) -> Mapping[int, Looked]:
    """By activity: the meeting it comes to, and what was made of it by the day; blank where nobody has asked."""
    if not activity_ids:
        return {}
    items = (
        select(AgendaItem.activity_id, Meeting.meets_on, AgendaItem.outcome)
        .outerjoin(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.activity_id.in_(activity_ids), AgendaItem.removed_at.is_(None))
        .order_by(Meeting.meets_on.nulls_first(), AgendaItem.id)
    )
    asked = select(PreScrutinyRequest.activity_id).where(
        PreScrutinyRequest.activity_id.in_(activity_ids), PreScrutinyRequest.state == RequestState.ASKED
    )
    left = select(LeftOut.activity_id).where(LeftOut.activity_id.in_(activity_ids), LeftOut.taken_back_at.is_(None))
    found: dict[int, Looked] = {}
    for number in session.scalars(asked.order_by(PreScrutinyRequest.id)):
        found[number or 0] = Looked(None, _words(as_at, asked=True))
    for number in session.scalars(left.order_by(LeftOut.id)):
        found[number] = Looked(None, _words(as_at, left_out=True))
    for row in session.execute(items):
        known = row.outcome if row.meets_on and row.meets_on <= as_at else None
        words = _words(as_at, outcome=known, meets_on=row.meets_on, on_programme=True)
        found[row.activity_id or 0] = Looked(row.meets_on, words)
    return found


def _words(
    as_at: date,
    *,
    outcome: ItemOutcome | None = None,
    meets_on: date | None = None,
    on_programme: bool = False,
    asked: bool = False,
    left_out: bool = False,
) -> str:
    return rules.state_in_words(
        outcome=outcome, meets_on=meets_on, on_programme=on_programme, asked=asked, left_out=left_out, today=as_at
    )
