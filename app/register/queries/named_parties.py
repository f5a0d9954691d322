"""Finding one provider by what a person types, and who stands above and below it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.core.text import fold
from app.register.groups import Parents
from app.register.models import Provider, ProviderIdentifier, ProviderName
from app.register.similar import KnownNames

COMPANY_DIGITS = 8


def provider_called(session: Session, typed: str, *, field: str) -> Provider:
    """The provider of exactly this name, other name or number; a refusal names the likest."""
    for found in (_by_name(session, typed), _by_other_name(session, typed), _by_number(session, typed)):
        if len(found) == 1:
            return found[0]
        if found:
            names = " and ".join(f"{one.name} (record {one.id})" for one in found)
            raise Refusal(f"Enter a number that only one of them has: {names} are both called so", field=field)
    near = KnownNames(_names(session)).near(typed)
    like = f", like {', '.join(one.name for one in near)}" if near else ""
    raise Refusal(f"Enter the name or number of a provider in the register{like}", field=field)


def _by_name(session: Session, typed: str) -> list[Provider]:
    query = select(Provider).where(Provider.name_key == fold(typed), Provider.withdrawn_at.is_(None))
    return list(session.scalars(query.order_by(Provider.id)))


def _by_other_name(session: Session, typed: str) -> list[Provider]:
    known = select(ProviderName.provider_id).where(ProviderName.name_key == fold(typed))
    query = select(Provider).where(Provider.id.in_(known), Provider.withdrawn_at.is_(None))
    return list(session.scalars(query.order_by(Provider.id)))


def _by_number(session: Session, typed: str) -> list[Provider]:
    number = typed.strip().upper()
    values = {typed.strip(), number, number.zfill(COMPANY_DIGITS)}
    known = select(ProviderIdentifier.provider_id).where(ProviderIdentifier.value.in_(values))
    query = select(Provider).where(Provider.id.in_(known), Provider.withdrawn_at.is_(None))
    return list(session.scalars(query.order_by(Provider.id)))


def _names(session: Session) -> list[str]:
    query = select(Provider.name).where(Provider.withdrawn_at.is_(None))
    return list(session.scalars(query.order_by(Provider.name_key, Provider.id)))


def parents(session: Session) -> Parents:
    """Whoever stands above each provider that has somebody above it."""
    query = select(Provider.id, Provider.parent_id).where(Provider.parent_id.is_not(None)).order_by(Provider.id)
    return {number: parent for number, parent in session.execute(query) if parent is not None}


def names_by_id(session: Session, ids: set[int]) -> dict[int, str]:
    query = select(Provider.id, Provider.name).where(Provider.id.in_(ids)).order_by(Provider.id)
    return dict(session.execute(query).all())
