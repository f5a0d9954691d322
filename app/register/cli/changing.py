"""`flask register change`, `reassign`: the commands behind the pages, for whoever has the machine."""

from collections.abc import Callable, Mapping
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.dates import parse_day
from app.core.db import db
from app.core.errors import Refusal
from app.core.pages import plural
from app.core.text import fold
from app.council.models import Directorate, Division, Outcome
from app.register.cli.speaking import COMMAND_LINE, act_as_command_line, refuse
from app.register.commands.bulk import editing, reassigning
from app.register.commands.bulk.acts import Acting
from app.register.commands.bulk.editing import BulkEdit, Chosen, Item
from app.register.models import Arrangement, BulkChange, Category, Contract, ProcurementStatus, Programme, Service
from app.register.regime import Regime
from app.register.units import UnitChosen


@click.command("change")
@click.option("--directorate", help="Contracts of this directorate.")
@click.option("--service", help="Contracts under this service.")
@click.option("--manager", help="Contracts that name this post as their manager.")
@click.option("--ids", help="Contracts by number: 12,15.")
@click.option(
    "--set", "settings", multiple=True, required=True, metavar="FIELD=VALUE", help="What to set; blank clears."
)
@click.option("--reason", required=True, help="Why: it stands in each contract's history.")
@click.option("--dry-run", is_flag=True, help="Show every change, and make none.")
@with_appcontext
def change(
    directorate: str | None,
    service: str | None,
    manager: str | None,
    ids: str | None,
    settings: tuple[str, ...],
    reason: str,
    dry_run: bool,  # noqa: FBT001 - a flag of the command
) -> None:
    """Set the same things on many contracts, and print every change."""
    session, today = db.session(), clock.today()
    acting = Acting(COMMAND_LINE, clock.now(), reason)
    try:
        answers = dict(_answer(session, one) for one in settings)
        chosen = _chosen(session, directorate, service, manager, ids)
        found = editing.try_edit(session, chosen, answers, COMMAND_LINE, acting=acting, today=today)
        session.rollback()
        _print(found)
        if dry_run or not found.changing:
            return
        act_as_command_line(session, reason=reason)
        versions = [Chosen(row.id, row.version) for row in found.changing]
        bulk = editing.carry_out(session, versions, answers, acting, today=today)
        _done(session, bulk)
    except Refusal as refusal:
        refuse(refusal.message)


def _done(session: Session, bulk: BulkChange) -> None:
    words = f"{plural(bulk.changed, 'record')} changed; undo it at /changes/{bulk.id}"
    session.commit()
    click.echo(words)


def _print(found: BulkEdit) -> None:
    for row in found.changing:
        for one in row.differences:
            click.echo(f"{row.title} (no. {row.id}): {one.label}: “{one.old}” becomes “{one.new}”")
        for words in row.warnings:
            click.echo(f"{row.title} (no. {row.id}): {words}")
    for row in found.refused:
        click.echo(f"{row.title} (no. {row.id}) left out: {row.problem}")
    click.echo(f"would change: {len(found.changing)}")
    click.echo(f"so already: {len(found.same)}")
    click.echo(f"left out: {len(found.refused)}")


def _chosen(
    session: Session, directorate: str | None, service: str | None, manager: str | None, ids: str | None
) -> list[Chosen]:
    """All that every option names; not every contract there is."""
    if not (directorate or service or manager or ids):
        raise Refusal("Say which contracts: --directorate, --service, --manager or --ids")
    query = select(Contract.id).where(Contract.withdrawn_at.is_(None))
    if directorate:
        query = query.where(Contract.directorate_id == _called(session, Directorate, Directorate.name, directorate))
    if service:
        query = query.where(Contract.lead_service_id == _called(session, Service, Service.name, service))
    if manager:
        query = query.where(Contract.manager_post_key == fold(manager))
    if ids:
        numbers = [one.strip() for one in ids.split(",")]
        if not all(one.isdigit() for one in numbers):
            raise Refusal("Give --ids as numbers with commas between, like 12,15")
        query = query.where(Contract.id.in_([int(one) for one in numbers]))
    return [Chosen(number) for number in session.scalars(query.order_by(Contract.title_key, Contract.id))]


