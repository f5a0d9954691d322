"""The decisions room's commands."""

from datetime import date

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app.core import clock
from app.core.dates import day, parse_day
from app.core.db import db, transactions_that_write
from app.core.errors import Refusal
from app.core.money import pounds_short
from app.core.rights import Grant, Permission, Reader
from app.decisions.queries import proposals
from app.decisions.queries.forthcoming import counted_proposals
from app.decisions.queries.proposals import Proposal
from app.decisions.rules.horizon import Horizon, rolling_horizon
from app.decisions.rules.proposals import Outcome

group = AppGroup("decisions", help="Key decisions to come.")

#: Whoever has the machine has the register: nothing is withheld on the command line.
COMMAND_LINE = Reader(None, "command line", grants=(Grant(frozenset({Permission.READ}), exempt=True),))
WIDTHS = (18, 6, 10, 18, 30)


@group.command("propose")
@click.option("--as-at", "as_at", help="The day to look from; today if not given.")
def propose(as_at: str | None) -> None:
    """Print the key decisions that nobody has recorded yet, late ones first. Writes nothing."""
    today = _day(as_at)
    horizon = rolling_horizon(today)
    with transactions_that_write(False):  # noqa: FBT003 - it only reads
        for line in table(db.session(), horizon, today):
            click.echo(line)


def _day(text: str | None) -> date:
    try:
        return parse_day(text) if text else clock.today()
    except Refusal as refusal:
        raise click.UsageError(refusal.message) from refusal


def table(session: Session, horizon: Horizon, today: date) -> list[str]:
    every = proposals.findings(session, COMMAND_LINE, horizon, today=today)
    found = proposals.not_dismissed(every, Outcome.PROPOSED)
    watched = proposals.not_dismissed(every, Outcome.WATCHED)
    gaps = proposals.not_dismissed(every, Outcome.GAP)
    dismissed = len(proposals.dismissed(every))
    return [
        f"As at {day(today)}, up to {day(horizon.last)}: {counted_proposals(found)}",
        *([""] if found else []),
        *([line("Decide by", "Late", "Estimate", "Ends", "Part of the council", "Title")] if found else []),
        *(line_of(one) for one in found),
        "",
        f"On the watch list: {len(watched):,}. Gaps to mend: {len(gaps):,}. Dismissed: {dismissed:,}.",
    ]


def line_of(one: Proposal) -> str:
    estimate = pounds_short(one.estimate) if one.estimate is not None else ""
    late = "late" if one.is_late else ""
    return line(day(one.decide_by), late, estimate, day(one.ends_on), one.unit, one.title)


def line(*cells: str) -> str:
    fitted = (cell[:width].ljust(width) for cell, width in zip(cells, WIDTHS, strict=False))
    return "  ".join((*fitted, cells[-1]))
