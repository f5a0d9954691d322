"""Every main page with the Tab key alone: all is reached, in order, and always seen."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab
from tests.browser.walking import SHORTEN_TABLES

PAGES = {
    "": ("/sign-in", "/published"),
    "procurement": (
        *("/", "/contracts", "/contracts/1", "/contracts/1/extend", "/contracts/new", "/to-do", "/timeline"),
        *("/services", "/providers", "/trading-companies", "/social-value", "/forthcoming", "/decisions"),
        *("/plans", "/annexes", "/publication", "/search?q=care", "/import", "/account"),
    ),
    "clerk": ("/", "/forward-plan", "/meetings", "/notices"),
    "member.place": ("/", "/my-committees"),
    "administrator": ("/admin", "/admin/people"),
}

#: Before the page's own scripts: what listens to the mouse, and is nothing one can press.
NOTE_MOUSE_HANDLERS = """
window.mouseOnly = [];
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (kind, ...more) {
  const presses = /^(click|dblclick|mouse|pointer)/.test(kind);
  const known = "a, button, summary, input, select, textarea, [data-module^=govuk]";
  if (presses && this instanceof Element && !this.matches(known)) window.mouseOnly.push(`${kind} on ${this.outerHTML}`);
  return listen.call(this, kind, ...more);
};
"""

#: Numbers what can be pressed or written in, as it stands in the page; of a group of radios, the one that Tab comes to.
NUMBER_STOPS = """() => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length;
  const chosen = (one) => document.querySelector(`input[type=radio][name="${CSS.escape(one.name)}"]:checked`)
    || document.querySelector(`input[type=radio][name="${CSS.escape(one.name)}"]`);
  const stops = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1'])",
  )].filter((one) => shown(one) && !one.disabled && (one.type !== "radio" || one === chosen(one)));
  stops.forEach((one, number) => { one.dataset.stop = number; });
  document.activeElement?.blur();
  window.getSelection().removeAllRanges();
  return stops.map((one) => one.outerHTML.slice(0, 160));
}"""

#: The number of the stop that has the focus, and what is wrong with how it looks.
LOOK_AT_FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const drawn = [[one, ""], ...[...(one.labels || [])].map((label) => [label, "::before"])]
    .map(([part, pseudo]) => getComputedStyle(part, pseudo || null));
  const outlined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
    && !/^rgba.*, 0\\)$/.test(style.outlineColor);
  const marked = drawn.some((style) => outlined(style) || style.boxShadow !== "none");
  const box = one.getClientRects()[0];
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  const seen = top && (one.contains(top) || top.contains(one) || top.closest("label")?.control === one);
  const wrong = [marked ? "" : "is not marked", seen ? "" : "is covered or off the screen"].filter(Boolean);
  return { stop: Number(one.dataset.stop ?? -1), wrong: wrong.join(", "), what: one.outerHTML.slice(0, 160) };
}"""


def tab_through(page: Page, most: int) -> list[tuple[int, str]]:
    """The stops the Tab key comes to, from the first to the last, and what is wrong with each."""
    stops: list[tuple[int, str]] = []
    for _ in range(most + 30):  # a table that scrolls is a stop by itself
        page.keyboard.press("Tab")
        here = page.evaluate(LOOK_AT_FOCUS)
        if here is None or (stops and here["stop"] == stops[0][0]):
            break
        stops.append((here["stop"], here["wrong"] and f"{page.url}: {here['what']} {here['wrong']}"))
    return [stop for stop in stops if stop[0] >= 0]


@pytest.mark.parametrize(("person", "address"), [(person, one) for person, pages in PAGES.items() for one in pages])
def test_every_main_page_is_gone_through_with_the_tab_key_alone(tab: OpenTab, person: str, address: str) -> None:
    page = tab(person)
    page.add_init_script(NOTE_MOUSE_HANDLERS)
    page.goto(address)
    page.evaluate(SHORTEN_TABLES)
    wanted = page.evaluate(NUMBER_STOPS)
    assert len(wanted) > 4, f"{address} has nothing on it"
    came_to = tab_through(page, len(wanted))
    assert [wrong for _, wrong in came_to if wrong] == []
    missed = [wanted[number] for number in range(len(wanted)) if number not in dict(came_to)]
    assert missed == [], f"the Tab key does not come to these of {address}"
    assert [number for number, _ in came_to] == list(range(len(wanted))), f"{address} is gone through out of order"
    assert page.evaluate("window.mouseOnly") == [], f"{address} needs a mouse"
    assert page.locator("[tabindex]:not([tabindex='0']):not([tabindex='-1'])").count() == 0
    assert page.locator("[onclick], [onmousedown], [onmouseover]").count() == 0


def test_the_skip_link_comes_first_and_leads_past_the_menu(lead: Page) -> None:
    lead.goto("/contracts")
    lead.keyboard.press("Tab")
    skip = lead.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    lead.keyboard.press("Enter")
    lead.keyboard.press("Tab")
    assert lead.evaluate("document.querySelector('main').contains(document.activeElement)")
