"""Approvals as their pages show them, with what is let under them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.core.listing import Page, Sort
from app.core.money import pounds
from app.core.pages import plural
from app.core.rights import Reader
from app.council.models import Directorate
from app.register.models import Approval, Contract
from app.register.queries.lines import NEEDED, ContractLine, line
from app.register.visibility import approvals_open_to, may_see_amounts, rows_open_to, sums_open_to
from app.register.worth import ZERO

LATEST = Sort("decided_on", descending=True)
SORTS: dict[str, Any] = {
    "decided_on": Approval.decided_on,
    "reference": Approval.reference,
    "title": Approval.title,
    "sum": Approval.sum_allowed,  # where this reader may know it
}


@dataclass(frozen=True)
class ApprovalsAsked:
    """Which approvals, and in what order."""

    words: str | None = None
    directorate_id: int | None = None
    sort: Sort = LATEST


@dataclass(frozen=True)
class ApprovalRow:
    """One line of the list of approvals."""

    approval: Approval
    contracts: int
    #: The sum would tell an amount that is exempt from this reader.
    withheld: bool


def _matching(asked: ApprovalsAsked, reader: Reader, today: date) -> list[ColumnElement[bool]]:
    conditions = [approvals_open_to(reader, today)]
    if asked.directorate_id is not None:
        conditions.append(Approval.directorate_id == asked.directorate_id)
    conditions += [_says(word) for word in (asked.words or "").split()]
    return conditions


def _says(word: str) -> ColumnElement[bool]:
    return or_(Approval.reference.icontains(word, autoescape=True), Approval.title.icontains(word, autoescape=True))


def _approvals(asked: ApprovalsAsked, reader: Reader, today: date) -> Select[Approval]:
    column = SORTS[asked.sort.column]
    if column is Approval.sum_allowed:
        column = case((sums_open_to(reader), column))
    return (
        select(Approval)
        .join(Directorate, Directorate.id == Approval.directorate_id)
        .options(contains_eager(Approval.directorate))
        .where(*_matching(asked, reader, today))
        .order_by(column.is_(None), column.desc() if asked.sort.descending else column, Approval.id)
    )


def approvals_page(
    session: Session, asked: ApprovalsAsked, reader: Reader, today: date, *, number: int = 1, size: int = 25
) -> Page[ApprovalRow]:
    """One page of the list."""
    total = session.scalar(select(func.count()).select_from(Approval).where(*_matching(asked, reader, today))) or 0
    found = list(session.scalars(_approvals(asked, reader, today).offset((number - 1) * size).limit(size)))
    hidden = set(session.scalars(select(Approval.id).where(~sums_open_to(reader))))
    counts = _counts(session, [one.id for one in found], reader, today)
    return Page([ApprovalRow(one, counts.get(one.id, 0), one.id in hidden) for one in found], total, number, size)


def _counts(session: Session, ids: Collection[int], reader: Reader, today: date) -> dict[int, int]:
    query = (
        select(Contract.approval_id, func.count())
        .where(Contract.approval_id.in_(ids), rows_open_to(reader, today))
        .group_by(Contract.approval_id)
    )
    return {number: counted for number, counted in session.execute(query) if number is not None}


def approval(session: Session, approval_id: int, reader: Reader, today: date) -> Approval:
    """One approval; NoResultFound where there is none that this reader may know of."""
    return session.scalars(
        select(Approval)
        .where(Approval.id == approval_id, approvals_open_to(reader, today))
        .options(joinedload(Approval.directorate))
    ).one()


@dataclass(frozen=True)
class ApprovalShown:
    """What an approval's page says beside its own facts."""

    sentence: str
    lines: tuple[ContractLine, ...]
    #: The sum would tell an amount that is exempt from this reader.
    withheld: bool
    #: Whether what is let under it keeps within the sum, as far as the reader may know.
    used: str
    #: Contracts that end later than it allows.
    beyond_term: tuple[ContractLine, ...]


def sum_withheld(session: Session, found: Approval, reader: Reader) -> bool:
    """The sum would tell an amount that is exempt from this reader."""
    return bool(session.scalar(select(~sums_open_to(reader)).where(Approval.id == found.id)))


def approval_shown(session: Session, found: Approval, reader: Reader, today: date) -> ApprovalShown:
    query = select(Contract).where(Contract.approval_id == found.id, rows_open_to(reader, today)).options(*NEEDED)
    contracts = list(session.scalars(query.order_by(Contract.title_key, Contract.id)))
    lines = tuple(line(one, reader, today) for one in contracts)
    last = found.latest_end_on
    withheld = sum_withheld(session, found, reader)
    return ApprovalShown(
        sentence=_sentence(found, withheld=withheld),
        lines=lines,
        withheld=withheld,
        used=_used(found, contracts, reader, withheld=withheld),
        beyond_term=tuple(one for one in lines if last and one.ends_on and one.ends_on > last),
    )


def _sentence(found: Approval, *, withheld: bool) -> str:
    """What the decision allows, read aloud."""
    if withheld:
        return f"Decision {found.reference} allows a sum that is exempt."
    allowed = f"up to {pounds(found.sum_allowed)}" if found.sum_allowed is not None else "a sum it did not name"
    options = ", options to extend included" if found.allows_options else ""
    delegate = f", to be acted on by the {found.delegate_post}" if found.delegate_post else ""
    return f"Decision {found.reference} allows {allowed}{options}{delegate}."


def _used(found: Approval, contracts: Collection[Contract], reader: Reader, *, withheld: bool) -> str:
    """The current values let under it, added; with what is left out."""
    if any(not may_see_amounts(reader, one) for one in contracts):
        return "Cannot be said here: an amount under it is exempt"
    known = [one.current_high for one in contracts if one.current_high is not None]
    if not known:
        return ""
    total, missing = sum(known, ZERO), len(contracts) - len(known)
    left_out = f"; {plural(missing, 'contract')} without a whole-life value left out" if missing else ""
    over = ""
    if not withheld and found.sum_allowed is not None and total > found.sum_allowed:
        over = f", {pounds(total - found.sum_allowed)} more than it allows"
    return f"{pounds(total)} over {plural(len(known), 'contract')}{over}{left_out}"
