"""A contract as the lists print it. What is withheld leaves the row here, before any writer sees it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.accounts.models import Person
from app.core.forms import sentence_case
from app.core.text import fold
from app.council import queries as council
from app.council import settings
from app.publication.models import FieldRedaction
from app.publication.rules.redaction import COMMERCIAL, PERSONAL, Ground, Withholdable
from app.publication.rules.wording import names_anybody, shared_mailbox, tells_amount, web_address
from app.register.completeness import WITHOUT_VAT
from app.register.identifiers import Scheme
from app.register.models import Contract, ContractForm, ContractProvider, ContractSpend, Provider
from app.register.settling import open_options, option_of, term_of
from app.register.terms import length_in_words
from app.register.values import ValueCertainty
from reports.transparency_row import CodeRow, Supplier, Withheld

#: Statements hold only so many numbers.
AT_A_TIME = 500
#: The council's own vendor number helps those who pose as suppliers; registers of organisations do not.
NOT_PRINTED = frozenset({Scheme.COMPANY, Scheme.CHARITY, Scheme.VENDOR})
NEEDED = (
    joinedload(Contract.directorate),
    joinedload(Contract.division),
    joinedload(Contract.category),
    selectinload(Contract.providers).joinedload(ContractProvider.provider).selectinload(Provider.identifiers),
    selectinload(Contract.providers).joinedload(ContractProvider.provider).selectinload(Provider.other_names),
    selectinload(Contract.options),
)


@dataclass(frozen=True)
class Background:
    """What every row of one file shares, read once."""

    organisation: str
    organisation_uri: str
    effective_on: date
    #: Names of people, folded: a post that is one is no post.
    people: frozenset[str]
    redactions: Mapping[int, Sequence[FieldRedaction]]
    spend: Mapping[int, Decimal]


def background(session: Session, effective_on: date, *, only: int | None = None) -> Background:
    return Background(
        organisation=council.the_council(session).name,
        organisation_uri=council.value_on(session, settings.ORGANISATION_URI, effective_on) or "",
        effective_on=effective_on,
        people=frozenset(map(fold, session.scalars(select(Person.name).order_by(Person.id)))),
        redactions=_redactions(session, only),
        spend=_spend(session, only),
    )


def _redactions(session: Session, only: int | None) -> Mapping[int, Sequence[FieldRedaction]]:
    query = select(FieldRedaction).where(FieldRedaction.lifted_on.is_(None)).order_by(FieldRedaction.id)
    if only is not None:
        query = query.where(FieldRedaction.contract_id == only)
    found: dict[int, list[FieldRedaction]] = defaultdict(list)
    for one in session.scalars(query):
        found[one.contract_id].append(one)
    return found


def _spend(session: Session, only: int | None) -> Mapping[int, Decimal]:
    query = (
        select(ContractSpend.contract_id, func.sum(ContractSpend.amount))
        .where(ContractSpend.withdrawn_at.is_(None))
        .group_by(ContractSpend.contract_id)
        .order_by(ContractSpend.contract_id)
    )
    if only is not None:
        query = query.where(ContractSpend.contract_id == only)
    return {row[0]: row[1] for row in session.execute(query)}


def contracts_of(session: Session, ids: Sequence[int]) -> Iterator[Contract]:
    """The contracts in the order of their numbers in the list."""
    for start in range(0, len(ids), AT_A_TIME):
        some = ids[start : start + AT_A_TIME]
        found = session.scalars(select(Contract).where(Contract.id.in_(some)).options(*NEEDED).order_by(Contract.id))
        by_id = {one.id: one for one in found}
        yield from (by_id[number] for number in some)


def code_row(contract: Contract, known: Background) -> CodeRow:
    """The facts as they may be printed, each that is withheld replaced by why."""
    withheld = _withheld(contract, known)
    value, basis = _value(contract)
    last = contract.ended_early_on or contract.current_end_on
    return CodeRow(
        organisation=known.organisation,
        organisation_uri=known.organisation_uri,
        effective_on=known.effective_on,
        reference=contract.reference or "",
        title=contract.title,
        contract_type=_type(contract),
        unit=contract.directorate.name,
        division=contract.division.name if contract.division else "",
        description=contract.description or "",
        category=contract.category.name if contract.category else "",
        cpv_label=contract.cpv_label or "",
        cpv_code=contract.cpv_code or "",
        starts_on=contract.starts_on,
        ends_on=last,
        review_on=contract.review_on,
        latest_end_on=_latest(contract, last),
        value=value,
        basis=basis,
        annual=contract.annual_high,
        spend=known.spend.get(contract.id),
        fixed=None if contract.certainty is None else contract.certainty is ValueCertainty.FIXED,
        irrecoverable_vat=_vat(contract),
        suppliers=tuple(_supplier(entry.provider) for entry in contract.providers),
        contact_name=_post(contract, known),
        contact_email=shared_mailbox(contract.contact_email),
        process=sentence_case(contract.process) if contract.process else "",
        tender_url=web_address(contract.tender_url),
        document_url=web_address(contract.document_url),
        form=sentence_case(contract.form),
        awarded_on=contract.awarded_on,
        end_condition=contract.end_condition or ("Runs until notice is given" if contract.rolling else ""),
        length=length_in_words(term_of(contract)),
        options="; ".join(_option(months, until) for months, until in _options(contract)),
        withheld=withheld,
    )


def _type(contract: Contract) -> str:
    if contract.form is ContractForm.FRAMEWORK:
        return "Framework agreement"
    if contract.form is ContractForm.GRANT:
        return "Grant agreement"
    return "Multiple award contract" if len(contract.providers) > 1 else "Single award contract"


def _value(contract: Contract) -> tuple[Decimal | None, str]:
    """The sum over its length as it now stands, a range at its high end; else the estimate for a year."""
    if contract.current_high is not None:
        return contract.current_high, "Whole life"
    return (contract.annual_high, "A year") if contract.annual_high is not None else (None, "")


def _vat(contract: Contract) -> Decimal | None:
    """Where there is no VAT, none is left unrecovered."""
    if contract.irrecoverable_vat is None and contract.vat_treatment in WITHOUT_VAT:
        return Decimal(0)
    return contract.irrecoverable_vat


def _latest(contract: Contract, last: date | None) -> date | None:
    if contract.ended_early_on or contract.latest_end_on is None:
        return None
    return contract.latest_end_on if last is None or contract.latest_end_on > last else None


def _options(contract: Contract) -> Iterator[tuple[int, date | None]]:
    if not contract.ended_early_on:
        for option in map(option_of, open_options(contract)):
            yield option.months, option.ends_on


def _option(months: int, until: date | None) -> str:
    return f"{months} months" if months else f"until {until:%d/%m/%Y}" if until else ""


def _post(contract: Contract, known: Background) -> str:
    post = contract.manager_post or ""
    return "" if fold(post) in known.people else post


def _supplier(provider: Provider) -> Supplier:
    """A masked person is known to the file as a person and nothing else."""
    if provider.name_masked:
        return Supplier(masked=True, sme=provider.sme, vcse=provider.vcse)
    others = [one for one in provider.identifiers if one.scheme not in NOT_PRINTED]
    return Supplier(
        name=provider.name,
        company=_number(provider, Scheme.COMPANY),
        charity=_number(provider, Scheme.CHARITY),
        other=f"{others[0].scheme}-{others[0].value}" if others else "",
        sme=provider.sme,
        vcse=provider.vcse,
        vcse_type=provider.vcse_type or "",
    )


def _number(provider: Provider, scheme: Scheme) -> str:
    return next((one.value for one in provider.identifiers if one.scheme == scheme), "")


# What is withheld


def _withheld(contract: Contract, known: Background) -> dict[str, Withheld]:
    found = {str(one.field.value): _by(one.ground) for one in known.redactions.get(contract.id, ())}
    if contract.exempt:
        ground = contract.exempt_ground or Ground.EXEMPT_REPORT.words
        found[Withholdable.VALUE] = Withheld(COMMERCIAL, ground)
    return found | {
        column: why
        for column, text in _texts(contract)
        if column not in found and (why := _why_not(text, contract, found)) is not None
    }


def _by(ground: Ground) -> Withheld:
    return Withheld(ground.literal, ground.words)


def _texts(contract: Contract) -> Iterator[tuple[str, str]]:
    yield Withholdable.TITLE, contract.title
    yield Withholdable.DESCRIPTION, contract.description or ""
    yield Withholdable.REFERENCE, contract.reference or ""
    yield "EndCondition", contract.end_condition or ""
    yield Withholdable.TENDER_DOCUMENT, contract.tender_url or ""
    yield Withholdable.CONTRACT_DOCUMENT, contract.document_url or ""


def _why_not(text: str, contract: Contract, found: Mapping[str, Withheld]) -> Withheld | None:
    """A field that tells what another withholds is withheld with it."""
    if names_anybody(text, _names(entry.provider for entry in contract.providers if entry.provider.name_masked)):
        return Withheld(PERSONAL, Ground.PERSONAL_DATA.words)
    hidden = found.get(Withholdable.SUPPLIER)
    if hidden is not None and names_anybody(text, _names(entry.provider for entry in contract.providers)):
        return hidden
    title = found.get(Withholdable.TITLE)
    if title is not None and names_anybody(text, [contract.title]):
        return title
    value = found.get(Withholdable.VALUE)
    return value if value is not None and tells_amount(text, _amounts(contract)) else None


def _names(providers: Iterable[Provider]) -> Iterator[str]:
    for one in providers:
        yield one.name
        yield from (other.name for other in one.other_names)


def _amounts(contract: Contract) -> tuple[Decimal | None, ...]:
    return (
        *(contract.awarded_low, contract.awarded_high, contract.current_low, contract.current_high),
        *(contract.maximum_low, contract.maximum_high, contract.annual_low, contract.annual_high),
        contract.irrecoverable_vat,
    )
