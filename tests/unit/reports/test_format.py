"""The words of figures and dates: the same in reports as in the rest of the product."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import dates, money, text
from reports import format as fmt
from reports.values import Money, Party, Threshold, Timing

whole_pence = st.decimals(0, 10**12 - 1, places=2)


@given(whole_pence)
def test_reports_print_pounds_as_the_product_does(amount: Decimal) -> None:
    assert fmt.pounds(amount) == money.pounds(amount)
    assert fmt.pounds_short(amount) == money.pounds_short(amount)


@given(st.dates())
def test_reports_print_days_as_the_product_does(when: date) -> None:
    assert fmt.day(when) == dates.day(when)


@given(st.text())
def test_reports_name_files_as_the_product_does(name: str) -> None:
    assert fmt.slug(name) == text.slug(name)


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        pytest.param("99999.99", "£99,999.99", id="below a hundred thousand, exact"),
        pytest.param("72500", "£72,500", id="no idle pence"),
        pytest.param("100000", "£0.1m", id="millions from a hundred thousand"),
        pytest.param("949999", "£0.9m", id="one decimal below the second one's range"),
        pytest.param("950000", "£0.95m", id="two decimals near a million"),
        pytest.param("1000000.01", "£1.00m", id="a penny over"),
        pytest.param("1050000", "£1.05m", id="two decimals up to 1.05"),
        pytest.param("1050000.01", "£1.1m", id="one decimal from there"),
        pytest.param("14650000", "£14.7m", id="half up"),
        pytest.param("1500000000", "£1,500.0m", id="thousands of millions"),
    ],
)
def test_money_in_tables(amount: str, printed: str) -> None:
    assert fmt.pounds_short(Decimal(amount)) == printed


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        (Money(Decimal(17_500_000), Decimal(21_000_000)), "£17.5m to £21.0m"),
        (Money(Decimal(2_300_000), at_least=True), "at least £2.3m"),
        (Money(Decimal(2_300_000), Decimal(2_310_000)), "£2.3m"),
        (Money(), "Not known"),
    ],
)
def test_ranges_read_low_to_high(amount: Money, printed: str) -> None:
    assert fmt.money(amount) == printed


@pytest.mark.parametrize(
    ("threshold", "printed", "rest"),
    [
        (Threshold(Decimal(1_000_000)), "over £1m", "of £1m or less"),
        (Threshold(Decimal(1_000_000), at_least=True), "of £1m or more", "below £1m"),
        (Threshold(Decimal(1_500_000)), "over £1.5m", "of £1.5m or less"),
        (Threshold(Decimal(500_000)), "over £500,000", "of £500,000 or less"),
        (Threshold(Decimal(1234567)), "over £1,234,567", "of £1,234,567 or less"),
    ],
)
def test_captions_say_the_council_s_own_threshold(threshold: Threshold, printed: str, rest: str) -> None:
    assert (fmt.over(threshold), fmt.below(threshold)) == (printed, rest)


@pytest.mark.parametrize(
    ("when", "cell", "heading"),
    [
        (Timing(year=2016, quarter=2), "Q2 2016-17", "2016-17, quarter 2 (July to September 2016)"),
        (Timing(year=2016, quarter=4), "Q4 2016-17", "2016-17, quarter 4 (January to March 2017)"),
        (Timing(year=1999), "1999-00", "1999-00, quarter not yet known"),
        (Timing(), "Not yet known", "Timing not yet known"),
        (
            Timing(year=2016, quarter=1, originally="Q3 2015-16"),
            "Q1 2016-17 (originally Q3 2015-16)",
            "2016-17, quarter 1 (April to June 2016)",
        ),
        (
            Timing(year=2016, quarter=1, not_before=date(2016, 5, 3)),
            "Q1 2016-17 (not before 3 May 2016)",
            "2016-17, quarter 1 (April to June 2016)",
        ),
        (
            Timing(year=2015, quarter=1, taken_on=date(2015, 5, 3)),
            "taken on 3 May 2015",
            "2015-16, quarter 1 (April to June 2015)",
        ),
    ],
)
def test_expected_decisions(when: Timing, cell: str, heading: str) -> None:
    assert (fmt.timing(when), fmt.timing_heading(when)) == (cell, heading)


def test_up_to_three_providers_are_named_and_more_are_counted() -> None:
    parties = tuple(Party(f"Home {number}") for number in range(27))
    assert fmt.providers(fmt.provider_names(parties[:3])) == "Home 0; Home 1; Home 2"
    assert fmt.providers(fmt.provider_names(parties)) == "Multiple (27 providers)"


def test_a_council_s_own_company_carries_a_dagger() -> None:
    assert fmt.provider_names((Party("Northshire Ltd", kind="SME", council_owned=True),), kinds=True) == (
        "Northshire Ltd (SME) †",
    )


def test_a_range_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="low to high"):
        Money(Decimal(2), Decimal(1))
    with pytest.raises(ValueError, match="low end"):
        Money(None, Decimal(1))


@given(st.text())
def test_no_control_character_reaches_a_document(written: str) -> None:
    assert not any(ord(c) < 32 and c not in "\t\n\r" for c in fmt.clean(written))


@pytest.mark.parametrize(("number", "named"), [(12, 12), (13, 12), (49, 12)])
def test_a_word_footnote_names_a_dozen_providers_and_counts_the_others(number: int, named: int) -> None:
    whole = fmt.all_providers([f"Home {place}" for place in range(number)])
    short = fmt.abridged(whole)
    assert short.count("Home ") == named
    assert (f"and {number - named} others" in short) == (number > named)
    assert short.startswith(f"The {number} providers: Home 0; ")


def test_other_footnotes_are_never_shortened() -> None:
    words = "Values are current; they are what contracts are worth; not what was spent"
    assert fmt.abridged(words) == words
