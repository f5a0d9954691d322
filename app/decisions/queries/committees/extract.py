"""A committee's extract of the register: its contracts counted by signal at three dates, each count with its list."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.core.audit import Action, Change
from app.core.clock import LONDON
from app.core.rights import Reader
from app.council import queries as council
from app.council import settings
from app.council.models import Committee
from app.council.rules import LeadTimes, ProcurementKind
from app.decisions.rules.extract import Changed, Known, Term, as_it_stood, is_counted, put_on_register_after
from app.register import renewal
from app.register.models import Contract, ContractForm, ContractStage, SignalOverride
from app.register.queries.remembered import Remembered, stamp_of
from app.register.signals import (
    Clock,
    Level,
    Override,
    ProcurementStatus,
    Signal,
    SignalKind,
    Successor,
    concern_flag,
    expiry_clock,
    overridden,
    procurement_signal,
)
from app.register.visibility import rows_open_to

NOT_LET = tuple(form for form in ContractForm if not form.legally_a_contract)
#: Beside the levels of a signal.
NOT_YET, EVERY = "not yet on the register", "every"
#: The rows of the table under each signal, the most pressing first.
LEVELS = (Level.ACT.value, Level.WATCH.value, Level.FINE.value, NOT_YET)
#: What people keep, which only the history tells of an earlier day.
KEPT = frozenset({SignalKind.PROCUREMENT, SignalKind.CONCERN})
_READ = (
    Contract.id,
    Contract.title,
    Contract.form,
    Contract.stage,
    Contract.starts_on,
    Contract.current_end_on,
    Contract.ended_early_on,
    Contract.review_on,
    Contract.rolling,
    Contract.replaces_id,
    Contract.lead_time_months,
    Contract.exempt,
    Contract.renewal_figure,
    Contract.procurement_status,
    Contract.concern,
)


@dataclass(frozen=True)
class Line:
    """One contract as the register stood on a day."""

    contract_id: int
    title: str
    signals: Mapping[SignalKind, Signal]
    on_register: bool

    def level(self, kind: SignalKind) -> str:
        """What people keep was not kept here before the record was."""
        return NOT_YET if kind in KEPT and not self.on_register else self.signals[kind].level.value


@dataclass(frozen=True)
class Count:
    """How many on one of the days."""

    on: date
    number: int


@dataclass(frozen=True)
class CountRow:
    """One level of one signal, at each date."""

    kind: SignalKind | None
    level: str
    words: str
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Extract:
    """The table."""

    rows: tuple[CountRow, ...]
    days: tuple[date, ...]
    #: Contracts counted on each day that came onto the register later.
    later: tuple[Count, ...]


_known: Remembered[Mapping[date, tuple[Line, ...]]] = Remembered(40)


def extract(session: Session, reader: Reader, committee: Committee, days: tuple[date, ...]) -> Extract:
    """Counts at each of these days; the last is today."""
    read = lines(session, reader, committee, days)
    rows = [_row(None, EVERY, read)]
    rows += [_row(kind, level, read) for kind in SignalKind for level in LEVELS if level != NOT_YET or kind in KEPT]
    later = tuple(Count(on, sum(not one.on_register for one in read[on])) for on in days)
    return Extract(
        tuple(one for one in rows if not _is_odd(one) or any(count.number for count in one.counts)), days, later
    )


def _is_odd(row: CountRow) -> bool:
    """Stands there only where it counts something: nobody is a little concerned but by an override."""
    return row.level == NOT_YET or (row.kind is SignalKind.CONCERN and row.level == Level.WATCH)


def _row(kind: SignalKind | None, level: str, read: Mapping[date, Sequence[Line]]) -> CountRow:
    counts = tuple(Count(on, len(of_level(held, kind, level))) for on, held in read.items())
    return CountRow(kind, level, level_in_words(kind, level), counts)


def level_in_words(kind: SignalKind | None, level: str) -> str:
    if kind is None:
        return "Contracts"
    if kind is SignalKind.CONCERN:
        return {Level.ACT.value: "Concern raised", Level.FINE.value: "No concern"}.get(level, level.capitalize())
    return level.capitalize()


def of_level(held: Sequence[Line], kind: SignalKind | None, level: str) -> list[Line]:
    """The contracts a count counts."""
    return [one for one in held if kind is None or one.level(kind) == level]


def lines(
    session: Session, reader: Reader, committee: Committee, days: tuple[date, ...]
) -> Mapping[date, tuple[Line, ...]]:
    """The contracts of the committee's remit on each day, by title; kept until something is saved."""
    remits = tuple((one.directorate_id, one.division_id) for one in committee.remits)
    key = (remits, days, reader.exempt_units)
    return _known.get(stamp_of(session), key, lambda: _Read.of(session, reader, committee, days).every())


def in_remit(committee: Committee) -> ColumnElement[bool]:
    """Of the directorates and divisions it looks after; a portfolio holds no contracts by itself."""
    return or_(
        Contract.directorate_id.in_([one.directorate_id for one in committee.remits if one.directorate_id]),
        Contract.division_id.in_([one.division_id for one in committee.remits if one.division_id]),
    )


