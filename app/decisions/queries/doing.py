"""What is to be done about decisions in a part of the council: each count with the list of exactly its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from app.core.rights import Reader, Units
from app.council import queries as council
from app.council.calendar import Quarter
from app.decisions.queries.activities import ActivityFacts, standing_activities
from app.decisions.queries.decisions import DecisionFacts, decisions
from app.decisions.queries.forthcoming import Wanted
from app.decisions.queries.proposals import Proposal, late_proposals
from app.decisions.rules.horizon import Horizon


@dataclass(frozen=True)
class Part:
    """A part of the council, by the words that name it and the filters that mean it; neither filter means all of it."""

    name: str
    directorate_id: int | None = None
    division_id: int | None = None

    def wanted(self, first: date | None = None, last: date | None = None) -> Wanted:
        return Wanted(None, self.directorate_id, self.division_id, first, last)

    def address(self, path: str, **asked: object) -> str:
        unit = {"directorate": self.directorate_id, "division": self.division_id}
        every = {**asked, **unit}
        return f"{path}?{urlencode({name: value for name, value in every.items() if value is not None})}"


@dataclass(frozen=True)
class Count:
    """A number, what it counts, and the list of exactly those rows."""

    number: int
    words: str
    url: str
    pressing: bool = False


@dataclass(frozen=True)
class Doing:
    """What is to be done in one part of the council; nothing is said of what there is nothing of."""

    part: Part
    counts: tuple[Count, ...]


def parts_of(session: Session, units: Units) -> list[Part]:
    """One for each directorate or division held; a directorate's own divisions are not told twice."""
    if units.everywhere:
        return [Part("the whole council")]
    every = council.directorates(session)
    directorates = [Part(one.name, one.id) for one in every if one.id in units.directorates]
    return directorates + [
        Part(division.name, division_id=division.id)
        for one in every
        for division in one.divisions
        if division.id in units.divisions and one.id not in units.directorates
    ]


def needs_doing(session: Session, reader: Reader, horizon: Horizon, *, today: date, units: Units) -> list[Doing]:
    """Late proposals, decisions expected by the next quarter's end, dates that have passed."""
    late = late_proposals(session, reader, horizon, today=today)
    every = standing_activities(session, reader, horizon, as_at=today, today=today)
    coming = [one for one, where in every if where.is_forthcoming]
    passed = [
        one for one in decisions(session, reader, today=today) if one.awaits_key_decision and one.is_overdue(today)
    ]
    return [
        Doing(part, tuple(count for count in _counts(part, late, coming, passed, today) if count.number))
        for part in parts_of(session, units)
    ]


def _counts(
    part: Part,
    late: Sequence[Proposal],
    coming: Sequence[ActivityFacts],
    passed: Sequence[DecisionFacts],
    today: date,
) -> Iterator[Count]:
    soon = (Quarter.of(today) + 1).last
    anywhen, by_then = part.wanted(), part.wanted(today, soon)
    yield _count(
        sum(anywhen.takes_proposal(one) for one in late),
        ("proposal whose latest start has passed", "proposals whose latest start has passed"),
        part.address("/proposals", which="late", committee="all"),
        pressing=True,
    )
    yield _count(
        sum(by_then.takes(one) for one in coming),
        ("decision expected by the end of next quarter", "decisions expected by the end of next quarter"),
        part.address("/forthcoming", committee="all", **{"from": today, "to": soon}),
    )
    yield _count(
        sum(anywhen.takes_decision(one) for one in passed),
        ("decision whose date has passed", "decisions whose date has passed"),
        part.address("/decisions", state="date passed"),
        pressing=True,
    )


def _count(number: int, words: tuple[str, str], url: str, *, pressing: bool = False) -> Count:
    return Count(number, words[number != 1], url, pressing)
