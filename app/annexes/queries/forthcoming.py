"""Annex 3: the key decisions over the threshold that people expect within the horizon. Proposals never print."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.annexes import wording
from app.annexes.queries.scope import Scope
from app.core.clock import LONDON
from app.core.dates import length_of
from app.core.forms import sentence_case
from app.council import queries as council
from app.council.calendar import FinancialYear, Quarter
from app.decisions.models import Activity, ActivityKind, ActivityState
from app.decisions.rules import key_decisions
from app.decisions.rules.horizon import Awaited, Standing, plan_horizon, standing
from app.decisions.rules.key_decisions import Effects, Line, LineKind, PersonsJudgement, Thresholds
from app.decisions.rules.timing import Timing, TimingKind
from app.register.models import Contract, ContractProvider
from app.register.thresholds import Answer
from app.register.values import Amount, basis_in_words
from reports.annex_forthcoming import ActivityType, Annex3Row
from reports.annex_set import Gap
from reports.values import Money
from reports.values import Timing as PrintedTiming

TYPES = {
    ActivityKind.REDESIGN: ActivityType.REDESIGN,
    ActivityKind.NEW: ActivityType.NEW,
    ActivityKind.REPROCURE: ActivityType.RE_PROCURE,
    ActivityKind.EXTEND: ActivityType.EXTEND,
    ActivityKind.VARY: ActivityType.VARY,
    ActivityKind.BRING_IN_HOUSE: ActivityType.BRING_IN_HOUSE,
    ActivityKind.TRANSFER: ActivityType.TRANSFER,
}
SPENDING = frozenset({LineKind.REVENUE, LineKind.CAPITAL})
SAVING = frozenset({LineKind.SAVINGS})


@dataclass(frozen=True, eq=False)
class Coming:
    """An activity as at a day, judged."""

    activity: Activity
    timing: Timing
    standing: Standing
    needed: Answer
    #: Whether spending or savings pass the annex threshold.
    over: Answer

    @property
    def ref(self) -> str:
        return f"F{self.activity.id}"

    @property
    def prints(self) -> bool:
        return self.standing.is_forthcoming and self.over is Answer.OVER

    @property
    def spending(self) -> Amount | None:
        return _sum(self.activity, SPENDING)

    @property
    def savings(self) -> Amount | None:
        return _sum(self.activity, SAVING)

    @property
    def embargoed_until(self) -> date | None:
        """An activity about a contract that is kept back is kept back with it."""
        return self.activity.contract.embargoed_until if self.activity.contract else None


def _sum(activity: Activity, kinds: Collection[LineKind]) -> Amount | None:
    lines = [line for line in activity.lines if line.kind in kinds]
    if not lines:
        return None
    low, high = sum((line.low for line in lines), Decimal(0)), sum((line.high for line in lines), Decimal(0))
    return Amount(low, high, certainty=activity.value_certainty)


def coming(scope: Scope) -> list[Coming]:
    """Every activity of these directorates that is not withdrawn, judged as at the day."""
    query = (
        select(Activity)
        .where(Activity.state != ActivityState.WITHDRAWN, scope.within(Activity.directorate_id))
        .options(
            selectinload(Activity.lines),
            selectinload(Activity.services),
            selectinload(Activity.moves),
            joinedload(Activity.arrangement),
            joinedload(Activity.contract).selectinload(Contract.providers).selectinload(ContractProvider.provider),
        )
        .order_by(Activity.id)
    )
    return [_judged(activity, scope) for activity in scope.session.scalars(query)]


def _judged(activity: Activity, scope: Scope) -> Coming:
    timing = _timing_then(activity, scope.as_at)
    answer = key_decisions.needs_key_decision(
        [Line(line.kind, line.low, line.high) for line in activity.lines],
        _thresholds(scope, timing),
        Effects(activity.two_divisions, activity.two_divisions_reason, activity.other_ground),
        _judgement(activity),
    )
    awaited = Awaited(answer.is_needed, timing, activity.decided_on)
    horizon = plan_horizon(scope.year, years=council.horizon_years(scope.session, scope.year.first))
    return Coming(
        activity, timing, standing(awaited, horizon, as_at=scope.as_at), answer.answer, _value_test(activity, scope)
    )


def _timing_then(activity: Activity, as_at: date) -> Timing:
    """What was expected on the day: a move made later is taken back."""
    later = [move for move in activity.moves if move.moved_at.astimezone(LONDON).date() > as_at]
    return Timing(later[0].was_timing, later[0].was_on) if later else Timing(activity.timing, activity.expected_on)


def _thresholds(scope: Scope, timing: Timing) -> Thresholds:
    day = timing.first or scope.as_at
    capital = council.key_threshold(scope.session, day, capital=True)
    return Thresholds(council.key_threshold(scope.session, day), capital)


def _judgement(activity: Activity) -> PersonsJudgement | None:
    if activity.judgement is None:
        return None
    return PersonsJudgement(activity.judgement, activity.judgement_reason or "", activity.judged_amount)


def _value_test(activity: Activity, scope: Scope) -> Answer:
    """Spending and savings are each held against the amount; a range at its high end."""
    amounts = [amount for kinds in (SPENDING, SAVING) if (amount := _sum(activity, kinds))]
    if not amounts:
        return Answer.CANNOT_TELL
    return Answer.OVER if any(scope.threshold.is_passed_by(amount.high) for amount in amounts) else Answer.NOT_OVER


# As printed


def rows(
    scope: Scope, found: Collection[Coming], services: Mapping[int, tuple[str, int]], companies: frozenset[int]
) -> tuple[Annex3Row, ...]:
    committees = {committee.id: committee.name for committee in council.committees(scope.session)}
    return tuple(_row(one, scope, services, companies, committees) for one in found if one.prints)


def _row(
    one: Coming,
    scope: Scope,
    services: Mapping[int, tuple[str, int]],
    companies: frozenset[int],
    committees: Mapping[int, str],
) -> Annex3Row:
    activity = one.activity
    current = activity.contract
    return Annex3Row(
        unit=scope.unit(activity.directorate_id, activity.division_id),
        ref=one.ref,
        service="; ".join(services[entry.service_id][0] for entry in activity.services),
        activity=activity.title,
        purpose=activity.purpose,
        type=TYPES[activity.kind],
        current_providers=wording.parties((e.provider for e in current.providers), companies) if current else (),
        current_end_on=current.current_end_on if current else None,
        estimate=_estimate(one),
        basis=_basis(one),
        length=length_of(activity.expected_months) if activity.expected_months else "",
        timing=printed_timing(one),
        decision_taker=activity.decision_taker or "",
        committee=committees.get(activity.committee_id or 0, ""),
        certainty=sentence_case(activity.likelihood.value),
        lead_officer=activity.lead_post or "",
        note=_note(one),
        record=f"/activities/{activity.id}",
        embargoed_until=one.embargoed_until,
    )


def _estimate(one: Coming) -> Money | None:
    """Spending; savings are no spending and are told in words, so that totals add one kind only."""
    exempt = _ground(one.activity)
    if one.spending is None and one.savings is not None and not exempt:
        return None
    return wording.estimate(one.spending, exempt=exempt)


def _ground(activity: Activity) -> str | None:
    """Exempt by itself, or about a contract whose amount is."""
    if activity.exempt:
        return activity.exempt_ground
    return activity.contract.exempt_ground if activity.contract and activity.contract.exempt else None


def _basis(one: Coming) -> str:
    if one.spending is not None:
        return basis_in_words(one.spending)
    amount = one.savings
    if amount is None or _ground(one.activity):
        return "Savings"
    return f"Savings of {wording.between(amount)}"


def _note(one: Coming) -> str:
    if one.spending is None or one.savings is None or _ground(one.activity):
        return ""
    return f"Expected to save {wording.between(one.savings)} as well"


def printed_timing(one: Coming) -> PrintedTiming:
    """When, as the reports write it."""
    first, activity = one.timing.first, one.activity
    taken_on = activity.decided_on if one.standing is Standing.TAKEN_SINCE else None
    if first is None:
        return PrintedTiming(taken_on=taken_on, originally=_originally(one))
    quarter = None if one.timing.kind is TimingKind.YEAR else Quarter.of(first).number
    not_before = first if one.timing.kind is TimingKind.NOT_BEFORE else None
    year = FinancialYear.of(first).start
    return PrintedTiming(
        year=year, quarter=quarter, not_before=not_before, taken_on=taken_on, originally=_originally(one)
    )


def _originally(one: Coming) -> str:
    """Where it slipped from: only a later timing is a slip."""
    kind, was_on = one.activity.original_timing, one.activity.original_expected_on
    if kind is None or was_on is None or one.timing.first is None or one.timing.first <= was_on:
        return ""
    was = Timing(kind, was_on)
    return str(Quarter.of(was_on)) if kind in {TimingKind.DAY, TimingKind.NOT_BEFORE} else str(was)


# What other annexes say of them


def by_service(found: Collection[Coming], lead: Mapping[int, Collection[int]]) -> dict[int, list[str]]:
    """References by service: those it names, and those of the contract it is about (``lead`` by contract)."""
    refs: dict[int, list[str]] = defaultdict(list)
    for one in found:
        if one.prints:
            named = {entry.service_id for entry in one.activity.services}
            for service_id in sorted(named | set(lead.get(one.activity.contract_id or 0, ()))):
                refs[service_id].append(one.ref)
    return refs


def by_contract(found: Collection[Coming]) -> dict[int, str]:
    return {one.activity.contract_id: one.ref for one in reversed(_printed(found)) if one.activity.contract_id}


def by_arrangement(found: Collection[Coming]) -> dict[int, str]:
    return {one.activity.arrangement_id: one.ref for one in reversed(_printed(found)) if one.activity.arrangement_id}


def _printed(found: Collection[Coming]) -> list[Coming]:
    return [one for one in found if one.prints]


def gaps(scope: Scope, found: Collection[Coming]) -> Iterator[tuple[int, Gap]]:
    """Activities that may belong in the annex and cannot be judged, or whose answer has lapsed."""
    for one in found:
        if scope.waits(one.embargoed_until) or one.standing in {Standing.DECIDED, Standing.BEYOND}:
            continue
        if one.needed is Answer.CANNOT_TELL or (one.standing.is_forthcoming and one.over is Answer.CANNOT_TELL):
            problem = "No spending or savings recorded, so it cannot be tested: enter an estimate."
            record = f"/activities/{one.activity.id}"
            yield one.activity.directorate_id, Gap(f"{one.ref}, {one.activity.title}", problem, True, record)  # noqa: FBT003
