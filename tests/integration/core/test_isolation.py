"""What every other test relies on: nothing saved outlives its test, and nothing reaches the network."""

import socket
from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html5lib.html5parser import ParseError
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core.db import db
from app.council.models import BankHoliday
from tests.conftest import StrictClient
from tests.makers import a_bank_holiday, a_person, signed_in
from tests.strict_html import how_it_is_built


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(BankHoliday)) or 0


@pytest.mark.parametrize("run", ["first", "second"])
def test_what_the_app_commits_goes_no_further_than_its_test(app: Flask, session: Session, run: str) -> None:
    with app.app_context():
        a_bank_holiday(db.session(), title=run)
        db.session.commit()
    assert count(session) == 1


def test_what_a_view_forgets_to_commit_is_not_seen(app: Flask, session: Session) -> None:
    with app.app_context():
        a_bank_holiday(db.session())
    assert count(session) == 0


def test_the_app_sees_what_the_test_committed(app: Flask, session: Session) -> None:
    a_bank_holiday(session)
    session.commit()
    with app.app_context():
        assert count(db.session()) == 1


def test_both_databases_are_real(connection: Connection, engine_name: str) -> None:
    assert connection.dialect.name == engine_name


def test_nothing_reaches_the_network() -> None:
    with socket.socket() as reaching, pytest.raises(RuntimeError, match="reached for the network"):
        reaching.connect(("192.0.2.1", 80))


def test_a_page_with_broken_html_fails_its_test(client: FlaskClient) -> None:
    assert isinstance(client, StrictClient)
    broken = Flask("broken")
    broken.test_client_class = StrictClient
    broken.add_url_rule("/", view_func=lambda: "<!doctype html><title>Contracts</title><p>open <b>never closed</p>")
    with pytest.raises(ParseError):
        broken.test_client().get("/")


PAGE = '<!doctype html><title>T</title><ul><li><a href="/1">One</a></li>{}</ul>'


def test_a_page_with_more_rows_of_one_build_is_not_read_again() -> None:
    assert how_it_is_built(PAGE.format('<li><a href="/2">Another</a></li>\n')) == how_it_is_built(PAGE.format(""))


@pytest.mark.parametrize(
    "more",
    [
        "<li><a href='/2'>Another</a></li>",
        '<li><a href="/2">A & B</a></li>',
        '<li><a href="/2"></a></li>',
        '<li><a href="/2">Another</li>',
        '<li><a href="/2">A bell \x07</a></li>',
        "Another",
    ],
)
def test_a_page_built_in_another_way_is_read(more: str) -> None:
    assert how_it_is_built(PAGE.format(more)) != how_it_is_built(PAGE.format(""))


def test_somebody_signed_in_is_known_to_the_app(client: FlaskClient, session: Session) -> None:
    page = signed_in(client, session, a_person(session, Role.AUDITOR, name="Robin Oak")).get("/account")
    assert page.status_code == HTTPStatus.OK
    assert "Robin Oak" in page.text
