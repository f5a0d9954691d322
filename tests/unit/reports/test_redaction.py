"""What an open edition may not tell: no format may change when a hidden figure does."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.annex_set import AnnexSet, Gap
from reports.csv import to_csv
from reports.docx import to_docx
from reports.html import fragments, to_html
from reports.redaction import printable
from reports.values import Edition, Money, Party, Withheld
from reports.xlsx import to_xlsx
from tests.unit.reports.makers import (
    EXEMPT,
    a_contract,
    a_service,
    a_service_contract,
    a_set,
    an_activity,
    an_agreement,
    annex,
    million,
    texts,
)

amounts = st.decimals(0, 10**9, places=2)


def exempt(low: Decimal, high: Decimal) -> Money:
    return Money(min(low, high), max(low, high), withheld=EXEMPT)


def a_set_hiding(low: Decimal, high: Decimal) -> AnnexSet:
    """Rows whose exempt money is given; everything else stays."""
    hidden = exempt(low, high)
    return a_set(
        services=(
            a_service(contracts=(a_service_contract(value=hidden), a_service_contract(ref="C2", value=million("3")))),
        ),
        commissioned=(
            a_contract(total=hidden, annual=Money(low), maximum=Money(high)),
            a_contract(ref="C2", total=million("3")),
        ),
        forthcoming=(an_activity(estimate=replace(hidden, withheld=Withheld("Sch 12A para 3", "£1m to £5m"))),),
        agreements=(an_agreement(annual_charge=Money(high), contract_ref="C1"), an_agreement(ref="SLA 2")),
    )


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(amounts, amounts, amounts, amounts)
def test_no_subtraction_reveals_a_hidden_figure(one: Decimal, two: Decimal, three: Decimal, four: Decimal) -> None:
    """Every byte of every open document is the same whatever the hidden figures are."""
    first, second = a_set_hiding(one, two), a_set_hiding(three, four)
    assert to_html(first) == to_html(second)
    assert fragments(first) == fragments(second)
    assert to_csv(first) == to_csv(second)
    assert to_xlsx(first) == to_xlsx(second)
    assert to_docx(first) == to_docx(second)


def money_in(part: Any) -> list[Money]:
    """Every amount a row holds, however deep."""
    if isinstance(part, Money):
        return [part]
    if isinstance(part, tuple):
        return [amount for one in part for amount in money_in(one)]
    if is_dataclass(part):
        return [amount for field in fields(part) for amount in money_in(getattr(part, field.name))]
    return []


def test_no_exempt_amount_is_left_in_an_open_set() -> None:
    annexes = printable(a_set_hiding(Decimal(7), Decimal(9))).annexes
    assert [amount for amount in money_in(annexes) if amount.withheld and amount.is_known] == []
    assert Decimal(7) not in {amount.low for amount in money_in(annexes)}


def test_exempt_words_stand_in_the_figure_s_place() -> None:
    laid = annex(2, a_set(commissioned=(a_contract(total=Money(Decimal(9_000_000), withheld=EXEMPT)),)))
    assert texts(laid, "Total value") == ["Exempt (Sch 12A para 3)"]


def test_the_entitled_read_the_value_marked() -> None:
    hidden = Money(Decimal(9_000_000), withheld=EXEMPT)
    laid = annex(2, a_set(edition=Edition.EXEMPT, commissioned=(a_contract(total=hidden),)))
    assert texts(laid, "Total value") == ["£9.0m (exempt: Sch 12A para 3)"]
    assert laid.provenance.endswith("exempt edition, not for publication.")


def test_one_exempt_amount_hides_the_others_of_its_contract() -> None:
    row = a_contract(total=Money(Decimal(9_000_000), withheld=EXEMPT), annual=million("1.8"))
    assert texts(annex(2, a_set(commissioned=(row,))), "Annual value") == ["Exempt (Sch 12A para 3)"]


def test_a_band_may_stand_for_an_exempt_estimate() -> None:
    banded = Money(Decimal(3_300_000), withheld=Withheld("Sch 12A para 3", "£1m to £5m"))
    laid = annex(3, a_set(forthcoming=(an_activity(estimate=banded),)))
    assert texts(laid, "Estimated value") == ["£1m to £5m (exempt, Sch 12A para 3)"]
    assert laid.totals == ()


@pytest.mark.parametrize(
    ("until", "printed"),
    [
        pytest.param(date(2015, 3, 12), 1, id="printed on the day"),
        pytest.param(date(2015, 3, 13), 0, id="waits until the day before"),
    ],
)
def test_an_embargoed_row_waits_for_its_date(until: date, printed: int) -> None:
    laid = annex(2, a_set(commissioned=(a_contract(embargoed_until=until),)))
    assert len(laid.lines) == printed


def test_nothing_gives_an_embargoed_row_away() -> None:
    later = date(2016, 1, 1)
    annexes = a_set(
        services=(a_service(contracts=(a_service_contract(ref="SECRET-2"),), changes=("SECRET-3",)),),
        commissioned=(
            a_contract(ref="SECRET-2", title="Secret contract", record="/contracts/9", embargoed_until=later),
            a_contract(next_decision="SECRET-3", agreement_ref="SECRET-4"),
        ),
        forthcoming=(an_activity(ref="SECRET-3", activity="Secret activity", embargoed_until=later),),
        agreements=(
            an_agreement(ref="SECRET-4", services=("Secret service",), embargoed_until=later),
            an_agreement(contract_ref="SECRET-2"),
        ),
        gaps=(Gap("SECRET-2, Secret contract", "No end date.", record="/contracts/9"),),
    )
    assert "secret" not in to_html(annexes).lower()
    assert "1 contract is not printed until a later date." in to_html(annexes)
    assert b"secret" not in b"".join(to_csv(annexes).values()).lower()
    assert "SECRET-2" in to_html(replace(annexes, context=replace(annexes.context, edition=Edition.EXEMPT)))


def test_a_sole_trader_is_named_only_to_the_entitled() -> None:
    row = a_contract(providers=(Party("A. Gardener", kind="SME", masked=True),))
    assert texts(annex(2, a_set(commissioned=(row,))), "Provider (type)") == ["Name withheld (sole trader)"]
    entitled = annex(2, a_set(edition=Edition.EXEMPT, commissioned=(row,)))
    assert texts(entitled, "Provider (type)") == ["A. Gardener (SME)"]
