"""Annex 3: the key decisions over the threshold that people expect within the horizon. Proposals never print."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from app.annexes import wording
from app.annexes.queries.scope import Scope
from app.core.dates import length_of
from app.core.forms import sentence_case
from app.core.rights import Grant, Permission, Reader
from app.council import queries as council
from app.council.calendar import FinancialYear, Quarter
from app.decisions.models import ActivityKind
from app.decisions.queries.activities import ActivityFacts, standing_activities
from app.decisions.queries.committees.beside import Looked, looked_at
from app.decisions.rules.horizon import Standing, plan_horizon
from app.decisions.rules.timing import TimingKind
from app.register.models import Provider
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
#: Annexes are made from everything; each edition leaves out by itself what is kept back from its readers.
EVERYTHING = Reader(None, "the annexes", (Grant(frozenset({Permission.READ}), exempt=True),))
#: No committee has been asked to look at it.
UNSEEN = Looked(None, "")


@dataclass(frozen=True, eq=False)
class Coming:
    """An activity as at a day, judged as everywhere else, and held against the annex threshold."""

    facts: ActivityFacts
    standing: Standing
    #: Whether spending or savings pass the annex threshold.
    over: Answer
    #: Who holds what it covers.
    providers: tuple[Provider, ...]

    @property
    def ref(self) -> str:
        return f"F{self.facts.id}"

    @property
    def prints(self) -> bool:
        return self.standing.is_forthcoming and self.over is Answer.OVER

    @property
    def spending(self) -> Amount | None:
        return _amount(self.facts.expenditure, self.facts)

    @property
    def savings(self) -> Amount | None:
        return _amount(self.facts.savings, self.facts)

    @property
    def exempt_ground(self) -> str | None:
        """Exempt by itself, or about a contract whose amount is."""
        return (self.facts.exempt_ground or "") if self.facts.exempt else None


def _amount(ends: tuple[Decimal, Decimal] | None, facts: ActivityFacts) -> Amount | None:
    return Amount(*ends, certainty=facts.value_certainty) if ends else None


def coming(scope: Scope) -> list[Coming]:
    """Every activity of these directorates that is not withdrawn, judged as at the day, in the order of entry."""
    horizon = plan_horizon(scope.year, years=council.horizon_years(scope.session, scope.year.first))
    found = standing_activities(
        scope.session,
        EVERYTHING,
        horizon,
        as_at=scope.as_at,
        today=scope.today,
        directorate_ids=scope.directorate_ids,
    )
    kept = sorted(((one, where) for one, where in found if where is not Standing.WITHDRAWN), key=lambda at: at[0].id)
    providers = _providers(scope, {number for one, _ in kept for number in one.provider_ids})
    return [
        Coming(one, where, _value_test(one, scope), tuple(providers[number] for number in one.provider_ids))
        for one, where in kept
    ]


def _providers(scope: Scope, ids: Collection[int]) -> dict[int, Provider]:
    query = select(Provider).where(Provider.id.in_(ids)).order_by(Provider.id)
    return {one.id: one for one in scope.session.scalars(query)} if ids else {}


def _value_test(one: ActivityFacts, scope: Scope) -> Answer:
    """Spending and savings are each held against the amount; a range at its high end."""
    amounts = [ends for ends in (one.expenditure, one.savings) if ends]
    if not amounts:
        return Answer.CANNOT_TELL
    return Answer.OVER if any(scope.threshold.is_passed_by(high) for _, high in amounts) else Answer.NOT_OVER


# As printed


def rows(
    scope: Scope, found: Collection[Coming], services: Mapping[int, tuple[str, int]], companies: frozenset[int]
) -> tuple[Annex3Row, ...]:
    committees = {committee.id: committee.name for committee in council.committees(scope.session)}
    printed = [one for one in found if one.prints]
    looked = looked_at(scope.session, {one.facts.id for one in printed}, scope.as_at)
    return tuple(_row(one, scope, services, companies, committees, looked.get(one.facts.id, UNSEEN)) for one in printed)


def _row(
    one: Coming,
    scope: Scope,
    services: Mapping[int, tuple[str, int]],
    companies: frozenset[int],
    committees: Mapping[int, str],
    looked: Looked,
) -> Annex3Row:
    activity = one.facts
    return Annex3Row(
        unit=scope.unit(activity.directorate_id, activity.division_id),
        ref=one.ref,
        service="; ".join(services[number][0] for number in activity.service_ids),
        activity=activity.title,
        purpose=activity.purpose,
        type=TYPES[activity.kind],
        current_providers=wording.parties(one.providers, companies),
        current_end_on=activity.current_end_on,
        estimate=_estimate(one),
        basis=_basis(one),
        length=length_of(activity.expected_months) if activity.expected_months else "",
        timing=printed_timing(one),
        decision_taker=activity.decision_taker or "",
        committee=committees.get(activity.committee_id or 0, ""),
        meeting_on=looked.meets_on,
        pre_scrutiny=looked.words,
        certainty=sentence_case(activity.likelihood.value),
        lead_officer=activity.lead_post or "",
        note=_note(one),
        record=activity.url,
        embargoed_until=activity.embargoed_until,
    )


def _estimate(one: Coming) -> Money | None:
    """Spending; savings are no spending and are told in words, so that totals add one kind only."""
    exempt = one.exempt_ground
    if one.spending is None and one.savings is not None and not exempt:
        return None
    return wording.estimate(one.spending, exempt=exempt)


def _basis(one: Coming) -> str:
    if one.spending is not None:
        return basis_in_words(one.spending)
    amount = one.savings
    if amount is None or one.exempt_ground:
        return "Savings"
    return f"Savings of {wording.between(amount)}"


def _note(one: Coming) -> str:
    further = "; ".join(held.title for held in one.facts.also)
    covers = f"Covers {one.facts.about} and {further}" if one.facts.about and further else ""
    if one.spending is None or one.savings is None or one.exempt_ground:
        return covers
    return ". ".join(part for part in (f"Expected to save {wording.between(one.savings)} as well", covers) if part)


def printed_timing(one: Coming) -> PrintedTiming:
    """When, as the reports write it."""
    timing = one.facts.timing
    first = timing.first
    taken_on = one.facts.decided_on if one.standing is Standing.TAKEN_SINCE else None
    if first is None:
        return PrintedTiming(taken_on=taken_on, originally=_originally(one))
    quarter = None if timing.kind is TimingKind.YEAR else Quarter.of(first).number
    not_before = first if timing.kind is TimingKind.NOT_BEFORE else None
    year = FinancialYear.of(first).start
    return PrintedTiming(
        year=year, quarter=quarter, not_before=not_before, taken_on=taken_on, originally=_originally(one)
    )


def _originally(one: Coming) -> str:
    """Where it slipped from: only a later timing is a slip."""
    was, first = one.facts.original, one.facts.timing.first
    if was is None or was.first is None or first is None or first <= was.first:
        return ""
    return str(Quarter.of(was.first)) if was.kind in {TimingKind.DAY, TimingKind.NOT_BEFORE} else str(was)


# What other annexes say of them


def by_service(found: Collection[Coming], lead: Mapping[int, Collection[int]]) -> dict[int, list[str]]:
    """References by service: those it names, and those of the contracts it covers (``lead`` by contract)."""
    refs: dict[int, list[str]] = defaultdict(list)
    for one in found:
        if one.prints:
            served = (number for contract in one.facts.contract_ids for number in lead.get(contract, ()))
            for service_id in sorted({*one.facts.service_ids, *served}):
                refs[service_id].append(one.ref)
    return refs


def by_contract(found: Collection[Coming]) -> dict[int, str]:
    return {contract: one.ref for one in reversed(_printed(found)) for contract in one.facts.contract_ids}


def by_arrangement(found: Collection[Coming]) -> dict[int, str]:
    return {one.facts.arrangement_id: one.ref for one in reversed(_printed(found)) if one.facts.arrangement_id}


def _printed(found: Collection[Coming]) -> list[Coming]:
    return [one for one in found if one.prints]


def gaps(scope: Scope, found: Collection[Coming]) -> Iterator[tuple[int, Gap]]:
    """Activities that may belong in the annex and cannot be judged, or whose answer has lapsed."""
    for one in found:
        if scope.waits(one.facts.embargoed_until) or one.standing in {Standing.DECIDED, Standing.BEYOND}:
            continue
        untested = one.standing.is_forthcoming and one.over is Answer.CANNOT_TELL
        if untested or one.facts.answer.answer is Answer.CANNOT_TELL:
            problem = "No spending or savings recorded, so it cannot be tested: enter an estimate."
            yield one.facts.directorate_id, Gap(f"{one.ref}, {one.facts.title}", problem, True, one.facts.url)  # noqa: FBT003
