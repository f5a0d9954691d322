"""Downloads of lists, and what keeps a spreadsheet from running them."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from reports.csv import to_csv
from reports.listing import Item, ListColumn, guarded, unguarded, write_list_csv, write_list_xlsx
from reports.table import Kind
from tests.unit.reports.makers import a_contract, a_set


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|'/C calc'!A0", "'+cmd|'/C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("-", "'-"),
        ("-5", "-5"),
        ("-1,234.50", "-1,234.50"),
        ("+3%", "+3%"),
        ("+44 20 7946 0000", "+44 20 7946 0000"),
        ("+44 (0)20 7946 0000", "+44 (0)20 7946 0000"),
        ("25/00053", "25/00053"),
        ("O'Neill", "O'Neill"),
        ("", ""),
    ],
)
def test_what_would_run_as_a_formula_carries_an_apostrophe(text: str, written: str) -> None:
    assert guarded(text) == written


@given(st.text(alphabet="'=+-@\t\r1 a(.%", max_size=6) | st.text())
def test_the_guard_can_always_be_undone(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_a_list_streams_with_a_mark_iso_dates_and_raw_numbers() -> None:
    rows: list[list[Item]] = [
        ["007", Decimal("1200000.00"), date(2015, 3, 31), 5, True, None],
        ["=1+1", Decimal("1E+6"), None, 0, False, ""],
    ]
    chunks = [*write_list_csv(["Ref", "Value", "End", "Rows", "SME", "Note"], rows)]
    assert b"".join(chunks).decode("utf-8") == (
        "\ufeffRef,Value,End,Rows,SME,Note\r\n007,1200000.00,2015-03-31,5,Yes,\r\n'=1+1,1000000,,0,No,\r\n"
    )


def test_a_long_list_comes_in_pieces() -> None:
    assert len([*write_list_csv(["Ref"], ([str(number)] for number in range(1_200)))]) == 4


@given(st.lists(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2)))
def test_any_text_reads_back_from_csv(rows: list[list[str]]) -> None:
    written = b"".join(write_list_csv(["One", "Two"], rows)).decode("utf-8-sig")
    _, *read = csv.reader(io.StringIO(written, newline=""))
    assert [[unguarded(text) for text in row] for row in read] == rows


def test_an_annex_s_csv_guards_its_text() -> None:
    row = a_contract(ref="=HYPERLINK(1)", note="-5% from year two")
    file = to_csv(a_set(commissioned=(row,)))[2].decode("utf-8-sig")
    assert file.splitlines()[1].startswith("'=HYPERLINK(1),")
    assert ",'-5% from year two." in file


def test_a_list_becomes_a_workbook_with_real_cells(tmp_path: Path) -> None:
    columns = (ListColumn("Ref"), ListColumn("Value", Kind.POUNDS), ListColumn("End", Kind.DAY), ListColumn("SME"))
    rows: list[list[Item]] = [
        ["007", Decimal("1200000.50"), date(2015, 3, 31), True],
        ["=1+1", None, None, None],
        ["-5", 3, None, False],
    ]
    write_list_xlsx(columns, rows, tmp_path / "list.xlsx", title="Contracts")
    cells = CalamineWorkbook.from_path(tmp_path / "list.xlsx").get_sheet_by_index(0).to_python()
    assert cells == [
        ["Ref", "Value", "End", "SME"],
        ["007", 1200000.5, date(2015, 3, 31), "Yes"],
        ["=1+1", "", "", ""],
        ["-5", 3.0, "", "No"],
    ]


def test_an_empty_list_is_still_a_workbook(tmp_path: Path) -> None:
    write_list_xlsx((ListColumn("Ref"),), [], tmp_path / "list.xlsx")
    assert CalamineWorkbook.from_path(tmp_path / "list.xlsx").get_sheet_by_index(0).to_python() == [["Ref"]]
