"""What counts as forthcoming."""

from dataclasses import replace
from datetime import date

import pytest

from app.council.calendar import FinancialYear, Quarter
from app.decisions.rules.horizon import Awaited, Standing, plan_horizon, rolling_horizon, standing, when_in_words
from app.decisions.rules.timing import Timing

HORIZON = plan_horizon(FinancialYear(2015), years=3)
DRAFT = date(2015, 3, 12)
SUMMER = Timing.in_quarter(Quarter(FinancialYear(2016), 2))


def waiting(timing: Timing, *, decided_on: date | None = None, withdrawn: bool = False) -> Awaited:
    """An activity that needs a key decision."""
    return Awaited(needs_key_decision=True, timing=timing, decided_on=decided_on, withdrawn=withdrawn)


def test_the_horizon_of_2015_16_runs_from_1_april_2015_to_31_march_2018() -> None:
    assert (HORIZON.first, HORIZON.last) == (date(2015, 4, 1), date(2018, 3, 31))


def test_screens_roll_three_years_on_from_today() -> None:
    assert rolling_horizon(date(2026, 11, 22)).last == date(2029, 11, 21)


@pytest.mark.parametrize(
    ("awaited", "expected"),
    [
        pytest.param(waiting(Timing.on(date(2018, 3, 31))), Standing.COMING, id="31 March 2018 is in"),
        pytest.param(waiting(Timing.on(date(2018, 4, 1))), Standing.BEYOND, id="1 April 2018 is out"),
        pytest.param(waiting(Timing.in_year(FinancialYear(2017))), Standing.COMING, id="in the last year"),
        pytest.param(waiting(Timing.in_year(FinancialYear(2018))), Standing.BEYOND, id="in the year after"),
        pytest.param(
            waiting(Timing.in_quarter(Quarter(FinancialYear(2017), 4))), Standing.COMING, id="in the last quarter"
        ),
        pytest.param(waiting(Timing.not_before(date(2018, 4, 1))), Standing.BEYOND, id="not before the end"),
        pytest.param(waiting(Timing.on(date(2014, 1, 1))), Standing.COMING, id="expected long ago and still waiting"),
        pytest.param(waiting(Timing.not_known()), Standing.UNDATED, id="timing not known"),
        pytest.param(replace(waiting(SUMMER), needs_key_decision=False), Standing.NOT_KEY, id="no key decision"),
        pytest.param(waiting(SUMMER, withdrawn=True), Standing.WITHDRAWN, id="withdrawn"),
        pytest.param(waiting(SUMMER, decided_on=DRAFT), Standing.DECIDED, id="decided by the draft's date"),
        pytest.param(waiting(SUMMER, decided_on=date(2015, 3, 13)), Standing.TAKEN_SINCE, id="decided since the draft"),
    ],
)
def test_an_activity_is_forthcoming_or_says_why_not(awaited: Awaited, expected: Standing) -> None:
    assert standing(awaited, HORIZON, as_at=DRAFT) is expected


def test_only_three_standings_print() -> None:
    printed = {each for each in Standing if each.is_forthcoming}
    assert printed == {Standing.COMING, Standing.UNDATED, Standing.TAKEN_SINCE}


@pytest.mark.parametrize(
    ("awaited", "words"),
    [
        pytest.param(waiting(SUMMER), "Q2 2016-17", id="waiting"),
        pytest.param(waiting(SUMMER, decided_on=date(2015, 5, 3)), "taken on 3 May 2015", id="taken since"),
        pytest.param(waiting(Timing.not_known()), "Timing not yet known", id="undated"),
    ],
)
def test_the_annex_says_when(awaited: Awaited, words: str) -> None:
    assert when_in_words(awaited, as_at=DRAFT) == words
