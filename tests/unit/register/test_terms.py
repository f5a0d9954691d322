"""How long a contract runs, and how that reads."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.dates import months_and_days
from app.core.errors import Refusal
from app.register.terms import (
    Option,
    Term,
    check_term,
    current_length,
    latest_length,
    length_in_words,
    option_dates,
    option_ends,
)

APRIL_2015 = date(2015, 4, 1)


def a_term(years: int = 3, *options: int, starts_on: date | None = APRIL_2015, moved_to: tuple[date, ...] = ()) -> Term:
    """So many years from 1 April 2015, with options of so many months."""
    return Term(starts_on, date(2015 + years, 3, 31), moved_to, tuple(Option(months) for months in options))


@pytest.mark.parametrize(
    ("term", "words"),
    [
        pytest.param(a_term(3, 24), "5 years (3 + 2)", id="36 + 24 months"),
        pytest.param(a_term(5, 60), "10 years (5 + 5)", id="as long again"),
        pytest.param(a_term(4, 12, 12, 12), "4 years + 3 × 12 months", id="48 + 12 + 12 + 12"),
        pytest.param(a_term(3, 24, 12), "6 years (3 + 2 + 1)", id="options that differ"),
        pytest.param(a_term(5), "5 years", id="no options"),
        pytest.param(Term(APRIL_2015, date(2016, 9, 30)), "18 months", id="not whole years"),
        pytest.param(
            Term(APRIL_2015, date(2016, 9, 30), options=(Option(6),)),
            "2 years (18 + 6 months)",
            id="whole years only in sum",
        ),
        pytest.param(Term(APRIL_2015, date(2015, 7, 4)), "3 months and 4 days", id="odd days"),
        pytest.param(
            Term(APRIL_2015, date(2015, 7, 4), options=(Option(12),)),
            "3 months and 4 days + 1 year",
            id="odd days and an option",
        ),
        pytest.param(a_term(3, moved_to=(date(2020, 3, 31),)), "5 years (3 + 2)", id="an extension taken up"),
        pytest.param(a_term(3, 12, moved_to=(date(2019, 3, 31),)), "3 years + 2 × 12 months", id="one taken, one left"),
        pytest.param(a_term(5, moved_to=(date(2018, 3, 31),)), "3 years", id="shortened by a variation"),
        pytest.param(
            Term(APRIL_2015, date(2018, 3, 31), options=(Option(ends_on=date(2020, 3, 31)),)),
            "5 years (3 + 2)",
            id="an option known by its end",
        ),
        pytest.param(
            Term(date(2016, 2, 29), date(2021, 2, 28), options=(Option(24),)), "7 years (5 + 2)", id="from a leap day"
        ),
        pytest.param(
            Term(date(2015, 3, 31), date(2016, 3, 30), options=(Option(1), Option(1))),
            "1 year + 2 × 1 month",
            id="options from the 31st are as long as they say",
        ),
        pytest.param(Term(APRIL_2015, None, rolling=True, notice_months=6), "Rolling, 6 months' notice", id="rolling"),
        pytest.param(
            Term(APRIL_2015, None, rolling=True, notice_months=1), "Rolling, 1 month's notice", id="a month's"
        ),
        pytest.param(Term(APRIL_2015, None, rolling=True), "Rolling", id="rolling, notice not known"),
        pytest.param(Term(APRIL_2015, None), "No end date recorded", id="no end"),
        pytest.param(Term(None, None), "No end date recorded", id="neither"),
        pytest.param(a_term(3, starts_on=None), "No start date recorded", id="no start"),
    ],
)
def test_a_length_is_headed_by_its_total_with_options(term: Term, words: str) -> None:
    assert length_in_words(term) == words


def test_a_contract_has_two_ends() -> None:
    term = a_term(4, 12, 12, 12)
    assert (term.current_end_on, term.latest_end_on) == (date(2019, 3, 31), date(2022, 3, 31))


def test_an_extension_taken_up_moves_the_current_end_and_not_the_award() -> None:
    term = a_term(3, 12, moved_to=(date(2020, 3, 31),))
    assert (term.ends_on, term.current_end_on, term.latest_end_on) == (
        date(2018, 3, 31),
        date(2020, 3, 31),
        date(2021, 3, 31),
    )


@pytest.mark.parametrize(
    ("end", "months", "ends"),
    [
        pytest.param(date(2019, 2, 28), (12,), (date(2020, 2, 29),), id="a year to the end of a leap February"),
        pytest.param(date(2019, 4, 30), (1, 1), (date(2019, 5, 31), date(2019, 6, 30)), id="months of any length"),
        pytest.param(
            date(2016, 1, 30), (1, 1), (date(2016, 2, 29), date(2016, 3, 30)), id="counted from the end at once"
        ),
    ],
)
def test_options_lead_to_the_ends_of_months(end: date, months: tuple[int, ...], ends: tuple[date, ...]) -> None:
    assert option_ends(end, tuple(Option(number) for number in months)) == ends


@given(
    st.dates(date(2000, 1, 1), date(2050, 12, 31)),
    st.lists(st.integers(min_value=1, max_value=60), min_size=1, max_size=5),
)
def test_all_options_together_are_as_long_as_their_sum(end: date, months: list[int]) -> None:
    ends = option_ends(end, tuple(Option(number) for number in months))
    assert list(ends) == sorted(set(ends))
    assert months_and_days(end + timedelta(days=1), ends[-1]) == (sum(months), 0)


def test_lengths_are_of_the_longest_and_of_the_present_term() -> None:
    assert (current_length(a_term(3, 24)), latest_length(a_term(3, 24))) == ((36, 0), (60, 0))


@pytest.mark.parametrize(
    "term",
    [Term(APRIL_2015, None), a_term(3, starts_on=None), Term(APRIL_2015, date(2018, 3, 31), rolling=True)],
    ids=["no end", "no start", "rolling"],
)
def test_a_term_without_both_ends_has_no_length(term: Term) -> None:
    assert latest_length(term) is None
    assert current_length(term) is None


@pytest.mark.parametrize(
    ("term", "field"),
    [
        pytest.param(Term(APRIL_2015, date(2015, 3, 31)), "awarded_end_on", id="awarded to end before it starts"),
        pytest.param(a_term(3, moved_to=(date(2014, 3, 31),)), "ends_on", id="moved to before it starts"),
        pytest.param(
            Term(APRIL_2015, date(2018, 3, 31), options=(Option(ends_on=date(2018, 3, 31)),)),
            "options",
            id="an option that adds nothing",
        ),
        pytest.param(
            Term(APRIL_2015, date(2018, 3, 31), options=(Option(24), Option(ends_on=date(2019, 3, 31)))),
            "options",
            id="an option that ends before the last",
        ),
    ],
)
def test_dates_that_run_backwards_are_refused_beside_their_field(term: Term, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_term(term)
    assert refused.value.field == field


def test_dates_that_run_forwards_pass() -> None:
    assert check_term(a_term(3, 24)) == a_term(3, 24)
    assert check_term(Term(None, None)) == Term(None, None)


def test_an_option_of_no_length_is_refused() -> None:
    with pytest.raises(Refusal, match="how many months"):
        Option()


@pytest.mark.parametrize(
    ("notice", "take_up_by", "because"),
    [
        pytest.param(None, date(2017, 9, 30), "decision's chain", id="no notice to the provider"),
        pytest.param(3, date(2017, 9, 30), "decision's chain", id="a notice shorter than the decision"),
        pytest.param(9, date(2017, 6, 30), "provider's notice", id="a notice longer than the decision"),
    ],
)
def test_an_option_has_two_dates(notice: int | None, take_up_by: date, because: str) -> None:
    dates = option_dates(date(2018, 3, 31), Option(24, notice_months=notice), procurement_months=18, decision_months=6)
    assert (dates.last_free_choice_on, dates.take_up_by) == (date(2016, 9, 30), take_up_by)
    assert because in dates.take_up_working
    assert dates.free_choice_working == "18 months for a full procurement before 31 March 2018 is 30 September 2016"
