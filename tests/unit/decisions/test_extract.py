"""The register extract: what the register said on an earlier day, and which contracts count then."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.decisions.rules.extract import Changed, Known, Term, back_at, days_compared, is_counted

MARCH, JUNE, SEPTEMBER = date(2026, 3, 10), date(2026, 6, 10), date(2026, 9, 10)
TODAY = date(2026, 11, 22)

ADDED = Changed(MARCH, added=True, fields={"title": [None, "Home care"], "concern": [None, "Late visits"]})
ALLAYED = Changed(JUNE, added=False, fields={"concern": ["Late visits", None]})
RAISED = Changed(
    SEPTEMBER, added=False, fields={"concern": [None, "Inspectors are worried"], "stage": ["awarded", "x"]}
)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(MARCH - ONE_DAY, "Late visits", id="before it came onto the register: as first recorded"),
        pytest.param(MARCH, "Late visits", id="the day it came"),
        pytest.param(JUNE - ONE_DAY, "Late visits", id="the day before a change"),
        pytest.param(JUNE, None, id="a change counts from the end of its day"),
        pytest.param(SEPTEMBER - ONE_DAY, None, id="between two changes"),
        pytest.param(SEPTEMBER, "Inspectors are worried", id="the day of the last change"),
        pytest.param(TODAY, "Inspectors are worried", id="today"),
    ],
)
def test_a_field_is_read_as_it_stood_at_the_end_of_the_day(day: date, expected: str | None) -> None:
    after = [one for one in (ADDED, ALLAYED, RAISED) if one.on > day]
    assert back_at(after, day).held("concern", "Inspectors are worried") == expected
    assert back_at([ADDED, ALLAYED, RAISED], day).held("concern", "Inspectors are worried") == expected


def test_what_is_settled_on_the_day_a_record_is_added_is_part_of_how_it_was_first_recorded() -> None:
    settled = Changed(MARCH, added=False, fields={"current_end_on": [None, "2028-03-31"]})
    assert back_at([ADDED, settled], MARCH - ONE_DAY).held("current_end_on", "2028-03-31") == "2028-03-31"


@given(st.lists(st.tuples(st.integers(1, 300), st.sampled_from(["planning", "tender", "award", None])), max_size=8))
def test_walking_back_finds_what_was_written_on_the_way(steps: list[tuple[int, Known]]) -> None:
    start, told, value = date(2026, 1, 1), [], None
    at_end: dict[date, Known] = {start: None}
    for after, new in sorted(steps, key=lambda one: one[0]):
        on = start + timedelta(days=after)
        told.append(Changed(on, added=False, fields={"status": [value, new]}))
        value = new
        at_end[on] = new
    for on, expected in at_end.items():
        assert back_at(told, on).held("status", value) == expected


@pytest.mark.parametrize(
    ("term", "replaced", "expected"),
    [
        pytest.param(
            Term(planned=False, starts_on=date(2024, 4, 1), ends_on=date(2028, 3, 31)), False, True, id="running"
        ),
        pytest.param(Term(planned=False, starts_on=None, ends_on=None), False, True, id="no dates: it runs"),
        pytest.param(Term(planned=True, starts_on=date(2024, 4, 1), ends_on=None), False, False, id="only planned"),
        pytest.param(Term(planned=False, starts_on=TODAY, ends_on=None), False, True, id="starts on the day"),
        pytest.param(
            Term(planned=False, starts_on=TODAY + ONE_DAY, ends_on=None), False, False, id="starts the day after"
        ),
        pytest.param(Term(planned=False, starts_on=None, ends_on=TODAY), False, True, id="ends on the day"),
        pytest.param(
            Term(planned=False, starts_on=None, ends_on=TODAY - ONE_DAY),
            False,
            True,
            id="ended the day before, nothing in its place",
        ),
        pytest.param(
            Term(planned=False, starts_on=None, ends_on=TODAY - ONE_DAY),
            True,
            False,
            id="ended the day before, replaced",
        ),
        pytest.param(
            Term(planned=False, starts_on=None, ends_on=date(2025, 11, 22)), False, True, id="ended a year ago"
        ),
        pytest.param(
            Term(planned=False, starts_on=None, ends_on=date(2025, 11, 21)),
            False,
            False,
            id="ended more than a year ago",
        ),
    ],
)
def test_which_contracts_count(term: Term, replaced: bool, expected: bool) -> None:  # noqa: FBT001 - a truth table
    assert is_counted(term, TODAY, months=12, replaced=replaced) is expected


@pytest.mark.parametrize(
    ("meetings", "asked", "expected"),
    [
        pytest.param([MARCH, JUNE, SEPTEMBER, date(2027, 1, 1)], [], (JUNE, SEPTEMBER), id="the last two meetings"),
        pytest.param([TODAY, SEPTEMBER, JUNE], [], (JUNE, SEPTEMBER), id="today's own is no earlier one"),
        pytest.param([], [], (date(2026, 5, 22), date(2026, 8, 22)), id="no meeting: three months apart"),
        pytest.param([SEPTEMBER], [], (date(2026, 8, 22), SEPTEMBER), id="one meeting"),
        pytest.param([JUNE, SEPTEMBER], [SEPTEMBER, MARCH], (MARCH, SEPTEMBER), id="asked for, in either order"),
        pytest.param([JUNE, SEPTEMBER], [MARCH, None], (date(2025, 12, 10), MARCH), id="one asked for, none before it"),
        pytest.param([JUNE, SEPTEMBER], [None, SEPTEMBER], (JUNE, SEPTEMBER), id="one asked for, a meeting before it"),
        pytest.param([JUNE, SEPTEMBER], [TODAY, TODAY + ONE_DAY], (JUNE, SEPTEMBER), id="days not before today"),
        pytest.param([JUNE, SEPTEMBER], [MARCH, MARCH], (date(2025, 12, 10), MARCH), id="the same day twice"),
    ],
)
def test_two_earlier_days_and_today_are_compared(
    meetings: list[date], asked: list[date | None], expected: tuple[date, date]
) -> None:
    assert days_compared(TODAY, meetings, asked) == (*expected, TODAY)
