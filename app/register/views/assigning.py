"""Giving contracts out to services in bulk: by hand, or by making a service of each category."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core import clock, listing
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.forms import Choice, QuestionForm, answered
from app.core.listing import Listing
from app.core.pages import plural
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.council.models import Directorate
from app.register import units
from app.register.commands import assigning as commands
from app.register.commands import services as service_commands
from app.register.forms.services import AssignForm, FromCategoriesForm
from app.register.queries import service_record, unassigned
from app.register.queries import services as queries
from app.register.queries.unassigned import UnassignedAsked
from app.register.views import bp

EDIT = Permission.EDIT_REGISTER
ROWS = 100


def asked_of_unassigned() -> Listing:
    session = db.session()
    categories = [Choice(one.id, one.name) for one in unassigned.categories_in_use(session)]
    return listing.listing(
        "/services/assign",
        request.args,
        sorts=("category",),
        default="category",
        filters=(
            listing.choice("directorate", "Directorate", units.directorate_choices(council.directorates(session))),
            *([listing.choice("category", "Category", categories)] if categories else []),
            listing.words("q", "Words in the title, reference or provider"),
        ),
    )


def unassigned_asked(asked: Listing) -> UnassignedAsked:
    return UnassignedAsked(asked.number("directorate"), asked.number("category"), asked.text("q"))


@bp.route("/services/assign", methods=["GET", "POST"])
@needs(EDIT)
@saves
def assign_contracts() -> ResponseReturnValue:
    asked, reader = asked_of_unassigned(), current_reader()
    form = AssignForm()
    form.service_id.choices = service_choices()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            return check_or_assign(form, chosen_ids(asked))
    page = unassigned.unassigned_page(
        db.session(), unassigned_asked(asked), reader, clock.today(), number=asked.page, size=ROWS
    )
    return render_template("register/services_assign.html", form=form, asked=asked, page=page)


def service_choices() -> list[Choice[int]]:
    """The services this reader may give contracts to."""
    allowed = current_reader().units_for(EDIT)
    return [
        Choice(one.id, f"{one.directorate.name}: {one.name}")
        for one in queries.service_choices(db.session())
        if allowed.include(one.directorate_id, one.division_id)
    ]


def chosen_ids(asked: Listing) -> list[int]:
    """The contracts ticked, or everything the filters match."""
    if request.form.get("everything"):
        return unassigned.unassigned_ids(db.session(), unassigned_asked(asked), current_reader(), clock.today())
    chosen = (listing.whole_number(text) for text in request.form.getlist("contract"))
    return list(dict.fromkeys(number for number in chosen if number is not None))


def check_or_assign(form: AssignForm, contract_ids: list[int]) -> ResponseReturnValue:
    """Show what would happen; do it once the person has seen it."""
    session, reader = db.session(), current_reader()
    service = service_record.service(session, answered(form.service_id))
    check_may(EDIT, service.directorate_id, service.division_id)
    effect = commands.effect_of_assigning(session, service, contract_ids, reader)
    if not request.form.get("checked"):
        return render_template("register/services_assign_check.html", form=form, service=service, effect=effect)
    since = commands.latest_change(session)
    moved = service_commands.assign_contracts(session, service, effect.contract_ids)
    return done(f"{plural(moved, 'contract')} now counted under {service.name}.", commands.first_change(session, since))


def done(words: str, change_id: int | None) -> ResponseReturnValue:
    undo = (
        Markup(' <a class="govuk-link" href="{}">Undo this</a>').format(url_for(".undo_assigning", change_id=change_id))
        if change_id
        else Markup("")
    )
    flash(Markup("{}{}").format(words, undo), "success")
    return redirect(url_for(".assign_contracts"))


@bp.route("/services/assign/undo/<int:change_id>", methods=["GET", "POST"])
@needs(EDIT)
@saves
def undo_assigning(change_id: int) -> ResponseReturnValue:
    form, session = QuestionForm(), db.session()
    undoing = commands.what_undoing_would_do(session, change_id, current_reader())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.undo_assigning(session, undoing, now=clock.now())
            flash(f"Undone: {plural(len(undoing.contracts), 'contract')} put back.", "success")
            return redirect(url_for(".assign_contracts"))
    return render_template("register/services_assign_undo.html", form=form, undoing=undoing)


@bp.route("/services/from-categories", methods=["GET", "POST"])
@needs(EDIT)
@saves
def services_from_categories() -> ResponseReturnValue:
    form, session = (
        FromCategoriesForm(directorate_id=listing.whole_number(request.args.get("directorate", ""))),
        db.session(),
    )
    form.directorate_id.choices = units.directorate_choices(writable_directorates())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            return check_or_make(form, answered(form.directorate_id))
    return render_template(
        "register/services_from_categories.html",
        form=form,
        unassigned=unassigned.unassigned_by_directorate(session, current_reader(), clock.today()),
    )


def writable_directorates() -> list[Directorate]:
    allowed = current_reader().units_for(EDIT)
    return [one for one in council.directorates(db.session()) if allowed.include(one.id)]


def check_or_make(form: FromCategoriesForm, directorate_id: int) -> ResponseReturnValue:
    session = db.session()
    check_may(EDIT, directorate_id)
    if not request.form.get("checked"):
        groups = service_commands.category_groups(session, directorate_id)
        return render_template("register/services_from_categories_check.html", form=form, groups=groups)
    since = commands.latest_change(session)
    made = service_commands.services_from_categories(session, directorate_id)
    if not made.contracts:
        raise Refusal("No contract of this directorate has a category and no service", field="directorate_id")
    words = f"{plural(made.services, 'service')} made, and {plural(made.contracts, 'contract')} counted under them."
    return done(words, commands.first_change(session, since))
