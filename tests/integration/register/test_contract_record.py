"""One contract's page through the browser's door, on both databases."""

import re
from datetime import date, timedelta
from decimal import Decimal

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.core.dates import add_months, day
from app.core.rights import ScopeKind
from app.council.models import Directorate
from app.register.models import (
    Approval,
    Contract,
    ContractForm,
    ContractNotice,
    ContractSpend,
    ContractStage,
    ExtensionOption,
)
from app.register.notices import NoticeKind
from app.register.settling import settle
from app.register.values import ArrangementValuation
from tests.makers import a_person, signed_in
from tests.register_makers import (
    a_contract,
    a_council,
    a_directorate,
    a_provider,
    a_service,
    an_arrangement,
)


def record(client: FlaskClient, contract_id: int, status: int = 200) -> str:
    response = client.get(f"/contracts/{contract_id}")
    assert response.status_code == status, response.text[:2000]
    return " ".join(response.text.split())


def test_the_record_reads_aloud_and_says_what_is_worked_out(client: FlaskClient, session: Session) -> None:
    a_council(session)
    today = clock.today()
    end = add_months(today, 30) - timedelta(days=1)
    contract = a_contract(
        session,
        a_directorate(session),
        title="Household waste sites",
        value=40_000_000,
        providers=(a_provider(session, name="FCC Environment"),),
        starts_on=add_months(today, -30),
        ends_on=end,
    )
    contract.options = [ExtensionOption(position=0, months=60, value=Decimal(2_000_000))]
    settle(contract)
    signed_in(client, session)
    text = record(client, contract.id)
    assert f"Household waste sites: FCC Environment, 10 years (5 + 5) from {day(contract.starts_on)}" in text
    assert f"ends {day(end)} unless extended" in text
    assert "£42,000,000" in text
    assert "£42,000,000 whole life: more than £1,000,000." in text
    assert "Last free choice: extend, or procure afresh" in text
    assert "Last day to take up the option" in text
    assert "no decision is recorded" in text
    assert "In time" in text or "Decision due" in text or "Decision late" in text


def test_what_is_missing_is_said(client: FlaskClient, session: Session) -> None:
    a_council(session)
    bare = a_contract(session, a_directorate(session), value=None, starts_on=None, ends_on=None)
    signed_in(client, session)
    text = record(client, bare.id)
    for words in (
        "Running contract not given to a service",
        "Nobody is recorded as delivering it",
        "end date, or why there is none",
        "Neither a whole-life nor an annual value",
        "No post is named as its manager",
        "For the annexes: ",
        "For the Transparency Code: ",
        "Neither an end nor a review date is recorded",
        "Cannot be tested",
    ):
        assert words in text


def test_nothing_comes_next_once_the_last_day_has_passed(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    ended = add_months(clock.today(), -1)
    over = a_contract(session, adults, starts_on=add_months(ended, -12), ends_on=ended, stage=ContractStage.PLANNED)
    signed_in(client, session)
    text = record(client, over.id)
    assert "Nothing: its last day has passed." in text
    assert "Neither an end nor a review date is recorded" not in text


def test_an_annual_value_without_a_term_cannot_be_tested(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), value=None, annual=9_000_000, ends_on=None)
    signed_in(client, session)
    assert "Cannot be tested: £9,000,000 a year, without a term to count it over." in record(client, contract.id)


