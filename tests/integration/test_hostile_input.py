"""What mischief types: every form and address answers with a page that says what would work, on both databases."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.register.models import Contract, Provider
from tests.integration.addresses import Address, addresses
from tests.integration.reading import told
from tests.integration.test_conflicts import sheet_of
from tests.integration.whole_council import WholeCouncil, a_whole_council
from tests.makers import signed_in

SERVER_ERROR = 500
SCRIPT = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>"
#: Each goes into every text of a form at once.
MISCHIEF = {
    "script": SCRIPT,
    "what others would run": '=HYPERLINK("http://example.org","x")'
    "'; DROP TABLE contract; -- %s %n {0} {{ 7*7 }} {% raw %} ${7*7} ../../../etc/passwd",
    "characters": "before\x00after bell\x07 escape\x1b[31m vertical\x0b next\x85 noncharacter\ufffe "
    "\N{RIGHT-TO-LEFT OVERRIDE}cod.exe \N{ARABIC LETTER ALEF}\N{ZERO WIDTH JOINER}"
    + "\N{PILE OF POO}\N{EMOJI MODIFIER FITZPATRICK TYPE-6}"
    * 20,
    "long": "x" * 100_000,
    "number": "9" * 30,
    "minus": "-1",
    "exponent": "1e999999",
    "day": "31 December 9999",
}
#: What the two databases take in different ways; the rest is the same to both, and tried on one.
TOLD_APART = ("characters", "long", "number")
#: In the address bar, by the name of what is asked.
ASKED = {
    "page": ("99999999999", "-1", "0", "x", "1e9", "9" * 5000),
    "sort": ("bogus", "-", "--title", "title;drop", "\x00"),
    "q": ("%", "_", "'", '"', "\x00", "x" * 5000, "AND OR NOT", "*", "(", "\ufffe"),
    "directorate": ("x", "-1", "99999999999999999999", "1;1"),
    "division": ("x", "9" * 30),
    "provider": ("x", "9" * 30),
    "status": ("bogus",),
    "form": ("bogus",),
    "ends_from": ("31/12/9999", "yesterday", "0", "\x00"),
    "value_from": ("1e400", "-1", "99999999999999999999999", "NaN", "Infinity", "£"),
    "value_to": ("100000000000000000000",),
    "over": ("bogus",),
    "committee": ("x", "9" * 30),
    "as_at": ("31/12/9999", "x", "0001-01-01"),
    "edition": ("bogus",),
    "from": ("x",),
}
#: No database is asked any of these: they are refused or left out before, and tried on one.
REFUSED_BEFORE = {
    *("x", "bogus", "-", "--title", "title;drop", "1;1", "-1", "0", "1e9", "yesterday", "31/12/9999", "£"),
}
LISTS = (
    "/contracts", "/contracts.csv", "/services", "/providers", "/arrangements", "/trading-companies", "/social-value",
    "/forthcoming", "/proposals", "/decisions", "/search", "/approvals", "/in-house-units",
    "/annexes/2026-27/roads",
)  # fmt: skip


@pytest.fixture
def client(app: Flask, connection: Connection) -> FlaskClient:  # noqa: ARG001 - the connection keeps what it saves to this test
    return FlaskClient(app, app.response_class, use_cookies=True)


@pytest.fixture
def made(app: Flask, session: Session) -> WholeCouncil:
    return a_whole_council(session, app.extensions["settings"].files_dir)


def forms(app: Flask, client: FlaskClient, made: WholeCouncil) -> list[tuple[Address, dict[str, list[str]]]]:
    """Every form of one side, filled in as it opens."""
    found = []
    for address in addresses(app, made):
        if "POST" in address.methods and address.side is not made.adults and not address.url.startswith("/sign"):
            with client.get(address.url) as page:
                if page.status_code == 200:
                    found.append((address, sheet_of(page.get_data(as_text=True)).answers))
    return found


def answers_of(client: FlaskClient, address: Address, answers: dict[str, list[str]], text: str) -> tuple[int, str]:
    filled = {name: [text] if name not in {"version", "csrf_token"} else value for name, value in answers.items()}
    with client.post(address.url, data=filled) as answer:
        return answer.status_code, told(answer)


@pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.ADMINISTRATOR])
def test_no_form_breaks_and_none_says_a_script_back(
    app: Flask, client: FlaskClient, session: Session, connection: Connection, made: WholeCouncil, role: Role
) -> None:
    signed_in(client, session, role)
    wrong = []
    on_sqlite = connection.dialect.name == "sqlite"
    tried = [name for name in MISCHIEF if (name in TOLD_APART) != on_sqlite]
    for address, answers in forms(app, client, made):
        for name in tried:
            text = MISCHIEF[name]
            with connection.begin_nested() as before:
                status, page = attempted(client, address, answers, text)
                before.rollback()
            if status >= SERVER_ERROR or SCRIPT in page or "<img src=x" in page:
                wrong.append(f"{address}, {name}: {status} {page[:200] if status >= SERVER_ERROR else ''}")
    assert not wrong, "\n".join(wrong[:40])


def attempted(client: FlaskClient, address: Address, answers: dict[str, list[str]], text: str) -> tuple[int, str]:
    """An error that nobody took is what a person would meet as page 500."""
    try:
        return answers_of(client, address, answers, text)
    except Exception as error:  # noqa: BLE001 - any of them would be a bug
        return SERVER_ERROR, f"{type(error).__name__}: {error}"


@pytest.mark.usefixtures("made")
def test_no_list_breaks_whatever_the_address_bar_asks(client: FlaskClient, session: Session, engine_name: str) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    wrong = []
    not_tried = set() if engine_name == "sqlite" else REFUSED_BEFORE
    for path in LISTS:
        for name, texts in ASKED.items():
            for text in texts:
                if text in not_tried:
                    continue
                try:
                    with client.get(path, query_string={name: text}) as answer:
                        status: int | str = answer.status_code
                        told(answer)
                except Exception as error:  # noqa: BLE001 - any of them would be a bug
                    status = f"{SERVER_ERROR} {type(error).__name__}: {str(error)[:100]}"
                if str(status)[:1] == "5":
                    wrong.append(f"{path}?{name}={text[:30]!r}: {status}")
    assert not wrong, "\n".join(wrong)


NOTHING = ("/contracts/x", "/contracts/-1", f"/contracts/{10**40}", "/annexes/bogus/roads", "/annexes/2026-27/bogus",
    "/annexes/9999-00/roads", "/contracts/%00", "/activities/1/bogus", "/import/99999999", "/agreements/1",
    "/trading-companies/1", "/services.exe", "/static/../config.py", "/social-value/999")  # fmt: skip


@pytest.mark.usefixtures("made")
def test_an_address_of_nothing_is_not_found(client: FlaskClient, session: Session) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    for address in NOTHING:
        with client.get(address) as answer:
            expected = {302, 400, 404, 200 if address in OTHER_KINDS else 404}
            assert answer.status_code in expected, f"{address}: {answer.status_code}"


#: A record of another kind of the same number may well be there.
OTHER_KINDS = {"/agreements/1", "/trading-companies/1"}


@pytest.mark.usefixtures("made")
def test_an_overlong_answer_is_refused_beside_its_field_with_the_limit(client: FlaskClient, session: Session) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    page = client.post("/providers/new", data={"name": "x" * 301, "kind": "private company"})
    assert page.status_code == 200
    assert "Shorten this to 300 characters or fewer: it has 301" in page.text


@pytest.mark.usefixtures("made")
def test_what_is_stored_of_nul_is_the_rest(client: FlaskClient, session: Session) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    answer = client.post("/providers/new", data={"name": "Nul\x00l Ltd", "kind": "private company"})
    assert answer.status_code == 302
    session.scalars(select(Provider).where(Provider.name == "Null Ltd")).one()


FORMULAS = ('=cmd|"/C calc"!A0', "+1+1", "@SUM(A1)", "-2+3", "\tx", "|x", "%x")


def test_formula_text_goes_out_as_text(client: FlaskClient, session: Session, made: WholeCouncil) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    for text in FORMULAS:
        made.roads.contract.title = text
        session.commit()
        with client.get("/contracts.csv") as answer:
            rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
        cells = [cell for row in rows for key, cell in row.items() if key and "itle" in key and text.strip() in cell]
        assert cells, text
        assert all(cell[0] not in "=+@" for cell in cells), cells


def test_every_export_takes_what_a_title_may_hold(client: FlaskClient, session: Session, made: WholeCouncil) -> None:
    """A control character from an old import breaks no file."""
    signed_in(client, session, Role.PROCUREMENT)
    contract = session.get_one(Contract, made.roads.contract.id)
    contract.title = "Bell\x07, escape\x1b, vertical\x0b, noncharacter\ufffe, picture \N{PILE OF POO}, <b>&"
    session.commit()
    for url in ("/contracts.csv", "/contracts.xlsx", *(f"/annexes/2026-27/roads/download/{e}" for e in ENDINGS)):
        with client.get(url) as answer:
            assert answer.status_code == 200, url


ENDINGS = ("csv", "xlsx", "docx", "html")


@pytest.mark.parametrize("target", ["https://example.org", "//example.org", "/\\example.org", "\\/example.org",
    "http:example.org", "javascript:alert(1)", "/%09/example.org", "///example.org", "/\t/example.org"])  # fmt: skip
def test_signing_in_leads_nowhere_else(client: FlaskClient, session: Session, made: WholeCouncil, target: str) -> None:
    from app.accounts import commands as accounts

    made.person.password_hash = accounts.hash_password("three random words")
    session.commit()
    answer = client.post(
        "/sign-in", query_string={"next": target},
        data={"email": made.person.email, "password": "three random words", "next": target},
    )  # fmt: skip
    assert answer.status_code == 302
    assert re.fullmatch(r"/(?![/\\\s])[^\t]*", answer.location), answer.location


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    from app.accounts import commands as accounts

    made.person.password_hash = accounts.hash_password("three random words")
    session.commit()
    data = {"email": made.person.email, "password": "three random words"}
    answer = client.post("/sign-in", data=data, base_url="https://localhost")
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    assert all("HttpOnly" in cookie and "SameSite" in cookie for cookie in cookies)


def test_a_form_from_elsewhere_is_refused_on_a_page(
    app: Flask, client: FlaskClient, session: Session, made: WholeCouncil
) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = client.post(f"/services/{made.roads.service.id}/restore")
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 400
    assert "<main" in answer.text


@pytest.mark.usefixtures("made")
def test_naughty_strings_are_kept_as_they_are(client: FlaskClient, session: Session, samples: Path) -> None:
    """Each of the published list of strings that break programs, as a provider's name."""
    signed_in(client, session, Role.PROCUREMENT)
    texts = [
        " ".join(text.replace("\x00", "").split())
        for text in json.loads((samples / "hostile" / "blns.json").read_text())
    ]
    for text in [text for text in texts if text and len(text) <= 300][::24]:
        answer = client.post("/providers/new", data={"name": text, "kind": "private company"})
        assert answer.status_code in {200, 302}, text
        assert client.get("/search", query_string={"q": text}).status_code == 200, text
    page = client.get("/providers").text
    assert "<script>alert(" not in page
