"""An import through the browser's door: choose, columns, check, done, undo."""

import io
import re
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.imports import jobs
from app.imports.models import ImportRun, RunState
from app.register.models import Arrangement, Contract, Provider
from tests.makers import signed_in

LIST = (
    "Ref,Title,Directorate,Supplier,Start date,End date,Value\n"
    "C1,School meals,Children,Acme Ltd,01/04/2015,31/03/2018,£120000\n"
    "C2,Library vans,Communities,Binns Ltd,01/04/2015,Ongoing,50000\n"
    "C3,Street lights,Communities,Acme Ltd,01/04/2015,tomorrow,70000\n"
)


def sent(client: FlaskClient, text: str = LIST, name: str = "register.csv") -> str:
    """Send a file; the address of its import."""
    answer = client.post("/import", data={"file": (io.BytesIO(text.encode()), name)})
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def columns_as_found(client: FlaskClient, address: str) -> None:
    page = client.get(f"{address}/columns").text
    names = re.findall(r'<select[^>]+name="(column-\d+)".*?</select>', page, re.DOTALL)
    chosen = re.findall(r'<option value="([a-z_]+)" selected>', page)
    answer = client.post(f"{address}/columns", data=dict(zip(names, chosen, strict=True)))
    assert answer.status_code == 302, answer.text


def name_of_question(page: str, words: str) -> str:
    found = re.findall(r'<legend[^>]*>([^<]*)</legend>.*?name="(question-\d+)"', page, re.DOTALL)
    return str(next(name for wording, name in found if words in wording))


def test_a_register_goes_in_by_four_steps_and_out_again(client: FlaskClient, session: Session) -> None:
    signed_in(client, session)
    address = sent(client)
    assert client.get(address).location == f"{address}/columns"
    assert "School meals" in client.get(f"{address}/columns").text
    columns_as_found(client, address)
    page = client.get(f"{address}/check").text
    assert "Check before anything is stored" in page
    assert "Acme Ltd" in page
    assert "“tomorrow”" in page
    assert session.scalar(select(func.count()).select_from(Contract)) == 0

    ongoing = name_of_question(page, "ongoing")
    client.post(f"{address}/check", data={"create_missing": "yes", ongoing: "no_end", "store": "yes"})
    page = client.get(f"{address}/check").text
    assert "Store 2 rows" in page, "changed answers are gone through again before anything is stored"
    client.post(f"{address}/check", data={"create_missing": "yes", "store": "yes"})
    assert client.get(address).location == f"{address}/done"
    assert "Where each row went" in client.get(f"{address}/done").text
    session.expire_all()
    assert sorted(session.scalars(select(Contract.title))) == ["Library vans", "School meals"]
    assert session.scalars(select(Contract).where(Contract.reference == "C2")).one().rolling
    assert "Street lights" in client.get(f"{address}/rows?outcome=refused").text
    mended = client.get(f"{address}/problems.csv")
    assert "tomorrow" in mended.text
    assert "attachment" in mended.headers["Content-Disposition"]
    with client.get(f"{address}/file") as raw:
        assert raw.data.decode() == LIST
        assert raw.headers["Content-Disposition"].startswith("attachment")
        assert raw.mimetype == "application/octet-stream"

    assert client.post(f"{address}/undo").status_code == 302
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(Contract).where(Contract.withdrawn_at.is_(None))) == 0
    assert session.scalars(select(ImportRun.state)).one() is RunState.UNDONE
    assert session.scalar(select(func.count()).select_from(Provider).where(Provider.withdrawn_at.is_(None))) == 0
    assert "Undone" in client.get(f"{address}/done").text


def test_only_those_who_may_import_open_the_pages(client: FlaskClient, session: Session) -> None:
    signed_in(client, session, Role.COMMISSIONER)
    for address in ("/import", "/import/rules", "/import/sources", "/import/services", "/import/template.csv"):
        assert client.get(address).status_code == 403


