"""A member's own page, and following."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.web import saves
from app.council import queries as council
from app.decisions.commands import committees as commands
from app.decisions.queries.committees import coming
from app.decisions.views import bp, loading
from app.decisions.views.committees.requests import answers_to

MARKS = tuple(mark.words for mark in (coming.NEW, coming.CHANGED, coming.SLIPPED))


@bp.route("/my-committees")
@needs(Permission.READ)
def my_committees() -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    mark = request.args.get("mark")
    mark = mark if mark in MARKS else None
    page = coming.my_committees(session, reader, council.committees_of(session, reader), today, mark=mark)
    return render_template(
        "decisions/my_committees.html",
        page=page,
        answers={one.id: answers_to(one) for one in page.to_answer},
        mark=mark,
        marks=MARKS,
        may_ask=reader.may(Permission.ASK_COMMITTEES),
        today=today,
    )


@bp.route("/activities/<int:activity_id>/follow", methods=["POST"])
@needs(Permission.READ)
@saves
def follow(activity_id: int) -> ResponseReturnValue:
    one = loading.activity_shown(activity_id)
    commands.follow(db.session(), current_reader().id or 0, one.id, clock.now())
    flash(f"You follow {one.title}. It stands under “What I follow” on the page of my committees.", "success")
    return redirect(_back(activity_id))


@bp.route("/activities/<int:activity_id>/stop-following", methods=["POST"])
@needs(Permission.READ)
@saves
def stop_following(activity_id: int) -> ResponseReturnValue:
    one = loading.activity_shown(activity_id)
    commands.stop_following(db.session(), current_reader().id or 0, one.id)
    flash(f"You no longer follow {one.title}.", "success")
    return redirect(_back(activity_id))


def _back(activity_id: int) -> str:
    """To the page the button stands on."""
    return f"/activities/{activity_id}" if request.form.get("from") == "activity" else "/my-committees"
