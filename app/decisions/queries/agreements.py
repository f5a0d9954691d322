"""Every contract and arrangement as the proposals' rule reads it, in a fixed number of queries.

The database leaves out what the rule could not propose; it never decides. A test holds the two together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.core.dates import add_months
from app.council.rules import LeadTimes, ProcurementKind, Threshold, ThresholdBasis
from app.decisions.models import Activity, ActivityContract, ActivityKind, ActivityState, ProposalAnswer
from app.decisions.queries.arranged import Member, candidate_of_arrangement
from app.decisions.queries.beside import FEW
from app.decisions.queries.visibility import covers
from app.decisions.rules.proposals import WATCHED_SHARE, Candidate, expected_months
from app.register.models import Arrangement, Contract, ContractForm, ContractStage
from app.register.queries import hanging
from app.register.queries.worth import in_arrangement
from app.register.signals import Successor, is_live_successor
from app.register.terms import Term
from app.register.visibility import not_withdrawn

ACTIVITIES = hanging.hangs_on("activities", covers)
ANSWERS = hanging.hangs_on("proposal_answers", lambda one: ProposalAnswer.contract_id == one)
#: Counting months back from the end of a long month loses days; nothing within them may be left out.
CLIPPED = timedelta(days=3)
#: Deciding these renews nothing: the agreement goes on, or goes on under new terms.
KEEPS_THE_CONTRACT = frozenset({ActivityKind.EXTEND, ActivityKind.VARY})
NOT_LET = tuple(form for form in ContractForm if not form.legally_a_contract)
FOLLOWER, KEPT = aliased(Contract), aliased(Contract)
#: What ends it: an early end comes before the agreed one.
ENDS_ON = func.coalesce(Contract.ended_early_on, Contract.current_end_on)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A contract, or an arrangement of several, that may be proposed for a decision."""

    contract_id: int | None
    arrangement_id: int | None
    title: str
    reference: str | None
    directorate_id: int
    division_id: int | None
    candidate: Candidate
    #: The contracts it stands on: one, or those of the arrangement.
    units: tuple[tuple[int, int | None], ...]
    #: The row is kept back until the day; an arrangement's while every contract that ends as it does is.
    embargoed_until: date | None = None
    #: Something it counts is kept back until the day.
    counts_embargoed_until: date | None = None
    #: The ground of an exempt amount it counts.
    exempt_ground: str | None = None

    @property
    def key(self) -> tuple[int | None, int | None]:
        return self.contract_id, self.arrangement_id


@dataclass(frozen=True)
class Sieve:
    """What the database may leave out: too far off, or too small to pass or to be watched."""

    today: date
    last: date
    #: The longest lead time of what is large, and of all else.
    longest_lead: int
    usual_lead: int
    large_over: Decimal
    least: Decimal
    least_a_year: Decimal | None

    @classmethod
    def of(cls, thresholds: Iterable[Threshold], leads: LeadTimes, *, today: date, last: date) -> "Sieve":
        every = tuple(thresholds)
        by_year = [one.amount * WATCHED_SHARE for one in every if one.basis is ThresholdBasis.ANNUAL]
        whole = [one.amount * WATCHED_SHARE for one in every if one.basis is ThresholdBasis.WHOLE_LIFE]
        usual = max(leads.replacement, leads.small, leads.call_off, leads.extension)
        never = Decimal(10) ** 15
        return cls(
            today,
            last,
            longest_lead=max(leads.new, usual),
            usual_lead=usual,
            large_over=leads.large_over,
            least=_down(min(whole, default=never)),
            least_a_year=_down(min(by_year)) if by_year else None,
        )

    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        return (self._near(), self._large())

    def _near(self) -> ColumnElement[bool]:
        near, far = (add_months(self.last, lead) + CLIPPED for lead in (self.usual_lead, self.longest_lead))
        is_large = or_(Contract.renewal_figure.is_(None), Contract.renewal_figure > self.large_over)
        return or_(
            and_(ENDS_ON.is_not(None), near >= ENDS_ON),
            and_(ENDS_ON.is_not(None), far >= ENDS_ON, is_large),
            and_(ENDS_ON.is_not(None), Contract.lead_time_months > self.usual_lead),
            and_(ENDS_ON.is_(None), or_(Contract.review_on.is_(None), Contract.review_on <= self.last)),
        )

    def _large(self) -> ColumnElement[bool]:
        by_year: tuple[ColumnElement[bool], ...] = ()
        if self.least_a_year is not None:
            by_year = (Contract.annual_figure >= self.least_a_year, Contract.annual_figure.is_(None))
        return or_(Contract.renewal_figure >= self.least, Contract.renewal_figure.is_(None), *by_year)


