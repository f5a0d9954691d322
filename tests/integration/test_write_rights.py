"""Every page and action for every role, over the records of one's own directorate and of another's."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.roles import Role
from app.accounts.rules import PERMISSIONS
from app.core.audit import Change
from app.core.rights import Permission, ScopeKind
from tests.integration.addresses import LEAVE_OUT_OTHERS, Address, addresses
from tests.integration.whole_council import WholeCouncil, a_whole_council
from tests.makers import a_person, signed_in

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

FORBIDDEN, SERVER_ERROR = 403, 500
#: Writes throughout the council or not at all: a file holds everybody's contracts.
COUNCIL_WIDE = {
    Permission.PUBLISH,
    *(Permission.IMPORT, Permission.MERGE_PROVIDERS, Permission.RECORD_CONTROL, Permission.SET_SOURCES),
    Permission.RUN_ROUNDS,
}
#: Tell nothing of any contract, so that holding the permission somewhere is enough.
TELLS_NO_CONTRACT = {"imports.rules", "imports.sources", "imports.template"}
#: These change who is signed in, so that the walk could not go on; they are open to everyone and tested beside.
ENDS_THE_WALK = {"accounts.sign_out", "accounts.set_password"}

#: What needs no more than reading is the same to every role; one of officers and one of members go through it.
READS_EVERY_PAGE = {Role.COMMISSIONER, Role.MEMBER}


@pytest.fixture
def client(app: Flask, connection: Connection) -> FlaskClient:  # noqa: ARG001 - the connection keeps what it saves to this test
    """A browser that does not read the pages: others do, and the walk is long."""
    return FlaskClient(app, app.response_class, use_cookies=True)


@pytest.fixture
def made(app: Flask, session: Session) -> WholeCouncil:
    return a_whole_council(session, app.extensions["settings"].files_dir)


@contextmanager
def nothing_kept(connection: Connection) -> Iterator[None]:
    """Whatever the action saves is gone afterwards, so that the next one meets the same council."""
    with connection.begin_nested() as before:
        yield
        before.rollback()


def somebody(session: Session, made: WholeCouncil, role: Role) -> Person:
    """A person of the role whose scope is the Adults directorate; a member's is its committee."""
    if role is Role.MEMBER:
        return a_person(session, role, scope=ScopeKind.COMMITTEE, scope_id=made.adults.committee.id)
    return a_person(session, role, scope=ScopeKind.DIRECTORATE, scope_id=made.adults.directorate.id)


def is_refused(address: Address, role: Role, made: WholeCouncil) -> bool:
    """What the page's own declaration and the record's directorate come to."""
    if address.needs is None:
        return False
    if address.needs not in PERMISSIONS[role]:
        return True
    if address.endpoint in LEAVE_OUT_OTHERS:
        return False
    if address.needs in COUNCIL_WIDE and address.endpoint not in TELLS_NO_CONTRACT:
        return True
    return address.needs is not Permission.READ and address.side is made.roads


def last_change(session: Session) -> int:
    return session.scalar(select(func.max(Change.id))) or 0


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_what_it_may_and_nothing_else(
    app: Flask, client: FlaskClient, session: Session, made: WholeCouncil, role: Role
) -> None:
    signed_in(client, session, somebody(session, made, role))
    wrong = []
    for address in addresses(app, made):
        if address.needs in {None, Permission.READ} and role not in READS_EVERY_PAGE:
            continue
        with client.get(address.url) as answer:
            pass
        refused = is_refused(address, role, made)
        if (answer.status_code == FORBIDDEN) != refused or answer.status_code >= SERVER_ERROR:
            wrong.append(f"{address}: {answer.status_code}")
    assert not wrong, role


@pytest.mark.parametrize("role", Role)
def test_each_role_does_what_it_may_and_nothing_else(
    app: Flask, client: FlaskClient, session: Session, connection: Connection, made: WholeCouncil, role: Role
) -> None:
    signed_in(client, session, somebody(session, made, role))
    wrong = []
    for address in addresses(app, made, method="POST"):
        if address.endpoint in ENDS_THE_WALK:
            continue
        before = last_change(session)
        with nothing_kept(connection):
            answer = client.post(address.url, data={})
            refused = is_refused(address, role, made)
            if (answer.status_code == FORBIDDEN) != refused or answer.status_code >= SERVER_ERROR:
                wrong.append(f"{address}: {answer.status_code}")
            if (refused or address.side is made.roads) and last_change(session) != before:
                wrong.append(f"{address}: changed something")
    assert not wrong, role


def test_whoever_is_not_signed_in_is_asked_to_by_every_page_and_action(
    app: Flask, client: FlaskClient, made: WholeCouncil
) -> None:
    for method in ("GET", "POST"):
        for address in addresses(app, made, method=method):
            if address.needs is not None:
                answer = client.open(address.url, method=method)
                assert answer.status_code == 302, f"{method} {address}: {answer.status_code}"
                assert answer.location.startswith("/sign-in"), address.url
