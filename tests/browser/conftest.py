"""A real browser on a real server with the demo council, for the tests of this folder."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from tests.conftest import Databases

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
DESKTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=375, height=740)


@pytest.fixture(scope="session")
def demo_app(new_app: Callable[[str], Flask], databases: Databases) -> Flask:
    """An app whose database holds the demo council, loaded once a session and copied for each worker."""
    app = new_app("sqlite")
    app.config["WTF_CSRF_ENABLED"] = True
    databases.fill(app, "demo", load_demo)
    return app


def load_demo(app: Flask) -> None:
    loaded = app.test_cli_runner().invoke(args=["demo", "load"])
    assert loaded.exit_code == 0, loaded.output


@pytest.fixture(scope="session")
def served(demo_app: Flask) -> Iterator[str]:
    """The address of a server with the demo council."""
    server = make_server("127.0.0.1", 0, demo_app, threaded=True)
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


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """Open a tab of a browser nobody is signed in to; an error on its console fails the test."""
    context = browser.new_context(base_url=served, locale="en-GB", viewport=DESKTOP, accept_downloads=True)
    context.set_default_timeout(10_000)
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: _note(message, complaints))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    # A page that answers 4xx on purpose is reported as a failed load; the tests look at those themselves.
    if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
        complaints.append(message.text)


@pytest.fixture
def check_accessible(page: Page) -> Callable[[], None]:
    """Return a check that the page as it stands has no accessibility violation axe can find."""

    def check() -> None:
        results = Axe().run(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check


@pytest.fixture
def screenshots() -> Path:
    """Return where pictures of pages are left to look at; git ignores it."""
    folder = Path(__file__).resolve().parents[2] / "test-results"
    folder.mkdir(exist_ok=True)
    return folder
