"""Whether a published notice still fits its decision."""

from dataclasses import replace
from datetime import date

import pytest

from app.council.rules import NoticePeriods
from app.decisions.rules.announced import Announced, covers, moved_away, moved_from_meeting, taken_outside
from app.decisions.rules.notice import earliest_decision
from app.decisions.rules.timing import Timing


@pytest.mark.parametrize(
    ("announced", "now", "still"),
    [
        ("not before 5 November 2025", "10 November 2025", True),
        ("not before 5 November 2025", "4 November 2025", False),
        ("not before 5 November 2025", "Q4 2025-26", True),
        ("not before 5 November 2025", "not known", False),
        ("5 November 2025", "5 November 2025", True),
        ("5 November 2025", "6 November 2025", False),
        ("Q3 2025-26", "12 December 2025", True),
        ("Q3 2025-26", "12 January 2026", False),
        ("2025-26", "Q4 2025-26", True),
        ("2025-26", "2026-27", False),
    ],
)
def test_a_notice_still_covers_what_falls_within_what_it_said(announced: str, now: str, *, still: bool) -> None:
    assert covers(Timing.parse(announced), Timing.parse(now)) is still


@pytest.mark.parametrize(
    ("announced", "decided_on", "outside"),
    [
        ((), date(2026, 1, 1), False),
        (("Q3 2025-26",), date(2025, 9, 30), True),
        (("Q3 2025-26",), date(2025, 10, 1), False),
        (("Q3 2025-26",), date(2025, 12, 31), False),
        (("Q3 2025-26",), date(2026, 1, 1), True),
        (("not before 5 November 2025",), date(2025, 11, 4), True),
        (("not before 5 November 2025",), date(2026, 2, 1), False),
        (("5 November 2025",), date(2025, 11, 6), True),
        (("5 November 2025", "Q3 2025-26"), date(2025, 11, 6), False),
    ],
)
def test_a_decision_is_taken_within_what_a_notice_of_it_said(
    announced: tuple[str, ...], decided_on: date, *, outside: bool
) -> None:
    assert bool(taken_outside(map(Timing.parse, announced), decided_on)) is outside


SAID = Announced(
    title="Home care from 2028",
    purpose="To keep people at home",
    when=Timing.not_before(date(2025, 11, 5)),
    taker="Cabinet",
    members=("A", "B"),
    restriction="open",
    closed=0,
)


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (SAID, ()),
        (replace(SAID, when=Timing.on(date(2025, 12, 1))), ()),
        (
            replace(SAID, when=Timing.on(date(2025, 10, 1))),
            ("It was announced for not before 5 November 2025; it is now 1 October 2025.",),
        ),
        (
            replace(SAID, when=Timing.not_known()),
            ("It was announced for not before 5 November 2025; its timing is not known yet.",),
        ),
        (
            replace(SAID, title="Care at home"),
            ("It was announced as “Home care from 2028”; it is now called “Care at home”.",),
        ),
        (
            replace(SAID, purpose="To bring home care in-house"),
            ("What the decision is for has been written anew: the notice states the matter as it was.",),
        ),
        (replace(SAID, taker="The Leader"), ("It was to be taken by Cabinet; it is now The Leader.",)),
        (replace(SAID, members=("A",)), ("The members of the body that takes it have changed.",)),
        (
            replace(SAID, restriction="part exempt", closed=1),
            ("It was announced as open; it is now part exempt.",),
        ),
    ],
)
def test_a_new_notice_is_asked_for_when_the_date_the_matter_the_taker_or_the_restriction_moves(
    now: Announced, why: tuple[str, ...]
) -> None:
    assert moved_away(SAID, now) == why


def test_a_matter_that_opens_up_needs_no_new_notice() -> None:
    assert moved_away(replace(SAID, restriction="fully exempt", closed=2), SAID) == ()


def test_a_date_within_the_period_announced_is_too_early_before_the_notice_has_run() -> None:
    earliest = earliest_decision(date(2025, 10, 20), NoticePeriods(), frozenset())
    announced = replace(SAID, when=Timing.parse("Q3 2025-26"))
    brought_forward = replace(SAID, when=Timing.on(date(2025, 11, 17)))
    (said,) = moved_away(announced, brought_forward, earliest)
    assert said.startswith("It allows no decision before 18 November 2025, 28 clear days after 20 October 2025")
    assert moved_away(announced, replace(SAID, when=Timing.on(date(2025, 11, 18))), earliest) == ()
    assert moved_away(announced, announced, earliest) == ()


@pytest.mark.parametrize(
    ("expected", "fits"),
    [
        ("10 November 2025", True),
        ("11 November 2025", False),
        ("not before 5 November 2025", True),
        ("not before 12 November 2025", False),
        ("Q3 2025-26", True),
        ("Q4 2025-26", False),
        ("not known", True),
    ],
)
def test_the_notice_of_a_private_meeting_fits_while_the_decision_may_be_on_its_day(
    expected: str, *, fits: bool
) -> None:
    now = replace(SAID, when=Timing.parse(expected))
    found = moved_from_meeting(SAID, now, date(2025, 11, 10))
    said = f"It gives notice of a meeting on 10 November 2025; the decision is now expected {now.when.in_words}."
    assert found == (() if fits else (said,))
    assert moved_from_meeting(SAID, replace(SAID, taker="The Leader"), None) == (
        "It was to be taken by Cabinet; it is now The Leader.",
    )
