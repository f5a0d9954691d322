"""How every directorate's annexes stand, and the same on planners' front page."""

from collections.abc import Iterator

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.annexes.forms import AskForm
from app.annexes.queries.overview import Standing, standings, standings_in_passing
from app.annexes.queries.scope import Scope
from app.annexes.rules import check_as_at, default_as_at
from app.annexes.views import bp
from app.annexes.views.asked import may_read_exempt, query_of
from app.annexes.writing import WHOLE_COUNCIL
from app.core import clock
from app.core.access import Permission, Reader, current_reader, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.panels import panel_on, panels_for
from app.council import queries as council
from app.council.calendar import FinancialYear
from reports.values import Edition


@bp.get("/annexes")
@needs(Permission.READ)
def annexes() -> ResponseReturnValue:
    session, reader = db.session(), current_reader()
    form = _ask(reader)
    scope = _scope(session, form)
    return render_template(
        "annexes/overview.html",
        form=form,
        scope=scope,
        rows=list(_rows(standings(scope), scope, form, reader)) if council.council_if_any(session) else [],
        offers_exempt=bool(reader.exempt_units),
        panels=panels_for("annexes", 0, reader),
    )


def _ask(reader: Reader) -> AskForm:
    form = AskForm(request.args, meta={"csrf": False})
    form.offer_years(clock.today())
    form.year.data = form.year.data or FinancialYear.of(clock.today())
    form.edition.data = (form.edition.data if reader.exempt_units else None) or Edition.OPEN
    if request.args:
        form.validate()
    return form


def _scope(session: Session, form: AskForm) -> Scope:
    """What was asked; a day that will not do is said beside its field, and the default shown."""
    today, year = clock.today(), form.year.data or FinancialYear.of(clock.today())
    default = default_as_at(year, today=today)
    try:
        as_at = check_as_at(form.as_at.data or default, today=today)
    except Refusal as refusal:
        form.show_refusal(refusal)
        as_at, form.as_at.data = default, None
    return Scope(session, year, as_at, today)


def _rows(found: list[Standing], scope: Scope, form: AskForm, reader: Reader) -> Iterator[tuple[Standing, str]]:
    """Each standing with the address of its set; the exempt edition only where it may be read."""
    by_slug = {one.slug: one for one in council.directorates(scope.session)}
    for one in found:
        is_open_to = one.slug != WHOLE_COUNCIL and may_read_exempt(reader, by_slug[one.slug])
        may = is_open_to or reader.exempt_units.everywhere
        edition = (form.edition.data or Edition.OPEN) if may else Edition.OPEN
        yield one, f"/annexes/{scope.year}/{one.slug}{query_of(form.as_at.data, edition)}"


@panel_on("home")
def how_the_annexes_stand(_subject: int, reader: Reader) -> Markup:
    """For planners: their directorates' annexes of the present year."""
    units = reader.units_for(Permission.MAKE_ANNEXES)
    if not units:
        return Markup()
    session, today = db.session(), clock.today()
    year = FinancialYear.of(today)
    ids = None if units.everywhere else units.directorates
    scope = Scope(session, year, default_as_at(year, today=today), today, directorate_ids=ids)
    kept = {one.slug for one in council.directorates(session) if units.include(one.id)}
    found = [one for one in standings_in_passing(scope) if one.slug in kept]
    if not found:
        return Markup()
    return Markup(render_template("annexes/panel.html", found=found, year=year))  # noqa: S704 - a template escapes
