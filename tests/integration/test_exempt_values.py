"""Nobody learns a hidden amount or an embargoed title: not from a page, a file, an order, a sum or a count."""

import difflib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, update
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.roles import Role
from app.core import audit, clock
from app.core.audit import Action, Change
from app.core.rights import ScopeKind
from app.register.models import Contract
from tests.integration.addresses import addresses
from tests.integration.kept_back import EMBARGOED, FIRST, SECOND, SMALL, KeptBack, forms_of, keep_back, set_amounts
from tests.integration.reading import told
from tests.integration.whole_council import WholeCouncil, a_whole_council
from tests.makers import a_person, signed_in

ON_SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
OK, SERVER_ERROR = 200, 500
#: Every list's files. The annexes' Word and PDF are written from the tables that the others print.
FORMATS = ("csv", "xlsx")
#: What could be asked for an amount, were it to answer.
BY_AMOUNT = ("/contracts?", "/contracts.csv?", "/services?", "/providers?", "/arrangements?", "/trading", "/search?")
#: Lists asked in every way that could tell an amount by what they find, and where.
LISTS = {
    "/contracts": (
        *(f"sort={way}value" for way in ("", "-")),
        *(f"value_from={pounds}" for pounds in (1, 5_000_000, 7_000_000)),
        *(f"value_to={pounds}" for pounds in (3_000_000, 7_000_000, 9_000_000)),
        "over=key", "over=annex", "status=live", "directorate={roads}", "division={division}", "provider={provider}",
        "q=Roads", "q=7654321", f"q={EMBARGOED}", "ends_to=2027-12-31", "status=withdrawn", "form=framework", "page=2",
    ),
    "/contracts.csv": ("sort=value", "over=key", "value_from=1"),
    "/services": ("q=Roads", "directorate={roads}", "sort=-value", "sort=value"),
    "/providers": ("q=Lumen", "sort=-value", "sort=value", "sort=contracts", f"q={EMBARGOED}"),
    "/arrangements": ("q=Depots", "sort=contracts", f"q={EMBARGOED}", "directorate={roads}"),
    "/trading-companies": ("sort=value",),
    "/social-value": (f"q={EMBARGOED}", "directorate={roads}"),
    "/forthcoming": ("directorate={roads}", "committee={committee}", f"q={EMBARGOED}", "committee=all"),
    "/proposals": ("directorate={roads}", "sort=value", "sort=-value"),
    "/decisions": ("key=every+activity", "sort=value", "sort=-value", f"q={EMBARGOED}", "directorate={roads}"),
    "/history": ("kind=contract", "who=1", f"q={EMBARGOED}", "action=changed"),
    "/search": ("q=Roads", f"q={EMBARGOED}", "q=7654321", "q=7,654,321.09"),
    "/annexes/2026-27/roads": ("as_at=2026-04-01", "edition=open"),
}  # fmt: skip


@dataclass
class Told:
    """A council that keeps things back, and what one reader is told of it."""

    app: Flask
    session: Session
    made: WholeCouncil
    kept: KeptBack

    def to(self, client: FlaskClient) -> dict[str, str]:
        """What every page and file says to whoever is signed in; files first, for pages tell when they were taken."""
        urls = sorted(self.every_url(), key=lambda url: "/download/" not in url)
        return {url: self.of(client, url) for url in urls}

    def of(self, client: FlaskClient, url: str) -> str:
        with client.get(url) as answer:
            assert answer.status_code < SERVER_ERROR, url
            return told(answer) if answer.status_code == OK else f"{answer.status_code}"

    def every_url(self) -> Iterator[str]:
        for address in addresses(self.app, self.made, formats=FORMATS):
            if address.endpoint not in {"home.health", "accounts.sign_in", "accounts.set_password"}:
                yield address.url
        roads = self.made.roads
        named = {
            "roads": roads.directorate.id,
            "division": roads.division.id,
            "provider": self.made.provider.id,
            "committee": roads.committee.id,
        }
        for path, asked in LISTS.items():
            yield from (f"{path}?{one.format(**named)}" for one in asked)
        yield f"/arrangements/{self.kept.homes.id}"
        yield from (f"/annexes/2026-27/roads/download/{ending}" for ending in ("docx", "html"))
        for contract in (self.kept.zirconium, self.kept.zirconium_sla, *self.kept.homes.contracts):
            yield from (f"/contracts/{contract.id}{more}" for more in ("", "/history"))
        yield f"/agreements/{self.kept.zirconium_sla.id}"


