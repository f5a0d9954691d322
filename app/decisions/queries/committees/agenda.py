"""One meeting's agenda, and what became of the items a committee has heard."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.rights import Reader
from app.decisions.models import Activity, AgendaItem, AgendaSection
from app.decisions.queries.committees.items import ItemFacts, items, open_rows
from app.decisions.queries.committees.programme import MeetingFacts, as_items, by_default, meeting
from app.register.models import Contract


@dataclass(frozen=True)
class SectionShown:
    """One section of the agenda, in order."""

    section: AgendaSection
    items: tuple[ItemFacts, ...]


@dataclass(frozen=True)
class Agenda:
    """A meeting with all that comes to it."""

    meeting: MeetingFacts
    sections: tuple[SectionShown, ...]

    @property
    def items(self) -> tuple[ItemFacts, ...]:
        return tuple(one for section in self.sections for one in section.items)

    @property
    def default_count(self) -> int:
        return sum(one.id is None for one in self.items)

    @property
    def lacking(self) -> tuple[ItemFacts, ...]:
        return tuple(one for one in self.items if one.lacks and one.outcome is None)


def agenda(session: Session, reader: Reader, meeting_id: int, today: date) -> Agenda:
    """Accepted items, and key decisions that come by default; none of these once the committee has met."""
    held = meeting(session, meeting_id)
    found = items(session, reader, today=today, which=AgendaItem.meeting_id == meeting_id)
    if held.meets_on >= today:
        defaults, _ = by_default(session, reader, {held.committee_id}, today)
        mine = [one for one in defaults if one.meeting is not None and one.meeting.id == meeting_id]
        found = [*found, *as_items(session, reader, mine, today)]
    sections = (SectionShown(one, tuple(row for row in found if row.section is one)) for one in AgendaSection)
    return Agenda(held, tuple(one for one in sections if one.items))


def how_many_items(session: Session, reader: Reader, today: date) -> Mapping[int, int]:
    """Items on each meeting's agenda, as far as the reader may know of them."""
    query = (
        select(AgendaItem.meeting_id, func.count(AgendaItem.id))
        .outerjoin(Activity, Activity.id == AgendaItem.activity_id)
        .outerjoin(Contract, Contract.id == AgendaItem.contract_id)
        .where(AgendaItem.meeting_id.is_not(None), AgendaItem.removed_at.is_(None), open_rows(reader, today))
        .group_by(AgendaItem.meeting_id)
        .order_by(AgendaItem.meeting_id)
    )
    return {number: count for number, count in session.execute(query) if number is not None}


def heard(session: Session, reader: Reader, committee_id: int, today: date) -> list[ItemFacts]:
    """What a committee has heard, the latest first."""
    which = (AgendaItem.committee_id == committee_id) & AgendaItem.outcome.is_not(None)
    return list(reversed(items(session, reader, today=today, which=which)))
