"""What people do with the council's structure, settings and calendar. Never commits."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.dates import day as in_full
from app.core.errors import Refusal
from app.core.text import fold
from app.council import queries
from app.council.calendar import Span
from app.council.definitions import Days, Definition
from app.council.models import (
    BankHoliday,
    Committee,
    CommitteeKind,
    Council,
    Directorate,
    Division,
    Meeting,
    Outcome,
    Portfolio,
    Remit,
    Setting,
)
from app.council.rules import Threshold
from app.council.settings import CATALOGUE

#: Years of bank holidays a new council begins with: back as far as old contracts, on as far as plans look.
YEARS_BACK, YEARS_AHEAD = 12, 6


def create_council(session: Session, name: str, *, today: date, demo: bool = False) -> Council:
    """Add the one council with its first settings and England's bank holidays. Refuse a second."""
    there = queries.council_if_any(session)
    if there is not None:
        raise Refusal(f"This database belongs to {there.name} already: a second council needs a database of its own")
    council = Council(name=" ".join(name.split()), demo=demo)
    session.add(council)
    session.add_all(row for definition in CATALOGUE for row in queries.definition_rows(definition))
    session.flush()
    add_bank_holidays(session, range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1))
    return council


def change_council(council: Council, *, name: str, vesting_on: date | None, successor_name: str | None) -> None:
    if vesting_on is not None and not successor_name:
        raise Refusal("Name the council that takes over on the vesting day", field="successor_name")
    council.name, council.vesting_on, council.successor_name = name, vesting_on, successor_name


# Directorates and divisions


@dataclass(frozen=True)
class UnitWanted:
    """A directorate or division as it should stand."""

    name: str
    from_on: date | None = None
    until_on: date | None = None
    #: Its place in the structure chart; None: last.
    position: int | None = None
    code: str | None = None
    director_post: str | None = None


def add_directorate(session: Session, wanted: UnitWanted) -> Directorate:
    _check_dates(wanted)
    _check_directorate_name(session, wanted.name, None)
    directorate = Directorate(position=_last([found.position for found in queries.structure(session)]))
    _write_directorate(directorate, wanted)
    session.add(directorate)
    session.flush()
    return directorate


def change_directorate(session: Session, directorate: Directorate, wanted: UnitWanted) -> None:
    _check_dates(wanted)
    _check_directorate_name(session, wanted.name, directorate.id)
    _write_directorate(directorate, wanted)


def _write_directorate(directorate: Directorate, wanted: UnitWanted) -> None:
    _write_unit(directorate, wanted)
    directorate.code, directorate.director_post = wanted.code, wanted.director_post


def add_division(session: Session, directorate: Directorate, wanted: UnitWanted) -> Division:
    _check_dates(wanted)
    _check_division_name(directorate, wanted.name, None)
    division = Division(position=_last([found.position for found in directorate.divisions]))
    _write_unit(division, wanted)
    directorate.divisions.append(division)
    session.flush()
    return division


def change_division(division: Division, wanted: UnitWanted) -> None:
    _check_dates(wanted)
    _check_division_name(division.directorate, wanted.name, division.id)
    _write_unit(division, wanted)


def _write_unit(unit: Directorate | Division, wanted: UnitWanted) -> None:
    unit.name, unit.from_on, unit.until_on = wanted.name, wanted.from_on, wanted.until_on
    if wanted.position is not None:
        unit.position = wanted.position


def _last(positions: Iterable[int]) -> int:
    return max(positions, default=0) + 1


def _check_dates(wanted: UnitWanted) -> None:
    if wanted.from_on and wanted.until_on and wanted.until_on < wanted.from_on:
        raise Refusal(f"Enter a last day on or after its first, {in_full(wanted.from_on)}", field="until_on")


def _check_directorate_name(session: Session, name: str, own_id: int | None) -> None:
    found = session.scalar(select(Directorate.id).where(Directorate.name_key == fold(name)))
    if found not in {None, own_id}:
        raise Refusal(f"There is a directorate called {name} already: choose another name", field="name")


def _check_division_name(directorate: Directorate, name: str, own_id: int | None) -> None:
    if any(found.name_key == fold(name) and found.id != own_id for found in directorate.divisions):
        raise Refusal(f"{directorate.name} has a division called {name} already: choose another name", field="name")


# Committees and their meetings


@dataclass(frozen=True)
class CommitteeWanted:
    """A committee as it should stand, with the units it looks after."""

    name: str
    kind: CommitteeKind
    directorates: tuple[int, ...] = ()
    divisions: tuple[int, ...] = ()
    until_on: date | None = None


