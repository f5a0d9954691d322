"""Shares and lots of a contract's providers in one cell, written and read back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.register.shares import HOW, Share, lot_written, parts_of, read_share, shares_in_words

LOTS = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), max_size=30).map(lot_written)
SUMS = st.none() | st.decimals(min_value=0, max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Oak Ltd: £12,000", ("Oak Ltd", Share(Decimal(12_000))), id="a sum"),
        pytest.param("Oak Ltd: 1.2m [Lot 1]", ("Oak Ltd", Share(Decimal(1_200_000), "Lot 1")), id="a sum and a lot"),
        pytest.param(
            "Oak: Ash Ltd: [Lot 2: north; east]", ("Oak: Ash Ltd", Share(None, "Lot 2: north; east")), id="a lot"
        ),
    ],
)
def test_a_share_is_read(text: str, expected: tuple[str, Share]) -> None:
    assert parts_of(text) == [text]
    assert read_share(text) == expected


@pytest.mark.parametrize("text", ["five pounds", "Oak Ltd:", "Oak Ltd: lots", "Oak Ltd: £5 [", "Oak Ltd: [] "])
def test_what_is_no_share_is_refused_with_what_would_work(text: str) -> None:
    with pytest.raises(Refusal, match="not understood") as refused:
        read_share(text)
    assert HOW in refused.value.message


@given(
    st.lists(st.tuples(st.sampled_from(["Oak Ltd", "Elm (UK) & Co", "A: B"]), st.builds(Share, SUMS, LOTS)), max_size=4)
)
def test_what_is_written_is_read_as_it_was(shares: list[tuple[str, Share]]) -> None:
    told = [(name, share) for name, share in shares if share.words]
    assert [read_share(part) for part in parts_of(shares_in_words(shares))] == told
