"""Whether a social value commitment is being kept."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.register.promises import (
    Interim,
    Promise,
    PromiseStatus,
    check_promise,
    expected_by,
    expected_share,
    kept,
    verified_so_far,
    worth_in_pounds,
)

#: Two years of 730 days.
FROM, DUE = date(2025, 4, 1), date(2027, 3, 31)
HALF_WAY = date(2026, 3, 31)
S = PromiseStatus


def promise(verified: int | None, *, target: int | None = 100, is_rate: bool = False) -> Promise:
    return Promise(
        None if target is None else Decimal(target),
        FROM,
        DUE,
        None if verified is None else Decimal(verified),
        is_rate=is_rate,
    )


@pytest.mark.parametrize(
    ("one", "today", "status"),
    [
        pytest.param(promise(None), HALF_WAY, S.NO_DATA, id="half way, nothing verified: no data is not green"),
        pytest.param(promise(0), HALF_WAY, S.OFF_TARGET, id="half way, nothing delivered"),
        pytest.param(promise(29), HALF_WAY, S.OFF_TARGET, id="under six tenths of the line"),
        pytest.param(promise(30), HALF_WAY, S.AT_RISK, id="six tenths of the line"),
        pytest.param(promise(44), HALF_WAY, S.AT_RISK, id="under nine tenths of the line"),
        pytest.param(promise(45), HALF_WAY, S.ON_TARGET, id="nine tenths of the line"),
        pytest.param(promise(100), FROM, S.ON_TARGET, id="met on the first day"),
        pytest.param(promise(99), DUE, S.OFF_TARGET, id="one short on the last day"),
        pytest.param(promise(99), date(2030, 1, 1), S.OFF_TARGET, id="one short years later"),
        pytest.param(promise(None), date(2030, 1, 1), S.NO_DATA, id="long due, nothing verified"),
        pytest.param(promise(None), date(2025, 1, 1), S.NOT_DUE, id="not begun"),
        pytest.param(promise(None), date(2025, 6, 30), S.NOT_DUE, id="begun a quarter ago"),
        pytest.param(promise(None), date(2025, 7, 1), S.NO_DATA, id="begun more than a quarter ago"),
        pytest.param(Promise(Decimal(10), None, DUE), HALF_WAY, S.NOT_DUE, id="due at its end only"),
        pytest.param(Promise(Decimal(10), None, DUE), date(2027, 4, 1), S.NO_DATA, id="due at its end, which is past"),
        pytest.param(Promise(Decimal(10), None, None), HALF_WAY, S.NO_DATA, id="no dates at all"),
        pytest.param(Promise(Decimal(10), FROM, None, Decimal(5)), HALF_WAY, S.NO_DATA, id="no date to keep it by"),
        pytest.param(promise(None, target=None), HALF_WAY, S.NOT_DUE, id="words only, not due"),
        pytest.param(promise(None, target=None), date(2028, 1, 1), S.NO_DATA, id="words only, due"),
        pytest.param(promise(1, target=None), HALF_WAY, S.ON_TARGET, id="words only, something verified"),
        pytest.param(promise(95, is_rate=True), HALF_WAY, S.AT_RISK, id="a rate just short at any time"),
        pytest.param(promise(50, is_rate=True), HALF_WAY, S.OFF_TARGET, id="a rate is held against the whole target"),
    ],
)
def test_a_commitment_is_held_against_a_straight_line(one: Promise, today: date, status: PromiseStatus) -> None:
    assert kept(one, today=today).status is status


def test_the_working_says_what_the_line_expects() -> None:
    assert kept(promise(40), today=HALF_WAY).working == "40 of 100 verified; a straight line expects 50 by now"


def test_quantities_add_up_and_of_a_percentage_the_latest_counts() -> None:
    quantities = [Decimal(60), Decimal(80)]
    assert verified_so_far("people", quantities) == Decimal(140)
    assert verified_so_far("Per cent", quantities) == Decimal(80)
    assert verified_so_far("%", []) is None


@pytest.mark.parametrize(
    ("one", "field"),
    [(Promise(Decimal(1), DUE, FROM), "due_on"), (Promise(Decimal(0), FROM, DUE), "target")],
)
def test_what_cannot_be_kept_is_refused_beside_its_question(one: Promise, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_promise(one)
    assert refused.value.field == field


DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@given(DAYS, DAYS, DAYS, DAYS)
def test_the_line_never_falls_and_stays_between_nothing_and_all(
    first: date, last: date, day: date, later: date
) -> None:
    one = Promise(Decimal(100), min(first, last), max(first, last))
    early, late = sorted((day, later))
    assert 0 <= expected_share(one, early) <= expected_share(one, late) <= 1


@given(st.integers(0, 200), st.integers(0, 200), DAYS)
def test_more_verified_is_never_worse(less: int, more: int, today: date) -> None:
    order = [S.OFF_TARGET, S.AT_RISK, S.NOT_DUE, S.ON_TARGET]
    low, high = sorted((less, more))
    worse, better = kept(promise(low), today=today).status, kept(promise(high), today=today).status
    assert order.index(worse) <= order.index(better)


#: A fifth by September, half by March, and all of it a year after.
STEPS = (Interim(date(2025, 9, 30), Decimal(20)), Interim(HALF_WAY, Decimal(50)))


def stepped(verified: int | None) -> Promise:
    return Promise(Decimal(100), FROM, DUE, None if verified is None else Decimal(verified), interim=STEPS)


@pytest.mark.parametrize(
    ("verified", "today", "status"),
    [
        pytest.param(None, date(2025, 9, 29), S.NOT_DUE, id="before the first step, however long begun"),
        pytest.param(None, date(2025, 9, 30), S.NO_DATA, id="on the first step's day, nothing verified"),
        pytest.param(20, date(2025, 9, 30), S.ON_TARGET, id="the first step kept"),
        pytest.param(19, date(2025, 9, 30), S.AT_RISK, id="one short of a step is at risk"),
        pytest.param(12, date(2025, 9, 30), S.AT_RISK, id="six tenths of a step"),
        pytest.param(11, date(2025, 9, 30), S.OFF_TARGET, id="under six tenths of a step"),
        pytest.param(20, date(2026, 3, 30), S.ON_TARGET, id="no straight line between two steps"),
        pytest.param(49, HALF_WAY, S.AT_RISK, id="the second step"),
        pytest.param(50, date(2027, 3, 30), S.ON_TARGET, id="the last step holds until the end"),
        pytest.param(99, DUE, S.OFF_TARGET, id="all of it at the end"),
        pytest.param(100, FROM, S.ON_TARGET, id="met before any step"),
    ],
)
def test_interim_targets_stand_in_place_of_the_straight_line(
    verified: int | None, today: date, status: PromiseStatus
) -> None:
    assert kept(stepped(verified), today=today).status is status


def test_the_working_names_the_step_that_was_due() -> None:
    assert kept(stepped(30), today=HALF_WAY).working == "30 of 100 verified; 50 was due by 31 March 2026"
    assert kept(stepped(None), today=FROM).working == "20 due by 30 September 2025; nothing verified so far"


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param((Interim(HALF_WAY, Decimal(50)), Interim(date(2026, 9, 1), Decimal(40))), id="downward"),
        pytest.param((Interim(HALF_WAY, Decimal(50)), Interim(HALF_WAY, Decimal(60))), id="two for a day"),
        pytest.param((Interim(HALF_WAY, Decimal(101)),), id="past the target"),
        pytest.param((Interim(DUE, Decimal(50)),), id="on the last day"),
        pytest.param((Interim(date(2025, 3, 31), Decimal(5)),), id="before the first day"),
        pytest.param((Interim(HALF_WAY, Decimal(0)),), id="nothing"),
    ],
)
def test_interim_targets_run_upward_on_the_way_to_the_target(steps: tuple[Interim, ...]) -> None:
    with pytest.raises(Refusal) as refused:
        check_promise(Promise(Decimal(100), FROM, DUE, interim=steps))
    assert refused.value.field == "interim_targets"


@given(
    one=st.integers(0, 120),
    other=st.integers(0, 120),
    today=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    steps=st.booleans(),
)
def test_the_status_is_never_worse_when_more_is_delivered(one: int, other: int, today: date, *, steps: bool) -> None:
    order = [S.OFF_TARGET, S.AT_RISK, S.NOT_DUE, S.ON_TARGET]
    less, more = sorted((one, other))
    made = stepped if steps else promise
    first, second = (order.index(kept(made(amount), today=today).status) for amount in (less, more))
    assert first <= second


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_what_is_expected_never_falls(one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    assert (expected_by(stepped(0), earlier) or 0) <= (expected_by(stepped(0), later) or 0)


def test_a_proxy_value_is_multiplied_to_the_penny_and_unknown_stays_unknown() -> None:
    assert worth_in_pounds(Decimal("12.5"), Decimal("251.79")) == Decimal("3147.38")
    assert worth_in_pounds(None, Decimal(1)) is None
    assert worth_in_pounds(Decimal(1), None) is None
