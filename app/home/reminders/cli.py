"""``flask reminders``: everybody's digest, from any scheduler, however often it runs."""

from collections import Counter
from datetime import date, datetime

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.core import clock
from app.core.dates import parse_day
from app.core.db import db, transactions_that_write
from app.core.errors import Refusal
from app.core.mail import Letter, MailRefused, MailServer, Post, message_of, posting
from app.home.reminders import commands
from app.home.reminders.commands import AlreadySent
from app.home.reminders.digests import Digest, digests, letter_of

reminders = AppGroup("reminders", help="Reminders by e-mail.")
SENT, ALREADY, FAILED = "sent", "already sent", "failed"
NO_SERVER = "Set SMTP_URL to the council's mail server, such as smtp://mail.council.example, to send reminders"


class NotSent(click.ClickException):
    """Some could not be sent: whoever runs the scheduler is to know, and the next run tries again."""

    exit_code = 2


@reminders.command("send")
@click.option("--on", "day", help="As on this day; else today.")
@click.option("--dry-run", is_flag=True, help="Print what would be sent; send and write nothing.")
def send(day: str | None, *, dry_run: bool) -> None:
    """Send each person the digest that is due. What was sent is not sent again, however often this runs."""
    try:
        today = parse_day(day) if day else clock.today()
        server = None if dry_run else mail_server()
    except Refusal as refusal:
        raise click.UsageError(refusal.message) from refusal
    made = made_digests(today)
    if server is None:
        _print(made)
        return
    done: Counter[str] = Counter()
    with posting(server) as post:
        for digest, letter in made:
            outcome, words = send_one(db.session(), post, server, digest, letter, now=clock.now())
            done[outcome] += 1
            click.echo(f"{outcome}: {digest.address} ({words})", err=outcome == FAILED)
    click.echo("\n".join(f"{outcome}: {done[outcome]}" for outcome in (SENT, ALREADY, FAILED)))
    if done[FAILED]:
        raise NotSent(f"{done[FAILED]} could not be sent; the next run tries again")


def mail_server() -> MailServer:
    """The council's. Refuse where none is named."""
    settings = current_app.extensions["settings"]
    if not settings.smtp_url:
        raise Refusal(NO_SERVER)
    return MailServer.at(settings.smtp_url, base_url=settings.base_url)


def made_digests(today: date) -> list[tuple[Digest, Letter]]:
    """Read, and let go of the database before anything is sent."""
    base_url = current_app.extensions["settings"].base_url
    session = db.session()
    session.rollback()
    with transactions_that_write(False):  # noqa: FBT003 - it only reads
        made = [(one, letter_of(one, base_url=base_url)) for one in digests(session, today=today)]
        session.rollback()
    return made


def send_one(
    session: Session, post: Post, server: MailServer, digest: Digest, letter: Letter, *, now: datetime
) -> tuple[str, str]:
    """Written down and sent together: what is not sent is not written down, and what is written down was sent."""
    base_url = current_app.extensions["settings"].base_url
    try:
        message = message_of(letter, server, base_url=base_url, now=now)
        post.open()
        commands.write_down(session, digest, now=now)
        post.send(message)
        session.commit()
    except AlreadySent:
        session.rollback()
        return ALREADY, "by another run"
    except MailRefused as refusal:
        session.rollback()
        return FAILED, refusal.message
    except OperationalError:
        session.rollback()
        return FAILED, "the database was busy"
    return SENT, f"{len(digest.new)} new, {len(digest.every)} in all"


def _print(made: list[tuple[Digest, Letter]]) -> None:
    for digest, letter in made:
        click.echo(f"To: {digest.address}\nSubject: {letter.subject}\n\n{letter.text}\n{'-' * 72}")
    click.echo(f"would be sent: {len(made)}")
