"""Recording what was spent, bringing in a spend file, a result of an indicator, and a document."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab
from tests.browser.test_keeping_contracts import add_contract
from tests.browser.walking import follow, heading, main, press, see, see_saved


def test_a_year_s_spend_is_entered_and_the_page_says_what_is_left(lead: Page) -> None:
    record = add_contract(lead, "Weighbridge at the transfer station")
    see(lead, "No spend is recorded")
    lead.goto(f"{record}/spend")
    follow(lead, "Enter a year’s spend")
    press(lead, "Save")
    expect(lead.locator(".govuk-error-summary")).to_contain_text("Enter an amount in pounds")
    lead.get_by_label("For which financial year?").select_option(label="2025-26")
    lead.get_by_label("How much was spent?").fill("1.3m")
    lead.get_by_label("On which day was the last payment in this figure?").fill("31/3/2026")
    lead.get_by_label("Where does the figure come from?").fill("The ledger")
    lead.get_by_label("Where does the figure come from?").press("Enter")
    see_saved(lead, "£1,300,000 is recorded as spent in 2025-26")
    see(lead, "Spent beyond its value", "£100,000 beyond it", "−£100,000", "2025-26")
    lead.goto(record)
    see(lead, "Spent beyond its value", "Remaining of the current value")


def test_a_spend_file_is_checked_taken_in_and_undone(lead: Page, tmp_path: Path) -> None:
    record = add_contract(lead, "Mooring chains for the ferry")
    lead.goto(f"{record}/edit/what")
    lead.get_by_label("What is its reference?").fill("WCC/CHAIN/1")
    press(lead, "Save")
    see_saved(lead, "are saved")
    path = tmp_path / "over-500.csv"
    path.write_text(
        "ContractRef,PaymentDate,NetAmount\nwcc/chain/1,3/4/2025,700\nWCC/CHAIN/1,5/5/2025,250.50\n,6/5/2025,9\n"
    )
    lead.goto("/import")
    follow(lead, "Bring in a spend file")
    lead.get_by_label("Which file holds the payments?").set_input_files(path)
    press(lead, "Read the file")
    see(lead, "nothing is stored yet", "Mooring chains for the ferry", "£950.50", "Held, no contract reference")
    with lead.expect_download() as held:
        lead.get_by_role("link", name="CSV").click()
    assert "no contract reference" in held.value.path().read_text(encoding="utf-8-sig")
    press(lead, "Take it in")
    see_saved(lead, "1 figure of a contract's year is stored")
    imported = lead.url
    lead.goto(f"{record}/spend")
    see(lead, "£950.50", "over-500.csv")
    lead.goto(imported)
    press(lead, "Undo this spend file")
    see_saved(lead, "The spend file is undone: 1 figure put back as before")
    lead.goto(f"{record}/spend")
    see(lead, "No spend is recorded")


def test_a_result_is_rated_as_the_target_suggests(lead: Page, tab: OpenTab) -> None:
    record = add_contract(lead, "Lift maintenance at the ferry")
    lead.goto(f"{record}/performance")
    follow(lead, "Set an indicator")
    lead.get_by_label("What is the indicator called?").fill("Lifts working")
    lead.get_by_label("What is the target?").fill("95")
    lead.get_by_label("In what unit?").fill("per cent")
    press(lead, "Save")
    see_saved(lead, "The indicator is set")
    follow(lead, "Record a result")
    lead.get_by_label("What was the result?").fill("88")
    press(lead, "Save")
    see(lead, "Against the target this is “requires improvement”")
    expect(lead.get_by_role("radio", name="Requires improvement")).to_be_checked()
    press(lead, "Save")
    see_saved(lead, "is recorded, rated “requires improvement”")
    expect(heading(lead)).to_contain_text("Lifts working")
    phone = tab("procurement", phone=True)
    phone.goto(f"{record}/performance")
    see(phone, "Lifts working", "Requires improvement")


def test_a_document_is_filed_and_comes_back_as_a_file(lead: Page, tmp_path: Path) -> None:
    record = add_contract(lead, "Painting of the footbridges")
    path = tmp_path / "specification.pdf"
    path.write_bytes(b"%PDF-1.7 three coats of paint")
    page = tmp_path / "page.pdf"
    page.write_text("<html><script>document.title = 1</script>")
    lead.goto(f"{record}/documents/new")
    lead.get_by_label("What is it called?").fill("Three coats")
    lead.get_by_role("radio", name="Specification").check()
    lead.get_by_label("Or which file is it?").set_input_files(page)
    press(lead, "File")
    see(lead, "is not a PDF file that can be filed")
    lead.get_by_label("Or which file is it?").set_input_files(path)
    press(lead, "File")
    see_saved(lead, "“Three coats” is filed")
    with lead.expect_download() as download:
        main(lead).get_by_role("link", name="specification.pdf").click()
    assert download.value.path().read_bytes() == path.read_bytes()
    lead.goto(record)
    lead.get_by_role("link", name=re.compile("Three coats")).focus()
    lead.keyboard.press("Enter")
    expect(heading(lead)).to_contain_text("Three coats")
