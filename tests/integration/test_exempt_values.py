"""Nobody learns a hidden amount or an embargoed title: not from a page, a file, an order, a sum or a count."""

import difflib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, inspect, select, update
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.queries import reader_of
from app.accounts.roles import Role
from app.accounts.rules import READS_EXEMPT
from app.core import audit, clock
from app.core.audit import Action, Change
from app.core.base import Base
from app.core.db import db
from app.core.rights import Permission, ScopeKind
from app.home.feed.commands import make_address
from app.home.models import Often, ReminderChoice
from app.home.reminders import queries as reminded
from app.home.reminders.digests import digest_of, letter_of
from app.register.models import Contract
from tests.conftest import ENGINES
from tests.integration.addresses import Address, addresses
from tests.integration.kept_back import EMBARGOED, FIRST, SECOND, SMALL, KeptBack, forms_of, keep_back, set_amounts
from tests.integration.reading import told
from tests.integration.whole_council import WholeCouncil, a_whole_council
from tests.makers import a_person, signed_in

ON_SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
OK, SERVER_ERROR = 200, 500
#: Every list's files. The annexes' Word and PDF are written from the tables that the others print.
FORMATS = ("csv", "xlsx")
#: What could be asked for an amount, were it to answer.
BY_AMOUNT = (
    *("/contracts?", "/contracts.csv?", "/services?", "/providers?", "/arrangements?", "/trading", "/search?"),
    *("/decisions/reorganisation", "/committees/"),
)
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


#: Tell nothing of a record; or, a calendar's address, what its owner may see: everybody's own is read beside.
NOT_WALKED = {"home.health", "accounts.sign_in", "accounts.set_password", "home.calendar_feed"}
#: Read beside every page: what is sent, and what calendars fetch.
LETTER, CALENDAR = "the reminder sent", "the calendar"


@dataclass
class Told:
    """A council that keeps things back, and what one reader is told of it."""

    app: Flask
    session: Session
    made: WholeCouncil
    kept: KeptBack

    def to(self, client: FlaskClient, only: Callable[[Address], bool] = lambda _address: True) -> dict[str, str]:
        """What every page and file says to whoever is signed in; files first, for pages tell when they were taken."""
        urls = sorted(self.every_url(only), key=lambda url: "/download/" not in url)
        return {url: self.of(client, url) for url in urls}

    def of(self, client: FlaskClient, url: str) -> str:
        with client.get(url) as answer:
            assert answer.status_code < SERVER_ERROR, url
            return told(answer) if answer.status_code == OK else f"{answer.status_code}"

    def every_url(self, only: Callable[[Address], bool] = lambda _address: True) -> Iterator[str]:
        for address in addresses(self.app, self.made, formats=FORMATS):
            if address.endpoint not in NOT_WALKED and only(address):
                yield address.url
        yield from self.lists()
        kept = self.kept
        yield f"/arrangements/{kept.homes.id}"
        yield from (f"/annexes/2026-27/roads/download/{ending}" for ending in ("docx", "html"))
        yield f"/approvals/{kept.footways_approved.id}"
        for contract in (kept.footways, kept.zirconium, kept.zirconium_sla, *kept.homes.contracts):
            yield from (f"/contracts/{contract.id}{more}" for more in ("", "/history"))
        yield f"/agreements/{kept.zirconium_sla.id}"

    def lists(self) -> Iterator[str]:
        roads = self.made.roads
        named = {
            "roads": roads.directorate.id,
            "division": roads.division.id,
            "provider": self.made.provider.id,
            "committee": roads.committee.id,
        }
        for path, asked in LISTS.items():
            yield from (f"{path}?{one.format(**named)}" for one in asked)

    def sent_to(self, client: FlaskClient, person: Person) -> dict[str, str]:
        """What leaves without being asked for a page: the reminder that is due, and the calendar's dates."""
        token = make_address(self.session, person.id, now=clock.now())
        self.session.add(ReminderChoice(person_id=person.id, often=Often.WEEKLY, weekday=clock.today().weekday()))
        self.session.commit()
        everybody = reminded.everybody(self.session)
        with self.app.test_request_context():
            made = digest_of(self.session, everybody, everybody.answering(person), person.email, today=clock.today())
            letter = letter_of(made, base_url="https://wold.example") if made else None
        return {
            LETTER: f"{letter.subject}\n{letter.text}\n{letter.html}" if letter else "",
            CALENDAR: self.of(client, f"/calendar/{token}.ics").replace("\r\n ", ""),
        }


