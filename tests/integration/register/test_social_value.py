"""Social value through the browser's door, on both databases: stated, promised, claimed, verified."""

from datetime import UTC, date, datetime
from decimal import Decimal

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core.audit import Action, Change
from app.core.findings import Asked
from app.core.rights import Reader, ScopeKind
from app.register.findings.promises import BEHIND, NOT_CONSIDERED, UNVERIFIED
from app.register.models import Contract, SocialValueCommitment, SocialValueDelivery, SocialValueStatement
from app.register.regime import Regime, Supply
from tests.makers import a_person, added, signed_in
from tests.register_makers import a_contract, a_council, a_directorate

TODAY = date(2026, 11, 22)


def shown(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.text[:2000]
    return " ".join(response.text.split())


def a_commitment(
    session: Session,
    contract: Contract,
    *,
    text: str = "Apprentices trained",
    target: int | None = 10,
    from_on: date | None = date(2020, 4, 1),
    due_on: date | None = date(2024, 3, 31),
    unit: str = "people",
) -> SocialValueCommitment:
    commitment = SocialValueCommitment(
        directorate_id=contract.directorate_id,
        contract=contract,
        theme="Jobs",
        text=text,
        measure="Apprentices",
        unit=unit,
        target=None if target is None else Decimal(target),
        from_on=from_on,
        due_on=due_on,
    )
    return added(session, commitment)


def test_a_statement_is_written_signed_off_and_needs_it_again_when_its_words_change(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    adults = a_directorate(session, name="Adults")
    director = a_person(session, Role.DIRECTOR, scope=ScopeKind.DIRECTORATE, scope_id=adults.id, name="Robin Oak")
    signed_in(client, session)
    answers = {"directorate_id": str(adults.id), "year": "2026", "text": "We buy locally."}
    assert client.post("/social-value/statements/new", data=answers).status_code == 302
    assert "There is a statement for 2026-27 already" in client.post("/social-value/statements/new", data=answers).text
    statement = session.scalars(select(SocialValueStatement)).one()
    url = f"/social-value/statements/{statement.id}"
    assert client.post(f"{url}/sign-off").status_code == 403
    assert "Sign it off" in shown(signed_in(client, session, director), url)
    assert client.post(f"{url}/sign-off").status_code == 302
    assert "Robin Oak signed it off" in shown(client, url)
    assert client.post(f"{url}/sign-off").status_code == 400
    signed_in(client, session)
    session.expire_all()
    changed = {"text": "We buy from small firms.", "version": str(statement.version)}
    assert client.post(f"{url}/edit", data=changed).status_code == 302
    assert "the sign-off was for the words before" in shown(client, url).lower()
    assert "Not signed off" in shown(client, "/social-value?year=2026")


def test_a_director_of_another_directorate_signs_nothing_here(client: FlaskClient, session: Session) -> None:
    a_council(session)
    mine, other = a_directorate(session), a_directorate(session)
    statement = added(session, SocialValueStatement(directorate_id=other.id, year=2026, text="We buy locally."))
    director = a_person(session, Role.DIRECTOR, scope=ScopeKind.DIRECTORATE, scope_id=mine.id)
    signed_in(client, session, director)
    assert client.post(f"/social-value/statements/{statement.id}/sign-off").status_code == 403


def test_a_commitment_is_made_under_a_contract_named_by_its_reference(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    contract = a_contract(session, adults, reference="BAN 42308")
    signed_in(client, session)
    answers = {"under": "ban 42308", "theme": "Jobs", "text": "Train ten apprentices", "target": "10"}
    assert 'id="measure-error"' in client.post("/social-value/new", data=answers).text
    made = client.post("/social-value/new", data={**answers, "unit": "people"})
    assert made.status_code == 302, made.text
    commitment = session.scalars(select(SocialValueCommitment)).one()
    assert (commitment.contract_id, commitment.directorate_id) == (contract.id, adults.id)
    wrong = client.post("/social-value/new", data={**answers, "unit": "people", "under": "no such"})
    assert 'id="under-error"' in wrong.text
    nobody = client.post("/social-value/new", data={"theme": "Jobs", "text": "Ours"})
    assert 'id="directorate-error"' in nobody.text


def test_a_claim_counts_once_it_is_verified_and_can_be_sent_back_with_a_reason(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    commitment = a_commitment(session, a_contract(session, a_directorate(session)))
    signed_in(client, session)
    url = f"/social-value/{commitment.id}"
    future = client.post(f"{url}/deliveries/new", data={"quantity": "10", "delivered_on": "1 April 2099"})
    assert "what is to come is not delivered" in future.text
    claim = {"quantity": "10", "delivered_on": "31 March 2023"}
    assert client.post(f"{url}/deliveries/new", data=claim).status_code == 302
    assert "No data" in shown(client, "/social-value")
    assert "1 claim waits" in shown(client, "/social-value")
    delivery = session.scalars(select(SocialValueDelivery)).one()
    judging = f"{url}/deliveries/{delivery.id}"
    assert "Say what is missing" in client.post(judging, data={"state": "sent back"}).text
    assert client.post(judging, data={"state": "sent back", "reason": "No payroll records"}).status_code == 302
    assert "No payroll records" in shown(client, url)
    assert client.post(judging, data={"state": "verified", "evidence": "x"}).status_code == 200
    assert client.post(f"{judging}/again", data={**claim, "evidence": "Payroll"}).status_code == 302
    assert "Say what evidence you saw" in client.post(judging, data={"state": "verified"}).text
    assert client.post(judging, data={"state": "verified", "evidence": "Payroll"}).status_code == 302
    assert "10 of 10 verified" in shown(client, url)
    assert "1 on target" in shown(client, "/social-value")


def test_no_data_is_not_green_and_counts_with_what_needs_somebody(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session))
    a_commitment(session, contract, text="Long past")
    a_commitment(session, contract, text="Still to come", from_on=date(2090, 4, 1), due_on=date(2095, 3, 31))
    page = shown(signed_in(client, session), "/social-value")
    assert "2 commitments: 1 not due, 1 no data" in page
    assert page.index("Long past") < page.index("Still to come")
    filtered = shown(client, "/social-value?status=not+due")
    assert "Still to come" in filtered
    assert "Long past" not in filtered


def test_a_commitment_under_an_embargoed_contract_is_kept_back_with_it(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), embargoed_until=date(2099, 1, 1))
    commitment = a_commitment(session, contract, text="Not yet told")
    assert "Not yet told" not in shown(signed_in(client, session, Role.MEMBER), "/social-value")
    assert client.get(f"/social-value/{commitment.id}").status_code == 404
    assert "Not yet told" in shown(signed_in(client, session, Role.PROCUREMENT), "/social-value")


def test_a_contracts_page_shows_what_was_promised_under_it(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session))
    a_commitment(session, contract, text="Apprentices trained")
    page = shown(signed_in(client, session), f"/contracts/{contract.id}")
    assert "Apprentices trained" in page
    assert f"/social-value/new?contract={contract.id}" in page
    assert f"(no. {contract.id})" in shown(client, f"/social-value/new?contract={contract.id}")


def test_a_withdrawn_commitment_leaves_the_list(client: FlaskClient, session: Session) -> None:
    a_council(session)
    commitment = a_commitment(session, a_contract(session, a_directorate(session)), text="Plant an orchard")
    signed_in(client, session)
    url = f"/social-value/{commitment.id}"
    assert client.post(f"{url}/withdraw", data={"reason": "Land sold", "version": "1"}).status_code == 302
    assert "Land sold" in shown(client, url)
    assert "Plant an orchard" not in shown(client, "/social-value")
    assert "Plant an orchard" in shown(client, "/social-value?withdrawn=yes")
    assert client.post(f"{url}/restore").status_code == 302


def test_two_people_never_lose_a_change_of_a_commitment(client: FlaskClient, session: Session) -> None:
    a_council(session)
    commitment = a_commitment(session, a_contract(session, a_directorate(session), reference="R1"))
    signed_in(client, session)
    version, url = commitment.version, f"/social-value/{commitment.id}"
    claim = {"quantity": "1", "delivered_on": "31 March 2023"}
    assert client.post(f"{url}/deliveries/new", data=claim).status_code == 302
    answers = {"under": "R1", "theme": "Jobs", "text": "Train more", "unit": "people", "version": str(version)}
    assert "Somebody else saved this record" in client.post(f"{url}/edit", data=answers).text


def test_social_value_asks_no_more_questions_for_more_commitments(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session))
    signed_in(client, session)

    def questions() -> int:
        statements.clear()
        shown(client, "/social-value")
        return len(statements)

    a_commitment(session, contract)
    session.commit()
    few = questions()
    for _ in range(10):
        a_commitment(session, a_contract(session, a_directorate(session)))
    session.commit()
    assert questions() == few
    assert client.get("/social-value.csv").text.count("\n") == 12


