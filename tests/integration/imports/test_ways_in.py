"""The ways to an import: from the contracts list, and from the front page to what waits."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.council import commands as council
from app.imports.models import ImportRun, RunState
from tests.integration.imports.test_pages import columns_as_found, sent
from tests.makers import signed_in

TODAY = date(2026, 11, 22)

LIST = (
    "Ref,Title,Directorate,Start date,End date\n"
    "C1,School meals,Children,01/04/2015,31/03/2018\n"
    "C2,Library vans,Communities,01/04/2015,Ongoing\n"
    "C3,Street lights,Communities,01/04/2015,Rolling\n"
)
CARD = re.compile(
    r'href="([^"]*)"><span class="app-count__number">([\d,]+)</span> <span class="app-count__words">([^<]*)<'
)


def cards(client: FlaskClient) -> dict[str, tuple[str, int]]:
    """The counts of imports on the front page: address and number by their words."""
    found = CARD.findall(client.get("/").text)
    return {words: (address, int(count)) for address, count, words in found if address.startswith("/import")}


def rows_behind(client: FlaskClient, address: str) -> int:
    page = client.get(address).text
    shown = re.search(r"Showing 1 to \d+ of (\d+)", page)
    return int(shown[1]) if shown else 0


def stored_import(client: FlaskClient, text: str = LIST) -> str:
    address = sent(client, text)
    columns_as_found(client, address)
    client.post(f"{address}/check", data={"create_missing": "yes"})
    client.post(f"{address}/check", data={"create_missing": "yes", "store": "yes"})
    return address


def test_an_import_waiting_for_its_columns_is_told_on_the_front_page(client: FlaskClient, session: Session) -> None:
    council.create_council(session, "Wexmouthshire", today=TODAY)
    signed_in(client, session)
    assert cards(client) == {}
    address = sent(client)
    ((words, (behind, count)),) = cards(client).items()
    assert (words, count) == ("import waiting for you", 1)
    assert rows_behind(client, behind) == 1
    assert address in client.get(behind).text
    client.post(f"{address}/abandon")
    assert cards(client) == {}
    assert "No import is waiting for you" in client.get(behind).text


def test_as_many_held_rows_are_counted_as_the_list_behind_holds(client: FlaskClient, session: Session) -> None:
    council.create_council(session, "Wexmouthshire", today=TODAY)
    signed_in(client, session)
    address = stored_import(client)
    ((words, (behind, count)),) = cards(client).items()
    assert (words, count) == ("rows of register.csv held", 2)
    assert behind == f"{address}/rows?outcome=held"
    assert rows_behind(client, behind) == count


def test_a_later_file_of_the_source_takes_the_place_of_the_rows_held(client: FlaskClient, session: Session) -> None:
    council.create_council(session, "Wexmouthshire", today=TODAY)
    signed_in(client, session)
    stored_import(client)
    later = stored_import(client, LIST.replace("Rolling", "31/03/2019"))
    assert cards(client) == {"row of register.csv held": (f"{later}/rows?outcome=held", 1)}
    run = session.scalars(select(ImportRun).order_by(ImportRun.id.desc())).first()
    assert run is not None
    run.state = RunState.UNDONE
    session.commit()
    assert [count for _, count in cards(client).values()] == [2], "an import undone counts no more"


@pytest.mark.parametrize(("role", "may"), [(Role.PROCUREMENT, True), (Role.COMMISSIONER, False), (Role.MEMBER, False)])
def test_whoever_may_import_finds_the_way_on_the_contracts_list(
    client: FlaskClient, session: Session, role: Role, *, may: bool
) -> None:
    council.create_council(session, "Wexmouthshire", today=TODAY)
    signed_in(client, session, role)
    assert ('href="/import"' in client.get("/contracts").text) is may
    assert client.get("/import").status_code == (200 if may else 403)
