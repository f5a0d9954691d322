"""Notice and call-in, against dates councils have published."""

from datetime import date, datetime, time

import pytest

from app.core.errors import Refusal
from app.council.calendar import DayBasis
from app.council.rules import CallInRule, CallInTrigger, NoticePeriods
from app.decisions.rules.notice import (
    Consents,
    Route,
    call_in,
    days_short,
    difference,
    earliest_decision,
    publish_by,
    route_for,
)

PERIODS = NoticePeriods()
HOLIDAYS = frozenset(
    {
        date(2021, 12, 27),
        date(2021, 12, 28),
        date(2022, 8, 29),
        date(2023, 12, 25),
        date(2023, 12, 26),
        date(2024, 1, 1),
        date(2025, 4, 18),
        date(2025, 4, 21),
        date(2025, 8, 25),
    }
)


@pytest.mark.parametrize(
    ("published", "earliest"),
    [
        pytest.param(date(2025, 10, 7), date(2025, 11, 5), id="Kent, 7 October 2025"),
        pytest.param(date(2025, 7, 7), date(2025, 8, 5), id="Kent, 7 July 2025"),
        pytest.param(date(2025, 2, 20), date(2025, 3, 21), id="Kent, 20 February 2025"),
        pytest.param(date(2025, 2, 19), date(2025, 3, 20), id="Kent, 19 February 2025"),
        pytest.param(date(2023, 12, 19), date(2024, 1, 17), id="Kent, 19 December 2023, over Christmas"),
        pytest.param(date(2022, 8, 30), date(2022, 9, 28), id="Kent, 30 August 2022"),
        pytest.param(date(2021, 11, 10), date(2021, 12, 9), id="Kent, 10 November 2021"),
        pytest.param(date(2021, 2, 16), date(2021, 3, 17), id="Kent, 16 February 2021"),
        pytest.param(date(2021, 1, 12), date(2021, 2, 10), id="Kent, 12 January 2021"),
    ],
)
def test_28_clear_days_are_29_days_on_as_published(published: date, earliest: date) -> None:
    found = earliest_decision(published, PERIODS, HOLIDAYS)
    assert found.lawful_on == earliest
    assert publish_by(earliest, PERIODS, HOLIDAYS) == published
    assert days_short(published, earliest, PERIODS, HOLIDAYS) == 0


@pytest.mark.parametrize(
    ("published", "entered", "lawful"),
    [
        pytest.param(date(2025, 9, 2), date(2025, 9, 30), date(2025, 10, 1), id="Kent, 2 September 2025"),
        pytest.param(date(2018, 1, 9), date(2018, 2, 6), date(2018, 2, 7), id="Kent, 9 January 2018"),
    ],
)
def test_a_published_date_one_day_short_is_caught(published: date, entered: date, lawful: date) -> None:
    assert earliest_decision(published, PERIODS, HOLIDAYS).lawful_on == lawful
    assert days_short(published, entered, PERIODS, HOLIDAYS) == 1
    said = difference(published, entered, PERIODS, HOLIDAYS)
    assert said is not None
    assert said.endswith("the entered date is 1 clear day short")


def test_the_committee_systems_own_date_is_only_questioned_when_it_differs() -> None:
    assert difference(date(2025, 10, 7), date(2025, 11, 5), PERIODS, HOLIDAYS) is None
    later = difference(date(2025, 10, 7), date(2025, 11, 10), PERIODS, HOLIDAYS)
    assert later == (
        "The committee system says 10 November 2025; 28 clear days after 7 October 2025 gives 5 November 2025: "
        "the entered date is later than it need be"
    )


def test_the_lawful_day_and_the_practical_day_are_kept_apart() -> None:
    found = earliest_decision(date(2025, 3, 20), PERIODS, HOLIDAYS)
    assert (found.lawful_on, found.practical_on) == (date(2025, 4, 18), date(2025, 4, 22))
    assert difference(date(2025, 3, 20), date(2025, 4, 22), PERIODS, HOLIDAYS) is None


def test_a_council_may_count_28_working_days() -> None:
    working = NoticePeriods(basis=DayBasis.WORKING)
    found = earliest_decision(date(2025, 8, 1), working, HOLIDAYS)
    assert found.lawful_on == date(2025, 9, 12)
    assert found.working == "28 clear working days after 1 August 2025"


