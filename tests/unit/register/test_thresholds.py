"""Whether a value passes a threshold, and why."""

from datetime import date
from decimal import Decimal

import pytest

from app.council.rules import Operator, Threshold, ThresholdBasis
from app.register.terms import Option, Term
from app.register.thresholds import Answer, figure_for, passing
from app.register.values import Amount, Figure, Per, three_values

MILLION = Decimal(1_000_000)
KENT = Threshold(MILLION, Operator.MORE_THAN)
NOTTINGHAMSHIRE = Threshold(MILLION, Operator.AT_LEAST)
ANNUAL = Threshold(MILLION, basis=ThresholdBasis.ANNUAL)
FIVE_YEARS = Term(date(2015, 4, 1), date(2018, 3, 31), options=(Option(24, value=Decimal(400_000)),))


def stated(pounds: str, *, at_least: bool = False) -> Figure:
    return Figure(Decimal(pounds), f"£{Decimal(pounds):,} whole life", at_least)


@pytest.mark.parametrize(
    ("threshold", "figure", "answer", "working"),
    [
        pytest.param(
            KENT, stated("1000000.00"), Answer.NOT_OVER, "£1,000,000.00 whole life: not more than £1,000,000.",
            id="£1,000,000.00 is out under more than",
        ),
        pytest.param(
            KENT, stated("1000000.01"), Answer.OVER, "£1,000,000.01 whole life: more than £1,000,000.",
            id="£1,000,000.01 is in under more than",
        ),
        pytest.param(
            NOTTINGHAMSHIRE, stated("1000000.00"), Answer.OVER, "£1,000,000.00 whole life: at least £1,000,000.",
            id="£1,000,000.00 is in under at least",
        ),
        pytest.param(
            NOTTINGHAMSHIRE, stated("999999.99"), Answer.NOT_OVER, "£999,999.99 whole life: less than £1,000,000.",
            id="£999,999.99 is out under at least",
        ),
        pytest.param(
            KENT, stated("900000", at_least=True), Answer.CANNOT_TELL,
            "At least £900,000 whole life: what is not known may make it more than £1,000,000.",
            id="a floor below proves nothing",
        ),
        pytest.param(
            KENT, stated("1100000", at_least=True), Answer.OVER,
            "At least £1,100,000 whole life: more than £1,000,000.", id="a floor above proves enough",
        ),
        pytest.param(
            KENT, Figure(None, "no value is recorded"), Answer.CANNOT_TELL, "Cannot be tested: no value is recorded.",
            id="an unknown value is never under",
        ),
    ],
)  # fmt: skip
def test_a_threshold_is_passed_to_the_penny(threshold: Threshold, figure: Figure, answer: Answer, working: str) -> None:
    result = passing(threshold, figure)
    assert (result.answer, result.working) == (answer, working)
    assert result.is_over is (answer is Answer.OVER)


def test_whole_life_and_annual_bases_may_answer_differently() -> None:
    values = three_values(Amount(MILLION, MILLION), (), FIVE_YEARS.options)
    assert passing(KENT, figure_for(KENT, values, None, FIVE_YEARS)).answer is Answer.OVER
    by_year = passing(ANNUAL, figure_for(ANNUAL, values, None, FIVE_YEARS))
    assert by_year.answer is Answer.NOT_OVER
    assert by_year.working == (
        "£1,000,000 whole life over 3 years is £333,333.33 a year: not more than £1,000,000 a year."
    )


def test_an_annual_amount_without_a_term_cannot_be_tested_for_its_whole_life() -> None:
    annual, rolling = Amount(MILLION, MILLION, Per.YEAR), Term(date(2015, 4, 1), None, rolling=True)
    nothing = three_values(None, (), ())
    assert passing(KENT, figure_for(KENT, nothing, annual, rolling)).answer is Answer.CANNOT_TELL
    assert passing(ANNUAL, figure_for(ANNUAL, nothing, annual, rolling)).answer is Answer.NOT_OVER
