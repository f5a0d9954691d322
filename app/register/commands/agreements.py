"""What people do with trading companies and service level agreements."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.errors import Refusal
from app.core.text import fold
from app.register.models import (
    Agreement,
    AgreementStatus,
    Contract,
    ContractEvent,
    ContractForm,
    ContractProvider,
    ContractService,
    ContractStage,
    EventKind,
    Provider,
    ProviderKind,
    Service,
    TradingCompany,
)
from app.register.settling import settle

#: Not agreed yet.
ARRIVING = frozenset({AgreementStatus.PROPOSED, AgreementStatus.BEING_PUT_IN_PLACE})


@dataclass(frozen=True, kw_only=True)
class CompanyWanted:
    """A trading company as a form describes it."""

    name: str
    council_share: Decimal
    purpose: str | None = None
    plan_title: str | None = None
    plan_on: date | None = None
    plan_url: str | None = None
    shareholder_lead_post: str | None = None


def add_company(session: Session, wanted: CompanyWanted) -> TradingCompany:
    """Add a trading company: of a provider of that name, where there is one."""
    same = select(Provider).where(Provider.name_key == fold(wanted.name), Provider.withdrawn_at.is_(None))
    provider = session.scalars(same.order_by(Provider.id)).first() or Provider(name=wanted.name)
    if provider.trading_company is not None:
        raise Refusal(f"{provider.name} is a trading company already", field="name")
    session.add(provider)
    provider.trading_company = TradingCompany()
    change_company(session, provider.trading_company, wanted)
    return provider.trading_company


def change_company(session: Session, company: TradingCompany, wanted: CompanyWanted) -> None:
    """Say how much of it the council owns and where its own business plan is."""
    if wanted.council_share <= 0:
        raise Refusal("Enter more than 0: a company the council owns nothing of is a provider", field="council_share")
    provider = company.provider
    provider.kind, provider.council_share = ProviderKind.COUNCIL_OWNED, wanted.council_share
    company.purpose, company.shareholder_lead_post = wanted.purpose, wanted.shareholder_lead_post
    company.plan_title, company.plan_on, company.plan_url = wanted.plan_title, wanted.plan_on, wanted.plan_url
    flag_modified(provider, "name_key")
    session.flush()


@dataclass(frozen=True, kw_only=True)
class AgreementWanted:
    """A service level agreement as a form describes it."""

    title: str
    form: ContractForm
    #: None: as it is. Once recorded it moves by ``service_levels.move_agreement`` alone.
    status: AgreementStatus | None
    directorate_id: int
    division_id: int | None = None
    provider_id: int | None = None
    lead_service_id: int | None = None
    other_service_ids: tuple[int, ...] = ()
    reference: str | None = None
    description: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    rolling: bool = False
    notice_months: int | None = None
    annual_charge: Decimal | None = None
    client_lead_post: str | None = None
    decision_reference: str | None = None
    company_contact: str | None = None
    review_months: int | None = None
    approval_id: int | None = None


def add_agreement(session: Session, wanted: AgreementWanted) -> Agreement:
    """Add an agreement: a contract of that form, and what an agreement records beside it."""
    _check(wanted)
    contract = Contract(form=wanted.form, rolling=False, exempt=False)
    agreement = Agreement(contract=contract)
    session.add(agreement)
    with session.no_autoflush:
        _describe(session, agreement, wanted)
        _agree(contract, wanted)
        settle(contract)
    session.flush()
    return agreement


@dataclass(frozen=True)
class Correcting:
    """Who corrects what was agreed, when and why."""

    reason: str | None
    by: str
    now: datetime
    today: date


def change_agreement(session: Session, agreement: Agreement, wanted: AgreementWanted, who: Correcting) -> None:
    """Correct an agreement. Once in place, other dates or another charge need a reason, which stays on record."""
    _check(wanted)
    contract = agreement.contract
    if _agreed(contract) != _wanted(wanted):
        _correct(contract, who)
    with session.no_autoflush:
        _describe(session, agreement, wanted)
        _agree(contract, wanted)
        settle(contract)
    session.add(agreement)  # one that came without its facts, by import, say
    flag_modified(contract, "title_key")
    session.flush()


def _check(wanted: AgreementWanted) -> None:
    if not wanted.form.is_agreement:
        raise Refusal("Choose a service level agreement, or an internal one", field="kind")
    if wanted.form is ContractForm.SLA and wanted.provider_id is None:
        raise Refusal("Choose the company; with a team of the council it is an internal one", field="provider_id")
    if wanted.ends_on and wanted.starts_on and wanted.ends_on < wanted.starts_on:
        raise Refusal("Enter an end that is not before the start", field="ends_on")
    if wanted.status is AgreementStatus.ENDED and wanted.ends_on is None:
        raise Refusal("Enter the day it ended", field="ends_on")


def _describe(session: Session, agreement: Agreement, wanted: AgreementWanted) -> None:
    contract = agreement.contract
    agreement.client_lead_post, agreement.decision_reference = wanted.client_lead_post, wanted.decision_reference
    agreement.company_contact, agreement.review_months = wanted.company_contact, wanted.review_months
    contract.approval_id = wanted.approval_id
    if wanted.status is not None:
        agreement.status = wanted.status
        contract.stage = ContractStage.PLANNED if wanted.status in ARRIVING else ContractStage.AWARDED
    contract.title, contract.form, contract.reference = wanted.title, wanted.form, wanted.reference
    contract.description, contract.review_on = wanted.description, wanted.review_on
    contract.directorate_id, contract.division_id = wanted.directorate_id, wanted.division_id
    contract.lead_service = session.get_one(Service, wanted.lead_service_id) if wanted.lead_service_id else None
    _give_provider(session, contract, wanted.provider_id)
    _give_other_services(session, contract, wanted)


def _give_provider(session: Session, contract: Contract, provider_id: int | None) -> None:
    if provider_id is None:
        contract.providers = []
    elif [entry.provider_id for entry in contract.providers] != [provider_id]:
        contract.providers = [ContractProvider(provider=session.get_one(Provider, provider_id), position=0)]


def _give_other_services(session: Session, contract: Contract, wanted: AgreementWanted) -> None:
    others = [number for number in dict.fromkeys(wanted.other_service_ids) if number != wanted.lead_service_id]
    kept = {one.service_id: one for one in contract.other_services if one.service_id in others}
    contract.other_services = [
        kept.get(number) or ContractService(service=session.get_one(Service, number)) for number in others
    ]


def _agreed(contract: Contract) -> tuple[object, ...]:
    """What was agreed: changed by correction only."""
    return contract.starts_on, contract.awarded_end_on, contract.rolling, contract.notice_months, contract.annual_high


def _wanted(wanted: AgreementWanted) -> tuple[object, ...]:
    return wanted.starts_on, wanted.ends_on, wanted.rolling, wanted.notice_months, wanted.annual_charge


def _agree(contract: Contract, wanted: AgreementWanted) -> None:
    contract.starts_on, contract.awarded_end_on = wanted.starts_on, wanted.ends_on
    contract.rolling, contract.notice_months = wanted.rolling, wanted.notice_months
    contract.annual_low = contract.annual_high = wanted.annual_charge


def _correct(contract: Contract, who: Correcting) -> None:
    if contract.stage is ContractStage.PLANNED:
        return
    if not who.reason:
        raise Refusal("Say why the dates or the charge change; extend or vary on the contract's page", field="reason")
    contract.events.append(
        ContractEvent(
            kind=EventKind.CORRECTION,
            effective_on=who.today,
            reason=who.reason,
            recorded_at=who.now,
            recorded_by=who.by,
        )
    )
