"""An activity that covers several contracts; and the sum approved, which nobody learns who may not see the amounts."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.core.errors import Refusal
from app.core.findings import Asked
from app.core.rights import Grant, Permission, Reader, ScopeKind
from app.decisions import commands
from app.decisions.commands import ApprovalWanted, covering
from app.decisions.models import Activity, Restriction
from app.decisions.queries import proposals
from app.decisions.queries.activities import ActivityFacts, activities
from app.decisions.queries.visibility import embargoed_contract_of
from app.decisions.rules.horizon import rolling_horizon
from app.register.findings.life import OVER_SUM
from app.register.models import Contract, ContractEvent, ContractProvider, ContractStage, EventKind
from app.register.queries.findings import counts
from tests.integration.decisions.making import (
    EVERYTHING,
    READS,
    TODAY,
    Place,
    a_contract,
    an_activity,
    an_arrangement,
    taken,
)
from tests.makers import a_person, signed_in
from tests.register_makers import a_provider, a_service


def proposed(session: Session) -> set[str]:
    session.commit()
    return {one.title for one in proposals.proposals(session, EVERYTHING, rolling_horizon(TODAY), today=TODAY)}


def held_by(session: Session, place: Place, title: str, provider: str, **more: Any) -> Contract:
    service = a_service(session, place.adults, name=f"{title} service")
    holds = [ContractProvider(provider=a_provider(session, name=provider), position=0)]
    return a_contract(session, place.adults, title, lead_service_id=service.id, providers=holds, **more)


# Several contracts


def test_two_contracts_let_again_as_one_are_one_activity(
    app: Flask, session: Session, client: FlaskClient, place: Place
) -> None:
    day_care = held_by(session, place, "Day care", "Lumen Care Ltd", awarded_end_on=date(2027, 9, 30))
    night_care = held_by(session, place, "Night care", "Harrow Nights Ltd", reference="N-7")
    activity = an_activity(session, place.adults, "Care at all hours")
    assert proposed(session) == {"Day care", "Night care"}
    signed_in(client, session)
    address = f"/activities/{activity.id}/contracts"
    assert "Night care</a>" in client.get(f"{address}?q=harrow").text
    assert "No contract that is not over matches" in client.get(f"{address}?q=nothing").text
    client.post(address, data={"act": "add", "contract": [day_care.id, night_care.id]})
    assert "2 contracts added." in client.get(address).text
    assert proposed(session) == set()
    page = client.get(f"/activities/{activity.id}").text
    assert "it leads: the back-plan counts from its end" in page
    assert "Lumen Care Ltd, Harrow Nights Ltd" in page
    assert "Night care service" in page
    for contract in (day_care, night_care):
        assert "It covers Day care; Night care" in client.get(f"/contracts/{contract.id}").text
    assert "with Night care" in client.get("/forthcoming").text
    assert "Day care; Night care" in client.get("/forthcoming.csv").get_data().decode()
    assert "Care at all hours" in client.get("/decisions?q=n-7").text
    number = commands.main_decision(session.get_one(Activity, activity.id)).id
    signed_in(client, session, Role.CLERK)
    small = {"awarded_low": Decimal(1_000), "stage": ContractStage.PLANNED, "embargoed_until": date(2027, 6, 1)}
    follower = a_contract(session, place.adults, "Zirconium", replaces_id=night_care.id, **small)
    session.commit()
    form = client.get(f"/decisions/{number}/record").text
    assert "Night care (N-7)" in form
    assert follower.title not in form
    signed_in(client, session)
    printed = app.test_cli_runner().invoke(args=["decisions", "forthcoming", "--as-at", "22 November 2026"]).output
    assert "Q4 2026-27: Care at all hours, Adults, £2.0m (covers Day care; Night care)" in printed
    # Another leads; and one that is taken out is proposed again
    client.post(address, data={"act": "lead", "contract": night_care.id})
    assert "Night care leads now." in client.get(address).text
    assert "Choose one contract, which does not lead already" in post(client, address, "lead", night_care)
    client.post(address, data={"act": "remove", "contract": night_care.id})
    assert proposed(session) == {"Night care"}
    (one,) = activities(session, EVERYTHING, today=TODAY)
    assert (one.about, one.also, one.providers) == ("Day care", (), ("Lumen Care Ltd",))
    assert "Choose at least one contract that it covers" in post(client, address, "remove", night_care)
    assert "does not cover yet" in post(client, address, "add", day_care)


def post(client: FlaskClient, address: str, act: str, contract: Contract) -> str:
    client.post(address, data={"act": act, "contract": contract.id})
    return client.get(address).text


def test_every_contract_it_covers_keeps_it_back(session: Session, client: FlaskClient, place: Place) -> None:
    leads, further = a_contract(session, place.adults, "Leads"), a_contract(session, place.place, "Further")
    activity = an_activity(session, place.adults, contract_id=leads.id)
    covering.cover(activity, [further])
    (one,) = told(session, READS)
    assert (one.amounts_open, one.exempt, one.also[0].title) == (True, False, "Further")
    further.exempt, further.exempt_ground = True, "Paragraph 3"
    (one,) = told(session, READS)
    assert (one.amounts_open, one.lines, one.exempt_ground, one.short_value) == (False, (), "Paragraph 3", "Exempt")
    # Entitled for the activity's part of the council is not enough
    own = Grant(frozenset({Permission.READ}), ScopeKind.DIRECTORATE, place.adults.id, exempt=True)
    assert not told(session, Reader(3, "Adults", (own,)))[0].amounts_open
    assert told(session, EVERYTHING)[0].amounts_open
    # Nor do the words of what is decided tell it: neither on the page nor in a form
    decision = taken(session, activity, date(2026, 10, 1), published_on=date(2026, 10, 2))
    decision.implementation_note, decision.reasons = "£1,234,567 is spent", "It lasts"
    session.commit()
    keeper = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=place.adults.id)
    signed_in(client, session, keeper)
    assert "1,234,567" not in client.get(f"/decisions/{decision.id}").text
    assert client.get(f"/decisions/{decision.id}/implementation").status_code == 403
    # Nor is the contract that keeps them back taken out to learn them
    client.post(f"/activities/{activity.id}/contracts", data={"act": "remove", "contract": further.id})
    assert "What it covers is exempt from you" in client.get(f"/activities/{activity.id}/contracts").text
    assert not told(session, Reader(3, "Adults", (own,)))[0].amounts_open
    further.embargoed_until = date(2027, 1, 1)
    assert told(session, READS) == []
    assert told(session, EVERYTHING)[0].embargoed_until == date(2027, 1, 1)
    assert embargoed_contract_of(session, activity.id) == further.id


def told(session: Session, reader: Reader) -> list[ActivityFacts]:
    session.commit()
    return activities(session, reader, today=TODAY)


def test_an_arrangement_leads_whatever_further_contracts_there_are(session: Session, place: Place) -> None:
    homes = an_arrangement(session, place.adults)
    a_contract(session, place.adults, "One home", arrangement_id=homes.id)
    further = a_contract(session, place.adults, "Further")
    activity = an_activity(session, place.adults, arrangement_id=homes.id)
    covering.cover(activity, [further])
    session.flush()
    assert (activity.contract, [one.contract for one in activity.also]) == (None, [further])
    with pytest.raises(Refusal, match="Choose one contract"):
        covering.let_lead(activity, [further.id])
    assert covering.uncover(activity, [further.id]) == 1
    # It ends with the last of its contracts, but for one that is under embargo
    later = {"awarded_end_on": date(2033, 7, 19), "embargoed_until": date(2027, 6, 1)}
    a_contract(session, place.adults, "Zirconium", arrangement_id=homes.id, **later)
    assert told(session, READS)[0].current_end_on == date(2028, 3, 31)


# The sum approved


def test_the_sum_of_an_exempt_activity_is_told_to_nobody_else(
    session: Session, client: FlaskClient, place: Place
) -> None:
    """On an open contract: not on its page, the approval's, a list, a search, nor by what goes beyond it."""
    contract = a_contract(session, place.place, awarded_low=Decimal(6_000_000))
    activity = an_activity(session, place.adults, exempt=True, exempt_ground="Paragraph 3", contract_id=contract.id)
    decision = taken(session, activity, date(2026, 10, 1), published_on=date(2026, 10, 2))
    approval = commands.approve(
        session, decision, ApprovalWanted(contract_id=contract.id, sum_allowed=Decimal(5_432_198), allows_options=True)
    )
    approval.note = "£5,432,198 and no more"
    session.commit()
    pages = (f"/contracts/{contract.id}", f"/approvals/{approval.id}", "/approvals", f"/decisions/{decision.id}",
             "/search?q=26/1", "/approvals?sort=-sum")  # fmt: skip
    commissioner = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=place.place.id)
    signed_in(client, session, commissioner)
    for address in pages:
        page = client.get(address).text
        assert not [text for text in ("5,432,198", "5.4m", "567,802") if text in page], address
    assert "Exempt" in client.get(f"/approvals/{approval.id}").text
    # Extending warns without the sum
    longer = {"uses_option": "no", "ends_on": "31 March 2029", "effective_on": "1 November 2026", "reason": "Time",
              "value_added": "1m", "version": str(contract.version)}  # fmt: skip
    said = client.post(f"/contracts/{contract.id}/extend", data=longer).text
    assert "The sum that decision 26/1 allows is exempt: have somebody entitled to it hold £7,000,000 against" in said
    assert "5,432,198" not in said
    assert over_sum(session, READS) == 0
    assert over_sum(session, EVERYTHING) == 1
    signed_in(client, session, Role.PROCUREMENT)
    for address in pages[:4]:
        page = client.get(address).text
        assert "5,432,198" in page or "5.4m" in page, address
    # Nor does whoever keeps the approval's part of the council, but not the contract's, whose amount is exempt too
    contract.exempt, contract.exempt_ground = True, "Paragraph 3"
    keeper = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=place.adults.id)
    signed_in(client, session, keeper)
    assert client.get(f"/approvals/{approval.id}/edit").status_code == 403
    contract.exempt, contract.exempt_ground = False, None
    session.commit()
    assert "5,432,198" in client.get(f"/approvals/{approval.id}/edit").text
    # Nor does the clerk who puts the record right
    signed_in(client, session, Role.CLERK)
    form = client.get(f"/decisions/{decision.id}/record").text
    assert "only those entitled to see it can change it" in form
    assert "5,432,198" not in form
    # Nor where only the decision is closed
    activity.exempt, activity.exempt_ground = False, None
    decision.restriction, decision.restriction_ground = Restriction.FULL, "Paragraph 3"
    assert over_sum(session, READS) == 0
    assert "5,432,198" not in client.get(f"/decisions/{decision.id}/record").text
    decision.restriction, decision.restriction_ground = Restriction.OPEN, None
    assert over_sum(session, READS) == 1
    # Nor where only what is let under it is exempt
    assert "5,432,198" in client.get(f"/decisions/{decision.id}/record").text
    contract.exempt, contract.exempt_ground = True, "Paragraph 3"
    activity.contract = None
    session.commit()
    assert "5,432,198" not in client.get(f"/decisions/{decision.id}/record").text


