"""What decisions and activities say needs doing; a higher room's words on contracts too."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    SQLColumnExpression,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from app.core.dates import add_months, day
from app.core.days_in_sql import plus_months
from app.core.findings import Asked, FindingKind, Rows, Severity, declare
from app.core.money import pounds
from app.council import queries as council
from app.council import settings
from app.council.rules import Operator, Threshold, ThresholdBasis
from app.decisions.models import Activity
from app.decisions.queries.activities import found_rows, narrowed
from app.decisions.queries.found import judged
from app.decisions.queries.reorganisation import is_to_be_entered, limits_on, running_beyond
from app.decisions.queries.visibility import amounts_of_activities_open_to, open_to
from app.decisions.rules.reorganisation import LAW
from app.register.findings.of_contracts import ContractFinding, about_contracts
from app.register.models import Contract, ContractStage

REGS = "SI 2012/2089"


def _rows(code: str, asked: Asked, session: Session) -> Rows:
    found = judged(session, asked.today).get(code, {})
    open_ones = [number for number, one in found.items() if not one.tells_amount]
    closed_ones = [number for number, one in found.items() if one.tells_amount]
    told = amounts_of_activities_open_to(asked.reader)
    conditions = [
        or_(Activity.id.in_(open_ones), and_(Activity.id.in_(closed_ones), told)),
        open_to(asked.reader, asked.today),
        *narrowed(asked),
    ]
    days = {number: one.due_on for number, one in found.items() if one.due_on is not None}
    due = case(*((Activity.id == number, literal(on, Date())) for number, on in days.items())) if days else None
    return found_rows(*conditions, due=due)


def _working(code: str, session: Session, asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
    found = judged(session, asked.today).get(code, {})
    return {number: found[number].words for number in ids if number in found}


def _about_activities(code: str, one: str, many: str, severity: Severity, source: str, cure: str) -> FindingKind:
    return declare(
        FindingKind(
            code=code,
            one=one,
            many=many,
            severity=severity,
            source=source,
            cure=cure,
            subject="activity",
            page="/activities/{}",
            rows=lambda session, asked: _rows(code, asked, session),
            working=lambda session, asked, ids: _working(code, session, asked, ids),
        )
    )


NOTICE_SHORT = _about_activities(
    "KD2",
    "key decision without enough notice",
    "key decisions without enough notice",
    Severity.ACT,
    f"{REGS}, reg 9(1): 28 clear days",
    "Move the decision, or use the general exception or special urgency. One that was taken so: tell the monitoring "
    "officer.",
)
EXCEPTION = _about_activities(
    "KD3",
    "general exception of which the scrutiny chair is not recorded as told",
    "general exceptions of which the scrutiny chair is not recorded as told",
    Severity.ACT,
    f"{REGS}, reg 10",
    "Tell the chair in writing, and record the day on the notice.",
)
URGENCY = _about_activities(
    "KD4",
    "special urgency that nobody is recorded as agreeing to",
    "special urgencies that nobody is recorded as agreeing to",
    Severity.ACT,
    f"{REGS}, reg 11",
    "Record who agreed, as what, and when, on the notice.",
)
URGENCY_NOTICE = _about_activities(
    "urgency-notice",
    "decision under special urgency whose notice is not published",
    "decisions under special urgency whose notices are not published",
    Severity.ACT,
    f"{REGS}, reg 11(3): as soon as reasonably practicable",
    "Publish the notice that says why it was urgent and could not be deferred.",
)
PRIVATE = _about_activities(
    "KD5",
    "private meeting without its two notices",
    "private meetings without their two notices",
    Severity.SOON,
    f"{REGS}, reg 5",
    "Publish the notice 28 clear days before, and the statement of reasons 5 clear days before.",
)
STATEMENT = _about_activities(
    "KD6",
    "decision that was taken and lacks part of its written statement",
    "decisions that were taken and lack part of their written statement",
    Severity.SOON,
    f"{REGS}, regs 12 and 13",
    "Record the heads of the statement and the day it was published: call-in counts from it.",
)
BEGUN_EARLY = _about_activities(
    "KD7",
    "decision acted on before it took effect",
    "decisions acted on before they took effect",
    Severity.ACT,
    "Local Government Act 2000, s.9F: call-in",
    "Correct the start of the contract, or the dates of the decisions. If all are right, tell the monitoring officer.",
)
LATEST_START = _about_activities(
    "latest-start",
    "key decision expected too late for the present agreement's end",
    "key decisions expected too late for the present agreements' ends",
    Severity.ACT,
    "The lead times are settings of the council",
    "See the routes that remain on the activity's back-plan.",
)
SLIPPED = _about_activities(
    "slipped",
    "key decision whose expected date has passed without a new one",
    "key decisions whose expected dates have passed without new ones",
    Severity.ACT,
    "Members are shown when a decision is expected",
    "Record the decision, or move it with a reason.",
)
ELECTION = _about_activities(
    "pre-election",
    "key decision expected in a pre-election period",
    "key decisions expected in a pre-election period",
    Severity.SOON,
    "Code of Recommended Practice on Local Authority Publicity; the periods are the council's",
    "Move the decision before or after the period, unless it cannot wait.",
)
CONSENT = _about_activities(
    "successor-consent",
    "activity that needs the successor council's consent",
    "activities that need the successor council's consent",
    Severity.SOON,
    LAW,
    "Ask the successor council before the contract is entered into.",
)


# Contracts


def _planned_beyond(session: Session, today: date) -> ColumnElement[bool]:
    there = council.council_if_any(session)
    if there is None or there.vesting_on is None:
        return false()
    return and_(running_beyond(there.vesting_on), is_to_be_entered(limits_on(session, today)))


def _why_consent(session: Session, found: Contract, today: date) -> str:
    there = council.the_council(session)
    limit = limits_on(session, today).revenue
    return (
        f"It {_runs(found, there.vesting_on)}, beyond {day(there.vesting_on)}, when {there.successor_name} takes over, "
        f"and is worth {pounds(found.whole_life_figure)}: more than {pounds(limit)}."
    )


def _runs(found: Contract, vesting_on: date | None) -> str:
    ends, latest = found.current_end_on, found.latest_end_on
    if ends is None:
        return "is to run with no end date"
    if vesting_on is not None and ends < vesting_on:
        return f"may be extended to {day(latest)}"
    return f"is to run until {day(ends)}"


CONTRACT_CONSENT = about_contracts(
    ContractFinding(
        code="consent-to-contract",
        one="planned contract that needs the successor council's consent",
        many="planned contracts that need the successor council's consent",
        severity=Severity.SOON,
        source=LAW,
        cure="Ask the successor council before the contract is entered into.",
        condition=_planned_beyond,
        working=_why_consent,
        tells_amount=True,
    )
)


def _split(session: Session, today: date) -> ColumnElement[bool]:
    """One of several of a provider for a service, started within a year, each under the threshold and together over.

    Such a year (its months are a setting) begins with one of them: with any that began up to a year before this one.
    Only open amounts are added.
    """
    threshold = council.key_threshold(session, today)
    if threshold.basis is not ThresholdBasis.WHOLE_LIFE:
        return false()
    months = council.value_on(session, settings.SPLIT_MONTHS, today)
    first, other = aliased(Contract, name="split_first"), aliased(Contract, name="split_other")
    together = (
        select(func.sum(other.whole_life_figure))
        .where(_small(other, threshold), _same(other, first))
        .where(other.starts_on >= first.starts_on, other.starts_on < plus_months(first.starts_on, months))
        .correlate(first)
        .scalar_subquery()
    )
    begun = and_(first.starts_on <= Contract.starts_on, Contract.starts_on < plus_months(first.starts_on, months))
    over = _passes(together, threshold)
    return and_(
        _small(Contract, threshold),
        Contract.exempt.is_(False),
        exists().where(_small(first, threshold), _same(first, Contract), begun, over).correlate(Contract),
    )


def _passes(amount: SQLColumnExpression[Any], threshold: Threshold) -> ColumnElement[bool]:
    """``Threshold.is_passed_by``, said in SQL."""
    return amount > threshold.amount if threshold.operator is Operator.MORE_THAN else amount >= threshold.amount


def _small(one: type[Contract], threshold: Threshold) -> ColumnElement[bool]:
    """Let on its own, for a sum that does not pass, and not an arrangement's: those are tested as a whole."""
    return and_(
        # Said so that no index begins with it: SQLite would go through a year of contracts for each contract.
        case((one.withdrawn_at.is_(None), 1), else_=0) == 1,
        one.stage != ContractStage.PLANNED,
        one.arrangement_id.is_(None),
        one.approval_id.is_(None),
        one.exempt.is_(False),
        one.embargoed_until.is_(None),
        not_(_passes(one.whole_life_figure, threshold)),
        one.starts_on.is_not(None),
        one.provider_key.is_not(None),
        one.lead_service_id.is_not(None),
    )


