"""Signing in: who gets in, who waits, and how a session ends."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import commands, queries, rules
from app.accounts.models import Person, SignedInSession, SignInAttempt
from app.accounts.roles import Role
from app.core import clock
from app.core.audit import Change
from app.core.errors import Refusal
from app.core.rights import ScopeKind
from app.council.models import Committee, CommitteeKind, Remit
from tests.makers import a_person, added
from tests.register_makers import a_directorate

PASSWORD = "correct horse battery"


@pytest.fixture
def person(session: Session) -> Person:
    person = a_person(session, Role.AUDITOR, name="Ada Auditor")
    person.email = "ada@council.example"
    person.password_hash = commands.hash_password(PASSWORD)
    session.commit()
    return person


def sign_in(client: FlaskClient, password: str = PASSWORD, **changes: str) -> int:
    return client.post("/sign-in", data={"email": "ada@council.example", "password": password} | changes).status_code


def test_the_right_password_opens_the_register(client: FlaskClient, person: Person) -> None:
    assert sign_in(client) == 302
    assert person.name in client.get("/account").text


def test_a_page_asked_for_before_signing_in_is_opened_afterwards(client: FlaskClient, person: Person) -> None:
    assert client.get("/account").location == "/sign-in?next=/account"
    answer = client.post("/sign-in?next=/account", data={"email": person.email, "password": PASSWORD})
    assert answer.location == "/account"


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_signing_in_never_leads_off_the_register(client: FlaskClient, person: Person, elsewhere: str) -> None:
    answer = client.post(
        "/sign-in", query_string={"next": elsewhere}, data={"email": person.email, "password": PASSWORD}
    )
    assert answer.location == "/"


def test_a_wrong_password_and_an_unknown_address_are_told_alike(client: FlaskClient, person: Person) -> None:
    wrong = client.post("/sign-in", data={"email": person.email, "password": "wrong"})
    unknown = client.post("/sign-in", data={"email": "nobody@council.example", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 200
    assert commands.WRONG in wrong.text
    assert commands.WRONG in unknown.text


def test_the_sixth_try_waits_even_with_the_right_password(
    client: FlaskClient, person: Person, session: Session
) -> None:
    for _ in range(rules.TRIES_BY_ACCOUNT):
        assert sign_in(client, "wrong") == 200
    assert "Wait 15 minutes" in client.post("/sign-in", data={"email": person.email, "password": PASSWORD}).text
    tries = session.scalars(select(SignInAttempt)).all()
    assert len(tries) == rules.TRIES_BY_ACCOUNT + 1
    assert not any(attempt.succeeded for attempt in tries)


def test_signing_out_ends_the_session_for_good(client: FlaskClient, person: Person) -> None:
    sign_in(client)
    stolen = client.get_cookie("session")
    client.post("/sign-out")
    assert stolen is not None
    client.set_cookie("session", stolen.value)
    assert client.get("/account").status_code == 302, person.name


def test_a_session_can_be_ended_from_another_browser(client: FlaskClient, person: Person, session: Session) -> None:
    sign_in(client)
    here = session.scalars(select(SignedInSession)).one()
    commands.start_session(session, person.id, browser="another", now=clock.now())
    session.commit()
    client.post("/account/sign-out-elsewhere")
    session.expire_all()
    assert [one.id for one in queries.sessions_of(session, person.id)] == [here.id]


@pytest.mark.parametrize(
    ("since", "unused"),
    [
        pytest.param(timedelta(hours=13), timedelta(0), id="signed in for too long"),
        pytest.param(timedelta(hours=3), timedelta(hours=2, minutes=1), id="unused for too long"),
    ],
)
def test_a_session_ends_by_itself(
    client: FlaskClient, person: Person, session: Session, since: timedelta, unused: timedelta
) -> None:
    sign_in(client)
    running = session.scalars(select(SignedInSession)).one()
    running.started_at, running.seen_at = clock.now() - since, clock.now() - unused
    session.commit()
    assert client.get("/account").status_code == 302, person.name


def test_a_leaver_is_out_at_once(client: FlaskClient, person: Person, session: Session) -> None:
    sign_in(client)
    commands.switch_off(session, person, now=clock.now())
    session.commit()
    assert client.get("/account").status_code == 302
    assert sign_in(client) == 200


def test_mail_and_calendars_read_what_the_same_person_reads_on_pages(session: Session) -> None:
    roads, bridges = a_directorate(session), a_directorate(session)
    committee = added(session, Committee(name="Roads Cabinet Committee", kind=CommitteeKind.CABINET_COMMITTEE))
    committee.remits = [Remit(directorate_id=roads.id)]
    for marked in (True, False):
        person = a_person(
            session, Role.MEMBER, scope=ScopeKind.COMMITTEE, scope_id=committee.id, exempt=marked, is_chair=marked
        )
        token = commands.start_session(session, person.id, browser=None, now=clock.now())
        found = queries.signed_in(session, token, now=clock.now())
        reader = queries.reader_of(session, person)
        assert found is not None
        assert reader == found.reader
        assert reader.exempt_units.include(roads.id) is marked
        assert not reader.exempt_units.include(bridges.id)
        commands.switch_off(session, person, now=clock.now())
        assert not queries.reader_of(session, person).grants


def test_a_link_sets_a_password_once(client: FlaskClient, person: Person, session: Session) -> None:
    token = commands.make_link(session, person, now=clock.now())
    session.commit()
    assert client.post(f"/set-password/{token}", data={"password": "three other words"}).status_code == 302
    assert client.get(f"/set-password/{token}").status_code == 404
    assert sign_in(client, "three other words") == 302


def test_a_short_password_is_refused_beside_its_field(client: FlaskClient, person: Person, session: Session) -> None:
    token = commands.make_link(session, person, now=clock.now())
    session.commit()
    answer = client.post(f"/set-password/{token}", data={"password": "short"})
    assert "at least 12 characters" in answer.text
    assert answer.status_code == 200


def test_two_people_never_share_an_address(session: Session, person: Person) -> None:
    with pytest.raises(Refusal, match="already has an account"):
        commands.add_person(session, name="Another", email=person.email.upper(), roles=())


def test_the_history_never_holds_a_password(session: Session, person: Person) -> None:

    lines = session.scalars(select(Change).where(Change.record_kind == "person")).all()
    assert lines, person.name
    assert not any("password_hash" in line.fields for line in lines)
