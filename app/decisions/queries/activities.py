"""Activities with everything a page or an annex says of them, in a fixed number of queries."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, cast, func, null, select, true
from sqlalchemy.orm import Session

from app.core.findings import Asked, Rows
from app.core.money import pounds, pounds_short
from app.core.rights import Reader
from app.council import queries as council
from app.council.models import Committee, Directorate, Division
from app.council.rules import Dated, Threshold, in_force
from app.decisions.models import (
    Activity,
    ActivityKind,
    ActivityState,
    DecisionKind,
    Likelihood,
)
from app.decisions.queries.beside import Beside, Covered
from app.decisions.queries.visibility import amounts_of_activities_open_to, open_to, words_open_to
from app.decisions.rules.horizon import Awaited, Horizon, Standing, standing, when_in_words
from app.decisions.rules.key_decisions import (
    Effects,
    KeyDecisionAnswer,
    Line,
    LineKind,
    PersonsJudgement,
    Thresholds,
    needs_key_decision,
)
from app.decisions.rules.timing import Timing
from app.register.models import Arrangement, Contract
from app.register.values import ValueCertainty

ZERO = Decimal(0)


@dataclass(frozen=True)
class ActivityFacts:
    """One activity as a reader may see it; amounts are empty where they are exempt from the reader."""

    id: int
    version: int
    title: str
    purpose: str
    kind: ActivityKind
    decision: DecisionKind
    state: ActivityState
    directorate_id: int
    directorate: str
    division_id: int | None
    division: str | None
    committee_id: int | None
    committee: str | None
    contract_id: int | None
    arrangement_id: int | None
    #: The contract or arrangement it is about, by its title.
    about: str | None
    about_reference: str | None
    #: The further contracts it covers.
    also: tuple[Covered, ...]
    providers: tuple[str, ...]
    #: Those that are council-owned or masked are known by their keys.
    provider_ids: tuple[int, ...]
    #: Of what leads: the back-plan counts from it.
    current_end_on: date | None
    services: tuple[str, ...]
    service_ids: tuple[int, ...]
    decision_taker: str | None
    lead_post: str | None
    timing: Timing
    original: Timing | None
    #: How often it has moved; that it first became known is no move.
    moves: int
    last_move_reason: str | None
    likelihood: Likelihood
    expected_months: int | None
    lines: tuple[Line, ...]
    value_certainty: ValueCertainty
    value_note: str | None
    #: Itself, or by a contract it covers.
    exempt: bool
    exempt_ground: str | None
    #: Kept back, with a contract it covers, until the day.
    embargoed_until: date | None
    amounts_open: bool
    effects: Effects
    answer: KeyDecisionAnswer
    decided_on: date | None
    decision_reference: str | None
    outcome: str | None
    withdrawn_reason: str | None

    @property
    def url(self) -> str:
        return f"/activities/{self.id}"

    @property
    def about_url(self) -> str:
        if self.contract_id is not None:
            return f"/contracts/{self.contract_id}"
        return f"/arrangements/{self.arrangement_id}" if self.arrangement_id is not None else ""

    @property
    def every_about(self) -> str:
        """Every agreement it covers, the one that leads first."""
        return "; ".join(title for title in (self.about, *(one.title for one in self.also)) if title)

    @property
    def contract_ids(self) -> tuple[int, ...]:
        """Every contract it names, the one that leads first."""
        leading = () if self.contract_id is None else (self.contract_id,)
        return (*leading, *(one.id for one in self.also))

    @property
    def references(self) -> str:
        """Of every agreement it covers: what a search finds it by."""
        return " ".join(said for said in (self.about_reference, *(one.reference for one in self.also)) if said)

    @property
    def unit(self) -> str:
        return f"{self.directorate}: {self.division}" if self.division else self.directorate

    @property
    def awaited(self) -> Awaited:
        return Awaited(
            needs_key_decision=self.answer.is_needed,
            timing=self.timing,
            decided_on=self.decided_on,
            withdrawn=self.state is ActivityState.WITHDRAWN,
        )

    def sum_of(self, *kinds: LineKind) -> tuple[Decimal, Decimal] | None:
        """Both ends of what these lines add up to."""
        held = [line for line in self.lines if line.kind in kinds]
        if not held:
            return None
        return sum((line.low for line in held), ZERO), sum((line.high for line in held), ZERO)

    @property
    def expenditure(self) -> tuple[Decimal, Decimal] | None:
        return self.sum_of(LineKind.REVENUE, LineKind.CAPITAL)

    @property
    def savings(self) -> tuple[Decimal, Decimal] | None:
        return self.sum_of(LineKind.SAVINGS)

    @property
    def size(self) -> Decimal:
        """What a picture sizes it by: what it spends, else what it saves, at the high end."""
        ends = self.expenditure or self.savings
        return ends[1] if ends else ZERO

    @property
    def is_slipped(self) -> bool:
        """Moved later than it was first expected."""
        first = self.original.last if self.original else None
        return first is not None and self.timing.last is not None and self.timing.last > first

    def is_overdue(self, today: date) -> bool:
        last = self.timing.last
        return self.state is ActivityState.EXPECTED and last is not None and last < today

    @property
    def short_value(self) -> str:
        """As a table says it: "£1.2m to £1.8m", "saves £0.4m"."""
        if not self.amounts_open:
            return "Exempt"
        parts = (_ends(self.expenditure, "", pounds_short), _ends(self.savings, "saves ", pounds_short))
        return ", ".join(part for part in parts if part) or "Not known"

    @property
    def exact_value(self) -> str:
        parts = (_ends(self.expenditure, "", pounds), _ends(self.savings, "saves ", pounds))
        return ", ".join(part for part in parts if part)

    @property
    def why_key(self) -> str:
        """Why it is, or is not, a key decision: one sentence."""
        return self.answer.working[0] if self.answer.working else ""

    def when(self, as_at: date) -> str:
        return when_in_words(self.awaited, as_at=as_at)

    def standing(self, horizon: Horizon, *, as_at: date) -> Standing:
        return standing(self.awaited, horizon, as_at=as_at)


def _ends(ends: tuple[Decimal, Decimal] | None, word: str, said: Any) -> str:  # Any: one of money's formatters
    return f"{word}{' to '.join(dict.fromkeys((said(ends[0]), said(ends[1]))))}" if ends else ""


# Reading them


def activities(
    session: Session,
    reader: Reader,
    *,
    today: date,
    which: ColumnElement[bool] | None = None,
    as_at: date | None = None,
) -> list[ActivityFacts]:
    """Every activity the reader may see, by when it is expected; as at a day, what was decided or moved later waits."""
    rows = session.execute(_rows(reader, today, true() if which is None else which)).all()
    beside = Beside.of(session, [row.Activity for row in rows], today)
    settings = _Settings.of(session)
    facts = [_facts(row, beside, settings, as_at or today) for row in rows]
    return sorted(facts, key=lambda one: (*one.timing.sort_key, one.title.casefold(), one.id))


def _rows(reader: Reader, today: date, which: ColumnElement[bool]) -> Any:  # Any: a Select of many kinds of column
    return (
        select(
            Activity,
            Directorate.name.label("directorate"),
            Division.name.label("division"),
            Committee.name.label("committee"),
            Contract.title.label("contract_title"),
            Contract.reference.label("contract_reference"),
            Contract.exempt.label("contract_exempt"),
            Contract.exempt_ground.label("contract_ground"),
            Contract.embargoed_until.label("contract_embargo"),
            func.coalesce(Contract.ended_early_on, Contract.current_end_on).label("ends_on"),
            Arrangement.title.label("arrangement_title"),
            Arrangement.reference.label("arrangement_reference"),
            amounts_of_activities_open_to(reader).label("amounts_open"),
            words_open_to(reader).label("words_open"),
        )
        .join(Directorate, Directorate.id == Activity.directorate_id)
        .outerjoin(Division, Division.id == Activity.division_id)
        .outerjoin(Committee, Committee.id == Activity.committee_id)
        .outerjoin(Contract, Contract.id == Activity.contract_id)
        .outerjoin(Arrangement, Arrangement.id == Activity.arrangement_id)
        .where(which, open_to(reader, today))
        .order_by(Activity.id)
    )


def lead_post_key() -> ColumnElement[str]:
    """The lead's post as posts are folded."""
    return func.lower(func.trim(Activity.lead_post))


