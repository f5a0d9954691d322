"""What a contract's life asks for: options to decide, ends with nothing after them, sums passed, overrides."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, Date, and_, case, exists, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from app.core.dates import add_months, day, length_of
from app.core.days_in_sql import days_between, months_before
from app.core.findings import Severity
from app.core.money import pounds
from app.core.rights import Reader
from app.council import queries as council
from app.council import settings
from app.council.rules import LeadTimes, ProcurementKind
from app.register import reckoning, settling
from app.register.approvals import Tolerance
from app.register.findings.of_contracts import PAGE, ContractFinding, about_contracts
from app.register.models import (
    Approval,
    Contract,
    ContractEvent,
    ContractForm,
    ContractStage,
    ExtensionOption,
    SignalOverride,
)
from app.register.signals import Level, ProcurementStatus, SignalKind
from app.register.terms import OptionDates, option_dates
from app.register.visibility import approvals_open_to, sums_open_to

#: Wide tables are aliased once: that takes longer than asking.
AFTER, STRUCK = aliased(Contract), aliased(ContractEvent)
#: Agreed, and not ended early.
STANDING = Contract.stage.in_((ContractStage.AWARDED, ContractStage.SUSPENDED))

# Options


def _open_options(*columns: ColumnElement[int | None]) -> ColumnElement[int | None]:
    """Of the first option still open: a scalar of it."""
    option = select(*columns).where(
        ExtensionOption.contract_id == Contract.id, ExtensionOption.taken.is_(False), ExtensionOption.lapsed.is_(False)
    )
    return option.order_by(ExtensionOption.position, ExtensionOption.id).limit(1).correlate(Contract).scalar_subquery()


def has_open_option() -> ColumnElement[bool]:
    return exists().where(
        ExtensionOption.contract_id == Contract.id, ExtensionOption.taken.is_(False), ExtensionOption.lapsed.is_(False)
    )


def _lead(times: LeadTimes) -> ColumnElement[int]:
    """``reckoning.lead_of``, said in SQL; an exempt value has no lead time of its own, which would tell its band."""
    figure = case((Contract.exempt.is_(False), Contract.renewal_figure))
    by_kind = case(
        (Contract.form == ContractForm.CALL_OFF, times.call_off),
        (figure > times.large_over, times.new),
        (figure < times.small_under, times.small),
        else_=times.replacement,
    )
    return func.coalesce(Contract.lead_time_months, by_kind)


def lead_of_contract(contract: Contract, times: LeadTimes) -> tuple[int, str]:
    """The same of one contract."""
    return reckoning.lead_of(contract, times.whatever_the_value() if contract.exempt else times)


def last_free_choice(session: Session, today: date) -> ColumnElement[date]:
    """The end less the lead time of what would follow."""
    return months_before(type_coerce(Contract.current_end_on, Date()), _lead(council.lead_times(session, today)))


def take_up_by(session: Session, today: date) -> ColumnElement[date]:
    """The end less the longer of the provider's notice and the decision's chain."""
    chain = council.lead_times(session, today).months_for(ProcurementKind.EXTENSION, None)
    notice = func.coalesce(_open_options(type_coerce(ExtensionOption.notice_months, ExtensionOption.months.type)), 0)
    return months_before(type_coerce(Contract.current_end_on, Date()), case((notice > chain, notice), else_=chain))


def first_open(session: Session, contract: Contract, today: date) -> tuple[int, OptionDates] | None:
    """The number of the first option still open, and its two dates."""
    options, end = settling.open_options(contract), contract.current_end_on
    if not options or end is None:
        return None
    times = council.lead_times(session, today)
    dates = option_dates(
        end,
        settling.option_of(options[0]),
        procurement_months=lead_of_contract(contract, times)[0],
        decision_months=times.months_for(ProcurementKind.EXTENSION, None),
    )
    return 1 + contract.options.index(options[0]), dates


def _cm2(session: Session, today: date) -> ColumnElement[bool]:
    soon = today + timedelta(days=council.value_on(session, settings.OPTION_WARNING, today))
    still_running = Contract.current_end_on >= today
    return and_(STANDING, has_open_option(), still_running, take_up_by(session, today) <= soon)


def _cm2_working(session: Session, contract: Contract, today: date) -> str:
    found = first_open(session, contract, today)
    return f"Option {found[0]}: {found[1].take_up_working}." if found else ""


CM2 = about_contracts(
    ContractFinding(
        code="CM2",
        one="option to extend whose last day is near, or past",
        many="options to extend whose last day is near, or past",
        severity=Severity.ACT,
        source="Council setting: 90 days before the last day to take an option up",
        cure="Extend, or let the option lapse with a reason.",
        condition=_cm2,
        due=take_up_by,
        working=_cm2_working,
        mend=f"{PAGE}/extend",
    )
)


def _choice_passed(session: Session, today: date) -> ColumnElement[bool]:
    begun = Contract.procurement_status.is_not(None) & (Contract.procurement_status != ProcurementStatus.NOT_STARTED)
    return and_(
        STANDING,
        has_open_option(),
        Contract.current_end_on >= today,
        last_free_choice(session, today) < today,
        ~func.coalesce(begun, False),
        ~live_successor(today),
        ~held_fine(today),
    )


def _choice_working(session: Session, contract: Contract, today: date) -> str:
    found = first_open(session, contract, today)
    return f"Option {found[0]}: {found[1].free_choice_working}, and neither is decided." if found else ""


FREE_CHOICE = about_contracts(
    ContractFinding(
        code="free-choice",
        one="contract whose last free choice has passed without a decision",
        many="contracts whose last free choice has passed without a decision",
        severity=Severity.SOON,
        source="Council setting: lead times of a full procurement",
        cure="Take the option up, or begin the procurement now: there is no time for both any more.",
        condition=_choice_passed,
        due=last_free_choice,
        working=_choice_working,
        mend=f"{PAGE}/extend",
    )
)


def _left_open(_session: Session, today: date) -> ColumnElement[bool]:
    return and_(STANDING, has_open_option(), Contract.current_end_on < today)


OPTION_OPEN = about_contracts(
    ContractFinding(
        code="option-open",
        one="contract that has ended with an option still open",
        many="contracts that have ended with an option still open",
        severity=Severity.TIDY,
        source="The record: an option is taken up, or it lapses",
        cure="Record the extension if it was agreed, or let the option lapse.",
        condition=_left_open,
        due=lambda _session, _today: type_coerce(Contract.current_end_on, Date()),
        working=lambda _session, contract, _today: (
            f"It ended on {day(contract.current_end_on)}, and an option is neither taken up nor lapsed."
        ),
    )
)

# Ends


def live_successor(today: date) -> ColumnElement[bool]:
    """``signals.is_live_successor`` of any contract that follows, said in SQL."""
    gap = days_between(type_coerce(Contract.current_end_on, Date()), type_coerce(AFTER.starts_on, Date()))
    in_time = or_(AFTER.starts_on.is_(None), AFTER.starts_on <= today, gap <= 1)
    return exists().where(
        AFTER.replaces_id == Contract.id,
        AFTER.stage == ContractStage.AWARDED,
        AFTER.withdrawn_at.is_(None),
        in_time,
    )


def held_fine(today: date) -> ColumnElement[bool]:
    """A person has said, for now, that the clock asks for nothing."""
    return exists().where(
        SignalOverride.contract_id == Contract.id,
        SignalOverride.kind == SignalKind.CLOCK,
        SignalOverride.level == Level.FINE,
        SignalOverride.ended_at.is_(None),
        SignalOverride.until_on >= today,
    )


def replacement_under_way() -> ColumnElement[bool]:
    """A successor is planned and linked, and its procurement has begun: said of either of the two."""
    not_begun = (ProcurementStatus.NOT_STARTED,)
    begun = or_(AFTER.procurement_status.not_in(not_begun), Contract.procurement_status.not_in(not_begun))
    return exists().where(
        AFTER.replaces_id == Contract.id,
        AFTER.stage == ContractStage.PLANNED,
        AFTER.withdrawn_at.is_(None),
        func.coalesce(begun, False),
    )


def _ends_within_lead_time(session: Session, today: date) -> ColumnElement[bool]:
    return and_(
        STANDING,
        Contract.current_end_on >= today,
        last_free_choice(session, today) < today,
        ~has_open_option(),
        ~live_successor(today),
        ~held_fine(today),
    )


def _cm1(session: Session, today: date) -> ColumnElement[bool]:
    return and_(_ends_within_lead_time(session, today), ~replacement_under_way())


def _replacing(session: Session, today: date) -> ColumnElement[bool]:
    return and_(_ends_within_lead_time(session, today), replacement_under_way())


def _cm1_working(session: Session, contract: Contract, today: date) -> str:
    months, because = lead_of_contract(contract, council.lead_times(session, today))
    end = contract.current_end_on
    due = add_months(end, -months) if end else None
    return f"{length_of(months)} ({because}) before {day(end)} was {day(due)}, and no awarded contract follows it."


CM1 = about_contracts(
    ContractFinding(
        code="CM1",
        one="contract that ends within its lead time with nothing in its place",
        many="contracts that end within their lead time with nothing in their place",
        severity=Severity.SOON,
        source="Council setting: lead times by kind of procurement",
        cure="Plan a successor, link the one there is, or record how far its procurement has come.",
        condition=_cm1,
        due=last_free_choice,
        working=_cm1_working,
        mend=f"{PAGE}/successor",
    )
)

#: A planned successor lowers the voice and does not silence it: until the award it may still come late.
REPLACING = about_contracts(
    ContractFinding(
        code="replacing",
        one="contract that ends soon, with its replacement under way",
        many="contracts that end soon, with their replacements under way",
        severity=Severity.SOON,
        source="Council setting: lead times by kind of procurement",
        cure="Award it in time, or extend what runs now. It goes once the successor is awarded.",
        condition=_replacing,
        due=lambda _session, _today: type_coerce(Contract.current_end_on, Date()),
        working=lambda _session, contract, _today: (
            f"It ends on {day(contract.current_end_on)}. Its successor is planned and procured, and not awarded yet."
        ),
        mend=PAGE,
    )
)


def _ended(session: Session, today: date) -> ColumnElement[bool]:
    months = council.value_on(session, settings.ENDED_LISTED, today)
    return and_(
        STANDING,
        Contract.current_end_on < today,
        Contract.current_end_on >= add_months(today, -months),
        ~has_open_option(),
        ~live_successor(today),
        ~held_fine(today),
    )


ENDED = about_contracts(
    ContractFinding(
        code="ended",
        one="contract that has ended with nothing in its place",
        many="contracts that have ended with nothing in their place",
        severity=Severity.SOON,
        source="Council setting: a year from the end",
        cure="Say what follows it; or, where the service stopped, let its clock read as fine, with the reason.",
        condition=_ended,
        due=lambda _session, _today: type_coerce(Contract.current_end_on, Date()),
        working=lambda _session, contract, _today: (
            f"It ended on {day(contract.current_end_on)}, and no awarded contract follows it."
        ),
        mend=f"{PAGE}/successor",
    )
)

# The sum approved


def _approval_now() -> ColumnElement[int | None]:
    """``settling.approval_of``, said in SQL."""
    named = select(ContractEvent.approval_id).where(
        ContractEvent.contract_id == Contract.id,
        ContractEvent.approval_id.is_not(None),
        ~exists().where(STRUCK.corrects_id == ContractEvent.id),
    )
    latest = named.order_by(ContractEvent.effective_on.desc(), ContractEvent.id.desc()).limit(1).correlate(Contract)
    return func.coalesce(latest.scalar_subquery(), Contract.approval_id)


def _over_sum(session: Session, today: date) -> ColumnElement[bool]:
    """Passed by more than the tolerance. A percentage is taken in Python, of the few that pass the sum itself."""
    past = and_(
        STANDING,
        exists()
        .where(Approval.id == _approval_now(), Approval.sum_allowed < Contract.current_high)
        .correlate(Contract),
    )
    tolerance = Tolerance(*council.approval_tolerance(session, today))
    if not tolerance.percent:
        return past
    rows = session.execute(
        select(Contract.id, Contract.current_high, Approval.sum_allowed)
        .join(Approval, Approval.id == _approval_now())
        .where(past)
        .order_by(Contract.id)
    )
    return Contract.id.in_([row[0] for row in rows if _passes(row[1], row[2], tolerance)])


def _sum_open(reader: Reader, today: date) -> ColumnElement[bool]:
    known = approvals_open_to(reader, today)
    return exists().where(Approval.id == _approval_now(), known, sums_open_to(reader)).correlate(Contract)


def _passes(current: Decimal | None, allowed: Decimal | None, tolerance: Tolerance) -> bool:
    return current is not None and allowed is not None and current > allowed + tolerance.of(allowed)


def _over_working(_session: Session, contract: Contract, _today: date) -> str:
    """Without the sum itself: another contract let under the decision may be exempt from the reader."""
    approval = settling.approval_of(contract)
    if approval is None:
        return ""
    return f"Its current value, {pounds(contract.current_high)}, is more than decision {approval.reference} allows."


OVER_SUM = about_contracts(
    ContractFinding(
        code="over-approval",
        one="contract that has passed the sum approved for it",
        many="contracts that have passed the sum approved for them",
        severity=Severity.ACT,
        source="The decision it runs under, and the council's tolerance",
        cure="Record the decision that allows the new sum, or correct what was written down wrongly.",
        condition=_over_sum,
        working=_over_working,
        mend=f"{PAGE}/edit/procurement",
        tells_amount=True,
        told_to=_sum_open,
    )
)

# Overrides


def _ending_overrides(session: Session, today: date) -> ColumnElement[bool]:
    soon = today + timedelta(days=council.value_on(session, settings.OVERRIDE_WARNING, today))
    return exists().where(
        SignalOverride.contract_id == Contract.id,
        SignalOverride.ended_at.is_(None),
        SignalOverride.until_on.between(today, soon),
    )


def _override_ends(_session: Session, today: date) -> ColumnElement[date]:
    first = select(func.min(SignalOverride.until_on)).where(
        SignalOverride.contract_id == Contract.id,
        SignalOverride.ended_at.is_(None),
        SignalOverride.until_on >= today,
    )
    return type_coerce(first.correlate(Contract).scalar_subquery(), Date())


def _override_working(_session: Session, contract: Contract, today: date) -> str:
    found = sorted(reckoning.overrides_in_force(contract, today).values(), key=lambda one: one.until_on)
    return "; ".join(f"The {one.kind}, set by {one.by}, until {day(one.until_on)}" for one in found) + "."


OVERRIDE = about_contracts(
    ContractFinding(
        code="override",
        one="contract with an override of a signal that is about to end",
        many="contracts with an override of a signal that is about to end",
        severity=Severity.SOON,
        source="Council setting: 14 days before an override ends",
        cure="Let it end, or set another with a reason.",
        condition=_ending_overrides,
        due=_override_ends,
        working=_override_working,
        mend=f"{PAGE}/override",
    )
)
