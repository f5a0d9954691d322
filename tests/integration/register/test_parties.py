"""Where the money goes, groups, control tests, and what happens to a service over its life."""

from datetime import date
from decimal import Decimal

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.core.findings import Asked, kind_of
from app.core.rights import Grant, Permission, Reader, ScopeKind
from app.register.commands import providers
from app.register.delivery import DeliveryRoute
from app.register.models import (
    Arrangement,
    Contract,
    ControlTest,
    Provider,
    ProviderIdentifier,
    ProviderKind,
    Service,
    TradingCompany,
)
from app.register.queries.control import control_shown
from app.register.queries.spread import SpreadAsked, spread
from app.register.values import ArrangementValuation
from tests.integration.reading import shown_words
from tests.makers import added, signed_in
from tests.register_makers import (
    a_contract,
    a_council,
    a_directorate,
    a_division,
    a_provider,
    a_service,
    an_arrangement,
)

TODAY = date(2026, 11, 22)
EVERYTHING = Reader(None, "all", grants=(Grant(frozenset(Permission), exempt=True),))
OPEN_ONLY = Reader(1, "reads", grants=(Grant(frozenset({Permission.READ})),))


def seen(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return " ".join(shown_words(answer.text).split())


def codes(session: Session, code: str, **asked: int | str) -> list[int]:
    kind = kind_of(code)
    assert kind is not None
    return [row[0] for row in session.execute(kind.rows(session, Asked(EVERYTHING, clock.today(), **asked)))]  # type: ignore[arg-type]


def test_the_money_of_a_directorate_goes_to_each_once(session: Session) -> None:
    a_council(session)
    adults, roads = a_directorate(session, name="Adults"), a_directorate(session, name="Roads")
    one, two, three = (a_provider(session, name=name) for name in ("One", "Two", "Three"))
    two.parent_id = one.id
    a_contract(session, adults, value=600, providers=(one,))
    a_contract(session, adults, value=300, providers=(one, two), shares=(100, 150))
    a_contract(session, adults, value=90, providers=(two, three))
    a_contract(session, adults, value=None, annual=70, providers=(three,))
    a_contract(session, adults, value=5_000, providers=(three,), ends_on=date(2026, 3, 31))
    homes = [a_contract(session, adults, value=400, providers=(three,)) for _ in range(3)]
    an_arrangement(session, adults, contracts=tuple(homes), valuation=ArrangementValuation.STATED, value=500)
    a_contract(session, adults, value=10_000, providers=(three,), exempt=True)
    a_contract(session, roads, value=7_000, providers=(one,))
    session.commit()
    found = spread(session, SpreadAsked(adults.id), OPEN_ONLY, TODAY)
    assert [(row.name, row.amount, row.contracts) for row in found.rows] == [
        ("One", Decimal(700), 2),
        ("Three", Decimal(500), 1),
        ("Two", Decimal(150), 1),
    ]
    assert (found.whole.high, found.unplaced) == (Decimal(1_490), Decimal(140))
    assert found.left_out == "1 exempt, 1 known by the year only"
    assert found.rows[0].per_cent == Decimal("47.0")
    assert found.concentration.carry_half == 1
    together = spread(session, SpreadAsked(adults.id, by_group=True), OPEN_ONLY, TODAY)
    assert [(row.name, row.amount, row.members) for row in together.rows[:1]] == [("One", Decimal(850), ("Two",))]
    entitled = spread(session, SpreadAsked(adults.id), EVERYTHING, TODAY)
    assert entitled.rows[0].name == "Three"
    assert entitled.whole.high == Decimal(11_490)
    assert sum(row.amount for row in entitled.rows) + entitled.unplaced == entitled.whole.high
    assert spread(session, SpreadAsked(), OPEN_ONLY, TODAY).whole.high == Decimal(8_490)


def test_the_page_of_the_spread_says_how_many_are_left_out(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session, name="Adults")
    one = a_provider(session, name="Lumen Care Ltd")
    a_contract(session, adults, value=600_000, providers=(one,))
    a_contract(session, adults, value=654_321, providers=(one,), exempt=True)
    signed_in(client, session, Role.MEMBER)
    text = seen(client, f"/providers/spread?directorate={adults.id}&by=group")
    assert "Lumen Care Ltd" in text
    assert "1 exempt" in text.lower()
    assert "654" not in text
    assert "600000" in client.get("/providers/spread.csv").text.replace(",", "").replace(".00", "")


def test_a_group_is_shown_both_ways_with_its_money(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    head, child = a_provider(session, name="Hearth plc"), a_provider(session, name="Lumen Care Ltd")
    a_contract(session, adults, value=1_000_000, providers=(head,))
    a_contract(session, adults, value=2_000_000, providers=(child,))
    signed_in(client, session)
    url = f"/providers/{child.id}/group"
    wrong = client.post(url, data={"parent": "Hearht plc", "version": "1"})
    assert "like Hearth plc" in wrong.text
    assert client.post(url, data={"parent": "hearth plc", "version": "1"}).status_code == 302
    assert "Owned or headed by Hearth plc" in seen(client, f"/providers/{child.id}")
    text = seen(client, f"/providers/{head.id}")
    assert "Owns or heads Lumen Care Ltd" in text
    assert "With its group of 2 providers: £3,000,000" in text
    circle = client.post(f"/providers/{head.id}/group", data={"parent": "Lumen Care Ltd", "version": str(head.version)})
    assert "below this one already" in circle.text


def test_a_record_of_many_contracts_has_pages(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults, lumen = a_directorate(session), a_provider(session, name="Lumen")
    for number in range(30):
        a_contract(session, adults, title=f"Home {number:02}", value=1_000, providers=(lumen,))
    signed_in(client, session)
    first, second = seen(client, f"/providers/{lumen.id}"), seen(client, f"/providers/{lumen.id}?page=2")
    assert "Home 00" in first
    assert "Home 29" not in first
    assert "Home 29" in second
    assert all("holds 30 contracts" in text for text in (first, second))


def test_one_number_is_the_main_one(client: FlaskClient, session: Session) -> None:
    a_council(session)
    lumen = a_provider(session, name="Lumen")
    lumen.identifiers = [
        ProviderIdentifier(scheme="VENDOR", value="V1", is_primary=True),
        ProviderIdentifier(scheme="GB-COH", value="01234567"),
    ]
    signed_in(client, session)
    company = next(one for one in lumen.identifiers if one.scheme == "GB-COH")
    assert client.post(f"/providers/{lumen.id}/numbers/{company.id}/primary").status_code == 302
    session.expire_all()
    assert [(one.value, one.is_primary) for one in lumen.identifiers] == [("01234567", True), ("V1", False)]
    assert "01234567 (main number)" in seen(client, f"/providers/{lumen.id}")
    other = a_provider(session, name="Tern")
    session.commit()
    twice = client.post(f"/providers/{other.id}/numbers", data={"scheme": "GB-COH", "value": "1234567", "version": "1"})
    assert "Lumen has this number already" in twice.text
    scots = client.post(
        f"/providers/{other.id}/numbers", data={"scheme": "GB-CHC", "value": "SC012345", "version": "1"}
    )
    assert "looks like another kind of number" in scots.text


def test_a_control_test_is_recorded_flagged_and_corrected(client: FlaskClient, session: Session) -> None:
    a_council(session)
    company = a_provider(session, name="Wold Trading Ltd", kind=ProviderKind.COUNCIL_OWNED, council_share=Decimal(80))
    company.trading_company = TradingCompany(shareholder_lead_post="Director of  Trading")
    session.commit()
    assert codes(session, "LT1") == [company.id]
    assert codes(session, "LT1", post_key="director of trading") == [company.id]
    assert codes(session, "LT1", post_key="somebody else") == []
    signed_in(client, session, Role.FINANCE)
    url = f"/trading-companies/{company.id}"
    answers = {"tested_on": "30 June 2026", "parent_undertaking": "yes", "private_shares": "no", "activity_share": "79"}
    assert "Say how the share was worked out" in client.post(f"{url}/control", data=answers).text
    whole = {**answers, "activity_method": "Turnover", "activity_period": "2023-24 to 2025-26"}
    assert (
        "begins with https://" in client.post(f"{url}/control", data={**whole, "evidence_url": "http://x.example"}).text
    )
    assert client.post(f"{url}/control", data=whole).status_code == 302
    text = seen(client, url)
    assert "79 per cent of its activities are for the council" in text
    assert "section 2(10)" in text
    session.expire_all()
    assert (codes(session, "LT1"), codes(session, "LT5")) == ([], [company.id])
    mistaken = session.scalars(select(ControlTest)).one()
    correct = f"{url}/control/{mistaken.id}/correct"
    assert "Say what was recorded wrongly" in client.post(correct, data=whole).text
    better = {**whole, "activity_share": "84", "reason": "Schools were left out"}
    assert client.post(correct, data=better).status_code == 302
    session.expire_all()
    shown = control_shown(session, company.id, clock.today())
    assert shown.latest is not None
    assert (shown.latest.activity_share, len(shown.tests)) == (Decimal(84), 2)
    assert (codes(session, "LT5"), codes(session, "LT5A")) == ([], [company.id])
    assert "Schools were left out" in seen(client, url)
    assert "corrected already" in client.post(correct, data=better).text


def test_only_whoever_acts_for_the_shares_records_a_test(client: FlaskClient, session: Session) -> None:
    a_council(session)
    company = a_provider(session, name="Wold Trading Ltd", kind=ProviderKind.COUNCIL_OWNED)
    company.trading_company = TradingCompany()
    signed_in(client, session, Role.COMMISSIONER)
    assert "Record a control test" not in seen(client, f"/trading-companies/{company.id}")
    assert client.get(f"/trading-companies/{company.id}/control").status_code == 403


def test_a_service_moves_with_its_contracts_and_keeps_where_it_was(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults, roads = a_directorate(session, name="Adults"), a_directorate(session, name="Roads")
    division = a_division(session, roads, name="Transport")
    service = a_service(session, adults, name="Transport for carers", from_on=date(2015, 4, 1))
    contract = a_contract(session, adults, service=service)
    signed_in(client, session)
    url = f"/services/{service.id}"
    assert "1 contract moves with it" in seen(client, f"{url}/move")
    unit = f"{roads.id}-{division.id}"
    answers = {"unit": unit, "kind": "it moved", "from_on": "1 April 2025", "reason": "Restructure"}
    assert client.post(f"{url}/move", data={**answers, "version": str(service.version)}).status_code == 302
    session.expire_all()
    service, contract = session.get_one(Service, service.id), session.get_one(Contract, contract.id)
    assert (service.directorate_id, service.division_id) == (roads.id, division.id)
    assert (contract.directorate_id, contract.division_id) == (roads.id, division.id)
    assert [(one.directorate_id, one.from_on, one.until_on) for one in service.places] == [
        (adults.id, date(2015, 4, 1), date(2025, 3, 31)),
        (roads.id, date(2025, 4, 1), None),
    ]
    assert "Restructure" in seen(client, url)


def test_a_service_closes_into_another(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session, name="Adults")
    old, new = a_service(session, adults, name="Day centres"), a_service(session, adults, name="Days out")
    contract = a_contract(session, adults, service=old)
    arrangement = added(session, an_arrangement(session, adults, lead_service_id=old.id))
    signed_in(client, session)
    url = f"/services/{old.id}"
    answers = {"until_on": "31 March 2026", "reason": "One service now", "version": str(old.version)}
    assert "1 contract under it has not ended" in client.post(f"{url}/close", data=answers).text
    assert client.post(f"{url}/close", data={**answers, "successor_id": str(new.id)}).status_code == 302
    session.expire_all()
    assert session.get_one(Contract, contract.id).lead_service_id == new.id
    assert session.get_one(Arrangement, arrangement.id).lead_service_id == new.id
    assert "It became part of Days out" in seen(client, url)
    assert "Day centres" not in seen(client, "/services?q=day+centres").replace("day centres", "")
    assert "Day centres" in seen(client, "/services?withdrawn=yes")
    assert client.post(f"{url}/reopen").status_code == 302
    assert "Day centres" in seen(client, "/services")


def test_a_planned_change_changes_nothing_until_it_is_recorded(client: FlaskClient, session: Session) -> None:
    a_council(session)
    service = a_service(session, a_directorate(session), name="Printing", route=DeliveryRoute.TRADING_COMPANY)
    signed_in(client, session)
    url = f"/services/{service.id}"
    answers = {"route": "in-house", "from_on": "1 April 2099", "reason": "Less is printed", "version": "1"}
    assert client.post(f"{url}/route", data=answers).status_code == 302
    session.expire_all()
    service = session.get_one(Service, service.id)
    assert (service.route, service.planned_route) == (DeliveryRoute.TRADING_COMPANY, DeliveryRoute.IN_HOUSE)
    assert "Planned from 1 April 2099" in seen(client, url)
    assert codes(session, "SE5") == []
    service.planned_from_on = clock.today()
    session.commit()
    assert codes(session, "SE5") == [service.id]
    assert client.post(f"{url}/route/forget").status_code == 302
    session.expire_all()
    assert codes(session, "SE5") == []


def test_partners_and_outcomes_are_kept_with_a_service(client: FlaskClient, session: Session) -> None:
    a_council(session)
    nhs = a_provider(session, name="Wold NHS Trust")
    service = a_service(session, a_directorate(session), name="Carers")
    signed_in(client, session)
    url = f"/services/{service.id}/partners"
    for name, role in (("wold nhs trust", "delivers part of it"), ("Parish council", "helps to pay for it")):
        assert client.post(url, data={"name": name, "role": role, "version": "1"}).status_code == 302
    twice = client.post(url, data={"name": "Parish Council", "role": "helps to pay for it", "version": "1"})
    assert "recorded with that part already" in twice.text
    session.expire_all()
    partners = session.get_one(Service, service.id).partners
    assert [(one.provider_id, one.name) for one in partners] == [(nhs.id, None), (None, "Parish council")]
    assert "Wold NHS Trust" in seen(client, f"/services/{service.id}")
    assert client.post(f"{url}/{partners[0].id}/remove").status_code == 302
    assert "Wold NHS Trust" not in seen(client, url)


def test_services_that_lack_something_are_found_as_the_list_finds_them(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session, name="Adults")
    bare = a_service(session, adults, name="Bare")
    live = a_service(session, adults, name="Live")
    over = a_service(session, adults, name="Over", route=DeliveryRoute.MIXED)
    own = a_service(session, adults, name="Own", route=DeliveryRoute.IN_HOUSE)
    unknown = a_service(session, adults, name="Unknown", route=DeliveryRoute.NOT_KNOWN)
    hidden = a_service(session, adults, name="Hidden")
    a_contract(session, adults, service=live)
    a_contract(session, adults, service=over, ends_on=date(2026, 3, 31))
    a_contract(session, adults, service=own)
    a_contract(session, adults, service=hidden, embargoed_until=date(2099, 1, 1))
    session.commit()
    assert set(codes(session, "SE1")) == {bare.id, over.id}
    assert codes(session, "SE2") == [own.id]
    assert codes(session, "SE3") == [unknown.id]
    assert len(codes(session, "SE4", directorate_id=adults.id)) == 6
    assert codes(session, "SE1", subject_id=live.id) == []
    signed_in(client, session, Role.MEMBER)
    text = seen(client, "/services?lacking=contract")
    assert "3 services" in text
    assert "Hidden" in text


def test_a_directorate_reads_no_company_of_another(session: Session) -> None:
    scoped = Reader(1, "one", grants=(Grant(frozenset({Permission.READ}), scope=ScopeKind.DIRECTORATE, scope_id=1),))
    kind = kind_of("LT1")
    assert kind is not None
    assert session.execute(kind.rows(session, Asked(scoped, TODAY, directorate_id=1))).all() == []
    parent = a_provider(session, name="Parent")
    providers.set_parent(session, parent, None)
    assert session.get_one(Provider, parent.id).parent_id is None
