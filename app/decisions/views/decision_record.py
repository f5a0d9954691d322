"""One decision: its record, and the statement of it to print."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.panels import panels_for
from app.core.rights import Reader
from app.decisions.models import DecisionState
from app.decisions.queries import chains, effect, moves
from app.decisions.queries.decisions import DecisionFacts
from app.decisions.views import bp, loading
from app.decisions.views.activities import told

STATE_COLOURS = {DecisionState.EXPECTED: "blue", DecisionState.TAKEN: "green", DecisionState.WITHDRAWN: "grey"}


@bp.route("/decisions/<int:decision_id>")
@needs(Permission.READ)
def decision(decision_id: int) -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    one = loading.decision_shown(decision_id)
    return render_template(
        "decisions/decision.html",
        one=one,
        today=today,
        colour=STATE_COLOURS[one.state],
        after=effect.after(session, one, reader, clock.local_now()),
        routes=chains.routes_of_decision(session, one, today=today),
        moved=moves.moved(one.slippage, moves.moves_of_decision(session, one.id)),
        panels=panels_for("decision", one.id, reader),
        links=links_of(one, reader),
        change=change_url(one, reader),
        history=told(session, one.activity, loading.decisions_shown(one.activity)),
    )


def change_url(one: DecisionFacts, reader: Reader) -> str:
    """What each of a clerk's links begins with; empty where the reader may not change it."""
    may = reader.may_in(Permission.RECORD_DECISIONS, one.activity.directorate_id, one.activity.division_id)
    return f"{one.url}/" if may and one.state is not DecisionState.WITHDRAWN else ""


def links_of(one: DecisionFacts, reader: Reader) -> list[tuple[str, str]]:
    """What may be done, by whom."""
    unit = (one.activity.directorate_id, one.activity.division_id)
    clerk = reader.may_in(Permission.RECORD_DECISIONS, *unit)
    keeper = reader.may_in(Permission.EDIT_ACTIVITIES, *unit)
    taken, withdrawn = one.state is DecisionState.TAKEN, one.state is DecisionState.WITHDRAWN
    called = "Record what came of the call-in" if one.called_in_on else "Record a call-in"
    offered = (
        ("Correct the record" if taken else "Record the decision", "record", clerk and not withdrawn),
        (called, "call-in", clerk and taken and not one.not_called_in_reason),
        ("Say how far it is carried out", "implementation", keeper and taken),
        ("Print the record", "statement", taken),
        ("Move it", "when", keeper and not one.is_main and one.state is DecisionState.EXPECTED),
        ("Withdraw", "withdraw", keeper and not one.is_main and one.state is DecisionState.EXPECTED),
        ("Restore", "restore", keeper and not one.is_main and withdrawn and not one.activity.withdrawn_reason),
    )
    return [(words, f"{one.url}/{where}") for words, where, may in offered if may]


@bp.route("/activities/<int:activity_id>/decision")
@needs(Permission.READ)
def main_decision(activity_id: int) -> ResponseReturnValue:
    """The decision the activity waits for, at its own address."""
    one = loading.activity_shown(activity_id)
    found = loading.decisions_shown(one)
    return redirect(found[0].url if found else one.url)


@bp.route("/decisions/<int:decision_id>/statement")
@needs(Permission.READ)
def statement(decision_id: int) -> ResponseReturnValue:
    """The written statement of a decision, on paper (SI 2012/2089, regs 12 and 13)."""
    one = loading.decision_taken(decision_id)
    return render_template("decisions/statement.html", one=one, facts=statement_of(db.session(), one))


def statement_of(session: Session, one: DecisionFacts) -> effect.Statement:
    return effect.statement(session, one, current_reader(), clock.local_now())


@bp.route("/decisions/<int:decision_id>/statement.docx")
@needs(Permission.READ)
def statement_file(decision_id: int) -> ResponseReturnValue:
    one = loading.decision_taken(decision_id)
    facts = statement_of(db.session(), one)
    return loading.document(f"decision-{one.reference or one.id}", facts.paper)
