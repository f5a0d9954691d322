"""A return's own page."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.panels import panels_for
from app.plans.queries import record, returns
from app.plans.rules import standing
from app.plans.views import bp
from app.plans.views.loading import gaps_asked, return_named
from app.register.queries import changes


@bp.get("/plans/returns/<int:return_id>")
@needs(Permission.READ)
def return_by_number(return_id: int) -> ResponseReturnValue:
    """What knows a return by its number alone is led to its page."""
    return redirect(returns.one_return(db.session(), return_id).path)


@bp.get("/plans/<year>/returns/<int:return_id>")
@needs(Permission.READ)
def one_return(year: str, return_id: int) -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    made = return_named(year, return_id)
    parts = record.parts_of(session, made, gaps_asked(made))
    return render_template(
        "plans/return.html",
        made=made,
        line=returns.line_of(session, made, reader, today),
        parts=parts,
        next_step=record.next_step(made, parts, today),
        may=record.may(made, reader),
        same_person=record.is_same_person(made),
        divisions=[
            (one, standing(one.state, made.round.returns_due_on, today=today))
            for one in returns.divisions_returns(session, made)
        ],
        history=changes.history(session, "plan_return", made.id),
        panels=panels_for("return", made.id, reader),
    )
