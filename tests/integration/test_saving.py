"""A page that is only opened changes nothing, and what is saved is saved whole or not at all."""

import hashlib
from typing import Self

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, event, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core.base import Base
from app.register.models import Contract, Provider
from tests.integration.addresses import addresses
from tests.integration.whole_council import WholeCouncil, a_whole_council
from tests.makers import signed_in

#: What opening a page may note: that somebody was here, and that a file was taken out.
NOTED = {"signed_in_session", "annex_export", "sign_in_attempt"}


@pytest.fixture
def client(app: Flask, connection: Connection) -> FlaskClient:  # noqa: ARG001 - the connection keeps what it saves to this test
    return FlaskClient(app, app.response_class, use_cookies=True)


@pytest.fixture
def made(app: Flask, session: Session) -> WholeCouncil:
    return a_whole_council(session, app.extensions["settings"].files_dir)


def checksums(session: Session) -> dict[str, str]:
    """Every table's rows, told short."""
    tables = (table for table in Base.metadata.sorted_tables if table.name not in NOTED)
    return {
        table.name: hashlib.sha256(
            "\n".join(map(str, session.execute(select(table).order_by(table.c.id)).all())).encode()
        ).hexdigest()
        for table in tables
    }


@pytest.mark.parametrize(
    ("engine_name", "role"),
    [("sqlite", Role.PROCUREMENT), ("postgresql", Role.PROCUREMENT), ("sqlite", Role.ADMINISTRATOR)],
    indirect=["engine_name"],
)
def test_opening_a_page_changes_nothing(
    app: Flask, client: FlaskClient, session: Session, made: WholeCouncil, role: Role
) -> None:
    signed_in(client, session, role)
    before = checksums(session)
    written: list[str] = []
    for address in addresses(app, made):
        with Writing() as writing, client.get(address.url):
            pass
        written += [f"{address}: {statement}" for statement in writing.statements]
    session.expire_all()
    assert not written
    assert checksums(session) == before


class Writing:
    """Notes each statement that writes to a table nobody may write by opening a page."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def note(self, _connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        words = statement.split(maxsplit=3)
        if words[0] in {"INSERT", "UPDATE", "DELETE"} and not NOTED & set(words[1:3]):
            self.statements.append(statement[:100])

    def __enter__(self) -> Self:
        event.listen(Engine, "before_cursor_execute", self.note)
        return self

    def __exit__(self, *_error: object) -> None:
        event.remove(Engine, "before_cursor_execute", self.note)


def test_an_action_killed_between_its_changes_leaves_nothing(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    """Each statement of one saving in turn is the last before the power goes; then nothing at all has changed."""
    signed_in(client, session, Role.PROCUREMENT)
    url, answers = "/providers/new", {"name": "Half Done Ltd", "kind": "private company", "sme": "yes"}
    assert made.provider.name != answers["name"]
    before, died = checksums(session), 0
    for number in range(1, 40):
        with Dying(number) as dying:
            try:
                answered = client.post(url, data=answers).status_code
            except OperationalError:
                died += 1
                session.rollback()
                assert checksums(session) == before, f"after {number} statements that write"
                continue
        assert not dying.died
        assert answered == 302
        break
    assert died >= 2, "a provider and its history are two statements at the least"
    session.expire_all()
    session.scalars(select(Provider).where(Provider.name == "Half Done Ltd")).one()


class Dying:
    """The database goes away before so many statements that write have been sent."""

    def __init__(self, after: int) -> None:
        self.left, self.died = after, False

    def note(self, _connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")) and "signed_in_session" not in statement:
            self.left -= 1
            if self.left == 0:
                self.died = True
                raise OperationalError(statement, None, Exception("the power went"))

    def __enter__(self) -> Self:
        event.listen(Engine, "before_cursor_execute", self.note)
        return self

    def __exit__(self, *_error: object) -> None:
        event.remove(Engine, "before_cursor_execute", self.note)


def test_a_refused_change_leaves_nothing_of_what_was_begun(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    before = checksums(session)
    contract = made.roads.contract
    answer = client.post(f"/contracts/{contract.id}/edit/term", data={"version": "1", "starts_on": "31 March 2099"})
    assert answer.status_code == 200
    assert checksums(session) == before


def test_what_the_database_itself_refuses_is_said_on_a_page(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    """A number beyond every key finds no record; it never ends in an error of the database."""
    signed_in(client, session, Role.PROCUREMENT)
    assert client.get(f"/contracts/{2**63 - 1}").status_code == 404
    assert client.get(f"/contracts/{10**30}").status_code == 404
    assert session.scalar(select(Contract.id).where(Contract.id == made.roads.contract.id))
    assert session.scalar(text("SELECT count(*) FROM contract"))