@pytest.mark.parametrize(
    ("published", "earliest"),
    [
        pytest.param(date(2025, 10, 7), date(2025, 10, 15), id="Kent, 7 October 2025"),
        pytest.param(date(2025, 3, 11), date(2025, 3, 19), id="Kent, 11 March 2025"),
        pytest.param(date(2023, 1, 19), date(2023, 1, 27), id="Kent, 19 January 2023"),
        pytest.param(date(2021, 11, 26), date(2021, 12, 6), id="Kent, 26 November 2021"),
        pytest.param(date(2021, 1, 15), date(2021, 1, 25), id="Kent, 15 January 2021"),
        pytest.param(date(2025, 4, 15), date(2025, 4, 25), id="over Easter"),
    ],
)
def test_the_general_exception_takes_5_clear_working_days(published: date, earliest: date) -> None:
    found = earliest_decision(published, PERIODS, HOLIDAYS, route=Route.GENERAL_EXCEPTION)
    assert found.lawful_on == earliest


PUBLISHED = date(2025, 10, 7)
INFORMED = Consents(scrutiny_chair_informed=True)
AGREED = Consents(scrutiny_chair_agreed=True)


@pytest.mark.parametrize(
    ("decided", "consents", "route"),
    [
        pytest.param(date(2025, 11, 5), Consents(), Route.NOTICE, id="full notice"),
        pytest.param(date(2025, 11, 4), INFORMED, Route.GENERAL_EXCEPTION, id="a day short, chair informed"),
        pytest.param(date(2025, 10, 15), INFORMED, Route.GENERAL_EXCEPTION, id="the first day of the exception"),
        pytest.param(date(2025, 10, 14), AGREED, Route.SPECIAL_URGENCY, id="too soon for the exception, chair agreed"),
        pytest.param(date(2025, 10, 7), AGREED, Route.SPECIAL_URGENCY, id="the same day, chair agreed"),
    ],
)
def test_a_decision_takes_the_route_that_is_open(decided: date, consents: Consents, route: Route) -> None:
    assert route_for(PUBLISHED, decided, PERIODS, HOLIDAYS, consents) is route


@pytest.mark.parametrize(
    ("decided", "consents", "what_would_work"),
    [
        pytest.param(
            date(2025, 11, 4), Consents(),
            "Decide on or after 5 November 2025, 28 clear days after 7 October 2025, "
            "or tell the scrutiny chair in writing to use the general exception",
            id="one day short",
        ),
        pytest.param(
            date(2025, 10, 14), INFORMED,
            "Decide on or after 5 November 2025, 28 clear days after 7 October 2025, or use the general exception "
            "on or after 15 October 2025, or get the scrutiny chair's agreement",
            id="too soon for the exception",
        ),
    ],
)  # fmt: skip
def test_a_decision_too_soon_is_refused_and_says_what_would_work(
    decided: date, consents: Consents, what_would_work: str
) -> None:
    with pytest.raises(Refusal) as refused:
        route_for(PUBLISHED, decided, PERIODS, HOLIDAYS, consents)
    assert (refused.value.message, refused.value.field) == (what_would_work, "decided_on")


@pytest.mark.parametrize(
    ("published", "effective"),
    [
        pytest.param(date(2019, 10, 17), date(2019, 10, 25), id="Kent, 17 October 2019"),
        pytest.param(date(2023, 7, 28), date(2023, 8, 5), id="Maidstone, 28 July 2023, on a Saturday"),
        pytest.param(date(2024, 9, 13), date(2024, 9, 21), id="Woking, 13 September 2024, on a Saturday"),
    ],
)
def test_a_decision_takes_effect_the_day_after_call_in_as_published(published: date, effective: date) -> None:
    found = call_in(CallInRule(), decided_on=date(2019, 1, 1), published_on=published, holidays=HOLIDAYS)
    assert found.effective_on == effective


def test_call_in_follows_the_constitutions_trigger_basis_and_hour() -> None:
    rule = CallInRule(days=3, basis=DayBasis.CALENDAR, trigger=CallInTrigger.DECISION, cut_off=time(16))
    found = call_in(rule, decided_on=date(2025, 10, 10), published_on=date(2025, 10, 14), holidays=HOLIDAYS)
    assert (found.ends_on, found.effective_on) == (date(2025, 10, 13), date(2025, 10, 14))
    assert found.is_open_at(datetime(2025, 10, 13, 15, 59))
    assert not found.is_open_at(datetime(2025, 10, 13, 16, 0))
    assert not found.is_open_at(datetime(2025, 10, 14, 9, 0))


def test_without_an_hour_call_in_runs_to_midnight() -> None:
    found = call_in(CallInRule(), decided_on=date(2025, 10, 1), published_on=date(2025, 10, 3), holidays=HOLIDAYS)
    assert found.ends_on == date(2025, 10, 10)
    assert found.is_open_at(datetime(2025, 10, 10, 23, 59))
    assert not found.is_open_at(datetime(2025, 10, 11, 0, 0))
