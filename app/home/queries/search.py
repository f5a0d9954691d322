"""The search over everything: how many of each kind, the first few, and the pages of one kind.

Every kind says who may see what: a hit that a reader may not open is neither shown nor counted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, case, exists, func, null, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.accounts.models import Person
from app.core.listing import ROWS_ON_A_PAGE, Page, Sort
from app.core.rights import Permission, Reader
from app.core.search import Piece, SearchEntry, about, entries_found, kinds_found, pieces, terms_of
from app.core.text import fold
from app.council.models import Committee
from app.decisions.models import Activity, ActivityState
from app.decisions.queries.visibility import open_to
from app.home.help_topics import topics_found
from app.register.models import (
    Agreement,
    Approval,
    Arrangement,
    Contract,
    InHouseUnit,
    Provider,
    ProviderIdentifier,
    Service,
    SocialValueCommitment,
    TradingCompany,
)
from app.register.queries import contracts
from app.register.queries.narrowing import Wanted
from app.register.visibility import approvals_open_to, arrangements_open_to, rows_open_to

FIRST = 5
CONTRACTS = "contract"
HELP = "help"

Seen = Callable[[Reader, date], tuple[ColumnElement[bool], ...]]


@dataclass(frozen=True)
class Kind:
    """One kind of record that is found: where its page is, and who may see which."""

    name: str
    #: (one, several)
    words: tuple[str, str]
    model: type[Any]
    #: The address of a record by a number of its own, or of the record it hangs on.
    address: str
    seen: Seen
    number: InstrumentedAttribute[int] | None = None
    #: What stands beside the title.
    note: InstrumentedAttribute[str | None] | None = None
    #: Whether the words are this record's own number or reference.
    exact: Callable[[str], ColumnElement[bool]] | None = None
    needs: Permission = Permission.READ


@dataclass(frozen=True)
class Hit:
    """One record found, with the words looked for set apart."""

    title: tuple[Piece, ...]
    url: str
    note: str
    #: Words around a hit that the title does not show.
    about: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Found:
    """What was found of one kind."""

    name: str
    #: (one, several)
    kind: tuple[str, str]
    total: int
    url: str
    first: tuple[Hit, ...]


def _in_use(model: type[Any]) -> Seen:
    return lambda _reader, _today: (model.withdrawn_at.is_(None),)


def _everyone(_reader: Reader, _today: date) -> tuple[ColumnElement[bool], ...]:
    return (true(),)


def _of_open_contracts(column: InstrumentedAttribute[Any]) -> Callable[[Reader, date], ColumnElement[bool]]:
    return lambda reader, today: column.in_(select(Contract.id).where(rows_open_to(reader, today)))


def _commitments(reader: Reader, today: date) -> tuple[ColumnElement[bool], ...]:
    under = SocialValueCommitment.contract_id
    open_one = under.is_(None) | _of_open_contracts(under)(reader, today)
    return SocialValueCommitment.withdrawn_reason.is_(None), open_one


def _companies(_reader: Reader, _today: date) -> tuple[ColumnElement[bool], ...]:
    return (TradingCompany.provider_id.in_(select(Provider.id).where(Provider.withdrawn_at.is_(None))),)


def _has_number(said: str) -> ColumnElement[bool]:
    own = exists().where(
        ProviderIdentifier.provider_id == Provider.id, ProviderIdentifier.value == said.strip().upper()
    )
    return own.correlate(Provider)


KINDS: tuple[Kind, ...] = (
    Kind("service", ("service", "services"), Service, "/services/{}", _in_use(Service), note=Service.head_post),
    Kind("provider", ("provider", "providers"), Provider, "/providers/{}", _in_use(Provider), exact=_has_number),
    Kind(
        "trading_company",
        ("trading company", "trading companies"),
        TradingCompany,
        "/trading-companies/{}",
        _companies,
        number=TradingCompany.provider_id,
    ),
    Kind(
        "agreement",
        ("service level agreement", "service level agreements"),
        Agreement,
        "/contracts/{}",
        lambda reader, today: (_of_open_contracts(Agreement.contract_id)(reader, today),),
        number=Agreement.contract_id,
        note=Agreement.client_lead_post,
    ),
    Kind(
        "arrangement",
        ("arrangement", "arrangements"),
        Arrangement,
        "/arrangements/{}",
        lambda reader, today: (Arrangement.withdrawn_at.is_(None), arrangements_open_to(reader, today)),
        note=Arrangement.reference,
        exact=lambda said: func.lower(Arrangement.reference) == fold(said),
    ),
    Kind(
        "commitment",
        ("social value commitment", "social value commitments"),
        SocialValueCommitment,
        "/social-value/{}",
        _commitments,
        note=SocialValueCommitment.theme,
    ),
    Kind(
        "activity",
        ("forthcoming decision", "forthcoming decisions"),
        Activity,
        "/activities/{}",
        lambda reader, today: (Activity.state != ActivityState.WITHDRAWN, open_to(reader, today)),
        note=Activity.decision_taker,
    ),
    Kind(
        "approval",
        ("decision taken", "decisions taken"),
        Approval,
        "/approvals/{}",
        lambda reader, today: (approvals_open_to(reader, today),),
        exact=lambda said: func.lower(Approval.reference) == fold(said),
    ),
    Kind(
        "in_house_unit",
        ("in-house unit", "in-house units"),
        InHouseUnit,
        "/in-house-units#unit-{}",
        _in_use(InHouseUnit),
        note=InHouseUnit.head_post,
    ),
    Kind("committee", ("committee", "committees"), Committee, "/admin/committees/{}", _everyone),
    Kind(
        "person",
        ("person", "people"),
        Person,
        "/admin/people/{}",
        _everyone,
        note=Person.post,
        needs=Permission.MANAGE_PEOPLE,
    ),
)
_BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}


def address(words: str, **more: object) -> str:
    return f"/search?{urlencode({'q': words, **more})}"


def everything(session: Session, words: str, reader: Reader, today: date) -> list[Found]:
    """Every kind that has a hit, contracts first."""
    terms = terms_of(words)
    if not terms:
        return []
    there = kinds_found(session, terms)
    found = [_contracts(session, words, terms, reader, today, 1, FIRST)]
    for kind in KINDS:
        if kind.name in there and reader.may(kind.needs):
            page = _page(session, kind, words, terms, reader, today, 1, FIRST)
            found.append(Found(kind.name, kind.words, page.total, address(words, kind=kind.name), tuple(page.rows)))
    found.append(_help(terms))
    return [one for one in found if one.total]


def of_kind(session: Session, name: str, words: str, reader: Reader, today: date, number: int) -> Page[Hit] | None:
    """One page of one kind; None where there is no such kind, or not for this reader."""
    terms, kind = terms_of(words), _BY_NAME.get(name)
    if kind is None or not terms or not reader.may(kind.needs):
        return None
    return _page(session, kind, words, terms, reader, today, number, ROWS_ON_A_PAGE)


def words_of(name: str) -> tuple[str, str]:
    return _BY_NAME[name].words


# One kind


def _page(
    session: Session, kind: Kind, words: str, terms: list[str], reader: Reader, today: date, number: int, size: int
) -> Page[Hit]:
    total = session.scalar(_found(session, kind, terms, reader, today, func.count())) or 0
    rows = _ranked(session, kind, words, terms, reader, today).limit(size).offset((number - 1) * size)
    hits = [_hit(kind, terms, *row) for row in session.execute(rows)] if total else []
    return Page(hits, total, number, size)


def _found(
    session: Session, kind: Kind, terms: list[str], reader: Reader, today: date, *columns: ColumnElement[Any]
) -> Select[Any]:  # Any: whatever columns are asked for
    hits = entries_found(session, terms)
    return (
        select(*columns)
        .select_from(SearchEntry)
        .where(SearchEntry.id == hits.entry, SearchEntry.kind == kind.name)
        .where(kind.model.id == SearchEntry.record_id, *kind.seen(reader, today))
    )


def _ranked(
    session: Session, kind: Kind, words: str, terms: list[str], reader: Reader, today: date
) -> Select[Any]:  # Any: a row per hit
    hits = entries_found(session, terms)
    number: Any = kind.number if kind.number is not None else kind.model.id
    note: Any = kind.note if kind.note is not None else null()
    exact = case((kind.exact(words), 0), else_=1) if kind.exact else case((SearchEntry.title == words, 0), else_=1)
    return (
        select(number, SearchEntry.title, SearchEntry.words, note)
        .where(SearchEntry.id == hits.entry, SearchEntry.kind == kind.name)
        .where(kind.model.id == SearchEntry.record_id, *kind.seen(reader, today))
        .order_by(exact, hits.away, SearchEntry.title, kind.model.id)
    )


def _hit(kind: Kind, terms: list[str], number: int, title: str, words: str, note: str | None) -> Hit:
    shown = pieces(title, terms)
    around = about(words.removeprefix(title), terms) if not _all_in(shown, terms) else ""
    return Hit(shown, kind.address.format(number), note or "", pieces(around, terms) if around else ())


def _all_in(shown: Sequence[Piece], terms: list[str]) -> bool:
    return len({fold(piece.text) for piece in shown if piece.found}) >= len(set(terms))


# Contracts have an index of their own, and a list that shows all of them


def _contracts(
    session: Session, words: str, terms: list[str], reader: Reader, today: date, number: int, size: int
) -> Found:
    wanted = Wanted(q=words, sort=Sort(contracts.RELEVANCE))
    found = contracts.contracts_page(session, wanted, reader, today, number)
    rows = [*_by_reference(session, words, reader, today), *found.page.rows]
    first = {row.id: row for row in rows}
    hits = tuple(
        Hit(
            pieces(row.title, terms),
            f"/contracts/{row.id}",
            " · ".join(part for part in (row.reference, *row.providers[:1], row.directorate) if part),
        )
        for row in [*first.values()][:size]
    )
    return Found(CONTRACTS, ("contract", "contracts"), found.page.total, f"/contracts?{urlencode({'q': words})}", hits)


def _by_reference(session: Session, words: str, reader: Reader, today: date) -> list[contracts.Listed]:
    ids = session.scalars(
        select(Contract.id)
        .where(Contract.reference_key == fold(words), rows_open_to(reader, today))
        .order_by(Contract.id)  # by title, SQLite goes through every contract in that order
        .limit(FIRST)
    ).all()
    return contracts.listed(session, ids, reader, today) if ids else []


def _help(terms: list[str]) -> Found:
    hits = tuple(Hit(pieces(one.title, terms), one.url, "") for one in topics_found(terms))
    return Found(HELP, ("page of help", "pages of help"), len(hits), "/help", hits)
