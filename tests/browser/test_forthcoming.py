"""What is coming for decision: what the register proposes by itself, and what people make of it."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab
from tests.browser.walking import follow, heading, main, offered, press, see, see_saved, take


def proposed(page: Page) -> int:
    """How many proposals stand, as the page's own heading counts them."""
    words = main(page).get_by_role("heading", name=re.compile("^Proposed by the register")).inner_text()
    return int(words.split(": ")[1].split()[0])


def test_late_proposals_come_first_and_one_is_accepted_as_an_activity(lead: Page) -> None:
    lead.goto("/forthcoming")
    before = proposed(lead)
    table = lead.get_by_role("region", name="Proposed by the register", exact=True)
    first = table.locator("tbody tr").first
    expect(first).to_contain_text("Latest start passed")
    title = first.get_by_role("rowheader").get_by_role("link").first.inner_text()
    first.get_by_role("link", name=f"Accept {title}").click()

    expect(heading(lead)).to_contain_text("Accept a proposal")
    expect(heading(lead)).to_contain_text(title)
    lead.get_by_label("What is it for, and why now?").fill("The plant must be fed every day")
    lead.get_by_role("radio", name="On a date", exact=True).check()
    lead.get_by_label("On which day?").fill("15 September 2027")
    press(lead, "Record the activity")
    expect(lead.get_by_role("alert").first).to_contain_text("is recorded")
    see(lead, "15 September 2027", "Does it need a key decision?")

    lead.goto("/forthcoming")
    assert proposed(lead) == before - 1
    expect(main(lead)).to_contain_text("Q2 2027-28")


def test_a_proposal_is_dismissed_with_a_reason_and_can_be_taken_back(lead: Page) -> None:
    lead.goto("/forthcoming")
    before = proposed(lead)
    row = lead.get_by_role("region", name="Proposed by the register", exact=True).locator("tbody tr").last
    title = row.get_by_role("rowheader").get_by_role("link").first.inner_text()
    row.get_by_role("link", name=f"dismiss {title}").click()
    press(lead, "Dismiss")
    expect(lead.get_by_role("alert")).to_contain_text("There is a problem")
    lead.get_by_role("textbox").last.fill("The service ends with the building")
    press(lead, "Dismiss")
    see_saved(lead, f"{title} is dismissed")
    assert proposed(lead) == before - 1
    see(lead, "The service ends with the building")
    lead.get_by_role("link", name=f"Undo the dismissal of {title}").click()
    main(lead).get_by_role("button").first.click()
    see_saved(lead, f"{title} is proposed again")
    assert proposed(lead) == before


def test_a_member_sees_what_comes_to_their_own_committee_and_changes_nothing(tab: OpenTab) -> None:
    page = tab("member.adults")
    page.goto("/forthcoming")
    see(page, "Only what comes to your own committees is shown", "Adult Care and Health Cabinet Committee")
    expect(offered(page, "Add an activity")).to_have_count(0)
    expect(offered(page, "Accept")).to_have_count(0)
    own = page.locator(".app-counts").inner_text()
    main(page).get_by_role("link", name="Show every committee").click()
    assert page.locator(".app-counts").inner_text() != own


def test_what_is_coming_is_taken_out_as_a_list(tab: OpenTab, tmp_path: Path) -> None:
    page = tab("clerk")
    page.goto("/forthcoming")
    text = take(page, page.get_by_role("link", name="CSV"), tmp_path).read_text(encoding="utf-8-sig")
    assert "Highway maintenance after the present contract" in text


def test_a_clerk_records_what_was_decided(tab: OpenTab) -> None:
    page = tab("clerk")
    page.goto("/decisions")
    main(page).get_by_role("link", name="Temporary staff: authority to award").first.click()
    follow(page, "Record the decision")
    page.get_by_label("When was it decided?").fill("20 November 2026")
    page.get_by_label("What is the decision's reference?").fill("PORT-2026-41")
    page.get_by_label("What was decided?").fill("Agreed as recommended")
    press(page, "Save")
    expect(main(page)).to_contain_text("No notice allows this key decision on 20 November 2026")
    page.get_by_label("It was taken without the notice the law asks for").check()
    page.get_by_label("What happened?").fill("The clerk was told too late")
    press(page, "Save")
    see_saved(page, "The decision on Temporary staff: authority to award is recorded")
    see(page, "20 November 2026", "Agreed as recommended")
