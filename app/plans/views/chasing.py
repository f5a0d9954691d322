"""Asking for a return: by e-mail from here, or recorded as asked; the words ready to copy."""

from collections.abc import Sequence
from uuid import uuid4

from flask import current_app, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.forms import Choice, answered
from app.core.mail import Letter, MailRefused, MailServer, message_of, posting
from app.core.web import refusals_shown_on, saves
from app.plans import commands, wording
from app.plans.forms import ChaseForm, How
from app.plans.models import Return
from app.plans.queries import gaps, returns
from app.plans.queries.gaps import EVERYBODY, GapsAsked
from app.plans.queries.returns import Addressee
from app.plans.rules import is_late
from app.plans.views import bp
from app.plans.views.loading import actor, check_runs_rounds, return_named
from app.register.forms.editing import check_unchanged
from config import Settings


@bp.route("/plans/<year>/returns/<int:return_id>/chase", methods=["GET", "POST"])
@needs(Permission.RUN_ROUNDS)
@saves
def chase(year: str, return_id: int) -> ResponseReturnValue:
    check_runs_rounds()
    made = return_named(year, return_id)
    people, told = returns.addressees(db.session(), made), what_is_missing(made)
    form = asked_of(made, people)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, made.version, ChaseForm(obj=made, formdata=None))
            return chased(made, form, people, told)
    link = wording.mail_link(told, [one.email for one in people])
    return render_template(
        "plans/chase.html", form=form, made=made, people=people, text=wording.letter(told), mail_link=link
    )


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def asked_of(made: Return, people: Sequence[Addressee]) -> ChaseForm:
    by_mail = [Choice(How.MAIL, "By e-mail from here")] if settings().smtp_url and people else []
    begun = {"people": [one.id for one in people], "how": None if by_mail else How.OTHERWISE}
    form = ChaseForm(obj=made, data=begun)
    form.people.choices = [Choice(one.id, one.words) for one in people]
    form.how.choices = [*by_mail, Choice(How.OTHERWISE, "I ask them myself, and record it here")]
    return form


def what_is_missing(made: Return) -> wording.ChaseWanted:
    """As everybody may know it: a letter goes where nobody can look who reads it."""
    session, today = db.session(), clock.today()
    asked, whose = GapsAsked(EVERYBODY, today, made.round.plan_year), returns.whose(made)
    return wording.ChaseWanted(
        name=made.name,
        year=str(made.round.plan_year),
        due_on=made.round.returns_due_on,
        state=made.state,
        late=is_late(made.state, made.round.returns_due_on, today=today),
        sent_back_reason=made.sent_back_reason,
        lines=[
            wording.Line(
                one.words,
                one.number,
                tuple(f"{row.title}: {row.why}" for row in one.kind.rows(session, asked, whose)[: wording.NAMED]),
            )
            for one in gaps.missing_of(session, asked, whose)
        ],
        address=f"{settings().base_url}{made.path}",
        chaser=current_reader().name,
    )


def chased(made: Return, form: ChaseForm, people: Sequence[Addressee], told: wording.ChaseWanted) -> Response:
    chosen = [one for one in people if one.id in (form.people.data or ())]
    others, how, path = [form.whom.data] if form.whom.data else [], answered(form.how), made.path
    commands.check_chase(made, [*(one.name for one in chosen), *others])
    refused: list[str] = []
    if how is How.MAIL:
        chosen, refused = mailed(chosen, told)
    words = "by e-mail" if how is How.MAIL else form.otherwise.data or "in person"
    names = [*(one.name for one in chosen), *others]
    found = commands.chase(db.session(), returns.one_return(db.session(), made.id), names, words, actor())
    flash(f"Recorded: {found.whom} asked {words}.", "success")
    if refused:
        flash(f"The mail server did not take the letter to {'; '.join(refused)}.", "problem")
    return redirect(path)


def mailed(people: Sequence[Addressee], told: wording.ChaseWanted) -> tuple[list[Addressee], list[str]]:
    """Those the letter went to, and whom it did not reach and why. The database is let go of meanwhile."""
    if not people:
        raise Refusal("Choose somebody who is listed: the register knows nobody else's address", field="people")
    where, text = settings(), wording.letter(told)
    server = MailServer.at(where.smtp_url or "", base_url=where.base_url)
    html = render_template("plans/letter.html", told=told, text=text)
    db.session.rollback()
    sent, refused = [], []
    with posting(server) as post:
        for one in people:
            letter = Letter(
                one.email, wording.subject(told), text, html, f"{where.base_url}/account", f"return-{uuid4().hex}"
            )
            try:
                post.send(message_of(letter, server, base_url=where.base_url, now=clock.now()))
                sent.append(one)
            except MailRefused as refusal:
                refused.append(f"{one.name} ({refusal.message})")
    if not sent:
        raise Refusal(f"Nobody was reached: {'; '.join(refused)}", field="how")
    return sent, refused
