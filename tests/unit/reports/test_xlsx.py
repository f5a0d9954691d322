"""The workbook as a planner meets it in Excel: real figures, text left alone, print set up, nothing merged."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reports.annex_set import Gap
from reports.values import Edition, Money
from reports.xlsx import to_xlsx
from tests.golden.read_back import xlsx_cells, xlsx_tables
from tests.golden.sample import annex_set
from tests.unit.reports.makers import EXEMPT, OLDER, a_context, a_contract, a_set, million

SAMPLE = to_xlsx(annex_set())


def parts(workbook: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist() if name.endswith((".xml", ".rels"))}


def sheets(workbook: bytes) -> list[str]:
    return [xml for name, xml in parts(workbook).items() if name.startswith("xl/worksheets/sheet")]


def test_a_cover_one_sheet_an_annex_notes_and_data_quality() -> None:
    assert [*xlsx_cells(SAMPLE)] == [
        "Cover",
        "Annex 1 Services",
        "Annex 2 Commissioned",
        "Annex 3 Forthcoming",
        "Annex 4 Agreements",
        "Annex 5 Social value",
        "Notes",
        "Data quality",
    ]


def test_only_a_draft_carries_its_gaps() -> None:
    final = a_set(context=a_context(status="FINAL"), gaps=(Gap("C1", "No end date."),))
    assert "Data quality" not in xlsx_cells(to_xlsx(final))


@pytest.mark.parametrize(
    "text",
    [
        "25/00053",
        "007",
        "=HYPERLINK(1)",
        "=1+1",
        "@SUM(A1)",
        "-5",
        "+44 20 7946 0000",
        "https://example.org",
        "mailto:a@example.org",
        "{=SUM(A1)}",
        "2015-16",
        "1e3",
        "TRUE",
        "\x01control",
    ],
)
def test_text_stays_the_text_it_was(text: str) -> None:
    workbook = to_xlsx(a_set(commissioned=(a_contract(ref=text),)))
    (table,) = (one for one in xlsx_tables(workbook) if one.caption.startswith("Annex 2"))
    assert table.column("Ref") == [text.removeprefix("\x01")]
    rows = next(xml for xml in sheets(workbook) if "Annex 2" in xml or 'r="A4"' in xml)
    assert "<f>" not in rows.partition("</sheetData>")[0].replace("<f>SUM(", "")


def test_long_text_is_cut_where_excel_would_refuse_the_file() -> None:
    workbook = to_xlsx(a_set(commissioned=(a_contract(title="x" * 40_000),)))
    (table,) = (one for one in xlsx_tables(workbook) if one.caption.startswith("Annex 2"))
    assert len(table.column("Contract title")[0]) == 32_767


def test_money_and_days_are_real_and_a_missing_value_is_empty_with_a_note() -> None:
    rows = (
        a_contract(total=Money(Decimal("1050001.50")), starts_on=date(2015, 4, 1)),
        a_contract(ref="C2", total=Money(), title="Z"),
        a_contract(ref="C3", total=Money(Decimal(9), withheld=EXEMPT), title="ZZ"),
    )
    table = xlsx_tables(to_xlsx(a_set(commissioned=rows)))[1]
    assert table.column("Total value (£)") == [1050001.5, "", ""]
    assert table.column("Start")[0] == date(2015, 4, 1)
    assert table.column("Notes") == [
        "",
        "Total value: No confirmed value.",
        "Total value: Exempt (Sch 12A para 3).",
    ]


def test_nothing_is_merged() -> None:
    assert not any("mergeCell" in xml for xml in sheets(SAMPLE))


def test_totals_stand_below_the_filter_after_an_empty_row() -> None:
    cells = xlsx_cells(SAMPLE)["Annex 2 Commissioned"]
    xml = next(xml for xml in sheets(SAMPLE) if 'ref="A3:Q33"' in xml)
    assert '<autoFilter ref="A3:Q33"' in xml
    assert not any(cells[33])
    assert str(cells[34][0]).startswith("Highways, Transportation")


def test_a_total_is_a_formula_that_follows_its_rows() -> None:
    rows = (a_contract(), a_contract(ref="C2", unit=OLDER, total=million("3")))
    xml = sheets(to_xlsx(a_set(commissioned=rows)))[2]
    assert "<f>SUM($K$4:$K$5)</f><v>5000000</v>" in xml.replace(".00", "")
    assert 'SUMIF($B$4:$B$5,"Older People",$K$4:$K$5)' in xml.replace("&quot;", '"')


def test_every_annex_is_set_up_for_print() -> None:
    for xml in sheets(SAMPLE)[1:6]:
        assert 'orientation="landscape"' in xml
        assert 'fitToHeight="0"' in xml
        assert re.search(r'paperSize="[89]"', xml)
        assert 'state="frozen"' in xml
        assert "as at 12/03/2015" in xml
        assert "Page &amp;P of &amp;N" in xml
    assert parts(SAMPLE)["xl/workbook.xml"].count("_xlnm.Print_Titles") == 7


def test_an_ampersand_in_a_name_is_no_order_to_the_printer() -> None:
    assert "Growth, Environment &amp;&amp; Transport" in sheets(SAMPLE)[1]


def test_a_footer_is_never_too_long_for_excel() -> None:
    workbook = to_xlsx(a_set(context=a_context(directorate="Growth & " * 60)))
    footers = re.findall(r"<oddFooter>(.*?)</oddFooter>", "".join(sheets(workbook)))
    assert len(footers) == 8
    assert all(len(footer.replace("&amp;", "&")) <= 255 for footer in footers)


def test_the_contents_lead_to_each_sheet() -> None:
    assert "location=\"'Annex 3 Forthcoming'!A1\"" in sheets(SAMPLE)[0]


def test_the_document_says_what_it_is() -> None:
    properties = parts(SAMPLE)["docProps/core.xml"]
    assert "<dc:title>Growth, Environment &amp; Transport Directorate Business Plan 2015-16: annexes" in properties
    assert "<cp:contentStatus>DRAFT v0.3" in properties
    assert "2015-03-12T00:00:00Z" in properties


def test_the_same_rows_give_the_same_file() -> None:
    assert to_xlsx(annex_set()) == SAMPLE


def test_the_exempt_edition_says_so_on_its_cover_and_every_page() -> None:
    workbook = to_xlsx(annex_set(Edition.EXEMPT))
    assert xlsx_cells(workbook)["Cover"][1][0] == "NOT FOR PUBLICATION: this edition shows exempt information"
    assert all("NOT FOR PUBLICATION" in xml for xml in sheets(workbook))


def test_only_the_annexes_of_the_round_are_printed() -> None:
    some = replace(annex_set(), annexes=(2, 3))
    assert [name for name in xlsx_cells(to_xlsx(some)) if name.startswith("Annex")] == [
        "Annex 2 Commissioned",
        "Annex 3 Forthcoming",
    ]
