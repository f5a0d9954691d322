"""What is done with a return: its parts answered, sent, sent back, signed off, opened again, let off."""

from collections.abc import Callable

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import VersionedForm, answered
from app.core.web import refusals_shown_on, saves
from app.plans import commands, forms
from app.plans.models import Return
from app.plans.queries import record
from app.plans.rules import Part
from app.plans.views import bp
from app.plans.views.loading import actor, check_runs_rounds, gaps_asked, loaded, return_named
from app.register.forms.editing import check_unchanged

MAKE, SIGN = Permission.MAKE_RETURNS, Permission.SIGN_OFF
ADDRESS = "/plans/<year>/returns/<int:return_id>"


def saved(made: Return, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(made.path)


@bp.route(f"{ADDRESS}/parts/<int(min=1, max=5):annex>", methods=["GET", "POST"])
@needs(MAKE)
@saves
def answer(year: str, return_id: int, annex: int) -> ResponseReturnValue:
    made, session = loaded(year, return_id, MAKE), db.session()
    part = made.part(list(Part)[annex - 1])
    shown = record.parts_of(session, made, gaps_asked(made))[annex - 1]
    form = forms.answer_form(part, made.version)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, made.version, forms.answer_form(part, made.version, formdata=None))
            said, note = answered(form.answer), form.note.data
            commands.answer_part(session, made, part.part, said, note, shown.holding, actor())
            return saved(made, f"Annex {annex} is answered: {part.answer}.")
    return render_template("plans/answer.html", form=form, made=made, shown=shown)


@bp.route(f"{ADDRESS}/send", methods=["GET", "POST"])
@needs(MAKE)
@saves
def send(year: str, return_id: int) -> ResponseReturnValue:
    made = loaded(year, return_id, MAKE)
    form = forms.SendForm(obj=made)

    def act(form: forms.SendForm) -> str:
        commands.send(db.session(), made, form.reason.data, actor())
        return "The return is sent to the director."

    return done(made, form, act) or render_template(
        "plans/send.html", form=form, made=made, parts=record.parts_of(db.session(), made, gaps_asked(made))
    )


def done(made: Return, form: VersionedForm, act: Callable[..., str]) -> ResponseReturnValue | None:
    """The act and the way back to the return; nothing where the page is to be shown (again)."""
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, made.version, type(form)(obj=made, formdata=None))
            return saved(made, act(form))
    return None


@bp.route(f"{ADDRESS}/send-back", methods=["GET", "POST"])
@needs(SIGN)
@saves
def send_back(year: str, return_id: int) -> ResponseReturnValue:
    made = loaded(year, return_id, SIGN)
    form = forms.SendBackForm(obj=made)

    def act(form: forms.SendBackForm) -> str:
        commands.send_back(db.session(), made, answered(form.reason))
        return "The return is sent back."

    return done(made, form, act) or asked_why(made, form, "Send the return back", "Send back")


@bp.route(f"{ADDRESS}/reopen", methods=["GET", "POST"])
@needs(SIGN)
@saves
def reopen(year: str, return_id: int) -> ResponseReturnValue:
    made = loaded(year, return_id, SIGN)
    form = forms.ReopenForm(obj=made)

    def act(form: forms.ReopenForm) -> str:
        commands.send_back(db.session(), made, answered(form.reason))
        return "The return is open again, and is to be sent and signed once more."

    return done(made, form, act) or asked_why(
        made, form, "Open the signed return again", "Open again",
        "The sign-off is taken back. The history keeps who signed, when, and why it was opened again.",
    )  # fmt: skip


@bp.route(f"{ADDRESS}/let-off", methods=["GET", "POST"])
@needs(Permission.RUN_ROUNDS)
@saves
def let_off(year: str, return_id: int) -> ResponseReturnValue:
    check_runs_rounds()
    made = return_named(year, return_id)
    form = forms.LetOffForm(obj=made)

    def act(form: forms.LetOffForm) -> str:
        commands.withdraw(db.session(), made, answered(form.reason), actor())
        return f"{made.name} makes no return of its own. Its directorate answers for it."

    return done(made, form, act) or asked_why(
        made, form, "Let the division off", "Let off",
        "Its directorate answers for it. It can be asked again where the round is changed.",
    )  # fmt: skip


def asked_why(made: Return, form: VersionedForm, title: str, button: str, intro: str = "") -> str:
    return render_template("plans/why.html", form=form, made=made, heading=title, button=button, said=intro)


@bp.route(f"{ADDRESS}/sign-off", methods=["GET", "POST"])
@needs(SIGN)
@saves
def sign_off(year: str, return_id: int) -> ResponseReturnValue:
    made = loaded(year, return_id, SIGN)
    form = forms.ConfirmForm(obj=made)

    def act(_form: forms.ConfirmForm) -> str:
        commands.sign_off(db.session(), made, actor())
        return "The return is signed off."

    parts = record.parts_of(db.session(), made, gaps_asked(made))
    return done(made, form, act) or render_template(
        "plans/sign_off.html", form=form, made=made, parts=parts, own=made.sent_by == current_reader().name
    )
