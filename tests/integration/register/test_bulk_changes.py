"""Many contracts changed in one act: every change shown first, rights kept, races told, undone as a whole."""

import re
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.accounts.roles import Role
from app.core.audit import Change
from app.core.rights import ScopeKind
from app.council.models import Directorate, Outcome
from app.register.models import BulkChange, Contract, ProcurementStatus
from tests.makers import a_person, added, signed_in
from tests.register_makers import a_category, a_contract, a_council, a_directorate, a_service, an_arrangement


@dataclass
class Two:
    """Two directorates: one the commissioner keeps, one not."""

    adults: Directorate
    roads: Directorate
    home_care: Contract
    day_care: Contract
    gritting: Contract


@pytest.fixture
def two(session: Session) -> Two:
    a_council(session)
    adults, roads = a_directorate(session, name="Adults"), a_directorate(session, name="Roads", position=1)
    return Two(
        adults,
        roads,
        a_contract(session, adults, title="Home care", manager_post="Care Manager"),
        a_contract(session, adults, title="Day care", manager_post="Head of Care"),
        a_contract(session, roads, title="Gritting", manager_post="Care Manager"),
    )


def commissioner(client: FlaskClient, session: Session, two: Two) -> FlaskClient:
    who = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=two.adults.id)
    return signed_in(client, session, who)


def rows_sent(page: TestResponse) -> str:
    """The contracts and versions a check page carries."""
    return re.search(r'name="rows" value="([^"]*)"', page.text)[1]  # type: ignore[index]  # a check page has them


ALL = "/contracts/change?pick=all"
MANAGER = {"items": "manager_post", "manager_post": "Head of Care", "reason": "The team was reorganised"}


def test_every_change_is_shown_then_made_in_one_act_and_undone(client: FlaskClient, session: Session, two: Two) -> None:
    commissioner(client, session, two)
    assert "Change 3 contracts" in client.get(ALL).text
    shown = client.post(ALL, data=MANAGER)
    assert shown.status_code == 200
    for words in ("1 contract would change", "Care Manager", "Head of Care", "1 is so already", "1 is left out"):
        assert words in shown.text
    assert "Not yours to change: ask whoever keeps Roads" in shown.text
    session.refresh(two.home_care)
    assert two.home_care.manager_post == "Care Manager", "looking changes nothing"

    done = client.post(ALL, data={**MANAGER, "rows": rows_sent(shown), "checked": "yes"})
    assert done.status_code == 302, done.text
    session.expire_all()
    assert [two.home_care.manager_post, two.gritting.manager_post] == ["Head of Care", "Care Manager"]
    lines = session.scalars(select(Change).where(Change.record_id == two.home_care.id).order_by(Change.id.desc()))
    assert next(iter(lines)).reason == "The team was reorganised"

    page = client.get(done.location)
    assert "Home care" in page.text
    assert "Contract manager: Head of Care" in page.text
    client.post(f"{done.location}/undo")
    session.expire_all()
    assert two.home_care.manager_post == "Care Manager"
    assert "Undone" in client.get(done.location).text
    assert client.post(f"{done.location}/undo").status_code == 400, "undone once"


def test_a_contract_changed_since_it_was_shown_is_left_and_told(
    client: FlaskClient, session: Session, two: Two
) -> None:
    signed_in(client, session)
    shown = client.post(ALL, data=MANAGER)
    two.gritting.title = "Gritting and snow"
    session.commit()
    done = client.post(ALL, data={**MANAGER, "rows": rows_sent(shown), "checked": "yes"})
    page = client.get(done.location)
    assert "Changed since by somebody else" in page.text
    session.expire_all()
    assert [two.home_care.manager_post, two.gritting.manager_post] == ["Head of Care", "Care Manager"]


def test_undoing_leaves_what_was_changed_since(client: FlaskClient, session: Session, two: Two) -> None:
    signed_in(client, session)
    shown = client.post(ALL, data=MANAGER)
    done = client.post(ALL, data={**MANAGER, "rows": rows_sent(shown), "checked": "yes"})
    session.expire_all()
    two.gritting.manager_post = "Highways Manager"
    session.commit()
    assert "Gritting" in client.get(f"{done.location}/undo").text
    client.post(f"{done.location}/undo")
    session.expire_all()
    assert [two.home_care.manager_post, two.gritting.manager_post] == ["Care Manager", "Highways Manager"]
    assert "Not put back, and why" in client.get(done.location).text


def test_another_directorates_contract_and_another_directorates_service_are_out_of_reach(
    client: FlaskClient, session: Session, two: Two
) -> None:
    theirs = a_service(session, two.roads, name="Winter service")
    commissioner(client, session, two)
    version = f"{two.gritting.id}:{two.gritting.version}"
    answer = client.post(ALL, data={**MANAGER, "rows": version, "checked": "yes"})
    assert "Nothing would change" in answer.text
    gone = client.post(ALL, data={"items": "service", "service": theirs.id, "reason": "Moved"})
    assert "Choose an answer from the list" in gone.text
    session.expire_all()
    assert two.gritting.manager_post == "Care Manager"
    assert session.scalars(select(BulkChange)).all() == []


