"""A quarter's register: looked at, a field withheld by keyboard, published, read by everybody; a request answered."""

from pathlib import Path

from playwright.sync_api import Page, expect

from app.core import clock
from app.core.dates import add_months, day
from app.publication.rules.periods import latest_ended
from tests.browser.conftest import OpenTab
from tests.browser.walking import DESKTOP, fits, follow, heading, press, see, see_saved, stands_every_check, take

PERIOD = latest_ended(clock.today())


def test_a_field_is_withheld_and_the_quarter_published_for_everybody(tab: OpenTab, tmp_path: Path) -> None:
    lead = tab("procurement")
    lead.goto("/")
    follow(lead, f"Contracts, {PERIOD.words}")
    expect(heading(lead)).to_contain_text(PERIOD.words)
    see(lead, "What is missing", "Every record of the register")
    rows = lead.locator(f'a[href="/publication/{PERIOD.key}/list/rows"]').first
    number = rows.inner_text().split("\n")[0].strip()
    rows.click()
    see(lead, f"{number} records")

    lead.goto("/contracts?q=Bus+44")
    follow(lead, "Bus 44: hospital and colleges")
    follow(lead, "What is published of this contract")
    withhold = lead.locator('a[href$="field=ContractValue"]')
    withhold.focus()
    lead.keyboard.press("Enter")
    lead.get_by_label("Freedom of Information Act 2000, section 43(2)").press("Space")
    lead.get_by_label("Why?").fill("The next tender is out")
    lead.get_by_label("Who decided it?").fill("Head of Strategic Procurement")
    lead.get_by_label("When is it looked at again?").fill(day(add_months(clock.today(), 6)))
    press(lead, "Withhold it")
    expect(lead.get_by_role("alert")).to_contain_text("say how")
    stands_every_check(lead)
    lead.get_by_label("How was the public interest weighed?").fill("Openness against the price of the next contract")
    lead.get_by_role("button", name="Withhold it").press("Enter")
    see_saved(lead, "withheld from the next file on")
    see(lead, "REDACTED COMMERCIAL CONFIDENTIALITY")
    stands_every_check(lead)

    lead.goto(f"/publication/{PERIOD.key}")
    follow(lead, "Publish it")
    lead.get_by_label("Publish it with what is missing").check()
    press(lead, "Publish")
    see_saved(lead, "is published")

    read_by_everybody(tab(), tmp_path)


def read_by_everybody(everybody: Page, tmp_path: Path) -> None:
    everybody.goto("/published")
    stands_every_check(everybody)
    everybody.set_viewport_size(DESKTOP)
    follow(everybody, PERIOD.words)
    see(everybody, "Open Government Licence v3.0", "net of recoverable VAT")
    everybody.get_by_label("Any words in a row").fill("bus 44")
    everybody.get_by_role("button", name="Search").press("Enter")
    see(everybody, "Bus 44: hospital and colleges", "REDACTED COMMERCIAL CONFIDENTIALITY")
    fits(everybody)
    file = take(everybody, everybody.get_by_role("link", name="LGA template, 40-column numbering, CSV"), tmp_path)
    assert "REDACTED COMMERCIAL CONFIDENTIALITY" in file.read_text(encoding="utf-8-sig")


def test_a_request_for_the_register_is_answered_and_kept(tab: OpenTab, tmp_path: Path) -> None:
    lead = tab("procurement")
    lead.goto("/publication/foi")
    follow(lead, "Make an answer")
    lead.get_by_label("What is the request’s reference?").fill("FOI 900")
    press(lead, "Make the answer")
    expect(lead.get_by_role("alert")).to_contain_text("Enter the day it was received")
    stands_every_check(lead)
    lead.get_by_label("When was it received?").fill(day(clock.today()))
    press(lead, "Make the answer")
    see_saved(lead, "The answer to FOI 900 is made")
    see(lead, "The twentieth working day after it was received")
    stands_every_check(lead)
    letter = take(lead, lead.get_by_role("link", name="Covering words, Word"), tmp_path)
    assert letter.read_bytes().startswith(b"PK")
    follow(lead, "Mark it as sent")
    press(lead, "Mark as sent")
    see_saved(lead, "marked as sent")
