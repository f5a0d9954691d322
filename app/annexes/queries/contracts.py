"""The contracts and arrangements that an annex may print, as at a day; the rest is only counted."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from app.annexes.as_at import stood
from app.annexes.items import Item, Part
from app.annexes.models import AnnexChoice
from app.annexes.queries.scope import Scope
from app.core.text import fold
from app.register.models import (
    Arrangement,
    Contract,
    ContractEvent,
    ContractForm,
    ContractProvider,
    ContractService,
    ContractStage,
)
from app.register.thresholds import Answer

PENNY = Decimal("0.01")
CONTRACTS = tuple(form for form in ContractForm if form.legally_a_contract)


@dataclass(frozen=True)
class Commissioned:
    """Everything bought by contract that is live in what is planned."""

    items: tuple[Item, ...]
    #: By service: live contracts that are not over the threshold.
    smaller: Counter[int] = field(default_factory=Counter)
    #: References, folded, that stand for more than one thing in the register.
    repeated: frozenset[str] = frozenset()

    @property
    def printed(self) -> list[Item]:
        return [item for item in self.items if item.prints]

    def by_service(self) -> dict[int, list[Item]]:
        """What prints, under each service it is for."""
        found: dict[int, list[Item]] = defaultdict(list)
        for item in self.printed:
            for service_id in item.service_ids:
                found[service_id].append(item)
        return found

    def refs(self) -> dict[Item, str]:
        """What each printed item is called; a reference that stands for several things gets the register's own too."""
        printed = self.printed
        times = Counter(fold(item.reference or "") for item in printed)
        twice = self.repeated | {reference for reference, number in times.items() if number > 1}
        return {item: _ref(item, twice) for item in printed}


def _ref(item: Item, twice: Collection[str]) -> str:
    if not item.reference:
        return item.own_ref
    return f"{item.reference} ({item.own_ref})" if fold(item.reference) in twice else item.reference


def commissioned(scope: Scope) -> Commissioned:
    """Contracts and arrangements over the threshold, near it, or not to be told; and how many others there are."""
    choices = _Choices(scope.session.scalars(select(AnnexChoice).order_by(AnnexChoice.id)))
    items = [*_alone(scope, choices), *_together(scope, choices)]
    items = _without_covered(item for item in items if item.is_live)
    smaller = _counted_in_sql(scope) + _counted_here(items, scope)
    return Commissioned(tuple(items), smaller, _repeated(scope))


def _repeated(scope: Scope) -> frozenset[str]:
    """Over the whole register, so that a contract is called the same in every set; an arrangement is one thing."""
    thing = case((Contract.arrangement_id.is_not(None), -Contract.arrangement_id), else_=Contract.id)
    query = (
        select(Contract.reference_key)
        .where(Contract.withdrawn_at.is_(None), Contract.reference_key.is_not(None))
        .group_by(Contract.reference_key)
        .having(func.count(thing.distinct()) > 1)
    )
    return frozenset(key for key in scope.session.scalars(query) if key is not None)


def takes_long(scope: Scope, most: int) -> bool:
    """Whether more contracts than these must be read one by one; SQL stops counting there."""
    in_one = and_(Contract.arrangement_id.is_not(None), _in_arrangement())
    some = (
        select(Contract.id)
        .where(_known(scope), _may_be_live(scope), scope.within(Contract.directorate_id))
        .where(or_(in_one, _needs_a_look(scope)))
        .limit(most + 1)
    )
    return (scope.session.scalar(select(func.count()).select_from(some.subquery())) or 0) > most


class _Choices:
    """The planner's choices, by what they are about."""

    def __init__(self, choices: Iterable[AnnexChoice]) -> None:
        every = list(choices)
        self.contracts = {choice.contract_id: choice for choice in every if choice.contract_id}
        self.arrangements = {choice.arrangement_id: choice for choice in every if choice.arrangement_id}

    def leaves_out(self, contract: Contract) -> bool:
        choice = self.contracts.get(contract.id)
        return choice is not None and not choice.included


# Contracts by themselves


def _alone(scope: Scope, choices: _Choices) -> Iterator[Item]:
    query = _read(scope).where(_may_be_live(scope), ~_in_arrangement(), scope.within(Contract.directorate_id))
    for contract in scope.session.scalars(query.where(_needs_a_look(scope))):
        part = _part(contract, scope)
        yield Item((part,), scope.threshold, choice=choices.contracts.get(contract.id))


def _read(scope: Scope) -> Select[Contract]:
    return (
        select(Contract)
        .where(_known(scope))
        .options(
            selectinload(Contract.providers).selectinload(ContractProvider.provider),
            selectinload(Contract.options),
            selectinload(Contract.events),
            selectinload(Contract.other_services),
        )
        .order_by(Contract.title_key, Contract.id)
    )


def _part(contract: Contract, scope: Scope) -> Part:
    standing = stood(contract, as_at=scope.as_at, today=scope.today)
    return Part(contract, standing, is_live=scope.window.meets(standing.term.starts_on, standing.ends_on))


