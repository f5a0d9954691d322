"""Files read: what they really are, how they are written, and what a hostile one costs."""

import contextlib
import csv
import io
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from app.imports import child
from app.imports.reading import FileRefused, read
from app.imports.text_files import Decoded, decode, read_rows
from app.imports.workbook import CannotRead, FileKind, Limits, Workbook, column_letter

LIST = "Title,Supplier\nHome café £5,Tern Ltd\n"
SECONDS = 10


def reading(folder: Path, name: str, content: bytes, **limits: int) -> Workbook:
    path = folder / name
    path.write_bytes(content)
    return read(path, limits=Limits(**limits))


def refused(folder: Path, name: str, content: bytes, **limits: int) -> str:
    began = time.monotonic()
    with pytest.raises(FileRefused) as refusal:
        reading(folder, name, content, **limits)
    assert time.monotonic() - began < SECONDS
    assert "\n" not in refusal.value.message
    assert name in refusal.value.message
    return refusal.value.message


def cells(workbook: Workbook) -> list[tuple[str, ...]]:
    return [row.cells for row in workbook.sheets[0].rows]


# CSV


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        pytest.param("utf-8", "UTF-8", id="UTF-8"),
        pytest.param("utf-8-sig", "UTF-8", id="UTF-8 with a mark"),
        pytest.param("cp1252", "Windows-1252", id="Windows-1252"),
        pytest.param("utf-16", "UTF-16", id="UTF-16 with a mark"),
        pytest.param("utf-16-le", "UTF-16", id="UTF-16 without a mark"),
        pytest.param("utf-16-be", "UTF-16", id="UTF-16 the other way round"),
        pytest.param("utf-32", "UTF-32", id="UTF-32"),
    ],
)
def test_every_encoding_gives_the_same_text(tmp_path: Path, codec: str, encoding: str) -> None:
    workbook = reading(tmp_path, "list.csv", LIST.encode(codec))
    assert cells(workbook) == [("Title", "Supplier"), ("Home café £5", "Tern Ltd")]
    assert (workbook.kind, workbook.encoding, workbook.warnings) == (FileKind.CSV, encoding, ())


def test_characters_lost_are_counted(tmp_path: Path) -> None:
    workbook = reading(tmp_path, "list.csv", b"Title,Supplier\nCaf\x81 \xa35,Tern\n")
    assert "1 character could not be read" in workbook.warnings[0]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line(tmp_path: Path, ending: str) -> None:
    text = LIST.replace("\n", ending)
    assert len(cells(reading(tmp_path, "list.csv", text.encode()))) == 2


def test_line_ends_may_be_mixed_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    workbook = reading(tmp_path, "list.csv", b'Title,Supplier\r\n\n"Two\nlines",a\rThree,b\n')
    assert [(row.number, row.cells[0]) for row in workbook.sheets[0].rows] == [
        (1, "Title"),
        (3, "Two\nlines"),
        (4, "Three"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in [("Title", "Supplier", "Start")] + [("a, b", "c", "d")] * 5)
    text = text.replace("a, b", '"a, b"')
    assert cells(reading(tmp_path, "list.csv", text.encode()))[1] == ("a, b", "c", "d")


def test_excels_own_hint_names_the_delimiter_and_is_no_row(tmp_path: Path) -> None:
    workbook = reading(tmp_path, "list.csv", b"sep=;\r\nTitle;Supplier\r\na,b;c\r\n")
    assert [(row.number, row.cells) for row in workbook.sheets[0].rows] == [
        (2, ("Title", "Supplier")),
        (3, ("a,b", "c")),
    ]


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=3, max_size=3)
    ),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_whatever_a_cell_holds_comes_back_as_it_was(rows: list[list[str]], quoting: int) -> None:
    headings = ["Title", "Supplier", "Note"]
    written = io.StringIO(newline="")
    csv.writer(written, quoting=quoting).writerows([headings, *rows])  # type: ignore[arg-type]  # one of csv's own
    expected = [tuple(row) for row in [headings, *rows] if any(cell.strip() for cell in row)]
    read_back = read_rows(Decoded("sep=,\n" + written.getvalue(), "UTF-8"), "list.csv", Limits())
    assert [row.cells for row in read_back] == expected


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with contextlib.suppress(CannotRead):
        assert all(row.number for row in read_rows(decode(raw, "x.csv"), "x.csv", Limits()))


# Spreadsheets


