"""The annexes as files: the same figures in every format, nothing hidden in the open edition, and the command."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.annexes.models import AnnexExport
from app.annexes.queries.scope import Scope
from app.annexes.queries.sets import material
from app.core.rights import ScopeKind
from reports.annex_set import AnnexSet
from reports.files import Format, files
from reports.values import Edition
from tests.integration.annexes.wealdshire import AS_AT, EXEMPT_POUNDS, HOMES, TODAY, YEAR, Wealdshire, a_wealdshire
from tests.makers import a_person, signed_in

PAGE = "/annexes/2015-16/growth-transport?as_at=2015-03-28"


@pytest.fixture
def council(session: Session) -> Wealdshire:
    return a_wealdshire(session)


def roads(session: Session, council: Wealdshire, edition: Edition = Edition.OPEN) -> AnnexSet:
    return material(Scope(session, YEAR, AS_AT, TODAY, edition)).of(council.roads)


def xlsx_text(content: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return "\n".join(
        " | ".join(map(str, row)) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
    )


def docx_text(content: bytes) -> str:
    read = Document(io.BytesIO(content))
    cells = (cell.text for table in read.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(paragraph.text for paragraph in read.paragraphs), *cells))


def plain_text(content: bytes) -> str:
    return content.decode()


READ_BACK: dict[Format, Callable[[bytes], str]] = {
    Format.XLSX: xlsx_text,
    Format.DOCX: docx_text,
    Format.HTML: plain_text,
    Format.CSV: plain_text,
}


def text_of(annexes: AnnexSet, wanted: Format) -> str:
    return "\n".join(READ_BACK[wanted](file.content) for file in files(annexes, wanted))


def ways_to_write(pounds: int) -> tuple[str, ...]:
    return (f"{pounds}", f"{pounds:,}", f"{Decimal(pounds) / 1_000_000:.1f}m")


@pytest.mark.parametrize("wanted", READ_BACK)
def test_no_format_of_the_open_edition_holds_what_is_exempt_or_kept_back(
    session: Session, council: Wealdshire, wanted: Format
) -> None:
    whole = text_of(roads(session, council, Edition.EXEMPT), wanted)
    assert any(written in whole for written in ways_to_write(EXEMPT_POUNDS))  # so that the next lines can fail
    assert council.kept_back.title in whole
    text = text_of(roads(session, council), wanted)
    for written in (*ways_to_write(EXEMPT_POUNDS), *ways_to_write(EXEMPT_POUNDS + 5_000_000)):
        assert written not in text
    assert council.kept_back.title not in text
    assert council.secret.title in text


def test_every_format_shows_the_same_total(session: Session, council: Wealdshire) -> None:
    found = material(Scope(session, YEAR, AS_AT, TODAY)).of(council.adults)
    total = 100_000 * HOMES
    assert "£2.7m" in text_of(found, Format.HTML)
    assert "£2.7m" in text_of(found, Format.DOCX)
    assert f"{total}.0" in text_of(found, Format.XLSX)
    (annex_2,) = (file for file in files(found, Format.CSV) if "annex-2" in file.name)
    (row,) = csv.DictReader(io.StringIO(annex_2.content.decode("utf-8-sig")))
    assert Decimal(row["Total value (£)"]) == total


def test_a_download_is_recorded_and_shown(client: FlaskClient, session: Session, council: Wealdshire) -> None:
    planner = signed_in(client, session, Role.PLANNER)
    answer = planner.get("/annexes/2015-16/growth-transport/download/xlsx?as_at=2015-03-28")
    assert answer.headers["Content-Disposition"] == "attachment; filename=growth-transport-annexes-2015-16.xlsx"
    (export,) = session.scalars(select(AnnexExport))
    assert (export.directorate_id, export.year, export.as_at) == (council.roads.id, 2015, AS_AT)
    assert "as Excel, by Morgan Ash" in planner.get("/annexes?year=2015-16&as_at=28/3/2015").text


def test_the_tables_come_together_in_a_zip_or_one_by_one(
    client: FlaskClient, session: Session, council: Wealdshire
) -> None:
    reader = signed_in(client, session, Role.MEMBER)
    folder = zipfile.ZipFile(io.BytesIO(reader.get("/annexes/2015-16/growth-transport/download/csv").data))
    assert folder.namelist() == [f"growth-transport-annexes-2015-16-annex-{number}.csv" for number in range(1, 6)]
    one = reader.get("/annexes/2015-16/growth-transport/download/csv/2?as_at=2015-03-28")
    assert one.data == folder.read(folder.namelist()[1]) or b"Street lights" in one.data
    assert reader.get("/annexes/2015-16/growth-transport/download/csv/6").status_code == 404
    assert council.roads.slug == "growth-transport"


@pytest.mark.parametrize(
    ("role", "scoped", "status"),
    [
        pytest.param(Role.MEMBER, False, 403, id="a member is not entitled"),
        pytest.param(Role.PLANNER, False, 403, id="nor a planner by the role alone"),
        pytest.param(Role.AUDITOR, False, 200, id="an auditor is"),
        pytest.param(Role.PROCUREMENT, True, 200, id="whoever keeps this directorate is"),
    ],
)
def test_the_exempt_edition_opens_only_to_those_entitled(
    client: FlaskClient, session: Session, council: Wealdshire, role: Role, status: int, *, scoped: bool
) -> None:
    scope = (ScopeKind.DIRECTORATE, council.roads.id) if scoped else (ScopeKind.COUNCIL, None)
    reader = signed_in(client, session, a_person(session, role, scope=scope[0], scope_id=scope[1]))
    assert reader.get(f"{PAGE}&edition=exempt").status_code == status
    url = "/annexes/2015-16/growth-transport/download/html?edition=exempt"
    assert reader.get(url).status_code == status
    elsewhere = reader.get("/annexes/2015-16/adult-social-care?edition=exempt").status_code
    assert elsewhere == (403 if scoped else status)


def test_the_command_writes_a_file_for_each_directorate(
    app: Flask, session: Session, council: Wealdshire, tmp_path: Path
) -> None:
    base = ["annexes", "export", "--year", "2015-16", "--as-at", "2015-03-28", "--output", str(tmp_path)]
    done = app.test_cli_runner().invoke(args=[*base, "--format", "xlsx"])
    assert done.exit_code == 0, done.output
    assert {path.name for path in tmp_path.iterdir()} == {
        "adult-social-care-annexes-2015-16.xlsx",
        "growth-transport-annexes-2015-16.xlsx",
    }
    assert "Care home agreement" in xlsx_text((tmp_path / "adult-social-care-annexes-2015-16.xlsx").read_bytes())
    done = app.test_cli_runner().invoke(args=[*base, "--format", "csv", "--directorate", "growth & transport"])
    assert done.exit_code == 0, done.output
    assert "Street lights" in (tmp_path / "growth-transport-annexes-2015-16-annex-2.csv").read_text()
    assert len(session.scalars(select(AnnexExport).where(AnnexExport.format == "csv")).all()) == 1
    assert council.roads.id


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--year", "2015", "write it like 2015-16"),
        ("--format", "doc", "choose one of xlsx, docx, html, csv, pdf"),
        ("--directorate", "Parks", "no directorate called “Parks”"),
        ("--as-at", "31 June 2015", "June 2015 has 30 days"),
        ("--as-at", "1/1/2100", "Choose a day up to today"),
        ("--output", "/dev/null/here", "Cannot write into"),
    ],
)
def test_a_misused_command_says_so_in_one_line(
    app: Flask, council: Wealdshire, tmp_path: Path, option: str, value: str, says: str
) -> None:
    asked = {"--year": "2015-16", "--format": "html", "--output": str(tmp_path / "out"), option: value}
    done = app.test_cli_runner().invoke(args=["annexes", "export", *(part for pair in asked.items() for part in pair)])
    assert done.exit_code == 2
    assert says in done.output
    assert done.output.count("\n") == 1
    assert council.roads.id


def test_without_a_council_the_command_says_how_to_make_one(app: Flask, session: Session, tmp_path: Path) -> None:
    asked = ["annexes", "export", "--year", "2015-16", "--format", "csv", "--output", str(tmp_path)]
    done = app.test_cli_runner().invoke(args=asked)
    assert done.exit_code == 2
    assert "flask council create" in done.output
    assert session.scalar(select(AnnexExport)) is None


def test_an_export_tells_of_the_years_last_day_when_today_is_later(
    app: Flask, session: Session, council: Wealdshire, tmp_path: Path
) -> None:
    asked = ["annexes", "export", "--year", "2015-16", "--format", "html", "--output", str(tmp_path)]
    assert app.test_cli_runner().invoke(args=asked).exit_code == 0
    assert set(session.scalars(select(AnnexExport.as_at))) == {date(2016, 3, 31)}
    assert council.roads.id
