"""The footnotes of one table: numbered in order of first use, once for each text."""

from collections.abc import Iterable

from reports.format import sentence
from reports.layout import Footnote

#: Marked with a dagger in the providers' names themselves, so it takes no number.
COUNCIL_OWNED = "A company that the council owns, wholly or in part."


class Footnotes:
    """Gives each remark its number as the table is laid out."""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}

    def marks(self, texts: Iterable[str]) -> tuple[str, ...]:
        """The numbers of these remarks; a remark made before keeps its number."""
        return tuple(self._mark(sentence(text)) for text in texts if text.strip())

    def _mark(self, text: str) -> str:
        return self._numbers.setdefault(text, str(len(self._numbers) + 1))

    def all(self) -> tuple[Footnote, ...]:
        """Every remark made, in the order of its number."""
        return tuple(Footnote(mark, text) for text, mark in self._numbers.items())