def narrowed(asked: Asked) -> list[ColumnElement[bool]]:
    """The activities that are asked about: whoever leads one answers for it."""
    return asked.narrowed(
        subject=Activity.id,
        directorate=Activity.directorate_id,
        division=Activity.division_id,
        post=lead_post_key(),
    )


def found_rows(*conditions: ColumnElement[bool], due: Any = None) -> Rows:  # Any: a column of days that may be null
    """Activities as a finding lists them; due on no day where none is given."""
    return select(
        Activity.id,
        Activity.title,
        Activity.directorate_id,
        Activity.division_id,
        lead_post_key(),
        (cast(null(), Date) if due is None else due).label("due_on"),
    ).where(*conditions)


@dataclass(frozen=True)
class _Settings:
    revenue: tuple[Dated[Threshold], ...]
    capital: tuple[Dated[Threshold], ...]

    @classmethod
    def of(cls, session: Session) -> "_Settings":
        return cls(council.key_thresholds(session), council.key_thresholds_for_capital(session))

    def on(self, day: date) -> Thresholds:
        return Thresholds(in_force(self.revenue, day), in_force(self.capital, day))


def _facts(row: Row[Any], beside: Beside, settings: _Settings, as_at: date) -> ActivityFacts:
    one: Activity = row.Activity
    lines = tuple(beside.lines.get(one.id, ()))
    every_move = beside.moves.get(one.id, [])
    moves = [move for move in every_move if move.moved_on <= as_at]
    timing = every_move[len(moves)].was if len(moves) < len(every_move) else Timing(one.timing, one.expected_on)
    of_it = beside.of_activity(one)
    grounds = [one.exempt_ground] if one.exempt else []
    grounds += [row.contract_ground] if row.contract_exempt else []
    grounds += of_it.grounds
    embargoes = [day for day in (row.contract_embargo, *of_it.embargoes) if day is not None]
    effects = effects_of(one)
    thresholds = settings.on(decision_day(one, timing, as_at))
    answer = needs_key_decision(lines, thresholds, effects, judgement_of(one), months=one.expected_months)
    return ActivityFacts(
        id=one.id,
        version=one.version,
        title=one.title,
        purpose=one.purpose,
        kind=one.kind,
        decision=one.decision,
        state=one.state,
        directorate_id=one.directorate_id,
        directorate=row.directorate,
        division_id=one.division_id,
        division=row.division,
        committee_id=one.committee_id,
        committee=row.committee,
        contract_id=one.contract_id,
        arrangement_id=one.arrangement_id,
        about=row.contract_title or row.arrangement_title,
        about_reference=row.contract_reference or row.arrangement_reference,
        also=of_it.also,
        providers=tuple(of_it.providers.values()),
        provider_ids=tuple(of_it.providers),
        current_end_on=row.ends_on if one.contract_id else of_it.ends_on,
        services=tuple(of_it.services.values()),
        service_ids=tuple(of_it.services),
        decision_taker=one.decision_taker,
        lead_post=one.lead_post,
        timing=timing,
        original=Timing(one.original_timing, one.original_expected_on) if one.original_timing else None,
        moves=sum(move.was.first is not None for move in moves),
        last_move_reason=moves[-1].reason if moves else None,
        likelihood=one.likelihood,
        expected_months=one.expected_months,
        lines=lines if row.amounts_open else (),
        value_certainty=one.value_certainty,
        value_note=one.value_note if row.amounts_open else None,
        exempt=bool(grounds),
        exempt_ground=next(iter(grounds), None),
        embargoed_until=max(embargoes, default=None),
        amounts_open=row.amounts_open,
        effects=effects,
        answer=answer if row.amounts_open else without_amounts(answer),
        decided_on=one.decided_on,
        decision_reference=one.decision_reference,
        outcome=one.outcome if row.words_open and row.amounts_open else None,
        withdrawn_reason=one.withdrawn_reason,
    )


