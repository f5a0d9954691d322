"""Spend files: which payments count, and that every row and every pound ends somewhere."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import fold
from app.imports.reading import FileRefused
from app.imports.spend_cells import Payment, payments_in, read_payment_day, read_signed
from app.imports.spend_sums import Figure, Held, Placed, months_of, place, sums_of, years_of
from app.imports.workbook import FileKind, RawRow, Sheet, Workbook

TODAY = date(2026, 11, 22)
KNOWN = {"c/1": (7,), "c/2": (8, 9)}


def a_workbook(*rows: tuple[str, ...]) -> Workbook:
    sheet = Sheet("Sheet", tuple(RawRow(number, cells) for number, cells in enumerate(rows, 1)))
    return Workbook("spend.csv", FileKind.CSV, (sheet,))


def a_payment(number: int, reference: str = "C/1", on: date | None = TODAY, amount: str | None = "10.00") -> Payment:
    read = Decimal(amount) if amount is not None else None
    return Payment(number, (str(number), reference), reference, on, read)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12.5", "12.50"),
        ("£1,200.05", "1200.05"),
        ("-85", "-85"),
        ("£-85.00", "-85"),
        ("-£85.00", "-85"),
        ("(85.10)", "-85.10"),
        ("85.10-", "-85.10"),
        ("85.10 CR", "-85.10"),
        ("0.00", "0"),
        ("", None),
        ("tbc", None),
        ("1.234", None),
        ("12 March", None),
    ],
)
def test_amounts_and_credits_are_read_however_they_are_written(text: str, amount: str | None) -> None:
    assert read_signed(text) == (Decimal(amount) if amount is not None else None)


def test_days_are_read_and_what_is_none_is_none() -> None:
    assert read_payment_day("03/07/2020") == date(2020, 7, 3)
    assert read_payment_day("2020-07-03T00:00:00") == date(2020, 7, 3)
    assert read_payment_day("ongoing") is None
    assert read_payment_day("") is None


def test_the_lga_s_columns_are_known_below_a_title() -> None:
    file = payments_in(
        a_workbook(
            ("Payments over £500",),
            ("OrganisationLabel", "EffectiveDate", "PaymentDate", "Amount", "NetAmount", "ContractRef"),
            ("Wold", "31/03/2026", "05/04/2026", "12.00", "10.00", "C/1"),
        )
    )
    assert [(one.reference, one.day, one.amount) for one in file.payments] == [
        ("C/1", date(2026, 4, 5), Decimal("10.00"))
    ]


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (("Contract ref", "Date paid", "Gross"), "VAT"),
        (("Supplier", "Date paid", "Net amount"), "contract reference"),
        (("Contract ref", "Net amount"), "payment date"),
    ],
)
def test_a_file_that_lacks_a_column_is_refused_by_name(headings: tuple[str, ...], said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        payments_in(a_workbook(headings, ("a", "b", "c")))


@pytest.mark.parametrize(
    ("payment", "held"),
    [
        pytest.param(a_payment(1), None, id="counted"),
        pytest.param(a_payment(1, "c/1 "), None, id="the reference folded"),
        pytest.param(a_payment(1, ""), Held.NO_REFERENCE, id="no reference"),
        pytest.param(a_payment(1, "C/3"), Held.NOT_FOUND, id="unknown"),
        pytest.param(a_payment(1, "C/2"), Held.SEVERAL, id="of two contracts"),
        pytest.param(a_payment(1, on=None), Held.NO_DATE, id="no day"),
        pytest.param(a_payment(1, on=date(2026, 11, 23)), Held.NO_DATE, id="a day to come"),
        pytest.param(a_payment(1, amount=None), Held.NOT_AMOUNT, id="no amount"),
        pytest.param(a_payment(1, on=date(2025, 4, 1)), Held.ENTERED, id="a person entered that year"),
        pytest.param(a_payment(1, on=date(2025, 3, 31)), None, id="not the year before"),
    ],
)
def test_a_payment_counts_or_is_held_for_a_reason(payment: Payment, held: Held | None) -> None:
    assert fold("C/1") == "c/1"
    (placed,) = place([payment], KNOWN, {(7, 2025)}, today=TODAY)
    assert placed.held == held
    assert placed.is_matched == (held is None)


def test_a_row_the_same_in_every_cell_is_told_as_a_copy() -> None:
    once = a_payment(1)
    again = Payment(2, once.cells, once.reference, once.day, once.amount)
    placed = place([once, again], KNOWN, (), today=TODAY)
    assert [one.repeats for one in placed] == [None, 1]
    assert sums_of(placed).pounds["repeated"] == Decimal("10.00")


def test_payments_add_up_by_month_and_financial_year() -> None:
    placed = [
        Placed(a_payment(1, on=date(2026, 3, 31), amount="1.10"), 7),
        Placed(a_payment(2, on=date(2026, 4, 1), amount="2.20"), 7),
        Placed(a_payment(3, on=date(2026, 4, 30), amount="-0.20"), 7),
    ]
    months = months_of(placed)[7]
    assert months[date(2026, 4, 1)] == Figure(Decimal("2.00"), date(2026, 4, 30))
    assert years_of(months) == {
        2025: Figure(Decimal("1.10"), date(2026, 3, 31)),
        2026: Figure(Decimal("2.00"), date(2026, 4, 30)),
    }


PAYMENTS = st.builds(
    Payment,
    st.integers(min_value=1, max_value=10_000),
    st.tuples(st.text(max_size=2)),
    st.sampled_from(["C/1", "C/2", "C/3", ""]),
    st.one_of(st.none(), st.dates(min_value=date(2024, 1, 1), max_value=date(2027, 12, 31))),
    st.one_of(st.none(), st.decimals(min_value=-10_000, max_value=10_000, places=2)),
)


@given(st.lists(PAYMENTS, max_size=40, unique_by=lambda one: one.number))
def test_every_row_and_every_pound_ends_somewhere(payments: list[Payment]) -> None:
    placed = place(payments, KNOWN, {(7, 2025)}, today=TODAY)
    sums = sums_of(placed)
    assert sums.rows["read"] == sums.rows["matched"] + sums.rows["held"] + sums.rows["repeated"]
    assert sums.rows["held"] == sum(sums.held.values())
    assert sums.pounds["read"] == sums.pounds["stored"] + sums.pounds["held"] + sums.pounds["repeated"]
    years = [figure for months in months_of(placed).values() for figure in years_of(months).values()]
    assert sum((one.amount for one in years), Decimal(0)) == sums.pounds["stored"]