def test_rules_and_template_say_how_a_list_is_written_in_one_cell(client: FlaskClient, session: Session) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    said = ("Oak Ltd: £12,000 [Lot 1]; Elm Ltd: £8,000", "with a semicolon between: Home care; Day care (Children)")
    page = client.get("/import/rules").text
    with zipfile.ZipFile(io.BytesIO(client.get("/import/template.xlsx").data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    for words in said:
        assert words in page
        assert words in sheet


def test_the_template_holds_the_fields_and_reads_back(client: FlaskClient, session: Session) -> None:
    signed_in(client, session)
    headings = client.get("/import/template.csv").text.lstrip("\ufeff").strip()
    assert "Title" in headings
    assert "Register id" not in headings
    address = sent(client, f"{headings}\n", "template.csv")
    assert client.get(address).location == f"{address}/columns"
    assert "Contract value" in client.get("/import/rules").text


def test_a_run_whose_worker_was_stopped_is_taken_up_again(client: FlaskClient, session: Session) -> None:
    signed_in(client, session)
    address = sent(client)
    columns_as_found(client, address)
    run = session.scalars(select(ImportRun)).one()
    run.state, run.beat_at = RunState.UNDERSTANDING, clock.now()
    session.commit()
    assert "Interrupted" not in client.get(address).text
    run.beat_at = clock.now() - timedelta(minutes=5)
    session.commit()
    assert "Interrupted" in client.get(address).text
    assert client.post(f"{address}/resume").status_code == 302
    assert client.get(address).location == f"{address}/check"


def test_a_stopped_step_leaves_its_run_interrupted(client: FlaskClient, session: Session, app: Flask) -> None:
    """The worker is told to stop in the middle: the run says so, and nothing was stored."""
    signed_in(client, session)
    address = sent(client)
    columns_as_found(client, address)
    session.execute(update(ImportRun).values(state=RunState.APPLYING))
    session.commit()

    def stop(flushed: Session, *_rest: object) -> None:
        if any(isinstance(record, ImportRun) and record.state is RunState.DONE for record in flushed.dirty):
            raise KeyboardInterrupt

    event.listen(Session, "before_flush", stop)
    try:
        with app.app_context(), pytest.raises(KeyboardInterrupt):
            jobs.store_import(int(address.rpartition("/")[2]))
    finally:
        event.remove(Session, "before_flush", stop)
    session.expire_all()
    assert session.scalars(select(ImportRun.state)).one() is RunState.INTERRUPTED
    assert session.scalar(select(func.count()).select_from(Contract)) == 0
    client.post(f"{address}/resume")
    assert client.get(address).location == f"{address}/done"


def test_what_was_edited_since_is_kept_when_an_import_is_undone(client: FlaskClient, session: Session) -> None:
    signed_in(client, session)
    address = sent(client)
    columns_as_found(client, address)
    client.post(f"{address}/check", data={"create_missing": "yes"})
    client.post(f"{address}/check", data={"create_missing": "yes", "store": "yes"})
    contract = session.scalars(select(Contract)).one()
    contract.description = "Written by a person"
    session.commit()
    assert contract.title in client.get(f"{address}/undo").text
    assert client.post(f"{address}/undo").status_code == 200
    session.expire_all()
    assert contract.withdrawn_at is None
    assert client.post(f"{address}/undo", data={"keep_edited": "y"}).status_code == 302
    session.expire_all()
    assert contract.withdrawn_at is None


def test_an_update_is_put_back_as_it_was(client: FlaskClient, session: Session) -> None:
    signed_in(client, session)
    for text in (LIST, LIST):
        address = sent(client, text)
        columns_as_found(client, address)
        client.post(f"{address}/check", data={"create_missing": "yes"})
        client.post(f"{address}/check", data={"create_missing": "yes", "store": "yes"})
    address = sent(client, LIST.replace("£120000", "£150000"))
    columns_as_found(client, address)
    name = name_of_question(client.get(f"{address}/check").text, "another value")
    answers = {"create_missing": "yes", name: "vary"}
    client.post(f"{address}/check", data=answers)
    client.post(f"{address}/check", data={**answers, "store": "yes"})
    contract = session.scalars(select(Contract)).one()
    session.refresh(contract)
    assert contract.current_high == Decimal(150000)
    assert client.post(f"{address}/undo").status_code == 302
    session.expire_all()
    assert contract.current_high == Decimal(120000)
    assert contract.events == []
    assert contract.withdrawn_at is None


ALIKE = (
    "Ref,Title,Directorate,Supplier,Start date,End date,Value\n"
    "F7,Care homes in the north,Adults,Acme Ltd,01/04/2015,31/03/2018,100\n"
    "F7,Care homes in the south,Adults,Binns Ltd,01/04/2015,31/03/2018,200\n"
    "F8,School meals,Adults,Binns Ltd,01/04/2015,31/03/2018,300\n"
)


def checked(client: FlaskClient, text: str, **more: str) -> str:
    """An import gone through and stored with these ticks; its page before storing is in the first answer."""
    address = sent(client, text)
    columns_as_found(client, address)
    client.post(f"{address}/check", data={"create_missing": "yes"})
    page = client.get(f"{address}/check").text
    assert "Care homes in the north: 2 contracts, one reference" in page
    assert (
        'name="confirm_arrangements" type="checkbox" value="yes" aria-describedby="confirm_arrangements-hint">' in page
    )
    client.post(f"{address}/check", data={"create_missing": "yes", "store": "yes", **more})
    assert client.get(address).location == f"{address}/done", "the tick changes no row: nothing is gone through again"
    return address


def test_suggested_arrangements_wait_for_a_person(client: FlaskClient, session: Session) -> None:
    signed_in(client, session)
    address = checked(client, ALIKE)
    assert session.scalars(select(Arrangement)).all() == []
    assert "1 group of contracts share a reference" in client.get(f"{address}/done").text


def test_suggested_arrangements_are_made_when_ticked_and_undone_with_the_import(
    client: FlaskClient, session: Session
) -> None:
    signed_in(client, session)
    address = checked(client, ALIKE, confirm_arrangements="yes")
    (made,) = session.scalars(select(Arrangement)).all()
    assert (made.title, made.reference, made.withdrawn_at) == ("Care homes in the north", "F7", None)
    assert {one.title for one in made.contracts} == {"Care homes in the north", "Care homes in the south"}
    assert "1 suggested arrangement was made" in client.get(f"{address}/done").text
    assert client.post(f"{address}/undo").status_code == 302
    session.expire_all()
    assert made.withdrawn_at is not None
