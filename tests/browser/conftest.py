"""A real browser on a real server with the demo council, for the tests of this folder."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, StorageState, expect, sync_playwright
from werkzeug.serving import make_server

from app.accounts.queries import signed_in
from app.accounts.views import TOKEN
from app.core import clock
from app.core.db import db
from tests.browser.walking import DESKTOP, PHONE, sign_in
from tests.conftest import NewApp
from tests.databases import load_demo

#: No sandbox, because the tests may run as root; the rest keeps the browser from calling home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]

#: Milliseconds: what never comes is waited for as long, so that a busy machine fails nothing by itself.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE / 2)

OpenTab = Callable[..., Page]


@pytest.fixture(scope="session")
def served_app(new_app: NewApp) -> Flask:
    """An app with a demo council of its own, because what the walks save stays."""
    app = new_app("sqlite", load_demo)
    app.config["WTF_CSRF_ENABLED"] = True
    return app


@pytest.fixture(scope="session")
def served(served_app: Flask) -> Iterator[str]:
    """The address of a server with the demo council."""
    server = make_server("127.0.0.1", 0, served_app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class SignedInAs:
    """Signs each person in once; every tab of theirs begins with the cookie that left."""

    app: Flask
    browser: Browser
    served: str
    kept: dict[str, StorageState] = field(default_factory=dict)

    def __call__(self, person: str) -> StorageState:
        if person not in self.kept:
            context = self.browser.new_context(base_url=self.served)
            sign_in(context.new_page(), person)
            self.kept[person] = context.storage_state()
            context.close()
        return self.kept[person]

    def forget_the_signed_out(self) -> list[str]:
        """Whose session is over by now, so that the next walk signs them in again."""
        with self.app.app_context():
            gone = [person for person in self.kept if not signed_in(db.session(), self._token(person), now=clock.now())]
        for person in gone:
            del self.kept[person]
        return gone

    def _token(self, person: str) -> str:
        reading = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert reading is not None
        cookies = {cookie["name"]: cookie["value"] for cookie in self.kept[person]["cookies"]}
        return str(reading.loads(cookies[self.app.config["SESSION_COOKIE_NAME"]])[TOKEN])


@pytest.fixture(scope="session")
def signed_in_as(served_app: Flask, browser: Browser, served: str) -> SignedInAs:
    return SignedInAs(served_app, browser, served)


@pytest.fixture
def tab(browser: Browser, served: str, signed_in_as: SignedInAs) -> Iterator[OpenTab]:
    """Open tabs of browsers of their own: ``tab("procurement")`` for a person, ``tab()`` for nobody.

    An error or a warning on the console of any of them fails the test, and so does signing anybody out whose session
    other walks go on with.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_tab(person: str = "", *, phone: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=served,
            locale="en-GB",
            viewport=PHONE if phone else DESKTOP,
            accept_downloads=True,
            java_script_enabled=scripts,
            storage_state=signed_in_as(person) if person else None,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note(message, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_tab
    for context in contexts:
        context.close()
    gone = signed_in_as.forget_the_signed_out()
    assert complaints == []
    assert gone == [], "this walk ended the sessions that others use"


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    # A page that answers 4xx on purpose is reported as a failed load; the tests look at those themselves.
    if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
        complaints.append(message.text)


@pytest.fixture
def page(tab: OpenTab) -> Page:
    """A tab of a browser nobody is signed in to."""
    return tab()


@pytest.fixture
def lead(tab: OpenTab) -> Page:
    """A tab of the procurement lead, who keeps the whole register."""
    return tab("procurement")


@pytest.fixture
def screenshots() -> Path:
    """Return where pictures of pages are left to look at; git ignores it."""
    folder = Path(__file__).resolve().parents[2] / "test-results"
    folder.mkdir(exist_ok=True)
    return folder
