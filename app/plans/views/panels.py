"""The returns on other rooms' pages: home for those who make or sign them, and the annexes."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Reader
from app.core.db import db
from app.core.panels import panel_on
from app.plans.models import PlanningRound, Return
from app.plans.queries import returns
from app.plans.rules import ReturnState, Standing, standing


def _standings(found: PlanningRound, made: list[Return]) -> list[tuple[Return, Standing]]:
    today = clock.today()
    return [(one, standing(one.state, found.returns_due_on, today=today)) for one in made]


def _current(session: Session) -> PlanningRound | None:
    return next(iter(returns.open_rounds(session)), None)


@panel_on("home")
def my_returns(_subject: int, reader: Reader) -> Markup:
    """How those stand that are this reader's to make or to sign; nothing is counted, so that home stays quick."""
    session = db.session()
    found = _current(session)
    own = returns.own_returns(session, found, reader) if found else []
    return _shown("plans/panel.html", found=found, made=_standings(found, own)) if found and own else Markup("")


@panel_on("annexes")
def returns_of_the_year(_subject: int, _reader: Reader) -> Markup:
    """Beside the annexes: how far the returns behind them have come."""
    session = db.session()
    found = _current(session)
    if found is None:
        return Markup("")
    made = returns.returns_of(session, found)
    signed = sum(one.state is ReturnState.SIGNED_OFF for one in made)
    return _shown("plans/annexes_panel.html", found=found, number=len(made), signed=signed)


def _shown(template: str, **facts: object) -> Markup:
    return Markup(render_template(template, **facts))  # noqa: S704 - a template escapes what it prints
