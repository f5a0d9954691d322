"""Which rating a target suggests, and how many periods running are below it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.register.ratings import Rating, Tolerances, periods_below, suggested_rating
from app.register.service_levels import Direction

TOLERANCES = Tolerances()
HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
R = Rating


@pytest.mark.parametrize(
    ("figure", "target", "direction", "rating"),
    [
        pytest.param("100", "100", HIGHER, R.GOOD, id="met"),
        pytest.param("99.99", "100", HIGHER, R.APPROACHING, id="just short"),
        pytest.param("95", "100", HIGHER, R.APPROACHING, id="95 per cent is close"),
        pytest.param("94.99", "100", HIGHER, R.REQUIRES_IMPROVEMENT, id="below"),
        pytest.param("80", "100", HIGHER, R.REQUIRES_IMPROVEMENT, id="80 per cent is below"),
        pytest.param("79.99", "100", HIGHER, R.INADEQUATE, id="significantly below"),
        pytest.param("10", "10", LOWER, R.GOOD, id="the limit is kept"),
        pytest.param("10.5", "10", LOWER, R.APPROACHING, id="5 per cent over the limit"),
        pytest.param("12", "10", LOWER, R.REQUIRES_IMPROVEMENT, id="20 per cent over the limit"),
        pytest.param("12.01", "10", LOWER, R.INADEQUATE, id="further over"),
        pytest.param("0", "0", LOWER, R.GOOD, id="none allowed, none there"),
        pytest.param("1", "0", LOWER, None, id="none allowed, one there: a person says"),
        pytest.param(None, "10", HIGHER, None, id="no figure"),
        pytest.param("10", None, HIGHER, None, id="no target"),
    ],
)
def test_the_target_suggests_a_rating(
    figure: str | None, target: str | None, direction: Direction, rating: Rating | None
) -> None:
    read = [Decimal(one) if one is not None else None for one in (figure, target)]
    assert suggested_rating(read[0], read[1], direction, TOLERANCES) is rating


@pytest.mark.parametrize(
    ("ratings", "count"),
    [
        ([], 0),
        ([R.INADEQUATE, R.GOOD], 0),
        ([R.GOOD, R.REQUIRES_IMPROVEMENT], 1),
        ([R.REQUIRES_IMPROVEMENT, R.INADEQUATE], 2),
        ([R.INADEQUATE, R.APPROACHING, R.INADEQUATE], 1),
        ([R.INADEQUATE, R.OTHER], 0),
    ],
)
def test_only_the_latest_periods_running_are_counted(ratings: list[Rating], count: int) -> None:
    assert periods_below(ratings) == count


@given(
    st.decimals(min_value=1, max_value=1000, places=2),
    st.decimals(min_value=1, max_value=1000, places=2),
    st.decimals(min_value=0, max_value=100, places=2),
)
def test_a_better_result_is_never_rated_worse(target: Decimal, figure: Decimal, more: Decimal) -> None:
    order = [R.INADEQUATE, R.REQUIRES_IMPROVEMENT, R.APPROACHING, R.GOOD]

    def rank(one: Decimal, direction: Direction) -> int:
        found = suggested_rating(one, target, direction, TOLERANCES)
        assert found is not None
        return order.index(found)

    assert rank(figure + more, HIGHER) >= rank(figure, HIGHER)
    assert rank(figure + more, LOWER) <= rank(figure, LOWER)
