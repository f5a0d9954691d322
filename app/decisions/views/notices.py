"""Notices of a decision: drafting, previewing, publishing, withdrawing, a new version; its words as a document."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs, refuse_entry
from app.core.audit import give_reason
from app.core.dates import day
from app.core.db import db
from app.core.forms import VersionedForm
from app.core.rights import Reader
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.decisions.commands import TakerWanted, name_taker, restrict
from app.decisions.commands import notices as commands
from app.decisions.forms.answers import ConfirmForm
from app.decisions.forms.notices import (
    ELSEWHERE,
    HERE,
    NoticeForm,
    PublishForm,
    ReferenceForm,
    WithdrawNoticeForm,
    notice_answers,
)
from app.decisions.models import Decision, Notice, NoticeKind, NoticeState
from app.decisions.queries import notices
from app.decisions.queries.activities import may_see_amounts
from app.decisions.queries.notices import NoticeFacts
from app.decisions.views import bp, loading
from app.register.forms.editing import check_unchanged
from reports.paper import Paper

STATE_COLOURS = {
    NoticeState.DRAFT: "yellow",
    NoticeState.PUBLISHED: "green",
    NoticeState.SUPERSEDED: "grey",
    NoticeState.WITHDRAWN: "red",
}
#: Each kind as it stands in an address.
SLUGS = {
    "key-decision": NoticeKind.KEY_DECISION,
    "general-exception": NoticeKind.GENERAL_EXCEPTION,
    "special-urgency": NoticeKind.SPECIAL_URGENCY,
    "private-meeting": NoticeKind.PRIVATE_MEETING,
    "private-meeting-reasons": NoticeKind.PRIVATE_MEETING_REASONS,
}
KIND = f"<any({', '.join(repr(slug) for slug in SLUGS)}):paper>"


# Loading


def decision_to_change(decision_id: int) -> Decision:
    decision = db.session().get_one(Decision, decision_id)
    loading.activity_to_change(decision.activity_id, Permission.RECORD_DECISIONS)
    return decision


def notice_shown(decision_notice_id: int) -> NoticeFacts:
    """A draft is shown to those who may change it."""
    reader = current_reader()
    found = notices.one_notice(db.session(), decision_notice_id, reader, clock.today())
    if found is None or (found.is_draft and not may_change(reader, found)):
        raise NoResultFound
    if found.is_draft:
        check_may_read(db.session().get_one(Notice, decision_notice_id))
    return found


def check_may_read(notice: Notice) -> None:
    """A draft begun before its amounts became exempt may tell one of them."""
    session, activity = db.session(), notice.decision.activity
    told = notices.amounts_told(session, notice, notices.particulars_of(session, notice, clock.today()))
    if told and not may_see_amounts(current_reader(), activity):
        refuse_entry()


def notice_to_change(decision_notice_id: int) -> Notice:
    found = notices.one_notice(db.session(), decision_notice_id, current_reader(), clock.today())
    if found is None:
        raise NoResultFound
    check_may(Permission.RECORD_DECISIONS, found.directorate_id, found.division_id)
    notice = db.session().get_one(Notice, decision_notice_id)
    if found.is_draft:
        check_may_read(notice)
    return notice


def may_change(reader: Reader, one: NoticeFacts) -> bool:
    return reader.may_in(Permission.RECORD_DECISIONS, one.directorate_id, one.division_id)


# Drafting


@bp.route(f"/decisions/<int:decision_id>/notices/{KIND}", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def new_notice(decision_id: int, paper: str) -> ResponseReturnValue:
    decision, kind = decision_to_change(decision_id), SLUGS[paper]
    there = commands.draft_of(db.session(), decision, kind)
    if there is not None:
        return redirect(f"/decision-notices/{there.id}/edit")
    form = new_form(db.session(), decision, kind, clock.today())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            name_decision(decision, form)
            made = commands.draft_notice(db.session(), decision, kind, form.notice(), today=clock.today())
            flash("The draft is saved. Look at its words below before you publish it.", "success")
            return redirect(f"/decision-notices/{made.id}")
    return render_template(
        "decisions/notice_form.html", form=form, kind=kind, decision=decision, cancel=back_to(decision)
    )


def new_form(session: Session, decision: Decision, kind: NoticeKind, today: date) -> NoticeForm:
    answers = notice_answers(commands.prefilled(session, decision, kind, today), decision)
    return NoticeForm(data={"version": decision.version, **answers}).ask_for(kind)


def name_decision(decision: Decision, form: NoticeForm) -> None:
    """Who takes it and how open it is are the decision's own: every paper about it says the same."""
    wanted = TakerWanted(kind=form.taker_kind.data, members=form.taker_members.data)
    name_taker(decision, form.taker.data, wanted)
    if form.restriction.data is not None:
        restrict(decision, form.restriction.data, form.restriction_ground.data)


