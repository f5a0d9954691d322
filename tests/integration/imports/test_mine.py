"""My contracts out to Excel and back in: every difference shown, conflicts told, rights kept, undone as a whole."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.accounts.roles import Role
from app.core.rights import ScopeKind
from app.council.models import Directorate
from app.register.models import Contract, EventKind, ProcurementStatus
from tests.makers import a_person, signed_in
from tests.register_makers import a_category, a_contract, a_council, a_directorate, a_provider, a_service

#: Changes the rows of the sheet, by title: {"Home care": {"Contract manager": "Head of Care"}}.
Changes = dict[str, dict[str, Any]]


@dataclass
class Kept:
    """A commissioner of Adults, their two contracts, and one of Roads."""

    adults: Directorate
    person: Person
    home_care: Contract
    day_care: Contract
    gritting: Contract


@pytest.fixture
def kept(session: Session) -> Kept:
    a_council(session)
    adults, roads = a_directorate(session, name="Adults"), a_directorate(session, name="Roads", position=1)
    provider = a_provider(session, name="Lumen Care Ltd")
    service = a_service(session, adults, name="Care at home")
    a_category(session, "Care")
    return Kept(
        adults,
        a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=adults.id),
        a_contract(session, adults, title="Home care", service=service, providers=(provider,), manager_post="A post"),
        a_contract(session, adults, title="Day care", exempt=True, note="Two lines\nof note"),
        a_contract(session, roads, title="Gritting", value=4_444_444),
    )


@dataclass
class Book:
    """A workbook as somebody has it open: the rows of each sheet."""

    sheets: dict[str, list[list[Any]]]
    hidden: set[str]

    @classmethod
    def read(cls, content: bytes) -> "Book":
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
        seen = python_calamine.SheetVisibleEnum.Visible
        return cls(rows, {one.name for one in book.sheets_metadata if one.visible is not seen})

    @property
    def rows(self) -> list[list[Any]]:
        return self.sheets["My contracts"][1:]

    @property
    def titles(self) -> list[str]:
        return [row[0] for row in self.rows]

    def change(self, changes: Changes) -> "Book":
        headings = self.sheets["My contracts"][0]
        for row in self.rows:
            for heading, value in changes.get(row[0], {}).items():
                row[headings.index(heading)] = value
        return self

    def save(self) -> io.BytesIO:
        content = io.BytesIO()
        with xlsxwriter.Workbook(content) as book:
            day = book.add_format({"num_format": "dd/mm/yyyy"})
            for name, rows in self.sheets.items():
                sheet = book.add_worksheet(name)
                for at, row in enumerate(rows):
                    for place, value in enumerate(row):
                        if isinstance(value, date):
                            sheet.write_datetime(at, place, datetime(value.year, value.month, value.day), day)
                        elif value not in {None, ""}:
                            sheet.write(at, place, value)
                if name in self.hidden:
                    sheet.hide()
        content.seek(0)
        return content


def taken_out(client: FlaskClient, query: str = "") -> Book:
    with client.get(f"/contracts/mine.xlsx{query}") as answer:
        assert answer.status_code == 200
        return Book.read(answer.get_data())


def sent(client: FlaskClient, book: Book) -> TestResponse:
    data = {"file": (book.save(), "mine.xlsx")}
    return client.post("/import/mine", data=data, content_type="multipart/form-data")


def shown(client: FlaskClient, book: Book) -> tuple[str, str]:
    """The address of the page of differences, and the page."""
    answer = sent(client, book)
    assert answer.status_code == 302, answer.text
    return answer.location, client.get(answer.location).text


def form_of(page: str, **more: str) -> dict[str, Any]:
    """What the page would send as it stands."""
    ticked = re.findall(r'name="take" type="checkbox" value="([^"]*)" checked', page)
    versions = re.findall(r'name="versions" value="([^"]*)"', page)
    return {"take": ticked, "versions": versions[0] if versions else "", **more}


def test_what_was_taken_out_comes_back_without_a_difference(client: FlaskClient, session: Session, kept: Kept) -> None:
    signed_in(client, session, kept.person)
    book = taken_out(client)
    assert book.titles == ["Day care", "Home care"], "only mine"
    assert "4444444" not in str(book.sheets)
    assert book.hidden == {"As taken out", "Choices"}
    _, page = shown(client, book)
    assert "Nothing differs: 2 contracts stand in the register as in your file" in page


def test_only_what_names_my_post_is_mine_once_something_does(client: FlaskClient, session: Session, kept: Kept) -> None:
    kept.person.post = "a Post"
    signed_in(client, session, kept.person)
    assert taken_out(client).titles == ["Home care"]
    assert taken_out(client, "?q=nothing+is+called+so").titles == [], "the list's filters apply"


def test_every_difference_is_shown_and_what_is_ticked_is_taken_and_undone(
    client: FlaskClient, session: Session, kept: Kept
) -> None:
    signed_in(client, session, kept.person)
    book = taken_out(client).change(
        {
            "Home care": {"Contract manager": "Head of Care", "Category": "Care", "Review date": date(2027, 6, 1)},
            "Day care": {"Procurement status": "planning", "Note": None},
        },
    )
    url, page = shown(client, book)
    for words in ("5 differences in 2 contracts", "Head of Care", "1 June 2027", "Left blank: the register keeps"):
        assert words in page, words
    answer = client.post(url, data=form_of(page))
    assert answer.status_code == 302, answer.text
    session.expire_all()
    assert (kept.home_care.manager_post, kept.home_care.review_on) == ("Head of Care", date(2027, 6, 1))
    assert kept.home_care.category is not None
    assert kept.day_care.procurement_status is ProcurementStatus.PLANNING
    assert kept.day_care.note == "Two lines\nof note"
    done = client.get(url).text
    assert "Contract manager: “A post” becomes “Head of Care”" in done
    client.post(f"{url}/undo")
    session.expire_all()
    put_back = session.scalars(select(Contract).order_by(Contract.id)).all()[:2]
    assert [one.manager_post for one in put_back] == ["A post", None]
    assert [one.category for one in put_back] == [None, None]
    assert [one.procurement_status for one in put_back] == [None, None]
    assert "Undone" in client.get(url).text


def test_a_cell_changed_on_both_sides_is_a_conflict_and_the_register_keeps_its_own(
    client: FlaskClient, session: Session, kept: Kept
) -> None:
    signed_in(client, session, kept.person)
    book = taken_out(client)
    kept.home_care.manager_post, kept.home_care.concern = "Head of Homes", "Late visits"
    session.commit()
    book.change({"Home care": {"Contract manager": "Head of Care", "Reference": "WCC/1"}})
    url, page = shown(client, book)
    assert "2 differences in 1 contract" in page, "what only the register changed is no difference"
    for words in ("Head of Homes", "A post", "Head of Care", "Changed in the file and in the register"):
        assert words in page, words
    client.post(url, data=form_of(page))
    session.expire_all()
    assert (kept.home_care.manager_post, kept.home_care.reference) == ("Head of Homes", "WCC/1")
    assert kept.home_care.concern == "Late visits"


def test_awarded_values_and_later_ends_are_asked_about_first(client: FlaskClient, session: Session, kept: Kept) -> None:
    signed_in(client, session, kept.person)
    book = taken_out(client).change(
        {
            "Home care": {"Contract value": 2_500_000, "End date": date(2031, 3, 31)},
            "Day care": {"End date": date(2028, 3, 31)},
        },
    )
    url, page = shown(client, book)
    assert "An earlier end is entered on the contract&#39;s page" in page
    unanswered = client.post(url, data=form_of(page))
    assert "Answer the questions about what was awarded" in unanswered.text
    names = re.findall(r'name="(how-[^"]*)"', page)
    answers = dict(zip(sorted(names), ("vary", "extend"), strict=True))
    assert min(names).startswith("how-changed_value")
    client.post(url, data=form_of(page, **answers))
    session.expire_all()
    assert (kept.home_care.awarded_high, kept.home_care.current_high) == (Decimal(2_000_000), Decimal(2_500_000))
    assert (kept.home_care.awarded_end_on, kept.home_care.current_end_on) == (date(2030, 3, 31), date(2031, 3, 31))
    assert {one.kind for one in kept.home_care.events} == {EventKind.EXTENSION, EventKind.VARIATION}
    assert kept.day_care.current_end_on == date(2030, 3, 31)


def test_a_contract_changed_between_looking_and_taking_is_left_and_told(
    client: FlaskClient, session: Session, kept: Kept
) -> None:
    signed_in(client, session, kept.person)
    book = taken_out(client).change({"Home care": {"Reference": "WCC/1"}, "Day care": {"Reference": "WCC/2"}})
    url, page = shown(client, book)
    kept.home_care.description = "Said meanwhile"
    session.commit()
    client.post(url, data=form_of(page))
    session.expire_all()
    assert (kept.home_care.reference, kept.day_care.reference) == (None, "WCC/2")
    assert "Changed by somebody else since you looked" in client.get(url).text


def test_a_file_reaches_no_contract_and_no_unit_that_is_not_the_senders(
    app: Flask, client: FlaskClient, session: Session, kept: Kept
) -> None:
    signed_in(client, session, kept.person)
    book = taken_out(client)
    book.change({"Day care": {"Register id": str(kept.gritting.uid)}, "Home care": {"Directorate": "Roads"}})
    book.sheets["My contracts"].append(["A contract added"])
    url, page = shown(client, book)
    assert "No contract of yours has this Register id" in page
    assert "A row was added: add the contract under Contracts" in page
    client.post(url, data=form_of(page))
    session.expire_all()
    assert kept.gritting.title == "Gritting"
    assert kept.home_care.directorate_id == kept.adults.id
    other = signed_in(app.test_client(), session)
    assert other.get(url).status_code == 404, "whoever sent it"


@pytest.mark.parametrize("kind", ["a list of another kind", "nothing"])
def test_what_is_no_file_of_mine_is_refused_beside_the_question(
    client: FlaskClient, session: Session, kept: Kept, kind: str
) -> None:
    signed_in(client, session, kept.person)
    answer = sent(client, Book({"Sheet1": [["Title", "Directorate"]] if kind != "nothing" else []}, set()))
    assert answer.status_code == 200
    assert "There is a problem" in answer.text


def test_whoever_may_not_write_takes_nothing_out(app: Flask, session: Session, kept: Kept) -> None:  # noqa: ARG001
    client = signed_in(app.test_client(), session, a_person(session, Role.AUDITOR))
    ask: Callable[[str], TestResponse] = client.get
    assert [ask(url).status_code for url in ("/contracts/mine.xlsx", "/import/mine")] == [403, 403]
    assert session.scalars(select(Contract.id)).all()
