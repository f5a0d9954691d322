"""Makers: one typed function for each thing a test needs, added to the session it is given and flushed.

A maker is named after what it makes, takes the session first and then only keywords, fills in what the test does not
care about, and returns the record::

    def a_directorate(session: Session, *, name: str = "Adult Social Services") -> Directorate:
        return added(session, Directorate(name=name, starts_on=date(2015, 4, 1)))

A test names what it is about and nothing else: ``a_contract(session, current_end_on=date(2018, 3, 31))``. Then it
commits, so that the app, which has a session of its own, sees the record.
"""

from datetime import date
from itertools import count
from typing import TypeVar

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.accounts import commands as accounts
from app.accounts.models import Person, RoleHeld
from app.accounts.roles import Role
from app.accounts.views import TOKEN
from app.core import clock
from app.core.base import Base
from app.core.rights import ScopeKind
from app.council.models import BankHoliday

Record = TypeVar("Record", bound=Base)
_numbers = count(1)


def added(session: Session, record: Record) -> Record:
    session.add(record)
    session.flush()
    return record


def a_bank_holiday(session: Session, *, on: date = date(2016, 3, 25), title: str = "Good Friday") -> BankHoliday:
    return added(session, BankHoliday(on=on, title=title))


def a_person(
    session: Session,
    role: Role = Role.PROCUREMENT,
    *,
    name: str = "Morgan Ash",
    scope: ScopeKind = ScopeKind.COUNCIL,
    scope_id: int | None = None,
    exempt: bool = False,
    is_chair: bool = False,
) -> Person:
    """Make somebody who holds one role; they have no password, for ``signed_in`` asks for none."""
    held = RoleHeld(role=role, scope=scope, scope_id=scope_id, exempt=exempt, is_chair=is_chair)
    return added(session, Person(name=name, email=f"person{next(_numbers)}@example.org", roles=[held]))


def signed_in(client: FlaskClient, session: Session, person: Person | Role = Role.PROCUREMENT) -> FlaskClient:
    """Sign the person in, or somebody new who holds the role throughout the council. Commits the session."""
    who = a_person(session, person) if isinstance(person, Role) else person
    token = accounts.start_session(session, who.id, browser="a test", now=clock.now())
    session.commit()
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token
    return client
