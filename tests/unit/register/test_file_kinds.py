"""Which files are taken in as documents."""

import io
import zipfile

import pytest

from app.core.errors import Refusal
from app.register.file_kinds import KINDS, check_file, plain_name


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


WORD = packed(**{"[Content_Types].xml": "<Types/>", "word__document.xml": "<w/>"})
EXCEL = packed(**{"[Content_Types].xml": "<Types/>", "xl__workbook.xml": "<x/>"})
MACROS = packed(**{"xl__workbook.xml": "<x/>", "xl__vbaProject.bin": "Sub"})
TEXT = packed(mimetype="application/vnd.oasis.opendocument.text")
SHEET = packed(mimetype="application/vnd.oasis.opendocument.spreadsheet")
PAGE = b"<!DOCTYPE html><script>alert(1)</script>"
PDF, PNG, JPEG = b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n...", b"\xff\xd8\xff\xe0..."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("A.PDF", PDF),
        ("a.docx", WORD),
        ("a.xlsx", EXCEL),
        ("a.odt", TEXT),
        ("a.ods", SHEET),
        ("a.csv", "Café,1\n".encode("cp1252")),
        ("a.txt", b"\xef\xbb\xbfwords"),
        ("a.png", PNG),
        ("a.jpg", JPEG),
        ("a.jpeg", JPEG),
    ],
)
def test_a_file_that_is_what_its_ending_says_is_taken(name: str, content: bytes) -> None:
    assert check_file(name, content, megabytes=1).ending in KINDS


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.pdf", PAGE, id="a page called PDF"),
        pytest.param("a.txt", PAGE, id="a page called text"),
        pytest.param("a.csv", b" \n<svg onload=alert(1)>", id="a picture that runs called CSV"),
        pytest.param("a.txt", b"a\0b", id="a program called text"),
        pytest.param("a.docx", EXCEL, id="Excel called Word"),
        pytest.param("a.docx", b"PK\x03\x04 cut off", id="cut off"),
        pytest.param("a.xlsx", MACROS, id="macros"),
        pytest.param("a.ods", TEXT, id="text called a sheet"),
        pytest.param("a.png", JPEG, id="one picture called another"),
        pytest.param("a.html", PAGE, id="a page"),
        pytest.param("a.svg", b"<svg/>", id="a drawing"),
        pytest.param("a.exe", b"MZ", id="a program"),
        pytest.param("pdf", PDF, id="no ending"),
        pytest.param("a.pdf", b"", id="empty"),
    ],
)
def test_any_other_file_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refusal):
        check_file(name, content, megabytes=1)


def test_the_limit_is_the_council_s() -> None:
    exact = PDF.ljust(1024 * 1024, b" ")
    check_file("a.pdf", exact, megabytes=1)
    with pytest.raises(Refusal, match="over 1 MB"):
        check_file("a.pdf", exact + b" ", megabytes=1)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("C:\\Users\\me\\plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ('a"b\r\nX-Header: 1.pdf', "abX-Header 1.pdf"),
        (".hidden.", "hidden"),
        (None, ""),
        (f"{'a' * 300}.docx", f"{'a' * 195}.docx"),
    ],
)
def test_a_name_is_a_name_alone(sent: str | None, name: str) -> None:
    assert plain_name(sent) == name
