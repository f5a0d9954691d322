"""The pages of arrangements: list, record, forms, their contracts, and suggestions to confirm or dismiss."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, Reader, check_may, current_reader, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.forms import Choice, answered
from app.core.listing import Listing, Page
from app.core.pages import plural
from app.core.panels import panels_for
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.register import units
from app.register.arranging import Likeness, Suggestion
from app.register.commands import arrangements as commands
from app.register.forms import arrangements as forms
from app.register.forms.arrangements import ArrangementChoices, ArrangementForm
from app.register.forms.editing import check_unchanged
from app.register.forms.services import ReasonForm
from app.register.models import Arrangement, ArrangementKind
from app.register.queries import arrangements as queries
from app.register.queries import changes
from app.register.queries import services as service_queries
from app.register.queries.arrangement_record import arrangement_shown
from app.register.queries.arrangements import ArrangementRow, ArrangementsAsked
from app.register.queries.lines import ContractLine, lines
from app.register.views import bp
from app.register.views.files import list_file
from reports.listing import Item, ListColumn
from reports.table import Kind

EDIT = Permission.EDIT_PROVIDERS
KINDS = {
    Likeness.PARENT: ArrangementKind.FRAMEWORK,
    Likeness.REFERENCE: ArrangementKind.MANY_PROVIDERS,
    Likeness.TITLE: ArrangementKind.MANY_PROVIDERS,
}
SUGGESTIONS_ON_A_PAGE = 25


def asked_of_arrangements() -> Listing:
    return listing.listing(
        "/arrangements",
        request.args,
        sorts=queries.SORT_NAMES,
        default="title",
        filters=(
            listing.words("q", "Title"),
            listing.choice("directorate", "Directorate", units.directorate_choices(council.directorates(db.session()))),
            listing.one_of("kind", "Kind", ArrangementKind),
            listing.choice("withdrawn", "Withdrawn arrangements", [Choice("yes", "Only withdrawn ones")]),
        ),
    )


def arrangements_asked(asked: Listing) -> ArrangementsAsked:
    return ArrangementsAsked(
        words=asked.text("q"),
        directorate_id=asked.number("directorate"),
        kind=asked.member("kind", ArrangementKind),
        withdrawn=asked.ticked("withdrawn"),
        sort=asked.sort,
    )


@bp.get("/arrangements")
@needs(Permission.READ)
def arrangements() -> ResponseReturnValue:
    asked, reader, today = asked_of_arrangements(), current_reader(), clock.today()
    page = queries.arrangements_page(db.session(), arrangements_asked(asked), reader, today, number=asked.page)
    return render_template("register/arrangements.html", asked=asked, page=page, may_edit=reader.may(EDIT))


@bp.get("/arrangements.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def arrangements_file(ending: str) -> ResponseReturnValue:
    which = arrangements_asked(asked_of_arrangements())
    rows = queries.all_arrangements(db.session(), which, current_reader(), clock.today())
    return list_file("arrangements", ending, COLUMNS, (cells(row) for row in rows))


COLUMNS = (
    ListColumn("Arrangement", width=40),
    ListColumn("Reference"),
    ListColumn("Kind", width=30),
    ListColumn("Directorate", width=24),
    ListColumn("Contracts", Kind.NUMBER),
    ListColumn("Providers", Kind.NUMBER),
    ListColumn("How valued", width=30),
    ListColumn("Whole-life value, low (£)", Kind.POUNDS),
    ListColumn("Whole-life value, high (£)", Kind.POUNDS),
    ListColumn("Known by the year only (£ a year)", Kind.POUNDS),
    ListColumn("Values left out", width=30),
)


def cells(row: ArrangementRow) -> tuple[Item, ...]:
    worth = row.worth
    return (
        row.title,
        row.reference,
        row.kind.value,
        row.directorate,
        row.contracts,
        row.providers,
        row.valuation.value,
        worth.low if worth.valued else None,
        worth.high if worth.valued else None,
        worth.year_high if worth.by_year else None,
        worth.left_out,
    )


@bp.get("/arrangements/<int:arrangement_id>")
@needs(Permission.READ)
def arrangement(arrangement_id: int) -> ResponseReturnValue:
    reader, today = current_reader(), clock.today()
    found = queries.arrangement(db.session(), arrangement_id, reader, today)
    shown = arrangement_shown(db.session(), found, reader, today)
    return render_template(
        "register/arrangement.html",
        arrangement=found,
        shown=shown,
        panels=panels_for("arrangement", arrangement_id, reader),
        history=changes.history(db.session(), "arrangement", arrangement_id, hide_amounts=bool(shown.worth.withheld)),
        may_edit=may_edit(reader, found),
    )


def may_edit(reader: Reader, found: Arrangement) -> bool:
    return reader.may_in(EDIT, found.directorate_id, found.division_id)


def choices_for(reader: Reader) -> ArrangementChoices:
    session, allowed = db.session(), reader.units_for(EDIT)
    services = service_queries.service_choices(session)
    return ArrangementChoices(
        units=tuple(units.unit_choices(council.directorates(session), allowed)),
        services=tuple(
            Choice(one.id, f"{one.directorate.name}: {one.name}")
            for one in services
            if allowed.include(one.directorate_id, one.division_id)
        ),
    )


@bp.route("/arrangements/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def new_arrangement() -> ResponseReturnValue:
    suggestion = suggestion_asked()
    form = blank_form(suggestion)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            wanted = form.to_command()
            check_may(EDIT, wanted.directorate_id, wanted.division_id)
            added = commands.add_arrangement(db.session(), wanted, suggestion.contract_ids if suggestion else ())
            return saved(added, f"{added.title} is now in the register.")
    return render_template(
        "register/arrangement_form.html",
        form=form,
        arrangement=None,
        suggestion=suggestion,
        contracts=lines_of(suggestion),
    )


def suggestion_asked() -> Suggestion | None:
    key = request.args.get("suggestion", "")
    return queries.suggestion_by_key(db.session(), key, current_reader(), clock.today()) if key else None


def blank_form(suggestion: Suggestion | None) -> ArrangementForm:
    """A new arrangement's form, begun with what a suggestion says."""
    form = ArrangementForm()
    if suggestion is not None and not form.is_submitted():
        unit = units.UnitChosen(suggestion.directorate_id)
        form = ArrangementForm(title=suggestion.title, kind=KINDS[suggestion.likeness], unit=unit)
    form.offer(choices_for(current_reader()))
    return form


