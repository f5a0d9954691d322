"""A list kept under a name: by its address, for oneself or everybody, to start at, with columns of one's own."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import saved_views as views
from app.accounts.commands import hash_password
from app.accounts.models import SavedView
from app.accounts.roles import Role
from app.core.errors import Refusal
from app.register import columns
from tests.makers import a_person, signed_in
from tests.register_makers import a_contract, a_council, a_directorate, a_provider, a_service

CARE = "/contracts?q=care&sort=-ends_on&columns=reference,current_end_on"


def saved(client: FlaskClient, session: Session, *, name: str = "Care", shared: bool = False) -> SavedView:
    answer = client.post(
        "/views/new",
        query_string={"address": f"{CARE}&page=3"},
        data={"name": name, **({"shared": "y"} if shared else {})},
    )
    assert answer.status_code == 302
    return session.scalars(select(SavedView).where(SavedView.name == name)).one()


def test_a_view_is_saved_from_a_list_and_offered_there_and_at_home(client: FlaskClient, session: Session) -> None:
    a_council(session)
    view = saved(signed_in(client, session, a_person(session, Role.COMMISSIONER)), session)
    assert view.address == "/contracts?q=care&sort=-ends_on&columns=reference%2Ccurrent_end_on"
    for page in ("/contracts", "/", "/views"):
        assert ">Care</a>" in client.get(page).text, page
    assert ">Care</a>" not in client.get("/services").text
    assert client.get(view.address).status_code == 200


def test_only_a_shared_view_is_seen_by_others_and_only_its_owner_changes_it(
    client: FlaskClient, session: Session
) -> None:
    me, other = a_person(session, Role.COMMISSIONER), a_person(session, Role.AUDITOR, name="Ash Reader")
    view = saved(signed_in(client, session, me), session)
    signed_in(client, session, other)
    assert ">Care</a>" not in client.get("/contracts").text
    assert client.post(f"/views/{view.id}/start").status_code == 404
    signed_in(client, session, me)
    assert client.post(f"/views/{view.id}/edit", data={"name": "Care homes", "shared": "y"}).status_code == 302
    signed_in(client, session, other)
    assert "shared by Morgan Ash" in client.get("/contracts").text
    for act in ("edit", "remove", "restore"):
        assert client.post(f"/views/{view.id}/{act}", data={"name": "Mine now"}).status_code == 404
    assert client.post(f"/views/{view.id}/start").status_code == 302


def test_a_view_removed_is_gone_until_it_is_put_back(client: FlaskClient, session: Session) -> None:
    me = a_person(session, Role.COMMISSIONER)
    view = saved(signed_in(client, session, me), session)
    client.post(f"/views/{view.id}/start")
    client.post(f"/views/{view.id}/remove")
    session.expire_all()
    assert views.start_of(session, me.id) is None
    assert ">Care</a>" not in client.get("/contracts").text
    assert "Put back" in client.get("/views").text
    client.post(f"/views/{view.id}/restore")
    session.expire_all()
    assert views.start_of(session, me.id) == view.address
    assert client.post("/views/start-at-home").status_code == 302
    session.expire_all()
    assert views.start_of(session, me.id) is None


def test_a_name_is_given_once_for_a_list(client: FlaskClient, session: Session) -> None:
    saved(signed_in(client, session, Role.COMMISSIONER), session)
    answer = client.post("/views/new", query_string={"address": CARE}, data={"name": " CARE "})
    assert answer.status_code == 200
    assert "give this one another name" in answer.text


@pytest.mark.parametrize(
    "address",
    ["https://example.org/contracts", "//example.org/contracts", "/\\example.org", "/admin/people", "", "/contractsx"],
)
def test_only_a_list_of_ours_can_be_saved(client: FlaskClient, session: Session, address: str) -> None:
    with pytest.raises(Refusal):
        views.understood_address(address)
    answer = signed_in(client, session, Role.COMMISSIONER).get("/views/new", query_string={"address": address})
    assert answer.status_code == 400


def test_whoever_signs_in_at_the_front_door_starts_at_the_page_chosen(client: FlaskClient, session: Session) -> None:
    me = a_person(session, Role.COMMISSIONER)
    me.password_hash = hash_password("purple-harbour-lantern")
    session.commit()
    view = saved(signed_in(client, session, me), session)
    client.post(f"/views/{view.id}/start")
    client.post("/sign-out")
    asked = {"email": me.email, "password": "purple-harbour-lantern"}
    assert client.post("/sign-in", data=asked).location == view.address
    client.post("/sign-out")
    assert client.post("/sign-in?next=/services", data=asked).location == "/services"


# Columns


def headings(client: FlaskClient, address: str) -> list[str]:
    return next(csv.reader(io.StringIO(client.get(address).data.decode("utf-8-sig"))))


def test_columns_are_chosen_put_in_order_remembered_and_downloaded(client: FlaskClient, session: Session) -> None:
    me, unit = a_person(session, Role.COMMISSIONER), a_directorate(session)
    a_contract(session, unit, title="Care at home", reference="25/1", providers=(a_provider(session, name="Oak Ltd"),))
    signed_in(client, session, me)
    client.post("/contracts/columns?q=care", data={"column": ["reference", "provider", "length_text"]})
    page = client.get("/contracts").text
    assert [page.index(f">{label}<") for label in ("Reference", "Provider", "Length")] == sorted(
        page.index(f">{label}<") for label in ("Reference", "Provider", "Length")
    )
    assert "5 years" in page
    moved = client.post(
        "/contracts/columns?q=care", data={"column": ["reference", "provider", "length_text"], "move": "up:length_text"}
    )
    assert moved.location.startswith("/contracts/columns?q=care&columns=reference%2Clength_text%2Cprovider")
    assert headings(client, "/contracts.csv?columns=reference,length_text,provider") == [
        *("Register id", "Title", "Reference", "Length", "Provider")
    ]
    assert client.get("/contracts.xlsx?columns=reference").status_code == 200
    assert len(headings(client, "/contracts.csv")) > 70
    client.post("/contracts/columns", data={"usual": "yes"})
    assert views.columns_chosen(session, me.id, "/contracts") == ()


@pytest.mark.parametrize(
    ("path", "leads", "wanted"),
    [
        ("/services", "Service", {"how-delivered": "How delivered", "head-of-service": "Head of service"}),
        ("/providers", "Provider", {"kind": "Kind", "whole-life-value-high": "Whole-life value, high (£)"}),
    ],
)
def test_services_and_providers_have_columns_of_ones_own(
    client: FlaskClient, session: Session, path: str, leads: str, wanted: dict[str, str]
) -> None:
    me, unit = a_person(session, Role.COMMISSIONER), a_directorate(session)
    oak = a_provider(session, name="Oak Ltd")
    a_contract(session, unit, value=123_456, service=a_service(session, unit, name="Oak care"), providers=(oak,))
    signed_in(client, session, me)
    assert "Choose columns" in client.get(path).text
    first, last = wanted
    chosen = client.post(f"{path}/columns?q=oak", data={"column": [last, first]})
    assert chosen.location == f"{path}?q=oak&columns={last}%2C{first}"
    page = client.get(f"{path}?q=oak").text
    head = page.split("<thead")[1].split("</thead>")[0]
    assert head.index(wanted[last]) < head.index(wanted[first])
    assert f"columns%3D{last}%252C{first}" in page.split("Save this view")[0]
    assert f"{path}.csv?q=oak&amp;columns={last}%2C{first}" in page
    assert headings(client, f"{path}.csv?columns={last},{first}") == [leads, wanted[last], wanted[first]]
    assert len(headings(client, f"{path}.csv")) > len(wanted) + 1
    moved = client.post(f"{path}/columns", data={"column": [last, first], "move": f"up:{first}"})
    assert moved.location == f"{path}/columns?columns={first}%2C{last}"
    client.post(f"{path}/columns", data={"usual": "yes"})
    assert views.columns_chosen(session, me.id, path) == ()
    assert client.get(f"{path}?columns=nothing,{'x' * 5_000}").status_code == 200


def test_a_saved_view_shows_the_columns_of_whoever_saved_it(client: FlaskClient, session: Session) -> None:
    a_contract(session, a_directorate(session), title="Care at home")
    signed_in(client, session, a_person(session, Role.COMMISSIONER))
    client.post("/contracts/columns", data={"column": ["reference"]})
    assert "address=%2Fcontracts%3Fcolumns%3Dreference" in client.get("/contracts").text


def test_an_exempt_amount_is_no_column_to_those_not_entitled(client: FlaskClient, session: Session) -> None:
    a_contract(session, a_directorate(session), title="Hush", value=7_654_321, exempt=True)
    signed_in(client, session, Role.MEMBER)
    names = [one.name for one in columns.OFFERED]
    for start in range(0, len(names), columns.MOST):
        some = ",".join(names[start : start + columns.MOST])
        for path in ("/contracts", "/contracts.csv"):
            body = client.get(path, query_string={"columns": some}).text
            assert "7654321" not in body.replace(",", ""), some


@pytest.mark.parametrize("said", ["", ",,,", "nothing,at;all", "title,title", "x" * 5_000, "'; DROP TABLE contract"])
def test_columns_that_are_none_are_left_out(client: FlaskClient, session: Session, said: str) -> None:
    signed_in(client, session, Role.COMMISSIONER)
    assert client.get("/contracts", query_string={"columns": said}).status_code == 200
    assert client.get("/contracts.csv", query_string={"columns": said}).status_code == 200


def test_a_download_has_the_rows_and_the_order_of_its_list(client: FlaskClient, session: Session) -> None:
    unit = a_directorate(session)
    for number in range(30):
        a_contract(session, unit, title=f"Bus {number:02}", value=1_000 * (number % 7))
    a_contract(session, unit, title="Cab")
    signed_in(client, session, Role.COMMISSIONER)
    asked = "q=bus&sort=-value&columns=current_high"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/contracts.csv?{asked}").data.decode("utf-8-sig"))))
    page = client.get(f"/contracts?{asked}").text
    assert "30 contracts" in page
    assert len(rows) == 30
    places = [page.index(f">{row['Title']}<") for row in rows[:25]]
    assert places == sorted(places)
