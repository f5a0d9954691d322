"""Annex 4: service level agreements with the council's trading companies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.annexes import wording
from app.annexes.as_at import stood
from app.annexes.queries.scope import Scope
from app.register.models import (
    Agreement,
    AgreementStandard,
    AgreementStatus,
    Contract,
    ContractForm,
    ContractProvider,
    ContractStage,
    Provider,
    ProviderKind,
    TradingCompany,
)
from app.register.values import Amount
from reports.annex_agreements import AgreementStatus as PrintedStatus
from reports.annex_agreements import Annex4Row
from reports.annex_set import Gap
from reports.values import Money

FORMS = tuple(form for form in ContractForm if form.is_agreement)
STATUSES = {
    AgreementStatus.PROPOSED: PrintedStatus.PROPOSED,
    AgreementStatus.BEING_PUT_IN_PLACE: PrintedStatus.BEING_PUT_IN_PLACE,
    AgreementStatus.IN_PLACE: PrintedStatus.IN_PLACE,
    AgreementStatus.UNDER_REVIEW: PrintedStatus.UNDER_REVIEW,
    AgreementStatus.ENDED: PrintedStatus.ENDED,
}
ARRIVING = frozenset({AgreementStatus.PROPOSED, AgreementStatus.BEING_PUT_IN_PLACE})


@dataclass(frozen=True, eq=False)
class Agreed:
    """A service level agreement as at a day."""

    contract: Contract
    company: Provider
    side: Agreement | None
    annual: Amount | None
    ends_on: date | None

    @property
    def ref(self) -> str:
        return self.contract.reference or f"C{self.contract.id}"

    @property
    def status(self) -> AgreementStatus:
        if self.side:
            return self.side.status
        return AgreementStatus.PROPOSED if self.contract.stage is ContractStage.PLANNED else AgreementStatus.IN_PLACE


def trading_companies(scope: Scope) -> dict[int, TradingCompany]:
    """By provider."""
    return {company.provider_id: company for company in scope.session.scalars(select(TradingCompany))}


def agreed(scope: Scope, companies: Mapping[int, TradingCompany]) -> list[Agreed]:
    """Agreements of these directorates with companies the council owns, arriving or live in what is planned."""
    owned = exists().where(
        ContractProvider.contract_id == Contract.id,
        Provider.id == ContractProvider.provider_id,
        or_(Provider.id.in_(list(companies)), Provider.kind == ProviderKind.COUNCIL_OWNED, Provider.council_share > 0),
    )
    query = (
        select(Contract)
        .where(Contract.withdrawn_at.is_(None), Contract.form.in_(FORMS), owned)
        .where(scope.within(Contract.directorate_id))
        .options(
            selectinload(Contract.providers).selectinload(ContractProvider.provider),
            selectinload(Contract.options),
            selectinload(Contract.events),
            selectinload(Contract.other_services),
        )
        .order_by(Contract.id)
    )
    contracts = scope.session.scalars(query).all()
    sides = _sides(scope, contracts)
    every = (_agreed(contract, sides.get(contract.id), scope, companies) for contract in contracts)
    return [one for one in every if _is_current(one, scope)]


def _sides(scope: Scope, contracts: Sequence[Contract]) -> dict[int, Agreement]:
    query = (
        select(Agreement)
        .where(Agreement.contract_id.in_([contract.id for contract in contracts]))
        .options(selectinload(Agreement.standards), joinedload(Agreement.contract))
    )
    return {side.contract_id: side for side in scope.session.scalars(query)} if contracts else {}


def _agreed(
    contract: Contract, side: Agreement | None, scope: Scope, companies: Mapping[int, TradingCompany]
) -> Agreed:
    standing = stood(contract, as_at=scope.as_at, today=scope.today)
    every = (entry.provider for entry in contract.providers)
    company = next(one for one in every if wording.is_council_owned(one, companies.keys()))
    return Agreed(contract, company, side, standing.annual, standing.ends_on)


def _is_current(one: Agreed, scope: Scope) -> bool:
    """What is on its way prints first, whatever its dates; the rest by its dates."""
    if one.status is AgreementStatus.ENDED:
        return False
    if one.status in ARRIVING:
        return one.ends_on is None or one.ends_on >= scope.window.first
    return scope.window.meets(one.contract.starts_on, one.ends_on)


def rows(
    scope: Scope,
    found: Sequence[Agreed],
    companies: Mapping[int, TradingCompany],
    services: Mapping[int, tuple[str, int]],
    contract_refs: Mapping[int, str],
) -> tuple[Annex4Row, ...]:
    """One row an agreement; ``contract_refs`` are the Annex 2 references by contract."""
    return tuple(
        _row(one, scope, companies.get(one.company.id), services, contract_refs.get(one.contract.id, ""))
        for one in found
    )


def _row(
    one: Agreed,
    scope: Scope,
    company: TradingCompany | None,
    services: Mapping[int, tuple[str, int]],
    contract_ref: str,
) -> Annex4Row:
    contract, side = one.contract, one.side
    return Annex4Row(
        unit=scope.unit(contract.directorate_id, contract.division_id),
        company=one.company.name,
        ownership=one.company.council_share,
        services=_services(contract, services),
        ref=one.ref,
        status=STATUSES[one.status],
        starts_on=contract.starts_on,
        ends_on=one.ends_on,
        review_on=contract.review_on,
        annual_charge=_charge(one),
        standards=tuple(_standard(standard) for standard in side.live_standards) if side else (),
        latest_result=_latest(side, scope.as_at) if side else "",
        business_plan=_plan(company) if company else "",
        client_lead=(side.client_lead_post if side else None) or contract.manager_post or "",
        contract_ref=contract_ref,
        record=f"/contracts/{contract.id}",
        embargoed_until=contract.embargoed_until,
    )


def _services(contract: Contract, services: Mapping[int, tuple[str, int]]) -> tuple[str, ...]:
    ids = [contract.lead_service_id, *(other.service_id for other in contract.other_services)]
    return tuple(services[number][0] for number in ids if number and number in services) or (contract.title,)


def _charge(one: Agreed) -> Money:
    exempt = one.contract.exempt_ground if one.contract.exempt else None
    only_whole = one.annual is None and one.contract.awarded_low is not None and not exempt
    why = "Only a whole-life value is recorded." if only_whole else "No annual charge recorded."
    return wording.money(one.annual, exempt=exempt, why_blank=why)


def _standard(standard: AgreementStandard) -> str:
    return f"{standard.measure}: {standard.target}" if standard.target else standard.measure


def _latest(side: Agreement, as_at: date) -> str:
    """Results as far as they were in by the day."""
    results = (
        standard.latest_result
        for standard in side.live_standards
        if standard.latest_result and (standard.latest_on is None or standard.latest_on <= as_at)
    )
    return "; ".join(results)


def _plan(company: TradingCompany) -> str:
    on = f" ({company.plan_on:%B %Y})" if company.plan_on else ""
    return f"{company.plan_title}{on}" if company.plan_title else ""


def gaps(scope: Scope, found: Sequence[Agreed]) -> Iterator[tuple[int, Gap]]:
    for one in found:
        if scope.waits(one.contract.embargoed_until):
            continue
        named, record = f"{one.ref}, {one.contract.title}", f"/contracts/{one.contract.id}"
        if one.side is None:
            yield (
                one.contract.directorate_id,
                Gap(named, "No status or standards of the agreement recorded.", record=record),
            )
        if one.annual is None:
            yield one.contract.directorate_id, Gap(named, "No annual charge recorded.", record=record)
