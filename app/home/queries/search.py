"""The search over everything: how many of each kind, the first few, and the list that shows them all."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from app.core.listing import Sort
from app.core.rights import Reader
from app.register import delivery
from app.register.queries import contracts, providers, services
from app.register.queries.narrowing import Wanted
from app.register.queries.providers import ProvidersAsked
from app.register.queries.services import ServicesAsked

FIRST = 5


@dataclass(frozen=True)
class Hit:
    """One record found."""

    title: str
    url: str
    note: str


@dataclass(frozen=True)
class Found:
    """What was found of one kind."""

    #: (one, several)
    kind: tuple[str, str]
    total: int
    url: str
    first: tuple[Hit, ...]


def everything(session: Session, words: str, reader: Reader, today: date) -> list[Found]:
    return [
        _contracts(session, words, reader, today),
        _services(session, words, reader, today),
        _providers(session, words, reader, today),
    ]


def _address(path: str, words: str) -> str:
    return f"{path}?{urlencode({'q': words})}"


def _contracts(session: Session, words: str, reader: Reader, today: date) -> Found:
    wanted = Wanted(q=words, sort=Sort(contracts.RELEVANCE))
    found = contracts.contracts_page(session, wanted, reader, today, 1)
    first = tuple(
        Hit(row.title, f"/contracts/{row.id}", " · ".join(part for part in (row.reference, row.directorate) if part))
        for row in found.page.rows[:FIRST]
    )
    return Found(("contract", "contracts"), found.page.total, _address("/contracts", words), first)


def _services(session: Session, words: str, reader: Reader, today: date) -> Found:
    page = services.services_page(session, ServicesAsked(words=words), reader, today, number=1, size=FIRST)
    first = tuple(
        Hit(row.name, f"/services/{row.id}", f"{delivery.TAGS[row.route][0]} · {row.directorate}") for row in page.rows
    )
    return Found(("service", "services"), page.total, _address("/services", words), first)


def _providers(session: Session, words: str, reader: Reader, today: date) -> Found:
    page = providers.providers_page(session, ProvidersAsked(words=words), reader, today, number=1, size=FIRST)
    first = tuple(Hit(row.name, f"/providers/{row.id}", str(row.kind).capitalize()) for row in page.rows)
    return Found(("provider", "providers"), page.total, _address("/providers", words), first)
