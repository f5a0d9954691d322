"""Everything the register works out of one contract, in words: for its page, and for a form before it is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from app.core.money import pounds
from app.council.rules import LeadTimes, ProcurementKind, Threshold, ThresholdBasis
from app.register import ahead, renewal, settling
from app.register.ahead import Coming, DateAhead
from app.register.approvals import NO_TOLERANCE, Allowed, Tolerance, Wanted, coverage
from app.register.models import Arrangement, Contract, ContractForm, ContractStage, SignalOverride
from app.register.signals import (
    Clock,
    Override,
    Signal,
    SignalKind,
    Successor,
    concern_flag,
    expiry_clock,
    overridden,
    procurement_signal,
)
from app.register.terms import length_in_words
from app.register.thresholds import Passing, passing
from app.register.values import Amount, Figure, Member, amount_between, arrangement_figure, basis_in_words

NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class Settings:
    """What the council has set, as far as one contract is reckoned by it."""

    annex: Threshold
    key: Threshold
    lead_times: LeadTimes
    tolerance: Tolerance = NO_TOLERANCE


@dataclass(frozen=True)
class ArrangementPart:
    """One contract of an arrangement, by its settled figures."""

    contract_id: int
    parent_id: int | None
    whole_life: Decimal | None
    annual: Decimal | None
    at_least: bool
    #: From the reader the page is for.
    withheld: bool = False

    def member(self, threshold: Threshold) -> Member:
        high = self.annual if threshold.basis is ThresholdBasis.ANNUAL else self.whole_life
        return Member(self.contract_id, self.parent_id, Figure(high, pounds(high), at_least=self.at_least))


@dataclass(frozen=True)
class Tested:
    """One threshold, held against the contract, or against the arrangement it counts in."""

    name: str
    passing: Passing
    #: The arrangement that is tested as a whole.
    whole: str = ""


@dataclass(frozen=True)
class Reckoned:
    """The computed answers of a contract."""

    length: str
    current_end_on: date | None
    latest_end_on: date | None
    awarded: str
    current: str
    maximum: str
    annual: str
    basis: str
    tests: tuple[Tested, ...]
    dates: tuple[DateAhead, ...]
    next_step: str


def reckon(contract: Contract, settings: Settings, parts: Sequence[ArrangementPart] = (), *, today: date) -> Reckoned:
    """Work out the answers. ``parts`` are the contracts of its arrangement, this one included."""
    term, three = settling.term_of(contract), settling.values_of(contract)
    annual = settling.annual_amount(contract)
    dates = dates_of(contract, settings, today=today)
    return Reckoned(
        length=length_in_words(term),
        current_end_on=term.current_end_on,
        latest_end_on=term.latest_end_on,
        awarded=exact(three.awarded),
        current=exact(three.current),
        maximum=f"{'At least ' if three.at_least and three.maximum else ''}{exact(three.maximum)}",
        annual=f"{exact(annual)} a year" if annual else "",
        basis=basis_in_words(three.current or annual),
        tests=(
            tested("Annex threshold", settings.annex, contract, parts),
            tested("Key decision threshold", settings.key, contract, parts),
        ),
        dates=dates,
        next_step=ahead.next_step_in_words(dates),
    )


def exact(amount: Amount | None) -> str:
    """To the penny, a range from end to end."""
    if amount is None:
        return ""
    return " to ".join(dict.fromkeys((pounds(amount.low), pounds(amount.high))))


# The thresholds


def tested(name: str, threshold: Threshold, contract: Contract, parts: Sequence[ArrangementPart]) -> Tested:
    """An arrangement is tested as a whole."""
    arrangement = contract.arrangement
    if arrangement is not None and arrangement.withdrawn_at is None and parts:
        return Tested(name, passing(threshold, _whole(arrangement, threshold, parts)), arrangement.title)
    return Tested(name, passing(threshold, own_figure(contract, threshold)))


def parts_now(parts: Sequence[ArrangementPart], contract: Contract) -> list[ArrangementPart]:
    """The same with this contract's figures as it has just been settled, before anything is stored."""
    return [
        replace(
            part,
            whole_life=contract.whole_life_figure,
            annual=contract.annual_figure,
            at_least=contract.maximum_at_least,
        )
        if part.contract_id == contract.id
        else part
        for part in parts
    ]


def own_figure(contract: Contract, threshold: Threshold) -> Figure:
    by_year = threshold.basis is ThresholdBasis.ANNUAL
    return settling.annual_figure(contract) if by_year else settling.whole_life_figure(contract)


def _whole(arrangement: Arrangement, threshold: Threshold, parts: Sequence[ArrangementPart]) -> Figure:
    if threshold.basis is ThresholdBasis.ANNUAL:
        stated = amount_between(arrangement.annual_value, arrangement.annual_value)
    else:
        stated = amount_between(arrangement.value_low, arrangement.value_high)
    if stated is None:
        figure = Figure(None, "no value is stated for the whole")
    else:
        figure = Figure(stated.high, f"{pounds(stated.high)}, as stated for the whole")
    return arrangement_figure(arrangement.valuation, figure, [part.member(threshold) for part in parts])


# The dates


def kind_of_renewal(contract: Contract) -> ProcurementKind:
    return ProcurementKind.CALL_OFF if contract.form is ContractForm.CALL_OFF else ProcurementKind.REPLACEMENT


