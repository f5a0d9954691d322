"""What the lists of this room have in common: filters, units and the columns of their files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from flask import request
from sqlalchemy.orm import Session

from app.core import listing
from app.core.db import db
from app.core.forms import Choice
from app.core.listing import Filter, Listing, Page
from app.core.rights import Reader
from app.council import queries as council
from app.decisions.queries.activities import ActivityFacts
from app.decisions.queries.forthcoming import Wanted
from app.decisions.queries.proposals import Proposal
from app.register.units import directorate_choices, division_choices
from reports.listing import Item, ListColumn
from reports.table import Kind

Row = TypeVar("Row")
MINE, ALL = "mine", "all"
MY_OWN = "My own committees"

ACTIVITY_COLUMNS = (
    ListColumn("State", width=14),
    ListColumn("Activity", width=40),
    ListColumn("What it is for", width=45),
    ListColumn("Type", width=16),
    ListColumn("Directorate", width=24),
    ListColumn("Division", width=24),
    ListColumn("Expenditure, low", Kind.POUNDS),
    ListColumn("Expenditure, high", Kind.POUNDS),
    ListColumn("Savings, high", Kind.POUNDS),
    ListColumn("Value note", width=24),
    ListColumn("Expected", width=18),
    ListColumn("At the latest", Kind.DAY),
    ListColumn("Why a key decision", width=45),
    ListColumn("Decision taker", width=24),
    ListColumn("Committee", width=28),
    ListColumn("Certainty", width=10),
    ListColumn("Current agreement", width=36),
    ListColumn("Current provider", width=30),
    ListColumn("Current end", Kind.DAY),
    ListColumn("Lead officer", width=24),
    ListColumn("Decision reference", width=16),
    ListColumn("Decided on", Kind.DAY),
)


def activity_line(one: ActivityFacts, today: date) -> tuple[Item, ...]:
    spent, saved = one.expenditure, one.savings
    return (
        str(one.state),
        one.title,
        one.purpose,
        str(one.kind),
        one.directorate,
        one.division,
        spent[0] if spent else None,
        spent[1] if spent else None,
        saved[1] if saved else None,
        value_note(one),
        one.when(today),
        one.timing.last,
        one.why_key,
        one.decision_taker,
        one.committee,
        str(one.likelihood),
        one.every_about or None,
        ", ".join(one.providers),
        one.current_end_on,
        one.lead_post,
        one.decision_reference,
        one.decided_on,
    )


def value_note(one: ActivityFacts) -> str:
    if not one.amounts_open:
        return f"Exempt: {one.exempt_ground}"
    return "" if one.lines else "Not known"


def proposal_line(one: Proposal) -> tuple[Item, ...]:
    note = (
        "Exempt" if one.exempt else "Estimated from the present agreement" if one.estimate is not None else "Not known"
    )
    return (
        "late proposal" if one.is_late else "proposal",
        one.title,
        "The present agreement ends: not yet confirmed by anybody",
        "re-procure",
        one.directorate,
        one.division,
        one.estimate,
        one.estimate,
        None,
        note,
        "",
        one.decide_by,
        " ".join(one.working),
        None,
        one.committee,
        None,
        one.title,
        None,
        one.ends_on,
        None,
        one.reference,
        None,
    )


def page_of(found: Sequence[Row], asked: Listing) -> Page[Row]:
    start = (asked.page - 1) * listing.ROWS_ON_A_PAGE
    return Page(found[start : start + listing.ROWS_ON_A_PAGE], len(found), asked.page)


def unit_filters(session: Session) -> tuple[Filter, Filter]:
    structure = council.structure(session)
    return (
        listing.choice("directorate", "Directorate", directorate_choices(structure)),
        listing.choice("division", "Division", division_choices(structure)),
    )


def committee_filter(session: Session, reader: Reader, today: date, *, preset: bool = True) -> Filter:
    """All, each, and the reader's own: what a list that is preset shows where nothing is chosen."""
    has_own = bool(council.committees_of(session, reader))
    own = [Choice(MINE, MY_OWN)] if has_own and not preset else []
    each = (Choice(str(one.id), one.name) for one in council.committees(session, on=today))
    found = listing.choice("committee", "Committee", [*own, Choice(ALL, "All committees"), *each])
    return replace(found, blank=MY_OWN) if has_own and preset else found


def forthcoming_asked(session: Session, reader: Reader, today: date, path: str) -> Listing:
    return listing.listing(
        path,
        request.args,
        sorts=("expected",),
        default="expected",
        filters=(
            committee_filter(session, reader, today),
            *unit_filters(session),
            listing.on_day("from", "Decision on or after"),
            listing.on_day("to", "Decision on or before"),
        ),
    )


def wanted_of(asked: Listing, reader: Reader, *, preset: bool = True) -> Wanted:
    return Wanted(
        committees=committees_of(asked, reader, preset=preset),
        directorate_id=asked.number("directorate"),
        division_id=asked.number("division"),
        first=asked.day("from"),
        last=asked.day("to"),
    )


def committees_of(asked: Listing, reader: Reader, *, preset: bool) -> frozenset[int] | None:
    """A member sees their own committees until they ask for another or for all."""
    mine = council.committees_of(db.session(), reader)
    chosen = asked.text("committee") or (MINE if mine and preset else ALL)
    if chosen == MINE:
        return mine or None
    number = asked.number("committee")
    return frozenset({number}) if number is not None else None


def is_preset(asked: Listing, reader: Reader) -> bool:
    """Whether the member's own committees are shown without having been asked for."""
    return bool(council.committees_of(db.session(), reader)) and not asked.text("committee")


def part_in_words(session: Session, wanted: Wanted) -> str:
    """Whose decisions a list shows: its committees, its directorate or its division; nothing for the whole council."""
    committees = wanted.committees or ()
    directorates = council.directorates(session)
    names = [
        *(one.name for one in council.committees(session) if one.id in committees),
        *(one.name for one in directorates if one.id == wanted.directorate_id),
        *(part.name for one in directorates for part in one.divisions if part.id == wanted.division_id),
    ]
    return "; ".join(names)


def lines(
    activities: Iterable[ActivityFacts], proposals: Iterable[Proposal], today: date
) -> Iterator[tuple[Item, ...]]:
    yield from (activity_line(one, today) for one in activities)
    yield from (proposal_line(one) for one in proposals)
