"""The notices of a decision, on the decision's page."""

from flask import render_template
from markupsafe import Markup

from app.core import clock
from app.core.access import Permission
from app.core.db import db
from app.core.panels import panel_on
from app.core.rights import Reader
from app.decisions.models import Decision, DecisionState
from app.decisions.queries import notices
from app.decisions.queries.particulars import grounds_of
from app.decisions.views.notice_drafts import SLUGS
from app.decisions.views.notices import STATE_COLOURS


@panel_on("decision")
def notices_panel(decision_id: int, reader: Reader) -> Markup:
    """What was given notice of, what is drafted, and which papers may be begun."""
    session, today = db.session(), clock.today()
    decision = session.get_one(Decision, decision_id)
    activity = decision.activity
    may = reader.may_in(Permission.RECORD_DECISIONS, activity.directorate_id, activity.division_id)
    rows = [one for one in notices.notices_of(session, decision_id, today) if may or not one.is_draft]
    begins = may and decision.state is DecisionState.EXPECTED
    begun = {one.kind for one in rows if one.is_draft or one.state is notices.STANDING}
    links = [
        (f"Draft a {kind}", f"/decisions/{decision_id}/notices/{slug}")
        for slug, kind in SLUGS.items()
        if begins and kind not in begun
    ]
    if may and decision.state is DecisionState.TAKEN:
        links.append(("Record that members hold it to be key", f"/decisions/{decision_id}/held-to-be-key"))
    return Markup(  # noqa: S704 - a template escapes what it prints
        render_template(
            "decisions/notices_panel.html",
            rows=rows,
            links=links,
            held=decision.held_to_be_key,
            reported_on=decision.reported_on,
            colours=STATE_COLOURS,
            needed=decision.state is DecisionState.EXPECTED and bool(grounds_of(session, activity, today)),
        )
    )