def a_book(folder: Path, rows: Iterable[Iterable[object]], name: str = "list.xlsx") -> Path:
    path = folder / name
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Register")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_numbers_dates_and_truths_become_text_a_person_would_know(tmp_path: Path) -> None:
    row = [1234567.0, 0.1 + 0.2, 1e-7, date(2018, 3, 31), datetime(2018, 3, 31, 9, 30), True, "-5", "=1+1"]
    workbook = read(a_book(tmp_path, [["Title"], row]))
    found = workbook.sheets[0].rows[1]
    assert found.cells == ("1234567", "0.3", "0.0000001", "2018-03-31", "2018-03-31 09:30:00", "TRUE", "-5", "=1+1")
    assert found.types == "nnndmbtt"


def test_rows_and_columns_keep_their_places(tmp_path: Path) -> None:
    workbook = read(a_book(tmp_path, [[], ["", "", ""], ["", "Title", "Supplier"], [], ["", "Home care", "Tern"]]))
    assert [(row.number, row.cells) for row in workbook.sheets[0].rows] == [
        (3, ("", "Title", "Supplier")),
        (5, ("", "Home care", "Tern")),
    ]


def test_a_formulas_error_is_told_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Register")
        sheet.write_row(0, 0, ["Title", "Value"])
        sheet.write_string(1, 0, "Home care")
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")
    workbook = read(path)
    assert workbook.sheets[0].rows[1].cells[1] == "#N/A"
    assert workbook.sheets[0].rows[1].types == "te"
    assert workbook.warnings == ("Register: 1 cell with an error such as #N/A (B2)",)


def test_words_in_a_merged_cell_hold_for_all_its_rows_and_numbers_do_not(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Directorate", "Title", "Value"])
        sheet.merge_range(1, 0, 2, 0, "Adults")
        sheet.merge_range(1, 2, 2, 2, 500)
        sheet.write_column(1, 1, ["Home care", "Day care"])
    assert cells(read(path))[1:] == [("Adults", "Home care", "500"), ("Adults", "Day care", "")]


# Refusals


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        pytest.param("list.csv", b"", "is empty", id="no bytes"),
        pytest.param("list.csv", b"\n \n,,\n", "has no rows", id="blank lines only"),
        pytest.param("list.xlsx", LIST.encode(), "not what its name says: it is plain text", id="a CSV named XLSX"),
        pytest.param("list.csv", b"%PDF-1.7 x", "is a PDF", id="a PDF"),
        pytest.param("list.csv", b"\x89PNG\r\n\x1a\n\x00\x01", "is a picture", id="a picture"),
        pytest.param("list.xls", b"<html><table><tr><td>Title", "is a web page", id="a web page named XLS"),
        pytest.param("list.csv", b'<?xml version="1.0"?><a/>', "is XML", id="XML"),
        pytest.param("list.csv", b'[{"Title": "a"}]', "is JSON", id="JSON"),
        pytest.param("list.csv", '{"a": 1}'.encode("utf-16-le"), "is JSON", id="JSON in UTF-16"),
        pytest.param("list.csv", bytes(range(256)) * 20, "is not text", id="bytes of no kind"),
        pytest.param("list.xlsx", b"PK\x03\x04" + bytes(500), "is damaged", id="a broken zip"),
        pytest.param(
            "list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not a spreadsheet", id="a broken XLS"
        ),
        pytest.param(
            "list.csv", b'Title,Supplier\n"Home care,Tern\nx,y\nz,w\n', "row 2: a quotation mark", id="open quote"
        ),
    ],
)
def test_what_is_no_list_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    assert why in refused(tmp_path, name, content)


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    assert "over the limit of 1 MB" in refused(tmp_path, "list.csv", b"a,b\n" * 300_000, file_bytes=1_000_000)


def test_a_file_that_is_not_there_is_said() -> None:
    with pytest.raises(FileRefused, match="There is no file nowhere"):
        read(Path("nowhere.csv"))


