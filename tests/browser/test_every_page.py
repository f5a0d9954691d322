"""Every page a person can reach stands the same checks, on a wide screen and on a phone."""

import json
import zlib
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, StorageState

from tests.browser.conftest import OpenTab
from tests.browser.crawling import crawl_of
from tests.browser.walking import stands_every_check
from tests.databases import Databases

#: The pages are dealt out, so that they are looked at side by side.
PARTS = 4
#: Whose homes differ, and who may go where the lead may not.
OTHERS = ("administrator", "clerk", "member.place", "director", "commissioner.adults", "auditor")


@pytest.fixture(scope="session")
def every_page(
    served_app: Flask, databases: Databases, signed_in_as: Callable[[str], StorageState]
) -> list[tuple[str, str]]:
    """Whose page, and its address: found once for all workers, whose demo councils are alike."""

    def crawl() -> str:
        return crawl_of(served_app, signed_in_as("procurement"), {person: signed_in_as(person) for person in OTHERS})

    return [(person, address) for person, address in json.loads(databases.once("every_page", crawl))]


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_and_fits_a_screen_and_a_phone(
    tab: OpenTab, every_page: list[tuple[str, str]], part: int
) -> None:
    assert len(every_page) > 200, "the walk stopped early"
    assert ("administrator", "/admin/people") in every_page
    tabs: dict[str, Page] = {}
    for person, address in every_page:
        if zlib.crc32(address.encode()) % PARTS == part:
            if person not in tabs:
                tabs[person] = tab(person)
            tabs[person].goto(address)
            stands_every_check(tabs[person])
