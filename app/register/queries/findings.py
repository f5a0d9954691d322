"""Findings counted, listed and told of one record. Contracts are gone through once for all their kinds."""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Date,
    Row,
    RowMapping,
    Select,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from app.core.findings import Asked, FindingKind, Severity, kinds
from app.core.listing import ROWS_ON_A_PAGE, Sort
from app.core.rights import NOBODY
from app.register.completeness import ITEMS, Item, Purpose
from app.register.findings.completing import TC1, why_incomplete
from app.register.findings.of_contracts import CONTRACT_FINDINGS, THIS_CONTRACT, ContractFinding, applies, narrowed
from app.register.models import Contract, Service
from app.register.queries.completeness import NOT_IN_THE_CODE, blank
from app.register.queries.remembered import Remembered, stamp_of
from app.register.visibility import may_see_amounts

BY_DUE = Sort("due")
CONTRACT = "contract"
#: A download asks for so many records at a time.
AT_A_TIME = 500


@dataclass(frozen=True)
class Tally:
    """The contracts of one part of the council under one post: how many, and how many of each kind are found."""

    directorate_id: int
    division_id: int | None
    post_key: str | None
    contracts: int
    found: Mapping[str, int]

    def is_asked_of(self, asked: Asked) -> bool:
        """``narrowed``, said of a group of contracts."""
        wanted = (
            (asked.directorate_id, self.directorate_id),
            (asked.division_id, self.division_id),
            (asked.post_key, self.post_key),
        )
        return all(one is None or one == of for one, of in wanted)


# Counts


def counts(session: Session, asked: Asked, severities: Collection[Severity] = tuple(Severity)) -> Mapping[str, int]:
    """How many of each kind, in the order of the kinds; kept until the next commit. Each is its list's length."""
    found, stamp = dict[str, int](), stamp_of(session)
    for severity in severities:
        found |= _contract_counts(session, asked, severity, stamp) | _other_counts(session, asked, severity, stamp)
    return {kind.code: found[kind.code] for kind in kinds() if kind.severity in severities}


def _other_counts(session: Session, asked: Asked, severity: Severity, stamp: Hashable) -> dict[str, int]:
    others = [kind for kind in kinds() if kind.subject != CONTRACT and kind.severity is severity]
    key = (asked.reader.exempt_units, replace(asked, reader=NOBODY), asked.reader.grants, severity, len(others))
    return _others.get(stamp, key, lambda: {kind.code: _count(session, kind, asked) for kind in others})


def _count(session: Session, kind: FindingKind, asked: Asked) -> int:
    return session.scalar(select(func.count()).select_from(kind.rows(session, asked).subquery())) or 0


def _contract_counts(session: Session, asked: Asked, severity: Severity, stamp: Hashable) -> dict[str, int]:
    groups = [one.found for one in tallies(session, asked, severity, stamp) if one.is_asked_of(asked)]
    return {code: sum(found[code] for found in groups) for code in _of_severity(severity)}


def _of_severity(severity: Severity) -> list[str]:
    return [code for code, one in CONTRACT_FINDINGS.items() if one.severity is severity]


def contracts_of_post(session: Session, asked: Asked) -> int:
    """How many contracts a post answers for, as far as the reader may see them."""
    return sum(one.contracts for one in tallies(session, asked, Severity.ACT) if one.post_key == asked.post_key)


def tallies(session: Session, asked: Asked, severity: Severity, stamp: Hashable | None = None) -> Sequence[Tally]:
    """By directorate, division and post, of the whole council. Whoever asks what presses most waits for no more."""
    key = (asked.reader.exempt_units, asked.today, severity, len(CONTRACT_FINDINGS))
    whole = Asked(asked.reader, asked.today)
    return _tallied.get(stamp or stamp_of(session), key, lambda: _tally(session, whole, _of_severity(severity)))


_tallied: Remembered[Sequence[Tally]] = Remembered(60)
_others: Remembered[dict[str, int]] = Remembered(500)


def _tally(session: Session, asked: Asked, codes: Sequence[str]) -> Sequence[Tally]:
    part = (Contract.directorate_id, Contract.division_id, Contract.manager_post_key)
    found = [func.count(case((applies(CONTRACT_FINDINGS[code], session, asked), 1))) for code in codes]
    rows = session.execute(select(*part, func.count(), *found).where(*narrowed(asked)).group_by(*part).order_by(*part))
    return [Tally(row[0], row[1], row[2], row[3], dict(zip(codes, row[4:], strict=True))) for row in rows]


# The list behind a count


@dataclass(frozen=True)
class Found:
    """One record found, and why."""

    id: int
    title: str
    directorate_id: int | None
    division_id: int | None
    post: str | None
    due_on: date | None
    working: str


@dataclass(frozen=True)
class Order:
    """How a list of findings is narrowed beyond whose they are, and what it is in the order of."""

    sort: Sort = BY_DUE
    words: str | None = None


def how_many(session: Session, kind: FindingKind, asked: Asked, order: Order) -> int:
    if order.words is None and asked.subject_id is None:
        return counts(session, asked, (kind.severity,))[kind.code]
    return session.scalar(select(func.count()).select_from(_listed(session, kind, asked, order).subquery())) or 0


def found_page(
    session: Session, kind: FindingKind, asked: Asked, order: Order, number: int = 1, size: int = ROWS_ON_A_PAGE
) -> list[Found]:
    query = _listed(session, kind, asked, order).offset((number - 1) * size).limit(size)
    rows = session.execute(query).all()
    return _told(session, kind, asked, rows)


