"""A directorate's return for the business plan: asked for, answered, sent, sent back, signed off, chased."""

import csv
import io
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from app.accounts.models import Person
from app.accounts.roles import Role
from app.core import clock
from app.core.rights import ScopeKind
from app.council.calendar import FinancialYear
from app.council.models import Directorate, Division
from app.plans.models import PlanningRound, Return
from app.plans.queries.gaps import EVERYBODY, GapsAsked, Whose, missing_of
from app.plans.rules import Answer, Part, ReturnState
from app.register.models import DeliveryRoute
from tests.makers import a_person, signed_in
from tests.register_makers import a_contract, a_council, a_directorate, a_division, a_provider, a_service
from tests.sending import send, squeezed

YEAR = FinancialYear.of(clock.today())


@pytest.fixture
def roads(session: Session) -> Directorate:
    a_council(session)
    roads = a_directorate(session, name="Roads", position=1)
    roads.director_post = "Corporate Director of Roads"
    return roads


@pytest.fixture
def division(session: Session, roads: Directorate) -> Division:
    return a_division(session, roads, name="Bridges")


def of(session: Session, role: Role, directorate: Directorate, *, name: str) -> Person:
    return a_person(session, role, name=name, scope=ScopeKind.DIRECTORATE, scope_id=directorate.id)


def opened(client: FlaskClient, session: Session, *divisions: Division) -> None:
    """A round is open, with returns asked of every directorate and of these divisions."""
    signed_in(client, session, a_person(session, Role.PLANNER, name="Ruaridh Penstock"))
    answer = client.post(
        "/plans/new",
        data={
            "year": str(YEAR.start),
            "returns_due_on": f"15/1/{YEAR.start + 1}",
            "division_ids": [str(one.id) for one in divisions],
            "approved_by": "Policy Committee",
            "note": "Say what is new.",
        },
    )
    assert answer.status_code == 302, answer.text


def the_return(session: Session, name: str) -> Return:
    session.expire_all()
    return next(one for one in session.scalars(select(Return).order_by(Return.id)) if one.name == name)


def answer_all(client: FlaskClient, made: Return, *, nil: set[Part] = frozenset()) -> None:  # type: ignore[assignment]  # never changed
    for part in Part:
        said = Answer.NIL if part in nil else Answer.COMPLETE
        answer = send(client, f"{made.path}/parts/{part.annex}", answer=said)
        assert answer.status_code == 302, squeezed(answer)


# The story


@pytest.fixture
def people(session: Session, roads: Directorate) -> dict[Role, Person]:
    """Who makes the return of Roads, and who signs it."""
    return {
        Role.COMMISSIONER: of(session, Role.COMMISSIONER, roads, name="Robin Holt"),
        Role.DIRECTOR: of(session, Role.DIRECTOR, roads, name="Honor Quill"),
    }


def test_a_return_is_answered_and_sent_and_comes_back_with_a_reason(
    client: FlaskClient, session: Session, roads: Directorate, people: dict[Role, Person]
) -> None:
    a_service(session, roads, name="Winter gritting", route=DeliveryRoute.IN_HOUSE)
    other = of(session, Role.DIRECTOR, a_directorate(session, name="Adults", position=2), name="Kit Marsh")
    opened(client, session)
    again = send(client, "/plans/new", year=YEAR.start, returns_due_on=f"15/1/{YEAR.start + 1}")
    assert f"There is a planning round for {YEAR} already" in squeezed(again)
    assert all(name in client.get("/plans").text for name in ("Roads", "Adults"))
    made = the_return(session, "Roads")

    signed_in(client, session, people[Role.COMMISSIONER])
    refused = send(client, f"{made.path}/parts/1", answer=Answer.NIL)
    assert "The register holds 1 service: answer “complete”" in squeezed(refused)
    assert "Answer every part before you send the return" in squeezed(send(client, f"{made.path}/send"))
    answer_all(client, made, nil=set(Part) - {Part.SERVICES})
    bare = send(client, f"{made.path}/send")
    assert "things are still missing: mend what you can, or say why" in squeezed(bare)
    assert send(client, f"{made.path}/send", reason="The statement is on its way").status_code == 302
    assert "A return that is sent cannot be sent" in squeezed(send(client, f"{made.path}/send", reason="Again"))
    assert "This return is sent" in squeezed(send(client, f"{made.path}/parts/1", answer=Answer.COMPLETE))

    signed_in(client, session, other)
    assert client.post(f"{made.path}/sign-off").status_code == 403
    signed_in(client, session, people[Role.DIRECTOR])
    assert "Return of Roads" in client.get(f"/to-do/return-sign-off?whose=all&directorate={roads.id}").text
    assert "Say what is to be put right" in squeezed(send(client, f"{made.path}/send-back", reason=""))
    assert send(client, f"{made.path}/send-back", reason="Name the bridges").status_code == 302
    shown = squeezed(client.get(made.path))
    assert "Sent back: Name the bridges" in shown
    assert "Send to the director" not in shown  # a director signs, and does not make


