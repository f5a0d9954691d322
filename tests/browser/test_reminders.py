"""Reminders chosen and put off, a calendar read, and the timeline followed from a bar's figure to its contracts."""

import re

from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab
from tests.browser.walking import follow, heading, main, press, see, see_saved, stands_every_check


def test_reminders_are_chosen_by_keyboard_and_a_calendar_is_read_and_ended(tab: OpenTab) -> None:
    owner = tab("commissioner.children")
    owner.goto("/account")
    see(owner, "Weekly, on Mondays")
    follow(owner, "Change how often reminders come")
    owner.get_by_role("radio", name="Weekly").focus()
    owner.keyboard.press("Tab")
    expect(owner.get_by_label("On which day?")).to_be_focused()
    owner.get_by_label("On which day?").select_option("Thursday")
    owner.get_by_role("button", name="Save").focus()
    owner.keyboard.press("Enter")
    see_saved(owner, "Reminders come weekly, on Thursdays")
    press(owner, "Make a calendar address")
    shown = owner.get_by_text("it is shown only now").inner_text()
    found = re.search(r"/calendar/\S+\.ics", shown)
    assert found is not None
    read = owner.request.get(found[0])
    assert read.ok
    events = Calendar.from_ical(read.body()).walk("VEVENT")
    assert any("Ends unless extended" in str(one["summary"]) for one in events)
    press(owner, "End the calendar address")
    see_saved(owner, "The calendar address is ended")
    assert owner.request.get(found[0]).status == 404


def test_a_reminder_is_put_off_with_a_reason_and_taken_back(tab: OpenTab) -> None:
    owner = tab("commissioner.adults")
    owner.goto("/to-do/ends-ahead?whose=mine")
    see(owner, "Put off until")
    owner.goto("/to-do/ends-ahead?whose=mine&sort=-due")
    main(owner).get_by_role("link", name=re.compile("Put off the reminder")).first.click()
    expect(heading(owner)).to_contain_text("Put a reminder off")
    press(owner, "Put it off")
    see(owner, "Enter a day", "Say why it can wait")
    owner.get_by_label("Until when should nobody be reminded of it?").fill("1/1/2090")
    owner.get_by_label("Why can it wait?").fill("Its provider is being asked")
    press(owner, "Put it off")
    see(owner, "the day it is due")
    stands_every_check(owner)
    due = re.search(r"up to (\d+ \w+ \d{4})", main(owner).inner_text())
    assert due is not None
    owner.get_by_label("Until when should nobody be reminded of it?").fill(due[1])
    press(owner, "Put it off")
    see_saved(owner, f"Nobody is reminded of it until {due[1]}")
    see(owner, "by Nerys Holloway-Finch: Its provider is being asked")
    main(owner).get_by_role("button", name=re.compile("Remind of it again")).first.click()
    see_saved(owner, "It is reminded of again")
    expect(main(owner)).not_to_contain_text("Its provider is being asked")


def test_a_figure_of_the_timeline_opens_its_list(lead: Page) -> None:
    lead.goto("/")
    follow(lead, "What ends, extends and must be decided in the whole council over three years")
    expect(heading(lead)).to_contain_text("Timeline")
    see(lead, "Contracts that end", "Options to extend", "Contracts whose future is to be decided", "Key decisions")
    lead.goto("/timeline?whose=all")
    row = main(lead).locator("#ends ~ figure").get_by_role("row").filter(has_text="contracts").nth(1)
    number = re.search(r"(\d+) contracts", row.inner_text())
    assert number is not None
    row.get_by_role("link").click()
    expect(heading(lead)).to_contain_text("Contracts that end")
    see(lead, f"{number[1]} contracts")


def test_without_a_mail_server_the_administrator_is_told_so(tab: OpenTab) -> None:
    administrator = tab("administrator")
    administrator.goto("/admin")
    see(administrator, "No mail server is set")
    press(administrator, "Send me a test message")
    expect(administrator.get_by_text("The test message was not sent")).to_be_visible()
    stands_every_check(administrator)
