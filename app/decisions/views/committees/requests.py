"""What members asked for: the list by committee, and what the clerk or the committee's chair answers."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.dates import day
from app.core.db import db
from app.core.forms import Choice, answered
from app.core.listing import Listing
from app.core.pages import plural
from app.core.web import refusals_shown_on, saves
from app.decisions.commands import committees as commands
from app.decisions.forms.committees import AcceptForm, DeclineForm, MergeForm
from app.decisions.models import RequestState
from app.decisions.queries.committees import requests as of_requests
from app.decisions.queries.committees.requests import RequestFacts
from app.decisions.rules.pre_scrutiny import MOVES
from app.decisions.views import bp, listed
from app.decisions.views.committees.loading import meeting_choices, request_shown, request_to_answer
from app.decisions.views.proposals import actor
from app.register.forms.editing import check_unchanged

ANSWERS = (
    (RequestState.ACCEPTED, "Accept", "accept"),
    (RequestState.DECLINED, "Decline", "decline"),
    (RequestState.MERGED, "Merge into another", "merge"),
)


@bp.route("/pre-scrutiny")
@needs(Permission.READ)
def pre_scrutiny() -> ResponseReturnValue:
    asked = requests_asked()
    found = requests_found(asked)
    waiting = sum(one.waits for one in found)
    return render_template(
        "decisions/requests.html",
        asked=asked,
        page=listed.page_of(found, asked),
        counts=f"{plural(len(found), 'request')}, {waiting} waiting for an answer",
        answers={one.id: answers_to(one) for one in found},
    )


def requests_asked() -> Listing:
    session, reader, today = db.session(), current_reader(), clock.today()
    return listing.listing(
        "/pre-scrutiny",
        request.args,
        sorts=("asked",),
        default="asked",
        filters=(
            listing.words("q", "Words of the title"),
            listing.one_of("state", "State", RequestState),
            listed.committee_filter(session, reader, today, preset=False),
        ),
    )


def requests_found(asked: Listing) -> list[RequestFacts]:
    reader, words = current_reader(), (asked.text("q") or "").casefold()
    committees = listed.committees_of(asked, reader, preset=False)
    return [
        one
        for one in of_requests.requests(db.session(), reader, today=clock.today())
        if words in one.title.casefold()
        and asked.member("state", RequestState) in {None, one.state}
        and (committees is None or one.committee_id in committees)
    ]


def answers_to(one: RequestFacts) -> list[tuple[str, str]]:
    """What this reader may answer, as links."""
    if not one.is_answered_by(current_reader()):
        return []
    return [(words, f"{one.url}/{path}") for state, words, path in ANSWERS if state in MOVES[one.state]]


@bp.route("/pre-scrutiny/<int:request_id>")
@needs(Permission.READ)
def pre_scrutiny_request(request_id: int) -> ResponseReturnValue:
    one = request_shown(request_id)
    mine = one.asked_by_id == current_reader().id and current_reader().may(Permission.ASK_COMMITTEES)
    return render_template(
        "decisions/request.html",
        one=one,
        links=answers_to(one),
        may_take_back=mine and RequestState.TAKEN_BACK in MOVES[one.state],
    )


@bp.route("/pre-scrutiny/<int:request_id>/accept", methods=["GET", "POST"])
@needs(Permission.ANSWER_REQUESTS)
@saves
def accept_request(request_id: int) -> ResponseReturnValue:
    session, record = db.session(), request_to_answer(request_id)
    one, form = request_shown(request_id), _accept_form(session, request_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, record.version, _accept_form(session, request_id, formdata=None))
            item = commands.accept(session, record, form.meeting_id.data, form.words.data, actor())
            flash(f"{one.title} is on the work programme of {one.committee}.", "success")
            return redirect(f"/agenda-items/{item.id}")
    return render_template("decisions/answer.html", form=form, one=one, kind="accept")


def _accept_form(session: Session, request_id: int, **more: Any) -> AcceptForm:  # Any: passed on to the form
    one = request_shown(request_id)
    form = AcceptForm(data={"version": one.version, "meeting_id": one.preferred_meeting_id}, **more)
    form.meeting_id.choices = meeting_choices(session, one.committee_id, clock.today())
    return form


@bp.route("/pre-scrutiny/<int:request_id>/decline", methods=["GET", "POST"])
@needs(Permission.ANSWER_REQUESTS)
@saves
def decline_request(request_id: int) -> ResponseReturnValue:
    session, record, one = db.session(), request_to_answer(request_id), request_shown(request_id)
    form = DeclineForm(data={"version": record.version})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, record.version, DeclineForm(data={"version": record.version}, formdata=None))
            commands.decline(session, record, answered(form.reason), actor())
            flash(f"The request about {one.title} is declined; {one.asked_by} can read why.", "success")
            return redirect("/pre-scrutiny")
    return render_template("decisions/answer.html", form=form, one=one, kind="decline")


@bp.route("/pre-scrutiny/<int:request_id>/merge", methods=["GET", "POST"])
@needs(Permission.ANSWER_REQUESTS)
@saves
def merge_request(request_id: int) -> ResponseReturnValue:
    session, record, one = db.session(), request_to_answer(request_id), request_shown(request_id)
    form = _merge_form(session, one)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, record.version, _merge_form(session, one, formdata=None))
            commands.merge(session, record, answered(form.into), answered(form.reason), actor())
            flash(f"The request about {one.title} is merged; {one.asked_by} can read why.", "success")
            return redirect("/pre-scrutiny")
    return render_template("decisions/answer.html", form=form, one=one, kind="merge")


def _merge_form(session: Session, one: RequestFacts, **more: Any) -> MergeForm:  # Any: passed on to the form
    form = MergeForm(data={"version": one.version}, **more)
    beside = of_requests.standing_beside(session, one, current_reader(), clock.today())
    form.into.choices = [
        Choice(other.id, f"{other.title}, asked by {other.asked_by}", f"{other.about}, {day(other.asked_at.date())}")
        for other in beside
    ]
    return form