def add_committee(session: Session, wanted: CommitteeWanted) -> Committee:
    committee = Committee(position=_last([found.position for found in queries.committees(session)]))
    _write_committee(session, committee, wanted)
    session.add(committee)
    session.flush()
    return committee


def change_committee(session: Session, committee: Committee, wanted: CommitteeWanted) -> None:
    _write_committee(session, committee, wanted)


def _write_committee(session: Session, committee: Committee, wanted: CommitteeWanted) -> None:
    found = session.scalar(select(Committee.id).where(Committee.name_key == fold(wanted.name)))
    if found not in {None, committee.id}:
        raise Refusal(f"There is a committee called {wanted.name} already: choose another name", field="name")
    committee.name, committee.kind, committee.until_on = wanted.name, wanted.kind, wanted.until_on
    kept = {(remit.directorate_id, remit.division_id): remit for remit in committee.remits}
    covered = [*((unit, None) for unit in wanted.directorates), *((None, unit) for unit in wanted.divisions)]
    committee.remits = [
        kept.get(units) or Remit(directorate_id=units[0], division_id=units[1]) for units in covered
    ] + [remit for remit in committee.remits if remit.portfolio_id is not None]


@dataclass(frozen=True)
class MeetingWanted:
    """When a committee meets, and where."""

    meets_on: date
    papers_due_on: date | None = None
    place: str | None = None


def add_meeting(committee: Committee, wanted: MeetingWanted) -> Meeting:
    _check_meeting(committee.meetings, wanted)
    meeting = Meeting(meets_on=wanted.meets_on, papers_due_on=wanted.papers_due_on, place=wanted.place)
    committee.meetings.append(meeting)
    return meeting


def change_meeting(committee: Committee, meeting: Meeting, wanted: MeetingWanted, *, today: date) -> None:
    """Move it, with its agenda, to another day or place."""
    if meeting.meets_on < today and wanted.meets_on != meeting.meets_on:
        raise Refusal(f"The meeting of {in_full(meeting.meets_on)} was held on that day", field="meets_on")
    _check_meeting([one for one in committee.meetings if one is not meeting], wanted)
    meeting.meets_on, meeting.papers_due_on, meeting.place = wanted.meets_on, wanted.papers_due_on, wanted.place


def _check_meeting(others: Sequence[Meeting], wanted: MeetingWanted) -> None:
    if wanted.papers_due_on is not None and wanted.papers_due_on > wanted.meets_on:
        raise Refusal(f"Papers are due on or before the meeting, {in_full(wanted.meets_on)}", field="papers_due_on")
    if any(meeting.meets_on == wanted.meets_on for meeting in others):
        raise Refusal(f"The committee meets on {in_full(wanted.meets_on)} already", field="meets_on")


def remove_meeting(session: Session, meeting: Meeting, *, today: date) -> None:
    """A meeting that is cancelled; one that was held stays."""
    if meeting.meets_on < today:
        raise Refusal(f"The meeting of {in_full(meeting.meets_on)} was held, and stays in the calendar")
    session.delete(meeting)


# Portfolios


@dataclass(frozen=True)
class PortfolioWanted:
    """What a Cabinet Member answers for, and the committees that look into it."""

    name: str
    member_title: str | None = None
    committees: Collection[int] = ()
    until_on: date | None = None


def add_portfolio(session: Session, wanted: PortfolioWanted) -> Portfolio:
    portfolio = Portfolio(position=_last([found.position for found in queries.portfolios(session)]))
    _name_portfolio(session, portfolio, wanted)
    session.add(portfolio)
    session.flush()
    _put_before_committees(session, portfolio, wanted.committees)
    return portfolio


def change_portfolio(session: Session, portfolio: Portfolio, wanted: PortfolioWanted) -> None:
    _name_portfolio(session, portfolio, wanted)
    _put_before_committees(session, portfolio, wanted.committees)


def _name_portfolio(session: Session, portfolio: Portfolio, wanted: PortfolioWanted) -> None:
    others = [found for found in queries.portfolios(session) if found is not portfolio]
    if any(fold(found.name) == fold(wanted.name) for found in others):
        raise Refusal(f"There is a portfolio called {wanted.name} already: choose another name", field="name")
    portfolio.name, portfolio.member_title, portfolio.until_on = wanted.name, wanted.member_title, wanted.until_on