def _down(amount: Decimal) -> Decimal:
    """To whole pounds, so that the database compares no more than it stores."""
    return Decimal(int(amount))


def still_counts(today: date) -> ColumnElement[bool]:
    """Planned, running or to come: not withdrawn, and not over. Of forms by which something is let."""
    return and_(
        Contract.withdrawn_at.is_(None),
        Contract.form.not_in(NOT_LET),
        or_(Contract.stage != ContractStage.ENDED_EARLY, Contract.ended_early_on >= today),
        or_(Contract.current_end_on.is_(None), Contract.current_end_on >= today),
    )


COLUMNS = (
    Contract.id,
    Contract.parent_id,
    Contract.arrangement_id,
    Contract.title,
    Contract.reference,
    Contract.form,
    Contract.directorate_id,
    Contract.division_id,
    Contract.starts_on,
    ENDS_ON.label("ends_on"),
    Contract.latest_end_on,
    Contract.rolling,
    Contract.review_on,
    Contract.annual_figure,
    Contract.whole_life_figure,
    Contract.expected_term_months,
    Contract.lead_time_months,
    Contract.exempt,
    Contract.exempt_ground,
    Contract.embargoed_until,
)


def agreements(session: Session, sieve: Sieve) -> list[Agreement]:
    """Everything that may be proposed, watched or a gap."""
    leads = exists().where(Activity.contract_id == Contract.id, _settles())
    covered = ActivityContract.contract_id == Contract.id, ActivityContract.activity_id == Activity.id
    alone = (still_counts(sieve.today), ~in_arrangement(), ~leads, ~exists().where(*covered, _settles()))
    return [
        *_contracts(session, (*alone, *sieve.conditions()), sieve.today),
        *_arrangements(session, true(), sieve.today),
    ]


def every_agreement(session: Session, today: date) -> list[Agreement]:
    """Nothing left out: what the sieve is tested against."""
    alone = (still_counts(today), ~in_arrangement())
    return [*_contracts(session, alone, today), *_arrangements(session, true(), today)]


def agreement_of_contract(session: Session, contract_id: int, today: date) -> Agreement | None:
    """What a contract's renewal is judged by: itself, or the arrangement it is in."""
    contract = session.get(Contract, contract_id)
    if contract is None:
        return None
    if contract.arrangement_id is not None:
        within = select(Contract.arrangement_id).where(Contract.id == contract_id, in_arrangement())
        arrangement_id = session.scalar(within)
        if arrangement_id is not None:
            return agreement_of_arrangement(session, arrangement_id, today)
    has_activities, has_followers = hanging.hangs(contract, ACTIVITIES), hanging.hangs(contract, hanging.FOLLOWERS)
    return contract_alone(session, contract_id, today, has_activities=has_activities, has_followers=has_followers)


@lru_cache(maxsize=2)
def _one_alone(today: date) -> Select[Any]:  # Any: a row of COLUMNS
    """Put into words once a day: that takes longer than reading it."""
    columns: tuple[Any, ...] = COLUMNS
    return select(*columns).where(still_counts(today), Contract.id == bindparam("contract_id"))


