"""What agreements and social value say needs doing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Integer, and_, exists, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from app.core import clock
from app.core.dates import day
from app.core.days_in_sql import plus_months
from app.core.findings import Asked, FindingKind, Rows, Severity, declare
from app.core.pages import plural
from app.council import settings
from app.council.queries import value_on
from app.register.findings.of_contracts import PAGE, ContractFinding, about_contracts, day_of
from app.register.models import (
    Agreement,
    AgreementStandard,
    AgreementStatus,
    Contract,
    ContractForm,
    ContractStage,
    DeliveryState,
    ServiceCredit,
    SocialValueCommitment,
    SocialValueConsideration,
    SocialValueDelivery,
    SocialValueProxy,
)
from app.register.queries import social_value as promised
from app.register.queries.service_levels import notice_by
from app.register.queries.social_value import CommitmentsAsked
from app.register.regime import Regime, Supply
from app.register.service_levels import RUNNING, CreditState

#: So many periods running are no accident.
PERIODS_BELOW = 2  # SL1: below tolerance two periods running
AGREEMENT = "/agreements/{}"
MONITORING = "Contract monitoring of service level agreements; periods and dates are settings of the council"
#: The Public Services (Social Value) Act 2012 came into force on this day (SI 2012/3173).
ACT_FROM = date(2013, 1, 31)
#: A person said that the procurement regulations govern it. Call-offs, and what is below threshold, are outside s.1.
WITHIN_THE_REGULATIONS = (Regime.PUBLIC, Regime.LIGHT_TOUCH, Regime.BEFORE_THE_ACT)


def claim_days(session: Session, today: date) -> int:
    return value_on(session, settings.CLAIM_DAYS, today)


# Agreements


def _running(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Contracts with an agreement that runs, of which this holds."""
    wanted = and_(Agreement.contract_id == Contract.id, Agreement.status.in_(RUNNING), *more)
    return exists().where(wanted).correlate(Contract)


