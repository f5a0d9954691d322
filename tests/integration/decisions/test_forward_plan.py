"""The forward plan: a published list taken in and held against the register both ways; our own edition, frozen."""

import io
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.decisions import commands
from app.decisions.models import Decision, ForwardPlanEdition, ForwardPlanItem, Restriction
from app.decisions.rules.timing import Timing
from tests.integration.decisions.making import Place, a_contract, an_activity
from tests.integration.reading import shown_words
from tests.makers import signed_in

LIST = """Ref,Title,Decision maker,Decision due,Notice first published,Key decision,Anticipated restriction,Value
26/00010,Home care anew,Cabinet,Not before 25 Jan 2027,24/11/2026,Yes,Part exempt,£9m
26/00011,Library roofs,Leader,Not before 14 Dec 2026,16/11/2026,Yes,Open,
,Day services from 2028,Cabinet,January 2027,,Yes,Open,
26/00012,Car park charges,Leader,10/12/2026,,No,Open,
"""


def a_decision(session: Session, place: Place, title: str, when: date, reference: str | None = None) -> Decision:
    decision = commands.main_decision(an_activity(session, place.adults, title, timing=Timing.on(when)))
    decision.reference = reference
    return decision


def words(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return shown_words(answer.get_data(as_text=True))


def take_in(client: FlaskClient, session: Session, content: str = LIST) -> ForwardPlanEdition:
    sent = {"file": (io.BytesIO(content.encode()), "plan.csv"), "from_on": "22/11/2026", "title": "November list"}
    answer = client.post("/forward-plan/import", data=sent)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return session.scalars(select(ForwardPlanEdition).order_by(ForwardPlanEdition.id.desc())).all()[0]


def test_a_published_list_is_looked_at_kept_and_held_against_the_register_both_ways(
    client: FlaskClient, session: Session, place: Place
) -> None:
    a_decision(session, place, "Home care anew", date(2027, 1, 20), "26/00010")
    a_decision(session, place, "Day services", date(2027, 1, 25))
    a_decision(session, place, "Street lights", date(2027, 2, 1))
    a_decision(session, place, "Too far off", date(2028, 2, 1))
    signed_in(client, session, Role.CLERK)
    edition = take_in(client, session)
    assert "4 items" in words(client, f"/forward-plan/editions/{edition.id}")
    assert "No published list has been taken in" in words(client, "/forward-plan/compare"), "a preview does not count"
    assert client.post(f"/forward-plan/editions/{edition.id}/keep").status_code == 302

    page = words(client, "/forward-plan/compare")
    missing = page.split("Expected and not on the list")[-1].partition("On the list and not explained")[0]
    assert "Street lights" in missing
    assert "Too far off" not in page
    for told in (
        "25 Jan 2027",  # both sides of the date are shown
        "£2,000,000",
        "£9,000,000",
        "Library roofs. First published on 16 November 2026, it says Not before 14 Dec 2026: that is 1 clear day short",
        "Car park charges: not a key decision, as the list says",
    ):
        assert told in page
    assert "Day services from 2028" in page

    # A near title is suggested; a person confirms, and says of another that it is none of ours
    ids = {one.title: one.id for one in session.scalars(select(ForwardPlanItem))}
    suggested = client.get(f"/forward-plan/items/{ids['Day services from 2028']}").get_data(as_text=True)
    assert "selected>Day services:" in suggested.replace("\n", "") or "Day services: authority to procure" in suggested
    day_services = session.scalars(
        select(Decision).join(Decision.activity).where(Decision.expected_on == date(2027, 1, 25))
    ).one()
    confirmed = {"what": "ours", "decision_id": str(day_services.id)}
    assert client.post(f"/forward-plan/items/{ids['Day services from 2028']}", data=confirmed).status_code == 302
    refused = client.post(f"/forward-plan/items/{ids['Library roofs']}", data={"what": "not ours"})
    assert "Say why it is none of ours" in refused.get_data(as_text=True)
    settled = {"what": "not ours", "reason": "The schools' own"}
    assert client.post(f"/forward-plan/items/{ids['Library roofs']}", data=settled).status_code == 302

    # Both answers hold for the next list
    later = take_in(client, session, LIST.replace("Not before 25 Jan 2027", "20/01/2027"))
    client.post(f"/forward-plan/editions/{later.id}/keep")
    page = words(client, "/forward-plan/compare")
    assert "Library roofs: The schools&#39; own" in page
    assert "A record explains every key decision on the list" in page
    taken_back = {"what": "unsaid"}
    again = session.scalars(select(ForwardPlanItem.id).where(ForwardPlanItem.edition_id == later.id)).all()
    assert client.post(f"/forward-plan/items/{again[1]}", data=taken_back).status_code == 302
    assert "A record explains every" not in words(client, "/forward-plan/compare")


def test_a_file_that_is_no_list_is_refused_beside_the_question(
    client: FlaskClient, session: Session, place: Place
) -> None:
    signed_in(client, session, Role.CLERK)
    hostile = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><item><title>&a;</title></item></rss>'
    sent = {"file": (io.BytesIO(hostile.encode()), "plan.xml"), "from_on": "22/11/2026"}
    page = client.post("/forward-plan/import", data=sent).get_data(as_text=True)
    assert "declares a document type or entities" in page
    assert not session.scalars(select(ForwardPlanEdition)).all()
    assert place.adults.name == "Adults"


def test_our_own_edition_says_what_is_new_and_changed_and_never_changes(
    client: FlaskClient, session: Session, place: Place
) -> None:
    care = a_decision(session, place, "Home care anew", date(2027, 1, 20), "26/00010")
    a_decision(session, place, "Street lights", date(2027, 2, 1))
    secret = a_contract(session, place.adults, "Zirconium", embargoed_until=date(2099, 1, 1))
    an_activity(session, place.adults, "Zirconium anew", contract_id=secret.id)
    told = an_activity(
        session, place.adults, "A new £3m system", timing=Timing.on(date(2027, 1, 9)), exempt=True,
        exempt_ground="Schedule 12A, paragraph 3",
    )  # fmt: skip
    signed_in(client, session, Role.CLERK)
    page = words(client, "/forward-plan")
    assert "Zirconium" not in page
    assert "A new [exempt] system" in page
    assert "£" not in page
    assert client.post("/forward-plan/give-out").status_code == 302
    first = session.scalars(select(ForwardPlanEdition)).one()
    assert "It stays as it is" in words(client, f"/forward-plan/editions/{first.id}")
    frozen = words(client, f"/forward-plan/editions/{first.id}")
    for change in (
        f"UPDATE forward_plan_edition SET title = 'Other', kept_at = NULL WHERE id = {first.id}",  # noqa: S608
        f"DELETE FROM forward_plan_edition WHERE id = {first.id}",  # noqa: S608
        f"UPDATE forward_plan_item SET due_words = 'Later' WHERE edition_id = {first.id}",  # noqa: S608
        f"DELETE FROM forward_plan_item WHERE edition_id = {first.id}",  # noqa: S608
        f"INSERT INTO forward_plan_item SELECT * FROM forward_plan_item WHERE edition_id = {first.id}",  # noqa: S608
    ):
        with pytest.raises(DBAPIError, match="a forward plan that is kept is never altered"), session.begin_nested():
            session.execute(text(change))

    care = session.get_one(Decision, care.id)
    wanted = commands.WhenWanted(timing=Timing.on(date(2027, 3, 1)), reason="The market asked for time")
    commands.reschedule(care.activity, wanted, commands.Actor("Robin Holt", clock.now()))
    commands.settle_activity(care.activity)
    commands.restrict(care, Restriction.PART, "Schedule 12A, paragraph 3")
    commands.withdraw_activity(session.get_one(type(told), told.id), "Not needed")
    a_decision(session, place, "Winter gritting", date(2027, 2, 10))
    session.commit()
    page = words(client, "/forward-plan")
    for said in (
        "Home care anew Changed",
        "Expected: was 20 January 2027",
        "Restriction: was Open",
        "Winter gritting New",
        "No longer on it since the edition of 22 November 2026",
    ):
        assert said in page
    assert "Street lights New" not in page
    assert words(client, f"/forward-plan/editions/{first.id}") == frozen
    file = client.get("/forward-plan.csv").get_data(as_text=True)
    assert "Home care anew,Cabinet,1 March 2027,Adults" in file
    assert "Changed; Expected: was 20 January 2027; Restriction: was Open" in file
    member = signed_in(client, session, Role.MEMBER)
    assert "Give out this edition" not in words(member, "/forward-plan")
    assert member.post("/forward-plan/give-out").status_code == 403


def test_the_commands_compare_a_file_and_write_our_own_edition(
    app: Flask, session: Session, place: Place, tmp_path: Path
) -> None:
    a_decision(session, place, "Home care anew", date(2027, 1, 20), "26/00010")
    a_decision(session, place, "Street lights", date(2027, 2, 1))
    session.commit()
    runner = app.test_cli_runner()
    file = tmp_path / "plan.csv"
    file.write_text(LIST, encoding="utf-8")
    answer = runner.invoke(args=["decisions", "compare", str(file), "--as-at", "2026-11-22"])
    assert answer.exit_code == 0, answer.output
    for told in ("items read: 4", "expected, not on the list: 1", "Street lights", "1 clear day short"):
        assert told in answer.output
    bad = tmp_path / "bad.xml"
    bad.write_text("<a>", encoding="utf-8")
    answer = runner.invoke(args=["decisions", "compare", str(bad)])
    assert answer.exit_code == 2
    assert "cannot be read as XML" in answer.output
    out = tmp_path / "own.csv"
    answer = runner.invoke(args=["decisions", "forward-plan", str(out), "--as-at", "2026-11-22"])
    assert answer.exit_code == 0, answer.output
    assert "2 key decisions" in answer.output
    assert "Street lights" in out.read_text(encoding="utf-8-sig")
