"""Folding text, so that matching and sorting agree on SQLite and PostgreSQL."""

import re
import unicodedata

_PLAIN_WORDS = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """Return the text without case, accents or odd spacing: "Café  Ltd" and "CAFE LTD" fold alike."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def words(text: str) -> list[str]:
    """Return the folded words and numbers of the text: "25/00053: Café" is 25, 00053, cafe."""
    folded = fold(text)
    if folded.isascii():
        return _PLAIN_WORDS.findall(folded)
    return "".join(c if c.isalnum() else " " for c in folded).split()


def slug(text: str) -> str:
    """Return the text as it stands in file names and addresses: "Growth & Transport" is "growth-transport"."""
    return "-".join(words(text))
