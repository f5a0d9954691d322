"""What a contract is worth: amounts, the three values, and the figure that thresholds are held against."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from app.core.dates import MONTHS_IN_A_YEAR, length_of
from app.core.errors import Refusal
from app.core.money import nearest_penny, pounds, pounds_short, whole_pence
from app.register.terms import Option, Term, current_length, latest_length

#: An odd day counts as this share of a month, so that sixty months and a day is not sixty-one.
DAYS_IN_A_MONTH = 30
ZERO = Decimal(0)


class Per(StrEnum):
    """The time an amount covers."""

    WHOLE_LIFE = "whole life"
    YEAR = "year"


class ValueCertainty(StrEnum):
    """How firm an amount is."""

    FIXED = "fixed"
    ESTIMATE = "estimate"
    MAXIMUM = "maximum"
    NOMINAL = "nominal"


@dataclass(frozen=True)
class Amount:
    """Pounds net of recoverable VAT, equal at both ends unless it is a range."""

    low: Decimal
    high: Decimal
    per: Per = Per.WHOLE_LIFE
    #: None: not said.
    certainty: ValueCertainty | None = None
    #: The whole of which this is the council's share, in words.
    share_of: str | None = None

    def __post_init__(self) -> None:
        if self.low < 0:
            raise Refusal("A value cannot be less than nothing: check the amounts", field="amount_low")
        if self.high < self.low:
            raise Refusal(f"Enter a high end of {pounds(self.low)} or more", field="amount_high")
        whole_pence(self.low), whole_pence(self.high)

    @property
    def is_range(self) -> bool:
        return self.low != self.high


def amount_between(
    low: Decimal | None,
    high: Decimal | None,
    per: Per = Per.WHOLE_LIFE,
    *,
    certainty: ValueCertainty | None = None,
    share_of: str | None = None,
) -> Amount | None:
    """An amount from stored columns: None when neither end is known, a single figure when one is."""
    known = [end for end in (low, high) if end is not None]
    return Amount(known[0], known[-1], per, certainty, share_of) if known else None


_CERTAINTY_WORDS = {
    ValueCertainty.ESTIMATE: "estimate",
    ValueCertainty.MAXIMUM: "maximum",
    ValueCertainty.NOMINAL: "nominal (no guaranteed volume)",
}


def basis_in_words(amount: Amount | None) -> str:
    """The basis a value states beside itself: "Whole life", "Annual, estimate, range", "Not known"."""
    if amount is None:
        return "Not known"
    words = ["Annual" if amount.per is Per.YEAR else "Whole life"]
    if amount.certainty in _CERTAINTY_WORDS:
        words.append(_CERTAINTY_WORDS[amount.certainty])
    if amount.is_range:
        words.append("range")
    if amount.share_of:
        words.append("partner's share")
    return ", ".join(words)


def amount_in_words(amount: Amount | None) -> str:
    """As a table says it: "£40.0m whole life", "£72,500 a year", "£1.2m to £1.8m whole life"."""
    if amount is None:
        return "value not known"
    ends = dict.fromkeys((pounds_short(amount.low), pounds_short(amount.high)))
    return f"{' to '.join(ends)} {'a year' if amount.per is Per.YEAR else 'whole life'}"


@dataclass(frozen=True)
class ThreeValues:
    """A contract's whole-life value as awarded, as it now stands, and with every option used."""

    awarded: Amount | None
    current: Amount | None
    maximum: Amount | None
    #: An open option has no value, so the maximum is a floor.
    at_least: bool = False


def three_values(awarded: Amount | None, changes: Iterable[Decimal], options: Iterable[Option]) -> ThreeValues:
    """Changes are signed pounds of extensions and variations taken up; with no value as awarded there are none."""
    if awarded is None:
        return ThreeValues(None, None, None)
    values = [option.value for option in options]
    current = moved_by(awarded, sum(changes, ZERO))
    maximum = moved_by(current, sum((value for value in values if value is not None), ZERO))
    return ThreeValues(awarded, current, maximum, at_least=None in values)


def moved_by(amount: Amount, change: Decimal) -> Amount:
    """The amount after a signed change, at both of its ends."""
    if amount.low + change < 0:
        raise Refusal(f"The value is {pounds(amount.low)}: a reduction can be no more than that", field="value_change")
    return replace(amount, low=amount.low + change, high=amount.high + change)


@dataclass(frozen=True)
class Figure:
    """What a threshold is held against: exact pounds at the high end, or None with the reason why it is not known."""

    high: Decimal | None
    working: str
    #: Something that adds to it is not known.
    at_least: bool = False


