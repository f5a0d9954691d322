"""One provider as its page shows it: what it holds, its part in each contract, where the money goes."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.core.dates import day
from app.core.money import pounds
from app.core.pages import plural
from app.core.rights import Reader
from app.register.models import Contract, ContractProvider, Provider, ProviderKind
from app.register.queries.lines import ContractLine, line
from app.register.queries.providers import ProviderMoney, provider_money
from app.register.queries.worth import not_over
from app.register.visibility import may_see_amounts, rows_open_to


def contracts_of_provider(session: Session, provider_id: int, reader: Reader, today: date) -> list[ContractProvider]:
    """The provider's part in every contract the reader may see, current ones first."""
    query = (
        select(ContractProvider)
        .join(Contract, Contract.id == ContractProvider.contract_id)
        .where(ContractProvider.provider_id == provider_id, rows_open_to(reader, today))
        .options(
            selectinload(ContractProvider.contract)
            .selectinload(Contract.providers)
            .selectinload(ContractProvider.provider),
            selectinload(ContractProvider.contract).selectinload(Contract.arrangement),
            selectinload(ContractProvider.contract).selectinload(Contract.lead_service),
        )
        .order_by(
            ~not_over(today),
            Contract.current_end_on.is_(None),
            Contract.current_end_on,
            Contract.title_key,
            Contract.id,
        )
    )
    return list(session.scalars(query))


@dataclass(frozen=True)
class ProviderShown:
    """What a provider's page says beside its own facts."""

    sentence: str
    next_step: str
    gaps: tuple[str, ...]
    money: ProviderMoney
    current: tuple[ContractLine, ...]
    ended: tuple[ContractLine, ...]


def provider_shown(session: Session, found: Provider, reader: Reader, today: date) -> ProviderShown:
    parts = contracts_of_provider(session, found.id, reader, today)
    lines = [line(part.contract, reader, today, note=_part_in_words(part, reader)) for part in parts]
    current = tuple(one for one in lines if not one.is_over)
    money = provider_money(session, found.id, reader, today)
    return ProviderShown(
        sentence=_sentence(found, current, len(lines) - len(current), money),
        next_step=_next_step(current),
        gaps=gaps(found),
        money=money,
        current=current,
        ended=tuple(one for one in lines if one.is_over),
    )


def _part_in_words(part: ContractProvider, reader: Reader) -> str:
    """How much of a contract is this provider's."""
    others = len(part.contract.providers) - 1
    within = part.contract.arrangement
    arrangement = f"Part of {within.title}" if within is not None and within.withdrawn_at is None else ""
    if part.share is not None and may_see_amounts(reader, part.contract):
        return ". ".join(words for words in (f"Its share is {pounds(part.share)}", arrangement) if words)
    shared = (
        f"Shared with {plural(others, 'other provider')}, shares not recorded" if others and part.share is None else ""
    )
    return ". ".join(words for words in (shared, arrangement) if words)


def _sentence(found: Provider, current: tuple[ContractLine, ...], ended: int, money: ProviderMoney) -> str:
    """What the provider is and holds, read aloud."""
    kind = "a provider of a kind not known" if found.kind is ProviderKind.NOT_KNOWN else f"a {found.kind}"
    worth = money.worth.current
    held = f"holds {plural(len(current), 'contract')}" + (f" worth {worth.short}" if worth.short else "")
    left_out = f" (leaving out {worth.left_out})" if worth.left_out else ""
    past = f"; {plural(ended, 'contract has', 'contracts have')} ended" if ended else ""
    return f"{found.name}, {kind}, {held if current else 'holds no contract running or to come'}{left_out}{past}."


def _next_step(current: tuple[ContractLine, ...]) -> str:
    ends = [(one.ends_on, one.title) for one in current if one.ends_on is not None]
    if not ends:
        return ""
    ends_on, title = min(ends)
    return f"The next of its contracts to end is {title}, on {day(ends_on)}"


def gaps(found: Provider) -> tuple[str, ...]:
    """What publication asks for and the record lacks (Local Government Transparency Code 2015, contracts, item 10)."""
    checks = (
        ("Its kind is not known", found.kind is ProviderKind.NOT_KNOWN),
        ("Whether it is small or medium-sized is not known", found.sme is None),
        ("Whether it is a voluntary, community or social enterprise is not known", found.vcse is None),
        (
            "It is a voluntary organisation, and no registration number is recorded",
            bool(found.vcse) and not found.identifiers,
        ),
        (
            "It is owned by the council, and the share held is not recorded",
            found.kind is ProviderKind.COUNCIL_OWNED and found.council_share is None,
        ),
    )
    return tuple(words for words, missing in checks if missing)
