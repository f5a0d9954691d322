"""Who answers for what, and how complete the records are: numbers for each part of the council, each with its list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, false, func, not_, select, true
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.core.findings import Asked
from app.core.text import fold
from app.register.completeness import Purpose, in_words, missing_for
from app.register.findings.completing import SUPPLIERS, in_the_code
from app.register.findings.confirming import CONFIRM
from app.register.findings.of_contracts import applies, narrowed
from app.register.models import Contract
from app.register.queries.completeness import facts_of, lacks
from app.register.queries.findings import Found
from app.register.queries.remembered import Remembered, stamp_of
from app.register.status import Status, in_status
from app.register.visibility import amounts_open_to


class Measure(StrEnum):
    """What is asked of every running contract."""

    OWNER = "owner"
    HELD = "held"
    CONFIRMED = "confirmed"
    ANNEX = "annex"
    CODE = "code"


@dataclass(frozen=True)
class Words:
    """A measure's heading, and what a list says of those that have it and those that do not."""

    heading: str
    having: str
    lacking: str
    about: str


WORDS: Mapping[Measure, Words] = {
    Measure.OWNER: Words(
        "With an owner",
        "with a post named as manager",
        "with no post named as manager",
        "A running contract whose manager is named as a post.",
    ),
    Measure.HELD: Words(
        "Held by a person",
        "whose manager’s post is held by a person",
        "whose manager’s post is held by nobody known here",
        "Somebody who can sign in holds the post. A vacant post sends its reminders to the directorate.",
    ),
    Measure.CONFIRMED: Words(
        "Confirmed in time",
        "confirmed in time",
        "to be confirmed",
        "Confirmed as still correct within the time the council’s settings give.",
    ),
    Measure.ANNEX: Words(
        "Complete for the annexes",
        "complete for the annexes",
        "that lack something the annexes print",
        "Service, provider, start, end, value and outcome.",
    ),
    Measure.CODE: Words(
        "Complete for the Code",
        "complete for the Transparency Code",
        "that lack something the Transparency Code asks",
        "The ten items of the Transparency Code, for contracts over its amount.",
    ),
}


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    has: int
    of: int

    @property
    def lacks(self) -> int:
        return self.of - self.has

    @property
    def per_cent(self) -> str:
        """Rounded down, so that only all of them are 100 per cent."""
        return f"{100 * self.has // self.of}%" if self.of else "None"


@dataclass(frozen=True)
class Covered:
    """One part of the council."""

    directorate_id: int | None
    division_id: int | None
    contracts: int
    shares: Mapping[Measure, Share]


def coverage(session: Session, asked: Asked) -> Sequence[Covered]:
    """By directorate and division, as the contracts stand; kept until the next commit."""
    key = (asked.reader.exempt_units, asked.today)
    whole = Asked(asked.reader, asked.today)
    return _covered.get(stamp_of(session), key, lambda: _cover(session, whole))


_covered: Remembered[Sequence[Covered]] = Remembered(10)


def together(parts: Sequence[Covered], directorate_id: int | None, division_id: int | None) -> Covered:
    """Several parts as one."""
    shares = {
        measure: Share(sum(one.shares[measure].has for one in parts), sum(one.shares[measure].of for one in parts))
        for measure in Measure
    }
    return Covered(directorate_id, division_id, sum(one.contracts for one in parts), shares)


def _cover(session: Session, asked: Asked) -> Sequence[Covered]:
    part = (Contract.directorate_id, Contract.division_id)
    counted = [
        func.count(case((condition, 1)))
        for measure in Measure
        for condition in (asked_about(session, measure, asked), _both(session, measure, asked))
    ]
    rows = session.execute(
        select(*part, func.count(), *counted).where(*_running(asked)).group_by(*part).order_by(*part)
    )
    return [_counted(row[0], row[1], tuple(row[2:])) for row in rows]


