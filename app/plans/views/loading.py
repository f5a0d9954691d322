"""What an address names: a planning round by its year, a return of it; 404 where there is none."""

from flask import abort

from app.core import clock
from app.core.access import Permission, check_may, current_reader, refuse_entry
from app.core.db import db
from app.core.errors import Refusal
from app.council.calendar import FinancialYear
from app.plans.commands import Actor
from app.plans.models import PlanningRound, Return
from app.plans.queries import returns
from app.plans.queries.gaps import GapsAsked


def round_named(year: str) -> PlanningRound:
    try:
        wanted = FinancialYear.parse(year)
    except Refusal:
        abort(404)
    return returns.round_of(db.session(), wanted) or abort(404)


def return_named(year: str, number: int) -> Return:
    found = returns.one_return(db.session(), number)
    return found if str(found.round.plan_year) == year else abort(404)


def actor() -> Actor:
    return Actor(current_reader(), clock.today(), clock.now())


def gaps_asked(made: Return) -> GapsAsked:
    return GapsAsked(current_reader(), clock.today(), made.round.plan_year)


def check_unit(permission: Permission, made: Return) -> None:
    check_may(permission, made.directorate_id, made.division_id)


def check_runs_rounds() -> None:
    """Rounds are the whole council's."""
    if not current_reader().units_for(Permission.RUN_ROUNDS).everywhere:
        refuse_entry()


def loaded(year: str, number: int, permission: Permission) -> Return:
    """The return, where this reader holds the permission in its part of the council."""
    found = return_named(year, number)
    check_unit(permission, found)
    return found
