"""Records found by what a person typed: a provider's name, a contract's reference, title or number."""

import re
from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.core.rights import Reader
from app.core.text import fold, words
from app.register.models import Category, Contract, Provider, ProviderIdentifier, ProviderName
from app.register.visibility import rows_open_to

#: "Waste sites (no. 17)", as a form says a contract; "17"; "https://register.example/contracts/17".
_NUMBER = re.compile(r"(?:.*\(no\.\s*|.*/contracts/)?(\d{1,9})\)?/?")
#: Near names offered when none is the same.
MOST_OFFERED = 5


def provider_called(session: Session, name: str) -> Provider:
    """The provider of this name, other name or number. Refuse, and offer near ones, where there is none."""
    key = fold(name)
    also = select(ProviderName.provider_id).where(ProviderName.name_key == key)
    number = select(ProviderIdentifier.provider_id).where(ProviderIdentifier.value == name.strip().upper())
    found = session.scalars(
        select(Provider)
        .where(or_(Provider.name_key == key, Provider.id.in_(also), Provider.id.in_(number)))
        .where(Provider.withdrawn_at.is_(None))
        .order_by(Provider.name_key != key, Provider.id)
    ).first()
    if found is None:
        raise Refusal(f"No provider is called “{name}”. {_offered(_near_providers(session, name))}")
    return found


def _near_providers(session: Session, name: str) -> list[str]:
    first = (words(name) or [""])[0]
    near = select(Provider.name).where(Provider.name_key.contains(first, autoescape=True))
    open_ones = near.where(Provider.withdrawn_at.is_(None)).order_by(Provider.name_key, Provider.id)
    return list(session.scalars(open_ones.limit(MOST_OFFERED))) if first else []


def _offered(names: Iterable[str]) -> str:
    known = list(names)
    if not known:
        return "Check the name, or add the provider first"
    return f"Is it one of these: {', '.join(known)}? If not, add the provider first"


def contract_called(session: Session, text: str, reader: Reader, today: date) -> Contract:
    """The contract a person means. Refuse where there is none, or more than one."""
    number = _NUMBER.fullmatch(text.strip())
    if number and not _by_words(session, text, reader, today):
        same = Contract.id == int(number[1])
        found = list(session.scalars(select(Contract).where(same, rows_open_to(reader, today))))
    else:
        found = _by_words(session, text, reader, today)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refusal(f"No contract has “{text}” as its reference, title or number: copy it from the contract's page")
    named = ", ".join(said(one) for one in found[:MOST_OFFERED])
    raise Refusal(f"{len(found):,} contracts are called that: enter one of {named}")


def _by_words(session: Session, text: str, reader: Reader, today: date) -> list[Contract]:
    key = fold(text)
    same = or_(Contract.reference_key == key, Contract.title_key == key)
    return list(session.scalars(select(Contract).where(same, rows_open_to(reader, today)).order_by(Contract.id)))


def said(contract: Contract) -> str:
    """A contract as a form's input says it, so that it is found again."""
    return f"{contract.title} (no. {contract.id})"


def category_called(session: Session, name: str) -> Category:
    """The category of this name; a new one where there is none."""
    found = session.scalar(select(Category).where(Category.name_key == fold(name)))
    return found or Category(name=name)
