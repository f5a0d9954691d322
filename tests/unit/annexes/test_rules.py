"""Which days a set of annexes is about."""

from datetime import date
from decimal import Decimal

import pytest

from app.annexes.rules import Window, band_of, check_as_at, default_as_at, window
from app.core.errors import Refusal
from app.council.calendar import FinancialYear

YEAR = FinancialYear(2015)


@pytest.mark.parametrize(
    ("as_at", "first"),
    [
        pytest.param(date(2015, 3, 28), date(2015, 4, 1), id="before the year: all of it lies ahead"),
        pytest.param(date(2015, 10, 1), date(2015, 10, 1), id="within it: what has ended is over"),
        pytest.param(date(2016, 6, 1), date(2016, 3, 31), id="after it: its last day"),
    ],
)
def test_the_window_is_what_still_lies_ahead_of_the_plan_year(as_at: date, first: date) -> None:
    assert window(YEAR, as_at) == Window(first, date(2016, 3, 31))


def test_the_as_at_day_is_today_or_the_years_last_day_if_earlier() -> None:
    assert default_as_at(YEAR, today=date(2015, 6, 1)) == date(2015, 6, 1)
    assert default_as_at(YEAR, today=date(2026, 11, 22)) == date(2016, 3, 31)


def test_a_day_still_to_come_is_refused_because_it_would_lift_embargoes() -> None:
    assert check_as_at(date(2015, 6, 1), today=date(2015, 6, 1)) == date(2015, 6, 1)
    with pytest.raises(Refusal, match="up to today, 1 June 2015"):
        check_as_at(date(2015, 6, 2), today=date(2015, 6, 1))


@pytest.mark.parametrize(
    ("pounds", "band"),
    [
        (1, "up to £1m"),
        (1_000_000, "up to £1m"),
        (1_000_001, "£1m to £5m"),
        (7_654_321, "£5m to £10m"),
        (100_000_000, "£50m to £100m"),
        (100_000_001, "over £100m"),
    ],
)
def test_a_band_stands_for_an_exempt_estimate(pounds: int, band: str) -> None:
    assert band_of(Decimal(pounds)) == band
