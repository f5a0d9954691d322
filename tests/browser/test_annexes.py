"""Making a directorate's annexes: choosing what prints, seeing the total move, taking the files out."""

import csv
import io
import zipfile
from pathlib import Path

import docx
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import OpenTab
from tests.browser.walking import follow, heading, main, offered, press, see, see_saved, take

PLACE = "/annexes/2026-27/place-and-environment"


def annex_2(page: Page) -> str:
    page.goto(PLACE)
    return page.locator("section.annex").nth(1).inner_text()


def test_a_planner_leaves_a_contract_out_with_a_reason_and_the_total_moves(tab: OpenTab) -> None:
    page = tab("planner")
    page.goto("/annexes")
    follow(page, "Place and Environment")
    before = annex_2(page)
    follow(page, "Choose what prints in Annex 2")
    row = page.get_by_role("region", name="Prints", exact=True).locator("tbody tr").first
    title = row.get_by_role("rowheader").get_by_role("link").inner_text()
    assert title in before
    row.get_by_role("link", name=f"Leave out {title}").click()
    press(page, "Save the choice")
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    main(page).get_by_role("radio").last.check()
    main(page).get_by_role("textbox").last.fill("Business rates are not a commissioned service")
    press(page, "Save the choice")
    see_saved(page, f"{title} is left out from now on")
    see(page, "Business rates are not a commissioned service", "Ruaridh Penstock")

    after = annex_2(page)
    assert title not in after
    assert last_total(before) != last_total(after)

    page.goto(f"{PLACE}/choices")
    page.get_by_role("button", name=f"Undo the choice about {title}").click()
    see_saved(page, "The threshold decides again")
    assert annex_2(page) == before


def last_total(text: str) -> str:
    return [line for line in text.splitlines() if line.startswith("Total")][-1]


def test_the_files_open_and_say_what_the_page_says(tab: OpenTab, tmp_path: Path) -> None:
    page = tab("planner")
    page.goto(PLACE)
    expect(heading(page)).to_contain_text("Place and Environment")
    rows = page.locator("section.annex").nth(1).locator("tbody tr", has=page.get_by_role("link"))
    row = rows.filter(has_not=page.locator(".annex-marks")).first
    contract = row.locator("th, td").nth(2).inner_text()

    def taken(words: str) -> Path:
        return take(page, page.get_by_role("link", name=f"{words} file of these annexes"), tmp_path)

    workbook = CalamineWorkbook.from_path(taken("Excel"))
    cells = [
        str(cell)
        for name in workbook.sheet_names
        for row in workbook.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    assert any(contract in cell for cell in cells)

    document = docx.Document(str(taken("Word")))
    words = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any(contract in cell for cell in words)

    with zipfile.ZipFile(taken("CSV")) as folder:
        assert len(folder.namelist()) >= 5
        tables = {name: folder.read(name).decode("utf-8-sig") for name in folder.namelist()}
    second = next(text for name, text in tables.items() if name.endswith("annex-2.csv"))
    assert any(contract in cell for row in csv.reader(io.StringIO(second)) for cell in row)

    assert taken("PDF").read_bytes().startswith(b"%PDF")


def test_every_figure_leads_to_the_rows_behind_it(tab: OpenTab) -> None:
    page = tab("director")
    page.goto(PLACE)
    expect(offered(page, "Choose what prints")).to_have_count(0)
    page.locator("section.annex").nth(1).locator("tbody a").first.click()
    expect(page.get_by_role("heading", name="Key facts")).to_be_visible()