@dataclass
class Filled:
    """What was put into the database that every test of one engine begins from."""

    made: WholeCouncil
    kept: KeptBack


@pytest.fixture(scope="module")
def app(new_app: Callable[[str], Flask], engine_name: str) -> Flask:
    """Its database holds the council; each test takes back what it saves."""
    return new_app(engine_name)


@pytest.fixture(scope="module")
def filled(app: Flask) -> Filled:
    with app.app_context():
        engine = db.engine
    with Session(engine) as session:
        made = a_whole_council(session, app.extensions["settings"].files_dir)
        kept = keep_back(session, made)
        for contract in session.scalars(select(Contract).where(Contract.directorate_id == made.roads.directorate.id)):
            contract.manager_post = POST
        session.commit()
        return Filled(made, kept)


Thing = TypeVar("Thing")


def here(session: Session, thing: Thing) -> Thing:
    """The same records, as this session has them."""
    if isinstance(thing, Base):
        return cast("Thing", session.get_one(type(thing), inspect(thing).identity))
    if isinstance(thing, list):
        return cast("Thing", [here(session, one) for one in thing])
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{one.name: here(session, getattr(thing, one.name)) for one in fields(thing)})
    return thing


@pytest.fixture
def council(app: Flask, filled: Filled, session: Session) -> Told:
    return Told(app, session, here(session, filled.made), here(session, filled.kept))


@pytest.fixture
def browse(app: Flask, session: Session, connection: Connection) -> Callable[[Person], FlaskClient]:  # noqa: ARG001
    """Sign somebody in, in a browser that does not read the pages' HTML strictly: others do."""

    def sign_in(person: Person) -> FlaskClient:
        return signed_in(a_browser(app), session, person)

    return sign_in


def a_browser(app: Flask) -> FlaskClient:
    return FlaskClient(app, app.response_class, use_cookies=True)


#: It answers for all that Roads keeps back: whoever holds it is reminded of it, whatever else they may see.
POST = "Head of Roads"
#: Those whose own records hold no secret of Roads; the others hold their role wherever it is.
ELSEWHERE = {Role.COMMISSIONER, Role.DIRECTOR}
#: Nobody of these may see what Roads keeps back.
NOT_ENTITLED = tuple(role for role in Role if role not in READS_EXEMPT)


def somebody(session: Session, made: WholeCouncil, role: Role) -> Person:
    """Who holds the role as widely as it can be held without being entitled."""
    where: tuple[ScopeKind, int | None] = (ScopeKind.COUNCIL, None)
    if role in ELSEWHERE:
        where = (ScopeKind.DIRECTORATE, made.adults.directorate.id)
    if role is Role.MEMBER:
        where = (ScopeKind.COMMITTEE, made.roads.committee.id)
    person = a_person(session, role, scope=where[0], scope_id=where[1])
    person.post = POST
    session.flush()
    roads = made.roads.directorate
    assert not reader_of(session, person).exempt_units.include(roads.id, made.roads.division.id)
    return person


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


def hidden_words() -> list[str]:
    return sorted({form for amount in FIRST for form in forms_of(amount)} | {EMBARGOED, EMBARGOED.lower()})


def is_not_alike(address: Address) -> bool:
    """What is not the same to everybody who may read: what only some may open, and what is for each their own."""
    of_a_role = address.needs not in {None, Permission.READ} or address.endpoint.startswith(OWN_PAGES)
    return of_a_role and not address.url.endswith(".xlsx")


#: One goes through every page, the others through what differs from one role to the next.
GOES_EVERYWHERE = Role.PLANNER
OWN_PAGES = ("home.", "accounts.", "decisions.", "plans.")


