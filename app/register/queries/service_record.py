"""One service as its page shows it: what it is, what comes next, its contracts, what its annex still lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.core.dates import day
from app.core.rights import Reader
from app.register import delivery
from app.register.delivery import DeliveryRoute, ServiceFacts
from app.register.models import Contract, ContractService, Service, ServiceOutcome, ServicePartner, ServicePlace
from app.register.queries.lines import NEEDED, ContractLine, line
from app.register.queries.worth import NOTHING, WorthNow, not_over, worth_by_service
from app.register.sentence import providers_in_words
from app.register.visibility import rows_open_to


def service(session: Session, service_id: int) -> Service:
    """One service with what its page shows; NoResultFound where there is none."""
    return session.scalars(
        select(Service)
        .where(Service.id == service_id)
        .options(
            joinedload(Service.directorate),
            joinedload(Service.division),
            joinedload(Service.in_house_unit),
            joinedload(Service.outcome),
            joinedload(Service.successor),
            selectinload(Service.delivery_periods),
            selectinload(Service.places).joinedload(ServicePlace.directorate),
            selectinload(Service.places).joinedload(ServicePlace.division),
            selectinload(Service.other_outcomes).joinedload(ServiceOutcome.outcome),
            selectinload(Service.partners).joinedload(ServicePartner.provider),
        )
    ).one()


def contracts_of_service(session: Session, service_id: int, reader: Reader, today: date) -> list[Contract]:
    """Every contract under the service or serving it too, current ones first, as far as the reader may see them."""
    beside = select(ContractService.contract_id).where(ContractService.service_id == service_id)
    which = or_(Contract.lead_service_id == service_id, Contract.id.in_(beside))
    order = (
        ~not_over(today),
        Contract.current_end_on.is_(None),
        Contract.current_end_on,
        Contract.title_key,
        Contract.id,
    )
    return list(
        session.scalars(select(Contract).where(which, rows_open_to(reader, today)).options(*NEEDED).order_by(*order))
    )


@dataclass(frozen=True)
class ServiceShown:
    """What a service's page says beside its own facts."""

    sentence: str
    next_steps: tuple[str, ...]
    gaps: tuple[str, ...]
    worth: WorthNow
    #: Its own contracts, running or to come.
    current: tuple[ContractLine, ...]
    ended: tuple[ContractLine, ...]
    #: Contracts that serve it too, and count under another service.
    beside: tuple[ContractLine, ...]


def service_shown(session: Session, found: Service, reader: Reader, today: date) -> ServiceShown:
    contracts = contracts_of_service(session, found.id, reader, today)
    own = [contract for contract in contracts if contract.lead_service_id == found.id]
    lines = [line(contract, reader, today) for contract in own]
    current = tuple(one for one in lines if not one.is_over)
    worth = worth_by_service(session, reader, today, [found.id]).get(found.id, NOTHING)
    return ServiceShown(
        sentence=_sentence(found, own, worth, today),
        next_steps=_next_steps(found, current, today),
        gaps=delivery.gaps(_facts(found, own, today)),
        worth=worth,
        current=current,
        ended=tuple(one for one in lines if one.is_over),
        beside=tuple(line(one, reader, today, note=_counted_under(one)) for one in contracts if one not in own),
    )


def _counted_under(contract: Contract) -> str:
    return f"Counted under {contract.lead_service.name}" if contract.lead_service else "Counted under no service yet"


def _facts(found: Service, own: Sequence[Contract], today: date) -> ServiceFacts:
    running = [contract for contract in own if contract.runs_on(today)]
    return ServiceFacts(
        route=found.route,
        has_division=found.division_id is not None,
        has_unit=found.in_house_unit_id is not None,
        has_head=bool(found.head_post),
        has_review=found.review_on is not None,
        running=len(running),
        without_provider=sum(not contract.providers for contract in running),
    )


#: Where naming who delivers says how.
BY_NAME = frozenset({DeliveryRoute.EXTERNAL, DeliveryRoute.TRADING_COMPANY})


def _sentence(found: Service, own: Sequence[Contract], worth: WorthNow, today: date) -> str:
    """What the service is, read aloud."""
    names = list(dict.fromkeys(entry.provider.name for one in own if one.runs_on(today) for entry in one.providers))
    where = found.division.name if found.division else found.directorate.name
    money = f", under contracts worth {worth.current.short}" if worth.current.short else ""
    return f"{found.name} ({where}) is delivered {_delivered(found, names)}{money}."


def _delivered(found: Service, names: Sequence[str]) -> str:
    if names and found.route in BY_NAME:
        return f"by {providers_in_words(names)}"
    unit = [found.in_house_unit.name] if found.in_house_unit else []
    who = " and ".join([*unit, providers_in_words(names)] if names else unit)
    link = " by " if found.route is DeliveryRoute.IN_HOUSE else ": "
    return delivery.in_words(found.route) + (f"{link}{who}" if who else "")


def _next_steps(found: Service, current: Sequence[ContractLine], today: date) -> tuple[str, ...]:
    steps = []
    if found.review_on is not None:
        steps.append(f"Review {'overdue since' if found.review_on < today else 'due by'} {day(found.review_on)}")
    ends = [(one.ends_on, one.title) for one in current if one.ends_on is not None]
    if ends:
        ends_on, title = min(ends)
        steps.append(f"The next of its contracts to end is {title}, on {day(ends_on)}")
    return tuple(steps)
