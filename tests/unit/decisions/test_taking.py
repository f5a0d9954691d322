"""After a decision: call-in, the day it may be acted on, and how long its papers are kept."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.council.calendar import DayBasis
from app.council.rules import CallInRule, CallInTrigger
from app.decisions.rules.taking import (
    Taken,
    check_called_in,
    effective_on,
    effective_otherwise,
    ends_otherwise,
    in_force,
    kept_until,
)

NO_HOLIDAYS: frozenset[date] = frozenset()
FIVE_DAYS = CallInRule()
FROM_DECISION = CallInRule(trigger=CallInTrigger.DECISION)
#: As Kent had it: published on 17 October 2019, effective on 25 October.
DECIDED, PUBLISHED, EFFECTIVE = date(2019, 10, 16), date(2019, 10, 17), date(2019, 10, 25)


def a_decision(**more: Any) -> Taken:
    return Taken(**{"decided_on": DECIDED, "published_on": PUBLISHED, **more})


@pytest.mark.parametrize(
    ("more", "rule", "expected"),
    [
        pytest.param({}, FIVE_DAYS, EFFECTIVE, id="after call-in"),
        pytest.param({"published_on": None}, FIVE_DAYS, None, id="its statement is not published"),
        pytest.param({"published_on": None}, FROM_DECISION, date(2019, 10, 24), id="call-in counts from the decision"),
        pytest.param({"not_called_in_reason": "Urgent"}, FIVE_DAYS, DECIDED, id="not subject to call-in"),
        pytest.param(
            {"ends_entered_on": date(2019, 10, 25)}, FIVE_DAYS, date(2019, 10, 26), id="the committee system's last day"
        ),
        pytest.param(
            {"effective_entered_on": date(2019, 10, 28)}, FIVE_DAYS, date(2019, 10, 28), id="the committee system's day"
        ),
        pytest.param({"called_in_on": date(2019, 10, 22)}, FIVE_DAYS, None, id="called in, not resolved"),
        pytest.param(
            {"called_in_on": date(2019, 10, 22), "effective_entered_on": date(2019, 10, 28)},
            FIVE_DAYS,
            None,
            id="a call-in holds up what was entered",
        ),
        pytest.param(
            {"called_in_on": date(2019, 10, 22), "resolved_on": date(2019, 11, 12)},
            FIVE_DAYS,
            date(2019, 11, 12),
            id="upheld: it moves to that day",
        ),
    ],
)
def test_it_may_be_acted_on_from(more: dict[str, Any], rule: CallInRule, expected: date | None) -> None:
    assert effective_on(a_decision(**more), rule, NO_HOLIDAYS) == expected


def test_the_committee_systems_last_day_is_kept_apart_and_the_difference_said() -> None:
    entered = a_decision(ends_entered_on=date(2019, 10, 23), ends_entered_at=time(17))
    period = in_force(entered, FIVE_DAYS, NO_HOLIDAYS)
    assert period is not None
    assert (period.ends_on, period.cut_off) == (date(2019, 10, 23), time(17))
    said = ends_otherwise(entered, FIVE_DAYS, NO_HOLIDAYS)
    assert said is not None
    assert "gives 24 October 2019: the entered date is 1 day earlier" in said
    assert ends_otherwise(a_decision(ends_entered_on=date(2019, 10, 24)), FIVE_DAYS, NO_HOLIDAYS) is None
    assert ends_otherwise(a_decision(), FIVE_DAYS, NO_HOLIDAYS) is None


@pytest.mark.parametrize(
    ("more", "says"),
    [
        pytest.param({}, None, id="nothing entered"),
        pytest.param({"effective_entered_on": EFFECTIVE}, None, id="the day after call-in"),
        pytest.param({"effective_entered_on": date(2019, 10, 24)}, "1 day earlier", id="on its last day"),
        pytest.param({"effective_entered_on": date(2019, 10, 28)}, "3 days later", id="after the week-end"),
        pytest.param(
            {"effective_entered_on": DECIDED, "not_called_in_reason": "Urgent"}, None, id="at once, without call-in"
        ),
    ],
)
def test_the_day_of_effect_that_was_entered_is_held_against_call_in(more: dict[str, Any], says: str | None) -> None:
    said = effective_otherwise(a_decision(**more), FIVE_DAYS, NO_HOLIDAYS)
    assert said is None if says is None else f"from 25 October 2019: the entered date is {says}" in (said or "")


@pytest.mark.parametrize(
    ("called_in_on", "more", "words"),
    [
        pytest.param(date(2019, 10, 24), {}, "", id="on the last day"),
        pytest.param(date(2019, 10, 25), {}, "Call-in ended on 24 October 2019", id="a day too late"),
        pytest.param(date(2019, 10, 15), {}, "on or after 16 October 2019", id="before the decision"),
        pytest.param(
            date(2019, 10, 20), {"not_called_in_reason": "Urgent"}, "not subject to call-in", id="not subject"
        ),
        pytest.param(date(2019, 12, 1), {"published_on": None}, "", id="not published, so it is still open"),
    ],
)
def test_members_call_in_within_the_days(called_in_on: date, more: dict[str, Any], words: str) -> None:
    if not words:
        check_called_in(a_decision(**more), called_in_on, FIVE_DAYS, NO_HOLIDAYS)
        return
    with pytest.raises(Refusal, match=words):
        check_called_in(a_decision(**more), called_in_on, FIVE_DAYS, NO_HOLIDAYS)


def test_records_are_kept_six_years_and_background_papers_four() -> None:
    kept = kept_until(date(2024, 2, 29), record_years=6, background_years=4)
    assert (kept.record_until, kept.background_until) == (date(2030, 2, 28), date(2028, 2, 29))


@given(
    st.dates(date(2015, 1, 1), date(2035, 1, 1)),
    st.integers(0, 30),
    st.builds(
        CallInRule,
        days=st.integers(1, 20),
        basis=st.sampled_from(DayBasis),
        trigger=st.sampled_from(CallInTrigger),
    ),
)
def test_nothing_takes_effect_before_call_in_is_over(decided_on: date, later: int, rule: CallInRule) -> None:
    published_on = date.fromordinal(decided_on.toordinal() + later)
    taken = Taken(decided_on=decided_on, published_on=published_on)
    period, effective = in_force(taken, rule, NO_HOLIDAYS), effective_on(taken, rule, NO_HOLIDAYS)
    assert period is not None
    assert effective is not None
    assert decided_on < period.ends_on < effective
