"""Records that lack something the annexes or publication need: each gap is a list, and its count is the list's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from app.core.dates import add_months
from app.core.listing import ROWS_ON_A_PAGE, Page
from app.core.rights import Reader
from app.register.models import Contract, ContractForm, ContractProvider
from app.register.queries.contracts import Listed, listed
from app.register.queries.remembered import Remembered, stamp_of
from app.register.status import Status, in_status
from app.register.visibility import rows_open_to

#: A record nobody has confirmed for so many months may no longer be true.
STALE_MONTHS = 6


class Gap(StrEnum):
    """What a running contract lacks."""

    NO_END = "no-end-or-review"
    NO_VALUE = "no-value"
    NO_PROVIDER = "no-provider"
    NO_SERVICE = "no-service"
    NO_MANAGER = "no-manager"
    STALE = "not-confirmed"


#: (one, several): what a count says; what the page says to do.
WORDS: Mapping[Gap, tuple[str, str]] = {
    Gap.NO_END: (
        "running contract with neither an end nor a review date",
        "running contracts with neither an end nor a review date",
    ),
    Gap.NO_VALUE: ("running contract with no value recorded", "running contracts with no value recorded"),
    Gap.NO_PROVIDER: ("running contract with no provider recorded", "running contracts with no provider recorded"),
    Gap.NO_SERVICE: ("running contract not given to a service", "running contracts not given to a service"),
    Gap.NO_MANAGER: (
        "running contract with nobody named as its manager",
        "running contracts with nobody named as their manager",
    ),
    Gap.STALE: ("running contract not confirmed for six months", "running contracts not confirmed for six months"),
}
CURES: Mapping[Gap, str] = {
    Gap.NO_END: "Without either, nobody can say when a decision is needed. Give each an end, or a day to review it.",
    Gap.NO_VALUE: "Without a value, a contract cannot be held against the thresholds and the annexes leave it out.",
    Gap.NO_PROVIDER: "Annexes 1 and 2 print who delivers each service.",
    Gap.NO_SERVICE: "A contract's value counts under its lead service.",
    Gap.NO_MANAGER: "Somebody has to answer for it.",
    Gap.STALE: "Look through each, correct what has changed, and confirm that it is still right.",
}


@dataclass(frozen=True)
class Part:
    """The part of the council that is asked about; neither named means all of it."""

    directorate_id: int | None = None
    division_id: int | None = None


WHOLE = Part()


def _lacks(gap: Gap, today: date) -> ColumnElement[bool]:
    provided = exists().where(ContractProvider.contract_id == Contract.id)
    return {
        Gap.NO_END: and_(Contract.current_end_on.is_(None), Contract.review_on.is_(None)),
        Gap.NO_VALUE: and_(
            Contract.current_high.is_(None), Contract.annual_high.is_(None), Contract.form != ContractForm.MEMORANDUM
        ),
        Gap.NO_PROVIDER: and_(~provided, Contract.form.not_in({ContractForm.INTERNAL_SLA, ContractForm.FRAMEWORK})),
        Gap.NO_SERVICE: Contract.lead_service_id.is_(None),
        Gap.NO_MANAGER: Contract.manager_post_key.is_(None),
        Gap.STALE: or_(Contract.confirmed_on.is_(None), Contract.confirmed_on < add_months(today, -STALE_MONTHS)),
    }[gap]


def _conditions(gap: Gap, part: Part, reader: Reader, today: date) -> list[ColumnElement[bool]]:
    return [*_running(part, reader, today), _lacks(gap, today)]


def _running(part: Part, reader: Reader, today: date) -> list[ColumnElement[bool]]:
    conditions = [rows_open_to(reader, today), in_status(Status.LIVE, today)]
    if part.division_id is not None:
        conditions.append(Contract.division_id == part.division_id)
    elif part.directorate_id is not None:
        conditions.append(Contract.directorate_id == part.directorate_id)
    return conditions


def how_many(session: Session, gap: Gap, part: Part, reader: Reader, today: date) -> int:
    """Kept until the next commit; every gap is counted in one reading of the register."""
    key = (part, reader.exempt_units, today)
    return _counted.get(stamp_of(session), key, lambda: _count(session, part, reader, today))[gap]


_counted: Remembered[Mapping[Gap, int]] = Remembered(200)


def _count(session: Session, part: Part, reader: Reader, today: date) -> Mapping[Gap, int]:
    counts = (func.count(case((_lacks(gap, today), 1))) for gap in Gap)
    row = session.execute(select(*counts).select_from(Contract).where(*_running(part, reader, today))).one()
    return dict(zip(Gap, row, strict=True))


def gap_page(session: Session, gap: Gap, part: Part, reader: Reader, today: date, number: int) -> Page[Listed]:
    """One page of the list, in the order of titles."""
    wanted = (
        select(Contract.id)
        .where(*_conditions(gap, part, reader, today))
        .order_by(Contract.title_key, Contract.id)
        .offset((number - 1) * ROWS_ON_A_PAGE)
        .limit(ROWS_ON_A_PAGE)
    )
    rows = listed(session, list(session.scalars(wanted)), reader, today)
    return Page(rows, how_many(session, gap, part, reader, today), number)
