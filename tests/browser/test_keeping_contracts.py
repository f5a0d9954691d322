"""Adding a contract, seeing what it comes to before saving, being put right, and meeting somebody else's change."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab
from tests.browser.walking import follow, heading, main, press, see, see_saved


def add_contract(page: Page, title: str) -> str:
    """Add a five-year contract of £1.2m, and return the address of its record."""
    page.goto("/contracts/new")
    page.get_by_label("What is it called?").fill(title)
    page.get_by_label("What form does it have?").select_option(label="Contract")
    page.get_by_label("Which part of the council answers for it?").select_option(label="Place and Environment")
    page.get_by_label("Who delivers it?").fill("Wessmoor Works Ltd")
    page.get_by_role("radio", name="Awarded").check()
    page.get_by_label("When does it start?").fill("1 April 2025")
    page.get_by_label("When does it end?").fill("31/3/2030")
    page.get_by_role("radio", name="Over its whole life").check()
    page.get_by_label("Whole-life value").fill("1.2m")
    press(page, "Add it")
    see_saved(page, f"{title} is now in the register")
    return page.url


def test_a_contract_is_added_and_read_aloud_with_its_length_ends_and_thresholds(lead: Page) -> None:
    add_contract(lead, "Ferry landing stages")
    expect(heading(lead)).to_contain_text("Ferry landing stages")
    see(lead, "Wessmoor Works Ltd, 5 years from 1 April 2025, £1.2m whole life, ends 31 March 2030")
    see(lead, "31 March 2030", "£1,200,000", "Annex threshold", "Key decision threshold", "Added to the register")


def test_what_is_missing_is_said_at_the_top_and_the_links_lead_to_the_questions(lead: Page) -> None:
    lead.goto("/contracts/new")
    lead.get_by_label("When does it end?").fill("31 June 2030")
    press(lead, "Add it")
    summary = lead.get_by_role("alert")
    expect(lead.locator(".govuk-error-summary")).to_be_focused()
    expect(lead).to_have_title(re.compile("^Error: Add a contract"))
    summary.get_by_role("link", name="Enter the contract's title").click()
    expect(lead.get_by_label("What is it called?")).to_be_focused()
    summary.get_by_role("link", name=re.compile("date|day")).click()
    expect(lead.get_by_label("When does it end?")).to_be_focused()
    expect(lead.get_by_label("When does it end?")).to_have_value("31 June 2030")


def test_the_answers_are_worked_out_before_anything_is_saved(lead: Page) -> None:
    record = add_contract(lead, "Lifeguards on the east beaches")
    lead.goto(f"{record}/edit/term")
    option = lead.get_by_role("group", name="Option 1")
    option.get_by_label(re.compile("months", re.IGNORECASE)).first.fill("24")
    press(lead, "Check what this comes to")
    worked_out = lead.get_by_role("status")
    expect(worked_out).to_contain_text("7 years (5 + 2)")
    expect(worked_out).to_contain_text("31 March 2032")
    other = lead.context.new_page()
    other.goto(record)
    expect(main(other)).not_to_contain_text("31 March 2032")
    press(lead, "Save")
    see_saved(lead, "How long it runs: your changes to Lifeguards on the east beaches are saved")
    see(lead, "7 years (5 + 2)", "31 March 2032")


def test_a_contract_is_extended_by_its_option_and_history_says_who_and_why(lead: Page) -> None:
    record = add_contract(lead, "Signs for footpaths")
    lead.goto(f"{record}/edit/term")
    lead.get_by_role("group", name="Option 1").get_by_label(re.compile("months", re.IGNORECASE)).first.fill("12")
    press(lead, "Save")
    follow(lead, "Extend")
    lead.get_by_role("radio", name="By its next option, to 31 March 2031").check()
    lead.get_by_label("From when?").fill("1 April 2030")
    lead.get_by_label("Why?", exact=True).fill("The walkers' survey was good")
    press(lead, "Extend")
    see_saved(lead, "Signs for footpaths now ends on 31 March 2031")
    see(lead, "The walkers' survey was good", "Tobias Underlake")


def test_two_people_change_one_contract_and_the_second_sees_both_versions(lead: Page, tab: OpenTab) -> None:
    record = add_contract(lead, "Care of historic bridges")
    second = tab("procurement")
    for page in (lead, second):
        page.goto(f"{record}/edit/what")
    lead.get_by_label("What is it for?").fill("Stone bridges before 1900")
    press(lead, "Save")
    see_saved(lead, "What it is")

    second.get_by_label("What is it for?").fill("Bridges that are listed")
    second.get_by_label("Is there anything else to know?").fill("Includes the toll house")
    press(second, "Save")
    both = second.get_by_role("region", name="Your version and the saved one")
    expect(both).to_contain_text("Stone bridges before 1900")
    expect(both).to_contain_text("Bridges that are listed")
    expect(second.get_by_label("What is it for?")).to_have_value("Bridges that are listed")
    expect(second.get_by_label("Is there anything else to know?")).to_have_value("Includes the toll house")

    second.get_by_label("What is it for?").fill("Stone bridges before 1900 that are listed")
    press(second, "Save")
    see_saved(second, "What it is")
    see(second, "Stone bridges before 1900 that are listed", "Includes the toll house")
    lead.goto(f"{record}/history")
    see(lead, "Stone bridges before 1900")
