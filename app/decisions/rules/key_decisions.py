"""Whether an activity needs a key decision, on which ground, and when a person may say otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.core.dates import MONTHS_IN_A_YEAR
from app.core.errors import Refusal
from app.core.money import nearest_penny, pounds
from app.council.rules import Threshold, ThresholdBasis
from app.register.thresholds import Answer, Passing, passing
from app.register.values import Figure

ZERO = Decimal(0)


class LineKind(StrEnum):
    """What a line of an activity's money is."""

    REVENUE = "revenue"
    CAPITAL = "capital"
    SAVINGS = "savings"


@dataclass(frozen=True)
class Line:
    """Whole-life pounds an activity spends or saves; equal at both ends unless it is a range."""

    kind: LineKind
    low: Decimal
    high: Decimal


class Ground(StrEnum):
    """Why a decision is a key decision, as the notice words it (SI 2012/2089, reg 8)."""

    EXPENDITURE = "expenditure over the threshold"
    SAVINGS = "savings over the threshold"
    TWO_DIVISIONS = "significant effect in two or more electoral divisions"
    OTHER = "another ground of the constitution"


class Judgement(StrEnum):
    """A person's answer where it differs from the computed one."""

    NEEDED = "a key decision is needed"
    NOT_NEEDED = "no key decision is needed"


@dataclass(frozen=True)
class PersonsJudgement:
    """A person's answer, its reason, and the amount it was made on."""

    judgement: Judgement
    reason: str
    judged_amount: Decimal | None


@dataclass(frozen=True)
class Effects:
    """What a person says of an activity beside its money."""

    #: Significant effect in two or more electoral divisions (SI 2012/2089, reg 8(1)(b)).
    two_divisions: bool = False
    two_divisions_reason: str | None = None
    #: Another ground of the constitution, in words.
    other_ground: str | None = None


NO_OTHER_EFFECTS = Effects()


@dataclass(frozen=True)
class Thresholds:
    """The key decision threshold in force on the decision's date; capital may have its own."""

    revenue: Threshold
    capital: Threshold | None = None


@dataclass(frozen=True)
class KeyDecisionAnswer:
    """Whether a key decision is needed, with the working; unknown is said, never taken for "no"."""

    answer: Answer
    grounds: tuple[Ground, ...]
    working: tuple[str, ...]
    #: What a judgement is made on: store it beside the judgement.
    amount: Decimal | None
    judged: bool = False
    #: A person's judgement was made on another amount and no longer counts.
    judgement_lapsed: bool = False

    @property
    def is_needed(self) -> bool:
        return self.answer is Answer.OVER


def needs_key_decision(
    lines: Sequence[Line],
    thresholds: Thresholds,
    effects: Effects = NO_OTHER_EFFECTS,
    judgement: PersonsJudgement | None = None,
    *,
    months: int | None = None,
) -> KeyDecisionAnswer:
    """The computed answer, unless a person judged otherwise on the same amount; ``months`` is the term expected."""
    computed = _computed(lines, thresholds, effects, months)
    if judgement is None:
        return computed
    if judgement.judged_amount != computed.amount:
        return _lapsed(computed, judgement)
    needed = judgement.judgement is Judgement.NEEDED
    return KeyDecisionAnswer(
        Answer.OVER if needed else Answer.NOT_OVER,
        (computed.grounds or (Ground.OTHER,)) if needed else (),
        (f"Judged by a person: {judgement.judgement}. {judgement.reason}", *computed.working),
        computed.amount,
        judged=True,
    )


def _lapsed(computed: KeyDecisionAnswer, judgement: PersonsJudgement) -> KeyDecisionAnswer:
    was = pounds(judgement.judged_amount) or "no amount"
    said = (
        f"It was judged that {judgement.judgement} when the amount was {was}: the value has moved, so judge it again."
    )
    working = (said, *computed.working)
    return KeyDecisionAnswer(computed.answer, computed.grounds, working, computed.amount, judgement_lapsed=True)


