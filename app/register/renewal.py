"""What comes after a contract: how long and how dear its replacement is likely to be, and by when to decide on it."""

from datetime import date
from decimal import Decimal

from app.core.dates import MONTHS_IN_A_YEAR, add_months, day, length_of
from app.core.money import nearest_penny, pounds
from app.council.rules import LeadTimes, ProcurementKind
from app.register.terms import Term, latest_length
from app.register.values import Figure

#: A new agreement of unknown length is taken to run four years; changeable on each contract.
USUAL_MONTHS = 48


def expected_months(set_by_person: int | None, term: Term) -> int:
    """As set, else as long as the present agreement with its options, else the usual length."""
    if set_by_person is not None:
        return set_by_person
    length = latest_length(term)
    return length[0] + bool(length[1]) if length else USUAL_MONTHS


def replacement_estimate(run_rate: Decimal | None, whole_life: Decimal | None, months: int) -> Figure:
    """Run-rate times the expected new term; without a rate, as much as the present agreement."""
    if run_rate is None:
        if whole_life is None:
            return Figure(None, "neither a yearly nor a whole-life value is known")
        return Figure(whole_life, f"{pounds(whole_life)}, as much as the present agreement")
    total = nearest_penny(run_rate * months / MONTHS_IN_A_YEAR)
    return Figure(total, f"{pounds(run_rate)} a year for an expected {length_of(months)} is {pounds(total)}")


def lead_time(
    set_by_person: int | None, kind: ProcurementKind, estimate: Decimal | None, lead_times: LeadTimes
) -> tuple[int, str]:
    """Months before the end by which a decision is needed, and why so many."""
    if set_by_person is not None:
        return set_by_person, "set for this contract"
    return lead_times.months_for(kind, estimate), str(kind)


def decide_by(ends_on: date | None, review_on: date | None, lead: tuple[int, str]) -> tuple[date | None, str]:
    """The end less the lead time; without an end, the review date; with its working."""
    if ends_on is None:
        if review_on is None:
            return None, "Neither an end nor a review date is recorded: give one."
        return review_on, f"No end date: decide by its review on {day(review_on)}."
    months, because = lead
    decision_on = add_months(ends_on, -months)
    return decision_on, f"{length_of(months)} ({because}) before {day(ends_on)} is {day(decision_on)}."