@pytest.fixture
def council(app: Flask, session: Session) -> Told:
    made = a_whole_council(session, app.extensions["settings"].files_dir)
    return Told(app, session, made, keep_back(session, made))


@pytest.fixture
def browse(app: Flask, session: Session, connection: Connection) -> Callable[[Person], FlaskClient]:  # noqa: ARG001
    """Sign somebody in, in a browser that does not read the pages' HTML strictly: others do."""

    def sign_in(person: Person) -> FlaskClient:
        return signed_in(FlaskClient(app, app.response_class, use_cookies=True), session, person)

    return sign_in


def a_planner(session: Session, made: WholeCouncil) -> Person:
    return a_person(session, Role.PLANNER, scope=ScopeKind.DIRECTORATE, scope_id=made.adults.directorate.id)


def a_commissioner(session: Session, made: WholeCouncil) -> Person:
    """Sees the exempt values of Adults, and none of Roads."""
    return a_person(session, Role.COMMISSIONER, scope=ScopeKind.DIRECTORATE, scope_id=made.adults.directorate.id)


def finance(session: Session, _made: WholeCouncil) -> Person:
    return a_person(session, Role.FINANCE)


def an_administrator(session: Session, _made: WholeCouncil) -> Person:
    """Reads everybody's changes, and no exempt value."""
    return a_person(session, Role.ADMINISTRATOR)


#: A planner sees what members and finance do and makes annexes; a commissioner keeps another directorate's secrets.
NOT_ENTITLED = (a_planner, a_commissioner)


@contextmanager
def unseen(session: Session) -> Iterator[None]:
    """Change records without a word in anybody's history, and have every remembered count worked out anew."""
    event.remove(Session, "after_flush", audit._write_history)
    try:
        yield
    finally:
        event.listen(Session, "after_flush", audit._write_history)
    session.commit()
    nothing: dict[str, Any] = {"record_kind": "nothing", "record_id": 0, "part": "nothing", "part_id": 0, "fields": {}}
    session.add(Change(at=clock.now(), actor_name="nobody", act=uuid.uuid4(), action=Action.CHANGED, **nothing))
    session.commit()


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """The addresses that now say something else, with the first lines that differ."""
    wrong = []
    for url in before.keys() | after.keys():
        if (was := before.get(url, "")) != (now := after.get(url, "")):
            lines = [line.strip() for line in difflib.ndiff(was.splitlines(), now.splitlines()) if line[:1] in "+-"]
            wrong.append(f"{url}: {lines[:4]}")
    return "\n".join(sorted(wrong))


def without_annexes(pages: Mapping[str, str]) -> Mapping[str, str]:
    """An open edition says how many rows it leaves out: the one place that must."""
    return {url: text for url, text in pages.items() if not url.startswith("/annexes")}


def telling(pages: Mapping[str, str], hidden: Iterable[str]) -> str:
    """The addresses that say a hidden word; what the reader typed themselves is no telling."""
    return "\n".join(f"{url}: {word}" for url, text in pages.items() for word in hidden if word in text)


@ON_SQLITE
@pytest.mark.parametrize("who", NOT_ENTITLED)
def test_nothing_hidden_is_told_and_nothing_told_hangs_on_it(
    council: Told, session: Session, browse: Callable[[Person], FlaskClient], who: Callable[..., Person]
) -> None:
    client = browse(who(session, council.made))
    told_first = council.to(client)
    hidden = {form for amount in FIRST for form in forms_of(amount)} | {EMBARGOED, EMBARGOED.lower()}
    assert not telling({url: text for url, text in told_first.items() if "q=" not in url}, sorted(hidden))

    with unseen(session):  # no order, filter, sum, count, date or warning: with other amounts it says the same
        set_amounts(session, council.made, council.kept, SECOND)
    told_then = council.to(client)
    assert not (wrong := differing(told_first, told_then)), wrong

    with unseen(session):  # nor does any count, sum or picture have the embargoed contracts in
        session.execute(
            update(Contract)
            .where(Contract.embargoed_until.is_not(None))
            .values(withdrawn_at=clock.now(), withdrawn_reason="Never let")
        )
    told_last = council.to(client)
    assert not (wrong := differing(without_annexes(told_then), without_annexes(told_last))), wrong


