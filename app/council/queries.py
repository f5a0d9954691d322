"""The council's structure, settings and calendar, read once a session: nothing here is asked twice in one request."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar, cast

from sqlalchemy import ColumnElement, event, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.core.errors import Refusal
from app.core.rights import Reader, ScopeKind
from app.core.text import fold
from app.council import settings
from app.council.definitions import Definition
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
    Setting,
)
from app.council.rules import (
    CallInRule,
    Dated,
    LeadTimes,
    NoticeDefaults,
    NoticePeriods,
    Stage,
    Threshold,
    in_force,
)
from app.council.settings import StageSetting

T = TypeVar("T")
#: What a session's ``info`` remembers of this room until something here changes or the transaction ends.
REMEMBERED = "council_remembered"


def _remembered(session: Session, key: str, load: Callable[[], T]) -> T:
    known = session.info.setdefault(REMEMBERED, {})
    if key not in known:
        known[key] = load()
    return cast("T", known[key])


def _forget(session: Session, *_rest: object) -> None:
    session.info.pop(REMEMBERED, None)


@event.listens_for(Session, "after_flush")
def _forget_when_changed(session: Session, _context: object) -> None:
    room = Council.__module__
    if any(type(record).__module__ == room for record in (*session.new, *session.dirty, *session.deleted)):
        _forget(session)


event.listen(Session, "after_commit", _forget)
event.listen(Session, "after_rollback", _forget)


# The council and its parts


def council_if_any(session: Session) -> Council | None:
    return _remembered(session, "council", lambda: session.scalar(select(Council).order_by(Council.id).limit(1)))


def the_council(session: Session) -> Council:
    found = council_if_any(session)
    if found is None:
        raise Refusal("There is no council yet: make one with “flask council create NAME”")
    return found


def structure(session: Session) -> list[Directorate]:
    """Every directorate with its divisions, past ones too, in the structure chart's order."""
    return _remembered(
        session,
        "structure",
        lambda: list(
            session.scalars(
                select(Directorate)
                .options(joinedload(Directorate.divisions))
                .order_by(Directorate.position, Directorate.name_key, Directorate.id)
            ).unique()
        ),
    )


def stands_on(unit: Directorate | Division, day: date) -> bool:
    """Whether the directorate or division is in force on the day."""
    return (unit.from_on is None or unit.from_on <= day) and (unit.until_on is None or unit.until_on >= day)


def directorates(session: Session, *, on: date | None = None) -> list[Directorate]:
    """In the structure chart's order; those in force on a day, or all."""
    return [found for found in structure(session) if on is None or stands_on(found, on)]


def divisions(session: Session, *, on: date | None = None, directorate_id: int | None = None) -> list[Division]:
    """In the structure chart's order; of one directorate, or all."""
    return [
        division
        for directorate in directorates(session, on=on)
        if directorate_id in {None, directorate.id}
        for division in directorate.divisions
        if on is None or stands_on(division, on)
    ]


def committees(session: Session, *, on: date | None = None) -> list[Committee]:
    found = _remembered(
        session,
        "committees",
        lambda: list(
            session.scalars(
                select(Committee)
                .options(selectinload(Committee.remits))
                .order_by(Committee.position, Committee.name_key, Committee.id)
            )
        ),
    )
    return [committee for committee in found if on is None or committee.until_on is None or committee.until_on >= on]


def committees_of(session: Session, reader: Reader) -> frozenset[int]:
    """Those a member sits on, and those that look after what a Cabinet Member answers for."""
    held = {grant.scope_id for grant in reader.grants if grant.scope is ScopeKind.PORTFOLIO}
    if not held:
        return reader.committees
    looked_after = (one for one in committees(session) if any(remit.portfolio_id in held for remit in one.remits))
    return reader.committees | {one.id for one in looked_after}


def portfolios(session: Session, *, on: date | None = None) -> list[Portfolio]:
    """Every portfolio; those that stand on a day, where one is named."""
    query = select(Portfolio).order_by(Portfolio.position, Portfolio.name, Portfolio.id)
    if on is not None:
        query = query.where(or_(Portfolio.until_on.is_(None), Portfolio.until_on >= on))
    return list(session.scalars(query))


