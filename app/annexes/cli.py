"""``flask annexes``: the annexes of directorate business plans as files."""

from dataclasses import replace
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app.annexes import commands
from app.annexes.queries.scope import Scope, directorates_of
from app.annexes.queries.sets import material
from app.annexes.rules import check_as_at, default_as_at
from app.core import clock
from app.core.dates import parse_day
from app.core.db import db
from app.core.errors import Refusal
from app.core.text import fold
from app.council import queries as council
from app.council.calendar import FinancialYear
from app.council.models import Directorate
from reports.annex_set import AnnexSet
from reports.files import File, Format, files

group = AppGroup("annexes", help="The annexes of directorate business plans.")
BY = "command line"


class Misuse(click.ClickException):
    """The command cannot be done as it was asked: one clear line, exit 2."""

    exit_code = 2


@group.command("export")
@click.option("--year", "year_text", required=True, help="The plan year, like 2015-16.")
@click.option("--directorate", "name", help="Only this directorate's; else a file for each.")
@click.option("--as-at", "as_at_text", help="The day they tell of; else today, or the year's last day if earlier.")
@click.option("--format", "format_text", required=True, help="xlsx, docx, html, csv or pdf.")
@click.option("--output", "folder", required=True, type=click.Path(path_type=Path), help="The folder to write into.")
def export(year_text: str, name: str | None, as_at_text: str | None, format_text: str, folder: Path) -> None:
    """Write the open edition of Annexes 1 to 5, one file a directorate (CSV: one a table)."""
    session = db.session()
    try:
        scope, wanted = _scope(session, year_text, as_at_text), _format(format_text)
        council.the_council(session)
        chosen = _directorates(scope, name)
        _make(folder)
        for path in _export(scope, chosen, wanted, folder):
            click.echo(str(path))
    except Refusal as refusal:
        raise Misuse(refusal.message) from refusal
    session.commit()


def _scope(session: Session, year_text: str, as_at_text: str | None) -> Scope:
    year, today = FinancialYear.parse(year_text), clock.today()
    as_at = parse_day(as_at_text) if as_at_text else default_as_at(year, today=today)
    return Scope(session, year, check_as_at(as_at, today=today), today)


def _format(text: str) -> Format:
    try:
        return Format(text.lower())
    except ValueError:
        known = ", ".join(Format)
        raise Refusal(f"“{text}” is not a format annexes are written in: choose one of {known}") from None


def _directorates(scope: Scope, name: str | None) -> list[Directorate]:
    every = directorates_of(scope.session, scope.year, scope.as_at)
    if name is None:
        if not every:
            raise Refusal("There is no directorate yet: import a register, or add one")
        return every
    found = [one for one in council.directorates(scope.session) if one.name_key == fold(name)]
    if not found:
        known = "; ".join(one.name for one in every) or "none"
        raise Refusal(f"There is no directorate called “{name}”. There are: {known}")
    return found


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"Cannot write into {folder}: {error.strerror or 'not a folder'}") from error


def _export(scope: Scope, chosen: list[Directorate], wanted: Format, folder: Path) -> list[Path]:
    only = frozenset({chosen[0].id}) if len(chosen) == 1 else None
    found = material(replace(scope, directorate_ids=only))
    paths: list[Path] = []
    for directorate in chosen:
        paths += [_kept(folder / file.name, file.content) for file in _written(found.of(directorate), wanted)]
        _note(scope.session, directorate, scope, wanted)
    return paths


def _written(annexes: AnnexSet, wanted: Format) -> tuple[File, ...]:
    try:
        return files(annexes, wanted)
    except (ImportError, OSError) as error:
        raise Refusal(f"This machine cannot write {wanted}: {error}") from error


def _kept(path: Path, content: bytes) -> Path:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Refusal(f"Cannot write {path}: {error.strerror}") from error
    return path


def _note(session: Session, directorate: Directorate, scope: Scope, wanted: Format) -> None:
    commands.record_export(
        session,
        directorate_id=directorate.id,
        year=scope.year,
        as_at=scope.as_at,
        edition=scope.edition,
        file_format=wanted,
        by=BY,
        now=clock.now(),
    )
