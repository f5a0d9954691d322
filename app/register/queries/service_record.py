"""One service as its page shows it: what it is, what comes next, its contracts, what its annex still lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, select, union
from sqlalchemy.orm import Session, joinedload, selectinload

from app.core.dates import day
from app.core.listing import Page
from app.core.rights import Reader
from app.register import delivery
from app.register.delivery import DeliveryRoute, ServiceFacts
from app.register.models import Contract, ContractService, Service, ServiceOutcome, ServicePartner, ServicePlace
from app.register.queries.contracts import providers_of
from app.register.queries.lines import NEEDED, OVER, ContractLine, line
from app.register.queries.worth import MEMBER, NOTHING, WorthNow, not_over, worth_by_service
from app.register.sentence import providers_in_words
from app.register.status import Standing, status_on
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


#: Contracts on one page of a service's: few services have more.
LINES_ON_A_PAGE = 50


@dataclass(frozen=True)
class _Held:
    """One contract of a service, as far as it counts: its line is read when it is shown."""

    id: int
    title: str
    #: Counted under the service, not only serving it too.
    own: bool
    over: bool
    runs: bool
    ends_on: date | None

    @property
    def place(self) -> int:
        """Running or to come, then what serves it too, then what has ended."""
        return (2 if self.over else 0) if self.own else 1


def contracts_of_service(session: Session, service_id: int, reader: Reader, today: date) -> list[_Held]:
    """Every contract under the service or serving it too, in the order of its page, as far as the reader may see."""
    own = select(MEMBER.id).where(MEMBER.lead_service_id == service_id)
    beside = select(ContractService.contract_id).where(ContractService.service_id == service_id)
    which = Contract.id.in_(union(own, beside))
    order = (
        ~not_over(today),
        Contract.current_end_on.is_(None),
        Contract.current_end_on,
        Contract.title_key,
        Contract.id,
    )
    columns = (
        Contract.id,
        Contract.title,
        Contract.lead_service_id,
        Contract.stage,
        Contract.starts_on,
        Contract.current_end_on,
        Contract.ended_early_on,
        case((Contract.running_on(today), 1), else_=0).label("runs"),
    )
    rows = session.execute(select(*columns).where(which, rows_open_to(reader, today)).order_by(*order))
    held = [
        _Held(
            id=row.id,
            title=row.title,
            own=row.lead_service_id == service_id,
            over=status_on(Standing(row.stage, row.starts_on, row.current_end_on), today) in OVER,
            runs=bool(row.runs),
            ends_on=row.ended_early_on or row.current_end_on,
        )
        for row in rows
    ]
    return sorted(held, key=lambda one: one.place)


def _lines(session: Session, held: Sequence[_Held], reader: Reader, today: date) -> list[ContractLine]:
    which = select(Contract).where(Contract.id.in_([one.id for one in held])).options(*NEEDED).order_by(Contract.id)
    found = {contract.id: contract for contract in session.scalars(which)} if held else {}
    return [line(found[one.id], reader, today, note=None if one.own else _counted_under(found[one.id])) for one in held]


def _delivering(session: Session, held: Sequence[_Held]) -> dict[int, list[str]]:
    """Names of the providers of its own contracts that run, by contract."""
    running = [one.id for one in held if one.own and one.runs]
    return providers_of(session, running) if running else {}


@dataclass(frozen=True)
class ServiceShown:
    """What a service's page says beside its own facts."""

    sentence: str
    next_steps: tuple[str, ...]
    gaps: tuple[str, ...]
    worth: WorthNow
    #: Whether any contract of its own is running or to come, whatever page is shown.
    has_current: bool
    page: Page[ContractLine]
    #: Of the page: its own contracts, running or to come.
    current: tuple[ContractLine, ...]
    ended: tuple[ContractLine, ...]
    #: Contracts that serve it too, and count under another service.
    beside: tuple[ContractLine, ...]


def service_shown(session: Session, found: Service, reader: Reader, today: date, *, number: int = 1) -> ServiceShown:
    held = contracts_of_service(session, found.id, reader, today)
    shown = held[(number - 1) * LINES_ON_A_PAGE : number * LINES_ON_A_PAGE]
    lines = _lines(session, shown, reader, today)
    own, names = [one for one in held if one.own], _delivering(session, held)
    worth = worth_by_service(session, reader, today, [found.id]).get(found.id, NOTHING)

    def placed(place: int) -> tuple[ContractLine, ...]:
        return tuple(line for one, line in zip(shown, lines, strict=True) if one.place == place)

    return ServiceShown(
        sentence=_sentence(found, [names.get(one.id, []) for one in own if one.runs], worth),
        next_steps=_next_steps(found, [one for one in own if not one.over], today),
        gaps=delivery.gaps(_facts(found, [one for one in own if one.runs], names)),
        worth=worth,
        has_current=any(not one.over for one in own),
        page=Page(lines, len(held), number, LINES_ON_A_PAGE),
        current=placed(0),
        ended=placed(2),
        beside=placed(1),
    )


def _counted_under(contract: Contract) -> str:
    return f"Counted under {contract.lead_service.name}" if contract.lead_service else "Counted under no service yet"


def _facts(found: Service, running: Sequence[_Held], names: Mapping[int, Sequence[str]]) -> ServiceFacts:
    return ServiceFacts(
        route=found.route,
        has_division=found.division_id is not None,
        has_unit=found.in_house_unit_id is not None,
        has_head=bool(found.head_post),
        has_review=found.review_on is not None,
        running=len(running),
        without_provider=sum(not names.get(one.id) for one in running),
    )


#: Where naming who delivers says how.
BY_NAME = frozenset({DeliveryRoute.EXTERNAL, DeliveryRoute.TRADING_COMPANY})


def _sentence(found: Service, delivering: Sequence[Sequence[str]], worth: WorthNow) -> str:
    """What the service is, read aloud."""
    names = list(dict.fromkeys(name for of_contract in delivering for name in of_contract))
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


def _next_steps(found: Service, current: Sequence[_Held], today: date) -> tuple[str, ...]:
    steps = []
    if found.review_on is not None:
        steps.append(f"Review {'overdue since' if found.review_on < today else 'due by'} {day(found.review_on)}")
    ends = [(one.ends_on, one.title) for one in current if one.ends_on is not None]
    if ends:
        ends_on, title = min(ends)
        steps.append(f"The next of its contracts to end is {title}, on {day(ends_on)}")
    return tuple(steps)
