"""What the walks share: signing in, taking a file out, and the checks every page must stand."""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, ViewportSize, expect

from app.accounts.demo import DEMO_PASSWORD

DESKTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=780)

#: The names of what runs off the page to the right, where nothing of its own scrolls.
RUNS_OFF = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const clipped = (one) => one && one !== document.body
    && (getComputedStyle(one).overflowX !== "visible" || clipped(one.parentElement));
  const off = [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > width + 1 && !clipped(one.parentElement))
    .map((one) => `${one.tagName.toLowerCase()}.${one.className} ${one.textContent.trim().slice(0, 40)}`);
  return off.length ? off : ["something unseen"];
}"""


def sign_in(page: Page, person: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(f"{person}@wessmoor.example")
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("/")


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def see(page: Page, *words: str) -> None:
    """The main part of the page says each of these."""
    for said in words:
        expect(main(page)).to_contain_text(said)


def see_saved(page: Page, words: str) -> None:
    """The page confirms what changed."""
    expect(page.get_by_role("alert").filter(has_text="Done")).to_contain_text(words)


def press(page: Page, words: str) -> None:
    main(page).get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    """Click a link, drawn as one or as a button."""
    offered(page, words).first.click()


def offered(page: Page, words: str) -> Locator:
    """The links of these words on the page, drawn as links or as buttons."""
    return main(page).locator("a", has_text=words)


def take(page: Page, link: Locator, folder: Path) -> Path:
    """Download what the link offers, into the folder, by its own name."""
    with page.expect_download() as coming:
        link.click()
    taken = folder / coming.value.suggested_filename
    coming.value.save_as(taken)
    return taken


def fits(page: Page) -> None:
    """Nothing scrolls sideways but a table in its own region."""
    assert page.evaluate(RUNS_OFF) == [], page.url


#: The rest of a long table is as its first rows are: looking at each of them takes seconds and finds nothing new.
SHORTEN_TABLES = "document.querySelectorAll('tbody tr:nth-of-type(n+9)').forEach((row) => row.remove())"


#: Colours and their grounds, each by the classes of an element and of what it stands in.
COLOURS = """() => {
  const styled = (one) => `${one.tagName}.${one.getAttribute("class")}.${one.getAttribute("style")}`;
  const all = [...document.querySelectorAll("body *")];
  return [...new Set(all.map((one) => `${styled(one)} in ${styled(one.parentElement)}`))];
}"""
#: What is to be seen now, and what is to be seen that was not when this was last asked.
SEEN_ANEW = """() => {
  const before = window.seenBefore;
  window.seenBefore = new Set([...document.querySelectorAll("body *")].filter((one) => one.checkVisibility()));
  return before ? [...window.seenBefore].filter((one) => !before.has(one)).map((one) => one.outerHTML) : [];
}"""
#: What hangs on where things stand, rather than on what they are.
OF_PLACES: dict[str, object] = {"runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}}
WITHOUT_COLOURS: dict[str, object] = {"rules": {"color-contrast": {"enabled": False}}}
#: Looked at on a page before.
_colours, _on_phones = set[str](), set[str]()


def is_accessible(page: Page, options: dict[str, object] | None = None) -> None:
    """Axe finds nothing against WCAG 2.2 AA, nor against its own good practice."""
    is_here = page.evaluate("typeof axe !== 'undefined'")  # half a megabyte: sent to a page once
    axe = Axe(axe_script="" if is_here else AXE_SCRIPT)
    results = axe.run(page, options={"resultTypes": ["violations"], **(options or {})})
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"


def stands_every_check(page: Page) -> None:
    """The page as it stands fits and is accessible, on a wide screen and on a phone.

    Colours are looked at where an element stands in another as on no page before; on a phone, what only a phone shows.
    """
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        fits(page)
    page.evaluate(SHORTEN_TABLES)
    colours = set(page.evaluate(COLOURS))
    is_accessible(page, WITHOUT_COLOURS if colours <= _colours else None)
    _colours.update(colours)
    page.evaluate(SEEN_ANEW)
    page.set_viewport_size(PHONE)
    shown = set(page.evaluate(SEEN_ANEW))
    is_accessible(page, OF_PLACES if shown <= _on_phones else WITHOUT_COLOURS)
    _on_phones.update(shown)
