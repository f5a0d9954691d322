"""An import through the browser's door: choose, columns, check, done, undo."""

import io
import re

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.imports.models import ImportRun, RunState
from app.register.models import Contract, Provider
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