def _counted(directorate_id: int, division_id: int | None, numbers: tuple[int, ...]) -> Covered:
    """The contracts, then for each measure how many it is about and how many have it."""
    pairs = zip(Measure, numbers[1::2], numbers[2::2], strict=True)
    shares = {measure: Share(has, of) for measure, of, has in pairs}
    return Covered(directorate_id, division_id, numbers[0], shares)


def _running(asked: Asked) -> list[ColumnElement[bool]]:
    return [*narrowed(asked), in_status(Status.LIVE, asked.today)]


def _both(session: Session, measure: Measure, asked: Asked) -> ColumnElement[bool]:
    return and_(asked_about(session, measure, asked), having(session, measure, asked))


def asked_about(session: Session, measure: Measure, asked: Asked) -> ColumnElement[bool]:
    """The running contracts that a measure is about: the Code's are told by their amount."""
    if measure is Measure.CODE:
        return and_(in_the_code(session, asked.today), amounts_open_to(asked.reader))
    return true()


def having(session: Session, measure: Measure, asked: Asked) -> ColumnElement[bool]:
    if measure is Measure.CONFIRMED:
        return not_(applies(CONFIRM, session, asked))
    if measure is Measure.HELD:
        held = posts_held(session)
        return Contract.manager_post_key.in_(held) if held else false()
    plain = {
        Measure.OWNER: Contract.manager_post_key.is_not(None),
        Measure.ANNEX: not_(lacks(Purpose.ANNEX)),
        Measure.CODE: not_(lacks(Purpose.CODE)),
    }
    return plain[measure]


def posts_held(session: Session) -> frozenset[str]:
    """The posts of the people who have not left, folded."""
    posts = session.scalars(
        select(Person.post).where(Person.post.is_not(None), Person.left_at.is_(None)).order_by(Person.id)
    )
    return frozenset(fold(post) for post in posts if post)


# The list behind a number


@dataclass(frozen=True)
class CoverageAsked:
    """Which contracts of which part, and which page of them."""

    measure: Measure
    has: bool
    part: Asked


def how_many(session: Session, wanted: CoverageAsked) -> int:
    part = wanted.part
    found = [
        one
        for one in coverage(session, part)
        if part.directorate_id in {None, one.directorate_id} and part.division_id in {None, one.division_id}
    ]
    share = together(found, None, None).shares[wanted.measure]
    return share.has if wanted.has else share.lacks


def contracts_page(session: Session, wanted: CoverageAsked, number: int, size: int) -> list[Found]:
    """In the order of titles."""
    part, measure = wanted.part, wanted.measure
    # What is not known to be so is not so: "null is in the list" is neither.
    is_so = func.coalesce(having(session, measure, part), false())
    conditions = [*_running(part), asked_about(session, measure, part), is_so if wanted.has else not_(is_so)]
    found = session.scalars(
        select(Contract)
        .where(*conditions)
        .options(SUPPLIERS)
        .order_by(Contract.title_key, Contract.id)
        .offset((number - 1) * size)
        .limit(size)
    )
    return [_found(session, one, wanted) for one in found]


def _found(session: Session, contract: Contract, wanted: CoverageAsked) -> Found:
    return Found(
        contract.id,
        contract.title,
        contract.directorate_id,
        contract.division_id,
        contract.manager_post,
        contract.confirmed_on,
        _why(session, contract, wanted),
    )


def _why(session: Session, contract: Contract, wanted: CoverageAsked) -> str:
    purposes = {Measure.ANNEX: Purpose.ANNEX, Measure.CODE: Purpose.CODE}
    if wanted.measure in purposes:
        missing = missing_for(purposes[wanted.measure], facts_of(contract))
        return f"Missing: {in_words(missing)}." if missing else "Nothing is missing."
    if wanted.measure is Measure.CONFIRMED and not wanted.has:
        return CONFIRM.working(session, contract, wanted.part.today)
    return ""
