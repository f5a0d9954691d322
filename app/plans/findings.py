"""What the annexes of the business plan may print and cannot print well yet, and the returns that are owed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Date,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from app.core.dates import day
from app.core.findings import Asked, FindingKind, Rows, Severity, declare
from app.core.rights import NOBODY
from app.core.text import fold
from app.council import queries as council
from app.council.models import Directorate, Division
from app.decisions.models import Activity, ActivityState
from app.decisions.queries.activities import ActivityFacts, activities, found_rows
from app.plans.models import PlanningRound, Return
from app.plans.rules import OPEN, ReturnState, listed
from app.register.completeness import Item, Purpose, in_words, missing_for
from app.register.findings.completing import SUPPLIERS
from app.register.findings.of_contracts import THIS_CONTRACT, ContractFinding, about_contracts
from app.register.models import (
    Agreement,
    AgreementStatus,
    Contract,
    ContractForm,
    ContractProvider,
    ContractStage,
    Provider,
    SocialValueCommitment,
)
from app.register.queries.agreements import owned
from app.register.queries.completeness import blank, facts_of, lacks
from app.register.queries.narrowing import Over, over_alone, over_together
from app.register.queries.social_value import visible
from app.register.status import Status, in_status
from app.register.thresholds import Answer

AGREEMENTS = tuple(form for form in ContractForm if form.is_agreement)
#: Neither is bought: one has no other side in law, the other no price.
NOT_COMMISSIONED = (*AGREEMENTS, ContractForm.MEMORANDUM)
SOON_PRINTED = "The directorates' business plans: what Annex {} prints"


# Annex 2: commissioned services


def _printable(session: Session, today: date, *, of: ColumnElement[int | None] | None = None) -> ColumnElement[bool]:
    """Running, and over the annex threshold alone or together, or of a value that nobody has recorded."""
    together = over_together(session, Over.ANNEX, NOBODY, today, of=of)
    over = or_(over_alone(session, Over.ANNEX, today), together, blank(Item.VALUE))
    return and_(in_status(Status.LIVE, today), Contract.form.not_in(NOT_COMMISSIONED), over, lacks(Purpose.ANNEX))


def _printable_here(session: Session, today: date) -> ColumnElement[bool]:
    this = aliased(Contract)
    only = select(this.arrangement_id).where(this.id == bindparam(THIS_CONTRACT)).scalar_subquery()
    return _printable(session, today, of=only)


ANNEX_2 = about_contracts(
    ContractFinding(
        code="annex-2",
        one="contract that Annex 2 may print lacks something",
        many="contracts that Annex 2 may print lack something",
        severity=Severity.TIDY,
        source=SOON_PRINTED.format(2),
        cure="Fill in what is missing before the return is sent",
        loads=(SUPPLIERS,),
        condition=_printable,
        of_one=_printable_here,
        working=lambda _session, found, _today: f"Missing: {in_words(missing_for(Purpose.ANNEX, facts_of(found)))}.",
        tells_amount=True,
    )
)


# Annex 4: agreements with trading companies


def _side(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Agreement.contract_id == Contract.id, *more).correlate(Contract)


def _leaderless() -> ColumnElement[bool]:
    return and_(Contract.manager_post.is_(None), ~_side(Agreement.client_lead_post.is_not(None)))


def _with_a_company() -> ColumnElement[bool]:
    of_it = and_(ContractProvider.contract_id == Contract.id, Provider.id == ContractProvider.provider_id)
    return exists().where(of_it, owned()).correlate(Contract)


def _agreed(today: date) -> ColumnElement[bool]:
    """With a company the council owns, on its way or running."""
    return and_(
        Contract.form.in_(AGREEMENTS),
        Contract.stage != ContractStage.ENDED_EARLY,
        or_(Contract.current_end_on.is_(None), Contract.current_end_on >= today),
        ~_side(Agreement.status == AgreementStatus.ENDED),
        _with_a_company(),
        or_(~_side(), Contract.annual_high.is_(None), _leaderless()),
    )


def _why_agreement(session: Session, contract: Contract, _today: date) -> str:
    side = session.scalar(select(Agreement).where(Agreement.contract_id == contract.id))
    missing = [
        *(["its status and standards"] if side is None else []),
        *(["annual charge"] if contract.annual_high is None else []),
        *(["client lead"] if not (contract.manager_post or (side and side.client_lead_post)) else []),
    ]
    return f"Missing: {listed(missing)}."


ANNEX_4 = about_contracts(
    ContractFinding(
        code="annex-4",
        one="agreement with a trading company lacks something Annex 4 prints",
        many="agreements with trading companies lack something Annex 4 prints",
        severity=Severity.TIDY,
        source=SOON_PRINTED.format(4),
        cure="Fill in what is missing before the return is sent",
        mend="/agreements/{}",
        condition=lambda _session, today: _agreed(today),
        working=_why_agreement,
    )
)


# Annex 3: forthcoming activity


def lacking_of_activity(one: ActivityFacts, today: date) -> list[str]:
    """What an expected decision lacks; nothing is asked of what needs no key decision."""
    if one.state is not ActivityState.EXPECTED or one.answer.answer is Answer.NOT_OVER:
        return []
    return [
        *(["an estimate, so that it can be tested"] if one.answer.answer is Answer.CANNOT_TELL else []),
        *(["when it is expected"] if one.timing.first is None else []),
        *([f"a new date: {one.timing} has passed"] if one.is_overdue(today) else []),
        *(["its committee"] if one.committee_id is None else []),
    ]


def _lacking_activities(session: Session, asked: Asked) -> Iterator[tuple[int, list[str]]]:
    which = Activity.state == ActivityState.EXPECTED
    if asked.subject_id is not None:
        which = and_(which, Activity.id == asked.subject_id)
    for one in activities(session, asked.reader, today=asked.today, which=which):
        missing = lacking_of_activity(one, asked.today)
        if missing and asked.post_key in {None, fold(one.lead_post or "")}:
            yield one.id, missing


def _activity_rows(session: Session, asked: Asked) -> Rows:
    """The test for a key decision is plain Python, so each is asked, and the rows are found by number."""
    found = [number for number, _ in _lacking_activities(session, asked)]
    unit = asked.narrowed(directorate=Activity.directorate_id, division=Activity.division_id)
    return found_rows(Activity.id.in_(found), *unit)


ANNEX_3 = declare(
    FindingKind(
        code="annex-3",
        one="forthcoming decision lacks something Annex 3 prints",
        many="forthcoming decisions lack something Annex 3 prints",
        severity=Severity.SOON,
        source=SOON_PRINTED.format(3),
        cure="Say when it is expected, which committee looks at it and what it may cost, or record what became of it",
        subject="activity",
        page="/activities/{}",
        rows=_activity_rows,
        working=lambda session, asked, ids: {
            number: f"Missing: {listed(missing)}."
            for number, missing in _lacking_activities(session, asked)
            if number in ids
        },
    )
)


# Annex 5: social value


def _commitment_rows(_session: Session, asked: Asked) -> Rows:
    commitment = SocialValueCommitment
    still = or_(commitment.due_on.is_(None), commitment.due_on >= asked.today)
    conditions: list[ColumnElement[bool]] = [
        *(commitment.withdrawn_reason.is_(None), commitment.measure.is_(None), commitment.unit.is_(None)),
        *(still, visible(asked.reader, asked.today)),
    ]
    wanted = (
        (commitment.id, asked.subject_id),
        (commitment.directorate_id, asked.directorate_id),
        (Contract.division_id, asked.division_id),
        (Contract.manager_post_key, asked.post_key),
    )
    conditions += [column == value for column, value in wanted if value is not None]
    columns = (commitment.id, commitment.text, commitment.directorate_id, Contract.division_id)
    query = select(*columns, Contract.manager_post_key, cast(null(), Date).label("due_on"))
    return query.outerjoin(Contract, Contract.id == commitment.contract_id).where(*conditions)


ANNEX_5 = declare(
    FindingKind(
        code="annex-5",
        one="social value commitment has no measure",
        many="social value commitments have no measure",
        severity=Severity.TIDY,
        source=SOON_PRINTED.format(5),
        cure="Say what is counted, or nothing delivered can be counted against it",
        subject="commitment",
        page="/social-value/{}",
        rows=_commitment_rows,
        working=lambda _session, _asked, ids: dict.fromkeys(ids, "Nothing says what is counted"),
    )
)


# The returns themselves


def _owed(asked: Asked, *states: ReturnState, post: ColumnElement[str | None]) -> Rows:
    conditions: list[ColumnElement[bool]] = [
        Return.state.in_(states),
        Return.withdrawn_at.is_(None),
        PlanningRound.closed_at.is_(None),
    ]
    wanted = (
        (Return.id, asked.subject_id),
        (Return.directorate_id, asked.directorate_id),
        (Return.division_id, asked.division_id),
        (post, asked.post_key),
    )
    conditions += [column == value for column, value in wanted if value is not None]
    title = literal("Return of ") + func.coalesce(Division.name, Directorate.name)
    return (
        select(
            Return.id,
            title.label("title"),
            Return.directorate_id,
            Return.division_id,
            post.label("post"),
            PlanningRound.returns_due_on.label("due_on"),
        )
        .join(PlanningRound, PlanningRound.id == Return.round_id)
        .join(Directorate, Directorate.id == Return.directorate_id)
        .outerjoin(Division, Division.id == Return.division_id)
        .where(*conditions)
    )


def _to_be_made(_session: Session, asked: Asked) -> Rows:
    """Asked of the unit, not of a post: whoever keeps its records may make it."""
    return _owed(asked, *OPEN, post=cast(null(), String))


def _to_be_signed(session: Session, asked: Asked) -> Rows:
    """Asked of the director's post."""
    named = {one.id: fold(one.director_post) for one in council.structure(session) if one.director_post}
    if not named:
        return _owed(asked, ReturnState.SENT, post=cast(null(), String))
    return _owed(asked, ReturnState.SENT, post=case(named, value=Return.directorate_id, else_=None))


