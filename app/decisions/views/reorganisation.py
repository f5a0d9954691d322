"""What crosses the vesting day of a successor council, and what falls before an election."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.listing import Page
from app.council import elections
from app.council import queries as council
from app.decisions.queries import reorganisation as crossing
from app.decisions.queries.reorganisation import ContractCrossing
from app.decisions.rules.reorganisation import LAW
from app.decisions.views import bp


@bp.route("/decisions/reorganisation")
@needs(Permission.READ)
def reorganisation() -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    there = council.the_council(session)
    asked = listing.listing("/decisions/reorganisation", request.args, sorts=("ends",), default="ends", filters=())
    vesting = there.vesting_on
    rows: Sequence[ContractCrossing] = ()
    total = 0
    if vesting is not None:
        offset = (asked.page - 1) * listing.ROWS_ON_A_PAGE
        rows, total = crossing.contracts_crossing(
            session, reader, vesting, today=today, offset=offset, limit=listing.ROWS_ON_A_PAGE
        )
    return render_template(
        "decisions/reorganisation.html",
        there=there,
        limits=crossing.limits_on(session, today),
        law=LAW,
        activities=crossing.activities_crossing(session, reader, vesting, today=today) if vesting else [],
        asked=asked,
        page=Page(rows, total, asked.page),
        periods=[one for one in elections.periods(session) if one.until_on >= today],
        expected=crossing.before_elections(session, reader, today=today),
    )
