"""Services, in-house units, providers, arrangements, agreements and social value: each added by its own short form."""

from playwright.sync_api import Page, expect

from tests.browser.walking import follow, heading, main, see, see_saved


def test_a_service_is_added_delivered_in_house_and_later_by_a_company(lead: Page) -> None:
    lead.goto("/services/new")
    lead.get_by_label("What is the service called?").fill("Coastal path wardens")
    lead.get_by_label("Which part of the council is it in?").select_option(label="Place and Environment")
    lead.get_by_role("radio", name="In-house", exact=True).check()
    lead.get_by_label("What is its gross budget?").fill("250k")
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "Coastal path wardens is now in the register")
    see(lead, "In-house", "£250,000")
    follow(lead, "Change how it is delivered")
    lead.get_by_role("radio", name="External", exact=True).check()
    lead.get_by_label("From which day on?").fill("1 Apr 2099")
    lead.get_by_label("Why?").fill("The wardens' posts are not filled")
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "It is planned that Coastal path wardens is delivered by others from 1 April 2099")
    see(lead, "In-house", "Planned from 1 April 2099")
    follow(lead, "Change how it is delivered")
    lead.get_by_label("From which day on?").fill("1 Apr 2025")
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "Coastal path wardens is now delivered")
    see(lead, "1 April 2025")


def test_an_in_house_unit_is_added(lead: Page) -> None:
    lead.goto("/in-house-units/new")
    lead.get_by_label("What is the unit called?").fill("Coast and Paths Team")
    lead.get_by_label("Which directorate is it in?").select_option(label="Place and Environment")
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "Coast and Paths Team")


def test_a_provider_is_added_and_its_company_number_is_written_in_full(lead: Page) -> None:
    lead.goto("/providers/new")
    lead.get_by_label("What is the provider called?").fill("Saltmarsh Wardens CIC")
    lead.get_by_role("radio", name="Voluntary, community or social enterprise").check()
    lead.get_by_label("What is its Companies House number?").fill("987654")
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "Saltmarsh Wardens CIC")
    see(lead, "00987654")


def test_an_arrangement_is_added_and_contracts_are_put_into_it(lead: Page) -> None:
    lead.goto("/arrangements/new")
    lead.get_by_label("What is the arrangement called?").fill("Rural bus routes")
    main(lead).get_by_role("group", name="What kind of arrangement is it?").get_by_role("radio").first.check()
    lead.get_by_label("Which part of the council let it?").select_option(
        label="Place and Environment: Highways and Transport"
    )
    main(lead).get_by_role("group", name="valued").get_by_role("radio").last.check()
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "Rural bus routes")
    expect(heading(lead)).to_contain_text("Rural bus routes")


def test_an_agreement_with_a_trading_company_is_added_with_a_standard(lead: Page) -> None:
    lead.goto("/agreements/new")
    lead.get_by_label("What is the agreement called?").fill("Payroll for schools")
    lead.get_by_role("radio", name="Service level agreement", exact=True).check()
    lead.get_by_label("Which company?").select_option(label="Wessmoor Works Ltd")
    lead.get_by_label("Which part of the council is the client?").select_option(label="Resources")
    main(lead).get_by_role("group", name="How far is it?").get_by_role("radio").first.check()
    lead.get_by_label("What does it cost a year?").fill("£480,000")
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "Payroll for schools")
    follow(lead, "Add a standard")
    lead.get_by_label("What is measured?").fill("Payslips right the first time")
    lead.get_by_label("How does the target read?").fill("99.5 per cent")
    main(lead).get_by_role("button").last.click()
    see(lead, "Payslips right the first time", "99.5 per cent", "£480,000")


def test_a_promise_is_made_kept_in_part_and_checked(lead: Page) -> None:
    lead.goto("/social-value/new")
    lead.get_by_label("Which contract is it made under?").fill("WCC/2025/014")
    lead.get_by_label("Which theme does it belong to?").fill("Jobs")
    lead.get_by_label("What is promised?").fill("Apprenticeships for young people leaving care")
    lead.get_by_label("In what unit?").fill("people")
    lead.get_by_label("What is the target?").fill("4")
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "The commitment is now in the register")
    see(lead, "Apprenticeships for young people leaving care", "Stairlifts and hoists")
    follow(lead, "Claim")
    lead.get_by_label("How much was delivered?").fill("1")
    lead.get_by_label("When?").fill("1 October 2026")
    lead.get_by_label("What shows it?").fill("Letter from the college")
    main(lead).get_by_role("button").last.click()
    see_saved(lead, "It counts once somebody has verified it")
    see(lead, "Letter from the college")
