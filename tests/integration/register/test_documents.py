"""Documents through the browser's door: filed, sent back only as files, replaced, kept back, withdrawn."""

import io
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.core.rights import ScopeKind
from app.register.models import Document, DocumentKind
from tests.makers import a_person, added, signed_in
from tests.register_makers import a_contract, a_council, a_directorate, a_provider, a_service
from tests.sending import inputs, send, squeezed

PDF = b"%PDF-1.7 what it has to be"


def file_at(client: FlaskClient, page: str, /, **answers: object) -> str:
    """File something, and say where it is shown, or what stood against it."""
    sent = client.post(page, data={**inputs(client.get(page).text), **answers})
    return sent.location if sent.status_code == 302 else squeezed(sent)


def test_a_file_is_kept_outside_the_database_and_sent_back_as_a_file(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care")
    signed_in(client, session)
    url = f"/contracts/{contract.id}/documents/new"
    about = {"title": "Specification", "kind": "specification"}
    assert "Give either a link or a file" in file_at(client, url, **about)
    page = (io.BytesIO(b"<html><script>alert(1)</script>"), "spec.pdf")
    assert "is not a PDF file that can be filed" in file_at(client, url, **about, file=page)
    assert "begins with https://" in file_at(client, url, **about, url="http://example.org/spec.pdf")
    assert "begins with https://" in file_at(client, url, **about, url="javascript:alert(1)")
    shown = file_at(client, url, **about, file=(io.BytesIO(PDF), "C:\\plans\\spec é.pdf"))
    session.expire_all()
    document = session.scalars(select(Document)).one()
    assert document.file is not None
    assert (app.extensions["settings"].files_dir / document.file.sha256).read_bytes() == PDF
    with client.get(f"{shown}/file") as answer:
        assert answer.data == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "Specification" in squeezed(client.get(f"/contracts/{contract.id}"))


def test_a_new_version_keeps_the_old_and_a_withdrawn_one_can_be_put_back(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care")
    signed_in(client, session)
    url = f"/contracts/{contract.id}/documents/new"
    old = file_at(client, url, title="Plan", kind="plan", url="https://wold.example/1")
    new = file_at(client, f"{old}/replace", url="https://wold.example/2")
    page = squeezed(client.get(new))
    assert "Every version" in page
    assert "https://wold.example/1" in page
    assert "A newer version has taken its place already" in file_at(
        client, f"{old}/replace", url="https://wold.example/3"
    )
    listed = client.get(f"/contracts/{contract.id}/documents").text
    assert "https://wold.example/2" in listed
    assert "https://wold.example/1" not in listed
    assert send(client, f"{new}/withdraw", reason="Filed by mistake").status_code == 302
    assert "https://wold.example/2" not in client.get(f"/contracts/{contract.id}").text
    assert "Filed by mistake" in client.get(new).text
    assert client.post(f"{new}/restore").status_code == 302
    assert "https://wold.example/2" in client.get(f"/contracts/{contract.id}").text
    assert send(client, f"{new}/edit", title="Exit plan").status_code == 302
    assert "Exit plan" in client.get(f"/contracts/{contract.id}").text


def test_what_is_not_open_is_there_for_nobody_who_is_not_entitled(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Home care", exempt=True)
    signed_in(client, session)
    url = f"/contracts/{contract.id}/documents/new"
    assert "not_open" in inputs(client.get(url).text), "with an exempt contract it begins so"
    shown = file_at(client, url, title="Price list", kind="contract", file=(io.BytesIO(PDF), "prices.pdf"))
    signed_in(client, session, Role.FINANCE)
    assert client.get(shown).status_code == 404
    assert client.get(f"{shown}/file").status_code == 404
    for path in ("", "/documents"):
        assert "Price list" not in client.get(f"/contracts/{contract.id}{path}").text


def test_documents_of_an_embargoed_contract_stay_back_with_it(client: FlaskClient, session: Session) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session), title="Causeway", embargoed_until=date(2099, 1, 1))
    row = Document(
        contract_id=contract.id, kind=DocumentKind.PLAN, title="Plan", url="https://wold.example/p",
        added_at=clock.now(), added_by="Robin Holt",
    )  # fmt: skip
    added(session, row)
    signed_in(client, session, Role.FINANCE)
    assert client.get(f"/documents/{row.id}").status_code == 404


def test_a_service_s_specification_stands_on_its_contracts_too(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    service = a_service(session, adults, name="Home care")
    contract = a_contract(session, adults, title="Home care in the north", service=service)
    provider = a_provider(session, name="Lumen Ltd")
    signed_in(client, session)
    spec = {"title": "What people can expect", "kind": "specification", "url": "https://wold.example/spec"}
    file_at(client, f"/services/{service.id}/documents/new", **spec)
    file_at(
        client, f"/providers/{provider.id}/documents/new", title="Insurance", kind="other", url="https://wold.example/i"
    )
    for url in (f"/services/{service.id}", f"/contracts/{contract.id}", f"/services/{service.id}/documents"):
        assert "What people can expect" in client.get(url).text
    assert "Insurance" in client.get(f"/providers/{provider.id}").text
    session.scalars(select(Document).where(Document.kind == DocumentKind.SPECIFICATION)).one().not_open = True
    roads = a_directorate(session, name="Roads")
    elsewhere = a_contract(session, roads, title="Carers' vans", service=service)
    of_roads = a_person(session, Role.DIRECTOR, scope=ScopeKind.DIRECTORATE, scope_id=roads.id, exempt=True)
    signed_in(client, session, of_roads)
    for one in (contract, elsewhere):
        assert "What people can expect" not in client.get(f"/contracts/{one.id}").text, (
            "it is the service's, not Roads'"
        )


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("belongs_to_one_record", {"contract_id": None}),
        ("is_a_link_or_a_file", {"url": None}),
        ("withdrawal_has_a_reason", {"withdrawn_at": clock.now()}),
    ],
)
def test_documents_that_contradict_themselves_are_refused_by_the_database(
    session: Session, name: str, changes: dict[str, object]
) -> None:
    contract = a_contract(session, a_directorate(session), title="Home care")
    row = {"contract_id": contract.id, "url": "https://wold.example/p", **changes}
    document = Document(kind=DocumentKind.PLAN, title="Plan", added_at=clock.now(), added_by="Robin Holt", **row)
    session.add(document)
    with pytest.raises(IntegrityError, match=name):
        session.flush()
