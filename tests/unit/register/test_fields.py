"""The catalogue of a contract's fields: names, labels, and text that reads back as what it was."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.register.fields import FIELDS, Beside, Cell, FieldKind, ProviderNamed, field
from app.register.fields.history import is_money_column, label_of_column
from app.register.models import Contract, ContractForm
from app.register.options import OptionWritten, options_in_words, read_options


def test_no_two_fields_share_a_name_or_a_label() -> None:
    assert len({one.name for one in FIELDS}) == len({one.label for one in FIELDS}) == len(FIELDS)


def test_every_column_a_field_names_is_a_contracts() -> None:
    columns = set(Contract.__table__.columns.keys())
    assert {one.column for one in FIELDS if one.column} <= columns


def test_every_field_is_read_in_exactly_one_way() -> None:
    assert [one.name for one in FIELDS if [one.column, one.beside, one.reads].count(None) != 2] == []


def test_every_amount_is_marked_as_money() -> None:
    assert [one.name for one in FIELDS if one.kind is FieldKind.POUNDS and not one.money] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("title", "Household waste sites", id="words"),
        pytest.param("starts_on", date(2020, 11, 1), id="a date"),
        pytest.param("value", Decimal("40000000.50"), id="pounds and pence"),
        pytest.param("notice_months", 6, id="a number"),
        pytest.param("form", "service level agreement", id="a choice"),
        pytest.param("rolling", "Yes", id="yes"),
        pytest.param("note", None, id="nothing"),
    ],
)
def test_what_is_written_reads_back_the_same(name: str, value: Cell) -> None:
    one = field(name)
    assert one.read_as(one.written(value)) == value


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        pytest.param("form", "Treaty", "one of: contract, framework", id="an unknown form"),
        pytest.param("rolling", "perhaps", "neither Yes nor No", id="neither yes nor no"),
        pytest.param("notice_months", "six", "whole number", id="a number in words"),
        pytest.param("starts_on", "soon", "not a date", id="no date"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_would_be(name: str, text: str, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        field(name).read_as(text)


def test_a_range_stands_in_its_two_columns_and_not_in_the_single_one() -> None:
    contract = Contract(title="Homes", awarded_low=Decimal(1_000_000), awarded_high=Decimal(2_000_000))
    beside = Beside("Adults")
    told = {name: field(name).of(contract, beside) for name in ("value", "value_low", "value_high")}
    assert told == {"value": None, "value_low": Decimal(1_000_000), "value_high": Decimal(2_000_000)}


def test_a_single_figure_stands_in_the_single_column() -> None:
    contract = Contract(title="Homes", form=ContractForm.GRANT, awarded_low=Decimal(5), awarded_high=Decimal(5))
    beside = Beside("Adults")
    assert [field(name).of(contract, beside) for name in ("value", "value_low", "form")] == [Decimal(5), None, "grant"]


def test_providers_and_their_numbers_keep_the_same_order() -> None:
    beside = Beside(
        "Adults", providers=(ProviderNamed("Oak Ltd"), ProviderNamed("Elm CIC", numbers=(("GB-COH", "01234567"),)))
    )
    contract = Contract(title="Homes")
    assert field("provider").of(contract, beside) == "Oak Ltd; Elm CIC"
    assert field("provider_company_number").of(contract, beside) == "; 01234567"
    assert field("sme").of(contract, beside) is None


def test_the_history_calls_columns_what_the_pages_call_them() -> None:
    assert label_of_column("contract", "current_end_on") == "End date"
    assert label_of_column("contract", "directorate_id") == "Directorate"
    assert label_of_column("extension_option", "notice_months") == "Option: notice in months"
    assert label_of_column("agreement", "client_lead_post") == "Client lead", "as its page says"


def test_the_history_knows_which_columns_hold_amounts() -> None:
    pounds = [
        name for name, column in Contract.__table__.columns.items() if column.type.__class__.__name__ == "Hundredths"
    ]
    assert [name for name in pounds if not is_money_column("contract", name)] == []
    assert is_money_column("contract_event", "value_change")
    assert not is_money_column("contract", "title")


NOTHING = {
    "value": st.none(),
    "notice_months": st.none(),
    "taken": st.just(value=False),
    "lapsed": st.just(value=False),
}
options = st.builds(
    OptionWritten,
    months=st.integers(1, 240),
    ends_on=st.none(),
    value=st.none() | st.decimals(0, 10**9, places=2),
    notice_months=st.none() | st.integers(1, 36),
    taken=st.booleans(),
    lapsed=st.just(value=False),
) | st.builds(OptionWritten, months=st.just(0), ends_on=st.dates(date(2000, 1, 1), date(2060, 12, 31)), **NOTHING)


@given(st.lists(options, max_size=5))
def test_options_read_back_as_they_were_written(written: list[OptionWritten]) -> None:
    assert read_options(options_in_words(written)) == tuple(written)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        pytest.param("2 years; 12 months", [24, 12], id="years and months"),
        pytest.param("24 months, £500,000, 6 months' notice", [24], id="with money and notice"),
        pytest.param("", [], id="none"),
    ],
)
def test_options_are_read_as_people_write_them(text: str, months: list[int]) -> None:
    assert [option.months for option in read_options(text)] == months


def test_an_option_without_a_length_is_refused() -> None:
    with pytest.raises(Refusal, match="does not say how long"):
        read_options("£500,000")


def test_fields_stand_in_the_order_of_the_record() -> None:
    order = [one.name for one in FIELDS]
    wanted = ["register_id", "reference", "title", "unit", "provider", "starts_on", "value", "process", "note"]
    assert all(order.index(one) < order.index(later) for one, later in pairwise(wanted))
