"""Sets of annexes: everything the five tables print, read once, for one directorate or for each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Protocol, TypeVar

from app.annexes.queries import agreements, commissioned, forthcoming, services, social_value
from app.annexes.queries.commissioned import Known
from app.annexes.queries.contracts import Commissioned
from app.annexes.queries.contracts import commissioned as find_commissioned
from app.annexes.queries.scope import Scope
from app.core.pages import plural
from app.council import queries as council
from app.council.models import Directorate
from app.council.rules import Operator
from reports.annex_set import AnnexSet, Gap
from reports.context import Context
from reports.values import Threshold, Unit


class Owned(Protocol):
    """A row that belongs to a directorate."""

    @property
    def unit(self) -> Unit: ...


Row = TypeVar("Row", bound=Owned)


@dataclass(frozen=True)
class Prepared:
    """Who made a set, and when; blank where nobody is named."""

    by: str = ""
    at: datetime | None = None


NOBODY = Prepared()


@dataclass(frozen=True)
class Material:
    """All the rows of a scope, before they are divided among directorates."""

    scope: Scope
    rows: AnnexSet
    #: Gaps with the directorate that mends them.
    gaps: tuple[tuple[int, Gap], ...]
    #: By directorate: contracts over the threshold that the planner left out.
    left_out: Counter[int]

    def of(self, directorate: Directorate | None) -> AnnexSet:
        """The set of one directorate, or of all."""
        if directorate is None:
            everything = tuple(gap for _, gap in self.gaps)
            return replace(self.rows, gaps=everything, notes=self._notes(sum(self.left_out.values())))
        name = directorate.name
        return replace(
            self.rows,
            context=replace(self.rows.context, directorate=name),
            services=_of(self.rows.services, name),
            commissioned=_of(self.rows.commissioned, name),
            forthcoming=_of(self.rows.forthcoming, name),
            agreements=_of(self.rows.agreements, name),
            statements=tuple(one for one in self.rows.statements if one.directorate == name),
            commitments=_of(self.rows.commitments, name),
            gaps=tuple(gap for number, gap in self.gaps if number == directorate.id),
            notes=self._notes(self.left_out[directorate.id]),
        )

    def _notes(self, left_out: int) -> tuple[str, ...]:
        yearly = "The threshold is held against annual values." if self.scope.is_annual else ""
        are = "is" if left_out == 1 else "are"
        out = (
            f"{plural(left_out, 'contract')} over the threshold {are} left out as no commissioned service."
            if left_out
            else ""
        )
        return tuple(note for note in (yearly, out) if note)


def _of(rows: Iterable[Row], directorate: str) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.unit.directorate == directorate)


def material(scope: Scope, prepared: Prepared = NOBODY) -> Material:
    """Read everything, in a number of queries that does not grow with the rows."""
    return _Reading(scope).material(prepared)


class _Reading:
    """The parts of a set while they are read, each once."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.found: Commissioned = find_commissioned(scope)
        self.coming = forthcoming.coming(scope)
        self.companies = agreements.trading_companies(scope)
        self.agreed = agreements.agreed(scope, self.companies)
        self.promises = social_value.commitments(scope)
        self.services = services.active(scope)
        self.statements = social_value.statements(scope)

    @cached_property
    def known(self) -> Known:
        return Known(
            refs=self.found.refs(),
            services=services.names(self.scope),
            companies=frozenset(self.companies),
            next_for_contract=forthcoming.by_contract(self.coming),
            next_for_arrangement=forthcoming.by_arrangement(self.coming),
            agreements={
                one.contract.id: one.ref for one in self.agreed if not self.scope.waits(one.contract.embargoed_until)
            },
        )

    @cached_property
    def _served(self) -> dict[int, frozenset[int]]:
        """By contract: the services its row of Annex 2 is for."""
        return {part.contract.id: item.service_ids for item in self.found.items for part in item.parts}

    def material(self, prepared: Prepared) -> Material:
        return Material(self.scope, self._rows(prepared), tuple(self._gaps()), self._left_out())

    def _rows(self, prepared: Prepared) -> AnnexSet:
        scope, known, companies = self.scope, self.known, frozenset(self.companies)
        counted_in = {
            part.contract.id: known.refs[item]
            for item in self.found.printed
            if not scope.waits(item.embargoed_until)
            for part in item.live
        }
        changes = forthcoming.by_service(self.coming, self._served)
        return AnnexSet(
            context=context(scope, prepared),
            services=services.rows(scope, self.services, self.found, known, changes),
            commissioned=commissioned.rows(scope, self.found, known),
            forthcoming=forthcoming.rows(scope, self.coming, known.services, companies),
            agreements=agreements.rows(scope, self.agreed, self.companies, known.services, counted_in),
            statements=self.statements,
            commitments=social_value.rows(scope, self.promises),
        )

    def _gaps(self) -> Iterable[tuple[int, Gap]]:
        yield from commissioned.gaps(self.scope, self.found, self.known)
        yield from services.gaps(self.scope, self.services, self.found)
        yield from forthcoming.gaps(self.scope, self.coming)
        yield from agreements.gaps(self.scope, self.agreed)
        yield from social_value.gaps(self.scope, self.statements, self.promises)

    def _left_out(self) -> Counter[int]:
        return Counter(
            item.directorate_id
            for item in self.found.items
            if item.passing.is_over and not item.prints and not self.scope.waits(item.embargoed_until)
        )


def context(scope: Scope, prepared: Prepared = NOBODY, directorate: str | None = None) -> Context:
    """What every table of the set shares."""
    threshold = scope.threshold
    return Context(
        council=council.the_council(scope.session).name,
        directorate=directorate,
        year=scope.year.start,
        as_at=scope.as_at,
        threshold=Threshold(threshold.amount, at_least=threshold.operator is Operator.AT_LEAST),
        edition=scope.edition,
        prepared_by=prepared.by,
        prepared_at=prepared.at,
        horizon_years=council.horizon_years(scope.session, scope.year.first),
    )
