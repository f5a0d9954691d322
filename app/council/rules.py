"""The council's dated settings: what they may say, their first values, and which is in force on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from typing_extensions import override

from app.core.dates import day as in_full
from app.core.errors import Refusal
from app.core.money import pounds
from app.council.calendar import DayBasis, Span, Unit

T = TypeVar("T")


@dataclass(frozen=True)
class Dated(Generic[T]):
    """A value of a setting and the day it came into force; None is the beginning of time."""

    from_on: date | None
    value: T


def in_force(values: Iterable[Dated[T]], day: date) -> T:
    """The value in force on a day; the first value applies from the beginning of time."""
    by_date = sorted(values, key=lambda dated: dated.from_on or date.min)
    if not by_date:
        raise Refusal(f"This setting has no value on {in_full(day)}: give it its first value")
    begun = [dated for dated in by_date if (dated.from_on or date.min) <= day]
    return (begun or by_date[:1])[-1].value


class Operator(StrEnum):
    """Kent says "more than £1m", Nottinghamshire "£1million or more"."""

    MORE_THAN = "more than"
    AT_LEAST = "at least"


class ThresholdBasis(StrEnum):
    """Which of a contract's figures a threshold is held against."""

    WHOLE_LIFE = "whole life with options"
    ANNUAL = "annual"


@dataclass(frozen=True)
class Threshold:
    """An amount that a value passes or does not. Exact pounds are compared, never the rounded text."""

    amount: Decimal
    operator: Operator = Operator.MORE_THAN
    basis: ThresholdBasis = ThresholdBasis.WHOLE_LIFE

    def is_passed_by(self, amount: Decimal) -> bool:
        return amount > self.amount if self.operator is Operator.MORE_THAN else amount >= self.amount

    @override
    def __str__(self) -> str:
        return f"{self.operator} {pounds(self.amount)}{' a year' if self.basis is ThresholdBasis.ANNUAL else ''}"


class ProcurementKind(StrEnum):
    """How the next agreement would be made; each has its own lead time."""

    NEW = "new procurement"
    REPLACEMENT = "replacement"
    CALL_OFF = "call-off"
    EXTENSION = "extension"


@dataclass(frozen=True)
class LeadTimes:
    """Months from the decision to the end of the contract, by kind of procurement."""

    new: int = 24
    replacement: int = 18
    call_off: int = 12
    extension: int = 6
    #: A replacement worth more than this is given as long as a new procurement.
    large_over: Decimal = Decimal(5_000_000)
    #: A replacement worth less than the sum needs no key decision, and so no time for one.
    small: int = 6
    small_under: Decimal = Decimal(500_000)

    def months_for(self, kind: ProcurementKind, value: Decimal | None) -> int:
        if kind is ProcurementKind.REPLACEMENT and value is not None and value > self.large_over:
            return self.new
        if kind is ProcurementKind.REPLACEMENT and value is not None and value < self.small_under:
            return self.small
        match kind:
            case ProcurementKind.NEW:
                return self.new
            case ProcurementKind.REPLACEMENT:
                return self.replacement
            case ProcurementKind.CALL_OFF:
                return self.call_off
            case ProcurementKind.EXTENSION:
                return self.extension

    def whatever_the_value(self) -> "LeadTimes":
        """The same for every value, for those from whom an exempt one is withheld: a shorter or a longer lead time
        would tell them its band.
        """
        return replace(self, large_over=Decimal("Infinity"), small_under=Decimal(0))


@dataclass(frozen=True)
class NoticePeriods:
    """Clear days between publishing a notice and deciding."""

    clear_days: int = 28  # SI 2012/2089, reg 9(2)
    basis: DayBasis = DayBasis.CALENDAR
    exception_days: int = 5  # SI 2012/2089, reg 10
    exception_basis: DayBasis = DayBasis.WORKING
    #: Between a meeting's papers and the meeting: LGA 1972, s.100B; SI 2012/2089, reg 7.
    papers_days: int = 5
    papers_basis: DayBasis = DayBasis.WORKING


@dataclass(frozen=True)
class NoticeDefaults:
    """What every notice of a decision says alike, and who publishes it."""

    address: str | None = None
    how_to_ask: str | None = None
    #: The register publishes notices at an address of its own, rather than a committee system.
    published_here: bool = False


class CallInTrigger(StrEnum):
    """What starts the call-in period; a matter for the constitution."""

    PUBLICATION = "publication of the decision"
    DECISION = "the decision"


@dataclass(frozen=True)
class CallInRule:
    """How long members may call a decision in before it takes effect (LGA 2000, s.9F; length by the constitution)."""

    days: int = 5
    basis: DayBasis = DayBasis.WORKING
    trigger: CallInTrigger = CallInTrigger.PUBLICATION
    #: The hour the last day closes; None is midnight.
    cut_off: time | None = None


@dataclass(frozen=True)
class Stage:
    """A stage of replacing a contract, and how long before the next stage it must be done."""

    label: str
    span: Span
    source: str
    kinds: frozenset[ProcurementKind] = frozenset(ProcurementKind)


FULL_PROCUREMENT = frozenset({ProcurementKind.NEW, ProcurementKind.REPLACEMENT})
CALL_OFF = frozenset({ProcurementKind.CALL_OFF})
COUNCIL_SETTING = "Council setting"

FIRST_ANNEX_THRESHOLD = Threshold(Decimal(1_000_000))
FIRST_KEY_DECISION_THRESHOLD = Threshold(Decimal(1_000_000))
#: Years from the start of the plan year.
FIRST_HORIZON_YEARS = 3
FIRST_LEAD_TIMES = LeadTimes()
FIRST_NOTICE_PERIODS = NoticePeriods()
FIRST_CALL_IN_RULE = CallInRule()
#: Between the decision and the contract's end, first to last.
FIRST_STAGES_AFTER_DECISION = (
    Stage("Invite tenders", Span(6, Unit.MONTHS), COUNCIL_SETTING, FULL_PROCUREMENT),
    Stage("Invite bids from the framework", Span(3, Unit.MONTHS), COUNCIL_SETTING, CALL_OFF),
    Stage("Publish the award", Span(8, Unit.WORKING_DAYS), "Procurement Act 2023, s.51: standstill", FULL_PROCUREMENT),
    Stage("Sign and begin mobilisation", Span(6, Unit.MONTHS), COUNCIL_SETTING, FULL_PROCUREMENT),
    Stage("Sign and begin mobilisation", Span(3, Unit.MONTHS), COUNCIL_SETTING, CALL_OFF),
)
#: Before the decision, first to last.
FIRST_STAGES_BEFORE_DECISION = (
    Stage("Put it on the committee's agenda", Span(2, Unit.MONTHS), COUNCIL_SETTING),
    Stage("Publish the notice", Span(29, Unit.DAYS), "SI 2012/2089, reg 9: 28 clear days"),
)
