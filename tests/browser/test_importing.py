"""Bringing a register in: choosing the file, the columns, looking before storing, and taking it back."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.walking import follow, heading, main, press, see, take

REGISTER = Path(__file__).resolve().parents[1] / "data" / "dirty-register.csv"
#: Two hundred agreements, a row of a lone 0, and the total that a spreadsheet ends with.
ROWS = 202


def counts(page: Page) -> dict[str, int]:
    """The table of what becomes of the rows."""
    rows = page.get_by_role("table", name=re.compile("rows$")).locator("tbody tr").all()
    return {row.locator("th").inner_text(): int(row.locator("td").inner_text().replace(",", "")) for row in rows}


def send(page: Page) -> None:
    page.goto("/import")
    page.get_by_label(re.compile("file", re.IGNORECASE)).set_input_files(REGISTER)
    press(page, "Read the file")
    expect(heading(page)).to_contain_text("step 2 of 4")


def test_a_register_is_looked_at_before_it_is_stored_and_can_be_undone(lead: Page, tmp_path: Path) -> None:
    send(lead)
    meanings = main(lead).get_by_role("combobox", name="Title of the Agreement")
    expect(meanings).not_to_have_value("")
    see(lead, "WX1001")
    press(lead, "Go through the rows")

    expect(heading(lead)).to_contain_text("Check before anything is stored")
    first = counts(lead)
    assert first["Rows read"] == ROWS
    assert first["Created"] == 0, "its directorates are not in this register"
    lead.get_by_role("checkbox", name=re.compile("^Make every directorate and provider")).check()
    press(lead, "Go through the rows again")
    expect(heading(lead)).to_contain_text("Check before anything is stored")
    checked = counts(lead)
    assert checked["Created"] > 100
    assert sum(checked.values()) - ROWS == ROWS
    problems = take(lead, main(lead).get_by_role("link", name="CSV").first, tmp_path).read_text(encoding="utf-8-sig")
    assert "WX1" in problems

    main(lead).get_by_role("button", name=re.compile("^Store ")).click()
    expect(heading(lead)).to_contain_text("Import of dirty-register.csv")
    assert counts(lead) == checked
    follow(lead, "Where each row went")
    expect(main(lead)).to_contain_text("Short breaks in Caldwick 2")
    lead.goto("/contracts?q=Caldwick")
    expect(lead.locator(".app-counts")).not_to_have_text(re.compile("^0 contracts"))

    lead.goto("/import")
    follow(lead, "dirty-register.csv")
    follow(lead, "Undo this import")
    press(lead, "Undo the import")
    see(lead, "Undone")
    lead.goto("/contracts?q=Caldwick")
    see(lead, "No contracts match these filters")


def test_a_file_that_is_no_register_is_refused_in_words(lead: Page, tmp_path: Path) -> None:
    picture = tmp_path / "register.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    lead.goto("/import")
    lead.get_by_label(re.compile("file", re.IGNORECASE)).set_input_files(picture)
    press(lead, "Read the file")
    expect(main(lead)).to_contain_text(re.compile("not|cannot"))
    expect(main(lead)).not_to_contain_text("Traceback")
