"""The pages of providers that may be one: suggestions, telling apart, merging with a check before, undoing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs, refuse_entry
from app.core.db import db
from app.core.forms import answered
from app.core.web import refusals_shown_on, saves
from app.register.commands import merging as commands
from app.register.forms.merging import MergeForm, MergeWithForm
from app.register.merging import Parties, check_merge
from app.register.models import Provider
from app.register.queries import duplicates, merge_preview
from app.register.queries import providers as queries
from app.register.queries.named_parties import provider_called
from app.register.views import bp

MERGE = Permission.MERGE_PROVIDERS


def check_council_wide() -> None:
    """A merge changes contracts of every directorate."""
    if not current_reader().units_for(MERGE).everywhere:
        refuse_entry()


@bp.get("/providers/duplicates")
@needs(Permission.EDIT_PROVIDERS)
def provider_duplicates() -> ResponseReturnValue:
    session, reader = db.session(), current_reader()
    asked = listing.listing("/providers/duplicates", request.args, sorts=("name",), default="name", filters=())
    return render_template(
        "register/provider_duplicates.html",
        asked=asked,
        page=duplicates.duplicates_page(session, reader, clock.today(), number=asked.page),
        told_apart=duplicates.told_apart(session),
        may_merge=reader.units_for(MERGE).everywhere,
    )


@bp.post("/providers/<int:provider_id>/not-the-same/<int:merged_id>")
@needs(Permission.EDIT_PROVIDERS)
@saves
def tell_providers_apart(provider_id: int, merged_id: int) -> ResponseReturnValue:
    session = db.session()
    first, second = queries.provider(session, provider_id), queries.provider(session, merged_id)
    commands.tell_apart(session, first, second, by=current_reader().name, now=clock.now())
    flash(f"{first.name} and {second.name} are not the same, and are not suggested again.", "success")
    return redirect(url_for(".provider_duplicates"))


@bp.post("/providers/<int:provider_id>/perhaps-the-same/<int:merged_id>")
@needs(Permission.EDIT_PROVIDERS)
@saves
def suggest_again(provider_id: int, merged_id: int) -> ResponseReturnValue:
    commands.forget_distinction(db.session(), provider_id, merged_id)
    flash("They may be suggested again.", "success")
    return redirect(url_for(".provider_duplicates"))


@bp.route("/providers/<int:provider_id>/merge", methods=["GET", "POST"])
@needs(MERGE)
@saves
def merge_with(provider_id: int) -> ResponseReturnValue:
    check_council_wide()
    found, form = queries.provider(db.session(), provider_id), MergeWithForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            other = provider_called(db.session(), answered(form.merged), field="merged")
            check_merge(parties(found, other))
            return redirect(url_for(".merge_providers", provider_id=provider_id, merged_id=other.id))
    likely = duplicates.likely_same(db.session(), provider_id)
    return render_template("register/provider_merge_with.html", form=form, provider=found, likely=likely)


def parties(keep: Provider, merged: Provider) -> Parties:
    return Parties(keep.id, merged.id, keep.withdrawn_at is not None, merged.withdrawn_at is not None)


@bp.route("/providers/<int:provider_id>/merge/<int:merged_id>", methods=["GET", "POST"])
@needs(MERGE)
@saves
def merge_providers(provider_id: int, merged_id: int) -> ResponseReturnValue:
    check_council_wide()
    session, form, reader = db.session(), MergeForm(), current_reader()
    keep, merged = queries.provider(session, provider_id), queries.provider(session, merged_id)
    check_merge(parties(keep, merged))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            reason = answered(form.reason)
            commands.merge_providers(session, keep, merged, reason=reason, by=reader.name, now=clock.now())
            flash(f"{merged.name} is merged into {keep.name}. It can be undone from this page.", "success")
            return redirect(url_for(".provider", provider_id=provider_id))
    shown = merge_preview.merge_preview(session, keep, merged, reader, clock.today())
    return render_template("register/provider_merge.html", form=form, keep=keep, merged=merged, shown=shown)


@bp.post("/providers/merges/<int:merge_id>/undo")
@needs(MERGE)
@saves
def undo_merge(merge_id: int) -> ResponseReturnValue:
    check_council_wide()
    merge = merge_preview.merge(db.session(), merge_id)
    left = commands.undo_merge(db.session(), merge, by=current_reader().name, now=clock.now())
    flash(f"{merge.merged.name} is a provider of its own again, with what it had.", "success")
    if left:
        flash(f"Changed since the merge, and so left as it is now: {', '.join(left)}.", "notice")
    return redirect(url_for(".provider", provider_id=merge.merged_id))
