"""Finding one's way in the register: searching, filtering, sorting, turning pages, taking lists out, reading."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import OpenTab
from tests.browser.walking import fits, follow, heading, main, press, see, take

LISTS = [
    pytest.param("contracts", "care", "Directorate", "Adult Care and Health", id="contracts"),
    pytest.param("services", "care", "Directorate", "Adult Care and Health", id="services"),
    pytest.param("providers", "ltd", "Kind", "Private company", id="providers"),
]


def counted(page: Page) -> int:
    """The number the heading gives, as in "1,204 contracts, £312.4m current value"."""
    return int(page.locator(".app-counts").inner_text().split()[0].replace(",", ""))


@pytest.mark.parametrize(("path", "words", "filter_name", "choice"), LISTS)
def test_a_list_is_searched_filtered_and_taken_out_as_it_stands(
    lead: Page, tmp_path: Path, path: str, words: str, filter_name: str, choice: str
) -> None:
    lead.goto(f"/{path}")
    everything = counted(lead)
    panel = lead.locator("details[data-filter]")
    panel.get_by_role("searchbox").fill(words)
    panel.get_by_role("combobox", name=filter_name).select_option(label=choice)
    panel.get_by_role("button", name="Apply filters").click()
    found = counted(lead)
    assert 0 < found < everything

    sheet = CalamineWorkbook.from_path(take(lead, lead.get_by_role("link", name="Excel"), tmp_path))
    text = take(lead, lead.get_by_role("link", name="CSV"), tmp_path).read_text(encoding="utf-8-sig")
    lines = list(csv.reader(text.splitlines()))
    assert len(lines) == found + 1
    assert sheet.get_sheet_by_index(0).to_python(skip_empty_area=True)[0] == lines[0]

    lead.get_by_role("link", name=f"Remove the filter {filter_name}: {choice}").click()
    assert found <= counted(lead) < everything
    expect(lead.get_by_role("link", name="Remove the filter")).to_have_count(1)
    lead.get_by_role("link", name="Clear all filters").click()
    assert counted(lead) == everything


def test_a_list_is_sorted_by_keyboard_and_says_which_way(lead: Page) -> None:
    lead.goto("/contracts")
    header = lead.get_by_role("columnheader", name="Contract", exact=True)
    expect(header).to_have_attribute("aria-sort", "ascending")
    first = lead.locator("tbody th a").first.inner_text()
    header.get_by_role("link").focus()
    lead.keyboard.press("Enter")
    lead.wait_for_url("**sort=-title**")
    expect(header).to_have_attribute("aria-sort", "descending")
    assert lead.locator("tbody th a").first.inner_text() > first


def test_pages_are_turned_and_the_address_can_be_sent_to_somebody_else(lead: Page, tab: OpenTab) -> None:
    lead.goto("/contracts")
    first = lead.locator("tbody th a").first.inner_text()
    lead.get_by_role("link", name="Next page").click()
    lead.wait_for_url("**page=2**")
    second = lead.locator("tbody th a").first.inner_text()
    assert second != first
    other = tab("finance")
    other.goto(lead.url)
    assert other.locator("tbody th a").first.inner_text() == second


def test_a_mistake_in_a_filter_is_said_and_led_to(lead: Page) -> None:
    lead.goto("/contracts")
    lead.get_by_label("Ends on or after").fill("when it suits")
    press(lead, "Apply filters")
    summary = lead.get_by_role("alert")
    expect(summary).to_contain_text("There is a problem")
    summary.get_by_role("link").first.click()
    expect(lead.get_by_label("Ends on or after")).to_be_focused()


def test_nothing_found_says_what_to_do(lead: Page) -> None:
    lead.goto("/contracts?q=zeppelins")
    see(lead, "No contracts match these filters")


def test_a_contract_reads_well_on_a_phone(tab: OpenTab) -> None:
    page = tab("member.place", phone=True)
    page.goto("/contracts")
    expect(page.locator("details[data-filter]")).not_to_have_attribute("open", "")
    page.locator("details[data-filter] summary").click()
    page.get_by_role("searchbox", name="Title, reference").fill("recycling")
    press(page, "Apply filters")
    page.locator("tbody th a").first.click()
    for words in ("What happens next", "Key facts", "Values and term", "Providers", "History"):
        expect(main(page).get_by_role("heading", name=words, exact=True)).to_be_visible()
    fits(page)


def test_one_box_finds_services_providers_and_contracts(lead: Page) -> None:
    lead.goto("/")
    lead.get_by_role("searchbox", name="Search everything").fill("recycling")
    lead.keyboard.press("Enter")
    lead.wait_for_url("**/search?q=recycling")
    see(lead, "contracts")
    follow(lead, "Household waste recycling centres")
    expect(heading(lead)).to_contain_text("Household waste recycling centres")


def test_a_service_leads_to_its_contracts_and_a_contract_to_its_provider(lead: Page) -> None:
    lead.goto("/services?q=residential")
    follow(lead, "Residential and nursing care for older people")
    see(lead, "Contracts, running or to come")
    follow(lead, "Residential and nursing places: Alderholt House")
    follow(lead, "Alderholt Care Homes Ltd")
    expect(heading(lead)).to_contain_text("Alderholt Care Homes Ltd")
    see(lead, "Residential and nursing places: Alderholt House")
