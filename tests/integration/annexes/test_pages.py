"""The annexes' pages: what stands there, what planners choose, and who may."""

from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.roles import Role
from app.annexes.models import AnnexChoice
from app.annexes.queries.contracts import takes_long
from app.annexes.queries.overview import READ_IN_PASSING, standings, standings_in_passing
from app.annexes.queries.scope import Scope
from app.core.audit import Change
from app.core.rights import ScopeKind
from app.council.calendar import FinancialYear
from app.register.models import Arrangement
from tests.integration.annexes.wealdshire import EXEMPT_POUNDS, HOMES, Wealdshire, a_wealdshire
from tests.makers import a_person, signed_in

PAGE = "/annexes/2015-16/growth-transport"
AT = "?as_at=2015-03-28"
NOW = datetime(2015, 3, 28, 12, tzinfo=UTC)

ROADS_ROWS = '>{}<span class="govuk-visually-hidden"> rows of Annex 2, Growth &amp; Transport</span>'


@pytest.fixture
def council(session: Session) -> Wealdshire:
    return a_wealdshire(session)


def a_roads_planner(session: Session, council: Wealdshire) -> Person:
    return a_person(session, Role.PLANNER, scope=ScopeKind.DIRECTORATE, scope_id=council.roads.id)


def test_the_overview_counts_the_rows_and_gaps_of_every_directorate(
    client: FlaskClient, session: Session, council: Wealdshire
) -> None:
    page = signed_in(client, session, Role.MEMBER).get("/annexes?year=2015-16&as_at=28/3/2015").text
    assert council.adults.name in page
    assert f"/annexes/2015-16/adult-social-care{AT}" in page
    assert "Gaps to mend" in page
    assert "Never" in page


def test_a_day_still_to_come_is_refused_beside_its_question(
    client: FlaskClient, session: Session, council: Wealdshire
) -> None:
    page = signed_in(client, session, Role.MEMBER).get("/annexes?year=2026-27&as_at=1/1/2100").text
    assert "Choose a day up to today" in page
    assert council.adults.name in page


def test_the_preview_is_what_prints_with_gaps_that_open_their_records(
    client: FlaskClient, session: Session, council: Wealdshire
) -> None:
    page = signed_in(client, session, Role.MEMBER).get(PAGE + AT).text
    for number in range(1, 6):
        assert f'id="annex-{number}"' in page
    assert f'href="/contracts/{council.street.id}"' in page
    assert f'href="/contracts/{council.untold.id}"' in page
    assert "Exempt" in page
    assert f"{EXEMPT_POUNDS:,}" not in page
    assert council.kept_back.title not in page


def test_the_whole_council_prints_in_one_set(client: FlaskClient, session: Session, council: Wealdshire) -> None:
    page = signed_in(client, session, Role.MEMBER).get(f"/annexes/2015-16/whole-council{AT}").text
    assert council.homes.title in page
    assert council.street.title in page


def test_addresses_of_nothing_are_not_found(client: FlaskClient, session: Session, council: Wealdshire) -> None:
    reader = signed_in(client, session, Role.MEMBER)
    assert reader.get("/annexes/2015/growth-transport").status_code == 404
    assert reader.get("/annexes/2015-16/parks").status_code == 404
    assert reader.get(f"{PAGE}?as_at=yesterday").status_code == 400
    assert council.roads.id


def test_a_planner_leaves_a_contract_out_with_a_reason_and_takes_it_back(
    client: FlaskClient, session: Session, council: Wealdshire
) -> None:
    planner = signed_in(client, session, a_roads_planner(session, council))
    url = f"{PAGE}/choices/contract/{council.street.id}"
    assert "Say why" in planner.post(url + AT, data={"printing": "leave it out"}).text
    done = planner.post(url + AT, data={"printing": "leave it out", "reason": "A lease"})
    assert done.location == f"{PAGE}/choices{AT}"
    choice = session.scalars(select(AnnexChoice)).one()
    assert (choice.contract_id, choice.included, choice.chosen_by) == (council.street.id, False, "Morgan Ash")
    assert "Left out: A lease" in " ".join(planner.get(f"{PAGE}/choices{AT}").text.split())
    assert 'id="annex-2"' in planner.get(PAGE + AT).text
    planner.post(f"{url}/undo{AT}")
    session.expire_all()
    assert session.scalar(select(AnnexChoice)) is None
    kinds = session.scalars(select(Change.action).where(Change.record_kind == "annex_choice").order_by(Change.id)).all()
    assert [str(kind) for kind in kinds] == ["added", "removed"]


def test_a_planner_chooses_only_within_the_directorate(
    client: FlaskClient, session: Session, council: Wealdshire
) -> None:
    planner = signed_in(client, session, a_roads_planner(session, council))
    answer = {"printing": "leave it out", "reason": "No"}
    url = f"/annexes/2015-16/adult-social-care/choices/arrangement/{council.homes.id}"
    assert planner.post(url, data=answer).status_code == 403
    assert planner.post(f"{url}/part").status_code == 403
    reader = signed_in(client, session, Role.MEMBER)
    assert reader.get(f"{PAGE}/choices").status_code == 403


