"""What the register proposes by itself."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.council.calendar import FinancialYear
from app.council.rules import Dated, LeadTimes, Operator, ProcurementKind, Threshold, ThresholdBasis
from app.decisions.rules.horizon import plan_horizon
from app.decisions.rules.proposals import (
    USUAL_MONTHS,
    Candidate,
    Finding,
    Outcome,
    answer_stands,
    decision_date,
    expected_months,
    judge,
)
from app.register.terms import Option, Term

TODAY = date(2015, 3, 12)
HORIZON = plan_horizon(FinancialYear(2015), years=3)
MILLION = Decimal(1_000_000)
KENT = (Dated(None, Threshold(MILLION)),)
FIVE_YEARS = 60
#: £300,000 a year for five years: £1.5m, decided 18 months before its end.
CARE = Candidate(date(2018, 3, 31), Decimal(300_000), Decimal(1_500_000), FIVE_YEARS)


def found(candidate: Candidate, thresholds: tuple[Dated[Threshold], ...] = KENT) -> Finding:
    return judge(candidate, thresholds, HORIZON, LeadTimes(), today=TODAY)


@pytest.mark.parametrize(
    ("candidate", "outcome"),
    [
        pytest.param(CARE, Outcome.PROPOSED, id="its decision falls within the horizon"),
        pytest.param(replace(CARE, ends_on=date(2019, 9, 30)), Outcome.PROPOSED, id="decision on 30 March 2018"),
        pytest.param(replace(CARE, ends_on=date(2019, 10, 1)), Outcome.BEYOND, id="decision on 1 April 2018"),
        pytest.param(
            replace(CARE, ends_on=date(2014, 3, 31)), Outcome.PROPOSED, id="long past its end: no lower bound"
        ),
        pytest.param(replace(CARE, has_activity=True), Outcome.UNDER_WAY, id="an activity is recorded"),
        pytest.param(replace(CARE, has_live_successor=True), Outcome.REPLACED, id="a successor is in place"),
        pytest.param(
            replace(CARE, run_rate=Decimal(200_000)), Outcome.WATCHED, id="exactly £1m: watched, not proposed"
        ),
        pytest.param(replace(CARE, run_rate=Decimal(160_000)), Outcome.WATCHED, id="80 per cent of the threshold"),
        pytest.param(replace(CARE, run_rate=Decimal(159_999)), Outcome.BELOW, id="less than that"),
        pytest.param(
            replace(CARE, run_rate=Decimal(200_000), ends_on=date(2025, 3, 31)),
            Outcome.BEYOND,
            id="not watched so early",
        ),
        pytest.param(replace(CARE, run_rate=None), Outcome.PROPOSED, id="no rate: as much as the present one"),
        pytest.param(replace(CARE, run_rate=None, whole_life=None), Outcome.GAP, id="no value at all"),
        pytest.param(replace(CARE, ends_on=None), Outcome.GAP, id="neither end nor review"),
        pytest.param(
            replace(CARE, ends_on=None, review_on=date(2018, 3, 31)), Outcome.PROPOSED, id="review in the horizon"
        ),
        pytest.param(replace(CARE, ends_on=None, review_on=date(2018, 4, 1)), Outcome.BEYOND, id="review beyond it"),
        pytest.param(replace(CARE, ends_on=None, run_rate=Decimal(1)), Outcome.BELOW, id="undated but small"),
    ],
)
def test_each_agreement_is_proposed_or_says_why_not(candidate: Candidate, outcome: Outcome) -> None:
    assert found(candidate).outcome is outcome


def test_a_proposal_shows_its_estimate_its_date_and_the_working_of_both() -> None:
    finding = found(CARE)
    assert (finding.estimate, finding.decide_by, finding.is_late) == (Decimal(1_500_000), date(2016, 9, 30), False)
    assert finding.working == (
        "£300,000 a year for an expected 5 years is £1,500,000: more than £1,000,000.",
        "18 months (replacement) before 31 March 2018 is 30 September 2016.",
    )


def test_what_is_late_comes_first_then_the_largest_and_undated_last() -> None:
    late = found(replace(CARE, ends_on=date(2016, 9, 11)))
    larger = found(replace(CARE, run_rate=Decimal(400_000)))
    undated = found(replace(CARE, ends_on=None))
    assert (late.decide_by, late.is_late) == (date(2015, 3, 11), True)
    assert not found(replace(CARE, ends_on=date(2016, 9, 12))).is_late
    in_order = [late, larger, found(CARE), undated]
    assert sorted({*in_order}, key=lambda finding: finding.sort_key) == in_order


@pytest.mark.parametrize(
    ("candidate", "decide_by", "because"),
    [
        pytest.param(CARE, date(2016, 9, 30), "18 months (replacement)", id="£1m to £5m"),
        pytest.param(replace(CARE, run_rate=2 * MILLION), date(2016, 3, 31), "2 years (replacement)", id="over £5m"),
        pytest.param(replace(CARE, kind=ProcurementKind.NEW), date(2016, 3, 31), "2 years (new", id="new"),
        pytest.param(
            replace(CARE, kind=ProcurementKind.CALL_OFF), date(2017, 3, 31), "1 year (call-off)", id="call-off"
        ),
        pytest.param(replace(CARE, kind=ProcurementKind.EXTENSION), date(2017, 9, 30), "6 months (ext", id="extension"),
        pytest.param(
            replace(CARE, lead_months=9), date(2017, 6, 30), "9 months (set for this", id="set for the contract"
        ),
        pytest.param(
            replace(CARE, ends_on=None, review_on=date(2016, 1, 1)), date(2016, 1, 1), "its review", id="review"
        ),
    ],
)
def test_the_decision_date_is_the_end_less_the_lead_time(candidate: Candidate, decide_by: date, because: str) -> None:
    finding = found(candidate)
    assert finding.decide_by == decide_by
    assert because in finding.working[1]


def test_without_any_date_the_gap_says_what_to_give() -> None:
    assert decision_date(replace(CARE, ends_on=None), LeadTimes(), None) == (
        None,
        "Neither an end nor a review date is recorded: give one.",
    )


@pytest.mark.parametrize(
    ("ends_on", "outcome"),
    [
        pytest.param(date(2018, 9, 30), Outcome.PROPOSED, id="decided on 31 March 2017, before it is raised"),
        pytest.param(date(2018, 10, 1), Outcome.WATCHED, id="decided on the day it is raised"),
    ],
)
def test_the_threshold_in_force_on_the_decisions_date_counts(ends_on: date, outcome: Outcome) -> None:
    raised = (Dated(None, Threshold(MILLION)), Dated(date(2017, 4, 1), Threshold(Decimal(1_500_000))))
    assert found(replace(CARE, ends_on=ends_on), raised).outcome is outcome


def test_what_is_late_is_decided_today_at_the_earliest() -> None:
    lowered = (Dated(None, Threshold(5 * MILLION)), Dated(TODAY, Threshold(MILLION)))
    assert found(replace(CARE, ends_on=date(2014, 3, 31)), lowered).outcome is Outcome.PROPOSED


def test_an_annual_threshold_is_held_against_the_yearly_rate() -> None:
    annual = (Dated(None, Threshold(Decimal(300_000), Operator.AT_LEAST, ThresholdBasis.ANNUAL)),)
    assert found(CARE, annual).outcome is Outcome.PROPOSED
    assert found(replace(CARE, run_rate=None), annual).outcome is Outcome.GAP


@pytest.mark.parametrize(
    ("set_by_person", "term", "months"),
    [
        pytest.param(84, Term(None, None), 84, id="as a person set it"),
        pytest.param(
            None, Term(date(2015, 4, 1), date(2018, 3, 31), options=(Option(24),)), 60, id="as long as this one"
        ),
        pytest.param(None, Term(date(2015, 4, 1), date(2015, 7, 4)), 4, id="a part of a month is one"),
        pytest.param(None, Term(date(2015, 4, 1), None, rolling=True), USUAL_MONTHS, id="the usual length"),
    ],
)
def test_the_new_agreement_is_expected_to_run(set_by_person: int | None, term: Term, months: int) -> None:
    assert expected_months(set_by_person, term) == months


def test_an_answer_lapses_when_the_end_or_the_value_changes() -> None:
    finding = found(CARE)
    assert answer_stands(finding, judged_end_on=CARE.ends_on, judged_value=Decimal(1_500_000))
    assert not answer_stands(
        found(replace(CARE, ends_on=date(2018, 4, 1))), judged_end_on=CARE.ends_on, judged_value=Decimal(1_500_000)
    )
    assert not answer_stands(
        found(replace(CARE, run_rate=Decimal(300_001))), judged_end_on=CARE.ends_on, judged_value=Decimal(1_500_000)
    )


@given(st.dates(date(2010, 1, 1), date(2030, 12, 31)), st.integers(0, 36))
def test_a_longer_lead_time_never_hides_a_proposal(ends_on: date, lead: int) -> None:
    shorter = found(replace(CARE, ends_on=ends_on, lead_months=lead))
    longer = found(replace(CARE, ends_on=ends_on, lead_months=lead + 1))
    assert shorter.outcome is not Outcome.PROPOSED or longer.outcome is Outcome.PROPOSED
