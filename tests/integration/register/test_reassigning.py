"""A post that goes or whose holder leaves: what names it is counted, given to another in one act, and put back."""

from datetime import UTC, datetime

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import commands as accounts
from app.accounts.roles import Role
from app.core.audit import Actor, Change, act_as
from app.core.rights import ScopeKind
from app.decisions.models import Activity, ActivityKind
from app.register.models import Agreement, AgreementStatus, BulkChange, Contract, ContractForm, InHouseUnit, Service
from tests.makers import a_person, added, signed_in
from tests.register_makers import a_contract, a_council, a_directorate, a_service

POST, NEW = "Head of Care", "Head of Homes"
URL = "/reassign?post=Head+of+Care"


@pytest.fixture
def named(session: Session) -> dict[str, int]:
    """Everything in Adults that names the post, and one contract in Roads; by key."""
    a_council(session)
    adults, roads = a_directorate(session, name="Adults"), a_directorate(session, name="Roads", position=1)
    contract = a_contract(session, adults, title="Home care", manager_post="Head of care")
    theirs = a_contract(session, roads, title="Gritting", manager_post=POST)
    sla = a_contract(session, adults, title="Payroll", form=ContractForm.SLA)
    agreement = added(session, Agreement(contract_id=sla.id, status=AgreementStatus.IN_PLACE, client_lead_post=POST))
    service = a_service(session, adults, name="Care at home", head_post=POST)
    unit = added(session, InHouseUnit(name="Care team", directorate_id=adults.id, head_post=POST))
    activity = added(
        session,
        Activity(
            title="Care from 2028",
            title_key="care from 2028",
            purpose="Care",
            kind=ActivityKind.NEW,
            directorate_id=adults.id,
            lead_post=POST,
        ),
    )
    return {
        "adults": adults.id,
        "contract": contract.id,
        "theirs": theirs.id,
        "agreement": agreement.id,
        "service": service.id,
        "unit": unit.id,
        "activity": activity.id,
    }


def keys(named: dict[str, int]) -> list[str]:
    return [f"{kind}-{named[kind]}" for kind in ("contract", "agreement", "service", "unit", "activity")]


def posts(session: Session, named: dict[str, int]) -> dict[str, str | None]:
    session.expire_all()
    return {
        "contract": session.get_one(Contract, named["contract"]).manager_post,
        "theirs": session.get_one(Contract, named["theirs"]).manager_post,
        "agreement": session.get_one(Agreement, named["agreement"]).client_lead_post,
        "service": session.get_one(Service, named["service"]).head_post,
        "unit": session.get_one(InHouseUnit, named["unit"]).head_post,
        "activity": session.get_one(Activity, named["activity"]).lead_post,
    }


def test_a_commissioner_gives_what_is_theirs_to_another_post_and_takes_it_back(
    client: FlaskClient, session: Session, named: dict[str, int]
) -> None:
    who = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=named["adults"])
    signed_in(client, session, who)
    held = client.get("/reassign?held=nobody").text
    assert "2 contracts, 1 agreement, 1 service, 1 in-house unit, 1 activity" in held
    asked = client.get(URL).text
    assert "Nobody who may sign in holds this post" in asked
    assert asked.count("Not yours") == 1, "the contract of Roads"
    before = posts(session, named)

    answers = {
        "to": NEW,
        "reason": "The post was deleted",
        "record": keys(named),
        f"post-service-{named['service']}": "Head of Service",
    }
    shown = client.post(URL, data=answers)
    assert shown.status_code == 200
    assert "5 records would name another post; 1 stays as it is" in shown.text
    assert "Nobody who may sign in holds the post Head of Homes" in shown.text
    assert posts(session, named) == before

    done = client.post(URL, data={**answers, "checked": "yes"})
    assert done.status_code == 302, done.text
    assert posts(session, named) == {
        **dict.fromkeys(before, NEW),
        "theirs": POST,
        "service": "Head of Service",
    }
    act = session.scalars(select(BulkChange)).one()
    assert act.summary == "Head of Care: to Head of Homes (4), to Head of Service (1)"
    assert session.scalars(
        select(Change.reason).where(Change.part == "service").order_by(Change.id.desc())
    ).first() == ("The post was deleted")
    assert "Care at home" in client.get(done.location).text
    client.post(f"{done.location}/undo")
    assert posts(session, named) == before


