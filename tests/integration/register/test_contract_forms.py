"""Adding and changing contracts through the browser's door, on both databases."""

from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core.audit import Action, Change
from app.core.rights import ScopeKind
from app.register.models import (
    Contract,
    ContractStage,
    EventKind,
    ExtensionOption,
)
from app.register.settling import settle
from tests.makers import a_person, signed_in
from tests.register_makers import (
    a_contract,
    a_council,
    a_directorate,
    a_division,
    a_provider,
    a_service,
)
from tests.sending import send, squeezed


def the_contract(session: Session, title: str) -> Contract:
    session.expire_all()
    return session.scalars(select(Contract).where(Contract.title == title)).one()


# The first page


def test_a_contract_is_added_with_what_is_known_and_settled_at_once(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    a_provider(session, name="Oak Care Ltd")
    signed_in(client, session)
    answer = send(
        client,
        "/contracts/new",
        title="Home care",
        form="contract",
        unit=str(adults.id),
        provider="oak care LTD",
        stage="awarded",
        starts_on="1/4/2025",
        awarded_end_on="31 March 2028",
        basis="over its whole life",
        whole_life="1.2m",
    )
    assert answer.status_code == 302, squeezed(answer)
    made = the_contract(session, "Home care")
    assert answer.location == f"/contracts/{made.id}"
    assert (made.current_high, made.whole_life_figure) == (Decimal(1_200_000), Decimal(1_200_000))
    assert made.current_end_on == made.latest_end_on == date(2028, 3, 31)
    assert [entry.provider.name for entry in made.providers] == ["Oak Care Ltd"]
    assert made.search_text == "home care oak care ltd"
    assert "Home care is now in the register" in client.get(answer.location).text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        pytest.param({"title": ""}, "Enter the contract&#39;s title", id="no title"),
        pytest.param(
            {"awarded_end_on": "1/1/2020"}, "Enter an end on or after the start, 1 April 2025", id="ends first"
        ),
        pytest.param({"provider": "Oka Care"}, "No provider is called “Oka Care”", id="an unknown provider"),
        pytest.param({"provider": "oak"}, "Is it one of these: Oak Care Ltd?", id="half a name"),
        pytest.param({"whole_life": ""}, "Enter the value", id="no value where one is known"),
        pytest.param({"starts_on": "soon"}, "“soon” is not a date", id="no date"),
        pytest.param({"unit": "999"}, "Choose", id="a unit that is not there"),
    ],
)
def test_what_is_wrong_is_said_beside_its_question(
    client: FlaskClient, session: Session, wrong: dict[str, str], says: str
) -> None:
    a_council(session)
    adults = a_directorate(session)
    a_provider(session, name="Oak Care Ltd")
    signed_in(client, session)
    right = {
        "title": "Home care",
        "form": "contract",
        "unit": str(adults.id),
        "stage": "awarded",
        "starts_on": "1/4/2025",
        "basis": "over its whole life",
        "whole_life": "1.2m",
    }
    answer = send(client, "/contracts/new", **{**right, **wrong})
    assert answer.status_code == 200
    assert says in squeezed(answer)
    assert session.scalars(select(Contract)).all() == []


def test_a_commissioner_adds_only_to_units_they_keep(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults, roads = a_directorate(session, name="Adults"), a_directorate(session, name="Roads")
    keeper = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=adults.id)
    signed_in(client, session, keeper)
    opened = client.get("/contracts/new").text
    assert ">Adults<" in opened
    assert ">Roads<" not in opened
    answer = send(
        client,
        "/contracts/new",
        title="X",
        form="contract",
        unit=str(roads.id),
        stage="planned",
        basis="it is not known",
    )
    assert answer.status_code == 200
    assert session.scalars(select(Contract)).all() == []


# Sections


