"""Other ways to use the pages: by keyboard alone, without scripts, on paper."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab
from tests.browser.walking import heading, main, press, see, see_saved, sign_in

#: Words of a PDF with where they end, as pdftotext -bbox writes them.
PAGE = re.compile(r'<page width="([\d.]+)"')
WORD = re.compile(r'xMax="([\d.]+)"[^>]*>([^<]*)</word>')


# By keyboard


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name"))


def test_the_first_key_offers_to_skip_to_the_content(lead: Page) -> None:
    lead.goto("/contracts")
    lead.keyboard.press("Tab")
    assert focused(lead) == "Skip to main content"
    lead.keyboard.press("Enter")
    expect(main(lead)).to_be_focused()
    lead.keyboard.press("Tab")
    assert focused(lead) == "Add a contract"


def test_the_whole_way_to_a_new_contract_needs_no_mouse_and_shows_where_one_is(lead: Page) -> None:
    lead.goto("/contracts/new")
    passed: list[str] = []
    for _ in range(60):
        lead.keyboard.press("Tab")
        passed.append(focused(lead))
        assert lead.evaluate(SHOWS_FOCUS), passed[-1]
        if passed[-1] == "Add it":
            break
    names = [one for one in passed if one in {"title", "reference", "starts_on", "awarded_end_on", "Add it"}]
    assert names == ["title", "reference", "starts_on", "awarded_end_on", "Add it"]


#: What has the focus looks different from when it has not: an outline, a shadow or a background.
SHOWS_FOCUS = """() => {
  const one = document.activeElement;
  const outlined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const marked = (style) => outlined(style) || style.boxShadow !== "none";
  const shows = (element) => element && marked(getComputedStyle(element));
  const label = one.labels && one.labels[0];
  return Boolean(shows(one) || (label && marked(getComputedStyle(label, "::before"))) || shows(one.closest("summary")));
}"""


def test_the_menu_of_the_person_opens_and_closes_by_keyboard(lead: Page) -> None:
    lead.goto("/")
    menu = lead.locator("details.app-person")
    menu.locator("summary").focus()
    lead.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Your account")).to_be_visible()
    lead.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Your account")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


# Without scripts


def test_signing_in_filtering_and_adding_a_contract_work_without_scripts(tab: OpenTab) -> None:
    page = tab(scripts=False)
    sign_in(page, "procurement")
    page.goto("/contracts")
    page.get_by_role("combobox", name="Directorate").select_option(label="Resources")
    press(page, "Apply filters")
    expect(page.get_by_role("link", name="Remove the filter Directorate: Resources")).to_be_visible()
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Contracts").click()
    main(page).get_by_text("Add a contract").click()
    page.get_by_label("What is it called?").fill("Clocks of the county hall")
    page.get_by_label("What form does it have?").select_option(label="Contract")
    page.get_by_label("Which part of the council answers for it?").select_option(label="Resources: Property")
    page.get_by_role("radio", name="Planned").check()
    page.get_by_role("radio", name="Over its whole life").check()
    page.get_by_label("Whole-life value").fill("72,500")
    press(page, "Add it")
    see_saved(page, "Clocks of the county hall is now in the register")
    see(page, "£72,500")


# On paper


@pytest.mark.parametrize(
    ("opened", "said"),
    [
        pytest.param("/contracts?q=Community+equipment", ["Key facts", "History", "Maximum value"], id="a contract"),
        pytest.param("/forthcoming", ["Activity and what it is for", "Who decides, and committee"], id="forthcoming"),
    ],
)
def test_a_page_prints_whole_with_no_column_cut(tab: OpenTab, tmp_path: Path, opened: str, said: list[str]) -> None:
    page = tab("member.place")
    page.goto(opened)
    if opened.startswith("/contracts"):
        page.locator("tbody th a").first.click()
        expect(heading(page)).to_contain_text("Community equipment")
    paper = tmp_path / "page.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True).stdout
    places = subprocess.run(["pdftotext", "-bbox", paper, "-"], capture_output=True, text=True, check=True).stdout
    flat = " ".join(text.split())
    for words in said:
        assert all(word in flat for word in words.split()), words
    assert "Search everything" not in flat
    sheets = places.split("<page ")[1:]
    assert sheets
    for sheet in sheets:
        width = float(re.match(r'width="([\d.]+)"', sheet).group(1))  # type: ignore[union-attr]
        cut = [word for edge, word in WORD.findall(sheet) if float(edge) > width]
        assert cut == []
