"""Three years on one sheet: what is forthcoming, quarter by committee, read by somebody entitled to nothing exempt."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from app.core.pages import plural
from app.council import queries as council
from app.council.calendar import Quarter
from app.decisions.queries.activities import ActivityFacts, forthcoming_activities
from app.decisions.queries.committees.packs import EVERYBODY
from app.decisions.queries.committees.programme import committee_of
from app.decisions.queries.forthcoming import LATE, Wanted, counted
from app.decisions.rules.horizon import Horizon
from app.decisions.rules.timing import TimingKind
from reports.sheet import Sheet, SheetEntry, SheetRow

QUARTERS = 12
UNDATED = "Timing not yet known"
NO_COMMITTEE = "No committee recorded"


def three_years(session: Session, wanted: Wanted, today: date) -> Sheet:
    """Twelve quarters from the one today is in; late ones first, undated ones last, later ones left out."""
    first = Quarter.of(today)
    quarters = [first + place for place in range(QUARTERS)]
    horizon = Horizon(today, quarters[-1].last)
    found = forthcoming_activities(session, EVERYBODY, horizon, as_at=today, today=today)
    part = replace(wanted, committees=None)
    placed = [(one, committee_of(session, one, today)) for one, _ in found if part.takes(one)]
    kept = [(one, where) for one, where in placed if wanted.committees is None or where in wanted.committees]
    columns = [*(str(quarter) for quarter in quarters), UNDATED]
    if any(one.is_overdue(today) for one, _ in kept):
        columns.insert(0, LATE)
    held: defaultdict[tuple[int | None, str], list[ActivityFacts]] = defaultdict(list)
    for one, where in kept:
        held[where, _column(one, quarters, today)].append(one)
    remits = council.remits_in_words(session)
    rows = [
        SheetRow(name, note, tuple(tuple(_entry(one, today) for one in held[where, column]) for column in columns))
        for where, name, note in [
            *((one.id, one.name, remits.get(one.id, "")) for one in council.committees(session)),
            (None, NO_COMMITTEE, ""),
        ]
        if any(held.get((where, column)) for column in columns)
    ]
    return Sheet(
        title="Three years of key decisions, by committee",
        counts=_counts([one for one, _ in kept], len(rows)),
        council=council.the_council(session).name,
        on=today,
        columns=tuple(columns),
        rows=tuple(rows),
    )


def _counts(every: Sequence[ActivityFacts], committees: int) -> str:
    return f"{counted(every, 'key decision', 'key decisions')}, {plural(committees, 'committee')}"


def _column(one: ActivityFacts, quarters: Sequence[Quarter], today: date) -> str:
    """A year's last quarter, where no more is known; of a year that runs beyond the sheet, the sheet's last."""
    last = one.timing.last
    if last is None:
        return UNDATED
    if one.is_overdue(today):
        return LATE
    return str(min(Quarter.of(last), quarters[-1]))


def _entry(one: ActivityFacts, today: date) -> SheetEntry:
    """A quarter says nothing that its column does not."""
    is_exact = one.timing.kind in {TimingKind.DAY, TimingKind.NOT_BEFORE} or one.is_overdue(today)
    whole_year = f"Some time in {one.timing}" if one.timing.kind is TimingKind.YEAR else ""
    when = whole_year or (one.when(today) if is_exact else "")
    decision = str(one.decision)
    return SheetEntry(
        one.title, one.url, tuple(word for word in (one.short_value, decision[:1].upper() + decision[1:], when) if word)
    )