def committee_for(
    session: Session, directorate_id: int, division_id: int | None = None, *, on: date | None = None
) -> Committee | None:
    """The committee that looks after a unit, its division's before its directorate's; another kind of body looks after
    it only where no cabinet committee does.
    """

    def place(committee: Committee) -> tuple[bool, bool] | None:
        """Where it stands among those that look after the unit; None where it does not."""
        remits = committee.remits
        is_division = division_id is not None and any(one.division_id == division_id for one in remits)
        if not is_division and all(one.directorate_id != directorate_id for one in remits):
            return None
        return committee.kind is not CommitteeKind.CABINET_COMMITTEE, not is_division

    found = [(held, one) for one in committees(session, on=on) if (held := place(one)) is not None]
    return min(found, key=lambda one: one[0])[1] if found else None


def committee_for_taker(session: Session, taker: str | None, *, on: date | None = None) -> Committee | None:
    """The committee that looks into the portfolio of the Cabinet Member who decides, as the post is written."""
    post = fold(taker or "")
    every = _remembered(session, "portfolios", lambda: portfolios(session))
    named = [one for one in every if one.member_title and fold(one.member_title) in post]
    if not named:
        return None
    portfolio = max(named, key=lambda one: len(one.member_title or ""))
    looks = (one for one in committees(session, on=on) if any(held.portfolio_id == portfolio.id for held in one.remits))
    return next(looks, None)


@dataclass(frozen=True)
class MeetingAhead:
    """A meeting in a committee's calendar."""

    committee_id: int
    committee: str
    meets_on: date
    papers_due_on: date | None
    id: int = 0

    @property
    def url(self) -> str:
        return f"/meetings/{self.id}"


def meetings_between(session: Session, first: date, last: date) -> list[MeetingAhead]:
    rows = session.execute(
        select(Committee.id, Committee.name, Meeting.meets_on, Meeting.papers_due_on, Meeting.id)
        .join(Meeting, Meeting.committee_id == Committee.id)
        .where(Meeting.meets_on.between(first, last))
        .order_by(Meeting.meets_on, Committee.position, Meeting.id)
    )
    return [MeetingAhead(*row) for row in rows]


def calendar_of(session: Session, committee_id: int) -> tuple[MeetingAhead, ...]:
    """Every meeting in a committee's calendar, past ones too, earliest first."""
    every = _remembered(session, "calendar", lambda: meetings_between(session, date.min, date.max))
    return tuple(one for one in every if one.committee_id == committee_id)


def outcomes(session: Session, *, on: date | None = None) -> list[Outcome]:
    def still() -> tuple[ColumnElement[bool], ...]:
        return () if on is None else (or_(Outcome.until_on.is_(None), Outcome.until_on >= on),)

    return list(session.scalars(select(Outcome).where(*still()).order_by(Outcome.position, Outcome.name, Outcome.id)))


# Working days


def bank_holidays(session: Session) -> frozenset[date]:
    return _remembered(session, "bank holidays", lambda: frozenset(session.scalars(select(BankHoliday.on))))


# Dated settings


def _rows(session: Session) -> dict[str, list[Setting]]:
    def load() -> dict[str, list[Setting]]:
        found: dict[str, list[Setting]] = {}
        for row in session.scalars(select(Setting).order_by(Setting.name, Setting.from_on.nulls_first(), Setting.id)):
            found.setdefault(row.name, []).append(row)
        return found

    return _remembered(session, "settings", load)


def rows_of(session: Session, definition: Definition[T]) -> list[Setting]:
    """The values a setting has had and will have, earliest first."""
    return _rows(session).get(definition.name, [])


def values_of(session: Session, definition: Definition[T]) -> tuple[Dated[T], ...]:
    """The same, read. A setting nobody has given a value says what it is shipped with."""
    rows = rows_of(session, definition)
    if not rows:
        return tuple(Dated(from_on, definition.read(value)) for from_on, value in definition.shipped)
    return _remembered(
        session,
        f"values of {definition.name}",
        lambda: tuple(Dated(row.from_on, definition.read(row.value)) for row in rows),
    )


def value_on(session: Session, definition: Definition[T], day: date) -> T:
    return in_force(values_of(session, definition), day)


def annex_threshold(session: Session, day: date) -> Threshold:
    """Which commissioned services print; asked with the first day of the plan year."""
    return value_on(session, settings.ANNEX_THRESHOLD, day)


