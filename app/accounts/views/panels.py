"""What the administrator's front page says of people."""

from flask import render_template
from markupsafe import Markup

from app.accounts import people
from app.core import clock
from app.core.access import Permission, Reader
from app.core.db import db
from app.core.panels import panel_on


@panel_on("admin")
def people_panel(_subject: int, reader: Reader) -> Markup:
    manages, audits = reader.may(Permission.MANAGE_PEOPLE), reader.may(Permission.READ_HISTORY)
    if not manages and not audits:
        return Markup()
    counts = people.counts(db.session(), now=clock.now())
    return Markup(render_template("accounts/admin_panel.html", counts=counts, manages=manages, audits=audits))  # noqa: S704 - our own template
