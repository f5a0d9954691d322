"""People and their roles: added, changed, switched off, and never the last administrator."""

import re
from itertools import product

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import rules
from app.accounts.models import Person, RoleHeld, SignedInSession
from app.accounts.roles import Role
from app.core.errors import Refusal
from app.core.rights import ScopeKind
from app.council import commands as council
from app.council.commands import UnitWanted
from app.council.models import Committee, CommitteeKind
from tests.makers import a_person, added, signed_in

LINK = re.compile(r"/set-password/([A-Za-z0-9_-]+)")
NEW = {"name": "Ines Marl", "email": "ines@council.example", "post": "Planner", "role": "planner", "where": "council"}


@pytest.fixture
def administrator(client: FlaskClient, session: Session) -> FlaskClient:
    return signed_in(client, session, Role.ADMINISTRATOR)


def by_email(session: Session, email: str) -> Person:
    return session.scalars(select(Person).where(Person.email == email)).one()


@pytest.mark.parametrize(("role", "scope"), [*product(Role, ScopeKind)])
def test_a_role_holds_only_where_it_means_something(role: Role, scope: ScopeKind) -> None:
    of_members = {ScopeKind.COMMITTEE, ScopeKind.PORTFOLIO}
    of_officers = set() if role is Role.ADMINISTRATOR else {ScopeKind.DIRECTORATE, ScopeKind.DIVISION}
    allowed = scope is ScopeKind.COUNCIL or scope in (of_members if role is Role.MEMBER else of_officers)
    if allowed:
        rules.check_scope(role, scope)
    else:
        with pytest.raises(Refusal) as refused:
            rules.check_scope(role, scope)
        assert refused.value.field == "where"


def test_somebody_new_gets_a_link_that_is_shown_once(
    administrator: FlaskClient, client: FlaskClient, session: Session
) -> None:
    answer = administrator.post("/admin/people/new", data=NEW)
    assert answer.status_code == 302
    page = administrator.get(answer.location).text
    found = LINK.search(page)
    assert found
    assert LINK.search(administrator.get(answer.location).text) is None
    set_password = client.post(found[0], data={"password": "six purple herons"})
    assert set_password.location == "/sign-in"
    assert by_email(session, "ines@council.example").password_hash


def test_an_address_in_use_is_refused_beside_it(administrator: FlaskClient, session: Session) -> None:
    administrator.post("/admin/people/new", data=NEW)
    again = administrator.post("/admin/people/new", data=NEW | {"email": "INES@council.example"})
    assert "already has an account" in again.text
    assert "email-error" in again.text
    assert by_email(session, "ines@council.example").name == "Ines Marl"


def test_a_role_within_a_directorate_names_it(administrator: FlaskClient, session: Session) -> None:
    adults = council.add_directorate(session, UnitWanted("Adults"))
    session.commit()
    asked = NEW | {"role": "commissioner", "where": f"directorate-{adults.id}", "exempt": "y"}
    page = administrator.get(administrator.post("/admin/people/new", data=asked).location)
    assert "Adults" in page.text
    held = by_email(session, "ines@council.example").roles[0]
    assert (held.role, held.scope, held.scope_id, held.exempt) == (
        Role.COMMISSIONER,
        ScopeKind.DIRECTORATE,
        adults.id,
        True,
    )


def test_a_member_of_a_directorate_is_refused(administrator: FlaskClient, session: Session) -> None:
    adults = council.add_directorate(session, UnitWanted("Adults"))
    session.commit()
    asked = NEW | {"role": "member", "where": f"directorate-{adults.id}"}
    assert "role holds for a committee" in administrator.post("/admin/people/new", data=asked).text


def test_a_member_is_made_the_chair_of_a_committee_and_of_nothing_else(
    administrator: FlaskClient, session: Session
) -> None:
    roads = added(session, Committee(name="Roads Cabinet Committee", kind=CommitteeKind.CABINET_COMMITTEE))
    session.commit()
    asked = NEW | {"role": "member", "where": f"committee-{roads.id}", "is_chair": "y"}
    for wrong in ({"where": "council"}, {"role": "clerk", "where": "council"}):
        assert (
            "Only a member of a committee can chair it"
            in administrator.post("/admin/people/new", data=asked | wrong).text
        )
    page = administrator.get(administrator.post("/admin/people/new", data=asked).location).text
    assert "Chairs it" in page
    person = by_email(session, "ines@council.example")
    (held,) = person.roles
    assert administrator.post(f"/admin/roles/{held.id}/change", data={"exempt": "y"}).status_code == 302
    session.expire_all()
    assert (held.exempt, held.is_chair) == (True, False)
    told = administrator.get(f"/history/person/{person.id}").text
    assert "Chairs the committee" in told
    clerk = a_person(session, Role.CLERK).roles[0]
    session.commit()
    assert "can chair it" in administrator.post(f"/admin/roles/{clerk.id}/change", data={"is_chair": "y"}).text


