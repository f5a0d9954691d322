"""Whose findings a page is about: one's own post's, a part of the council's, or everybody's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from app.core.findings import Asked, FindingKind, Severity, kinds
from app.core.listing import Listing
from app.core.rights import Reader, ScopeKind
from app.core.text import fold
from app.register.queries import findings


class Whose(StrEnum):
    """What the address says of whose they are; a directorate or division narrows the second."""

    MINE = "mine"
    ALL = "all"


def asked_of(session: Session, asked: Listing, reader: Reader, today: date) -> Asked:
    """As the address says; else one's own where one's post holds records, else the unit one's role holds in."""
    whole = Asked(reader, today, asked.number("directorate"), asked.number("division"))
    post, whose = fold(asked.text("post") or ""), asked.member("whose", Whose)
    if post:
        return replace(whole, post_key=post)
    if whose is Whose.MINE:
        return replace(whole, post_key=fold(reader.post or "") or "nobody's post")
    if whose is None and whole.directorate_id is None and whole.division_id is None:
        return first_asked(session, reader, today)
    return whole


def first_asked(session: Session, reader: Reader, today: date) -> Asked:
    """What a person comes for who has not said."""
    own = own_asked(session, reader, today)
    return own or unit_asked(reader, today)


def own_asked(session: Session, reader: Reader, today: date) -> Asked | None:
    if not reader.post:
        return None
    own = Asked(reader, today, post_key=fold(reader.post))
    return own if findings.contracts_of_post(session, own) else None


def unit_asked(reader: Reader, today: date) -> Asked:
    """The one directorate or division that all of a person's roles hold in."""
    held = {(grant.scope, grant.scope_id) for grant in reader.grants}
    if len(held) == 1:
        scope, number = held.pop()
        if scope is ScopeKind.DIRECTORATE:
            return Asked(reader, today, directorate_id=number)
        if scope is ScopeKind.DIVISION:
            return Asked(reader, today, division_id=number)
    return Asked(reader, today)


def filters_of(asked: Asked) -> dict[str, str | int]:
    """The address's words for whose they are: whole, so that the link means the same for everybody."""
    if asked.post_key is not None:
        own = asked.reader.post is not None and asked.post_key == fold(asked.reader.post)
        said: dict[str, str | int] = {"whose": Whose.MINE} if own else {"post": asked.post_key}
    else:
        said = {"whose": Whose.ALL}
    units = {"directorate": asked.directorate_id, "division": asked.division_id}
    return said | {name: number for name, number in units.items() if number is not None}


@dataclass(frozen=True)
class Counted:
    """A kind of finding, and how many of it there are."""

    kind: FindingKind
    number: int

    @property
    def words(self) -> str:
        return self.kind.one if self.number == 1 else self.kind.many


def counted(session: Session, asked: Asked) -> list[Counted]:
    """The kinds that are found at all, the most pressing first."""
    return _found(findings.counts(session, asked))


def most_pressing(session: Session, asked: Asked, most: int) -> list[Counted]:
    """The first of them: what presses less is counted only where there are too few that press more."""
    found: list[Counted] = []
    for severity in Severity:
        if len(found) < most:
            found += _found(findings.counts(session, asked, (severity,)))
    return found[:most]


def _found(numbers: Mapping[str, int]) -> list[Counted]:
    return [Counted(kind, numbers[kind.code]) for kind in kinds() if numbers.get(kind.code)]


def by_severity(found: list[Counted]) -> list[tuple[Severity, list[Counted]]]:
    groups = [(severity, [one for one in found if one.kind.severity is severity]) for severity in Severity]
    return [(severity, group) for severity, group in groups if group]