@dataclass(frozen=True)
class _Read:
    """Everything the days are read from, in five statements however many contracts there are."""

    session: Session
    days: tuple[date, ...]
    rows: Sequence[Any]  # Any: a row of _READ
    changes: Mapping[int, Sequence[Changed]]
    overrides: Mapping[int, Sequence[SignalOverride]]
    #: By the contract they follow.
    followers: Mapping[int, Sequence[Any]]

    @classmethod
    def of(cls, session: Session, reader: Reader, committee: Committee, days: tuple[date, ...]) -> "_Read":
        seen = (rows_open_to(reader, days[-1]), Contract.form.not_in(NOT_LET))
        rows = session.execute(
            select(*_READ).where(*seen, in_remit(committee)).order_by(Contract.title_key, Contract.id)
        )
        found = rows.all()
        within = select(Contract.id).where(*seen, in_remit(committee))
        after = session.execute(
            select(*_READ).where(rows_open_to(reader, days[-1]), Contract.replaces_id.in_(within)).order_by(Contract.id)
        ).all()
        followers: defaultdict[int, list[Any]] = defaultdict(list)
        for row in after:
            followers[row.replaces_id].append(row)
        numbers = {row.id for row in (*found, *after)}
        return cls(session, days, found, _changes(session, numbers, days[0]), _overrides(session), followers)

    def every(self) -> Mapping[date, tuple[Line, ...]]:
        return {on: tuple(self._on(on)) for on in self.days}

    def _on(self, on: date) -> list[Line]:
        months = council.value_on(self.session, settings.ENDED_LISTED, on)
        times = council.lead_times(self.session, on)
        found = []
        for row in self.rows:
            stood = _Stood(row, self.changes.get(row.id, ()), on)
            clock = self._clock(stood, times, on)
            if is_counted(stood.term, on, months=months, replaced=clock.is_replaced(on)):
                found.append(Line(row.id, row.title, self._signals(stood, clock, on), stood.on_register))
        return found

    def _clock(self, stood: "_Stood", times: LeadTimes, on: date) -> Clock:
        return Clock(
            ends_on=stood.term.ends_on,
            lead_months=stood.lead(times)[0],
            rolling=bool(stood.value("rolling")),
            review_on=_day(stood.value("review_on")),
            successor=self._successor(stood, on),
        )

    def _successor(self, stood: "_Stood", on: date) -> Successor | None:
        """The one that is in place; else whichever there is."""
        every = [
            Successor(row.title, then.term.starts_on, awarded=then.stage is ContractStage.AWARDED)
            for row in self.followers.get(stood.row.id, ())
            for then in (_Stood(row, self.changes.get(row.id, ()), on),)
        ]
        placed = (one for one in every if Clock(stood.term.ends_on, 0, successor=one).is_replaced(on))
        return next(placed, every[0] if every else None)

    def _signals(self, stood: "_Stood", clock: Clock, on: date) -> Mapping[SignalKind, Signal]:
        written, concern = stood.value("procurement_status"), stood.value("concern")
        status = ProcurementStatus(written) if isinstance(written, str) else None
        lead = (clock.lead_months, "")
        by, _ = renewal.decide_by(_day(stood.value("current_end_on")), clock.review_on, lead)
        read = (
            expiry_clock(clock, today=on),
            procurement_signal(status, decision_by=by, today=on, replaced=clock.is_replaced(on)),
            concern_flag(str(concern) if concern else None),
        )
        held = {one.kind: one for one in self.overrides.get(stood.row.id, ()) if _counts(one, on)}
        rules = {kind: Override(one.kind, one.level, one.reason, one.by, one.until_on) for kind, one in held.items()}
        return {one.kind: overridden(one, rules.get(one.kind), today=on) for one in read}


@dataclass(frozen=True)
class _Stood:
    """One contract's record as it stood at the end of a day."""

    row: Any  # a row of _READ
    changes: Sequence[Changed]
    on: date

    @property
    def on_register(self) -> bool:
        return put_on_register_after(self.changes, self.on) is None

    def value(self, name: str) -> Known:
        now = getattr(self.row, name)
        written = now.isoformat() if isinstance(now, date) else now
        return as_it_stood(name, written, self.changes, self.on)

    @property
    def stage(self) -> ContractStage:
        return ContractStage(str(self.value("stage")))

    @property
    def term(self) -> Term:
        early = _day(self.value("ended_early_on"))
        ends_on = early or _day(self.value("current_end_on"))
        return Term(self.stage is ContractStage.PLANNED, _day(self.value("starts_on")), ends_on)

    def lead(self, times: LeadTimes) -> tuple[int, str]:
        """An exempt value has no lead time of its own: the count would tell its band."""
        own = self.value("lead_time_months")
        kind = ProcurementKind.CALL_OFF if self.row.form is ContractForm.CALL_OFF else ProcurementKind.REPLACEMENT
        usual = times.whatever_the_value() if self.row.exempt else times
        return renewal.lead_time(own if isinstance(own, int) else None, kind, self.row.renewal_figure, usual)


def _day(written: Known) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) and written else None


def _end_of(on: date) -> datetime:
    return datetime.combine(on + timedelta(days=1), time(), LONDON)


def _counts(one: SignalOverride, on: date) -> bool:
    """Set by the day's end, not past its last day, and not ended by then."""
    end = _end_of(on)
    return one.set_at < end and one.until_on >= on and (one.ended_at is None or one.ended_at >= end)


def _changes(session: Session, numbers: set[int], since: date) -> Mapping[int, Sequence[Changed]]:
    """What happened to these contracts' own fields after a day."""
    query = select(Change.record_id, Change.at, Change.action, Change.fields).where(
        Change.record_kind == "contract", Change.part == Contract.__tablename__, Change.at >= _end_of(since)
    )
    found: defaultdict[int, list[Changed]] = defaultdict(list)
    for number, at, action, fields in session.execute(query.order_by(Change.id)):
        if number in numbers:
            found[number].append(Changed(at.astimezone(LONDON).date(), action is Action.ADDED, fields))
    return found


def _overrides(session: Session) -> Mapping[int, Sequence[SignalOverride]]:
    found: defaultdict[int, list[SignalOverride]] = defaultdict(list)
    for one in session.scalars(select(SignalOverride).order_by(SignalOverride.id)):
        found[one.contract_id].append(one)
    return found