def over_sum(session: Session, reader: Reader) -> int:
    session.commit()
    return counts(session, Asked(reader, TODAY))[OVER_SUM.code]


def test_an_approval_is_kept_back_with_what_it_was_given_for(
    session: Session, client: FlaskClient, place: Place
) -> None:
    kept_back = a_contract(session, place.adults, embargoed_until=date(2027, 6, 1))
    activity = an_activity(session, place.adults, "Zirconium", contract_id=kept_back.id)
    decision = taken(session, activity, date(2026, 10, 1), published_on=date(2026, 10, 2))
    covered_too = a_contract(session, place.adults, "Day care")
    allowed = ApprovalWanted(contract_id=covered_too.id, sum_allowed=Decimal(5_432_198))
    approval = commands.approve(session, decision, allowed)
    covered_too.approval_id = approval.id
    covered_too.events.append(
        ContractEvent(kind=EventKind.EXTENSION, effective_on=TODAY, reason="Time", ends_on=date(2029, 3, 31),
                      recorded_at=clock.now(), recorded_by="Robin Holt", approval=approval)
    )  # fmt: skip
    session.commit()
    for role, status in ((Role.MEMBER, 404), (Role.PROCUREMENT, 200)):
        signed_in(client, session, role)
        assert client.get(f"/approvals/{approval.id}").status_code == status
        for address in ("/approvals", "/search?q=26/1"):
            assert ("Zirconium" in client.get(address).text) is (status == 200), address
        # Nor is it named by an open contract that is let or extended under it
        for address in (f"/contracts/{covered_too.id}", f"/contracts/{covered_too.id}/history", "/contracts.csv",
                        f"/history/contract/{covered_too.id}"):  # fmt: skip
            page = client.get(address).text
            found = [text for text in ("Zirconium", "26/1", "5,432,198") if text in page]
            assert bool(found) is (status == 200), (address, found)