def _why(say: Callable[[Return], str]) -> Callable[[Session, Asked, Sequence[int]], Mapping[int, str]]:
    def working(session: Session, _asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
        found = session.scalars(select(Return).where(Return.id.in_(ids)).order_by(Return.id))
        return {one.id: say(one) for one in found}

    return working


def _why_owed(one: Return) -> str:
    begun = f"Sent back: {one.sent_back_reason}" if one.state is ReturnState.SENT_BACK else "Not sent"
    return f"{begun}. For the plan of {one.round.plan_year}, due on {day(one.round.returns_due_on)}"


RETURN_OWED = declare(
    FindingKind(
        code="return",
        one="return for the business plan is to be sent",
        many="returns for the business plan are to be sent",
        severity=Severity.SOON,
        source="The planning round: the day by which returns are due",
        cure="Mend what is missing, answer each part and send it to the director",
        subject="return",
        page="/plans/returns/{}",
        rows=_to_be_made,
        working=_why(_why_owed),
    )
)
RETURN_SENT = declare(
    FindingKind(
        code="return-sign-off",
        one="return for the business plan waits for the director",
        many="returns for the business plan wait for the director",
        severity=Severity.SOON,
        source="The planning round: a directorate's return is signed off by its corporate director",
        cure="Read it, and sign it off or send it back with a reason",
        subject="return",
        page="/plans/returns/{}",
        rows=_to_be_signed,
        working=_why(lambda one: f"Sent by {one.sent_by}, for the plan of {one.round.plan_year}"),
    )
)
