"""The pages of providers: list, record, forms, numbers and other names."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, listing, pictures
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import Choice, answered
from app.core.listing import Listing
from app.core.pages import plural
from app.core.panels import panels_for
from app.core.pictures import Bar, BarPicture, Part
from app.core.web import refusals_shown_on, saves
from app.register.commands import providers as commands
from app.register.forms import providers as forms
from app.register.forms.editing import check_unchanged
from app.register.forms.known import said
from app.register.forms.providers import NewProviderForm, NumberForm, OtherNameForm
from app.register.forms.services import ReasonForm
from app.register.identifiers import SHAPES
from app.register.models import Provider, ProviderKind
from app.register.queries import changes, merge_preview
from app.register.queries import providers as queries
from app.register.queries.provider_record import provider_shown
from app.register.queries.providers import ProviderRow, ProvidersAsked
from app.register.views import bp
from app.register.views.list_columns import Download, ListColumns
from reports.listing import Item, ListColumn
from reports.table import Kind

EDIT = Permission.EDIT_PROVIDERS


def asked_of_providers() -> Listing:
    return listing.listing(
        "/providers",
        request.args,
        sorts=queries.SORT_NAMES,
        default="name",
        filters=(
            listing.words("q", "Name or number"),
            listing.one_of("kind", "Kind", ProviderKind),
            listing.choice("withdrawn", "Withdrawn providers", [Choice("yes", "Only withdrawn ones")]),
        ),
    )


def providers_asked(asked: Listing) -> ProvidersAsked:
    return ProvidersAsked(asked.text("q"), asked.member("kind", ProviderKind), asked.ticked("withdrawn"), asked.sort)


@bp.get("/providers")
@needs(Permission.READ)
def providers() -> ResponseReturnValue:
    asked, reader, today = asked_of_providers(), current_reader(), clock.today()
    which = providers_asked(asked)
    chosen = LIST_COLUMNS.shown()
    return render_template(
        "register/providers.html",
        asked=asked,
        chosen=chosen,
        cells=cells,
        sorted_by=LIST_COLUMNS.sorted_by,
        download=Download(asked, ",".join(one.name for one in chosen)),
        heading=heading_words(queries.kinds_counted(db.session(), which), withdrawn=which.withdrawn),
        page=queries.providers_page(db.session(), which, reader, today, number=asked.page),
        picture=largest_picture([] if asked.applied else queries.largest_providers(db.session(), reader, today)),
        said=said,
        may_edit=reader.may(EDIT),
        may_import=reader.may(Permission.IMPORT),
    )


def heading_words(kinds: list[tuple[ProviderKind, int]], *, withdrawn: bool) -> str:
    total = plural(sum(number for _, number in kinds), "withdrawn provider" if withdrawn else "provider")
    by_kind = ", ".join(f"{number:,} {plural_kind(kind, number)}" for kind, number in kinds)
    return f"{total}: {by_kind}" if by_kind else total


def plural_kind(kind: ProviderKind, number: int) -> str:
    if number == 1 or kind is ProviderKind.NOT_KNOWN:
        return kind.value if kind is not ProviderKind.NOT_KNOWN else "of a kind not known"
    return f"{kind.value.removesuffix('y')}ies" if kind.value.endswith("y") else f"{kind.value}s"


def largest_picture(rows: list[ProviderRow]) -> BarPicture:
    shown = [
        Bar(
            row.name,
            (Part("Value", row.worth.current.high),),
            note=row.worth.current.left_out,
            href=f"/providers/{row.id}",
        )
        for row in rows
    ]
    return pictures.bars("Largest by whole-life value of contracts, running or to come", shown, heading="Provider")


@bp.get("/providers.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def providers_file(ending: str) -> ResponseReturnValue:
    which = providers_asked(asked_of_providers())
    rows = queries.all_providers(db.session(), which, current_reader(), clock.today())
    return LIST_COLUMNS.file(ending, (cells(row) for row in rows))


@bp.route("/providers/columns", methods=["GET", "POST"])
@needs(Permission.READ)
@saves
def provider_columns() -> ResponseReturnValue:
    return LIST_COLUMNS.choose()


COLUMNS = (
    ListColumn("Provider", width=40),
    ListColumn("Kind", width=24),
    ListColumn("Small or medium-sized"),
    ListColumn("Voluntary, community or social enterprise"),
    ListColumn("Contracts running or to come", Kind.NUMBER),
    ListColumn("Contracts ended", Kind.NUMBER),
    ListColumn("Whole-life value, low (£)", Kind.POUNDS),
    ListColumn("Whole-life value, high (£)", Kind.POUNDS),
    ListColumn("Known by the year only (£ a year)", Kind.POUNDS),
    ListColumn("Values left out", width=30),
)
LIST_COLUMNS = ListColumns(
    "/providers", "providers", "Provider", COLUMNS, {"Kind": "kind", "Contracts running or to come": "contracts"}
)


def cells(row: ProviderRow) -> tuple[Item, ...]:
    now = row.worth.current
    return (
        row.name,
        row.kind.value,
        said(row.sme),
        said(row.vcse),
        row.contracts,
        row.ended,
        now.low if now.valued else None,
        now.high if now.valued else None,
        now.year_high if now.by_year else None,
        now.left_out,
    )


@bp.get("/providers/<int:provider_id>")
@needs(Permission.READ)
def provider(provider_id: int) -> ResponseReturnValue:
    reader, today = current_reader(), clock.today()
    found = queries.provider(db.session(), provider_id)
    asked = listing.listing(f"/providers/{provider_id}", request.args, sorts=("end",), default="end", filters=())
    shown = provider_shown(db.session(), found, reader, today, number=asked.page)
    return render_template(
        "register/provider.html",
        provider=found,
        asked=asked,
        shown=shown,
        merges=merge_preview.merges_of(db.session(), provider_id),
        may_merge=reader.units_for(Permission.MERGE_PROVIDERS).everywhere,
        money_picture=money_picture(shown.money),
        numbers=numbers_of(found),
        said=said,
        panels=panels_for("provider", provider_id, reader),
        history=changes.history(db.session(), "provider", provider_id),
        may_edit=reader.may(EDIT),
    )


def numbers_of(found: Provider) -> list[tuple[str, str]]:
    """What each number is called, and the number."""
    names = names_of_schemes()
    main = " (main number)" if len(found.identifiers) > 1 else ""
    return [
        (names.get(one.scheme, one.scheme), f"{one.value}{main if one.is_primary else ''}") for one in found.identifiers
    ]


def money_picture(money: queries.ProviderMoney) -> BarPicture:
    rows = [
        Bar(one.name, (Part("Value", worth.current.high),), note=worth.current.left_out)
        for one, worth in money.directorates
        if worth.current.high
    ]
    return pictures.bars("Whole-life value by directorate, running or to come", rows, heading="Directorate")


@bp.route("/providers/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def new_provider() -> ResponseReturnValue:
    form = NewProviderForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            added = commands.add_provider(db.session(), form.to_command(), form.numbers())
            return saved(added, f"{added.name} is now in the register.")
    return render_template("register/provider_form.html", form=form, provider=None)


def saved(found: Provider, words: str, endpoint: str = ".provider") -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(endpoint, provider_id=found.id))


@bp.route("/providers/<int:provider_id>/edit", methods=["GET", "POST"])
@needs(EDIT)
@saves
def edit_provider(provider_id: int) -> ResponseReturnValue:
    found = queries.provider(db.session(), provider_id)
    form = forms.provider_form(found)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, forms.provider_form(found, formdata=None))
            commands.change_provider(db.session(), found, form.to_command())
            return saved(found, "Your changes are saved.")
    return render_template("register/provider_form.html", form=form, provider=found)


@bp.route("/providers/<int:provider_id>/numbers", methods=["GET", "POST"])
@needs(EDIT)
@saves
def provider_numbers(provider_id: int) -> ResponseReturnValue:
    found, form = queries.provider(db.session(), provider_id), NumberForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_identifier(db.session(), found, answered(form.scheme), answered(form.value))
            return saved(found, "The number is recorded.", ".provider_numbers")
    return render_template("register/provider_numbers.html", form=form, provider=found, names=names_of_schemes())


def names_of_schemes() -> dict[str, str]:
    return {scheme.value: shape.name for scheme, shape in SHAPES.items()}


@bp.post("/providers/<int:provider_id>/numbers/<int:identifier_id>/remove")
@needs(EDIT)
@saves
def remove_provider_number(provider_id: int, identifier_id: int) -> ResponseReturnValue:
    found = queries.provider(db.session(), provider_id)
    commands.remove_identifier(found, identifier_id)
    return saved(found, "The number is removed; the history keeps it.", ".provider_numbers")


@bp.route("/providers/<int:provider_id>/names", methods=["GET", "POST"])
@needs(EDIT)
@saves
def provider_names(provider_id: int) -> ResponseReturnValue:
    found, form = queries.provider(db.session(), provider_id), OtherNameForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_name(db.session(), found, answered(form.name))
            return saved(found, "The name is recorded.", ".provider_names")
    return render_template("register/provider_names.html", form=form, provider=found)


@bp.post("/providers/<int:provider_id>/names/<int:name_id>/remove")
@needs(EDIT)
@saves
def remove_provider_name(provider_id: int, name_id: int) -> ResponseReturnValue:
    found = queries.provider(db.session(), provider_id)
    commands.remove_name(found, name_id)
    return saved(found, "The name is removed; the history keeps it.", ".provider_names")


@bp.route("/providers/<int:provider_id>/withdraw", methods=["GET", "POST"])
@needs(EDIT)
@saves
def withdraw_provider(provider_id: int) -> ResponseReturnValue:
    found = queries.provider(db.session(), provider_id)
    form = ReasonForm(obj=found)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.withdraw_provider(db.session(), found, answered(form.reason), now=clock.now(), today=clock.today())
            return saved(found, f"{found.name} is withdrawn. Nothing recorded about it is lost.")
    return render_template("register/withdraw.html", form=form, name=found.name, back_to=f"/providers/{provider_id}")


@bp.post("/providers/<int:provider_id>/restore")
@needs(EDIT)
@saves
def restore_provider(provider_id: int) -> ResponseReturnValue:
    found = queries.provider(db.session(), provider_id)
    commands.restore_provider(db.session(), found)
    return saved(found, f"{found.name} is back in the register.")