@pytest.mark.parametrize("who", [finance])
def test_no_list_finds_or_places_a_contract_by_its_hidden_amount(
    council: Told, session: Session, browse: Callable[[Person], FlaskClient], who: Callable[..., Person]
) -> None:
    """Amounts of quite another size, under every threshold: the same rows are found, in the same order."""
    client = browse(who(session, council.made))
    lists = [url for url in council.every_url() if url.startswith(BY_AMOUNT)]
    before = {url: council.of(client, url) for url in lists}
    with unseen(session):
        set_amounts(session, council.made, council.kept, SMALL)
    assert not (wrong := differing(before, {url: council.of(client, url) for url in lists})), wrong


#: Everybody's changes, and what stands beside them.
OF_THE_HISTORY = ("/history", "/admin", "/contracts.csv", "/contracts.xlsx")


def test_whoever_reads_everybody_s_changes_learns_no_hidden_amount_from_them(
    council: Told, session: Session, browse: Callable[[Person], FlaskClient]
) -> None:
    client = browse(an_administrator(session, council.made))
    kept = council.kept
    records = {"contract": kept.contract.id, "activity": kept.activity.id, "arrangement": kept.homes.id,
               "approval": kept.approval.id}  # fmt: skip
    urls = [url for url in council.every_url() if url.startswith(OF_THE_HISTORY)]
    urls += [
        f"/history/{kind}/{number}{ending}" for kind, number in records.items() for ending in ("", ".csv", ".xlsx")
    ]
    hidden = {form for amount in FIRST for form in forms_of(amount)} | {EMBARGOED, EMBARGOED.lower()}
    told = {url: council.of(client, url) for url in urls if "q=" not in url}
    assert "Exempt" in told[f"/history/contract/{kept.contract.id}"]
    assert not telling(told, sorted(hidden))


@ON_SQLITE
def test_those_entitled_are_told_it_all(
    council: Told, session: Session, browse: Callable[[Person], FlaskClient]
) -> None:
    client, kept, roads = browse(a_person(session, Role.PROCUREMENT)), council.kept, council.made.roads
    whole, yearly, stated, line, option = (f"{amount:,}" for amount in FIRST)
    expected = {
        f"/contracts/{kept.contract.id}": (whole, yearly, option),
        f"/contracts/{kept.contract.id}/history": (whole, yearly, option),
        "/contracts.csv": (str(FIRST[0]), option, EMBARGOED),
        "/contracts": (EMBARGOED, "£7.9m"),
        "/contracts?value_from=7.9m&value_to=8m": ("Roads contract",),
        f"/contracts?q={EMBARGOED}": (f"{EMBARGOED} causeway",),
        f"/search?q={EMBARGOED}": (f"{EMBARGOED} causeway",),
        f"/contracts/{kept.zirconium.id}": (EMBARGOED,),
        f"/arrangements/{roads.arrangement.id}": (stated,),
        f"/activities/{kept.activity.id}": (line,),
        f"/agreements/{kept.agreement.id}": (yearly,),
        f"/approvals/{kept.approval.id}": (whole,),
        "/arrangements": (f"{EMBARGOED} agreements",),
        "/social-value": (f"{EMBARGOED} apprentices",),
        "/decisions?key=every+activity": (f"{EMBARGOED} anew",),
        "/annexes/2026-27/roads/download/csv/2?edition=exempt": ("7904321.09",),
    }
    pages = {url: council.of(client, url) for url in expected}
    missing = [f"{url}: {word}" for url, words in expected.items() for word in words if word not in pages[url]]
    assert not missing, "\n".join(missing)