def _put_before_committees(session: Session, portfolio: Portfolio, wanted: Collection[int]) -> None:
    for committee in queries.committees(session):
        held = [remit for remit in committee.remits if remit.portfolio_id == portfolio.id]
        if committee.id in wanted and not held:
            committee.remits.append(Remit(portfolio_id=portfolio.id))
        elif committee.id not in wanted:
            for remit in held:
                committee.remits.remove(remit)


# Outcomes


def add_outcome(session: Session, name: str, *, until_on: date | None = None) -> Outcome:
    there = queries.outcomes(session)
    if any(fold(found.name) == fold(name) for found in there):
        raise Refusal(f"There is an outcome called {name} already", field="name")
    outcome = Outcome(name=name, until_on=until_on, position=_last([found.position for found in there]))
    session.add(outcome)
    session.flush()
    return outcome


def change_outcome(session: Session, outcome: Outcome, *, name: str, until_on: date | None) -> None:
    if any(fold(found.name) == fold(name) and found.id != outcome.id for found in queries.outcomes(session)):
        raise Refusal(f"There is an outcome called {name} already", field="name")
    outcome.name, outcome.until_on = name, until_on


# Dated settings


def add_setting_value(
    session: Session, definition: Definition[object], *, value: str, from_on: date, source: str | None, today: date
) -> Setting:
    """Say what holds from a day on. What held before is never overwritten."""
    read = definition.read(value)
    if isinstance(read, Days) and read.number < definition.least_days:
        raise Refusal(f"The law asks for {definition.least_days} clear days at least", field="value")
    stored = queries.rows_of(session, definition)
    rows = stored or queries.definition_rows(definition)
    days = {row.from_on for row in rows if row.from_on}
    if from_on in days:
        raise Refusal(f"A value from {in_full(from_on)} is recorded already: choose another day", field="from_on")
    begun = max((day for day in days if day <= today), default=None)
    if begun is not None and from_on < begun:
        raise Refusal(f"Choose a day after {in_full(begun)}, when the value in force began", field="from_on")
    if not stored:
        session.add_all(rows)
    row = Setting(name=definition.name, from_on=from_on, value=_written(read, value), source=source)
    session.add(row)
    session.flush()
    return row


def _written(read: object, typed: str) -> str:
    """In the register's own words where the value has such words, else as it was typed."""
    return str(read) if isinstance(read, Threshold | Span | Days | StrEnum) else " ".join(typed.split())


def withdraw_setting_value(session: Session, row: Setting, *, today: date) -> None:
    """Take back a value that has not begun."""
    if row.from_on is None or row.from_on <= today:
        raise Refusal("This value is in force, or was: add a new value from a later day instead")
    session.delete(row)


# Bank holidays


def add_bank_holidays(session: Session, years: Iterable[int]) -> int:
    """Add England's bank holidays of the years, as far as they are known; return how many were new."""
    from holidays import country_holidays

    known = queries.bank_holidays(session)
    found = country_holidays("GB", subdiv="ENG", years=list(years), language="en_GB")
    rows = [BankHoliday(on=on, title=title[:100]) for on, title in sorted(found.items()) if on not in known]
    session.add_all(rows)
    session.flush()
    return len(rows)


def import_bank_holidays(session: Session, content: bytes) -> int:
    """Take England's days from GOV.UK's bank-holidays.json; days it no longer names within its years are removed."""
    named = _named_days(content)
    first, last = min(named), max(named)
    there = {row.on: row for row in session.scalars(select(BankHoliday).where(BankHoliday.on.between(first, last)))}
    for on, row in there.items():
        if on not in named:
            session.delete(row)
    new = [BankHoliday(on=on, title=title) for on, title in sorted(named.items()) if on not in there]
    session.add_all(new)
    session.flush()
    return len(new)


def _named_days(content: bytes) -> dict[date, str]:
    refusal = Refusal(
        "This is not GOV.UK's bank-holidays.json: download it from www.gov.uk/bank-holidays.json", field="file"
    )
    try:
        events = json.loads(content)["england-and-wales"]["events"]
        named = {date.fromisoformat(event["date"]): str(event["title"])[:100] for event in events}
    except (ValueError, KeyError, TypeError) as wrong:
        raise refusal from wrong
    if not named:
        raise refusal
    return named


def add_bank_holiday(session: Session, on: date, title: str) -> BankHoliday:
    if on in queries.bank_holidays(session):
        raise Refusal(f"{in_full(on)} is a bank holiday already", field="on")
    row = BankHoliday(on=on, title=title)
    session.add(row)
    session.flush()
    return row


def remove_bank_holiday(session: Session, row: BankHoliday) -> None:
    session.delete(row)
