"""What every command of the register shares: for whom it acts, and how it says no."""

import sys
from typing import NoReturn

import click
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import Actor, act_as
from app.core.rights import Grant, Permission, Reader
from app.register.commands.contracts import Editor

#: Whoever has the machine has the register: nothing is withheld on the command line.
COMMAND_LINE = Reader(None, "command line", grants=(Grant(frozenset(Permission), exempt=True),))
#: The command is misused.
MISUSED = 2


def refuse(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(MISUSED)


def act_as_command_line(session: Session, *, reason: str | None = None) -> Editor:
    """From here on the history says that the command line did it."""
    act_as(session, Actor(None, COMMAND_LINE.name), reason=reason)
    return Editor(COMMAND_LINE.name, clock.now(), clock.today())