def without_amounts(answer: KeyDecisionAnswer) -> KeyDecisionAnswer:
    """The answer and its grounds, without the figures of its working."""
    grounds = "; ".join(ground.value for ground in answer.grounds)
    words = f"{grounds[:1].upper()}{grounds[1:]}." if grounds else "The amount is exempt."
    return replace(answer, working=(words,), amount=None)


def decision_day(activity: Activity, timing: Timing, today: date) -> date:
    """The day whose threshold counts: when it was decided, or when it is likely to be."""
    return activity.decided_on or max(timing.last or today, today)


def effects_of(activity: Activity) -> Effects:
    return Effects(activity.two_divisions, activity.two_divisions_reason, activity.other_ground)


def judgement_of(activity: Activity) -> PersonsJudgement | None:
    if activity.judgement is None:
        return None
    return PersonsJudgement(activity.judgement, activity.judgement_reason or "", activity.judged_amount)


def one_activity(session: Session, activity_id: int, reader: Reader, today: date) -> ActivityFacts | None:
    return next(iter(activities(session, reader, today=today, which=Activity.id == activity_id)), None)


def answer_now(session: Session, activity: Activity, today: date) -> KeyDecisionAnswer:
    """The answer for a record being edited, its lines as they stand in memory."""
    return answer_on(session, activity, decision_day(activity, Timing(activity.timing, activity.expected_on), today))


def answer_on(session: Session, activity: Activity, decided_on: date) -> KeyDecisionAnswer:
    """The same, by the threshold in force on a day."""
    lines = [Line(line.kind, line.low, line.high) for line in activity.lines]
    thresholds = _Settings.of(session).on(decided_on)
    return needs_key_decision(
        lines, thresholds, effects_of(activity), judgement_of(activity), months=activity.expected_months
    )


def standing_activities(
    session: Session,
    reader: Reader,
    horizon: Horizon,
    *,
    as_at: date,
    today: date,
    directorate_ids: Collection[int] | None = None,
) -> list[tuple[ActivityFacts, Standing]]:
    """What an annex asks: each activity of some directorates with where it stands on a day. Nothing is left out."""
    which = true() if directorate_ids is None else Activity.directorate_id.in_(directorate_ids)
    found = activities(session, reader, today=today, which=which, as_at=as_at)
    return [(one, one.standing(horizon, as_at=as_at)) for one in found]


def forthcoming_activities(
    session: Session,
    reader: Reader,
    horizon: Horizon,
    *,
    as_at: date,
    today: date,
) -> list[tuple[ActivityFacts, Standing]]:
    """Those that need a key decision within the horizon and were undecided on the day."""
    every = standing_activities(session, reader, horizon, as_at=as_at, today=today)
    return [(one, where) for one, where in every if where.is_forthcoming]
