"""Every activity that needs a key decision, whatever became of it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import Choice
from app.core.listing import Listing
from app.decisions.models import ActivityKind, ActivityState
from app.decisions.queries.activities import ActivityFacts, activities
from app.decisions.queries.forthcoming import counted
from app.decisions.views import bp, listed
from app.decisions.views.activities import STATE_COLOURS
from app.decisions.views.files import list_file
from app.register.thresholds import Answer

#: Beside the stored states: expected, and the date has passed.
OVERDUE = "date passed"
EVERY = "every activity"
KEY = {
    Answer.OVER.value: "Needs one",
    Answer.NOT_OVER.value: "Needs none",
    Answer.CANNOT_TELL.value: "Cannot be told",
    EVERY: "Every activity",
}
SORTS: Mapping[str, Callable[[ActivityFacts], str | Decimal]] = {
    "expected": lambda one: (one.decided_on or one.timing.last or date.max).isoformat(),
    "title": lambda one: one.title.casefold(),
    "value": lambda one: one.size if one.amounts_open else Decimal(-1),
    "unit": lambda one: one.unit.casefold(),
    "state": lambda one: one.state.value,
}


@bp.route("/decisions")
@needs(Permission.READ)
def decisions() -> ResponseReturnValue:
    asked, today = decisions_asked(clock.today()), clock.today()
    found = decisions_found(asked, today)
    return render_template(
        "decisions/decisions.html",
        asked=asked,
        page=listed.page_of(found, asked),
        counts=counted(found, "decision", "decisions"),
        colours=STATE_COLOURS,
        today=today,
        may_edit=current_reader().may(Permission.EDIT_ACTIVITIES),
    )


@bp.route("/decisions.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def decisions_file(ending: str) -> ResponseReturnValue:
    today = clock.today()
    found = decisions_found(decisions_asked(today), today)
    return list_file("decisions", ending, listed.ACTIVITY_COLUMNS, listed.lines(found, (), today))


def decisions_asked(today: date) -> Listing:
    session, reader = db.session(), current_reader()
    states = [*(Choice(one.value, one.value.capitalize()) for one in ActivityState), Choice(OVERDUE, "Date passed")]
    return listing.listing(
        "/decisions",
        request.args,
        sorts=tuple(SORTS),
        default="expected",
        filters=(
            listing.words("q", "Title, purpose or reference"),
            listing.choice("state", "State", states),
            listing.choice("key", "Key decision", [Choice(key, words) for key, words in KEY.items()]),
            listed.committee_filter(session, reader, today, preset=False),
            *listed.unit_filters(session),
            listing.one_of("kind", "Type", ActivityKind),
            listing.on_day("from", "Decision on or after"),
            listing.on_day("to", "Decision on or before"),
        ),
    )


def decisions_found(asked: Listing, today: date) -> list[ActivityFacts]:
    reader = current_reader()
    wanted = listed.wanted_of(asked, reader, preset=False)
    every = activities(db.session(), reader, today=today)
    found = [one for one in every if wanted.takes(one) and _matches(one, asked, today)]
    return sorted(found, key=SORTS[asked.sort.column], reverse=asked.sort.descending)


def _matches(one: ActivityFacts, asked: Listing, today: date) -> bool:
    words = (asked.text("q") or "").casefold()
    return (
        words in f"{one.title} {one.purpose} {one.decision_reference or ''} {one.about_reference or ''}".casefold()
        and asked.member("kind", ActivityKind) in {None, one.kind}
        and _in_state(one, asked.text("state"), today)
        and (asked.text("key") or Answer.OVER.value) in {one.answer.answer.value, EVERY}
    )


def _in_state(one: ActivityFacts, state: str | None, today: date) -> bool:
    if state == OVERDUE:
        return one.is_overdue(today)
    return state in {None, one.state.value}
