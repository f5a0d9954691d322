"""`flask register duplicates`, `merge-providers` and `undo-merge`."""

import click
from flask.cli import with_appcontext

from app.core import clock
from app.core.db import db, transactions_that_write
from app.core.errors import Refusal
from app.core.pages import plural
from app.register.cli.speaking import COMMAND_LINE, act_as_command_line, refuse
from app.register.commands import merging
from app.register.models import Provider, ProviderMerge
from app.register.queries import duplicates, merge_preview, named_parties


@click.command("duplicates")
@with_appcontext
def list_duplicates() -> None:
    """Print the pairs of providers that may be one, with their record numbers."""
    with transactions_that_write(False):  # noqa: FBT003 - it only reads
        pairs = duplicates.likely_pairs(db.session())
        names = named_parties.names_by_id(db.session(), {number for pair in pairs for number in pair})
    for (first, second), why in pairs.items():
        click.echo(f"{first} {names[first]} / {second} {names[second]}: {why}")
    click.echo(f"{plural(len(pairs), 'pair')} of providers may be one")


@click.command("merge-providers")
@click.argument("keep", type=int)
@click.argument("merge", type=int)
@click.option("--reason", required=True, help="How you know that they are one organisation.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@with_appcontext
def merge_providers(keep: int, merge: int, reason: str, dry_run: bool) -> None:  # noqa: FBT001 - a switch
    """Merge the provider of record number MERGE into that of number KEEP."""
    session = db.session()
    kept, merged = session.get(Provider, keep), session.get(Provider, merge)
    if kept is None or merged is None:
        refuse(f"There is no provider of record number {keep if kept is None else merge}")
    shown = merge_preview.merge_preview(session, kept, merged, COMMAND_LINE, clock.today())
    for words in (*shown.moves, *(f"look at: {words}" for words in shown.conflicts)):
        click.echo(words)
    if dry_run:
        return
    editor = act_as_command_line(session)
    try:
        done = merging.merge_providers(session, kept, merged, reason=reason, by=editor.name, now=editor.now)
    except Refusal as refusal:
        refuse(refusal.message)
    session.commit()
    click.echo(f"merged: {merged.name} into {kept.name}; undo with: flask register undo-merge {done.id}")


@click.command("undo-merge")
@click.argument("number", type=int)
@with_appcontext
def undo_merge(number: int) -> None:
    """Undo the merge of this number, but for what was changed since."""
    session = db.session()
    merge = session.get(ProviderMerge, number)
    if merge is None:
        refuse(f"There is no merge of number {number}")
    editor = act_as_command_line(session)
    try:
        left = merging.undo_merge(session, merge, by=editor.name, now=editor.now)
    except Refusal as refusal:
        refuse(refusal.message)
    session.commit()
    click.echo(f"undone: {merge.merged.name} is a provider of its own again")
    for words in left:
        click.echo(f"changed since, and left as it is: {words}")


COMMANDS = (list_duplicates, merge_providers, undo_merge)
