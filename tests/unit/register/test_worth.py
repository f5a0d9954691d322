"""What several contracts come to, in words."""

from decimal import Decimal

import pytest

from app.register.worth import Worth


@pytest.mark.parametrize(
    ("worth", "short", "left_out"),
    [
        (Worth(), "", ""),
        (Worth(2, Decimal(15_000_000), Decimal(15_000_000), 2), "£15.0m", ""),
        (Worth(1, Decimal(1_200_000), Decimal(1_800_000), 1), "£1.2m to £1.8m", ""),
        (Worth(1, year_low=Decimal(72_500), year_high=Decimal(72_500), by_year=1), "£72,500 a year", ""),
        (
            Worth(4, Decimal(5_000_000), Decimal(5_000_000), 1, withheld=1, shared=1),
            "£5.0m",
            "1 exempt, 1 shared between providers, 1 with no value recorded",
        ),
    ],
)
def test_whole_life_and_annual_are_told_apart_and_what_is_missing_is_counted(
    worth: Worth, short: str, left_out: str
) -> None:
    assert worth.short == short
    assert worth.left_out == left_out


def test_worths_add_up_without_mixing_years_and_whole_lives() -> None:
    one = Worth(1, Decimal(5), Decimal(7), 1)
    other = Worth(1, year_low=Decimal(2), year_high=Decimal(3), by_year=1)
    both = one + other
    assert both == Worth(2, Decimal(5), Decimal(7), 1, Decimal(2), Decimal(3), 1)
    assert both.exact == "£5 to £7, and £2 to £3 a year"
