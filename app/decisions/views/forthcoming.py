"""What is coming: on screen, on paper and as a file."""

from dataclasses import replace

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.decisions.queries.forthcoming import forthcoming as what_is_forthcoming
from app.decisions.rules.horizon import rolling_horizon
from app.decisions.views import bp, listed
from app.decisions.views.files import list_file


@bp.route("/forthcoming")
@needs(Permission.READ)
def forthcoming() -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    asked = listed.forthcoming_asked(session, reader, today, "/forthcoming")
    wanted = listed.wanted_of(asked, reader)
    page = what_is_forthcoming(session, reader, wanted, rolling_horizon(today), today=today)
    return render_template(
        "decisions/forthcoming.html",
        asked=asked,
        every=replace(asked, path="/proposals"),
        page=page,
        part=listed.part_in_words(session, wanted),
        preset=listed.is_preset(asked, reader),
        may_edit=reader.may(Permission.EDIT_ACTIVITIES),
        today=today,
    )


@bp.route("/forthcoming.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def forthcoming_file(ending: str) -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    asked = listed.forthcoming_asked(session, reader, today, "/forthcoming")
    page = what_is_forthcoming(session, reader, listed.wanted_of(asked, reader), rolling_horizon(today), today=today)
    found = listed.lines((row.activity for row in page.rows), page.proposals.every, today)
    return list_file("forthcoming", ending, listed.ACTIVITY_COLUMNS, found)
