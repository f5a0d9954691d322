"""Acts on one decision: recording it, call-in, carrying it out; and the second decision beside the first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.forms import Choice, VersionedForm, answered
from app.core.rights import Reader
from app.core.web import refusals_shown_on, saves
from app.decisions import commands
from app.decisions.commands import WhenWanted
from app.decisions.forms import deciding as forms
from app.decisions.forms.activities import SectionForm, timing_answers
from app.decisions.forms.answers import ConfirmForm, WithdrawForm
from app.decisions.models import Activity, Decision
from app.decisions.queries.agreements import KEEPS_THE_CONTRACT
from app.decisions.queries.lawful import needs_notice
from app.decisions.rules.timing import Timing
from app.decisions.views import bp, loading
from app.decisions.views.proposals import actor
from app.register.forms.editing import check_unchanged
from app.register.models import Contract
from app.register.queries.approvals import sum_withheld
from app.register.visibility import rows_open_to


def _answers(decision: Decision) -> dict[str, Any]:  # Any: the forms' fields are of many types
    activity = decision.activity
    keeps = activity.kind in KEEPS_THE_CONTRACT
    return {
        **forms.record_answers(decision),
        **timing_answers(Timing(decision.timing, decision.expected_on)),
        "for_contract_id": activity.contract_id if keeps and decision.approval is None else None,
        **forms.approval_answers(decision.approval if allowance_open(decision) else None),
    }


def allowance_open(decision: Decision) -> bool:
    """Whoever may not see what it allows already does not change it either."""
    return decision.approval is None or not sum_withheld(db.session(), decision.approval, current_reader())


def _save_record(session: Session, decision: Decision, form: forms.RecordForm) -> str:
    is_open = allowance_open(decision)
    commands.record_decision(session, decision, form.wanted(), today=clock.today())
    allowed = form.approval()
    if is_open and allowed is not None:
        commands.approve(session, decision, allowed)
    elif is_open and decision.approval is not None:
        raise Refusal("It is on record that it allows something: put right what, and up to which sum", field="allows")
    if decision.without_notice_reason:
        return f"The decision on {decision.activity.title} is recorded as taken without notice."
    by = f" It was taken by {decision.route}." if decision.route else ""
    return f"The decision on {decision.activity.title} is recorded.{by}"


def _save_call_in(session: Session, decision: Decision, form: forms.CallInForm) -> str:
    commands.call_in(session, decision, form.wanted(), today=clock.today())
    return "The call-in is recorded." if decision.effective_on else "The call-in is recorded: nobody may act on it yet."


def _save_implementation(_session: Session, decision: Decision, form: forms.ImplementationForm) -> str:
    state, note = answered(form.implementation), form.implementation_note.data
    commands.say_how_far(decision, state, note, form.implemented_on.data, today=clock.today())
    return f"It is recorded as {state}."


def _save_taker(_session: Session, decision: Decision, form: forms.TakerForm) -> str:
    commands.name_taker(decision, form.taker.data, form.taker_wanted())
    commands.restrict(decision, answered(form.restriction), form.restriction_ground.data)
    return "Who takes it is saved."


def _save_move(_session: Session, decision: Decision, form: forms.MoveDecisionForm) -> str:
    wanted = WhenWanted(timing=form.timing_wanted(), reason=form.reason.data)
    commands.reschedule_award(decision, wanted, actor())
    return f"It is now expected: {wanted.timing}."


def _save_withdrawal(_session: Session, decision: Decision, form: WithdrawForm) -> str:
    commands.withdraw_award(decision, answered(form.reason))
    return "The decision is withdrawn."


@dataclass(frozen=True)
class Act:
    """One act on a decision: its heading, its questions, who may, and what saving it does."""

    title: str
    form: type[VersionedForm]
    save: Callable[[Session, Decision, Any], str]  # Any: the act's own form


CLERKS: Mapping[str, Act] = {
    "record": Act("Record the decision", forms.RecordForm, _save_record),
    "call-in": Act("Record a call-in", forms.CallInForm, _save_call_in),
    "taker": Act("Who takes the decision", forms.TakerForm, _save_taker),
}
KEEPERS: Mapping[str, Act] = {
    "implementation": Act("How far it is carried out", forms.ImplementationForm, _save_implementation),
    "when": Act("Move the decision", forms.MoveDecisionForm, _save_move),
    "withdraw": Act("Withdraw this decision", WithdrawForm, _save_withdrawal),
}


@bp.route("/decisions/<int:decision_id>/<any('record', 'call-in', 'taker'):name>", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def clerks_act(decision_id: int, name: str) -> ResponseReturnValue:
    return do(CLERKS[name], loading.decision_to_change(decision_id, Permission.RECORD_DECISIONS), name)


@bp.route("/decisions/<int:decision_id>/<any(implementation, when, withdraw):name>", methods=["GET", "POST"])
@needs(Permission.EDIT_ACTIVITIES)
@saves
def keepers_act(decision_id: int, name: str) -> ResponseReturnValue:
    return do(KEEPERS[name], loading.decision_to_change(decision_id, Permission.EDIT_ACTIVITIES), name)


def do(act: Act, decision: Decision, name: str) -> ResponseReturnValue:
    form = form_of(act, decision)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, decision.version, form_of(act, decision, formdata=None))
            flash(act.save(db.session(), decision, form), "success")
            return redirect(f"/decisions/{decision.id}")
    asks = needs_notice(db.session(), decision, clock.today())
    allows = allowance_open(decision)
    return render_template(
        "decisions/act.html", form=form, name=name, act=act, one=decision, asks_notice=asks, asks_sum=allows
    )


def form_of(act: Act, decision: Decision, **more: Any) -> VersionedForm:  # Any: passed on to the form
    form = act.form(obj=decision, data=_answers(decision), **more)
    if isinstance(form, SectionForm):
        form.offer(loading.choices(db.session(), current_reader(), clock.today()))
    if isinstance(form, forms.RecordForm):
        form.for_contract_id.choices = [
            Choice(one.id, f"{one.title} ({one.reference or 'no reference'})")
            for one in contracts_for(db.session(), decision.activity, current_reader())
        ]
    return form


def contracts_for(session: Session, activity: Activity, reader: Reader) -> list[Contract]:
    """The contracts it covers, what follows them, and those of its arrangement."""
    numbers = [one.contract_id for one in activity.also]
    numbers += [activity.contract_id] if activity.contract_id is not None else []
    known: list[ColumnElement[bool]] = [Contract.id.in_(numbers), Contract.replaces_id.in_(numbers)]
    if activity.arrangement_id is not None:
        known.append(Contract.arrangement_id == activity.arrangement_id)
    query = select(Contract).where(or_(*known), rows_open_to(reader, clock.today()))
    return list(session.scalars(query.order_by(Contract.title_key, Contract.id)))


@bp.route("/decisions/<int:decision_id>/undo-call-in", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def undo_call_in(decision_id: int) -> ResponseReturnValue:
    decision = loading.decision_to_change(decision_id, Permission.RECORD_DECISIONS)
    said = "The call-in is taken back."
    return take_back(decision, "undo-call-in", lambda: commands.undo_call_in(db.session(), decision), said)


@bp.route("/decisions/<int:decision_id>/restore", methods=["GET", "POST"])
@needs(Permission.EDIT_ACTIVITIES)
@saves
def restore_award(decision_id: int) -> ResponseReturnValue:
    decision = loading.decision_to_change(decision_id, Permission.EDIT_ACTIVITIES)
    return take_back(decision, "restore", lambda: commands.restore_award(decision), "The decision is expected again.")


def take_back(decision: Decision, name: str, take: Callable[[], None], said: str) -> ResponseReturnValue:
    form = ConfirmForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            take()
            flash(said, "success")
            return redirect(f"/decisions/{decision.id}")
    return render_template("decisions/take_back.html", form=form, name=name, one=decision)


@bp.route("/activities/<int:activity_id>/award", methods=["GET", "POST"])
@needs(Permission.EDIT_ACTIVITIES)
@saves
def add_award(activity_id: int) -> ResponseReturnValue:
    activity = loading.activity_to_change(activity_id)
    blank = {"version": activity.version}  # the first decision's date is not this one's
    form = forms.AwardForm(data=blank)
    form.offer(loading.choices(db.session(), current_reader(), clock.today()))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, activity.version, forms.AwardForm(formdata=None, data=blank))
            award = commands.add_award(db.session(), activity, form.wanted())
            flash("The decision to award is recorded beside the first.", "success")
            return redirect(f"/decisions/{award.id}")
    return render_template("decisions/award.html", form=form, one=activity)