def made_whole(client: FlaskClient, session: Session, maker: Person, made: Return, *, nil: set[Part]) -> None:
    signed_in(client, session, maker)
    answer_all(client, made, nil=nil)
    assert send(client, f"{made.path}/send", reason="It comes").status_code == 302


def test_a_director_signs_after_the_divisions_and_the_signature_stays_what_it_was(
    client: FlaskClient, session: Session, roads: Directorate, division: Division, people: dict[Role, Person]
) -> None:
    service = a_service(session, roads, name="Winter gritting", route=DeliveryRoute.IN_HOUSE)
    opened(client, session, division)
    made, bridges = the_return(session, "Roads"), the_return(session, "Bridges")
    made_whole(client, session, people[Role.COMMISSIONER], made, nil=set(Part) - {Part.SERVICES})
    signed_in(client, session, people[Role.DIRECTOR])
    assert "The return of Bridges has not been sent" in squeezed(send(client, f"{made.path}/sign-off"))
    signed_in(client, session, people[Role.COMMISSIONER])
    answer_all(client, bridges, nil=set(Part))  # nil in every part stands without being sent
    signed_in(client, session, people[Role.DIRECTOR])
    assert send(client, f"{made.path}/sign-off").status_code == 302
    made = the_return(session, "Roads")
    assert (made.state, made.signed_off_by, made.sent_despite) == (ReturnState.SIGNED_OFF, "Honor Quill", "It comes")
    assert [one.rows_signed for one in made.parts] == [1, 0, 0, 0, 0]
    assert made.part(Part.SERVICES).missing_signed == 1  # it supports no outcome
    assert "changed since" not in client.get(made.path).text

    signed_in(client, session, people[Role.COMMISSIONER])
    assert send(client, f"/services/{service.id}/edit", name="Winter service").status_code == 302
    assert "1 record changed since" in client.get(made.path).text
    listed = squeezed(client.get(f"{made.path}/changes"))
    assert "1 record changed since the sign-off" in listed
    assert "Winter service" in listed
    assert [one.rows_signed for one in the_return(session, "Roads").parts] == [1, 0, 0, 0, 0]

    signed_in(client, session, people[Role.DIRECTOR])
    assert send(client, f"{made.path}/reopen", reason="The bridge has fallen").status_code == 302
    made = the_return(session, "Roads")
    assert made.state is ReturnState.SENT_BACK
    assert {one.rows_signed for one in made.parts} == {None}
    assert "The bridge has fallen" in squeezed(client.get(made.path))


def test_a_nil_that_is_not_true_any_more_is_neither_sent_nor_signed(
    client: FlaskClient, session: Session, roads: Directorate
) -> None:
    maker = of(session, Role.COMMISSIONER, roads, name="Robin Holt")
    opened(client, session)
    made = the_return(session, "Roads")
    signed_in(client, session, maker)
    answer_all(client, made, nil=set(Part))
    a_service(session, roads, name="Gritting")
    session.commit()
    refused = send(client, f"{made.path}/send", reason="Because")
    assert "The return says nil for services, and the register now holds some" in squeezed(refused)


