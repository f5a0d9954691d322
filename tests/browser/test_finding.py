"""Finding things: searching from any page, a view kept and shared, and columns of one's own."""

from playwright.sync_api import Page, expect

from tests.browser.walking import follow, heading, main, press, see, see_saved


def test_the_search_is_reached_by_a_key_and_finds_every_kind(lead: Page) -> None:
    lead.goto("/services")
    lead.keyboard.press("/")
    box = lead.get_by_label("Search everything")
    expect(box).to_be_focused()
    box.fill("care")
    lead.keyboard.press("Enter")
    expect(heading(lead)).to_have_text("Search")
    expect(main(lead).locator("mark").first).to_be_visible()
    expect(main(lead).get_by_role("heading", level=2)).not_to_have_count(0)


def test_columns_are_chosen_by_keyboard_and_a_view_of_them_is_kept_and_shared(lead: Page) -> None:
    lead.goto("/contracts?q=care")
    follow(lead, "Choose columns")
    lead.get_by_label("Reference", exact=True).focus()
    lead.keyboard.press("Space")
    lead.get_by_label("Length", exact=True).check()
    main(lead).get_by_role("button", name="Show these columns").first.click()
    expect(main(lead).get_by_role("columnheader", name="Length")).to_be_visible()
    follow(lead, "Save this view")
    lead.get_by_label("What do you call this view?").fill("Care by length")
    lead.get_by_label("Share it with everybody").check()
    press(lead, "Save")
    see_saved(lead, "“Care by length” is saved")
    with lead.expect_download() as taken:
        main(lead).get_by_role("link", name="CSV file of this list").click()
    assert taken.value.suggested_filename == "contracts.csv"
    lead.goto("/")
    see(lead, "Care by length", "shared with everybody")
    lead.goto("/views")
    main(lead).get_by_role("button", name="Remove Care by length").click()
    see_saved(lead, "is removed")
    main(lead).get_by_role("button", name="Put back Care by length").click()
    see_saved(lead, "is back")
    lead.goto("/contracts/columns")
    main(lead).get_by_role("button", name="Back to the usual ones").click()
    expect(main(lead).get_by_role("columnheader", name="Status")).to_be_visible()
