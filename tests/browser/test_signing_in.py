"""Signing in as each of the demonstration's people, and seeing what that role may."""

import pytest
from playwright.sync_api import Page, expect

from app.accounts.demo import DEMO_PASSWORD
from tests.browser.conftest import OpenTab
from tests.browser.walking import heading, main, offered, press, see, sign_in

#: Person, the role the menu names, what the front page shows first, and whether four pages open.
PAGES = ("/contracts/new", "/import", "/annexes/2026-27/resources/choices", "/admin/people")
PEOPLE = [
    pytest.param("administrator", "administrator", "Administration", (0, 0, 0, 1), id="administrator"),
    pytest.param("procurement", "procurement lead", "What needs doing in the whole council", (1, 1, 1, 0), id="lead"),
    pytest.param(
        "commissioner.adults",
        "commissioner",
        "What needs doing in Adult Care and Health",
        (1, 0, 0, 0),
        id="commissioner",
    ),
    pytest.param("planner", "business planner", "Annexes for 2026-27", (0, 0, 1, 0), id="planner"),
    pytest.param("director", "corporate director", "Contracts of Place and Environment", (0, 0, 0, 0), id="director"),
    pytest.param(
        "member.adults",
        "committee member",
        "Coming for decision: Adult Care and Health Cabinet Committee",
        (0, 0, 0, 0),
        id="member",
    ),
    pytest.param("clerk", "clerk", "Meetings ahead", (0, 0, 0, 0), id="clerk"),
    pytest.param(
        "performance", "performance officer", "that end in the next four quarters", (0, 0, 0, 0), id="results"
    ),
    pytest.param("finance", "finance", "that end in the next four quarters", (0, 0, 0, 0), id="finance"),
    pytest.param("auditor", "auditor", "What changed lately", (0, 0, 0, 0), id="auditor"),
]


@pytest.mark.parametrize(("person", "role", "shown", "opened"), PEOPLE)
def test_each_role_sees_its_own_front_page_and_opens_what_it_may(
    page: Page, person: str, role: str, shown: str, opened: tuple[int, ...]
) -> None:
    sign_in(page, person)
    see(page, shown)
    menu = page.locator("details.app-person")
    menu.locator("summary").click()
    expect(menu).to_contain_text(f"Signed in as {role}")
    for path, opens in zip(PAGES, opened, strict=True):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == (200 if opens else 403), path
        if not opens:
            expect(heading(page)).to_have_text("You cannot open this page")
            see(page, "ask your council’s register administrator to change your roles")


def test_everybody_reads_the_same_menu(tab: OpenTab) -> None:
    page = tab("performance")
    page.goto("/")
    menu = page.get_by_role("navigation", name="Menu").get_by_role("link")
    assert menu.all_inner_texts() == [
        *("Home", "Contracts", "Services", "Providers", "Trading companies", "Social value"),
        *("Forthcoming", "Decisions", "Plans", "Annexes"),
    ]


def test_a_wrong_password_is_refused_without_saying_which_part_was_wrong(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill("director@wessmoor.example")
    page.get_by_label("Password").fill("not the lantern at all")
    press(page, "Sign in")
    expect(page).to_have_title("Error: Sign in – Wessmoor County Council contracts register")
    expect(page.locator(".govuk-error-summary")).to_be_focused()


def test_the_page_asked_for_opens_after_signing_in_and_signing_out_closes_it(page: Page) -> None:
    page.goto("/contracts?q=care")
    see(page, DEMO_PASSWORD, "finance@wessmoor.example")
    page.get_by_label("E-mail address").fill("finance@wessmoor.example")
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    press(page, "Sign in")
    page.wait_for_url("**/contracts?q=care")
    page.locator("details.app-person summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/contracts")
    expect(heading(page)).to_have_text("Sign in")


def test_a_commissioner_changes_only_what_is_in_their_own_directorate(tab: OpenTab) -> None:
    page = tab("commissioner.adults")
    page.goto("/contracts?q=Bus+44")
    main(page).get_by_role("link", name="Bus 44: hospital and colleges").click()
    expect(heading(page)).to_contain_text("Bus 44")
    expect(offered(page, "Extend")).to_have_count(0)
    refused = page.goto(f"{page.url}/edit/what")
    assert refused is not None
    assert refused.status == 403