def test_a_contract_of_an_arrangement_is_tested_with_the_whole(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    homes = tuple(a_contract(session, adults, value=400_000) for _ in range(3))
    an_arrangement(session, adults, contracts=homes, title="Care homes 2025")
    alike = tuple(a_contract(session, adults, value=900_000) for _ in range(2))
    an_arrangement(session, adults, contracts=alike, title="Alike", valuation=ArrangementValuation.REPEATED)
    signed_in(client, session)
    text = record(client, homes[0].id)
    assert "£1,200,000 over 3 contracts: more than £1,000,000." in text
    assert "Tested with its arrangement, Care homes 2025" in text
    assert "£900,000, repeated on 2 contracts: not more than £1,000,000." in record(client, alike[0].id)


def test_a_live_successor_clears_the_clock(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    today = clock.today()
    old = a_contract(session, adults, title="Old", starts_on=add_months(today, -12), ends_on=add_months(today, 2))
    signed_in(client, session)
    assert "Decision late" in record(client, old.id)
    a_contract(session, adults, title="New", replaces_id=old.id, starts_on=today, ends_on=add_months(today, 24))
    session.commit()
    text = record(client, old.id)
    assert "New follows it" in text
    assert "Decision late" not in text


def test_a_planned_successor_does_not(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    today = clock.today()
    old = a_contract(session, adults, starts_on=add_months(today, -12), ends_on=add_months(today, 2))
    a_contract(session, adults, title="Perhaps", replaces_id=old.id, stage=ContractStage.PLANNED)
    signed_in(client, session)
    assert "Decision late" in record(client, old.id)


def test_a_framework_shows_its_call_offs_and_they_show_it(client: FlaskClient, session: Session) -> None:
    a_council(session)
    roads = a_directorate(session)
    framework = a_contract(session, roads, title="Highways framework", form=ContractForm.FRAMEWORK)
    call_off = a_contract(session, roads, title="Resurfacing", form=ContractForm.CALL_OFF, parent_id=framework.id)
    signed_in(client, session)
    assert "Resurfacing" in record(client, framework.id)
    assert "Highways framework" in record(client, call_off.id)


def test_the_decision_a_contract_was_let_under_is_a_link_away(client: FlaskClient, session: Session) -> None:
    directorate = a_directorate(session)
    approval = Approval(reference="25/00053", title="Waste sites", directorate_id=directorate.id)
    contract = a_contract(session, directorate)
    contract.approval = approval
    session.commit()
    page = record(signed_in(client, session), contract.id)
    assert f'href="/approvals/{approval.id}">25/00053: Waste sites</a>' in page


def test_exempt_amounts_are_nowhere_on_the_page_of_a_reader_who_may_not_see_them(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    adults = a_directorate(session)
    oak = a_provider(session)
    secret = a_contract(
        session,
        adults,
        value=7_654_321,
        exempt=True,
        providers=(oak,),
        shares=(7_654_320,),
        value_note="Mostly 7.6m of wages",
        irrecoverable_vat=Decimal(765_432),
    )
    secret.options = [ExtensionOption(position=0, months=12, value=Decimal(765_431))]
    settle(secret)
    session.flush()
    secret.awarded_low = secret.awarded_high = Decimal(7_654_322)
    settle(secret)
    signed_in(client, session, Role.MEMBER)
    for address in (f"/contracts/{secret.id}", f"/contracts/{secret.id}/history"):
        text = client.get(address).text
        assert "Exempt" in text
        for figure in ("7,654,32", "7654321", "765,43", "7.6m", "7.7m", "more than £1,000,000"):
            assert figure not in text, address
    signed_in(client, session, Role.PROCUREMENT)
    assert "7,654,322" in record(client, secret.id)
    assert "7,654,321" in client.get(f"/contracts/{secret.id}/history").text


def test_an_embargoed_record_is_not_there_for_others(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults, roads = a_directorate(session), a_directorate(session)
    hushed = a_contract(session, adults, embargoed_until=clock.today() + timedelta(days=1))
    neighbour = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=roads.id)
    signed_in(client, session, neighbour)
    record(client, hushed.id, status=404)
    assert client.get(f"/contracts/{hushed.id}/history").status_code == 404
    assert client.get(f"/contracts/{hushed.id}/edit/what").status_code == 404


def test_there_is_no_record_of_what_does_not_exist(client: FlaskClient, session: Session) -> None:
    a_council(session)
    signed_in(client, session)
    record(client, 999_999, status=404)


def test_the_history_names_what_numbers_stand_for(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    service = a_service(session, adults, name="Day care")
    contract = a_contract(session, adults, title="Home care", providers=(a_provider(session, name="Oak Ltd"),))
    contract.lead_service = service
    settle(contract)
    signed_in(client, session)
    text = record(client, contract.id)
    history = text[text.index('id="history"') :]
    assert "Day care" in history
    assert "Provider: Oak Ltd" in history
    assert "Added to the register" in history


def test_only_the_first_changes_stand_on_the_page_and_all_are_a_link_away(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session))
    for number in range(30):
        contract.note = f"Note number {number}"
        session.flush()
    signed_in(client, session)
    text = record(client, contract.id)
    assert "Note number 29" in text
    assert "Note number 3 " not in text
    assert re.search(r"All 3\d changes", text)
    assert "Note number 3" in client.get(f"/contracts/{contract.id}/history").text


def test_a_reader_who_may_not_write_is_offered_nothing_to_do(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session))
    signed_in(client, session, Role.MEMBER)
    text = record(client, contract.id)
    assert f"/contracts/{contract.id}/edit/" not in text
    assert f"/contracts/{contract.id}/extend" not in text


def test_an_empty_section_reads_nothing_and_a_full_one_the_same_however_full(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    a_council(session)
    adults = a_directorate(session)
    bare = a_contract(session, adults, providers=(a_provider(session),))
    full = [_with_much_on_it(session, adults, many) for many in (2, 9)]
    signed_in(client, session)
    counts = []
    for contract in (bare, *full):
        record(client, contract.id)
        statements.clear()
        record(client, contract.id)
        counts.append(len(statements))
    assert counts[0] <= 16
    assert counts[1] <= counts[0] + 9
    assert counts[2] <= counts[1] + 1  # past twenty changes it counts them


def _with_much_on_it(session: Session, directorate: Directorate, many: int) -> Contract:
    """Providers, options, call-offs, spend, indicators and notices, so many of each."""
    contract = a_contract(session, directorate, providers=tuple(a_provider(session) for _ in range(many)))
    contract.options = [ExtensionOption(position=place, months=12) for place in range(many)]
    settle(contract)
    for number in range(many):
        a_contract(session, directorate, parent_id=contract.id, providers=(a_provider(session),))
        session.add(
            ContractSpend(
                contract_id=contract.id,
                year=2010 + number,
                amount=Decimal(1_000),
                to_on=date(2011 + number, 3, 31),
                source="Entered",
            )
        )
        notice = ContractNotice(contract_id=contract.id, kind=NoticeKind.UK6, published_on=date(2020, 4, 1 + number))
        session.add(notice)
    session.flush()
    return contract
