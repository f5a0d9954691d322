"""Loading the council's own list of social value measures: made, changed, and ended where the file has them no more."""

import enum
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.register.commands.social_value import follow_list, is_awarded
from app.register.models import (
    SocialValueCommitment,
    SocialValueFramework,
    SocialValueMeasure,
    SocialValueOutcome,
    SocialValueProxy,
    SocialValueTheme,
)


@dataclass(frozen=True, kw_only=True)
class MeasureWanted:
    """One row of a list."""

    number: int
    framework: str
    edition: str
    theme_code: str
    theme: str
    outcome_code: str
    outcome: str
    code: str
    title: str
    unit: str
    proxy_value: Decimal | None = None
    proxy_version: str | None = None
    counting: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    source: str | None = None
    licence: str | None = None
    #: What is wrong, a line for each cell.
    problems: tuple[str, ...] = ()


class MeasureOutcome(enum.StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class MeasurePlaced:
    """What became of one row, and why."""

    row: MeasureWanted
    outcome: MeasureOutcome
    remark: str = ""


@dataclass(frozen=True)
class Loaded:
    """What became of every row, of the measures the file has no more, and of the proxies that followed."""

    placed: tuple[MeasurePlaced, ...]
    ended: tuple[str, ...]
    frozen: int
    followed: int

    @property
    def lines(self) -> list[tuple[str, int]]:
        """As page and command line print them: the four in the middle add up to the first."""
        counts = Counter(one.outcome for one in self.placed)
        return [
            ("rows read", len(self.placed)),
            *((str(outcome), counts[outcome]) for outcome in MeasureOutcome),
            ("ended, no longer in the file", len(self.ended)),
            ("commitments whose proxy value stays as it is", self.frozen),
            ("commitments not awarded yet, whose proxy value follows", self.followed),
        ]


@dataclass
class _Places:
    frameworks: dict[tuple[str, str], SocialValueFramework] = field(default_factory=dict)
    themes: dict[tuple[int, str], SocialValueTheme] = field(default_factory=dict)
    outcomes: dict[tuple[int, str], SocialValueOutcome] = field(default_factory=dict)
    measures: dict[tuple[int, str], SocialValueMeasure] = field(default_factory=dict)
    seen: set[tuple[int, str]] = field(default_factory=set)
    #: Measures whose proxy value or version changed.
    changed: list[SocialValueMeasure] = field(default_factory=list)


#: What a row says of a measure itself.
_SAID = ("title", "unit", "proxy_value", "proxy_version", "counting", "from_on", "until_on")


def load_measures(session: Session, rows: Sequence[MeasureWanted], *, today: date) -> Loaded:
    """Take the list in, in the caller's transaction. A row is known by list, version and code; nothing is deleted."""
    places = _places(session)
    with session.no_autoflush:
        placed = tuple(_place(session, row, places) for row in rows)
    touched = {number for number, _ in places.seen}
    gone = [] if any(row.problems for row in rows) else _end_the_rest(places, touched, today)
    frozen, followed = _proxies(session, places.changed, today)
    session.flush()
    return Loaded(placed, tuple(gone), frozen, followed)


def _places(session: Session) -> _Places:
    frameworks = session.scalars(select(SocialValueFramework).options(selectinload(SocialValueFramework.measures)))
    places = _Places({(one.name, one.edition): one for one in frameworks})
    places.themes = {(one.framework_id, one.code): one for one in session.scalars(select(SocialValueTheme))}
    places.outcomes = {(one.framework_id, one.code): one for one in session.scalars(select(SocialValueOutcome))}
    places.measures = {
        (one.framework_id, one.code): one for framework in places.frameworks.values() for one in framework.measures
    }
    return places


def _place(session: Session, row: MeasureWanted, places: _Places) -> MeasurePlaced:
    if row.problems:
        return MeasurePlaced(row, MeasureOutcome.REFUSED, "; ".join(row.problems))
    framework = _framework(session, row, places)
    key = framework.id, row.code
    if key in places.seen:
        return MeasurePlaced(row, MeasureOutcome.REFUSED, f"{row.code} stands in the file twice: keep one row")
    places.seen.add(key)
    outcome = _outcome(session, row, framework, places)
    found = places.measures.get(key)
    if found is None:
        found = SocialValueMeasure(framework=framework, outcome_id=outcome.id, code=row.code)
        _say(found, row)
        session.add(found)
        session.flush()
        places.measures[key] = found
        return MeasurePlaced(row, MeasureOutcome.CREATED)
    old_proxy = found.proxy_value, found.proxy_version
    changes = [name for name in _SAID if getattr(found, name) != getattr(row, name)]
    moved = found.outcome_id != outcome.id
    found.outcome_id = outcome.id
    _say(found, row)
    if (found.proxy_value, found.proxy_version) != old_proxy:
        places.changed.append(found)
    words = ", ".join(name.replace("_", " ").removesuffix(" on") for name in changes)
    changed = MeasurePlaced(row, MeasureOutcome.UPDATED, f"Changes: {words or 'outcome'}")
    return changed if changes or moved else MeasurePlaced(row, MeasureOutcome.UNCHANGED)


def _say(measure: SocialValueMeasure, row: MeasureWanted) -> None:
    for name in _SAID:
        setattr(measure, name, getattr(row, name))


def _framework(session: Session, row: MeasureWanted, places: _Places) -> SocialValueFramework:
    found = places.frameworks.get((row.framework, row.edition))
    if found is None:
        found = SocialValueFramework(name=row.framework, edition=row.edition)
        session.add(found)
        session.flush()
        places.frameworks[row.framework, row.edition] = found
    found.source, found.licence = row.source or found.source, row.licence or found.licence
    return found


def _outcome(
    session: Session, row: MeasureWanted, framework: SocialValueFramework, places: _Places
) -> SocialValueOutcome:
    theme = places.themes.get((framework.id, row.theme_code))
    if theme is None:
        theme = SocialValueTheme(framework_id=framework.id, code=row.theme_code, title=row.theme)
        session.add(theme)
        session.flush()
        places.themes[framework.id, row.theme_code] = theme
    theme.title = row.theme
    outcome = places.outcomes.get((framework.id, row.outcome_code))
    if outcome is None:
        outcome = SocialValueOutcome(
            framework_id=framework.id, theme_id=theme.id, code=row.outcome_code, title=row.outcome
        )
        session.add(outcome)
        session.flush()
        places.outcomes[framework.id, row.outcome_code] = outcome
    outcome.title, outcome.theme_id = row.outcome, theme.id
    return outcome


def _end_the_rest(places: _Places, touched: set[int], today: date) -> list[str]:
    """Measures of the lists in the file that it has no more: they may be chosen until yesterday."""
    yesterday = today - timedelta(days=1)
    gone = []
    for key, measure in sorted(places.measures.items()):
        still_open = measure.until_on is None or measure.until_on > yesterday
        if key[0] in touched and key not in places.seen and still_open:
            measure.until_on = yesterday
            if measure.from_on is not None and measure.from_on > yesterday:
                measure.from_on = yesterday
            gone.append(measure.code)
    return gone


def _proxies(session: Session, changed: Sequence[SocialValueMeasure], today: date) -> tuple[int, int]:
    """Awarded commitments keep the value they have, from today frozen; others follow the list."""
    if not changed:
        return 0, 0
    query = (
        select(SocialValueProxy, SocialValueCommitment.contract_id)
        .join(SocialValueCommitment, SocialValueCommitment.id == SocialValueProxy.commitment_id)
        .where(SocialValueProxy.measure_id.in_([one.id for one in changed]))
        .order_by(SocialValueProxy.id)
    )
    frozen = followed = 0
    for proxy, contract_id in session.execute(query).all():
        if proxy.frozen_on is None and not is_awarded(session, contract_id):
            follow_list(proxy, proxy.measure)
            followed += 1
            continue
        proxy.frozen_on = proxy.frozen_on or today
        frozen += 1
    return frozen, followed
