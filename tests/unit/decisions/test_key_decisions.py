"""Whether an activity needs a key decision."""

from decimal import Decimal

import pytest

from app.core.errors import Refusal
from app.council.rules import Operator, Threshold, ThresholdBasis
from app.decisions.rules.key_decisions import (
    Effects,
    Ground,
    Judgement,
    Line,
    LineKind,
    PersonsJudgement,
    Thresholds,
    check_effects,
    check_judgement,
    needs_key_decision,
)
from app.register.thresholds import Answer

MILLION = Decimal(1_000_000)
KENT = Thresholds(Threshold(MILLION))
NOTTINGHAMSHIRE = Thresholds(Threshold(MILLION, Operator.AT_LEAST))
NONE = Effects()
EVERYWHERE = Effects(two_divisions=True, two_divisions_reason="Every household in the county")
OWN_FOR_CAPITAL = Thresholds(Threshold(MILLION), Threshold(5 * MILLION))
REVENUE, CAPITAL, SAVINGS = LineKind


def a_line(kind: LineKind, high: str, low: str | None = None) -> Line:
    return Line(kind, Decimal(low or high), Decimal(high))


@pytest.mark.parametrize(
    ("lines", "thresholds", "effects", "answer", "grounds"),
    [
        pytest.param([a_line(REVENUE, "1000000")], KENT, NONE, Answer.NOT_OVER, (), id="£1,000,000.00 in Kent"),
        pytest.param(
            [a_line(REVENUE, "1000000.01")], KENT, NONE, Answer.OVER, (Ground.EXPENDITURE,), id="a penny more in Kent"
        ),
        pytest.param(
            [a_line(REVENUE, "1000000")], NOTTINGHAMSHIRE, NONE, Answer.OVER, (Ground.EXPENDITURE,), id="in Notts"
        ),
        pytest.param(
            [a_line(REVENUE, "1200000", "800000")],
            KENT,
            NONE,
            Answer.OVER,
            (Ground.EXPENDITURE,),
            id="range's high end",
        ),
        pytest.param(
            [a_line(REVENUE, "600000"), a_line(CAPITAL, "600000")],
            KENT,
            NONE,
            Answer.OVER,
            (Ground.EXPENDITURE,),
            id="revenue and capital are one expenditure",
        ),
        pytest.param(
            [a_line(REVENUE, "600000"), a_line(CAPITAL, "600000")],
            OWN_FOR_CAPITAL,
            NONE,
            Answer.NOT_OVER,
            (),
            id="unless capital has its own threshold",
        ),
        pytest.param(
            [a_line(CAPITAL, "5000000.01")],
            OWN_FOR_CAPITAL,
            NONE,
            Answer.OVER,
            (Ground.EXPENDITURE,),
            id="capital over",
        ),
        pytest.param(
            [a_line(REVENUE, "600000"), a_line(SAVINGS, "600000")],
            KENT,
            NONE,
            Answer.NOT_OVER,
            (),
            id="savings are not expenditure",
        ),
        pytest.param(
            [a_line(REVENUE, "2000000"), a_line(SAVINGS, "1500000")],
            KENT,
            NONE,
            Answer.OVER,
            (Ground.EXPENDITURE, Ground.SAVINGS),
            id="two grounds",
        ),
        pytest.param([], KENT, NONE, Answer.CANNOT_TELL, (), id="nothing recorded is not no"),
        pytest.param(
            [],
            KENT,
            EVERYWHERE,
            Answer.OVER,
            (Ground.TWO_DIVISIONS,),
            id="two divisions",
        ),
        pytest.param(
            [a_line(REVENUE, "5")],
            KENT,
            Effects(two_divisions_reason="One village"),
            Answer.NOT_OVER,
            (),
            id="one electoral division",
        ),
        pytest.param(
            [a_line(REVENUE, "5")],
            KENT,
            Effects(other_ground="A new policy"),
            Answer.OVER,
            (Ground.OTHER,),
            id="other ground",
        ),
    ],
)
def test_a_key_decision_is_needed_on_any_ground(
    lines: list[Line], thresholds: Thresholds, effects: Effects, answer: Answer, grounds: tuple[Ground, ...]
) -> None:
    result = needs_key_decision(lines, thresholds, effects)
    assert (result.answer, result.grounds) == (answer, grounds)
    assert result.is_needed is (answer is Answer.OVER)
    assert result.working


