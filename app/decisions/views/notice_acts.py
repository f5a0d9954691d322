"""Acts on a notice: publishing it, the committee system's reference, withdrawing, restoring, a new version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.audit import give_reason
from app.core.dates import day
from app.core.db import db
from app.core.forms import VersionedForm, answered
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.decisions.commands import notices as commands
from app.decisions.forms.notices import ELSEWHERE, HERE, PublishForm, ReferenceForm, WithdrawNoticeForm
from app.decisions.models import Notice
from app.decisions.queries import notices
from app.decisions.views import bp
from app.decisions.views.notices import notice_to_change
from app.register.forms.editing import check_unchanged


@bp.route("/decision-notices/<int:decision_notice_id>/publish", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def publish_notice(decision_notice_id: int) -> ResponseReturnValue:
    notice, today = notice_to_change(decision_notice_id), clock.today()
    form = publish_form(notice)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, notice.version_of_all, publish_form(notice, formdata=None))
            commands.publish_notice(db.session(), notice, form.publication(), by=current_reader().name, today=today)
            flash("The notice is published, and its words are frozen.", "success")
            return redirect(f"/decision-notices/{notice.id}")
    one = notices.notice_facts(db.session(), notice, today)
    return render_template("decisions/notice_publish.html", form=form, one=one)


def publish_form(notice: Notice, **more: Any) -> PublishForm:  # Any: passed on to the form
    here = council.notice_defaults(db.session(), clock.today()).published_here
    first = {"version": notice.version_of_all, "where": HERE if here else ELSEWHERE, "published_on": clock.today()}
    return PublishForm(data=first, **more).offer(here=here)


# What needs no more than a few words


def _refer(_session: Session, notice: Notice, form: ReferenceForm) -> str:
    reference, url, earliest_on = form.system_reference.data, form.system_url.data, form.earliest_entered_on.data
    commands.refer_to_system(notice, reference, url, earliest_on)
    flash("Where the committee system has it is saved.", "success")
    return f"/decision-notices/{notice.id}"


def _withdraw(_session: Session, notice: Notice, form: WithdrawNoticeForm) -> str:
    commands.withdraw_notice(notice, answered(form.reason), today=clock.today())
    flash("The notice is withdrawn. It stays readable, with your reason.", "success")
    return f"/decision-notices/{notice.id}"


def _restore(session: Session, notice: Notice, _form: VersionedForm) -> str:
    commands.restore_notice(session, notice, today=clock.today())
    flash("The notice stands again.", "success")
    return f"/decision-notices/{notice.id}"


def _replace(session: Session, notice: Notice, _form: VersionedForm) -> str:
    give_reason(session, f"A new version of the notice of {day(notice.published_on)}")
    made = commands.replace_notice(session, notice, today=clock.today())
    return f"/decision-notices/{made.id}/edit"


@dataclass(frozen=True)
class Act:
    """One act: its heading, its button, its questions, and what it does; it says where to go on."""

    title: str
    button: str
    form: type[VersionedForm]
    do: Callable[[Session, Notice, Any], str]  # Any: the act's own form


ACTS: Mapping[str, Act] = {
    "reference": Act("Where the committee system has it", "Save", ReferenceForm, _refer),
    "withdraw": Act("Withdraw this notice", "Withdraw", WithdrawNoticeForm, _withdraw),
    "restore": Act("Take the withdrawal back", "Restore", VersionedForm, _restore),
    "replace": Act("Draft a new version", "Draft it", VersionedForm, _replace),
}


@bp.route(
    "/decision-notices/<int:decision_notice_id>/<any(reference, withdraw, restore, replace):name>",
    methods=["GET", "POST"],
)
@needs(Permission.RECORD_DECISIONS)
@saves
def act_on_notice(decision_notice_id: int, name: str) -> ResponseReturnValue:
    act, notice = ACTS[name], notice_to_change(decision_notice_id)
    form = act.form(obj=notice)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, notice.version, act.form(formdata=None, obj=notice))
            return redirect(act.do(db.session(), notice, form))
    one = notices.notice_facts(db.session(), notice, clock.today())
    asked = [field for field in form if not isinstance(field, HiddenField)]
    return render_template("decisions/notice_act.html", form=form, one=one, act=act, fields=asked)
