"""The register extract for a committee: three dates side by side, every count its list, exempt rows apart."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core.rights import Grant, Permission, Reader
from app.council.models import Meeting
from app.decisions.queries.committees.extract import extract, lines, of_level
from app.register.models import Contract, ProcurementStatus
from app.register.signals import SignalKind
from tests.integration.decisions.making import Place, a_contract, a_place
from tests.makers import a_person, signed_in

SPRING, SUMMER, TODAY = date(2026, 3, 10), date(2026, 9, 8), date(2026, 11, 22)
KEEPER = Reader(1, "Robin Lark", (Grant(frozenset({Permission.READ}), exempt=True),))


@pytest.fixture
def place(session: Session, the_clock: SimpleNamespace) -> Place:
    """Concern raised in May, a procurement begun in October, one contract kept back, one recorded last week."""
    the_clock.today = date(2026, 1, 5)
    made = a_place(session)
    made.committee.meetings = [Meeting(meets_on=SPRING), Meeting(meets_on=SUMMER), Meeting(meets_on=date(2027, 1, 12))]
    home_care = a_contract(session, made.adults, "Home care")
    a_contract(session, made.adults, "Day centres", awarded_end_on=date(2027, 11, 30), awarded_low=Decimal(600_000))
    a_contract(session, made.place, "Gritting")
    kept_back = a_contract(session, made.adults, "Kept back", concern="Secret")
    kept_back.embargoed_until = date(2027, 6, 1)
    session.flush()
    the_clock.today = date(2026, 5, 1)
    home_care.concern = "Late visits"
    session.flush()
    the_clock.today = date(2026, 10, 1)
    home_care.concern, home_care.procurement_status = None, ProcurementStatus.PLANNING
    session.flush()
    the_clock.today = date(2026, 11, 16)
    a_contract(session, made.adults, "Found in a drawer", concern="Nobody knew")
    session.commit()
    the_clock.today = TODAY
    return made


def test_every_signal_is_counted_at_three_dates_as_the_register_stood(session: Session, place: Place) -> None:
    nobody = Reader(2, "A reader", (Grant(frozenset({Permission.READ})),))
    table = extract(session, nobody, place.committee, (SPRING, SUMMER, TODAY))
    counted = {(row.kind, row.words): tuple(one.number for one in row.counts) for row in table.rows}
    assert counted[None, "Contracts"] == (3, 3, 3)
    assert counted[SignalKind.CONCERN, "Concern raised"] == (0, 1, 1)
    assert counted[SignalKind.CONCERN, "No concern"] == (2, 1, 2)
    assert counted[SignalKind.CONCERN, "Not yet on the register"] == (1, 1, 0)
    assert counted[SignalKind.PROCUREMENT, "Not yet on the register"] == (1, 1, 0)
    assert [one.number for one in table.later] == [1, 1, 0]
    for kind in SignalKind:
        held = [row for row in table.rows if row.kind is kind]
        assert [sum(row.counts[at].number for row in held) for at in range(3)] == [3, 3, 3], kind


def test_the_clock_of_an_earlier_day_reads_the_end_that_was_agreed_then(
    session: Session, place: Place, the_clock: SimpleNamespace
) -> None:
    contract = session.query(Contract).filter_by(title="Day centres").one()
    the_clock.today = date(2026, 11, 20)
    contract.current_end_on = date(2031, 6, 30)
    contract.latest_end_on = date(2031, 6, 30)
    session.commit()
    read = lines(session, KEEPER, place.committee, (SPRING, SUMMER, TODAY), today=TODAY)
    levels = [
        next(one for one in read[on] if one.title == "Day centres").level(SignalKind.CLOCK)
        for on in (SPRING, SUMMER, TODAY)
    ]
    assert levels == ["watch", "act now", "fine"]


@pytest.mark.parametrize(("role", "edition"), [(Role.PLANNER, ""), (Role.PROCUREMENT, "?edition=exempt")])
def test_every_count_opens_a_list_of_so_many(
    client: FlaskClient, session: Session, place: Place, role: Role, edition: str
) -> None:
    signed_in(client, session, a_person(session, role))
    page = client.get(f"/committees/{place.committee.id}/extract{edition}").text
    links = re.findall(r'href="(/committees/\d+/extract/contracts\?[^"]*)">(\d+)<', page)
    assert len(links) > 10
    for address, number in links:
        listed = client.get(unescape(address)).text
        assert f"{number} contract" in listed, address
        file = client.get(unescape(address).replace("/contracts?", "/contracts.csv?")).text
        assert len(file.splitlines()) == int(number) + 1, address
        assert ("Kept back" in listed) <= bool(edition), address
    table = client.get(f"/committees/{place.committee.id}/extract.csv{edition}").text
    assert ("Total,Contracts,4,4,4" if edition else "Total,Contracts,3,3,3") in table
    ahead = client.get(f"/committees/{place.committee.id}/extract?first=1+May+2026&second=1+May+2027").text
    assert "1 May 2027 is not before today, so it is not compared" in ahead
    assert "1 May 2026 is not before today" not in ahead


def test_the_exempt_edition_is_for_those_entitled_and_the_open_one_is_the_same_for_all(
    client: FlaskClient, session: Session, place: Place
) -> None:
    address = f"/committees/{place.committee.id}/extract"
    signed_in(client, session, a_person(session, Role.PLANNER))
    assert client.get(f"{address}?edition=exempt").status_code == 404
    signed_in(client, session, Role.PROCUREMENT)
    assert "Total,Contracts,3,3,3" in client.get(f"{address}.csv").text
    assert "Total,Contracts,4,4,4" in client.get(f"{address}.csv?edition=exempt").text
    assert "Kept back" not in client.get(f"{address}/contracts.csv").text
    assert "Kept back" in client.get(f"{address}/contracts?edition=exempt").text
    assert "Not for publication" in client.get(f"{address}?edition=exempt").text


def test_a_committee_that_looks_after_nothing_says_what_to_do(
    client: FlaskClient, session: Session, place: Place
) -> None:
    place.committee.remits = []
    session.commit()
    signed_in(client, session)
    page = client.get(f"/committees/{place.committee.id}/extract").text
    assert "An administrator records what a committee looks after" in page


def test_a_level_of_no_signal_lists_everything(session: Session, place: Place) -> None:
    read = lines(session, KEEPER, place.committee, (SPRING, SUMMER, TODAY), today=TODAY)
    assert {one.title for one in of_level(read[TODAY], None, "every")} == {
        *("Home care", "Day centres", "Kept back", "Found in a drawer"),
    }
