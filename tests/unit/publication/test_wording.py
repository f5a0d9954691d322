"""What free text may tell: no masked name, no withheld amount, no person's own address."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.publication.rules.redaction import COMMERCIAL, PERSONAL, Ground, Withholdable, check_review, check_weighed
from app.publication.rules.wording import names_anybody, shared_mailbox, tells_amount, web_address


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("procurement@wealdshire.example", True),
        ("Adults.Commissioning@wealdshire.example", True),
        ("contract-team@wealdshire.example", True),
        ("robin.holt@wealdshire.example", False),
        ("rholt@wealdshire.example", False),
        ("team", False),
        ("", False),
        (None, False),
    ],
)
def test_an_address_is_printed_where_it_is_a_teams(address: str | None, printed: bool) -> None:  # noqa: FBT001
    assert bool(shared_mailbox(address)) is printed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Foster care by Jane Ashdown", True),
        ("Foster care by JANE  ASHDOWN, from 2024", True),
        ("Foster care by Jane Ashdowne", False),
        ("Foster care", False),
    ],
)
def test_a_masked_name_is_found_in_other_words(text: str, told: bool) -> None:  # noqa: FBT001
    assert names_anybody(text, ["Jane Ashdown"]) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Worth £7,654,321.09 in all", True),
        ("Worth 7654321 in all", True),
        ("Some £7.65m", True),
        ("about 7.7 million", True),
        ("about 8m", True),
        ("7,654 visits", False),
        ("From 2024 to 2028, 12 sites", False),
        ("£1.2m a year", False),
    ],
)
def test_a_withheld_amount_is_found_however_it_is_written(text: str, told: bool) -> None:  # noqa: FBT001
    assert tells_amount(text, [Decimal("7654321.09"), None]) is told


@given(st.decimals(1_000, 999_999_999, places=2))
def test_every_amount_written_out_is_found(amount: Decimal) -> None:
    for written in (f"£{amount:,.2f}", f"{amount:.2f}", f"{int(amount):,}", str(int(amount))):
        assert tells_amount(f"It comes to {written} over its life", [amount])


def test_only_web_addresses_are_links() -> None:
    assert web_address("https://www.wealdshire.example/a") == "https://www.wealdshire.example/a"
    assert web_address("S:\\Contracts\\a.docx") == web_address("javascript:alert(1)") == web_address(None) == ""


def test_each_ground_has_its_words_and_one_of_the_two_literals() -> None:
    assert all(ground.words for ground in Ground)
    assert {ground.literal for ground in Ground} == {PERSONAL, COMMERCIAL}
    assert {ground for ground in Ground if ground.literal == PERSONAL} == {Ground.PERSONAL_DATA, Ground.THIRD_PARTY}
    assert all(field.words for field in Withholdable)


def test_a_redaction_is_looked_at_again_and_weighed_where_its_ground_asks() -> None:
    with pytest.raises(Refusal, match="after 22 November 2026"):
        check_review(date(2026, 11, 22), date(2026, 11, 22))
    with pytest.raises(Refusal, match="how the two were weighed"):
        check_weighed(Ground.COMMERCIAL, None)
    check_weighed(Ground.PERSONAL_DATA, None)
    check_weighed(Ground.COMMERCIAL, "The market is thin")