def test_roles_are_given_and_taken_away(administrator: FlaskClient, session: Session) -> None:
    person = a_person(session, Role.PLANNER)
    session.commit()
    address = f"/admin/people/{person.id}"
    asked = {"role": "auditor", "where": "council"}
    assert administrator.post(f"{address}/roles/new", data=asked).status_code == 302
    assert "there already" in administrator.post(f"{address}/roles/new", data=asked).text
    session.expire_all()
    auditor = next(held for held in person.roles if held.role is Role.AUDITOR)
    assert administrator.post(f"/admin/roles/{auditor.id}/take").status_code == 302
    session.expire_all()
    assert [held.role for held in person.roles] == [Role.PLANNER]


def test_the_last_administrator_stays_one(administrator: FlaskClient, session: Session) -> None:
    (held,) = session.scalars(select(RoleHeld).where(RoleHeld.role == Role.ADMINISTRATOR)).all()
    for act in (f"/admin/roles/{held.id}/take", f"/admin/people/{held.person_id}/off"):
        refused = administrator.post(act)
        assert refused.status_code == 400
        assert "last administrator" in refused.text
    a_person(session, Role.ADMINISTRATOR)
    session.commit()
    assert administrator.post(f"/admin/roles/{held.id}/take").status_code == 302


def test_a_leaver_is_signed_out_and_can_come_back(administrator: FlaskClient, session: Session) -> None:
    person = a_person(session, Role.PLANNER)
    theirs = administrator.application.test_client()
    signed_in(theirs, session, person)
    assert theirs.get("/account").status_code == 200
    assert administrator.post(f"/admin/people/{person.id}/off").status_code == 302
    assert theirs.get("/account").status_code == 302
    assert "Switched off" in administrator.get("/admin/people").text
    assert administrator.post(f"/admin/people/{person.id}/on").status_code == 302
    session.expire_all()
    assert person.left_at is None


def test_a_name_and_post_are_changed(administrator: FlaskClient, session: Session) -> None:
    person = a_person(session, Role.PLANNER)
    session.commit()
    changed = {"name": "New Name", "email": "new@council.example", "post": "Head of Plans"}
    assert administrator.post(f"/admin/people/{person.id}/change", data=changed).status_code == 302
    session.expire_all()
    assert (person.name, person.email, person.post) == ("New Name", "new@council.example", "Head of Plans")


def test_a_session_is_ended_from_here(administrator: FlaskClient, session: Session) -> None:
    person = a_person(session, Role.FINANCE, name="Signed Onn")
    theirs = administrator.application.test_client()
    signed_in(theirs, session, person)
    assert "Signed Onn" in administrator.get("/admin/sessions").text
    running = session.scalars(select(SignedInSession).where(SignedInSession.person_id == person.id)).one()
    assert administrator.post(f"/admin/sessions/{running.id}/end").status_code == 302
    assert "Signed Onn" not in administrator.get("/admin/sessions").text
    assert theirs.get("/account").status_code == 302


def test_the_permissions_page_says_what_the_program_does(client: FlaskClient, session: Session) -> None:
    page = signed_in(client, session, Role.AUDITOR).get("/admin/permissions").text
    rows = dict(re.findall(r'<th scope="row"[^>]*>([^<]+)</th>((?:<td[^>]*>[^<]*</td>)+)', page))
    manage = re.findall(r"<td[^>]*>([^<]*)</td>", rows["Manage people and their roles"])
    assert [bool(cell) for cell in manage] == [role is Role.ADMINISTRATOR for role in Role]
    assert rows["/admin/people"].count("manage people") == 1


@pytest.mark.parametrize("page", ["/admin/people", "/admin/people/new", "/admin/sessions"])
def test_only_an_administrator_sees_people(client: FlaskClient, session: Session, page: str) -> None:
    assert signed_in(client, session, Role.PROCUREMENT).get(page).status_code == 403
