"""Searching contracts by words: full text on both databases, said once."""

from sqlalchemy import ColumnElement, Select, and_, case, column, func, literal, literal_column, select, table
from sqlalchemy.orm import Session

from app.core.search import match_on_postgresql, match_on_sqlite, terms_of
from app.core.text import fold
from app.register.models import Contract

#: PostgreSQL's word for it: a hit in few words ranks above the same in many.
SHORTER_IS_CLOSER = 1

_found = table("contract_search", column("rowid"), column("rank"), column("contract_search"))


def contracts_found(session: Session, text: str) -> ColumnElement[bool] | None:
    """Contracts that hold every word, the last one perhaps unfinished; None where the text has no word."""
    terms = terms_of(text)
    if not terms:
        return None
    if session.get_bind().dialect.name == "postgresql":
        return _vector().op("@@")(_wanted(terms))
    return Contract.id.in_(select(_found.c.rowid).where(_found.c.contract_search.op("MATCH")(match_on_sqlite(terms))))


def best_first(session: Session, statement: Select[int], text: str) -> Select[int]:
    """The same statement over contracts, the closest hits first: the reference itself, titles, then what names them."""
    terms = terms_of(text)
    if not terms:
        return statement.order_by(Contract.title_key, Contract.id)
    if session.get_bind().dialect.name == "postgresql":
        rank = func.ts_rank(_vector(), _wanted(terms), SHORTER_IS_CLOSER)
        return statement.order_by(_nearness(text, terms), rank.desc(), Contract.title_key, Contract.id)
    hits = (
        select(_found.c.rowid, _found.c.rank)
        .where(_found.c.contract_search.op("MATCH")(match_on_sqlite(terms)))
        .subquery()
    )
    joined = statement.join(hits, hits.c.rowid == Contract.id)
    return joined.order_by(_nearness(text, terms), hits.c.rank, Contract.title_key, Contract.id)


def _nearness(text: str, terms: list[str]) -> ColumnElement[int]:
    """The very reference first, then a title that holds every word, then the rest."""
    in_title = and_(*(Contract.title_key.contains(term, autoescape=True) for term in terms))
    return case((Contract.reference_key == fold(text), 0), (in_title, 1), else_=2)


def _vector() -> ColumnElement[str]:
    """As the index has it, letter for letter."""
    return func.to_tsvector(literal_column("'simple'"), Contract.search_text)


def _wanted(terms: list[str]) -> ColumnElement[str]:
    return func.to_tsquery(literal_column("'simple'"), literal(match_on_postgresql(terms)))
