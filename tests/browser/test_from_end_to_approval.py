"""From a contract's end date to an endorsed decision, and the sum it allows on the contract: everybody's part in it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from app.core.dates import day
from tests.browser.conftest import OpenTab
from tests.browser.walking import fits, follow, heading, is_accessible, main, press, see, see_saved, sign_in

CONTRACT = "Direct payments support"
COMMITTEE = "Adult Care and Health Cabinet Committee"
#: Two months and more: the notice has run its 28 clear days, and the committee has met.
LATER = timedelta(days=80)
#: The day of the decision, and until when it may be called in, are past by then.
BEFORE_THEN = timedelta(days=14)

#: A tab of a person who signs in anew: whoever signed in before the weeks passed is signed out by then.
Return = Callable[[str], Page]


@pytest.fixture
def decided_on() -> date:
    return clock.today() + LATER - BEFORE_THEN


@pytest.fixture
def weeks_later(tab: OpenTab, monkeypatch: pytest.MonkeyPatch) -> Return:
    """Open the first tab after the wait: the server's only clock moves on, and no rule is set aside."""
    now = clock.now

    def open_then(person: str) -> Page:
        monkeypatch.setattr(clock, "now", lambda: now() + LATER)
        page = tab()
        sign_in(page, person)
        return page

    return open_then


def accept_the_proposal(page: Page, decided_on: date) -> tuple[str, str]:
    """Find the contract that ends and say what is to follow; return its address and the activity's."""
    page.goto(f"/contracts?q={CONTRACT}")
    page.get_by_role("link", name=CONTRACT, exact=True).first.click()
    contract = page.url
    see(page, "Replacing it may need a key decision, and nobody has recorded one", "at least £1,000,000")
    follow(page, "Accept the proposal")
    expect(heading(page)).to_contain_text("Accept a proposal")
    page.get_by_role("radio", name="Extend").check()
    page.get_by_label("What is it for, and why now?").fill("People who employ their own carers keep their help")
    page.get_by_label("The amounts are exempt").uncheck()  # an extension has no bidders who would learn from them
    page.get_by_role("radio", name="On a date", exact=True).check()
    page.get_by_label("On which day?").fill(day(decided_on))
    press(page, "Record the activity")
    expect(page.get_by_role("alert").first).to_contain_text(f"{CONTRACT} is recorded")
    see(page, "Key decision", COMMITTEE)
    return contract, page.url


def ask_to_look_at_it(page: Page) -> None:
    page.goto("/my-committees")
    card = main(page).get_by_role("article").filter(has_text=CONTRACT)
    card.locator("a", has_text="Ask to look at this").click()
    page.get_by_role("radio", name="How it performs").check()
    page.get_by_label("Why should the committee look at it?").fill("Do people wait for their first payment?")
    press(page, "Ask")
    see_saved(page, f"The clerk is asked to bring {CONTRACT}")


def put_it_on_an_agenda(page: Page) -> str:
    """Accept the member's request for the next meeting that may still hear it; return the item's address."""
    page.goto("/pre-scrutiny?state=asked")
    page.get_by_role("link", name=f"Accept the request about {CONTRACT}").click()
    page.get_by_label("Which meeting is to hear it?").select_option(index=1)
    press(page, "Accept")
    see_saved(page, "is on the work programme")
    see(page, CONTRACT, COMMITTEE, "Key or significant decisions")
    return page.url


def give_notice(page: Page, activity: str) -> str:
    """Draft the notice, publish it at an address of its own, and return that address."""
    page.goto(activity)
    main(page).locator("a[href^='/decisions/']", has_text="Procure").first.click()
    follow(page, "Draft a notice of a key decision")
    page.get_by_role("radio", name="The Cabinet", exact=True).check()
    page.get_by_label("What is their name?").fill("Cabinet")
    page.get_by_label("Who are the members of the body?").fill("Councillor Aurelian Wrexley, Leader\nCouncillor Ash")
    page.get_by_label("Which documents are submitted for the decision?").fill("Report on direct payments")
    press(page, "Save the draft")
    follow(page, "Publish")
    page.get_by_role("radio", name="Here, at an address of its own").check()
    press(page, "Publish")
    see_saved(page, "The notice is published, and its words are frozen")
    return main(page).get_by_role("link", name="/notices/").get_attribute("href") or ""


