"""What people do with providers, their numbers and their other names."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.errors import Refusal
from app.core.text import fold
from app.register.commands.services import contracts_to_settle
from app.register.groups import check_parent
from app.register.identifiers import SHAPES, Scheme, accepted_identifier
from app.register.models import Contract, ContractProvider, Provider, ProviderIdentifier, ProviderKind, ProviderName
from app.register.queries.named_parties import parents
from app.register.queries.providers import same_number_elsewhere
from app.register.queries.worth import not_over
from app.register.settling import settle

WHOLE = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class ProviderWanted:
    """A provider as a form or an imported row describes it."""

    name: str
    kind: ProviderKind = ProviderKind.NOT_KNOWN
    sme: bool | None = None
    vcse: bool | None = None
    vcse_type: str | None = None
    council_share: Decimal | None = None
    name_masked: bool = False
    note: str | None = None


def add_provider(session: Session, wanted: ProviderWanted, numbers: dict[Scheme, str] | None = None) -> Provider:
    """Add a provider with its numbers; refuse one whose name or number is known."""
    _check(session, wanted)
    provider = Provider(**asdict(wanted))
    session.add(provider)
    for scheme, value in (numbers or {}).items():
        add_identifier(session, provider, scheme, value)
    session.flush()
    return provider


def change_provider(session: Session, provider: Provider, wanted: ProviderWanted) -> None:
    """Correct what is said of a provider. Its contracts are found by the new name."""
    _check(session, wanted, but=provider)
    renamed = provider.name != wanted.name
    for column, value in asdict(wanted).items():
        setattr(provider, column, value)
    if renamed:
        session.flush()
        settle_contracts_of(session, provider)


def settle_contracts_of(session: Session, provider: Provider) -> None:
    """A contract's search words hold its providers' names."""
    held = select(ContractProvider.contract_id).where(ContractProvider.provider_id == provider.id)
    for contract in contracts_to_settle(session, Contract.id.in_(held)):
        settle(contract)


def _check(session: Session, wanted: ProviderWanted, *, but: Provider | None = None) -> None:
    if wanted.council_share is not None and not 0 <= wanted.council_share <= WHOLE:
        raise Refusal("Enter a share between 0 and 100 per cent", field="council_share")
    if wanted.kind is ProviderKind.COUNCIL_OWNED and wanted.council_share == 0:
        raise Refusal("Enter the share the council holds, or choose another kind", field="council_share")
    same = select(Provider).where(Provider.name_key == fold(wanted.name), Provider.withdrawn_at.is_(None))
    found = session.scalars(same.order_by(Provider.id)).first()
    if found is not None and found is not but:
        raise Refusal(
            f"{found.name} is already a provider: use that one, or add what tells the two apart", field="name"
        )


def add_identifier(session: Session, provider: Provider, scheme: Scheme, text: str) -> ProviderIdentifier | None:
    """Record a number as its register writes it; None where the provider has it already."""
    value = accepted_identifier(scheme, text)
    if any((one.scheme, one.value) == (scheme.value, value) for one in provider.identifiers):
        return None
    with session.no_autoflush:
        other = same_number_elsewhere(session, scheme.value, value, but=provider.id)
    if other is not None:
        raise Refusal(
            f"{other.name} has this number already ({lower_first(SHAPES[scheme].name)} {value}): use that provider, "
            "or merge the two",
            field="value",
        )
    identifier = ProviderIdentifier(scheme=scheme.value, value=value)
    provider.identifiers.append(identifier)
    _touch(provider)
    return identifier


def make_primary(provider: Provider, identifier_id: int) -> None:
    """Name the number that stands where there is room for one."""
    for one in provider.identifiers:
        one.is_primary = one.id == identifier_id
    _touch(provider)


def set_parent(session: Session, provider: Provider, parent: Provider | None) -> None:
    """Put a provider under the organisation that owns or heads it, or under none."""
    if parent is not None:
        check_parent(parents(session), provider.id, parent.id)
    provider.parent_id = parent.id if parent else None
    session.flush()
    session.expire(provider, ["parent"])


def remove_identifier(provider: Provider, identifier_id: int) -> None:
    provider.identifiers[:] = [one for one in provider.identifiers if one.id != identifier_id]
    _touch(provider)


def add_name(session: Session, provider: Provider, name: str) -> None:
    """Record another name, by which imports and searches find the provider."""
    known = {fold(one.name) for one in provider.other_names} | {provider.name_key}
    if fold(name) in known:
        raise Refusal(f"{provider.name} is known by that name already", field="name")
    provider.other_names.append(ProviderName(name=name))
    _touch(provider)
    session.flush()


def remove_name(provider: Provider, name_id: int) -> None:
    provider.other_names[:] = [one for one in provider.other_names if one.id != name_id]
    _touch(provider)


def _touch(provider: Provider) -> None:
    """A change of its numbers or names is a change of the provider."""
    if provider.id is not None:
        flag_modified(provider, "name_key")


def withdraw_provider(session: Session, provider: Provider, reason: str, *, now: datetime, today: date) -> None:
    """Take a provider out of the lists. One that delivers today stays."""
    held = select(ContractProvider.contract_id).where(ContractProvider.provider_id == provider.id)
    query = select(func.count()).select_from(Contract).where(Contract.id.in_(held), Contract.withdrawn_at.is_(None))
    count = session.scalar(query.where(not_over(today))) or 0
    if count:
        have = "contract has" if count == 1 else "contracts have"
        raise Refusal(f"{count:,} {have} not ended: change their provider first", field="reason")
    provider.withdrawn_at, provider.withdrawn_reason = now, reason


def restore_provider(session: Session, provider: Provider) -> None:
    _check(session, ProviderWanted(name=provider.name), but=provider)
    if provider.merged_into_id is not None:
        raise Refusal("It was merged into another provider: undo the merge on that provider's page")
    provider.withdrawn_at = provider.withdrawn_reason = None


def lower_first(words: str) -> str:
    """Within a sentence: "Charity number" becomes "charity number", "Companies House" stays."""
    return words if words.startswith(("Companies", "English", "NHS", "UK", "Public")) else words[:1].lower() + words[1:]
