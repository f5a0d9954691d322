"""The pages under /admin: what an administrator sets up, and what others only read."""

import io
import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.core.audit import Change
from app.core.dates import add_months, day
from app.core.rights import Grant, Permission, Reader, ScopeKind
from app.council import commands, queries, settings
from app.council.commands import CommitteeWanted, MeetingWanted, UnitWanted
from app.council.models import BankHoliday, Committee, CommitteeKind, Council, Directorate, Division, Meeting
from app.register.models import Category, Programme
from tests.makers import added, signed_in
from tests.register_makers import a_contract

PAGES = (
    "/admin",
    "/admin/structure",
    "/admin/committees",
    "/admin/outcomes",
    "/admin/portfolios",
    "/admin/programmes",
    "/admin/categories",
    "/admin/settings",
    "/admin/settings/annex_threshold",
    "/admin/bank-holidays",
)


@pytest.fixture
def council(session: Session) -> Council:
    made = commands.create_council(session, "Test Council", today=clock.today())
    session.commit()
    return made


@pytest.fixture
def administrator(client: FlaskClient, session: Session, council: Council) -> FlaskClient:
    assert council.name
    return signed_in(client, session, Role.ADMINISTRATOR)


@pytest.fixture
def adults(session: Session, council: Council) -> Directorate:
    assert council.name
    made = commands.add_directorate(session, UnitWanted("Adults"))
    session.commit()
    return made


@pytest.fixture
def board(session: Session, council: Council) -> Committee:
    assert council.name
    made = commands.add_committee(session, CommitteeWanted("Advisory Board", CommitteeKind.MEMBER_BOARD))
    session.commit()
    return made


@pytest.mark.parametrize("page", PAGES)
def test_everybody_reads_and_only_an_administrator_is_offered_changes(
    client: FlaskClient, session: Session, council: Council, page: str
) -> None:
    read = signed_in(client, session, Role.AUDITOR).get(page)
    assert read.status_code == 200
    assert "/new" not in read.text
    assert '<button class="app-link-button">Remove' not in read.text
    assert signed_in(client, session, Role.ADMINISTRATOR).get(page).status_code == 200
    assert council.name


def test_a_directorate_is_added_and_its_name_is_taken_then(administrator: FlaskClient, session: Session) -> None:
    asked = {
        "name": "Adults and Health",
        "code": "ADH",
        "director_post": "Corporate Director",
        "from_on": "1 April 2020",
    }
    assert administrator.post("/admin/structure/new", data=asked).status_code == 302
    made = session.scalars(select(Directorate)).one()
    assert (made.slug, made.code, made.from_on) == ("adults-and-health", "ADH", date(2020, 4, 1))
    again = administrator.post("/admin/structure/new", data=asked)
    assert "already: choose another name" in again.text
    assert len(session.scalars(select(Directorate)).all()) == 1


def test_a_directorate_that_ends_before_it_begins_is_refused_beside_the_date(
    administrator: FlaskClient, session: Session, adults: Directorate
) -> None:
    page = administrator.post(
        f"/admin/structure/directorates/{adults.id}",
        data={"name": "Adults", "from_on": "1/4/2024", "until_on": "31/3/2024"},
    )
    assert "Enter a last day on or after its first, 1 April 2024" in page.text
    assert "until_on-error" in page.text
    session.refresh(adults)
    assert adults.from_on is None


def test_a_directorate_changes_its_name_and_the_old_one_stays_in_the_history(
    administrator: FlaskClient, session: Session, adults: Directorate
) -> None:
    address = f"/admin/structure/directorates/{adults.id}"
    assert 'value="Adults"' in administrator.get(address).text
    assert administrator.post(address, data={"name": "Adult Care"}).status_code == 302
    change = session.scalars(
        select(Change).where(Change.record_kind == "directorate").order_by(Change.id.desc()).limit(1)
    ).one()
    assert change.fields["name"] == ["Adults", "Adult Care"]


def test_a_division_is_added_and_changed(administrator: FlaskClient, session: Session, adults: Directorate) -> None:
    address = f"/admin/structure/directorates/{adults.id}/divisions/new"
    assert administrator.post(address, data={"name": "Care"}).status_code == 302
    division = session.scalars(select(Division)).one()
    changed = {"name": "Care and Support", "position": "3", "until_on": "31 March 2020"}
    assert administrator.post(f"/admin/structure/divisions/{division.id}", data=changed).status_code == 302
    session.expire_all()
    assert (division.name, division.position) == ("Care and Support", 3)
    assert "Not today" in administrator.get("/admin/structure").text


