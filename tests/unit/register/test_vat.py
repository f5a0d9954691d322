"""A value with VAT, only where its treatment is recorded."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.register.vat import VatRates, VatTreatment, gross


@pytest.mark.parametrize(
    ("net", "treatment", "expected"),
    [
        (Decimal(100_000), VatTreatment.STANDARD, Decimal("120000.00")),
        (Decimal(100_000), VatTreatment.REDUCED, Decimal("105000.00")),
        (Decimal(100_000), VatTreatment.ZERO, Decimal("100000.00")),
        (Decimal(100_000), VatTreatment.EXEMPT, Decimal("100000.00")),
        (Decimal(100_000), VatTreatment.OUTSIDE, Decimal("100000.00")),
        (Decimal(100_000), None, None),
        (None, VatTreatment.STANDARD, None),
    ],
)
def test_the_treatment_says_what_is_added(
    net: Decimal | None, treatment: VatTreatment | None, expected: Decimal | None
) -> None:
    assert gross(net, treatment) == expected


@given(st.decimals(0, 10**9, places=2), st.integers(0, 100))
def test_it_is_whole_pence_at_any_rate(net: Decimal, rate: int) -> None:
    found = gross(net, VatTreatment.STANDARD, VatRates(standard=Decimal(rate)))
    assert found is not None
    assert found >= net
    assert found == found.quantize(Decimal("0.01"))
