"""The front page, and the search over everything."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock, listing, pictures
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import tidied
from app.core.listing import LONGEST_WORDS
from app.core.pages import plural
from app.core.panels import panels_for
from app.core.pictures import Bar, BarPicture, Part
from app.council import queries as council
from app.home.blueprint import bp
from app.home.queries import front, search
from app.home.queries.front import Home, QuarterEnds


@bp.get("/")
@needs(Permission.READ)
def home() -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    homes = front.homes_of(session, reader)
    keeps, there = reader.may(Permission.EDIT_REGISTER), council.council_if_any(session) is not None
    return render_template(
        "home/home.html",
        there_is_a_council=there,
        is_new=front.is_new(session),
        doing=[(one, front.needs_doing(session, one, reader, today), front.all_to_do(one)) for one in homes]
        if keeps
        else [],
        panels=panels_for("home", 0, reader) if there else [],
        views=panels_for("home_views", 0, reader),
        meetings=front.meetings_ahead(session, reader, today) if front.shows_meetings(session, reader) else [],
        endings=[(one, picture_of(one, front.ends_by_quarter(session, one, reader, today))) for one in homes],
        lately=front.changed_lately(session, reader, today) if reader.may(Permission.READ_HISTORY) else [],
        imports=reader.may(Permission.IMPORT),
        administers=reader.may(Permission.EDIT_SETTINGS) or reader.may(Permission.MANAGE_PEOPLE),
    )


def picture_of(home: Home, quarters: list[QuarterEnds]) -> BarPicture:
    """Whole-life values, with how many contracts stand behind each."""
    return pictures.bars(
        f"Contracts of {home.name} that end in the next four quarters",
        [
            Bar(
                str(one.quarter),
                (Part("Current whole-life value", one.heading.worth.high),),
                note=_behind(one),
                href=one.url,
            )
            for one in quarters
        ],
        heading="Quarter",
    )


def _behind(one: QuarterEnds) -> str:
    unvalued = one.heading.contracts - one.heading.worth.valued
    said = plural(one.heading.contracts, "contract")
    return f"{said}, {unvalued:,} of them not added" if unvalued and one.heading.worth.valued else said


@bp.get("/search")
@needs(Permission.READ)
def search_everything() -> ResponseReturnValue:
    wanted = tidied(request.args.get("q", ""))[:LONGEST_WORDS]
    session, reader, today = db.session(), current_reader(), clock.today()
    asked = listing.listing("/search", request.args, sorts=(), default="", filters=(listing.words("q", "Words"),))
    kind = request.args.get("kind", "")
    page = search.of_kind(session, kind, wanted, reader, today, asked.page)
    found = search.everything(session, wanted, reader, today) if page is None else []
    kind_words = search.words_of(kind) if page is not None else ()
    return render_template(
        "home/search.html", search_words=wanted, found=found, page=page, asked=asked, kind_words=kind_words
    )
