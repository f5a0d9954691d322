"""Single sign-on through a real service's own page, and a value put back from the history."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import StorageState, expect

from tests.browser.conftest import OpenTab
from tests.browser.walking import follow, heading, press, see, see_saved, stands_every_check
from tests.sign_in_services import Provider, a_real_provider


@pytest.fixture
def provider(served_app: Flask, served: str, signed_in_as: Callable[[str], StorageState]) -> Iterator[Provider]:
    """A real service in a process of its own, set up for the app while the test lasts."""
    signed_in_as("administrator")  # with a password, before there is another way
    before = served_app.extensions["settings"]
    with a_real_provider() as running:
        served_app.extensions["settings"] = replace(before, base_url=served, single_sign_on=running.settings)
        yield running
    served_app.extensions["settings"] = before


def test_somebody_signs_in_through_the_council_s_own_service_and_out_again(tab: OpenTab, provider: Provider) -> None:
    provider.knows("u-finance", email="finance@wessmoor.example", email_verified=True)
    page = tab()
    page.goto("/contracts?q=care")
    follow(page, "Sign in with your Wold account")
    page.get_by_placeholder("sub").fill("u-finance")
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url("**/contracts?q=care")
    page.locator("details.app-person summary").click()
    page.get_by_role("button", name="Sign out").click()
    see(page, "You are still signed in to your council account")
    stands_every_check(page)

    provider.knows("u-stranger", email="stranger@elsewhere.example", email_verified=True)
    follow(page, "Sign in with your Wold account")
    page.get_by_placeholder("sub").fill("u-stranger")
    page.get_by_role("button", name="Authorize").click()
    expect(page.get_by_role("region", name="Please note")).to_contain_text("has no account in the register")

    administrator = tab("administrator")
    administrator.goto("/admin")
    stands_every_check(administrator)
    follow(administrator, "Sign-ins")
    see(administrator, "stranger@elsewhere.example", "Refused", "Single sign-on")
    administrator.goto("/admin/people?q=finance")
    administrator.locator("tbody th a").first.click()
    see(administrator, "u-finance")
    press(administrator, "Unbind this sign-in")
    see_saved(administrator, "unbound")


def test_a_value_is_put_back_from_the_history_by_keyboard(tab: OpenTab) -> None:
    lead = tab("procurement")
    lead.goto("/contracts?q=Bus+44")
    follow(lead, "Bus 44: hospital and colleges")
    record = lead.url
    lead.goto(f"{record}/edit/what")
    lead.get_by_label("What is it called?").fill("Bus 45: hospital and colleges")
    press(lead, "Save")
    follow(lead, "All changes, to take out or put back")
    expect(heading(lead)).to_contain_text("All changes")
    put_back = lead.get_by_role("link", name="Put back Title: Bus 44: hospital and colleges").first
    put_back.focus()
    lead.keyboard.press("Enter")
    lead.get_by_label("Why is it put back?").fill("It is the 44 after all")
    stands_every_check(lead)
    lead.keyboard.press("Tab")
    lead.get_by_role("button", name="Put it back").press("Enter")
    lead.wait_for_url(record)
    see_saved(lead, "Bus 44: hospital and colleges")

    auditor = tab("auditor")
    auditor.goto("/history?q=44+after+all")
    see(auditor, "Put back from the history: It is the 44 after all", "Bus 45: hospital and colleges")
