"""Groups of providers, and where the money goes: a provider's parent, and what each provider or group carries."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, listing, pictures
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import Choice
from app.core.listing import ROWS_ON_A_PAGE, Listing, Page
from app.core.pictures import Bar, BarPicture, Part
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.register import units
from app.register.commands import providers as commands
from app.register.forms.editing import check_unchanged
from app.register.forms.merging import ParentForm
from app.register.queries import providers as queries
from app.register.queries import spread as spreading
from app.register.queries.named_parties import provider_called
from app.register.queries.spread import Spread, SpreadAsked, SpreadRow
from app.register.views import bp
from app.register.views.files import list_file
from app.register.views.providers import saved
from reports.listing import Item, ListColumn
from reports.table import Kind

EDIT = Permission.EDIT_PROVIDERS
TOP = 10


@bp.route("/providers/<int:provider_id>/group", methods=["GET", "POST"])
@needs(EDIT)
@saves
def provider_group(provider_id: int) -> ResponseReturnValue:
    found = queries.provider(db.session(), provider_id)
    form = ParentForm(version=found.version, parent=found.parent.name if found.parent else None)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            saved_form = ParentForm(formdata=None, parent=found.parent.name if found.parent else None)
            check_unchanged(form, found.version, saved_form)
            typed = form.parent.data
            parent = provider_called(db.session(), typed, field="parent") if typed else None
            commands.set_parent(db.session(), found, parent)
            return saved(found, f"{found.name} is now under {parent.name}." if parent else "It has no parent now.")
    return render_template("register/provider_group.html", form=form, provider=found)


@bp.post("/providers/<int:provider_id>/numbers/<int:identifier_id>/primary")
@needs(EDIT)
@saves
def make_number_primary(provider_id: int, identifier_id: int) -> ResponseReturnValue:
    found = queries.provider(db.session(), provider_id)
    commands.make_primary(found, identifier_id)
    return redirect(url_for(".provider_numbers", provider_id=provider_id))


def asked_of_spread() -> Listing:
    return listing.listing(
        "/providers/spread",
        request.args,
        sorts=("amount",),
        default="-amount",
        filters=(
            listing.choice("directorate", "Directorate", units.directorate_choices(council.directorates(db.session()))),
            listing.choice("by", "Providers of one group", [Choice("group", "Counted together")]),
        ),
    )


def spread_asked(asked: Listing) -> SpreadAsked:
    return SpreadAsked(asked.number("directorate"), asked.text("by") == "group")


@bp.get("/providers/spread")
@needs(Permission.READ)
def provider_spread() -> ResponseReturnValue:
    asked = asked_of_spread()
    found = spreading.spread(db.session(), spread_asked(asked), current_reader(), clock.today())
    first = (asked.page - 1) * ROWS_ON_A_PAGE
    return render_template(
        "register/provider_spread.html",
        asked=asked,
        found=found,
        page=Page(found.rows[first : first + ROWS_ON_A_PAGE], len(found.rows), asked.page),
        picture=top_picture(found),
        by_group=spread_asked(asked).by_group,
        may_import=current_reader().may(Permission.IMPORT),
    )


def top_picture(found: Spread) -> BarPicture:
    rows = [
        Bar(row.name, (Part("Value", row.amount),), note=f"{row.per_cent} per cent", href=f"/providers/{row.id}")
        for row in found.rows[:TOP]
    ]
    return pictures.bars("The ten that carry most, whole-life value, running or to come", rows, heading="Provider")


@bp.get("/providers/spread.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def provider_spread_file(ending: str) -> ResponseReturnValue:
    found = spreading.spread(db.session(), spread_asked(asked_of_spread()), current_reader(), clock.today())
    return list_file("where-the-money-goes", ending, COLUMNS, (cells(row) for row in found.rows))


COLUMNS = (
    ListColumn("Provider", width=40),
    ListColumn("Also adds", width=40),
    ListColumn("Contracts or arrangements", Kind.NUMBER),
    ListColumn("Whole-life value (£)", Kind.POUNDS),
    ListColumn("Share (%)", Kind.NUMBER),
)


def cells(row: SpreadRow) -> tuple[Item, ...]:
    return row.name, "; ".join(row.members), row.contracts, row.amount, row.per_cent
