"""What contracts lack for a purpose, said in SQL; ``completeness`` says it of one loaded record."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select
from sqlalchemy.orm import object_session, selectinload

from app.register.completeness import ITEMS, WITHOUT_VAT, Facts, Item, Purpose, Supplier
from app.register.models import Contract, ContractForm, ContractProvider, Provider, ProviderIdentifier
from app.register.values import amount_between

#: An internal agreement has no provider; a framework's are those of its call-offs.
WITHOUT_PROVIDER = frozenset({ContractForm.INTERNAL_SLA, ContractForm.FRAMEWORK})
#: What the Code's list of contracts takes in; grants have a list of their own, and these two are no contracts in law.
NOT_IN_THE_CODE = frozenset({ContractForm.GRANT, ContractForm.INTERNAL_SLA, ContractForm.MEMORANDUM})


def _read_numbers(contract: Contract) -> None:
    """The numbers of all its providers together, rather than one provider's after another's."""
    session, providers = object_session(contract), [entry.provider_id for entry in contract.providers]
    if session is not None and len(providers) > 1:
        wanted = select(Provider).where(Provider.id.in_(providers)).order_by(Provider.id)
        session.scalars(wanted.options(selectinload(Provider.identifiers))).all()


def facts_of(contract: Contract) -> Facts:
    _read_numbers(contract)
    return Facts(
        reference=contract.reference,
        description=contract.description,
        has_service=contract.lead_service_id is not None,
        has_outcome=contract.outcome_id is not None,
        suppliers=tuple(_supplier(entry.provider) for entry in contract.providers),
        needs_provider=contract.form not in WITHOUT_PROVIDER,
        starts_on=contract.starts_on,
        ends_on=contract.current_end_on,
        rolling=contract.rolling,
        end_condition=contract.end_condition,
        value=amount_between(contract.current_low, contract.current_high),
        annual=amount_between(contract.annual_low, contract.annual_high),
        irrecoverable_vat=contract.irrecoverable_vat,
        vat=contract.vat_treatment,
        procured=contract.process is not None,
    )


def _supplier(provider: Provider) -> Supplier:
    return Supplier(provider.sme, provider.vcse, has_number=bool(provider.identifiers))


def blank(item: Item) -> ColumnElement[bool]:
    """Contracts that lack the item."""
    return _BLANK[item]


def lacks(purpose: Purpose) -> ColumnElement[bool]:
    """Contracts that lack anything that the purpose asks for."""
    return or_(*(_BLANK[item] for item in ITEMS[purpose]))


def _undescribed() -> ColumnElement[bool]:
    numbered = exists().where(ProviderIdentifier.provider_id == Provider.id).correlate(Provider)
    lacking = or_(Provider.sme.is_(None), Provider.vcse.is_(None), and_(Provider.vcse.is_(True), not_(numbered)))
    # Gone through once for all contracts: providers are far fewer.
    undescribed = select(Provider.id).where(lacking).correlate(None)
    return (
        exists()
        .where(ContractProvider.contract_id == Contract.id, ContractProvider.provider_id.in_(undescribed))
        .correlate(Contract)
    )


def _blanks() -> Mapping[Item, ColumnElement[bool]]:
    provided = exists().where(ContractProvider.contract_id == Contract.id).correlate(Contract)
    untaxed = and_(Contract.vat_treatment.is_not(None), Contract.vat_treatment.in_(WITHOUT_VAT))
    return {
        Item.REFERENCE: Contract.reference.is_(None),
        Item.DESCRIPTION: or_(Contract.description.is_(None), Contract.description == ""),
        Item.SERVICE: Contract.lead_service_id.is_(None),
        Item.OUTCOME: Contract.outcome_id.is_(None),
        Item.PROVIDER: and_(Contract.form.not_in(WITHOUT_PROVIDER), not_(provided)),
        Item.START: Contract.starts_on.is_(None),
        Item.END: and_(
            Contract.current_end_on.is_(None),
            Contract.rolling.is_(False),
            or_(Contract.end_condition.is_(None), Contract.end_condition == ""),
        ),
        Item.VALUE: and_(Contract.current_high.is_(None), Contract.annual_high.is_(None)),
        Item.VAT: and_(Contract.irrecoverable_vat.is_(None), not_(untaxed)),
        Item.PROCESS: Contract.process.is_(None),
        Item.SIZE: _undescribed(),
    }


_BLANK = _blanks()
