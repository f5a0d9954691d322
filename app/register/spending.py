"""What spend says of a contract: what is left, and what to beware of. Plain rules; money is net of recoverable VAT."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.dates import day
from app.core.money import pounds
from app.council.calendar import FinancialYear

HUNDRED = Decimal(100)
ZERO = Decimal(0)


class SpendWarning(StrEnum):
    """What is told of. The first two are CM3 of contract monitoring, as the National Audit Office's guide asks."""

    PASSED = "spent beyond its value"
    NEARLY = "nearly spent, with time to run"
    FAST = "running over its annual value"
    AFTER_END = "spent after its end"


@dataclass(frozen=True)
class SpendLimits:
    """The council's dated settings, with their first values."""

    #: Per cent of the value that is nearly all of it.
    nearly: Decimal = Decimal(90)
    #: Per cent of the term, more than which is time to run.
    term_left: Decimal = Decimal(10)
    #: Times the annual value.
    over_annual: Decimal = Decimal("1.25")


@dataclass(frozen=True, order=True)
class YearSpent:
    """One financial year's figure."""

    year: FinancialYear
    amount: Decimal
    to_on: date


@dataclass(frozen=True)
class SpendFacts:
    """A contract's figures and days, as far as spend is held against them."""

    years: Sequence[YearSpent] = ()
    #: What may be spent over its life, current; None: not known.
    value: Decimal | None = None
    maximum: Decimal | None = None
    annual: Decimal | None = None
    starts_on: date | None = None
    #: Its last day: the early end where it ended early.
    ends_on: date | None = None

    @property
    def total(self) -> Decimal:
        return total_of(one.amount for one in self.years)

    @property
    def remaining(self) -> Decimal | None:
        return None if self.value is None else self.value - self.total

    @property
    def remaining_of_maximum(self) -> Decimal | None:
        return None if self.maximum is None else self.maximum - self.total


@dataclass(frozen=True)
class Warned:
    """A warning with its working."""

    kind: SpendWarning
    working: str


def total_of(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)


def signed(amount: Decimal) -> str:
    """Exact pounds; a credit with its sign."""
    return f"−{pounds(-amount)}" if amount < 0 else pounds(amount)


def warnings(facts: SpendFacts, limits: SpendLimits, *, today: date) -> tuple[Warned, ...]:
    """What to beware of, the gravest first."""
    found = (passed(facts), after_end(facts), nearly(facts, limits, today=today), fast(facts, limits, today=today))
    return tuple(one for one in found if one is not None)


def passed(facts: SpendFacts) -> Warned | None:
    if facts.value is None or facts.total <= facts.value:
        return None
    over = pounds(facts.total - facts.value)
    return Warned(
        SpendWarning.PASSED,
        f"{pounds(facts.total)} is spent of a value of {pounds(facts.value)}: {over} beyond it",
    )


def nearly(facts: SpendFacts, limits: SpendLimits, *, today: date) -> Warned | None:
    """More than 90 per cent of the value, and more than a tenth of the term to run."""
    if facts.value is None or facts.starts_on is None or facts.ends_on is None:
        return None
    term, left = (facts.ends_on - facts.starts_on).days + 1, (facts.ends_on - today).days
    if facts.total > facts.value or facts.total * HUNDRED <= facts.value * limits.nearly:
        return None
    if left * HUNDRED <= term * limits.term_left:
        return None
    return Warned(
        SpendWarning.NEARLY,
        f"{pounds(facts.total)} of {pounds(facts.value)} is spent, more than {limits.nearly:f} per cent, and it runs "
        f"for {left:,} of its {term:,} days yet",
    )


def fast(facts: SpendFacts, limits: SpendLimits, *, today: date) -> Warned | None:
    """Say so where this year or the last ran over so many times the annual value; earlier years are past mending."""
    if facts.annual is None or facts.annual <= 0:
        return None
    lately = FinancialYear.of(today) + -1
    over = [one for one in facts.years if one.year >= lately and one.amount > facts.annual * limits.over_annual]
    if not over:
        return None
    latest = max(over)
    return Warned(
        SpendWarning.FAST,
        f"{pounds(latest.amount)} was spent in {latest.year}, over {limits.over_annual:f} times the annual value of "
        f"{pounds(facts.annual)}",
    )


def after_end(facts: SpendFacts) -> Warned | None:
    """Money went out on a day after the last."""
    late = [one for one in facts.years if facts.ends_on is not None and one.to_on > facts.ends_on and one.amount > 0]
    if not late:
        return None
    latest = max(late, key=lambda one: one.to_on)
    return Warned(
        SpendWarning.AFTER_END,
        f"It ended on {day(facts.ends_on)}, and spend is recorded to {day(latest.to_on)}",
    )


@dataclass(frozen=True)
class LastYear:
    """The last whole year's spend against the annual value."""

    year: FinancialYear
    spent: Decimal
    annual: Decimal | None
    working: str = field(default="")


def last_year(facts: SpendFacts, *, today: date) -> LastYear | None:
    """None where nothing is recorded for it."""
    year = FinancialYear.of(today) + -1
    found = next((one for one in facts.years if one.year == year), None)
    if found is None:
        return None
    if not facts.annual:
        return LastYear(year, found.amount, None, "No annual value is recorded to hold it against")
    per_cent = (found.amount / facts.annual * HUNDRED).quantize(Decimal(1))
    return LastYear(
        year, found.amount, facts.annual, f"{per_cent:,} per cent of the annual value, {pounds(facts.annual)}"
    )
