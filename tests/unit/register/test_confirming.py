"""When a record is to be confirmed again as still correct."""

from datetime import date

import pytest

from app.register.confirming import Confirmed, ConfirmRule, confirm_by, is_due, why_due

TODAY = date(2026, 11, 22)
RULE = ConfirmRule()


@pytest.mark.parametrize(
    ("one", "by", "due"),
    [
        pytest.param(Confirmed(None), None, True, id="never confirmed: at once"),
        pytest.param(Confirmed(date(2025, 11, 22)), date(2026, 11, 22), True, id="a year ago today"),
        pytest.param(Confirmed(date(2025, 11, 23)), date(2026, 11, 23), False, id="a year ago tomorrow"),
        pytest.param(Confirmed(date(2026, 8, 22), over=True), date(2026, 11, 22), True, id="a quarter, over"),
        pytest.param(Confirmed(date(2026, 8, 23), over=True), date(2026, 11, 23), False, id="within the quarter"),
        pytest.param(
            Confirmed(date(2026, 8, 22), ends_on=date(2028, 5, 22)), date(2026, 11, 22), True, id="ends in 18 months"
        ),
        pytest.param(
            Confirmed(date(2026, 8, 22), ends_on=date(2028, 5, 23)), date(2027, 8, 22), False, id="ends a day later"
        ),
        pytest.param(Confirmed(date(2026, 11, 30), over=True), date(2027, 2, 28), False, id="a shorter month"),
    ],
)
def test_a_record_is_confirmed_quarterly_or_yearly(one: Confirmed, by: date | None, due: bool) -> None:  # noqa: FBT001 - a truth table
    assert confirm_by(one, RULE, TODAY) == by
    assert is_due(one, RULE, TODAY) is due


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Confirmed(None), "Never confirmed; every 1 year."),
        (
            Confirmed(date(2026, 8, 22), over=True),
            "Confirmed on 22 August 2026; every 3 months, as it is over the key decision threshold.",
        ),
        (
            Confirmed(date(2026, 8, 22), ends_on=date(2027, 1, 1)),
            "Confirmed on 22 August 2026; every 3 months, as it ends within 18 months.",
        ),
    ],
)
def test_the_working_says_how_often_and_why(one: Confirmed, said: str) -> None:
    assert why_due(one, RULE, TODAY) == said
