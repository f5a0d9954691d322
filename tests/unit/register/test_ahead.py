"""The dates that come next on a contract, and the step to take by when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.dates import add_months
from app.council.rules import LeadTimes
from app.register.ahead import (
    DECIDE,
    ENDS,
    ENDS_FINALLY,
    FREE_CHOICE,
    LATEST,
    REVIEW,
    TAKE_UP,
    Coming,
    dates_ahead,
    next_step,
    next_step_in_words,
)
from app.register.terms import Option, Term

END = date(2027, 3, 31)


def coming(
    *, ends_on: date | None = END, options: tuple[Option, ...] = (), review_on: date | None = None, lead: int = 18
) -> Coming:
    term = Term(starts_on=date(2022, 4, 1), ends_on=ends_on, options=options)
    return Coming(term, review_on, (lead, "replacement"), LeadTimes())


def labelled(contract: Coming, today: date) -> dict[str, date]:
    return {one.label: one.on for one in dates_ahead(contract, today=today)}


def test_without_options_the_decision_is_its_lead_time_before_the_end() -> None:
    assert labelled(coming(), date(2025, 1, 1)) == {DECIDE: date(2025, 9, 30), ENDS_FINALLY: END}


def test_an_option_has_a_last_free_choice_and_a_last_day_to_take_it_up() -> None:
    option = Option(months=24, notice_months=9)
    assert labelled(coming(options=(option,)), date(2025, 1, 1)) == {
        FREE_CHOICE: date(2025, 9, 30),
        TAKE_UP: date(2026, 6, 30),
        ENDS: END,
        LATEST: date(2029, 3, 31),
    }


def test_the_decisions_own_chain_counts_where_it_is_longer_than_the_notice() -> None:
    dates = labelled(coming(options=(Option(months=24, notice_months=3),)), date(2025, 1, 1))
    assert dates[TAKE_UP] == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        pytest.param(date(2025, 9, 30), f"{FREE_CHOICE}: by 30 September 2025", id="on the day"),
        pytest.param(date(2025, 10, 1), f"{TAKE_UP}: by 30 September 2026", id="the free choice is past"),
        pytest.param(date(2026, 10, 1), f"{TAKE_UP}: was due by 30 September 2026", id="both are past"),
        pytest.param(date(2027, 4, 1), "", id="it is over"),
    ],
)
def test_the_next_step_is_the_first_still_to_come(today: date, words: str) -> None:
    assert next_step_in_words(dates_ahead(coming(options=(Option(months=24),)), today=today)) == words


def test_without_an_end_there_is_only_the_review() -> None:
    rolling = coming(ends_on=None, review_on=date(2026, 4, 1))
    assert labelled(rolling, date(2025, 1, 1)) == {REVIEW: date(2026, 4, 1)}
    assert dates_ahead(coming(ends_on=None), today=date(2025, 1, 1)) == ()


@given(st.dates(date(2022, 4, 1), date(2040, 12, 31)), st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_dates_run_forwards_and_say_rightly_which_are_past(ends_on: date, today: date) -> None:
    options = (Option(months=12), Option(ends_on=add_months(ends_on, 36)))
    dates = dates_ahead(coming(ends_on=ends_on, options=options), today=today)
    assert [one.on for one in dates] == sorted(one.on for one in dates)
    assert all(one.is_late == (one.on < today) for one in dates)
    step = next_step(dates)
    assert (step is None) == (ends_on < today)