def lines_of(suggestion: Suggestion | None) -> list[ContractLine]:
    if suggestion is None:
        return []
    contracts = queries.contracts_by_id(db.session(), suggestion.contract_ids)
    return lines(contracts, current_reader(), clock.today())


def saved(found: Arrangement, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".arrangement", arrangement_id=found.id))


def arrangement_to_edit(arrangement_id: int) -> Arrangement:
    """The arrangement, if this reader may change it."""
    found = queries.arrangement(db.session(), arrangement_id, current_reader(), clock.today())
    check_may(EDIT, found.directorate_id, found.division_id)
    return found


@bp.route("/arrangements/<int:arrangement_id>/edit", methods=["GET", "POST"])
@needs(EDIT)
@saves
def edit_arrangement(arrangement_id: int) -> ResponseReturnValue:
    found, choices = arrangement_to_edit(arrangement_id), choices_for(current_reader())
    form = forms.arrangement_form(found, choices)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, forms.arrangement_form(found, choices, formdata=None))
            wanted = form.to_command()
            check_may(EDIT, wanted.directorate_id, wanted.division_id)
            commands.change_arrangement(db.session(), found, wanted)
            return saved(found, "Your changes are saved.")
    return render_template(
        "register/arrangement_form.html", form=form, arrangement=found, suggestion=None, contracts=[]
    )


