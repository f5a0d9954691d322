"""Whether a key decision may be taken on a day, by the notices given of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.council.rules import NoticePeriods
from app.decisions.rules.lawful import Given, check_breach, route_by
from app.decisions.rules.notice import Route, earliest_decision

PERIODS = NoticePeriods()
NO_HOLIDAYS: frozenset[date] = frozenset()
#: Kent, 7 October 2025: the decision not before 5 November; by the general exception not before 15 October.
PUBLISHED = date(2025, 10, 7)
NOTICE = Given(Route.NOTICE, PUBLISHED)
EXCEPTION = Given(Route.GENERAL_EXCEPTION, PUBLISHED, PUBLISHED)
URGENT = Given(Route.SPECIAL_URGENCY, None, date(2025, 10, 8))


@pytest.mark.parametrize(
    ("given_of_it", "decided_on", "route"),
    [
        pytest.param([NOTICE], date(2025, 11, 5), Route.NOTICE, id="28 clear days"),
        pytest.param([NOTICE], date(2025, 11, 4), None, id="a day short"),
        pytest.param([EXCEPTION], date(2025, 10, 15), Route.GENERAL_EXCEPTION, id="general exception"),
        pytest.param([EXCEPTION], date(2025, 10, 14), None, id="general exception, a day short"),
        pytest.param([Given(Route.GENERAL_EXCEPTION, PUBLISHED)], date(2025, 10, 15), None, id="the chair is not told"),
        pytest.param(
            [Given(Route.GENERAL_EXCEPTION, PUBLISHED, date(2025, 10, 9))],
            date(2025, 10, 15),
            None,
            id="told later: the days count from then",
        ),
        pytest.param([Given(Route.GENERAL_EXCEPTION, None, PUBLISHED)], date(2025, 10, 30), None, id="not published"),
        pytest.param([URGENT], date(2025, 10, 8), Route.SPECIAL_URGENCY, id="agreed that day"),
        pytest.param([URGENT], date(2025, 10, 7), None, id="agreed afterwards"),
        pytest.param([Given(Route.SPECIAL_URGENCY, PUBLISHED)], date(2025, 10, 30), None, id="nobody agreed"),
        pytest.param([], date(2025, 11, 5), None, id="nothing given"),
        pytest.param([URGENT, EXCEPTION, NOTICE], date(2025, 11, 5), Route.NOTICE, id="full notice comes first"),
        pytest.param([URGENT, NOTICE, EXCEPTION], date(2025, 10, 20), Route.GENERAL_EXCEPTION, id="then the exception"),
    ],
)
def test_a_decision_takes_the_route_its_notices_open(
    given_of_it: list[Given], decided_on: date, route: Route | None
) -> None:
    if route is not None:
        assert route_by(given_of_it, decided_on, PERIODS, NO_HOLIDAYS) is route
        return
    with pytest.raises(Refusal) as refused:
        route_by(given_of_it, decided_on, PERIODS, NO_HOLIDAYS)
    assert refused.value.field == "decided_on"


def test_a_refusal_says_what_would_work() -> None:
    with pytest.raises(Refusal, match="Decide on or after 5 November 2025, 28 clear days after 7 October 2025"):
        route_by([NOTICE], date(2025, 11, 4), PERIODS, NO_HOLIDAYS)
    with pytest.raises(Refusal, match="Publish its notice 28 clear days before it, publish a general exception"):
        route_by([], date(2025, 11, 4), PERIODS, NO_HOLIDAYS)


def test_a_breach_is_recorded_only_of_what_cannot_be_mended() -> None:
    today = date(2025, 11, 4)
    assert check_breach("The service had begun", today - timedelta(days=1), today).reason == "The service had begun"
    with pytest.raises(Refusal, match="can still be taken lawfully"):
        check_breach("In a hurry", today, today)


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(
    st.lists(st.builds(Given, st.sampled_from(Route), st.none() | days, st.none() | days), max_size=4),
    days,
    st.frozensets(days, max_size=20),
)
def test_no_route_opens_before_its_day(given_of_it: list[Given], decided_on: date, holidays: frozenset[date]) -> None:
    try:
        route = route_by(given_of_it, decided_on, PERIODS, holidays)
    except Refusal:
        return
    opened = [one for one in given_of_it if one.route is route]
    if route is Route.SPECIAL_URGENCY:
        assert any(one.consent_on is not None and one.consent_on <= decided_on for one in opened)
    else:
        published = [one.published_on for one in opened if one.published_on is not None]
        assert any(earliest_decision(on, PERIODS, holidays, route=route).lawful_on <= decided_on for on in published)