def test_a_committee_is_added_with_what_it_looks_after(
    administrator: FlaskClient, session: Session, adults: Directorate
) -> None:
    asked = {"name": "Adults Committee", "kind": "cabinet committee", "directorates": [str(adults.id)]}
    assert administrator.post("/admin/committees/new", data=asked).status_code == 302
    made = session.scalars(select(Committee)).one()
    assert queries.committee_for(session, adults.id) == made
    assert "Adults" in administrator.get("/admin/committees").text
    nothing = {"name": "Adults Committee", "kind": "scrutiny"}
    assert "checked" in administrator.get(f"/admin/committees/{made.id}/change").text
    assert administrator.post(f"/admin/committees/{made.id}/change", data=nothing).status_code == 302
    session.expire_all()
    assert (made.kind, made.remits) == (CommitteeKind.SCRUTINY, [])


def test_a_meeting_is_added_and_cancelled(administrator: FlaskClient, session: Session, board: Committee) -> None:
    ahead = add_months(clock.today(), 2)
    address = f"/admin/committees/{board.id}"
    assert administrator.post(f"{address}/meetings/new", data={"meets_on": day(ahead)}).status_code == 302
    assert day(ahead) in administrator.get(address).text
    twice = administrator.post(f"{address}/meetings/new", data={"meets_on": day(ahead)})
    assert "already" in twice.text
    meeting = session.scalars(select(Meeting)).one()
    late, moved = add_months(ahead, 1), {"meets_on": day(add_months(clock.today(), 1)), "place": "2pm, County Hall"}
    wrong = administrator.post(f"/admin/meetings/{meeting.id}/change", data={**moved, "papers_due_on": day(late)})
    assert "Papers are due on or before the meeting" in wrong.text
    assert administrator.post(f"/admin/meetings/{meeting.id}/change", data=moved).status_code == 302
    page = administrator.get(address).text
    assert moved["meets_on"] in page
    assert "2pm, County Hall" in page
    assert administrator.post(f"/admin/meetings/{meeting.id}/cancel").status_code == 302
    assert session.scalars(select(Meeting)).all() == []


def test_a_meeting_that_was_held_stays(administrator: FlaskClient, session: Session, board: Committee) -> None:
    commands.add_meeting(board, MeetingWanted(date(2020, 1, 14)))
    session.commit()
    meeting = session.scalars(select(Meeting)).one()
    assert "was held, and stays" in administrator.post(f"/admin/meetings/{meeting.id}/cancel").text
    moved = {"meets_on": day(clock.today())}
    assert "was held on that day" in administrator.post(f"/admin/meetings/{meeting.id}/change", data=moved).text
    assert len(session.scalars(select(Meeting)).all()) == 1


def test_an_outcome_is_added_and_ended(administrator: FlaskClient, session: Session) -> None:
    assert administrator.post("/admin/outcomes/new", data={"name": "A cleaner county"}).status_code == 302
    (made,) = queries.outcomes(session)
    administrator.post(f"/admin/outcomes/{made.id}", data={"name": "A clean county", "until_on": "31 March 2020"})
    session.expire_all()
    assert made.name == "A clean county"
    assert queries.outcomes(session, on=clock.today()) == []


def test_a_portfolio_is_put_before_its_committees(
    administrator: FlaskClient, session: Session, board: Committee
) -> None:
    asked = {"name": "Highways", "member_title": "Cabinet Member for Highways", "committees": [str(board.id)]}
    assert administrator.post("/admin/portfolios/new", data=asked).status_code == 302
    (made,) = queries.portfolios(session)
    member = Reader(1, "Member", grants=(Grant(frozenset({Permission.READ}), ScopeKind.PORTFOLIO, made.id),))
    assert queries.committees_of(session, member) == {board.id}
    assert "Advisory Board" in administrator.get("/admin/portfolios").text
    assert "already: choose another name" in administrator.post("/admin/portfolios/new", data=asked).text
    assert "checked" in administrator.get(f"/admin/portfolios/{made.id}").text
    assert administrator.post(f"/admin/portfolios/{made.id}", data={"name": "Roads"}).status_code == 302
    session.expire_all()
    assert made.name == "Roads"
    assert queries.committees_of(session, member) == set()


def test_a_programme_is_added_renamed_and_ended(administrator: FlaskClient, session: Session) -> None:
    assert administrator.post("/admin/programmes/new", data={"name": "Phase 1"}).status_code == 302
    made = session.scalars(select(Programme)).one()
    assert (
        "There is a programme called phase 1"
        in administrator.post("/admin/programmes/new", data={"name": "phase 1"}).text
    )
    administrator.post(f"/admin/programmes/{made.id}", data={"name": "Phase One", "until_on": "31 March 2020"})
    session.expire_all()
    assert (made.name, made.until_on) == ("Phase One", date(2020, 3, 31))
    assert "31 March 2020" in administrator.get("/admin/programmes").text


