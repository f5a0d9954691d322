"""One provider as its page shows it: what it holds, its part in each contract, where the money goes."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.core.dates import day
from app.core.listing import ROWS_ON_A_PAGE, Page
from app.core.money import pounds
from app.core.pages import plural
from app.core.rights import Reader
from app.register import groups
from app.register.models import Contract, ContractProvider, Provider, ProviderKind
from app.register.queries.lines import ContractLine, line
from app.register.queries.named_parties import parents
from app.register.queries.providers import ProviderMoney, provider_money, worth_together
from app.register.queries.worth import WorthNow, not_over
from app.register.visibility import may_see_amounts, rows_open_to


def _parts(provider_id: int, reader: Reader, today: date) -> Select[ContractProvider]:
    """The provider's part in every contract the reader may see, current ones first."""
    return (
        select(ContractProvider)
        .join(Contract, Contract.id == ContractProvider.contract_id)
        .where(ContractProvider.provider_id == provider_id, rows_open_to(reader, today))
        .order_by(
            ~not_over(today),
            Contract.current_end_on.is_(None),
            Contract.current_end_on,
            Contract.title_key,
            Contract.id,
        )
    )


def contracts_of_provider(
    session: Session, provider_id: int, reader: Reader, today: date, *, number: int, size: int
) -> list[ContractProvider]:
    """One page of them."""
    query = _parts(provider_id, reader, today).options(
        selectinload(ContractProvider.contract)
        .selectinload(Contract.providers)
        .selectinload(ContractProvider.provider),
        selectinload(ContractProvider.contract).selectinload(Contract.arrangement),
        selectinload(ContractProvider.contract).selectinload(Contract.lead_service),
    )
    return list(session.scalars(query.offset((number - 1) * size).limit(size)))


@dataclass(frozen=True)
class GroupWorth:
    """What a provider and those of its group hold together."""

    members: int
    worth: WorthNow


@dataclass(frozen=True)
class ProviderShown:
    """What a provider's page says beside its own facts."""

    sentence: str
    next_step: str
    gaps: tuple[str, ...]
    money: ProviderMoney
    #: How many contracts are running or to come, and how many have ended: whatever page is shown.
    running: int
    over: int
    page: Page[ContractLine]
    children: tuple[Provider, ...]
    #: None where it belongs to no group.
    group: GroupWorth | None

    @property
    def current(self) -> tuple[ContractLine, ...]:
        return tuple(one for one in self.page.rows if not one.is_over)

    @property
    def ended(self) -> tuple[ContractLine, ...]:
        return tuple(one for one in self.page.rows if one.is_over)


def provider_shown(
    session: Session, found: Provider, reader: Reader, today: date, *, number: int = 1, size: int = ROWS_ON_A_PAGE
) -> ProviderShown:
    parts = contracts_of_provider(session, found.id, reader, today, number=number, size=size)
    lines = [line(part.contract, reader, today, note=_part_in_words(part, reader)) for part in parts]
    running, over = _counted(session, found.id, reader, today)
    money = provider_money(session, found.id, reader, today)
    children = session.scalars(
        select(Provider)
        .where(Provider.parent_id == found.id, Provider.withdrawn_at.is_(None))
        .order_by(Provider.name_key, Provider.id)
    )
    return ProviderShown(
        sentence=_sentence(found, running, over, money),
        next_step=_ends_first(lines[0]) if running and number == 1 else _next_step(session, found.id, reader, today),
        gaps=gaps(found),
        money=money,
        running=running,
        over=over,
        page=Page(lines, running + over, number, size),
        children=tuple(children),
        group=_group(session, found, reader, today),
    )


def _counted(session: Session, provider_id: int, reader: Reader, today: date) -> tuple[int, int]:
    current = not_over(today)
    query = (
        select(func.count().filter(current), func.count().filter(~current))
        .select_from(ContractProvider)
        .join(Contract, Contract.id == ContractProvider.contract_id)
        .where(ContractProvider.provider_id == provider_id, rows_open_to(reader, today))
    )
    running, over = session.execute(query).one()
    return int(running), int(over)


def _group(session: Session, found: Provider, reader: Reader, today: date) -> GroupWorth | None:
    family = parents(session)
    together = groups.members(family, groups.head(family, found.id))
    if len(together) == 1:
        return None
    return GroupWorth(len(together), worth_together(session, together, reader, today))


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


def _sentence(found: Provider, running: int, ended: int, money: ProviderMoney) -> str:
    """What the provider is and holds, read aloud."""
    kind = "a provider of a kind not known" if found.kind is ProviderKind.NOT_KNOWN else f"a {found.kind}"
    worth = money.worth.current
    held = f"holds {plural(running, 'contract')}" + (f" worth {worth.short}" if worth.short else "")
    left_out = f" (leaving out {worth.left_out})" if worth.left_out else ""
    past = f"; {plural(ended, 'contract has', 'contracts have')} ended" if ended else ""
    return f"{found.name}, {kind}, {held if running else 'holds no contract running or to come'}{left_out}{past}."


def _next_step(session: Session, provider_id: int, reader: Reader, today: date) -> str:
    """Which of its contracts ends first."""
    query = _parts(provider_id, reader, today).where(not_over(today)).options(joinedload(ContractProvider.contract))
    first = session.scalars(query.limit(1)).first()
    if first is None:
        return ""
    return _ends_first(line(first.contract, reader, today, note=""))


def _ends_first(shown: ContractLine) -> str:
    return f"The next of its contracts to end is {shown.title}, on {day(shown.ends_on)}" if shown.ends_on else ""


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
