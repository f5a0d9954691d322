"""Searching contracts by words: full text on both databases, said once."""

from sqlalchemy import ColumnElement, Select, column, func, literal, literal_column, select, table
from sqlalchemy.orm import Session

from app.core.text import words
from app.register.models import Contract

#: Nobody means more words than this.
MOST_WORDS = 12
#: PostgreSQL's word for it: a hit in few words ranks above the same in many.
SHORTER_IS_CLOSER = 1

_found = table("contract_search", column("rowid"), column("rank"), column("contract_search"))


def contracts_found(session: Session, text: str) -> ColumnElement[bool] | None:
    """Contracts that hold every word, the last one perhaps unfinished; None where the text has no word."""
    terms = words(text)[:MOST_WORDS]
    if not terms:
        return None
    if session.get_bind().dialect.name == "postgresql":
        return _vector().op("@@")(_wanted(terms))
    return Contract.id.in_(select(_found.c.rowid).where(_found.c.contract_search.op("MATCH")(_match(terms))))


def best_first(session: Session, statement: Select[int], text: str) -> Select[int]:
    """The same statement over contracts, the closest hits first."""
    terms = words(text)[:MOST_WORDS]
    if not terms:
        return statement.order_by(Contract.title_key, Contract.id)
    if session.get_bind().dialect.name == "postgresql":
        rank = func.ts_rank(_vector(), _wanted(terms), SHORTER_IS_CLOSER)
        return statement.order_by(rank.desc(), Contract.title_key, Contract.id)
    hits = select(_found.c.rowid, _found.c.rank).where(_found.c.contract_search.op("MATCH")(_match(terms))).subquery()
    joined = statement.join(hits, hits.c.rowid == Contract.id)
    return joined.order_by(hits.c.rank, Contract.title_key, Contract.id)


def _match(terms: list[str]) -> str:
    """FTS5's words: quoted, so that "OR" and "NEAR" are words too."""
    quoted = [f'"{term}"' for term in terms]
    return " ".join([*quoted[:-1], f"{quoted[-1]}*"])


def _vector() -> ColumnElement[str]:
    """As the index has it, letter for letter."""
    return func.to_tsvector(literal_column("'simple'"), Contract.search_text)


def _wanted(terms: list[str]) -> ColumnElement[str]:
    quoted = [f"'{term}'" for term in terms]
    return func.to_tsquery(literal_column("'simple'"), literal(" & ".join([*quoted[:-1], f"{quoted[-1]}:*"])))
