"""The register room's commands: the whole list as a file, and the proof of its stored figures."""

import sys
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup

from app.core import audit, clock
from app.core.db import db, transactions_that_write
from app.core.errors import Refusal
from app.core.pages import plural
from app.core.rights import Grant, Permission, Reader
from app.core.search import left_behind, read_again
from app.register import checking
from app.register.bulk.cli import COMMANDS as BULK
from app.register.commands import merging
from app.register.models import Provider, ProviderMerge
from app.register.queries import duplicates, merge_preview, named_parties
from app.register.queries.export import COLUMNS, exported_list
from app.register.queries.narrowing import Wanted
from reports.listing import write_list_csv, write_list_xlsx

group = AppGroup("register", help="The register of contracts.")
for command in BULK:
    group.add_command(command)

#: Whoever has the machine has the register: nothing is withheld on the command line.
COMMAND_LINE = Reader(None, "command line", grants=(Grant(frozenset(Permission), exempt=True),))
#: The command is misused.
MISUSED = 2
SHOWN = 100


@group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path) -> None:
    """Write every contract to FILE, .csv or .xlsx, so that importing it again changes nothing."""
    if file.suffix.lower() not in {".csv", ".xlsx"}:
        _refuse(f"Name a file that ends in .csv or .xlsx, not {file.name}")
    with transactions_that_write(False):  # noqa: FBT003 - it only reads
        try:
            written = _write(file)
        except OSError as error:
            _refuse(f"{file} cannot be written: {error.strerror}")
    click.echo(f"contracts written: {written}")


def _write(file: Path) -> int:
    """Beside the file first: one that is half written never stands under its name."""
    rows = list(exported_list(db.session(), Wanted(), COMMAND_LINE, clock.today()))
    half = file.with_name(f"{file.name}.part")
    if file.suffix.lower() == ".csv":
        with half.open("wb") as out:
            out.writelines(write_list_csv([one.heading for one in COLUMNS], rows))
    else:
        write_list_xlsx(COLUMNS, rows, half, title="Contracts")
    half.replace(file)
    return len(rows)


@group.command("check")
@click.option("--mend-search", is_flag=True, help="Write what the search holds anew, and then check.")
def check(mend_search: bool) -> None:  # noqa: FBT001 - a flag of the command line
    """Settle every contract anew, and read every record for the search. Print what is stored otherwise, and exit 1."""
    if mend_search:
        read_again(db.session())
        db.session.commit()
    with transactions_that_write(False):  # noqa: FBT003 - it only reads
        lines = left_behind(db.session())
        db.session.rollback()
        found = list(checking.differences(db.session()))
    for line in lines:
        click.echo(line)
    for difference in found[:SHOWN]:
        click.echo(difference.words)
    if len(found) > SHOWN:
        click.echo(f"and {len(found) - SHOWN} more")
    if found:
        contracts = len({difference.contract_id for difference in found})
        click.echo(f"{plural(len(found), 'figure')} of {plural(contracts, 'contract')} not as settled")
    if found or lines:
        sys.exit(1)
    click.echo("Every stored figure is as settled.")


def _refuse(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(MISUSED)


@group.command("duplicates")
def list_duplicates() -> None:
    """Print the pairs of providers that may be one, with their record numbers."""
    with transactions_that_write(False):  # noqa: FBT003 - it only reads
        pairs = duplicates.likely_pairs(db.session())
        names = named_parties.names_by_id(db.session(), {number for pair in pairs for number in pair})
    for (first, second), why in pairs.items():
        click.echo(f"{first} {names[first]} / {second} {names[second]}: {why}")
    click.echo(f"{plural(len(pairs), 'pair')} of providers may be one")


@group.command("merge-providers")
@click.argument("keep", type=int)
@click.argument("merge", type=int)
@click.option("--reason", required=True, help="How you know that they are one organisation.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
def merge_providers(keep: int, merge: int, reason: str, dry_run: bool) -> None:  # noqa: FBT001 - a switch
    """Merge the provider of record number MERGE into that of number KEEP."""
    session = db.session()
    kept, merged = session.get(Provider, keep), session.get(Provider, merge)
    if kept is None or merged is None:
        _refuse(f"There is no provider of record number {keep if kept is None else merge}")
    shown = merge_preview.merge_preview(session, kept, merged, COMMAND_LINE, clock.today())
    for words in (*shown.moves, *(f"look at: {words}" for words in shown.conflicts)):
        click.echo(words)
    if dry_run:
        return
    audit.act_as(session, audit.Actor(None, COMMAND_LINE.name))
    try:
        done = merging.merge_providers(session, kept, merged, reason=reason, by=COMMAND_LINE.name, now=clock.now())
    except Refusal as refusal:
        _refuse(refusal.message)
    session.commit()
    click.echo(f"merged: {merged.name} into {kept.name}; undo with: flask register undo-merge {done.id}")


@group.command("undo-merge")
@click.argument("number", type=int)
def undo_merge(number: int) -> None:
    """Undo the merge of this number, but for what was changed since."""
    session = db.session()
    merge = session.get(ProviderMerge, number)
    if merge is None:
        _refuse(f"There is no merge of number {number}")
    audit.act_as(session, audit.Actor(None, COMMAND_LINE.name))
    try:
        left = merging.undo_merge(session, merge, by=COMMAND_LINE.name, now=clock.now())
    except Refusal as refusal:
        _refuse(refusal.message)
    session.commit()
    click.echo(f"undone: {merge.merged.name} is a provider of its own again")
    for words in left:
        click.echo(f"changed since, and left as it is: {words}")
