"""What is forthcoming, as its page, its paper and its files say it: activities by quarter, and proposals apart."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import pictures
from app.core.audit import Action, Change
from app.core.clock import LONDON
from app.core.dates import add_months, day
from app.core.money import pounds_short
from app.core.pages import plural
from app.core.pictures import Bar, BarPicture, Part
from app.core.rights import Reader
from app.council import queries as council
from app.council.calendar import FinancialYear, Quarter
from app.decisions.models import Activity
from app.decisions.queries.activities import ActivityFacts, forthcoming_activities
from app.decisions.queries.decisions import DecisionFacts
from app.decisions.queries.proposals import Proposal, dismissed, findings, not_dismissed
from app.decisions.rules.horizon import Horizon, Standing
from app.decisions.rules.proposals import Outcome
from app.decisions.rules.timing import TimingKind
from app.register.queries.remembered import Remembered, stamp_of

ZERO = Decimal(0)
#: Rows of proposals, watched ones and gaps on the page itself, the first of them at once; the rest are one link away.
AT_ONCE, SHOWN = 25, 200
#: What is new is new for so long, where no meeting says since when.
NEW_MONTHS = 3
CONFIRMED, PROPOSED = "Confirmed", "Proposed"
LATE = "Late"


@dataclass(frozen=True)
class Wanted:
    """Which part of what is forthcoming."""

    #: None: every committee, and what has none.
    committees: frozenset[int] | None = None
    directorate_id: int | None = None
    division_id: int | None = None
    first: date | None = None
    last: date | None = None

    def _place(self, committee_id: int | None, directorate_id: int, division_id: int | None) -> bool:
        return (
            (self.committees is None or committee_id in self.committees)
            and self.directorate_id in {None, directorate_id}
            and self.division_id in {None, division_id}
        )

    def _time(self, first: date | None, last: date | None) -> bool:
        if self.first is None and self.last is None:
            return True
        if first is None or last is None:
            return False
        return (self.first is None or last >= self.first) and (self.last is None or first <= self.last)

    def takes(self, one: ActivityFacts) -> bool:
        place = self._place(one.committee_id, one.directorate_id, one.division_id)
        return place and self._time(one.timing.first, one.timing.last)

    def takes_decision(self, one: DecisionFacts) -> bool:
        held = one.activity
        place = self._place(held.committee_id, held.directorate_id, held.division_id)
        return place and self._time(one.timing.first, one.timing.last)

    def takes_proposal(self, one: Proposal) -> bool:
        place = self._place(one.committee_id, one.directorate_id, one.division_id)
        return place and self._time(one.decide_by, one.decide_by)


@dataclass(frozen=True)
class Mark:
    """Something to notice about a row, in words."""

    words: str
    colour: str


@dataclass(frozen=True)
class ActivityRow:
    """An activity as the list prints it."""

    activity: ActivityFacts
    when: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class QuarterGroup:
    """The activities of one quarter, or of a year whose quarter is not known."""

    heading: str
    anchor: str
    counts: str
    rows: tuple[ActivityRow, ...]


@dataclass(frozen=True)
class YearGroup:
    heading: str
    counts: str
    quarters: tuple[QuarterGroup, ...]


@dataclass(frozen=True)
class Findings:
    """Proposals of one outcome: those shown, and how many there are."""

    every: tuple[Proposal, ...]

    @property
    def rows(self) -> tuple[Proposal, ...]:
        return self.every[:SHOWN]

    @property
    def first(self) -> tuple[Proposal, ...]:
        return self.every[:AT_ONCE]

    @property
    def unfolding(self) -> tuple[Proposal, ...]:
        """Shown when asked for, and on paper."""
        return self.every[AT_ONCE:SHOWN]

    @property
    def total(self) -> int:
        return len(self.every)


@dataclass(frozen=True)
class Forthcoming:
    """The page."""

    horizon: Horizon
    counts: str
    proposed_counts: str
    picture: BarPicture
    years: tuple[YearGroup, ...]
    undated: tuple[ActivityRow, ...]
    proposals: Findings
    watched: Findings
    gaps: Findings
    dismissed: Findings

    @property
    def rows(self) -> tuple[ActivityRow, ...]:
        dated = (row for year in self.years for quarter in year.quarters for row in quarter.rows)
        return (*dated, *self.undated)


_known: Remembered[Forthcoming] = Remembered(8)


def forthcoming(
    session: Session, reader: Reader, wanted: Wanted, horizon: Horizon, *, today: date, as_at: date | None = None
) -> Forthcoming:
    """Every key decision expected up to the horizon's end, and what the register proposes beside them.

    Kept until something is saved: it counts all that the register proposes, which grows with the register.
    """
    day_seen = as_at or today
    key = (wanted, horizon, today, day_seen, reader.exempt_units)
    return _known.get(stamp_of(session), key, lambda: _read(session, reader, wanted, horizon, today, day_seen))


def _read(session: Session, reader: Reader, wanted: Wanted, horizon: Horizon, today: date, as_at: date) -> Forthcoming:
    found = forthcoming_activities(session, reader, horizon, as_at=as_at, today=today)
    standings = [(one, where) for one, where in found if wanted.takes(one)]
    kept = [one for one, _ in standings]
    rows = _rows(session, kept, wanted, today)
    every = [one for one in findings(session, reader, horizon, today=today) if wanted.takes_proposal(one)]
    proposed = not_dismissed(every, Outcome.PROPOSED)
    expected = f"expected by {day(horizon.last)}"
    undated = {one.id for one, where in standings if where is Standing.UNDATED}
    return Forthcoming(
        horizon=horizon,
        counts=counted(kept, f"key decision {expected}", f"key decisions {expected}"),
        proposed_counts=counted_proposals(proposed),
        picture=by_quarter(kept, proposed, horizon, today),
        years=tuple(_years([row for row in rows if row.activity.id not in undated], today)),
        undated=tuple(row for row in rows if row.activity.id in undated),
        proposals=Findings(tuple(proposed)),
        watched=Findings(tuple(not_dismissed(every, Outcome.WATCHED))),
        gaps=Findings(tuple(not_dismissed(every, Outcome.GAP))),
        dismissed=Findings(tuple(dismissed(every))),
    )


# In words


def counted(every: Sequence[ActivityFacts], one: str, many: str) -> str:
    """As "14 key decisions, £83.2m, 2 exempt, 1 with no value known"."""
    return ", ".join((plural(len(every), one, many), *sums(every)))


def sums(every: Sequence[ActivityFacts]) -> list[str]:
    """What they come to, and how many say nothing of it."""
    spent = sum((held.expenditure[1] for held in every if held.expenditure), ZERO)
    saved = sum((held.savings[1] for held in every if held.savings), ZERO)
    exempt = sum(not held.amounts_open for held in every)
    unknown = sum(held.amounts_open and not held.lines for held in every)
    parts = (
        pounds_short(spent) if spent else "",
        f"{pounds_short(saved)} of savings" if saved else "",
        f"{exempt} exempt" if exempt else "",
        f"{unknown} with no value recorded" if unknown else "",
    )
    return [part for part in parts if part]


def counted_proposals(every: Sequence[Proposal]) -> str:
    late = sum(one.is_late for one in every)
    exempt = sum(one.exempt for one in every)
    total = sum((one.estimate for one in every if one.estimate), ZERO)
    parts = (
        plural(len(every), "proposal"),
        f"{late} late" if late else "",
        f"about {pounds_short(total)}" if total else "",
        f"{exempt} exempt" if exempt else "",
    )
    return ", ".join(part for part in parts if part)


# By quarter


def _rows(session: Session, every: Sequence[ActivityFacts], wanted: Wanted, today: date) -> list[ActivityRow]:
    new = _new(session, _since(session, wanted.committees, today)) if every else frozenset()
    return [ActivityRow(one, one.when(today), tuple(_marks(one, new, today))) for one in every]


def _since(session: Session, committees: Collection[int] | None, today: date) -> date:
    """The last meeting of these committees; without one, some months back."""
    back = add_months(today, -NEW_MONTHS)
    if committees is None:
        return back
    held = [one.meets_on for one in council.meetings_between(session, back, today) if one.committee_id in committees]
    return max((on for on in held if on < today), default=back)


def _new(session: Session, since: date) -> frozenset[int]:
    added = (Change.record_kind == "activity", Change.part == Activity.__tablename__, Change.action == Action.ADDED)
    return frozenset(
        session.scalars(select(Change.record_id).where(*added, Change.at >= datetime.combine(since, time(), LONDON)))
    )


def _marks(one: ActivityFacts, new: Collection[int], today: date) -> Iterable[Mark]:
    if one.decided_on is not None:
        yield Mark("Taken", "green")
    elif one.is_overdue(today):
        yield Mark("Date passed", "red")
    if one.is_slipped and one.original is not None:
        yield Mark(f"Slipped: originally {one.original}", "orange")
    elif one.moves:
        yield Mark("Moved", "yellow")
    if one.id in new:
        yield Mark("New", "blue")


def quarter_of(one: ActivityFacts) -> Quarter | None:
    return Quarter.of(one.timing.last) if one.timing.last else None


def _years(rows: Sequence[ActivityRow], today: date) -> Iterable[YearGroup]:
    late = [row for row in rows if row.activity.is_overdue(today)]
    dated = [row for row in rows if not row.activity.is_overdue(today)]
    if late:
        counts = _counts(late)
        group = QuarterGroup("Expected before today and not decided", LATE.lower(), counts, tuple(late))
        yield YearGroup("Date passed", counts, (group,))
    for year, of_year in groupby(dated, key=_year):
        held = list(of_year)
        quarters = tuple(
            QuarterGroup(heading, _anchor(heading), _counts(group), tuple(group))
            for heading, group in ((heading, list(group)) for heading, group in groupby(held, key=_heading))
        )
        yield YearGroup(str(year), _counts(held), quarters)


def _counts(rows: Sequence[ActivityRow]) -> str:
    return counted([row.activity for row in rows], "key decision", "key decisions")


def _year(row: ActivityRow) -> FinancialYear:
    return FinancialYear.of(row.activity.timing.last or date.max)


def _heading(row: ActivityRow) -> str:
    timing = row.activity.timing
    if timing.kind is TimingKind.YEAR:
        return f"Some time in {timing}"
    return _in_words(Quarter.of(timing.last or date.max))


def _in_words(quarter: Quarter) -> str:
    return f"{quarter} ({quarter.first:%B} to {quarter.last:%B %Y})"


def _place(quarter: Quarter, every: Sequence[ActivityFacts]) -> str:
    """Where on the page the quarter's own activities stand; those of a whole year stand under the year."""
    own = any(one.timing.kind is not TimingKind.YEAR for one in every)
    return f"#{_anchor(_in_words(quarter))}" if own else ""


