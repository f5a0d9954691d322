"""The dates of contracts as SQL says them: when each ends, may be extended, and must be decided on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from app.core.rights import Reader
from app.register.findings.life import (
    STANDING,
    has_open_option,
    held_fine,
    last_free_choice,
    live_successor,
    take_up_by,
)
from app.register.findings.of_contracts import day_of
from app.register.models import Contract
from app.register.visibility import rows_open_to


class What(StrEnum):
    """What a date on the timeline is, as the address names it."""

    ENDS = "ends"
    OPTIONS = "options"
    TO_DECIDE = "to-decide"
    DECISIONS = "decisions"


@dataclass(frozen=True)
class DateKind:
    """One kind of date of a contract, in words, with its day and the contracts that have it."""

    title: str
    #: Of one contract, as a calendar says it: "Ends".
    said: str
    #: How the day is come by.
    working: str
    on: Callable[[Session, date], ColumnElement[date]]
    conditions: Callable[[date], tuple[ColumnElement[bool], ...]]


def _ends(_session: Session, _today: date) -> ColumnElement[date]:
    return day_of(Contract.current_end_on)


KINDS: Mapping[What, DateKind] = {
    What.ENDS: DateKind(
        title="Contracts that end",
        said="Ends unless extended",
        working="The last day of the term agreed so far.",
        on=_ends,
        conditions=lambda _today: (),
    ),
    What.OPTIONS: DateKind(
        title="Options to extend, by the last day to take them up",
        said="Last day to take up the option",
        working="The end less the longer of the provider’s notice and the decision’s chain.",
        on=take_up_by,
        conditions=lambda _today: (has_open_option(),),
    ),
    What.TO_DECIDE: DateKind(
        title="Contracts whose future is to be decided",
        said="Decide what follows",
        working="The end less the lead time of a full procurement, where nothing awarded follows yet.",
        on=last_free_choice,
        conditions=lambda today: (~live_successor(today), ~held_fine(today)),
    ),
}


@dataclass(frozen=True)
class Scope:
    """Which contracts: a part of the council's, or one post's."""

    directorate_id: int | None = None
    division_id: int | None = None
    post_key: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        wanted: tuple[tuple[Any, object], ...] = (  # Any: columns, whether they may be null or not
            (Contract.directorate_id, self.directorate_id),
            (Contract.division_id, self.division_id),
            (Contract.manager_post_key, self.post_key),
        )
        return [column == value for column, value in wanted if value is not None]


def standing_with(what: What, reader: Reader, scope: Scope, today: date) -> ColumnElement[bool]:
    """Contracts that run or are still to begin, and have such a date; those past their end have none."""
    kind = KINDS[what]
    return and_(
        rows_open_to(reader, today),
        STANDING,
        Contract.current_end_on >= today,
        *scope.conditions(),
        *kind.conditions(today),
    )