def _same(one: type[Contract], other: type[Contract]) -> ColumnElement[bool]:
    return and_(one.provider_key == other.provider_key, one.lead_service_id == other.lead_service_id)


def _why_split(session: Session, found: Contract, today: date) -> str:
    threshold, months = council.key_threshold(session, today), council.value_on(session, settings.SPLIT_MONTHS, today)
    if found.starts_on is None:
        return ""
    beside = select(Contract.title, Contract.starts_on).where(
        _small(Contract, threshold),
        Contract.starts_on > add_months(found.starts_on, -months),
        Contract.starts_on < add_months(found.starts_on, months),
        Contract.provider_key == found.provider_key,
        Contract.lead_service_id == found.lead_service_id,
        Contract.id != found.id,
    )
    others = session.execute(beside.order_by(Contract.starts_on, Contract.id)).all()
    names = "; ".join(f"{title} from {day(starts_on)}" for title, starts_on in others)
    return (
        f"It started on {day(found.starts_on)}, for the same provider and service as {names}. Within {months} months "
        f"they come to {threshold} together, and each alone does not."
    )


SPLITTING = about_contracts(
    ContractFinding(
        code="KD8",
        one="contract that may be one of several split below the key decision threshold",
        many="contracts that may be of several split below the key decision threshold",
        severity=Severity.SOON,
        source=f"{REGS}, reg 8; the council's key decision threshold",
        cure="If they belong together, gather them in an arrangement and record its decision. If not, all is well.",
        condition=_split,
        working=_why_split,
    )
)
