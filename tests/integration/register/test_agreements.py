"""Trading companies and service level agreements through the browser's door, on both databases."""

from datetime import date
from decimal import Decimal

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.register.models import Agreement, Contract, ContractForm, ContractStage, Provider, ProviderKind, TradingCompany
from tests.makers import signed_in
from tests.register_makers import a_contract, a_council, a_directorate, a_provider, a_service


def shown(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.text[:2000]
    return " ".join(response.text.split())


def a_company(session: Session, *, name: str = "Wealdshire Law Limited") -> Provider:
    return a_provider(
        session,
        name=name,
        kind=ProviderKind.COUNCIL_OWNED,
        council_share=Decimal(100),
        trading_company=TradingCompany(plan_title="Plan 2026"),
    )


def answers_for(session: Session) -> dict[str, str]:
    """A form filled in for an agreement with a company."""
    a_council(session)
    directorate = a_directorate(session, name="Corporate Services")
    return {
        "title": "Legal services",
        "kind": "service level agreement",
        "provider_id": str(a_company(session).id),
        "unit": str(directorate.id),
        "lead_service_id": str(a_service(session, directorate, name="Legal").id),
        "status": "being put in place",
        "starts_on": "1 April 2026",
        "ends_on": "31 March 2029",
        "annual_charge": "1.25m",
        "client_lead_post": "Head of Law",
    }


def added(client: FlaskClient, session: Session, answers: dict[str, str]) -> Agreement:
    response = client.post("/agreements/new", data=answers)
    assert response.status_code == 302, response.text
    session.expire_all()
    return session.scalars(select(Agreement)).one()


def test_an_agreement_is_a_contract_of_its_form_with_its_charge_by_the_year(
    client: FlaskClient, session: Session
) -> None:
    answers = answers_for(session)
    agreement = added(signed_in(client, session), session, answers)
    contract = agreement.contract
    assert (contract.form, contract.stage) == (ContractForm.SLA, ContractStage.PLANNED)
    assert contract.annual_high == Decimal(1_250_000)
    assert contract.current_end_on == date(2029, 3, 31)
    page = shown(client, "/trading-companies")
    assert "1 trading company, 1 agreement, 1 still to be put in place" in page
    assert "Being put in place" in page
    assert "£1,250,000" in page
    assert "Legal services" in shown(client, f"/trading-companies/{contract.providers[0].provider_id}")


def test_an_agreement_with_a_company_names_it(client: FlaskClient, session: Session) -> None:
    answers = {**answers_for(session), "provider_id": ""}
    refused = signed_in(client, session).post("/agreements/new", data=answers)
    assert 'id="provider_id-error"' in refused.text
    inside = {**answers, "kind": "internal service level agreement"}
    assert added(client, session, inside).contract.providers == []


def test_another_charge_of_an_agreement_in_place_needs_a_reason_that_stays_on_record(
    client: FlaskClient, session: Session
) -> None:
    answers = {**answers_for(session), "status": "in place"}
    agreement = added(signed_in(client, session), session, answers)
    url = f"/agreements/{agreement.contract_id}/edit"
    changed = {**answers, "annual_charge": "1.3m", "version": str(agreement.contract.version)}
    assert "Say why the dates or the charge change" in client.post(url, data=changed).text
    assert client.post(url, data={**changed, "reason": "Mistyped"}).status_code == 302
    session.expire_all()
    assert agreement.contract.annual_high == Decimal(1_300_000)
    assert [(event.kind.value, event.reason) for event in agreement.contract.events] == [("correction", "Mistyped")]


def test_two_people_never_lose_a_change_of_an_agreement(client: FlaskClient, session: Session) -> None:
    answers = answers_for(session)
    agreement = added(signed_in(client, session), session, answers)
    first = {**answers, "version": str(agreement.contract.version)}
    url = f"/agreements/{agreement.contract_id}"
    standard = {"measure": "Calls answered", "target": "90 per cent"}
    assert client.post(f"{url}/standards/new", data=standard).status_code == 302
    assert "Somebody else saved this record" in client.post(f"{url}/edit", data=first).text


def test_a_standards_result_has_a_day_and_shows_on_the_list(client: FlaskClient, session: Session) -> None:
    agreement = added(signed_in(client, session), session, answers_for(session))
    url = f"/agreements/{agreement.contract_id}/standards"
    result = {"measure": "Calls answered", "target": "90 per cent", "latest_result": "92 per cent"}
    assert 'id="latest_on-error"' in client.post(f"{url}/new", data=result).text
    assert client.post(f"{url}/new", data={**result, "latest_on": "30/9/2026"}).status_code == 302
    assert "Calls answered: 92 per cent" in shown(client, "/trading-companies")
    session.expire_all()
    (standard,) = agreement.standards
    assert client.post(f"{url}/{standard.id}/remove").status_code == 302
    assert "Calls answered: 92 per cent" not in shown(client, "/trading-companies")


def test_an_agreement_that_came_as_a_contract_only_can_be_completed(client: FlaskClient, session: Session) -> None:
    answers = answers_for(session)
    provider = session.get_one(Provider, int(answers["provider_id"]))
    directorate = a_directorate(session)
    contract = a_contract(session, directorate, form=ContractForm.SLA, providers=(provider,), value=None, annual=5_000)
    signed_in(client, session)
    assert "In place" in shown(client, f"/agreements/{contract.id}")
    standard = {"measure": "Calls answered"}
    assert client.post(f"/agreements/{contract.id}/standards/new", data=standard).status_code == 302
    assert "Calls answered" in shown(client, f"/agreements/{contract.id}")


def test_an_exempt_charge_is_withheld_and_not_added(client: FlaskClient, session: Session) -> None:
    a_council(session)
    provider, directorate = a_company(session), a_directorate(session)
    a_contract(
        session, directorate, form=ContractForm.SLA, providers=(provider,), value=None, annual=765_432, exempt=True
    )
    a_contract(session, directorate, form=ContractForm.SLA, providers=(provider,), value=None, annual=100_000)
    member = shown(signed_in(client, session, Role.MEMBER), "/trading-companies")
    assert "765,432" not in member
    assert "cost £0.1m a year, leaving out 1 exempt" in member
    assert "765,432" in shown(signed_in(client, session, Role.PROCUREMENT), "/trading-companies")
    assert "765432" not in signed_in(client, session, Role.MEMBER).get("/trading-companies.csv").text


def test_a_provider_becomes_a_trading_company(client: FlaskClient, session: Session) -> None:
    a_council(session)
    provider = a_provider(session, name="Wealdshire Homes")
    signed_in(client, session)
    answers = {"name": "wealdshire homes", "council_share": "80", "plan_title": "Plan 2027"}
    assert (
        'id="council_share-error"' in client.post("/trading-companies/new", data={**answers, "council_share": "0"}).text
    )
    assert client.post("/trading-companies/new", data=answers).status_code == 302
    session.expire_all()
    assert (provider.kind, provider.council_share) == (ProviderKind.COUNCIL_OWNED, Decimal(80))
    assert "Plan 2027" in shown(client, f"/trading-companies/{provider.id}")
    again = client.post("/trading-companies/new", data=answers)
    assert "is a trading company already" in again.text


def test_the_page_asks_no_more_questions_for_more_agreements(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    a_council(session)
    directorate = a_directorate(session)
    signed_in(client, session)

    def one_more() -> None:
        service, form = a_service(session, directorate), ContractForm.SLA
        a_contract(session, directorate, form=form, service=service, providers=(a_company(session),))
        session.commit()

    def questions() -> int:
        statements.clear()
        shown(client, "/trading-companies")
        return len(statements)

    one_more()
    few = questions()
    for _ in range(5):
        one_more()
    assert questions() == few
    assert session.scalar(select(Contract.id).limit(1))
