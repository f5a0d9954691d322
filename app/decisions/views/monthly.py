"""The monthly report for management teams and boards: two pages on screen, on paper and in Word."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.dates import day
from app.core.db import db
from app.core.findings import Asked
from app.core.forms import Choice
from app.core.listing import Listing
from app.council import queries as council
from app.decisions.queries import monthly as of_month
from app.decisions.queries.forthcoming import Wanted
from app.decisions.queries.monthly import CALLED_IN, NEW, SLIPPED, Part
from app.decisions.views import bp, listed, loading
from reports.paper import Paper

LISTS = {
    SLIPPED: "Slipped since last month",
    NEW: "New since last month",
    CALLED_IN: "Called in since last month, or with no outcome yet",
}
TITLE, PATH = "Monthly report on decisions and contracts", "/decisions/monthly"


def _asked(path: str = PATH) -> tuple[Listing, Asked]:
    session, reader, today = db.session(), current_reader(), clock.today()
    which = (listing.choice("which", "What", [Choice(code, words) for code, words in LISTS.items()]),)
    asked = listing.listing(
        path,
        request.args,
        sorts=("expected",),
        default="expected",
        filters=(*(which if path != PATH else ()), *listed.unit_filters(session)),
    )
    return asked, Asked(reader, today, asked.number("directorate"), asked.number("division"))


def _part_in_words(of: Asked) -> str:
    part = Wanted(directorate_id=of.directorate_id, division_id=of.division_id)
    return listed.part_in_words(db.session(), part) or "The whole council"


@bp.route("/decisions/monthly")
@needs(Permission.READ)
def monthly() -> ResponseReturnValue:
    asked, of = _asked()
    return render_template(
        "decisions/monthly.html",
        asked=asked,
        report=of_month.monthly(db.session(), of),
        part=_part_in_words(of),
        closed=bool(of.reader.exempt_units),
        today=of.today,
        title=TITLE,
        base=_base(),
    )


def _base() -> str:
    """Before the path of a list, where it stands on paper."""
    return str(current_app.extensions["settings"].base_url)


@bp.route("/decisions/monthly.docx")
@needs(Permission.READ)
def monthly_document() -> ResponseReturnValue:
    _, of = _asked()
    part = _part_in_words(of)
    return loading.document(f"Monthly report {part} {of.today.isoformat()}", _paper(of, part))


def _paper(of: Asked, part: str) -> Paper:
    report, council_name = of_month.monthly(db.session(), of), council.the_council(db.session()).name
    limits = "NOT FOR PUBLICATION. " if of.reader.exempt_units else ""
    facts = [(one.heading, f"{one.number:,}") for one in report.parts]
    return Paper(
        title=TITLE,
        subtitle=f"{limits}{council_name}: {part}. As at {day(of.today)}; last month is since {day(report.since)}.",
        facts=(*facts, ("Notices due", f"{report.notices_due:,}")),
        parts=tuple(
            (f"{one.heading}: {one.number:,}", _paragraphs(one))
            for one in (*report.parts, *report.notices)
            if one.number
        ),
        author=council_name,
        on=of.today,
        compact=True,
    )


def _paragraphs(one: Part) -> tuple[str, ...]:
    rest = (f"{one.rest}: {_base()}{one.url}",) if one.rest else ()
    return (*(f"{row.title}. {row.working}" for row in one.rows), *rest)


@bp.route("/decisions/monthly/list")
@needs(Permission.READ)
def monthly_list() -> ResponseReturnValue:
    asked, of = _asked(f"{PATH}/list")
    which = asked.text("which") if asked.text("which") in LISTS else NEW
    rows = of_month.changed_since(db.session(), of)[which or NEW]
    return render_template(
        "decisions/monthly_list.html",
        asked=asked,
        page=listed.page_of(rows, asked),
        title=LISTS[which or NEW],
        part=_part_in_words(of),
        since=of_month.since(of.today),
    )
