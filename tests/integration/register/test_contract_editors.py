"""Two people who edit one contract, and those who may not, on both databases."""

from decimal import Decimal

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core.rights import ScopeKind
from app.register.models import Contract
from tests.makers import a_person, signed_in
from tests.register_makers import a_contract, a_council, a_directorate, a_provider, a_service
from tests.sending import inputs, send, squeezed


def the_contract(session: Session, title: str) -> Contract:
    session.expire_all()
    return session.scalars(select(Contract).where(Contract.title == title)).one()


# Two people at once


def test_the_second_of_two_editors_sees_both_versions_and_may_choose(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care", description="Old words")
    signed_in(client, session)
    url = f"/contracts/{contract.id}/edit/what"
    opened = inputs(client.get(url).text)
    assert client.post(url, data={**opened, "description": "Their words"}).status_code == 302
    second = client.post(url, data={**opened, "description": "My words"})
    text = squeezed(second)
    assert second.status_code == 200
    assert "Somebody else saved this record" in text
    assert "Their words" in text
    assert "My words" in text
    assert the_contract(session, "Home care").description == "Their words"
    again = {**inputs(second.text), "description": "My words"}
    assert client.post(url, data=again).status_code == 302
    assert the_contract(session, "Home care").description == "My words"


def test_an_edit_of_a_row_counts_as_an_edit_of_the_contract(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(
        session, a_directorate(session), title="Home care", providers=(a_provider(session, name="Oak Ltd"),)
    )
    signed_in(client, session)
    url = f"/contracts/{contract.id}/edit/who"
    opened = inputs(client.get(url).text)
    assert client.post(url, data={**opened, "providers-0-share": "5"}).status_code == 302
    second = client.post(url, data={**opened, "providers-0-share": "6"})
    text = squeezed(second)
    assert "Somebody else saved this record" in text
    assert "Oak Ltd, 6" in text
    assert "Oak Ltd, 5" in text
    assert the_contract(session, "Home care").providers[0].share == Decimal(5)


# Who may


def test_another_directorates_contract_cannot_be_changed(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults, roads = a_directorate(session), a_directorate(session)
    contract = a_contract(session, roads, title="Street lights")
    keeper = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=adults.id)
    signed_in(client, session, keeper)
    assert client.get(f"/contracts/{contract.id}").status_code == 200
    for address in ("edit/what", "edit/value", "extend", "vary", "end", "withdraw"):
        assert client.get(f"/contracts/{contract.id}/{address}").status_code == 403, address
        assert client.post(f"/contracts/{contract.id}/{address}", data={"title": "Mine"}).status_code == 403, address
    for address in ("restore", "resume", "confirm"):
        assert client.post(f"/contracts/{contract.id}/{address}").status_code == 403, address


def test_a_contract_is_not_given_away_to_a_unit_one_does_not_keep(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults, roads = a_directorate(session), a_directorate(session)
    service = a_service(session, roads)
    contract = a_contract(session, adults, title="Home care")
    keeper = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=adults.id)
    signed_in(client, session, keeper)
    url = f"/contracts/{contract.id}/edit/where"
    for answers in ({"unit": str(roads.id)}, {"lead_service_id": str(service.id)}):
        answer = send(client, url, **answers)
        assert answer.status_code == 200
        assert "Choose an answer from the list" in squeezed(answer)
    assert the_contract(session, "Home care").directorate_id == adults.id
