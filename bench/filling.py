"""A register of any size, the same on every run: fictional, settled and stored by the product's own rules."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from sqlalchemy.orm import Session

from app.core import audit
from app.core.base import Base
from app.core.dates import last_day_of_term
from app.council import commands as council
from app.council.models import Directorate, Division
from app.imports.drafts import draft, entry, store_drafts
from app.register.models import (
    Category,
    Contract,
    ContractStage,
    DeliveryRoute,
    ExtensionOption,
    Provider,
    ProviderKind,
    Service,
)
from app.register.settling import settle

Row = TypeVar("Row", bound=Base)
BATCH = 5_000
FIRST_START = date(2016, 4, 1)
DAYS_OF_STARTS = 3_900
PLACES = ("Ashby", "Brackwater", "Cold Fen", "Dunmere", "Eastholm", "Farrow", "Greyford", "Harrowby")
THINGS = (
    "Home care",
    "Highway repairs",
    "School meals",
    "Waste sites",
    "Bus routes",
    "Supported living",
    "Software",
    "Cleaning",
)
KINDS = ("services", "framework", "agreement", "maintenance", "support", "placements")


def fill(session: Session, contracts: int) -> None:
    """Fill an empty, migrated database. Commits."""
    audit.act_as(session, audit.Actor(None, "bench"))
    chance = random.Random(contracts)
    council.create_council(session, "Bench County Council", today=date(2026, 11, 22))
    divisions = _structure(session)
    services = _services(session, divisions, chance)
    providers = _all(
        session,
        [
            Provider(name=f"{chance.choice(PLACES)} {chance.choice(THINGS)} {n} Ltd", kind=ProviderKind.PRIVATE)
            for n in range(2_000)
        ],
    )
    categories = _all(session, [Category(name=f"{thing} {kind}") for thing in THINGS for kind in KINDS])
    for first in range(0, contracts, BATCH):
        numbers = range(first, min(first + BATCH, contracts))
        store_drafts(session, [_contract(n, chance, services, providers, categories) for n in numbers])
    session.commit()


def _all(session: Session, rows: list[Row]) -> list[Row]:
    session.add_all(rows)
    session.flush()
    return rows


def _structure(session: Session) -> list[Division]:
    directorates = _all(session, [Directorate(name=f"Directorate {n}", position=n) for n in range(4)])
    return _all(
        session, [Division(name=f"Division {n}", position=n, directorate=d) for d in directorates for n in range(3)]
    )


def _services(session: Session, divisions: list[Division], chance: random.Random) -> list[Service]:
    return _all(
        session,
        [
            Service(
                name=f"{chance.choice(THINGS)} in {chance.choice(PLACES)} {n}",
                directorate=division.directorate,
                division=division,
                route=DeliveryRoute.EXTERNAL,
            )
            for n, division in enumerate(divisions * 5)
        ],
    )


def _contract(
    n: int, chance: random.Random, services: list[Service], providers: list[Provider], categories: list[Category]
) -> Contract:
    starts_on = FIRST_START + timedelta(days=chance.randrange(DAYS_OF_STARTS))
    months = chance.choice((12, 24, 36, 48, 60))
    worth = Decimal(chance.randrange(5_000, 3_000_000)) if chance.random() < 0.9 else None
    service = chance.choice(services)
    contract = draft(
        title=f"{chance.choice(THINGS)} {chance.choice(KINDS)} {chance.choice(PLACES)} {n}",
        reference=f"{chance.randrange(15, 27)}/{n:06}",
        stage=ContractStage.AWARDED,
        directorate=service.directorate,
        division=service.division,
        lead_service=service,
        category=chance.choice(categories),
        starts_on=starts_on,
        awarded_end_on=last_day_of_term(starts_on, months),
        awarded_low=worth,
        awarded_high=worth,
        providers=[entry(chance.choice(providers), position=0)],
        options=[_option()] if n % 3 == 0 else [],
    )
    settle(contract)
    return contract


def _option() -> ExtensionOption:
    return ExtensionOption(position=1, months=12, value=None, taken=False, lapsed=False)
