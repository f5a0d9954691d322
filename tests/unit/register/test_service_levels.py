"""How an agreement moves, and how a result stands against its standard."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.register import service_levels
from app.register.service_levels import (
    MOVES,
    AgreementStatus,
    Direction,
    Frequency,
    Rating,
    Target,
    below_in_a_row,
    check_period,
    confirmed,
    last_day_for_notice,
    move,
    next_period,
    next_review,
    rated,
)

TODAY = date(2026, 11, 22)
S = AgreementStatus
R = Rating
ALLOWED = {
    (S.PROPOSED, S.BEING_PUT_IN_PLACE), (S.PROPOSED, S.ENDED),
    (S.BEING_PUT_IN_PLACE, S.PROPOSED), (S.BEING_PUT_IN_PLACE, S.IN_PLACE), (S.BEING_PUT_IN_PLACE, S.ENDED),
    (S.IN_PLACE, S.UNDER_REVIEW), (S.IN_PLACE, S.ENDED),
    (S.UNDER_REVIEW, S.IN_PLACE), (S.UNDER_REVIEW, S.ENDED),
}  # fmt: skip


@pytest.mark.parametrize(("now", "to"), [*product(AgreementStatus, repeat=2)])
def test_only_the_listed_moves_are_allowed(now: AgreementStatus, to: AgreementStatus) -> None:
    """Twenty-five cases, nine allowed."""
    assert (to in MOVES[now]) == ((now, to) in ALLOWED)
    if (now, to) in ALLOWED:
        assert move(now, to, on=TODAY, reason="Agreed", last=None, today=TODAY) is to
    else:
        with pytest.raises(Refusal) as refused:
            move(now, to, on=TODAY, reason="Agreed", last=None, today=TODAY)
        assert refused.value.field == "status"


@pytest.mark.parametrize(
    ("on", "reason", "last", "field"),
    [
        pytest.param(None, "Agreed", None, "on", id="no day"),
        pytest.param(TODAY + timedelta(days=1), "Agreed", None, "on", id="a day to come"),
        pytest.param(TODAY, "Agreed", TODAY + timedelta(days=1), "on", id="before the move before"),
        pytest.param(TODAY, "  ", None, "reason", id="no reason"),
    ],
)
def test_a_move_has_a_day_and_a_reason(on: date | None, reason: str, last: date | None, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        move(S.IN_PLACE, S.UNDER_REVIEW, on=on, reason=reason, last=last, today=TODAY)
    assert refused.value.field == field


HIGHER = Target(Decimal(90), Direction.HIGHER, Decimal(3))
LOWER = Target(Decimal(10), Direction.LOWER, Decimal(2))


@pytest.mark.parametrize(
    ("target", "result", "rating"),
    [
        pytest.param(HIGHER, 90, R.MET, id="at the target"),
        pytest.param(HIGHER, 87, R.WITHIN_TOLERANCE, id="short by the tolerance"),
        pytest.param(HIGHER, 86, R.BELOW, id="short by more"),
        pytest.param(LOWER, 10, R.MET, id="lower is better, at the target"),
        pytest.param(LOWER, 3, R.MET, id="lower is better, well under"),
        pytest.param(LOWER, 12, R.WITHIN_TOLERANCE, id="over by the tolerance"),
        pytest.param(LOWER, 13, R.BELOW, id="over by more"),
        pytest.param(Target(Decimal(90), Direction.HIGHER), 89, R.BELOW, id="no tolerance"),
        pytest.param(Target(None), 89, None, id="the target is no number"),
        pytest.param(HIGHER, None, None, id="the result is no number"),
    ],
)
def test_a_result_is_rated_by_its_target_and_tolerance(
    target: Target, result: int | None, rating: Rating | None
) -> None:
    assert rated(target, None if result is None else Decimal(result)) is rating


@given(st.decimals(0, 200, places=2), st.decimals(0, 200, places=2), st.decimals(0, 50, places=2))
def test_a_better_result_never_rates_worse(one: Decimal, other: Decimal, tolerance: Decimal) -> None:
    order = [R.BELOW, R.WITHIN_TOLERANCE, R.MET]
    worse, better = sorted((one, other))
    ratings = [rated(Target(Decimal(90), Direction.HIGHER, tolerance), result) for result in (worse, better)]
    first, second = (order.index(rating) for rating in ratings if rating is not None)
    assert first <= second


def test_a_person_confirms_what_the_figures_say_or_explains_otherwise() -> None:
    assert confirmed(R.BELOW, None, None) is R.BELOW
    assert confirmed(R.BELOW, R.MET, "The figures leave a site out") is R.MET
    assert confirmed(None, R.MET, None) is R.MET
    with pytest.raises(Refusal):
        confirmed(R.BELOW, R.MET, " ")
    with pytest.raises(Refusal):
        confirmed(None, None, "Fine")


def test_a_result_is_for_days_that_are_over_and_no_other_is_for() -> None:
    quarter = (date(2026, 4, 1), date(2026, 6, 30))
    check_period(date(2026, 7, 1), date(2026, 9, 30), [quarter], today=TODAY)
    for first, last in (
        (date(2026, 6, 30), date(2026, 9, 30)),
        (date(2026, 7, 1), date(2026, 6, 30)),
        (date(2026, 10, 1), date(2026, 12, 31)),
    ):
        with pytest.raises(Refusal):
            check_period(first, last, [quarter], today=TODAY)


def test_periods_below_are_counted_back_from_the_latest() -> None:
    assert below_in_a_row([]) == 0
    assert below_in_a_row([R.BELOW, R.MET, R.BELOW, R.BELOW]) == 2
    assert below_in_a_row([R.BELOW, R.WITHIN_TOLERANCE]) == 0


def test_the_next_period_follows_the_last_one_or_begins_with_the_agreement() -> None:
    assert next_period(Frequency.QUARTERLY, date(2026, 4, 1), None) == (date(2026, 4, 1), date(2026, 6, 30))
    assert next_period(Frequency.MONTHLY, None, date(2026, 1, 31)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert next_period(None, date(2026, 4, 1), None) is None
    assert next_period(Frequency.YEARLY, None, None) is None
    assert next_review(date(2026, 3, 31), 6) == date(2026, 9, 30)
    assert next_review(date(2026, 3, 31), None) is None
    assert last_day_for_notice(date(2027, 3, 31), 1) == date(2027, 2, 28)
    assert service_levels.Frequency.HALF_YEARLY.months == 6
