"""Where a service is over time, and when it may close."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.register.delivery import DeliveryRoute, check_plan
from app.register.placing import Placed, check_closing, moved

TODAY = date(2026, 11, 22)
HERE = (Placed(1, 10, date(2015, 4, 1)),)


def test_a_move_closes_the_old_place_the_day_before() -> None:
    after = moved(HERE, Placed(2, None, date(2020, 4, 1)), today=TODAY)
    assert after == (Placed(1, 10, date(2015, 4, 1), date(2020, 3, 31)), Placed(2, None, date(2020, 4, 1)))


@pytest.mark.parametrize(
    ("to", "field"),
    [
        pytest.param(Placed(1, 10, date(2020, 4, 1)), "unit", id="where it is"),
        pytest.param(Placed(2, None, date(2026, 11, 23)), "from_on", id="tomorrow"),
        pytest.param(Placed(2, None), "from_on", id="no day"),
        pytest.param(Placed(2, None, date(2015, 4, 1)), "from_on", id="the day it came"),
    ],
)
def test_a_move_that_tells_no_story_is_refused(to: Placed, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        moved(HERE, to, today=TODAY)
    assert refused.value.field == field


@given(st.lists(st.dates(date(2015, 4, 2), TODAY), min_size=1, max_size=6, unique=True))
def test_places_never_overlap_and_leave_no_gap(days: list[date]) -> None:
    places: tuple[Placed, ...] = HERE
    for number, day in enumerate(sorted(days)):
        places = moved(places, Placed(2 + number % 2, None, day), today=TODAY)
    for one, following in pairwise(places):
        assert one.until_on is not None
        assert following.from_on == one.until_on + timedelta(days=1)


@pytest.mark.parametrize("until_on", [date(2026, 11, 23), date(2015, 3, 31)])
def test_a_service_closes_between_its_first_day_and_today(until_on: date) -> None:
    with pytest.raises(Refusal):
        check_closing(until_on, from_on=date(2015, 4, 1), today=TODAY)
    check_closing(TODAY, from_on=date(2015, 4, 1), today=TODAY)


@pytest.mark.parametrize(
    ("planned", "from_on", "field"),
    [
        (DeliveryRoute.IN_HOUSE, date(2027, 4, 1), "route"),
        (DeliveryRoute.EXTERNAL, TODAY, "from_on"),
    ],
)
def test_a_plan_is_of_another_route_on_a_day_to_come(planned: DeliveryRoute, from_on: date, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_plan(DeliveryRoute.IN_HOUSE, planned, from_on, today=TODAY)
    assert refused.value.field == field
