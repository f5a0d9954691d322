"""What people do with approvals: what a decision allows."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.register.models import Approval


@dataclass(frozen=True, kw_only=True)
class ApprovalWanted:
    """An approval as a form, or a recorded decision, describes it."""

    reference: str
    title: str
    directorate_id: int
    decided_on: date | None = None
    sum_allowed: Decimal | None = None
    latest_end_on: date | None = None
    allows_options: bool = False
    delegate_post: str | None = None
    note: str | None = None


def add_approval(session: Session, wanted: ApprovalWanted) -> Approval:
    """Record what a decision allows."""
    approval = Approval()
    change_approval(session, approval, wanted)
    session.add(approval)
    session.flush()
    return approval


def change_approval(session: Session, approval: Approval, wanted: ApprovalWanted) -> None:
    """Correct it. A reference and title name one approval only: one decision may give several."""
    same = select(Approval).where(Approval.reference == wanted.reference, Approval.title == wanted.title)
    with session.no_autoflush:
        found = session.scalars(same.order_by(Approval.id)).first()
    if found is not None and found is not approval:
        raise Refusal(f"{wanted.reference} is recorded with that title already: change that one", field="reference")
    if wanted.decided_on and wanted.latest_end_on and wanted.latest_end_on < wanted.decided_on:
        raise Refusal("Enter an end that is not before the decision", field="latest_end_on")
    for column, value in asdict(wanted).items():
        setattr(approval, column, value)
