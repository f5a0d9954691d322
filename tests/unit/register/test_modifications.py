"""How far a contract was changed since award."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.register.grounds import Ground
from app.register.modifications import Changed, doubts, per_cent, reach, said, term_said, together_with_vat
from app.register.regime import Supply
from app.register.vat import VatRates, VatTreatment

MILLION = Decimal(1_000_000)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        pytest.param(Changed(MILLION), "Nothing has been added to or taken off", id="none"),
        pytest.param(
            Changed(MILLION, this=Decimal(50_000)), "+£50,000, +5.0 per cent of the £1,000,000 awarded", id="first"
        ),
        pytest.param(
            Changed(MILLION, (Decimal(50_000),), Decimal(70_000)),
            "+£70,000, +7.0 per cent of the £1,000,000 awarded; with the changes before it +£120,000, +12.0 per cent",
            id="the second counts with the first",
        ),
        pytest.param(
            Changed(MILLION, (Decimal(50_000),), Decimal(-50_000)),
            "−£50,000, −5.0 per cent of the £1,000,000 awarded; with the changes before it £0, 0 per cent",
            id="one takes the other back",
        ),
        pytest.param(Changed(None, (), Decimal(1)), "no percentage can be said", id="no value as awarded"),
    ],
)
def test_the_percentage_is_said_of_the_value_as_awarded(changed: Changed, words: str) -> None:
    assert words in said(changed)


@pytest.mark.parametrize(
    ("ground", "change", "supply", "replaced", "number"),
    [
        (Ground.UNFORESEEABLE, 500_000, None, False, 0),
        (Ground.UNFORESEEABLE, 501_000, None, False, 1),
        (Ground.ADDITIONAL, 501_000, None, False, 1),
        (Ground.URGENCY, 900_000, None, False, 0),
        (Ground.BELOW_THRESHOLD, 100_000, Supply.SERVICES, False, 0),
        (Ground.BELOW_THRESHOLD, 101_000, Supply.SERVICES, False, 1),
        (Ground.BELOW_THRESHOLD, 101_000, Supply.WORKS, False, 0),
        (Ground.BELOW_THRESHOLD, 151_000, Supply.WORKS, False, 1),
        (Ground.RESTRUCTURING, 0, None, True, 0),
        (Ground.NOT_SUBSTANTIAL, 0, None, True, 1),
        (Ground.NOT_RECORDED, 0, None, False, 0),
    ],
)
def test_a_ground_is_doubted_beyond_its_limit(
    ground: Ground, change: int, supply: Supply | None, *, replaced: bool, number: int
) -> None:
    changed = Changed(MILLION, this=Decimal(change) or None)
    assert len(list(doubts(ground, changed, supply, provider_replaced=replaced))) == number


def test_the_term_is_held_against_the_longest_awarded() -> None:
    assert term_said(6, 60) == "6 months longer: 10.0 per cent of the longest term awarded, 5 years"
    assert term_said(-12, 48).startswith("1 year shorter: -25.0 per cent")
    assert term_said(6, None) == ""


@given(st.decimals("0.01", 10**9, places=2), st.lists(st.decimals(-(10**6), 10**6, places=2), max_size=6))
def test_changes_add_up_however_they_are_parted(awarded: Decimal, changes: list[Decimal]) -> None:
    whole = Changed(awarded, tuple(changes))
    last = Changed(awarded, tuple(changes[:-1]), changes[-1] if changes else None)
    assert whole.together == last.together
    assert per_cent(whole.together, awarded) == per_cent(last.together, awarded)


@pytest.mark.parametrize(
    ("changes", "treatment", "together"),
    [
        pytest.param((), VatTreatment.STANDARD, "0", id="none"),
        pytest.param(("100000", "79000"), VatTreatment.STANDARD, "214800.00", id="with VAT"),
        pytest.param(("-100000", "-79086.67"), VatTreatment.STANDARD, "214904.00", id="reductions count as much"),
        pytest.param(("100000", "-60000"), VatTreatment.ZERO, "40000.00", id="one takes the other back"),
        pytest.param(("100000", None), None, "100000", id="scope alone adds nothing; no VAT is guessed"),
    ],
)
def test_below_threshold_modifications_count_together(
    changes: tuple[str | None, ...], treatment: VatTreatment | None, together: str
) -> None:
    pounds = [Decimal(change) if change else None for change in changes]
    assert together_with_vat(pounds, treatment, VatRates()) == Decimal(together)
    assert reach(Decimal(together), Decimal("214904.00")) == (together == "214904.00")
