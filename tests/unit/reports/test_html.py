"""The HTML editions: valid, marked up for screen readers, safe in a page with a strict content security policy."""

import re
import zlib

import html5lib
import pytest

from reports.html import fragments, to_html
from reports.pdf import to_pdf
from reports.values import Edition
from tests.golden.read_back import HTML
from tests.golden.sample import annex_set, empty_set
from tests.unit.reports.makers import a_contract, a_set

DOCUMENTS = {
    "open": to_html(annex_set()),
    "exempt": to_html(annex_set(Edition.EXEMPT)),
    "empty": to_html(empty_set()),
}


@pytest.mark.parametrize("which", DOCUMENTS)
def test_the_document_is_valid_html(which: str) -> None:
    html5lib.HTMLParser(strict=True).parse(DOCUMENTS[which])


@pytest.mark.parametrize("number", range(1, 6))
def test_every_fragment_is_valid_html(number: int) -> None:
    html5lib.HTMLParser(strict=True).parseFragment(fragments(annex_set())[number])


@pytest.mark.parametrize("which", DOCUMENTS)
def test_every_table_has_a_caption_and_scoped_headers(which: str) -> None:
    tables = [*html5lib.parse(DOCUMENTS[which]).iter(f"{HTML}table")]
    assert len(tables) == (5 if which == "empty" else 6)
    for table in tables:
        assert table.find(f"{HTML}caption") is not None
        assert {cell.get("scope") for cell in table.iter(f"{HTML}th")} <= {"col", "row", "rowgroup"}
        assert len({len(row) for row in table.find(f"{HTML}thead")}) == 1


def test_wide_tables_scroll_in_a_named_region_that_the_keyboard_reaches() -> None:
    regions = [one for one in html5lib.parse(DOCUMENTS["open"]).iter() if one.get("role") == "region"]
    assert len(regions) == 5
    assert all(one.get("tabindex") == "0" and one.get("aria-label", "").startswith("Annex") for one in regions)


@pytest.mark.parametrize("which", DOCUMENTS)
def test_every_mark_leads_to_its_footnote(which: str) -> None:
    tree = html5lib.parse(DOCUMENTS[which])
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    links = {one.get("href", "") for one in tree.iter(f"{HTML}a")}
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_a_fragment_carries_no_style_of_its_own() -> None:
    for fragment in fragments(annex_set()).values():
        assert "style" not in fragment
        assert "<script" not in fragment


def test_every_figure_opens_its_record_on_screen_and_nowhere_else() -> None:
    annexes = a_set(commissioned=(a_contract(record="/contracts/12"),))
    assert '<a class="govuk-link" href="/contracts/12">£2.0m</a>' in fragments(annexes)[2]
    assert "/contracts/12" not in to_html(annexes)


def test_a_division_s_total_opens_the_rows_it_adds() -> None:
    fragment = fragments(annex_set())[2]
    assert '<a class="govuk-link" href="#annex-2-3">Economic Development, 1 of 2 contracts</a>' in fragment
    assert 'id="annex-2-3">Economic Development</th>' in fragment


def test_what_people_typed_is_never_markup() -> None:
    hostile = '<script>alert("1")</script>&"\x00'
    annexes = a_set(commissioned=(a_contract(title=hostile, record=f"/contracts/{hostile}"),))
    for page in (to_html(annexes), fragments(annexes)[2]):
        assert "<script>" not in page
        assert "&lt;script&gt;" in page
        assert "\x00" not in page


def test_pdf_is_tagged_and_names_itself() -> None:
    pdf = to_pdf(empty_set())
    assert pdf.startswith(b"%PDF-")
    inside = b"".join(_unpacked(stream) for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL))
    for sign in (b"/MarkInfo", b"/Lang (en-GB)", b"/TH", b"pdfuaid"):
        assert sign in inside, sign


def _unpacked(stream: bytes) -> bytes:
    return zlib.decompress(stream) if stream[:1] == b"x" else stream
