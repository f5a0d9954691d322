"""The register's own proposals: agreements whose replacement may need a key decision that nobody has recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.money import pounds
from app.council.rules import Dated, LeadTimes, ProcurementKind, Threshold, ThresholdBasis, in_force
from app.decisions.rules.horizon import Horizon
from app.register import renewal
from app.register.renewal import USUAL_MONTHS as USUAL_MONTHS  # noqa: PLC0414 - known here too
from app.register.renewal import expected_months as expected_months  # noqa: PLC0414 - known here too
from app.register.thresholds import Answer, passing
from app.register.values import Figure

#: From this share of the threshold on, a value is likely enough to pass it to be watched.
WATCHED_SHARE = Decimal("0.8")


class Outcome(StrEnum):
    """What the register finds of one agreement."""

    PROPOSED = "proposed"
    WATCHED = "on the watch list"
    GAP = "a gap to mend"
    BELOW = "below the threshold"
    BEYOND = "beyond the horizon"
    UNDER_WAY = "an activity is recorded"
    REPLACED = "a successor is in place"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contract or an arrangement, as far as replacing it matters."""

    #: The current end: an open option is a choice to be made by then, not a later end.
    ends_on: date | None
    #: Pounds a year, at the high end.
    run_rate: Decimal | None
    #: What the present agreement comes to; stands in where no rate can be reckoned.
    whole_life: Decimal | None
    #: Months the new agreement is expected to run.
    expected_months: int
    kind: ProcurementKind = ProcurementKind.REPLACEMENT
    #: Months before the end, where a person set them for this agreement.
    lead_months: int | None = None
    review_on: date | None = None
    has_activity: bool = False
    has_live_successor: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, by when a decision is needed, and the working of both."""

    outcome: Outcome
    decide_by: date | None
    #: The decision date has passed.
    is_late: bool
    #: What the new agreement is expected to come to.
    estimate: Decimal | None
    #: Of the value, then of the date.
    working: tuple[str, ...]
    #: What an answer judged; it lapses when either changes.
    ends_on: date | None

    @property
    def sort_key(self) -> tuple[date, Decimal]:
        """What is latest first; of one day the largest first; undated last."""
        return self.decide_by or date.max, -(self.estimate or Decimal(0))


def judge(
    candidate: Candidate,
    thresholds: Iterable[Dated[Threshold]],
    horizon: Horizon,
    lead_times: LeadTimes,
    *,
    today: date,
) -> Finding:
    """Judge one agreement. There is no lower bound: what is already late is proposed, and comes first."""
    estimate = _estimate(candidate)
    decide_by, when = decision_date(candidate, lead_times, estimate.high)
    threshold = in_force(thresholds, max(decide_by or today, today))
    held = passing(threshold, _held_against(threshold, candidate, estimate))
    outcome = _outcome(candidate, held.answer, decide_by, horizon)
    if outcome is Outcome.BELOW and held.figure.high is not None and _is_watched(held.figure.high, threshold):
        outcome = Outcome.WATCHED
    late = decide_by is not None and decide_by < today
    return Finding(outcome, decide_by, late, estimate.high, (held.working, when), candidate.ends_on)


def _outcome(candidate: Candidate, answer: Answer, decide_by: date | None, horizon: Horizon) -> Outcome:
    if candidate.has_live_successor:
        return Outcome.REPLACED
    if candidate.has_activity:
        return Outcome.UNDER_WAY
    if decide_by is not None and decide_by > horizon.last:
        return Outcome.BEYOND
    if answer is Answer.NOT_OVER:
        return Outcome.BELOW
    if answer is Answer.CANNOT_TELL or decide_by is None:
        return Outcome.GAP
    return Outcome.PROPOSED


def _estimate(candidate: Candidate) -> Figure:
    return renewal.replacement_estimate(candidate.run_rate, candidate.whole_life, candidate.expected_months)


def _held_against(threshold: Threshold, candidate: Candidate, estimate: Figure) -> Figure:
    if threshold.basis is ThresholdBasis.WHOLE_LIFE:
        return estimate
    if candidate.run_rate is None:
        return Figure(None, "no yearly value is known")
    return Figure(candidate.run_rate, f"{pounds(candidate.run_rate)} a year")


def _is_watched(figure: Decimal, threshold: Threshold) -> bool:
    return figure >= threshold.amount * WATCHED_SHARE


def decision_date(candidate: Candidate, lead_times: LeadTimes, estimate: Decimal | None) -> tuple[date | None, str]:
    """The end less the lead time; without an end, the review date; with its working."""
    lead = renewal.lead_time(candidate.lead_months, candidate.kind, estimate, lead_times)
    return renewal.decide_by(candidate.ends_on, candidate.review_on, lead)


def answer_stands(finding: Finding, *, judged_end_on: date | None, judged_value: Decimal | None) -> bool:
    """Whether a person's acceptance or dismissal still holds."""
    return (finding.ends_on, finding.estimate) == (judged_end_on, judged_value)