def test_choices_hide_exempt_amounts_and_what_is_kept_back(
    client: FlaskClient, session: Session, council: Wealdshire
) -> None:
    council.kept_back.embargoed_until = date(2100, 1, 1)
    session.commit()
    planner = signed_in(client, session, a_roads_planner(session, council))
    page = planner.get(f"{PAGE}/choices{AT}").text
    assert council.secret.title in page
    assert f"{EXEMPT_POUNDS:,}" not in page
    assert council.kept_back.title not in page
    url = f"{PAGE}/choices/contract/{council.kept_back.id}"
    assert planner.get(url).status_code == 404
    keeper = signed_in(client, session, Role.PROCUREMENT)
    assert f"{EXEMPT_POUNDS:,}" in keeper.get(f"{PAGE}/choices{AT}").text


def test_contracts_near_the_threshold_are_offered(client: FlaskClient, session: Session, council: Wealdshire) -> None:
    page = signed_in(client, session, Role.PLANNER).get(f"{PAGE}/choices{AT}").text
    assert "Near the threshold (1)" in page
    assert council.small.title in page


def test_contracts_are_grouped_and_parted(client: FlaskClient, session: Session, council: Wealdshire) -> None:
    planner = signed_in(client, session, a_roads_planner(session, council))
    url = f"{PAGE}/group{AT}&contract={council.street.id}&contract={council.small.id}"
    assert council.small.title in planner.get(url).text
    answers = {"title": "Lighting", "kind": "agreement with many providers", "valuation": "the sum of its contracts"}
    assert planner.post(url, data=answers).location == f"{PAGE}/choices{AT}"
    lighting = session.scalars(select(Arrangement).where(Arrangement.title == "Lighting")).one()
    assert {one.id for one in lighting.contracts} == {council.street.id, council.small.id}
    assert "£5.9m" in planner.get(PAGE + AT).text
    planner.post(f"{PAGE}/choices/arrangement/{lighting.id}/part{AT}")
    session.expire_all()
    assert lighting.withdrawn_at is not None
    assert council.street.arrangement_id is None


def test_one_contract_is_no_group(client: FlaskClient, session: Session, council: Wealdshire) -> None:
    planner = signed_in(client, session, Role.PLANNER)
    answer = planner.get(f"{PAGE}/group?contract={council.street.id}", follow_redirects=True)
    assert "Tick two contracts or more" in answer.text
    assert 'class="govuk-notification-banner" role="alert"' in answer.text


def test_the_front_page_tells_planners_how_their_annexes_stand(
    client: FlaskClient, session: Session, council: Wealdshire
) -> None:
    page = signed_in(client, session, a_roads_planner(session, council)).get("/").text
    assert "never exported" in page
    assert "growth-transport" in page
    assert "adult-social-care" not in page
    assert "never exported" not in signed_in(client, session, Role.MEMBER).get("/").text


def test_an_arrangement_partly_kept_back_prints_without_that_part(
    client: FlaskClient, session: Session, council: Wealdshire
) -> None:
    home = council.homes.contracts[0]
    home.embargoed_until = datetime(2100, 1, 1, tzinfo=UTC).date()
    session.commit()
    page = signed_in(client, session, Role.MEMBER).get(f"/annexes/2015-16/adult-social-care{AT}").text
    assert f"Multiple ({HOMES - 1} providers)" in page
    assert "£2.6m" in page


def test_the_overview_is_read_again_after_a_change(client: FlaskClient, session: Session, council: Wealdshire) -> None:
    reader = signed_in(client, session, Role.MEMBER)
    before = reader.get("/annexes?year=2015-16&as_at=28/3/2015").text
    again = reader.get("/annexes?year=2015-16&as_at=28/3/2015").text
    assert ROADS_ROWS.format(3) in again
    session.add(AnnexChoice(contract_id=council.street.id, included=False, reason="No", chosen_at=NOW, chosen_by="Ash"))
    session.commit()
    after = reader.get("/annexes?year=2015-16&as_at=28/3/2015").text
    assert ROADS_ROWS.format(3) in before  # the one kept back does not print, and is not counted
    assert ROADS_ROWS.format(2) in after


def test_a_page_about_something_else_does_not_wait_for_a_long_count(session: Session, council: Wealdshire) -> None:
    year = FinancialYear.parse("2015-16")
    scope = Scope(session, year, date(2015, 3, 28), date(2015, 3, 28))
    assert takes_long(scope, most=3)
    assert not takes_long(scope, most=READ_IN_PASSING)
    assert standings_in_passing(scope) == standings(scope)
    assert any(one.name == council.adults.name and one.state for one in standings_in_passing(scope))