def _computed(lines: Sequence[Line], thresholds: Thresholds, effects: Effects, months: int | None) -> KeyDecisionAnswer:
    tests = list(_money_tests(lines, thresholds, months))
    found = {ground: test.working for ground, test in tests if test.is_over} | _other_grounds(effects)
    amount = sum((line.high for line in lines), ZERO) if lines else None
    if found:
        return KeyDecisionAnswer(Answer.OVER, tuple(found), tuple(found.values()), amount)
    if not tests:
        return KeyDecisionAnswer(Answer.CANNOT_TELL, (), ("No expenditure or savings are recorded.",), amount)
    untold = tuple(test.working for _, test in tests if test.answer is Answer.CANNOT_TELL)
    if untold:
        return KeyDecisionAnswer(Answer.CANNOT_TELL, (), untold, amount)
    return KeyDecisionAnswer(Answer.NOT_OVER, (), tuple(test.working for _, test in tests), amount)


def _money_tests(lines: Iterable[Line], thresholds: Thresholds, months: int | None) -> Iterable[tuple[Ground, Passing]]:
    """Revenue and capital count together, so that nothing is split in two, unless capital has its own threshold."""
    by_kind = {kind: [line for line in lines if line.kind is kind] for kind in LineKind}
    revenue, capital, savings = by_kind[LineKind.REVENUE], by_kind[LineKind.CAPITAL], by_kind[LineKind.SAVINGS]
    if thresholds.capital is None or thresholds.capital == thresholds.revenue:
        revenue, capital = revenue + capital, []
    if revenue:
        yield Ground.EXPENDITURE, _held_against(thresholds.revenue, _figure("Expenditure", revenue), months)
    if capital:
        own = thresholds.capital or thresholds.revenue
        yield Ground.EXPENDITURE, _held_against(own, _figure("Capital expenditure", capital), months)
    if savings:
        yield Ground.SAVINGS, _held_against(thresholds.revenue, _figure("Savings", savings), months)


def _held_against(threshold: Threshold, whole: Figure, months: int | None) -> Passing:
    """A threshold of so much a year takes the whole life spread over the term; what is over in a year is that year's.

    Without a term only a sum too small for any year can be told.
    """
    if whole.high is None or threshold.basis is ThresholdBasis.WHOLE_LIFE:
        return passing(threshold, whole)
    if months is None:
        untold = Figure(None, f"{whole.working}, without a term to divide it by")
        return passing(threshold, untold if threshold.is_passed_by(whole.high) else whole)
    if months <= MONTHS_IN_A_YEAR:
        return passing(threshold, whole)
    rate = whole.high * MONTHS_IN_A_YEAR / months
    over = f"{whole.working} over {months} months is {pounds(nearest_penny(rate))} a year"
    return passing(threshold, Figure(rate, over))


def _figure(word: str, lines: Sequence[Line]) -> Figure:
    low, high = sum((line.low for line in lines), ZERO), sum((line.high for line in lines), ZERO)
    ends = f" (the high end of {pounds(low)} to {pounds(high)})" if low != high else ""
    return Figure(high, f"{word} of {pounds(high)}{ends}")


def _other_grounds(effects: Effects) -> dict[Ground, str]:
    found = {}
    if effects.two_divisions:
        found[Ground.TWO_DIVISIONS] = f"{effects.two_divisions_reason} (two or more electoral divisions)"
    if effects.other_ground:
        found[Ground.OTHER] = effects.other_ground
    return found


def check_effects(effects: Effects) -> Effects:
    if effects.two_divisions and not (effects.two_divisions_reason or "").strip():
        raise Refusal("Say how it affects two or more electoral divisions", field="two_divisions_reason")
    return effects


def check_judgement(judgement: PersonsJudgement) -> PersonsJudgement:
    if not judgement.reason.strip():
        raise Refusal("Say why the computed answer does not hold", field="judgement_reason")
    return judgement
