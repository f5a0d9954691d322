"""``flask register import``: a list taken in from the command line, as the pages take it in."""

import sys
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.orm import Session
from typing_extensions import override

from app.core import clock
from app.core.audit import Actor, act_as
from app.core.db import db, transactions_that_write
from app.core.errors import Refusal
from app.core.rights import Grant, Permission, Reader
from app.imports import arranging, running, spend_taking
from app.imports.answers import Answers, load_answers
from app.imports.choices import Choices
from app.imports.headings import find_list, refuse_unusable
from app.imports.measures import measure_rows
from app.imports.mine.cli import mine
from app.imports.models import RunState
from app.imports.pausing import collector_paused
from app.imports.plans import Plan
from app.imports.reports import write_report
from app.imports.running import Looked
from app.imports.service_cells import service_rows
from app.imports.service_list import lines_of, take_in
from app.imports.spend_taking import SpendLooked
from app.imports.workbook import Workbook
from app.register.cli import group as register
from app.register.commands.measures import MeasureOutcome, load_measures
from app.register.queries.arrangements import suggested
from reports.listing import write_list_csv

group = AppGroup("imports", help="Lists taken in.", hidden=True)  # its commands stand under register
register.add_command(mine)

COMMAND_LINE = Actor(None, "command line")
#: Whoever can run commands on the server may read all it holds.
EVERYTHING = Reader(None, COMMAND_LINE.name, (Grant(frozenset(Permission), exempt=True),))
#: The command is misused, or the file cannot be used at all.
UNUSABLE = 2


class OneLine(click.Command):
    """A command that says in one line how it was misused."""

    @override
    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # Any: as in click
        try:
            return super().make_context(*args, **kwargs)
        except click.UsageError as error:
            refuse(error.format_message())


def refuse(message: str) -> NoReturn:
    click.echo(" ".join(message.split()), err=True)
    sys.exit(UNUSABLE)


