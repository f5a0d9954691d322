"""``flask plans``: planning rounds and the returns they ask for."""

import click
from flask.cli import AppGroup

from app.core import audit, clock
from app.core.dates import day, parse_day
from app.core.db import db, transactions_that_write
from app.core.errors import Refusal
from app.core.pages import plural
from app.core.rights import Grant, Permission, Reader
from app.council import queries as council
from app.council.calendar import FinancialYear
from app.plans import commands
from app.plans.commands import Actor, RoundWanted
from app.plans.queries import returns
from app.plans.queries.returns import Line

group = AppGroup("plans", help="Planning rounds, and the returns for the business plan.")

#: Whoever has the machine has the register: nothing is withheld on the command line.
COMMAND_LINE = Reader(None, "command line", grants=(Grant(frozenset({Permission.READ}), exempt=True),))


class Misuse(click.ClickException):
    """The command cannot be done as it was asked: one clear line, exit 2."""

    exit_code = 2


@group.command("open")
@click.argument("year_text", metavar="YEAR")
@click.option("--due", "due_text", required=True, help="The day by which returns are due.")
@click.option("--division", "names", multiple=True, help="A division that makes a return of its own; may be repeated.")
def open_round(year_text: str, due_text: str, names: tuple[str, ...]) -> None:
    """Ask every directorate, and the divisions named, for a return for the plan YEAR, like 2027-28."""
    session, today = db.session(), clock.today()
    audit.act_as(session, audit.Actor(None, COMMAND_LINE.name))
    try:
        council.the_council(session)
        ids = tuple(commands.division_called(session, name, today).id for name in names)
        wanted = RoundWanted(year=FinancialYear.parse(year_text), returns_due_on=parse_day(due_text), division_ids=ids)
        found = commands.open_round(session, wanted, Actor(COMMAND_LINE, today, clock.now()))
    except Refusal as refusal:
        raise Misuse(refusal.message) from refusal
    number = len(returns.returns_of(session, found))
    session.commit()
    click.echo(f"{wanted.year}: {number} returns asked for, due on {day(wanted.returns_due_on)}")


@group.command("returns")
@click.argument("year_text", metavar="YEAR")
def returns_of_year(year_text: str) -> None:
    """Print how each return for the plan YEAR stands, one a line: state, things missing, directorate, division."""
    session, today = db.session(), clock.today()
    try:
        with transactions_that_write(False):  # noqa: FBT003 - it only reads
            found = commands.round_for(session, FinancialYear.parse(year_text))
            for one in returns.lines(session, found, COMMAND_LINE, today):
                click.echo(line_of(one))
    except Refusal as refusal:
        raise Misuse(refusal.message) from refusal


def line_of(one: Line) -> str:
    missing = f"{one.number_missing} missing"
    name = one.made.directorate.name + (f": {one.made.name}" if one.made.division_id is not None else "")
    since = f" ({plural(one.changed_since, 'record')} changed since)" if one.changed_since else ""
    return f"{one.standing.words:<18}  {missing:>12}  {one.answered} of 5 answered  {name}{since}"
