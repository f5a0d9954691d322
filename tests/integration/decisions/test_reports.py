"""Three years on one sheet, and the monthly report: what stands where, that counts are lists, and who reads what."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from html import unescape
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.decisions import commands
from app.decisions.commands import main_decision
from app.decisions.commands.activities import Actor, WhenWanted
from app.decisions.queries.committees.sheet import three_years
from app.decisions.queries.forthcoming import Wanted
from app.decisions.rules.timing import Timing
from tests.integration.decisions.making import Place, a_contract, a_place, an_activity, taken
from tests.makers import a_person, signed_in

TODAY = date(2026, 11, 22)
#: Nowhere else in a report.
FIGURE = 7_654_321


@pytest.fixture
def place(session: Session, the_clock: SimpleNamespace) -> Place:
    """What was expected in May, and what has happened in November."""
    the_clock.today = date(2026, 5, 1)
    made = a_place(session)
    an_activity(session, made.adults, "Late by a month", timing=Timing.parse("20 October 2026"))
    slipped = an_activity(session, made.adults, "Put off", timing=Timing.parse("Q4 2026-27"))
    sooner = an_activity(session, made.adults, "Brought forward", timing=Timing.parse("Q2 2027-28"))
    called_in = an_activity(session, made.place, "Called in", timing=Timing.parse("Q3 2026-27"))
    an_activity(session, made.place, "Some year", timing=Timing.parse("2029-30"))
    an_activity(session, made.place, "Beyond the sheet", timing=Timing.parse("Q3 2029-30"))
    an_activity(session, made.adults, "Who knows when", timing=Timing.not_known())
    an_activity(session, made.adults, "A trifle", pounds=1_000)
    ending = a_contract(session, made.adults, "Ends first", awarded_end_on=date(2026, 12, 31), awarded_low=Decimal(100))
    an_activity(session, made.adults, "Comes too late", contract_id=ending.id, timing=Timing.parse("Q3 2027-28"))
    an_activity(session, made.adults, "Hushed", pounds=FIGURE, exempt=True, exempt_ground="Paragraph 3")
    a_contract(session, made.adults, "Started undecided")
    session.commit()
    the_clock.today = date(2026, 11, 10)
    an_activity(session, made.adults, "Quite new", timing=Timing.parse("Q1 2027-28"))
    for one, now in ((slipped, "Q1 2027-28"), (sooner, "Q1 2027-28")):
        wanted = WhenWanted(timing=Timing.parse(now), reason="The market was slow")
        commands.reschedule(one, wanted, Actor("Robin Lark", clock.now()))
    taken(session, called_in, date(2026, 11, 3))
    decision = main_decision(called_in)
    decision.called_in_on, decision.called_in_by, decision.called_in_reason = date(2026, 11, 9), "Five members", "Why"
    session.commit()
    the_clock.today = TODAY
    return made


def test_each_decision_stands_under_its_committee_and_quarter(session: Session, place: Place) -> None:
    sheet = three_years(session, Wanted(), TODAY)
    assert sheet.columns[0] == "Late"
    assert sheet.columns[1:13] == tuple(
        f"Q{number} {year}"
        for year, numbers in (
            ("2026-27", (3, 4)),
            ("2027-28", (1, 2, 3, 4)),
            ("2028-29", (1, 2, 3, 4)),
            ("2029-30", (1, 2)),
        )
        for number in numbers
    )
    assert sheet.columns[13:] == ("Timing not yet known",)
    stands = {
        one.title: (row.name, column)
        for row in sheet.rows
        for column, cell in zip(sheet.columns, row.cells, strict=True)
        for one in cell
    }
    mine = place.committee.name
    assert stands == {
        "Late by a month": (mine, "Late"),
        "Put off": (mine, "Q1 2027-28"),
        "Comes too late": (mine, "Q3 2027-28"),
        "Brought forward": (mine, "Q1 2027-28"),
        "Quite new": (mine, "Q1 2027-28"),
        "Hushed": (mine, "Q4 2026-27"),
        "Who knows when": (mine, "Timing not yet known"),
        "Some year": ("No committee recorded", "Q2 2029-30"),
    }
    assert sheet.counts.startswith("8 key decisions")
    alone = three_years(session, Wanted(committees=frozenset({place.committee.id})), TODAY)
    assert [row.name for row in alone.rows] == [mine]
    assert alone.rows[0].note == "Adults"


def test_the_sheet_is_one_page_of_a3_and_withholds_what_is_exempt_from_everybody(
    client: FlaskClient, session: Session, place: Place
) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    page = client.get("/forthcoming/sheet").text
    for words in (place.committee.name, "£2.0m", "Authority to procure", "Some time in 2029-30", "Exempt"):
        assert words in page
    assert "7.7m" not in page
    with zipfile.ZipFile(io.BytesIO(client.get("/forthcoming/sheet.xlsx").data)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        said = packed.read("xl/sharedStrings.xml").decode()
    assert '<pageSetup paperSize="8" orientation="landscape"/>' in sheet
    assert '<pageSetUpPr fitToPage="1"/>' in sheet
    assert "Hushed\nExempt\nAuthority to procure" in said
    assert client.get("/forthcoming/sheet.xlsx").data == client.get("/forthcoming/sheet.xlsx").data
    assert client.get("/forthcoming/sheet.pdf").data.startswith(b"%PDF")
    elsewhere = client.get(f"/forthcoming/sheet?directorate={place.place.id}").text
    assert "Some year" in elsewhere
    assert "Put off" not in elsewhere


@pytest.mark.usefixtures("place")
def test_every_count_of_the_monthly_report_opens_a_list_of_so_many(client: FlaskClient, session: Session) -> None:
    signed_in(client, session, a_person(session, Role.PLANNER))
    page = client.get("/decisions/monthly").text
    cards = {
        unescape(url): (int(number), unescape(words))
        for url, number, words in re.findall(
            r'app-count__link" href="([^"]+)"><span class="app-count__number">(\d+)</span> '
            r'<span class="app-count__words">([^<]+)<',
            page,
        )
    }
    counted = {words: number for number, words in cards.values()}
    assert counted["Late: the day a key decision was expected has passed"] == 1
    assert counted["Late: expected too late for the present agreement's end"] == 1
    assert counted["Started with no decision recorded"] == 1
    assert counted["Slipped since last month"] == 1
    assert counted["New since last month"] == 1
    assert counted["Called in since last month, or with no outcome yet"] == 1
    for url, (number, words) in cards.items():
        if url.startswith("/"):
            listed = client.get(url).text
            assert f"{number} decision" in listed or f"{number} " in listed.split("</h1>")[0], words
    assert "From Q4 2026-27 to Q1 2027-28: The market was slow" in page
    assert "Brought forward" not in page
    assert "Called in on 9 November 2026 by Five members: no outcome yet." in page


def test_the_report_of_a_directorate_tells_of_that_one_alone(
    client: FlaskClient, session: Session, place: Place
) -> None:
    signed_in(client, session, Role.PROCUREMENT)
    page = client.get(f"/decisions/monthly?directorate={place.place.id}").text
    assert "Called in on 9 November" in page
    assert "Put off" not in page
    assert f"/to-do/no-decision?whose=all&amp;directorate={place.place.id}" in page
    listed = client.get(f"/decisions/monthly/list?which=new&directorate={place.place.id}").text
    assert "Nothing of the kind this month" in listed


def test_the_word_report_says_the_same_and_whether_it_may_be_published(
    client: FlaskClient, session: Session, place: Place
) -> None:
    for number in range(9):
        an_activity(session, place.adults, f"New as well {number}")
    session.commit()
    for role, closed in ((Role.PROCUREMENT, True), (Role.PLANNER, False)):
        signed_in(client, session, a_person(session, role))
        document = client.get(f"/decisions/monthly.docx?directorate={place.adults.id}").data
        with zipfile.ZipFile(io.BytesIO(document)) as packed:
            said = packed.read("word/document.xml").decode()
        assert "Slipped since last month: 1" in said
        assert "The market was slow" in said
        assert (
            f"And 2 more: http://127.0.0.1:8000/decisions/monthly/list?which=new&amp;directorate={place.adults.id}"
            in said
        )
        assert ("NOT FOR PUBLICATION" in said) is closed
        assert (f"{FIGURE:,}" in said) is False
