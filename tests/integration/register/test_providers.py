"""Providers and in-house units through the browser's door, on both databases."""

from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.register.models import Contract, InHouseUnit, Provider, ProviderIdentifier, ProviderName
from app.register.values import ArrangementValuation
from tests.makers import signed_in
from tests.register_makers import a_contract, a_council, a_directorate, a_provider, an_arrangement


def shown(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.text[:2000]
    return " ".join(response.text.split())


def test_a_providers_total_adds_its_share_or_the_whole_or_says_shared(client: FlaskClient, session: Session) -> None:
    a_council(session)
    roads = a_directorate(session, name="Highways")
    one, other = a_provider(session, name="Tarmac and Sons"), a_provider(session, name="Gritters")
    a_contract(session, roads, value=5_000_000, providers=(one,))
    a_contract(session, roads, value=3_000_000, providers=(one, other), shares=(1_000_000, None))
    a_contract(session, roads, value=9_000_000, providers=(one, other))
    page = shown(signed_in(client, session), f"/providers/{one.id}")
    assert "Together: £6,000,000, over 3 contracts, which leaves out 1 shared between providers" in page
    assert "Its share is £1,000,000" in page
    assert "Shared with 1 other provider, shares not recorded" in page
    assert "2 shared between providers" in shown(client, f"/providers/{other.id}")


def test_one_value_repeated_on_fifty_homes_is_no_homes_total(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    home, another = a_provider(session, name="Oaklands"), a_provider(session, name="Elmlands")
    homes = tuple(a_contract(session, adults, value=14_600_000, providers=(one,)) for one in (home, another))
    an_arrangement(session, adults, contracts=homes, valuation=ArrangementValuation.REPEATED)
    page = shown(signed_in(client, session), f"/providers/{home.id}")
    assert "1 shared between providers" in page
    assert "Together: no value recorded" in page


def test_a_call_off_is_added_unless_its_framework_is_the_providers_own(client: FlaskClient, session: Session) -> None:
    a_council(session)
    roads = a_directorate(session)
    alone, one, other = a_provider(session, name="Alone"), a_provider(session, name="One"), a_provider(session)
    own = a_contract(session, roads, value=5_000_000, providers=(alone,))
    under_own = a_contract(session, roads, value=1_000_000, providers=(alone,), parent_id=own.id)
    common = a_contract(session, roads, value=9_000_000, providers=(one, other))
    under_common = a_contract(session, roads, value=2_000_000, providers=(one,), parent_id=common.id)
    an_arrangement(session, roads, contracts=(own, under_own))
    an_arrangement(session, roads, contracts=(common, under_common))
    assert "Together: £5,000,000, over 1 contract" in shown(signed_in(client, session), f"/providers/{alone.id}")
    assert "Together: £2,000,000, over 2 contracts" in shown(client, f"/providers/{one.id}")


def test_providers_are_sorted_by_the_value_a_reader_may_see(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    small, secret = a_provider(session, name="Small"), a_provider(session, name="Secret")
    a_contract(session, adults, value=100_000, providers=(small,))
    a_contract(session, adults, value=7_777_777, providers=(secret,), exempt=True)
    member = shown(signed_in(client, session, Role.MEMBER), "/providers?sort=-value")
    assert "7.8m" not in member
    assert member.index(">Small</a>") < member.index(">Secret</a>")
    lead = shown(signed_in(client, session, Role.PROCUREMENT), "/providers?sort=-value")
    assert lead.index(">Secret</a>") < lead.index(">Small</a>")


def test_a_provider_is_found_by_its_other_name_and_by_its_number_without_noughts(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    a_provider(session, name="Norse", other_names=[ProviderName(name="Norfolk Environmental Waste")])
    a_provider(session, name="Civica", identifiers=[ProviderIdentifier(scheme="GB-COH", value="00012345")])
    signed_in(client, session)
    assert "Norse</a>" in shown(client, "/providers?q=environmental+waste")
    found = shown(client, "/providers?q=12345")
    assert "Civica</a>" in found
    assert "Norse</a>" not in found


def test_a_company_number_is_padded_and_a_wrong_one_refused_beside_its_question(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    signed_in(client, session)
    answers = {"name": "Tarmac", "kind": "private company", "small": "no", "voluntary": "not known"}
    wrong = client.post("/providers/new", data={**answers, "company_number": "12A"})
    assert 'id="company_number-error"' in wrong.text
    assert "like 01234567" in wrong.text
    assert client.post("/providers/new", data={**answers, "company_number": "1234567"}).status_code == 302
    provider = session.scalars(select(Provider)).one()
    assert [(one.scheme, one.value) for one in provider.identifiers] == [("GB-COH", "01234567")]
    assert (provider.sme, provider.vcse) == (False, None)
    twice = client.post("/providers/new", data={**answers, "name": "Tarmac Two", "company_number": "01234567"})
    assert "Tarmac has this number already (Companies House number 01234567)" in twice.text


def test_a_renamed_provider_is_what_its_contracts_are_found_by(client: FlaskClient, session: Session) -> None:
    a_council(session)
    provider = a_provider(session, name="May Gurney")
    contract = a_contract(session, a_directorate(session), providers=(provider,))
    signed_in(client, session)
    answers = {"name": "Kier", "kind": "private company", "version": str(provider.version)}
    assert client.post(f"/providers/{provider.id}/edit", data=answers).status_code == 302
    session.expire_all()
    assert "kier" in session.get_one(Contract, contract.id).search_text


def test_a_number_added_meanwhile_is_a_conflict_for_who_edits_the_provider(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    provider = a_provider(session, name="Norse")
    signed_in(client, session)
    number = {"scheme": "GB-CHC", "value": "1090095"}
    assert client.post(f"/providers/{provider.id}/numbers", data=number).status_code == 302
    answers = {"name": "Norse Group", "kind": "private company", "version": str(provider.version)}
    assert "Somebody else saved this record" in client.post(f"/providers/{provider.id}/edit", data=answers).text
    assert "Number added" in shown(client, f"/providers/{provider.id}")


def test_only_those_who_may_edit_providers_add_one(client: FlaskClient, session: Session) -> None:
    a_council(session)
    assert signed_in(client, session, Role.PLANNER).get("/providers/new").status_code == 403
    assert "Add a provider" not in shown(client, "/providers")


def test_a_provider_that_delivers_today_is_not_withdrawn(client: FlaskClient, session: Session) -> None:
    a_council(session)
    busy, idle = a_provider(session, name="Busy"), a_provider(session, name="Idle")
    directorate = a_directorate(session)
    a_contract(session, directorate, providers=(busy,))
    a_contract(session, directorate, providers=(idle,), starts_on=date(2010, 4, 1), ends_on=date(2015, 3, 31))
    signed_in(client, session)
    gone = {"reason": "Dissolved", "version": "1"}
    assert "1 contract has not ended" in client.post(f"/providers/{busy.id}/withdraw", data=gone).text
    assert client.post(f"/providers/{idle.id}/withdraw", data=gone).status_code == 302
    assert "Withdrawn on" in shown(client, f"/providers/{idle.id}")
    assert "Idle" not in shown(client, "/providers")
    assert client.post(f"/providers/{idle.id}/restore").status_code == 302
    shown(client, f"/providers/{idle.id}")
    assert "Idle" in shown(client, "/providers")


def test_the_list_of_providers_asks_no_more_questions_for_more_of_them(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    a_council(session)
    directorate = a_directorate(session)
    signed_in(client, session)

    def questions(url: str) -> int:
        statements.clear()
        shown(client, url)
        return len(statements)

    provider = a_provider(session)
    a_contract(session, directorate, providers=(provider,))
    session.commit()
    few = [questions("/providers?sort=-value"), questions(f"/providers/{provider.id}")]
    for _ in range(20):
        a_contract(session, directorate, providers=(provider, a_provider(session)))
    session.commit()
    assert [questions("/providers?sort=-value"), questions(f"/providers/{provider.id}")] == few


def test_an_in_house_unit_is_added_and_changed(client: FlaskClient, session: Session) -> None:
    a_council(session)
    directorate = a_directorate(session, name="Highways")
    signed_in(client, session)
    answers = {"name": "Direct works", "directorate_id": str(directorate.id), "head_post": "Works Manager"}
    assert client.post("/in-house-units/new", data=answers).status_code == 302
    assert "already a unit of that directorate" in client.post("/in-house-units/new", data=answers).text
    unit = session.scalars(select(InHouseUnit)).one()
    changed = {**answers, "name": "Road works", "version": str(unit.version)}
    assert client.post(f"/in-house-units/{unit.id}/edit", data=changed).status_code == 302
    assert "Road works" in shown(client, "/in-house-units")