def _anchor(heading: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in heading.lower()).split())


# The picture


def by_quarter(
    every: Sequence[ActivityFacts], proposed: Sequence[Proposal], horizon: Horizon, today: date
) -> BarPicture:
    """Each quarter from now to the horizon's end by what it decides on; what is late stands first."""
    late = _bar(
        LATE,
        [one for one in every if one.is_overdue(today)],
        [one for one in proposed if one.is_late],
        href="#proposals",
    )
    coming: defaultdict[Quarter | None, list[ActivityFacts]] = defaultdict(list)
    maybe: defaultdict[Quarter | None, list[Proposal]] = defaultdict(list)
    for one in every:
        if not one.is_overdue(today):
            coming[quarter_of(one)].append(one)
    for proposal in proposed:
        if proposal.decide_by and not proposal.is_late:
            maybe[Quarter.of(proposal.decide_by)].append(proposal)
    bars = [
        _bar(str(quarter), coming[quarter], maybe[quarter], href=_place(quarter, coming[quarter]))
        for quarter in _quarters(today, horizon.last)
    ]
    shown = ([late] if late.note else []) + bars
    return pictures.bars("Key decisions by quarter, by value", shown, heading="Quarter")


def _quarters(first: date, last: date) -> Iterable[Quarter]:
    quarter = Quarter.of(first)
    while quarter.first <= last:
        yield quarter
        quarter += 1


def _bar(label: str, every: Sequence[ActivityFacts], proposed: Sequence[Proposal], href: str = "") -> Bar:
    confirmed = sum((one.size for one in every), ZERO)
    maybe = sum((one.estimate for one in proposed if one.estimate), ZERO)
    exempt = sum(not one.amounts_open for one in every) + sum(one.exempt for one in proposed)
    notes = (
        plural(len(every), "decision") if every else "",
        f"{len(proposed)} proposed" if proposed else "",
        f"{exempt} exempt" if exempt else "",
    )
    parts = (Part(CONFIRMED, confirmed), Part(PROPOSED, maybe))
    return Bar(label, parts, note=", ".join(note for note in notes if note), href=href)
