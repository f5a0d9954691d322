"""A file before it goes out, and publishing it. For whoever publishes for the whole council."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core import clock, listing
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.listing import ROWS_ON_A_PAGE, Page
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.council import settings
from app.publication.commands.publishing import files_of, publish
from app.publication.forms import PublishForm
from app.publication.models import PublishedEdition
from app.publication.queries.due import quarters_overdue, years_overdue
from app.publication.queries.editions import editions_of, latest_edition
from app.publication.queries.preview import Preview, preview
from app.publication.queries.redactions import redactions_page
from app.publication.rules.periods import Period, quarters_back, years_back
from app.publication.rules.scope import BY_SLUG, SLUGS
from app.publication.views import bp
from app.publication.views.parts import Line, lines_of, slug_of
from app.publication.views.sending import files_folder, period_or_404

QUARTERS_SHOWN, YEARS_SHOWN = 6, 2


@dataclass(frozen=True)
class Standing:
    """A period, and the edition that stands for it."""

    period: Period
    edition: PublishedEdition | None
    is_late: bool


@bp.get("/publication")
@needs(Permission.PUBLISH)
def publication() -> ResponseReturnValue:
    check_may(Permission.PUBLISH, None)
    session, today = db.session(), clock.today()
    due = redactions_page(session, current_reader(), today, due_only=True, page=1)
    return render_template(
        "publication/overview.html",
        quarters=_standings(session, quarters_back(today, QUARTERS_SHOWN), quarters_overdue(session, today)),
        years=_standings(session, years_back(today, YEARS_SHOWN), years_overdue(session, today)),
        today=today,
        reviews_due=due.total,
        platform=council.value_on(session, settings.CODE_VIA_PLATFORM, today) if _has_council(session) else None,
    )


def _has_council(session: Session) -> bool:
    return council.council_if_any(session) is not None


def _standings(session: Session, periods: Sequence[Period], late: Sequence[Period]) -> list[Standing]:
    return [Standing(period, latest_edition(session, period), period in late) for period in periods]


def shown_now(period: str) -> Preview:
    """What would be published of the period now; for those who may publish."""
    check_may(Permission.PUBLISH, None)
    return preview(db.session(), period_or_404(period), clock.today())


@bp.get("/publication/<period>")
@needs(Permission.PUBLISH)
def preview_period(period: str) -> ResponseReturnValue:
    shown = shown_now(period)
    return render_template(
        "publication/preview.html",
        shown=shown,
        period=shown.period,
        editions=editions_of(db.session(), shown.period),
        slugs=SLUGS,
        slug_of=slug_of,
        today=clock.today(),
        over=shown.placing.scope.over,
    )


@bp.get("/publication/<period>/list/<part>")
@needs(Permission.PUBLISH)
def preview_part(period: str, part: str) -> ResponseReturnValue:
    """The rows behind one of the page's counts."""
    shown = shown_now(period)
    found = lines_of(shown, part, BY_SLUG) or abort(404)
    asked = listing.listing(
        f"/publication/{shown.period.key}/list/{part}", request.args, sorts=("title",), default="title"
    )
    return render_template(
        "publication/part.html", shown=shown, title=found.title, asked=asked, page=_page_of(found.lines, asked.page)
    )


def _page_of(lines: Sequence[Line], number: int) -> Page[Line]:
    start = (number - 1) * ROWS_ON_A_PAGE
    return Page(lines[start : start + ROWS_ON_A_PAGE], len(lines), number)


@bp.get("/publication/<period>/try/<layout>.<any(csv, xlsx, json):ending>")
@needs(Permission.PUBLISH)
def try_file(period: str, layout: str, ending: str) -> Response:
    """The file as it would be now, to look at before it goes out."""
    shown = shown_now(period)
    wanted = next((one for one in shown.layouts if one.key == layout), None) or abort(404)
    files = files_of(shown, wanted, council.the_council(db.session()).name)
    file = next((one for one in files if one.name.endswith(f".{ending}")), None) or abort(404)
    answer = Response(file.content, mimetype=file.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=f"trial-{file.name}")
    return answer


@bp.route("/publication/<period>/publish", methods=["GET", "POST"])
@needs(Permission.PUBLISH)
@saves
def publish_period(period: str) -> ResponseReturnValue:
    shown, session, form = shown_now(period), db.session(), PublishForm()
    before = latest_edition(session, shown.period)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = _publish(session, shown, form)
            flash(f"{made.title} is published: {made.rows:,} rows.", "success")
            return redirect(f"/published/{shown.period.key}")
    form.seen.data = shown.digest
    before = latest_edition(session, shown.period)
    return render_template("publication/publish.html", shown=shown, period=shown.period, form=form, before=before)


def _publish(session: Session, shown: Preview, form: PublishForm) -> PublishedEdition:
    if shown.lacking and not form.with_gaps.data:
        raise Refusal("Tick the box to publish it with what is missing, or mend the records first", field="with_gaps")
    return publish(
        session,
        shown,
        files_folder(),
        organisation=council.the_council(session).name,
        seen=form.seen.data or "",
        correction=form.correction.data or None,
        by=current_reader().name,
        now=clock.now(),
        today=clock.today(),
    )
