"""People and their roles, who is signed in, and what each role may do: under /admin."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts import commands, queries, single_sign_on
from app.accounts import people as people_queries
from app.accounts import permissions as permission_table
from app.accounts.forms import NewPersonForm, PersonForm, RoleForm, RoleMarksForm, Where
from app.accounts.models import Person, RoleHeld, Way
from app.accounts.roles import Role, words
from app.accounts.views import bp
from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import Choice, answered
from app.core.panels import panels_for
from app.core.web import refusals_shown_on, saves


@bp.get("/admin/people")
@needs(Permission.MANAGE_PEOPLE)
def people() -> ResponseReturnValue:
    session, names = db.session(), queries.scope_names(db.session())
    asked = listing.listing(
        "/admin/people",
        request.args,
        sorts=("name",),
        default="name",
        filters=(
            listing.words("q", "Name, e-mail address or post"),
            listing.choice("role", "Role", [Choice(role, words(role).capitalize()) for role in Role]),
            listing.choice("where", "Where it holds", [Choice(Where(*place), name) for place, name in names.items()]),
            listing.one_of("state", "State", people_queries.State),
        ),
    )
    wanted = people_queries.Wanted(
        words=asked.text("q"),
        role=asked.member("role", Role),
        where=next((place for place in names if str(Where(*place)) == asked.text("where")), None),
        state=asked.member("state", people_queries.State),
    )
    page = people_queries.page(session, wanted, asked.page)
    return render_template("accounts/people.html", asked=asked, page=page, names=names, words=words)


@bp.get("/admin/sign-ins")
@needs(Permission.READ_HISTORY)
def sign_ins() -> ResponseReturnValue:
    asked = listing.listing(
        "/admin/sign-ins",
        request.args,
        sorts=("latest",),
        default="latest",
        filters=(
            listing.words("q", "E-mail or network address"),
            listing.one_of("how", "How", Way),
            listing.one_of("came", "What came of it", people_queries.Came),
            listing.on_day("on", "On one day"),
        ),
    )
    page = people_queries.sign_ins(
        db.session(),
        words=asked.text("q"),
        way=asked.member("how", Way),
        came=asked.member("came", people_queries.Came),
        on=asked.day("on"),
        number=asked.page,
    )
    return render_template("accounts/sign_ins.html", asked=asked, page=page)


@bp.route("/admin/people/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
@saves
def new_person() -> ResponseReturnValue:
    session, form = db.session(), NewPersonForm()
    form.offer(queries.scope_names(session, on=clock.today()))
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
    form.offer(queries.scope_names(session, on=clock.today()))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.give_role(found, form.wanted())
            flash(f"{name} holds the role {words(answered(form.role))} now", "success")
            return redirect(url_for(".person", person_id=person_id))
    return render_template("accounts/role_form.html", form=form, caption=name, person_id=person_id)


@bp.route("/admin/roles/<int:role_id>/change", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
@saves
def change_role(role_id: int) -> ResponseReturnValue:
    """What goes with it; a role of another kind or in another place is another role."""
    held = db.session.get_one(RoleHeld, role_id)
    whose, form = db.session.get_one(Person, held.person_id), RoleMarksForm(obj=held)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.mark_role(held, exempt=bool(form.exempt.data), is_chair=bool(form.is_chair.data))
            flash(f"{whose.name}'s role is saved", "success")
            return redirect(url_for(".person", person_id=whose.id))
    where = queries.scope_names(db.session()).get((held.scope, held.scope_id), "No longer there")
    return render_template("accounts/role_marks.html", form=form, held=held, whose=whose, where=where, words=words)


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
    rows = [(str(one), [permission_table.held(role, one) for role in Role]) for one in Permission]
    entries = permission_table.entries(current_app)
    return render_template("accounts/permissions.html", roles=list(Role), words=words, rows=rows, entries=entries)
