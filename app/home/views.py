"""The front page, the search over everything, gaps, help, the accessibility statement, and the server's health."""

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.roles import Role, words
from app.accounts.rules import PERMISSIONS
from app.core import clock, listing, pictures
from app.core.access import Permission, current_reader, needs, open_to_everyone
from app.core.db import db
from app.core.forms import tidied
from app.core.listing import LONGEST_WORDS, Listing
from app.core.pages import VERSION, plural
from app.core.panels import panels_for
from app.core.pictures import Bar, BarPicture, Part
from app.council import queries as council
from app.home.queries import front, gaps, search
from app.home.queries.front import Home, QuarterEnds
from app.home.queries.gaps import Gap
from app.home.queries.health import health_of
from app.register.units import directorate_choices, division_choices

bp = Blueprint("home", __name__)


@bp.get("/")
@needs(Permission.READ)
def home() -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    homes = front.homes_of(session, reader)
    keeps, there = reader.may(Permission.EDIT_REGISTER), council.council_if_any(session) is not None
    return render_template(
        "home/home.html",
        there_is_a_council=there,
        doing=[(one, front.needs_doing(session, one, reader, today)) for one in homes] if keeps else [],
        panels=panels_for("home", 0, reader) if there else [],
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


@bp.get("/gaps/<any({kinds}):kind>".format(kinds=",".join(f"'{gap}'" for gap in Gap)))
@needs(Permission.READ)
def gap_list(kind: str) -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    gap, asked = Gap(kind), _gaps_asked(session, kind)
    part = gaps.Part(asked.number("directorate"), asked.number("division"))
    page = gaps.gap_page(session, gap, part, reader, today, asked.page)
    heading = f"{page.total:,} {gaps.WORDS[gap][page.total != 1]}"
    return render_template("home/gaps.html", asked=asked, page=page, heading=heading, cure=gaps.CURES[gap])


def _gaps_asked(session: Session, kind: str) -> Listing:
    structure = council.structure(session)
    return listing.listing(
        f"/gaps/{kind}",
        request.args,
        sorts=("title",),
        default="title",
        filters=(
            listing.choice("directorate", "Directorate", directorate_choices(structure)),
            listing.choice("division", "Division", division_choices(structure)),
        ),
    )


@bp.get("/search")
@needs(Permission.READ)
def search_everything() -> ResponseReturnValue:
    words_wanted = tidied(request.args.get("q", ""))[:LONGEST_WORDS]
    found = search.everything(db.session(), words_wanted, current_reader(), clock.today()) if words_wanted else []
    return render_template("home/search.html", search_words=words_wanted, found=found)


@bp.get("/help")
@open_to_everyone
def help_page() -> ResponseReturnValue:
    roles = [(words(role), sorted(str(permission) for permission in PERMISSIONS[role])) for role in Role]
    return render_template("home/help.html", roles=roles)


@bp.get("/accessibility")
@open_to_everyone
def accessibility() -> ResponseReturnValue:
    return render_template("home/accessibility.html")


@bp.get("/health")
@open_to_everyone
def health() -> ResponseReturnValue:
    found = health_of(db.session())
    told = {
        "status": "ok" if found.is_well else "unwell",
        "database": "reachable" if found.database_reachable else "unreachable",
        "migration": found.migration,
        "migration_wanted": found.wanted,
        "version": VERSION,
    }
    return jsonify(told), 200 if found.is_well else 503


from app.home.history import views as history_views  # noqa: E402, F401 - it adds its pages
