"""A member asks a committee to look at an activity or a contract, and takes a request back."""

from datetime import date

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.dates import day
from app.core.db import db
from app.core.errors import Refusal
from app.core.forms import Choice
from app.core.rights import Reader, ScopeKind
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.council import settings
from app.council.models import Meeting
from app.decisions.commands import committees as commands
from app.decisions.commands.committees import Subject
from app.decisions.forms.committees import AskForm
from app.decisions.models import PreScrutinyRequest
from app.decisions.queries.committees import programme
from app.decisions.rules.pre_scrutiny import too_soon
from app.decisions.views import bp, loading
from app.decisions.views.committees.loading import meeting_words, request_shown
from app.decisions.views.proposals import actor
from app.register.queries import contract_record


@bp.route("/activities/<int:activity_id>/ask", methods=["GET", "POST"])
@needs(Permission.ASK_COMMITTEES)
@saves
def ask_about_activity(activity_id: int) -> ResponseReturnValue:
    one = loading.activity_shown(activity_id)
    where = programme.committee_of(db.session(), one, clock.today())
    return _ask(Subject(activity_id=one.id), one.title, one.url, where)


@bp.route("/contracts/<int:contract_id>/ask", methods=["GET", "POST"])
@needs(Permission.ASK_COMMITTEES)
@saves
def ask_about_contract(contract_id: int) -> ResponseReturnValue:
    session = db.session()
    one = contract_record.contract(session, contract_id, current_reader(), clock.today())
    where = council.committee_for(session, one.directorate_id, one.division_id, on=clock.today())
    return _ask(Subject(contract_id=one.id), one.title, f"/contracts/{one.id}", where.id if where else None)


def _ask(subject: Subject, title: str, url: str, committee_id: int | None) -> ResponseReturnValue:
    session, today = db.session(), clock.today()
    form = AskForm(data={"committee_id": _preset(session, committee_id)})
    form.committee_id.choices = committees_to_ask(session, current_reader(), today)
    form.preferred_meeting_id.choices = _meetings(session, form.committee_id.choices, today)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            _check_papers(session, form, today)
            commands.ask(session, form.to_command(subject), current_reader().id or 0, actor())
            flash(f"The clerk is asked to bring {title} to the committee. What becomes of it stands below.", "success")
            return redirect("/my-committees#asked")
    return render_template("decisions/ask.html", form=form, subject=title, cancel=url)


def committees_to_ask(session: Session, reader: Reader, today: date) -> list[Choice[int]]:
    """One's own; where the role holds for the whole council, every one."""
    everywhere = any(
        grant.scope is ScopeKind.COUNCIL and Permission.ASK_COMMITTEES in grant.permissions for grant in reader.grants
    )
    mine = council.committees_of(session, reader)
    return [Choice(one.id, one.name) for one in council.committees(session, on=today) if everywhere or one.id in mine]


def _preset(session: Session, committee_id: int | None) -> int | None:
    """The committee it belongs to, where it is one's own; else the only one there is."""
    offered = [one.value for one in committees_to_ask(session, current_reader(), clock.today())]
    if committee_id in offered:
        return committee_id
    return offered[0] if len(offered) == 1 else None


def _meetings(session: Session, committees: tuple[Choice[int], ...], today: date) -> list[Choice[int]]:
    numbers = {one.value for one in committees}
    held = [one for one in programme.meetings(session, committees=numbers) if one.meets_on >= today]
    several = len(numbers) > 1
    return [
        Choice(one.id, f"{one.committee}: {words}" if several else words)
        for one in held
        for words in (meeting_words(one.meets_on, one.papers_due_on),)
    ]


def _check_papers(session: Session, form: AskForm, today: date) -> None:
    """A warning, which may be passed: hardly any report is ready in so short a time."""
    if form.preferred_meeting_id.data is None or form.passing.data:
        return
    wanted = session.get_one(Meeting, form.preferred_meeting_id.data)
    weeks = council.value_on(session, settings.PAPERS_WEEKS, today)
    if too_soon(wanted.papers_due_on, today=today, weeks=weeks):
        raise Refusal(
            f"The papers of that meeting are due on {day(wanted.papers_due_on)}, in less than {weeks} weeks: choose a "
            "later meeting, or tick that you ask for it all the same",
            field="preferred_meeting_id",
        )


@bp.route("/pre-scrutiny/<int:request_id>/take-back", methods=["POST"])
@needs(Permission.ASK_COMMITTEES)
@saves
def take_request_back(request_id: int) -> ResponseReturnValue:
    found = request_shown(request_id)
    commands.take_back(db.session().get_one(PreScrutinyRequest, request_id), current_reader().id)
    flash(f"Your request about {found.title} is taken back.", "success")
    return redirect("/my-committees#asked")
