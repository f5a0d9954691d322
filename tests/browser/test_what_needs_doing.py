"""What needs doing: from the front page to a list, a record and the notice that ends it; confirming by keyboard."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab
from tests.browser.walking import follow, heading, main, press, see, see_saved, stands_every_check, take


def test_a_late_notice_is_followed_from_the_front_page_to_its_end(lead: Page, tmp_path: Path) -> None:
    lead.goto("/")
    follow(lead, "Everything that needs doing in the whole council")
    expect(heading(lead)).to_contain_text("What needs doing")
    stands_every_check(lead)
    lead.goto("/to-do?whose=all")
    follow(lead, "details notice")
    expect(heading(lead)).to_contain_text(re.compile("details notices? .UK7. (is|are) due"))
    see(lead, "days beginning with that day", "Source: Procurement Act 2023")
    found = take(lead, lead.get_by_role("link", name="CSV"), tmp_path).read_text(encoding="utf-8-sig")
    assert "Surfacing" in found or "Contact centre" in found or "Abbey Mews" in found
    stands_every_check(lead)
    record = main(lead).get_by_role("rowheader").get_by_role("link").first
    title = record.inner_text()
    record.click()
    expect(heading(lead)).to_contain_text(title)
    follow(lead, "Contract whose details notice (UK7) is due")
    expect(lead.get_by_label("Which notice is it?")).to_have_value("UK7")
    lead.get_by_label("When was it published?").fill("20 November 2026")
    lead.get_by_label("What is its number?").fill("054321-2026")
    press(lead, "Record it")
    see_saved(lead, "UK7 contract details notice of 20 November 2026 is recorded")
    see(lead, "054321-2026")
    expect(main(lead)).not_to_contain_text("Contract whose details notice (UK7) is due")


def test_an_owner_confirms_their_own_records_by_keyboard_and_takes_it_back(tab: OpenTab) -> None:
    owner = tab("commissioner.highways")
    owner.goto("/to-do")
    see(owner, "Your post, Highways Contracts Manager")
    owner.goto("/to-do/confirm?whose=mine")
    first = main(owner).get_by_role("checkbox").first
    first.focus()
    owner.keyboard.press("Space")
    expect(first).to_be_checked()
    owner.get_by_role("button", name="Confirm these are still correct").focus()
    owner.keyboard.press("Enter")
    see_saved(owner, "1 contract confirmed as correct today")
    owner.get_by_role("link", name="Undo this").click()
    press(owner, "Take it back")
    see_saved(owner, "Undone: 1 record as before")


def test_the_numbers_of_coverage_open_their_lists(lead: Page) -> None:
    lead.goto("/coverage")
    see(lead, "With an owner", "Confirmed in time", "Complete for the annexes", "The whole council")
    stands_every_check(lead)
    lead.goto("/coverage")
    main(lead).get_by_role("link", name=re.compile("that lack something the annexes print")).first.click()
    expect(heading(lead)).to_contain_text("that lack something the annexes print")
    see(lead, "Missing:")