def _choices(answers_file: str | None, *, create_missing: bool, services_from: str | None) -> Choices:
    answers = Answers()
    if answers_file:
        try:
            answers = load_answers(Path(answers_file).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise Refusal(f"The answers file {answers_file} cannot be read: {error}") from error
    return Choices(answers, create_missing=create_missing, services_from_category=services_from == "category")


@register.command("import", cls=OneLine)
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Say what would happen and store nothing.")
@click.option("--create-missing", is_flag=True, help="Make the directorates and providers the register lacks.")
@click.option(
    "--services-from", type=click.Choice(["category"]), help="Make a service of each category in a directorate."
)
@click.option("--answers", "answers_file", help="A JSON file that settles questions asked once per pattern.")
@click.option("--report", help="Write a CSV of every row: where it went, or why it was held or refused.")
@click.option("--source", "source_name", help="The source the file comes from, if its headings do not tell.")
@with_appcontext
def import_register(
    file: str,
    *,
    dry_run: bool,
    create_missing: bool,
    services_from: str | None,
    answers_file: str | None,
    report: str | None,
    source_name: str | None,
) -> None:
    """Take in the contracts of FILE: CSV, XLSX, XLS or ODS."""
    try:
        choices = _choices(answers_file, create_missing=create_missing, services_from=services_from)
        with collector_paused():
            looked = _preview(file, choices, source_name) if dry_run else _import(file, choices, source_name)
        if report:
            _write(report, looked)
    except Refusal as refusal:
        refuse(refusal.message)
    _say(looked, choices)


def _session() -> Session:
    return Session(db.engine, expire_on_commit=False)


def _preview(file: str, choices: Choices, source_name: str | None) -> Looked:
    workbook = running.open_file(Path(file), Path(file).name)
    with transactions_that_write(False), _session() as session:  # noqa: FBT003
        headings = find_list(workbook, choices.answers).headings
        name = source_name or running.source_name(workbook.name)
        source = running.source_for(session, name, () if source_name else headings)
        return running.look(session, workbook, choices, today=clock.today(), source=source)


def _import(file: str, choices: Choices, source_name: str | None) -> Looked:
    """Read and refuse first: a file that cannot be used leaves no trace."""
    path, today = Path(file), clock.today()
    workbook = running.open_file(path, path.name)
    looked = _preview_of(workbook, choices)
    folder: Path = current_app.extensions["settings"].files_dir
    with _session() as session:
        run = running.begin(
            session,
            folder,
            path.name,
            path.read_bytes(),
            by=COMMAND_LINE,
            choices=choices,
            state=RunState.UNDERSTANDING,
        )
        if source_name:
            run.source = running.source_named(session, source_name)
        else:
            run.source = running.source_for(session, run.source.name, looked) or run.source
        session.commit()
        done = running.look(session, workbook, choices, today=today, source=run.source)
        running.keep_looked(session, run, done, workbook)
        running.keep_answers(run.source, choices)
        run.state = RunState.APPLYING
        session.commit()
        running.store(session, run, done, by=COMMAND_LINE, today=today)
    return done


def _preview_of(workbook: Workbook, choices: Choices) -> tuple[str, ...]:
    """The headings, or a refusal of a file that holds no list of contracts."""
    found = find_list(workbook, choices.answers)
    refuse_unusable(found, workbook.name)
    return found.headings


def _write(report: str, looked: Looked) -> None:
    try:
        Path(report).write_bytes(b"".join(write_report(looked.found.headings, looked.plan)))
    except OSError as error:
        raise Refusal(f"The report cannot be written to {report}: {error.strerror}") from error


def _say(looked: Looked, choices: Choices) -> None:
    for name, number in looked.plan.sums.lines:
        click.echo(f"{name}: {number}")
    for line in _remarks(looked.plan, choices, looked.warnings):
        click.echo(line, err=True)


def _remarks(plan: Plan, choices: Choices, warnings: tuple[str, ...]) -> list[str]:
    """What a person may want to answer next; the counts alone go to standard output."""
    said = [*warnings]
    said += [
        f"{group.count:,} rows: {group.key.wording} → {group.key.question.answers[group.answer]}"
        for group in plan.questions
    ]
    if plan.unknown_units and not choices.create_missing:
        said.append(f"Directorates not known: {', '.join(one.name for one in plan.unknown_units[:20])}")
    if plan.unknown_providers and not choices.create_missing:
        said.append(f"Providers not known: {len(plan.unknown_providers):,}; --create-missing makes them")
    if plan.gone:
        said.append(f"Contracts of this source that the file does not name, left untouched: {plan.gone:,}")
    return said


@register.command("arrange", cls=OneLine)
@click.option("--confirm", is_flag=True, help="Make an arrangement of each group; without it they are only listed.")
@with_appcontext
def arrange(*, confirm: bool) -> None:
    """List contracts that look like one arrangement, or confirm them all."""
    session = db.session()
    act_as(session, COMMAND_LINE, reason="Suggested arrangements confirmed on the command line")
    found = suggested(session, EVERYTHING, clock.today())
    for one in found:
        click.echo(f"{len(one.contract_ids)} contracts, {one.likeness}: {one.title}")
    if confirm:
        for one in found:
            arranging.confirm(session, one)
        session.commit()
    click.echo(f"{'arrangements made' if confirm else 'arrangements suggested'}: {len(found)}")


@register.command("import-services", cls=OneLine)
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Say what would happen and store nothing.")
@click.option("--create-missing", is_flag=True, help="Make the directorates the council lacks.")
@with_appcontext
def import_services(file: str, *, dry_run: bool, create_missing: bool) -> None:
    """Take in the service list FILE: service, directorate, division, delivery route, budget, staff, head of service."""
    path, session = Path(file), db.session()
    act_as(session, COMMAND_LINE, reason=f"Import of {path.name}")
    try:
        rows = service_rows(running.open_file(path, path.name))
        placed = take_in(session, rows, create_missing=create_missing)
    except Refusal as refusal:
        refuse(refusal.message)
    if dry_run:
        session.rollback()
    else:
        session.commit()
    for name, number in lines_of(placed):
        click.echo(f"{name}: {number}")
    for one in placed:
        if one.remark:
            click.echo(f"Row {one.row.number}, {one.row.name}: {one.remark}", err=True)


@register.command("import-measures", cls=OneLine)
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Say what would happen and store nothing.")
@with_appcontext
def import_measures(file: str, *, dry_run: bool) -> None:
    """Load the council's list of social value measures from FILE; those it has no more are ended."""
    path, session = Path(file), db.session()
    act_as(session, COMMAND_LINE, reason=f"Import of {path.name}")
    try:
        loaded = load_measures(session, measure_rows(running.open_file(path, path.name)), today=clock.today())
    except Refusal as refusal:
        refuse(refusal.message)
    if dry_run:
        session.rollback()
    else:
        session.commit()
    for name, number in loaded.lines:
        click.echo(f"{name}: {number}")
    for one in loaded.placed:
        if one.outcome is MeasureOutcome.REFUSED:
            click.echo(f"Row {one.row.number}, {one.row.code}: {one.remark}", err=True)


@register.command("import-spend", cls=OneLine)
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Say what would happen and store nothing.")
@click.option("--replace-entered", is_flag=True, help="Let the file's sums replace figures a person entered.")
@click.option("--held", "held_file", help="Write a CSV of every row held or repeated, and why.")
@with_appcontext
def import_spend(file: str, *, dry_run: bool, replace_entered: bool, held_file: str | None) -> None:
    """Take in the payments of FILE, added up by contract reference and financial year."""
    path, session = Path(file), db.session()
    try:
        payments = spend_taking.read_spend(path, path.name)
        with transactions_that_write(not dry_run):
            looked = spend_taking.look(session, payments, over_entered=replace_entered, today=clock.today())
            if not dry_run:
                _store_spend(session, path, looked, replace_entered=replace_entered)
        if held_file:
            _write_held(Path(held_file), looked)
    except Refusal as refusal:
        refuse(refusal.message)
    for name, number in spend_taking.counts_of(looked).items():
        click.echo(f"{name}: {number}")


def _store_spend(session: Session, path: Path, looked: SpendLooked, *, replace_entered: bool) -> None:
    folder: Path = current_app.extensions["settings"].files_dir
    opened = spend_taking.begin(session, folder, path.name, path.read_bytes(), by=COMMAND_LINE)
    opened.over_entered = replace_entered
    spend_taking.store(session, opened, looked, by=COMMAND_LINE, now=clock.now())
    session.commit()


def _write_held(path: Path, looked: SpendLooked) -> None:
    headings, rows = spend_taking.held_rows(looked, frozenset())
    try:
        path.write_bytes(b"".join(write_list_csv(headings, rows)))
    except OSError as error:
        raise Refusal(f"The held rows cannot be written to {path}: {error.strerror}") from error
