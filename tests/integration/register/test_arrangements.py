"""Arrangements through the browser's door, on both databases: contracts let or counted as one."""

from urllib.parse import quote

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core.rights import ScopeKind
from app.register.models import Arrangement, Contract
from app.register.values import ArrangementValuation
from tests.makers import a_person, signed_in
from tests.register_makers import a_category, a_contract, a_council, a_directorate, a_provider, an_arrangement


def shown(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.text[:2000]
    return " ".join(response.text.split())


def test_one_value_repeated_on_many_homes_is_counted_once_and_tested_as_a_whole(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    adults = a_directorate(session)
    homes = tuple(a_contract(session, adults, value=900_000, providers=(a_provider(session),)) for _ in range(5))
    repeated = ArrangementValuation.REPEATED
    arrangement = an_arrangement(session, adults, contracts=homes, valuation=repeated)
    page = shown(signed_in(client, session), f"/arrangements/{arrangement.id}")
    assert "5 contracts with 5 providers, worth £0.9m (one value repeated on each contract)" in page
    assert "Not over" in page
    assert "£0.9m" in shown(client, "/arrangements")


def test_a_value_of_the_whole_is_withheld_while_one_contract_in_it_is_exempt(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    adults = a_directorate(session)
    contracts = (a_contract(session, adults, exempt=True), a_contract(session, adults, value=250_000))
    stated = ArrangementValuation.STATED
    arrangement = an_arrangement(session, adults, contracts=contracts, valuation=stated, value=8_765_432)
    member = shown(signed_in(client, session, Role.MEMBER), f"/arrangements/{arrangement.id}")
    assert "8,765,432" not in member
    assert "its value is exempt" in member
    assert "8,765,432" in shown(signed_in(client, session, Role.PROCUREMENT), f"/arrangements/{arrangement.id}")


def test_contracts_are_put_in_and_taken_out_again(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    arrangement = an_arrangement(session, adults)
    contract = a_contract(session, adults, title="Oaklands")
    signed_in(client, session)
    url = f"/arrangements/{arrangement.id}/contracts"
    assert "Oaklands" in shown(client, f"{url}?q=oakl")
    client.post(url, data={"act": "add", "contract": str(contract.id)})
    session.expire_all()
    assert session.get_one(Contract, contract.id).arrangement_id == arrangement.id
    assert session.get_one(Arrangement, arrangement.id).version == 2
    client.post(url, data={"act": "remove", "contract": str(contract.id)})
    session.expire_all()
    assert session.get_one(Contract, contract.id).arrangement_id is None
    client.post(url, data={"act": "remove", "contract": str(contract.id)})
    assert "Choose at least one contract to take out" in shown(client, url)


def test_a_stated_value_is_asked_for_where_the_whole_is_valued_so(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    signed_in(client, session)
    answers = {
        "title": "Care homes",
        "kind": "agreement with many providers",
        "unit": str(adults.id),
        "valuation": "the value stated for the whole",
    }
    assert 'id="value_low-error"' in client.post("/arrangements/new", data=answers).text
    assert client.post("/arrangements/new", data={**answers, "value_low": "14.6m"}).status_code == 302
    arrangement = session.scalars(select(Arrangement)).one()
    assert arrangement.value_low == arrangement.value_high == 14_600_000


def test_contracts_alike_are_suggested_confirmed_and_become_one(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    homes = a_category(session, "Adult care - homes")
    names = ("Oaklands", "Involve", "Hamlet Centre (The)")
    alike = [a_contract(session, adults, title=f"Spot Day Care For Adults ({name})", category=homes) for name in names]
    a_contract(session, adults, title="Spot day care for adults (Other)", category=a_category(session, "Transport"))
    signed_in(client, session)
    page = shown(client, "/arrangements/suggestions")
    assert "1 suggestion over 3 contracts" in page
    url = page.split('href="/arrangements/new?')[1].split('"')[0].replace("&amp;", "&")
    assert 'value="Spot Day Care For Adults"' in shown(client, f"/arrangements/new?{url}")
    answers = {
        "title": "Spot day care",
        "kind": "agreement with many providers",
        "unit": str(adults.id),
        "valuation": "the sum of its contracts",
    }
    assert client.post(f"/arrangements/new?{url}", data=answers).status_code == 302
    session.expire_all()
    assert len({one.arrangement_id for one in alike} - {None}) == 1
    assert "No contracts look like one arrangement" in shown(client, "/arrangements/suggestions")


def test_a_dismissed_suggestion_stays_away_until_more_of_the_kind_come(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    for _ in range(2):
        a_contract(session, adults, reference="BAN 42308")
    signed_in(client, session)
    assert "1 suggestion" in shown(client, "/arrangements/suggestions")
    url = f"/arrangements/suggestions/dismiss?suggestion={quote(f'reference:{adults.id}:ban 42308')}"
    assert "Say why" in client.post(url, data={"reason": ""}).text
    assert client.post(url, data={"reason": "Typed twice"}).status_code == 302
    assert "No contracts look like one arrangement" in shown(client, "/arrangements/suggestions")
    a_contract(session, adults, reference="BAN 42308")
    session.commit()
    assert "1 suggestion over 3 contracts" in shown(client, "/arrangements/suggestions")


def test_a_commissioner_of_another_directorate_changes_no_arrangement_here(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    mine, other = a_directorate(session), a_directorate(session)
    arrangement = an_arrangement(session, other)
    person = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=mine.id)
    signed_in(client, session, person)
    assert client.get(f"/arrangements/{arrangement.id}/edit").status_code == 403
    assert client.get(f"/arrangements/{arrangement.id}").status_code == 200


def test_a_withdrawn_arrangement_lets_its_contracts_count_singly(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    contract = a_contract(session, adults)
    arrangement = an_arrangement(session, adults, contracts=(contract,))
    signed_in(client, session)
    url = f"/arrangements/{arrangement.id}"
    assert client.post(f"{url}/withdraw", data={"reason": "No framework after all", "version": "1"}).status_code == 302
    session.expire_all()
    assert session.get_one(Contract, contract.id).arrangement_id is None
    assert "1 contract now counted singly" in shown(client, url)


def test_arrangements_ask_no_more_questions_for_more_contracts(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    a_council(session)
    adults = a_directorate(session)
    arrangement = an_arrangement(session, adults, contracts=(a_contract(session, adults),))
    signed_in(client, session)

    def questions() -> list[int]:
        counted = []
        for url in ("/arrangements", f"/arrangements/{arrangement.id}", "/arrangements/suggestions"):
            statements.clear()
            shown(client, url)
            counted.append(len(statements))
        return counted

    few = questions()
    for _ in range(10):
        a_contract(session, adults, arrangement=arrangement, providers=(a_provider(session),))
        an_arrangement(session, adults, contracts=(a_contract(session, adults),))
    session.commit()
    more = questions()
    assert more[0] == few[0]
    assert more[1] <= few[1] + 1  # providers are loaded only where there are any
    assert more[2] == few[2]
