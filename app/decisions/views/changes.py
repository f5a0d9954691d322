"""Changing an activity: section by section, the decision taken, withdrawing and restoring."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.forms import Choice, answered
from app.core.web import refusals_shown_on, saves
from app.decisions import commands
from app.decisions.commands import ApprovalWanted, DecisionWanted
from app.decisions.forms import activities as forms
from app.decisions.forms.activities import DecisionForm, SectionForm, activity_answers
from app.decisions.forms.answers import ConfirmForm, WithdrawForm
from app.decisions.models import Activity, ActivityKind
from app.decisions.queries.activities import answer_now
from app.decisions.rules.key_decisions import KeyDecisionAnswer
from app.decisions.views import bp, loading
from app.decisions.views.proposals import actor
from app.register.forms.editing import check_unchanged
from app.register.models import Contract

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
    commands.name_deciders(activity, form.who())


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


@bp.route("/activities/<int:activity_id>/decision", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def record_decision(activity_id: int) -> ResponseReturnValue:
    session = db.session()
    activity = loading.activity_to_change(activity_id, Permission.RECORD_DECISIONS)
    form = decision_form(session, activity)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, activity.version, decision_form(session, activity, formdata=None))
            save_decision(session, activity, form)
            flash(f"The decision on {activity.title} is recorded.", "success")
            return redirect(f"/activities/{activity.id}")
    return render_template("decisions/record_decision.html", form=form, one=activity)


def decision_form(session: Session, activity: Activity, **more: Any) -> DecisionForm:  # Any: passed on to the form
    contracts = contracts_for(session, activity)
    keeps = activity.kind in {ActivityKind.EXTEND, ActivityKind.VARY}
    form = DecisionForm(obj=activity, data={"for_contract_id": activity.contract_id if keeps else None}, **more)
    form.for_contract_id.choices = [
        Choice(one.id, f"{one.title} ({one.reference or 'no reference'})") for one in contracts
    ]
    return form


def contracts_for(session: Session, activity: Activity) -> list[Contract]:
    """The contract it is about, what follows it, and those of its arrangement."""
    mine = (
        Contract.id == activity.contract_id,
        Contract.replaces_id == activity.contract_id,
        Contract.arrangement_id == activity.arrangement_id,
    )
    numbers = (activity.contract_id, activity.contract_id, activity.arrangement_id)
    known = [one for one, number in zip(mine, numbers, strict=True) if number is not None]
    query = select(Contract).where(or_(false(), *known), Contract.withdrawn_at.is_(None))
    return list(session.scalars(query.order_by(Contract.title_key, Contract.id)))


def save_decision(session: Session, activity: Activity, form: DecisionForm) -> None:
    wanted = DecisionWanted(
        decided_on=answered(form.decided_on), reference=answered(form.decision_reference), outcome=form.outcome.data
    )
    commands.record_decision(activity, wanted, today=clock.today())
    if form.allows.data:
        allowed = ApprovalWanted(
            contract_id=form.for_contract_id.data,
            sum_allowed=form.sum_allowed.data,
            latest_end_on=form.latest_end_on.data,
            allows_options=bool(form.allows_options.data),
            delegate_post=form.delegate_post.data,
        )
        commands.approve(session, activity, wanted, allowed)


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
