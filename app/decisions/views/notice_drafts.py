"""Drafting a notice of a decision, and changing the draft."""

from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, needs
from app.core.db import db
from app.core.web import refusals_shown_on, saves
from app.decisions.commands import TakerWanted, name_taker, restrict
from app.decisions.commands import notices as commands
from app.decisions.forms.notices import NoticeForm, notice_answers
from app.decisions.models import Decision, Notice, NoticeKind
from app.decisions.views import bp, loading
from app.decisions.views.notices import notice_to_change
from app.register.forms.editing import check_unchanged

#: Each kind as it stands in an address.
SLUGS = {
    "key-decision": NoticeKind.KEY_DECISION,
    "general-exception": NoticeKind.GENERAL_EXCEPTION,
    "special-urgency": NoticeKind.SPECIAL_URGENCY,
    "private-meeting": NoticeKind.PRIVATE_MEETING,
    "private-meeting-reasons": NoticeKind.PRIVATE_MEETING_REASONS,
}
KIND = f"<any({', '.join(repr(slug) for slug in SLUGS)}):paper>"


@bp.route(f"/decisions/<int:decision_id>/notices/{KIND}", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def new_notice(decision_id: int, paper: str) -> ResponseReturnValue:
    decision, kind = loading.decision_to_change(decision_id, Permission.RECORD_DECISIONS), SLUGS[paper]
    there = commands.draft_of(db.session(), decision, kind)
    if there is not None:
        return redirect(f"/decision-notices/{there.id}/edit")
    form = new_form(decision, kind)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, decision.version, new_form(decision, kind, formdata=None))
            name_decision(decision, form)
            made = commands.draft_notice(db.session(), decision, kind, form.notice(), today=clock.today())
            flash("The draft is saved. Look at its words below before you publish it.", "success")
            return redirect(f"/decision-notices/{made.id}")
    return form_page(form, kind, decision, f"/decisions/{decision.id}")


def new_form(decision: Decision, kind: NoticeKind, **more: Any) -> NoticeForm:  # Any: passed on to the form
    answers = notice_answers(commands.prefilled(db.session(), decision, kind, clock.today()), decision)
    return NoticeForm(data={"version": decision.version, **answers}, **more).ask_for(kind)


def name_decision(decision: Decision, form: NoticeForm) -> None:
    """Who takes it and how open it is are the decision's own: every paper about it says the same."""
    wanted = TakerWanted(kind=form.taker_kind.data, members=form.taker_members.data)
    name_taker(decision, form.taker.data, wanted)
    if form.restriction.data is not None:
        restrict(decision, form.restriction.data, form.restriction_ground.data)


def form_page(form: NoticeForm, kind: NoticeKind, decision: Decision, cancel: str) -> ResponseReturnValue:
    return render_template("decisions/notice_form.html", form=form, kind=kind, decision=decision, cancel=cancel)


@bp.route("/decision-notices/<int:decision_notice_id>/edit", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def edit_notice(decision_notice_id: int) -> ResponseReturnValue:
    notice = notice_to_change(decision_notice_id)
    form = draft_form(notice)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, notice.version_of_all, draft_form(notice, formdata=None))
            name_decision(notice.decision, form)
            commands.change_notice(db.session(), notice, form.notice(), today=clock.today())
            flash("The draft is saved.", "success")
            return redirect(f"/decision-notices/{notice.id}")
    return form_page(form, notice.kind, notice.decision, f"/decision-notices/{notice.id}")


def draft_form(notice: Notice, **more: Any) -> NoticeForm:  # Any: passed on to the form
    data = {"version": notice.version_of_all, **notice_answers(notice, notice.decision)}
    return NoticeForm(data=data, **more).ask_for(notice.kind)
