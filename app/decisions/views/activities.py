"""One activity: its record, and a new one, from nothing or from a proposal."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.listing import whole_number
from app.core.panels import panels_for
from app.core.rights import Reader
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.council.calendar import Quarter
from app.decisions import commands
from app.decisions.commands import About, ActivityWanted
from app.decisions.forms.activities import NewActivityForm, line_answers, timing_answers
from app.decisions.models import Activity, ActivityKind, ActivityState, DecisionKind
from app.decisions.queries import chains, moves
from app.decisions.queries.activities import ActivityFacts
from app.decisions.queries.agreements import KEEPS_THE_CONTRACT
from app.decisions.queries.decisions import DecisionFacts, tells_an_amount
from app.decisions.queries.proposals import Proposal
from app.decisions.rules.key_decisions import Line, LineKind
from app.decisions.rules.proposals import Outcome
from app.decisions.rules.slippage import Slippage
from app.decisions.rules.timing import Timing
from app.decisions.views import bp, loading
from app.decisions.views.proposals import about_of, actor, proposal_about
from app.register.models import Contract
from app.register.queries.changes import Entry, history
from app.register.units import UnitChosen

STATE_COLOURS = {ActivityState.EXPECTED: "blue", ActivityState.TAKEN: "green", ActivityState.WITHDRAWN: "grey"}


@bp.route("/activities/<int:activity_id>")
@needs(Permission.READ)
def activity(activity_id: int) -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    one = loading.activity_shown(activity_id)
    decisions = loading.decisions_shown(one)
    about = loading.agreement_about(session, one, today)
    return render_template(
        "decisions/activity.html",
        one=one,
        when=one.when(today),
        overdue=one.is_overdue(today),
        colour=STATE_COLOURS[one.state],
        chain=chains.chain_of_activity(session, one, about, reader, today=today),
        routes=chains.routes_that_remain(session, one, today=today),
        meetings=chains.meetings_before(session, one, today=today),
        moved=moves.moved(slippage_of(decisions), moves.moves_of_activity(session, one.id)),
        decisions=decisions,
        panels=panels_for("activity", one.id, reader),
        history=told(session, one, decisions),
        links=links_of(one, decisions, reader),
        change=change_url(one, reader),
        carries_sum=one.kind in KEEPS_THE_CONTRACT,
    )


def slippage_of(decisions: Sequence[DecisionFacts]) -> Slippage | None:
    return next((held.slippage for held in decisions if held.is_main), None)


def told(session: Session, one: ActivityFacts, decisions: Sequence[DecisionFacts]) -> list[Entry]:
    """The history, without the lines that name an amount the reader may not see, nor what is withheld of a decision."""
    withheld = any(head.withheld for held in decisions for head in held.heads)
    entries = history(session, "activity", one.id, hide_amounts=withheld or not one.amounts_open)
    return [entry for entry in entries if one.amounts_open or not tells_an_amount(f"{entry.old} {entry.new}")]


def change_url(one: ActivityFacts, reader: Reader) -> str:
    """What each section's link begins with; empty where the reader may not change it."""
    may = reader.may_in(Permission.EDIT_ACTIVITIES, one.directorate_id, one.division_id)
    return f"{one.url}/" if may and one.state is not ActivityState.WITHDRAWN else ""


def links_of(one: ActivityFacts, decisions: Sequence[DecisionFacts], reader: Reader) -> list[tuple[str, str]]:
    unit = (one.directorate_id, one.division_id)
    links = []
    withdrawn = one.state is ActivityState.WITHDRAWN
    main = next((held for held in decisions if held.is_main), None)
    if main and reader.may_in(Permission.RECORD_DECISIONS, *unit) and not withdrawn:
        words = "Correct the decision" if one.decided_on else "Record the decision"
        links.append((words, f"{main.url}/record"))
    if reader.may_in(Permission.EDIT_ACTIVITIES, *unit):
        if main and main.kind is DecisionKind.PROCURE and len(decisions) == 1 and not withdrawn:
            links.append(("Add the decision to award", f"{one.url}/award"))
        if not withdrawn and not one.every_about:
            links.append(("Say which contracts it covers", f"{one.url}/contracts"))
        links.append(("Restore", f"{one.url}/restore") if withdrawn else ("Withdraw", f"{one.url}/withdraw"))
    return links


@bp.route("/activities/new", methods=["GET", "POST"])
@needs(Permission.EDIT_ACTIVITIES)
@saves
def new_activity() -> ResponseReturnValue:
    session, reader, proposal = db.session(), current_reader(), proposal_asked()
    form = NewActivityForm(data=prefilled(session, proposal))
    form.offer(loading.choices(session, reader, clock.today()))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = add(session, form, proposal)
            flash(f"{made.title} is recorded.", "success")
            return redirect(f"/activities/{made.id}")
    return render_template("decisions/new_activity.html", form=form, proposal=proposal)


def proposal_asked() -> Proposal | None:
    """What the address names: ?contract=3 or ?arrangement=2."""
    for kind in ("contract", "arrangement"):
        number = whole_number(request.args.get(kind, ""))
        if number is not None:
            return proposal_about(about_of(kind, number), clock.today())
    return None


def add(session: Session, form: NewActivityForm, proposal: Proposal | None) -> Activity:
    what = form.what()
    check_may(Permission.EDIT_ACTIVITIES, what.directorate_id, what.division_id)
    about = About(proposal.contract_id, proposal.arrangement_id) if proposal else About()
    wanted = ActivityWanted(
        what=what,
        value=form.value(),
        who=form.who(),
        taker=form.taker_wanted(),
        when=form.when(),
        contract_id=about.contract_id,
        arrangement_id=about.arrangement_id,
    )
    if proposal is None or proposal.outcome is not Outcome.PROPOSED:
        return commands.add_activity(session, wanted)
    return commands.accept_proposal(session, about, proposal.finding, wanted, actor())


def prefilled(session: Session, proposal: Proposal | None) -> dict[str, Any]:  # Any: answers of many types
    """The form's first answers; of a proposal, what the register knows."""
    decision = DecisionKind(council.proposed_decision(session, clock.today()))
    ground = council.exempt_until_award(session, clock.today())
    if proposal is None:
        return {"decision": decision, "exempt": ground is not None, "exempt_ground": ground}
    expected = Timing.in_quarter(Quarter.of(max(proposal.decide_by or clock.today(), clock.today())))
    lines = [Line(LineKind.REVENUE, proposal.estimate, proposal.estimate)] if proposal.estimate else []
    agreement = proposal.agreement
    return {
        "title": proposal.title,
        "kind": ActivityKind.REPROCURE,
        "unit": UnitChosen(proposal.directorate_id, proposal.division_id),
        "expected_months": agreement.candidate.expected_months,
        "decision": decision,
        "committee_id": proposal.committee_id,
        "exempt": agreement.exempt_ground is not None or ground is not None,
        "exempt_ground": agreement.exempt_ground or ground,
        **services_of(session, proposal),
        **timing_answers(expected),
        **line_answers(lines),
    }


def services_of(session: Session, proposal: Proposal) -> dict[str, Any]:  # Any: as above
    contract = session.get(Contract, proposal.contract_id) if proposal.contract_id is not None else None
    if contract is None:
        return {}
    return {
        "service_id": contract.lead_service_id,
        "programme_id": contract.programme_id,
        "lead_post": contract.manager_post,
    }
