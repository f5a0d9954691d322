"""Which records the Code's lists take in: a table of what decides, and every record in exactly one place."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.publication.rules.periods import Period
from app.publication.rules.scope import Place, Scope, Standing, place_of

TODAY = date(2026, 11, 22)
QUARTER = Scope(Period.parse("2026-27-Q2"), TODAY)
YEAR = Scope(Period.parse("2025-26"), TODAY)


def running(**more: Any) -> Standing:
    """In force before, in and after both periods, and worth a good deal."""
    facts: dict[str, Any] = {"starts_on": date(2025, 4, 1), "ends_on": date(2028, 3, 31), "figure": Decimal(100_000)}
    return Standing(**(facts | more))


def worth(**more: Any) -> Standing:
    """Worth a good deal, and of no date but those given."""
    return Standing(figure=Decimal(100_000), **more)


@pytest.mark.parametrize(
    ("standing", "place"),
    [
        pytest.param(running(), Place.IN, id="runs all through it"),
        pytest.param(worth(starts_on=date(2020, 1, 1), ends_on=date(2026, 7, 1)), Place.IN, id="ends on its first day"),
        pytest.param(
            worth(starts_on=date(2020, 1, 1), ends_on=date(2026, 6, 30)), Place.EARLIER, id="ended the day before"
        ),
        pytest.param(worth(starts_on=date(2026, 9, 30)), Place.IN, id="begins on its last day"),
        pytest.param(worth(starts_on=date(2026, 10, 1)), Place.LATER, id="begins the day after"),
        pytest.param(
            worth(starts_on=date(2026, 10, 1), awarded_on=date(2026, 9, 1)),
            Place.IN,
            id="awarded in it, begins after it",
        ),
        pytest.param(worth(awarded_on=date(2026, 10, 1)), Place.LATER, id="awarded after it, without a start"),
        pytest.param(worth(), Place.IN, id="no dates at all"),
        pytest.param(running(figure=Decimal("5000.00")), Place.NOT_OVER, id="exactly the threshold"),
        pytest.param(running(figure=Decimal("5000.01")), Place.IN, id="a penny over"),
        pytest.param(running(figure=None), Place.IN, id="cannot be told: never under"),
        pytest.param(running(figure=Decimal(10), exempt=True), Place.IN, id="exempt: its place would tell"),
        pytest.param(running(legally_a_contract=False), Place.NOT_A_CONTRACT, id="internal agreement, memorandum"),
        pytest.param(running(is_grant=True), Place.GRANT, id="grant, with a list of its own"),
        pytest.param(running(planned=True), Place.PLANNED, id="not let yet"),
        pytest.param(running(withdrawn=True), Place.WITHDRAWN, id="withdrawn"),
        pytest.param(running(embargoed_until=date(2026, 11, 23)), Place.EMBARGOED, id="embargo until tomorrow"),
        pytest.param(running(embargoed_until=TODAY), Place.IN, id="embargo ends today"),
    ],
)
def test_the_quarters_list_takes_in_what_runs_in_it_and_is_over_the_threshold(standing: Standing, place: Place) -> None:
    assert place_of(standing, QUARTER) is place


def test_the_threshold_and_the_place_of_grants_are_the_councils() -> None:
    grant = Standing(starts_on=date(2025, 4, 1), is_grant=True, figure=Decimal(20_000))
    assert place_of(grant, Scope(QUARTER.period, TODAY, grants_in_the_list=True)) is Place.IN
    assert (
        place_of(grant, Scope(QUARTER.period, TODAY, over=Decimal(25_000), grants_in_the_list=True)) is Place.NOT_OVER
    )


@pytest.mark.parametrize(
    ("standing", "place"),
    [
        pytest.param(Standing(is_grant=True, awarded_on=date(2025, 4, 1)), Place.IN, id="awarded on its first day"),
        pytest.param(
            Standing(is_grant=True, awarded_on=date(2026, 3, 31), figure=Decimal(50)), Place.IN, id="however small"
        ),
        pytest.param(running(is_grant=True, awarded_on=date(2025, 3, 31)), Place.EARLIER, id="awarded the day before"),
        pytest.param(Standing(is_grant=True, starts_on=date(2026, 4, 1)), Place.LATER, id="begins after it"),
        pytest.param(Standing(is_grant=True), Place.IN, id="no dates: cannot be told"),
        pytest.param(
            Standing(is_grant=True, vcse=False, awarded_on=date(2025, 5, 1)), Place.NOT_VCSE, id="to a company"
        ),
        pytest.param(
            Standing(is_grant=True, vcse=None, awarded_on=date(2025, 5, 1)), Place.IN, id="to whom is not known"
        ),
        pytest.param(running(), Place.NOT_A_GRANT, id="a contract"),
        pytest.param(Standing(is_grant=True, planned=True), Place.PLANNED, id="planned"),
    ],
)
def test_the_years_list_takes_in_grants_awarded_in_it(standing: Standing, place: Place) -> None:
    assert place_of(standing, YEAR) is place


DAY = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
STANDINGS = st.builds(
    Standing,
    withdrawn=st.booleans(),
    embargoed_until=DAY,
    planned=st.booleans(),
    legally_a_contract=st.booleans(),
    is_grant=st.booleans(),
    vcse=st.none() | st.booleans(),
    awarded_on=DAY,
    starts_on=DAY,
    ends_on=DAY,
    figure=st.none() | st.decimals(0, 10_000, places=2),
    exempt=st.booleans(),
)


@given(STANDINGS)
def test_nothing_withdrawn_embargoed_or_unlet_is_ever_in_a_file(standing: Standing) -> None:
    for scope in (QUARTER, YEAR):
        if place_of(standing, scope) is Place.IN:
            assert not standing.withdrawn
            assert not standing.planned
            assert standing.embargoed_until is None or standing.embargoed_until <= TODAY


@given(STANDINGS, st.none() | st.decimals(0, 10_000, places=2))
def test_where_an_exempt_record_stands_never_hangs_on_its_amount(standing: Standing, figure: Decimal | None) -> None:
    if standing.exempt:
        assert place_of(standing, QUARTER) is place_of(replace(standing, figure=figure), QUARTER)