def test_every_section_opens_with_what_is_stored_and_saves_it_unchanged(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    service, other = a_service(session, adults), a_service(session, adults)
    contract = a_contract(
        session,
        adults,
        title="Home care",
        reference="25/00053",
        description="Care at home",
        service=service,
        value=Decimal("1234567.89"),
        providers=(a_provider(session, name="Oak & Elm Ltd"), a_provider(session)),
        shares=(1000, None),
        manager_post="Care manager",
        parent_id=a_contract(session, adults, title="Framework").id,
        review_on=date(2027, 4, 1),
    )
    contract.options = [
        ExtensionOption(position=0, months=24, value=Decimal(5)),
        ExtensionOption(position=1, months=12),
    ]
    settle(contract)
    signed_in(client, session)
    before = session.scalar(select(Change.id).order_by(Change.id.desc()).limit(1))
    for section in ("what", "where", "who", "term", "value", "procurement"):
        answer = send(client, f"/contracts/{contract.id}/edit/{section}")
        assert answer.status_code == 302, (section, squeezed(answer))
    changed = [change.fields for change in session.scalars(select(Change).where(Change.id > before))]
    assert changed == []
    assert other.id


def test_a_section_saves_what_it_asks(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    division = a_division(session, adults)
    service = a_service(session, adults, division=division, name="Home care service")
    second = a_service(session, adults, name="Second service")
    framework = a_contract(session, adults, title="The framework")
    contract = a_contract(session, adults, title="Home care")
    signed_in(client, session)
    here = f"/contracts/{contract.id}/edit"
    assert send(client, f"{here}/what", description="At home", category="Care", cpv_code="85311000").status_code == 302
    assert (
        send(
            client,
            f"{here}/where",
            lead_service_id=str(service.id),
            other_services__0__service_id=str(second.id),
            parent="the framework",
        ).status_code
        == 302
    )
    assert send(client, f"{here}/who", manager_post="Care manager", contact_email="care@example.org").status_code == 302
    saved = the_contract(session, "Home care")
    assert (saved.description, saved.cpv_code) == ("At home", "85311000")
    assert saved.category is not None
    assert saved.category.name == "Care"
    assert (saved.division_id, saved.parent_id) == (division.id, framework.id)
    assert [entry.service_id for entry in saved.other_services] == [second.id]
    assert saved.manager_post == "Care manager"
    assert "care" in saved.search_text.split()


def test_rows_are_added_changed_and_taken_out_without_javascript(client: FlaskClient, session: Session) -> None:
    a_council(session)
    oak, elm, ash = (a_provider(session, name=name) for name in ("Oak Ltd", "Elm Ltd", "Ash Ltd"))
    contract = a_contract(session, a_directorate(session), title="Home care", providers=(oak, elm))
    signed_in(client, session)
    url = f"/contracts/{contract.id}/edit/who"
    more = send(client, url, more="providers")
    assert more.status_code == 200
    assert 'name="providers-3-name"' in more.text
    answer = send(client, url, providers__0__name="", providers__1__share="£1,000", providers__2__name=ash.name)
    assert answer.status_code == 302, squeezed(answer)
    saved = the_contract(session, "Home care")
    assert [(entry.provider.name, entry.share) for entry in saved.providers] == [
        ("Elm Ltd", Decimal(1000)),
        ("Ash Ltd", None),
    ]
    assert saved.provider_key == "elm ltd"


def test_a_provider_named_twice_is_refused(client: FlaskClient, session: Session) -> None:
    a_council(session)
    oak = a_provider(session, name="Oak Ltd")
    contract = a_contract(session, a_directorate(session), providers=(oak,))
    signed_in(client, session)
    answer = send(client, f"/contracts/{contract.id}/edit/who", providers__1__name="OAK LTD")
    assert "Oak Ltd is named twice" in squeezed(answer)


def test_an_unknown_provider_is_said_beside_its_row(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), providers=(a_provider(session),))
    signed_in(client, session)
    answer = send(client, f"/contracts/{contract.id}/edit/who", providers__1__name="Zebra Ltd")
    assert 'href="#providers-1-name"' in answer.text
    assert "No provider is called “Zebra Ltd”" in squeezed(answer)


def test_options_are_kept_by_row_and_those_taken_up_are_not_touched(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care", ends_on=date(2030, 3, 31))
    contract.options = [
        ExtensionOption(position=0, months=6, taken=True),
        ExtensionOption(position=1, months=12),
        ExtensionOption(position=2, months=24),
    ]
    settle(contract)
    signed_in(client, session)
    url = f"/contracts/{contract.id}/edit/term"
    answer = send(client, url, options__0__months="", options__1__value="2m", options__2__months="36")
    assert answer.status_code == 302, squeezed(answer)
    saved = the_contract(session, "Home care")
    assert [(one.months, one.value, one.taken) for one in saved.options] == [
        (6, None, True),
        (24, Decimal(2_000_000), False),
        (36, None, False),
    ]
    assert saved.latest_end_on == date(2035, 3, 31)
    refused = send(client, url, options__2__value="5")
    assert "Say how many months it adds, or the day it leads to" in squeezed(refused)


def test_the_answers_can_be_seen_before_anything_is_saved(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(
        session, a_directorate(session), title="Home care", value=100_000, stage=ContractStage.PLANNED
    )
    signed_in(client, session)
    answer = send(client, f"/contracts/{contract.id}/edit/term", options__0__months="24", check="yes")
    text = squeezed(answer)
    assert answer.status_code == 200
    assert "What this comes to" in text
    assert "7 years (5 + 2)" in text
    assert "31 March 2032" in text
    assert "At least £100,000" in text
    assert the_contract(session, "Home care").options == []


def test_an_end_before_the_start_is_refused(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), stage=ContractStage.PLANNED)
    signed_in(client, session)
    answer = send(client, f"/contracts/{contract.id}/edit/term", awarded_end_on="1/4/2020")
    assert "Enter an end on or after the start, 1 April 2025" in squeezed(answer)


def test_an_address_that_runs_a_script_is_refused(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session))
    signed_in(client, session)
    answer = send(client, f"/contracts/{contract.id}/edit/procurement", document_url="javascript:alert(1)")
    assert "Enter a web address that begins with https://" in squeezed(answer)


# Correcting what was awarded


def test_a_planned_contract_is_edited_plainly(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care", stage=ContractStage.PLANNED)
    signed_in(client, session)
    assert send(client, f"/contracts/{contract.id}/edit/value", awarded_low="3m").status_code == 302
    saved = the_contract(session, "Home care")
    assert saved.awarded_high == Decimal(3_000_000)
    assert saved.events == []


def test_what_was_awarded_changes_only_by_a_correction_with_a_reason(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care", value=500_000)
    signed_in(client, session)
    url = f"/contracts/{contract.id}/edit/value"
    answer = send(client, url, awarded_low="600,000")
    assert "Say why what was awarded is being corrected" in squeezed(answer)
    assert the_contract(session, "Home care").awarded_high == Decimal(500_000)
    assert send(client, url, awarded_low="600,000", reason="A slip of the pen").status_code == 302
    saved = the_contract(session, "Home care")
    (event,) = saved.events
    assert (event.kind, event.value_change, event.reason) == (
        EventKind.CORRECTION,
        Decimal(100_000),
        "A slip of the pen",
    )
    assert saved.awarded_high == saved.current_high == Decimal(600_000)
    later = session.scalars(select(Change).where(Change.action == Action.CHANGED, Change.part == "contract")).all()
    assert {change.reason for change in later} == {"Correction: A slip of the pen"}
    assert any("awarded_high" in change.fields for change in later)


def test_filling_in_what_was_not_recorded_needs_no_reason(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care", value=None)
    signed_in(client, session)
    assert send(client, f"/contracts/{contract.id}/edit/value", awarded_low="600,000").status_code == 302
    assert the_contract(session, "Home care").events == []


def test_a_value_over_the_key_threshold_without_a_decision_is_passed_with_a_reason(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care", value=None)
    signed_in(client, session)
    url = f"/contracts/{contract.id}/edit/value"
    answer = send(client, url, awarded_low="1,000,000.01")
    text = squeezed(answer)
    assert answer.status_code == 200
    assert "It passes the key decision threshold, and no decision is recorded" in text
    assert "Why is it right all the same?" in text
    assert the_contract(session, "Home care").awarded_high is None
    assert send(client, url, awarded_low="1,000,000.01", passing="Decided before the register began").status_code == 302
    assert the_contract(session, "Home care").awarded_high == Decimal("1000000.01")
    assert send(client, f"/contracts/{contract.id}/edit/term", review_on="1/4/2027").status_code == 302
