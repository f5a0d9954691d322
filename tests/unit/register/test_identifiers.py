"""The numbers by which registers know a provider."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.register.identifiers import SHAPES, Scheme, accepted_identifier


@pytest.mark.parametrize(
    ("scheme", "typed", "kept"),
    [
        (Scheme.COMPANY, "1234567", "01234567"),
        (Scheme.COMPANY, " 01234567 ", "01234567"),
        (Scheme.COMPANY, "sc12345", "SC012345"),
        (Scheme.COMPANY, "OC 301 234", "OC301234"),
        (Scheme.COMPANY, "Company No: 7123456", "07123456"),
        (Scheme.COMPANY, "GB-COH-00445790", "00445790"),
        (Scheme.COMPANY, "IP031455", "IP031455"),
        (Scheme.COMPANY, "NO001234", "NO001234"),
        (Scheme.COMPANY, "No. 1234567", "01234567"),
        (Scheme.COMPANY, "No1234567", "01234567"),
        (Scheme.CHARITY, "1090095", "1090095"),
        (Scheme.CHARITY, "279417", "279417"),
        (Scheme.SCOTTISH_CHARITY, "sc012345", "SC012345"),
        (Scheme.MUTUAL, "235c", "235C"),
        (Scheme.MUTUAL, "IP22981R", "IP22981R"),
        (Scheme.PPON, "abcd-1234-efgh", "ABCD-1234-EFGH"),
        (Scheme.COUNCIL, "bas", "BAS"),
        (Scheme.VENDOR, "  V 00 17 ", "V 00 17"),
    ],
)
def test_a_number_is_kept_as_its_register_writes_it(scheme: Scheme, typed: str, kept: str) -> None:
    assert accepted_identifier(scheme, typed) == kept


@pytest.mark.parametrize(
    ("scheme", "typed"),
    [
        (Scheme.COMPANY, "123456789"),
        (Scheme.COMPANY, "12"),
        (Scheme.COMPANY, "XX123456"),
        (Scheme.COMPANY, "n/a"),
        (Scheme.COMPANY, ""),
        (Scheme.CHARITY, "12345"),
        (Scheme.CHARITY, "SC012345"),
        (Scheme.PPON, "ABC-1234-EFGH"),
        (Scheme.SCOTTISH_CHARITY, "12345"),
    ],
)
def test_a_number_of_another_shape_is_refused_with_what_would_be_accepted(scheme: Scheme, typed: str) -> None:
    with pytest.raises(Refusal, match=r"^Enter ") as refused:
        accepted_identifier(scheme, typed)
    assert SHAPES[scheme].accepted in refused.value.message


@given(st.integers(1000, 99_999_999))
def test_any_company_number_without_its_noughts_is_eight_digits_again(number: int) -> None:
    kept = accepted_identifier(Scheme.COMPANY, str(number))
    assert (len(kept), int(kept)) == (8, number)
    assert accepted_identifier(Scheme.COMPANY, kept) == kept
