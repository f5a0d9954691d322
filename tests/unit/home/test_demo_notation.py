"""How the demonstration's tables are read."""

from datetime import date
from decimal import Decimal

import pytest

from app.council.calendar import FinancialYear, Quarter
from app.decisions.rules.timing import Timing
from app.home.demo import notation
from app.home.demo.deciding import timing_of
from app.home.demo.notation import Calendar, OptionNoted

CALENDAR = Calendar(date(2026, 11, 22))


@pytest.mark.parametrize(
    ("month", "first", "last_before"),
    [
        ("0", date(2026, 4, 1), date(2026, 3, 31)),
        ("-12", date(2025, 4, 1), date(2025, 3, 31)),
        ("11", date(2027, 3, 1), date(2027, 2, 28)),
    ],
)
def test_months_are_counted_from_this_april(month: str, first: date, last_before: date) -> None:
    assert (CALENDAR.first(month), CALENDAR.last_before(month)) == (first, last_before)


def test_early_in_the_calendar_year_this_april_was_last_years() -> None:
    assert Calendar(date(2027, 3, 31)).first(0) == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", []),
        ("12", [OptionNoted(12, None, None, taken=False)]),
        ("24*@1.9m", [OptionNoted(24, Decimal(1_900_000), None, taken=True)]),
        (
            "12*@400k 12@410k n6",
            [OptionNoted(12, Decimal(400_000), None, taken=True), OptionNoted(12, Decimal(410_000), 6, taken=False)],
        ),
    ],
)
def test_options_are_read_in_turn(text: str, read: list[OptionNoted]) -> None:
    assert notation.options(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", (None, None)),
        ("1.2m", (Decimal(1_200_000), Decimal(1_200_000))),
        ("1.8m-4.4m", (Decimal(1_800_000), Decimal(4_400_000))),
    ],
)
def test_a_range_has_two_ends(text: str, read: tuple[Decimal | None, Decimal | None]) -> None:
    assert notation.money_range(text) == read


def test_a_change_has_a_sign() -> None:
    assert [notation.money(text) for text in ("+315k", "-1.6m", "")] == [Decimal(315_000), Decimal(-1_600_000), None]


@pytest.mark.parametrize(
    ("text", "timing"),
    [
        ("day 9.20", Timing.on(date(2027, 1, 20))),
        ("before 26.15", Timing.not_before(date(2028, 6, 15))),
        ("quarter 6", Timing.in_quarter(Quarter(FinancialYear(2026), 3))),
        ("year 12", Timing.in_year(FinancialYear(2027))),
        ("not known", Timing.not_known()),
    ],
)
def test_a_timing_is_as_exact_as_it_is_written(text: str, timing: Timing) -> None:
    assert timing_of(CALENDAR, text) == timing


def test_a_reference_carries_its_year() -> None:
    assert CALENDAR.reference("{y-2}/00017") == "24/00017"
    assert CALENDAR.reference("{y}/00026") == "26/00026"
    assert CALENDAR.reference("") is None
