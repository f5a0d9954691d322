"""A contract's life on screen: extend, vary, correct, let an option lapse, plan what follows, overrule a signal."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from app.core import clock
from app.core.dates import day
from tests.browser.test_keeping_contracts import add_contract
from tests.browser.walking import fits, follow, is_accessible, main, press, see, see_saved


def give_an_option(page: Page, record: str) -> None:
    page.goto(f"{record}/edit/term")
    option = page.get_by_role("group", name="Option 1")
    option.get_by_label("Months it adds").fill("24")
    option.get_by_label("Value it adds").fill("480k")
    press(page, "Save")
    see_saved(page, "How long it runs")


def test_a_contract_is_extended_varied_and_corrected_and_its_award_stays(lead: Page) -> None:
    record = add_contract(lead, "Harbour dredging")
    give_an_option(lead, record)
    see(lead, "The ladder: each step, and what it comes to", "Option 1", "Last day to take it up", "£1,680,000")
    follow(lead, "Vary")
    lead.get_by_role("radio", name="It goes up").check()
    lead.get_by_label("By how much, if it does?").fill("60,000")
    lead.get_by_label("What changes in what is supplied?").fill("The inner basin as well")
    lead.get_by_label("On what ground is the contract changed?").select_option(label="Provided for in the contract")
    lead.get_by_role("radio", name="No, it is not needed").check()
    lead.get_by_label("Why is the notice needed, or not?").fill("The contract says so plainly")
    lead.get_by_label("Why?", exact=True).fill("Silt after the storms")
    press(lead, "Vary")
    see(lead, "Check before you save", "+5.0 per cent of the £1,200,000 awarded")
    is_accessible(lead)
    if lead.get_by_label("Why is it right all the same?").is_visible():
        lead.get_by_label("Why is it right all the same?").fill("The decision is on its way")
    press(lead, "Vary")
    see_saved(lead, "its current value is £1,260,000")
    see(lead, "What is supplied: The inner basin as well", "Ground: provided for in the contract")
    follow(lead, "Correct")
    lead.get_by_label("What is it worth over its whole life, as awarded?").fill("1,300,000")
    lead.get_by_label("What was wrong?").fill("The signed copy says 1.3 million")
    press(lead, "Correct")
    see(lead, "Old beside new", "£1,200,000", "£1,300,000")
    press(lead, "Correct")
    see_saved(lead, "is corrected")
    see(lead, "Value as awarded: was £1,200,000, is £1,300,000", "Correction: The signed copy says 1.3 million")
    is_accessible(lead)
    fits(lead)


def test_an_option_lapses_and_opens_again_by_keyboard_alone(lead: Page) -> None:
    record = add_contract(lead, "Pier lighting")
    give_an_option(lead, record)
    link = lead.get_by_role("link", name=re.compile("^Let it lapse"))
    link.focus()
    lead.keyboard.press("Enter")
    lead.get_by_label("Why?").focus()
    lead.keyboard.type("A new scheme is cheaper")
    lead.keyboard.press("Tab")
    lead.keyboard.press("Enter")
    see_saved(lead, "The option has lapsed")
    see(lead, "Option lapsed: option 1", "A new scheme is cheaper")
    follow(lead, "Open it again")
    lead.get_by_label("Why?").fill("The scheme was dropped")
    press(lead, "Open it again")
    see_saved(lead, "The option is open again")


def test_a_successor_is_planned_and_taken_away_and_a_signal_overruled(lead: Page) -> None:
    record = add_contract(lead, "Beach huts")
    follow(lead, "Plan a successor")
    expect(lead.get_by_label("What will it be called?")).to_have_value("Beach huts from 1 April 2030")
    is_accessible(lead)
    press(lead, "Save")
    see_saved(lead, "Beach huts from 1 April 2030 follows it")
    see(lead, "Planned", "Follows")
    follow(lead, "Unlink")
    lead.get_by_label("Why?").fill("It is another beach")
    press(lead, "Unlink")
    see_saved(lead, "follows no contract now")
    lead.goto(record)
    follow(lead, "Let a signal read otherwise")
    lead.get_by_role("radio", name="Concern").check()
    lead.get_by_role("radio", name="Watch").check()
    lead.get_by_label("Until when?").fill(day(clock.today() + timedelta(days=30)))
    lead.get_by_label("Why should it read otherwise?").fill("Complaints are being counted")
    press(lead, "Save")
    see(lead, "Complaints are being counted (Tobias Underlake", "Otherwise: No concern has been raised")
    is_accessible(lead)
    follow(lead, "end an override")
    lead.get_by_label("Why?").fill("They were about parking")
    press(lead, "End it")
    expect(main(lead)).not_to_contain_text("Otherwise: No concern")


def test_the_law_says_what_it_asks_for(lead: Page) -> None:
    record = add_contract(lead, "Sea wall inspections")
    lead.goto(f"{record}/edit/law")
    lead.get_by_role("radio", name="Public contract", exact=True).check()
    lead.get_by_label("When did the procurement begin?").fill("1 May 2026")
    lead.get_by_role("radio", name="Services", exact=True).check()
    is_accessible(lead)
    press(lead, "Save")
    see(lead, "What this regime asks for", "Contract details notice (UK7)", "Procurement Act 2023, s.70")
    fits(lead)
