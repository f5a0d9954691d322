"""Filling in a page's form as a browser does: open it, change some answers, send it all back."""

from html.parser import HTMLParser

from flask.testing import FlaskClient
from typing_extensions import override
from werkzeug.test import TestResponse


class Form(HTMLParser):
    """Collects what a browser would send back of a page's form, untouched."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._select = self._area = ""
        self.feed(text[text.index('<form method="post"') :])

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.sent[self._select] = value
        elif tag == "textarea":
            self._area, self.sent[name] = name, ""
        elif tag == "input" and (given.get("type") not in {"radio", "checkbox"} or "checked" in given):
            self.sent[name] = value

    @override
    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[self._area] += data.lstrip("\n")

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""


def inputs(text: str) -> dict[str, str]:
    return Form(text).sent


def send(client: FlaskClient, url: str, **answers: object) -> TestResponse:
    """Open a page, change some of its answers and send it."""
    opened = client.get(url)
    assert opened.status_code == 200, opened.text[:2000]
    sent = {**inputs(opened.text), **{name.replace("__", "-"): value for name, value in answers.items()}}
    return client.post(url, data={name: value for name, value in sent.items() if value is not None})


def squeezed(answer: TestResponse) -> str:
    return " ".join(answer.text.split())
