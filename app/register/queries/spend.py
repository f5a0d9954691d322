"""Spend as a contract's pages show it, and as findings ask about it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Select,
    SQLColumnExpression,
    bindparam,
    cast,
    func,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from app.core.days_in_sql import days_between
from app.core.rights import Reader
from app.council import queries as council
from app.council import settings
from app.council.calendar import FinancialYear
from app.register import spending
from app.register.models import Contract, ContractSpend
from app.register.spending import LastYear, SpendFacts, SpendLimits, Warned, YearSpent
from app.register.visibility import may_see_amounts


def limits_on(session: Session, day: date) -> SpendLimits:
    return SpendLimits(
        nearly=council.value_on(session, settings.SPEND_NEARLY, day),
        term_left=council.value_on(session, settings.SPEND_TERM_LEFT, day),
        over_annual=council.value_on(session, settings.SPEND_OVER_ANNUAL, day),
    )


@cache
def _years() -> Select[ContractSpend]:
    return (
        select(ContractSpend)
        .where(ContractSpend.contract_id == bindparam("contract_id"))
        .order_by(ContractSpend.year, ContractSpend.id)
    )


def spend_of(session: Session, contract_id: int) -> list[ContractSpend]:
    """Every year's figure, withdrawn ones too, the earliest first."""
    return list(session.scalars(_years(), {"contract_id": contract_id}))


def facts_of(contract: Contract, rows: list[ContractSpend]) -> SpendFacts:
    """Without a whole-life value, the annual amount over the term stands for it."""
    return SpendFacts(
        years=tuple(
            YearSpent(FinancialYear(one.year), one.amount, one.to_on) for one in rows if one.withdrawn_at is None
        ),
        value=contract.whole_life_figure if contract.current_high is None else contract.current_high,
        maximum=contract.whole_life_figure if contract.maximum_high is None else contract.maximum_high,
        annual=contract.annual_figure,
        starts_on=contract.starts_on,
        ends_on=contract.ended_early_on or contract.current_end_on,
    )


@dataclass(frozen=True)
class SpendShown:
    """A contract's spend, judged. Nothing of it where the amounts are withheld from the reader."""

    rows: tuple[ContractSpend, ...]
    withdrawn: tuple[ContractSpend, ...]
    facts: SpendFacts
    warnings: tuple[Warned, ...]
    last_year: LastYear | None
    withheld: bool


def spend_shown(
    session: Session, contract: Contract, reader: Reader, today: date, *, any_rows: bool = True
) -> SpendShown:
    if not may_see_amounts(reader, contract):
        return SpendShown((), (), SpendFacts(), (), None, withheld=True)
    rows = spend_of(session, contract.id) if any_rows else []
    facts = facts_of(contract, rows)
    return SpendShown(
        rows=tuple(one for one in rows if one.withdrawn_at is None),
        withdrawn=tuple(one for one in rows if one.withdrawn_at is not None),
        facts=facts,
        warnings=spending.warnings(facts, limits_on(session, today), today=today),
        last_year=spending.last_year(facts, today=today),
        withheld=False,
    )


# The same rules, said in SQL: pence and hundredths as the whole numbers they are kept as.


def _whole(column: SQLColumnExpression[Decimal | None] | SQLColumnExpression[Decimal]) -> ColumnElement[int]:
    return type_coerce(column, BigInteger)


def _value() -> ColumnElement[int]:
    return func.coalesce(_whole(Contract.current_high), _whole(Contract.whole_life_figure))


def _total() -> ColumnElement[int]:
    """None where nothing is recorded."""
    return (
        select(func.sum(_whole(ContractSpend.amount)))
        .where(ContractSpend.contract_id == Contract.id, ContractSpend.withdrawn_at.is_(None))
        .correlate(Contract)
        .scalar_subquery()
    )


def last_day() -> ColumnElement[date]:
    return func.coalesce(Contract.ended_early_on, Contract.current_end_on)


def is_passed() -> ColumnElement[bool]:
    """Say ``spending.passed``."""
    return _total() > _value()


def is_nearly(limits: SpendLimits, today: date) -> ColumnElement[bool]:
    """Say ``spending.nearly``."""
    total = _total()
    term = days_between(Contract.starts_on, last_day()) + 1
    left = days_between(cast(today, Date), last_day())
    return (
        (total <= _value())
        & (total * 100 > _value() * int(limits.nearly))
        & (left * 100 > term * int(limits.term_left))
    )


def is_fast(limits: SpendLimits, today: date) -> ColumnElement[bool]:
    """Say ``spending.fast``."""
    lately = (FinancialYear.of(today) + -1).start
    annual = _whole(Contract.annual_figure)
    over = _whole(ContractSpend.amount) * 100 > annual * int(limits.over_annual * 100)
    return (annual > 0) & _some_year((ContractSpend.year >= lately) & over)


def is_after_end() -> ColumnElement[bool]:
    """Say ``spending.after_end``."""
    return _some_year((ContractSpend.to_on > last_day()) & (ContractSpend.amount > 0))


def _some_year(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether some year's figure is so."""
    return (
        select(ContractSpend.id)
        .where(ContractSpend.contract_id == Contract.id, ContractSpend.withdrawn_at.is_(None), which)
        .correlate(Contract)
        .exists()
    )


def spent_in(year: FinancialYear) -> ColumnElement[Decimal]:
    """What was spent under a contract in a year."""
    return (
        select(ContractSpend.amount)
        .where(
            ContractSpend.contract_id == Contract.id,
            ContractSpend.withdrawn_at.is_(None),
            ContractSpend.year == year.start,
        )
        .correlate(Contract)
        .scalar_subquery()
    )
