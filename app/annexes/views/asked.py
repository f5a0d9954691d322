"""Which annexes a page is about: read from its address, and held against what the reader may see."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import abort, request
from sqlalchemy.orm import Session

from app.annexes.queries.scope import Scope
from app.annexes.queries.sets import Prepared
from app.annexes.rules import check_as_at, default_as_at
from app.annexes.writing import WHOLE_COUNCIL, slug_of
from app.core import clock
from app.core.access import Reader, current_reader, refuse_entry
from app.core.dates import parse_day
from app.core.db import db
from app.core.errors import Refusal
from app.council import queries as council
from app.council.calendar import FinancialYear
from app.council.models import Directorate
from reports.values import Edition


@dataclass(frozen=True)
class Asked:
    """One set of annexes, as the address bar says it."""

    directorate: Directorate | None
    scope: Scope
    #: As given; blank where the address leaves it to the default.
    as_at_given: date | None

    @property
    def name(self) -> str:
        return self.directorate.name if self.directorate else "Whole council"

    @property
    def slug(self) -> str:
        return slug_of(self.directorate)

    @property
    def path(self) -> str:
        return f"/annexes/{self.scope.year}/{self.slug}"

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The day and the edition, for a form that is sent by address."""
        return _pairs(self.as_at_given, self.scope.edition)

    def url(self, *parts: str) -> str:
        """The page of the set, or one beneath it, with the same day and edition."""
        return "/".join((self.path, *parts)) + query_of(self.as_at_given, self.scope.edition)


def query_of(as_at: date | None, edition: Edition) -> str:
    pairs = _pairs(as_at, edition)
    return f"?{urlencode(pairs)}" if pairs else ""


def _pairs(as_at: date | None, edition: Edition) -> list[tuple[str, str]]:
    day = [("as_at", as_at.isoformat())] if as_at else []
    return [*day, ("edition", edition.value)] if edition is Edition.EXEMPT else day


def asked_for(year: str, slug: str) -> Asked:
    """Read the address: 404 for a year or directorate there is none of, 403 for an edition not open to the reader."""
    session, today = db.session(), clock.today()
    directorate, plan_year = _directorate(session, slug), _year(year)
    edition, as_at = _edition(), as_at_given()
    if edition is Edition.EXEMPT and not may_read_exempt(current_reader(), directorate):
        refuse_entry()
    day = check_as_at(as_at or default_as_at(plan_year, today=today), today=today)
    ids = frozenset({directorate.id}) if directorate else None
    return Asked(directorate, Scope(session, plan_year, day, today, edition, ids), as_at)


def _year(text: str) -> FinancialYear:
    try:
        return FinancialYear.parse(text)
    except Refusal:
        abort(404)


def _directorate(session: Session, slug: str) -> Directorate | None:
    if slug == WHOLE_COUNCIL:
        return None
    found = next((one for one in council.directorates(session) if one.slug == slug), None)
    return found or abort(404)


def as_at_given() -> date | None:
    text = request.args.get("as_at", "").strip()
    return parse_day(text) if text else None


def _edition() -> Edition:
    return Edition.EXEMPT if request.args.get("edition") == Edition.EXEMPT else Edition.OPEN


def may_read_exempt(reader: Reader, directorate: Directorate | None) -> bool:
    """A directorate's exempt edition shows all of it, so that entitlement to one division is not enough."""
    return reader.exempt_units.include(directorate.id) if directorate else reader.exempt_units.everywhere


def prepared(reader: Reader) -> Prepared:
    """By post rather than by name where the person has one."""
    return Prepared(by=reader.post or reader.name, at=clock.now())
