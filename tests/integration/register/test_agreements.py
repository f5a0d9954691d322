"""Trading companies and service level agreements through the browser's door, on both databases."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.register.findings.of_contracts import CONTRACT_FINDINGS
from app.register.models import (
    Agreement,
    AgreementStandard,
    AgreementStatus,
    Contract,
    ContractForm,
    ContractStage,
    Provider,
    ProviderKind,
    ServiceCredit,
    TradingCompany,
)
from tests.makers import signed_in
from tests.register_makers import a_contract, a_council, a_directorate, a_provider, a_service

TODAY = date(2026, 11, 22)


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


def a_standard(client: FlaskClient, session: Session, url: str, **more: str) -> AgreementStandard:
    answers = {
        "measure": "Calls answered", "target_value": "90", "unit": "per cent", "direction": "higher is better",
        "tolerance": "3", "frequency": "quarterly", **more,
    }  # fmt: skip
    assert client.post(f"{url}/standards/new", data=answers).status_code == 302
    session.expire_all()
    return session.scalars(select(AgreementStandard).order_by(AgreementStandard.id.desc()).limit(1)).one()


def test_a_standards_results_follow_one_another_and_a_mistake_is_corrected_beside_what_it_was(
    client: FlaskClient, session: Session
) -> None:
    agreement = added(signed_in(client, session), session, {**answers_for(session), "status": "in place"})
    url = f"/agreements/{agreement.contract_id}"
    standard = a_standard(client, session, url, linked_to_payment="y")
    results = f"{url}/standards/{standard.id}/results/new"
    first = {"from_on": "1/4/2026", "to_on": "30/6/2026", "value": "92"}
    assert 'value="30 June 2026"' in shown(client, results)
    assert client.post(results, data=first).status_code == 302
    assert "There is a result for 1 April 2026 to 30 June 2026 already" in client.post(results, data=first).text
    second = {"from_on": "1/7/2026", "to_on": "30/9/2026", "value": "85"}
    refused = client.post(results, data={**second, "rating": "met"})
    assert "The figures say “below”: say in the comment why it is “met”" in refused.text
    assert client.post(results, data=second).status_code == 302
    assert "Calls answered: 85 per cent" in shown(client, "/trading-companies")
    session.expire_all()
    assert (standard.below_in_a_row, standard.next_result_on) == (1, date(2026, 12, 31))
    wrong = standard.results[0]
    correcting = f"{url}/results/{wrong.id}"
    assert "Say what was wrong" in client.post(correcting, data={**first, "value": "82"}).text
    assert client.post(correcting, data={**first, "value": "82", "reason": "Two sites left out"}).status_code == 302
    session.expire_all()
    assert standard.below_in_a_row == 2
    page = shown(client, url)
    assert "Before its correction: 92 per cent, met. Two sites left out" in page
    assert "results over periods" in page
    assert client.post(correcting, data={**first, "value": "95", "reason": "Again"}).status_code == 200
    assert client.post(f"{url}/standards/{standard.id}/withdraw", data={"reason": "No longer owed"}).status_code == 302
    assert "Calls answered: 85 per cent" not in shown(client, "/trading-companies")
    assert client.post(f"{url}/standards/{standard.id}/restore").status_code == 302
    assert "Calls answered: 85 per cent" in shown(client, "/trading-companies")


def test_an_agreement_moves_from_proposed_to_ended_one_permitted_step_at_a_time(
    client: FlaskClient, session: Session
) -> None:
    agreement = added(signed_in(client, session), session, {**answers_for(session), "status": "proposed"})
    contract, url = agreement.contract, f"/agreements/{agreement.contract_id}"
    why = {"on": "1 May 2026", "reason": "Cabinet agreed"}
    assert 'id="status-error"' in client.post(f"{url}/status", data={**why, "status": "in place"}).text
    for status, on in (
        ("being put in place", "1 May 2026"),
        ("in place", "1 June 2026"),
        ("ended", "30 September 2026"),
    ):
        answers = {**why, "status": status, "on": on, "version": str(contract.version)}
        assert client.post(f"{url}/status", data=answers).status_code == 302, status
        session.expire_all()
    assert (agreement.status, contract.stage) == (AgreementStatus.ENDED, ContractStage.ENDED_EARLY)
    assert contract.ended_early_on == date(2026, 9, 30)
    page = shown(client, url)
    assert "ended on 30 september 2026" in page.lower()
    assert page.count("Cabinet agreed") >= 3
    assert "0 still to be put in place" not in shown(client, "/trading-companies")


def test_charges_reviews_and_credits_stand_on_the_agreements_page(client: FlaskClient, session: Session) -> None:
    answers = {**answers_for(session), "status": "in place", "review_months": "12", "company_contact": "Contract desk"}
    agreement = added(signed_in(client, session), session, answers)
    url = f"/agreements/{agreement.contract_id}"
    charge = {"year": "2026", "charge": "1.29m", "indexation": "3.2 per cent"}
    assert client.post(f"{url}/charges/new", data=charge).status_code == 302
    assert client.post(f"{url}/charges/new", data={**charge, "charge": "1.3m"}).status_code == 302
    review = {"held_on": "1 October 2026", "held_by": "Head of Law", "found": "Slow at month end"}
    assert client.post(f"{url}/reviews/new", data=review).status_code == 302
    session.expire_all()
    assert agreement.contract.review_on == date(2027, 10, 1)
    standard = a_standard(client, session, url, linked_to_payment="y")
    credit = {"standard_id": str(standard.id), "accrued_on": "30 September 2026", "amount": "4321"}
    assert client.post(f"{url}/credits/new", data=credit).status_code == 302
    session.expire_all()
    settling = f"{url}/credits/{agreement.credits[0].id}"
    assert "Say why it is waived" in client.post(settling, data={"state": "waived", "on": "1 October 2026"}).text
    assert client.post(settling, data={"state": "applied", "on": "1 October 2026"}).status_code == 302
    page = shown(client, url)
    for words in (
        "£1,300,000",
        "3.2 per cent",
        "Slow at month end",
        "£4,321",
        "Applied",
        "Contract desk",
        "Every 12 months",
    ):
        assert words in page, words
    agreement.contract.exempt, agreement.contract.exempt_ground = True, "Schedule 12A"
    session.commit()
    member = shown(signed_in(client, session, Role.MEMBER), url)
    assert "4,321" not in member
    assert "1,300,000" not in member


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


def an_agreement(
    session: Session, *, ends_on: date | None = None, notice: int | None = None, **more: Any
) -> tuple[Agreement, AgreementStandard]:
    """In place with a standard, due for nothing."""
    providers, end = (a_company(session, name=f"Company {notice}"),), ends_on or date(2030, 3, 31)
    contract = a_contract(
        session, a_directorate(session), form=ContractForm.SLA, providers=providers, ends_on=end, notice_months=notice,
        **more,
    )  # fmt: skip
    standard = AgreementStandard(contract_id=contract.id, measure="Calls answered", linked_to_payment=True)
    agreement = Agreement(contract=contract, status=AgreementStatus.IN_PLACE, standards=[standard])
    session.add(agreement)
    session.flush()
    return agreement, standard


def test_what_an_agreement_needs_is_found_with_its_working(session: Session) -> None:
    a_council(session)
    quiet, _ = an_agreement(session)
    below, failing = an_agreement(session)
    failing.below_in_a_row, failing.next_result_on = 2, date(2026, 9, 30)
    below.credits = [
        ServiceCredit(contract_id=below.contract_id, standard=failing, accrued_on=date(2026, 7, 1), amount=Decimal(900))
    ]
    bare, withdrawn = an_agreement(session, review_on=date(2026, 6, 1))
    withdrawn.withdrawn_reason = "No longer owed"
    soon, _ = an_agreement(session, ends_on=date(2027, 3, 31), notice=3)
    late, _ = an_agreement(session, ends_on=date(2027, 1, 31), notice=6)
    session.flush()
    found = {
        "SL1": (below, "Calls answered: below tolerance 2 periods running"),
        "SL1-credits": (below, "1 service credit neither applied nor waived, the oldest from 1 July 2026"),
        "agreement-result": (below, "Calls answered: no result for the period that ended on 30 September 2026"),
        "agreement-review": (bare, "It was to be reviewed by 1 June 2026"),
        "agreement-standards": (bare, "It is in place, and nothing says what it promises"),
        "agreement-notice": (soon, "It ends on 31 March 2027; 3 months' notice is given by 31 December 2026"),
        "agreement-ends": (late, "It ends on 31 January 2027; 6 months' notice is given by 31 July 2026"),
    }
    for code, (agreement, words) in found.items():
        finding = CONTRACT_FINDINGS[code]
        matching = select(Contract.id).where(finding.condition(session, TODAY))
        assert session.scalars(matching).all() == [agreement.contract_id], code
        assert finding.working(session, agreement.contract, TODAY) == words
    assert quiet.status is AgreementStatus.IN_PLACE
