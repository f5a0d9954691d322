"""What is planned is exempt until it is awarded, unless a person opens it; and an exempt value tells no lead time."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core.rights import ScopeKind
from app.council.models import Setting
from app.council.settings import EXEMPT_UNTIL_AWARD
from app.decisions.commands.opening import open_on_award
from app.decisions.models import Activity, DecisionKind, DecisionState
from app.register.commands.contracts import UNTIL_AWARD
from app.register.models import Contract
from tests.integration.whole_council import WholeCouncil, a_whole_council
from tests.makers import a_person, signed_in
from tests.register_makers import a_contract

GROUND = EXEMPT_UNTIL_AWARD.first


@pytest.fixture
def made(app: Flask, session: Session) -> WholeCouncil:
    return a_whole_council(session, app.extensions["settings"].files_dir)


def offered(page: str, name: str) -> str:
    """The input of a question, as the page offers it."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert found, name
    return found[0]


def planned(client: FlaskClient, made: WholeCouncil, **answers: str) -> None:
    unit = f"directorate-{made.adults.directorate.id}"
    page = client.get("/contracts/new").text
    unit = next(key for key in re.findall(r'<option value="([^"]+)"', page) if key.endswith(str(unit[-1])))
    answer = client.post(
        "/contracts/new",
        data={"title": "Meals to come", "form": "contract", "unit": unit, "stage": "planned", "basis": "a year",
              "yearly": "654,321", **answers},
    )  # fmt: skip
    assert answer.status_code == 302, answer.text


def test_a_planned_contract_is_exempt_on_the_council_s_ground_until_it_is_awarded(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    page = client.get("/contracts/new").text
    assert "checked" in offered(page, "exempt")
    assert GROUND in offered(page, "exempt_ground")
    planned(client, made, exempt="yes", exempt_ground=GROUND)
    contract = session.scalars(select(Contract).where(Contract.title == "Meals to come")).one()
    assert (contract.exempt, contract.exempt_ground, contract.exempt_by) == (True, GROUND, UNTIL_AWARD)

    reader = signed_in(client.application.test_client(), session, Role.FINANCE)
    assert "654,321" not in reader.get(f"/contracts/{contract.id}").text
    answer = client.post(
        f"/contracts/{contract.id}/edit/procurement", data={"version": contract.version, "stage": "awarded"}
    )
    assert answer.status_code == 302, answer.text
    session.expire_all()
    assert (contract.exempt, contract.exempt_ground, contract.exempt_by) == (False, None, None)
    assert "654,321" in reader.get(f"/contracts/{contract.id}").text


def test_a_person_may_open_it_and_the_council_may_do_without(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    planned(client, made)  # the tick taken away
    contract = session.scalars(select(Contract).where(Contract.title == "Meals to come")).one()
    assert contract.exempt is False
    session.add(Setting(name=EXEMPT_UNTIL_AWARD.name, from_on=date(2026, 1, 1), value="none"))
    session.commit()
    assert "checked" not in offered(client.get("/contracts/new").text, "exempt")


def test_a_planned_successor_and_a_new_activity_are_exempt_in_the_same_way(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    answer = client.post(
        f"/contracts/{made.adults.contract.id}/successor",
        data={
            "follows": "a new one, to be planned now",
            "title": "What follows",
            "version": made.adults.contract.version,
        },
    )
    follower = session.scalars(select(Contract).where(Contract.title == "What follows")).one_or_none()
    assert follower is not None, answer.status
    assert (follower.exempt, follower.exempt_ground) == (True, GROUND)
    page = client.get("/activities/new").text
    assert "checked" in offered(page, "exempt")
    assert GROUND in offered(page, "exempt_ground")
    assert session.scalars(select(Activity).where(Activity.exempt)).all() == []


def test_an_exempt_value_tells_no_lead_time_of_its_own(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    """Over £5m two years are needed, between £1m and £5m eighteen months: the date would tell the band."""
    roads = made.roads.directorate
    dates = {"starts_on": date(2025, 4, 1), "ends_on": date(2029, 3, 31)}
    large = a_contract(session, roads, title="Large", value=9_000_000, **dates)  # type: ignore[arg-type]  # dates as they are
    small = a_contract(session, roads, title="Small", value=2_000_000, **dates)  # type: ignore[arg-type]
    for contract in (large, small):
        contract.exempt, contract.exempt_ground = True, GROUND
    session.commit()
    reader = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=made.adults.directorate.id)
    signed_in(client, session, reader)
    for contract in (large, small):
        page = client.get(f"/contracts/{contract.id}").text
        assert "30 September 2027" in page
        assert "31 March 2027" not in page
        assert "2 years (replacement)" not in page
    entitled = signed_in(client.application.test_client(), session, Role.PROCUREMENT)
    assert "31 March 2027" in entitled.get(f"/contracts/{large.id}").text


@pytest.mark.parametrize(
    ("ground", "kind", "opens"),
    [
        pytest.param(GROUND, DecisionKind.AWARD, True, id="awarded: the council's default ground ends"),
        pytest.param(GROUND, DecisionKind.PROCURE, False, id="only procured so far"),
        pytest.param("Paragraph 5, legal advice", DecisionKind.AWARD, False, id="a ground that a person chose"),
    ],
)
def test_an_activity_opens_by_itself_when_its_award_is_decided(
    session: Session, made: WholeCouncil, ground: str, kind: DecisionKind, *, opens: bool
) -> None:
    activity = made.adults.activity
    activity.exempt, activity.exempt_ground = True, ground
    decision = next(one for one in activity.decisions if one.kind is kind)
    decision.state, decision.decided_on = DecisionState.TAKEN, date(2026, 10, 1)
    open_on_award(session, decision)
    assert (activity.exempt, activity.exempt_ground) == ((False, None) if opens else (True, ground))