def test_two_who_answer_at_once_see_each_others_answers(
    client: FlaskClient, session: Session, roads: Directorate
) -> None:
    maker = of(session, Role.COMMISSIONER, roads, name="Robin Holt")
    opened(client, session)
    made = the_return(session, "Roads")
    signed_in(client, session, maker)
    stale = made.version
    assert send(client, f"{made.path}/parts/2", answer=Answer.NIL).status_code == 302
    late = client.post(f"{made.path}/parts/2", data={"version": str(stale), "answer": "complete", "note": "Mine"})
    assert "Somebody else saved this record while you had it open" in squeezed(late)
    assert the_return(session, "Roads").part(Part.COMMISSIONED).answer is Answer.NIL


# Rounds


def test_a_round_is_changed_closed_and_opened_again_and_a_division_let_off(
    client: FlaskClient, session: Session, roads: Directorate, division: Division
) -> None:
    opened(client, session)
    path = f"/plans/{YEAR}"
    changed = client.post(
        f"{path}/edit",
        data={
            "version": session.scalars(select(PlanningRound.version)).one(),
            "returns_due_on": f"20/1/{YEAR.start + 1}",
            "division_ids": [str(division.id)],
            "note": "",
        },
    )
    assert changed.status_code == 302, changed.text
    bridges = the_return(session, "Bridges")
    assert bridges.round.returns_due_on == date(YEAR.start + 1, 1, 20)
    assert send(client, f"{bridges.path}/let-off", reason="Nothing is theirs").status_code == 302
    assert bridges.path not in client.get(path).text
    assert send(client, f"{path}/close").status_code == 302
    refused = send(client, f"{the_return(session, 'Roads').path}/parts/1", answer=Answer.NIL)
    assert f"The planning round for {YEAR} was closed on" in squeezed(refused)
    assert client.get(f"/to-do/return?whose=all&directorate={roads.id}").text.count("Return of Roads") == 0
    assert client.post(f"{path}/reopen").status_code == 302
    assert send(client, f"{the_return(session, 'Roads').path}/parts/1", answer=Answer.NIL).status_code == 302


@pytest.mark.usefixtures("division")
def test_the_command_line_opens_a_round_and_says_how_its_returns_stand(
    app: Flask, session: Session, roads: Directorate
) -> None:
    a_service(session, roads, name="Gritting")
    session.commit()
    runner = app.test_cli_runner()
    due = f"15 January {YEAR.start + 1}"
    done = runner.invoke(args=["plans", "open", str(YEAR), "--due", due, "--division", "bridges"])
    assert done.output == f"{YEAR}: 2 returns asked for, due on {due}\n"
    lines = runner.invoke(args=["plans", "returns", str(YEAR)]).output.splitlines()
    assert re.fullmatch(r"to be made +3 missing  0 of 5 answered  Roads", lines[0]), lines
    assert re.fullmatch(r"to be made +0 missing  0 of 5 answered  Roads: Bridges", lines[1]), lines
    for wrong in (
        ["plans", "open", str(YEAR), "--due", due],
        ["plans", "open", "2015", "--due", due],
        ["plans", "open", str(YEAR + 1), "--due", due, "--division", "Tunnels"],
        ["plans", "returns", str(YEAR + 1)],
    ):
        refused = runner.invoke(args=wrong)
        assert refused.exit_code == 2, refused.output
        assert len(refused.output.splitlines()) == 1


# What is missing


def a_mess(session: Session, directorate: Directorate, division: Division | None = None) -> None:
    """One record at least of most kinds of gap."""
    a_service(session, directorate, name="Gritting", division=division, route=DeliveryRoute.EXTERNAL)
    a_service(session, directorate, name="Lighting", division=division, route=DeliveryRoute.NOT_KNOWN)
    provider = a_provider(session, name="Lumen Ltd")
    for number, (value, annual) in enumerate(((5_000_000, None), (None, 700_000), (None, None), (20_000, None))):
        a_contract(
            session,
            directorate,
            title=f"Contract {number}",
            division=division,
            value=value,
            annual=annual,
            providers=(provider,),
            starts_on=date(2020, 4, 1),
            ends_on=None if annual else date(clock.today().year + 1, 3, 31),
        )


