"""Every format, read back, shows the same figures in the columns it shares and the same totals."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from reports import format as fmt
from reports.csv import to_csv
from reports.docx import to_docx
from reports.html import to_html
from reports.values import Edition
from reports.xlsx import to_xlsx
from tests.golden.read_back import csv_table, docx_tables, html_tables, xlsx_tables
from tests.golden.sample import annex_set

EDITIONS = {edition: annex_set(edition) for edition in Edition}
SCREEN = {edition: html_tables(to_html(annexes))[:5] for edition, annexes in EDITIONS.items()}
WORD = {edition: docx_tables(to_docx(annexes)) for edition, annexes in EDITIONS.items()}
BOOK = {edition: xlsx_tables(to_xlsx(annexes)) for edition, annexes in EDITIONS.items()}
FILES = {edition: [csv_table(file) for file in to_csv(annexes).values()] for edition, annexes in EDITIONS.items()}

every_table = pytest.mark.parametrize(
    ("edition", "place"), [(edition, place) for edition in Edition for place in range(5)]
)


def plain(heading: str) -> str:
    return heading.removesuffix(" (£)")


def first_line(text: str) -> str:
    return text.partition("\n")[0].partition(" (exempt:")[0]


@every_table
def test_every_format_has_the_same_rows(edition: Edition, place: int) -> None:
    tables = (SCREEN[edition][place], WORD[edition][place], BOOK[edition][place], FILES[edition][place])
    assert len({len(table.rows) for table in tables}) == 1
    assert len({table.caption for table in tables[:3]}) == 1


@every_table
def test_word_and_screen_say_the_same(edition: Edition, place: int) -> None:
    screen, word = SCREEN[edition][place], WORD[edition][place]
    assert screen.groups == word.groups
    shared = set(screen.headings) & set(word.headings)
    assert len(shared) >= 3
    for heading in shared:
        assert screen.column(heading) == word.column(heading), heading


@every_table
def test_a_workbook_holds_what_the_screen_shows(edition: Edition, place: int) -> None:
    screen, book = SCREEN[edition][place], BOOK[edition][place]
    shared = [heading for heading in book.headings if plain(heading) in screen.headings and not is_notes(heading)]
    assert len(shared) >= 4
    for heading in shared:
        shown = [first_line(text) for text in screen.column(plain(heading))]
        held = [as_printed(value) for value in book.column(heading)]
        assert [one for one, two in zip(shown, held, strict=True) if two] == [two for two in held if two], heading


@every_table
def test_ranges_in_a_workbook_are_the_ones_on_the_screen(edition: Edition, place: int) -> None:
    screen, book = SCREEN[edition][place], BOOK[edition][place]
    for heading in (one for one in book.headings if one.endswith(", low (£)")):
        name = heading.removesuffix(", low (£)")
        ends = zip(book.column(heading), book.column(f"{name}, high (£)"), strict=True)
        held = [fmt.pounds_between(pence(low), pence(high)) if low != "" else "" for low, high in ends]
        shown = [first_line(text).removeprefix("at least ") for text in screen.column(name)]
        assert [one for one, two in zip(shown, held, strict=True) if two] == [two for two in held if two]


@every_table
def test_a_csv_file_holds_what_the_workbook_holds(edition: Edition, place: int) -> None:
    book, file = BOOK[edition][place], FILES[edition][place]
    assert book.headings == file.headings
    for heading in (one for one in book.headings if not is_notes(one)):
        assert [as_raw(value) for value in book.column(heading)] == [raw(one) for one in file.column(heading)], heading


@every_table
def test_totals_are_the_same_everywhere(edition: Edition, place: int) -> None:
    screen, word, book = SCREEN[edition][place], WORD[edition][place], BOOK[edition][place]
    assert [filled(row) for row in screen.totals] == [filled(row) for row in word.totals]
    assert [row[0] for row in book.totals] == [row[0] for row in screen.totals]
    for shown, held in zip(screen.totals, book.totals, strict=True):
        for figure in filled(shown)[1:]:
            assert figure.removeprefix("at least ") in figures(held), shown


@every_table
def test_a_total_is_the_sum_of_the_rows_of_its_file(edition: Edition, place: int) -> None:
    book, file = BOOK[edition][place], FILES[edition][place]
    grand = [row for row in book.totals if str(row[0]).startswith("Total,") and place not in {2, 3}]
    for row in grand:
        for heading, value in zip(book.headings, row, strict=False):
            if isinstance(value, float):
                assert sum(Decimal(one) for one in file.column(heading) if one) == pence(value), heading


def is_notes(heading: str) -> bool:
    return heading in {"Notes", "Note"}


def filled(row: list[str]) -> list[str]:
    return [text for text in row if text]


def pence(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


def figures(row: list[Any]) -> set[str]:
    """Every way in which a page may print the sums of a line: alone, or the two ends of a range."""
    sums = [pence(value) for value in row if isinstance(value, float)]
    pairs = {fmt.pounds_between(low, high) for low, high in pairwise(sums) if low <= high}
    return pairs | {fmt.pounds_short(one) for one in sums} | {fmt.number(one) for one in sums}


def as_printed(value: Any) -> str:
    if isinstance(value, date):
        return fmt.day(value)
    return fmt.pounds_short(pence(value)) if isinstance(value, float) else str(value)


def as_raw(value: Any) -> str | Decimal:
    if isinstance(value, date):
        return value.isoformat()
    return pence(value) if isinstance(value, float) else str(value)


def raw(text: str) -> str | Decimal:
    """A number where the file has one; text that a program must not run carries an apostrophe."""
    try:
        number = Decimal(text) if text[:1] != "0" or text.startswith("0.") else None
    except ArithmeticError:
        number = None
    return text.removeprefix("'") if number is None else number.quantize(Decimal("0.01"))
