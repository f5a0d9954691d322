"""Full text over every kind of record but contracts, said once for both databases.

Triggers write ``search_entry`` beside the records themselves (the migration that made it lists them), so that nothing
which changes a record, however it does, can leave it behind. ``flask register check`` holds the two together.
"""

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.base import Base
from app.core.text import words

#: Nobody means more words than this.
MOST_WORDS = 12
#: No word of a record is longer; what is typed longer finds nothing rather than costing anything.
LONGEST_WORD = 60


class SearchEntry(Base):
    """What the search reads of one record. Written by triggers only; no amount is ever in it."""

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("kind", "record_id"),)

    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)


def terms_of(text: str) -> list[str]:
    """The words looked for; each is only ever a word, whatever the engines would make of it."""
    return [term[:LONGEST_WORD] for term in words(text)[:MOST_WORDS]]