def key_threshold(session: Session, day: date, *, capital: bool = False) -> Threshold:
    """In force on the decision's day."""
    own = value_on(session, settings.KEY_THRESHOLD_CAPITAL, day) if capital else None
    return own or value_on(session, settings.KEY_THRESHOLD, day)


def key_thresholds(session: Session) -> tuple[Dated[Threshold], ...]:
    """Every value of the key decision threshold, for rules that pick by the decision's day."""
    return values_of(session, settings.KEY_THRESHOLD)


def key_thresholds_for_capital(session: Session) -> tuple[Dated[Threshold], ...]:
    """The same for capital: on each day either of the two changes, what holds from then on."""
    days = {dated.from_on for dated in values_of(session, settings.KEY_THRESHOLD_CAPITAL)}
    days |= {dated.from_on for dated in key_thresholds(session)}
    return tuple(Dated(day, key_threshold(session, day or date.min, capital=True)) for day in _earliest_first(days))


def _earliest_first(days: Iterable[date | None]) -> list[date | None]:
    return sorted(days, key=lambda day: day or date.min)


def horizon_years(session: Session, day: date) -> int:
    return value_on(session, settings.HORIZON_YEARS, day)


def exempt_until_award(session: Session, day: date) -> str | None:
    """The ground on which the estimate of what is planned is exempt unless a person opens it; None: it is open."""
    return value_on(session, settings.EXEMPT_UNTIL_AWARD, day)


def proposed_decision(session: Session, day: date) -> str:
    """The kind of decision a proposal is for, in words: "authority to procure" or "award"."""
    return value_on(session, settings.PROPOSED_DECISION, day)


def lead_times(session: Session, day: date) -> LeadTimes:
    return LeadTimes(
        new=value_on(session, settings.LEAD_NEW, day),
        replacement=value_on(session, settings.LEAD_REPLACEMENT, day),
        call_off=value_on(session, settings.LEAD_CALL_OFF, day),
        extension=value_on(session, settings.LEAD_EXTENSION, day),
        large_over=value_on(session, settings.LARGE_OVER, day),
        small=value_on(session, settings.LEAD_SMALL, day),
        small_under=value_on(session, settings.SMALL_UNDER, day),
    )


def notice_periods(session: Session, day: date) -> NoticePeriods:
    notice = value_on(session, settings.NOTICE_DAYS, day)
    exception = value_on(session, settings.EXCEPTION_DAYS, day)
    papers = value_on(session, settings.PAPERS_DAYS, day)
    return NoticePeriods(notice.number, notice.basis, exception.number, exception.basis, papers.number, papers.basis)


def notice_defaults(session: Session, day: date) -> NoticeDefaults:
    return NoticeDefaults(
        address=value_on(session, settings.NOTICE_ADDRESS, day),
        how_to_ask=value_on(session, settings.NOTICE_HOW_TO_ASK, day),
        published_here=value_on(session, settings.NOTICE_HERE, day) == "in the register",
    )


def forward_plan_months(session: Session, day: date) -> int:
    return value_on(session, settings.FORWARD_PLAN_MONTHS, day)


def call_in_rule(session: Session, day: date) -> CallInRule:
    days = value_on(session, settings.CALL_IN_DAYS, day)
    return CallInRule(
        days=days.number,
        basis=days.basis,
        trigger=value_on(session, settings.CALL_IN_TRIGGER, day),
        cut_off=value_on(session, settings.CALL_IN_CUT_OFF, day),
    )


def stages_before_decision(session: Session, day: date) -> tuple[Stage, ...]:
    return _stages(session, settings.BEFORE_DECISION, day)


def stages_after_decision(session: Session, day: date) -> tuple[Stage, ...]:
    return _stages(session, settings.AFTER_DECISION, day)


def _stages(session: Session, wanted: tuple[StageSetting, ...], day: date) -> tuple[Stage, ...]:
    return tuple(replace(setting.stage, span=value_on(session, setting.definition, day)) for setting in wanted)


def approval_tolerance(session: Session, day: date) -> tuple[Decimal, Decimal | None]:
    """By how many per cent the sum of an approval may be passed, and at most by what sum."""
    return (
        value_on(session, settings.TOLERANCE_PER_CENT, day),
        value_on(session, settings.TOLERANCE_AT_MOST, day),
    )


# For the pages under /admin