COUNT = re.compile(r'<a class="govuk-link" href="([^"]*/missing/[^"]+)">([\d,]+) ')


def test_every_count_opens_exactly_its_list_and_the_file_holds_them_all(
    client: FlaskClient, session: Session, roads: Directorate, division: Division
) -> None:
    a_mess(session, roads)
    a_mess(session, roads, division)
    opened(client, session, division)
    for name in ("Roads", "Bridges"):
        made = the_return(session, name)
        counts = {url: int(number) for url, number in COUNT.findall(client.get(made.path).text)}
        assert len(counts) >= 4
        for url, number in counts.items():
            assert client.get(url).text.count('<th scope="row"') == number, url
        rows = list(
            csv.DictReader(io.StringIO(client.get(f"{made.path}/missing.csv").get_data(as_text=True).lstrip("\ufeff")))
        )
        assert len(rows) == sum(counts.values())
        shown = re.search(r"#missing\">(\d+)", client.get(f"/plans/{YEAR}?directorate={roads.id}").text)
        assert shown is not None
    whole = client.get(f"/plans/{YEAR}/missing.csv").get_data(as_text=True)
    assert len(list(csv.reader(io.StringIO(whole)))) == 1 + sum(
        int(number) for _, number in COUNT.findall(client.get(the_return(session, "Roads").path).text)
    )


HOLDS = re.compile(r'The register holds</dt>\s*<dd[^>]*><a class="govuk-link" href="([^"]+)">([\d,]+) ')


def test_what_the_register_holds_is_what_the_linked_list_holds(
    client: FlaskClient, session: Session, roads: Directorate, division: Division
) -> None:
    a_mess(session, roads)
    a_mess(session, roads, division)
    opened(client, session, division)
    for name in ("Roads", "Bridges"):
        found = HOLDS.findall(client.get(the_return(session, name).path).text)
        assert {url.split("?")[0] for url, _ in found} >= {"/services", "/contracts"}
        for url, number in found:
            assert f"Showing 1 to {number} of {number}" in client.get(url.replace("&amp;", "&")).text, url


def test_an_exempt_value_neither_counts_nor_lists_for_those_not_entitled(
    client: FlaskClient, session: Session, roads: Directorate
) -> None:
    service = a_service(session, roads, name="Gritting", route=DeliveryRoute.EXTERNAL)
    contract = a_contract(
        session, roads, title="Gritting of roads", value=7_654_321, starts_on=date(2020, 4, 1),
        ends_on=date(clock.today().year + 1, 3, 31), service=service,
    )  # fmt: skip
    contract.exempt, contract.exempt_ground = True, "Schedule 12A, paragraph 3"
    maker = of(session, Role.COMMISSIONER, roads, name="Robin Holt")
    director = of(session, Role.DIRECTOR, roads, name="Honor Quill")
    opened(client, session)
    made = the_return(session, "Roads")

    def missing(person: Person) -> str:
        signed_in(client, session, person)
        return client.get(f"{made.path}/missing/annex-2").text

    assert "Gritting of roads" in missing(maker)
    assert "Gritting of roads" not in missing(director)
    signed_in(client, session, maker)
    answer_all(client, made, nil={Part.FORTHCOMING, Part.AGREEMENTS, Part.SOCIAL_VALUE})
    assert send(client, f"{made.path}/send", reason="It comes").status_code == 302
    signed_in(client, session, director)
    assert send(client, f"{made.path}/sign-off").status_code == 302
    assert the_return(session, "Roads").part(Part.COMMISSIONED).rows_signed == 0
    session.rollback()
    asked = GapsAsked(EVERYBODY, clock.today(), YEAR)
    assert "annex-2" not in {one.kind.code for one in missing_of(session, asked, Whose(roads.id))}


# Chasing


