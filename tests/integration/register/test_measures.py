"""The council's own list of measures, loaded from its file, and the proxy values frozen on commitments."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core.errors import Refusal
from app.imports.measures import measure_rows
from app.imports.workbook import FileKind, RawRow, Sheet, Workbook
from app.register.commands.measures import load_measures
from app.register.commands.social_value import CommitmentWanted, freeze_proxy, make_commitment
from app.register.models import ContractStage, SocialValueMeasure
from tests.makers import signed_in
from tests.register_makers import a_contract, a_council, a_directorate

HEADINGS = "List,List version,Theme,Outcome,Measure code,Measure,Unit,Proxy value (£)"
TODAY = date(2026, 11, 22)


def a_list(*rows: str) -> str:
    return "\n".join((HEADINGS, *(f"Our list,2026,{row}" for row in rows)))


def rows_of(text: str) -> list[RawRow]:
    return [RawRow(number, tuple(cells)) for number, cells in enumerate(csv.reader(io.StringIO(text)), 1)]


def load(session: Session, *rows: str) -> dict[str, int]:
    workbook = Workbook("list.csv", FileKind.CSV, (Sheet("list", tuple(rows_of(a_list(*rows)))),))
    return dict(load_measures(session, measure_rows(workbook), today=TODAY).lines)


APPRENTICES = "Jobs,Young people ready for work,J1,Weeks of apprenticeship,weeks,251.79"
HOURS = "Community,Stronger communities,C1,Hours volunteered,hours,16.93"


def test_a_list_is_loaded_again_by_list_version_and_code_and_what_is_gone_ends(session: Session) -> None:
    assert load(session, APPRENTICES, HOURS)["created"] == 2
    again = load(session, APPRENTICES, HOURS)
    assert (again["unchanged"], again["ended, no longer in the file"]) == (2, 0)
    dearer = load(session, APPRENTICES.replace("251.79", "260"))
    assert (dearer["updated"], dearer["ended, no longer in the file"]) == (1, 1)
    assert dearer["rows read"] == sum(dearer[one] for one in ("created", "updated", "unchanged", "refused"))
    until = {one.code: one.until_on for one in session.scalars(select(SocialValueMeasure))}
    assert until == {"J1": None, "C1": date(2026, 11, 21)}
    back = load(session, APPRENTICES.replace("251.79", "260"), HOURS)
    assert (back["updated"], back["unchanged"]) == (1, 1)


def test_what_cannot_be_read_is_refused_by_row_and_ends_nothing(session: Session) -> None:
    load(session, APPRENTICES, HOURS)
    bad = load(session, APPRENTICES, APPRENTICES, "Jobs,Work,J9,Jobs made,jobs,lots")
    assert (bad["unchanged"], bad["refused"], bad["ended, no longer in the file"]) == (1, 2, 0)


def test_a_proxy_value_is_frozen_at_award_whatever_the_list_becomes(session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    load(session, APPRENTICES)
    listed = session.scalars(select(SocialValueMeasure)).one()
    let = a_contract(session, adults)
    planned = a_contract(session, adults, stage=ContractStage.PLANNED)

    def promise(contract_id: int) -> CommitmentWanted:
        return CommitmentWanted(
            directorate_id=adults.id, contract_id=contract_id, theme="", text="Train ten", target=Decimal(520),
            due_on=date(2030, 3, 31), measure_id=listed.id,
        )  # fmt: skip

    awarded = make_commitment(session, promise(let.id), today=TODAY)
    coming = make_commitment(session, promise(planned.id), today=TODAY)
    assert (awarded.theme, awarded.measure, awarded.unit) == ("Jobs", "Weeks of apprenticeship", "weeks")
    assert awarded.proxy is not None
    assert coming.proxy is not None
    assert (awarded.proxy.frozen_on, coming.proxy.frozen_on) == (TODAY, None)
    lines = load(session, APPRENTICES.replace("251.79", "300"))
    assert lines["commitments whose proxy value stays as it is"] == 1
    assert lines["commitments not awarded yet, whose proxy value follows"] == 1
    assert (awarded.proxy.value, coming.proxy.value) == (Decimal("251.79"), Decimal(300))
    with pytest.raises(Refusal):
        freeze_proxy(session, coming, today=TODAY)
    planned.stage = ContractStage.AWARDED
    freeze_proxy(session, coming, today=TODAY)
    load(session, APPRENTICES.replace("251.79", "400"))
    assert coming.proxy.value == Decimal(300)


def test_a_list_is_checked_on_a_page_before_it_is_stored_and_exported_as_it_was_read(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    signed_in(client, session, Role.PROCUREMENT)
    assert "No list of measures is loaded yet" in client.get("/social-value/measures").text
    sent = {"file": (io.BytesIO(a_list(APPRENTICES, HOURS).encode()), "list.csv")}
    answer = client.post("/social-value/measures/import", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    check = client.get(answer.location)
    assert "Weeks of apprenticeship" in check.text
    assert session.scalar(select(SocialValueMeasure.id)) is None
    assert client.post(answer.location, data={"store": "yes"}).status_code == 302
    page = client.get("/social-value/measures?q=apprenticeship").text
    assert "Weeks of apprenticeship" in page
    assert "Hours volunteered" not in page
    exported = client.get("/social-value/measures.csv").text
    sent = {"file": (io.BytesIO(exported.encode()), "measures.csv")}
    again = client.post("/social-value/measures/import", data=sent, content_type="multipart/form-data")
    counts = " ".join(client.get(again.location).text.split())
    assert 'Unchanged</dt><dd class="govuk-summary-list__value">2<' in counts
    wrong = {"file": (io.BytesIO(b"Name,Colour\nA,B\n"), "wrong.csv")}
    refused = client.post("/social-value/measures/import", data=wrong, content_type="multipart/form-data")
    assert "download the example and use its headings" in refused.text
    signed_in(client, session, Role.COMMISSIONER)
    assert client.get("/social-value/measures/import").status_code == 403


def test_the_example_list_loads_from_the_command_line(app: Flask, session: Session, tmp_path: Path) -> None:
    a_council(session)
    session.commit()
    example = Path("app/register/data/example-measures.csv")
    said = app.test_cli_runner().invoke(args=["register", "import-measures", str(example), "--dry-run"])
    assert said.exit_code == 0, said.output
    assert "created: 10" in said.output
    assert session.scalar(select(SocialValueMeasure.id)) is None
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("Name\nA\n")
    assert app.test_cli_runner().invoke(args=["register", "import-measures", str(wrong)]).exit_code == 2
