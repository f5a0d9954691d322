"""The timeline, and the lists its figures open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core import clock, listing, pictures
from app.core.access import Permission, current_reader, needs
from app.core.dates import day
from app.core.db import db
from app.core.findings import Asked
from app.core.forms import Choice
from app.core.listing import Listing, Page
from app.core.money import pounds_short
from app.core.pages import plural
from app.core.pictures import Bar, BarPicture, Part
from app.core.rights import Reader
from app.council import queries as council
from app.decisions.queries.forthcoming import by_quarter, counted, counted_proposals
from app.home.blueprint import bp
from app.home.queries import doing
from app.home.queries.doing import Whose
from app.home.timeline import queries
from app.home.timeline.dates import KINDS, Scope, What
from app.home.timeline.queries import Decisions, Figure, Narrowed, Row
from app.home.views.to_do import unit_name, whose_in_words
from app.register.units import directorate_choices, division_choices
from app.register.views.files import list_file
from reports.listing import ListColumn

DECISIONS_TITLE = "Key decisions, expected and proposed"
#: What its bars do not say by themselves.
DECISIONS_WORKING = "The last day of the quarter or month expected; a proposal by the day a decision is needed."
COLUMNS = tuple(
    ListColumn(heading, width=width)
    for heading, width in (("Record", 40), ("On", 16), ("Value", 18), ("Post", 30), ("Unit", 40), ("Address", 30))
)


@dataclass(frozen=True)
class Drawn:
    """One kind of date: its picture with its table, and what both of them count."""

    what: What
    title: str
    counts: str
    working: str
    picture: BarPicture
    url: str


def _asked(path: str, reader: Reader, *, one_kind: bool) -> Listing:
    structure = council.structure(db.session())
    own = (Choice(Whose.MINE, f"My post: {reader.post}"),) if reader.post else ()
    days = (listing.on_day("from", "From"), listing.on_day("to", "To")) if one_kind else ()
    return listing.listing(
        path,
        request.args,
        sorts=("on", "title"),
        default="on",
        filters=(
            *days,
            listing.choice("whose", "Whose", (*own, Choice(Whose.ALL, "Everybody's"))),
            listing.choice("directorate", "Directorate", directorate_choices(structure)),
            listing.choice("division", "Division", division_choices(structure)),
            listing.Filter("post", "Post", in_panel=False),
        ),
    )


def _scope(asked: Asked) -> Scope:
    return Scope(asked.directorate_id, asked.division_id, asked.post_key)


@bp.get("/timeline")
@needs(Permission.READ)
def timeline() -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    asked = _asked("/timeline", reader, one_kind=False)
    wanted = doing.asked_of(session, asked, reader, today)
    drawn = [_contracts_drawn(session, what, wanted, today) for what in KINDS]
    return render_template(
        "home/timeline.html",
        asked=asked,
        drawn=[*drawn, _decisions_drawn(session, wanted, today)],
        whose=whose_in_words(session, wanted),
        until=queries.horizon_of(today).last,
    )


def _contracts_drawn(session: Session, what: What, wanted: Asked, today: date) -> Drawn:
    kind, found = KINDS[what], queries.figures(session, what, wanted.reader, _scope(wanted), today)
    stretches = queries.stretches(today)
    bars = [
        Bar(stretch.label, (Part("Current value", figure.value),), _note(figure), _list_url(what, wanted, stretch))
        for stretch, figure in zip(stretches, found, strict=True)
        if figure.number or stretch.first
    ]
    total = sum(found, Figure())
    return Drawn(
        what=what,
        title=kind.title,
        counts=_counts(total),
        working=kind.working,
        picture=pictures.bars(f"{kind.title}, by quarter", bars, heading="Quarter"),
        url=_list_url(what, wanted),
    )


def _decisions_drawn(session: Session, wanted: Asked, today: date) -> Drawn:
    found = queries.decisions(session, wanted.reader, _scope(wanted), today)
    drawn = by_quarter(found.activities, found.proposals, queries.horizon_of(today), today)
    places = {one.label: one for one in queries.stretches(today)}
    bars = tuple(
        pictures.leading(bar, _list_url(What.DECISIONS, wanted, places.get(bar.label, queries.stretches(today)[0])))
        for bar in drawn.bars
    )
    return Drawn(
        what=What.DECISIONS,
        title=DECISIONS_TITLE,
        counts=_decisions_counts(found),
        working=DECISIONS_WORKING,
        picture=pictures.with_bars(drawn, f"{DECISIONS_TITLE}, by quarter", bars),
        url=_list_url(What.DECISIONS, wanted),
    )


def _decisions_counts(found: Decisions) -> str:
    parts = (
        counted(found.activities, "decision expected", "decisions expected"),
        counted_proposals(found.proposals),
        f"{found.undated} more without a date" if found.undated else "",
    )
    return "; ".join(part for part in parts if part)


def _note(figure: Figure) -> str:
    """What stands behind a bar, and how much of it is not in the bar; why is said once for all."""
    left_out = figure.number - figure.valued
    return plural(figure.number, "contract") + (f", {left_out:,} not added" if left_out else "")


def _counts(figure: Figure) -> str:
    parts = (
        plural(figure.number, "contract"),
        f"{pounds_short(figure.value)} current value" if figure.valued else "",
        f"{figure.withheld:,} exempt" if figure.withheld else "",
        f"{figure.elsewhere:,} counted with others" if figure.elsewhere else "",
        f"{figure.not_added:,} valued by the year or not known" if figure.not_added else "",
    )
    return ", ".join(part for part in parts if part)


def _list_url(what: What, wanted: Asked, stretch: queries.Stretch | None = None) -> str:
    days = stretch.filters if stretch else {}
    return f"/timeline/{what}?{urlencode({**days, **doing.filters_of(wanted)})}"


# The lists


@bp.get("/timeline/<any(ends, options, 'to-decide', decisions):what>")
@needs(Permission.READ)
def timeline_list(what: str) -> ResponseReturnValue:
    session, reader, today, kind = db.session(), current_reader(), clock.today(), What(what)
    asked = _asked(f"/timeline/{what}", reader, one_kind=True)
    wanted = doing.asked_of(session, asked, reader, today)
    page = _page(session, kind, asked, wanted, today)
    contracts = KINDS.get(kind)
    return render_template(
        "home/timeline_list.html",
        asked=asked,
        title=contracts.title if contracts else DECISIONS_TITLE,
        working=contracts.working if contracts else DECISIONS_WORKING,
        words=("contract", "contracts") if contracts else ("decision", "decisions"),
        page=page,
        whose=whose_in_words(session, wanted),
        units=[unit_name(session, row.directorate_id, row.division_id) for row in page.rows],
        all_url=f"/timeline?{urlencode(doing.filters_of(wanted))}",
        today=today,
    )


def _page(session: Session, what: What, asked: Listing, wanted: Asked, today: date) -> Page[Row]:
    narrowed, scope = _narrowed(asked), _scope(wanted)
    if what is What.DECISIONS:
        return _sliced(queries.decisions(session, wanted.reader, scope, today).rows(narrowed), asked.page)
    rows = queries.contract_rows(session, what, wanted.reader, scope, narrowed, today, page=asked.page)
    return Page(rows, queries.how_many(session, what, wanted.reader, scope, narrowed, today), asked.page)


def _sliced(rows: Sequence[Row], number: int) -> Page[Row]:
    first = (number - 1) * listing.ROWS_ON_A_PAGE
    return Page(list(rows[first : first + listing.ROWS_ON_A_PAGE]), len(rows), number)


def _narrowed(asked: Listing) -> Narrowed:
    return Narrowed(asked.day("from"), asked.day("to"), asked.sort)


@bp.get("/timeline/<any(ends, options, 'to-decide', decisions):what>.csv")
@needs(Permission.READ)
def timeline_file(what: str) -> ResponseReturnValue:
    """The whole list, not the page."""
    session, reader, today, kind = db.session(), current_reader(), clock.today(), What(what)
    asked = _asked(f"/timeline/{what}", reader, one_kind=True)
    wanted = doing.asked_of(session, asked, reader, today)
    scope, narrowed = _scope(wanted), _narrowed(asked)
    rows = (
        queries.decisions(session, reader, scope, today).rows(narrowed)
        if kind is What.DECISIONS
        else queries.contract_rows(session, kind, reader, scope, narrowed, today)
    )
    return list_file(f"timeline-{what}", "csv", COLUMNS, list(_lines(session, rows)))


def _lines(session: Session, rows: Sequence[Row]) -> Iterator[Sequence[str]]:
    for one in rows:
        value = "Exempt" if one.exempt else "" if one.value is None else str(one.value)
        unit = unit_name(session, one.directorate_id, one.division_id)
        yield (one.title, day(one.on), value, one.post or "", unit, request.host_url.rstrip("/") + one.url)
