"""Trading companies and service level agreements as their pages show them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from app.core.rights import Reader
from app.core.text import fold
from app.register.models import (
    Agreement,
    AgreementStandard,
    AgreementStatus,
    Contract,
    ContractForm,
    ContractProvider,
    ContractService,
    ContractStage,
    Provider,
    ProviderKind,
    TradingCompany,
)
from app.register.queries.lines import value_in_words
from app.register.visibility import may_see_amounts, rows_open_to
from app.register.worth import Worth

#: A tag's colour; the words carry the meaning.
COLOURS = {
    AgreementStatus.PROPOSED: "blue",
    AgreementStatus.BEING_PUT_IN_PLACE: "yellow",
    AgreementStatus.IN_PLACE: "green",
    AgreementStatus.UNDER_REVIEW: "purple",
    AgreementStatus.ENDED: "grey",
}
#: What is on its way is asked for first, as the annex prints it.
ORDER = {
    status: place
    for place, status in enumerate(
        (
            AgreementStatus.BEING_PUT_IN_PLACE,
            AgreementStatus.PROPOSED,
            AgreementStatus.UNDER_REVIEW,
            AgreementStatus.IN_PLACE,
            AgreementStatus.ENDED,
        )
    )
}


@dataclass(frozen=True)
class AgreementLine:
    """One agreement, read for a table."""

    contract_id: int
    title: str
    reference: str
    company: str
    company_id: int | None
    services: tuple[str, ...]
    directorate: str
    division: str
    status: AgreementStatus
    #: Whether the agreement's own facts are recorded, or only its contract.
    has_facts: bool
    starts_on: date | None
    ends_on: date | None
    review_on: date | None
    charge: str
    charge_amount: Decimal | None
    standards: tuple[AgreementStandard, ...]
    client_lead: str
    worth: Worth

    @property
    def tag(self) -> tuple[str, str]:
        return str(self.status).capitalize(), COLOURS[self.status]

    def says(self, words: Sequence[str]) -> bool:
        """Whether all the folded words are in its title, reference, company or services."""
        text = fold(" ".join((self.title, self.reference, self.company, *self.services)))
        return all(word in text for word in words)

    @property
    def latest(self) -> str:
        return "; ".join(f"{one.measure}: {one.latest_result}" for one in self.standards if one.latest_result)


@dataclass(frozen=True)
class CompanyRow:
    """One trading company with its agreements."""

    provider: Provider
    facts: TradingCompany | None
    agreements: tuple[AgreementLine, ...]

    @property
    def current(self) -> tuple[AgreementLine, ...]:
        return tuple(one for one in self.agreements if one.status is not AgreementStatus.ENDED)

    @property
    def charges(self) -> Worth:
        """What the agreements in force cost a year."""
        in_force = {AgreementStatus.IN_PLACE, AgreementStatus.UNDER_REVIEW}
        return sum((one.worth for one in self.agreements if one.status in in_force), Worth())


def agreement_lines(
    session: Session, reader: Reader, today: date, only: ColumnElement[bool] | None = None
) -> list[AgreementLine]:
    """Every agreement the reader may see: what is on its way first, then by title."""
    query = (
        select(Contract)
        .where(Contract.form.in_([form for form in ContractForm if form.is_agreement]), rows_open_to(reader, today))
        .options(
            joinedload(Contract.directorate),
            joinedload(Contract.division),
            joinedload(Contract.lead_service),
            selectinload(Contract.other_services).joinedload(ContractService.service),
            selectinload(Contract.providers).joinedload(ContractProvider.provider),
        )
        .order_by(Contract.title_key, Contract.id)
    )
    contracts = list(session.scalars(query if only is None else query.where(only)))
    sides = _sides(session, contracts)
    lines = [_line(one, sides.get(one.id), reader) for one in contracts]
    return sorted(
        lines, key=lambda one: (ORDER[one.status], one.company.casefold(), one.title.casefold(), one.contract_id)
    )


def _sides(session: Session, contracts: Iterable[Contract]) -> dict[int, Agreement]:
    query = (
        select(Agreement)
        .where(Agreement.contract_id.in_([one.id for one in contracts]))
        .options(selectinload(Agreement.standards))
    )
    return {side.contract_id: side for side in session.scalars(query)}


def _line(contract: Contract, side: Agreement | None, reader: Reader) -> AgreementLine:
    provider = contract.providers[0].provider if contract.providers else None
    is_open = may_see_amounts(reader, contract)
    return AgreementLine(
        contract_id=contract.id,
        title=contract.title,
        reference=contract.reference or "",
        company=provider.name if provider else _team(contract),
        company_id=provider.id if provider else None,
        services=_services(contract),
        directorate=contract.directorate.name,
        division=contract.division.name if contract.division else "",
        status=status_of(contract, side),
        has_facts=side is not None,
        starts_on=contract.starts_on,
        ends_on=contract.ended_early_on or contract.current_end_on,
        review_on=contract.review_on,
        charge=value_in_words(contract, reader) if contract.annual_high is None else _charge(contract, is_open=is_open),
        charge_amount=contract.annual_high if is_open else None,
        standards=tuple(side.live_standards) if side else (),
        client_lead=(side.client_lead_post if side else None) or contract.manager_post or "",
        worth=_worth(contract, is_open=is_open),
    )


def _team(contract: Contract) -> str:
    return "A team of the council" if contract.form is ContractForm.INTERNAL_SLA else "No company recorded"


def _services(contract: Contract) -> tuple[str, ...]:
    lead = [contract.lead_service.name] if contract.lead_service else []
    return (*lead, *(other.service.name for other in contract.other_services))


def status_of(contract: Contract, side: Agreement | None) -> AgreementStatus:
    """As recorded; without a record, as the contract's stage suggests."""
    if side is not None:
        return side.status
    return AgreementStatus.PROPOSED if contract.stage is ContractStage.PLANNED else AgreementStatus.IN_PLACE


