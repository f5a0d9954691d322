"""Recording notices, confirming that records are still correct, and taking either back, through the pages."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.core.rights import ScopeKind
from app.register.models import Contract, ContractNotice, Service
from app.register.regime import Regime
from tests.makers import a_person, signed_in
from tests.register_makers import a_contract, a_council, a_directorate, a_service


@pytest.fixture
def contract(session: Session) -> Contract:
    """Entered into so long ago that its details notice is late."""
    a_council(session)
    entered = clock.today() - timedelta(days=40)
    return a_contract(session, a_directorate(session), title="Lifts", regime=Regime.PUBLIC, entered_on=entered)


def test_a_late_notice_is_told_until_it_is_recorded(client: FlaskClient, session: Session, contract: Contract) -> None:
    browser, here = signed_in(client, session), f"/contracts/{contract.id}"
    assert "Contract whose details notice (UK7) is due" in browser.get(here).text
    assert "1 contract whose details notice (UK7) is due" in browser.get("/to-do/PA1?whose=all").text
    form = f"{here}/notices/new"
    told = {"version": "1", "kind": "UK7", "published_on": clock.today().isoformat(), "number": "12-26"}
    assert "like 012345-2026" in browser.post(form, data=told).text
    later = {**told, "number": "012345-2026", "published_on": (clock.today() + timedelta(days=1)).isoformat()}
    assert "record it once it is published" in browser.post(form, data=later).text
    assert browser.post(form, data={**told, "number": "012345-2026"}).status_code == 302
    page = browser.get(here).text
    assert "012345-2026" in page
    assert "Contract whose details notice (UK7) is due" not in page

    notice = session.scalars(select(ContractNotice)).one()
    again = browser.post(form, data={**told, "number": "012345-2026"}).text
    assert "UK7 contract details notice 012345-2026 is recorded here already" in again
    changed = {**told, "version": "2", "number": "012346-2026"}
    assert browser.post(f"{here}/notices/{notice.id}", data=changed).status_code == 302
    conflict = browser.post(f"{here}/notices/{notice.id}", data={**changed, "number": "012347-2026"})
    assert "Somebody else saved this record" in conflict.text
    withdrawn = {"version": "3", "reason": "It is another contract's"}
    assert browser.post(f"{here}/notices/{notice.id}/withdraw", data=withdrawn).status_code == 302
    page = browser.get(here).text
    assert "Withdrawn: It is another contract&#39;s" in page
    assert "Contract whose details notice (UK7) is due" in page
    assert browser.post(f"{here}/notices/{notice.id}/restore").status_code == 302
    assert "Contract whose details notice (UK7) is due" not in browser.get(here).text


def test_an_award_notice_says_when_its_standstill_ends(
    client: FlaskClient, session: Session, contract: Contract
) -> None:
    browser = signed_in(client, session)
    form = f"/contracts/{contract.id}/notices/new?kind=UK6"
    told = {"version": "1", "kind": "UK6", "published_on": "2 March 2026", "number": ""}
    too_short = browser.post(form, data={**told, "standstill_ends_on": "10 March 2026"}).text
    assert "Enter 11 March 2026 or later: a standstill is at least 8 working days" in too_short
    assert browser.post(form, data=told).status_code == 302
    assert "Standstill to the end of 11 March 2026" in browser.get(f"/contracts/{contract.id}").text


def test_several_records_are_confirmed_at_once_and_taken_back(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults, roads = a_directorate(session), a_directorate(session, name="Roads")
    year_ago = clock.today() - timedelta(days=400)
    mine = [a_contract(session, adults, confirmed_on=year_ago, confirmed_by="Robin Holt") for _ in range(2)]
    theirs = a_contract(session, roads)
    service = a_service(session, adults)
    person = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=adults.id)
    browser = signed_in(client, session, person)
    ticked = {"record": [str(one.id) for one in (*mine, theirs)]}
    said = browser.post("/to-do/confirm-these/contract", data=ticked, follow_redirects=True).text
    assert "2 contracts confirmed as correct today. 1 record left as it was" in said

    session.expire_all()
    assert [(one.confirmed_on, one.confirmed_by) for one in mine] == [(clock.today(), "Morgan Ash")] * 2
    assert theirs.confirmed_on is None
    undo = said.split("/to-do/confirm-these/undo/")[1].split('"')[0]
    assert "2 records will say again" in browser.get(f"/to-do/confirm-these/undo/{undo}").text
    assert "Undone: 2 records" in browser.post(f"/to-do/confirm-these/undo/{undo}", follow_redirects=True).text
    session.expire_all()
    assert [(one.confirmed_on, one.confirmed_by) for one in mine] == [(year_ago, "Robin Holt")] * 2

    nothing = browser.post("/to-do/confirm-these/contract", data={}, follow_redirects=True).text
    assert "Tick at least one record that is yours to confirm" in nothing
    assert browser.post(f"/services/{service.id}/confirm").status_code == 302
    session.expire_all()
    assert session.get_one(Service, service.id).confirmed_by == "Morgan Ash"
    assert browser.post(f"/contracts/{theirs.id}/confirm").status_code == 403


def test_a_change_confirms_nothing(client: FlaskClient, session: Session, contract: Contract) -> None:
    browser = signed_in(client, session)
    told = {"version": "1", "title": "Lifts and hoists", "form": "contract"}
    assert browser.post(f"/contracts/{contract.id}/edit/what", data=told).status_code == 302
    session.expire_all()
    assert (contract.title, contract.confirmed_on) == ("Lifts and hoists", None)


def test_coverage_numbers_open_lists_of_so_many(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    holder = a_person(session, Role.COMMISSIONER)
    holder.post = "Head of  Care"
    for number in range(5):
        posts = ("head of care", "Nobody's post", None)
        confirmed = clock.today() if number % 2 else None
        a_contract(session, adults, manager_post=posts[number % 3], confirmed_on=confirmed)
    browser = signed_in(client, session)
    page = browser.get("/coverage").text
    assert page.count(">4<span") == 2  # with an owner: in the directorate, and in the council
    assert "(80%)" in page
    for measure, has, lacks in (("owner", 4, 1), ("held", 2, 3), ("confirmed", 2, 3), ("annex", 0, 5), ("code", 0, 5)):
        for answer, number in (("yes", has), ("no", lacks)):
            listed = browser.get(f"/coverage/{measure}?has={answer}&directorate={adults.id}").text
            assert f"{number} running contract" in listed, (measure, answer)
            assert listed.count('<th scope="row"') == number, (measure, answer)
