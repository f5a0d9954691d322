"""The register's own proposals: the list, dismissing one with a reason, taking that back."""

from datetime import date

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound

from app.core import clock, listing
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.forms import Choice
from app.core.listing import Listing
from app.core.web import refusals_shown_on, saves
from app.decisions import commands
from app.decisions.commands import About, Actor
from app.decisions.forms.answers import ConfirmForm, DismissForm
from app.decisions.queries import agreements, proposals
from app.decisions.queries.proposals import Proposal
from app.decisions.rules.horizon import rolling_horizon
from app.decisions.rules.proposals import Outcome
from app.decisions.views import bp, listed
from app.decisions.views.files import list_file

DISMISSED = "dismissed"
LATE = "late"
WHICH = {
    Outcome.PROPOSED.value: "Proposed",
    LATE: "Proposed, and late",
    Outcome.WATCHED.value: "On the watch list",
    Outcome.GAP.value: "Gaps to mend",
    DISMISSED: "Dismissed",
}


@bp.route("/proposals")
@needs(Permission.READ)
def proposed() -> ResponseReturnValue:
    asked, today = proposals_asked(clock.today()), clock.today()
    found = proposals_found(asked, today)
    page = listed.page_of(found, asked)
    return render_template(
        "decisions/proposals.html",
        asked=asked,
        page=page,
        preset=listed.is_preset(asked, current_reader()),
        which=asked.text("which") or Outcome.PROPOSED.value,
        words=WHICH[asked.text("which") or Outcome.PROPOSED.value],
        may_edit=current_reader().may(Permission.EDIT_ACTIVITIES),
    )


@bp.route("/proposals.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def proposed_file(ending: str) -> ResponseReturnValue:
    today = clock.today()
    found = proposals_found(proposals_asked(today), today)
    return list_file("proposals", ending, listed.ACTIVITY_COLUMNS, listed.lines((), found, today))


def proposals_asked(today: date) -> Listing:
    session, reader = db.session(), current_reader()
    return listing.listing(
        "/proposals",
        request.args,
        sorts=("decide_by",),
        default="decide_by",
        filters=(
            listing.choice("which", "Which", [Choice(key, words) for key, words in WHICH.items()]),
            listing.words("q", "Title or reference"),
            listed.committee_filter(session, reader, today),
            *listed.unit_filters(session),
            listing.on_day("from", "Decision on or after"),
            listing.on_day("to", "Decision on or before"),
        ),
    )


def proposals_found(asked: Listing, today: date) -> list[Proposal]:
    reader = current_reader()
    wanted, which = listed.wanted_of(asked, reader), asked.text("which") or Outcome.PROPOSED.value
    words = (asked.text("q") or "").casefold()
    every = proposals.findings(db.session(), reader, rolling_horizon(today), today=today)
    return [
        one
        for one in every
        if _is(one, which) and wanted.takes_proposal(one) and words in f"{one.title} {one.reference or ''}".casefold()
    ]


def _is(one: Proposal, which: str) -> bool:
    if which == DISMISSED:
        return one.dismissal is not None
    if which == LATE:
        return one.dismissal is None and one.outcome is Outcome.PROPOSED and one.is_late
    return one.dismissal is None and one.outcome.value == which


def proposal_about(about: About, today: date) -> Proposal:
    """What the register finds of it; 404 where it is over, or not this reader's to see."""
    session = db.session()
    found = (
        agreements.agreement_of_arrangement(session, about.arrangement_id, today)
        if about.arrangement_id is not None
        else agreements.agreement_of_contract(session, about.contract_id or 0, today)
    )
    proposal = proposals.finding_for(session, current_reader(), rolling_horizon(today), found, today=today)
    if proposal is None:
        raise NoResultFound
    return proposal


def about_of(kind: str, number: int) -> About:
    return About(contract_id=number) if kind == "contract" else About(arrangement_id=number)


def actor() -> Actor:
    return Actor(current_reader().name, clock.now())


@bp.route("/proposals/<any(contract, arrangement):kind>/<int:number>/dismiss", methods=["GET", "POST"])
@needs(Permission.EDIT_ACTIVITIES)
@saves
def dismiss(kind: str, number: int) -> ResponseReturnValue:
    proposal, form = proposal_about(about_of(kind, number), clock.today()), DismissForm()
    check_may(Permission.EDIT_ACTIVITIES, proposal.directorate_id, proposal.division_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            about = About(proposal.contract_id, proposal.arrangement_id)
            commands.dismiss_proposal(db.session(), about, proposal.finding, form.reason.data or "", actor())
            flash(f"{proposal.title} is dismissed. It is listed with your reason under “Dismissed”.", "success")
            return redirect("/forthcoming#dismissed")
    return render_template("decisions/dismiss.html", form=form, proposal=proposal)


@bp.route("/proposals/<any(contract, arrangement):kind>/<int:number>/undo", methods=["GET", "POST"])
@needs(Permission.EDIT_ACTIVITIES)
@saves
def undo_dismissal(kind: str, number: int) -> ResponseReturnValue:
    proposal, form = proposal_about(about_of(kind, number), clock.today()), ConfirmForm()
    check_may(Permission.EDIT_ACTIVITIES, proposal.directorate_id, proposal.division_id)
    if form.validate_on_submit():
        about = About(proposal.contract_id, proposal.arrangement_id)
        commands.undo_dismissal(db.session(), about, actor())
        flash(f"{proposal.title} is proposed again.", "success")
        return redirect("/forthcoming#proposals")
    return render_template("decisions/undo.html", form=form, proposal=proposal)
