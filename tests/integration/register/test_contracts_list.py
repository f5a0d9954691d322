"""The list of contracts through the browser's door, on both databases."""

import csv
import io
import re
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.core.rights import ScopeKind
from app.register.models import Contract, ContractForm, ContractStage
from app.register.status import Status, in_status, standing_of, status_on
from app.register.values import ArrangementValuation
from tests.makers import a_person, signed_in
from tests.register_makers import (
    a_category,
    a_contract,
    a_council,
    a_directorate,
    a_division,
    a_provider,
    an_arrangement,
)

#: A day to count from; the tests that need today's take the clock's.
LONG_AGO = date(2015, 4, 1)


def page(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.text[:2000]
    return " ".join(response.text.split())


def titles(client: FlaskClient, query: str = "") -> list[str]:
    """What the list shows, in its order."""
    return re.findall(
        r'<a class="govuk-link" href="/contracts/\d+">([^<]+)</a><span', page(client, f"/contracts{query}")
    )


def heading(client: FlaskClient, query: str = "") -> str:
    found = re.search(r'app-counts">([^<]+)<', page(client, f"/contracts{query}"))
    return found[1].strip() if found else ""


def exported(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/contracts.csv{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))


def test_the_heading_counts_and_adds_in_words(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    a_contract(session, adults, value=12_400_000)
    a_contract(session, adults, value=300_000_000)
    a_contract(session, adults, value=None)
    a_contract(session, adults, value=None, annual=250_000)
    signed_in(client, session)
    assert heading(client) == (
        "4 contracts, £312.4m current value, £0.3m a year on 1 valued by the year, 1 with no value recorded"
    )


def test_one_value_repeated_on_several_contracts_is_added_once(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    homes = tuple(a_contract(session, adults, value=14_600_000) for _ in range(3))
    an_arrangement(session, adults, contracts=homes, valuation=ArrangementValuation.REPEATED)
    signed_in(client, session)
    assert heading(client) == "3 contracts, £14.6m current value, 2 counted with their arrangement"


def test_a_call_off_of_a_valued_framework_is_not_added_again(client: FlaskClient, session: Session) -> None:
    a_council(session)
    roads = a_directorate(session)
    framework = a_contract(session, roads, value=10_000_000, form=ContractForm.FRAMEWORK)
    call_off = a_contract(session, roads, value=3_000_000, parent_id=framework.id)
    an_arrangement(session, roads, contracts=(framework, call_off))
    signed_in(client, session)
    assert heading(client) == "2 contracts, £10.0m current value, 1 counted with their arrangement"


def test_each_filter_narrows_the_list_to_what_it_says(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults, roads = a_directorate(session, name="Adults"), a_directorate(session, name="Roads")
    lighting = a_division(session, roads, name="Lighting")
    oak = a_provider(session, name="Oak Care Ltd")
    a_contract(session, adults, title="Home care", providers=(oak,), value=500_000, ends_on=date(2031, 3, 31))
    a_contract(
        session,
        roads,
        title="Street lights",
        division_id=lighting.id,
        value=3_000_000,
        form=ContractForm.FRAMEWORK,
        ends_on=date(2029, 3, 31),
    )
    signed_in(client, session)
    assert titles(client, f"?directorate={roads.id}") == ["Street lights"]
    assert titles(client, f"?division={lighting.id}") == ["Street lights"]
    assert titles(client, f"?provider={oak.id}") == ["Home care"]
    assert titles(client, "?form=framework") == ["Street lights"]
    assert titles(client, "?ends_from=1+April+2029") == ["Home care"]
    assert titles(client, "?ends_to=31/3/2029") == ["Street lights"]
    assert titles(client, "?value_from=1m") == ["Street lights"]
    assert titles(client, "?value_to=500,000") == ["Home care"]
    assert titles(client, "?over=annex") == ["Street lights"]
    assert titles(client, "?over=key") == ["Street lights"]
    assert "Provider: Oak Care Ltd" in page(client, f"/contracts?provider={oak.id}")


def test_a_threshold_is_held_against_an_annual_value_over_its_whole_term(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    a_contract(session, adults, title="Five years", value=None, annual=Decimal("200000.01"))
    a_contract(session, adults, title="Exactly a million", value=None, annual=200_000)
    a_contract(session, adults, title="No term", value=None, annual=9_000_000, ends_on=None)
    signed_in(client, session)
    assert titles(client, "?over=annex") == ["Five years"]


def test_an_arrangement_is_held_against_a_threshold_as_a_whole(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    homes = tuple(a_contract(session, adults, title=f"Home {number}", value=400_000) for number in range(3))
    an_arrangement(session, adults, contracts=homes)
    pair = tuple(a_contract(session, adults, title=f"Pair {number}", value=400_000) for number in range(2))
    an_arrangement(session, adults, contracts=pair, title="Two homes")
    alike = tuple(a_contract(session, adults, title=f"Alike {number}", value=900_000) for number in range(2))
    an_arrangement(session, adults, contracts=alike, title="Alike", valuation=ArrangementValuation.REPEATED)
    stated = (a_contract(session, adults, title="Stated", value=None),)
    an_arrangement(session, adults, contracts=stated, title="S", valuation=ArrangementValuation.STATED, value=5_000_000)
    signed_in(client, session)
    assert titles(client, "?over=annex") == ["Home 0", "Home 1", "Home 2", "Stated"]


def test_every_contract_is_in_one_status_and_the_database_agrees(session: Session) -> None:
    adults = a_directorate(session)
    day = date(2026, 11, 22)
    ends = (None, day - timedelta(days=1), day, day + timedelta(days=1))
    for stage in ContractStage:
        for starts_on in (None, LONG_AGO, day + timedelta(days=1)):
            for ends_on in ends:
                if starts_on is None or ends_on is None or ends_on >= starts_on:
                    early = LONG_AGO if stage is ContractStage.ENDED_EARLY else None
                    a_contract(session, adults, stage=stage, starts_on=starts_on, ends_on=ends_on, ended_early_on=early)
    a_contract(session, adults, withdrawn_at=clock.now(), withdrawn_reason="A copy")
    everything = list(session.scalars(select(Contract)))
    for status in Status:
        visible = Contract.withdrawn_at.is_(None) if status is not Status.WITHDRAWN else Contract.id > 0
        told = set(session.scalars(select(Contract).where(in_status(status, day), visible)))
        assert told == {one for one in everything if status_on(standing_of(one), day) is status}, status


def test_withdrawn_contracts_are_left_out_unless_asked_for(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    a_contract(session, adults, title="Standing")
    a_contract(session, adults, title="Taken out", withdrawn_at=clock.now(), withdrawn_reason="A copy")
    signed_in(client, session)
    assert titles(client) == ["Standing"]
    assert titles(client, "?status=withdrawn") == ["Taken out"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("household", ["Household waste sites"], id="a word of the title"),
        pytest.param("WAST", ["Household waste sites"], id="the beginning of a word"),
        pytest.param("25/00053", ["Household waste sites"], id="a reference with a stroke"),
        pytest.param("cafe", ["Meals"], id="without the accent"),
        pytest.param("meals oak", ["Meals"], id="title and provider"),
        pytest.param("hou sites", [], id="only the last word may be unfinished"),
        pytest.param("home care OR", [], id="a word of the search's own language"),
        pytest.param("NEAR(", [], id="the search's own signs"),
        pytest.param('"waste', ["Household waste sites"], id="a quotation mark"),
        pytest.param("'; drop", [], id="mischief"),
        pytest.param("...", ["Household waste sites", "Meals"], id="nothing that is a word"),
    ],
)
def test_search_finds_every_word_wherever_it_stands(
    client: FlaskClient, session: Session, words: str, found: list[str]
) -> None:
    a_council(session)
    adults = a_directorate(session)
    oak = a_provider(session, name="Oak Café Ltd")
    a_contract(session, adults, title="Household waste sites", reference="25/00053")
    a_contract(session, adults, title="Meals", providers=(oak,), category=a_category(session, "Catering"))
    client = signed_in(client, session)
    assert sorted(titles(client, f"?q={quote(words)}")) == found


def test_the_closest_hits_come_first_until_a_sort_is_asked_for(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    a_contract(session, adults, title="A very long name in which transport is one word of a great many others")
    a_contract(session, adults, title="Transport")
    signed_in(client, session)
    assert titles(client, "?q=transport")[0] == "Transport"
    assert titles(client, "?q=transport&sort=title")[0].startswith("A very long name")


SORTED = [
    pytest.param("title", ["Alder", "Birch", "Cedar"], id="title"),
    pytest.param("-title", ["Cedar", "Birch", "Alder"], id="title backwards"),
    pytest.param("reference", ["Cedar", "Alder", "Birch"], id="reference"),
    pytest.param("-reference", ["Alder", "Cedar", "Birch"], id="reference backwards, none last"),
    pytest.param("provider", ["Birch", "Alder", "Cedar"], id="provider"),
    pytest.param("starts_on", ["Birch", "Cedar", "Alder"], id="start"),
    pytest.param("-ends_on", ["Alder", "Birch", "Cedar"], id="end backwards, none last"),
    pytest.param("ends_on", ["Birch", "Alder", "Cedar"], id="end, none last"),
    pytest.param("value", ["Alder", "Cedar", "Birch"], id="value, none last"),
    pytest.param("-value", ["Cedar", "Alder", "Birch"], id="value backwards, none last"),
]


@pytest.mark.parametrize(("sort", "order"), SORTED)
def test_the_list_is_sorted_and_what_is_not_recorded_comes_last(
    client: FlaskClient, session: Session, sort: str, order: list[str]
) -> None:
    a_council(session)
    adults = a_directorate(session)
    ash, beech = a_provider(session, name="Ash Ltd"), a_provider(session, name="Beech Ltd")
    a_contract(
        session, adults, title="Alder", reference="9", providers=(beech,), starts_on=date(2020, 4, 1), value=1_000
    )
    a_contract(
        session, adults, title="Birch", providers=(ash,), starts_on=LONG_AGO, ends_on=date(2024, 3, 31), value=None
    )
    a_contract(session, adults, title="Cedar", reference="10", starts_on=date(2016, 4, 1), ends_on=None, value=2_000)
    signed_in(client, session)
    assert titles(client, f"?sort={sort}") == order


def test_pages_follow_one_another_without_a_gap_or_a_repeat(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_council(session)
    adults = a_directorate(session)
    for number in range(60):
        a_contract(session, adults, title=f"Contract {number:02}", value=None if number % 3 else 1_000 + number)
    signed_in(client, session)
    near = [titles(client, f"?sort=-value&page={number}") for number in (1, 2, 3, 4)]
    assert [len(rows) for rows in near] == [25, 25, 10, 0]
    assert len({title for rows in near for title in rows}) == 60
    assert near[0][0] == "Contract 57"
    monkeypatch.setattr("app.register.queries.contracts.NEAR", 0)
    a_contract(session, adults, title="Contract 99", value=9_000_000)
    session.commit()
    deep = [title for number in (1, 2, 3) for title in titles(client, f"?sort=-value&page={number}")]
    assert deep == ["Contract 99", *(title for rows in near for title in rows)]


def test_an_exempt_amount_moves_nothing_for_a_reader_who_may_not_see_it(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    a_contract(session, adults, title="Open", value=2_000_000)
    a_contract(session, adults, title="Secret", value=7_654_321, exempt=True)
    signed_in(client, session, Role.MEMBER)
    assert heading(client) == "2 contracts, £2.0m current value, 1 exempt"
    assert titles(client, "?value_from=1000") == ["Open"]
    assert titles(client, "?value_to=9m") == ["Open"]
    assert titles(client, "?over=annex") == ["Open"]
    assert titles(client, "?sort=-value") == titles(client, "?sort=value") == ["Open", "Secret"]
    assert "7,654,321" not in page(client, "/contracts")
    assert "7654321" not in client.get("/contracts.csv").text
    signed_in(client, session, Role.PROCUREMENT)
    assert heading(client) == "2 contracts, £9.7m current value"
    assert titles(client, "?sort=-value") == ["Secret", "Open"]
    assert titles(client, "?over=annex") == ["Open", "Secret"]


def test_an_arrangement_with_an_exempt_part_tells_nothing_of_its_size(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    parts = (
        a_contract(session, adults, title="Small", value=300_000),
        a_contract(session, adults, title="Secret", value=7_654_321, exempt=True),
    )
    an_arrangement(session, adults, contracts=parts)
    signed_in(client, session, Role.MEMBER)
    assert titles(client, "?over=annex") == []
    signed_in(client, session, Role.PROCUREMENT)
    assert titles(client, "?over=annex") == ["Secret", "Small"]


def test_an_embargoed_row_is_there_only_for_those_who_keep_it_until_its_day(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    adults, roads = a_directorate(session), a_directorate(session)
    a_contract(session, adults, title="Hushed", embargoed_until=clock.today() + timedelta(days=1))
    a_contract(session, adults, title="Told today", embargoed_until=clock.today())
    keeper = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=adults.id)
    neighbour = a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=roads.id)
    signed_in(client, session, neighbour)
    assert titles(client) == ["Told today"]
    assert [row["Title"] for row in exported(client)] == ["Told today"]
    signed_in(client, session, keeper)
    assert titles(client) == ["Hushed", "Told today"]


def test_a_mistaken_filter_is_said_and_left_out(client: FlaskClient, session: Session) -> None:
    a_council(session)
    a_contract(session, a_directorate(session), title="Standing")
    signed_in(client, session)
    text = page(client, "/contracts?ends_from=soon&value_from=lots&directorate=999&sort=colour&page=-3")
    assert "“soon” is not a date" in text
    assert "Standing" in text


def test_an_empty_list_says_why_and_what_to_do(client: FlaskClient, session: Session) -> None:
    a_council(session)
    signed_in(client, session)
    assert "There are no contracts yet" in page(client, "/contracts")
    a_contract(session, a_directorate(session))
    session.commit()
    assert "No contracts match these filters" in page(client, "/contracts?q=zebra")


def test_a_contract_added_meanwhile_is_counted_at_once(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    a_contract(session, adults)
    signed_in(client, session)
    assert heading(client).startswith("1 contract,")
    a_contract(session, adults)
    session.commit()
    assert heading(client).startswith("2 contracts,")


def test_a_page_costs_the_same_statements_however_long_the_list(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    a_council(session)
    adults = a_directorate(session)
    oak = a_provider(session)
    counts = []
    for number in (1, 24):
        for _ in range(number):
            a_contract(session, adults, providers=(oak,))
        signed_in(client, session)
        page(client, "/contracts")
        statements.clear()
        page(client, "/contracts")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 16
