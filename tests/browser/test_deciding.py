"""A decision from its back-plan to its record: what a clerk and a commissioner do, and what a member sees of it."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab
from tests.browser.walking import fits, follow, heading, is_accessible, main, offered, press, see, see_saved

HIGHWAYS = "Highway maintenance after the present contract"


def open_activity(page: Page, title: str) -> None:
    page.goto("/decisions")
    main(page).get_by_role("link", name=title, exact=True).first.click()
    expect(heading(page)).to_contain_text(title)


def test_the_back_plan_says_what_is_too_late_and_the_award_is_added(tab: OpenTab) -> None:
    lead = tab("procurement")
    open_activity(lead, HIGHWAYS)
    see(lead, "Too late", "the decision should have been taken", "What remains", "Committee meets", "Report due")
    see(lead, "Moved 2 times: from Q1 2026-27 to Q3 2026-27, 6 months later")
    follow(lead, "Add the decision to award")
    lead.get_by_role("radio", name="An officer, under the decision to procure").focus()
    lead.keyboard.press("Space")
    lead.get_by_label("Which post?").fill("Corporate Director of Place and Environment")
    lead.get_by_role("radio", name="Not known yet").check()
    press(lead, "Add it")
    see_saved(lead, "The decision to award is recorded beside the first")
    see(lead, "Under delegation", "Corporate Director of Place and Environment")
    fits(lead)
    cover_too(lead, "Salt and winter spreading")


def cover_too(lead: Page, contract: str) -> None:
    """A further contract is to be let again with it: said by the keyboard, on the pages of both."""
    open_activity(lead, HIGHWAYS)
    lead.get_by_role("link", name="Change the contracts it covers").click()
    lead.get_by_label("Find contracts of the whole council").fill(contract)
    lead.keyboard.press("Enter")
    lead.get_by_role("checkbox", name=contract).focus()
    lead.keyboard.press("Space")
    press(lead, "Add the chosen ones")
    see_saved(lead, "1 contract added")
    fits(lead)
    is_accessible(lead)
    main(lead).get_by_role("link", name=contract, exact=True).click()
    see(lead, HIGHWAYS, f"It covers Highway term maintenance; {contract}")
    lead.goto("/forthcoming")
    see(lead, f"with {contract}")


def test_a_clerk_records_a_decision_that_is_then_called_in(tab: OpenTab) -> None:
    clerk = tab("clerk")
    open_activity(clerk, "Contact centre: award")
    main(clerk).get_by_role("link", name="Award", exact=True).click()
    see(clerk, "That the contract be awarded to Answerwell Ltd", "In effect", "kept until")
    follow(clerk, "Correct the record")
    clerk.get_by_label("When was the written statement published?").fill("20 November 2026")
    clerk.get_by_label("When was it decided?").fill("19 November 2026")
    clerk.get_by_label("It was taken without the notice the law asks for").check()
    clerk.get_by_label("What happened?").fill("The date was written down wrongly at first")
    press(clerk, "Save")
    see_saved(clerk, "is recorded as taken without notice")
    see(clerk, "27 November 2026", "From 28 November 2026", "Call-in open")
    follow(clerk, "Record a call-in")
    clerk.get_by_label("When was it called in?").fill("22 November 2026")
    clerk.get_by_label("Who called it in?").fill("Five members of the scrutiny committee")
    clerk.get_by_label("Why?", exact=True).fill("Its cost")
    press(clerk, "Save")
    see_saved(clerk, "nobody may act on it yet")
    see(clerk, "Held up by the call-in of 22 November 2026")
    follow(clerk, "Print the record")
    expect(heading(clerk)).to_contain_text("Record of a decision: Contact centre: award")
    expect(offered(clerk, "Download as Word")).to_be_visible()
    fits(clerk)


def test_a_member_reads_the_list_on_a_phone_and_changes_nothing(tab: OpenTab) -> None:
    member = tab("member.place", phone=True)
    member.goto("/decisions?mark=slipped")
    see(member, HIGHWAYS, "6 months later")
    fits(member)
    member.goto("/decisions/reorganisation")
    see(member, "No reorganisation is ahead", "Decisions expected in a pre-election period")
    expect(main(member).get_by_role("link", name="Add an activity")).to_have_count(0)
    fits(member)
