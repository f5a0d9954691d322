"""Recording the control test of a company the council owns. A test is never altered: a mistake is met by another."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.register import control
from app.register.commands.documents import secure_link
from app.register.models import ControlTest, Provider


@dataclass(frozen=True, kw_only=True)
class ControlWanted:
    """What somebody found. None: not known."""

    tested_on: date
    purpose: str | None = None
    parent_undertaking: bool | None = None
    other_influence: bool | None = None
    other_influence_note: str | None = None
    activity_share: Decimal | None = None
    activity_method: str | None = None
    activity_period: str | None = None
    private_shares: bool | None = None
    private_shares_note: str | None = None
    joint_owners: str | None = None
    owners_on_board: bool | None = None
    evidence: str | None = None
    evidence_url: str | None = None
    next_due_on: date | None = None

    @property
    def found(self) -> control.Found:
        return control.Found(
            tested_on=self.tested_on,
            parent_undertaking=self.parent_undertaking,
            other_influence=self.other_influence,
            activity_share=self.activity_share,
            private_shares=self.private_shares,
            next_due_on=self.next_due_on,
            joint=bool(self.joint_owners),
            owners_on_board=self.owners_on_board,
        )


def record_test(
    session: Session, company: Provider, wanted: ControlWanted, *, by: str, now: datetime, today: date
) -> ControlTest:
    """Keep what was found on a day, beside all that was found before."""
    control.check_test(wanted.found, method=wanted.activity_method, period=wanted.activity_period, today=today)
    _check_link(wanted)
    test = ControlTest(provider_id=company.id, recorded_at=now, recorded_by=by, **asdict(wanted))
    session.add(test)
    session.flush()
    return test


def correct_test(
    session: Session, mistaken: ControlTest, wanted: ControlWanted, reason: str, *, by: str, now: datetime, today: date
) -> ControlTest:
    """Keep another in the place of one that was recorded wrongly; both stay on record."""
    if session.scalar(select(exists().where(ControlTest.corrects_id == mistaken.id))):
        raise Refusal("This test was corrected already: correct the one that stands in its place")
    control.check_test(wanted.found, method=wanted.activity_method, period=wanted.activity_period, today=today)
    _check_link(wanted)
    test = ControlTest(
        provider_id=mistaken.provider_id, recorded_at=now, recorded_by=by, corrects_id=mistaken.id,
        correction_reason=reason, **asdict(wanted),
    )  # fmt: skip
    session.add(test)
    session.flush()
    return test


def _check_link(wanted: ControlWanted) -> None:
    if wanted.evidence_url is None:
        return
    try:
        secure_link(wanted.evidence_url)
    except Refusal as refusal:
        raise Refusal(refusal.message, field="evidence_url") from refusal
