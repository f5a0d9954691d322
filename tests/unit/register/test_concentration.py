"""What the largest providers carry of the whole."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.register.concentration import concentration, per_cent


def pounds(*amounts: int) -> list[Decimal]:
    return [Decimal(amount) for amount in amounts]


@pytest.mark.parametrize(
    ("amounts", "tops", "half"),
    [
        pytest.param([], [], 0, id="nothing"),
        pytest.param([5], [(1, "100.0")], 1, id="one"),
        pytest.param([50, 30, 20], [(1, "50.0"), (3, "100.0")], 1, id="half exactly is half"),
        pytest.param([49, 31, 20], [(1, "49.0"), (3, "100.0")], 2, id="just under half needs another"),
        pytest.param([20, 49, 31], [(1, "49.0"), (3, "100.0")], 2, id="whatever the order"),
        pytest.param([10] * 20, [(1, "5.0"), (3, "15.0"), (10, "50.0")], 10, id="twenty alike"),
        pytest.param([0, 0, 7], [(1, "100.0")], 1, id="nothing counts for nothing"),
    ],
)
def test_the_largest_one_three_and_ten(amounts: list[int], tops: list[tuple[int, str]], half: int) -> None:
    found = concentration(pounds(*amounts))
    assert list(found.tops) == [(number, Decimal(share)) for number, share in tops]
    assert found.carry_half == half


@given(st.lists(st.integers(0, 10**12), max_size=40))
def test_more_of_the_largest_never_carry_less(amounts: list[int]) -> None:
    found = concentration(pounds(*amounts))
    shares = [share for _, share in found.tops]
    assert shares == sorted(shares)
    assert all(0 <= share <= 100 for share in shares)


def test_a_share_of_nothing_is_nothing() -> None:
    assert per_cent(Decimal(0), Decimal(0)) == 0
