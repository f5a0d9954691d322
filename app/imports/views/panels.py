"""What this room shows on the front page: imports that wait for somebody, and rows they held."""

from flask import render_template
from markupsafe import Markup

from app.core.access import Permission, Reader
from app.core.db import db
from app.core.panels import panel_on
from app.imports import queries
from app.imports.queries import Standing


@panel_on("home")
def imports_waiting(_subject: int, reader: Reader) -> Markup:
    """For those who may import: an import is of the whole council."""
    if not reader.may_in(Permission.IMPORT, None):
        return Markup()
    waiting = queries.runs(db.session(), 1, Standing.WAITING).total
    held = queries.held_rows(db.session())
    if not waiting and not held:
        return Markup()
    words = render_template("imports/panel.html", waiting=waiting, standing=Standing.WAITING.value, held=held)
    return Markup(words)  # noqa: S704 - a template escapes


@panel_on("admin")
def sources_panel(_subject: int, reader: Reader) -> Markup:
    if not reader.may_in(Permission.SET_SOURCES, None):
        return Markup()
    number = len(queries.sources(db.session()))
    return Markup(render_template("imports/admin_panel.html", number=number))  # noqa: S704 - a template escapes
