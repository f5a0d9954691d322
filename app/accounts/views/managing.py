"""People and their roles, who is signed in, and what each role may do: under /admin."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts import commands, queries, single_sign_on
from app.accounts.forms import NewPersonForm, PersonForm, RoleForm
from app.accounts.models import Person, RoleHeld
from app.accounts.roles import Role, words
from app.accounts.rules import PERMISSIONS
from app.accounts.views import bp
from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import answered
from app.core.panels import panels_for
from app.core.web import refusals_shown_on, saves


@bp.get("/admin/people")
@needs(Permission.MANAGE_PEOPLE)
def people() -> ResponseReturnValue:
    session = db.session()
    everybody, names = queries.everybody(session), queries.scope_names(session)
    return render_template("accounts/people.html", everybody=everybody, names=names, words=words)


@bp.route("/admin/people/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
@saves
def new_person() -> ResponseReturnValue:
    session, form = db.session(), NewPersonForm()
    form.offer(queries.scope_names(session))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = commands.add_person(
                session,
                name=answered(form.name),
                email=answered(form.email),
                post=form.post.data,
                roles=(form.wanted(),),
            )
            _show_link(session, made)
            return redirect(url_for(".person", person_id=made.id))
    return render_template("accounts/person_new.html", form=form)


@bp.get("/admin/people/<int:person_id>")
@needs(Permission.MANAGE_PEOPLE)
def person(person_id: int) -> ResponseReturnValue:
    session = db.session()
    return render_template(
        "accounts/person.html",
        person=session.get_one(Person, person_id),
        names=queries.scope_names(session),
        words=words,
        is_self=person_id == current_reader().id,
        service=single_sign_on.service(),
        panels=panels_for("person", person_id, current_reader()),
    )


@bp.route("/admin/people/<int:person_id>/change", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
@saves
def change_person(person_id: int) -> ResponseReturnValue:
    session = db.session()
    found = session.get_one(Person, person_id)
    form = PersonForm(obj=found)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_person(
                session, found, name=answered(form.name), email=answered(form.email), post=form.post.data
            )
            flash(f"{found.name} is saved", "success")
            return redirect(url_for(".person", person_id=person_id))
    return render_template("accounts/person_form.html", form=form, person_id=person_id)


@bp.route("/admin/people/<int:person_id>/roles/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
@saves
def new_role(person_id: int) -> ResponseReturnValue:
    session, form = db.session(), RoleForm()
    found = session.get_one(Person, person_id)
    name = found.name
    form.offer(queries.scope_names(session))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.give_role(found, form.wanted())
            flash(f"{name} holds the role {words(answered(form.role))} now", "success")
            return redirect(url_for(".person", person_id=person_id))
    return render_template("accounts/role_form.html", form=form, caption=name, person_id=person_id)


@bp.post("/admin/roles/<int:role_id>/take")
@needs(Permission.MANAGE_PEOPLE)
@saves
def take_role(role_id: int) -> ResponseReturnValue:
    held = db.session.get_one(RoleHeld, role_id)
    person_id = held.person_id
    commands.take_role(db.session(), held)
    flash("The role is taken away", "success")
    return redirect(url_for(".person", person_id=person_id))


@bp.post("/admin/people/<int:person_id>/link")
@needs(Permission.MANAGE_PEOPLE)
@saves
def new_link(person_id: int) -> ResponseReturnValue:
    _show_link(db.session(), db.session.get_one(Person, person_id))
    return redirect(url_for(".person", person_id=person_id))


def _show_link(session: Session, whose: Person) -> None:
    """Once, on the next page, to whoever made it; the database keeps only its hash."""
    token = commands.make_link(session, whose, now=clock.now())
    address = current_app.extensions["settings"].base_url + url_for(".set_password", token=token)
    flash(f"Send {whose.name} this link, by which they set a password, once, within three days: {address}", "link")


@bp.post("/admin/people/<int:person_id>/off")
@needs(Permission.MANAGE_PEOPLE)
@saves
def switch_off(person_id: int) -> ResponseReturnValue:
    found = db.session.get_one(Person, person_id)
    commands.switch_off(db.session(), found, now=clock.now())
    flash(f"{found.name} cannot sign in any more, and is signed out everywhere", "success")
    return redirect(url_for(".person", person_id=person_id))


@bp.post("/admin/people/<int:person_id>/on")
@needs(Permission.MANAGE_PEOPLE)
@saves
def switch_on(person_id: int) -> ResponseReturnValue:
    found = db.session.get_one(Person, person_id)
    commands.switch_on(found)
    flash(f"{found.name} can sign in again", "success")
    return redirect(url_for(".person", person_id=person_id))


@bp.get("/admin/sessions")
@needs(Permission.MANAGE_PEOPLE)
def sessions() -> ResponseReturnValue:
    running = queries.running_sessions(db.session(), now=clock.now())
    return render_template("accounts/sessions.html", running=running)


@bp.post("/admin/sessions/<int:session_id>/end")
@needs(Permission.MANAGE_PEOPLE)
@saves
def end_session(session_id: int) -> ResponseReturnValue:
    commands.end_session(db.session(), session_id, now=clock.now())
    flash("The session is ended", "success")
    return redirect(url_for(".sessions"))


@bp.get("/admin/permissions")
@needs(Permission.READ)
def permissions() -> ResponseReturnValue:
    """Printed from the code, so that it cannot say anything else."""
    rows = [(str(one), [one in PERMISSIONS[role] for role in Role]) for one in Permission]
    rules, views = current_app.url_map.iter_rules(), current_app.view_functions
    asked = {str(rule): getattr(views[rule.endpoint], "needs", None) for rule in rules}
    pages = sorted((page, str(permission)) for page, permission in asked.items() if permission)
    return render_template("accounts/permissions.html", roles=[words(role) for role in Role], rows=rows, pages=pages)
