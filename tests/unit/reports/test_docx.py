"""The Word document: captions, real headers that repeat, portrait, one language."""

import io
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from reports.docx import to_docx
from reports.values import Edition
from tests.golden.read_back import docx_tables
from tests.golden.sample import annex_set, empty_set
from tests.unit.reports.makers import a_contract, a_set

SAMPLE = to_docx(annex_set())


def opened(document: bytes = SAMPLE) -> Any:
    return Document(io.BytesIO(document))


def test_every_table_has_a_caption_above_it_that_stays_with_it() -> None:
    captions = [one for one in opened().paragraphs if one.style.name == "Caption"]
    assert [one.text.partition(":")[0] for one in captions] == [f"Annex {number}" for number in range(1, 6)]
    assert all(one.paragraph_format.keep_with_next for one in captions)


def test_the_header_row_repeats_and_rows_do_not_break() -> None:
    for table in opened().tables:
        header, *rows = table._tbl.tr_lst
        assert header.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rows)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in (header, *rows))


def test_every_row_fills_the_grid() -> None:
    for table in opened().tables:
        columns = len(table._tbl.tblGrid.gridCol_lst)
        for row in table._tbl.tr_lst:
            assert sum(cell.grid_span for cell in row.tc_lst) == columns


def test_the_page_is_portrait() -> None:
    section = opened().sections[0]
    assert section.page_width < section.page_height


def test_the_document_is_british_english_and_names_itself() -> None:
    document = opened()
    assert (
        document.core_properties.title == "Growth, Environment & Transport Directorate Business Plan 2015-16: annexes"
    )
    assert document.core_properties.language == "en-GB"
    assert document.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB"


def test_an_empty_table_says_none_identified() -> None:
    tables = opened(to_docx(empty_set())).tables
    assert {table.rows[1].cells[0].text for table in tables} == {
        "None identified by Growth, Environment & Transport as at 12 March 2015"
    }


def test_the_same_rows_give_the_same_file() -> None:
    assert to_docx(annex_set()) == SAMPLE


def test_what_people_typed_is_never_markup() -> None:
    hostile = '<w:p/>&"\x07 =1+1'
    table = docx_tables(to_docx(a_set(commissioned=(a_contract(title=hostile, service=""),))))[1]
    assert table.column("Contract and service") == ['<w:p/>&" =1+1']


def test_the_exempt_edition_says_so_above_everything() -> None:
    assert "NOT FOR PUBLICATION" in opened(to_docx(annex_set(Edition.EXEMPT))).paragraphs[1].text


def test_four_hundred_rows_print() -> None:
    rows = tuple(a_contract(ref=str(number), title=f"Contract {number:03}") for number in range(400))
    table = docx_tables(to_docx(a_set(commissioned=rows)))[1]
    assert len(table.rows) == 400
    assert table.totals[-1][0] == "Total, 400 contracts"
