"""Findings: what is due and what a record lacks, each kind declared once, by the room that knows it.

A record's page shows its own; the front page counts, lists and mails everybody's. A count is always its list's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, SQLColumnExpression
from sqlalchemy.orm import Session

from app.core.rights import Reader

#: A column of a finding's query, of whatever type; none where its records have no such thing.
Column: TypeAlias = SQLColumnExpression[Any] | None


class Severity(StrEnum):
    """How much a finding presses."""

    ACT = "act now"
    SOON = "coming up"
    TIDY = "to tidy up"


@dataclass(frozen=True)
class Asked:
    """Whose findings are asked for, and on which day. What is None narrows nothing."""

    reader: Reader
    today: date
    directorate_id: int | None = None
    division_id: int | None = None
    #: A post, folded: what its holder answers for.
    post_key: str | None = None
    #: One record.
    subject_id: int | None = None

    def narrowed(
        self, *, subject: Column = None, directorate: Column = None, division: Column = None, post: Column = None
    ) -> list[ColumnElement[bool]]:
        """What is asked about, said of a query's own columns; one not given narrows nothing."""
        pairs = (
            (subject, self.subject_id),
            (directorate, self.directorate_id),
            (division, self.division_id),
            (post, self.post_key),
        )
        return [column == wanted for column, wanted in pairs if column is not None and wanted is not None]


#: One row for each record found: its id, title, directorate, division, the folded post that answers for it, and the
#: day it is due, where there is one.
Rows: TypeAlias = Select[*tuple[Any, ...]]


@dataclass(frozen=True, kw_only=True)
class FindingKind:
    """One kind of finding, with the rule's source beside it."""

    #: As law.md section 10 names it, or a word of our own; stands in an address.
    code: str
    #: What a count says of one record, and of several: "contract has been spent beyond its value".
    one: str
    many: str
    severity: Severity
    #: The statute, document or council setting it rests on.
    source: str
    #: What to do about it.
    cure: str
    #: The kind of record it is about: "contract", "provider", "service", "activity"...
    subject: str
    #: Where that record's page is, with its id in the blank: "/contracts/{}".
    page: str
    #: Where it is mended, with the record's id in the blank; blank where that is its page.
    mend: str = ""
    #: The records found, as ``Rows``, in no particular order; what the reader may not see is left out.
    rows: Callable[[Session, Asked], Rows]
    #: How each of these records comes to be found: its figures and dates, in a sentence.
    working: Callable[[Session, Asked, Sequence[int]], Mapping[int, str]]


_kinds: dict[str, FindingKind] = {}


def declare(kind: FindingKind) -> FindingKind:
    """Make the kind known to every list of findings. A code is declared once."""
    if _kinds.get(kind.code, kind) != kind:
        raise ValueError(f"{kind.code} is declared twice")
    return _kinds.setdefault(kind.code, kind)


def kinds(subject: str | None = None) -> tuple[FindingKind, ...]:
    """Every kind, or those about one kind of record: the most pressing first, then in the order of declaration."""
    order = list(Severity)
    wanted = (kind for kind in _kinds.values() if subject is None or kind.subject == subject)
    return tuple(sorted(wanted, key=lambda kind: order.index(kind.severity)))


def kind_of(code: str) -> FindingKind | None:
    return _kinds.get(code)