def _called(session: Session, kind: Any, name: Any, said: str) -> int:  # Any: a table and its column
    """The one record of this name."""
    found = [row[0] for row in session.execute(select(kind.id, name)) if fold(row[1]) == fold(said)]
    if len(found) != 1:
        what = kind.__name__.lower()
        raise Refusal(f"{'No' if not found else 'More than one'} {what} is called “{said}”: give its full name")
    return int(found[0])


def _unit(session: Session, said: str) -> UnitChosen:
    """A directorate, or "Directorate: Division"."""
    first, _, second = said.partition(":")
    directorate_id = _called(session, Directorate, Directorate.name, first.strip())
    if not second:
        return UnitChosen(directorate_id)
    division = next(
        (
            one
            for one in session.scalars(select(Division).where(Division.directorate_id == directorate_id))
            if fold(one.name) == fold(second.strip())
        ),
        None,
    )
    if division is None:
        raise Refusal(f"{first} has no division “{second.strip()}”")
    return UnitChosen(directorate_id, division.id)


def _months(_session: Session, said: str) -> int:
    if not said.isdigit():
        raise Refusal(f"“{said}” is no number of months")
    return int(said)


def _member(kind: Any) -> Callable[[Session, str], Any]:
    def read(_session: Session, said: str) -> Any:
        found = next((one for one in kind if fold(one.value) == fold(said)), None)
        if found is None:
            raise Refusal(f"“{said}” is none of {', '.join(one.value for one in kind)}")
        return found

    return read


_READ: Mapping[Item, Callable[[Session, str], Any]] = {
    Item.MANAGER: lambda _session, said: said,
    Item.UNIT: _unit,
    Item.SERVICE: lambda session, said: _called(session, Service, Service.name, said),
    Item.CATEGORY: lambda session, said: _called(session, Category, Category.name, said),
    Item.PROGRAMME: lambda session, said: _called(session, Programme, Programme.name, said),
    Item.OUTCOME: lambda session, said: _called(session, Outcome, Outcome.name, said),
    Item.ARRANGEMENT: lambda session, said: _called(session, Arrangement, Arrangement.title, said),
    Item.PROCUREMENT_STATUS: _member(ProcurementStatus),
    Item.REGIME: _member(Regime),
    Item.REVIEW: lambda _session, said: parse_day(said),
    Item.LEAD_TIME: _months,
}
#: These say only that it is done.
_ACTS = {Item.CONFIRM: "today", Item.WITHDRAW: "yes"}


def _answer(session: Session, written: str) -> tuple[Item, Any]:
    name, _, said = written.partition("=")
    item = next((one for one in Item if one.value == name.strip()), None)
    if item is None or "=" not in written:
        raise Refusal(f"“{written}” sets nothing: write --set FIELD=VALUE with one of {', '.join(Item)}")
    if item in _ACTS:
        if said.strip() != _ACTS[item]:
            raise Refusal(f"Write --set {item.value}={_ACTS[item]}")
        return item, True
    if item is Item.UNIT and not said.strip():
        raise Refusal("A contract is always some directorate's: name one")
    return item, _READ[item](session, said.strip()) if said.strip() else None


@click.command("reassign")
@click.option("--from", "post", required=True, help="The post that goes.")
@click.option("--to", required=True, help="The post that takes over.")
@click.option("--reason", required=True, help="Why: it stands in each record's history.")
@click.option("--dry-run", is_flag=True, help="Show every change, and make none.")
@with_appcontext
def reassign(post: str, to: str, reason: str, dry_run: bool) -> None:  # noqa: FBT001 - a flag of the command
    """Give everything that names one post to another."""
    session, today = db.session(), clock.today()
    acting = Acting(COMMAND_LINE, clock.now(), reason)
    act_as_command_line(session, reason=reason)
    try:
        plan = reassigning.plan_reassignment(session, post, to, acting, today, others={}, chosen=None)
        for one in plan.giving:
            click.echo(f"{one.record.title}: {one.record.place.role}: “{one.record.post}” becomes “{one.to}”")
        click.echo(f"would change: {len(plan.giving)}")
        if not dry_run:
            _done(session, reassigning.reassign(session, plan, acting))
    except Refusal as refusal:
        refuse(refusal.message)


COMMANDS = (change, reassign)
