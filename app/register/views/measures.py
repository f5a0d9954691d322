"""The council's own list of social value measures: read, exported, and an example to begin from."""

from pathlib import Path

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import Choice
from app.core.listing import Listing
from app.core.pages import plural
from app.register.models import SocialValueMeasure
from app.register.queries import measures as queries
from app.register.queries.measures import MeasuresAsked
from app.register.views import bp
from app.register.views.files import list_file
from reports.listing import Item, ListColumn
from reports.table import Kind

EXAMPLE = Path(__file__).resolve().parents[1] / "data" / "example-measures.csv"

#: As a file of measures is exported, and read back in.
COLUMNS = (
    ListColumn("List", width=30),
    ListColumn("List version"),
    ListColumn("Theme code"),
    ListColumn("Theme", width=20),
    ListColumn("Outcome code"),
    ListColumn("Outcome", width=40),
    ListColumn("Measure code"),
    ListColumn("Measure", width=45),
    ListColumn("Unit", width=20),
    ListColumn("Proxy value (£)", Kind.POUNDS),
    ListColumn("Proxy version"),
    ListColumn("How to count it", width=45),
    ListColumn("From", Kind.DAY),
    ListColumn("Until", Kind.DAY),
    ListColumn("Source", width=30),
    ListColumn("Licence", width=30),
)


def asked_of_measures() -> Listing:
    session = db.session()
    lists = [Choice(one.id, one.called) for one in queries.frameworks(session)]
    themes = [Choice(theme, theme) for theme in queries.theme_titles(session)]
    return listing.listing(
        "/social-value/measures",
        request.args,
        sorts=("code",),
        default="code",
        filters=(
            listing.words("q", "Words in the measure, its code or outcome"),
            *([listing.choice("list", "List", lists)] if lists else []),
            *([listing.choice("theme", "Theme", themes)] if themes else []),
            listing.choice("ended", "Ended measures", [Choice("yes", "Show those that have ended, too")]),
        ),
    )


def measures_asked(asked: Listing) -> MeasuresAsked:
    return MeasuresAsked(
        words=asked.text("q"),
        framework_id=asked.number("list"),
        theme=asked.text("theme"),
        ended=asked.ticked("ended"),
    )


@bp.get("/social-value/measures")
@needs(Permission.READ)
def measures() -> ResponseReturnValue:
    asked = asked_of_measures()
    page = queries.measures_page(db.session(), measures_asked(asked), clock.today(), number=asked.page)
    return render_template(
        "register/measures.html",
        asked=asked,
        page=page,
        heading=plural(page.total, "measure"),
        frameworks=queries.frameworks(db.session()),
        today=clock.today(),
        may_import=current_reader().may(Permission.IMPORT),
    )


@bp.get("/social-value/measures.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def measures_file(ending: str) -> ResponseReturnValue:
    every = queries.all_measures(db.session(), measures_asked(asked_of_measures()), clock.today())
    return list_file("measures", ending, COLUMNS, (cells(one) for one in every))


def cells(one: SocialValueMeasure) -> tuple[Item, ...]:
    framework, outcome = one.framework, one.outcome
    return (
        framework.name,
        framework.edition,
        outcome.theme.code,
        outcome.theme.title,
        outcome.code,
        outcome.title,
        one.code,
        one.title,
        one.unit,
        one.proxy_value,
        one.proxy_version,
        one.counting,
        one.from_on,
        one.until_on,
        framework.source,
        framework.licence,
    )


@bp.get("/social-value/measures/example.csv")
@needs(Permission.READ)
def example_measures() -> ResponseReturnValue:
    """A council-neutral list to begin from: the council's own words and values take its place."""
    answer = Response(EXAMPLE.read_bytes(), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename="example-measures.csv")
    return answer
