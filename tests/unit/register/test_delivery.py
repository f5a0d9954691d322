"""How a service is delivered over time, and what its annex still lacks."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.register.delivery import TAGS, DeliveryRoute, Period, ServiceFacts, changed, gaps, in_words, route_on

R = DeliveryRoute
TODAY = date(2026, 11, 22)
BEFORE = (Period(R.IN_HOUSE, date(2015, 4, 1)),)


def test_a_change_closes_the_old_period_the_day_before() -> None:
    after = changed(BEFORE, R.EXTERNAL, date(2020, 4, 1), today=TODAY)
    assert after == (Period(R.IN_HOUSE, date(2015, 4, 1), date(2020, 3, 31)), Period(R.EXTERNAL, date(2020, 4, 1)))


@pytest.mark.parametrize(
    ("route", "from_on", "field"),
    [
        pytest.param(R.EXTERNAL, date(2026, 11, 23), "from_on", id="tomorrow is an activity, not a fact"),
        pytest.param(R.EXTERNAL, date(2015, 4, 1), "from_on", id="the day the present way began"),
        pytest.param(R.IN_HOUSE, date(2020, 4, 1), "route", id="the same way"),
    ],
)
def test_a_change_that_tells_no_story_is_refused(route: DeliveryRoute, from_on: date, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        changed(BEFORE, route, from_on, today=TODAY)
    assert refused.value.field == field


@given(
    st.lists(st.dates(date(2015, 4, 2), TODAY), min_size=1, max_size=6, unique=True), st.dates(date(2000, 1, 1), TODAY)
)
def test_periods_never_overlap_and_leave_no_gap(days: list[date], asked: date) -> None:
    periods: tuple[Period, ...] = (Period(R.IN_HOUSE, None),)
    routes = [R.EXTERNAL, R.MIXED]
    for place, day in enumerate(sorted(days)):
        periods = changed(periods, routes[place % 2], day, today=TODAY)
    for one, following in pairwise(periods):
        assert one.until_on is not None
        assert following.from_on == one.until_on + timedelta(days=1)
    assert route_on(periods, asked) is not None


def test_a_day_before_the_first_period_has_no_route() -> None:
    assert route_on(BEFORE, date(2015, 3, 31)) is None
    assert route_on(BEFORE, date(2015, 4, 1)) is R.IN_HOUSE


COMPLETE = ServiceFacts(R.EXTERNAL, has_division=True, has_unit=False, has_head=True, has_review=True, running=1)


@pytest.mark.parametrize(
    ("facts", "lacking"),
    [
        pytest.param(COMPLETE, [], id="complete"),
        pytest.param(replace(COMPLETE, running=0), ["no running contract"], id="external, no contract"),
        pytest.param(replace(COMPLETE, route=R.IN_HOUSE, running=0), ["in-house unit"], id="in-house, no unit"),
        pytest.param(replace(COMPLETE, route=R.IN_HOUSE, has_unit=True), ["mixed"], id="in-house, with a contract"),
        pytest.param(replace(COMPLETE, route=R.SHARED, running=0), [], id="a partnership may have no contract"),
        pytest.param(replace(COMPLETE, without_provider=1), ["no provider"], id="a contract without a provider"),
        pytest.param(replace(COMPLETE, has_division=False, has_head=False), ["No division", "No head"], id="two gaps"),
    ],
)
def test_what_the_annex_lacks_is_said(facts: ServiceFacts, lacking: list[str]) -> None:
    found = gaps(facts)
    assert len(found) == len(lacking)
    assert all(word in words for word, words in zip(lacking, found, strict=True))


@pytest.mark.parametrize("route", DeliveryRoute)
def test_every_route_has_its_words(route: DeliveryRoute) -> None:
    assert TAGS[route][0]
    assert in_words(route)
