"""The monthly report keeps to two pages: the more there is to say, the fewer rows of each part stand on it."""

import pytest

from app.decisions.rules.two_pages import TITLE, WORKING, clipped, tops

SHORT, LONG = "It started on 1 April 2026. No decision is recorded.", "The market was slow to answer. " * 8


@pytest.mark.parametrize(
    ("parts", "notices", "expected"),
    [
        pytest.param([], [], (8, 3), id="nothing to say"),
        pytest.param([[SHORT] * 8] * 3, [[SHORT] * 3] * 2, (8, 3), id="some parts, in few words"),
        pytest.param([[SHORT] * 8] * 6, [[SHORT] * 3] * 2, (5, 2), id="every part, in few words"),
        pytest.param([[SHORT] * 8] * 6, [[SHORT]] * 6, (3, 1), id="and many kinds of notice, in few words"),
        pytest.param([[LONG] * 3] * 6, [[SHORT]] * 4, (2, 1), id="every part, in many words"),
        pytest.param([[LONG] * 3] * 6, [[SHORT]] * 9, (1, 1), id="and many kinds of notice"),
        pytest.param([[LONG] * 3] * 6, [[LONG]] * 10, (1, 0), id="everything, in many words"),
    ],
)
def test_rows_are_left_out_until_two_pages_hold_the_rest(
    parts: list[list[str]], notices: list[list[str]], expected: tuple[int, int]
) -> None:
    assert tops(parts, notices) == expected


def test_words_are_cut_between_two_words_and_say_so() -> None:
    assert clipped(LONG, WORKING).endswith("was slow …")
    assert clipped(SHORT, TITLE) == SHORT
