"""Many contracts at once: ticked and changed, a post reassigned by keyboard alone, mine out to Excel and back."""

import re
from pathlib import Path

import python_calamine
import xlsxwriter
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab
from tests.browser.walking import follow, heading, main, press, see, see_saved, stands_every_check, take


def test_ticked_contracts_are_changed_once_every_change_was_seen_and_put_back(lead: Page) -> None:
    lead.goto("/contracts?q=bus&sort=title")
    for title in ("Bus 12", "Bus 17"):
        lead.get_by_role("checkbox", name=re.compile(f"^Choose {title}")).check()
    press(lead, "Change those ticked")
    expect(heading(lead)).to_have_text("Change 2 contracts")
    lead.get_by_role("checkbox", name="Contract manager").check()
    lead.get_by_label("Which post manages them?").fill("Passenger Transport Manager")
    lead.get_by_role("checkbox", name="Review date").check()
    lead.get_by_label("When are they to be reviewed?").fill("1 June 2027")
    press(lead, "Check every change")
    expect(lead.locator(".govuk-error-summary")).to_contain_text("Say why")
    lead.get_by_label("Why?").fill("The transport team was formed")
    press(lead, "Check every change")
    see(lead, "2 contracts would change", "Passenger Transport Manager", "1 June 2027")
    stands_every_check(lead)
    press(lead, "Change the answers")
    expect(lead.get_by_label("Which post manages them?")).to_have_value("Passenger Transport Manager")
    press(lead, "Check every change")
    press(lead, "Change 2 contracts")
    see_saved(lead, "2 records changed")
    stands_every_check(lead)
    done = lead.url
    follow(lead, "Bus 12")
    see(lead, "Passenger Transport Manager")
    lead.goto(done)
    follow(lead, "Undo this")
    see(lead, "2 records will be put back as before")
    press(lead, "Undo it")
    see_saved(lead, "Undone: 2 records put back")
    follow(lead, "Bus 12")
    see(lead, "Undone: The transport team was formed")


def test_a_post_is_reassigned_by_keyboard_alone(lead: Page) -> None:
    lead.goto("/reassign?q=Head+of+Digital")
    link = lead.get_by_role("link", name="Head of Digital", exact=True)
    link.focus()
    lead.keyboard.press("Enter")
    expect(heading(lead)).to_have_text("Reassign Head of Digital")
    stands_every_check(lead)
    lead.get_by_label("Which post takes over?").focus()
    lead.keyboard.type("Head of Technology")
    lead.keyboard.press("Tab")
    lead.keyboard.type("The post was renamed")
    _tab_to(lead, "Check every change")
    lead.keyboard.press("Enter")
    expect(heading(lead)).to_contain_text("Check before you go on")
    see(lead, "Head of Digital", "Head of Technology", "Head of the service")
    _tab_to(lead, r"Reassign \d+ records?")
    lead.keyboard.press("Enter")
    see_saved(lead, "changed")
    lead.goto("/reassign?q=Head+of+Digital")
    see(lead, "No posts match these filters")


def _tab_to(page: Page, button: str) -> None:
    """On with the tab key until the button has the focus."""
    wanted = main(page).get_by_role("button", name=re.compile(f"^{button}$"))
    for _ in range(40):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The tab key never reaches “{button}”")


def test_a_leaver_is_switched_off_and_their_page_says_what_still_names_their_post(tab: OpenTab) -> None:
    administrator = tab("administrator")
    administrator.goto("/admin/people")
    # switching off ends their sessions, so it is somebody no other walk signs in as
    follow(administrator, "Anwen Gallowmoor")
    see(administrator, "What names their post", "Nobody else holds this post")
    press(administrator, "Switch off")
    see(administrator, "Nobody holds this post any more")
    stands_every_check(administrator)
    press(administrator, "Let them sign in again")
    see_saved(administrator, "Anwen Gallowmoor can sign in again")


def test_my_contracts_go_to_excel_and_come_back_with_every_difference_shown(lead: Page, tmp_path: Path) -> None:
    lead.goto("/contracts?q=committee+papers")
    main(lead).get_by_text("More: files and changes").click()
    taken = take(lead, lead.get_by_role("link", name="take them to Excel"), tmp_path)
    _change(taken, "Reference", "WCC/CHANGED/1")
    lead.goto("/import/mine")
    stands_every_check(lead)
    lead.get_by_label("Which file holds your contracts?").set_input_files(taken)
    press(lead, "Show the differences")
    see(lead, "1 difference in 1 contract", "WCC/2022/166", "WCC/CHANGED/1", "Changed in the file")
    stands_every_check(lead)
    press(lead, "Take what is ticked")
    see_saved(lead, "1 contract changed from your file")
    follow(lead, "Undo this")
    press(lead, "Undo it")
    see_saved(lead, "Undone: 1 contract put back as before")


def _change(path: Path, heading_of: str, value: str) -> None:
    """Write one cell of the first row, as somebody does in Excel; the hidden copy stays as it was."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    first = sheets["My contracts"]
    first[1][first[0].index(heading_of)] = value
    kept = {"My contracts": first, "As taken out": sheets["As taken out"]}
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as out:
        for name, rows in kept.items():
            sheet = out.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