def every_found(session: Session, kind: FindingKind, asked: Asked, order: Order) -> Iterator[Found]:
    """The whole list, some at a time."""
    number, rows = 1, found_page(session, kind, asked, order, 1, AT_A_TIME)
    while rows:
        yield from rows
        number += 1
        rows = found_page(session, kind, asked, order, number, AT_A_TIME) if len(rows) == AT_A_TIME else []


def _listed(session: Session, kind: FindingKind, asked: Asked, order: Order) -> Select[Any]:
    # Any: the columns of Rows, whatever they are called
    found = list(kind.rows(session, asked).subquery().c)
    number, title, due = found[0], found[1], found[-1]
    query = select(*found)
    if order.words:
        query = query.where(func.lower(title).contains(order.words.lower(), autoescape=True))
    by = func.lower(title) if order.sort.column == "title" else due
    turned = by.desc() if order.sort.descending else by.asc()
    return query.order_by(turned.nulls_first() if by is due else turned, func.lower(title), number)


def _told(session: Session, kind: FindingKind, asked: Asked, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Found]:
    ids = [row[0] for row in rows]
    workings, posts = kind.working(session, asked, ids), posts_in_words(session, kind, ids)
    return [
        Found(row[0], row[1], row[2], row[3], posts.get(row[0], row[4]), row[5], workings.get(row[0], ""))
        for row in rows
    ]


def posts_in_words(session: Session, kind: FindingKind, ids: Sequence[int]) -> Mapping[int, str | None]:
    """Posts as the records write them; other records' stand as they were folded."""
    columns = {CONTRACT: (Contract.id, Contract.manager_post), "service": (Service.id, Service.head_post)}
    if kind.subject not in columns:
        return {}
    number, post = columns[kind.subject]
    return {row[0]: row[1] for row in session.execute(select(number, post).where(number.in_(ids)).order_by(number))}


# One record


@dataclass(frozen=True)
class Flag:
    """One finding of one record."""

    kind: FindingKind
    due_on: date | None
    working: str


Missing: TypeAlias = Mapping[Purpose, tuple[Item, ...]]


@dataclass(frozen=True)
class Told:
    """What is said of one contract: its findings, and what its record still lacks for each purpose."""

    flags: Sequence[Flag] = ()
    missing: Missing = field(default_factory=dict)


def told_of_contract(session: Session, contract: Contract, asked: Asked) -> Told:
    """Every kind in one statement, put together once and kept until something is stored."""
    if contract.withdrawn_at is not None:
        return Told()
    key = (asked.today, len(CONTRACT_FINDINGS))
    query = _everything.get(stamp_of(session), key, lambda: _everything_told(session, asked.today))
    row = session.execute(query, {THIS_CONTRACT: contract.id}).one()._mapping  # noqa: SLF001 - its public name
    lacking = {} if _is_over(contract, asked.today) else _lacking(contract, row)
    flags = [
        Flag(kind, row[f"due {kind.code}"], _why(session, kind, contract, asked, lacking))
        for kind in kinds(CONTRACT)
        if row[kind.code] and _is_told(session, CONTRACT_FINDINGS[kind.code], contract, asked)
    ]
    return Told(flags, lacking)


def _is_told(session: Session, finding: ContractFinding, contract: Contract, asked: Asked) -> bool:
    """``applies``, of what is found already."""
    if finding.tells_amount and not may_see_amounts(asked.reader, contract):
        return False
    if finding.told_to is None:
        return True
    return bool(session.scalar(select(finding.told_to(asked.reader, asked.today)).where(Contract.id == contract.id)))


def _lacking(contract: Contract, row: RowMapping) -> Missing:
    return {
        purpose: tuple(item for item in items if row[item.name])
        for purpose, items in ITEMS.items()
        if purpose is not Purpose.CODE or contract.form not in NOT_IN_THE_CODE
    }


def _why(session: Session, kind: FindingKind, contract: Contract, asked: Asked, lacking: Missing) -> str:
    """What is missing has been read already."""
    if kind.code == TC1.code:
        return why_incomplete(lacking[Purpose.CODE])
    return CONTRACT_FINDINGS[kind.code].working(session, contract, asked.today)


def _is_over(contract: Contract, today: date) -> bool:
    """What has ended is printed no more, so that nothing is missing for it."""
    last = contract.ended_early_on or contract.current_end_on
    return last is not None and last < today


_everything: Remembered[Select[Any]] = Remembered(4)


def _everything_told(session: Session, today: date) -> Select[Any]:
    # Any: as many columns as there are kinds
    columns: list[ColumnElement[Any]] = [case((blank(item), 1), else_=0).label(item.name) for item in Item]
    for code, finding in CONTRACT_FINDINGS.items():
        due = finding.due(session, today) if finding.due is not None else cast(null(), Date)
        condition = finding.of_one or finding.condition
        columns.append(case((condition(session, today), 1), else_=0).label(code))
        columns.append(due.label(f"due {code}"))
    return select(*columns).where(Contract.id == bindparam(THIS_CONTRACT))


def flags_of(session: Session, subject: str, asked: Asked) -> list[Flag]:
    """Of a record that is no contract: one statement for all its kinds, and one for the working of each found."""
    declared = {kind.code: kind for kind in kinds(subject)}
    if not declared or asked.subject_id is None:
        return []
    parts = []
    for code, kind in declared.items():
        number, *_, due = kind.rows(session, asked).subquery().c
        parts.append(select(literal(code).label("code"), due.label("due_on")).where(number == asked.subject_id))
    due_by_code = {row[0]: row[1] for row in session.execute(union_all(*parts))}
    return [
        Flag(kind, due_by_code[code], kind.working(session, asked, [asked.subject_id]).get(asked.subject_id, ""))
        for code, kind in declared.items()
        if code in due_by_code
    ]