def read_the_notice(page: Page, address: str, decided_on: date) -> None:
    page.goto(address)
    see(page, CONTRACT, "Cabinet", "Report on direct payments", day(decided_on), "The decision will not be made before")
    fits(page)
    is_accessible(page)


def is_refused_before_its_time(page: Page, activity: str) -> None:
    """Nobody records a decision that the notice does not allow yet."""
    page.goto(activity)
    follow(page, "Record the decision")
    page.get_by_label("When was it decided?").fill(day(clock.today()))
    page.get_by_label("What is the decision's reference?").fill("26/00140")
    press(page, "Save")
    see(page, "There is a problem", "28 clear days after")


def endorse(page: Page, item: str) -> None:
    page.goto(item)
    follow(page, "Record the outcome")
    page.get_by_role("radio", name="Endorsed", exact=True).check()
    page.get_by_label("What did the committee recommend?").fill("Report the wait for a first payment each quarter")
    page.get_by_label("Where is it minuted?").fill("minute 41")
    press(page, "Record the outcome")
    see(page, "Endorsed", "minute 41", "The directorate has not answered yet")


def answer(page: Page, item: str, on: date) -> None:
    page.goto(item)
    follow(page, "Record the directorate's answer")
    page.get_by_label("What does the directorate answer?").fill("The wait is reported from April")
    page.get_by_label("Who answers?").fill("Care Contracts Manager")
    page.get_by_label("On which day?").fill(day(on))
    press(page, "Record the answer")
    see(page, "The wait is reported from April")


def record_the_decision(page: Page, activity: str, decided_on: date) -> None:
    page.goto(activity)
    see(page, "Endorsed")
    follow(page, "Record the decision")
    page.get_by_label("When was it decided?").fill(day(decided_on))
    page.get_by_label("What is the decision's reference?").fill("26/00140")
    page.get_by_label("What was decided?").fill("That the agreement be extended as the committee endorsed")
    page.get_by_label("When was the written statement published?").fill(day(decided_on))
    page.get_by_label("The decision allows a sum, a term or options").check()
    expect(page.get_by_label("Which contract is it for?").locator("option:checked")).to_contain_text(CONTRACT)
    page.get_by_label("Which sum does it allow?").fill("2,290,500")
    page.get_by_label("Who may act under it?").fill("Corporate Director of Adult Care and Health")
    press(page, "Save")
    see_saved(page, f"The decision on {CONTRACT} is recorded. It was taken by notice of 28 clear days")
    see(page, "£2,290,500", CONTRACT)


def test_a_contract_that_ends_goes_by_its_committee_to_a_decision_and_the_sum_it_allows(
    tab: OpenTab, weeks_later: Return, decided_on: date
) -> None:
    contract, activity = accept_the_proposal(tab("commissioner.adults"), decided_on)
    ask_to_look_at_it(tab("member.adults"))
    clerk = tab("clerk")
    item = put_it_on_an_agenda(clerk)
    address = give_notice(clerk, activity)
    read_the_notice(tab(phone=True), address, decided_on)
    is_refused_before_its_time(clerk, activity)

    clerk = weeks_later("clerk")
    endorse(clerk, item)
    commissioner = weeks_later("commissioner.adults")
    answer(commissioner, item, decided_on)
    record_the_decision(clerk, activity, decided_on)
    commissioner.goto(contract)
    see(commissioner, f"26/00140: {CONTRACT}", "Sum approved", "£2,290,500", "Endorsed")
    member = weeks_later("member.adults")
    member.goto("/my-committees")
    see(member, "The wait is reported from April")