def back_to(decision: Decision) -> str:
    return f"/decisions/{decision.id}"


@bp.route("/decision-notices/<int:decision_notice_id>/edit", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def edit_notice(decision_notice_id: int) -> ResponseReturnValue:
    notice = notice_to_change(decision_notice_id)
    form = draft_form(notice)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, notice.version, draft_form(notice, formdata=None))
            name_decision(notice.decision, form)
            commands.change_notice(db.session(), notice, form.notice(), today=clock.today())
            flash("The draft is saved.", "success")
            return redirect(f"/decision-notices/{notice.id}")
    return render_template(
        "decisions/notice_form.html",
        form=form,
        kind=notice.kind,
        decision=notice.decision,
        cancel=f"/decision-notices/{notice.id}",
    )


def draft_form(notice: Notice, **more: Any) -> NoticeForm:  # Any: passed on to the form
    data = {"version": notice.version, **notice_answers(notice, notice.decision)}
    return NoticeForm(data=data, **more).ask_for(notice.kind)


# One notice


@bp.route("/decision-notices/<int:decision_notice_id>")
@needs(Permission.READ)
def decision_notice(decision_notice_id: int) -> ResponseReturnValue:
    one, reader = notice_shown(decision_notice_id), current_reader()
    return render_template(
        "decisions/notice.html",
        one=one,
        colour=STATE_COLOURS[one.state],
        links=links_of(one) if may_change(reader, one) else [],
        change=may_change(reader, one),
        ready=publishable(one),
    )


def publishable(one: NoticeFacts) -> bool:
    return one.is_draft and not one.missing


def links_of(one: NoticeFacts) -> list[tuple[str, str]]:
    offered = {
        NoticeState.DRAFT: (("Publish", "publish"), ("Change the draft", "edit")),
        NoticeState.PUBLISHED: (
            ("Draft a new version", "replace"),
            ("Committee system's reference", "reference"),
            ("Withdraw", "withdraw"),
        ),
        NoticeState.SUPERSEDED: (("Committee system's reference", "reference"),),
        NoticeState.WITHDRAWN: (("Restore", "restore"), ("Draft a new version", "replace")),
    }[one.state]
    return [(words, f"{one.url}/{where}") for words, where in offered if where != "publish" or publishable(one)]


@bp.route("/decision-notices/<int:decision_notice_id>.docx")
@needs(Permission.READ)
def notice_document(decision_notice_id: int) -> ResponseReturnValue:
    one = notice_shown(decision_notice_id)
    return loading.document(one.file_stem, paper_of(one, clock.today()))


#: Parts of one line that read better in the table at the top.
FACTS = frozenset({"Title", "Reference", "When it is to be made", "Day of the meeting", "Anticipated restriction"})