class Letters(Message):
    """A mail server's box of what it was handed."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[tuple[str, str, str]] = []

    @override
    def handle_message(self, message: object) -> None:
        to, subject = message["To"], message["Subject"]  # type: ignore[index]  # an e-mail message
        text = message.get_payload()[0].get_payload(decode=True).decode()  # type: ignore[attr-defined]
        self.taken.append((to, subject, text))


def a_free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.fixture
def letters(app: Flask) -> Iterator[Letters]:
    """A real mail server on this machine, which the register is told to use."""
    box, before = Letters(), app.extensions["settings"]
    port = a_free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    app.extensions["settings"] = replace(before, smtp_url=f"smtp://127.0.0.1:{port}")
    yield box
    app.extensions["settings"] = before
    server.stop()


def test_a_return_is_chased_by_e_mail_with_what_is_missing_and_it_is_recorded(
    client: FlaskClient, session: Session, roads: Directorate, letters: Letters
) -> None:
    a_mess(session, roads)
    director = of(session, Role.DIRECTOR, roads, name="Honor Quill")
    of(session, Role.COMMISSIONER, a_directorate(session, name="Adults", position=2), name="Kit Marsh")
    opened(client, session)
    made = the_return(session, "Roads")
    done = send(client, f"{made.path}/chase", people=director.id, how="by e-mail from here", whom="Their deputy")
    assert done.status_code == 302, squeezed(done)
    ((to, subject, text),) = letters.taken
    assert to == director.email
    assert subject == f"Return of Roads for the business plan {YEAR}, due 15 January {YEAR.start + 1}"
    assert "Lighting: It is delivered in a way not yet known" in text
    assert "Kit Marsh" not in client.get(f"{made.path}/chase").text
    (chase,) = the_return(session, "Roads").chases
    assert (chase.whom, chase.how, chase.missing > 3) == ("Honor Quill, Their deputy", "by e-mail", True)
    assert "Honor Quill, Their deputy" in client.get(f"/plans/{YEAR}").text


@pytest.mark.usefixtures("roads")
def test_a_chase_without_a_mail_server_is_recorded_with_the_words_ready_to_copy(
    client: FlaskClient, session: Session
) -> None:
    opened(client, session)
    made = the_return(session, "Roads")
    page = client.get(f"{made.path}/chase").text
    assert "By e-mail from here" not in page
    assert "The return of Roads for the business plan" in page
    nobody = send(client, f"{made.path}/chase", how="I ask them myself")
    assert "Choose who is asked, or write who it is" in squeezed(nobody)
    done = send(client, f"{made.path}/chase", how="I ask them myself", whom="Robin", otherwise="on the telephone")
    assert done.status_code == 302
    (chase,) = the_return(session, "Roads").chases
    assert (chase.whom, chase.how) == ("Robin", "on the telephone")


def test_a_mail_server_that_takes_nothing_leaves_no_record(
    app: Flask, client: FlaskClient, session: Session, roads: Directorate, letters: Letters
) -> None:
    director = of(session, Role.DIRECTOR, roads, name="Honor Quill")
    opened(client, session)
    made = the_return(session, "Roads")
    app.extensions["settings"] = replace(app.extensions["settings"], smtp_url="smtp://127.0.0.1:1")
    refused = send(client, f"{made.path}/chase", people=director.id, how="by e-mail from here")
    assert "Nobody was reached: Honor Quill (The mail server at 127.0.0.1" in squeezed(refused)
    assert not the_return(session, "Roads").chases
    assert not letters.taken


def test_home_and_the_annexes_lead_to_the_returns(client: FlaskClient, session: Session, roads: Directorate) -> None:
    director = of(session, Role.DIRECTOR, roads, name="Honor Quill")
    opened(client, session)
    path = the_return(session, "Roads").path
    assert f"0 of 1 signed off, due on 15 January {YEAR.start + 1}" in squeezed(client.get("/annexes"))
    signed_in(client, session, director)
    assert path in client.get("/").text
    assert "/annexes/" in client.get(path).text
    assert client.get(f"/plans/returns/{path.rsplit('/', 1)[1]}").location == path
    assert client.get("/plans/2003-04").status_code == 404
    assert client.get(f"/plans/2003-04/returns/{path.rsplit('/', 1)[1]}").status_code == 404