def test_interim_targets_take_the_place_of_the_line_and_history_tells_no_false_change(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    commitment = a_commitment(
        session, a_contract(session, a_directorate(session)), from_on=date(2024, 4, 1), due_on=date(2029, 3, 31)
    )
    signed_in(client, session)
    url = f"/social-value/{commitment.id}"
    too_much = client.post(f"{url}/interim/new", data={"due_on": "31 March 2026", "interim_targets": "11"})
    assert "11 is more than the target, 10" in too_much.text
    for on, quantity in (("31 March 2026", "4"), ("31 March 2025", "2")):
        answer = client.post(f"{url}/interim/new", data={"due_on": on, "interim_targets": quantity})
        assert answer.status_code == 302, answer.text
    claim = {"quantity": "3", "delivered_on": "1 March 2026", "evidence_url": "https://example.org/payroll"}
    assert client.post(f"{url}/deliveries/new", data={**claim, "evidence_url": "javascript:1"}).status_code == 200
    assert client.post(f"{url}/deliveries/new", data=claim).status_code == 302
    session.expire_all()
    (delivery,) = commitment.deliveries
    assert delivery.claimed_by
    assert (
        client.post(f"{url}/deliveries/{delivery.id}", data={"state": "verified", "evidence": "x"}).status_code == 302
    )
    page = shown(client, url)
    assert "3 of 10 verified; 4 was due by 31 March 2026" in page
    assert "At risk" in page
    assert 'href="https://example.org/payroll"' in page
    assert "Verified by" in page
    (first, _) = commitment.interim_targets
    assert client.post(f"{url}/interim/{first.id}/remove").status_code == 302
    told = session.scalars(select(Change).where(Change.record_kind == "social_value_commitment")).all()
    assert not any("text" in change.fields for change in told if change.action is Action.CHANGED)


def test_an_exempt_contracts_commitments_do_not_tell_its_value(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), value=7_654_321, exempt=True)
    commitment = a_commitment(session, contract)
    signed_in(client, session, Role.MEMBER)
    for url in ("/social-value", f"/social-value/{commitment.id}", "/social-value.csv", f"/contracts/{contract.id}"):
        said = client.get(url).text
        assert "7,654,321" not in said, url
        assert "7654321" not in said, url


