"""An agreement as its page shows it: moves, charges, reviews, standards with their results, credits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.core.courses import CoursePicture, CourseRow, Point, course
from app.core.dates import day
from app.core.rights import Reader
from app.council.calendar import FinancialYear
from app.register.commands.service_levels import current_results, said
from app.register.models import (
    Agreement,
    AgreementCharge,
    AgreementMove,
    AgreementReview,
    AgreementStandard,
    Approval,
    Contract,
    ServiceCredit,
    StandardResult,
)
from app.register.queries.agreements import status_of
from app.register.service_levels import RUNNING, CreditState, Rating, last_day_for_notice
from app.register.visibility import approvals_open_to, may_see_amounts

#: Latest results shown at once; all are one click away on the page.
SHOWN = 8
RATING_COLOURS = {Rating.MET: "green", Rating.WITHIN_TOLERANCE: "yellow", Rating.BELOW: "red"}
CREDIT_COLOURS = {CreditState.ACCRUED: "yellow", CreditState.APPLIED: "green", CreditState.WAIVED: "grey"}


@dataclass(frozen=True)
class ResultLine:
    """One period's result, with what it took the place of."""

    result: StandardResult
    said: str
    tag: tuple[str, str]
    #: What was recorded before, latest first: as words, with why it was corrected.
    before: tuple[tuple[str, str], ...]

    @property
    def period(self) -> str:
        return f"{day(self.result.from_on)} to {day(self.result.to_on)}"


@dataclass(frozen=True)
class StandardShown:
    """A standard with its results, latest first, and their picture."""

    standard: AgreementStandard
    target: str
    results: tuple[ResultLine, ...]
    picture: CoursePicture | None
    tag: tuple[str, str] | None

    @property
    def latest(self) -> tuple[ResultLine, ...]:
        return self.results[:SHOWN]

    @property
    def older(self) -> tuple[ResultLine, ...]:
        return self.results[SHOWN:]


@dataclass(frozen=True)
class ChargeLine:
    """A financial year's charge, as this reader may know it."""

    year: FinancialYear
    charge: Decimal | None
    indexation: str


@dataclass(frozen=True)
class CreditLine:
    """A service credit, as this reader may know it."""

    credit: ServiceCredit
    standard: str
    amount: Decimal | None
    note: str
    tag: tuple[str, str]


@dataclass(frozen=True)
class AgreementShown:
    """What an agreement's page says beside its line on the list."""

    side: Agreement
    approval: Approval | None
    moves: tuple[AgreementMove, ...]
    charges: tuple[ChargeLine, ...]
    reviews: tuple[AgreementReview, ...]
    standards: tuple[StandardShown, ...]
    withdrawn: tuple[AgreementStandard, ...]
    credits: tuple[CreditLine, ...]
    #: Amounts are exempt from this reader.
    withheld: bool
    #: The last day on which notice can be given before the end.
    notice_by: date | None

    @property
    def running(self) -> bool:
        return self.side.status in RUNNING

    @property
    def payable(self) -> bool:
        """Some standard is linked to payment."""
        return any(one.standard.linked_to_payment for one in self.standards)


def agreement_shown(session: Session, contract: Contract, reader: Reader, today: date) -> AgreementShown:
    """Everything its page says, in so many statements however long it has run."""
    side, withheld = _side(session, contract), not may_see_amounts(reader, contract)
    set_up_by = select(Approval).where(Approval.id == contract.approval_id, approvals_open_to(reader, today))
    return AgreementShown(
        side=side,
        approval=session.scalar(set_up_by) if contract.approval_id else None,
        moves=tuple(reversed(side.moves)),
        charges=tuple(_charge(one, withheld=withheld) for one in reversed(side.charges)),
        reviews=tuple(side.reviews),
        standards=tuple(_shown(one) for one in side.live_standards),
        withdrawn=tuple(one for one in side.standards if one.withdrawn_reason),
        credits=tuple(_credit(one, withheld=withheld) for one in side.credits),
        withheld=withheld,
        notice_by=notice_by(contract),
    )


def _side(session: Session, contract: Contract) -> Agreement:
    query = (
        select(Agreement)
        .where(Agreement.contract_id == contract.id)
        .options(
            joinedload(Agreement.contract),
            selectinload(Agreement.standards).selectinload(AgreementStandard.results),
            selectinload(Agreement.moves),
            selectinload(Agreement.charges),
            selectinload(Agreement.reviews),
            selectinload(Agreement.credits).joinedload(ServiceCredit.standard),
        )
    )
    found = session.scalars(query).one_or_none()
    return found or Agreement(contract_id=contract.id, status=status_of(contract, None), standards=[])


def notice_by(contract: Contract) -> date | None:
    """The last day for notice before its end; of one that runs until notice is given there is none."""
    if contract.current_end_on is None or contract.notice_months is None or contract.ended_early_on is not None:
        return None
    return last_day_for_notice(contract.current_end_on, contract.notice_months)


def _charge(one: AgreementCharge, *, withheld: bool) -> ChargeLine:
    year = FinancialYear(one.year)
    return ChargeLine(year, None, "") if withheld else ChargeLine(year, one.charge, one.indexation or "")


def _credit(one: ServiceCredit, *, withheld: bool) -> CreditLine:
    state = str(one.state).capitalize(), CREDIT_COLOURS[one.state]
    note = "" if withheld else one.note or ""
    return CreditLine(one, one.standard.measure, None if withheld else one.amount, note, state)


def _shown(standard: AgreementStandard) -> StandardShown:
    current = current_results(standard)
    by_id = {one.id: one for one in standard.results}
    rating = standard.latest_rating
    return StandardShown(
        standard=standard,
        target=standard.target or "",
        results=tuple(_line(one, standard, by_id) for one in reversed(current)),
        picture=picture_of(standard, current),
        tag=(str(rating).capitalize(), RATING_COLOURS[rating]) if rating else None,
    )


def _line(one: StandardResult, standard: AgreementStandard, by_id: dict[int, StandardResult]) -> ResultLine:
    before, reason, old = [], one.correction_reason, by_id.get(one.corrects_id or 0)
    while old is not None:
        before.append((f"{said(old, standard.unit)}, {old.rating}", reason or ""))
        reason, old = old.correction_reason, by_id.get(old.corrects_id or 0)
    tag = str(one.rating).capitalize(), RATING_COLOURS[one.rating]
    return ResultLine(one, said(one, standard.unit), tag, tuple(before))


def picture_of(standard: AgreementStandard, current: Sequence[StandardResult]) -> CoursePicture | None:
    """Results over their periods against the target; none where there is only one number, or none."""
    numbers = [(one, one.value) for one in current if one.value is not None]
    if len(numbers) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    target = standard.target_value
    asked = [Point(numbers[index][0].to_on, target) for index in (0, -1)] if target is not None else []
    rows = [
        CourseRow(f"To {day(one.to_on)}", said(one, standard.unit), standard.target or "", str(one.rating).capitalize())
        for one, _ in reversed(numbers)
    ]
    return course(
        f"{standard.measure}: results over periods",
        [Point(one.to_on, value) for one, value in numbers],
        asked,
        rows,
        headings=("Period", "Result", "Target"),
    )


def approval_choices(session: Session, reader: Reader, today: date) -> list[Approval]:
    """Decisions an agreement may be set up under, by reference."""
    query = select(Approval).where(approvals_open_to(reader, today))
    return list(session.scalars(query.order_by(Approval.reference, Approval.id)))
