"""``flask publication``: the council's registers as files."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app.core import audit, clock
from app.core.db import db
from app.core.errors import Refusal
from app.council import queries as council
from app.publication.commands.publishing import files_of, publish
from app.publication.queries.preview import Preview, preview
from app.publication.rules.periods import Period
from reports.transparency import Layout

group = AppGroup("publication", help="The files the council must publish of its register.")
BY = "command line"


class Misuse(click.ClickException):
    """The command cannot be done as it was asked: one clear line, exit 2."""

    exit_code = 2


@group.command("make")
@click.argument("period_text", metavar="PERIOD")
@click.option("--layout", "layout_name", default="", help="schema or template; both where none is named.")
@click.option("--output", "folder", required=True, type=click.Path(path_type=Path), help="The folder to write into.")
@click.option("--publish", "publishes", is_flag=True, help="Publish it as well: kept as it is, for everybody.")
@click.option("--correction", help="What the edition published before has wrong.")
def make(period_text: str, layout_name: str, folder: Path, publishes: bool, correction: str | None) -> None:  # noqa: FBT001 - a flag
    """Write a quarter's contracts register (2026-27-Q2), or a year's grants (2026-27)."""
    session = db.session()
    try:
        shown = preview(session, Period.parse(period_text), clock.today())
        for layout in _layouts(shown, layout_name):
            for path in _written(session, shown, layout, folder):
                click.echo(str(path))
        _count(shown)
        if publishes:
            _publish(session, shown, correction)
    except Refusal as refusal:
        raise Misuse(refusal.message) from refusal
    session.commit()


def _layouts(shown: Preview, name: str) -> list[Layout]:
    found = [one for one in shown.layouts if name in {"", one.key}]
    if not found:
        known = " or ".join(one.key for one in shown.layouts)
        raise Refusal(f"“{name}” is no layout of {shown.period.kind}: write {known}")
    return found


def _written(session: Session, shown: Preview, layout: Layout, folder: Path) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for file in files_of(shown, layout, council.the_council(session).name):
            (folder / file.name).write_bytes(file.content)
            paths.append(folder / file.name)
    except OSError as error:
        raise Refusal(f"Cannot write into {folder}: {error.strerror or 'not a folder'}") from error
    return paths


def _count(shown: Preview) -> None:
    click.echo(f"rows: {len(shown.entries)}")
    click.echo(f"rows with something missing: {len(shown.lacking)}")
    click.echo(f"rows with something withheld: {len(shown.withheld)}")
    for place, number in shown.left_out.items():
        click.echo(f"left out, {place}: {number}")


def _publish(session: Session, shown: Preview, correction: str | None) -> None:
    audit.act_as(session, audit.Actor(None, BY), reason=correction)
    made = publish(
        session,
        shown,
        current_app.extensions["settings"].files_dir,
        organisation=council.the_council(session).name,
        seen=None,
        correction=correction,
        by=BY,
        now=clock.now(),
        today=clock.today(),
    )
    click.echo(f"published: edition {made.number}")
