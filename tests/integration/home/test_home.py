"""The front page of each role, the search over everything, and the pages everybody may read."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.accounts import commands as accounts
from app.accounts.models import Person
from app.accounts.roles import Role
from app.accounts.views import TOKEN
from app.core import clock
from app.core.audit import Actor, act_as
from app.core.db import db
from app.core.findings import kinds
from app.core.listing import ROWS_ON_A_PAGE
from app.council import commands
from app.home.queries.front import KINDS
from app.register.models import Provider
from tests.conftest import taken_back
from tests.integration.reading import unmarked
from tests.makers import signed_in
from tests.register_makers import a_contract, a_council, a_directorate

COUNT = re.compile(r'<a class="app-count__link" href="([^"]+)"><span class="app-count__number">([0-9,]+)</span>')


@pytest.fixture
def as_somebody(demo_app: Flask) -> Iterator[Callable[[str], FlaskClient]]:
    def sign_in(who: str) -> FlaskClient:
        client = demo_app.test_client()
        with demo_app.app_context():
            person_id = db.session.scalars(select(Person.id).where(Person.email == f"{who}@wessmoor.example")).one()
            token = accounts.start_session(db.session(), person_id, browser="a test", now=clock.now())
            db.session.commit()
        with client.session_transaction() as cookie:
            cookie[TOKEN] = token
        return client

    with taken_back(demo_app):
        yield sign_in


#: Who finds counts on the front page: those who keep records, activities or decisions.
KEEPERS = (
    *("procurement", "commissioner.adults", "commissioner.children", "commissioner.highways", "commissioner.property"),
    *("planner", "planner.adults", "clerk"),
)
#: Who finds what is coming to them.
MEMBERS = ("member.adults", "member.place", "cabinet")
ANSWERABLE = (*MEMBERS, "director")
OTHERS = ("auditor", "administrator", "finance", "performance")


def said_at_the_head(page: str) -> str:
    return " ".join(re.findall(r'class="[^"]*(?:app-counts|app-list-heading)[^"]*">([^<]*)<', page))


def counted_at(page: str, section: str) -> str:
    """The first figure of its heading; in a section of a page, the requests that still wait."""
    if section:
        return str(page.split(f'id="{section}"')[1].split("</section>", maxsplit=1)[0].count(">Asked</strong>"))
    return next(iter(re.findall(r"[0-9][0-9,]*", said_at_the_head(page))), "0")


@pytest.mark.parametrize("who", [*KEEPERS, *ANSWERABLE, *OTHERS])
def test_every_count_opens_a_list_of_so_many_rows(as_somebody: Callable[[str], FlaskClient], who: str) -> None:
    client = as_somebody(who)
    counts = COUNT.findall(client.get("/").text)
    assert bool(counts) == (who in {*KEEPERS, *MEMBERS})
    for address, number in counts:
        page = client.get(unescape(address))
        assert page.status_code == 200, address
        assert counted_at(page.text, address.partition("#")[2]) == number, address


@pytest.mark.parametrize("who", ["procurement", "commissioner.adults"])
def test_the_late_proposals_counted_are_those_listed(as_somebody: Callable[[str], FlaskClient], who: str) -> None:
    client = as_somebody(who)
    late = [(address, number) for address, number in COUNT.findall(client.get("/").text) if "which=late" in address]
    assert len(late) == 1
    (address, number) = late[0]
    page = client.get(unescape(address)).text
    assert page.count("Latest start passed</strong>") == min(int(number), ROWS_ON_A_PAGE)


def test_a_planners_gaps_are_as_many_as_the_annexes_list(as_somebody: Callable[[str], FlaskClient]) -> None:
    client = as_somebody("planner")
    found = re.findall(r'href="(/annexes/[^"#]+)#gaps">([0-9,]+) gap', client.get("/").text)
    assert len(found) == 4
    for address, number in found:
        listed = client.get(address).text.split('id="gaps"')[1].split("</section>", maxsplit=1)[0]
        assert listed.count("<li>") == int(number), address


@pytest.mark.parametrize("who", ANSWERABLE)
def test_what_is_coming_opens_with_the_same_words(as_somebody: Callable[[str], FlaskClient], who: str) -> None:
    client = as_somebody(who)
    section = client.get("/").text.split('id="decisions-coming-1"')[1].split("</section>", maxsplit=1)[0]
    name = re.findall(r">Coming for decision: ([^<]+)<", section)
    address, words = re.findall(r'govuk-body"><a class="govuk-link" href="([^"]+)">([^<]+)<', section)[0]
    page = client.get(unescape(address)).text
    assert name
    assert all(part in page.split("</h1>")[0].split("<h1")[1] for part in name)
    assert unescape(words) in unescape(said_at_the_head(page))


@pytest.mark.parametrize("who", ANSWERABLE)
def test_every_link_of_what_is_coming_leads_to_a_place(as_somebody: Callable[[str], FlaskClient], who: str) -> None:
    client = as_somebody(who)
    section = client.get("/").text.split('id="decisions-coming-1"')[1].split("</section>", maxsplit=1)[0]
    places = re.findall(r'href="(/forthcoming[^"#]*)#([^"]+)"', section)
    assert places
    for address, place in places:
        assert f'id="{place}"' in client.get(unescape(address)).text, (address, place)


def test_a_member_sees_at_once_what_comes_to_their_committee_and_why(as_somebody: Callable[[str], FlaskClient]) -> None:
    page = as_somebody("member.adults").get("/").text
    section = page.split('id="decisions-coming-1"')[1].split("</section>", maxsplit=1)[0]
    assert "Coming for decision: Adult Care and Health Cabinet Committee" in section
    assert "Value, and why a key decision" in section
    assert "Current provider" in section
    assert "Key decisions by quarter, by value" in section


def test_a_cabinet_member_opens_the_list_of_their_portfolios_committees(
    as_somebody: Callable[[str], FlaskClient],
) -> None:
    head = as_somebody("cabinet").get("/forthcoming").text.split("</h1>")[0]
    assert "Place and Environment Cabinet Committee" in head


def test_a_director_sees_what_is_coming_in_their_own_directorate(as_somebody: Callable[[str], FlaskClient]) -> None:
    page = as_somebody("director").get("/").text
    assert "Coming for decision: Place and Environment" in page
    assert "Coming for decision: Adult Care" not in page


def test_the_rows_behind_a_gap_are_as_many_as_it_counts(as_somebody: Callable[[str], FlaskClient]) -> None:
    client = as_somebody("procurement")
    page = client.get("/gaps/no-value", follow_redirects=True).text
    counted = re.search(r"app-list-heading[^>]*>\s*([0-9]+) ", page)
    assert counted
    assert len(re.findall(r'<th scope="row"', page)) == int(counted[1])


def test_a_commissioner_sees_what_needs_doing_in_their_own_part(as_somebody: Callable[[str], FlaskClient]) -> None:
    page = as_somebody("commissioner.highways").get("/").text
    assert "What needs doing in Highways and Transport" in page
    assert "What changed lately" not in page


def test_a_picture_of_what_ends_has_its_table_and_opens_its_lists(as_somebody: Callable[[str], FlaskClient]) -> None:
    client = as_somebody("finance")
    page = client.get("/").text
    quarters = re.findall(
        r'href="(/contracts\?status=live[^"]+)">Q[1-4] [0-9-]+</a>.*?app-note">([0-9]+) contract', page
    )
    assert len(quarters) == 4
    for address, number in quarters:
        assert f"{number} contract" in client.get(unescape(address)).text


def test_a_member_sees_the_meetings_of_their_committee(as_somebody: Callable[[str], FlaskClient]) -> None:
    page = as_somebody("member.adults").get("/").text
    meetings = page.split('id="meetings"')[1]
    assert "Adult Care and Health Cabinet Committee" in meetings
    assert "Scrutiny Committee" not in meetings


def test_a_clerk_sees_every_committees_meetings(as_somebody: Callable[[str], FlaskClient]) -> None:
    meetings = as_somebody("clerk").get("/").text.split('id="meetings"')[1]
    assert len(set(re.findall(r'app-table__name"><a [^>]*>([^<]+)<', meetings))) > 1


@pytest.mark.parametrize("who", ["auditor", "administrator"])
def test_an_auditor_sees_what_changed_lately(
    as_somebody: Callable[[str], FlaskClient], demo_app: Flask, who: str
) -> None:
    client = as_somebody(who)
    with demo_app.app_context():
        act_as(db.session(), Actor(None, "Robin Holt"))
        provider = db.session.scalars(select(Provider).order_by(Provider.id).limit(1)).one()
        provider.name = "Tamarisk Care Ltd"
        db.session.commit()
    latest = client.get("/").text.split("What changed lately")[1].split("<tbody")[1].split("</tr>")[0]
    assert re.findall(r"Robin Holt|Provider changed|Tamarisk Care Ltd", latest) == [
        *("Robin Holt", "Provider changed", "Tamarisk Care Ltd"),
    ]


def test_every_kind_of_record_that_changed_has_its_page(demo_app: Flask) -> None:
    known = {str(rule) for rule in demo_app.url_map.iter_rules()}
    for kind in KINDS.values():
        assert kind.path is None or any(re.fullmatch(rf"{kind.path}<int:\w+>", rule) for rule in known), kind.path


def test_a_cabinet_member_sees_the_meetings_that_concern_their_portfolio(
    as_somebody: Callable[[str], FlaskClient],
) -> None:
    meetings = as_somebody("cabinet").get("/").text.split('id="meetings"')[1]
    assert "Place and Environment Cabinet Committee" in meetings
    assert "Resources Cabinet Committee" not in meetings


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_front_page(client: FlaskClient, session: Session, role: Role) -> None:
    assert signed_in(client, session, role).get("/").status_code == 200


def test_before_there_is_a_council_the_front_page_says_how_to_make_one(client: FlaskClient, session: Session) -> None:
    assert "flask council create" in signed_in(client, session).get("/").text


def test_one_search_finds_contracts_services_and_providers(as_somebody: Callable[[str], FlaskClient]) -> None:
    client = as_somebody("member.place")
    page = client.get("/search?q=library").text
    for kind in ("contracts", "services", "providers"):
        found = re.search(rf'href="(/{kind}\?q=library)">([0-9]+) {kind[:-1]}', page)
        listed = client.get(f"/{kind}?q=library").text
        assert found is None or f"{found[2]} {kind[:-1]}" in listed, kind
    assert "Library management system" in unmarked(page)


def test_an_embargoed_contract_is_found_only_by_those_entitled(as_somebody: Callable[[str], FlaskClient]) -> None:
    asked = "/search?q=contact+centre+from+next"
    assert "Contact centre from next spring" in unmarked(as_somebody("procurement").get(asked).text)
    assert "Contact centre from next spring" not in unmarked(as_somebody("performance").get(asked).text)


@pytest.mark.parametrize("words", ["", "zzzz", "%", "'; --", '"', "*", "a" * 500, "\x00"])
def test_a_search_bears_anything(as_somebody: Callable[[str], FlaskClient], words: str) -> None:
    assert as_somebody("auditor").get("/search", query_string={"q": words}).status_code == 200


def test_an_unknown_gap_is_not_a_page(client: FlaskClient, session: Session) -> None:
    assert signed_in(client, session).get("/gaps/anything").status_code == 404


@pytest.mark.parametrize(("page", "says"), [("/help", "Who may do what"), ("/accessibility", "version 2.2")])
def test_help_and_accessibility_are_open_to_everyone(client: FlaskClient, page: str, says: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200
    assert says in answer.text


def test_the_server_says_that_it_is_well(client: FlaskClient) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    told = answer.get_json()
    assert (told["status"], told["database"]) == ("ok", "reachable")
    assert told["migration"] == told["migration_wanted"]


def test_a_database_at_another_migration_is_unwell(client: FlaskClient, session: Session) -> None:
    session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    session.commit()
    answer = client.get("/health")
    assert (answer.status_code, answer.get_json()["status"]) == (503, "unwell")


def test_every_page_of_a_new_council_opens(client: FlaskClient, session: Session) -> None:
    commands.create_council(session, "Empty Council", today=date(2026, 11, 22))
    signed_in(client, session, Role.PROCUREMENT)
    for page in ("/", "/search?q=road", "/to-do", "/coverage", *(f"/to-do/{kind.code}" for kind in kinds())):
        assert client.get(page).status_code == 200, page


BEGINNINGS = (
    *("/", "/contracts", "/services", "/providers", "/providers/spread", "/import/sources", "/to-do", "/coverage"),
    *("/decisions", "/decisions/monthly", "/decisions/urgency", "/decisions/reorganisation", "/forthcoming"),
    *("/forthcoming/sheet", "/proposals", "/pre-scrutiny", "/my-committees", "/meetings", "/notices", "/forward-plan"),
    *("/forward-plan/compare", "/timeline", "/plans", "/publication", "/published", "/approvals", "/arrangements"),
)
MAIN_LINKS = re.compile(r'<a [^>]*href="(/[^"#]*)')


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PROCUREMENT, Role.AUDITOR])
def test_a_new_council_says_where_to_begin_and_leads_nobody_to_a_closed_door(
    client: FlaskClient, session: Session, role: Role
) -> None:
    commands.create_council(session, "Empty Council", today=date(2026, 11, 22))
    signed_in(client, session, role)
    assert "Where to begin" in client.get("/").text
    for page in BEGINNINGS:
        body = client.get(page).text.partition("<main")[2].partition("</main>")[0]
        assert "match these filters" not in body, page
        for address in set(MAIN_LINKS.findall(unescape(body))):
            assert client.get(address).status_code < 400, (page, address)
    a_directorate(session)
    session.commit()
    assert "Where to begin" not in client.get("/").text


def test_the_front_page_costs_the_same_statements_however_long_the_register(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    a_council(session)
    directorate = a_directorate(session)
    browser = signed_in(client, session, Role.PLANNER)
    counts = []
    for _ in range(2):
        for number in range(5):
            a_contract(session, directorate, title=f"Road repairs {number}", value=5_000_000)
        session.commit()
        browser.get("/")
        statements.clear()
        assert browser.get("/").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
