"""A contract added, extended and confirmed without touching the mouse; and one agreement that two people change."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenTab
from tests.browser.walking import heading, main, offered, press, see, see_saved

#: No page has more stops.
STOPS = 200
IS_FOCUSED = "one => one === document.activeElement"
GROUP_IS_FOCUSED = "one => one.name === document.activeElement.name"


def reach(page: Page, wanted: Locator, test: str = IS_FOCUSED) -> None:
    """Tab on until it has the focus."""
    for _ in range(STOPS):
        if wanted.evaluate(test):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached with the keyboard on {page.url}")


def write(page: Page, label: str | re.Pattern[str], words: str) -> None:
    """Over what stands there."""
    reach(page, page.get_by_label(label, exact=isinstance(label, str)))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)


def choose(page: Page, label: str) -> None:
    radio = page.get_by_role("radio", name=label)
    reach(page, radio, GROUP_IS_FOCUSED)
    page.keyboard.press("Space")
    for _ in range(STOPS):
        if radio.is_checked():
            return
        page.keyboard.press("ArrowDown")


def enter(page: Page, wanted: Locator) -> None:
    reach(page, wanted)
    page.keyboard.press("Enter")


def test_a_contract_is_added_extended_and_confirmed_with_the_keyboard_alone(lead: Page) -> None:
    lead.goto("/contracts")
    enter(lead, offered(lead, "Add a contract").first)
    expect(heading(lead)).to_contain_text("Add a contract")
    write(lead, "What is it called?", "Lamps on the towpath")
    reach(lead, lead.get_by_label("What form does it have?"))
    lead.keyboard.type("Contract")
    reach(lead, lead.get_by_label("Which part of the council answers for it?"))
    lead.keyboard.type("Place and Environment")
    write(lead, "Who delivers it?", "Wessmoor Works Ltd")
    choose(lead, "Awarded")
    write(lead, "When does it start?", "1 April 2025")
    write(lead, "When does it end?", "31/3/2030")
    choose(lead, "Over its whole life")
    write(lead, re.compile("^Whole-life value"), "1.2m")
    enter(lead, lead.get_by_role("button", name="Add it", exact=True))
    see_saved(lead, "Lamps on the towpath is now in the register")

    enter(lead, main(lead).locator("a[href$='/extend']").first)
    write(lead, "From when?", "1 April 2030")
    choose(lead, "Outside its options")
    write(lead, "When will it end?", "31 March 2031")
    write(lead, "Why?", "The towpath stays open for another year")
    for _ in range(2):  # what stands against it is said once, and passed with a reason
        if "/extend" in lead.url:
            passing = lead.get_by_label("Why is it right all the same?")
            if passing.count():
                write(lead, "Why is it right all the same?", "Agreed with the provider")
            with lead.expect_navigation():
                enter(lead, main(lead).get_by_role("button", name="Extend", exact=True))
    see_saved(lead, "Lamps on the towpath now ends on 31 March 2031")

    enter(lead, main(lead).locator("form[action$='/confirm'] button").first)
    see_saved(lead, "Lamps on the towpath is confirmed as correct today")
    see(lead, "Tobias Underlake")


def test_two_people_change_one_agreement_and_the_second_sees_both_versions(lead: Page, tab: OpenTab) -> None:
    lead.goto("/trading-companies")
    links = (one.get_attribute("href") or "" for one in main(lead).locator("a").all())
    number = next(found[1] for link in links if (found := re.fullmatch(r"/(?:agreements|contracts)/(\d+)", link)))
    address = f"/agreements/{number}/edit"
    second = tab("procurement")
    for page in (lead, second):
        page.goto(address)
    lead.locator("[name=company_contact]").fill("Ada Fell")
    press(lead, "Save")
    see_saved(lead, "")
    second.locator("[name=company_contact]").fill("Ben Moor")
    press(second, "Save")
    both = second.get_by_role("region", name="Your version and the saved one")
    expect(both).to_contain_text("Ada Fell")
    expect(both).to_contain_text("Ben Moor")
    press(second, "Save")
    second.goto(address)
    expect(second.locator("[name=company_contact]")).to_have_value("Ben Moor")
