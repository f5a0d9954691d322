"""Which pages a person reaches by following links, a few of each kind."""

import json
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import StorageState
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

#: Pages look the same whichever record these name.
NAMES_OF_RECORDS = re.compile(r"_id$|\.(number|slug|year)$|setting\w*\.name$")
#: What is taken out, rather than looked at.
FILES = re.compile(r"file$|download|document|static$|template$|problems$")
#: Of one rule's pages, such as the sections of one form: the rest are as these are.
AT_MOST = 7
#: What a person may not open here, they may not open on the next record either.
TRIES = 2

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


def without_arguments(app: Flask) -> list[str]:
    rules = [rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ())]
    return sorted(rule.rule for rule in rules)


@dataclass
class Crawl:
    """One person's way through the pages, from the addresses given; pages seen before are not gone to again."""

    app: Flask
    person: StorageState
    seen: set[Kind] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._of_a_rule = Counter(endpoint for endpoint, _ in self.seen)
        self._failed: Counter[Kind] = Counter()

    def pages(self, start: list[str]) -> list[str]:
        client = self.app.test_client()
        for cookie in self.person["cookies"]:
            client.set_cookie(cookie["name"], cookie["value"])
        return list(self._reached(client, start))

    def _reached(self, client: FlaskClient, start: list[str]) -> Iterator[str]:
        waiting = deque(start)
        while waiting:
            address = waiting.popleft()
            kind = kind_of(self.app, address.partition("?")[0])
            if kind is None or not self._is_new(kind):
                continue
            answer = client.get(address)
            if answer.status_code != 200 or answer.mimetype != "text/html":
                self._failed[kind] += 1
                self.refused += [address] if answer.status_code == 403 else []
                continue
            self.seen.add(kind)
            self._of_a_rule[kind[0]] += 1
            yield address
            waiting.extend(sorted(unescape(link) for link in re.findall(r'href="(/[^"#]*)', answer.text)))

    def _is_new(self, kind: Kind) -> bool:
        return kind not in self.seen and self._failed[kind] < TRIES and self._of_a_rule[kind[0]] < AT_MOST


def crawl_of(app: Flask, lead: StorageState, others: dict[str, StorageState]) -> str:
    """Walk as the lead, then as each of the others where the lead may not go and to what their own home shows."""
    first = Crawl(app, lead)
    found = [("procurement", address) for address in first.pages(without_arguments(app))]
    for person, state in others.items():
        home = Crawl(app, state, first.seen - {("home.home", ()), ("decisions.my_committees", ())})
        found += [(person, address) for address in home.pages(["/", "/my-committees", *first.refused])]
    return json.dumps(found)