def test_a_commissioner_cannot_undo_what_was_done_elsewhere(client: FlaskClient, session: Session, two: Two) -> None:
    signed_in(client, session)
    url = f"/contracts/change?contract={two.gritting.id}"
    shown = client.post(url, data=MANAGER)
    done = client.post(url, data={**MANAGER, "rows": rows_sent(shown), "checked": "yes"})
    commissioner(client, session, two)
    assert "nothing left to undo" in client.post(f"{done.location}/undo").text
    session.expire_all()
    assert two.gritting.manager_post == "Head of Care"


def test_everything_else_that_can_be_set_is_set_and_put_back(client: FlaskClient, session: Session, two: Two) -> None:
    service = a_service(session, two.adults, name="Care at home")
    category = a_category(session, "Care")
    outcome = added(session, Outcome(name="People live well", position=1))
    homes = an_arrangement(session, two.roads, title="Care homes")
    signed_in(client, session)
    answers = {
        "items": [
            *("service", "category", "outcome", "arrangement", "procurement_status", "regime", "review_on"),
            *("lead_time_months", "confirmed_on"),
        ],
        "service": service.id,
        "category": category.id,
        "outcome": outcome.id,
        "arrangement": homes.id,
        "procurement_status": "planning",
        "regime": "",
        "review_on": "1 June 2024",
        "lead_time_months": "120",
        "reason": "Put right together",
    }
    url = f"/contracts/change?contract={two.gritting.id}&contract={two.home_care.id}"
    shown = client.post(url, data=answers)
    for words in (
        "It moves to Adults, because its service gives its directorate",
        "The review date, 1 June 2024, is past",
        "By that lead time a decision was needed by 31 March 2020",
        "The arrangement is Roads&#39;s",
    ):
        assert words in shown.text, words
    before = {column: getattr(two.gritting, column) for column in ("directorate_id", "search_text", "current_high")}
    done = client.post(url, data={**answers, "rows": rows_sent(shown), "checked": "yes"})
    session.expire_all()
    assert (two.gritting.directorate_id, two.gritting.category, two.gritting.arrangement) == (
        two.adults.id,
        category,
        homes,
    )
    assert two.gritting.procurement_status is ProcurementStatus.PLANNING
    assert "care" in two.gritting.search_text
    client.post(f"{done.location}/undo")
    session.expire_all()
    assert {column: getattr(two.gritting, column) for column in before} == before
    assert (two.gritting.category, two.gritting.review_on, two.gritting.confirmed_on) == (None, None, None)


def test_contracts_are_withdrawn_with_a_reason_and_come_back_by_undoing(
    client: FlaskClient, session: Session, two: Two
) -> None:
    signed_in(client, session)
    answers = {"items": "withdrawn", "reason": "Entered twice"}
    url = f"/contracts/change?contract={two.home_care.id}"
    shown = client.post(url, data=answers)
    assert "It is still running" in shown.text
    done = client.post(url, data={**answers, "rows": rows_sent(shown), "checked": "yes"})
    session.expire_all()
    assert two.home_care.withdrawn_reason == "Entered twice"
    again = client.post(url, data=MANAGER)
    assert "put it back on its page first" in again.text
    client.post(f"{done.location}/undo")
    session.expire_all()
    assert two.home_care.withdrawn_at is None


def test_a_unit_is_not_set_against_the_service_that_gives_it(client: FlaskClient, session: Session, two: Two) -> None:
    two.home_care.lead_service = a_service(session, two.adults, name="Care at home")
    signed_in(client, session)
    answers = {"items": "unit", "unit": str(two.roads.id), "reason": "Moved"}
    shown = client.post(f"{ALL}&directorate={two.adults.id}", data=answers)
    assert "Its service, Care at home, says where it belongs: change the service instead" in shown.text
    assert "1 contract would change" in shown.text


def test_a_thousand_contracts_are_shown_and_changed_with_few_statements(
    client: FlaskClient, session: Session, two: Two, statements: list[str]
) -> None:
    for number in range(1_000):
        session.add(
            Contract(
                title=f"Home {number:04}", directorate_id=two.adults.id, starts_on=date(2025, 4, 1), search_text=""
            )
        )
    signed_in(client, session)
    statements.clear()
    shown = client.post(ALL, data=MANAGER)
    assert "1,002 contracts would change" in shown.text
    assert len(statements) < 80, "not one for each"
    done = client.post(ALL, data={**MANAGER, "rows": rows_sent(shown), "checked": "yes"})
    assert "1,002 records" in client.get(done.location).text


def test_the_list_offers_its_ticks_only_to_those_who_may_change(app: Flask, session: Session, two: Two) -> None:
    for role, offered in ((Role.AUDITOR, False), (Role.COMMISSIONER, True)):
        person = a_person(session, role, scope=ScopeKind.DIRECTORATE, scope_id=two.adults.id)
        assert (
            "Change those ticked" in signed_in(app.test_client(), session, person).get("/contracts").text
        ) is offered