def test_what_names_another_post_by_now_is_left_and_told(
    client: FlaskClient, session: Session, named: dict[str, int]
) -> None:
    signed_in(client, session)
    answers = {"to": NEW, "reason": "The post was deleted", "record": keys(named)}
    client.post(URL, data=answers)
    session.get_one(Contract, named["contract"]).manager_post = "Somebody else"
    session.commit()
    done = client.post(URL, data={**answers, "checked": "yes"})
    page = client.get(done.location).text
    assert "Changed since by somebody else" in page
    now = posts(session, named)
    assert (now["contract"], now["service"]) == ("Somebody else", NEW)
    assert now["theirs"] == POST, "not ticked"


def test_a_reassignment_needs_a_post_and_a_reason(client: FlaskClient, session: Session, named: dict[str, int]) -> None:
    signed_in(client, session)
    answer = client.post(URL, data={"to": "", "reason": "", "record": keys(named)})
    assert "Say why: it stands in each record" in answer.text
    answer = client.post(URL, data={"to": "", "reason": "Left", "record": keys(named)})
    assert "Say which post takes over" in answer.text
    assert "Nothing that is yours to change names this post" in client.get("/reassign?post=No+such+post").text


def test_a_leavers_page_says_what_still_names_their_post_and_leads_to_reassigning(
    app: Flask, session: Session, named: dict[str, int]
) -> None:
    act_as(session, Actor(None, "a test"))
    leaver = a_person(
        session, Role.COMMISSIONER, name="Robin Holt", scope_id=named["adults"], scope=ScopeKind.DIRECTORATE
    )
    leaver.post = POST
    other = a_person(session, Role.AUDITOR, name="Kit Marsh")
    session.commit()
    admin = signed_in(app.test_client(), session, Role.ADMINISTRATOR)
    url = f"/admin/people/{leaver.id}"
    assert "Nobody else holds this post" in admin.get(url).text
    accounts.switch_off(session, leaver, now=datetime(2026, 11, 20, tzinfo=UTC))
    session.commit()
    assert "Nobody holds this post any more" in admin.get(url).text
    other.post = "head of Care"
    session.commit()
    assert "Kit Marsh holds this post too" in admin.get(url).text
    other.post = "Head of Homes"
    session.commit()
    assert "Their earlier post, head of Care" not in admin.get(url).text
    assert "Their earlier post, " in admin.get(f"/admin/people/{other.id}").text, "a post renamed"


def test_the_command_line_changes_and_reassigns_and_says_what_would_change(
    app: Flask, session: Session, named: dict[str, int]
) -> None:
    session.commit()

    def run(command: str, *more: str) -> Result:
        return app.test_cli_runner().invoke(args=["register", *command.split(), *more, "--reason", "Plan"])

    dry = run("change --directorate Adults --set review_on=2027-03-31 --dry-run")
    assert dry.exit_code == 0, dry.output
    assert "would change: 2" in dry.output
    assert session.get_one(Contract, named["contract"]).review_on is None
    done = run(f"change --ids {named['contract']} --set lead_time_months=18")
    assert "1 record changed; undo it at /changes/" in done.output
    reassigned = run("reassign", "--from", POST, "--to", NEW)
    assert "6 records changed" in reassigned.output
    assert set(posts(session, named).values()) == {NEW}
    for wrong in ("lead_time_months=soon", "awarded_high=1", "service=None"):
        refused = run(f"change --ids 1 --set {wrong}")
        assert refused.exit_code == 2, refused.output
    assert run("change --set manager_post=X").exit_code == 2, "which?"
