"""How much of the monthly report two pages of A4 hold. Plain Python."""

import textwrap
from collections.abc import Sequence

#: In the report's smallest type: characters to a line, and lines of two pages below the heading and the counts.
CHARACTERS, LINES = 95, 100
#: Lines of a part beside its rows: its heading, and the one that says how many more there are.
BESIDE = 3
#: Rows of each part and of each kind of notice, the most first. The last always fits, words being clipped.
TOPS = ((8, 3), (5, 2), (3, 1), (2, 1), (1, 1), (1, 0))
#: Characters of a title, and of the words under it.
TITLE, WORKING = 90, 240


def clipped(words: str, characters: int) -> str:
    """Cut between two words; the list tells the rest."""
    return textwrap.shorten(words, characters, placeholder=" …")


def tops(parts: Sequence[Sequence[str]], notices: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How many rows of each part, and of each kind of notice, print; given the clipped words of every row."""
    return next((top for top in TOPS if _lines(parts, top[0]) + _lines(notices, top[1]) <= LINES), TOPS[-1])


def _lines(parts: Sequence[Sequence[str]], top: int) -> int:
    return sum(BESIDE + sum(1 + len(textwrap.wrap(words, CHARACTERS)) for words in rows[:top]) for rows in parts)
