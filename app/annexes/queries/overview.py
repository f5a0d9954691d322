"""How each directorate's annexes stand: rows, gaps, and when they were last taken out."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.annexes.models import AnnexExport
from app.annexes.queries.contracts import takes_long
from app.annexes.queries.scope import Scope, directorates_of
from app.annexes.queries.sets import Material, material
from app.annexes.writing import WORDS, slug_of
from app.core.pages import moment
from app.council.calendar import FinancialYear
from app.council.models import Directorate
from app.register.queries.remembered import Remembered, stamp_of
from reports.annex_set import AnnexSet, Gap
from reports.files import Format
from reports.redaction import printable


@dataclass(frozen=True)
class Grouped:
    """Records with one thing wrong."""

    problem: str
    keeps_out: bool
    gaps: tuple[Gap, ...]

    @property
    def count(self) -> int:
        return len(self.gaps)


@dataclass(frozen=True)
class Standing:
    """One directorate's annexes for a year, or the whole council's."""

    name: str
    slug: str
    #: Rows of Annex 1 to 5; nothing where they have not been counted since the last change.
    rows: tuple[int, ...] | None
    gaps: int
    #: "22 November 2026, 8:20am, as Word, by Morgan Ash"; blank where never.
    exported: str

    @property
    def state(self) -> tuple[str, str] | None:
        """Words and the colour of their tag; nothing where nothing is counted."""
        if self.rows is None:
            return None
        if not any(self.rows):
            return "Nothing to print yet", "grey"
        return ("Gaps to mend", "yellow") if self.gaps else ("Ready", "green")


@dataclass(frozen=True)
class _Counted:
    """What stands until the next commit."""

    directorate_id: int | None
    name: str
    slug: str
    rows: tuple[int, ...] | None
    gaps: int


#: So many contracts are read in a quarter of a second.
READ_IN_PASSING = 500
_COUNTED: Remembered[list[_Counted]] = Remembered(most=50)


def standings(scope: Scope) -> list[Standing]:
    """Each directorate in the structure chart's order, then the whole council; read again after the next commit."""
    counted = _COUNTED.get(stamp_of(scope.session), _key(scope), lambda: _counted(material(scope)))
    return _with_exports(scope, counted)


def standings_in_passing(scope: Scope) -> list[Standing]:
    """The same for a page that is about something else: where counting would keep it waiting, nothing is counted."""
    known = _COUNTED.known(stamp_of(scope.session), _key(scope))
    if known is None and takes_long(scope, READ_IN_PASSING):
        directorates = directorates_of(scope.session, scope.year, scope.as_at)
        return _with_exports(scope, [_Counted(one.id, one.name, slug_of(one), None, 0) for one in directorates])
    return standings(scope)


def _key(scope: Scope) -> Hashable:
    return scope.year, scope.as_at, scope.today, scope.edition, scope.directorate_ids


def _with_exports(scope: Scope, counted: Iterable[_Counted]) -> list[Standing]:
    exports = _last_exports(scope.session, scope.year)
    return [
        Standing(one.name, one.slug, one.rows, one.gaps, _exported(exports.get(one.directorate_id))) for one in counted
    ]


def _counted(found: Material) -> list[_Counted]:
    scope = found.scope
    every: list[Directorate | None] = [*directorates_of(scope.session, scope.year, scope.as_at), None]
    return [_count(one, found.of(one)) for one in every]


def _count(directorate: Directorate | None, annexes: AnnexSet) -> _Counted:
    name = directorate.name if directorate else "Whole council"
    number = directorate.id if directorate else None
    shown = printable(annexes).annexes
    return _Counted(number, name, slug_of(directorate), row_counts(shown), len(shown.gaps))


def row_counts(annexes: AnnexSet) -> tuple[int, ...]:
    tables = (annexes.services, annexes.commissioned, annexes.forthcoming, annexes.agreements, annexes.commitments)
    return tuple(map(len, tables))


def _exported(export: AnnexExport | None) -> str:
    if export is None:
        return ""
    return f"{moment(export.exported_at)}, as {WORDS[Format(export.format)]}, by {export.exported_by}"


def _last_exports(session: Session, year: FinancialYear) -> dict[int | None, AnnexExport]:
    """By directorate; the whole council's under None."""
    last = select(func.max(AnnexExport.id)).where(AnnexExport.year == year.start).group_by(AnnexExport.directorate_id)
    return {
        export.directorate_id: export for export in session.scalars(select(AnnexExport).where(AnnexExport.id.in_(last)))
    }


def grouped(gaps: Iterable[Gap]) -> list[Grouped]:
    """By what is wrong; what keeps rows out comes first, then the most common."""
    problems: dict[tuple[str, bool], list[Gap]] = {}
    for gap in gaps:
        problems.setdefault((gap.problem, gap.keeps_out), []).append(gap)
    found = [Grouped(problem, keeps_out, tuple(some)) for (problem, keeps_out), some in problems.items()]
    return sorted(found, key=lambda group: (not group.keeps_out, -len(group.gaps), group.problem))
