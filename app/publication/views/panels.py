"""What stands on other rooms' pages about publishing."""

from flask import render_template
from markupsafe import Markup

from app.core import clock
from app.core.access import Permission, Reader
from app.core.db import db
from app.core.panels import panel_on
from app.council import queries as council
from app.publication.queries.editions import latest_edition
from app.publication.queries.redactions import standing_of
from app.publication.rules.periods import latest_ended


@panel_on("contract")
def published_of_contract(contract_id: int, reader: Reader) -> Markup:
    found = standing_of(db.session(), contract_id)
    may_publish = reader.may_in(Permission.PUBLISH, None)
    return _shown("publication/contract_panel.html", redactions=found, contract_id=contract_id, may_publish=may_publish)


@panel_on("home")
def what_to_publish(_subject: int, reader: Reader) -> Markup:
    """For whoever publishes: how the last quarter's file stands."""
    session, today = db.session(), clock.today()
    if not reader.may_in(Permission.PUBLISH, None) or council.council_if_any(session) is None:
        return Markup()
    period = latest_ended(today)
    return _shown("publication/home_panel.html", period=period, edition=latest_edition(session, period), today=today)


def _shown(template: str, **facts: object) -> Markup:
    """A template escapes what it prints."""
    return Markup(render_template(template, **facts))  # noqa: S704 - as above