#: Those who hold their role in another way: of the others, what one database leaves out, the other does.
ON_BOTH = {GOES_EVERYWHERE, Role.MEMBER, Role.DIRECTOR}


@pytest.mark.parametrize(
    ("engine_name", "role"),
    [(engine, role) for engine in ENGINES for role in NOT_ENTITLED if engine == "sqlite" or role in ON_BOTH],
    indirect=["engine_name"],
)
def test_nobody_is_told_an_amount_or_a_title_they_are_not_entitled_to(
    council: Told, session: Session, browse: Callable[[Person], FlaskClient], role: Role, engine_name: str
) -> None:
    everywhere = role is GOES_EVERYWHERE and engine_name != "sqlite"  # there it is walked in the next test
    person = somebody(session, council.made, role)
    client = browse(person)
    pages = council.to(client, lambda address: everywhere or is_not_alike(address))
    sent = council.sent_to(client, person)
    assert not telling({url: text for url, text in {**pages, **sent}.items() if "q=" not in url}, hidden_words())
    assert "BEGIN:VEVENT" in sent[CALENDAR]


def test_the_public_is_told_nothing_that_is_kept_back(council: Told, app: Flask) -> None:
    browser = a_browser(app)
    pages = council.to(browser, lambda address: address.needs is None)
    assert not telling(pages, hidden_words())
    opened = {url for url, text in pages.items() if not text.startswith("30")}
    assert {"/published", "/notices"} <= opened


@ON_SQLITE
def test_nothing_told_hangs_on_what_is_kept_back(
    council: Told, session: Session, browse: Callable[[Person], FlaskClient]
) -> None:
    """No order, filter, sum, count, date or warning: with other amounts, or without the embargoed, all say the same."""
    client = browse(somebody(session, council.made, GOES_EVERYWHERE))
    told_first = council.to(client)
    assert not telling({url: text for url, text in told_first.items() if "q=" not in url}, hidden_words())
    with unseen(session):
        set_amounts(session, council.made, council.kept, SECOND)
    told_then = council.to(client)
    assert not (wrong := differing(told_first, told_then)), wrong

    with unseen(session):
        session.execute(
            update(Contract)
            .where(Contract.embargoed_until.is_not(None))
            .values(withdrawn_at=clock.now(), withdrawn_reason="Never let")
        )
    told_last = council.to(client)
    assert not (wrong := differing(without_annexes(told_then), without_annexes(told_last))), wrong


@pytest.mark.parametrize("role", [Role.FINANCE])
def test_no_list_finds_or_places_a_contract_by_its_hidden_amount(
    council: Told, session: Session, browse: Callable[[Person], FlaskClient], role: Role
) -> None:
    """Amounts of quite another size, under every threshold: the same rows are found, in the same order."""
    client = browse(somebody(session, council.made, role))
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
    client = browse(somebody(session, council.made, Role.ADMINISTRATOR))
    kept = council.kept
    records = {"contract": kept.contract.id, "activity": kept.activity.id, "arrangement": kept.homes.id,
               "approval": kept.approval.id}  # fmt: skip
    urls = [url for url in council.every_url() if url.startswith(OF_THE_HISTORY)]
    urls += [
        f"/history/{kind}/{number}{ending}" for kind, number in records.items() for ending in ("", ".csv", ".xlsx")
    ]
    told = {url: council.of(client, url) for url in urls if "q=" not in url}
    assert "Exempt" in told[f"/history/contract/{kept.contract.id}"]
    assert not telling(told, hidden_words())


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
        f"/approvals/{kept.footways_approved.id}": (whole,),
        f"/contracts/{kept.footways.id}": (whole,),
        "/arrangements": (f"{EMBARGOED} agreements",),
        "/social-value": (f"{EMBARGOED} apprentices",),
        "/decisions?key=every+activity": (f"{EMBARGOED} anew",),
        "/annexes/2026-27/roads/download/csv/2?edition=exempt": ("7904321.09",),
    }
    pages = {url: council.of(client, url) for url in expected}
    missing = [f"{url}: {word}" for url, words in expected.items() for word in words if word not in pages[url]]
    assert not missing, "\n".join(missing)
