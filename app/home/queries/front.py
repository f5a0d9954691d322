"""The front page, by role: counts that open their lists, what ends soon, meetings ahead, what changed lately."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.accounts.models import Person
from app.core.audit import Action, Change
from app.core.dates import add_months
from app.core.findings import Asked, Severity
from app.core.rights import Permission, Reader, ScopeKind, Units
from app.council import queries as council
from app.council.calendar import Quarter
from app.council.models import Committee, Directorate, Outcome, Portfolio, Setting
from app.council.queries import MeetingAhead
from app.decisions.models import Activity, ProposalAnswer
from app.home.history.kinds import open_to
from app.home.queries.doing import Whose, filters_of, most_pressing
from app.imports.models import ImportRun
from app.register.models import Approval, Arrangement, Contract, Programme, Provider, Service, SocialValueCommitment
from app.register.queries.contracts import heading_of
from app.register.queries.headings import Heading
from app.register.queries.narrowing import Wanted
from app.register.status import Status

QUARTERS_SHOWN = 4
MEETINGS_SHOWN = 6
CHANGES_SHOWN = 15
#: How far back the latest acts are looked for: one act may be a whole import.
CHANGES_READ = 2_000
MONTHS_AHEAD = 12


#: Kinds of finding shown on the front page; the rest are one link away.
KINDS_SHOWN = 6

# The part of the council a person comes for


@dataclass(frozen=True)
class Part:
    """The part of the council that is asked about; neither named means all of it."""

    directorate_id: int | None = None
    division_id: int | None = None


WHOLE = Part()


@dataclass(frozen=True)
class Home:
    """One part of the council on the front page, with the words that name it and the filter that means it."""

    name: str
    part: Part

    @property
    def filters(self) -> Mapping[str, int]:
        if self.part.division_id is not None:
            return {"division": self.part.division_id}
        return {"directorate": self.part.directorate_id} if self.part.directorate_id is not None else {}

    def address(self, path: str, **filters: object) -> str:
        asked = {**self.filters, **filters}
        return f"{path}?{urlencode(asked)}" if asked else path


def is_new(session: Session) -> bool:
    """Nothing is laid yet: no part of the council, so no contract either."""
    return council.council_if_any(session) is not None and not council.directorates(session)


def homes_of(session: Session, reader: Reader) -> list[Home]:
    """The units a person's roles hold in; the whole council for everybody else."""
    held = [grant for grant in reader.grants if grant.scope in {ScopeKind.DIRECTORATE, ScopeKind.DIVISION}]
    units = Units(
        everywhere=any(grant.scope is ScopeKind.COUNCIL for grant in reader.grants),
        directorates=frozenset(grant.scope_id or 0 for grant in held if grant.scope is ScopeKind.DIRECTORATE),
        divisions=frozenset(grant.scope_id or 0 for grant in held if grant.scope is ScopeKind.DIVISION),
    )
    if units.everywhere or not units:
        return [Home("the whole council", WHOLE)]
    return [*_directorates(session, units.directorates), *_divisions(session, units.divisions)]


def _directorates(session: Session, ids: frozenset[int]) -> Iterable[Home]:
    return (Home(found.name, Part(found.id)) for found in council.directorates(session) if found.id in ids)


def _divisions(session: Session, ids: frozenset[int]) -> Iterable[Home]:
    return (
        Home(found.name, Part(found.directorate_id, found.id))
        for found in council.divisions(session)
        if found.id in ids
    )


# Counts that open their lists


@dataclass(frozen=True)
class Count:
    """A number, what it counts, and the list of exactly those rows."""

    number: int
    words: str
    url: str
    pressing: bool = False


def needs_doing(session: Session, home: Home, reader: Reader, today: date) -> list[Count]:
    """Nothing is said of what there is nothing of."""
    found = [*_found(session, home, reader, today), *_ending(session, home, reader, today)]
    return [count for count in found if count.number]


def _ending(session: Session, home: Home, reader: Reader, today: date) -> Iterable[Count]:
    until = add_months(today, MONTHS_AHEAD)
    soon = _heading(session, home, reader, today, status=Status.LIVE, ends_from=today, ends_to=until)
    address = home.address("/contracts", status=Status.LIVE, ends_from=today, ends_to=until, sort="ends_on")
    yield Count(
        soon.contracts,
        _words(soon.contracts, "running contract ends", "running contracts end") + " within a year",
        address,
    )


