"""Every decision of the activities that need a key decision, both kinds, whatever became of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import Choice
from app.core.listing import Listing
from app.core.pages import plural
from app.council import elections
from app.decisions.models import ActivityKind, DecisionKind, DecisionState
from app.decisions.queries.decisions import DecisionFacts
from app.decisions.queries.decisions import decisions as every_decision
from app.decisions.queries.forthcoming import sums
from app.decisions.views import bp, listed
from app.decisions.views.decision_record import STATE_COLOURS
from app.decisions.views.files import list_file
from app.register.thresholds import Answer
from reports.listing import Item, ListColumn
from reports.table import Kind

#: Beside the stored states.
OVERDUE, CALLED_IN, NOT_IN_EFFECT = "date passed", "called in", "not in effect"
SLIPPED, ELECTION, NO_NOTICE = "slipped", "in a pre-election period", "taken without notice"
STATES = {OVERDUE: "Date passed", CALLED_IN: "Called in", NOT_IN_EFFECT: "Taken, not in effect"}
MARKS = {SLIPPED: "Slipped", ELECTION: "Expected in a pre-election period", NO_NOTICE: "Taken without notice"}
EVERY = "every activity"
KEY = {
    Answer.OVER.value: "Needs one",
    Answer.NOT_OVER.value: "Needs none",
    Answer.CANNOT_TELL.value: "Cannot be told",
    EVERY: "Every activity",
}
SORTS: Mapping[str, Callable[[DecisionFacts], str | Decimal]] = {
    "expected": lambda one: (one.decided_on or one.timing.last or date.max).isoformat(),
    "title": lambda one: one.title.casefold(),
    "value": lambda one: one.activity.size if one.activity.amounts_open else Decimal(-1),
    "unit": lambda one: one.activity.unit.casefold(),
    "state": lambda one: one.state.value,
}
COLUMNS = (
    ListColumn("State", width=12),
    ListColumn("Decision", width=20),
    *listed.ACTIVITY_COLUMNS[1:13],
    ListColumn("Decision taker", width=24),
    *listed.ACTIVITY_COLUMNS[14:20],
    ListColumn("Decision reference", width=16),
    ListColumn("Decided on", Kind.DAY),
    ListColumn("Statement published", Kind.DAY),
    ListColumn("In effect from", Kind.DAY),
    ListColumn("Taken by", width=24),
    ListColumn("Called in", Kind.DAY),
    ListColumn("Outcome of call-in", width=24),
    ListColumn("First expected", width=18),
    ListColumn("Times moved", Kind.NUMBER),
    ListColumn("How far it has moved", width=18),
)


@bp.route("/decisions")
@needs(Permission.READ)
def decisions() -> ResponseReturnValue:
    asked, today = decisions_asked(clock.today()), clock.today()
    found = decisions_found(asked, today)
    page = listed.page_of(found, asked)
    periods = elections.periods(db.session())
    return render_template(
        "decisions/decisions.html",
        asked=asked,
        page=page,
        counts=counted(found),
        colours=STATE_COLOURS,
        today=today,
        before_elections={one.id for one in page.rows if falls_before_election(one, periods)},
        may_edit=current_reader().may(Permission.EDIT_ACTIVITIES),
    )


def counted(found: Iterable[DecisionFacts]) -> str:
    """How many decisions, and what their activities come to, each counted once."""
    every = list(found)
    about = {one.activity.id: one.activity for one in every}
    return ", ".join((plural(len(every), "decision"), *sums(list(about.values()))))


@bp.route("/decisions.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def decisions_file(ending: str) -> ResponseReturnValue:
    today = clock.today()
    return list_file("decisions", ending, COLUMNS, lines(decisions_found(decisions_asked(today), today), today))


def lines(found: Iterable[DecisionFacts], today: date) -> Iterator[tuple[Item, ...]]:
    for one in found:
        of_activity = listed.activity_line(one.activity, today)
        expected = (str(one.timing), one.timing.last)
        moved = one.slippage
        yield (
            str(one.state),
            str(one.kind),
            *of_activity[1:10],
            *expected,
            of_activity[12],
            one.taker,
            *of_activity[14:20],
            one.reference,
            one.decided_on,
            one.published_on,
            one.effective_on,
            str(one.route) if one.route else ("without notice" if one.without_notice_reason else None),
            one.called_in_on,
            str(one.call_in_outcome) if one.call_in_outcome else None,
            str(moved.original) if moved else None,
            moved.moves if moved else None,
            moved.far if moved and moved.moves else None,
        )


def decisions_asked(today: date) -> Listing:
    session, reader = db.session(), current_reader()
    states = [*(Choice(one.value, one.value.capitalize()) for one in DecisionState)]
    return listing.listing(
        "/decisions",
        request.args,
        sorts=tuple(SORTS),
        default="expected",
        filters=(
            listing.words("q", "Title, purpose or reference"),
            listing.choice("state", "State", [*states, *(Choice(key, words) for key, words in STATES.items())]),
            listing.one_of("decision", "Decision", DecisionKind),
            listing.choice("key", "Key decision", [Choice(key, words) for key, words in KEY.items()]),
            listing.choice("mark", "Marked", [Choice(key, words) for key, words in MARKS.items()]),
            listed.committee_filter(session, reader, today, preset=False),
            *listed.unit_filters(session),
            listing.one_of("kind", "Type", ActivityKind),
            listing.on_day("from", "Decision on or after"),
            listing.on_day("to", "Decision on or before"),
        ),
    )


def decisions_found(asked: Listing, today: date) -> list[DecisionFacts]:
    session, reader = db.session(), current_reader()
    wanted = listed.wanted_of(asked, reader, preset=False)
    periods = elections.periods(session)
    every = every_decision(session, reader, today=today)
    found = [one for one in every if wanted.takes_decision(one) and _matches(one, asked, periods, today)]
    return sorted(found, key=SORTS[asked.sort.column], reverse=asked.sort.descending)


def _matches(one: DecisionFacts, asked: Listing, periods: Iterable[elections.Period], today: date) -> bool:
    words, about = (asked.text("q") or "").casefold(), one.activity
    text = f"{one.title} {about.purpose} {one.reference or ''} {about.references}".casefold()
    return (
        words in text
        and asked.member("kind", ActivityKind) in {None, about.kind}
        and asked.member("decision", DecisionKind) in {None, one.kind}
        and _in_state(one, asked.text("state"), today)
        and _marked(one, asked.text("mark"), periods)
        and (asked.text("key") or Answer.OVER.value) in {about.answer.answer.value, EVERY}
    )


def _in_state(one: DecisionFacts, state: str | None, today: date) -> bool:
    found = {
        OVERDUE: one.is_overdue(today),
        CALLED_IN: one.called_in_on is not None,
        NOT_IN_EFFECT: one.awaits_call_in,
    }
    return found.get(state or "", state in {None, one.state.value})


def _marked(one: DecisionFacts, mark: str | None, periods: Iterable[elections.Period]) -> bool:
    found = {
        SLIPPED: one.is_slipped,
        NO_NOTICE: one.without_notice_reason is not None,
        ELECTION: falls_before_election(one, periods),
    }
    return found.get(mark or "", mark is None)


def falls_before_election(one: DecisionFacts, periods: Iterable[elections.Period]) -> bool:
    """Expected in a pre-election period, or perhaps: a quarter may hold one."""
    expected = one.state is DecisionState.EXPECTED
    return expected and elections.touches(periods, one.timing.first, one.timing.last) is not None