def a_zip(path: Path, parts: dict[str, bytes], repeats: int = 1) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            with archive.open(name, "w") as part:
                for _ in range(repeats):
                    part.write(content)
    return path


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def a_raw_book(path: Path, sheet: bytes) -> Path:
    """An XLSX around a worksheet written by hand, as no spreadsheet program would."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    book = (
        f'<workbook xmlns="{main}" xmlns:r="{rels}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    main_part = f'<Relationship Id="r1" Type="{rels}/officeDocument" Target="xl/workbook.xml"/>'
    root = f'<Relationships xmlns="{package}">{main_part}'
    links = (
        f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{rels}/worksheet" Target="worksheets/s.xml"/>'
    )
    return a_zip(
        path,
        {
            "_rels/.rels": f"{root}</Relationships>".encode(),
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": f"{links}</Relationships>".encode(),
            "xl/worksheets/s.xml": sheet,
        },
    )


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "bomb.xlsx", {"xl/workbook.xml": b"<workbook/>" + b" " * 1_000_000}, repeats=400)
    assert "times its size" in refused(tmp_path, "bomb.xlsx", path.read_bytes())


def test_more_than_an_import_unpacks_is_refused(tmp_path: Path) -> None:
    path = a_book(tmp_path, [[f"Title {number}"] for number in range(2_000)])
    assert "MB in" in refused(tmp_path, "list.xlsx", path.read_bytes(), unpacked_bytes=50_000)


def test_an_xml_bomb_is_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    sheet = f'<!DOCTYPE w [<!ENTITY e0 "lol">{entities}]>'.encode() + SHEET + b"&e9;</sheetData></worksheet>"
    path = a_raw_book(tmp_path / "bomb.xlsx", sheet)
    assert "XML entities" in refused(tmp_path, "bomb.xlsx", path.read_bytes())


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    assert "1,000,000 columns" in refused(tmp_path, "wide.csv", (",".join(["c"] * 1_000_000) + "\n1\n").encode())
    row = b"".join(b'<c t="inlineStr"><is><t>c%d</t></is></c>' % number for number in range(1_000_000))
    path = a_raw_book(tmp_path / "wide.xlsx", SHEET + b'<row r="1">' + row + b"</row></sheetData></worksheet>")
    assert "1,000,000 columns" in refused(tmp_path, "wide.xlsx", path.read_bytes())


def test_a_cell_in_the_farthest_corner_does_not_fill_the_memory(tmp_path: Path) -> None:
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = a_raw_book(tmp_path / "far.xlsx", SHEET + far + b"</sheetData></worksheet>")
    assert "more memory or time" in refused(tmp_path, "far.xlsx", path.read_bytes())


def test_memory_is_bounded_whatever_the_file(tmp_path: Path) -> None:
    content = ("Title,Supplier\n" + "a,b\n" * 400_000).encode()
    assert "memory" in refused(tmp_path, "long.csv", content, memory_bytes=60_000_000, rows=10**9, cells=10**9)


def test_time_is_bounded_whatever_the_file(tmp_path: Path) -> None:
    content = ("Title,Supplier\n" + "a,b\n" * 2_000_000).encode()
    message = refused(tmp_path, "long.csv", content, seconds=1, rows=10**9, cells=10**9)
    assert "longer than 1 second to read" in message or "memory or time" in message


def test_a_protected_workbook_is_told_from_a_damaged_one(samples: Path) -> None:
    for name in ("pass_protected.xlsx", "pass_protected.ods"):
        with pytest.raises(FileRefused, match="protected by a password"):
            read(samples / "spreadsheets" / "calamine" / name)


# The child


def test_the_child_loads_neither_the_app_nor_the_web(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    program = (
        "import runpy, sys\n"
        f"sys.argv = ['child', {str(tmp_path / 'list.csv')!r}, 'list.csv', {json.dumps(json.dumps({}))}]\n"
        "try:\n"
        f"    runpy.run_path({str(Path(child.__file__))!r}, run_name='__main__')\n"
        "except SystemExit as end:\n"
        "    assert end.code == 0\n"
        "heavy = {'flask', 'sqlalchemy', 'pandas', 'structlog', 'werkzeug'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_no_secret_of_ours_reaches_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen"
    spy = tmp_path / "child.py"
    spy.write_text(
        f"import os, pathlib\npathlib.Path({str(seen)!r}).write_text(' '.join(os.environ))\n"
        'print(\'{"refusal": "looked"}\')\nraise SystemExit(3)\n'
    )
    monkeypatch.setenv("SECRET_KEY", "not for you")
    monkeypatch.setattr("app.imports.reading._CHILD", spy)
    with pytest.raises(FileRefused, match="looked"):
        reading(tmp_path, "list.csv", LIST.encode())
    assert "SECRET_KEY" not in seen.read_text()


@pytest.mark.parametrize(
    "line",
    ['[[1, "", [1]]]', '[["1", "", ["a"]]]', '[[1, 2, ["a"]]]'],
)
def test_a_child_that_was_taken_over_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    spy = tmp_path / "child.py"
    said = ['{"kind": "CSV", "encoding": "", "warnings": []}', '{"sheet": "S", "visible": true}', line]
    spy.write_text("\n".join(f"print({one!r})" for one in said))
    monkeypatch.setattr("app.imports.reading._CHILD", spy)
    with pytest.raises(TypeError):
        reading(tmp_path, "list.csv", LIST.encode())


@given(st.integers(0, 20_000))
def test_columns_have_the_letters_a_spreadsheet_gives_them(index: int) -> None:
    letters = column_letter(index)
    assert xlsxwriter.utility.xl_col_to_name(index) == letters
