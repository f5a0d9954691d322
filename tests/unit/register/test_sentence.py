"""A contract read aloud in one sentence."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.register.sentence import Spoken, read_aloud
from app.register.terms import Option, Term
from app.register.values import Amount, Per, ValueCertainty

WASTE_SITES = Spoken(
    title="Household waste sites, Mid and East",
    providers=["FCC Environment"],
    term=Term(date(2020, 11, 1), date(2025, 10, 31), options=(Option(60),)),
    amount=Amount(Decimal(40_000_000), Decimal(40_000_000)),
)
FIRM = "Household waste sites, Mid and East: FCC Environment, 10 years (5 + 5) from 1 November 2020, "
FIXED = Term(date(2020, 11, 1), date(2025, 10, 31))


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        pytest.param(
            WASTE_SITES, f"{FIRM}£40.0m whole life, ends 31 October 2025 unless extended", id="as the record page opens"
        ),
        pytest.param(
            replace(WASTE_SITES, exempt=True),
            f"{FIRM}value exempt, ends 31 October 2025 unless extended",
            id="value exempt",
        ),
        pytest.param(
            replace(WASTE_SITES, amount=None),
            f"{FIRM}value not known, ends 31 October 2025 unless extended",
            id="value not known",
        ),
        pytest.param(
            replace(WASTE_SITES, ended_early_on=date(2024, 3, 31)),
            f"{FIRM}£40.0m whole life, ended early on 31 March 2024",
            id="ended early",
        ),
        pytest.param(
            replace(WASTE_SITES, ended_early_on=date(2025, 3, 31)),
            f"{FIRM}£40.0m whole life, ends early on 31 March 2025",
            id="to end early",
        ),
        pytest.param(
            Spoken(
                "Respite care",
                ["Able", "Better", "Care"],
                Term(date(2010, 4, 1), None, rolling=True, notice_months=6),
                Amount(Decimal(72_500), Decimal(72_500), Per.YEAR, ValueCertainty.ESTIMATE),
            ),
            "Respite care: Able, Better and Care, "
            "rolling, 6 months' notice from 1 April 2010, estimated £72,500 a year",
            id="rolling, three providers, estimate",
        ),
        pytest.param(
            Spoken("Old one", [], Term(None, date(2020, 3, 31)), None),
            "Old one: no provider recorded, no start date recorded, value not known, ended 31 March 2020",
            id="little known, ended",
        ),
        pytest.param(
            replace(WASTE_SITES, providers=["A", "B", "C", "D"], term=FIXED),
            "Household waste sites, Mid and East: 4 providers, 5 years from 1 November 2020, "
            "£40.0m whole life, ends 31 October 2025",
            id="many providers, no options",
        ),
    ],
)
def test_a_contract_reads_aloud(spoken: Spoken, sentence: str) -> None:
    assert read_aloud(spoken, today=date(2024, 11, 22)) == sentence
