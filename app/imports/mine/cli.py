"""`flask register mine`: a post's contracts as the workbook its page offers; `flask register import` takes one back."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.core import clock
from app.core.db import db, transactions_that_write
from app.core.pages import plural
from app.core.rights import Grant, Permission, Reader
from app.core.text import fold
from app.imports.mine.taking_out import taken_out
from app.register.models import Contract
from reports.filling import write_filling

COMMAND_LINE = Reader(None, "command line", grants=(Grant(frozenset(Permission), exempt=True),))
MISUSED = 2


@click.command("mine")
@click.option("--post", required=True, help="Contracts that name this post as their manager.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def mine(post: str, file: Path) -> None:
    """Write a post's contracts to FILE, .xlsx, to be changed and sent back."""
    if file.suffix.lower() != ".xlsx":
        click.echo(f"Name a file that ends in .xlsx, not {file.name}", err=True)
        sys.exit(MISUSED)
    with transactions_that_write(False):  # noqa: FBT003 - it only reads
        named = select(Contract.id).where(Contract.manager_post_key == fold(post), Contract.withdrawn_at.is_(None))
        ids = list(db.session().scalars(named.order_by(Contract.title_key, Contract.id)))
        if not ids:
            click.echo(f"No contract names the post {post} as its manager", err=True)
            sys.exit(MISUSED)
        write_filling(taken_out(db.session(), ids, COMMAND_LINE, clock.today(), clock.now()), file)
    click.echo(f"{plural(len(ids), 'contract')} written")
