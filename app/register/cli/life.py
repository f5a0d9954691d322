"""`flask register extend`, `vary`, `correct` and the other acts on one contract: the same commands as its pages.

CONTRACT is its reference or title where only one has it, or its number as its page's address says it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import db
from app.core.errors import Refusal
from app.core.text import fold
from app.register.cli.reading import CHANGE, DAY, POUNDS, told
from app.register.cli.speaking import COMMAND_LINE, act_as_command_line, refuse
from app.register.commands import confirming
from app.register.commands import contract_events as commands
from app.register.commands.contract_events import Extension, LegalAnswer, Variation
from app.register.commands.contracts import Editor
from app.register.commands.trying import try_event
from app.register.grounds import Ground
from app.register.models import Approval, Contract, ContractEvent
from app.register.queries import named

Act = Callable[[Session, Contract, Editor], object]
REASON = click.option("--reason", required=True, help="Why: it stands in the contract's history.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
FROM = click.option("--from", "from_on", type=DAY, help="The day from which it holds; today where none is given.")
GROUND = click.Choice([one.value for one in Ground])


def _command(name: str, *options: Callable[[Any], Any]) -> Callable[[Callable[..., None]], click.Command]:
    """A command on one contract, with these options and the ones that all have."""

    def make(act: Callable[..., None]) -> click.Command:
        decorated: Any = with_appcontext(act)  # Any: click adds its parameters to what it is given
        for option in reversed((click.argument("contract"), *options, DRY_RUN)):
            decorated = option(decorated)
        return click.command(name)(decorated)

    return make


def _do(reference: str, act: Act, *, dry_run: bool, reason: str | None = None) -> None:
    """Do it and say what it changed; keep it unless it was only asked."""
    session = db.session()
    try:
        found = named.contract_called(session, reference, COMMAND_LINE, clock.today())
        before = told(found)
        act(session, found, act_as_command_line(session, reason=reason))
        session.flush()
    except Refusal as refusal:
        session.rollback()
        refuse(refusal.message)
    lines = [f"{label}: {before[label]} becomes {now}" for label, now in told(found).items() if before[label] != now]
    for words in (named.said(found), *lines):
        click.echo(words)
    if dry_run:
        session.rollback()
        click.echo("Nothing was changed.")
    else:
        session.commit()


# Extend and vary


@dataclass(frozen=True, kw_only=True)
class Legal:
    """What in law allows a change, as it was typed."""

    ground: str | None
    uk10: str | None
    uk10_reason: str | None

    def answer(self, otherwise: Ground | None = None) -> LegalAnswer:
        return LegalAnswer(
            ground=Ground(self.ground) if self.ground else otherwise,
            uk10_needed=None if self.uk10 is None else self.uk10 == "yes",
            uk10_reason=self.uk10_reason,
        )


UK10 = click.option("--uk10", type=click.Choice(["yes", "no"]), help="Whether a contract change notice is needed.")
UK10_REASON = click.option("--uk10-reason", help="Why that notice is needed, or not.")
DECISION = click.option("--decision", help="The reference of the decision that allows it.")
ANYWAY = click.option("--anyway", help="Why it is right all the same, where something stands against it.")


def _event(act: Callable[[Session, Contract, Editor], ContractEvent], anyway: str | None, *, uses_option: bool) -> Act:
    """An act that is warned of as its page warns: without a word for why it is right, it is refused."""

    def tried(session: Session, found: Contract, editor: Editor) -> None:
        result = try_event(
            session, found, lambda: act(session, found, editor), COMMAND_LINE, editor.today, uses_option=uses_option
        )
        for words in (*result.said, *result.warnings):
            click.echo(words)
        if result.warnings and not anyway:
            raise Refusal("Say with --anyway why it is right all the same")

    return tried


def _why(reason: str, anyway: str | None) -> str:
    return ". ".join(words.rstrip(".") for words in (reason, anyway) if words)


@_command(
    "extend",
    click.option("--to", "ends_on", type=DAY, help="Its new end, outside its options; its next option without this."),
    FROM,
    click.option("--adds", type=POUNDS, help="Pounds it adds; as the option says where none are given."),
    DECISION,
    click.option("--notice-given", type=DAY, help="When the provider was given notice."),
    click.option("--approval", help="The reference of the approval it goes through, if another one."),
    click.option("--ground", type=GROUND, help="What in law allows it."),
    UK10,
    UK10_REASON,
    REASON,
    ANYWAY,
)
def extend(
    contract: str,
    *,
    ends_on: date | None,
    from_on: date | None,
    adds: Decimal | None,
    decision: str | None,
    notice_given: date | None,
    approval: str | None,
    reason: str,
    anyway: str | None,
    dry_run: bool,
    **legal: str | None,
) -> None:
    """Extend CONTRACT by its next option, or with --to outside its options."""

    def act(session: Session, found: Contract, editor: Editor) -> ContractEvent:
        wanted = Extension(
            effective_on=from_on or editor.today,
            reason=_why(reason, anyway),
            uses_option=ends_on is None,
            ends_on=ends_on,
            value_added=adds,
            decision_reference=decision,
            notice_given_on=notice_given,
            approval_id=_approval(session, approval) if approval else None,
            legal=Legal(**legal).answer(Ground.NOT_RECORDED if ends_on else None),
        )
        return commands.extend(session, found, wanted, editor=editor)

    _do(contract, _event(act, anyway, uses_option=ends_on is None), dry_run=dry_run)


def _approval(session: Session, reference: str) -> int:
    known = session.execute(select(Approval.id, Approval.reference).order_by(Approval.id))
    found = [number for number, said in known if fold(said) == fold(reference)]
    if len(found) != 1:
        raise Refusal(f"{'More than one' if found else 'No'} approval has the reference “{reference}”")
    return found[0]


@_command(
    "vary",
    FROM,
    click.option("--to", "ends_on", type=DAY, help="Its end from now on."),
    click.option("--value-change", type=CHANGE, help="Pounds added to its whole-life value; -5000 takes off."),
    click.option("--annual", type=POUNDS, help="What it is worth a year from now on."),
    click.option("--scope", help="What changes in what is supplied, in words."),
    click.option("--provider-joins", help="The provider that comes: its name or number."),
    click.option("--provider-leaves", help="The provider it takes over from."),
    DECISION,
    click.option("--ground", type=GROUND, required=True, help="What in law allows it."),
    UK10,
    UK10_REASON,
    REASON,
    ANYWAY,
)
def vary(
    contract: str,
    *,
    from_on: date | None,
    ends_on: date | None,
    value_change: Decimal | None,
    annual: Decimal | None,
    scope: str | None,
    provider_joins: str | None,
    provider_leaves: str | None,
    decision: str | None,
    reason: str,
    anyway: str | None,
    dry_run: bool,
    **legal: str | None,
) -> None:
    """Vary CONTRACT: its end, its value, what is supplied, or who supplies it."""

    def act(session: Session, found: Contract, editor: Editor) -> ContractEvent:
        if provider_leaves and not provider_joins:
            raise Refusal("Say with --provider-joins who takes over")
        with session.no_autoflush:
            joins = named.provider_called(session, provider_joins) if provider_joins else None
            leaves = named.provider_called(session, provider_leaves).id if provider_leaves else None
        wanted = Variation(
            effective_on=from_on or editor.today,
            reason=_why(reason, anyway),
            ends_on=ends_on,
            value_change=value_change,
            annual_value=annual,
            scope_change=scope,
            provider_joins=joins,
            provider_leaves_id=leaves,
            decision_reference=decision,
            legal=Legal(**legal).answer(),
        )
        return commands.vary(session, found, wanted, editor=editor)

    _do(contract, _event(act, anyway, uses_option=True), dry_run=dry_run)


# Correct


@_command(
    "correct",
    click.option("--starts", "starts_on", type=DAY, help="When it started."),
    click.option("--ends", "awarded_end_on", type=DAY, help="Its last day as awarded, without extensions."),
    click.option(
        "--value", "awarded_low", type=POUNDS, help="Its whole-life value as awarded; its low end if a range."
    ),
    click.option("--value-high", "awarded_high", type=POUNDS, help="The high end, if it is a range."),
    click.option("--annual", "annual_low", type=POUNDS, help="What it is worth a year; its low end if a range."),
    click.option("--annual-high", type=POUNDS, help="The high end, if it is a range."),
    REASON,
)
def correct(contract: str, *, reason: str, dry_run: bool, **awarded: date | Decimal | None) -> None:
    """Put right what was written down of the award of CONTRACT. What it said before stays on record."""
    answers: dict[str, date | Decimal | None] = {
        column: value for column, value in awarded.items() if value is not None
    }
    for money in ("awarded", "annual"):
        low, high = f"{money}_low", f"{money}_high"
        if low in answers or high in answers:
            answers = {high: answers.get(low), low: answers.get(high), **answers}

    def act(session: Session, found: Contract, editor: Editor) -> None:
        commands.correct(session, found, answers, reason, editor=editor)

    _do(contract, act, dry_run=dry_run)


# Its options and its state


@_command("lapse", click.option("--option", type=int, help="Which option: 1, 2, …; the next one without this."), REASON)
def lapse(contract: str, *, option: int | None, reason: str, dry_run: bool) -> None:
    """Let an option of CONTRACT lapse: the council will not, or can no longer, take it up."""

    def act(session: Session, found: Contract, editor: Editor) -> None:
        numbered = dict(enumerate(found.options, 1))
        asked = commands.next_option(found) if option is None else numbered.get(option)
        if asked is None:
            raise Refusal(f"{found.title} has no option {option or 'left'}")
        commands.lapse(session, found, asked, reason, editor=editor)

    _do(contract, act, dry_run=dry_run)


@_command("suspend", FROM, REASON)
def suspend(contract: str, *, from_on: date | None, reason: str, dry_run: bool) -> None:
    """Suspend CONTRACT: work under it stops, and its dates run on."""

    def act(session: Session, found: Contract, editor: Editor) -> None:
        commands.suspend(session, found, from_on or editor.today, reason, editor=editor)

    _do(contract, act, dry_run=dry_run)


@_command("resume", FROM, REASON)
def resume(contract: str, *, from_on: date | None, reason: str, dry_run: bool) -> None:
    """Take up CONTRACT again after a suspension, or take back its early end."""

    def act(session: Session, found: Contract, editor: Editor) -> None:
        commands.resume(session, found, from_on or editor.today, reason, editor=editor)

    _do(contract, act, dry_run=dry_run)


@_command("end", click.option("--on", "ends_on", type=DAY, required=True, help="Its last day."), REASON)
def end(contract: str, *, ends_on: date, reason: str, dry_run: bool) -> None:
    """End CONTRACT before its term."""

    def act(session: Session, found: Contract, editor: Editor) -> None:
        commands.end_early(session, found, ends_on, reason, editor=editor)

    _do(contract, act, dry_run=dry_run)


@_command("confirm")
def confirm(contract: str, *, dry_run: bool) -> None:
    """Confirm that what the register says of CONTRACT is still correct."""

    def act(session: Session, found: Contract, editor: Editor) -> None:
        confirming.confirm_many(session, confirming.CONTRACT, [found.id], COMMAND_LINE, today=editor.today)

    _do(contract, act, dry_run=dry_run)


COMMANDS = (extend, vary, correct, lapse, suspend, resume, end, confirm)