@dataclass(frozen=True)
class SettingShown:
    """A setting with the row in force today and every other value it has had or will have, latest first."""

    definition: Definition[object]
    value: str
    rows: tuple["SettingRow", ...]

    @property
    def ahead(self) -> tuple["SettingRow", ...]:
        """The values that begin later, the next first."""
        return tuple(row for row in reversed(self.rows) if row.is_ahead)


@dataclass(frozen=True)
class SettingRow:
    """One value of a setting."""

    id: int | None
    from_on: date | None
    value: str
    source: str | None
    #: "In force", "Begins later", "Held before".
    state: str
    #: It has not begun, and can still be taken back.
    is_ahead: bool


def setting_shown(session: Session, definition: Definition[object], today: date) -> SettingShown:
    rows = rows_of(session, definition)
    if not rows:
        rows = definition_rows(definition)
    current = in_force([Dated(row.from_on, row) for row in rows], today)
    shown = tuple(_row_shown(definition, row, current, today) for row in reversed(rows))
    return SettingShown(definition, definition.said(current.value), shown)


def definition_rows(definition: Definition[object]) -> list[Setting]:
    """What a setting says until the council decides, as rows that are not stored."""
    return [
        Setting(name=definition.name, from_on=from_on, value=value, source=definition.source)
        for from_on, value in definition.shipped
    ]


IN_FORCE, BEFORE, LATER = "In force", "Held before", "Begins later"


def _row_shown(definition: Definition[object], row: Setting, current: Setting, today: date) -> SettingRow:
    ahead = row.from_on is not None and row.from_on > today and row is not current
    state = IN_FORCE if row is current else LATER if ahead else BEFORE
    return SettingRow(row.id, row.from_on, definition.said(row.value), row.source, state, is_ahead=ahead)


def settings_by_group(session: Session, today: date) -> dict[str, list[SettingShown]]:
    """Every setting under its group, in the catalogue's order."""
    groups: dict[str, list[SettingShown]] = {}
    for definition in settings.CATALOGUE:
        groups.setdefault(definition.group, []).append(setting_shown(session, definition, today))
    return groups


def bank_holidays_by_year(session: Session) -> dict[int, list[BankHoliday]]:
    """The latest year first."""
    years: dict[int, list[BankHoliday]] = {}
    for row in session.scalars(select(BankHoliday).order_by(BankHoliday.on)):
        years.setdefault(row.on.year, []).append(row)
    return dict(sorted(years.items(), reverse=True))


def remits_in_words(session: Session) -> dict[int, str]:
    """What each committee looks after, by its id."""
    directorate_names = {found.id: found.name for found in structure(session)}
    division_names = {found.id: found.name for found in divisions(session)}
    portfolio_names = {row.id: f"portfolio {row.name}" for row in portfolios(session)}
    return {
        committee.id: "; ".join(
            name
            for remit in committee.remits
            for name in (
                directorate_names.get(remit.directorate_id or 0),
                division_names.get(remit.division_id or 0),
                portfolio_names.get(remit.portfolio_id or 0),
            )
            if name
        )
        for committee in committees(session)
    }


def next_meetings(session: Session, today: date) -> dict[int, date]:
    """The day each committee meets next."""
    rows = session.execute(
        select(Meeting.committee_id, func.min(Meeting.meets_on))
        .where(Meeting.meets_on >= today)
        .group_by(Meeting.committee_id)
        .order_by(Meeting.committee_id)
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True)
class State:
    """What the administrator's front page says of each list."""

    directorates: int
    divisions: int
    committees: int
    portfolios: int
    outcomes: int
    #: The last day on which a bank holiday is known; None where none is.
    holidays_until: date | None
    #: Settings that change on a day to come, the next first: its words, the day and what it will say.
    ahead: tuple[tuple[Definition[object], SettingRow], ...]


def state_of(session: Session, today: date) -> State:
    ahead = [
        (shown.definition, row)
        for group in settings_by_group(session, today).values()
        for shown in group
        for row in shown.ahead
    ]
    return State(
        directorates=len(directorates(session, on=today)),
        divisions=len(divisions(session, on=today)),
        committees=len(committees(session, on=today)),
        portfolios=len(portfolios(session, on=today)),
        outcomes=len(outcomes(session, on=today)),
        holidays_until=max(bank_holidays(session), default=None),
        ahead=tuple(sorted(ahead, key=lambda one: (one[1].from_on or today, one[0].label))),
    )
