"""Where the money goes: what each provider's contracts come to, running or to come, and how far a few carry it all."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true, union_all
from sqlalchemy.orm import Session, aliased

from app.core.money import pounds_short
from app.core.rights import Reader
from app.register import groups
from app.register.concentration import Concentration, concentration, per_cent
from app.register.models import Arrangement, Contract, ContractProvider
from app.register.queries.named_parties import names_by_id, parents
from app.register.queries.remembered import Remembered, stamp_of
from app.register.queries.worth import counted_once, covered_elsewhere, not_over, sums, worth_of
from app.register.values import ArrangementValuation
from app.register.visibility import amounts_open_to, rows_open_to
from app.register.worth import ZERO, Worth

#: Made once: an alias of a wide table costs milliseconds.
BESIDE, MEMBER_PART, MEMBER = aliased(ContractProvider), aliased(ContractProvider), aliased(Contract)


@dataclass(frozen=True)
class SpreadAsked:
    """Of which directorate (None: the whole council), and whether a group counts as one."""

    directorate_id: int | None = None
    by_group: bool = False


@dataclass(frozen=True)
class SpreadRow:
    """One provider, or group, and what goes to it."""

    id: int
    name: str
    amount: Decimal
    per_cent: Decimal
    contracts: int
    #: The others of its group that the row adds.
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spread:
    """The whole, whom it goes to, and what goes to nobody by name."""

    whole: Worth
    rows: tuple[SpreadRow, ...]
    #: Pounds of the whole that no one provider can be given: shared without shares, or no provider recorded.
    unplaced: Decimal
    unplaced_per_cent: Decimal
    concentration: Concentration

    @property
    def whole_life(self) -> str:
        """What is shared out, ranges from low to high."""
        return " to ".join(dict.fromkeys((pounds_short(self.whole.low), pounds_short(self.whole.high))))

    @property
    def left_out(self) -> str:
        """What no figure here adds, and how many."""
        parts = (
            (self.whole.withheld, "exempt"),
            (self.whole.by_year, "known by the year only"),
            (self.whole.unknown, "with no value recorded"),
        )
        return ", ".join(f"{number:,} {words}" for number, words in parts if number)


_kept: Remembered[Spread] = Remembered(50)


def spread(session: Session, asked: SpreadAsked, reader: Reader, today: date) -> Spread:
    """Kept until a commit."""
    which = (asked, reader.exempt_units, today)
    return _kept.get(stamp_of(session), which, lambda: _spread(session, asked, reader, today))


def _spread(session: Session, asked: SpreadAsked, reader: Reader, today: date) -> Spread:
    whole = _whole(session, asked, reader, today)
    amounts, contracts = _placed(session, asked, reader, today)
    family = parents(session) if asked.by_group else {}
    gathered, members = _gathered(amounts, family)
    names = names_by_id(session, {*amounts, *gathered})
    numbers: defaultdict[int, int] = defaultdict(int)
    for number, count in contracts.items():
        numbers[groups.head(family, number)] += count
    rows = [
        SpreadRow(
            number, names[number], amount, per_cent(amount, whole.high), numbers[number],
            tuple(sorted(names[one] for one in members[number] if one != number)),
        )
        for number, amount in gathered.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row.amount, row.name.casefold(), row.id))
    unplaced = max(whole.high - sum(amounts.values(), ZERO), ZERO)
    return Spread(
        whole, tuple(rows), unplaced, per_cent(unplaced, whole.high), concentration([row.amount for row in rows])
    )


def _gathered(
    amounts: Mapping[int, Decimal], family: groups.Parents
) -> tuple[dict[int, Decimal], dict[int, list[int]]]:
    """What goes to each head of a group, and whose it was."""
    gathered: defaultdict[int, Decimal] = defaultdict(Decimal)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number, amount in amounts.items():
        gathered[groups.head(family, number)] += amount
        members[groups.head(family, number)].append(number)
    return dict(gathered), dict(members)


def _whole(session: Session, asked: SpreadAsked, reader: Reader, today: date) -> Worth:
    rows = counted_once(reader, today)
    here = true() if asked.directorate_id is None else rows.c.directorate_id == asked.directorate_id
    return worth_of(session.execute(select(*sums(rows)).where(rows.c.is_current == 1, here)).one())


def _placed(
    session: Session, asked: SpreadAsked, reader: Reader, today: date
) -> tuple[dict[int, Decimal], dict[int, int]]:
    """By provider: pounds that are its own, and how many contracts or arrangements they are of."""
    rows = union_all(_by_itself(asked, reader, today), _together(asked, reader, today)).subquery("placed")
    query = (
        select(rows.c.provider_id, func.sum(rows.c.amount), func.count())
        .where(rows.c.amount.is_not(None))
        .group_by(rows.c.provider_id)
        .order_by(rows.c.provider_id)
    )
    found = session.execute(query).all()
    return {one: amount for one, amount, _ in found}, {one: count for one, _, count in found}


def _by_itself(asked: SpreadAsked, reader: Reader, today: date) -> Select[Any]:
    """Contracts that count for themselves: a provider's share, or the whole where it is alone."""
    beside, share = BESIDE, ContractProvider.share
    others = select(beside.id).where(beside.contract_id == Contract.id, beside.id != ContractProvider.id).exists()
    amount = case((share.is_not(None), share), (~others, Contract.current_high))
    return (
        select(ContractProvider.provider_id.label("provider_id"), amount.label("amount"))
        .join(Contract, Contract.id == ContractProvider.contract_id)
        .where(
            rows_open_to(reader, today),
            not_over(today),
            amounts_open_to(reader),
            Contract.current_high.is_not(None),
            ~covered_elsewhere(reader, today),
            _here(Contract.directorate_id, asked),
        )
    )


def _together(asked: SpreadAsked, reader: Reader, today: date) -> Select[Any]:
    """Arrangements valued as one, where all of their contracts have one and the same provider."""
    stated = Arrangement.valuation == ArrangementValuation.STATED
    amount = case(
        (stated, func.coalesce(Arrangement.value_high, Arrangement.value_low)), else_=func.max(Contract.current_high)
    )
    return (
        select(func.min(ContractProvider.provider_id).label("provider_id"), amount.label("amount"))
        .join(Contract, Contract.arrangement_id == Arrangement.id)
        .join(ContractProvider, ContractProvider.contract_id == Contract.id)
        .where(
            Arrangement.withdrawn_at.is_(None),
            Arrangement.valuation != ArrangementValuation.ADDED,
            rows_open_to(reader, today),
            _here(Arrangement.directorate_id, asked),
        )
        .group_by(Arrangement.id)
        .having(
            and_(
                func.min(ContractProvider.provider_id) == func.max(ContractProvider.provider_id),
                func.min(case((amounts_open_to(reader), 1), else_=0)) == 1,
                func.max(case((not_over(today), 1), else_=0)) == 1,
            )
        )
    )


def _here(column: Any, asked: SpreadAsked) -> ColumnElement[bool]:  # Any: a mapped column
    return true() if asked.directorate_id is None else or_(column == asked.directorate_id)
