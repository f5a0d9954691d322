"""What crosses the vesting day of a successor council, and what falls before an election: as a page and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.listing import Listing, Page
from app.core.rights import Reader
from app.council import elections
from app.council import queries as council
from app.council.models import Council
from app.decisions.queries import reorganisation as crossing
from app.decisions.queries.forthcoming import Wanted
from app.decisions.queries.reorganisation import ActivityCrossing, BeforeElection, ContractCrossing
from app.decisions.rules.reorganisation import LAW
from app.decisions.views import bp, listed
from app.decisions.views.files import list_file
from reports.listing import Item, ListColumn
from reports.table import Kind

PATH = "/decisions/reorganisation"
COLUMNS = (
    ListColumn("What", width=22),
    ListColumn("Title", width=45),
    ListColumn("Reference", width=16),
    ListColumn("Directorate", width=28),
    ListColumn("Value", width=18),
    ListColumn("Decision", width=22),
    ListColumn("Ends", Kind.DAY),
    ListColumn("Why it is listed", width=55),
    ListColumn("Consent", width=45),
)


@dataclass(frozen=True)
class _Asked:
    """Which part of the council, and who asks."""

    listing: Listing
    wanted: Wanted
    there: Council
    reader: Reader
    today: date

    def activities(self) -> list[ActivityCrossing]:
        vesting = self.there.vesting_on
        session, today = db.session(), self.today
        return crossing.activities_crossing(session, self.reader, self.wanted, vesting, today=today) if vesting else []

    def contracts(self, offset: int = 0, limit: int | None = None) -> list[ContractCrossing]:
        vesting = self.there.vesting_on
        if vesting is None:
            return []
        session, today = db.session(), self.today
        return crossing.contracts_crossing(
            session, self.reader, self.wanted, vesting, today=today, offset=offset, limit=limit
        )

    def page(self) -> Page[ContractCrossing]:
        vesting, asked = self.there.vesting_on, self.listing
        session, today = db.session(), self.today
        total = crossing.how_many_cross(session, self.reader, self.wanted, vesting, today=today) if vesting else 0
        offset = (asked.page - 1) * listing.ROWS_ON_A_PAGE
        return Page(self.contracts(offset, listing.ROWS_ON_A_PAGE), total, asked.page)

    def expected(self) -> list[BeforeElection]:
        return crossing.before_elections(db.session(), self.reader, self.wanted, today=self.today)


def _asked() -> _Asked:
    session, reader = db.session(), current_reader()
    filters = listed.unit_filters(session)
    asked = listing.listing(PATH, request.args, sorts=("ends",), default="ends", filters=filters)
    return _Asked(
        asked, listed.wanted_of(asked, reader, preset=False), council.the_council(session), reader, clock.today()
    )


@bp.route(PATH)
@needs(Permission.READ)
def reorganisation() -> ResponseReturnValue:
    session, held = db.session(), _asked()
    return render_template(
        "decisions/reorganisation.html",
        there=held.there,
        limits=crossing.limits_on(session, held.today),
        law=LAW,
        part=listed.part_in_words(session, held.wanted),
        activities=held.activities(),
        asked=held.listing,
        page=held.page(),
        periods=[one for one in elections.periods(session) if one.until_on >= held.today],
        expected=held.expected(),
    )


@bp.route(f"{PATH}.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def reorganisation_file(ending: str) -> ResponseReturnValue:
    return list_file("reorganisation-and-elections", ending, COLUMNS, _lines(_asked()))


def _lines(held: _Asked) -> Iterator[tuple[Item, ...]]:
    for one in held.activities():
        it = one.activity
        consent = one.crossing.consent or one.unknown or "Not needed"
        yield (
            *("Activity", it.title, it.decision_reference, it.directorate, it.short_value, one.when, None),
            *(one.crossing.why, consent),
        )
    for held_contract in held.contracts():
        yield _contract_line(held_contract)
    for before in held.expected():
        it, period = before.decision.activity, before.period
        yield (
            *("Pre-election period", f"{before.decision.title}: {before.decision.kind}", None, it.directorate),
            *(it.short_value, str(before.decision.timing), None, period.in_words, None),
        )


def _contract_line(one: ContractCrossing) -> tuple[Item, ...]:
    why = one.may_run_until or ("It runs beyond the vesting day" if one.ends_on else "No end date is recorded")
    consent = "Needs consent" if one.needs_consent else one.unknown or None
    return ("Contract", one.title, one.reference, one.directorate, one.value, None, one.ends_on, why, consent)
