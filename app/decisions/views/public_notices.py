"""Notices of decisions for everybody, without signing in: the list, and each at the address where it stays."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound

from app.core import clock, listing
from app.core.access import current_reader, open_to_everyone
from app.core.db import db
from app.core.forms import Choice
from app.decisions.models import NoticeKind, NoticeState
from app.decisions.queries import notices
from app.decisions.queries.notices import NoticesAsked
from app.decisions.views import bp
from app.decisions.views.notices import STATE_COLOURS

SHOWN_STATES = (NoticeState.PUBLISHED, NoticeState.SUPERSEDED, NoticeState.WITHDRAWN)
#: A published notice that nothing came after is current.
WORDS = {NoticeState.PUBLISHED: "Current", NoticeState.SUPERSEDED: "Superseded", NoticeState.WITHDRAWN: "Withdrawn"}


@bp.route("/notices")
@open_to_everyone
def decision_notices() -> ResponseReturnValue:
    asked = listing.listing(
        "/notices",
        request.args,
        sorts=("published",),
        default="-published",
        filters=(
            listing.words("q", "Title or reference"),
            listing.one_of("kind", "Kind", NoticeKind),
            listing.choice("state", "State", [Choice(one.value, WORDS[one]) for one in SHOWN_STATES]),
        ),
    )
    state = next((one for one in SHOWN_STATES if one.value == asked.text("state")), None)
    wanted = NoticesAsked(
        asked.text("q") or "", asked.member("kind", NoticeKind), state, oldest_first=not asked.sort.descending
    )
    size = listing.ROWS_ON_A_PAGE
    offset = (asked.page - 1) * size
    rows, total = notices.notices_listed(
        db.session(), current_reader(), wanted, clock.today(), offset=offset, limit=size
    )
    page = listing.Page(rows, total, asked.page)
    return render_template(
        "decisions/notices.html", asked=asked, page=page, words=WORDS, colours=STATE_COLOURS, reader=current_reader()
    )


@bp.route("/notices/<uuid:uid>")
@open_to_everyone
def public_notice(uid: UUID) -> ResponseReturnValue:
    found = notices.public_notice(db.session(), uid, clock.today())
    if found is None:
        raise NoResultFound
    return render_template(
        "decisions/public_notice.html",
        one=found,
        words=WORDS,
        colours=STATE_COLOURS,
        others=notices.others_public(db.session(), found, clock.today()),
    )
