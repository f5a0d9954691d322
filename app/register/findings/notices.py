"""Which notices of the Procurement Act are due on a contract: only where a person has said that the Act governs it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.days_in_sql import plus_days, plus_months
from app.core.findings import Severity
from app.core.money import PENNY
from app.register import notices as rules
from app.register.findings.of_contracts import PAGE, ContractFinding, about_contracts, day_of, edit
from app.register.models import (
    Contract,
    ContractForm,
    ContractNotice,
    ContractStage,
    Indicator,
)
from app.register.notices import TOLD, Duties, Let, NoticeKind
from app.register.queries.duties import duties_on
from app.register.regime import Regime
from app.register.status import Status, in_status
from app.register.vat import VatTreatment

ACT = "Procurement Act 2023"
#: The forms about which the question of the regime is settled by the form itself.
NO_REGIME_ASKED = frozenset({ContractForm.GRANT, ContractForm.INTERNAL_SLA, ContractForm.MEMORANDUM})


def record(kind: NoticeKind) -> str:
    """The form that records a notice."""
    return f"{PAGE}/notices/new?kind={kind.value.replace(' ', '+')}"


def let_of(contract: Contract, today: date) -> Let:
    """What the duties hang on, of one loaded contract."""
    last = contract.ended_early_on or contract.current_end_on
    return Let(
        regime=contract.regime,
        entered_on=contract.entered_on,
        ended_on=last if last and last < today and contract.stage is not ContractStage.PLANNED else None,
        framework=contract.form is ContractForm.FRAMEWORK,
        concession=contract.concession,
        value=contract.whole_life_figure,
        vat=contract.vat_treatment,
        began_on=contract.procurement_began_on,
        starts_on=contract.starts_on,
    )


def published(*kinds: NoticeKind) -> ColumnElement[bool]:
    """Contracts with such a notice."""
    of_it = ContractNotice.contract_id == Contract.id
    wanted = and_(of_it, ContractNotice.kind.in_(kinds), ContractNotice.withdrawn_at.is_(None))
    return exists().where(wanted).correlate(Contract)


def over_with_vat(
    amount: Decimal, duties: Duties, figure: SQLColumnExpression[Any] = Contract.whole_life_figure
) -> ColumnElement[bool]:
    """``notices.is_over``, said in SQL of the contract's value, or of another figure of its.

    An exact comparison of net pounds for each VAT treatment.
    """
    treatment = Contract.vat_treatment
    ways = (and_(treatment == one, figure > rules.most_net_within(amount, one, duties.rates)) for one in VatTreatment)
    return or_(and_(treatment.is_(None), figure > amount), *ways)


def at_least_with_vat(amount: Decimal, duties: Duties) -> ColumnElement[bool]:
    return over_with_vat(amount - PENNY, duties)


def _entered_by(duties: Duties, today: date, usual: int, light_touch: int) -> ColumnElement[bool]:
    """Entered into so long ago that the last lawful day is near or past."""
    near = today + timedelta(days=duties.warning_days)
    return or_(
        *(
            and_(Contract.regime == regime, Contract.entered_on <= near - timedelta(days=days - 1))
            for regime, days in ((Regime.PUBLIC, usual), (Regime.LIGHT_TOUCH, light_touch))
        )
    )


def _days_from_entry(usual: int, light_touch: int) -> ColumnElement[date]:
    days = case((Contract.regime == Regime.LIGHT_TOUCH, light_touch - 1), else_=usual - 1)
    return plus_days(Contract.entered_on, days)


# UK7: contract details


def _no_details(session: Session, today: date) -> ColumnElement[bool]:
    duties = duties_on(session, today)
    entered = _entered_by(duties, today, duties.details_days, duties.details_days_light_touch)
    return and_(entered, not_(published(NoticeKind.UK7)))


def _details_due(session: Session, today: date) -> ColumnElement[date]:
    duties = duties_on(session, today)
    return _days_from_entry(duties.details_days, duties.details_days_light_touch)


def _why_details(session: Session, found: Contract, today: date) -> str:
    let, duties = let_of(found, today), duties_on(session, today)
    due = rules.details_due(let, duties)
    days = rules.details_days(let.regime, duties)
    told = f"; {rules.due_in_words(due, today)}" if due else ""
    return f"Entered into on {day(let.entered_on)}; {days} days beginning with that day for a {let.regime}{told}."


about_contracts(
    ContractFinding(
        code="PA1",
        one="contract whose details notice (UK7) is due",
        many="contracts whose details notices (UK7) are due",
        severity=Severity.ACT,
        source=f"{ACT}, s.53(1) and (2)",
        cure="Publish the notice on Find a Tender and record its number here.",
        mend=record(NoticeKind.UK7),
        condition=_no_details,
        due=_details_due,
        working=_why_details,
    )
)


# The copy of the contract


def _no_copy(session: Session, today: date) -> ColumnElement[bool]:
    duties = duties_on(session, today)
    entered = _entered_by(duties, today, duties.copy_days, duties.copy_days_light_touch)
    return and_(entered, over_with_vat(duties.copy_over, duties), not_(published(NoticeKind.COPY)))


def _copy_due(session: Session, today: date) -> ColumnElement[date]:
    duties = duties_on(session, today)
    return _days_from_entry(duties.copy_days, duties.copy_days_light_touch)


def _why_copy(session: Session, found: Contract, today: date) -> str:
    let, duties = let_of(found, today), duties_on(session, today)
    due, days = rules.copy_due(let, duties), rules.copy_days(let.regime, duties)
    told = f"; {rules.due_in_words(due, today)}" if due else ""
    worth = rules.value_in_words(let, duties.rates)
    return f"{worth}. Entered into on {day(let.entered_on)}; {days} days for a {let.regime}{told}."


about_contracts(
    ContractFinding(
        code="PA2",
        one="contract over £5m of which no copy is published",
        many="contracts over £5m of which no copy is published",
        severity=Severity.ACT,
        source=f"{ACT}, s.53(3) and (4)",
        cure="Publish a copy, with what is sensitive taken out, and record where it stands.",
        mend=record(NoticeKind.COPY),
        condition=_no_copy,
        due=_copy_due,
        working=_why_copy,
        tells_amount=True,
    )
)


# Key performance indicators, and their assessment


def indicators_set() -> ColumnElement[int]:
    """How many indicators a contract has that were not set too late."""
    in_time = or_(Indicator.set_before_entering.is_(None), Indicator.set_before_entering.is_(True))
    counted = select(func.count()).where(
        Indicator.contract_id == Contract.id, Indicator.withdrawn_at.is_(None), in_time
    )
    return counted.correlate(Contract).scalar_subquery()


def needs_indicators(duties: Duties) -> ColumnElement[bool]:
    return and_(
        Contract.regime == Regime.PUBLIC,
        Contract.form != ContractForm.FRAMEWORK,
        Contract.concession.is_(False),
        over_with_vat(duties.indicators_over, duties),
    )


def _too_few_indicators(session: Session, today: date) -> ColumnElement[bool]:
    duties = duties_on(session, today)
    begun = and_(Contract.stage != ContractStage.PLANNED, Contract.ended_early_on.is_(None))
    running = or_(Contract.current_end_on.is_(None), Contract.current_end_on >= today)
    unexplained = or_(Contract.no_indicators_reason.is_(None), Contract.no_indicators_reason == "")
    return and_(begun, running, needs_indicators(duties), unexplained, indicators_set() < duties.indicators)


def _why_indicators(session: Session, found: Contract, today: date) -> str:
    duties = duties_on(session, today)
    worth = rules.value_in_words(let_of(found, today), duties.rates)
    return f"{worth}. Fewer than {duties.indicators} indicators set before it was entered into, and no reason given."


about_contracts(
    ContractFinding(
        code="PA3",
        one="contract over £5m with fewer than three key performance indicators",
        many="contracts over £5m with fewer than three key performance indicators",
        severity=Severity.ACT,
        source=f"{ACT}, s.52(1) and (2)",
        cure="Record its indicators, or the reason why none are set.",
        condition=_too_few_indicators,
        working=_why_indicators,
        tells_amount=True,
    )
)


def _latest_assessment() -> ColumnElement[date]:
    of_it = and_(ContractNotice.contract_id == Contract.id, ContractNotice.kind == NoticeKind.UK9)
    newest = select(func.max(ContractNotice.published_on)).where(of_it, ContractNotice.withdrawn_at.is_(None))
    return newest.correlate(Contract).scalar_subquery()


def _assessment_due(session: Session, today: date) -> ColumnElement[date]:
    since = func.coalesce(_latest_assessment(), Contract.starts_on, Contract.entered_on)
    begun = case((since < rules.PERFORMANCE_IN_FORCE, rules.PERFORMANCE_IN_FORCE), else_=since)
    return plus_days(plus_months(begun, duties_on(session, today).assessment_months), -1)


def _not_assessed(session: Session, today: date) -> ColumnElement[bool]:
    duties = duties_on(session, today)
    near = today + timedelta(days=duties.warning_days)
    return and_(
        needs_indicators(duties),
        in_status(Status.LIVE, today),
        indicators_set() > 0,
        _assessment_due(session, today) <= near,
    )


def _why_assessed(session: Session, found: Contract, today: date) -> str:
    duties = duties_on(session, today)
    kinds = (ContractNotice.kind == NoticeKind.UK9, ContractNotice.withdrawn_at.is_(None))
    latest = session.scalar(
        select(func.max(ContractNotice.published_on)).where(ContractNotice.contract_id == found.id, *kinds)
    )
    due = rules.assessment_due(let_of(found, today), latest, duties)
    since = f"The last performance notice is of {day(latest)}" if latest else "No performance notice yet"
    told = f", {rules.due_in_words(due, today)}" if due else ""
    return f"{since}; one in every {duties.assessment_months} months{told}."


about_contracts(
    ContractFinding(
        code="PA4",
        one="contract whose performance is to be assessed and told (UK9)",
        many="contracts whose performance is to be assessed and told (UK9)",
        severity=Severity.ACT,
        source=f"{ACT}, s.71(2); SI 2025/1316, reg 2",
        cure="Assess each indicator, publish the performance notice and record it here.",
        mend=record(NoticeKind.UK9),
        condition=_not_assessed,
        due=_assessment_due,
        working=_why_assessed,
        tells_amount=True,
    )
)


# UK11: the end


def _last_day() -> ColumnElement[date]:
    return func.coalesce(Contract.ended_early_on, Contract.current_end_on)


def _end_untold(session: Session, today: date) -> ColumnElement[bool]:
    duties = duties_on(session, today)
    near = today + timedelta(days=duties.warning_days - duties.termination_days + 1)
    return and_(
        Contract.regime.in_(TOLD),
        Contract.stage != ContractStage.PLANNED,
        _last_day() < today,
        _last_day() <= near,
        not_(published(NoticeKind.UK11)),
    )


def _end_due(session: Session, today: date) -> ColumnElement[date]:
    return plus_days(_last_day(), duties_on(session, today).termination_days - 1)


def _why_end(session: Session, found: Contract, today: date) -> str:
    let, duties = let_of(found, today), duties_on(session, today)
    due = rules.termination_due(let, duties)
    told = f"; {rules.due_in_words(due, today)}" if due else ""
    return f"Its last day was {day(let.ended_on)}; {duties.termination_days} days beginning with that day{told}."


about_contracts(
    ContractFinding(
        code="PA7",
        one="contract whose termination notice (UK11) is due",
        many="contracts whose termination notices (UK11) are due",
        severity=Severity.ACT,
        source=f"{ACT}, s.80: termination includes expiry and discharge",
        cure="Publish the notice on Find a Tender and record its number here.",
        mend=record(NoticeKind.UK11),
        condition=_end_untold,
        due=_end_due,
        working=_why_end,
    )
)


# Below the threshold


def _small_untold(session: Session, today: date) -> ColumnElement[bool]:
    duties = duties_on(session, today)
    return and_(
        Contract.regime == Regime.BELOW_NOTIFIABLE,
        Contract.entered_on <= today,
        at_least_with_vat(duties.notifiable_from, duties),
        not_(published(NoticeKind.UK7)),
    )


def _why_small(session: Session, found: Contract, today: date) -> str:
    let, duties = let_of(found, today), duties_on(session, today)
    age = (today - let.entered_on).days if let.entered_on else 0
    worth = rules.value_in_words(let, duties.rates)
    return f"{worth}. Entered into on {day(let.entered_on)}, {age:,} day{'' if age == 1 else 's'} ago."


about_contracts(
    ContractFinding(
        code="PA8",
        one="notifiable contract below the threshold without its details notice (UK7)",
        many="notifiable contracts below the threshold without their details notices (UK7)",
        severity=Severity.SOON,
        source=f"{ACT}, s.87(3): as soon as reasonably practicable",
        cure="Publish the notice on Find a Tender and record its number here.",
        mend=record(NoticeKind.UK7),
        condition=_small_untold,
        due=lambda _session, _today: day_of(Contract.entered_on),
        working=_why_small,
        tells_amount=True,
    )
)


# Standstill


def _awarded_with_standstill() -> ColumnElement[bool]:
    return and_(
        ContractNotice.contract_id == Contract.id,
        ContractNotice.kind == NoticeKind.UK6,
        ContractNotice.withdrawn_at.is_(None),
    )


def _entered_too_early(_session: Session, today: date) -> ColumnElement[bool]:
    standing = and_(_awarded_with_standstill(), ContractNotice.standstill_ends_on >= Contract.entered_on)
    return and_(or_(_last_day().is_(None), _last_day() >= today), exists().where(standing).correlate(Contract))


def _why_early(session: Session, found: Contract, _today: date) -> str:
    latest = session.scalar(
        select(func.max(ContractNotice.standstill_ends_on)).where(
            ContractNotice.contract_id == found.id,
            ContractNotice.kind == NoticeKind.UK6,
            ContractNotice.withdrawn_at.is_(None),
        )
    )
    return f"Entered into on {day(found.entered_on)}; the standstill ran to the end of {day(latest)}."


about_contracts(
    ContractFinding(
        code="PA9",
        one="contract entered into before its standstill had ended",
        many="contracts entered into before their standstill had ended",
        severity=Severity.ACT,
        source=f"{ACT}, s.51",
        cure="Check both dates. If they are right, ask for legal advice: the award can be set aside.",
        mend=edit("procurement"),
        condition=_entered_too_early,
        working=_why_early,
    )
)


# What is needed to tell any of this


def _no_entry(_session: Session, today: date) -> ColumnElement[bool]:
    asked = (*TOLD, Regime.BELOW_NOTIFIABLE)
    return and_(in_status(Status.LIVE, today), Contract.regime.in_(asked), Contract.entered_on.is_(None))


about_contracts(
    ContractFinding(
        code="no-entry-date",
        one="contract under the Procurement Act without the day it was entered into",
        many="contracts under the Procurement Act without the day they were entered into",
        severity=Severity.SOON,
        source=f"{ACT}, ss.53 and 87: the periods begin with that day",
        cure="Give the day both sides had signed.",
        mend=edit("procurement"),
        condition=_no_entry,
        working=lambda _session, found, _today: f"A {found.regime}; the day it was entered into is not recorded.",
    )
)


def _no_regime(session: Session, today: date) -> ColumnElement[bool]:
    duties = duties_on(session, today)
    begun = func.coalesce(Contract.procurement_began_on, Contract.entered_on, Contract.starts_on)
    return and_(
        Contract.regime.is_(None),
        in_status(Status.LIVE, today),
        Contract.form.not_in(NO_REGIME_ASKED),
        begun >= rules.ACT_IN_FORCE,
        at_least_with_vat(duties.notifiable_from, duties),
    )


def _why_regime(session: Session, found: Contract, today: date) -> str:
    let, duties = let_of(found, today), duties_on(session, today)
    begun = let.began_on or let.entered_on or let.starts_on
    how = "Its procurement began" if let.began_on else "It was entered into" if let.entered_on else "It started"
    return f"{how} on {day(begun)}, and it is worth {rules.value_in_words(let, duties.rates)}."


about_contracts(
    ContractFinding(
        code="regime",
        one="contract for which nobody has said which procurement law governs it",
        many="contracts for which nobody has said which procurement law governs them",
        severity=Severity.SOON,
        source=f"{ACT}, in force from 24 February 2025, for contracts of £30,000 or more with VAT",
        cure="Say which it is. The register never guesses it from the value, and lists no notices until it is said.",
        mend=edit("procurement"),
        condition=_no_regime,
        working=_why_regime,
        tells_amount=True,
    )
)
