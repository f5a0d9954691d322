"""Services through the browser's door, on both databases."""

from datetime import date
from decimal import Decimal

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core.rights import ScopeKind
from app.register.delivery import DeliveryRoute
from app.register.models import Contract, Service
from app.register.values import ArrangementValuation
from tests.makers import a_person, signed_in
from tests.register_makers import (
    a_category,
    a_contract,
    a_council,
    a_directorate,
    a_division,
    a_provider,
    a_service,
    an_arrangement,
)


def page_text(client: FlaskClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.text[:2000]
    return response.text


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_services_are_listed_in_the_order_of_the_structure_chart(client: FlaskClient, session: Session) -> None:
    a_council(session)
    second, first = a_directorate(session, name="Adults", position=2), a_directorate(session, name="Zones", position=1)
    division = a_division(session, first)
    a_service(session, second, name="Day care")
    a_service(session, first, name="Street lights", division=division, position=1)
    a_service(session, first, name="Gritting", division=division, position=2)
    text = page_text(signed_in(client, session), "/services")
    assert text.index("Street lights") < text.index("Gritting") < text.index("Day care")
    assert "3 services: 3 external" in text


def test_a_service_says_what_its_contracts_come_to_and_counts_an_arrangement_once(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    adults = a_directorate(session)
    service = a_service(session, adults, name="Care homes")
    homes = tuple(a_contract(session, adults, value=14_600_000, service=service) for _ in range(3))
    an_arrangement(session, adults, contracts=homes, valuation=ArrangementValuation.REPEATED)
    a_contract(session, adults, value=400_000, service=service)
    a_contract(session, adults, value=9_000_000, service=service, ends_on=date(2020, 3, 31), starts_on=date(2015, 4, 1))
    text = squeezed(page_text(signed_in(client, session), f"/services/{service.id}"))
    assert "Together: £15,000,000, over 2 contracts or arrangements" in text
    listed = squeezed(page_text(client, "/services"))
    assert "£15.0m" in listed
    assert "£9.0m ended" in listed


def test_a_call_off_of_a_valued_framework_is_not_added_again(client: FlaskClient, session: Session) -> None:
    a_council(session)
    roads = a_directorate(session)
    service = a_service(session, roads, name="Highway works")
    framework = a_contract(session, roads, value=10_000_000, service=service)
    call_off = a_contract(session, roads, value=3_000_000, service=service, parent_id=framework.id)
    an_arrangement(session, roads, contracts=(framework, call_off))
    text = squeezed(page_text(signed_in(client, session), f"/services/{service.id}"))
    assert "Together: £10,000,000, over 1 contract or arrangement" in text


def test_an_exempt_value_is_neither_shown_nor_added_for_a_committee_member(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    adults = a_directorate(session)
    service = a_service(session, adults, name="Day care")
    a_contract(session, adults, value=1_234_567, service=service, exempt=True)
    a_contract(session, adults, value=2_000_000, service=service)
    member = squeezed(page_text(signed_in(client, session, Role.MEMBER), f"/services/{service.id}"))
    assert "Together: £2,000,000, over 2 contracts or arrangements, which leaves out 1 exempt" in member
    assert "1,234,567" not in member
    lead = squeezed(page_text(signed_in(client, session, Role.PROCUREMENT), f"/services/{service.id}"))
    assert "Together: £3,234,567" in lead


def test_an_embargoed_contract_is_not_on_its_services_page(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    service = a_service(session, adults)
    a_contract(session, adults, title="Not yet told", service=service, embargoed_until=date(2099, 1, 1))
    assert "Not yet told" not in page_text(signed_in(client, session, Role.MEMBER), f"/services/{service.id}")
    assert "Not yet told" in page_text(signed_in(client, session, Role.PROCUREMENT), f"/services/{service.id}")


def test_a_commissioner_adds_a_service_in_their_own_directorate_only(client: FlaskClient, session: Session) -> None:
    a_council(session)
    mine, other = a_directorate(session, name="Adults"), a_directorate(session, name="Highways")
    person = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=mine.id)
    signed_in(client, session, person)
    answers = {"name": "Day care", "unit": str(mine.id), "route": "external", "fte": "12.5", "net_budget": "1.2m"}
    response = client.post("/services/new", data=answers)
    assert response.status_code == 302, response.text
    service = session.scalars(select(Service)).one()
    assert (service.fte, service.net_budget, service.statutory) == (Decimal("12.5"), Decimal(1_200_000), None)
    assert [period.route for period in service.delivery_periods] == [DeliveryRoute.EXTERNAL]
    refused = client.post("/services/new", data={**answers, "name": "Gritting", "unit": str(other.id)})
    assert refused.status_code == 200
    assert "Choose an answer from the list" in refused.text


def test_a_second_service_of_the_same_name_is_refused_beside_its_name(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    a_service(session, adults, name="Day Care")
    signed_in(client, session)
    refused = client.post("/services/new", data={"name": "day care", "unit": str(adults.id), "route": "external"})
    assert "Day Care is already a service there" in refused.text
    assert 'id="name-error"' in refused.text


def test_the_second_of_two_people_who_edit_one_service_sees_both_versions(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    adults = a_directorate(session)
    service = a_service(session, adults, name="Day care", head_post="Head of Care")
    signed_in(client, session)
    answers = {"name": "Day care", "unit": str(adults.id), "obliged": "not known", "version": str(service.version)}
    assert (
        client.post(f"/services/{service.id}/edit", data={**answers, "head_post": "Head of Adults"}).status_code == 302
    )
    second = client.post(f"/services/{service.id}/edit", data={**answers, "head_post": "Head of Homes"})
    text = squeezed(second.text)
    assert "Somebody else saved this record" in text
    assert "Head of Homes</td>" in text
    assert "Head of Adults</td>" in text
    session.expire_all()
    assert session.get_one(Service, service.id).head_post == "Head of Adults"
    insisting = {**answers, "version": str(service.version), "head_post": "Head of Homes"}
    assert client.post(f"/services/{service.id}/edit", data=insisting).status_code == 302


def test_a_change_of_route_begins_a_new_period_and_keeps_the_old_one(client: FlaskClient, session: Session) -> None:
    a_council(session)
    service = a_service(session, a_directorate(session), route=DeliveryRoute.IN_HOUSE, from_on=date(2015, 4, 1))
    signed_in(client, session)
    url = f"/services/{service.id}/route"
    answers = {"route": "external", "reason": "Let", "version": str(service.version)}
    early = client.post(url, data={**answers, "from_on": "1 April 2014"})
    assert "Enter a date after 1 April 2015" in early.text
    assert client.post(url, data={**answers, "from_on": "1 April 2020"}).status_code == 302
    session.expire_all()
    service = session.get_one(Service, service.id)
    told = [(period.route.value, period.from_on, period.until_on) for period in service.delivery_periods]
    assert told == [("in-house", date(2015, 4, 1), date(2020, 3, 31)), ("external", date(2020, 4, 1), None)]
    assert service.route is DeliveryRoute.EXTERNAL
    assert "Way of delivery added" in client.get(f"/services/{service.id}").text


def test_a_withdrawn_service_leaves_the_list_and_comes_back(client: FlaskClient, session: Session) -> None:
    a_council(session)
    service = a_service(session, a_directorate(session), name="Mobile library")
    signed_in(client, session)
    url = f"/services/{service.id}"
    assert client.post(f"{url}/withdraw", data={"reason": "Closed", "version": "1"}).status_code == 302
    assert "Closed" in page_text(client, url)
    assert "Mobile library" not in page_text(client, "/services")
    assert "Mobile library" in page_text(client, "/services?withdrawn=yes")
    assert client.post(f"{url}/restore").status_code == 302
    page_text(client, url)
    assert "Mobile library" in page_text(client, "/services")


def test_a_service_with_contracts_is_not_withdrawn(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    service = a_service(session, adults)
    a_contract(session, adults, service=service)
    signed_in(client, session)
    refused = client.post(f"/services/{service.id}/withdraw", data={"reason": "Closed", "version": "1"})
    assert "1 contract is recorded under it: give them to another service first" in refused.text


def test_contracts_are_given_to_a_service_in_bulk_and_taken_back_as_a_whole(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    adults = a_directorate(session)
    care = a_division(session, adults, name="Care")
    service = a_service(session, adults, name="Day care", division=care)
    some = [a_contract(session, adults, title=f"Day centre {number}") for number in range(3)]
    other = a_contract(session, adults, title="Not this one")
    signed_in(client, session)
    chosen = {"service_id": str(service.id), "contract": [str(one.id) for one in some]}
    check = client.post("/services/assign", data=chosen)
    assert "3 contracts will be counted under Day care" in squeezed(check.text)
    assert "3 contracts move to Care" in squeezed(check.text)
    session.expire_all()
    assert session.get_one(Contract, some[0].id).lead_service_id is None
    assert client.post("/services/assign", data={**chosen, "checked": "yes"}).status_code == 302
    session.expire_all()
    assert {one.lead_service_id for one in some} == {service.id}
    assert {one.division_id for one in some} == {care.id}
    assert other.lead_service_id is None
    told = client.get("/services/assign").text
    undo = told.split("Undo this")[0].split('href="')[-1].split('"')[0]
    assert "3 contracts will be without a service again" in squeezed(client.get(undo).text)
    assert client.post(undo).status_code == 302
    session.expire_all()
    assert {(one.lead_service_id, one.division_id) for one in some} == {(None, None)}


def test_everything_the_filters_match_can_be_given_at_once(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    service = a_service(session, adults)
    buses, meals = a_category(session, "Buses"), a_category(session, "Meals")
    for number in range(130):
        a_contract(session, adults, title=f"Route {number}", category=buses)
    a_contract(session, adults, title="Lunch", category=meals)
    signed_in(client, session)
    answers = {"service_id": str(service.id), "everything": "yes"}
    check = client.post(f"/services/assign?category={buses.id}", data=answers)
    assert "130 contracts will be counted" in squeezed(check.text)


def test_services_are_made_from_the_categories_of_a_directorate(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults, roads = a_directorate(session), a_directorate(session)
    homes = a_category(session, "Adult care - homes")
    kept = a_service(session, adults, name="adult care - Homes")
    inside = [a_contract(session, adults, category=homes) for _ in range(2)]
    meals = a_contract(session, adults, category=a_category(session, "Meals"))
    elsewhere = a_contract(session, roads, category=homes)
    signed_in(client, session)
    wanted = {"directorate_id": str(adults.id)}
    check = client.post("/services/from-categories", data=wanted)
    assert "2 categories become services" in squeezed(check.text)
    assert client.post("/services/from-categories", data={**wanted, "checked": "yes"}).status_code == 302
    session.expire_all()
    assert {one.lead_service_id for one in inside} == {kept.id}
    assert meals.lead_service is not None
    assert (meals.lead_service.name, meals.lead_service.route) == ("Meals", DeliveryRoute.EXTERNAL)
    assert elsewhere.lead_service_id is None


def test_the_list_is_downloaded_whole_as_a_spreadsheet(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session, name="Adults")
    for number in range(30):
        a_service(session, adults, name=f"Service {number:02}")
    signed_in(client, session)
    lines = client.get("/services.csv?q=service").text.splitlines()
    assert len(lines) == 31
    assert lines[1].startswith("Adults,,Service 00,External")
    assert client.get("/services.xlsx").data[:2] == b"PK"
    assert client.get("/services.doc").status_code == 404


def test_the_list_asks_no_more_questions_for_more_services(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    a_council(session)
    adults = a_directorate(session)
    provider = a_provider(session)
    signed_in(client, session)

    def questions() -> int:
        statements.clear()
        page_text(client, "/services")
        return len(statements)

    a_contract(session, adults, service=a_service(session, adults), providers=(provider,))
    session.commit()
    few = questions()
    for _ in range(20):
        a_contract(session, adults, service=a_service(session, adults), providers=(provider,))
    session.commit()
    assert questions() == few