def test_what_was_considered_before_a_procurement_of_services_stands_on_the_contract(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), supply=Supply.SERVICES, regime=Regime.PUBLIC)
    found = NOT_CONSIDERED.condition(session, TODAY)
    lacking = select(Contract.id).where(found)
    assert session.scalars(lacking).all() == [contract.id]
    signed_in(client, session)
    url = f"/contracts/{contract.id}/social-value-considered"
    assert "Not recorded (Public Services (Social Value) Act 2012" in shown(client, f"/contracts/{contract.id}")
    assert "say why urgency left no time" in client.post(url, data={"version": str(contract.version)}).text
    answers = {"considered_on": "1 May 2024", "considered_by": "Head of Care", "version": str(contract.version)}
    assert client.post(url, data=answers).status_code == 302
    assert "Head of Care, 1 May 2024" in shown(client, f"/contracts/{contract.id}")
    session.expire_all()
    assert session.scalars(lacking).all() == []


def test_commitments_that_are_behind_or_wait_to_be_verified_are_found(session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session))
    behind = a_commitment(session, contract, text="Long past")
    a_commitment(session, contract, text="To come", from_on=date(2090, 4, 1), due_on=date(2095, 3, 31))
    asked = Asked(Reader(1, "Robin Oak"), TODAY)
    assert [row[0] for row in session.execute(BEHIND.rows(session, asked))] == [behind.id]
    assert BEHIND.working(session, asked, [behind.id]) == {behind.id: "Nothing has been verified yet"}
    assert session.execute(UNVERIFIED.rows(session, asked)).all() == []
    behind.deliveries.append(SocialValueDelivery(delivered_on=date(2024, 1, 1), quantity=Decimal(3)))
    session.flush()
    assert [row[0] for row in session.execute(UNVERIFIED.rows(session, asked))] == [behind.id]
    assert "3 claimed" in UNVERIFIED.working(session, asked, [behind.id])[behind.id]
    behind.deliveries[0].claimed_at = datetime(2026, 11, 1, tzinfo=UTC)
    session.flush()
    assert session.execute(UNVERIFIED.rows(session, asked)).all() == []
