"""A clerk gives notice of a decision, the public reads it, and the published list is held against the register."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab
from tests.browser.walking import (
    fits,
    follow,
    heading,
    is_accessible,
    main,
    press,
    see,
    see_saved,
    stands_every_check,
    take,
)

TITLE = "Day opportunities redesigned around towns"
LIST = (
    "Reference,Title,Decision maker,Decision due,Notice first published,Key decision\n"
    "26/00090,Day opportunities redesigned around our towns,Cabinet,Not before 3 May 2027,17/11/2026,Yes\n"
    "26/00091,Repairs to sea walls,Cabinet,Not before 15 December 2026,17/11/2026,Yes\n"
)


def open_decision(page: Page) -> None:
    page.goto("/forward-plan")
    main(page).get_by_role("link", name=TITLE).click()
    expect(heading(page)).to_contain_text(TITLE)


def test_a_clerk_drafts_publishes_and_withdraws_a_notice_that_the_public_reads(tab: OpenTab, tmp_path: Path) -> None:
    page = tab("clerk")
    open_decision(page)
    follow(page, "Draft a notice of a key decision")
    expect(page.get_by_label("Where can copies of them be had?")).to_have_value(
        "Democratic Services, Wessmoor County Hall, Castle Street, Wessmoor WS1 1CC"
    )
    # By the keyboard alone: choose who decides, and go on
    first = page.get_by_role("radio", name="The Cabinet", exact=True)
    first.focus()
    page.keyboard.press("Space")
    expect(first).to_be_checked()
    page.get_by_label("What is their name?").fill("Cabinet")
    press(page, "Save the draft")
    see_saved(page, "The draft is saved")
    see(page, "List the members of the body", "List the documents submitted", "reg 9(1)(e)")
    stands_every_check(page)

    page.set_viewport_size({"width": 1280, "height": 900})
    follow(page, "Change the draft")
    page.get_by_label("Who are the members of the body?").fill("Councillor Aurelian Wrexley, Leader\nCouncillor Ash")
    page.get_by_label("Which documents are submitted for the decision?").fill("Outline of the redesign")
    press(page, "Save the draft")
    see(page, "Nothing: every particular the regulations ask for is there")
    document = take(page, page.get_by_role("link", name="Download it as a Word document"), tmp_path)
    assert document.suffix == ".docx"
    follow(page, "Publish")
    page.get_by_role("radio", name="Here, at an address of its own").check()
    press(page, "Publish")
    see_saved(page, "The notice is published, and its words are frozen")
    see(page, "28 clear days after", "Outline of the redesign")
    address = main(page).get_by_role("link", name="/notices/").get_attribute("href") or ""

    anybody = tab(phone=True)
    anybody.goto("/notices")
    follow(anybody, TITLE)
    see(anybody, "Councillor Aurelian Wrexley, Leader", "The decision will not be made before")
    assert anybody.url.endswith(address)
    fits(anybody)
    is_accessible(anybody)

    follow(page, "Withdraw")
    page.get_by_label("Why is it withdrawn?").fill("It goes to the full Council instead")
    press(page, "Withdraw")
    see_saved(page, "The notice is withdrawn")
    anybody.goto(address)
    see(anybody, "This notice was withdrawn", "It goes to the full Council instead", "Outline of the redesign")
    follow(page, "Restore")
    press(page, "Restore")
    see_saved(page, "The notice stands again")


def test_a_clerk_takes_in_the_published_list_and_settles_what_differs(tab: OpenTab, tmp_path: Path) -> None:
    page = tab("clerk")
    file = tmp_path / "plan.csv"
    file.write_text(LIST, encoding="utf-8")
    page.goto("/forward-plan")
    follow(page, "Take in a published list")
    page.get_by_label("Which file?").set_input_files(file)
    press(page, "Read it")
    see(page, "2 items", "Repairs to sea walls")
    press(page, "Keep this list")
    see_saved(page, "is kept, with 2 items")
    see(page, "Repairs to sea walls. First published on 17 November 2026", "1 clear day short")
    stands_every_check(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    main(page).get_by_role("link", name="Confirm Day opportunities").click()
    expect(page.get_by_role("radio", name="One of the decisions the register holds")).to_be_checked()
    press(page, "Save")
    see_saved(page, "is saved, for this list and those to come")
    expect(main(page)).to_contain_text("Not before 3 May 2027")
    main(page).get_by_role("link", name="Say what it is Repairs").click()
    page.get_by_role("radio", name="None of ours").check()
    page.get_by_label("Why is it none of ours?").fill("The district council's")
    press(page, "Save")
    see(page, "Repairs to sea walls: The district council's")

    page.goto("/forward-plan")
    follow(page, "Give out this edition")
    press(page, "Give it out")
    see_saved(page, "is given out. It stays as it is")
    page.goto("/decisions/urgency")
    see(page, "Family hubs in every district", "chair of the relevant scrutiny committee")
    stands_every_check(page)
