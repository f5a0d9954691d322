"""The register room's commands: the whole list as a file, and the proof of its stored figures."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.db import db, transactions_that_write
from app.core.pages import plural
from app.core.search import left_behind, read_again
from app.register import checking
from app.register.cli.changing import COMMANDS as CHANGING
from app.register.cli.life import COMMANDS as LIFE
from app.register.cli.merging import COMMANDS as MERGING
from app.register.cli.speaking import COMMAND_LINE, refuse
from app.register.queries.export import COLUMNS, exported_list
from app.register.queries.narrowing import Wanted
from reports.listing import write_list_csv, write_list_xlsx

group = AppGroup("register", help="The register of contracts.")
for command in (*CHANGING, *LIFE, *MERGING):
    group.add_command(command)

SHOWN = 100


@group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path) -> None:
    """Write every contract to FILE, .csv or .xlsx, so that importing it again changes nothing."""
    if file.suffix.lower() not in {".csv", ".xlsx"}:
        refuse(f"Name a file that ends in .csv or .xlsx, not {file.name}")
    with transactions_that_write(False):  # noqa: FBT003 - it only reads
        try:
            written = _write(file)
        except OSError as error:
            refuse(f"{file} cannot be written: {error.strerror}")
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
