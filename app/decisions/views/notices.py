"""One notice of a decision: its page, and its words as a document."""

from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs, refuse_entry
from app.core.dates import day
from app.core.db import db
from app.core.rights import Reader
from app.decisions.models import Notice, NoticeState
from app.decisions.queries import notices
from app.decisions.queries.notices import NoticeFacts
from app.decisions.queries.particulars import amounts_told, particulars_of
from app.decisions.queries.visibility import may_see_amounts
from app.decisions.views import bp, loading
from reports.paper import Paper

STATE_COLOURS = {
    NoticeState.DRAFT: "yellow",
    NoticeState.PUBLISHED: "green",
    NoticeState.SUPERSEDED: "grey",
    NoticeState.WITHDRAWN: "red",
}
#: What may be done with a notice in each state, and where.
ACTS = {
    NoticeState.DRAFT: (("Publish", "publish"), ("Change the draft", "edit")),
    NoticeState.PUBLISHED: (
        ("Draft a new version", "replace"),
        ("Committee system's reference", "reference"),
        ("Withdraw", "withdraw"),
    ),
    NoticeState.SUPERSEDED: (("Committee system's reference", "reference"),),
    NoticeState.WITHDRAWN: (("Restore", "restore"), ("Draft a new version", "replace")),
}


# Loading


def notice_shown(decision_notice_id: int) -> NoticeFacts:
    """A draft is shown to those who may change it."""
    found = _found(decision_notice_id)
    if found.is_draft:
        if not may_change(current_reader(), found):
            raise NoResultFound
        _check_may_read(db.session().get_one(Notice, decision_notice_id))
    return found


def notice_to_change(decision_notice_id: int) -> Notice:
    found = _found(decision_notice_id)
    check_may(Permission.RECORD_DECISIONS, found.directorate_id, found.division_id)
    notice = db.session().get_one(Notice, decision_notice_id)
    if found.is_draft:
        _check_may_read(notice)
    return notice


def _found(decision_notice_id: int) -> NoticeFacts:
    found = notices.one_notice(db.session(), decision_notice_id, current_reader(), clock.today())
    if found is None:
        raise NoResultFound
    return found


def _check_may_read(notice: Notice) -> None:
    """A draft begun before its amounts became exempt may tell one of them."""
    session, activity = db.session(), notice.decision.activity
    told = amounts_told(session, notice, particulars_of(session, notice, clock.today()))
    if told and not may_see_amounts(session, current_reader(), activity.id):
        refuse_entry()


def may_change(reader: Reader, one: NoticeFacts) -> bool:
    return reader.may_in(Permission.RECORD_DECISIONS, one.directorate_id, one.division_id)


# One notice


@bp.route("/decision-notices/<int:decision_notice_id>")
@needs(Permission.READ)
def decision_notice(decision_notice_id: int) -> ResponseReturnValue:
    one = notice_shown(decision_notice_id)
    change = may_change(current_reader(), one)
    links = [(words, f"{one.url}/{where}") for words, where in ACTS[one.state] if change and one.allows(where)]
    return render_template(
        "decisions/notice.html", one=one, colour=STATE_COLOURS[one.state], links=links, change=change
    )


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
