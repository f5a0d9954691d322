"""What happens to a contract after award, through the browser's door, on both databases."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.dates import add_months
from app.register.models import Approval, Contract, ContractForm, ContractStage, EventKind, ExtensionOption
from app.register.settling import settle
from tests.makers import added, signed_in
from tests.register_makers import a_contract, a_council, a_directorate
from tests.sending import send, squeezed

NO_GROUND = "no ground recorded"


def the_contract(session: Session, title: str) -> Contract:
    session.expire_all()
    return session.scalars(select(Contract).where(Contract.title == title)).one()


def test_an_option_is_taken_up_and_the_award_stays_as_it_was(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care", value=500_000, ends_on=date(2030, 3, 31))
    contract.options = [ExtensionOption(position=0, months=24, value=Decimal(200_000))]
    settle(contract)
    signed_in(client, session)
    answer = send(client, f"/contracts/{contract.id}/extend", uses_option="yes", reason="It goes well")
    assert answer.status_code == 302, squeezed(answer)
    saved = the_contract(session, "Home care")
    assert (saved.awarded_end_on, saved.awarded_high) == (date(2030, 3, 31), Decimal(500_000))
    assert (saved.current_end_on, saved.current_high) == (date(2032, 3, 31), Decimal(700_000))
    assert saved.options[0].taken
    (event,) = saved.events
    assert (event.kind, event.option_id, event.reason) == (EventKind.EXTENSION, saved.options[0].id, "It goes well")
    assert "now ends on 31 March 2032" in client.get(answer.location).text


def test_an_extension_outside_its_options_needs_a_later_end(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care", value=500_000, ends_on=date(2030, 3, 31))
    signed_in(client, session)
    url = f"/contracts/{contract.id}/extend"
    assert "Enter the day it will end" in squeezed(send(client, url, uses_option="no", reason="Late"))
    earlier = send(client, url, uses_option="no", ends_on="1/1/2030", reason="Late")
    assert "Enter a day after 31 March 2030, when it ends now" in squeezed(earlier)
    assert send(client, url, uses_option="no", ends_on="31/3/2031", value_added="50k", reason="Late").status_code == 302
    saved = the_contract(session, "Home care")
    assert (saved.current_end_on, saved.current_high) == (date(2031, 3, 31), Decimal(550_000))


def test_an_extension_beyond_its_decision_is_passed_only_with_a_reason(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    decision = added(
        session,
        Approval(
            reference="15/00086",
            title="Home care",
            directorate_id=adults.id,
            sum_allowed=Decimal(1_700_000),
            latest_end_on=date(2030, 3, 31),
        ),
    )
    contract = a_contract(
        session, adults, title="Home care", value=1_700_000, ends_on=date(2030, 3, 31), approval=decision
    )
    signed_in(client, session)
    url = f"/contracts/{contract.id}/extend"
    beyond = {"uses_option": "no", "ends_on": "31/3/2031", "value_added": "315,000", "reason": "No tender in time"}
    text = squeezed(send(client, url, **beyond))
    assert "£2,015,000 is £315,000 more than decision 15/00086 allows" in text
    assert "31 March 2031 is after 31 March 2030" in text
    assert the_contract(session, "Home care").events == []
    assert send(client, url, **beyond, passing="Urgency agreed by the director").status_code == 302
    (event,) = the_contract(session, "Home care").events
    assert event.reason == "No tender in time. Urgency agreed by the director"


@pytest.mark.parametrize(
    ("answers", "end", "value"),
    [
        pytest.param({"way": "it goes up", "amount": "100k"}, date(2030, 3, 31), 600_000, id="worth more"),
        pytest.param({"way": "it goes down", "amount": "100k"}, date(2030, 3, 31), 400_000, id="worth less"),
        pytest.param({"way": "it stays the same", "ends_on": "31/3/2029"}, date(2029, 3, 31), 500_000, id="shorter"),
    ],
)
def test_a_variation_moves_the_end_or_the_value(
    client: FlaskClient, session: Session, answers: dict[str, str], end: date, value: int
) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care", value=500_000, ends_on=date(2030, 3, 31))
    signed_in(client, session)
    sure = {"seen": {"it goes up": "100000.00", "it goes down": "-100000.00"}.get(answers["way"])}
    answer = send(client, f"/contracts/{contract.id}/vary", reason="Fewer visits", ground=NO_GROUND, **sure, **answers)
    assert answer.status_code == 302, squeezed(answer)
    saved = the_contract(session, "Home care")
    assert (saved.current_end_on, saved.current_high) == (end, Decimal(value))
    assert (saved.awarded_end_on, saved.awarded_high) == (date(2030, 3, 31), Decimal(500_000))


def test_a_variation_of_nothing_or_below_nothing_is_refused(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), value=500_000)
    signed_in(client, session)
    url = f"/contracts/{contract.id}/vary"
    assert "Say what changes" in squeezed(send(client, url, way="it stays the same", ground=NO_GROUND, reason="None"))
    below = send(client, url, way="it goes down", amount="600k", ground=NO_GROUND, reason="Much less")
    assert "a reduction can be no more than that" in squeezed(below)


def test_a_yearly_value_is_varied_from_now_on(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care", value=None, annual=100_000)
    signed_in(client, session)
    answer = send(
        client,
        f"/contracts/{contract.id}/vary",
        way="it stays the same",
        annual_value="120k",
        ground=NO_GROUND,
        reason="Prices rose",
    )
    assert answer.status_code == 302, squeezed(answer)
    saved = the_contract(session, "Home care")
    assert saved.annual_high == Decimal(120_000)
    assert saved.events[0].annual_change == Decimal(20_000)


def test_a_contract_is_ended_early_and_that_can_be_taken_back(client: FlaskClient, session: Session) -> None:
    a_council(session)
    today = clock.today()
    contract = a_contract(
        session,
        a_directorate(session),
        title="Home care",
        starts_on=add_months(today, -12),
        ends_on=add_months(today, 12),
    )
    signed_in(client, session)
    url = f"/contracts/{contract.id}/end"
    late = send(client, url, ends_on=(add_months(today, 13)).isoformat(), reason="Failing")
    assert "when it ends anyway" in squeezed(late)
    assert send(client, url, ends_on=(today + timedelta(days=7)).isoformat(), reason="Failing").status_code == 302
    saved = the_contract(session, "Home care")
    assert (saved.stage, saved.ended_early_on) == (ContractStage.ENDED_EARLY, today + timedelta(days=7))
    assert "Take back the early end" in client.get(f"/contracts/{contract.id}").text
    assert send(client, f"/contracts/{contract.id}/resume", reason="They put it right").status_code == 302
    saved = the_contract(session, "Home care")
    assert (saved.stage, saved.ended_early_on) == (ContractStage.AWARDED, None)


def csrf(client: FlaskClient, contract_id: int) -> dict[str, str]:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(f"/contracts/{contract_id}").text)
    return {"csrf_token": found[1]} if found else {}


def test_a_contract_is_withdrawn_with_a_reason_and_put_back(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care")
    signed_in(client, session)
    url = f"/contracts/{contract.id}"
    assert "Say why" in squeezed(send(client, f"{url}/withdraw", reason=""))
    assert send(client, f"{url}/withdraw", reason="Recorded twice").status_code == 302
    assert "Home care" not in re.sub(
        r"(?s)<div class=\"govuk-notification.*?</p></div>", "", client.get("/contracts").text
    )
    text = client.get(url).text
    assert "Recorded twice" in text
    assert "Put it back in the register" in text
    assert client.post(f"{url}/restore", data=csrf(client, contract.id)).status_code == 302
    assert the_contract(session, "Home care").withdrawn_at is None


def test_a_record_is_confirmed_as_still_correct(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care")
    signed_in(client, session)
    assert client.post(f"/contracts/{contract.id}/confirm", data=csrf(client, contract.id)).status_code == 302
    assert the_contract(session, "Home care").confirmed_on == clock.today()


def test_a_planned_contract_has_nothing_to_extend(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), stage=ContractStage.PLANNED, form=ContractForm.GRANT)
    signed_in(client, session)
    answer = send(client, f"/contracts/{contract.id}/extend", uses_option="no", ends_on="31/3/2040", reason="Why not")
    assert "It is only planned" in squeezed(answer)
