"""``flask demo``, ``flask jobs``, ``flask backup`` and ``flask restore``."""

from datetime import date

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.dates import day as in_full
from app.core.dates import parse_day
from app.core.db import db
from app.core.errors import Refusal

demo = AppGroup("demo", help="The fictional council of the demonstration.")


@demo.command("load")
@click.option("--as-at", help="Lay the dates around the financial year of this day; else of today.")
def load(as_at: str | None) -> None:
    """Load the demo council into an empty database."""
    from app.home.demo.loading import load_demo

    session = db.session()
    try:
        on = _day(as_at) if as_at else clock.today()
        load_demo(session, on, now=clock.now())
    except Refusal as refusal:
        raise click.UsageError(refusal.message) from refusal
    session.commit()
    click.echo(f"The demo council is loaded as at {in_full(on)}. Its people stand on the sign-in page.")


def _day(text: str) -> date:
    return parse_day(text)


group = demo
