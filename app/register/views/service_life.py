"""What happens to a service over its life: its way of delivery, its place, its partners, its closing."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs
from app.core.dates import day
from app.core.db import db
from app.core.forms import answered
from app.core.pages import plural
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.register import delivery, units
from app.register.commands import service_life as commands
from app.register.commands.service_life import Recorded
from app.register.forms.editing import check_unchanged
from app.register.forms.service_life import CloseForm, MoveForm, MoveKind, PartnerForm, RouteForm, successor_choices
from app.register.models import Service
from app.register.queries import service_effects
from app.register.queries import services as queries
from app.register.units import UnitChosen
from app.register.views import bp
from app.register.views.services import choices_for, saved, service_to_edit

EDIT = Permission.EDIT_REGISTER


def recorded(reason: str) -> Recorded:
    return Recorded(current_reader().name, clock.now(), reason)


@bp.route("/services/<int:service_id>/route", methods=["GET", "POST"])
@needs(EDIT)
@saves
def change_service_route(service_id: int) -> ResponseReturnValue:
    found = service_to_edit(service_id)
    form = RouteForm(version=found.version, in_house_unit_id=found.in_house_unit_id, **planned(found))
    form.in_house_unit_id.choices = choices_for(db.session(), current_reader()).in_house_units
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, RouteForm(formdata=None, route=found.route))
            return saved(found, change_or_plan(found, form))
    return render_template("register/service_route.html", form=form, service=found)


def planned(found: Service) -> dict[str, object]:
    """The plan on record, to be confirmed or changed."""
    if found.planned_route is None:
        return {}
    return {"route": found.planned_route, "from_on": found.planned_from_on, "reason": found.planned_reason}


def change_or_plan(found: Service, form: RouteForm) -> str:
    """Record the change, or the plan where its day is still to come; say which."""
    route, from_on, today = answered(form.route), answered(form.from_on), clock.today()
    if from_on > today:
        commands.plan_route(found, route, from_on, answered(form.reason), today=today)
        return f"It is planned that {found.name} is delivered {delivery.in_words(route)} from {day(from_on)}."
    commands.change_route(found, route, from_on, recorded(answered(form.reason)), today=today)
    found.in_house_unit_id = form.in_house_unit_id.data
    return f"{found.name} is now delivered {delivery.in_words(route)}."


@bp.post("/services/<int:service_id>/route/forget")
@needs(EDIT)
@saves
def forget_service_plan(service_id: int) -> ResponseReturnValue:
    found = service_to_edit(service_id)
    commands.forget_plan(found)
    return saved(found, "The planned change is no longer planned; the history keeps it.")


@bp.route("/services/<int:service_id>/move", methods=["GET", "POST"])
@needs(EDIT)
@saves
def move_service(service_id: int) -> ResponseReturnValue:
    found = service_to_edit(service_id)
    form = MoveForm(version=found.version)
    form.unit.choices = units.unit_choices(
        council.directorates(db.session(), on=clock.today()), current_reader().units_for(EDIT)
    )
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, saved_move(found, form))
            return saved(found, moved(found, form))
    effect = service_effects.effect_on(db.session(), found, current_reader(), clock.today())
    return render_template("register/service_move.html", form=form, service=found, effect=effect)


def saved_move(found: Service, form: MoveForm) -> MoveForm:
    other = MoveForm(formdata=None, unit=UnitChosen(found.directorate_id, found.division_id))
    other.unit.choices = form.unit.choices
    return other


def moved(found: Service, form: MoveForm) -> str:
    to, reason = form.placed(), answered(form.reason)
    check_may(EDIT, to.directorate_id, to.division_id)
    if form.kind.data is MoveKind.MISTAKE:
        number = commands.correct_place(db.session(), found, to, reason)
    else:
        number = commands.move_service(db.session(), found, to, recorded(reason), today=clock.today())
    place = found.division.name if found.division else found.directorate.name
    return f"{found.name} is now in {place}, and {plural(number, 'contract')} with it."


@bp.route("/services/<int:service_id>/close", methods=["GET", "POST"])
@needs(EDIT)
@saves
def close_service(service_id: int) -> ResponseReturnValue:
    found, session = service_to_edit(service_id), db.session()
    form = CloseForm(version=found.version)
    others = [one for one in queries.service_choices(session) if one.id != service_id and may_take_over(one)]
    form.successor_id.choices = successor_choices([(one.id, f"{one.name} ({one.directorate.name})") for one in others])
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, CloseForm(formdata=None))
            return saved(found, closed(found, form))
    effect = service_effects.effect_on(session, found, current_reader(), clock.today())
    return render_template("register/service_close.html", form=form, service=found, effect=effect)


def may_take_over(one: Service) -> bool:
    return current_reader().may_in(EDIT, one.directorate_id, one.division_id)


def closed(found: Service, form: CloseForm) -> str:
    session, number = db.session(), form.successor_id.data
    successor = None if number is None else session.get_one(Service, number)
    until_on, reason = answered(form.until_on), answered(form.reason)
    moved_on = commands.close_service(session, found, until_on, successor, reason, today=clock.today())
    if successor is None:
        return f"{found.name} is closed. Nothing recorded about it is lost."
    return f"{found.name} is closed, and {plural(moved_on, 'contract')} went to {successor.name}."


@bp.post("/services/<int:service_id>/reopen")
@needs(EDIT)
@saves
def reopen_service(service_id: int) -> ResponseReturnValue:
    found = service_to_edit(service_id)
    commands.reopen_service(db.session(), found)
    return saved(found, f"{found.name} is open again. What went to another service stays there.")


@bp.route("/services/<int:service_id>/partners", methods=["GET", "POST"])
@needs(EDIT)
@saves
def service_partners(service_id: int) -> ResponseReturnValue:
    found, form = service_to_edit(service_id), PartnerForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_partner(db.session(), found, answered(form.name), answered(form.role), form.note.data)
            flash("The partner is recorded.", "success")
            return redirect(url_for(".service_partners", service_id=service_id))
    return render_template("register/service_partners.html", form=form, service=found)


@bp.post("/services/<int:service_id>/partners/<int:partner_id>/remove")
@needs(EDIT)
@saves
def remove_service_partner(service_id: int, partner_id: int) -> ResponseReturnValue:
    found = service_to_edit(service_id)
    commands.remove_partner(found, partner_id)
    flash("The partner is removed; the history keeps it.", "success")
    return redirect(url_for(".service_partners", service_id=service_id))
