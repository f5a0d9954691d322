"""Changing an activity: section by section, withdrawing and restoring."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.forms import answered
from app.core.web import refusals_shown_on, saves
from app.decisions import commands
from app.decisions.forms import activities as forms
from app.decisions.forms.activities import SectionForm, activity_answers
from app.decisions.forms.answers import ConfirmForm, WithdrawForm
from app.decisions.models import Activity
from app.decisions.queries.activities import answer_now
from app.decisions.rules.key_decisions import KeyDecisionAnswer
from app.decisions.views import bp, loading
from app.decisions.views.proposals import actor
from app.register.forms.editing import check_unchanged

#: Services beyond the two that are asked for stay as they are.
ASKED_SERVICES = 2


@dataclass(frozen=True)
class Section:
    """One section of an activity: its heading, its questions, and what saving it does."""

    title: str
    form: type[SectionForm]
    save: Callable[[Session, Activity, Any], None]  # Any: the section's own form
    #: Shows amounts, so only for those who may see them.
    amounts: bool = False


def _save_what(_session: Session, activity: Activity, form: forms.WhatForm) -> None:
    others = [held.service_id for held in activity.services][ASKED_SERVICES:]
    wanted = form.what(others=others)
    check_may(Permission.EDIT_ACTIVITIES, wanted.directorate_id, wanted.division_id)
    commands.describe(activity, wanted)


def _save_value(_session: Session, activity: Activity, form: forms.ValueForm) -> None:
    commands.value(activity, form.value())


def _save_who(_session: Session, activity: Activity, form: forms.WhoForm) -> None:
    commands.name_deciders(activity, form.who(), form.taker_wanted())


def _save_when(_session: Session, activity: Activity, form: forms.MoveForm) -> None:
    commands.reschedule(activity, form.when(form.reason.data), actor())


def _save_effect(_session: Session, activity: Activity, form: forms.EffectForm) -> None:
    commands.state_effects(activity, form.effects())


def _save_judgement(session: Session, activity: Activity, form: forms.JudgementForm) -> None:
    commands.judge(session, activity, form.chosen, form.judgement_reason.data, clock.today())


SECTIONS: Mapping[str, Section] = {
    "what": Section("What it is", forms.WhatForm, _save_what),
    "value": Section("How much it comes to", forms.ValueForm, _save_value, amounts=True),
    "who": Section("Who decides", forms.WhoForm, _save_who),
    "when": Section("When it is expected", forms.MoveForm, _save_when),
    "effect": Section("What beside money makes it a key decision", forms.EffectForm, _save_effect),
    "judgement": Section("Whether it needs a key decision", forms.JudgementForm, _save_judgement, amounts=True),
}


@bp.route(
    "/activities/<int:activity_id>/<any(what, value, who, when, effect, judgement):name>", methods=["GET", "POST"]
)
@needs(Permission.EDIT_ACTIVITIES)
@saves
def change_activity(activity_id: int, name: str) -> ResponseReturnValue:
    section, activity = SECTIONS[name], loading.activity_to_change(activity_id)
    if section.amounts:
        loading.check_may_see_amounts(activity)
    form = section_form(section, activity)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, activity.version, section_form(section, activity, formdata=None))
            section.save(db.session(), activity, form)
            return redirect(after_saving(activity))
    answer = answer_now(db.session(), activity, clock.today())
    return render_template("decisions/section.html", form=form, name=name, section=section, one=activity, answer=answer)


def section_form(section: Section, activity: Activity, **more: Any) -> SectionForm:  # Any: passed on to the form
    form = section.form(obj=activity, data=activity_answers(activity), **more)
    form.offer(loading.choices(db.session(), current_reader(), clock.today()))
    return form


def after_saving(activity: Activity) -> str:
    """Back to the record; where the value has moved under a judgement, to judging again."""
    db.session().flush()
    answer = answer_now(db.session(), activity, clock.today())
    if answer.judgement_lapsed:
        flash("The value has moved since somebody judged whether this needs a key decision: judge it again.", "notice")
        return f"/activities/{activity.id}/judgement"
    flash(f"{activity.title} is saved. {answer_in_words(answer)}", "success")
    return f"/activities/{activity.id}"


def answer_in_words(answer: KeyDecisionAnswer) -> str:
    if answer.is_needed:
        return "It needs a key decision."
    return "Whether it needs a key decision cannot be told yet." if not answer.working else ""


@bp.route("/activities/<int:activity_id>/withdraw", methods=["GET", "POST"])
@needs(Permission.EDIT_ACTIVITIES)
@saves
def withdraw_activity(activity_id: int) -> ResponseReturnValue:
    activity = loading.activity_to_change(activity_id)
    form = WithdrawForm(obj=activity)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, activity.version, WithdrawForm(obj=activity, formdata=None))
            commands.withdraw_activity(activity, answered(form.reason))
            flash(f"{activity.title} is withdrawn.", "success")
            return redirect(f"/activities/{activity.id}")
    return render_template("decisions/withdraw.html", form=form, one=activity)


@bp.route("/activities/<int:activity_id>/restore", methods=["GET", "POST"])
@needs(Permission.EDIT_ACTIVITIES)
@saves
def restore_activity(activity_id: int) -> ResponseReturnValue:
    activity, form = loading.activity_to_change(activity_id), ConfirmForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.restore_activity(activity)
            flash(f"{activity.title} is restored.", "success")
            return redirect(f"/activities/{activity.id}")
    return render_template("decisions/restore.html", form=form, one=activity)
