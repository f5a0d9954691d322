"""Every page a person can reach stands the same checks, on a wide screen and on a phone."""

import re
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from flask import Flask
from playwright.sync_api import APIRequestContext, Browser, StorageState
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.browser.conftest import OpenTab
from tests.browser.walking import stands_every_check

#: The pages are dealt out, so that they are looked at side by side.
PARTS = 3
#: Pages look the same whichever record these name.
NAMES_OF_RECORDS = re.compile(r"_id$|\.(number|slug|year)$|setting\w*\.name$")
#: What is taken out, rather than looked at.
FILES = re.compile(r"file$|download|static$|template$|problems$")

#: The view, and what in its address makes it another page: one contract's is like another's, each section is its own.
Kind = tuple[str, tuple[str, ...]]


def kind_of(app: Flask, path: str) -> Kind | None:
    """What an address opens; nothing where it is no page of ours, or a file."""
    try:
        endpoint, values = app.url_map.bind("register").match(path)
    except (HTTPException, RequestRedirect):
        return None
    if FILES.search(endpoint):
        return None
    told = {f"{endpoint}.{name}": str(one) for name, one in values.items()}
    return endpoint, tuple(one for name, one in told.items() if not NAMES_OF_RECORDS.search(name))


def without_arguments(app: Flask, below: str) -> list[str]:
    rules = [rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ())]
    return sorted(rule.rule for rule in rules if rule.rule.startswith(below))


def reached(app: Flask, asking: APIRequestContext, below: str) -> Iterator[tuple[Kind, str]]:
    """The address of one page of each kind: those without arguments, and all that links lead to from there."""
    seen: set[Kind] = set()
    waiting = deque(without_arguments(app, below))
    while waiting:
        address = waiting.popleft()
        kind = kind_of(app, address.partition("?")[0])
        if kind is None or kind in seen:
            continue
        answer = asking.get(address)
        if answer.ok and "html" in answer.headers["content-type"]:
            seen.add(kind)
            yield kind, address
            links = [unescape(link) for link in re.findall(r'href="(/[^"#]*)', answer.text())]
            waiting.extend(sorted(link for link in links if link.startswith(below)))


@pytest.fixture(scope="session")
def pages_of_the_lead(
    browser: Browser, served: str, demo_app: Flask, signed_in_as: Callable[[str], StorageState]
) -> list[tuple[Kind, str]]:
    context = browser.new_context(base_url=served, storage_state=signed_in_as("procurement"))
    found = list(reached(demo_app, context.request, "/"))
    context.close()
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_and_fits_a_screen_and_a_phone(
    tab: OpenTab, pages_of_the_lead: list[tuple[Kind, str]], part: int
) -> None:
    page = tab("procurement")
    assert len(pages_of_the_lead) > 80, "the walk stopped early"
    for kind, address in pages_of_the_lead:
        if zlib.crc32(repr(kind).encode()) % PARTS == part:
            page.goto(address)
            stands_every_check(page)


def test_so_is_every_page_of_the_administrator(tab: OpenTab, demo_app: Flask) -> None:
    page = tab("administrator")
    pages = [address for _, address in reached(demo_app, page.request, "/admin")]
    assert "/admin/people" in pages
    for address in pages:
        page.goto(address)
        stands_every_check(page)
