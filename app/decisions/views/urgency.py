"""The yearly report of special urgency, as page and files; the decisions that members held to be key."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.dates import day
from app.core.db import db
from app.core.errors import Refusal
from app.core.pages import plural
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.council.calendar import FinancialYear
from app.decisions.commands.notices import hold_to_be_key
from app.decisions.forms.urgency import HeldToBeKeyForm
from app.decisions.queries import urgency
from app.decisions.queries.urgency import UrgentDecision
from app.decisions.views import bp, loading
from app.decisions.views.files import list_file
from app.register.forms.editing import check_unchanged
from reports.listing import ListColumn
from reports.paper import Paper
from reports.table import Kind

COLUMNS = (
    ListColumn("Decision", width=40),
    ListColumn("Reference"),
    ListColumn("Decision taker", width=28),
    ListColumn("Decided", Kind.DAY),
    ListColumn("Agreed by", width=28),
    ListColumn("Agreed as", width=28),
    ListColumn("Agreed on", Kind.DAY),
    ListColumn("Why it was urgent", width=45),
    ListColumn("Summary of the matter", width=45),
    ListColumn("Notice published", Kind.DAY),
    ListColumn("Restriction"),
)
#: Earlier years the page offers.
YEARS_BACK = 5


def year_asked() -> FinancialYear:
    """The year the address names, else this one."""
    try:
        return FinancialYear.parse(request.args.get("year", ""))
    except Refusal:
        return FinancialYear.of(clock.today())


def rows_of(year: FinancialYear) -> list[UrgentDecision]:
    return urgency.urgent_decisions(db.session(), current_reader(), year, clock.today())


@bp.route("/decisions/urgency")
@needs(Permission.READ)
def urgent_decisions() -> ResponseReturnValue:
    year, this = year_asked(), FinancialYear.of(clock.today())
    return render_template(
        "decisions/urgency.html",
        year=str(year),
        rows=rows_of(year),
        years=[str(this + -back) for back in range(YEARS_BACK) if this + -back != year],
        held=urgency.held_to_be_key(db.session(), current_reader(), clock.today()),
    )


@bp.route("/decisions/urgency.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def urgent_decisions_file(ending: str) -> ResponseReturnValue:
    year = year_asked()
    lines = (
        (
            *(one.title, one.reference, one.taker, one.decided_on, one.agreed_by, one.agreed_as, one.agreed_on),
            *(one.reasons, one.matter, one.published_on, one.restriction),
        )
        for one in rows_of(year)
    )
    return list_file(f"special-urgency-{year}", ending, COLUMNS, lines)


@bp.route("/decisions/urgency.docx")
@needs(Permission.READ)
def urgent_decisions_document() -> ResponseReturnValue:
    year = year_asked()
    return loading.document(f"special-urgency-{year}", paper_of(year, rows_of(year)))


def paper_of(year: FinancialYear, rows: list[UrgentDecision]) -> Paper:
    """The report to the council: particulars of each decision and a summary of its matter."""
    name, today = council.the_council(db.session()).name, clock.today()
    facts = (
        ("Year", f"{year}: {day(year.first)} to {day(year.last)}"),
        ("Decisions", plural(len(rows), "decision") if rows else "None was taken under special urgency"),
        ("As at", day(today)),
        ("Made under", "SI 2012/2089, regulation 19"),
    )
    parts = tuple((one.title, particulars(one)) for one in rows)
    return Paper("Decisions taken under special urgency", name, facts, parts, name, today)


def particulars(one: UrgentDecision) -> tuple[str, ...]:
    return (
        f"Reference: {one.reference or 'none yet'}. Restriction: {one.restriction}.",
        f"Decision taker: {one.taker or 'not recorded'}. Decided: {one.decided}.",
        f"Agreed by: {one.agreement}.",
        f"Why it was urgent and could not reasonably be deferred: {one.reasons}",
        f"Summary of the matter: {one.matter}",
    )


@bp.route("/decisions/<int:decision_id>/held-to-be-key", methods=["GET", "POST"])
@needs(Permission.RECORD_DECISIONS)
@saves
def held_to_be_key(decision_id: int) -> ResponseReturnValue:
    decision = loading.decision_to_change(decision_id, Permission.RECORD_DECISIONS)
    form = HeldToBeKeyForm(obj=decision)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, decision.version, HeldToBeKeyForm(formdata=None, obj=decision))
            hold_to_be_key(decision, form.held_to_be_key.data, form.reported_on.data, today=clock.today())
            flash("What members hold is saved. It is listed with the report of special urgency.", "success")
            return redirect(f"/decisions/{decision.id}")
    return render_template("decisions/held_to_be_key.html", form=form, decision=decision)
