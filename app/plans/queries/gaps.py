"""What is missing for the annexes, by part of the return: each count is its list's length."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.findings import Asked, FindingKind, kind_of
from app.core.rights import Grant, Permission, Reader
from app.council import queries as council
from app.council.calendar import FinancialYear
from app.decisions.queries.proposals import Proposal, proposals
from app.decisions.rules.horizon import rolling_horizon
from app.plans import findings as of_plans
from app.plans.rules import Part
from app.register.findings import parties, promises, record
from app.register.findings.of_contracts import CONTRACT_FINDINGS
from app.register.queries import findings, social_value
from app.register.queries.findings import Found, Order
from app.register.queries.remembered import Remembered, stamp_of

#: A directorate, and the division where a record names one.
Unit: TypeAlias = tuple[int, int | None]
Counts: TypeAlias = Mapping[Unit, int]

#: Whoever may know nothing that is kept back: what is recorded at a sign-off, and sent out, is what they may know.
EVERYBODY = Reader(None, "everybody", grants=(Grant(frozenset({Permission.READ})),))


@dataclass(frozen=True)
class GapsAsked:
    """Who asks, on which day, for which plan year."""

    reader: Reader
    today: date
    year: FinancialYear


@dataclass(frozen=True)
class Whose:
    """A directorate with all its divisions, or one division of it."""

    directorate_id: int
    division_id: int | None = None

    def takes(self, unit: Unit) -> bool:
        return self.directorate_id == unit[0] and self.division_id in {None, unit[1]}

    def of(self, counts: Counts) -> int:
        return sum(number for unit, number in counts.items() if self.takes(unit))


@dataclass(frozen=True)
class Lacking:
    """One record that lacks something, and what."""

    title: str
    url: str
    unit: Unit
    post: str
    why: str


@dataclass(frozen=True, kw_only=True)
class GapKind:
    """One kind of thing that is missing."""

    code: str
    part: Part
    one: str
    many: str
    cure: str
    counts: Callable[[Session, GapsAsked], Counts]
    rows: Callable[[Session, GapsAsked, Whose], list[Lacking]]


# Those that what needs doing knows already


def _of_finding(part: Part, code: str) -> GapKind:
    kind = kind_of(code)
    if kind is None:
        raise LookupError(f"No finding is called {code}")
    return GapKind(
        code=code,
        part=part,
        one=kind.one,
        many=kind.many,
        cure=kind.cure,
        counts=_counts_of_contracts(kind) if code in CONTRACT_FINDINGS else _counts_of(kind),
        rows=lambda session, asked, whose: _rows_of(kind, session, asked, whose),
    )


def _counts_of_contracts(kind: FindingKind) -> Callable[[Session, GapsAsked], Counts]:
    """Contracts are gone through once for all their kinds."""

    def counts(session: Session, asked: GapsAsked) -> Counts:
        found = Counter[Unit]()
        for one in findings.tallies(session, Asked(asked.reader, asked.today), kind.severity):
            found[one.directorate_id, one.division_id] += one.found[kind.code]
        return found

    return counts


def _counts_of(kind: FindingKind) -> Callable[[Session, GapsAsked], Counts]:
    def counts(session: Session, asked: GapsAsked) -> Counts:
        _, _, directorate, division, *_ = kind.rows(session, Asked(asked.reader, asked.today)).subquery().c
        query = select(directorate, division, func.count()).group_by(directorate, division)
        return {(row[0], row[1]): row[2] for row in session.execute(query.order_by(directorate, division))}

    return counts


def _rows_of(kind: FindingKind, session: Session, asked: GapsAsked, whose: Whose) -> list[Lacking]:
    wanted = Asked(asked.reader, asked.today, whose.directorate_id, whose.division_id)
    return [
        Lacking(one.title, kind.page.format(one.id), _unit(one), one.post or "", one.working)
        for one in findings.every_found(session, kind, wanted, Order())
    ]


def _unit(found: Found) -> Unit:
    return found.directorate_id or 0, found.division_id


# Proposals nobody has answered


def _proposed(session: Session, asked: GapsAsked) -> list[Proposal]:
    return proposals(session, asked.reader, rolling_horizon(asked.today), today=asked.today)


def _proposal_counts(session: Session, asked: GapsAsked) -> Counts:
    return Counter((one.directorate_id, one.division_id) for one in _proposed(session, asked))


def _proposal_rows(session: Session, asked: GapsAsked, whose: Whose) -> list[Lacking]:
    return [
        Lacking(
            one.title,
            one.record_url,
            (one.directorate_id, one.division_id),
            "",
            one.late_words or "The register proposes a decision, and nobody has accepted or dismissed it",
        )
        for one in _proposed(session, asked)
        if whose.takes((one.directorate_id, one.division_id))
    ]


PROPOSED = GapKind(
    code="proposal",
    part=Part.FORTHCOMING,
    one="decision the register proposes is not answered",
    many="decisions the register proposes are not answered",
    cure="Accept it as a forthcoming activity, or dismiss it with a reason",
    counts=_proposal_counts,
    rows=_proposal_rows,
)


# The directorate's statement on social value


def _unstated(session: Session, asked: GapsAsked) -> list[Lacking]:
    written = social_value.statements(session, asked.year.start)
    found = []
    for one in council.directorates(session, on=asked.today):
        statement = written.get(one.id)
        if statement is None:
            url = f"/social-value/statements/new?directorate_id={one.id}&year={asked.year.start}"
            why = f"Nothing is written for {asked.year}"
        elif statement.signed_off_on is None:
            url, why = f"/social-value/statements/{statement.id}", "It is written, and the director has not signed it"
        else:
            continue
        title = f"Social value statement, {one.name}"
        found.append(Lacking(title, url, (one.id, None), one.director_post or "", why))
    return found


STATEMENT = GapKind(
    code="statement",
    part=Part.SOCIAL_VALUE,
    one="social value statement is not written or not signed off",
    many="social value statements are not written or not signed off",
    cure="Write the directorate's statement for the year, and have the director sign it off",
    counts=lambda session, asked: Counter(one.unit for one in _unstated(session, asked)),
    rows=lambda session, asked, whose: [one for one in _unstated(session, asked) if whose.takes(one.unit)],
)

#: Declared by being imported, before they are named below.
DECLARED = (of_plans, parties, promises, record)
KINDS: tuple[GapKind, ...] = (
    *(_of_finding(Part.SERVICES, code) for code in ("SE1", "SE2", "SE3", "SE4", "SE5")),
    *(_of_finding(Part.COMMISSIONED, code) for code in ("annex-2", "cannot-tell")),
    *(PROPOSED, _of_finding(Part.FORTHCOMING, "annex-3")),
    *(_of_finding(Part.AGREEMENTS, code) for code in ("annex-4", "agreement-standards", "agreement-result")),
    *(STATEMENT, _of_finding(Part.SOCIAL_VALUE, "annex-5"), _of_finding(Part.SOCIAL_VALUE, "SV1-claims")),
)


# Counted and listed


@dataclass(frozen=True)
class Missing:
    """How many records of a part of the council lack one kind of thing."""

    kind: GapKind
    number: int

    @property
    def words(self) -> str:
        return self.kind.one if self.number == 1 else self.kind.many


_counted: Remembered[Mapping[str, Counts]] = Remembered(50)


def _counts(session: Session, asked: GapsAsked) -> Mapping[str, Counts]:
    """The whole council's, until the next commit."""
    key = (asked.reader.exempt_units, asked.today, asked.year)
    return _counted.get(
        stamp_of(session), key, lambda: {kind.code: dict(kind.counts(session, asked)) for kind in KINDS}
    )


def missing_of(session: Session, asked: GapsAsked, whose: Whose) -> list[Missing]:
    """What is missing at all, in the order of the annexes."""
    counts = _counts(session, asked)
    every = (Missing(kind, whose.of(counts[kind.code])) for kind in KINDS)
    return [one for one in every if one.number]


def by_part(found: Sequence[Missing]) -> Mapping[Part, int]:
    return {part: sum(one.number for one in found if one.kind.part is part) for part in Part}


def total(found: Sequence[Missing]) -> int:
    return sum(one.number for one in found)


def gap_kind(code: str) -> GapKind | None:
    return next((kind for kind in KINDS if kind.code == code), None)
