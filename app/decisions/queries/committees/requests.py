"""What members ask committees to look at, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.core.rights import Permission, Reader
from app.council.models import Committee, Meeting
from app.decisions.models import Activity, AgendaItem, AskReason, ItemOutcome, PreScrutinyRequest, RequestState
from app.decisions.queries.visibility import open_to
from app.register.models import Contract
from app.register.visibility import not_embargoed_from

COLOURS = {
    RequestState.ASKED: "blue",
    RequestState.ACCEPTED: "green",
    RequestState.DECLINED: "red",
    RequestState.MERGED: "purple",
    RequestState.TAKEN_BACK: "grey",
}
#: Those that wait for an answer, first.
ORDER = tuple(RequestState)


@dataclass(frozen=True)
class RequestFacts:
    """One request, with what became of it."""

    id: int
    version: int
    title: str
    about_url: str
    activity_id: int | None
    contract_id: int | None
    directorate_id: int
    division_id: int | None
    committee_id: int
    committee: str
    asked_by_id: int
    asked_by: str
    asked_at: datetime
    about: AskReason
    reason: str
    preferred_on: date | None
    preferred_meeting_id: int | None
    state: RequestState
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None
    merged_into_id: int | None
    item_id: int | None
    heard_on: date | None
    outcome: ItemOutcome | None

    @property
    def url(self) -> str:
        return f"/pre-scrutiny/{self.id}"

    @property
    def colour(self) -> str:
        return COLOURS[self.state]

    @property
    def waits(self) -> bool:
        return self.state is RequestState.ASKED

    def is_answered_by(self, reader: Reader) -> bool:
        """A clerk of the part of the council it is about, or the committee's chair."""
        may = Permission.ANSWER_REQUESTS
        chairs = self.committee_id in reader.committees_for(may)
        return chairs or reader.may_in(may, self.directorate_id, self.division_id)


def seen_by(reader: Reader, today: date) -> ColumnElement[bool]:
    """Requests that are not about something under embargo for the reader; Activity and Contract are joined."""
    return and_(
        or_(PreScrutinyRequest.activity_id.is_(None), open_to(reader, today)),
        or_(PreScrutinyRequest.contract_id.is_(None), not_embargoed_from(reader, today)),
    )


def requests(
    session: Session, reader: Reader, *, today: date, which: ColumnElement[bool] | None = None
) -> list[RequestFacts]:
    """Those that wait first, the oldest of them first; then the latest."""
    preferred, heard = aliased(Meeting), aliased(Meeting)
    query: Select[*tuple[Any, ...]] = (  # Any: columns of many kinds
        select(
            PreScrutinyRequest,
            func.coalesce(Activity.title, Contract.title).label("title"),
            func.coalesce(Activity.directorate_id, Contract.directorate_id).label("directorate_id"),
            func.coalesce(Activity.division_id, Contract.division_id).label("division_id"),
            Committee.name.label("committee"),
            preferred.meets_on.label("preferred_on"),
            heard.meets_on.label("heard_on"),
            AgendaItem.outcome,
        )
        .join(Committee, Committee.id == PreScrutinyRequest.committee_id)
        .outerjoin(Activity, Activity.id == PreScrutinyRequest.activity_id)
        .outerjoin(Contract, Contract.id == PreScrutinyRequest.contract_id)
        .outerjoin(preferred, preferred.id == PreScrutinyRequest.preferred_meeting_id)
        .outerjoin(AgendaItem, AgendaItem.id == PreScrutinyRequest.item_id)
        .outerjoin(heard, heard.id == AgendaItem.meeting_id)
        .where(true() if which is None else which, seen_by(reader, today))
        .order_by(PreScrutinyRequest.id)
    )
    found = [_facts(row) for row in session.execute(query)]
    waiting = [one for one in found if one.waits]
    return waiting + [one for one in reversed(found) if not one.waits]


def _facts(row: Row[Any]) -> RequestFacts:
    one: PreScrutinyRequest = row.PreScrutinyRequest
    about_url = f"/activities/{one.activity_id}" if one.activity_id else f"/contracts/{one.contract_id}"
    return RequestFacts(
        id=one.id,
        version=one.version,
        title=row.title,
        about_url=about_url,
        activity_id=one.activity_id,
        contract_id=one.contract_id,
        directorate_id=row.directorate_id,
        division_id=row.division_id,
        committee_id=one.committee_id,
        committee=row.committee,
        asked_by_id=one.asked_by_id,
        asked_by=one.asked_by,
        asked_at=one.asked_at,
        about=one.about,
        reason=one.reason,
        preferred_on=row.preferred_on,
        preferred_meeting_id=one.preferred_meeting_id,
        state=one.state,
        answer=one.answer,
        answered_by=one.answered_by,
        answered_at=one.answered_at,
        merged_into_id=one.merged_into_id,
        item_id=one.item_id,
        heard_on=row.heard_on,
        outcome=row.outcome,
    )


def one_request(session: Session, request_id: int, reader: Reader, today: date) -> RequestFacts | None:
    return next(iter(requests(session, reader, today=today, which=PreScrutinyRequest.id == request_id)), None)


def standing_beside(session: Session, request: RequestFacts, reader: Reader, today: date) -> list[RequestFacts]:
    """Other requests to the committee that it could be merged into."""
    which = and_(
        PreScrutinyRequest.committee_id == request.committee_id,
        PreScrutinyRequest.id != request.id,
        PreScrutinyRequest.state.in_((RequestState.ASKED, RequestState.ACCEPTED)),
    )
    return requests(session, reader, today=today, which=which)


def waiting_for(session: Session, reader: Reader, today: date) -> list[RequestFacts]:
    """Those that wait for the reader's own answer, as clerk or chair."""
    if not reader.may(Permission.ANSWER_REQUESTS):
        return []
    found = requests(session, reader, today=today, which=PreScrutinyRequest.state == RequestState.ASKED)
    return [one for one in found if one.is_answered_by(reader)]


def of_activity(session: Session, activity_id: int, reader: Reader, today: date) -> list[RequestFacts]:
    return requests(session, reader, today=today, which=PreScrutinyRequest.activity_id == activity_id)
