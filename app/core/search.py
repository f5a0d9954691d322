"""Full text over every kind of record but contracts, said once for both databases.

Triggers write ``search_entry`` beside the records themselves (the migration that made it lists them), so that nothing
which changes a record, however it does, can leave it behind. ``flask register check`` holds the two together.
"""

import re
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    literal_column,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core.base import Base
from app.core.text import fold, words

#: Nobody means more words than this.
MOST_WORDS = 12
#: No word of a record is longer.
LONGEST_WORD = 60
#: Characters shown about the first word found.
ABOUT = 70
_WORD = re.compile(r"[^\W_]+")


class SearchEntry(Base):
    """What the search reads of one record. Written by triggers only; no amount is ever in it."""

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("kind", "record_id"),)

    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)


def terms_of(said: str) -> list[str]:
    """The words looked for; each is only ever a word, whatever the engines would make of it."""
    return [term[:LONGEST_WORD] for term in words(said)[:MOST_WORDS]]


def match_on_sqlite(terms: list[str]) -> str:
    """FTS5's words: quoted, so that "OR" and "NEAR" are words too; the last may be unfinished."""
    quoted = [f'"{term}"' for term in terms]
    return " ".join([*quoted[:-1], f"{quoted[-1]}*"])


def match_on_postgresql(terms: list[str]) -> str:
    quoted = [f"'{term}'" for term in terms]
    return " & ".join([*quoted[:-1], f"{quoted[-1]}:*"])


#: As the index has it, letter for letter.
_VECTOR = (
    "(setweight(to_tsvector('simple', search_words(search_entry.title)), 'A') || "
    "setweight(to_tsvector('simple', search_words(search_entry.words)), 'B'))"
)
#: A word of the title counts so many times one of the rest.
_ON_SQLITE = text(
    "SELECT rowid, rank AS away FROM entry_search WHERE entry_search MATCH :match AND rank MATCH 'bm25(10.0, 1.0)'"
)
_ON_POSTGRESQL = text(
    f"SELECT id AS rowid, -ts_rank('{{0,0,0.1,1}}', {_VECTOR}, to_tsquery('simple', :match)) AS away "  # noqa: S608 - our own names
    f"FROM search_entry WHERE {_VECTOR} @@ to_tsquery('simple', :match)"
)


@dataclass(frozen=True)
class Hits:
    """The entries that hold every word, as a table to join: how far away each is, and its own number."""

    entry: ColumnElement[int]
    away: ColumnElement[float]


def entries_found(session: Session, terms: list[str]) -> Hits:
    """Entries that hold every word, the last one perhaps unfinished; a word of the title is closest."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    match = (match_on_postgresql if on_postgresql else match_on_sqlite)(terms)
    statement = (_ON_POSTGRESQL if on_postgresql else _ON_SQLITE).bindparams(bindparam("match", match))
    found = statement.columns(literal_column("rowid"), literal_column("away")).cte("found").prefix_with("MATERIALIZED")
    return Hits(found.c.rowid, found.c.away)


def kinds_found(session: Session, terms: list[str]) -> set[str]:
    """The kinds of record with any hit, whoever may see it: what is not among them need not be asked for."""
    hits = entries_found(session, terms)
    return set(session.scalars(select(SearchEntry.kind).where(SearchEntry.id == hits.entry).distinct()))


# Held together


def left_behind(session: Session) -> list[str]:
    """Where the search does not hold what the records say, a line for each kind."""
    return [
        f"the search holds {number} of {kind.replace('_', ' ')} otherwise than the register"
        for kind in KINDS
        if (number := session.scalar(text(_DIFFERENT.format(kind=kind))) or 0)
    ]


def read_again(session: Session) -> None:
    """Write what the search holds anew, from the records."""
    for kind in KINDS:
        session.execute(delete(SearchEntry).where(SearchEntry.kind == kind))
        session.execute(text(_READ.format(kind=kind)))
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO entry_search(entry_search) VALUES ('rebuild')"))


#: Each has a view that reads it: search_of_service.
KINDS = (
    *("service", "provider", "trading_company", "in_house_unit", "arrangement", "agreement"),
    *("commitment", "activity", "approval", "committee", "person"),
)
_READ = (
    "INSERT INTO search_entry (kind, record_id, title, words) "
    "SELECT '{kind}', record_id, title, words FROM search_of_{kind}"
)
_HELD = "SELECT record_id, title, words FROM search_entry WHERE kind = '{kind}'"
_SAID = "SELECT record_id, title, words FROM search_of_{kind}"
_GONE, _MISSING = f"{_HELD} EXCEPT {_SAID}", f"{_SAID} EXCEPT {_HELD}"
_DIFFERENT = (
    f"SELECT count(DISTINCT record_id) FROM (SELECT * FROM ({_GONE}) AS gone "  # noqa: S608 - our own names
    f"UNION ALL SELECT * FROM ({_MISSING}) AS missing) AS different"
)


# What is shown of a hit


@dataclass(frozen=True)
class Piece:
    """Part of a text, and whether it is one of the words looked for."""

    text: str
    found: bool


def pieces(said: str, terms: list[str]) -> tuple[Piece, ...]:
    """The text with the words looked for set apart; the last is found in longer ones, too."""
    parts: list[Piece] = []
    at = 0
    for word in _WORD.finditer(said):
        if _is_one(word[0], terms):
            if word.start() > at:
                parts.append(Piece(said[at : word.start()], found=False))
            parts.append(Piece(word[0], found=True))
            at = word.end()
    return (*parts, Piece(said[at:], found=False)) if at < len(said) else tuple(parts)


def _is_one(word: str, terms: list[str]) -> bool:
    folded = fold(word)
    return folded in terms or folded.startswith(terms[-1])


def about(said: str, terms: list[str]) -> str:
    """The words around the first one found, where the text is long; nothing where none is in it."""
    first = next((word for word in _WORD.finditer(said) if _is_one(word[0], terms)), None)
    if first is None:
        return ""
    start, end = max(first.start() - ABOUT, 0), min(first.end() + ABOUT, len(said))
    start = said.rfind(" ", 0, start) + 1 if start else 0
    end = said.find(" ", end) if end < len(said) and said.find(" ", end) > 0 else len(said)
    return f"{'… ' if start else ''}{' '.join(said[start:end].split())}{' …' if end < len(said) else ''}"
