"""What a person's account page says of their reminders and calendar, and the administrator's of e-mail."""

from urllib.parse import urlsplit

from flask import current_app, render_template
from markupsafe import Markup

from app.core.access import Permission, Reader
from app.core.db import db
from app.core.panels import panel_on
from app.home.feed.queries import address_of
from app.home.reminders import queries
from app.home.reminders.views import in_words


@panel_on("account")
def reminders_of_person(_subject: int, reader: Reader) -> Markup:
    session, chosen = db.session(), queries.choice_of(db.session(), reader)
    often, address = in_words(chosen.often, chosen.weekday), address_of(session, reader.id or 0)
    return Markup(render_template("home/account_panel.html", often=often, address=address))  # noqa: S704 - our own template


@panel_on("admin")
def mail_panel(_subject: int, reader: Reader) -> Markup:
    """Without the password that may stand in the address."""
    if not reader.may(Permission.EDIT_SETTINGS):
        return Markup()
    where = urlsplit(current_app.extensions["settings"].smtp_url or "").hostname
    return Markup(render_template("home/admin_panel.html", server=where))  # noqa: S704 - our own template
