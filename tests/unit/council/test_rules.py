"""The council's dated settings."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.council.rules import (
    Dated,
    LeadTimes,
    Operator,
    ProcurementKind,
    Threshold,
    ThresholdBasis,
    in_force,
)

MILLION = Decimal(1_000_000)
PENNY = Decimal("0.01")


@pytest.mark.parametrize(
    ("on", "value"),
    [
        pytest.param(date(1990, 1, 1), "first", id="the first value applies from the beginning of time"),
        pytest.param(date(2016, 3, 31), "first", id="the day before a change"),
        pytest.param(date(2016, 4, 1), "second", id="the day of a change"),
        pytest.param(date(2030, 1, 1), "third", id="the last value applies for good"),
    ],
)
@pytest.mark.parametrize("first_from", [None, date(2010, 4, 1)], ids=["undated", "dated"])
def test_a_setting_has_the_value_in_force_on_the_day(on: date, value: str, first_from: date | None) -> None:
    values = [Dated(date(2020, 4, 1), "third"), Dated(first_from, "first"), Dated(date(2016, 4, 1), "second")]
    assert in_force(values, on) == value


def test_a_setting_never_given_is_refused() -> None:
    empty: list[Dated[int]] = []
    with pytest.raises(Refusal, match="give it its first value"):
        in_force(empty, date(2016, 4, 1))


@pytest.mark.parametrize(
    ("amount", "operator", "passes"),
    [
        pytest.param(MILLION, Operator.MORE_THAN, False, id="£1,000,000.00 is not more than a million"),
        pytest.param(MILLION + PENNY, Operator.MORE_THAN, True, id="£1,000,000.01 is"),
        pytest.param(MILLION, Operator.AT_LEAST, True, id="£1,000,000.00 is at least a million"),
        pytest.param(MILLION - PENNY, Operator.AT_LEAST, False, id="£999,999.99 is not"),
    ],
)
def test_thresholds_compare_to_the_penny(amount: Decimal, operator: Operator, passes: bool) -> None:  # noqa: FBT001
    assert Threshold(MILLION, operator).is_passed_by(amount) is passes


@given(st.integers(min_value=0, max_value=10**14).map(lambda pence: Decimal(pence) / 100))
def test_the_two_operators_differ_only_at_the_threshold_itself(amount: Decimal) -> None:
    for value in (amount - PENNY, amount, amount + PENNY):
        more_than = Threshold(amount, Operator.MORE_THAN).is_passed_by(value)
        at_least = Threshold(amount, Operator.AT_LEAST).is_passed_by(value)
        assert (more_than != at_least) is (value == amount)


def test_a_threshold_reads_as_the_constitution_says_it() -> None:
    assert str(Threshold(MILLION)) == "more than £1,000,000"
    assert str(Threshold(MILLION, Operator.AT_LEAST, ThresholdBasis.ANNUAL)) == "at least £1,000,000 a year"


@pytest.mark.parametrize(
    ("kind", "value", "months"),
    [
        pytest.param(ProcurementKind.NEW, MILLION, 24, id="new"),
        pytest.param(ProcurementKind.REPLACEMENT, 5 * MILLION + PENNY, 24, id="over £5m"),
        pytest.param(ProcurementKind.REPLACEMENT, 5 * MILLION, 18, id="£5m"),
        pytest.param(ProcurementKind.REPLACEMENT, MILLION / 2, 18, id="£500,000"),
        pytest.param(ProcurementKind.REPLACEMENT, MILLION / 2 - PENNY, 6, id="under £500,000"),
        pytest.param(ProcurementKind.REPLACEMENT, None, 18, id="value not known"),
        pytest.param(ProcurementKind.CALL_OFF, 9 * MILLION, 12, id="call-off, whatever its value"),
        pytest.param(ProcurementKind.EXTENSION, 9 * MILLION, 6, id="extension not yet approved"),
    ],
)
def test_lead_time_follows_the_kind_of_procurement(kind: ProcurementKind, value: Decimal | None, months: int) -> None:
    assert LeadTimes().months_for(kind, value) == months