def contract_alone(
    session: Session, contract_id: int, today: date, *, has_activities: bool = True, has_followers: bool = True
) -> Agreement | None:
    """The contract by itself, in an arrangement or not; nothing where it is over.

    What hangs on it is read unless it is known that there is none.
    """
    row = session.execute(_one_alone(today), {"contract_id": contract_id}).one_or_none()
    if row is None:
        return None
    of_it = row.id in _active_contracts(session, [contract_id]) if has_activities else False
    replaced = bool(_replaced(session, [contract_id], today)) if has_followers else False
    return _alone(row, has_activity=of_it, replaced=replaced)


def agreement_of_arrangement(session: Session, arrangement_id: int, today: date) -> Agreement | None:
    return next(iter(_arrangements(session, Arrangement.id == arrangement_id, today)), None)


def agreements_about(
    session: Session, contract_ids: Collection[int], arrangement_ids: Collection[int], today: date
) -> dict[tuple[int | None, int | None], Agreement]:
    """These contracts by themselves, and these arrangements, that are not over: by ``Agreement.key``."""
    alone = _contracts(session, (still_counts(today), Contract.id.in_(contract_ids)), today) if contract_ids else []
    whole = _arrangements(session, Arrangement.id.in_(arrangement_ids), today) if arrangement_ids else []
    return {one.key: one for one in (*alone, *whole)}


def _settles() -> ColumnElement[bool]:
    """Somebody has recorded what is to be decided, or it has been decided to let it anew."""
    decided = and_(Activity.state == ActivityState.TAKEN, Activity.kind.not_in(tuple(KEEPS_THE_CONTRACT)))
    return or_(Activity.state == ActivityState.EXPECTED, decided)


# Contracts by themselves


def _contracts(session: Session, which: tuple[ColumnElement[bool], ...], today: date) -> list[Agreement]:
    rows = session.execute(select(*COLUMNS).where(*which).order_by(Contract.id)).all()
    numbers = [row.id for row in rows]
    replaced = _replaced(session, numbers, today)
    active = _active_contracts(session, numbers)
    return [_alone(row, has_activity=row.id in active, replaced=row.id in replaced) for row in rows]


def _replaced(session: Session, which: Collection[int], today: date) -> Collection[int]:
    """Of these contracts, those that have a live successor. Few are asked for by their numbers."""
    if not which:
        return ()
    query = (
        select(
            KEPT.id,
            func.coalesce(KEPT.ended_early_on, KEPT.current_end_on),
            FOLLOWER.title,
            FOLLOWER.starts_on,
        )
        .join(FOLLOWER, FOLLOWER.replaces_id == KEPT.id)
        .where(
            FOLLOWER.replaces_id.in_(which) if len(which) <= FEW else FOLLOWER.replaces_id.is_not(None),
            not_withdrawn(FOLLOWER),
            FOLLOWER.stage == ContractStage.AWARDED,
            or_(FOLLOWER.current_end_on.is_(None), FOLLOWER.current_end_on >= today),
        )
    )
    return {
        contract_id
        for contract_id, ends_on, title, starts_on in session.execute(query)
        if is_live_successor(Successor(title, starts_on, awarded=True), ends_on=ends_on, today=today)
    }


def _alone(row: Any, *, has_activity: bool, replaced: bool) -> Agreement:  # Any: a row of COLUMNS
    return Agreement(
        contract_id=row.id,
        arrangement_id=None,
        title=row.title,
        reference=row.reference,
        directorate_id=row.directorate_id,
        division_id=row.division_id,
        candidate=Candidate(
            ends_on=row.ends_on,
            run_rate=row.annual_figure,
            whole_life=row.whole_life_figure,
            expected_months=_months(row),
            kind=ProcurementKind.CALL_OFF if row.form is ContractForm.CALL_OFF else ProcurementKind.REPLACEMENT,
            lead_months=row.lead_time_months,
            review_on=row.review_on,
            has_activity=has_activity,
            has_live_successor=replaced,
        ),
        units=((row.directorate_id, row.division_id),),
        embargoed_until=row.embargoed_until,
        counts_embargoed_until=row.embargoed_until,
        exempt_ground=(row.exempt_ground or "") if row.exempt else None,
    )


