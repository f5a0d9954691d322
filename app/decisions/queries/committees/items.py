"""Agenda items as a reader may see them: what is exempt says no more than its title, ground and outcome."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, true
from sqlalchemy.orm import Session

from app.core.rights import Permission, Reader
from app.council.models import Committee, Meeting
from app.decisions.models import Activity, AgendaItem, AgendaSection, ItemOutcome
from app.decisions.queries import activities as of_activities
from app.decisions.queries.activities import ActivityFacts
from app.decisions.queries.committees.running import Running, running, running_under
from app.decisions.queries.visibility import open_to
from app.decisions.rules import pre_scrutiny as rules
from app.decisions.rules.pre_scrutiny import Body
from app.register.models import Contract
from app.register.visibility import in_units, not_embargoed_from

#: What an item is known to lack before its papers go out.
NO_QUESTION = "what the committee is asked to do"
NO_MONEY = "its expenditure or savings"
NO_TIMING = "when the decision is expected"
NO_TAKER = "who decides"
WITHHELD = "Exempt"


@dataclass(frozen=True)
class ItemFacts:
    """One item of a work programme or agenda."""

    #: None: a key decision that comes by default and has not been taken up yet.
    id: int | None
    version: int
    committee_id: int
    committee: str
    body: Body
    meeting_id: int | None
    meets_on: date | None
    papers_due_on: date | None
    activity_id: int | None
    contract_id: int | None
    activity: ActivityFacts | None
    contract: Running | None
    section: AgendaSection
    position: int
    title: str
    asked_to: str | None
    note: str | None
    exempt: bool
    exempt_ground: str | None
    #: Whether this reader may read what is exempt of it.
    is_open: bool
    comments: str | None = None
    recommendations: str | None = None
    outcome: ItemOutcome | None = None
    minute_reference: str | None = None
    response: str | None = None
    responded_by: str | None = None
    responded_on: date | None = None
    changed: str | None = None
    removed_reason: str | None = None

    @property
    def url(self) -> str:
        return f"/agenda-items/{self.id}" if self.id is not None else f"/activities/{self.activity_id}"

    @property
    def about_url(self) -> str:
        if self.activity_id is not None:
            return f"/activities/{self.activity_id}"
        return f"/contracts/{self.contract_id}" if self.contract_id is not None else ""

    @property
    def unit(self) -> tuple[int | None, int | None]:
        """The directorate and division that answer for it."""
        if self.activity is not None:
            return self.activity.directorate_id, self.activity.division_id
        return (self.contract.directorate_id, self.contract.division_id) if self.contract else (None, None)

    def entitles(self, reader: Reader) -> bool:
        """Whether the reader may know what is exempt of it: for its part of the council, or with the committee."""
        return _entitled(reader, self.committee_id, self.unit)

    def is_changed_by(self, reader: Reader, permission: Permission) -> bool:
        """By whoever holds the permission for its part of the council, and may read it all."""
        held = reader.may(permission) if self.unit == (None, None) else reader.may_in(permission, *self.unit)
        return held and self.is_open

    @property
    def is_exempt(self) -> bool:
        """The item itself, or the amount of what it is about."""
        about = self.activity or self.contract
        return self.exempt or (about is not None and about.exempt)

    @property
    def value(self) -> str:
        if self.activity is not None:
            return self.activity.exact_value or self.activity.short_value
        return self.contract.value if self.contract else ""

    @property
    def lacks(self) -> tuple[str, ...]:
        """What a report cannot do without."""
        one = self.activity
        asked = (NO_QUESTION,) if not self.asked_to and self.is_open else ()
        if one is None:
            return asked
        money = (NO_MONEY,) if not one.exempt and not one.lines else ()
        timing = (NO_TIMING,) if one.timing.first is None and one.decided_on is None else ()
        return (*asked, *money, *timing, *(() if one.decision_taker else (NO_TAKER,)))

    def state(self, today: date) -> str:
        return rules.state_in_words(
            outcome=self.outcome,
            meets_on=self.meets_on,
            on_programme=True,
            asked=False,
            left_out=False,
            today=today,
        )


def open_rows(reader: Reader, today: date) -> ColumnElement[bool]:
    """Items that are not about something under embargo for the reader; Activity and Contract are joined."""
    return and_(
        or_(AgendaItem.activity_id.is_(None), open_to(reader, today)),
        or_(AgendaItem.contract_id.is_(None), not_embargoed_from(reader, today)),
    )


def items_whose_words_are_open_to(reader: Reader) -> Select[int]:
    """The items of which the reader may read everything that was written."""
    units = reader.exempt_units
    query = (
        select(AgendaItem.id)
        .outerjoin(Activity, Activity.id == AgendaItem.activity_id)
        .outerjoin(Contract, Contract.id == AgendaItem.contract_id)
    )
    if units.everywhere:
        return query
    held = (
        AgendaItem.committee_id.in_(reader.exempt_committees),
        Activity.directorate_id.in_(units.directorates),
        Activity.division_id.in_(units.divisions),
        and_(AgendaItem.contract_id.is_not(None), in_units(units)),
    )
    return query.where(or_(AgendaItem.exempt.is_(False), *held))


def items(
    session: Session,
    reader: Reader,
    *,
    today: date,
    which: ColumnElement[bool] | None = None,
    removed: bool = False,
) -> list[ItemFacts]:
    """In the order of their meetings and agendas; those on none come last."""
    query: Select[*tuple[Any, ...]] = (  # Any: columns of five kinds
        select(AgendaItem, Committee.name.label("committee"), Committee.kind, Meeting.meets_on, Meeting.papers_due_on)
        .join(Committee, Committee.id == AgendaItem.committee_id)
        .outerjoin(Meeting, Meeting.id == AgendaItem.meeting_id)
        .outerjoin(Activity, Activity.id == AgendaItem.activity_id)
        .outerjoin(Contract, Contract.id == AgendaItem.contract_id)
        .where(true() if which is None else which, open_rows(reader, today))
        .where(true() if removed else AgendaItem.removed_at.is_(None))
        .order_by(Meeting.meets_on.nulls_last(), AgendaItem.position, AgendaItem.id)
    )
    rows = session.execute(query).all()
    about = _activities(session, reader, today, {row.AgendaItem.activity_id for row in rows})
    under = running_under(session, list(about.values()), reader, today)
    numbers = {row.AgendaItem.contract_id for row in rows if row.AgendaItem.contract_id is not None}
    contracts = running(session, numbers, reader, today)
    found = [
        _facts(row, about, under.get(row.AgendaItem.activity_id) or contracts.get(row.AgendaItem.contract_id), reader)
        for row in rows
    ]
    order = list(AgendaSection)
    return sorted(found, key=lambda one: (one.meets_on or date.max, order.index(one.section), one.position, one.id))


def _activities(
    session: Session, reader: Reader, today: date, numbers: Collection[int | None]
) -> Mapping[int, ActivityFacts]:
    known = [number for number in numbers if number is not None]
    if not known:
        return {}
    found = of_activities.activities(session, reader, today=today, which=Activity.id.in_(known))
    return {one.id: one for one in found}


def _entitled(reader: Reader, committee_id: int, unit: tuple[int | None, int | None]) -> bool:
    return committee_id in reader.exempt_committees or reader.exempt_units.include(*unit)


def _facts(row: Row[Any], about: Mapping[int, ActivityFacts], contract: Running | None, reader: Reader) -> ItemFacts:
    one: AgendaItem = row.AgendaItem
    activity = about.get(one.activity_id or 0)
    owner = activity or contract
    unit = (owner.directorate_id, owner.division_id) if owner else (None, None)
    is_open = not one.exempt or _entitled(reader, one.committee_id, unit)

    def said(words: str | None) -> str | None:
        return words if is_open else None

    return ItemFacts(
        id=one.id,
        version=one.version,
        committee_id=one.committee_id,
        committee=row.committee,
        body=Body(row.kind.value),
        meeting_id=one.meeting_id,
        meets_on=row.meets_on,
        papers_due_on=row.papers_due_on,
        activity_id=one.activity_id,
        contract_id=one.contract_id,
        activity=activity,
        contract=contract,
        section=one.section,
        position=one.position,
        title=one.title,
        asked_to=said(one.asked_to),
        note=said(one.note),
        exempt=one.exempt,
        exempt_ground=one.exempt_ground,
        is_open=is_open,
        comments=said(one.comments),
        recommendations=said(one.recommendations),
        outcome=one.outcome,
        minute_reference=one.minute_reference,
        response=said(one.response),
        responded_by=one.responded_by,
        responded_on=one.responded_on,
        changed=said(one.changed),
        removed_reason=(said(one.removed_reason) or WITHHELD) if one.removed_at else None,
    )


def one_item(session: Session, item_id: int, reader: Reader, today: date) -> ItemFacts | None:
    found = items(session, reader, today=today, which=AgendaItem.id == item_id, removed=True)
    return next(iter(found), None)


def by_activity(
    session: Session, reader: Reader, activity_ids: Collection[int], today: date
) -> Mapping[int, list[ItemFacts]]:
    """The items of each activity, in the order of their meetings."""
    found: defaultdict[int, list[ItemFacts]] = defaultdict(list)
    if activity_ids:
        for one in items(session, reader, today=today, which=AgendaItem.activity_id.in_(activity_ids)):
            found[one.activity_id or 0].append(one)
    return found