def _words(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


def _found(session: Session, home: Home, reader: Reader, today: date) -> Iterable[Count]:
    """The most pressing kinds of finding; what is to be tidied up can wait for its list."""
    asked = Asked(reader, today, home.part.directorate_id, home.part.division_id)
    for one in most_pressing(session, asked, KINDS_SHOWN):
        address = f"/to-do/{one.kind.code}?{urlencode(filters_of(asked))}"
        yield Count(one.number, one.words, address, one.kind.severity is Severity.ACT)


def all_to_do(home: Home) -> str:
    """Everything that needs doing in this part."""
    return home.address("/to-do", whose=Whose.ALL)


def _heading(
    session: Session,
    home: Home,
    reader: Reader,
    today: date,
    *,
    status: Status | None = None,
    ends_from: date | None = None,
    ends_to: date | None = None,
) -> Heading:
    wanted = Wanted(
        directorate=home.part.directorate_id if home.part.division_id is None else None,
        division=home.part.division_id,
        status=status,
        ends_from=ends_from,
        ends_to=ends_to,
    )
    return heading_of(session, wanted, reader, today)


# What ends, by quarter


@dataclass(frozen=True)
class QuarterEnds:
    """The contracts that end in a quarter, and the list of them."""

    quarter: Quarter
    heading: Heading
    url: str


def ends_by_quarter(session: Session, home: Home, reader: Reader, today: date) -> list[QuarterEnds]:
    """From today on: what of this quarter is left, and the three quarters after it."""
    quarters = [Quarter.of(today) + number for number in range(QUARTERS_SHOWN)]
    return [_quarter_ends(session, home, reader, today, quarter) for quarter in quarters]


def _quarter_ends(session: Session, home: Home, reader: Reader, today: date, quarter: Quarter) -> QuarterEnds:
    first, last = max(quarter.first, today), quarter.last
    heading = _heading(session, home, reader, today, status=Status.LIVE, ends_from=first, ends_to=last)
    address = home.address("/contracts", status=Status.LIVE, ends_from=first, ends_to=last, sort="ends_on")
    return QuarterEnds(quarter, heading, address)


# Meetings


def meetings_ahead(session: Session, reader: Reader, today: date) -> list[MeetingAhead]:
    """Of the reader's own committees and those of their portfolio; of every committee for those who serve them."""
    found = council.meetings_between(session, today, add_months(today, MONTHS_AHEAD))
    own = council.committees_of(session, reader)
    return [one for one in found if not own or one.committee_id in own][:MEETINGS_SHOWN]


def shows_meetings(session: Session, reader: Reader) -> bool:
    return bool(council.committees_of(session, reader)) or reader.may(Permission.RECORD_DECISIONS)


# What changed lately


@dataclass(frozen=True)
class Lately:
    """One act on one record: who did what to it, and when."""

    at: datetime
    who: str
    what: str
    title: str
    url: str | None


@dataclass(frozen=True)
class _Kind:
    """A kind of record as history names it: its words, its title's column, and where its page is."""

    words: str
    title: InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
    path: str | None = None


KINDS: Mapping[str, _Kind] = {
    "contract": _Kind("Contract", Contract.title, "/contracts/"),
    "service": _Kind("Service", Service.name, "/services/"),
    "provider": _Kind("Provider", Provider.name, "/providers/"),
    "arrangement": _Kind("Arrangement", Arrangement.title, "/arrangements/"),
    "approval": _Kind("Approval", Approval.title, "/approvals/"),
    "activity": _Kind("Activity", Activity.title, "/activities/"),
    "proposal_answer": _Kind("Answer to a proposal", ProposalAnswer.reason),
    "social_value_commitment": _Kind("Commitment", SocialValueCommitment.text, "/social-value/"),
    "import_run": _Kind("Import", ImportRun.filename, "/import/"),
    "directorate": _Kind("Directorate", Directorate.name),
    "committee": _Kind("Committee", Committee.name, "/admin/committees/"),
    "portfolio": _Kind("Portfolio", Portfolio.name),
    "outcome": _Kind("Outcome", Outcome.name),
    "programme": _Kind("Programme", Programme.name),
    "setting": _Kind("Setting", Setting.name),
    "person": _Kind("Person", Person.name),
}


def changed_lately(session: Session, reader: Reader, today: date) -> list[Lately]:
    """The latest acts, a line for each record they touched; nothing of a record that is kept from this reader."""
    begun = func.min(Change.id)
    latest = (
        select(begun)
        .where(Change.id > _newest(session) - CHANGES_READ, open_to(reader, today))
        .group_by(Change.act, Change.record_kind, Change.record_id)
        .order_by(begun.desc())
        .limit(CHANGES_SHOWN)
    )
    changes = session.scalars(select(Change).where(Change.id.in_(latest)).order_by(Change.id.desc())).all()
    titles = _titles(session, changes)
    return [_lately(change, titles) for change in changes]


def _newest(session: Session) -> int:
    return session.scalar(select(func.max(Change.id))) or 0


def _titles(session: Session, changes: Sequence[Change]) -> dict[tuple[str, int], str]:
    titles: dict[tuple[str, int], str] = {}
    for kind, shown in KINDS.items():
        ids = {change.record_id for change in changes if change.record_kind == kind}
        if ids:
            table = shown.title.class_
            rows = session.execute(select(table.id, shown.title).where(table.id.in_(ids)))
            titles |= {(kind, row_id): title or "" for row_id, title in rows}
    return titles


def _lately(change: Change, titles: Mapping[tuple[str, int], str]) -> Lately:
    kind = KINDS.get(change.record_kind)
    title = titles.get((change.record_kind, change.record_id), "")
    url = f"{kind.path}{change.record_id}" if kind and kind.path and title else None
    whole = change.part == change.record_kind
    done = change.action if whole else Action.CHANGED
    words = kind.words if kind else change.record_kind.replace("_", " ").capitalize()
    return Lately(change.at, change.actor_name, f"{words} {done}", title, url)
