"""The list of contracts as a file, on both databases."""

import csv
import io
from datetime import date
from decimal import Decimal

import python_calamine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.register.fields import FIELDS
from app.register.models import ExtensionOption
from app.register.settling import settle
from tests.makers import signed_in
from tests.register_makers import a_contract, a_council, a_directorate, a_provider


def exported(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/contracts.csv{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))


def test_the_download_holds_the_filtered_list_whole_and_every_field(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session, name="Adults")
    oak, elm = a_provider(session, name="Oak Ltd", sme=True), a_provider(session, name="Elm CIC")
    contract = a_contract(
        session,
        adults,
        title="=HYPERLINK(1)",
        reference="25/00053",
        value=Decimal("1234.50"),
        providers=(oak, elm),
        shares=(1000, None),
        starts_on=date(2025, 4, 1),
        ends_on=date(2028, 3, 31),
    )
    contract.options = [ExtensionOption(position=0, months=24, value=Decimal(500), notice_months=6)]
    settle(contract)
    for number in range(30):
        a_contract(session, adults, title=f"Other {number}")
    signed_in(client, session)
    assert len(exported(client)) == 31
    (row,) = exported(client, "?q=25/00053")
    assert list(row) == [one.label for one in FIELDS]
    assert row["Register id"] == str(contract.uid)
    assert row["Title"] == "'=HYPERLINK(1)"
    assert row["Reference"] == "25/00053"
    assert row["Contract value"] == "1234.50"
    assert row["Maximum value, high end"] == "1734.50"
    assert row["Provider"] == "Oak Ltd; Elm CIC"
    assert row["Provider shares"] == "Oak Ltd: £1,000"
    assert row["Extension options"] == "24 months, £500, 6 months' notice"
    assert row["Length"] == "5 years (3 + 2)"
    assert row["End date"] == "2028-03-31"
    assert row["SME"] == ""
    assert row["Directorate"] == "Adults"
    assert row["Rolling"] == "No"


def test_a_downloaded_workbook_has_the_same_rows(client: FlaskClient, session: Session) -> None:
    a_council(session)
    adults = a_directorate(session)
    a_contract(session, adults, title="Home care", value=Decimal("1234.50"))
    signed_in(client, session)
    answer = client.get("/contracts.xlsx?q=home")
    assert answer.status_code == 200
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    row = dict(zip(sheet[0], sheet[1], strict=True))
    assert row["Title"] == "Home care"
    assert row["Contract value"] == 1234.5
    assert row["Start date"] == date(2025, 4, 1)
