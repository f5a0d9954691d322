"""A committee's contracts as the register stood at the end of a day, with the signals it then gave."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, case, literal, or_, select
from sqlalchemy.orm import Session

from app.core.audit import Action, Change
from app.core.clock import LONDON
from app.core.rights import Reader
from app.council import queries as council
from app.council import settings
from app.council.models import Committee
from app.council.rules import LeadTimes, ProcurementKind
from app.decisions.rules.extract import Changed, Term, Then, back_at, is_counted
from app.register import renewal
from app.register.models import Contract, ContractForm, ContractStage, SignalOverride
from app.register.signals import (
    Clock,
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
#: In place of a signal's level.
NOT_YET = "not yet on the register"
#: What people keep, which only the history tells of an earlier day.
KEPT = frozenset({SignalKind.PROCUREMENT, SignalKind.CONCERN})
UNCHANGED = Then(None, {})
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


def in_remit(committee: Committee) -> ColumnElement[bool]:
    """Of the directorates and divisions it looks after; a portfolio holds no contracts by itself."""
    return or_(
        Contract.directorate_id.in_([one.directorate_id for one in committee.remits if one.directorate_id]),
        Contract.division_id.in_([one.division_id for one in committee.remits if one.division_id]),
    )


@dataclass(frozen=True)
class Stood:
    """Everything the days are read from, in four statements however many contracts there are."""

    session: Session
    rows: Sequence[Any]  # Any: a row of _READ
    changes: Mapping[int, Sequence[Changed]]
    overrides: Mapping[int, Sequence[SignalOverride]]
    #: By the contract they follow.
    followers: Mapping[int, Sequence[Any]]

    @classmethod
    def of(cls, session: Session, reader: Reader, committee: Committee, days: Sequence[date], today: date) -> "Stood":
        """As far as the reader may read the rows today."""
        seen = rows_open_to(reader, today)
        of_remit = seen & Contract.form.not_in(NOT_LET) & in_remit(committee)
        follow = seen & Contract.replaces_id.in_(select(Contract.id).where(of_remit))
        rows = session.execute(select(*_READ).where(of_remit).order_by(Contract.title_key, Contract.id)).all()
        followers: defaultdict[int, list[Any]] = defaultdict(list)
        for row in session.execute(select(*_READ).where(follow).order_by(Contract.id)):
            followers[row.replaces_id].append(row)
        changes = _changes(session, select(Contract.id).where(of_remit | follow), min(days))
        return cls(session, rows, changes, _overrides(session), followers)

    def lines(self, on: date) -> tuple[Line, ...]:
        """The contracts that count on the day."""
        months = council.value_on(self.session, settings.ENDED_LISTED, on)
        times = council.lead_times(self.session, on)
        found = []
        for row in self.rows:
            record = self._record(row, on)
            clock = self._clock(record, times, on)
            if is_counted(record.term, on, months=months, replaced=clock.is_replaced(on)):
                signals = self._signals(record, clock, on)
                found.append(Line(row.id, row.title, signals, record.then.came_on is None))
        return tuple(found)

    def _record(self, row: Any, on: date) -> "_Record":
        changes = self.changes.get(row.id)
        return _Record(row, back_at(changes, on) if changes else UNCHANGED)

    def _clock(self, record: "_Record", times: LeadTimes, on: date) -> Clock:
        return Clock(
            ends_on=record.term.ends_on,
            lead_months=record.lead_months(times),
            rolling=bool(record.held("rolling")),
            review_on=_day(record.held("review_on")),
            successor=self._successor(record, on),
        )

    def _successor(self, record: "_Record", on: date) -> Successor | None:
        """The one that is in place; else whichever there is."""
        after = [self._record(row, on) for row in self.followers.get(record.row.id, ())]
        every = [
            Successor(one.row.title, one.term.starts_on, awarded=one.stage is ContractStage.AWARDED) for one in after
        ]
        placed = (one for one in every if Clock(record.term.ends_on, 0, successor=one).is_replaced(on))
        return next(placed, every[0] if every else None)

    def _signals(self, record: "_Record", clock: Clock, on: date) -> Mapping[SignalKind, Signal]:
        status, concern = record.held("procurement_status"), record.held("concern")
        by, _ = renewal.decide_by(_day(record.held("current_end_on")), clock.review_on, (clock.lead_months, ""))
        read = (
            expiry_clock(clock, today=on),
            procurement_signal(
                ProcurementStatus(status) if status else None,
                decision_by=by,
                today=on,
                replaced=clock.is_replaced(on),
            ),
            concern_flag(concern or None),
        )
        held = {one.kind: one for one in self.overrides.get(record.row.id, ()) if _counts(one, on)}
        rules = {kind: Override(one.kind, one.level, one.reason, one.by, one.until_on) for kind, one in held.items()}
        return {one.kind: overridden(one, rules.get(one.kind), today=on) for one in read}


@dataclass(frozen=True)
class _Record:
    """One contract's record as it stood at the end of a day."""

    row: Any  # a row of _READ
    then: Then

    def held(self, name: str) -> Any:  # Any: as its column holds it now, or as the history writes it
        return self.then.held(name, getattr(self.row, name))

    @cached_property
    def term(self) -> Term:
        ends_on = _day(self.held("ended_early_on")) or _day(self.held("current_end_on"))
        return Term(self.stage is ContractStage.PLANNED, _day(self.held("starts_on")), ends_on)

    @property
    def stage(self) -> ContractStage:
        return ContractStage(self.held("stage"))

    def lead_months(self, times: LeadTimes) -> int:
        """An exempt value has no lead time of its own: the count would tell its band."""
        kind = ProcurementKind.CALL_OFF if self.row.form is ContractForm.CALL_OFF else ProcurementKind.REPLACEMENT
        usual = times.whatever_the_value() if self.row.exempt else times
        return renewal.lead_time(self.held("lead_time_months"), kind, self.row.renewal_figure, usual)[0]


def _day(written: date | str | None) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) and written else written or None


def _end_of(on: date) -> datetime:
    return datetime.combine(on + timedelta(days=1), time(), LONDON)


def _counts(one: SignalOverride, on: date) -> bool:
    """Set by the day's end, not past its last day, and not ended by then."""
    end = _end_of(on)
    return one.set_at < end and one.until_on >= on and (one.ended_at is None or one.ended_at >= end)


def _changes(session: Session, contracts: Select[int], since: date) -> Mapping[int, Sequence[Changed]]:
    """What happened to these contracts' own fields after a day. What a record came with stands in it."""
    fields = case((Change.action == Action.ADDED, literal(None, Change.fields.type)), else_=Change.fields)
    query = select(Change.record_id, Change.at, Change.action, fields).where(
        Change.record_kind == "contract",
        Change.part == Contract.__tablename__,
        Change.at >= _end_of(since),
        Change.record_id.in_(contracts),
    )
    found: defaultdict[int, list[Changed]] = defaultdict(list)
    for number, at, action, changed in session.execute(query.order_by(Change.id)):
        found[number].append(Changed(at.astimezone(LONDON).date(), action is Action.ADDED, changed or {}))
    return found


def _overrides(session: Session) -> Mapping[int, Sequence[SignalOverride]]:
    found: defaultdict[int, list[SignalOverride]] = defaultdict(list)
    for one in session.scalars(select(SignalOverride).order_by(SignalOverride.id)):
        found[one.contract_id].append(one)
    return found
