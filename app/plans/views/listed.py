"""The lists behind a return's counts, and what is missing as a file."""

from collections.abc import Iterator, Sequence

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.listing import Listing, Page, Row
from app.council import queries as council
from app.plans.models import Return
from app.plans.queries import gaps, holdings, record, returns, since
from app.plans.queries.gaps import Unit
from app.plans.rules import Part
from app.plans.views import bp
from app.plans.views.loading import gaps_asked, return_named, round_named
from app.register.views.files import list_file
from reports.listing import ListColumn

ADDRESS = "/plans/<year>/returns/<int:return_id>"
COLUMNS = tuple(
    ListColumn(heading, width=width)
    for heading, width in (
        *(("Annex", 8), ("What is missing", 40), ("Record", 40), ("Why", 50), ("Post", 30)),
        *(("Directorate", 30), ("Division", 30), ("Address", 40), ("What to do", 50)),
    )
)


def plain(path: str) -> Listing:
    return listing.listing(path, request.args, sorts=(), default="")


def page_of(found: Sequence[Row], asked: Listing) -> Page[Row]:
    start = (asked.page - 1) * listing.ROWS_ON_A_PAGE
    return Page(found[start : start + listing.ROWS_ON_A_PAGE], len(found), asked.page)


def unit_names() -> dict[Unit, str]:
    """Every unit by its ids: "Highways, Growth" for a division, "Growth" for a directorate."""
    found: dict[Unit, str] = {}
    for one in council.structure(db.session()):
        found[one.id, None] = one.name
        found |= {(one.id, division.id): f"{division.name}, {one.name}" for division in one.divisions}
    return found


@bp.get(f"{ADDRESS}/missing/<code>")
@needs(Permission.READ)
def missing(year: str, return_id: int, code: str) -> ResponseReturnValue:
    made = return_named(year, return_id)
    kind = gaps.gap_kind(code) or abort(404)
    asked = plain(f"{made.path}/missing/{code}")
    found = kind.rows(db.session(), gaps_asked(made), returns.whose(made))
    return render_template(
        "plans/lacking.html",
        made=made,
        asked=asked,
        page=page_of(found, asked),
        heading=f"{len(found):,} {kind.one if len(found) == 1 else kind.many}",
        note=kind.cure,
        caption=f"Annex {kind.part.annex}",
        units=unit_names(),
        why="What is missing",
    )


@bp.get(f"{ADDRESS}/holds/<int(min=1, max=5):annex>")
@needs(Permission.READ)
def holds(year: str, return_id: int, annex: int) -> ResponseReturnValue:
    made, part = return_named(year, return_id), list(Part)[annex - 1]
    if part not in {Part.AGREEMENTS, Part.SOCIAL_VALUE}:
        abort(404)  # the lists of services, contracts and forthcoming activities tell them by unit
    asked = plain(f"{made.path}/holds/{annex}")
    found = holdings.rows_of(db.session(), gaps_asked(made), returns.whose(made), part)
    return render_template(
        "plans/lacking.html",
        made=made,
        asked=asked,
        page=page_of(found, asked),
        heading=f"{len(found):,} {holdings.WORDS[part][len(found) != 1]}",
        note=record.TITLES[part],
        caption=f"Annex {annex}",
        units=unit_names(),
        why="What it is",
    )


@bp.get(f"{ADDRESS}/changes")
@needs(Permission.READ)
def changed(year: str, return_id: int) -> ResponseReturnValue:
    made, session = return_named(year, return_id), db.session()
    reader, today, asked = current_reader(), clock.today(), plain(f"{made.path}/changes")
    number = since.how_many_changed(session, made, reader, today)
    rows = since.changed_page(session, made, reader, today, asked.page)
    return render_template("plans/changed.html", made=made, asked=asked, page=Page(rows, number, asked.page))


# As files


@bp.get(f"{ADDRESS}/missing.csv")
@needs(Permission.READ)
def missing_file(year: str, return_id: int) -> ResponseReturnValue:
    made = return_named(year, return_id)
    return sent(f"missing-{made.round.plan_year}-{made.name.lower().replace(' ', '-')}", [made])


@bp.get("/plans/<year>/missing.csv")
@needs(Permission.READ)
def missing_in_round_file(year: str) -> ResponseReturnValue:
    """Every directorate's: a division's are among them."""
    every = returns.returns_of(db.session(), round_named(year))
    return sent(f"missing-{year}", [one for one in every if one.division_id is None])


def sent(name: str, every: Sequence[Return]) -> Response:
    return list_file(name, "csv", COLUMNS, [line for made in every for line in lines(made)])


def lines(made: Return) -> Iterator[Sequence[str]]:
    session, asked, whose = db.session(), gaps_asked(made), returns.whose(made)
    names = {one.id: one.name for one in council.structure(session)}
    divisions = {one.id: one.name for one in council.divisions(session)}
    for kind in gaps.KINDS:
        for one in kind.rows(session, asked, whose):
            where = request.host_url.rstrip("/") + one.url
            unit = (names.get(one.unit[0], ""), divisions.get(one.unit[1] or 0, ""))
            yield (f"Annex {kind.part.annex}", kind.one, one.title, one.why, one.post, *unit, where, kind.cure)
