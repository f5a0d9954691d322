"""An agreement's results, review and status; a commitment from the council's list to a verified delivery."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.walking import follow, main, press, see, see_saved

LIST = """List,List version,Theme,Outcome,Measure code,Measure,Unit,Proxy value
Coastal measures,3,Jobs,Young people begin a trade,K1,Wardens trained,people,1200
"""


def answer(page: Page, **answers: str) -> None:
    """Fill in questions by their names; underscores stand for themselves."""
    for name, text in answers.items():
        page.locator(f"#{name}").fill(text)


def test_an_agreement_is_measured_reviewed_and_moved_on(lead: Page) -> None:
    lead.goto("/trading-companies")
    follow(lead, "Cleaning of offices and libraries")
    see(lead, "Under review", "Inspections passed: results over periods", "Four quarters of falling inspections")
    follow(lead, "Record a result")
    expect(lead.locator("#from_on")).to_have_value("1 July 2026")
    answer(lead, value="89")
    main(lead).get_by_role("radio", name="Met", exact=True).check()
    press(lead, "Save")
    see(lead, "The figures say “below”: say in the comment why it is “met”")
    main(lead).get_by_role("radio", name="Below", exact=True).check()
    press(lead, "Save")
    see_saved(lead, "The result is recorded: below")
    see(lead, "89 per cent")
    follow(lead, "Correct")
    answer(lead, value="90", reason="One library was counted twice")
    press(lead, "Save")
    see_saved(lead, "The result is corrected")
    see(lead, "Before its correction: 89 per cent, below. One library was counted twice")
    follow(lead, "Record a review")
    answer(lead, held_on="20 Nov 2026", held_by="Head of Property", found="The new schedule holds")
    press(lead, "Save")
    see_saved(lead, "The review is recorded")
    follow(lead, "Change its status")
    expect(main(lead).get_by_role("radio")).to_have_count(2)
    main(lead).get_by_role("radio", name="In place").check()
    answer(lead, on="21 Nov 2026", reason="The schedule is mended")
    press(lead, "Save")
    see_saved(lead, "The agreement is now in place")


def test_a_review_is_recorded_by_keyboard_alone(lead: Page) -> None:
    lead.goto("/trading-companies")
    follow(lead, "Digital and technology service")
    follow(lead, "Record a review")
    lead.locator("#held_on").focus()
    for words in ("18 Nov 2026", "Head of Digital", "Callers wait less", "Two more posts", "18 May 2027"):
        lead.keyboard.type(words)
        lead.keyboard.press("Tab")
    lead.keyboard.press("Enter")
    see_saved(lead, "The review is recorded")
    see(lead, "Callers wait less", "To be reviewed by 18 May 2027")


def test_a_list_is_loaded_and_a_commitment_counts_by_it(lead: Page, tmp_path: Path) -> None:
    file = tmp_path / "coastal.csv"
    file.write_text(LIST, encoding="utf-8")
    lead.goto("/social-value/measures")
    follow(lead, "Load a list from a file")
    lead.locator("#file").set_input_files(file)
    press(lead, "Read the file")
    see(lead, "Check the measures before they are stored", "Wardens trained", "Created")
    press(lead, "Store the measures")
    see_saved(lead, "1 measure made")
    lead.goto("/social-value/new")
    lead.get_by_label("Which directorate's own commitment is it?").select_option(label="Place and Environment")
    lead.locator("#measure_id").select_option(label="K1: Wardens trained (people), Coastal measures, 3")
    answer(lead, text="Young wardens of the coast", target="10", from_on="1 Apr 2025", due_on="31 Mar 2028")
    press(lead, "Save")
    see_saved(lead, "The commitment is now in the register")
    see(lead, "£1,200", "£12,000", "Frozen on", "It is no money that anybody pays")
    follow(lead, "Add an interim target")
    answer(lead, due_on="30 Sep 2026", interim_targets="4")
    press(lead, "Save")
    see(lead, "4 people expected by today")
    follow(lead, "Claim a delivery")
    see(lead, "Nothing is counted twice")
    answer(lead, quantity="3", delivered_on="1 Sep 2026", evidence="Certificates")
    press(lead, "Claim")
    follow(lead, "Verify or send back")
    main(lead).get_by_role("radio", name="Yes, verify it").check()
    lead.locator("#evidence").fill("Certificates seen")
    press(lead, "Save")
    see_saved(lead, "The delivery is verified")
    see(lead, "At risk", "3 of 10 verified; 4 was due by 30 September 2026", "£3,600")
    lead.goto("/social-value?q=wardens")
    see(lead, "Proxy value by theme: Coastal measures, 3")
