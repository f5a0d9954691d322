"""How far an expected decision has moved."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.dates import add_months
from app.decisions.rules.slippage import Slippage, whole_months
from app.decisions.rules.timing import Timing


@pytest.mark.parametrize(
    ("original", "now", "far", "slipped"),
    [
        pytest.param("Q3 2015-16", "Q1 2016-17", "6 months later", True, id="two quarters"),
        pytest.param("Q3 2015-16", "Q3 2015-16", "not at all", False, id="where it was"),
        pytest.param("2016-17", "Q2 2016-17", "6 months earlier", False, id="sooner"),
        pytest.param("5 November 2025", "17 November 2025", "12 days later", True, id="some days"),
        pytest.param("31 March 2018", "30 April 2018", "1 month later", True, id="ends of months"),
        pytest.param("not known", "Q1 2016-17", "cannot be told: one of the two is not known", False, id="not known"),
    ],
)
def test_it_says_how_far(original: str, now: str, far: str, slipped: bool) -> None:  # noqa: FBT001 - a table
    slippage = Slippage(Timing.parse(original), Timing.parse(now), 1)
    assert (slippage.far, slippage.is_slipped) == (far, slipped)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 240))
def test_so_many_months_on_are_so_many_months(first: date, months: int) -> None:
    assert whole_months(first, add_months(first, months)) == months
