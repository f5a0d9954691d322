"""The monthly report for management teams and boards: what is late, missing, slipped or new; each count its list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.audit import Action, Change
from app.core.clock import LONDON
from app.core.dates import add_months, day
from app.core.findings import Asked, FindingKind, kind_of
from app.decisions.models import Activity, ActivityMove, ActivityState, DecisionMove
from app.decisions.queries.activities import ActivityFacts, activities
from app.decisions.queries.decisions import DecisionFacts, decisions
from app.decisions.rules import two_pages
from app.decisions.rules.timing import Timing
from app.register.queries import findings
from app.register.queries.findings import Order

#: Rows of each part and of each kind of notice that print, at the most.
TOP, TOP_NOTICES = two_pages.TOPS[0]
#: Findings that are parts of the report by themselves.
LATE, TOO_LATE, NO_DECISION, STILL_SPENT = "slipped", "latest-start", "no-decision", "spend-after-end"
#: Findings that ask for a notice: of a key decision, and of the procurement law.
NOTICES = ("KD2", "KD3", "KD4", "KD5", "PA1", "PA2", "PA4", "PA5", "PA7", "PA8")
SLIPPED, NEW, CALLED_IN = "slipped", "new", "called-in"


@dataclass(frozen=True)
class Row:
    """One line of a part, with how it comes to stand there."""

    title: str
    url: str
    working: str


@dataclass(frozen=True)
class Part:
    """One thing the report counts."""

    heading: str
    number: int
    #: The list of so many.
    url: str
    #: The first of them, in clipped words.
    rows: tuple[Row, ...]

    def cut(self, top: int) -> "Part":
        return replace(self, rows=self.rows[:top])

    @property
    def rest(self) -> str:
        """What the report leaves out, in words; nothing where it leaves out nothing."""
        more = self.number - len(self.rows)
        return f"And {more:,} more" if more and self.rows else f"{more:,} in all" if more else ""


@dataclass(frozen=True)
class Monthly:
    """The report."""

    since: date
    parts: tuple[Part, ...]
    #: One for each kind of notice that is due.
    notices: tuple[Part, ...]

    @property
    def notices_due(self) -> int:
        return sum(one.number for one in self.notices)


def since(today: date) -> date:
    return add_months(today, -1)


def monthly(session: Session, asked: Asked) -> Monthly:
    """Of the whole council or a part of it, as far as the reader may see."""
    changed = changed_since(session, asked)
    numbers = findings.counts(session, asked)
    parts = (
        _of_finding(session, asked, LATE, "Late: the day a key decision was expected has passed", numbers),
        _of_finding(session, asked, TOO_LATE, "Late: expected too late for the present agreement's end", numbers),
        _of_finding(session, asked, NO_DECISION, "Started with no decision recorded", numbers),
        _of_rows(asked, SLIPPED, "Slipped since last month", changed[SLIPPED]),
        _of_finding(session, asked, STILL_SPENT, "Expired and still spending", numbers),
        _of_rows(asked, NEW, "New since last month", changed[NEW]),
        _of_rows(asked, CALLED_IN, "Called in since last month, or with no outcome yet", changed[CALLED_IN]),
    )
    known = [kind for code in NOTICES if (kind := kind_of(code)) is not None and numbers[code]]
    due = [_of_finding(session, asked, kind.code, _words(kind, numbers), numbers, TOP_NOTICES) for kind in known]
    top, top_notices = two_pages.tops(*([[row.working for row in one.rows] for one in held] for held in (parts, due)))
    return Monthly(since(asked.today), tuple(one.cut(top) for one in parts), tuple(one.cut(top_notices) for one in due))


def _words(kind: FindingKind, numbers: Mapping[str, int]) -> str:
    words = kind.one if numbers[kind.code] == 1 else kind.many
    return f"{words[:1].upper()}{words[1:]}"


def part_query(asked: Asked) -> dict[str, int]:
    units = {"directorate": asked.directorate_id, "division": asked.division_id}
    return {name: number for name, number in units.items() if number is not None}


def _of_finding(
    session: Session, asked: Asked, code: str, heading: str, numbers: Mapping[str, int], top: int = TOP
) -> Part:
    kind, url = kind_of(code), f"/to-do/{code}?{urlencode({'whose': 'all'} | part_query(asked))}"
    if kind is None or not numbers.get(code):
        return Part(heading, 0, url, ())
    found = findings.found_page(session, kind, asked, Order(), 1, top)
    rows = (Row(one.title, kind.page.format(one.id), one.working) for one in found)
    return Part(heading, numbers[code], url, tuple(_clipped(one) for one in rows))


def _of_rows(asked: Asked, which: str, heading: str, rows: Sequence[Row]) -> Part:
    url = f"/decisions/monthly/list?{urlencode({'which': which} | part_query(asked))}"
    return Part(heading, len(rows), url, tuple(_clipped(one) for one in rows[:TOP]))


def _clipped(one: Row) -> Row:
    working = two_pages.clipped(one.working, two_pages.WORKING)
    return Row(two_pages.clipped(one.title, two_pages.TITLE), one.url, working)


# What changed in the month


def changed_since(session: Session, asked: Asked) -> Mapping[str, Sequence[Row]]:
    """What slipped, what is new and what was called in, each in the order of when it is expected."""
    start = datetime.combine(since(asked.today), time(), LONDON)
    mine = [one for one in activities(session, asked.reader, today=asked.today) if _is_of(one, asked)]
    about = [one for one in decisions(session, asked.reader, today=asked.today) if _is_of(one.activity, asked)]
    added = _added(session, start)
    key = [one for one in mine if one.answer.is_needed and one.state is ActivityState.EXPECTED]
    return {
        SLIPPED: list(_slipped(session, key, about, start)),
        NEW: [_new(one, added[one.id]) for one in key if one.id in added],
        CALLED_IN: [_called_in(one) for one in about if _is_called_in(one, since(asked.today))],
    }


def _is_of(one: ActivityFacts, asked: Asked) -> bool:
    of_directorate = asked.directorate_id in {None, one.directorate_id}
    return of_directorate and asked.division_id in {None, one.division_id}


def _added(session: Session, start: datetime) -> Mapping[int, date]:
    query = select(Change.record_id, Change.at).where(
        Change.record_kind == "activity",
        Change.part == Activity.__tablename__,
        Change.action == Action.ADDED,
        Change.at >= start,
    )
    return {number: at.astimezone(LONDON).date() for number, at in session.execute(query.order_by(Change.id))}


def _new(one: ActivityFacts, added_on: date) -> Row:
    return Row(one.title, one.url, f"{one.short_value}; expected {one.timing}; recorded on {day(added_on)}.")


def _slipped(
    session: Session, key: Sequence[ActivityFacts], about: Sequence[DecisionFacts], start: datetime
) -> Iterable[Row]:
    """The main decision of an activity, and the other one; each said once, by where it stood when the month began."""
    mains = _put_off(
        session.scalars(select(ActivityMove).where(ActivityMove.moved_at >= start).order_by(ActivityMove.id))
    )
    others = _put_off(
        session.scalars(select(DecisionMove).where(DecisionMove.moved_at >= start).order_by(DecisionMove.id))
    )
    kept = {one.id for one in key}
    yield from (Row(one.title, one.url, mains[one.id]) for one in key if one.id in mains)
    yield from (
        Row(f"{one.title}: {one.kind}", one.url, others[one.id])
        for one in about
        if one.id in others and one.activity.id in kept
    )


def _put_off(moves: Iterable[ActivityMove | DecisionMove]) -> Mapping[int, str]:
    """By what was moved. What came earlier again in the same month has not slipped."""
    told: dict[int, list[ActivityMove | DecisionMove]] = {}
    for one in moves:
        told.setdefault(one.decision_id if isinstance(one, DecisionMove) else one.activity_id, []).append(one)
    found = {}
    for number, every in told.items():
        was, now = Timing(every[0].was_timing, every[0].was_on), Timing(every[-1].now_timing, every[-1].now_on)
        if was.last is not None and (now.last is None or now.last > was.last):
            found[number] = f"From {was} to {now if now.last else 'a day not yet known'}: {every[-1].reason}"
    return found


def _is_called_in(one: DecisionFacts, first: date) -> bool:
    return one.called_in_on is not None and (one.called_in_on >= first or one.call_in_outcome is None)


def _called_in(one: DecisionFacts) -> Row:
    outcome = f"{one.call_in_outcome}, {day(one.call_in_outcome_on)}" if one.call_in_outcome else "no outcome yet"
    return Row(
        one.title, one.url, f"Called in on {day(one.called_in_on)} by {one.called_in_by or 'members'}: {outcome}."
    )
