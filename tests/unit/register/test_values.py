"""What a contract is worth, and the figure thresholds are held against."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.register.terms import Option, Term
from app.register.values import (
    Amount,
    ArrangementValuation,
    Figure,
    Member,
    Per,
    ThreeValues,
    ValueCertainty,
    amount_between,
    amount_in_words,
    annual_figure,
    arrangement_figure,
    basis_in_words,
    run_rate,
    three_values,
    whole_life_figure,
)

FIVE_YEARS = Term(date(2015, 4, 1), date(2018, 3, 31), options=(Option(24, value=Decimal(800_000)),))
THREE_YEARS = Term(date(2015, 4, 1), date(2018, 3, 31))
OPEN_ENDED = Term(date(2015, 4, 1), None)
NO_VALUE = three_values(None, (), ())


def whole(low: str, high: str | None = None) -> Amount:
    return Amount(Decimal(low), Decimal(high or low))


def yearly(low: str, high: str | None = None) -> Amount:
    return Amount(Decimal(low), Decimal(high or low), Per.YEAR)


def a_figure(high: str | int | None, working: str, *, at_least: bool = False) -> Figure:
    return Figure(None if high is None else Decimal(high), working, at_least)


def test_a_contract_has_three_values() -> None:
    values = three_values(whole("1200000"), (Decimal(50_000), Decimal(-20_000)), FIVE_YEARS.options)
    assert values == ThreeValues(whole("1200000"), whole("1230000"), whole("2030000"))


def test_ranges_move_at_both_ends() -> None:
    values = three_values(whole("900000", "1100000"), (Decimal(100_000),), (Option(12, value=Decimal(500_000)),))
    assert values.maximum == whole("1500000", "1700000")


def test_an_option_without_a_value_makes_the_maximum_a_floor() -> None:
    values = three_values(whole("900000"), (), (Option(12, value=Decimal(100_000)), Option(12)))
    assert values == ThreeValues(whole("900000"), whole("900000"), whole("1000000"), at_least=True)


def test_without_a_value_as_awarded_nothing_is_added_up() -> None:
    assert three_values(None, (Decimal(5),), (Option(12),)) == ThreeValues(None, None, None)


def test_a_reduction_below_nothing_is_refused() -> None:
    with pytest.raises(Refusal, match="a reduction can be no more than that"):
        three_values(whole("1000"), (Decimal("-1000.01"),), ())


@given(
    st.integers(0, 10**11).map(Decimal),
    st.lists(st.integers(0, 10**9).map(Decimal), max_size=5),
    st.lists(st.integers(0, 10**9).map(Decimal), max_size=5),
)
def test_the_three_values_never_run_downwards_without_a_reduction(
    awarded: Decimal, changes: list[Decimal], options: list[Decimal]
) -> None:
    values = three_values(Amount(awarded, awarded), changes, [Option(12, value=value) for value in options])
    assert values.current is not None
    assert values.maximum is not None
    assert awarded <= values.current.high <= values.maximum.high
    assert values.maximum.high == awarded + sum(changes) + sum(options)


@pytest.mark.parametrize(
    ("low", "high", "field"),
    [
        pytest.param("-1", "5", "amount_low", id="less than nothing"),
        pytest.param("5", "4", "amount_high", id="high end below the low"),
        pytest.param("5.001", "6", None, id="a tenth of a penny"),
    ],
)
def test_an_amount_that_cannot_be_is_refused(low: str, high: str, field: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        whole(low, high)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("low", "high", "amount"),
    [
        pytest.param(None, None, None, id="neither end known"),
        pytest.param(Decimal(5), None, whole("5"), id="one end known"),
        pytest.param(None, Decimal(6), whole("6"), id="only the high end known"),
        pytest.param(Decimal(5), Decimal(6), whole("5", "6"), id="both"),
    ],
)
def test_an_amount_comes_from_the_ends_that_are_known(
    low: Decimal | None, high: Decimal | None, amount: Amount | None
) -> None:
    assert amount_between(low, high) == amount


@pytest.mark.parametrize(
    ("amount", "basis", "words"),
    [
        pytest.param(None, "Not known", "value not known", id="not known"),
        pytest.param(whole("40000000"), "Whole life", "£40.0m whole life", id="whole life"),
        pytest.param(yearly("72500"), "Annual", "£72,500 a year", id="annual"),
        pytest.param(whole("1200000", "1800000"), "Whole life, range", "£1.2m to £1.8m whole life", id="range"),
        pytest.param(
            whole("1200000", "1210000"), "Whole life, range", "£1.2m whole life", id="a range that rounds alike"
        ),
        pytest.param(
            Amount(Decimal(500), Decimal(500), certainty=ValueCertainty.NOMINAL),
            "Whole life, nominal (no guaranteed volume)",
            "£500 whole life",
            id="nominal",
        ),
        pytest.param(
            Amount(Decimal(500), Decimal(500), Per.YEAR, ValueCertainty.ESTIMATE, "a £16m a year NHS contract"),
            "Annual, estimate, partner's share",
            "£500 a year",
            id="a share of another's",
        ),
        pytest.param(
            Amount(Decimal(500), Decimal(500), certainty=ValueCertainty.FIXED),
            "Whole life",
            "£500 whole life",
            id="fixed",
        ),
    ],
)
def test_a_value_says_its_basis(amount: Amount | None, basis: str, words: str) -> None:
    assert (basis_in_words(amount), amount_in_words(amount)) == (basis, words)


@pytest.mark.parametrize(
    ("values", "annual", "term", "expected"),
    [
        pytest.param(
            three_values(whole("1200000"), (), FIVE_YEARS.options),
            None,
            FIVE_YEARS,
            a_figure("2000000", "£2,000,000 whole life"),
            id="the maximum, with all options",
        ),
        pytest.param(
            three_values(whole("900000", "1200000"), (), ()),
            None,
            THREE_YEARS,
            a_figure("1200000", "£1,200,000 whole life (the high end of £900,000 to £1,200,000)"),
            id="a range at its high end",
        ),
        pytest.param(
            NO_VALUE,
            yearly("200000"),
            FIVE_YEARS,
            a_figure("1000000", "£200,000 a year for 5 years is £1,000,000"),
            id="annual over the latest term",
        ),
        pytest.param(
            NO_VALUE,
            yearly("100000", "200000"),
            THREE_YEARS,
            a_figure("600000", "£200,000 a year (the high end of £100,000 to £200,000) for 3 years is £600,000"),
            id="annual range",
        ),
        pytest.param(
            NO_VALUE,
            yearly("200000"),
            Term(date(2015, 4, 1), date(2020, 4, 1)),
            a_figure("1000555.56", "£200,000 a year for 60 months and 1 day is £1,000,555.56"),
            id="an odd day is not a month",
        ),
        pytest.param(
            NO_VALUE,
            yearly("5000000"),
            OPEN_ENDED,
            a_figure(None, "£5,000,000 a year, without a term to count it over"),
            id="annual without a term",
        ),
        pytest.param(NO_VALUE, None, THREE_YEARS, a_figure(None, "no value is recorded"), id="nothing known"),
        pytest.param(
            three_values(whole("900000"), (), (Option(24),)),
            None,
            FIVE_YEARS,
            a_figure("900000", "£900,000 whole life", at_least=True),
            id="an option without a value",
        ),
        pytest.param(
            three_values(whole("900000"), (), (Option(24),)),
            yearly("300000"),
            FIVE_YEARS,
            a_figure("1500000", "£300,000 a year for 5 years is £1,500,000", at_least=True),
            id="the annual amount says more than the floor",
        ),
        pytest.param(
            three_values(whole("900000"), (), ()),
            yearly("400000"),
            THREE_YEARS,
            a_figure("900000", "£900,000 whole life"),
            id="a complete whole-life value is believed",
        ),
    ],
)
def test_the_whole_life_figure_says_how_it_was_reckoned(
    values: ThreeValues,
    annual: Amount | None,
    term: Term,
    expected: Figure,
) -> None:
    assert whole_life_figure(values, annual, term) == expected


@pytest.mark.parametrize(
    ("values", "annual", "term", "high", "working"),
    [
        pytest.param(NO_VALUE, yearly("200000"), OPEN_ENDED, "200000", "£200,000 a year", id="as recorded"),
        pytest.param(
            three_values(whole("1200000"), (), FIVE_YEARS.options),
            None,
            FIVE_YEARS,
            "400000",
            "£1,200,000 whole life over 3 years is £400,000 a year",
            id="the current value over the current term",
        ),
        pytest.param(
            three_values(whole("1200000"), (), ()),
            None,
            OPEN_ENDED,
            None,
            "£1,200,000 whole life, without a term to divide it by",
            id="no term",
        ),
        pytest.param(NO_VALUE, None, THREE_YEARS, None, "no value is recorded", id="nothing known"),
    ],
)
def test_the_annual_figure_says_how_it_was_reckoned(
    values: ThreeValues, annual: Amount | None, term: Term, high: str | None, working: str
) -> None:
    figure = annual_figure(values, annual, term)
    assert figure == Figure(None if high is None else Decimal(high), working)


def test_the_run_rate_is_the_recorded_one_first() -> None:
    assert run_rate(whole("1200000"), yearly("1", "500000"), THREE_YEARS) == Decimal(500_000)
    assert run_rate(whole("1000000"), None, THREE_YEARS) == Decimal("333333.33")
    assert run_rate(whole("1000000"), None, OPEN_ENDED) is None


def known(pounds: int, *, at_least: bool = False) -> Figure:
    return a_figure(pounds, f"£{pounds:,} whole life", at_least=at_least)


UNKNOWN = a_figure(None, "no value is recorded")
STATED = known(20_000_000)


@pytest.mark.parametrize(
    ("valuation", "members", "expected"),
    [
        pytest.param(
            ArrangementValuation.STATED,
            [Member(1, None, known(5))],
            a_figure(20_000_000, "£20,000,000 whole life"),
            id="the value stated for the whole",
        ),
        pytest.param(
            ArrangementValuation.ADDED,
            [Member(1, None, known(600_000)), Member(2, None, known(500_000))],
            a_figure(1_100_000, "£1,100,000 over 2 contracts"),
            id="two homes added",
        ),
        pytest.param(
            ArrangementValuation.ADDED,
            [Member(1, None, known(600_000)), Member(2, None, UNKNOWN)],
            a_figure(600_000, "£600,000 over 1 contract, 1 without a value", at_least=True),
            id="one home's value is not known",
        ),
        pytest.param(
            ArrangementValuation.ADDED,
            [Member(1, None, known(900_000)), Member(2, 1, known(800_000))],
            a_figure(900_000, "£900,000 over 1 contract"),
            id="a call-off is within its framework's value",
        ),
        pytest.param(
            ArrangementValuation.ADDED,
            [Member(1, None, UNKNOWN), Member(2, 1, known(800_000)), Member(3, 1, known(300_000))],
            a_figure(1_100_000, "£1,100,000 over 2 contracts, 1 without a value", at_least=True),
            id="call-offs of a framework without a value",
        ),
        pytest.param(
            ArrangementValuation.ADDED,
            [Member(1, None, known(5, at_least=True)), Member(2, None, known(4))],
            a_figure(9, "£9 over 2 contracts", at_least=True),
            id="a floor within makes a floor",
        ),
        pytest.param(
            ArrangementValuation.REPEATED,
            [Member(1, None, known(4)), Member(2, None, known(5)), Member(3, None, UNKNOWN)],
            a_figure(5, "£5 whole life, repeated on 2 contracts"),
            id="one value repeated",
        ),
        pytest.param(ArrangementValuation.ADDED, [], a_figure(None, "no contract in it has a value"), id="empty"),
        pytest.param(
            ArrangementValuation.REPEATED,
            [Member(1, None, UNKNOWN)],
            a_figure(None, "no contract in it has a value"),
            id="nothing to repeat",
        ),
    ],
)
def test_an_arrangement_is_valued_once(
    valuation: ArrangementValuation,
    members: list[Member],
    expected: Figure,
) -> None:
    assert arrangement_figure(valuation, STATED, members) == expected
