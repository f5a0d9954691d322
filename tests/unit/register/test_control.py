"""What a control test gives to look at. Facts with their source; never whether the exemption holds."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.register.control import Found, Limits, Weight, check_test, due_on, flags

LIMITS = Limits(red=Decimal(80), amber=Decimal(85), months=12)
TODAY = date(2026, 11, 22)
SOUND = Found(
    tested_on=date(2026, 6, 30),
    parent_undertaking=True,
    other_influence=False,
    activity_share=Decimal(91),
    private_shares=False,
)


def said(found: Found | None) -> list[tuple[str, Weight]]:
    return [(flag.code, flag.weight) for flag in flags(found, LIMITS, today=TODAY)]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(SOUND, [], id="nothing to look at"),
        pytest.param(None, [("LT1", Weight.RED)], id="never tested"),
        pytest.param(replace(SOUND, activity_share=Decimal("80.01")), [("LT5", Weight.AMBER)], id="just over 80"),
        pytest.param(replace(SOUND, activity_share=Decimal(80)), [("LT5", Weight.RED)], id="80 is not more than 80"),
        pytest.param(replace(SOUND, activity_share=Decimal(85)), [("LT5", Weight.AMBER)], id="85 is near"),
        pytest.param(replace(SOUND, activity_share=Decimal("85.01")), [], id="just over 85"),
        pytest.param(replace(SOUND, activity_share=None), [("LT5", Weight.AMBER)], id="share not recorded"),
        pytest.param(replace(SOUND, private_shares=True), [("LT6", Weight.RED)], id="private shares"),
        pytest.param(replace(SOUND, private_shares=None), [], id="not known is not yes"),
        pytest.param(replace(SOUND, parent_undertaking=False), [("LT2", Weight.RED)], id="no parent undertaking"),
        pytest.param(replace(SOUND, other_influence=True), [("LT3", Weight.RED)], id="somebody else decides"),
        pytest.param(
            replace(SOUND, joint=True, owners_on_board=False), [("LT4", Weight.RED)], id="owner off the board"
        ),
        pytest.param(replace(SOUND, owners_on_board=False), [], id="the board matters where it is owned jointly"),
        pytest.param(replace(SOUND, tested_on=date(2025, 11, 22)), [], id="due today"),
        pytest.param(replace(SOUND, tested_on=date(2025, 11, 21)), [("LT1", Weight.RED)], id="due yesterday"),
        pytest.param(
            replace(SOUND, next_due_on=date(2026, 11, 21)), [("LT1", Weight.RED)], id="due when a person said"
        ),
    ],
)
def test_each_fact_is_flagged_by_its_own_rule(found: Found | None, expected: list[tuple[str, Weight]]) -> None:
    assert said(found) == expected


def test_what_is_red_comes_first_and_every_flag_has_its_source() -> None:
    found = replace(SOUND, activity_share=Decimal(83), private_shares=True, tested_on=date(2024, 1, 1))
    assert [flag.weight for flag in flags(found, LIMITS, today=TODAY)] == [Weight.RED, Weight.RED, Weight.AMBER]
    assert all("Schedule 2" in flag.source for flag in flags(found, LIMITS, today=TODAY))


def test_a_person_may_bring_the_next_test_forward_and_not_put_it_off() -> None:
    assert due_on(replace(SOUND, next_due_on=date(2026, 9, 1)), LIMITS) == date(2026, 9, 1)
    assert due_on(replace(SOUND, next_due_on=date(2029, 1, 1)), LIMITS) == date(2027, 6, 30)


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_a_share_is_red_amber_or_neither(share: Decimal) -> None:
    weights = [flag.weight for flag in flags(replace(SOUND, activity_share=share), LIMITS, today=TODAY)]
    assert weights == ([Weight.RED] if share <= 80 else [Weight.AMBER] if share <= 85 else [])


@pytest.mark.parametrize(
    ("found", "method", "field"),
    [
        pytest.param(replace(SOUND, tested_on=date(2026, 11, 23)), "Turnover", "tested_on", id="tomorrow"),
        pytest.param(replace(SOUND, activity_share=Decimal(101)), "Turnover", "activity_share", id="over 100"),
        pytest.param(SOUND, None, "activity_method", id="a share without its method"),
        pytest.param(replace(SOUND, next_due_on=SOUND.tested_on), "Turnover", "next_due_on", id="due at once"),
    ],
)
def test_a_test_that_cannot_be_is_refused(found: Found, method: str | None, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_test(found, method=method, period="2025-26", today=TODAY)
    assert refused.value.field == field
