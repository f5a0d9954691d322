"""A person's calendar, read back with the library: their own dates, by a secret address that can be ended."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.roles import Role
from app.core import clock
from app.core.dates import add_months
from app.core.rights import ScopeKind
from app.council.models import Committee, CommitteeKind, Meeting
from app.home.models import CalendarAddress
from app.register.models import Contract, ExtensionOption
from app.register.settling import settle
from tests.makers import a_person, added, signed_in
from tests.register_makers import a_contract, a_council, a_directorate

POST = "Care Contracts Manager"
SECRET = 7_654_321


def address(client: FlaskClient) -> str:
    """Make one, and find it on the only page that shows it."""
    shown = client.post("/account/calendar/new", follow_redirects=True).text
    found = re.search(r"/calendar/[A-Za-z0-9_-]+\.ics", shown)
    assert found is not None
    assert found[0] not in client.get("/account").text
    return found[0]


def read(client: FlaskClient, url: str) -> Mapping[str, tuple[date, str, str]]:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    calendar = Calendar.from_ical(answer.get_data())
    return {
        str(entry["uid"]): (cast("date", entry.decoded("dtstart")), str(entry["summary"]), str(entry["description"]))
        for entry in calendar.walk("VEVENT")
    }


@pytest.fixture
def manager(session: Session) -> Person:
    a_council(session, name="Wold Council")
    person = a_person(session, Role.MEMBER, name="Mona Gere")
    person.post = POST
    return person


def test_it_holds_ones_own_dates_and_no_amount(client: FlaskClient, session: Session, manager: Person) -> None:
    today = clock.today()
    ends = add_months(today, 12)
    adults = a_directorate(session, name="Adults")
    own = a_contract(
        session, adults, title="Day care", value=SECRET, ends_on=ends, manager_post=POST, lead_time_months=6
    )
    own.options = [ExtensionOption(position=0, months=12, notice_months=9)]
    settle(own)
    others = a_contract(session, adults, title="Gritting", ends_on=ends, manager_post="Another post")
    later = today + timedelta(days=900)
    a_contract(session, adults, title="Zirconium", ends_on=ends, manager_post=POST, embargoed_until=later)
    session.commit()
    signed_in(client, session, manager)
    url = address(client)
    session.expire_all()
    found = read(client, url)
    host = "127.0.0.1"
    assert found[f"contract-{own.id}-ends@{host}"][:2] == (ends, "Ends unless extended: Day care")
    assert found[f"contract-{own.id}-options@{host}"][0] == add_months(ends, -9)
    assert found[f"contract-{own.id}-to-decide@{host}"][0] == add_months(ends, -6)
    said = " ".join(" ".join(map(str, one)) for one in found.values())
    assert "Zirconium" not in said
    assert others.title not in said
    assert "7654321" not in said.replace(",", "")
    assert "7.65" not in said
    moved = session.get_one(Contract, own.id)
    moved.awarded_end_on = ends + timedelta(days=30)
    settle(moved)
    session.commit()
    again = read(client, url)
    assert again[f"contract-{own.id}-ends@{host}"][0] == ends + timedelta(days=30), "the same event, moved"
    assert again.keys() >= found.keys() - {uid for uid in found if uid.startswith("finding-")}


def test_a_member_finds_the_meetings_of_their_committees(client: FlaskClient, session: Session) -> None:
    a_council(session)
    committee = added(session, Committee(name="Adults Cabinet Committee", kind=CommitteeKind.CABINET_COMMITTEE))
    other = added(session, Committee(name="Roads Cabinet Committee", kind=CommitteeKind.CABINET_COMMITTEE))
    meets_on = clock.today() + timedelta(days=20)
    meeting = added(session, Meeting(committee_id=committee.id, meets_on=meets_on))
    added(session, Meeting(committee_id=other.id, meets_on=meets_on))
    member = a_person(session, Role.MEMBER, scope=ScopeKind.COMMITTEE, scope_id=committee.id)
    signed_in(client, session, member)
    found = read(client, address(client))
    assert found == {
        f"meeting-{meeting.id}@127.0.0.1": (
            meets_on,
            "Adults Cabinet Committee",
            f"http://127.0.0.1:8000/meetings/{meeting.id}",
        )
    }


def test_its_address_is_a_secret_that_can_be_ended(client: FlaskClient, session: Session, manager: Person) -> None:
    adults = a_directorate(session, name="Adults")
    a_contract(session, adults, title="Day care", ends_on=add_months(clock.today(), 12), manager_post=POST)
    signed_in(client, session, manager)
    first = address(client)
    (kept,) = session.scalars(select(CalendarAddress))
    assert kept.token_hash not in first
    second = address(client)
    client.post("/sign-out")
    assert client.get(first).status_code == 404, "a new address ends the old one"
    answer = client.get(second)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    unchanged = client.get(second, headers={"If-None-Match": answer.headers["ETag"]})
    assert unchanged.status_code == 304
    assert client.get("/calendar/nothing.ics").status_code == 404
    session.expire_all()
    manager.left_at = clock.now()
    session.commit()
    assert client.get(second).status_code == 404, "a leaver's calendar is closed"
    manager.left_at = None
    session.commit()
    assert client.get(second).status_code == 200
    signed_in(client, session, manager)
    client.post("/account/calendar/end")
    assert client.get(second).status_code == 404