def lead_of(contract: Contract, lead_times: LeadTimes) -> tuple[int, str]:
    estimate = settling.renewal_figure(contract).high
    return renewal.lead_time(contract.lead_time_months, kind_of_renewal(contract), estimate, lead_times)


def dates_of(contract: Contract, settings: Settings, *, today: date) -> tuple[DateAhead, ...]:
    if contract.withdrawn_at is not None or contract.stage is ContractStage.ENDED_EARLY:
        return ()
    lead = lead_of(contract, settings.lead_times)
    return ahead.dates_ahead(
        Coming(settling.term_of(contract), contract.review_on, lead, settings.lead_times), today=today
    )


# The signals


def signals_of(
    contract: Contract,
    settings: Settings,
    successor: Contract | None,
    *,
    today: date,
    overrides: Mapping[SignalKind, Override] = MappingProxyType({}),
) -> tuple[Signal, ...]:
    """Three questions kept apart: is time running out, is something being done, is somebody concerned."""
    read = _signals(contract, settings, successor, today)
    return tuple(overridden(signal, overrides.get(signal.kind), today=today) for signal in read)


def _signals(
    contract: Contract, settings: Settings, successor: Contract | None, today: date
) -> tuple[Signal, Signal, Signal]:
    lead = lead_of(contract, settings.lead_times)
    decision_by, _ = renewal.decide_by(contract.current_end_on, contract.review_on, lead)
    clock = Clock(
        ends_on=contract.ended_early_on or contract.current_end_on,
        lead_months=lead[0],
        rolling=contract.rolling,
        review_on=contract.review_on,
        successor=_successor(successor),
    )
    return (
        expiry_clock(clock, today=today),
        procurement_signal(
            contract.procurement_status, decision_by=decision_by, today=today, replaced=clock.is_replaced(today)
        ),
        concern_flag(contract.concern),
    )


def overrides_in_force(contract: Contract, today: date) -> dict[SignalKind, SignalOverride]:
    """The overrides that count today, by signal; of two the later one."""
    stored = sorted(contract.overrides, key=lambda one: one.id)
    return {one.kind: one for one in stored if one.ended_at is None and one.until_on >= today}


def as_rule(stored: SignalOverride) -> Override:
    return Override(stored.kind, stored.level, stored.reason, stored.by, stored.until_on)


def is_replaced(contract: Contract, successor: Contract | None, today: date) -> bool:
    """Whether a live successor clears the clock."""
    end = contract.ended_early_on or contract.current_end_on
    return Clock(end, 0, successor=_successor(successor)).is_replaced(today)


def _successor(contract: Contract | None) -> Successor | None:
    if contract is None:
        return None
    awarded = contract.stage is ContractStage.AWARDED and contract.withdrawn_at is None
    return Successor(contract.title, contract.starts_on, awarded=awarded)


# What a person should know before saving


NO_DECISION = "no decision recorded"


@dataclass(frozen=True)
class Caution:
    """Something to think of before saving; passed with a reason."""

    #: What it is about: one that stood before the change is no news.
    about: str
    words: str


def cautions_of(
    contract: Contract,
    reckoned: Reckoned,
    settings: Settings,
    *,
    uses_option: bool = True,
    sum_open: bool = True,
) -> tuple[Caution, ...]:
    found: list[Caution] = []
    key = reckoned.tests[1].passing
    if contract.stage is not ContractStage.PLANNED and settling.approval_of(contract) is None and key.is_over:
        words = f"It passes the key decision threshold, and no decision is recorded: {key.working}"
        found.append(Caution(NO_DECISION, words))
    breaches = beyond_approval(contract, settings, uses_option=uses_option, sum_open=sum_open)
    found.extend(Caution(breach, f"{breach}.") for breach in breaches)
    return tuple(found)


def news(before: Sequence[Caution], after: Sequence[Caution]) -> tuple[str, ...]:
    """What a change brings that did not stand before it."""
    stood = {one.about for one in before}
    return tuple(one.words for one in after if one.about not in stood)


def beyond_approval(
    contract: Contract, settings: Settings, *, uses_option: bool = True, sum_open: bool = True
) -> tuple[str, ...]:
    """Where the contract as it now stands goes beyond the decision it was let under; of an exempt sum, that it may."""
    approval, end = settling.approval_of(contract), settling.term_of(contract).current_end_on
    if approval is None or end is None:
        return ()
    is_extended = end != contract.awarded_end_on
    allowed = Allowed(
        approval.reference,
        approval.sum_allowed if sum_open else None,
        approval.latest_end_on,
        allows_options=approval.allows_options or not is_extended,
    )
    current = settling.values_of(contract).current
    wanted = Wanted(current.high if current else None, end, uses_option=uses_option or not is_extended)
    return (*coverage(allowed, wanted, settings.tolerance).breaches, *_unsaid(allowed, wanted, sum_open=sum_open))


def _unsaid(allowed: Allowed, wanted: Wanted, *, sum_open: bool) -> tuple[str, ...]:
    """Said of every total alike, so that it tells nothing of the sum."""
    if sum_open:
        return ()
    total = pounds(wanted.total) if wanted.total is not None else "a total that is not known"
    words = f"The sum that decision {allowed.reference} allows is exempt: have somebody entitled to it hold {total}"
    return (f"{words} against it",)
