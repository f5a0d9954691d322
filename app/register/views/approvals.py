"""The pages of approvals: list, record, forms."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import listing
from app.core.access import Permission, check_may, current_reader, needs, refuse_entry
from app.core.clock import today
from app.core.db import db
from app.core.forms import Choice, answered
from app.core.listing import Listing
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.register import units
from app.register.commands import approvals as commands
from app.register.forms import approvals as forms
from app.register.forms.editing import check_unchanged
from app.register.models import Approval
from app.register.queries import approvals as queries
from app.register.queries import changes
from app.register.queries.approvals import ApprovalsAsked
from app.register.views import bp

EDIT = Permission.EDIT_REGISTER


def asked_of_approvals() -> Listing:
    return listing.listing(
        "/approvals",
        request.args,
        sorts=tuple(queries.SORTS),
        default="-decided_on",
        filters=(
            listing.words("q", "Reference or title"),
            listing.choice("directorate", "Directorate", units.directorate_choices(council.directorates(db.session()))),
        ),
    )


@bp.get("/approvals")
@needs(Permission.READ)
def approvals() -> ResponseReturnValue:
    asked, reader = asked_of_approvals(), current_reader()
    which = ApprovalsAsked(asked.text("q"), asked.number("directorate"), asked.sort)
    page = queries.approvals_page(db.session(), which, reader, today(), number=asked.page)
    return render_template("register/approvals.html", asked=asked, page=page, may_edit=reader.may(EDIT))


@bp.get("/approvals/<int:approval_id>")
@needs(Permission.READ)
def approval(approval_id: int) -> ResponseReturnValue:
    reader = current_reader()
    found = queries.approval(db.session(), approval_id, reader, today())
    shown = queries.approval_shown(db.session(), found, reader, today())
    return render_template(
        "register/approval.html",
        approval=found,
        shown=shown,
        history=changes.history(db.session(), "approval", approval_id, hide_amounts=shown.withheld),
        may_edit=reader.may_in(EDIT, found.directorate_id) and not shown.withheld,
    )


def writable() -> tuple[Choice[int], ...]:
    """Directorates this reader may write for."""
    allowed = current_reader().units_for(EDIT)
    every = council.directorates(db.session(), on=today())
    return tuple(Choice(one.id, one.name) for one in every if allowed.include(one.id))


def saved(found: Approval, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".approval", approval_id=found.id))


@bp.route("/approvals/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def new_approval() -> ResponseReturnValue:
    form = forms.approval_form(None, writable())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_may(EDIT, answered(form.directorate_id))
            added = commands.add_approval(db.session(), form.to_command())
            return saved(added, f"{added.reference} is now in the register.")
    return render_template("register/approval_form.html", form=form, approval=None)


def approval_to_edit(approval_id: int) -> Approval:
    """For somebody who may change it, and may see its sum."""
    reader = current_reader()
    found = queries.approval(db.session(), approval_id, reader, today())
    check_may(EDIT, found.directorate_id)
    if queries.sum_withheld(db.session(), found, reader):
        refuse_entry()
    return found


@bp.route("/approvals/<int:approval_id>/edit", methods=["GET", "POST"])
@needs(EDIT)
@saves
def edit_approval(approval_id: int) -> ResponseReturnValue:
    found = approval_to_edit(approval_id)
    form = forms.approval_form(found, writable())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, forms.approval_form(found, writable(), formdata=None))
            check_may(EDIT, answered(form.directorate_id))
            commands.change_approval(db.session(), found, form.to_command())
            return saved(found, "Your changes are saved.")
    return render_template("register/approval_form.html", form=form, approval=found)
