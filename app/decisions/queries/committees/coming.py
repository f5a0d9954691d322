"""A member's own page: what is coming to their committees, what has changed since these last met, what they asked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.core.audit import Action, Change
from app.core.clock import LONDON
from app.core.dates import add_months
from app.core.rights import Permission, Reader
from app.council import queries as council
from app.council.calendar import Quarter
from app.decisions.models import Activity, ActivityMove, AgendaItem, Following, PreScrutinyRequest
from app.decisions.queries.activities import ActivityFacts, activities, forthcoming_activities
from app.decisions.queries.committees import items as of_items
from app.decisions.queries.committees.items import ItemFacts
from app.decisions.queries.committees.programme import by_default, committee_of, meetings
from app.decisions.queries.committees.requests import RequestFacts, requests, waiting_for
from app.decisions.queries.committees.running import Running, running_under
from app.decisions.queries.forthcoming import Mark, counted
from app.decisions.rules import pre_scrutiny as rules
from app.decisions.rules.horizon import rolling_horizon
from app.decisions.rules.timing import Timing, TimingKind

#: Where a committee has not met yet, what is new is new for so long.
NEW_MONTHS = 3
NEW, CHANGED, SLIPPED = Mark("New", "blue"), Mark("Changed", "yellow"), Mark("Slipped", "orange")
LATE = "Expected before today and not decided"
UNDATED = "Timing not yet known"


@dataclass(frozen=True)
class Entry:
    """One decision that is coming, as a member reads it."""

    activity: ActivityFacts
    committee_id: int | None
    committee: str
    when: str
    contract: Running | None
    #: New, changed or slipped since the committee last met.
    marks: tuple[Mark, ...]
    pre_scrutiny: str
    #: The meeting it comes to by default, until somebody takes it up.
    comes_on: date | None
    #: It comes by default, and no meeting is left that could hear it before the decision.
    comes_too_late: bool
    item: ItemFacts | None
    followed: bool
    #: What this reader has asked of it.
    asked: RequestFacts | None


@dataclass(frozen=True)
class EntryGroup:
    """The decisions of one quarter."""

    heading: str
    counts: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class MyCommittees:
    """The page."""

    #: Each of my committees with its id and the day it last met and next meets.
    committees: tuple["MyCommittee", ...]
    counts: str
    groups: tuple[EntryGroup, ...]
    followed: tuple[Entry, ...]
    requests: tuple[RequestFacts, ...]
    heard: tuple[ItemFacts, ...]
    #: The reader chairs one of them, and these wait for an answer.
    is_chair: bool
    to_answer: tuple[RequestFacts, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for group in self.groups for entry in group.entries)


@dataclass(frozen=True)
class MyCommittee:
    """One committee a member sits on, or that looks after their portfolio."""

    id: int
    name: str
    last_met_on: date | None
    meets_next_on: date | None


def my_committees(
    session: Session, reader: Reader, committees: Collection[int], today: date, *, mark: str | None = None
) -> MyCommittees:
    """What is coming to these committees; a mark narrows it to what is new, changed or slipped."""
    mine = _committees(session, committees, today)
    found = forthcoming_activities(session, reader, rolling_horizon(today), as_at=today, today=today)
    coming = [one for one, _ in found if committee_of(session, one, today) in committees]
    following = _followed(session, reader)
    others = [number for number in following if number not in {one.id for one in coming}]
    beside = activities(session, reader, today=today, which=Activity.id.in_(others)) if others else []
    entries = _entries(session, reader, [*coming, *beside], following, mine, today)
    own = [one for one in entries if one.committee_id in committees and one.activity.id not in set(others)]
    shown = [one for one in own if mark is None or any(held.words == mark for held in one.marks)]
    asked = requests(session, reader, today=today, which=PreScrutinyRequest.asked_by_id == reader.id)
    heard = of_items.items(session, reader, today=today, which=_heard(committees))
    chaired = reader.committees_for(Permission.ANSWER_REQUESTS)
    waiting = waiting_for(session, reader, today) if chaired else []
    return MyCommittees(
        committees=mine,
        counts=counted([one.activity for one in shown], "key decision", "key decisions"),
        groups=tuple(_groups(shown, today)),
        followed=tuple(one for one in entries if one.followed),
        requests=tuple(asked),
        heard=tuple(reversed(heard))[:SHOWN_HEARD],
        is_chair=bool(chaired),
        to_answer=tuple(one for one in waiting if one.committee_id in chaired),
    )


#: The latest outcomes shown on the page itself; the rest stand under "You said, we did".
SHOWN_HEARD = 5


def _heard(committees: Collection[int]) -> ColumnElement[bool]:
    return AgendaItem.committee_id.in_(committees) & AgendaItem.outcome.is_not(None)


def _committees(session: Session, committees: Collection[int], today: date) -> tuple[MyCommittee, ...]:
    held: defaultdict[int, list[date]] = defaultdict(list)
    for one in meetings(session, committees=committees):
        held[one.committee_id].append(one.meets_on)
    return tuple(
        MyCommittee(
            one.id,
            one.name,
            max((on for on in held[one.id] if on < today), default=None),
            min((on for on in held[one.id] if on >= today), default=None),
        )
        for one in council.committees(session)
        if one.id in committees
    )


def follows(session: Session, reader: Reader, activity_id: int) -> bool:
    return activity_id in _followed(session, reader)


def _followed(session: Session, reader: Reader) -> set[int]:
    mine = select(Following.activity_id).where(Following.person_id == reader.id).order_by(Following.id)
    return set(session.scalars(mine))


def _entries(
    session: Session,
    reader: Reader,
    every: Sequence[ActivityFacts],
    follows: Collection[int],
    mine: Iterable[MyCommittee],
    today: date,
) -> list[Entry]:
    numbers = [one.id for one in every]
    contracts = running_under(session, every, reader, today)
    held = of_items.by_activity(session, reader, numbers, today)
    asked = _asked(session, reader, numbers, today)
    names = {one.id: one.name for one in council.committees(session)}
    since = {one.id: one.last_met_on or add_months(today, -NEW_MONTHS) for one in mine}
    defaults, left = by_default(session, reader, set(since), today)
    coming_to = {one.activity.id: one.meeting.meets_on for one in defaults if one.meeting is not None}
    too_late = {one.activity.id for one in defaults if one.meeting is None and one.activity.timing.first is not None}
    left_out = {one.activity.id for one in left}
    changes = _Changes.of(session, numbers, min(since.values(), default=today))
    found = []
    for one in every:
        where = committee_of(session, one, today)
        item = _latest(held.get(one.id, []))
        own = next((request for request in asked.get(one.id, ()) if request.asked_by_id == reader.id), None)
        found.append(
            Entry(
                activity=one,
                committee_id=where,
                committee=names.get(where or 0, ""),
                when=one.when(today),
                contract=contracts.get(one.id),
                marks=changes.marks(one.id, since.get(where or 0, add_months(today, -NEW_MONTHS))),
                pre_scrutiny=rules.state_in_words(
                    outcome=item.outcome if item else None,
                    meets_on=item.meets_on if item else None,
                    on_programme=item is not None,
                    asked=any(request.waits for request in asked.get(one.id, ())),
                    left_out=one.id in left_out,
                    today=today,
                ),
                comes_on=coming_to.get(one.id),
                comes_too_late=one.id in too_late,
                item=item,
                followed=one.id in follows,
                asked=own,
            )
        )
    return found


def _latest(held: Sequence[ItemFacts]) -> ItemFacts | None:
    """The item still to be heard; else the last that was."""
    ahead = [one for one in held if one.outcome is None]
    return ahead[0] if ahead else (held[-1] if held else None)


def _asked(session: Session, reader: Reader, numbers: Collection[int], today: date) -> Mapping[int, list[RequestFacts]]:
    found: defaultdict[int, list[RequestFacts]] = defaultdict(list)
    which = PreScrutinyRequest.activity_id.in_(numbers)
    for one in requests(session, reader, today=today, which=which) if numbers else []:
        found[one.activity_id or 0].append(one)
    return found


@dataclass(frozen=True)
class _Changes:
    """On which days an activity was added, changed and put off."""

    added: Mapping[int, date]
    changed: Mapping[int, date]
    slipped: Mapping[int, date]

    @classmethod
    def of(cls, session: Session, numbers: Collection[int], since: date) -> "_Changes":
        added: dict[int, date] = {}
        changed: dict[int, date] = {}
        if not numbers:
            return cls({}, {}, {})
        start = datetime.combine(since, time(), LONDON)
        query = select(Change.record_id, Change.part, Change.action, Change.at).where(
            Change.record_kind == "activity", Change.record_id.in_(numbers), Change.at >= start
        )
        for number, part, action, at in session.execute(query.order_by(Change.id)):
            on = at.astimezone(LONDON).date()
            changed[number] = on
            if part == Activity.__tablename__ and action is Action.ADDED:
                added[number] = on
        return cls(added, changed, _slipped(session, numbers, start))

    def marks(self, number: int, last_met_on: date) -> tuple[Mark, ...]:
        """Since the day after the committee last met."""
        after = last_met_on + timedelta(days=1)

        def since(when: Mapping[int, date]) -> bool:
            return number in when and when[number] >= after

        if since(self.added):
            return (NEW, SLIPPED) if since(self.slipped) else (NEW,)
        if since(self.slipped):
            return (SLIPPED,)
        return (CHANGED,) if since(self.changed) else ()


def _slipped(session: Session, numbers: Collection[int], start: datetime) -> Mapping[int, date]:
    """The last day a decision was put off; one that comes earlier, or becomes known, has not slipped."""
    query = select(ActivityMove).where(ActivityMove.activity_id.in_(numbers), ActivityMove.moved_at >= start)
    found = {}
    for one in session.scalars(query.order_by(ActivityMove.id)):
        was, now = Timing(one.was_timing, one.was_on), Timing(one.now_timing, one.now_on)
        if was.last is not None and (now.last is None or now.last > was.last):
            found[one.activity_id] = one.moved_at.astimezone(LONDON).date()
    return found


# By quarter


def _groups(entries: Sequence[Entry], today: date) -> Iterable[EntryGroup]:
    ordered = sorted(entries, key=lambda one: (_place(one, today), one.activity.timing.sort_key, one.activity.id))
    for (_, heading), held in groupby(ordered, key=lambda one: _place(one, today)):
        rows = tuple(held)
        yield EntryGroup(heading, counted([one.activity for one in rows], "key decision", "key decisions"), rows)


def _place(entry: Entry, today: date) -> tuple[date, str]:
    one = entry.activity
    last = one.timing.last
    if last is None:
        return date.max, UNDATED
    if one.is_overdue(today):
        return date.min, LATE
    if one.timing.kind is TimingKind.YEAR:
        return last, f"Some time in {one.timing}"
    quarter = Quarter.of(last)
    return quarter.first, f"{quarter} ({quarter.first:%B} to {quarter.last:%B %Y})"
