"""The register as a request asks for it: what is included, and what is withheld on which ground."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.pages import plural
from app.council.models import Directorate
from app.publication.models import InformationAnswer
from app.publication.queries.rows import background, code_row, contracts_of
from app.register.models import Category, Contract, ContractStage
from reports.transparency import DISCLOSURE
from reports.transparency_row import MASKED_GROUND, CodeRow


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """What was asked for; None narrows nothing."""

    directorate_id: int | None = None
    category_id: int | None = None
    live_on: date | None = None


@dataclass(frozen=True)
class Answer:
    """The rows that go out, and the words that go with them."""

    asked: str
    rows: Sequence[CodeRow]
    #: Whether records stand back until a later day. How many is not told.
    some_kept_back: bool
    today: date

    @cached_property
    def grounds(self) -> Mapping[str, int]:
        """How many cells are withheld on each ground."""
        return Counter(self._grounds())

    def _grounds(self) -> Iterator[str]:
        for row in self.rows:
            for name, withheld in row.withheld.items():
                if any(name == column.name for column in DISCLOSURE.columns):
                    yield withheld.ground
            if any(one.masked for one in row.suppliers):
                yield MASKED_GROUND

    def covering_words(self, organisation: str) -> list[str | tuple[str, ...]]:
        headings = tuple(column.title for column in DISCLOSURE.columns)
        return [
            (
                f"{organisation} holds the information you asked for. The attached list was taken from its contracts "
                f"register on {day(self.today)} and has {plural(len(self.rows), 'agreement')}: {self.asked}."
            ),
            "For each agreement it gives:",
            headings,
            (
                "Amounts are in pounds, net of recoverable VAT. A blank cell means that the council’s register does "
                "not hold the fact. The list will not reconcile with what the council publishes of its spending: they "
                "are taken at different times and for different purposes. Agreements not let yet are not in the "
                "register of contracts."
            ),
            *self._about_what_is_withheld(),
            (
                "Officers are named by their posts. You may use and re-use this information free of charge under the "
                "Open Government Licence v3.0, naming the council as its source."
            ),
            (
                "If you are not content with this answer, you may ask the council for an internal review within 40 "
                "working days. If you are not content with the outcome of that, you may complain to the Information "
                "Commissioner, Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF, ico.org.uk."
            ),
        ]

    def _about_what_is_withheld(self) -> list[str | tuple[str, ...]]:
        found: list[str | tuple[str, ...]] = []
        if self.grounds:
            counted = tuple(
                f"{ground}: {plural(number, 'entry', 'entries')}" for ground, number in self.grounds.items()
            )
            found += ["Some entries are withheld. Each is marked in the list with its ground:", counted]
            found += [
                (
                    "The decisions to withhold are recorded with their reasons, and how the public interest was "
                    "weighed where the ground gives way to it. Each is looked at again on a set day."
                )
            ]
        else:
            found += ["Nothing in these agreements’ entries is withheld."]
        if self.some_kept_back:
            found += [
                (
                    "Some agreements are to be published on a later day and are withheld until then (Freedom of "
                    "Information Act 2000, section 22: information intended for future publication)."
                )
            ]
        return found


def answer(session: Session, narrowed: Narrowed, today: date) -> Answer:
    """Agreements of every kind that are let; withdrawn records are no part of the register."""
    conditions = [Contract.withdrawn_at.is_(None), Contract.stage != ContractStage.PLANNED, *_narrowing(narrowed)]
    kept_back = Contract.embargoed_until > today
    open_now = or_(Contract.embargoed_until.is_(None), Contract.embargoed_until <= today)
    ids = session.scalars(
        select(Contract.id).where(*conditions, open_now).order_by(Contract.title_key, Contract.id)
    ).all()
    known = background(session, today)
    rows = [code_row(contract, known) for contract in contracts_of(session, ids)]
    some = session.scalar(select(Contract.id).where(*conditions, kept_back).limit(1)) is not None
    return Answer(asked_in_words(session, narrowed), rows, some, today)


def _narrowing(narrowed: Narrowed) -> Iterator[ColumnElement[bool]]:
    if narrowed.directorate_id is not None:
        yield Contract.directorate_id == narrowed.directorate_id
    if narrowed.category_id is not None:
        yield Contract.category_id == narrowed.category_id
    if narrowed.live_on is not None:
        yield Contract.running_on(narrowed.live_on)


def asked_in_words(session: Session, narrowed: Narrowed) -> str:
    """As "Roads, in the category Lighting, running on 22 November 2026"."""
    parts = ["the whole register"]
    if narrowed.directorate_id is not None:
        parts = [session.get_one(Directorate, narrowed.directorate_id).name]
    if narrowed.category_id is not None:
        parts.append(f"in the category {session.get_one(Category, narrowed.category_id).name}")
    if narrowed.live_on is not None:
        parts.append(f"running on {day(narrowed.live_on)}")
    return ", ".join(parts)


def answers(session: Session) -> Sequence[InformationAnswer]:
    """What waits to be sent first, by the day it is due; then what was sent, the latest first."""
    return session.scalars(
        select(InformationAnswer).order_by(
            InformationAnswer.sent_on.is_not(None), InformationAnswer.due_on, InformationAnswer.id.desc()
        )
    ).all()


def categories(session: Session) -> Sequence[Category]:
    return session.scalars(select(Category).order_by(Category.name_key, Category.id)).all()
