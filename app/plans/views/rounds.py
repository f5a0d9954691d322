"""Planning rounds: all of them, opening one, the chasing list, changing it, closing it."""

from collections.abc import Sequence
from datetime import date

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.forms import Choice
from app.core.listing import Listing, Page
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.council.calendar import FinancialYear
from app.plans import commands, forms
from app.plans.models import PlanningRound
from app.plans.queries import returns
from app.plans.queries.returns import Line
from app.plans.rules import ReturnState, is_late
from app.plans.views import bp
from app.plans.views.loading import actor, check_runs_rounds, round_named
from app.register.forms.editing import check_unchanged

RUN = Permission.RUN_ROUNDS


def runs_rounds() -> bool:
    return current_reader().units_for(RUN).everywhere


@bp.get("/plans")
@needs(Permission.READ)
def plans() -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    every = returns.rounds(session)
    current = next((one for one in every if one.closed_at is None), None)
    return render_template(
        "plans/plans.html",
        rounds=[(one, tallied(one, today)) for one in every],
        current=current,
        lines=returns.lines(session, current, reader, today) if current else [],
        there_is_a_council=council.council_if_any(session) is not None,
        may_open=runs_rounds(),
    )


def tallied(found: PlanningRound, today: date) -> list[tuple[str, int]]:
    """How many returns stand where, in words; nothing is said of what there is nothing of."""
    made = [one for one in found.returns if one.withdrawn_at is None]
    counts = [(str(state), sum(one.state is state for one in made)) for state in ReturnState]
    late = sum(is_late(one.state, found.returns_due_on, today=today) for one in made)
    return [(words, number) for words, number in (*counts, ("late", late)) if number]


@bp.route("/plans/new", methods=["GET", "POST"])
@needs(RUN)
@saves
def new_round() -> ResponseReturnValue:
    check_runs_rounds()
    session, today, form = db.session(), clock.today(), forms.OpenRoundForm()
    form.year.choices = forms.year_choices(today)
    form.division_ids.choices = forms.division_choices(council.divisions(session, on=today))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            found = commands.open_round(session, form.to_command(), actor())
            return saved(found, f"The round is open. {asked_in_words(found)}")
    return render_template("plans/round_form.html", form=form, found=None)


def asked_in_words(found: PlanningRound) -> str:
    number = len(returns.returns_of(db.session(), found))
    return f"{number} {'return is' if number == 1 else 'returns are'} asked for."


def saved(found: PlanningRound, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(f"/plans/{found.plan_year}")


def round_asked(found: PlanningRound) -> Listing:
    directorates = [Choice(one.id, one.name) for one in council.structure(db.session())]
    return listing.listing(
        f"/plans/{found.plan_year}",
        request.args,
        sorts=returns.SORTS,
        default="-missing",
        filters=(
            listing.one_of("state", "State", ReturnState),
            listing.choice("directorate", "Directorate", directorates),
            listing.choice("late", "Late", [Choice("yes", "Only late ones")]),
        ),
    )


def lines_found(found: PlanningRound, asked: Listing) -> list[Line]:
    every = returns.lines(db.session(), found, current_reader(), clock.today())
    state, directorate = asked.member("state", ReturnState), asked.number("directorate")
    kept = [
        one
        for one in every
        if state in {None, one.made.state}
        and directorate in {None, one.made.directorate_id}
        and (one.standing.late or not asked.ticked("late"))
    ]
    return returns.in_order(kept, asked.sort)


@bp.get("/plans/<year>")
@needs(Permission.READ)
def plan(year: str) -> ResponseReturnValue:
    found, today = round_named(year), clock.today()
    asked = round_asked(found)
    every = lines_found(found, asked)
    return render_template(
        "plans/round.html",
        found=found,
        asked=asked,
        page=page_of(every, asked),
        tallied=tallied(found, today),
        counts=counts_in_words(every),
        may_run=runs_rounds(),
        today=today,
    )


def page_of(every: Sequence[Line], asked: Listing) -> Page[Line]:
    start = (asked.page - 1) * listing.ROWS_ON_A_PAGE
    return Page(every[start : start + listing.ROWS_ON_A_PAGE], len(every), asked.page)


def counts_in_words(every: Sequence[Line]) -> str:
    """A division's gaps are its directorate's as well, so that they are not added twice."""
    missing = sum(one.number_missing for one in every if one.made.division_id is None)
    number = f"{len(every):,} {'return' if len(every) == 1 else 'returns'}"
    return f"{number}, {missing:,} {'thing' if missing == 1 else 'things'} missing in the directorates’ records"


@bp.route("/plans/<year>/edit", methods=["GET", "POST"])
@needs(RUN)
@saves
def edit_round(year: str) -> ResponseReturnValue:
    check_runs_rounds()
    found, session = round_named(year), db.session()
    form = forms.round_form(found)
    asked = {one.division_id for one in returns.returns_of(session, found)}
    others = [one for one in council.divisions(session, on=clock.today()) if one.id not in asked]
    form.division_ids.choices = forms.division_choices(others)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, forms.round_form(found, formdata=None))
            commands.change_round(session, found, form.to_command(), actor())
            return saved(found, "Your changes are saved.")
    return render_template("plans/round_form.html", form=form, found=found)


@bp.route("/plans/<year>/close", methods=["GET", "POST"])
@needs(RUN)
@saves
def close_round(year: str) -> ResponseReturnValue:
    check_runs_rounds()
    found = round_named(year)
    form = forms.ConfirmForm(obj=found)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, forms.ConfirmForm(obj=found, formdata=None))
            commands.close_round(found, actor())
            return saved(found, "The round is closed. It can be opened again.")
    return render_template("plans/round_close.html", form=form, found=found, tallied=tallied(found, clock.today()))


@bp.post("/plans/<year>/reopen")
@needs(RUN)
@saves
def reopen_round(year: str) -> ResponseReturnValue:
    check_runs_rounds()
    found = round_named(year)
    commands.reopen_round(found)
    return saved(found, f"The planning round for {FinancialYear(found.year)} is open again.")