def _known(scope: Scope) -> ColumnElement[bool]:
    """Awarded by the day, as far as the dates tell."""
    return and_(
        Contract.withdrawn_at.is_(None),
        Contract.stage != ContractStage.PLANNED,
        Contract.form.in_(CONTRACTS),
        or_(Contract.awarded_on.is_(None), Contract.awarded_on <= scope.as_at),
        or_(Contract.starts_on.is_(None), Contract.starts_on <= scope.window.last),
    )


def _may_be_live(scope: Scope) -> ColumnElement[bool]:
    """Wider than ``Window.meets``: what happened after the as-at day may have moved the end stored today."""
    first = scope.window.first
    early = Contract.ended_early_on
    return and_(
        or_(Contract.current_end_on.is_(None), Contract.current_end_on >= first, _moved_later(scope)),
        or_(early.is_(None), early >= first, early > scope.as_at),
    )


def _moved_later(scope: Scope) -> ColumnElement[bool]:
    return Contract.id.in_(select(ContractEvent.contract_id).where(ContractEvent.effective_on > scope.as_at))


def _in_arrangement() -> ColumnElement[bool]:
    return exists().where(Arrangement.id == Contract.arrangement_id, Arrangement.withdrawn_at.is_(None))


def _needs_a_look(scope: Scope) -> ColumnElement[bool]:
    """All but those whose stored figure says for certain, on the as-at day too, that they are not over."""
    figure = Contract.annual_figure if scope.is_annual else Contract.whole_life_figure
    chosen = Contract.id.in_(select(AnnexChoice.contract_id).where(AnnexChoice.contract_id.is_not(None)))
    return or_(
        figure.is_(None), figure >= _looked_at_from(scope), Contract.maximum_at_least, _moved_later(scope), chosen
    )


def _looked_at_from(scope: Scope) -> Decimal:
    return (scope.threshold.amount * scope.look_from).quantize(PENNY)


# Arrangements


def _together(scope: Scope, choices: _Choices) -> Iterator[Item]:
    """Every arrangement of these directorates, or with a contract of theirs, with all of its contracts."""
    member = aliased(Contract)
    touching = exists().where(member.arrangement_id == Arrangement.id, scope.within(member.directorate_id))
    wanted = (
        select(Arrangement)
        .where(Arrangement.withdrawn_at.is_(None), or_(scope.within(Arrangement.directorate_id), touching))
        .order_by(Arrangement.title_key, Arrangement.id)
    )
    arrangements = {found.id: found for found in scope.session.scalars(wanted)}
    members: dict[int, list[Part]] = defaultdict(list)
    for contract in scope.session.scalars(_read(scope).where(_of(scope, touching))):
        if contract.arrangement_id and not choices.leaves_out(contract) and not scope.waits(contract.embargoed_until):
            members[contract.arrangement_id].append(_part(contract, scope))
    for number, arrangement in arrangements.items():
        if parts := members.get(number):
            yield Item(tuple(parts), scope.threshold, arrangement, choices.arrangements.get(number))


def _of(scope: Scope, touching: ColumnElement[bool]) -> ColumnElement[bool]:
    ids = select(Arrangement.id).where(
        Arrangement.withdrawn_at.is_(None), or_(scope.within(Arrangement.directorate_id), touching)
    )
    return Contract.arrangement_id.in_(ids)


# What is counted elsewhere, and what is only counted


def _without_covered(items: Iterable[Item]) -> list[Item]:
    """A call-off in no arrangement is counted in its framework, where that prints with a value of its own."""
    every = list(items)
    frameworks = {item.first.id for item in every if not item.arrangement and item.prints and item.current}
    covered = [item for item in every if not item.arrangement and _parent(item) in frameworks]
    counts = Counter(_parent(item) for item in covered)
    kept = (item for item in every if item not in covered)
    return [replace(item, call_offs=counts[item.first.id]) if not item.arrangement else item for item in kept]


def _parent(item: Item) -> int | None:
    return item.first.parent_id if item.first.parent_id != item.first.id else None


def _counted_in_sql(scope: Scope) -> Counter[int]:
    """Contracts that need no look, under their lead service and under the others they serve."""
    small = (
        _known(scope),
        _may_be_live(scope),
        ~_in_arrangement(),
        scope.within(Contract.directorate_id),
        ~_needs_a_look(scope),
        *((or_(Contract.embargoed_until.is_(None), Contract.embargoed_until <= scope.as_at),) if scope.is_open else ()),
    )
    lead = select(Contract.lead_service_id, func.count()).where(*small, Contract.lead_service_id.is_not(None))
    others = (
        select(ContractService.service_id, func.count())
        .join(Contract, Contract.id == ContractService.contract_id)
        .where(*small)
    )
    counts: Counter[int] = Counter()
    for query in (lead.group_by(Contract.lead_service_id), others.group_by(ContractService.service_id)):
        for service_id, number in scope.session.execute(query):
            counts[service_id or 0] += number
    return counts


def _counted_here(items: Iterable[Item], scope: Scope) -> Counter[int]:
    """Each contract of what was looked at and is not over the threshold."""
    small = [item for item in items if not item.prints and item.answer is Answer.NOT_OVER]
    parts = [part for item in small for part in item.live if not scope.waits(part.contract.embargoed_until)]
    return Counter(service_id for part in parts for service_id in Item((part,), scope.threshold).service_ids)
