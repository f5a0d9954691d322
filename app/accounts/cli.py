"""``flask accounts``: people from the command line."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from app.accounts import commands, permissions
from app.accounts.commands import RoleWanted
from app.accounts.roles import Role
from app.core import audit, clock
from app.core.access import ScopeKind
from app.core.db import db
from app.core.errors import Refusal
from app.core.text import fold
from app.council.models import Committee, Directorate, Division
from reports.listing import write_list_csv

group = AppGroup("accounts", help="People who may sign in.")
COMMAND_LINE = audit.Actor(None, "command line")


@group.command("create")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="What the person does.")
@click.option("--name", help="The person's name; else the part before the @.")
@click.option("--post", help="The post the person holds.")
@click.option("--directorate", "directorates", multiple=True, help="Only within this directorate; may be given again.")
@click.option("--division", "divisions", multiple=True, help="Only within this division.")
@click.option("--committee", "committees", multiple=True, help="Of this committee.")
@click.option("--exempt", is_flag=True, help="Entitled to exempt values.")
@click.option("--chair", "is_chair", is_flag=True, help="A member who chairs the committee.")
@click.option("--password-stdin", is_flag=True, help="Read the password; else a one-use link is printed.")
def create(
    email: str,
    role: str,
    name: str | None,
    post: str | None,
    directorates: tuple[str, ...],
    divisions: tuple[str, ...],
    committees: tuple[str, ...],
    exempt: bool,  # noqa: FBT001
    is_chair: bool,  # noqa: FBT001
    password_stdin: bool,  # noqa: FBT001
) -> None:
    """Add a person with one role. Without --directorate, --division or --committee the role holds council-wide."""
    session = db.session()
    audit.act_as(session, COMMAND_LINE)
    try:
        scopes: list[tuple[ScopeKind, int | None]] = [
            *((ScopeKind.DIRECTORATE, _named(Directorate, n)) for n in directorates),
            *((ScopeKind.DIVISION, _named(Division, n)) for n in divisions),
            *((ScopeKind.COMMITTEE, _named(Committee, n)) for n in committees),
        ] or [(ScopeKind.COUNCIL, None)]
        roles = tuple(RoleWanted(Role(role), scope, scope_id, exempt, is_chair) for scope, scope_id in scopes)
        password = sys.stdin.readline().rstrip("\n") if password_stdin else None
        person = commands.add_person(
            session, name=name or email.partition("@")[0], email=email, roles=roles, post=post, password=password
        )
        token = None if password_stdin else commands.make_link(session, person, now=clock.now())
    except Refusal as refusal:
        raise click.UsageError(refusal.message) from refusal
    session.commit()
    click.echo(f"{person.email} holds the role {role} now")
    if token:
        base_url = current_app.extensions["settings"].base_url
        click.echo(f"To set a password, once, within three days: {base_url}/set-password/{token}")


@group.command("permissions")
@click.option("--markdown", "as_markdown", is_flag=True, help="As docs/permissions.md keeps it; else CSV.")
def permissions_table(as_markdown: bool) -> None:  # noqa: FBT001
    """Print every page and action with who may: from the code, so that it cannot say anything else."""
    if as_markdown:
        click.echo(permissions.markdown(current_app), nl=False)
        return
    for text in write_list_csv(permissions.HEADINGS, permissions.rows(current_app)):
        click.echo(text, nl=False)


def _named(kind: type[Directorate | Division | Committee], name: str) -> int:
    found = db.session.scalars(select(kind.id).where(kind.name_key == fold(name))).all()
    if len(found) != 1:
        raise Refusal(f"There is {'no' if not found else 'more than one'} {kind.__tablename__} called {name}")
    return found[0]
