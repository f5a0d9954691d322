"""What spend says of a contract, warning by warning."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.council.calendar import FinancialYear
from app.register import spending
from app.register.spending import SpendFacts, SpendLimits, SpendWarning, YearSpent

TODAY = date(2026, 11, 22)
LIMITS = SpendLimits()
#: 1,000 days, of which 100 are a tenth; £1 million in all, £400,000 a year.
TERM = SpendFacts(
    value=Decimal(1_000_000),
    maximum=Decimal(1_500_000),
    annual=Decimal(400_000),
    starts_on=date(2024, 6, 6),
    ends_on=date(2027, 3, 2),
)


def spent(pounds: str, year: int = 2026, to_on: date = date(2026, 10, 31)) -> YearSpent:
    return YearSpent(FinancialYear(year), Decimal(pounds), to_on)


@pytest.mark.parametrize(
    ("total", "warned"),
    [
        pytest.param("999999.99", False, id="a penny under"),
        pytest.param("1000000.00", False, id="all of it"),
        pytest.param("1000000.01", True, id="a penny over"),
    ],
)
def test_spend_beyond_the_value_is_told(total: str, warned: bool) -> None:  # noqa: FBT001 - a table's column
    facts = replace(TERM, years=(spent(total),))
    assert (spending.passed(facts) is not None) == warned


def test_without_a_value_nothing_is_said_to_be_passed() -> None:
    facts = replace(TERM, value=None, years=(spent("9000000"),))
    assert spending.passed(facts) is None
    assert spending.nearly(facts, LIMITS, today=TODAY) is None
    assert facts.remaining is None


@pytest.mark.parametrize(
    ("total", "today", "warned"),
    [
        pytest.param("900000.00", date(2026, 11, 21), False, id="90 per cent is not more than 90"),
        pytest.param("900000.01", date(2026, 11, 21), True, id="a penny more, 101 days left"),
        pytest.param("900000.01", date(2026, 11, 22), False, id="100 of 1,000 days left is a tenth, not more"),
        pytest.param("1000000.00", date(2026, 11, 21), True, id="all of it, with time to run"),
        pytest.param("1000000.01", date(2026, 11, 21), False, id="beyond it is told as that"),
        pytest.param("950000.00", date(2027, 3, 3), False, id="ended"),
    ],
)
def test_nearly_spent_with_time_to_run_is_told(total: str, today: date, warned: bool) -> None:  # noqa: FBT001
    assert (TERM.ends_on, TERM.starts_on) == (date(2027, 3, 2), date(2024, 6, 6))
    facts = replace(TERM, years=(spent(total),))
    assert (spending.nearly(facts, LIMITS, today=today) is not None) == warned


@pytest.mark.parametrize(
    ("year", "pounds", "warned"),
    [
        pytest.param(2026, "500000.00", False, id="1.25 times is not over it"),
        pytest.param(2026, "500000.01", True, id="a penny over, this year"),
        pytest.param(2025, "500000.01", True, id="last year"),
        pytest.param(2024, "900000.00", False, id="the year before is past mending"),
    ],
)
def test_a_year_over_its_annual_value_is_told(year: int, pounds: str, warned: bool) -> None:  # noqa: FBT001
    facts = replace(TERM, years=(spent(pounds, year),))
    assert (spending.fast(facts, LIMITS, today=TODAY) is not None) == warned


@pytest.mark.parametrize(
    ("to_on", "pounds", "ends_on", "warned"),
    [
        pytest.param(date(2026, 9, 30), "10", date(2026, 9, 30), False, id="the last day is within"),
        pytest.param(date(2026, 10, 1), "10", date(2026, 9, 30), True, id="the day after"),
        pytest.param(date(2026, 10, 1), "-10", date(2026, 9, 30), False, id="a credit is no spend"),
        pytest.param(date(2026, 10, 1), "10", None, False, id="no end"),
    ],
)
def test_spend_after_the_end_is_told(to_on: date, pounds: str, ends_on: date | None, warned: bool) -> None:  # noqa: FBT001
    facts = replace(TERM, ends_on=ends_on, years=(spent(pounds, to_on=to_on),))
    assert (spending.after_end(facts) is not None) == warned


def test_the_council_s_own_limits_are_the_ones_that_count() -> None:
    facts = replace(TERM, years=(spent("460000"),))
    assert spending.fast(facts, LIMITS, today=TODAY) is None
    assert spending.fast(facts, replace(LIMITS, over_annual=Decimal("1.1")), today=TODAY) is not None


def test_warnings_come_the_gravest_first_with_their_working() -> None:
    facts = replace(TERM, ends_on=date(2026, 9, 30), years=(spent("1200000"),))
    found = spending.warnings(facts, LIMITS, today=TODAY)
    assert [one.kind for one in found] == [SpendWarning.PASSED, SpendWarning.AFTER_END, SpendWarning.FAST]
    assert found[0].working == "£1,200,000 is spent of a value of £1,000,000: £200,000 beyond it"


def test_last_year_is_held_against_the_annual_value() -> None:
    facts = replace(TERM, years=(spent("300000", 2025), spent("1", 2026)))
    found = spending.last_year(facts, today=TODAY)
    assert found is not None
    assert found.working == "75 per cent of the annual value, £400,000"
    assert spending.last_year(replace(TERM, years=()), today=TODAY) is None


@given(st.lists(st.decimals(min_value=-1_000_000, max_value=1_000_000, places=2), max_size=12))
def test_what_is_spent_and_what_remains_come_to_the_value(amounts: list[Decimal]) -> None:
    years = tuple(YearSpent(FinancialYear(2010 + number), one, TODAY) for number, one in enumerate(amounts))
    facts = replace(TERM, years=years)
    assert facts.remaining is not None
    assert facts.remaining_of_maximum is not None
    assert facts.total + facts.remaining == facts.value
    assert facts.total + facts.remaining_of_maximum == facts.maximum