def _charge(contract: Contract, *, is_open: bool) -> str:
    return f"£{contract.annual_high:,.0f}" if is_open else "Exempt"


def _worth(contract: Contract, *, is_open: bool) -> Worth:
    if not is_open:
        return Worth(1, withheld=1)
    low, high = contract.annual_low, contract.annual_high
    return Worth(1) if low is None or high is None else Worth(1, year_low=low, year_high=high, by_year=1)


def owned() -> ColumnElement[bool]:
    """Providers the council owns, in whole or in part."""
    companies = select(TradingCompany.provider_id)
    return or_(
        Provider.id.in_(companies), Provider.kind == ProviderKind.COUNCIL_OWNED, Provider.council_share > Decimal(0)
    )


def companies(session: Session, lines: Sequence[AgreementLine]) -> list[CompanyRow]:
    """Every company the council owns, by name, each with its agreements out of ``lines``."""
    by_company: defaultdict[int, list[AgreementLine]] = defaultdict(list)
    for one in lines:
        if one.company_id is not None:
            by_company[one.company_id].append(one)
    query = (
        select(Provider)
        .outerjoin(Provider.trading_company)
        .options(contains_eager(Provider.trading_company))
        .where(Provider.withdrawn_at.is_(None), owned())
        .order_by(Provider.name_key, Provider.id)
    )
    return [CompanyRow(one, one.trading_company, tuple(by_company[one.id])) for one in session.scalars(query)]


def company(session: Session, provider_id: int, lines: Sequence[AgreementLine]) -> CompanyRow:
    """One company; NoResultFound where the provider is none of the council's."""
    query = (
        select(Provider)
        .outerjoin(Provider.trading_company)
        .options(contains_eager(Provider.trading_company))
        .where(Provider.id == provider_id, owned())
    )
    found = session.scalars(query).one()
    return CompanyRow(found, found.trading_company, tuple(one for one in lines if one.company_id == provider_id))


def agreement(session: Session, contract_id: int) -> Agreement:
    """An agreement to change; one that came as a contract only begins to be recorded here. NoResultFound for no SLA."""
    side = session.scalars(
        select(Agreement).where(Agreement.contract_id == contract_id).options(selectinload(Agreement.standards))
    ).one_or_none()
    contract = contract_of_agreement(session, contract_id)
    return side or Agreement(contract=contract, status=status_of(contract, None), standards=[])


def contract_of_agreement(session: Session, contract_id: int) -> Contract:
    """The contract of an agreement's form; NoResultFound where there is none."""
    forms = [form for form in ContractForm if form.is_agreement]
    return session.scalars(select(Contract).where(Contract.id == contract_id, Contract.form.in_(forms))).one()


def company_choices(session: Session) -> list[Provider]:
    """Companies an agreement may be with, by name."""
    query = select(Provider).where(Provider.withdrawn_at.is_(None), owned())
    return list(session.scalars(query.order_by(Provider.name_key, Provider.id)))