A_YEAR = Thresholds(Threshold(Decimal(500_000), basis=ThresholdBasis.ANNUAL))
A_YEAR_AT_LEAST = Thresholds(Threshold(Decimal(500_000), Operator.AT_LEAST, ThresholdBasis.ANNUAL))


@pytest.mark.parametrize(
    ("high", "months", "thresholds", "answer"),
    [
        pytest.param("1500000", 36, A_YEAR, Answer.NOT_OVER, id="the sum itself each year"),
        pytest.param("1500000", 36, A_YEAR_AT_LEAST, Answer.OVER, id="at least the sum each year"),
        pytest.param("1500000.01", 36, A_YEAR, Answer.OVER, id="a penny over three years is not rounded away"),
        pytest.param("2000000", 60, A_YEAR, Answer.NOT_OVER, id="£2m over five years is £400,000 a year"),
        pytest.param("500000.01", 6, A_YEAR, Answer.OVER, id="half a year spends it in one"),
        pytest.param("300000", 6, A_YEAR, Answer.NOT_OVER, id="half a year is not doubled"),
        pytest.param("2000000", None, A_YEAR, Answer.CANNOT_TELL, id="no term to divide it by"),
        pytest.param("500000", None, A_YEAR, Answer.NOT_OVER, id="too little for any year"),
        pytest.param("1000000.01", 60, KENT, Answer.OVER, id="a whole-life threshold asks for no term"),
    ],
)
def test_a_threshold_of_so_much_a_year_is_held_against_a_years_spending(
    high: str, months: int | None, thresholds: Thresholds, answer: Answer
) -> None:
    assert needs_key_decision([a_line(REVENUE, high)], thresholds, months=months).answer is answer


def test_what_cannot_be_told_of_a_year_says_why() -> None:
    result = needs_key_decision([a_line(REVENUE, "2000000")], A_YEAR)
    assert result.working == ("Cannot be tested: Expenditure of £2,000,000, without a term to divide it by.",)


def test_the_answer_shows_its_working() -> None:
    result = needs_key_decision([a_line(REVENUE, "1200000", "800000")], KENT)
    assert result.working == (
        "Expenditure of £1,200,000 (the high end of £800,000 to £1,200,000): more than £1,000,000.",
    )


OVER = [a_line(REVENUE, "1200000")]
UNDER = [a_line(REVENUE, "900000")]
NOT_NEEDED = PersonsJudgement(Judgement.NOT_NEEDED, "Decided in 2014 (14/00123)", Decimal(1_200_000))
NEEDED = PersonsJudgement(Judgement.NEEDED, "Of wide public interest", Decimal(900_000))


def test_a_person_may_decide_against_the_computed_answer_with_a_reason() -> None:
    result = needs_key_decision(OVER, KENT, judgement=NOT_NEEDED)
    assert (result.answer, result.grounds, result.judged) == (Answer.NOT_OVER, (), True)
    assert result.working[0] == "Judged by a person: no key decision is needed. Decided in 2014 (14/00123)"
    assert "more than £1,000,000" in result.working[1]


def test_a_decision_judged_key_without_a_computed_ground_has_the_persons() -> None:
    result = needs_key_decision(UNDER, KENT, judgement=NEEDED)
    assert (result.answer, result.grounds) == (Answer.OVER, (Ground.OTHER,))


def test_the_judgement_lapses_when_the_value_moves() -> None:
    result = needs_key_decision([a_line(REVENUE, "1200000.01")], KENT, judgement=NOT_NEEDED)
    assert (result.answer, result.judged, result.judgement_lapsed) == (Answer.OVER, False, True)
    assert "when the amount was £1,200,000: the value has moved, so judge it again" in result.working[0]


def test_a_judgement_made_without_an_amount_lapses_when_one_is_entered() -> None:
    judgement = PersonsJudgement(Judgement.NEEDED, "Of wide public interest", None)
    assert needs_key_decision([], KENT, judgement=judgement).judged
    assert needs_key_decision(UNDER, KENT, judgement=judgement).judgement_lapsed


def test_a_judgement_needs_a_reason() -> None:
    with pytest.raises(Refusal, match="Say why"):
        check_judgement(PersonsJudgement(Judgement.NEEDED, "  ", None))
    assert check_judgement(NEEDED) == NEEDED


def test_an_effect_on_two_divisions_needs_a_reason_too() -> None:
    with pytest.raises(Refusal, match="two or more electoral divisions"):
        check_effects(Effects(two_divisions=True, two_divisions_reason=" "))
    assert check_effects(EVERYWHERE) == EVERYWHERE
    assert check_effects(NONE) == NONE
