"""Single sign-on: a real provider in its own process, one that lies, and who is let in."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override
from werkzeug.test import TestResponse

from app.accounts import commands, rules
from app.accounts.models import Person, PersonIdentity, SignedInSession, SignInAttempt, Way
from app.accounts.roles import Role
from app.accounts.single_sign_on import NO_ANSWER, NOT_UNDERSTOOD
from app.core import clock
from app.core.audit import Change
from app.council.models import Setting
from config import SingleSignOn
from tests.makers import a_person, added, signed_in
from tests.sign_in_services import Liar, Provider, a_liar, a_real_provider

PASSWORD = "correct horse battery"

Serve = Callable[[SingleSignOn], None]


class NoFollowing(HTTPRedirectHandler):
    """Where the provider sends the browser is for the browser to follow."""

    @override
    def redirect_request(self, *_arguments: object) -> None:
        return None


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    with a_real_provider() as running:
        yield running


@pytest.fixture(scope="session")
def running_liar() -> Iterator[Liar]:
    with a_liar() as running:
        yield running


@pytest.fixture
def liar(running_liar: Liar) -> Liar:
    running_liar.lies, running_liar.described, running_liar.signed_by = {}, {}, None
    return running_liar


@pytest.fixture
def serve(app: Flask) -> Iterator[Serve]:
    """Have the app use a sign-in service for this test."""
    before = app.extensions["settings"]

    def use(service: SingleSignOn) -> None:
        app.extensions.pop("single_sign_on_client", None)
        app.extensions["settings"] = replace(before, single_sign_on=service)

    yield use
    app.extensions["settings"] = before


@pytest.fixture
def robin(session: Session) -> Person:
    person = a_person(session, Role.AUDITOR, name="Robin Holt")
    person.email, person.password_hash = "robin@wold.example", commands.hash_password(PASSWORD)
    session.commit()
    return person


def authorised(address: str, subject: str) -> str:
    """The address at which the provider sends the browser back, once the person has signed in there."""
    request = Request(address, urlencode({"sub": subject}).encode(), method="POST")  # noqa: S310 - our own address
    with pytest.raises(HTTPError) as sent:
        build_opener(NoFollowing).open(request)
    back = sent.value.headers["Location"]
    sent.value.close()
    here = urlsplit(back)
    return f"{here.path}?{here.query}"


def come_in(client: FlaskClient, subject: str, asked_for: str = "/account") -> TestResponse:
    asked = client.get("/sign-in/council", query_string={"next": asked_for})
    return client.get(authorised(asked.location, subject))


def told(client: FlaskClient, answer: TestResponse) -> str:
    """Where a refused sign-in ends, and what it says."""
    assert answer.location == "/sign-in"
    return client.get("/sign-in").text


def lied_to(client: FlaskClient, liar: Liar) -> TestResponse:
    """Come back from the liar, who knows the nonce and the state it was asked with."""
    asked = parse_qs(urlsplit(client.get("/sign-in/council").location).query)
    liar.nonce = asked["nonce"][0]
    return client.get("/sign-in/council/answer", query_string={"code": "any", "state": asked["state"][0]})


def attempts(session: Session) -> list[tuple[str, bool, Way, str | None]]:
    rows = session.scalars(select(SignInAttempt).order_by(SignInAttempt.id))
    return [(row.email, row.succeeded, row.way, row.refused_because) for row in rows]


def test_somebody_known_is_bound_once_and_known_by_the_subject_ever_after(
    client: FlaskClient, session: Session, provider: Provider, serve: Serve, robin: Person
) -> None:
    serve(provider.settings)
    assert "Sign in with your Wold account" in client.get("/sign-in").text
    provider.knows("robin-1", email="Robin@Wold.example", email_verified=True)
    asked = parse_qs(urlsplit(client.get("/sign-in/council").location).query)
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert asked["code_challenge_method"] == ["S256"]

    answer = come_in(client, "robin-1")
    assert answer.location == "/account"
    assert "Robin Holt" in client.get("/account").text
    bound = session.scalars(select(PersonIdentity)).one()
    assert (bound.issuer, bound.subject, bound.person_id) == (provider.issuer, "robin-1", robin.id)
    said = session.scalars(select(Change).where(Change.part == "person_identity")).one()
    assert (said.actor_name, said.reason) == ("Robin Holt", "First signed in through single sign-on")

    provider.knows("robin-1", email="robin.holt-ash@wold.example", email_verified=False)  # married; not yet verified
    client.post("/sign-out")
    assert come_in(client, "robin-1").location == "/account"
    assert attempts(session) == [("robin@wold.example", True, Way.SINGLE_SIGN_ON, None)] * 2


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"email": "robin@wold.example", "email_verified": False}, rules.NO_ADDRESS),
        ({"email": "robin@wold.example"}, rules.NO_ADDRESS),
        ({}, rules.NO_ADDRESS),
        ({"email": "nobody@wold.example", "email_verified": True}, "nobody@wold.example has no account"),
    ],
    ids=["not verified", "not said whether verified", "no address", "unknown"],
)
def test_whoever_is_not_known_for_certain_is_refused_and_nobody_is_created(
    client: FlaskClient,
    session: Session,
    provider: Provider,
    serve: Serve,
    robin: Person,
    claims: dict[str, object],
    words: str,
) -> None:
    serve(provider.settings)
    subject = f"stranger-{len(words)}-{len(claims)}-{claims.get('email_verified')}"
    provider.knows(subject, **claims)
    assert words in told(client, come_in(client, subject))
    assert client.get("/account").status_code == 302
    assert not session.scalars(select(PersonIdentity)).all()
    assert session.scalars(select(Person.name)).all() == [robin.name]
    assert attempts(session)[0][1] is False


def test_a_leaver_is_refused_however_they_come(
    client: FlaskClient, session: Session, provider: Provider, serve: Serve, robin: Person
) -> None:
    serve(provider.settings)
    provider.knows("robin-2", email=robin.email, email_verified=True)
    robin.left_at = clock.now()
    session.commit()
    assert rules.SWITCHED_OFF in told(client, come_in(client, "robin-2"))
    added(
        session,
        PersonIdentity(
            person_id=robin.id, issuer=provider.issuer, subject="robin-2", email=robin.email, bound_at=clock.now()
        ),
    )
    session.commit()
    assert rules.SWITCHED_OFF in told(client, come_in(client, "robin-2"))


def test_an_address_given_to_somebody_else_does_not_open_the_old_account_until_it_is_unbound(
    client: FlaskClient, session: Session, provider: Provider, serve: Serve, robin: Person
) -> None:
    serve(provider.settings)
    for subject in ("robin-3", "new-robin"):
        provider.knows(subject, email=robin.email, email_verified=True)
    come_in(client, "robin-3")
    client.post("/sign-out")
    assert rules.BOUND_TO_ANOTHER in told(client, come_in(client, "new-robin"))

    come_in(client, "robin-3")
    administrator = signed_in(client.application.test_client(), session, Role.ADMINISTRATOR)
    page = administrator.get(f"/admin/people/{robin.id}").text
    assert "robin-3" in page
    bound = session.scalars(select(PersonIdentity)).one()
    assert administrator.post(f"/admin/identities/{bound.id}/unbind").status_code == 302
    assert client.get("/account").status_code == 302, "what began through it is ended"
    assert come_in(client, "new-robin").location == "/account"


def test_signing_out_offers_to_sign_out_of_the_service_too(
    client: FlaskClient, session: Session, provider: Provider, serve: Serve, robin: Person
) -> None:
    serve(provider.settings)
    provider.knows("robin-4", email=robin.email, email_verified=True)
    come_in(client, "robin-4")
    after = client.post("/sign-out", follow_redirects=True).text
    assert "You are signed out" in after
    assert "sign out of it as well" in after
    assert session.scalars(select(SignedInSession)).one().ended_at is not None
    there = urlsplit(client.get("/sign-out/council").location)
    assert f"{there.scheme}://{there.netloc}" == provider.issuer
    assert parse_qs(there.query)["post_logout_redirect_uri"] == ["http://127.0.0.1:8000/sign-in"]
    client.post("/sign-in", data={"email": robin.email, "password": PASSWORD})
    assert "sign out of it as well" not in client.post("/sign-out", follow_redirects=True).text


def test_an_answer_to_another_question_is_refused(
    client: FlaskClient, session: Session, provider: Provider, serve: Serve, robin: Person
) -> None:
    serve(provider.settings)
    provider.knows("robin-5", email=robin.email, email_verified=True)
    asked = client.get("/sign-in/council")
    back = authorised(asked.location, "robin-5")
    elsewhere = client.application.test_client()
    assert NOT_UNDERSTOOD in told(elsewhere, elsewhere.get(back)), "another browser asked"
    assert NOT_UNDERSTOOD in told(client, client.get(back.replace("state=", "state=x"))), "another state"
    assert NOT_UNDERSTOOD in told(client, client.get(back)), "a question is answered once"
    refused = client.get("/sign-in/council/answer?error=access_denied&state=x")
    assert "You did not sign in" in told(client, refused)
    assert [one[1] for one in attempts(session)] == [False] * 4


@pytest.mark.parametrize(
    "lies",
    [
        {"aud": "another-application"},
        {"aud": None},
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"nonce": "of another question"},
        {"nonce": None},
        {"exp": 1_700_000_000},
        {"sub": None},
        {"azp": "another-application"},
    ],
    ids=str,
)
def test_a_token_that_is_not_ours_not_now_or_not_an_answer_is_refused(
    client: FlaskClient, session: Session, liar: Liar, serve: Serve, robin: Person, lies: dict[str, object]
) -> None:
    serve(liar.settings)
    assert lied_to(client, liar).location == "/", "it lets in somebody who tells the truth"
    client.post("/sign-out")
    liar.lies = lies
    assert NOT_UNDERSTOOD in told(client, lied_to(client, liar))
    assert client.get("/account").status_code == 302
    assert attempts(session)[-1][1:] == (False, Way.SINGLE_SIGN_ON, NOT_UNDERSTOOD), robin.name


def test_a_token_signed_by_anybody_else_is_refused(
    client: FlaskClient, liar: Liar, serve: Serve, robin: Person
) -> None:
    serve(liar.settings)
    liar.signed_by = RSAKey.generate_key(2048, {"kid": "one"})
    assert NOT_UNDERSTOOD in told(client, lied_to(client, liar)), robin.name


@pytest.mark.parametrize(
    "described", [{"issuer": "https://elsewhere.example"}, {"token_endpoint": "http://elsewhere.example/token"}]
)
def test_a_service_that_is_not_what_was_set_up_is_not_asked(
    client: FlaskClient, liar: Liar, serve: Serve, described: dict[str, object]
) -> None:
    serve(liar.settings)
    liar.described = described
    assert NOT_UNDERSTOOD in told(client, client.get("/sign-in/council"))


def test_a_service_that_does_not_answer_is_said_and_passwords_still_open_the_register(
    client: FlaskClient, serve: Serve, robin: Person
) -> None:
    serve(SingleSignOn("http://127.0.0.1:9", "register", "secret"))
    assert NO_ANSWER in told(client, client.get("/sign-in/council"))
    answer = client.post("/sign-in", data={"email": robin.email, "password": PASSWORD})
    assert answer.location == "/"


def test_another_claim_of_the_council_s_own_directory_counts_as_verified(
    client: FlaskClient, liar: Liar, serve: Serve, robin: Person
) -> None:
    serve(replace(liar.settings, email_claim="verified_primary_email"))
    liar.lies = {"email": None, "email_verified": None, "verified_primary_email": [robin.email]}
    assert lied_to(client, liar).location == "/"


def test_after_too_many_failed_tries_from_one_address_the_next_is_not_looked_at(
    client: FlaskClient, session: Session, liar: Liar, serve: Serve, robin: Person
) -> None:
    serve(liar.settings)
    session.add_all(
        SignInAttempt(at=clock.now(), email=robin.email, address="127.0.0.1", succeeded=False, way=Way.SINGLE_SIGN_ON)
        for _ in range(rules.TRIES_BY_ADDRESS)
    )
    session.commit()
    assert commands.WAIT in told(client, lied_to(client, liar))


def test_failed_single_sign_ons_never_lock_the_owner_s_password(
    client: FlaskClient, session: Session, robin: Person
) -> None:
    session.add_all(
        SignInAttempt(at=clock.now(), email=robin.email, address="10.0.0.1", succeeded=False, way=Way.SINGLE_SIGN_ON)
        for _ in range(rules.TRIES_BY_ACCOUNT)
    )
    session.commit()
    assert client.post("/sign-in", data={"email": robin.email, "password": PASSWORD}).location == "/"


def test_passwords_can_be_left_to_administrators_where_there_is_single_sign_on(
    client: FlaskClient, session: Session, liar: Liar, serve: Serve, robin: Person
) -> None:
    session.add(Setting(name="password_sign_in", value="administrators only"))
    ada = a_person(session, Role.ADMINISTRATOR, name="Ada Field")
    ada.email, ada.password_hash = "ada@wold.example", robin.password_hash
    session.commit()
    keys = {"password": PASSWORD}
    assert client.post("/sign-in", data={"email": robin.email, **keys}).location == "/", "without a service, all may"
    client.post("/sign-out")

    serve(liar.settings)
    assert "Administrators: sign in with a password" in client.get("/sign-in").text
    assert commands.NO_PASSWORDS in client.post("/sign-in", data={"email": robin.email, **keys}).text
    assert commands.WRONG in client.post("/sign-in", data={"email": robin.email, "password": "guessed it"}).text
    assert lied_to(client, liar).location == "/"
    client.post("/sign-out")
    assert client.post("/sign-in", data={"email": ada.email, **keys}).location == "/"


def test_without_a_service_its_addresses_lead_nowhere(client: FlaskClient) -> None:
    for address in ("/sign-in/council", "/sign-in/council/answer", "/sign-out/council"):
        assert client.get(address).status_code == 404
