"""Who answers for what, and how complete the records are, by directorate and division."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.findings import Asked
from app.core.forms import Choice
from app.core.listing import ROWS_ON_A_PAGE, Listing, Page
from app.council import queries as council
from app.home.blueprint import bp
from app.home.queries import coverage as queries
from app.home.queries.coverage import WORDS, CoverageAsked, Covered, Measure, Share
from app.home.views.to_do import unit_name
from app.register.units import directorate_choices, division_choices


@dataclass(frozen=True)
class Row:
    """One part of the council on the page, with the address of a closer look."""

    name: str
    covered: Covered
    filters: dict[str, int]
    url: str = ""

    def share(self, measure: Measure) -> Share:
        return self.covered.shares[measure]

    def list_url(self, measure: Measure, *, has: bool) -> str:
        return f"/coverage/{measure}?{urlencode({'has': 'yes' if has else 'no', **self.filters})}"


@bp.get("/coverage")
@needs(Permission.READ)
def coverage() -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    asked = _asked("/coverage")
    directorate_id = asked.number("directorate")
    parts = queries.coverage(session, Asked(reader, today))
    rows = _divisions(session, parts, directorate_id) if directorate_id else _directorates(session, parts)
    return render_template(
        "home/coverage.html",
        asked=asked,
        rows=rows,
        measures=WORDS,
        where=unit_name(session, directorate_id, None) or "the whole council",
        inside=directorate_id is not None,
    )


def _directorates(session: Session, parts: Sequence[Covered]) -> list[Row]:
    rows = []
    for one in council.structure(session):
        own = [part for part in parts if part.directorate_id == one.id]
        if own:
            covered = queries.together(own, one.id, None)
            rows.append(Row(one.name, covered, {"directorate": one.id}, f"/coverage?directorate={one.id}"))
    return [*rows, Row("The whole council", queries.together(parts, None, None), {})]


def _divisions(session: Session, parts: Sequence[Covered], directorate_id: int) -> list[Row]:
    own = [part for part in parts if part.directorate_id == directorate_id]
    names = {one.id: one.name for one in council.divisions(session)}
    rows = [
        Row(names[one.division_id], one, {"directorate": directorate_id, "division": one.division_id})
        for one in own
        if one.division_id in names
    ]
    whole = Row("The whole directorate", queries.together(own, directorate_id, None), {"directorate": directorate_id})
    return [*sorted(rows, key=lambda row: row.name), whole]


def _asked(path: str, *, of_a_measure: bool = False) -> Listing:
    structure = council.structure(db.session())
    answers = (Choice("yes", "Have it"), Choice("no", "Lack it"))
    return listing.listing(
        path,
        request.args,
        sorts=("title",),
        default="title",
        filters=(
            *((listing.choice("has", "Which", answers),) if of_a_measure else ()),
            listing.choice("directorate", "Directorate", directorate_choices(structure)),
            *((listing.choice("division", "Division", division_choices(structure)),) if of_a_measure else ()),
        ),
    )


@bp.get("/coverage/<any(owner, held, confirmed, annex, code):name>")
@needs(Permission.READ)
def coverage_list(name: str) -> ResponseReturnValue:
    session, reader, measure = db.session(), current_reader(), Measure(name)
    asked = _asked(f"/coverage/{name}", of_a_measure=True)
    part = Asked(reader, clock.today(), asked.number("directorate"), asked.number("division"))
    wanted = CoverageAsked(measure, asked.text("has") == "yes", part)
    total, rows = (
        queries.how_many(session, wanted),
        queries.contracts_page(session, wanted, asked.page, ROWS_ON_A_PAGE),
    )
    words = WORDS[measure].having if wanted.has else WORDS[measure].lacking
    return render_template(
        "home/coverage_list.html",
        asked=asked,
        page=Page(rows, total, asked.page),
        heading=f"{total:,} running contract{'' if total == 1 else 's'} {words}",
        about=WORDS[measure].about,
        units={row.id: unit_name(session, row.directorate_id, row.division_id) for row in rows},
    )
