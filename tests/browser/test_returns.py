"""A planner opens a round, a commissioner answers and sends, the director sends back and signs off."""

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab
from tests.browser.walking import follow, heading, main, press, see, see_saved, stands_every_check, take

PARTS = range(1, 6)


def open_round(planner: Page) -> None:
    planner.goto("/plans")
    follow(planner, "Open a planning round")
    main(planner).get_by_label("Which plan year is it for?").select_option("2028-29")
    planner.locator("#returns_due_on").fill("14 Jan 2028")
    main(planner).get_by_role("checkbox", name="Highways and Transport, Place and Environment").check()
    planner.locator("#approved_by").fill("Policy and Resources Cabinet Committee")
    press(planner, "Open the round")
    see_saved(planner, "The round is open.")
    see(planner, "Returns are due on 14 January 2028", "to be made")


def answer(maker: Page, annex: int, words: str) -> None:
    """By keyboard alone: the answer is chosen with the arrows, and sent from the note."""
    maker.locator(f"#annex-{annex}").locator("xpath=..").get_by_role("link").focus()
    maker.keyboard.press("Enter")
    main(maker).get_by_role("radio", name=words, exact=True).focus()
    maker.keyboard.press("Space")
    maker.keyboard.press("Tab")
    maker.keyboard.type("As last year")
    maker.keyboard.press("Tab")
    maker.keyboard.press("Enter")


def test_a_return_goes_from_the_planner_to_the_directors_signature(tab: OpenTab) -> None:
    planner, maker, director = tab("planner"), tab("commissioner.highways"), tab("director")
    open_round(planner)
    maker.goto("/plans/2028-29")
    follow(maker, "Highways and Transport")
    expect(heading(maker)).to_have_text("Business plan 2028-29 Return of Highways and Transport")
    see(maker, "It is due on 14 January 2028", "Not answered")
    services = main(maker).get_by_role("link", name=re.compile(r"^\d+ services$"))
    held, listed = services.inner_text(), services.get_attribute("href") or ""
    answer(maker, 1, "Nil")
    see(maker, f"The register holds {held}: answer “complete”, or take out")
    main(maker).get_by_role("radio", name="Complete", exact=True).check()
    press(maker, "Save the answer")
    see_saved(maker, "Annex 1 is answered: complete.")
    for annex in PARTS[1:]:
        answer(maker, annex, "Nil" if annex == 4 else "Complete")
        see_saved(maker, f"Annex {annex} is answered")
    follow(maker, "Send to the director")
    press(maker, "Send")
    see(maker, "still missing: mend what you can, or say why")
    maker.locator("#reason").fill("Two schemes wait for the capital programme")
    press(maker, "Send")
    see_saved(maker, "The return is sent to the director.")

    director.goto(maker.url)
    see(director, "Although something was missing: Two schemes wait for the capital programme")
    follow(director, "Send back")
    director.locator("#reason").fill("Name the bridges in Annex 3")
    press(director, "Send back")
    see_saved(director, "The return is sent back.")
    maker.reload()
    see(maker, "Sent back: Name the bridges in Annex 3", "Every part is answered: send it to the director")
    follow(maker, "Send to the director")
    maker.locator("#reason").fill("They are named")
    press(maker, "Send")
    director.reload()
    follow(director, "Sign off")
    see(director, "How the register stands now is kept beside each answer")
    press(director, "Sign off")
    see_saved(director, "The return is signed off.")
    see(director, "Honor Quillfeather", f"At the sign-off: {held}")
    director.goto(listed)
    see(director, held)


def test_what_is_missing_is_chased_and_taken_out(tab: OpenTab, tmp_path: Path) -> None:
    planner = tab("planner")
    planner.goto("/plans/2027-28?late=yes")
    follow(planner, "Children and Learning")
    see(planner, "To be made, late", "Mend what is missing, then answer what is not answered")
    file = take(planner, main(planner).get_by_role("link", name="Download what is missing (CSV)"), tmp_path)
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    see(planner, f"{len(rows)} things missing in all")
    number = main(planner).get_by_role("link", name="decisions the register proposes are not answered").inner_text()
    follow(planner, "decisions the register proposes are not answered")
    expect(heading(planner)).to_contain_text(number)
    planner.go_back()
    follow(planner, "Chase")
    letter = planner.get_by_label("The letter, ready to copy")
    expect(letter).to_have_value(re.compile("The return of Children and Learning for the business plan 2027-28 was"))
    see(planner, "Kofi Brackenridge")
    planner.locator("#otherwise").fill("on the telephone")
    press(planner, "Chase and record it")
    see_saved(planner, "Recorded: Kofi Brackenridge asked on the telephone.")
    see(planner, "On the telephone")


def test_the_page_a_director_signs_stands_every_check(tab: OpenTab) -> None:
    director = tab("director")
    director.goto("/plans/2027-28/returns/4")
    stands_every_check(director)