def _months(row: Any) -> int:  # Any: a row of COLUMNS
    return expected_months(row.expected_term_months, Term(row.starts_on, row.latest_end_on, rolling=row.rolling))


# Arrangements


def _arrangements(session: Session, which: ColumnElement[bool], today: date) -> list[Agreement]:
    """Arrangements of contracts that are not over, each judged as a whole."""
    members = and_(still_counts(today), Contract.arrangement_id.is_not(None))
    found_arrangements = session.scalars(
        select(Arrangement).where(which, Arrangement.withdrawn_at.is_(None)).order_by(Arrangement.id)
    )
    arrangements = found_arrangements.all()
    if not arrangements:
        return []
    wanted = [one.id for one in arrangements] if len(arrangements) == 1 else None
    mine = members if wanted is None else and_(members, Contract.arrangement_id.in_(wanted))
    rows = session.execute(select(*COLUMNS).where(mine).order_by(Contract.id)).all()
    numbers = [row.id for row in rows]
    replaced = _replaced(session, numbers, today)
    found = _members(rows, replaced, _active_contracts(session, numbers))
    settled = _active(session, select(Activity.arrangement_id), Activity.arrangement_id, wanted)
    return [_together(one, found[one.id], settled) for one in arrangements if one.id in found]


def _active_contracts(session: Session, which: Collection[int]) -> set[int | None]:
    """Contracts that an activity covers, leading it or not."""
    further = select(ActivityContract.contract_id).join(Activity, Activity.id == ActivityContract.activity_id)
    return _active(session, select(Activity.contract_id), Activity.contract_id, which) | _active(
        session, further, ActivityContract.contract_id, which
    )


def _active(session: Session, query: Select[Any], column: Any, which: Collection[int] | None) -> set[int | None]:
    # Any: one column, that may be blank or not
    """What has an activity of its own: of these, where they are few."""
    few = which is not None and len(which) <= FEW
    return set(session.scalars(query.where(column.in_(which or ()) if few else column.is_not(None), _settles())))


def _members(
    rows: Iterable[Any], replaced: Collection[int], active: Collection[int | None]
) -> Mapping[int, list[Member]]:
    found: defaultdict[int, list[Member]] = defaultdict(list)
    for row in rows:
        found[row.arrangement_id].append(
            Member(
                contract_id=row.id,
                parent_id=row.parent_id,
                is_framework=row.form is ContractForm.FRAMEWORK,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                latest_end_on=row.latest_end_on,
                review_on=row.review_on,
                annual_figure=row.annual_figure,
                whole_life_figure=row.whole_life_figure,
                expected_months=_months(row),
                lead_months=row.lead_time_months,
                has_activity=row.id in active,
                is_replaced=row.id in replaced,
                unit=(row.directorate_id, row.division_id),
                embargoed_until=row.embargoed_until,
                exempt_ground=(row.exempt_ground or "") if row.exempt else None,
            )
        )
    return found


def _together(arrangement: Arrangement, members: list[Member], settled: Collection[int | None]) -> Agreement:
    grounds = [member.exempt_ground for member in members if member.exempt_ground is not None]
    known = [member.embargoed_until for member in members if member.embargoed_until]
    candidate = candidate_of_arrangement(
        arrangement.valuation,
        arrangement.annual_value,
        arrangement.value_high or arrangement.value_low,
        members,
        has_activity=arrangement.id in settled,
    )
    telling = [member.embargoed_until for member in members if member.ends_on == candidate.ends_on]
    return Agreement(
        contract_id=None,
        arrangement_id=arrangement.id,
        title=arrangement.title,
        reference=arrangement.reference,
        directorate_id=arrangement.directorate_id,
        division_id=arrangement.division_id,
        candidate=candidate,
        units=tuple({member.unit for member in members}),
        embargoed_until=None if None in telling else min(filter(None, telling)),
        counts_embargoed_until=max(known, default=None),
        exempt_ground=next(iter(grounds), None),
    )
