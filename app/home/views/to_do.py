"""What needs doing: every finding, counted by kind and listed, by person and by part of the council."""

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlencode

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.dates import day
from app.core.db import db
from app.core.findings import Asked, FindingKind, kind_of
from app.core.forms import Choice
from app.core.listing import Listing, Page
from app.core.rights import Reader
from app.council import queries as council
from app.home.blueprint import bp
from app.home.queries import doing
from app.home.queries.doing import Whose
from app.home.reminders import queries as reminders
from app.home.reminders.rules import is_snoozed
from app.register.queries import findings
from app.register.queries.findings import Found, Order
from app.register.units import directorate_choices, division_choices
from app.register.views.files import list_file
from reports.listing import ListColumn

#: The list whose rows can be ticked and confirmed, and what they are.
CONFIRMED = {"confirm": "contract", "confirm-service": "service"}
#: Where the lists of what records lack stood before.
OLD = {"not-confirmed": "confirm"}
COLUMNS = tuple(
    ListColumn(heading, width=width)
    for heading, width in (
        *(("Record", 40), ("Why", 60), ("Due", 16), ("Post", 30), ("Directorate", 30), ("Division", 30)),
        *(("Address", 30), ("Source", 40)),
    )
)


def _asked(path: str, reader: Reader, *, one_kind: bool = True) -> Listing:
    structure = council.structure(db.session())
    own = (Choice(Whose.MINE, f"My post: {reader.post}"),) if reader.post else ()
    words = (listing.words("q", "Words of the title"),) if one_kind else ()
    return listing.listing(
        path,
        request.args,
        sorts=("due", "title"),
        default="due",
        filters=(
            *words,
            listing.choice("whose", "Whose", (*own, Choice(Whose.ALL, "Everybody's"))),
            listing.choice("directorate", "Directorate", directorate_choices(structure)),
            listing.choice("division", "Division", division_choices(structure)),
            listing.Filter("post", "Post", in_panel=False),
        ),
    )


@bp.get("/to-do")
@needs(Permission.READ)
def to_do() -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    asked = _asked("/to-do", reader, one_kind=False)
    wanted = doing.asked_of(session, asked, reader, today)
    found = doing.counted(session, wanted)
    return render_template(
        "home/to_do.html",
        asked=asked,
        groups=doing.by_severity(found),
        total=sum(one.number for one in found),
        whose=whose_in_words(session, wanted),
        query=urlencode(doing.filters_of(wanted)),
        ways=_ways(session, reader, today),
    )


def _ways(session: Session, reader: Reader, today: date) -> list[tuple[str, str, int]]:
    """The other ways to look at it: one's post, one's unit, the whole council; each with its total."""
    ways = (doing.own_asked(session, reader, today), doing.unit_asked(reader, today), Asked(reader, today))
    told = {whose_in_words(session, one): one for one in ways if one is not None}
    return [
        (words, f"/to-do?{urlencode(doing.filters_of(one))}", sum(findings.counts(session, one).values()))
        for words, one in told.items()
    ]


def whose_in_words(session: Session, asked: Asked) -> str:
    """As "your post, Waste Contracts Manager" or "Adult Social Care"."""
    unit = unit_name(session, asked.directorate_id, asked.division_id)
    if asked.post_key is None:
        return unit or "the whole council"
    own = asked.reader.post is not None and doing.filters_of(asked).get("whose") is Whose.MINE
    post = f"your post, {asked.reader.post}" if own else f"the post “{asked.post_key}”"
    return f"{post}, in {unit}" if unit else post


def unit_name(session: Session, directorate_id: int | None, division_id: int | None) -> str:
    names = {one.id: one.name for one in council.structure(session)}
    parts = {one.id: one.name for one in council.divisions(session)}
    return parts.get(division_id or 0) or names.get(directorate_id or 0, "")


@bp.get("/to-do/<code>")
@needs(Permission.READ)
def to_do_list(code: str) -> ResponseReturnValue:
    kind, session, reader, today = _kind(code), db.session(), current_reader(), clock.today()
    asked = _asked(f"/to-do/{code}", reader)
    wanted, order = doing.asked_of(session, asked, reader, today), Order(asked.sort, asked.text("q"))
    total = findings.how_many(session, kind, wanted, order)
    rows = findings.found_page(session, kind, wanted, order, asked.page)
    writes = reader.units_for(Permission.EDIT_REGISTER)
    yours = {row.id for row in rows if writes.include(row.directorate_id, row.division_id)}
    return render_template(
        "home/to_do_list.html",
        asked=asked,
        kind=kind,
        page=Page(rows, total, asked.page),
        heading=f"{total:,} {kind.one if total == 1 else kind.many}",
        whose=whose_in_words(session, wanted),
        units={row.id: unit_name(session, row.directorate_id, row.division_id) for row in rows},
        all_url=f"/to-do?{urlencode(doing.filters_of(wanted))}",
        today=today,
        confirms=CONFIRMED.get(code) if yours else None,
        yours=yours,
        off=_put_off(session, code, rows, today),
    )


def _put_off(session: Session, code: str, rows: Sequence[Found], today: date) -> dict[int, str]:
    """Which of these nobody is reminded of now, and why."""
    known, due = reminders.snoozes_of(session, code, [row.id for row in rows]), {row.id: row.due_on for row in rows}
    return {
        number: reminders.in_words(one)
        for number, one in known.items()
        if is_snoozed(one.until_on, due[number], today=today)
    }


def _kind(code: str) -> FindingKind:
    return kind_of(code) or abort(404)


@bp.get("/to-do/<code>.csv")
@needs(Permission.READ)
def to_do_file(code: str) -> ResponseReturnValue:
    """The whole list, not the page."""
    kind, session, reader, today = _kind(code), db.session(), current_reader(), clock.today()
    asked = _asked(f"/to-do/{code}", reader)
    wanted, order = doing.asked_of(session, asked, reader, today), Order(asked.sort, asked.text("q"))
    found = list(findings.every_found(session, kind, wanted, order))
    return list_file(code, "csv", COLUMNS, list(_lines(session, kind, found)))


def _lines(session: Session, kind: FindingKind, found: Sequence[Found]) -> Iterator[Sequence[str]]:
    for one in found:
        directorate, division = unit_name(session, one.directorate_id, None), unit_name(session, None, one.division_id)
        where = request.host_url.rstrip("/") + kind.page.format(one.id)
        yield (one.title, one.working, day(one.due_on), one.post or "", directorate, division, where, kind.source)


@bp.get("/gaps/<code>")
@needs(Permission.READ)
def gap_list(code: str) -> ResponseReturnValue:
    """Where these lists stood before: links and bookmarks still lead to them."""
    kind = _kind(OLD.get(code, code))
    asked = {name: value for name, value in request.args.items() if value}
    whose = {} if {"directorate", "division", "whose"} & asked.keys() else {"whose": Whose.ALL}
    return redirect(f"/to-do/{kind.code}?{urlencode(whose | asked)}")
