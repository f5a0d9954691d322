"""The files of a set: their names, and what they hold."""

import pytest

from reports.files import Format, files
from reports.values import Edition
from tests.unit.reports.makers import a_context, a_set


@pytest.mark.parametrize(
    ("wanted", "name", "start"),
    [
        (Format.XLSX, "growth-transport-annexes-2015-16.xlsx", b"PK"),
        (Format.DOCX, "growth-transport-annexes-2015-16.docx", b"PK"),
        (Format.HTML, "growth-transport-annexes-2015-16.html", b"<!DOCTYPE html>"),
        (Format.PDF, "growth-transport-annexes-2015-16.pdf", b"%PDF"),
    ],
)
def test_a_directorate_has_one_file(wanted: Format, name: str, start: bytes) -> None:
    (file,) = files(a_set(context=a_context(directorate="Growth & Transport")), wanted)
    assert file.name == name
    assert file.content.startswith(start)


def test_csv_is_one_file_an_annex() -> None:
    assert [file.name for file in files(a_set(), Format.CSV)] == [
        f"adult-social-care-annexes-2015-16-annex-{number}.csv" for number in range(1, 6)
    ]


def test_a_council_wide_set_and_an_exempt_one_say_so_in_their_names() -> None:
    (file,) = files(a_set(context=a_context(directorate=None), edition=Edition.EXEMPT), Format.HTML)
    assert file.name == "northshire-county-council-annexes-2015-16-exempt.html"
