"""Which contracts an activity covers: adding one, taking one out, choosing which leads."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.pages import plural
from app.core.web import saves
from app.decisions.commands import covering as commands
from app.decisions.models import Activity
from app.decisions.queries import covering
from app.decisions.queries.visibility import may_see_amounts
from app.decisions.views import bp, loading
from app.register.queries.lines import lines


@bp.route("/activities/<int:activity_id>/contracts", methods=["GET", "POST"])
@needs(Permission.EDIT_ACTIVITIES)
@saves
def activity_contracts(activity_id: int) -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    activity = loading.activity_to_change(activity_id)
    if request.method == "POST":
        return change_what_it_covers(activity)
    words = request.args.get("q", "")
    return render_template(
        "decisions/covering.html",
        one=activity,
        words=words,
        covered=lines(covering.contracts_covered(session, activity), reader, today),
        others=lines(covering.contracts_to_cover(session, activity, words, reader, today), reader, today),
        most=covering.MOST,
    )


def change_what_it_covers(activity: Activity) -> ResponseReturnValue:
    """A refusal is said on the same page."""
    chosen = [number for text in request.form.getlist("contract") if (number := listing.whole_number(text)) is not None]
    try:
        words = act(activity, request.form.get("act", ""), chosen)
    except Refusal as refusal:
        flash(refusal.message, "problem")
    else:
        flash(words, "success")
    return redirect(f"/activities/{activity.id}/contracts")


def check_tells_nothing(activity: Activity) -> None:
    """Without the contract whose amount is exempt from the reader, the activity's own amounts would be told."""
    if not may_see_amounts(db.session(), current_reader(), activity.id):
        raise Refusal("What it covers is exempt from you. Ask somebody who may see the amounts to take a contract out")


def act(activity: Activity, name: str, chosen: list[int]) -> str:
    if name == "lead":
        return f"{commands.let_lead(activity, chosen).title} leads now."
    if name == "remove":
        check_tells_nothing(activity)
        return f"{plural(commands.uncover(activity, chosen), 'contract')} taken out."
    found = covering.contracts_chosen(db.session(), chosen, current_reader(), clock.today())
    return f"{plural(commands.cover(activity, found), 'contract')} added."
