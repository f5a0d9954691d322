"""The pages of services: list, record, forms, and giving contracts out to them."""

from decimal import Decimal

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core import clock, listing, pictures
from app.core.access import Permission, Reader, check_may, current_reader, needs
from app.core.db import db
from app.core.forms import Choice, answered
from app.core.listing import Listing
from app.core.pages import plural
from app.core.panels import panels_for
from app.core.pictures import Bar, BarPicture, ChainPicture, Part, Step
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.council.calendar import FinancialYear
from app.register import delivery, units
from app.register.commands import services as commands
from app.register.forms import services as forms
from app.register.forms.editing import check_unchanged
from app.register.forms.known import said
from app.register.forms.services import NewServiceForm, ReasonForm, ServiceChoices
from app.register.models import DeliveryRoute, Service
from app.register.queries import changes, service_record, unassigned
from app.register.queries import services as queries
from app.register.queries.lacking import Lacking
from app.register.queries.services import RouteCount, ServiceRow, ServicesAsked
from app.register.units import UnitChosen
from app.register.views import bp
from app.register.views.list_columns import Download, ListColumns
from reports.listing import Item, ListColumn
from reports.table import Kind

EDIT = Permission.EDIT_REGISTER


def asked_of_services() -> Listing:
    directorates = council.directorates(db.session())
    return listing.listing(
        "/services",
        request.args,
        sorts=queries.SORT_NAMES,
        default="structure",
        filters=(
            listing.words("q", "Service's name"),
            listing.choice("directorate", "Directorate", units.directorate_choices(directorates)),
            listing.choice("division", "Division", units.division_choices(directorates)),
            listing.one_of("route", "How delivered", DeliveryRoute),
            listing.choice("outcome", "Outcome", outcome_choices()),
            listing.choice("lacking", "What is missing", [Choice(one.value, one.words) for one in Lacking]),
            listing.choice("withdrawn", "Closed and withdrawn services", [Choice("yes", "Only those")]),
        ),
    )


def outcome_choices() -> list[Choice[int]]:
    return [Choice(one.id, one.name) for one in council.outcomes(db.session(), on=clock.today())]


def services_asked(asked: Listing) -> ServicesAsked:
    return ServicesAsked(
        today=clock.today(),
        outcome_id=asked.number("outcome"),
        lacking=asked.member("lacking", Lacking),
        words=asked.text("q"),
        directorate_id=asked.number("directorate"),
        division_id=asked.number("division"),
        route=asked.member("route", DeliveryRoute),
        withdrawn=asked.ticked("withdrawn"),
        sort=asked.sort,
    )


@bp.get("/services")
@needs(Permission.READ)
def services() -> ResponseReturnValue:
    asked, reader, today = asked_of_services(), current_reader(), clock.today()
    which = services_asked(asked)
    routes = queries.route_counts(db.session(), which, reader, today)
    chosen = LIST_COLUMNS.shown()
    return render_template(
        "register/services.html",
        asked=asked,
        chosen=chosen,
        cells=cells,
        sorted_by=LIST_COLUMNS.sorted_by,
        download=Download(asked, ",".join(one.name for one in chosen)),
        heading=heading_words(routes, withdrawn=which.withdrawn),
        page=queries.services_page(db.session(), which, reader, today, number=asked.page),
        routes=routes,
        by_number=routes_by_number(routes),
        by_value=routes_by_value(routes),
        tags=delivery.TAGS,
        unassigned=sum(unassigned.unassigned_by_directorate(db.session(), reader, today).values()),
        may_edit=reader.may(EDIT),
    )


def heading_words(routes: list[RouteCount], *, withdrawn: bool) -> str:
    """As "62 services: 20 in-house, 30 external, 12 mixed"."""
    total = plural(sum(one.services for one in routes), "closed or withdrawn service" if withdrawn else "service")
    by_route = ", ".join(f"{one.services:,} {delivery.TAGS[one.route][0].lower()}" for one in routes)
    return f"{total}: {by_route}" if by_route else total


@bp.get("/services.<ending>")
@needs(Permission.READ)
def services_file(ending: str) -> ResponseReturnValue:
    which, today = services_asked(asked_of_services()), clock.today()
    rows = queries.all_services(db.session(), which, current_reader(), today)
    return LIST_COLUMNS.file(ending, (cells(row) for row in rows))


@bp.route("/services/columns", methods=["GET", "POST"])
@needs(Permission.READ)
@saves
def service_columns() -> ResponseReturnValue:
    return LIST_COLUMNS.choose()


COLUMNS = (
    ListColumn("Directorate", width=24),
    ListColumn("Division", width=24),
    ListColumn("Service", width=40),
    ListColumn("How delivered"),
    ListColumn("Delivered by", width=40),
    ListColumn("Contracts running or to come", Kind.NUMBER),
    ListColumn("Contracts ended", Kind.NUMBER),
    ListColumn("Whole-life value, low (£)", Kind.POUNDS),
    ListColumn("Whole-life value, high (£)", Kind.POUNDS),
    ListColumn("Known by the year only (£ a year)", Kind.POUNDS),
    ListColumn("Values left out", width=24),
    ListColumn("Gross budget (£)", Kind.POUNDS),
    ListColumn("Net budget (£)", Kind.POUNDS),
    ListColumn("Budget year"),
    ListColumn("Staff (FTE)", Kind.NUMBER),
    ListColumn("Review", Kind.DAY),
    ListColumn("Head of service", width=24),
)
LIST_COLUMNS = ListColumns(
    "/services",
    "services",
    "Service",
    COLUMNS,
    {"How delivered": "route", "Net budget (£)": "net_budget", "Staff (FTE)": "fte", "Review": "review_on"},
)


