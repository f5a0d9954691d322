"""Saved views: kept from a list, renamed, shared, removed and put back; one of them the page to start at."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.accounts import saved_views as views
from app.accounts.forms import SavedViewForm
from app.accounts.views import bp
from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import answered
from app.core.panels import panel_on
from app.core.rights import Reader
from app.core.web import refusals_shown_on, saves


@bp.app_template_global("saved_views_for")
def saved_views_for(path: str) -> list[views.ViewShown]:
    """What a list offers above its rows."""
    reader = current_reader()
    return views.views_seen(db.session(), reader.id, path) if reader.signed_in else []


@panel_on("home_views")
def saved_views_on_home(_subject: int, reader: Reader) -> Markup:
    shown = views.views_seen(db.session(), reader.id)
    words = render_template("accounts/saved_views_panel.html", views=shown) if shown else ""
    return Markup(words)  # noqa: S704 - a template escapes


@bp.get("/views")
@needs(Permission.READ)
def saved_views() -> ResponseReturnValue:
    session, person = db.session(), _person()
    seen, removed = views.views_seen(session, person), views.removed_views(session, person)
    return render_template("accounts/saved_views_list.html", views=seen, removed=removed)


@bp.route("/views/new", methods=["GET", "POST"])
@needs(Permission.READ)
@saves
def new_saved_view() -> ResponseReturnValue:
    address = request.args.get("address", "")
    path, _ = views.understood_address(address)
    form = SavedViewForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            name = answered(form.name)
            view = views.save_view(db.session(), _person(), name=name, address=address, shared=bool(form.shared.data))
            flash(f"“{view.name}” is saved. It is on your front page and above the list", "success")
            return redirect(view.address)
    return render_template("accounts/saved_view.html", form=form, title="Save this view", cancel=path, view=None)


@bp.route("/views/<int:view_id>/edit", methods=["GET", "POST"])
@needs(Permission.READ)
@saves
def edit_saved_view(view_id: int) -> ResponseReturnValue:
    view = views.own_view(db.session(), view_id, current_reader().id)
    form = SavedViewForm(obj=view)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            views.change_view(db.session(), view, name=answered(form.name), shared=bool(form.shared.data))
            flash(f"“{view.name}” is changed", "success")
            return redirect(url_for(".saved_views"))
    return render_template(
        "accounts/saved_view.html", form=form, title="Change this view", cancel=url_for(".saved_views"), view=view
    )


@bp.post("/views/<int:view_id>/remove")
@needs(Permission.READ)
@saves
def remove_saved_view(view_id: int) -> ResponseReturnValue:
    view = views.own_view(db.session(), view_id, current_reader().id)
    views.remove_view(view, now=clock.now())
    flash(f"“{view.name}” is removed. You can put it back below", "success")
    return redirect(url_for(".saved_views"))


@bp.post("/views/<int:view_id>/restore")
@needs(Permission.READ)
@saves
def restore_saved_view(view_id: int) -> ResponseReturnValue:
    view = views.own_view(db.session(), view_id, current_reader().id, removed=True)
    views.restore_view(db.session(), view)
    flash(f"“{view.name}” is back", "success")
    return redirect(url_for(".saved_views"))


@bp.post("/views/<int:view_id>/start")
@needs(Permission.READ)
@saves
def start_at_saved_view(view_id: int) -> ResponseReturnValue:
    view = views.seen_view(db.session(), view_id, current_reader().id)
    views.start_at(db.session(), _person(), view)
    flash(f"You start at “{view.name}” when you sign in", "success")
    return redirect(url_for(".saved_views"))


@bp.post("/views/start-at-home")
@needs(Permission.READ)
@saves
def start_at_home() -> ResponseReturnValue:
    views.start_at(db.session(), _person(), None)
    flash("You start at the front page when you sign in", "success")
    return redirect(url_for(".saved_views"))


def _person() -> int:
    """Whoever reads has signed in."""
    number = current_reader().id
    if number is None:
        raise TypeError("Nobody is signed in")
    return number
