"""What each provider of a shared contract gets, as a line of text, written and read back.

"Oak Ltd: £12,000 [Lot 2: the north]; Elm Ltd: £8,000; Ash Ltd: [Lot 1]"
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from app.core.errors import Refusal
from app.core.money import parse_pounds, pounds

HOW = "write each as Name: £12,000 [Lot 1], the lot in square brackets where it has one, with a semicolon between"
_PART = re.compile(r"(?P<name>.+?):\s*(?P<sum>[^:;\[\]]*?)\s*(?:\[(?P<lot>[^\[\]]+)\])?")
#: A semicolon that is not within a lot's brackets.
_BETWEEN = re.compile(r";(?![^\[\]]*\])")
_ROUND = str.maketrans("[]", "()")


class Share(NamedTuple):
    """What one provider gets of a contract."""

    sum: Decimal | None = None
    lot: str = ""

    @property
    def words(self) -> str:
        return " ".join(part for part in (pounds(self.sum), f"[{lot_written(self.lot)}]" if self.lot else "") if part)


def lot_written(lot: str) -> str:
    """A lot as a cell can hold it: square brackets stand around it, so none stands in it."""
    return " ".join(lot.translate(_ROUND).split())


def shares_in_words(shares: Iterable[tuple[str, Share]]) -> str:
    return "; ".join(f"{name}: {share.words}" for name, share in shares if share.words)


def parts_of(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def read_share(part: str) -> tuple[str, Share]:
    """Name, sum and lot of one part. Refuse what cannot be read."""
    found = _PART.fullmatch(part)
    if found is None or not (found["sum"] or found["lot"]):
        raise Refusal(f"“{part}” is not understood; {HOW}")
    try:
        return found["name"], Share(
            parse_pounds(found["sum"]) if found["sum"] else None, lot_written(found["lot"] or "")
        )
    except Refusal as refusal:
        raise Refusal(f"“{part}” is not understood; {HOW}") from refusal