def cells(row: ServiceRow) -> tuple[Item, ...]:
    now = row.worth.current
    return (
        row.directorate,
        row.division,
        row.name,
        delivery.TAGS[row.route][0],
        row.delivered_by,
        row.contracts,
        row.ended,
        now.low if now.valued else None,
        now.high if now.valued else None,
        now.year_high if now.by_year else None,
        now.left_out,
        row.gross_budget,
        row.net_budget,
        row.budget_year,
        row.fte,
        row.review_on,
        row.head_post,
    )


def routes_by_number(routes: list[RouteCount]) -> BarPicture:
    rows = [
        Bar(
            delivery.TAGS[one.route][0],
            (Part("Services", Decimal(one.services)),),
            href=f"/services?route={one.route}",
        )
        for one in routes
    ]
    return pictures.bars("Services by how they are delivered", rows, heading="How delivered", figure="{:,}".format)


def routes_by_value(routes: list[RouteCount]) -> BarPicture:
    rows = [
        Bar(delivery.TAGS[one.route][0], (Part("Value", one.worth.current.high),), note=one.worth.current.left_out)
        for one in routes
        if one.worth.current.counted
    ]
    return pictures.bars("Whole-life value of their contracts, running or to come", rows, heading="How delivered")


@bp.get("/services/<int:service_id>")
@needs(Permission.READ)
def service(service_id: int) -> ResponseReturnValue:
    reader, today = current_reader(), clock.today()
    found = service_record.service(db.session(), service_id)
    asked = listing.listing(f"/services/{service_id}", request.args, sorts=("end",), default="end", filters=())
    return render_template(
        "register/service.html",
        service=found,
        asked=asked,
        shown=service_record.service_shown(db.session(), found, reader, today, number=asked.page),
        route_tag=delivery.TAGS[found.route],
        timeline=route_timeline(found),
        budget_year=str(FinancialYear(found.budget_year)) if found.budget_year else "",
        tags=delivery.TAGS,
        statutory=said(found.statutory),
        panels=panels_for("service", service_id, reader),
        history=changes.history(db.session(), "service", service_id),
        may_edit=may_edit(reader, found),
    )


def route_timeline(found: Service) -> ChainPicture:
    """The dated changes of route, and the one planned."""
    steps = [
        Step(one.from_on, delivery.TAGS[one.route][0], working=one.reason or "", done=True)
        for one in found.delivery_periods
        if one.from_on is not None
    ]
    if found.planned_route is not None and found.planned_from_on is not None:
        words = f"Planned: {delivery.TAGS[found.planned_route][0]}"
        steps.append(Step(found.planned_from_on, words, working=found.planned_reason or ""))
    return pictures.chain("How it has been delivered", steps, today=clock.today())


def may_edit(reader: Reader, found: Service) -> bool:
    return reader.may_in(EDIT, found.directorate_id, found.division_id)


def choices_for(session: Session, reader: Reader, found: Service | None = None) -> ServiceChoices:
    today = clock.today()
    offered = units.unit_choices(council.directorates(session, on=today), reader.units_for(EDIT))
    if found is not None and all(choice.value.division_id != found.division_id for choice in offered):
        offered += units.unit_choices([found.directorate], reader.units_for(EDIT))
    return ServiceChoices(
        units=tuple(dict.fromkeys(offered)),
        in_house_units=tuple(
            Choice(unit.id, f"{unit.name} ({unit.directorate.name})") for unit in queries.in_house_units(session)
        ),
        outcomes=tuple(Choice(outcome.id, outcome.name) for outcome in council.outcomes(session, on=today)),
        today=today,
    )


@bp.route("/services/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def new_service() -> ResponseReturnValue:
    form = NewServiceForm()
    form.offer(choices_for(db.session(), current_reader()))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            wanted = form.to_command(answered(form.unit))
            check_may(EDIT, wanted.directorate_id, wanted.division_id)
            added = commands.add_service(db.session(), wanted, route=answered(form.route), from_on=form.from_on.data)
            flash(f"{added.name} is now in the register.", "success")
            return redirect(url_for(".service", service_id=added.id))
    return render_template("register/service_form.html", form=form, service=None)


@bp.route("/services/<int:service_id>/edit", methods=["GET", "POST"])
@needs(EDIT)
@saves
def edit_service(service_id: int) -> ResponseReturnValue:
    found = service_to_edit(service_id)
    choices = choices_for(db.session(), current_reader(), found)
    form = forms.service_form(found, choices)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, forms.saved_service(found, choices))
            here = UnitChosen(found.directorate_id, found.division_id)
            commands.change_service(db.session(), found, form.to_command(here))
            return saved(found, "Your changes are saved.")
    return render_template("register/service_form.html", form=form, service=found)


def service_to_edit(service_id: int) -> Service:
    """The service, if this reader may change it."""
    found = service_record.service(db.session(), service_id)
    check_may(EDIT, found.directorate_id, found.division_id)
    return found


def saved(found: Service, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".service", service_id=found.id))


@bp.route("/services/<int:service_id>/withdraw", methods=["GET", "POST"])
@needs(EDIT)
@saves
def withdraw_service(service_id: int) -> ResponseReturnValue:
    found = service_to_edit(service_id)
    form = ReasonForm(obj=found)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.withdraw_service(db.session(), found, answered(form.reason), now=clock.now())
            return saved(found, f"{found.name} is withdrawn. Nothing recorded about it is lost.")
    return render_template(
        "register/withdraw.html", form=form, name=found.name, back_to=url_for(".service", service_id=service_id)
    )


@bp.post("/services/<int:service_id>/restore")
@needs(EDIT)
@saves
def restore_service(service_id: int) -> ResponseReturnValue:
    found = service_to_edit(service_id)
    commands.restore_service(db.session(), found)
    return saved(found, f"{found.name} is back in the register.")
