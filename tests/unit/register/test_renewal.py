"""What comes after a contract: how dear, how long, and when to decide."""

from datetime import date
from decimal import Decimal

import pytest

from app.council.rules import LeadTimes, ProcurementKind
from app.register.renewal import USUAL_MONTHS, decide_by, expected_months, lead_time, replacement_estimate
from app.register.terms import Option, Term

FIVE_YEARS = Term(starts_on=date(2015, 4, 1), ends_on=date(2020, 3, 31))


@pytest.mark.parametrize(
    ("set_by_person", "term", "months"),
    [
        pytest.param(24, FIVE_YEARS, 24, id="as a person set it"),
        pytest.param(None, FIVE_YEARS, 60, id="as long as this one"),
        pytest.param(None, Term(date(2015, 4, 1), date(2020, 4, 1)), 61, id="an odd day is a month more"),
        pytest.param(None, Term(date(2015, 4, 1), date(2018, 3, 31), options=(Option(24),)), 60, id="with its options"),
        pytest.param(None, Term(None, date(2020, 3, 31)), USUAL_MONTHS, id="no start: as usual"),
        pytest.param(None, Term(date(2015, 4, 1), None, rolling=True), USUAL_MONTHS, id="rolling: as usual"),
    ],
)
def test_a_replacement_runs_as_long_as_is_expected(set_by_person: int | None, term: Term, months: int) -> None:
    assert expected_months(set_by_person, term) == months


def test_a_replacement_costs_the_yearly_rate_over_its_term() -> None:
    figure = replacement_estimate(Decimal(250_000), Decimal(9), 60)
    assert figure.high == Decimal(1_250_000)
    assert figure.working == "£250,000 a year for an expected 5 years is £1,250,000"


def test_without_a_rate_it_costs_as_much_as_this_one_and_without_either_nobody_knows() -> None:
    assert replacement_estimate(None, Decimal(900_000), 60).high == Decimal(900_000)
    assert replacement_estimate(None, None, 60).high is None


@pytest.mark.parametrize(
    ("set_by_person", "kind", "estimate", "months"),
    [
        pytest.param(9, ProcurementKind.REPLACEMENT, Decimal(9_000_000), 9, id="set for this contract"),
        pytest.param(None, ProcurementKind.REPLACEMENT, Decimal(5_000_000), 18, id="exactly five million"),
        pytest.param(None, ProcurementKind.REPLACEMENT, Decimal("5000000.01"), 24, id="over five million"),
        pytest.param(None, ProcurementKind.CALL_OFF, Decimal(9_000_000), 12, id="a call-off"),
    ],
)
def test_the_lead_time_goes_by_kind_and_size(
    set_by_person: int | None, kind: ProcurementKind, estimate: Decimal, months: int
) -> None:
    assert lead_time(set_by_person, kind, estimate, LeadTimes())[0] == months


def test_the_decision_is_due_before_the_end_or_by_the_review() -> None:
    lead = (18, "replacement")
    assert decide_by(date(2027, 3, 31), None, lead) == (
        date(2025, 9, 30),
        "18 months (replacement) before 31 March 2027 is 30 September 2025.",
    )
    assert decide_by(None, date(2026, 4, 1), lead)[0] == date(2026, 4, 1)
    assert decide_by(None, None, lead)[0] is None