def test_a_category_says_how_many_contracts_it_heads(administrator: FlaskClient, session: Session) -> None:
    unit = commands.add_directorate(session, UnitWanted("Place"))
    roads = added(session, Category(name="Roads"))
    a_contract(session, unit, category=roads)
    a_contract(session, unit)
    session.commit()
    page = administrator.get("/admin/categories").text
    assert re.search(r"Roads</th>\s*<td[^>]*>1</td>", page)


def test_a_setting_gets_a_new_value_from_a_day(administrator: FlaskClient, session: Session) -> None:
    ahead = add_months(clock.today(), 3)
    asked = {"value": "at least 500k", "from_on": day(ahead), "source": "Full Council"}
    assert administrator.post("/admin/settings/annex_threshold/new", data=asked).status_code == 302
    page = administrator.get("/admin/settings/annex_threshold").text
    assert "At least £500,000" in page
    assert "Begins later" in page
    assert str(queries.annex_threshold(session, clock.today())) == "more than £1,000,000"
    row = queries.rows_of(session, settings.ANNEX_THRESHOLD)[-1]
    taken_back = administrator.post(f"/admin/settings/annex_threshold/values/{row.id}/withdraw")
    assert taken_back.status_code == 302
    assert "Begins later" not in administrator.get("/admin/settings/annex_threshold").text


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("annex_threshold", "a lot", "Write a threshold like"),
        ("horizon_years", "three", "Write a whole number"),
        ("notice_days", "28", "28 calendar days"),
        ("notice_days", "27 calendar days", "The law asks for 28 clear days at least"),
        ("exception_days", "4 working days", "The law asks for 5 clear days at least"),
        ("stage_tenders", "half a year", "6 months"),
        ("call_in_cut_off", "teatime", "17:00"),
    ],
)
def test_a_setting_that_cannot_be_read_says_what_would_work(
    administrator: FlaskClient, name: str, value: str, says: str
) -> None:
    asked = {"value": value, "from_on": "1 April 2030", "source": "Full Council"}
    page = administrator.post(f"/admin/settings/{name}/new", data=asked)
    assert page.status_code == 200
    assert says in page.text
    assert "value-error" in page.text


def test_an_unknown_setting_is_not_a_page(administrator: FlaskClient) -> None:
    assert administrator.get("/admin/settings/nothing").status_code == 404


def test_bank_holidays_are_added_removed_and_imported(administrator: FlaskClient, session: Session) -> None:
    asked = {"on": "5 June 2031", "title": "Jubilee"}
    assert administrator.post("/admin/bank-holidays/new", data=asked).status_code == 302
    assert "5 June 2031" in administrator.get("/admin/bank-holidays").text
    row = session.scalars(select(BankHoliday).where(BankHoliday.title == "Jubilee")).one()
    assert administrator.post(f"/admin/bank-holidays/{row.id}/remove").status_code == 302
    known = len(queries.bank_holidays(session))
    assert administrator.post("/admin/bank-holidays/next-year").status_code == 302
    session.rollback()
    assert len(queries.bank_holidays(session)) > known - 1
    gov_uk = b'{"england-and-wales": {"events": [{"title": "Jubilee", "date": "2031-06-05"}]}}'
    sent = administrator.post("/admin/bank-holidays/import", data={"file": (io.BytesIO(gov_uk), "bank-holidays.json")})
    assert sent.status_code == 302
    session.rollback()
    assert date(2031, 6, 5) in queries.bank_holidays(session)


def test_another_file_is_refused_beside_the_question(administrator: FlaskClient) -> None:
    sent = administrator.post("/admin/bank-holidays/import", data={"file": (io.BytesIO(b"PK"), "x.json")})
    assert "GOV.UK&#39;s bank-holidays.json" in sent.text


def test_a_vesting_day_needs_a_successor(administrator: FlaskClient, session: Session, council: Council) -> None:
    asked = {"name": "Test Council", "vesting_on": "1 April 2028"}
    assert "Name the council that takes over" in administrator.post("/admin/council", data=asked).text
    assert administrator.post("/admin/council", data=asked | {"successor_name": "Wold Unitary"}).status_code == 302
    session.refresh(council)
    assert council.successor_name == "Wold Unitary"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_changes_the_council(client: FlaskClient, session: Session, role: Role) -> None:
    signed_in(client, session, role)
    assert client.post("/admin/structure/new", data={"name": "Mine"}).status_code == 403
    assert client.get("/admin/settings/annex_threshold/new").status_code == 403
