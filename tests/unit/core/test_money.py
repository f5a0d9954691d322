"""Money as people write it and read it."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.core.money import parse_pounds, pounds, pounds_long, pounds_short

PENCE = st.integers(min_value=0, max_value=99_999_999_999_999)
AMOUNTS = PENCE.map(lambda pence: Decimal(pence) / 100)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("1.2m", "1200000.00", id="millions in short"),
        pytest.param("£1,200,000", "1200000.00", id="with commas"),
        pytest.param("1200000", "1200000.00", id="bare"),
        pytest.param("£14.6 million", "14600000.00", id="millions in words"),
        pytest.param("250k", "250000.00", id="thousands in short"),
        pytest.param("£ 1.5BN", "1500000000.00", id="billions, in capitals"),
        pytest.param("GBP 72,500.50", "72500.50", id="with the currency's code"),
        pytest.param("72,500.5", "72500.50", id="one decimal"),
        pytest.param(" £72,500 ", "72500.00", id="with spaces around, one unbreakable"),
        pytest.param("0", "0.00", id="nothing"),
        pytest.param("1.2345m", "1234500.00", id="more decimals of a million are still whole pence"),
        pytest.param(".5m", "500000.00", id="half a million"),
    ],
)
def test_an_amount_is_read_as_people_write_it(written: str, meant: str) -> None:
    assert str(parse_pounds(written)) == meant


@pytest.mark.parametrize(
    ("written", "what_would_work"),
    [
        pytest.param("", "Enter an amount", id="nothing entered"),
        pytest.param("-5", "without a minus sign", id="negative"),
        pytest.param("(5,000)", "without a minus sign", id="negative as accountants write it"),
        pytest.param("−5", "without a minus sign", id="negative with a true minus"),
        pytest.param("12.345", "no more than two decimals", id="a tenth of a penny"),
        pytest.param("1.234567891m", "no more than two decimals", id="a tenth of a penny in millions"),
        pytest.param("1,20", "write it like", id="a comma in the wrong place"),
        pytest.param("1.200.000", "write it like", id="dots for commas"),
        pytest.param("1e6", "write it like", id="a computer's notation"),
        pytest.param("£", "write it like", id="only the sign"),
        pytest.param("TBC", "write it like", id="a word"),
        pytest.param("€500", "write it like", id="another currency"),
        pytest.param("5 apples", "write it like", id="something else"),
        pytest.param("NaN", "write it like", id="not a number"),
        pytest.param("1000000000000", "number of noughts", id="a thousand billion"),
    ],
)
def test_anything_else_is_refused_and_says_what_would_work(written: str, what_would_work: str) -> None:
    with pytest.raises(Refusal, match=what_would_work):
        parse_pounds(written)


@given(AMOUNTS)
@example(Decimal("0.01"))
@example(Decimal("999999999999.99"))
def test_what_is_printed_exactly_is_read_back_exactly(amount: Decimal) -> None:
    assert parse_pounds(pounds(amount)) == amount


@given(st.text(alphabet="0123456789.,£-kmbn ", max_size=20))
def test_any_text_is_either_whole_pence_or_refused(text: str) -> None:
    amount = Decimal(0)
    with contextlib.suppress(Refusal):
        amount = parse_pounds(text)
    assert amount >= 0
    assert amount * 100 == int(amount * 100)


@pytest.mark.parametrize(
    ("amount", "exact", "table", "sentence"),
    [
        pytest.param("0", "£0", "£0", "£0", id="nothing"),
        pytest.param("72500", "£72,500", "£72,500", "£72,500", id="small"),
        pytest.param("72500.5", "£72,500.50", "£72,500.50", "£72,500.50", id="small with pence"),
        pytest.param("99999.99", "£99,999.99", "£99,999.99", "£99,999.99", id="a penny below £100,000"),
        pytest.param("100000", "£100,000", "£0.1m", "£100,000", id="£100,000"),
        pytest.param("250000", "£250,000", "£0.3m", "£250,000", id="half up"),
        pytest.param("949999.99", "£949,999.99", "£0.9m", "£949,999.99", id="a penny below the second decimal"),
        pytest.param("950000", "£950,000", "£0.95m", "£950,000", id="the second decimal begins"),
        pytest.param("1000000", "£1,000,000", "£1.00m", "£1 million", id="one million"),
        pytest.param("1000000.01", "£1,000,000.01", "£1.00m", "£1.00 million", id="a penny over one million"),
        pytest.param("1050000", "£1,050,000", "£1.05m", "£1.05 million", id="the second decimal ends"),
        pytest.param("1050000.01", "£1,050,000.01", "£1.1m", "£1.1 million", id="a penny later"),
        pytest.param("14550000", "£14,550,000", "£14.6m", "£14.6 million", id="half up in millions"),
        pytest.param("40000000", "£40,000,000", "£40.0m", "£40 million", id="whole millions"),
        pytest.param("1512400000", "£1,512,400,000", "£1,512.4m", "£1.5 billion", id="billions"),
        pytest.param("-5000", "-£5,000", "-£5,000", "-£5,000", id="a reduction"),
        pytest.param("-2500000", "-£2,500,000", "-£2.5m", "-£2.5 million", id="a large reduction"),
    ],
)
def test_money_reads_as_the_place_asks(amount: str, exact: str, table: str, sentence: str) -> None:
    value = Decimal(amount)
    assert (pounds(value), pounds_short(value), pounds_long(value)) == (exact, table, sentence)


def test_an_unknown_amount_is_blank_and_never_nothing() -> None:
    assert pounds(None) == ""
