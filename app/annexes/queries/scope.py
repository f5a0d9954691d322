"""What a set of annexes is asked for: which directorates, which year, as at which day, for which readers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.annexes.rules import Window, window
from app.council import queries as council
from app.council.calendar import FinancialYear
from app.council.models import Directorate
from app.council.rules import Threshold, ThresholdBasis
from reports.values import Edition, Unit


@dataclass(frozen=True)
class Scope:
    """One question put to the register; every annex of a set answers the same one."""

    session: Session
    year: FinancialYear
    as_at: date
    today: date
    edition: Edition = Edition.OPEN
    #: None: the whole council.
    directorate_ids: frozenset[int] | None = None
    #: From which part of the threshold on contracts are looked at one by one.
    look_from: Decimal = Decimal(1)

    @cached_property
    def window(self) -> Window:
        return window(self.year, self.as_at)

    @cached_property
    def threshold(self) -> Threshold:
        """The annex threshold in force at the start of the plan year."""
        return council.annex_threshold(self.session, self.year.first)

    @property
    def is_annual(self) -> bool:
        return self.threshold.basis is ThresholdBasis.ANNUAL

    @property
    def is_open(self) -> bool:
        return self.edition is Edition.OPEN

    def holds(self, directorate_id: int) -> bool:
        return self.directorate_ids is None or directorate_id in self.directorate_ids

    def within(self, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """``holds``, said in SQL."""
        return true() if self.directorate_ids is None else column.in_(self.directorate_ids)

    def waits(self, embargoed_until: date | None) -> bool:
        """Kept back from this edition until a later day."""
        return self.is_open and embargoed_until is not None and self.as_at < embargoed_until

    @cached_property
    def _units(self) -> dict[tuple[int, int | None], Unit]:
        found: dict[tuple[int, int | None], Unit] = {}
        for place, directorate in enumerate(council.directorates(self.session), 1):
            found[directorate.id, None] = Unit(directorate=directorate.name, directorate_order=place)
            for at, division in enumerate(directorate.divisions, 1):
                found[directorate.id, division.id] = Unit(
                    directorate=directorate.name,
                    division=division.name,
                    directorate_order=place,
                    division_order=at,
                )
        return found

    def unit(self, directorate_id: int, division_id: int | None = None) -> Unit:
        """The unit as the structure chart places it."""
        return self._units.get((directorate_id, division_id)) or self._units[directorate_id, None]


def directorates_of(session: Session, year: FinancialYear, as_at: date) -> list[Directorate]:
    """Those that stood on the as-at day, or stand on the first day of what is planned."""
    days = (as_at, window(year, as_at).first)
    return [one for one in council.directorates(session) if any(council.stands_on(one, day) for day in days)]
