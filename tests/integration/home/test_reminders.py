"""Reminders on both databases, through a real mail server: to whom, of what, once, and put off."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.roles import Role
from app.core import clock
from app.core.dates import add_months, day
from app.core.db import db
from app.core.mail import MailServer, posting
from app.core.rights import ScopeKind
from app.council.models import Directorate
from app.home.models import Often, ReminderSent, Snooze
from app.home.reminders import commands
from app.home.reminders.cli import ALREADY, SENT, made_digests, send_one
from app.register.models import Contract
from tests.mail_server import Mailbox, mail_to, text_of
from tests.makers import a_person, added, signed_in
from tests.register_makers import a_contract, a_council, a_directorate
from tests.sending import send, squeezed

#: A Monday.
TODAY = date(2026, 11, 23)
POST = "Care Contracts Manager"


@dataclass
class Desk:
    """Two directorates; in one somebody manages care contracts, and somebody else looks after all of it."""

    adults: Directorate
    roads: Directorate
    manager: Person
    commissioner: Person


@pytest.fixture
def desk(session: Session) -> Desk:
    a_council(session, name="Wold Council")
    return a_desk(session)


def a_desk(session: Session) -> Desk:
    adults, roads = a_directorate(session, name="Adults"), a_directorate(session, name="Roads", position=1)
    manager = a_person(session, Role.FINANCE, name="Mona Gere")
    manager.post = POST
    commissioner = a_person(
        session, Role.COMMISSIONER, name="Colm Isher", scope=ScopeKind.DIRECTORATE, scope_id=adults.id
    )
    commands.choose(session, manager.id, Often.DAILY, 0)
    session.commit()
    return Desk(adults, roads, manager, commissioner)


def ending(session: Session, directorate: Directorate, title: str, ends_on: date, **more: Any) -> Contract:
    """Its future is decided on when it ends. Any: more of its columns."""
    more = {"lead_time_months": 0, **more}
    return a_contract(session, directorate, title=title, starts_on=date(2020, 4, 1), ends_on=ends_on, **more)


@pytest.fixture
def mailbox(app: Flask) -> Iterator[Mailbox]:
    with mail_to(app) as mailbox:
        yield mailbox


@pytest.fixture
def run(app: Flask, connection: object) -> Callable[..., Result]:  # noqa: ARG001 - keeps what is sent to this test
    def run(*more: str, on: date = TODAY) -> Result:
        return app.test_cli_runner().invoke(args=["reminders", "send", "--on", on.isoformat(), *more])

    return run


def test_each_is_told_of_their_own_and_the_directorate_of_what_nobody_answers_for(
    session: Session, desk: Desk, mailbox: Mailbox, run: Callable[..., Result]
) -> None:
    ending(session, desk.adults, "Day care", date(2027, 3, 31), manager_post=POST)
    ending(session, desk.adults, "Night care", date(2027, 3, 31), manager_post="care  contracts MANAGER")
    ending(session, desk.adults, "Nobody's care", date(2027, 4, 30))
    ending(session, desk.adults, "A leaver's care", date(2027, 4, 30), manager_post="A post nobody holds")
    ending(session, desk.adults, "Care in years", date(2030, 3, 31), manager_post=POST)
    ending(session, desk.adults, "Care past its end", date(2026, 10, 31), manager_post=POST)
    ending(session, desk.roads, "Gritting", date(2027, 3, 31))
    session.commit()
    done = run()
    assert done.exit_code == 0, done.output
    assert "sent: 2" in done.output
    (to_manager,), (to_commissioner,) = mailbox.to(desk.manager.email), mailbox.to(desk.commissioner.email)
    own, orphans = text_of(to_manager), text_of(to_commissioner)
    assert "Day care" in own
    assert "Night care" in own
    for absent in ("Nobody's care", "A leaver's", "Care in years", "past its end", "Gritting"):
        assert absent not in own
    assert "Nobody's care" in orphans
    assert "A leaver's care" in orphans
    for absent in ("Day care", "Gritting"):
        assert absent not in orphans
    assert "31 March 2027" in own
    assert "https://register.wold.example/contracts/" in own
    assert to_manager["From"] == "register@wold.example"
    assert to_manager["Auto-Submitted"] == "auto-generated"
    assert to_manager["List-Unsubscribe"] == "<https://register.wold.example/account/reminders>"
    html = to_manager.get_body(("html",))
    assert html is not None
    assert "<a href=" in html.get_content()
    desk.manager.left_at = clock.now()
    session.commit()
    run(on=TODAY + timedelta(days=7))
    assert "Day care" in text_of(mailbox.to(desk.commissioner.email)[-1])
    assert len(mailbox.to(desk.manager.email)) == 1


def test_what_is_sent_is_sent_once_and_what_failed_is_tried_again(
    session: Session, desk: Desk, mailbox: Mailbox, run: Callable[..., Result]
) -> None:
    contract = ending(session, desk.adults, "Day care", date(2027, 3, 31), manager_post=POST)
    session.commit()
    assert "would be sent: 1" in run("--dry-run").output
    assert not mailbox.messages
    mailbox.refusals = ["451 Come back later"]
    failed = run()
    assert failed.exit_code == 2
    assert "451 Come back later" in failed.output
    assert session.scalar(select(func.count()).select_from(ReminderSent)) == 0
    assert run().exit_code == 0
    assert run().exit_code == 0
    (first,) = mailbox.messages
    assert "2 new reminders" in first["Subject"]
    assert run(on=TODAY + timedelta(days=1)).exit_code == 0
    assert len(mailbox.messages) == 1, "a daily digest comes when something is new"
    three_months = add_months(date(2027, 3, 31), -3)
    run(on=three_months)
    assert "2 new reminders" in mailbox.messages[1]["Subject"], "the next lead time has begun"
    contract.remind_months = 2
    session.commit()
    run(on=three_months + timedelta(days=1))
    assert len(mailbox.messages) == 2, "its own months say that it is too early"
    run(on=date(2027, 1, 31))
    assert len(mailbox.messages) == 3
    run(on=date(2027, 4, 1))
    assert len(mailbox.messages) == 3, "its date has passed"


def test_without_a_mail_server_the_command_says_so(session: Session, desk: Desk, run: Callable[..., Result]) -> None:
    ending(session, desk.adults, "Day care", date(2027, 3, 31), manager_post=POST)
    session.commit()
    refused = run()
    assert refused.exit_code == 2
    assert "SMTP_URL" in refused.output
    assert "Day care" in run("--dry-run").output


def test_two_runs_at_once_send_one_message(new_app: Callable[[str], Flask], engine_name: str) -> None:
    app = new_app(engine_name)
    with app.app_context():
        session = db.session()
        a_council(session)
        desk = a_desk(session)
        ending(session, desk.adults, "Day care", date(2027, 3, 31), manager_post=POST)
        session.commit()
        address = desk.manager.email
    both, outcomes = Barrier(2), list[str]()

    def a_run(server: MailServer) -> None:
        with app.app_context(), posting(server) as post:
            made = made_digests(TODAY)
            both.wait(timeout=20)
            for digest, letter in made:
                outcomes.append(send_one(db.session(), post, server, digest, letter, now=clock.now())[0])

    with mail_to(app) as mailbox:
        mailbox.slow = 0.3
        server = MailServer.at(mailbox.url, base_url="https://register.wold.example")
        threads = [Thread(target=a_run, args=(server,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
    assert sorted(outcomes) == [ALREADY, SENT]
    assert len(mailbox.to(address)) == 1


def test_embargoed_rows_and_exempt_amounts_reach_only_those_entitled(
    session: Session, desk: Desk, mailbox: Mailbox, run: Callable[..., Result]
) -> None:
    later = date(2099, 1, 1)
    ending(session, desk.adults, "Zirconium", date(2027, 3, 31), manager_post=POST, embargoed_until=later)
    ending(session, desk.adults, "Osmium", date(2027, 3, 31), embargoed_until=later)
    ending(session, desk.adults, "Secretly priced", date(2027, 3, 31), manager_post=POST, exempt=True, value=7_654_321)
    session.commit()
    run()
    own = text_of(mailbox.to(desk.manager.email)[0])
    assert "Secretly priced" in own
    assert "Zirconium" not in own
    assert "7,654,321" not in own
    assert "Osmium" in text_of(mailbox.to(desk.commissioner.email)[0])


def test_a_person_chooses_how_often_and_puts_a_reminder_off(
    session: Session, client: FlaskClient, desk: Desk, mailbox: Mailbox, run: Callable[..., Result]
) -> None:
    today = clock.today()
    due = today + timedelta(days=200)
    contract = ending(session, desk.adults, "Nobody's care", due, lead_time_months=24)
    elsewhere = ending(session, desk.roads, "Gritting", due)
    session.commit()
    signed_in(client, session, desk.commissioner)
    assert "Weekly, on Mondays" in squeezed(client.get("/account"))
    assert send(client, "/account/reminders", often="weekly", weekday=today.weekday()).status_code == 302
    page = f"/to-do/ends-ahead/{contract.id}/snooze"
    assert page in client.get(f"/contracts/{contract.id}").text
    assert client.get(f"/to-do/ends-ahead/{elsewhere.id}/snooze").status_code == 403
    assert client.get(f"/to-do/nonsense/{contract.id}/snooze").status_code == 404
    too_late = send(client, page, until_on=(due + timedelta(days=1)).isoformat(), reason="In talks")
    assert "the day it is due" in too_late.text
    until = today + timedelta(days=30)
    assert send(client, page, until_on=until.isoformat(), reason="The provider is in talks").status_code == 302
    words = f"Put off until {day(until)} by Colm Isher: The provider is in talks"
    assert words in squeezed(client.get(f"/contracts/{contract.id}"))
    assert words in squeezed(client.get("/to-do/ends-ahead"))
    run(on=today)
    assert not mailbox.messages
    client.post(f"/to-do/ends-ahead/{contract.id}/wake")
    assert session.scalars(select(Snooze.until_on)).one() is None
    run(on=today)
    assert "Nobody's care" in text_of(mailbox.messages[0])
    assert words not in squeezed(client.get(f"/contracts/{contract.id}"))


def test_an_administrator_tries_the_mail_server(session: Session, client: FlaskClient, mailbox: Mailbox) -> None:
    a_council(session, name="Wold Council")
    administrator = a_person(session, Role.ADMINISTRATOR)
    signed_in(client, session, administrator)
    assert "127.0.0.1" in client.get("/admin").text
    answer = client.post("/admin/test-message", follow_redirects=True)
    assert f"on its way to {administrator.email}" in squeezed(answer)
    assert mailbox.messages[0]["Subject"] == "Test message (Wold Council)"
    mailbox.refusals = ["550 We know nobody of that name"]
    answer = client.post("/admin/test-message", follow_redirects=True)
    assert "550 We know nobody of that name" in squeezed(answer)


def test_directorates_nobody_looks_after_fall_to_those_who_keep_the_whole_register(
    session: Session, desk: Desk, mailbox: Mailbox, run: Callable[..., Result]
) -> None:
    lead = a_person(session, Role.PROCUREMENT, name="Pro Curé")
    added(session, lead)
    ending(session, desk.adults, "Nobody's care", date(2027, 3, 31))
    ending(session, desk.roads, "Gritting", date(2027, 3, 31))
    session.commit()
    run()
    told = text_of(mailbox.to(lead.email)[0])
    assert "Gritting" in told
    assert "Nobody's care" not in told
