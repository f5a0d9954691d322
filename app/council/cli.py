"""``flask council``: making the council this database belongs to."""

import click
from flask.cli import AppGroup

from app.core import audit, clock
from app.core.db import check_tables, db
from app.core.errors import Refusal
from app.council import commands

group = AppGroup("council", help="The council this database belongs to.")


@group.command("create")
@click.argument("name")
def create(name: str) -> None:
    """Make the council NAME with its first settings and England's bank holidays; no people yet."""
    session = db.session()
    audit.act_as(session, audit.Actor(None, "command line"))
    try:
        check_tables(db.engine)
        council = commands.create_council(session, name, today=clock.today())
    except Refusal as refusal:
        raise click.UsageError(refusal.message) from refusal
    session.commit()
    click.echo(f"{council.name} is ready. Next: flask accounts create EMAIL --role administrator")