def paper_of(one: NoticeFacts, today: date) -> Paper:
    words = one.words
    facts = tuple((part.heading, "\n".join(part.lines)) for part in words.parts if part.heading in FACTS)
    if one.is_draft:
        facts = (("Draft", f"Not published. As it stood on {day(today)}"), *facts)
    if one.state in {NoticeState.WITHDRAWN, NoticeState.SUPERSEDED}:
        facts = (("State", one.state.value.capitalize()), *facts)
    parts = tuple((part.heading, ("\n".join(part.lines),)) for part in words.parts if part.heading not in FACTS)
    return Paper(words.title, words.council, facts, parts, words.council, one.published_on or today)


# Publishing


@bp.route("/decision-notices/<int:decision_notice_id>/publish", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def publish_notice(decision_notice_id: int) -> ResponseReturnValue:
    notice, today = notice_to_change(decision_notice_id), clock.today()
    here = council.notice_defaults(db.session(), today).published_here
    first = {"where": HERE if here else ELSEWHERE, "published_on": today}
    form = PublishForm(data={"version": notice.version, **first}).offer(here=here)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, notice.version, PublishForm(formdata=None, data=first).offer(here=here))
            commands.publish_notice(db.session(), notice, form.publication(), by=current_reader().name, today=today)
            flash("The notice is published, and its words are frozen.", "success")
            return redirect(f"/decision-notices/{notice.id}")
    one = notices.notice_facts(db.session(), notice, today)
    return render_template("decisions/notice_publish.html", form=form, one=one)


@bp.route("/decision-notices/<int:decision_notice_id>/reference", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def refer_notice(decision_notice_id: int) -> ResponseReturnValue:
    notice = notice_to_change(decision_notice_id)
    form = ReferenceForm(obj=notice)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, notice.version, ReferenceForm(formdata=None, obj=notice))
            commands.refer_to_system(
                notice, form.system_reference.data, form.system_url.data, form.earliest_entered_on.data
            )
            flash("Where the committee system has it is saved.", "success")
            return redirect(f"/decision-notices/{notice.id}")
    return act_page(
        form,
        notice,
        "Where the committee system has it",
        "Save",
        ("system_reference", "system_url", "earliest_entered_on"),
    )


@bp.route("/decision-notices/<int:decision_notice_id>/withdraw", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def withdraw_notice(decision_notice_id: int) -> ResponseReturnValue:
    notice = notice_to_change(decision_notice_id)
    form = WithdrawNoticeForm(data={"version": notice.version})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, notice.version, WithdrawNoticeForm(formdata=None))
            commands.withdraw_notice(notice, form.reason.data or "", today=clock.today())
            flash("The notice is withdrawn. It stays readable, with your reason.", "success")
            return redirect(f"/decision-notices/{notice.id}")
    return act_page(form, notice, "Withdraw this notice", "Withdraw", ("reason",))


@bp.route("/decision-notices/<int:decision_notice_id>/restore", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def restore_notice(decision_notice_id: int) -> ResponseReturnValue:
    notice, form = notice_to_change(decision_notice_id), ConfirmForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.restore_notice(db.session(), notice)
            flash("The notice stands again.", "success")
            return redirect(f"/decision-notices/{notice.id}")
    return act_page(form, notice, "Take the withdrawal back", "Restore", ())


@bp.route("/decision-notices/<int:decision_notice_id>/replace", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def replace_notice(decision_notice_id: int) -> ResponseReturnValue:
    notice, form = notice_to_change(decision_notice_id), ConfirmForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            give_reason(db.session(), f"A new version of the notice of {day(notice.published_on)}")
            made = commands.replace_notice(db.session(), notice, today=clock.today())
            return redirect(f"/decision-notices/{made.id}/edit")
    return act_page(form, notice, "Draft a new version", "Draft it", ())


def act_page(
    form: VersionedForm | ConfirmForm, notice: Notice, title: str, button: str, asked: tuple[str, ...]
) -> ResponseReturnValue:
    one = notices.notice_facts(db.session(), notice, clock.today())
    return render_template(
        "decisions/notice_act.html",
        form=form,
        one=one,
        title=title,
        button=button,
        fields=[form[name] for name in asked],
    )