def _standard(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    of_it = and_(AgreementStandard.agreement_id == Agreement.id, AgreementStandard.withdrawn_reason.is_(None))
    return exists().where(of_it, *more).correlate(Agreement)


def _standards(session: Session, contract: Contract) -> list[AgreementStandard]:
    query = select(AgreementStandard).where(
        AgreementStandard.contract_id == contract.id, AgreementStandard.withdrawn_reason.is_(None)
    )
    return list(session.scalars(query.order_by(AgreementStandard.position, AgreementStandard.id)))


def _below(session: Session, contract: Contract, _today: date) -> str:
    below = (one for one in _standards(session, contract) if one.below_in_a_row >= PERIODS_BELOW)
    return "; ".join(f"{one.measure}: below tolerance {one.below_in_a_row} periods running" for one in below)


BELOW_TOLERANCE = about_contracts(
    ContractFinding(
        code="SL1",
        one="agreement is below tolerance two periods running",
        many="agreements are below tolerance two periods running",
        severity=Severity.ACT,
        source=MONITORING,
        cure="Agree with the company what will mend it, and by when",
        mend=AGREEMENT,
        condition=lambda _session, _today: _running(_standard(AgreementStandard.below_in_a_row >= PERIODS_BELOW)),
        working=_below,
    )
)


def _accrued() -> ColumnElement[bool]:
    return and_(ServiceCredit.contract_id == Contract.id, ServiceCredit.state == CreditState.ACCRUED)


def _credits(session: Session, contract: Contract, _today: date) -> str:
    waiting = (ServiceCredit.contract_id == contract.id, ServiceCredit.state == CreditState.ACCRUED)
    query = select(func.count(), func.min(ServiceCredit.accrued_on)).where(*waiting)
    number, first = session.execute(query).one()
    return f"{plural(number, 'service credit')} neither applied nor waived, the oldest from {day(first)}"


CREDITS_WAIT = about_contracts(
    ContractFinding(
        code="SL1-credits",
        one="agreement has service credits neither applied nor waived",
        many="agreements have service credits neither applied nor waived",
        severity=Severity.SOON,
        source=MONITORING,
        cure="Apply each credit to what is paid, or waive it with a reason",
        mend=AGREEMENT,
        condition=lambda _session, _today: exists().where(_accrued()).correlate(Contract),
        working=_credits,
    )
)

REVIEW_OVERDUE = about_contracts(
    ContractFinding(
        code="agreement-review",
        one="agreement is past its review",
        many="agreements are past their review",
        severity=Severity.SOON,
        source=MONITORING,
        cure="Hold the review and record it, or record the one that was held",
        mend="/agreements/{}/reviews/new",
        condition=lambda _session, today: and_(Contract.review_on < today, _running()),
        working=lambda _session, contract, _today: f"It was to be reviewed by {day(contract.review_on)}",
        due=lambda _session, _today: day_of(Contract.review_on),
    )
)


def _late_since(session: Session, today: date) -> date:
    return value_on(session, settings.RESULT_WITHIN, today).before(today)


def _late(session: Session, contract: Contract, today: date) -> str:
    since = _late_since(session, today)
    late = (one for one in _standards(session, contract) if one.next_result_on and one.next_result_on < since)
    return "; ".join(f"{one.measure}: no result for the period that ended on {day(one.next_result_on)}" for one in late)


RESULT_LACKS = about_contracts(
    ContractFinding(
        code="agreement-result",
        one="agreement lacks a standard’s result",
        many="agreements lack a standard’s result",
        severity=Severity.SOON,
        source=MONITORING,
        cure="Record the result, or withdraw a standard that is no longer measured",
        mend=AGREEMENT,
        condition=lambda session, today: _running(
            _standard(AgreementStandard.next_result_on < _late_since(session, today))
        ),
        working=_late,
    )
)


def _notice_day() -> ColumnElement[date]:
    return plus_months(Contract.current_end_on, type_coerce(-Contract.notice_months, Integer()))


def _to_run_on(today: date) -> ColumnElement[bool]:
    """With an end still to come, and notice to be given before it."""
    ahead = and_(Contract.current_end_on >= today, Contract.ended_early_on.is_(None))
    return and_(ahead, Contract.notice_months.is_not(None), _running())


def _notice_near(session: Session, today: date) -> ColumnElement[bool]:
    until = today + timedelta(days=value_on(session, settings.AGREEMENT_WARNING, today))
    return and_(_to_run_on(today), _notice_day() >= today, _notice_day() <= until)


def _notice(_session: Session, contract: Contract, _today: date) -> str:
    months = plural(contract.notice_months or 0, "month")
    said = f"It ends on {day(contract.current_end_on)}; {months}' notice is given by {day(notice_by(contract))}"
    return said if (contract.notice_months or 0) != 1 else said.replace("month'", "month's")


NOTICE_COMING = about_contracts(
    ContractFinding(
        code="agreement-notice",
        one="agreement’s last day for notice is coming up",
        many="agreements’ last days for notice are coming up",
        severity=Severity.ACT,
        source="The agreement's own notice; how long before is a setting of the council",
        cure="Decide whether it goes on, and give notice or agree what follows",
        mend=AGREEMENT,
        condition=_notice_near,
        working=_notice,
        due=lambda _session, _today: _notice_day(),
    )
)
ENDS_WITHIN_NOTICE = about_contracts(
    ContractFinding(
        code="agreement-ends",
        one="agreement ends sooner than its notice runs",
        many="agreements end sooner than their notice runs",
        severity=Severity.ACT,
        source="The agreement's own notice",
        cure="Agree what follows, or extend it",
        mend=AGREEMENT,
        condition=lambda _session, today: and_(_to_run_on(today), _notice_day() < today),
        working=_notice,
        due=lambda _session, _today: day_of(Contract.current_end_on),
    )
)
NO_STANDARDS = about_contracts(
    ContractFinding(
        code="agreement-standards",
        one="agreement is in place without standards",
        many="agreements are in place without standards",
        severity=Severity.TIDY,
        source="Annex 4 prints each agreement's key standards",
        cure="Add what it promises, measured",
        mend="/agreements/{}/standards/new",
        condition=lambda _session, _today: _running(Agreement.status == AgreementStatus.IN_PLACE, ~_standard()),
        working=lambda _session, _contract, _today: "It is in place, and nothing says what it promises",
    )
)


# Social value


def _considerable(today: date) -> ColumnElement[bool]:
    """Contracts and frameworks for services that s.1 of the Act is about, still ahead or running."""
    begins = func.coalesce(Contract.procurement_began_on, Contract.awarded_on, Contract.starts_on, today)
    return and_(
        Contract.supply == Supply.SERVICES,
        Contract.form.in_((ContractForm.CONTRACT, ContractForm.FRAMEWORK)),
        Contract.regime.in_(WITHIN_THE_REGULATIONS),
        begins >= ACT_FROM,
        Contract.stage != ContractStage.ENDED_EARLY,
        or_(Contract.current_end_on.is_(None), Contract.current_end_on >= today),
        ~exists().where(SocialValueConsideration.contract_id == Contract.id).correlate(Contract),
    )


NOT_CONSIDERED = about_contracts(
    ContractFinding(
        code="SV2",
        one="services contract does not say how social value was considered",
        many="services contracts do not say how social value was considered",
        severity=Severity.TIDY,
        source="Public Services (Social Value) Act 2012, s.1",
        cure="Record who considered it and when, or why urgency left no time",
        mend=f"{PAGE}/social-value-considered",
        condition=lambda _session, today: _considerable(today),
        working=lambda _session, contract, _today: (
            f"It is for services, under “{contract.regime}”, and nothing considered before the procurement is recorded"
        ),
    )
)


def _commitment_rows(asked: Asked, *more: ColumnElement[bool]) -> Rows:
    """Commitments the reader may see; the manager of the contract answers for those made under it."""
    commitment = SocialValueCommitment
    wanted = asked.narrowed(
        subject=commitment.id,
        directorate=commitment.directorate_id,
        division=Contract.division_id,
        post=Contract.manager_post_key,
    )
    conditions = [commitment.withdrawn_reason.is_(None), promised.visible(asked.reader, asked.today), *wanted, *more]
    columns = (commitment.id, commitment.text, commitment.directorate_id, Contract.division_id)
    query = select(*columns, Contract.manager_post_key, day_of(commitment.due_on).label("due_on"))
    return query.outerjoin(Contract, Contract.id == commitment.contract_id).where(*conditions)


def _behind_rows(session: Session, asked: Asked) -> Rows:
    """The rule is plain Python, with its line and its steps: it is asked of each, and the rows are found by number."""
    wanted = CommitmentsAsked(directorate_id=asked.directorate_id)
    rows = promised.all_commitments(session, wanted, asked.reader, asked.today)
    return _commitment_rows(asked, SocialValueCommitment.id.in_([one.id for one in rows if one.kept.is_behind]))


def _behind(session: Session, asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
    rows = promised.all_commitments(session, CommitmentsAsked(), asked.reader, asked.today)
    return {one.id: one.kept.working for one in rows if one.id in set(ids)}


BEHIND = declare(
    FindingKind(
        code="SV1",
        one="social value commitment is behind",
        many="social value commitments are behind",
        severity=Severity.SOON,
        source="Its interim targets, else a straight line from its first day to its last",
        cure="Ask the provider for what was delivered, or agree how the rest is to be",
        subject="commitment",
        page="/social-value/{}",
        rows=_behind_rows,
        working=_behind,
    )
)


def _waits(session: Session, today: date) -> tuple[ColumnElement[bool], ...]:
    before = today - timedelta(days=claim_days(session, today))
    claimed, delivered = SocialValueDelivery.claimed_at, SocialValueDelivery.delivered_on
    long_ago = claimed < datetime.combine(before, time(), clock.LONDON)
    unsaid = and_(claimed.is_(None), delivered < before)  # of older claims only the day of delivery is known
    return SocialValueDelivery.state == DeliveryState.CLAIMED, or_(long_ago, unsaid)


def _unverified_rows(session: Session, asked: Asked) -> Rows:
    of_it = SocialValueDelivery.commitment_id == SocialValueCommitment.id
    waiting = exists().where(of_it, *_waits(session, asked.today)).correlate(SocialValueCommitment)
    return _commitment_rows(asked, waiting)


def _unverified(session: Session, asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
    claims = session.scalars(
        select(SocialValueDelivery)
        .where(SocialValueDelivery.commitment_id.in_(ids), *_waits(session, asked.today))
        .order_by(SocialValueDelivery.id)
    )
    return _sentences(claims, asked.today)


def _sentences(claims: Iterable[SocialValueDelivery], today: date) -> Mapping[int, str]:
    said: dict[int, str] = {}
    for claim in claims:
        days = (today - promised.claimed_on(claim)).days
        words = f"{promised.quantity_words(claim.quantity)} claimed {days:,} days ago, not verified or sent back"
        said[claim.commitment_id] = f"{said[claim.commitment_id]}; {words}" if claim.commitment_id in said else words
    return said


UNVERIFIED = declare(
    FindingKind(
        code="SV1-claims",
        one="social value commitment has a claim that waits too long",
        many="social value commitments have claims that wait too long",
        severity=Severity.SOON,
        source="How long a claim may wait is a setting of the council",
        cure="Look at the evidence, then verify the claim or send it back",
        subject="commitment",
        page="/social-value/{}",
        rows=_unverified_rows,
        working=_unverified,
    )
)


def _unfrozen_rows(_session: Session, asked: Asked) -> Rows:
    loose = exists().where(
        SocialValueProxy.commitment_id == SocialValueCommitment.id, SocialValueProxy.frozen_on.is_(None)
    )
    awarded = or_(SocialValueCommitment.contract_id.is_(None), Contract.stage != ContractStage.PLANNED)
    return _commitment_rows(asked, loose.correlate(SocialValueCommitment), awarded)


UNFROZEN = declare(
    FindingKind(
        code="proxy-not-frozen",
        one="social value commitment has a proxy value that still follows the list",
        many="social value commitments have proxy values that still follow the list",
        severity=Severity.TIDY,
        source="A proxy value is frozen at award, so that what was promised stays what it was",
        cure="Freeze the proxy value on the commitment's page",
        subject="commitment",
        page="/social-value/{}",
        rows=_unfrozen_rows,
        working=lambda _session, _asked, ids: dict.fromkeys(ids, "The contract is awarded and the value is not frozen"),
    )
)