def whole_life_figure(values: ThreeValues, annual: Amount | None, term: Term) -> Figure:
    """The maximum value; for an annual amount, as much as it comes to over the latest term."""
    over_term = annual_over_term(annual, term)
    if values.maximum is None:
        return over_term
    stated = Figure(values.maximum.high, _said(values.maximum), values.at_least)
    if values.at_least and over_term.high is not None and over_term.high > values.maximum.high:
        return replace(over_term, at_least=True)
    return stated


def annual_over_term(annual: Amount | None, term: Term) -> Figure:
    """Annual times the inclusive months of the latest term over twelve."""
    if annual is None:
        return Figure(None, "no value is recorded")
    length = latest_length(term)
    said = f"{pounds(annual.high)} a year{_high_end(annual)}"
    if length is None:
        return Figure(None, f"{said}, without a term to count it over")
    total = nearest_penny(annual.high * _in_months(length) / MONTHS_IN_A_YEAR)
    return Figure(total, f"{said} for {length_of(*length)} is {pounds(total)}")


def annual_figure(values: ThreeValues, annual: Amount | None, term: Term) -> Figure:
    """The annual amount; for a whole-life one, what it comes to a year over the current term."""
    if annual is not None:
        return Figure(annual.high, _said(annual))
    rate, length = run_rate(values.current, None, term), current_length(term)
    if values.current is None:
        return Figure(None, "no value is recorded")
    if rate is None or length is None:
        return Figure(None, f"{_said(values.current)}, without a term to divide it by")
    return Figure(rate, f"{_said(values.current)} over {length_of(*length)} is {pounds(rate)} a year")


def run_rate(whole_life: Amount | None, annual: Amount | None, term: Term) -> Decimal | None:
    """Pounds a year at the high end: as recorded, else the current value spread over the current term."""
    if annual is not None:
        return annual.high
    length = current_length(term)
    if whole_life is None or length is None:
        return None
    return nearest_penny(whole_life.high * MONTHS_IN_A_YEAR / _in_months(length))


def _in_months(length: tuple[int, int]) -> Decimal:
    months, days = length
    return months + Decimal(days) / DAYS_IN_A_MONTH


def _said(amount: Amount) -> str:
    return f"{pounds(amount.high)} {'a year' if amount.per is Per.YEAR else 'whole life'}{_high_end(amount)}"


def _high_end(amount: Amount) -> str:
    return f" (the high end of {pounds(amount.low)} to {pounds(amount.high)})" if amount.is_range else ""


class ArrangementValuation(StrEnum):
    """How several contracts counted as one are valued once."""

    STATED = "the value stated for the whole"
    ADDED = "the sum of its contracts"
    REPEATED = "one value repeated on each contract"


@dataclass(frozen=True)
class Member:
    """A contract within an arrangement, as far as its value matters."""

    contract_id: int
    #: Its framework, when it is a call-off.
    parent_id: int | None
    figure: Figure


def arrangement_figure(valuation: ArrangementValuation, stated: Figure, members: Collection[Member]) -> Figure:
    """An arrangement is valued once and tested as a whole."""
    if valuation is ArrangementValuation.STATED:
        return stated
    if valuation is ArrangementValuation.REPEATED:
        return _largest(members)
    return _sum(counted_once(members))


def counted_once(members: Collection[Member]) -> list[Member]:
    """Leave out call-offs whose framework in the same arrangement has a value of its own: it covers them."""
    valued = {member.contract_id for member in members if member.figure.high is not None}
    return [member for member in members if member.parent_id not in valued or member.parent_id == member.contract_id]


def _largest(members: Collection[Member]) -> Figure:
    known = [member.figure for member in members if member.figure.high is not None]
    if not known:
        return Figure(None, "no contract in it has a value")
    largest = max(known, key=lambda figure: (figure.high or ZERO, figure.at_least))
    return replace(largest, working=f"{largest.working}, repeated on {len(known)} contracts")


def _sum(members: Collection[Member]) -> Figure:
    known = [member.figure.high for member in members if member.figure.high is not None]
    if not known:
        return Figure(None, "no contract in it has a value")
    total, missing = sum(known, ZERO), len(members) - len(known)
    said = f"{pounds(total)} over {len(known)} contract{'s' if len(known) != 1 else ''}"
    floor = bool(missing) or any(member.figure.at_least for member in members)
    return Figure(total, f"{said}, {missing} without a value" if missing else said, at_least=floor)
