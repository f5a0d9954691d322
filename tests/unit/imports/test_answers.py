"""The answers file: read strictly, written so that it reads back."""

import pytest

from app.core.errors import Refusal
from app.imports.answers import QUESTIONS, Answer, Answers, PatternKey, PatternKind, dump_answers, load_answers
from app.imports.targets import Target

KEY = PatternKey(PatternKind.NO_END, Target.CURRENT_END_ON, "ongoing")


def test_an_answers_file_is_read() -> None:
    said = """{"patterns": {"no_end": "no_end", "zero": "Zero"}, "columns": {"Agreement": "Title", "C": "unit"},
               "unit": "Adults", "sheet": "Register", "header_row": 4}"""
    assert load_answers(said) == Answers(
        {"no_end": Answer.NO_END, "zero": Answer.ZERO},
        {"Agreement": Target.TITLE, "C": Target.UNIT},
        unit="Adults",
        sheet="Register",
        header_row=4,
    )


def test_what_is_written_reads_back() -> None:
    answers = Answers(dict.fromkeys(KEY.codes, Answer.NO_END), {"Agreement": Target.TITLE}, "Adults", "S", 2)
    assert load_answers(dump_answers(answers)) == answers
    assert load_answers(dump_answers(Answers())) == Answers()


def test_the_closest_answer_counts() -> None:
    wide = {"no_end": Answer.NO_END}
    assert Answers(wide).given(KEY) is Answer.NO_END
    assert Answers(wide | {"no_end:current_end_on": Answer.HOLD}).given(KEY) is Answer.HOLD
    both = wide | {"no_end:current_end_on": Answer.HOLD, "no_end:current_end_on:ongoing": Answer.NO_END}
    assert Answers(both).given(KEY) is Answer.NO_END
    assert Answers().given(KEY) is None
    assert Answers().settled(KEY) is Answer.HOLD


@pytest.mark.parametrize("kind", PatternKind)
def test_every_question_has_words_and_a_way_to_leave_it_open(kind: PatternKind) -> None:
    question = QUESTIONS[kind]
    assert question.default in question.answers
    assert {Answer.HOLD, Answer.REFUSE} & set(question.answers)
    assert PatternKey(kind, Target.VALUE, "x").wording.startswith("“Contract value”")


def test_only_nought_an_unsaid_basis_and_far_dates_go_on_without_an_answer() -> None:
    going_on = {kind for kind, question in QUESTIONS.items() if question.default not in {Answer.HOLD, Answer.REFUSE}}
    far = {PatternKind.FAR_END, PatternKind.FAR_EXTENSION}
    assert going_on == {PatternKind.ZERO, PatternKind.UNSAID_BASIS} | far


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "one object"),
        ('{"pattern": {}}', "use patterns, columns"),
        ('{"patterns": []}', "must be an object"),
        ('{"patterns": {"no_end": 1}}', "must be an object"),
        ('{"patterns": {"whatever": "hold"}}', "which is not asked"),
        ('{"patterns": {"no_end": "zero"}}', "use one of hold, no_end"),
        ('{"columns": {"Agreement": "sausage"}}', "use one of register_id"),
        ('{"unit": 5}', "must be text"),
        ('{"header_row": "4"}', "row number"),
        ('{"header_row": true}', "row number"),
    ],
)
def test_a_wrong_answers_file_says_what_would_be_right(text: str, cure: str) -> None:
    with pytest.raises(Refusal) as refusal:
        load_answers(text)
    assert cure in refusal.value.message