@bp.route("/arrangements/<int:arrangement_id>/contracts", methods=["GET", "POST"])
@needs(EDIT)
@saves
def arrangement_contracts(arrangement_id: int) -> ResponseReturnValue:
    found, reader, today = arrangement_to_edit(arrangement_id), current_reader(), clock.today()
    if request.method == "POST":
        return join_or_leave(found)
    words = request.args.get("q", "")
    joining = queries.contracts_to_join(db.session(), found.directorate_id, words, reader, today)
    inside = queries.contracts_of_arrangement(db.session(), arrangement_id, reader, today)
    return render_template(
        "register/arrangement_contracts.html",
        arrangement=found,
        words=words,
        inside=lines(inside, reader, today),
        joining=lines(joining, reader, today),
    )


def join_or_leave(found: Arrangement) -> ResponseReturnValue:
    """Put the chosen contracts in, or take them out; a refusal is said on the same page."""
    chosen = [number for text in request.form.getlist("contract") if (number := listing.whole_number(text)) is not None]
    act = commands.remove_contracts if request.form.get("act") == "remove" else commands.add_contracts
    try:
        moved = act(db.session(), found, chosen)
    except Refusal as refusal:
        flash(refusal.message, "problem")
    else:
        flash(
            f"{plural(moved, 'contract')} {'taken out' if act is commands.remove_contracts else 'put in'}.", "success"
        )
    return redirect(url_for(".arrangement_contracts", arrangement_id=found.id))


@bp.route("/arrangements/<int:arrangement_id>/withdraw", methods=["GET", "POST"])
@needs(EDIT)
@saves
def withdraw_arrangement(arrangement_id: int) -> ResponseReturnValue:
    found = arrangement_to_edit(arrangement_id)
    form = ReasonForm(obj=found)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            count = commands.withdraw_arrangement(db.session(), found, answered(form.reason), now=clock.now())
            return saved(found, f"{found.title} is withdrawn; {plural(count, 'contract')} now counted singly.")
    return render_template(
        "register/withdraw.html", form=form, name=found.title, back_to=f"/arrangements/{arrangement_id}"
    )


@bp.post("/arrangements/<int:arrangement_id>/restore")
@needs(EDIT)
@saves
def restore_arrangement(arrangement_id: int) -> ResponseReturnValue:
    found = arrangement_to_edit(arrangement_id)
    commands.restore_arrangement(found)
    return saved(found, f"{found.title} is back in the register, without contracts: put them in again.")


@bp.get("/arrangements/suggestions")
@needs(Permission.READ)
def arrangement_suggestions() -> ResponseReturnValue:
    reader, today = current_reader(), clock.today()
    asked = listing.listing("/arrangements/suggestions", request.args, sorts=("size",), default="size")
    every = queries.suggested(db.session(), reader, today)
    start = (asked.page - 1) * SUGGESTIONS_ON_A_PAGE
    shown = queries.suggestions_shown(db.session(), every[start : start + SUGGESTIONS_ON_A_PAGE])
    return render_template(
        "register/arrangement_suggestions.html",
        asked=asked,
        page=Page(shown, len(every), asked.page, SUGGESTIONS_ON_A_PAGE),
        contracts=sum(len(one.contract_ids) for one in every),
        allowed=reader.units_for(EDIT),
    )


@bp.route("/arrangements/suggestions/dismiss", methods=["GET", "POST"])
@needs(EDIT)
@saves
def dismiss_arrangement_suggestion() -> ResponseReturnValue:
    suggestion, form = suggestion_asked(), ReasonForm()
    if suggestion is None:
        abort(404)
    check_may(EDIT, suggestion.directorate_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            by, now = current_reader().name, clock.now()
            commands.dismiss_suggestion(db.session(), suggestion, answered(form.reason), by=by, now=now)
            flash("Dismissed. It is suggested again only if more contracts of the kind come.", "success")
            return redirect(url_for(".arrangement_suggestions"))
    return render_template("register/arrangement_dismiss.html", form=form, suggestion=suggestion)
