"""The calendar feed, open to whoever knows its address; and one's own address, made and ended."""

from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from flask import Response, abort, current_app, flash, redirect, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, current_reader, needs, open_to_everyone
from app.core.db import db
from app.core.pages import council_shown
from app.core.web import saves
from app.home.blueprint import bp
from app.home.feed import commands, queries
from app.home.feed.queries import Event


@bp.post("/account/calendar/new")
@needs(Permission.READ)
@saves
def make_calendar_address() -> ResponseReturnValue:
    """Shown once, on the next page; the database keeps only its hash."""
    token = commands.make_address(db.session(), current_reader().id or 0, now=clock.now())
    base_url = current_app.extensions["settings"].base_url
    flash(f"Give your calendar program this address; it is shown only now: {base_url}/calendar/{token}.ics", "link")
    return redirect("/account")


@bp.post("/account/calendar/end")
@needs(Permission.READ)
@saves
def end_calendar_address() -> ResponseReturnValue:
    commands.end_address(db.session(), current_reader().id or 0, now=clock.now())
    flash("The calendar address is ended: nobody can read your dates by it any more", "success")
    return redirect("/account")


@bp.get("/calendar/<token>.ics")
@open_to_everyone
def calendar_feed(token: str) -> ResponseReturnValue:
    """What the address's owner may see, whoever reads it."""
    session = db.session()
    owner = queries.owner_of(session, token) or abort(404)
    if not owner.reader.may(Permission.READ):
        abort(404)
    found = queries.events(session, owner, today=clock.today())
    answer = Response(written(found, council_shown().name), mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.set_etag(sha256(answer.get_data()).hexdigest())
    return answer.make_conditional(request)


def written(found: list[Event], name: str) -> bytes:
    """As an iCalendar file (RFC 5545), each date a whole day that blocks no time."""
    from icalendar import Calendar
    from icalendar import Event as Entry

    base_url = current_app.extensions["settings"].base_url
    host = urlsplit(base_url).hostname or "localhost"
    calendar = Calendar()
    calendar.add("prodid", "-//Commissioning and contracts register//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{name}: contracts")
    for one in found:
        entry = Entry()
        entry.add("uid", f"{one.uid}@{host}")
        entry.add("dtstamp", one.changed_at)
        entry.add("last-modified", one.changed_at)
        entry.add("dtstart", one.on)
        entry.add("dtend", one.on + timedelta(days=1))
        entry.add("summary", one.title)
        entry.add("url", f"{base_url}{one.path}")
        entry.add("description", f"{one.note}\n{base_url}{one.path}".strip())
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    return bytes(calendar.to_ical())
