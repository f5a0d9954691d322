"""Changing several contracts at once: choose, say what, check every change, done, undo."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.errors import Refusal
from app.core.forms import QuestionForm
from app.core.listing import Listing
from app.core.pages import plural
from app.core.web import refusals_shown_on, saves
from app.register.commands.bulk import acts, editing
from app.register.commands.bulk.acts import Acting
from app.register.commands.bulk.editing import Chosen
from app.register.forms.bulk import BulkForm, UndoForm
from app.register.models import BulkChange
from app.register.queries import bulk as queries
from app.register.queries.contracts import contracts_page, in_order
from app.register.views import bp
from app.register.views.contracts import contracts_asked, wanted_of

EDIT = Permission.EDIT_REGISTER
#: What the buttons of the list say was chosen.
TICKED, PAGE, ALL = "ticked", "page", "all"


def acting(reason: str | None) -> Acting:
    return Acting(current_reader(), clock.now(), reason or "")


@bp.route("/contracts/change", methods=["GET", "POST"])
@needs(EDIT)
@saves
def change_contracts() -> ResponseReturnValue:
    """The address bar says which contracts; the form, what to set on them."""
    asked, form = contracts_asked(), BulkForm()
    form.offer(queries.offered(db.session(), current_reader(), clock.today()))
    chosen = chosen_of(db.session(), asked)
    if chosen and "again" not in request.form and form.validate_on_submit():
        with refusals_shown_on(form):
            return check_or_change(form, chosen)
    return render_template("register/contracts_change.html", form=form, chosen=chosen, back_to=asked.url())


def chosen_of(session: Session, asked: Listing) -> list[Chosen]:
    """As they were shown, with their versions; else those ticked, those of the page, or all the filters match."""
    if "rows" in request.form:
        return [Chosen(*pair) for pair in _pairs(request.form["rows"])]
    wanted, reader, today = wanted_of(asked), current_reader(), clock.today()
    pick = request.args.get("pick", TICKED)
    if pick == ALL:
        return [Chosen(number) for number in in_order(session, wanted, reader, today)]
    if pick == PAGE:
        return [Chosen(row.id) for row in contracts_page(session, wanted, reader, today, asked.page).page.rows]
    ticked = (listing.whole_number(text) for text in request.args.getlist("contract"))
    return [Chosen(number) for number in dict.fromkeys(ticked) if number is not None]


def _pairs(text: str) -> list[tuple[int, int]]:
    """What the check page sent: "12:3,15:1"."""
    pairs = (one.partition(":") for one in text.split(",") if one)
    numbers = ((listing.whole_number(first), listing.whole_number(second)) for first, _, second in pairs)
    return [(number, version) for number, version in numbers if number is not None and version is not None]


def check_or_change(form: BulkForm, chosen: list[Chosen]) -> ResponseReturnValue:
    """Show every change; make them once the person has seen them."""
    session, answers, who = db.session(), form.answers(), acting(form.reason.data)
    if "checked" in request.form:
        return told(editing.carry_out(session, chosen, answers, who, today=clock.today()))
    found = editing.try_edit(session, chosen, answers, who.reader, acting=who, today=clock.today())
    session.rollback()  # looked at only: what the page reads next must not send it to the database
    return render_template(
        "register/contracts_change_check.html", form=form, found=found, carried=carried(), summary=_items(answers)
    )


def carried() -> list[tuple[str, str]]:
    """The answers, to be sent again with the check."""
    own = {"csrf_token", "rows", "checked", "again"}
    return [(name, value) for name, value in request.form.items(multi=True) if name not in own]


def _items(answers: dict[editing.Item, Any]) -> str:
    return ", ".join(editing.LABELS[item] for item in answers)


def told(bulk: BulkChange) -> ResponseReturnValue:
    flash(f"{plural(bulk.changed, 'record')} changed.", "success")
    return redirect(url_for(".bulk_change", bulk_id=bulk.id))


# What was done, and undoing it


@bp.get("/changes")
@needs(EDIT)
def bulk_changes() -> ResponseReturnValue:
    asked = listing.listing("/changes", request.args, sorts=("made",), default="-made")
    return render_template("register/bulk_changes.html", asked=asked, page=queries.acts(db.session(), asked.page))


@bp.get("/changes/<int:bulk_id>")
@needs(EDIT)
def bulk_change(bulk_id: int) -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    bulk = session.get_one(BulkChange, bulk_id)
    return render_template(
        "register/bulk_change.html",
        bulk=bulk,
        changed=queries.touched(session, bulk, reader, today),
        left=queries.left(session, bulk.left, reader, today),
        kept=queries.left(session, bulk.kept, reader, today),
    )


@bp.route("/changes/<int:bulk_id>/undo", methods=["GET", "POST"])
@needs(EDIT)
@saves
def undo_bulk_change(bulk_id: int) -> ResponseReturnValue:
    """Put the records back, but for those changed since and those that are not this person's."""
    form: QuestionForm = UndoForm()
    session, reader = db.session(), current_reader()
    bulk = session.get_one(BulkChange, bulk_id)
    if bulk.undone_at is not None:
        raise Refusal("This has been undone already: nothing is left to undo")
    found = acts.what_undoing_would_do(session, bulk, reader)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            acts.undo(session, found, acting(f"Undone: {bulk.reason}"[:1000]))
            flash(f"Undone: {plural(len(found.back), 'record')} put back.", "success")
            return redirect(url_for(".bulk_change", bulk_id=bulk_id))
    left = queries.left(session, found.left, reader, clock.today())
    return render_template("register/bulk_undo.html", form=form, bulk=bulk, back=len(found.back), left=left)
