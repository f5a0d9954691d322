"""Duplicates are merged and unmerged, a group is made, the money followed, a company tested, a service moved."""

from playwright.sync_api import Page, expect

from tests.browser.walking import follow, heading, main, press, see, see_saved, stands_every_check


def test_a_duplicate_is_merged_after_a_check_and_the_merge_undone(lead: Page) -> None:
    lead.goto("/providers")
    follow(lead, "Providers that may be one")
    see(lead, "Both have Companies House number", "Quenbyvale Home Care Limited")
    stands_every_check(lead)
    keep = main(lead).get_by_role("link", name="Keep this one of the two, Quenbyvale Homecare Ltd")
    keep.focus()
    lead.keyboard.press("Enter")
    expect(heading(lead)).to_contain_text("Check before you merge")
    see(lead, "Its name, Quenbyvale Home Care Limited, as another name")
    stands_every_check(lead)
    main(lead).get_by_role("button").last.click()
    expect(lead.get_by_role("alert")).to_contain_text("Say how you know")
    lead.get_by_label("How do you know").fill("The same address on both invoices")
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "Quenbyvale Home Care Limited is merged into Quenbyvale Homecare Ltd")
    see(lead, "The same address on both invoices")
    press(lead, "Undo this merge")
    see_saved(lead, "Quenbyvale Home Care Limited is a provider of its own again")


def test_a_pair_is_told_apart_and_not_suggested_again(lead: Page) -> None:
    lead.goto("/providers/duplicates")
    main(lead).get_by_role("button", name="They are not the same organisation: Pellwick Equipment Services Ltd").click()
    see_saved(lead, "are not the same, and are not suggested again")
    see(lead, "Pairs that are not the same")
    main(lead).get_by_role("button", name="Suggest again").click()
    see_saved(lead, "They may be suggested again")


def test_a_group_is_made_and_the_money_of_a_directorate_followed(lead: Page) -> None:
    lead.goto("/providers?q=Tarnshaw")
    follow(lead, "Tarnshaw Care at Home Ltd")
    follow(lead, "Group")
    lead.get_by_label("Which organisation owns or heads it?").fill("Quenbyvale Care")
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "Tarnshaw Care at Home Ltd is now under Quenbyvale Homecare Ltd")
    see(lead, "Owned or headed by", "With its group of 2 providers")
    lead.goto("/providers/spread")
    lead.get_by_label("Directorate").select_option(label="Place and Environment")
    lead.get_by_label("Providers of one group").select_option(label="Counted together")
    press(lead, "Apply filters")
    see(lead, "Harrowfen Group plc", "With Harrowfen Highways Ltd", "Carry half of it")
    stands_every_check(lead)


def test_a_companys_control_test_is_recorded_and_corrected(lead: Page) -> None:
    lead.goto("/trading-companies")
    follow(lead, "About Wessmoor Digital Services Ltd")
    see(lead, "79.2 per cent of its activities are for the council", "section 2(10)")
    follow(lead, "Record a control test")
    lead.get_by_label("When was it looked at?").fill("2 Nov 2026")
    main(lead).get_by_role("group", name="Is the council its parent undertaking?").get_by_label("Yes").check()
    lead.get_by_label("What share of its activities is for the council?").fill("86")
    main(lead).get_by_role("button").last.click()
    expect(lead.get_by_role("alert")).to_contain_text("Say how the share was worked out")
    lead.get_by_label("How was that worked out?").fill("Average turnover over three years")
    lead.get_by_label("Which years is it for?").fill("2023-24 to 2025-26")
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "The control test is recorded")
    main(lead).get_by_role("link", name="Correct the test of 2 November 2026").click()
    lead.get_by_label("What share of its activities is for the council?").fill("84")
    lead.get_by_label("What was recorded wrongly?").fill("The schools were left out")
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "The correction is recorded")
    see(lead, "near the limit of 80 per cent", "The schools were left out")
    stands_every_check(lead)


def test_a_service_moves_gets_a_partner_and_closes_into_another(lead: Page) -> None:
    lead.goto("/services?q=Community+transport")
    main(lead).get_by_role("link", name="Community transport", exact=True).click()
    follow(lead, "Move it")
    see(lead, "with it")
    lead.get_by_label("Which part of the council is it in?").select_option(
        label="Place and Environment: Economy, Planning and Culture"
    )
    lead.get_by_role("radio", name="It moved", exact=True).check()
    lead.get_by_label("From which day on?").fill("1 Apr 2026")
    lead.get_by_label("Why?").fill("The restructure of April")
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "Community transport is now in Economy, Planning and Culture")
    see(lead, "Where it has been", "31 March 2026", "The restructure of April")
    follow(lead, "Partners")
    lead.get_by_label("Who is it?").fill("Wess Valley Rotary")
    lead.get_by_role("radio", name="Helps to pay for it").check()
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "The partner is recorded")
    follow(lead, "Cancel")
    stands_every_check(lead)
    follow(lead, "Close it")
    lead.get_by_label("What was its last day?").fill("31 Oct 2026")
    lead.get_by_label("Why?").fill("One service with local buses")
    lead.get_by_label("Which service took over?").select_option(label="Local bus services (Place and Environment)")
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "Community transport is closed")
    see(lead, "It became part of Local bus services")
    press(lead, "Open it again")
    see_saved(lead, "is open again")
