"""What is published of one contract, and withholding a field of it."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.forms import Choice, answered
from app.core.web import refusals_shown_on, saves
from app.publication.commands import redacting
from app.publication.forms import LookAgainForm, WithholdForm
from app.publication.models import FieldRedaction
from app.publication.queries.placing import place_of_one, scope_of
from app.publication.queries.redactions import all_of, redactions_page
from app.publication.queries.rows import background, code_row
from app.publication.rules.periods import latest_ended
from app.publication.rules.redaction import Withholdable
from app.publication.rules.scope import Place
from app.publication.views import bp
from app.register.models import Contract
from app.register.queries import contract_record
from reports.transparency import TEMPLATE, fact, in_words
from reports.transparency_columns import CodeColumn
from reports.transparency_row import CodeRow


@dataclass(frozen=True)
class Cell:
    """One column, and what prints in it."""

    column: CodeColumn
    printed: str
    #: Why it is withheld; blank where it is not.
    ground: str
    may_withhold: bool


def contract_seen(contract_id: int) -> Contract:
    return contract_record.contract(db.session(), contract_id, current_reader(), clock.today())


def may_publish() -> bool:
    return current_reader().may_in(Permission.PUBLISH, None)


@bp.get("/contracts/<int:contract_id>/published")
@needs(Permission.READ)
def what_is_published(contract_id: int) -> ResponseReturnValue:
    """Every column with what the next file prints in it: to anybody, what everybody will read."""
    session, found, period = db.session(), contract_seen(contract_id), latest_ended(clock.today())
    row = code_row(found, background(session, period.last, only=contract_id))
    place = place_of_one(session, contract_id, scope_of(session, period, clock.today()))
    return render_template(
        "publication/contract.html",
        contract=found,
        period=period,
        place=place,
        is_in=place is Place.IN,
        cells=[_cell(row, column) for column in TEMPLATE.columns],
        redactions=all_of(session, contract_id),
        may_publish=may_publish(),
        today=clock.today(),
    )


def _cell(row: CodeRow, column: CodeColumn) -> Cell:
    own = row.withheld.get(column.name)
    return Cell(
        column,
        in_words(fact(row, column, TEMPLATE), TEMPLATE),
        own.ground if own else "",
        own is None and column.name in set(Withholdable),
    )


@bp.route("/contracts/<int:contract_id>/withhold", methods=["GET", "POST"])
@needs(Permission.PUBLISH)
@saves
def withhold(contract_id: int) -> ResponseReturnValue:
    check_may(Permission.PUBLISH, None)
    found, form = contract_seen(contract_id), WithholdForm(data={"field": _field_asked(), "decided_on": clock.today()})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = redacting.redact(db.session(), contract_id, form.to_command(), today=clock.today())
            flash(f"The {made.field.words} is withheld from the next file on.", "success")
            return redirect(url_for(".what_is_published", contract_id=contract_id))
    return render_template("publication/withhold.html", contract=found, form=form)


def _field_asked() -> Withholdable | None:
    asked = request.args.get("field", "")
    return Withholdable(asked) if asked in set(Withholdable) else None


@bp.route("/contracts/<int:contract_id>/withheld/<int:redaction_id>", methods=["GET", "POST"])
@needs(Permission.PUBLISH)
@saves
def look_again(contract_id: int, redaction_id: int) -> ResponseReturnValue:
    check_may(Permission.PUBLISH, None)
    found, form = contract_seen(contract_id), LookAgainForm()
    redaction = db.session.get_one(FieldRedaction, redaction_id)
    if redaction.contract_id != found.id:
        db.session.get_one(FieldRedaction, 0)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            flash(_looked_again(redaction, form), "success")
            return redirect(url_for(".what_is_published", contract_id=contract_id))
    return render_template("publication/look_again.html", contract=found, redaction=redaction, form=form)


def _looked_again(redaction: FieldRedaction, form: LookAgainForm) -> str:
    session, reason, today = db.session(), answered(form.reason), clock.today()
    if form.is_lifted:
        redacting.lift(session, redaction, reason=reason, by=current_reader().name, today=today)
        return f"The {redaction.field.words} is published from the next file on."
    redacting.keep(session, redaction, reason=reason, review_on=answered(form.review_on), today=today)
    return f"The {redaction.field.words} stays withheld."


@bp.get("/publication/withheld")
@needs(Permission.PUBLISH)
def redactions() -> ResponseReturnValue:
    check_may(Permission.PUBLISH, None)
    asked = listing.listing(
        "/publication/withheld",
        request.args,
        sorts=("review_on",),
        default="review_on",
        filters=(listing.choice("due", "Review", [Choice("yes", "Day has come")]),),
    )
    page = redactions_page(
        db.session(), current_reader(), clock.today(), due_only=asked.text("due") == "yes", page=asked.page
    )
    return render_template("publication/redactions.html", asked=asked, page=page, today=clock.today())
