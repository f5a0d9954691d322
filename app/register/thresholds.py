"""Whether a value passes one of the council's thresholds, and why."""

from dataclasses import dataclass
from enum import StrEnum

from app.core.money import pounds
from app.council.rules import Operator, Threshold, ThresholdBasis
from app.register.terms import Term
from app.register.values import Amount, Figure, ThreeValues, annual_figure, whole_life_figure


class Answer(StrEnum):
    """Whether a value passes a threshold. "Cannot tell" is a finding to mend; it is never "not over"."""

    OVER = "over"
    NOT_OVER = "not over"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Passing:
    """The answer with its working as a sentence."""

    answer: Answer
    working: str
    figure: Figure

    @property
    def is_over(self) -> bool:
        return self.answer is Answer.OVER


def figure_for(threshold: Threshold, values: ThreeValues, annual: Amount | None, term: Term) -> Figure:
    """The figure of a contract that the threshold's basis asks for."""
    reckon = annual_figure if threshold.basis is ThresholdBasis.ANNUAL else whole_life_figure
    return reckon(values, annual, term)


def passing(threshold: Threshold, figure: Figure) -> Passing:
    """Compare exact pounds. A floor that does not pass proves nothing: what is not known might."""
    if figure.high is None:
        return Passing(Answer.CANNOT_TELL, f"Cannot be tested: {figure.working}.", figure)
    floor = "At least " if figure.at_least else ""
    if threshold.is_passed_by(figure.high):
        return Passing(Answer.OVER, f"{floor}{figure.working}: {threshold}.", figure)
    if figure.at_least:
        return Passing(
            Answer.CANNOT_TELL, f"At least {figure.working}: what is not known may make it {threshold}.", figure
        )
    return Passing(Answer.NOT_OVER, f"{figure.working}: {_short_of(threshold)}.", figure)


def _short_of(threshold: Threshold) -> str:
    year = " a year" if threshold.basis is ThresholdBasis.ANNUAL else ""
    word = "not more than" if threshold.operator is Operator.MORE_THAN else "less than"
    return f"{word} {pounds(threshold.amount)}{year}"
