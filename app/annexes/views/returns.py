"""On a return's page: the annexes as they would print, with what the annexes themselves find to mend."""

from flask import render_template
from markupsafe import Markup

from app.annexes.rules import default_as_at
from app.core import clock
from app.core.access import Reader
from app.core.db import db
from app.core.panels import panel_on
from app.plans.queries.returns import one_return


@panel_on("return")
def annexes_of_the_return(return_id: int, _reader: Reader) -> Markup:
    """A link alone: making a set of annexes takes its time."""
    made = one_return(db.session(), return_id)
    year = made.round.plan_year
    return Markup(  # noqa: S704 - a template escapes what it prints
        render_template(
            "annexes/return_panel.html",
            directorate=made.directorate,
            year=year,
            as_at=default_as_at(year, today=clock.today()),
        )
    )
