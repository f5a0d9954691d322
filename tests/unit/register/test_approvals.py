"""Whether an approval covers an extension."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.register.approvals import Allowed, Tolerance, Wanted, coverage

ALLOWED = Allowed("18/00055", Decimal(1_700_000), date(2023, 3, 31), allows_options=True)
ON_TERM = date(2023, 3, 31)
SURREY = Tolerance(Decimal(5))
CROYDON = Tolerance(Decimal(25), at_most=Decimal(500_000))


@pytest.mark.parametrize(
    ("allowed", "wanted", "tolerance", "breaches"),
    [
        pytest.param(
            ALLOWED,
            Wanted(Decimal(1_700_000), ON_TERM, uses_option=True),
            Tolerance(),
            (),
            id="within sum, term and options",
        ),
        pytest.param(
            ALLOWED,
            Wanted(Decimal(2_015_000), ON_TERM, uses_option=True),
            Tolerance(),
            ("£2,015,000 is £315,000 more than decision 18/00055 allows: £1,700,000",),
            id="£1.7m and £315,000 more",
        ),
        pytest.param(
            ALLOWED, Wanted(Decimal(1_785_000), ON_TERM, uses_option=True), SURREY, (), id="just within 5 per cent"
        ),
        pytest.param(
            ALLOWED,
            Wanted(Decimal("1785000.01"), ON_TERM, uses_option=True),
            SURREY,
            ("£1,785,000.01 is £85,000.01 more than decision 18/00055 allows: £1,700,000 and £85,000 tolerance",),
            id="a penny beyond 5 per cent",
        ),
        pytest.param(
            ALLOWED,
            Wanted(Decimal(2_125_000), ON_TERM, uses_option=True),
            CROYDON,
            (),
            id="25 per cent when that is less",
        ),
        pytest.param(
            Allowed("1", Decimal(4_000_000), ON_TERM),
            Wanted(Decimal("4500000.01"), ON_TERM, uses_option=False),
            CROYDON,
            ("£4,500,000.01 is £500,000.01 more than decision 1 allows: £4,000,000 and £500,000 tolerance",),
            id="£500,000 when that is less",
        ),
        pytest.param(
            ALLOWED,
            Wanted(Decimal(1), date(2023, 4, 1), uses_option=True),
            Tolerance(),
            ("1 April 2023 is after 31 March 2023, the last day decision 18/00055 allows",),
            id="a day beyond its term",
        ),
        pytest.param(
            ALLOWED,
            Wanted(None, ON_TERM, uses_option=True),
            Tolerance(),
            ("Decision 18/00055 allows £1,700,000, and the new total is not known",),
            id="an unknown total is not covered",
        ),
        pytest.param(
            Allowed("2", None, None),
            Wanted(Decimal(1), ON_TERM, uses_option=True),
            Tolerance(),
            ("Decision 2 does not allow the options to extend",),
            id="options not allowed",
        ),
        pytest.param(
            Allowed("2", None, None, allows_options=True),
            Wanted(None, ON_TERM, uses_option=True),
            Tolerance(),
            (),
            id="options allowed",
        ),
        pytest.param(
            Allowed("2", None, None, allows_options=True),
            Wanted(Decimal(1), ON_TERM, uses_option=False),
            Tolerance(),
            ("The contract gives no option to extend, and decision 2 names no later end",),
            id="beyond every option",
        ),
    ],
)
def test_an_extension_is_covered_or_says_what_it_breaches(
    allowed: Allowed, wanted: Wanted, tolerance: Tolerance, breaches: tuple[str, ...]
) -> None:
    assert coverage(allowed, wanted, tolerance).breaches == breaches


def test_every_breach_is_said_at_once() -> None:
    found = coverage(ALLOWED, Wanted(Decimal(9_000_000), date(2030, 3, 31), uses_option=False))
    assert len(found.breaches) == 2
    assert not found.is_covered


@given(
    st.integers(1, 10**11).map(lambda pence: Decimal(pence) / 100),
    st.integers(0, 100).map(Decimal),
    st.none() | st.integers(0, 10**8).map(Decimal),
)
def test_a_sum_is_covered_up_to_its_tolerance_and_not_a_penny_more(
    allowed_sum: Decimal, percent: Decimal, at_most: Decimal | None
) -> None:
    allowed, tolerance = Allowed("1", allowed_sum, ON_TERM), Tolerance(percent, at_most)
    limit = allowed_sum + tolerance.of(allowed_sum)
    assert coverage(allowed, Wanted(limit, ON_TERM, uses_option=True), tolerance).is_covered
    assert not coverage(allowed, Wanted(limit + Decimal("0.01"), ON_TERM, uses_option=True), tolerance).is_covered
