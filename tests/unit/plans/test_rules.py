"""How a return moves, what it must hold to do so, and how it stands on a day."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.plans import rules
from app.plans.rules import Answer, Part, ReturnState, Under

S = ReturnState
DUE = date(2027, 1, 15)
ALLOWED = {
    (S.TO_BE_MADE, S.SENT),
    (S.SENT, S.SENT_BACK),
    (S.SENT, S.SIGNED_OFF),
    (S.SENT_BACK, S.SENT),
    (S.SIGNED_OFF, S.SENT_BACK),
}
COMPLETE = dict.fromkeys(Part, Answer.COMPLETE)


@pytest.mark.parametrize(("now", "to"), [*product(ReturnState, repeat=2)])
def test_only_the_listed_moves_are_allowed(now: ReturnState, to: ReturnState) -> None:
    if (now, to) in ALLOWED:
        assert rules.move(now, to, reason="Put the waste sites in") is to
    else:
        with pytest.raises(Refusal, match=f"A return that is {now} cannot be {to}: "):
            rules.move(now, to, reason="Put the waste sites in")


@pytest.mark.parametrize("now", [S.SENT, S.SIGNED_OFF])
@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_return_comes_back_only_with_a_reason(now: ReturnState, reason: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        rules.move(now, S.SENT_BACK, reason=reason)
    assert refused.value.field == "reason"


@pytest.mark.parametrize("state", ReturnState)
def test_parts_are_answered_before_it_is_sent_and_after_it_came_back(state: ReturnState) -> None:
    if state in {S.TO_BE_MADE, S.SENT_BACK}:
        rules.check_open(state)
    else:
        with pytest.raises(Refusal, match=f"This return is {state}"):
            rules.check_open(state)


@pytest.mark.parametrize(
    ("answer", "rows", "allowed"),
    [
        pytest.param(Answer.NIL, 0, True, id="nil of nothing"),
        pytest.param(Answer.NIL, 1, False, id="nil of one"),
        pytest.param(Answer.COMPLETE, 0, True, id="complete, with nothing"),
        pytest.param(Answer.COMPLETE, 12, True, id="complete"),
    ],
)
def test_nil_is_said_only_of_nothing(answer: Answer, rows: int, *, allowed: bool) -> None:
    if allowed:
        rules.check_answer(answer, rows, f"{rows} forthcoming activities")
    else:
        with pytest.raises(Refusal, match=f"The register holds {rows} forthcoming activities"):
            rules.check_answer(answer, rows, f"{rows} forthcoming activities")


@pytest.mark.parametrize(
    ("state", "unanswered", "missing", "reason", "refusal"),
    [
        pytest.param(S.TO_BE_MADE, (), 0, None, None, id="all answered, nothing missing"),
        pytest.param(S.SENT_BACK, (), 0, None, None, id="sent again"),
        pytest.param(S.TO_BE_MADE, (), 3, "They come in May", None, id="missing, with a reason"),
        pytest.param(S.TO_BE_MADE, (), 3, None, "3 things are still missing", id="missing, without a reason"),
        pytest.param(S.TO_BE_MADE, (), 1, " ", "1 thing is still missing", id="missing, with a blank reason"),
        pytest.param(S.TO_BE_MADE, (Part.SERVICES,), 0, None, "Not answered: services", id="one part unanswered"),
        pytest.param(
            S.TO_BE_MADE, (Part.SERVICES, Part.SOCIAL_VALUE), 0, None,
            "Not answered: services and social value", id="two parts unanswered",
        ),
        pytest.param(S.SENT, (), 0, None, "cannot be sent", id="sent already"),
        pytest.param(S.SIGNED_OFF, (), 0, None, "reopen it", id="signed off"),
    ],
)  # fmt: skip
def test_a_return_is_sent_whole(
    state: ReturnState, unanswered: tuple[Part, ...], missing: int, reason: str | None, refusal: str | None
) -> None:
    answers = {part: None if part in unanswered else answer for part, answer in COMPLETE.items()}
    if refusal is None:
        rules.check_send(state, answers, missing, reason)
    else:
        with pytest.raises(Refusal, match=refusal):
            rules.check_send(state, answers, missing, reason)


@pytest.mark.parametrize(("state", "all_nil"), [*product(ReturnState, [True, False])])
def test_a_directorate_is_signed_off_after_its_divisions(state: ReturnState, *, all_nil: bool) -> None:
    divisions = [Under("Highways", S.SIGNED_OFF), Under("Waste", state, all_nil)]
    if state in {S.SENT, S.SIGNED_OFF} or all_nil:
        rules.check_sign_off(S.SENT, divisions)
    else:
        with pytest.raises(Refusal, match="The return of Waste has not been sent"):
            rules.check_sign_off(S.SENT, divisions)


def test_a_return_is_signed_off_only_once_it_is_sent() -> None:
    with pytest.raises(Refusal, match="answer its parts and send it first"):
        rules.check_sign_off(S.TO_BE_MADE, [])


def test_nil_that_is_not_true_any_more_goes_nowhere() -> None:
    rules.check_nils([])
    with pytest.raises(Refusal, match="says nil for services and social value"):
        rules.check_nils([Part.SOCIAL_VALUE, Part.SERVICES])


@given(state=st.sampled_from(ReturnState), days=st.integers(-800, 800))
def test_a_return_is_late_from_the_day_after_it_was_due_until_it_is_sent(state: ReturnState, days: int) -> None:
    stands = rules.standing(state, DUE, today=DUE + timedelta(days=days))
    assert stands.late == (days > 0 and state in {S.TO_BE_MADE, S.SENT_BACK})
    assert str(state) in stands.words
    assert ("late" in stands.words) == stands.late


def test_a_round_asks_by_a_day_that_can_be_kept() -> None:
    rules.check_round(DUE, DUE, 4)
    with pytest.raises(Refusal, match="Enter 16 January 2027 or a later day"):
        rules.check_round(DUE, DUE + timedelta(days=1), 4)
    with pytest.raises(Refusal, match="There is no directorate to ask"):
        rules.check_round(DUE, DUE, 0)


def test_parts_are_the_annexes_in_their_order() -> None:
    assert [part.annex for part in Part] == [1, 2, 3, 4, 5]
