"""Requests, default meetings and agendas: every move, and the meeting each kind of timing comes to."""

from datetime import date
from itertools import product

import pytest

from app.core.errors import Refusal
from app.council.models import CommitteeKind
from app.decisions.rules.pre_scrutiny import (
    LETTERS,
    AgendaSection,
    Body,
    ItemOutcome,
    RequestState,
    Sitting,
    asked_to,
    check_outcome,
    heading,
    meeting_before,
    move,
    moved,
    section_for,
    state_in_words,
    takes_by_default,
    too_soon,
)
from app.decisions.rules.timing import Timing

S = RequestState
TODAY = date(2026, 11, 22)
ALLOWED = {
    (S.ASKED, S.ACCEPTED),
    (S.ASKED, S.DECLINED),
    (S.ASKED, S.MERGED),
    (S.ASKED, S.TAKEN_BACK),
    (S.ACCEPTED, S.TAKEN_BACK),
    (S.DECLINED, S.ACCEPTED),
    (S.MERGED, S.TAKEN_BACK),
}


@pytest.mark.parametrize(("now", "to"), [*product(RequestState, repeat=2)])
def test_only_the_listed_answers_may_be_given(now: RequestState, to: RequestState) -> None:
    into = 3 if to is S.MERGED else None
    if (now, to) in ALLOWED:
        assert move(now, to, reason="It comes in March anyway", into=into) is to
    else:
        with pytest.raises(Refusal):
            move(now, to, reason="It comes in March anyway", into=into)


@pytest.mark.parametrize("to", [S.DECLINED, S.MERGED])
@pytest.mark.parametrize("reason", [None, "", "  "])
def test_whoever_asked_is_told_why_not(to: RequestState, reason: str | None) -> None:
    with pytest.raises(Refusal, match="Say why"):
        move(S.ASKED, to, reason=reason, into=3 if to is S.MERGED else None)


def test_a_merged_request_says_into_which() -> None:
    with pytest.raises(Refusal, match="Choose the request"):
        move(S.ASKED, S.MERGED, reason="The same matter")
    with pytest.raises(Refusal, match="Choose the request"):
        move(S.ASKED, S.ACCEPTED, into=3)


JANUARY = Sitting(1, date(2027, 1, 12), date(2027, 1, 4))
MARCH = Sitting(2, date(2027, 3, 9), date(2027, 3, 1))
MAY = Sitting(3, date(2027, 5, 11))
NOVEMBER = Sitting(4, date(2026, 11, 24), date(2026, 11, 16))
ALL = (MAY, NOVEMBER, JANUARY, MARCH)


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        pytest.param("10 March 2027", MARCH, id="the day before the decision"),
        pytest.param("9 March 2027", JANUARY, id="not on the day of the decision itself"),
        pytest.param("not before 1 June 2027", MAY, id="not before a date"),
        pytest.param("not before 1 January 2027", None, id="not before a date that no meeting comes before"),
        pytest.param("Q1 2027-28", MARCH, id="a quarter: before its first day"),
        pytest.param("Q4 2026-27", JANUARY, id="a quarter with no meeting before it: the first within"),
        pytest.param("2027-28", MARCH, id="a year"),
        pytest.param("30 November 2026", None, id="papers of the only meeting were due already"),
        pytest.param("not known", None, id="not known"),
    ],
)
def test_a_key_decision_comes_to_the_last_meeting_before_it(timing: str, expected: Sitting | None) -> None:
    assert meeting_before(ALL, Timing.parse(timing), today=TODAY) == expected


@pytest.mark.parametrize(
    ("due", "answer"),
    [
        pytest.param(None, False, id="no deadline recorded"),
        pytest.param(date(2026, 12, 5), True, id="a day short of two weeks"),
        pytest.param(date(2026, 12, 6), False, id="two weeks to the day"),
    ],
)
def test_a_meeting_too_near_for_a_report_is_warned_of(due: date | None, *, answer: bool) -> None:
    assert too_soon(due, today=TODAY, weeks=2) is answer


def test_only_cabinet_committees_are_given_key_decisions_by_default() -> None:
    assert [body for body in Body if takes_by_default(body)] == [Body.CABINET_COMMITTEE]
    assert [body.value for body in Body] == [kind.value for kind in CommitteeKind]


def test_an_agenda_is_in_kents_order_whatever_the_body() -> None:
    assert "".join(LETTERS[section] for section in AgendaSection) == "BCDE"
    for body, section in product(Body, AgendaSection):
        assert heading(section, body).startswith(f"{LETTERS[section]}. ")
        assert asked_to(section, body)
    assert "called in" in heading(AgendaSection.DECISIONS, Body.SCRUTINY)
    assert "urgency" in heading(AgendaSection.URGENT, Body.SCRUTINY)
    assert section_for(is_activity=True) is AgendaSection.DECISIONS
    assert section_for(is_activity=False) is AgendaSection.PERFORMANCE


@pytest.mark.parametrize(
    ("one", "up", "order"),
    [(1, True, (1, 2, 3)), (2, True, (2, 1, 3)), (2, False, (1, 3, 2)), (3, False, (1, 2, 3))],
)
def test_an_item_moves_one_place_and_stays_at_the_end(one: int, *, up: bool, order: tuple[int, ...]) -> None:
    assert moved((1, 2, 3), one, up=up) == order


NEEDS_WORDS = {ItemOutcome.ENDORSED_WITH_CHANGES, ItemOutcome.FURTHER_REPORT, ItemOutcome.NOT_ENDORSED}


@pytest.mark.parametrize("outcome", ItemOutcome)
def test_an_outcome_waits_for_the_meeting_and_says_what_was_recommended(outcome: ItemOutcome) -> None:
    check_outcome(outcome, meets_on=TODAY, recommendations="Break it into lots", today=TODAY)
    for meets_on in (None, date(2026, 11, 23)):
        with pytest.raises(Refusal):
            check_outcome(outcome, meets_on=meets_on, recommendations="Break it into lots", today=TODAY)
    if outcome in NEEDS_WORDS:
        with pytest.raises(Refusal, match="recommended"):
            check_outcome(outcome, meets_on=TODAY, recommendations=" ", today=TODAY)
    else:
        check_outcome(outcome, meets_on=TODAY, recommendations=None, today=TODAY)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"outcome": ItemOutcome.ENDORSED, "meets_on": TODAY, "on_programme": True}, "Endorsed"),
        ({"meets_on": TODAY, "on_programme": True}, "On the agenda"),
        ({"meets_on": date(2026, 11, 21), "on_programme": True}, "Heard, outcome to be recorded"),
        ({"on_programme": True, "asked": True}, "On the work programme"),
        ({"left_out": True, "asked": True}, "Left out for urgency"),
        ({"asked": True}, "Asked for"),
        ({}, ""),
    ],
)
def test_how_far_it_has_come_is_said_in_a_line(facts: dict[str, object], words: str) -> None:
    known = {"outcome": None, "meets_on": None, "on_programme": False, "asked": False, "left_out": False, **facts}
    assert state_in_words(**known, today=TODAY) == words  # type: ignore[arg-type]  # the cases name what differs
