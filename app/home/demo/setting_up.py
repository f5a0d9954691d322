"""The demonstration's council: structure, committees and their calendar, settings, people."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.accounts import commands as accounts
from app.accounts.commands import RoleWanted
from app.accounts.demo import DEMO_PASSWORD
from app.accounts.roles import Role
from app.core.access import ScopeKind
from app.council import commands, queries
from app.council.calendar import add_working_days, next_working_day
from app.council.commands import CommitteeWanted, UnitWanted
from app.council.definitions import Definition
from app.council.models import Committee, CommitteeKind, Council, Directorate, Division, Outcome, Portfolio, Remit
from app.council.settings import CALL_IN_CUT_OFF, KEY_THRESHOLD, KEY_THRESHOLD_CAPITAL
from app.home.demo.notation import Calendar, table

NAME = "Wessmoor County Council"
#: Working days between a committee's papers and its meeting: five clear days, and time to print.
PAPERS_BEFORE = 8
YEARS_OF_MEETINGS = range(-1, 3)
PLACE = "10am, Council Chamber, County Hall"


@dataclass
class Setup:
    """The council's parts, by the names the tables use."""

    directorates: dict[str, Directorate] = field(default_factory=dict)
    divisions: dict[str, Division] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    committees: dict[str, Committee] = field(default_factory=dict)
    portfolios: dict[str, Portfolio] = field(default_factory=dict)


def set_up(session: Session, calendar: Calendar) -> Setup:
    council = commands.create_council(session, NAME, today=calendar.as_at, demo=True)
    setup = Setup()
    _add_structure(session, setup)
    _add_committees(session, setup, calendar)
    _add_settings(session, council, calendar)
    _add_people(session, setup)
    return setup


def _add_structure(session: Session, setup: Setup) -> None:
    for cells in table("divisions"):
        directorate = setup.directorates.get(cells["directorate"])
        if directorate is None:
            wanted = UnitWanted(cells["directorate"], code=cells["code"], director_post=cells["director"])
            directorate = setup.directorates[cells["directorate"]] = commands.add_directorate(session, wanted)
        setup.divisions[cells["division"]] = commands.add_division(session, directorate, UnitWanted(cells["division"]))
    for cells in table("outcomes"):
        setup.outcomes[cells["key"]] = commands.add_outcome(session, cells["name"])


def _add_committees(session: Session, setup: Setup, calendar: Calendar) -> None:
    for cells in table("committees"):
        covered = setup.directorates.get(cells["directorates"])
        division = setup.divisions.get(cells["divisions"])
        committee = commands.add_committee(
            session,
            CommitteeWanted(
                cells["name"],
                CommitteeKind(cells["kind"]),
                (covered.id,) if covered else (),
                (division.id,) if division else (),
            ),
        )
        setup.committees[committee.name] = committee
        if cells["portfolio"]:
            portfolio = _add_portfolio(session, setup, cells["portfolio"])
            committee.remits.append(Remit(portfolio_id=portfolio.id))
        for day in _meeting_days(calendar, cells["months"], int(cells["weekday"]), int(cells["week"])):
            _add_meeting(session, committee, day)
    session.flush()


def _add_portfolio(session: Session, setup: Setup, name: str) -> Portfolio:
    portfolio = Portfolio(name=name, member_title=f"Cabinet Member for {name}", position=len(setup.portfolios) + 1)
    session.add(portfolio)
    session.flush()
    setup.portfolios[name] = portfolio
    return portfolio


def _meeting_days(calendar: Calendar, months: str, weekday: int, week: int) -> list[date]:
    first_year = calendar.year.start
    return [
        _weekday_of_month(first_year + year, int(month), weekday, week)
        for year in YEARS_OF_MEETINGS
        for month in months.split()
    ]


def _weekday_of_month(year: int, month: int, weekday: int, week: int) -> date:
    """The second Tuesday and the like."""
    begins_on, _ = monthrange(year, month)
    return date(year, month, 1) + timedelta(days=(weekday - begins_on) % 7 + 7 * (week - 1))


def _add_meeting(session: Session, committee: Committee, day: date) -> None:
    holidays = queries.bank_holidays(session)
    meets_on = next_working_day(day, holidays)
    due_on = add_working_days(meets_on, -PAPERS_BEFORE, holidays)
    commands.add_meeting(committee, commands.MeetingWanted(meets_on, due_on, PLACE))


def _add_settings(session: Session, council: Council, calendar: Calendar) -> None:
    changes: tuple[tuple[Definition[object], str, date, str], ...] = (
        (CALL_IN_CUT_OFF, "17:00", calendar.first(-36), "Constitution, part 4: scrutiny procedure rules"),
        (KEY_THRESHOLD, "at least £1,000,000", calendar.first(-24), "Full Council: words of the constitution changed"),
        (KEY_THRESHOLD_CAPITAL, "more than £2,000,000", calendar.first(12), "Full Council: from next April"),
    )
    for definition, value, from_on, source in changes:
        commands.add_setting_value(
            session, definition, value=value, from_on=from_on, source=source, today=calendar.as_at
        )
    commands.change_council(council, name=NAME, vesting_on=None, successor_name=None)


def _add_people(session: Session, setup: Setup) -> None:
    for cells in table("people"):
        scope = ScopeKind(cells["scope"])
        named: dict[
            ScopeKind, dict[str, Directorate] | dict[str, Division] | dict[str, Committee] | dict[str, Portfolio]
        ] = {
            ScopeKind.DIRECTORATE: setup.directorates,
            ScopeKind.DIVISION: setup.divisions,
            ScopeKind.COMMITTEE: setup.committees,
            ScopeKind.PORTFOLIO: setup.portfolios,
        }
        where = named[scope][cells["where"]].id if scope in named else None
        marks = {"exempt": cells["exempt"] == "yes", "is_chair": cells["chair"] == "yes"}
        role = RoleWanted(Role(cells["role"]), scope, where, **marks)
        accounts.add_person(
            session,
            name=cells["name"],
            email=cells["email"],
            post=cells["post"],
            roles=(role,),
            password=DEMO_PASSWORD,
        )
