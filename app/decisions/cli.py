"""The decisions room's commands."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app.core import clock
from app.core.dates import day, parse_day
from app.core.db import db, transactions_that_write
from app.core.errors import Refusal
from app.core.money import pounds_short
from app.core.rights import Grant, Permission, Reader
from app.decisions.commands.settling import differences
from app.decisions.forward_plan_lines import PLAN_COLUMNS, plan_lines
from app.decisions.queries import forward_plans, proposals
from app.decisions.queries.activities import forthcoming_activities
from app.decisions.queries.forthcoming import counted, counted_proposals
from app.decisions.queries.proposals import Proposal
from app.decisions.rules.forward_plan import Comparison
from app.decisions.rules.forward_plan_files import read_list
from app.decisions.rules.horizon import Horizon, rolling_horizon
from app.decisions.rules.proposals import Outcome
from reports.listing import write_list_csv

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


@group.command("forthcoming")
@click.option("--as-at", "as_at", help="The day to look from; today if not given.")
def forthcoming(as_at: str | None) -> None:
    """Print the key decisions people expect, with every agreement each covers. Writes nothing."""
    today = _day(as_at)
    with transactions_that_write(False):  # noqa: FBT003 - it only reads
        for words in expected_lines(db.session(), rolling_horizon(today), today):
            click.echo(words)


def expected_lines(session: Session, horizon: Horizon, today: date) -> Iterator[str]:
    found = [one for one, _ in forthcoming_activities(session, COMMAND_LINE, horizon, as_at=today, today=today)]
    by = f"expected by {day(horizon.last)}"
    yield counted(found, f"key decision {by}", f"key decisions {by}")
    for one in found:
        covers = f" (covers {one.every_about})" if one.every_about else ""
        yield f"{one.when(today)}: {one.title}, {one.unit}, {one.short_value}{covers}"


@group.command("compare")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as-at", "as_at", help="The day the list looks ahead from; today if not given.")
@click.option("--until", help="The last day it covers; as far as our own forward plan looks if not given.")
def compare(file: Path, as_at: str | None, until: str | None) -> None:
    """Hold a published forward plan (CSV, RSS or XML) against the register, both ways. Writes nothing."""
    today, last = _day(as_at), _day(until) if until else None
    try:
        items = read_list(file.read_bytes()).items
    except Refusal as refusal:
        raise click.UsageError(refusal.message) from refusal
    with transactions_that_write(False):  # noqa: FBT003 - it only reads
        found = forward_plans.compared(db.session(), COMMAND_LINE, items, from_on=today, until_on=last, today=today)
        for line in comparison_lines(found, len(items)):
            click.echo(line)


def comparison_lines(found: Comparison, items: int) -> Iterator[str]:
    """Counts first, one a line; then what they count."""
    yield f"items read: {items}"
    yield f"on both: {len(found.both)}"
    yield f"on both, differing: {len(found.differing)}"
    yield f"expected, not on the list: {len(found.missing)}"
    yield f"on the list, not explained: {len(found.unexplained)}"
    yield f"none of ours: {len(found.not_ours) + len(found.not_key)}"
    yield f"too little notice: {len(found.short)}"
    for missing in found.missing:
        yield f"not on the list: {missing.title} ({missing.reference or 'no reference'}), {missing.when}"
    for loose in found.unexplained:
        near = f"; near: {loose.near.title}" if loose.near else ""
        yield f"not explained: {loose.item.title} ({loose.item.reference or 'no reference'}){near}"
    for both in found.differing:
        for one in both.differences:
            yield f"differs: {both.expected.title}: {one.what}: {one.ours} / {one.theirs}"
    for short in found.short:
        yield f"too little notice: {short.item.title}: {short.says}"


@group.command("forward-plan")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--as-at", "as_at", help="The day to look from; today if not given.")
def forward_plan(file: Path, as_at: str | None) -> None:
    """Write our own forward plan to a CSV file, as everybody may read it."""
    today = _day(as_at)
    with transactions_that_write(False):  # noqa: FBT003 - it only reads
        plan = forward_plans.own_plan(db.session(), today=today)
    headings = [column.heading for column in PLAN_COLUMNS]
    file.write_bytes(b"".join(write_list_csv(headings, plan_lines(plan))))
    click.echo(f"{len(plan.items)} key decisions, {day(plan.from_on)} to {day(plan.until_on)}: {file}")


@group.command("check")
def check() -> None:
    """Settle every activity and decision anew and say what comes out otherwise. Writes nothing."""
    with transactions_that_write(False):  # noqa: FBT003 - it only reads
        found = list(differences(db.session()))
    for one in found:
        click.echo(one.words)
    click.echo(f"Differences: {len(found)}")
    if found:
        raise SystemExit(1)


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
