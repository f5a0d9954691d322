"""The decisions an activity waits for, what was decided, and what members did about it."""

import enum
from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base, Uid
from app.decisions.models.activities import Activity, DecisionKind
from app.decisions.rules.notice import Route
from app.decisions.rules.timing import TimingKind
from app.register.models import Approval


class TakerKind(enum.StrEnum):
    """Who may take an executive decision (SI 2012/2089, regs 12 and 13)."""

    CABINET = "the Cabinet"
    COMMITTEE = "a committee of the Cabinet"
    MEMBER = "a Cabinet Member"
    OFFICER = "an officer"
    COUNCIL = "the full Council"


class Restriction(enum.StrEnum):
    """How much of the matter is kept from the public."""

    OPEN = "open"
    PART = "part exempt"
    FULL = "fully exempt"


class DecisionState(enum.StrEnum):
    EXPECTED = "expected"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"


class CallInOutcome(enum.StrEnum):
    """What became of a decision that was called in (Local Government Act 2000, s.9F)."""

    UPHELD = "decision upheld"
    REFERRED_BACK = "referred back"
    REFERRED_TO_COUNCIL = "referred to the full Council"
    CHANGED = "changed by the decision taker"


class Implementation(enum.StrEnum):
    NOT_BEGUN = "not begun"
    UNDER_WAY = "under way"
    DONE = "implemented"
    NOT_GOING_AHEAD = "not going ahead"


class Decision(Base):
    """One decision of an activity: to procure, or to award. The award may be an officer's, under the first."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("(timing = 'not known yet') = (expected_on IS NULL)", name="timing_says_when"),
        CheckConstraint("state <> 'taken' OR decided_on IS NOT NULL", name="taken_says_when"),
        CheckConstraint("restriction = 'open' OR restriction_ground IS NOT NULL", name="restriction_has_a_ground"),
        CheckConstraint("state <> 'withdrawn' OR withdrawn_reason IS NOT NULL", name="withdrawal_has_a_reason"),
        UniqueConstraint("activity_id", "kind"),
        Index("ix_decision_expected", "state", "expected_on", "id"),
    )
    __record__ = ("activity", "activity_id")

    uid: Mapped[Uid]
    version: Mapped[int] = mapped_column()
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    kind: Mapped[DecisionKind]
    state: Mapped[DecisionState] = mapped_column(default=DecisionState.EXPECTED)
    #: The council's own number, as the committee system gives it: "25/00083".
    reference: Mapped[str | None] = mapped_column(String(60), index=True)
    #: The page of the committee system.
    system_url: Mapped[str | None] = mapped_column(String(500))
    #: The decision that delegated this one to an officer.
    delegated_by_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))

    taker_kind: Mapped[TakerKind | None]
    #: An individual's name and title, or the body's name.
    taker: Mapped[str | None] = mapped_column(String(300))
    #: The members of a body, one a line (reg 9(1)(c)).
    taker_members: Mapped[str | None] = mapped_column(Text)
    restriction: Mapped[Restriction] = mapped_column(default=Restriction.OPEN)
    restriction_ground: Mapped[str | None] = mapped_column(String(500))

    timing: Mapped[TimingKind] = mapped_column(default=TimingKind.NOT_KNOWN)
    #: The date, or the first day of the quarter or year.
    expected_on: Mapped[date | None]

    decided_on: Mapped[date | None]
    #: The heads of the written statement (regs 12(2), 13(2), 13(4)).
    resolution: Mapped[str | None] = mapped_column(Text)
    reasons: Mapped[str | None] = mapped_column(Text)
    alternatives: Mapped[str | None] = mapped_column(Text)
    interests: Mapped[str | None] = mapped_column(Text)
    dispensations: Mapped[str | None] = mapped_column(Text)
    #: The written statement's day of publication: what starts the call-in in most constitutions.
    published_on: Mapped[date | None]
    #: None: subject to call-in; else why it is not.
    not_called_in_reason: Mapped[str | None] = mapped_column(String(500))
    #: The committee system's own last day and hour, where the clerk entered one.
    call_in_ends_on: Mapped[date | None]
    call_in_ends_at: Mapped[time | None]
    called_in_on: Mapped[date | None]
    called_in_by: Mapped[str | None] = mapped_column(String(300))
    called_in_reason: Mapped[str | None] = mapped_column(Text)
    call_in_outcome: Mapped[CallInOutcome | None]
    call_in_outcome_on: Mapped[date | None]
    #: The first day it may be acted on as the committee system has it, where the clerk entered one.
    effective_entered_on: Mapped[date | None]
    #: The first day it may be acted on; None while that cannot be told. Written by ``settle_decision`` alone.
    effective_on: Mapped[date | None]
    #: The lawful way a key decision was taken.
    route: Mapped[Route | None]
    #: It was taken without the notice the law asks for, and a person says so.
    without_notice_reason: Mapped[str | None] = mapped_column(String(1000))
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"))
    implementation: Mapped[Implementation] = mapped_column(default=Implementation.NOT_BEGUN)
    implementation_note: Mapped[str | None] = mapped_column(String(1000))
    implemented_on: Mapped[date | None]
    #: Members held that it should have been treated as key (reg 18): what they said, and the report to the council.
    held_to_be_key: Mapped[str | None] = mapped_column(String(1000))
    reported_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))

    activity: Mapped[Activity] = relationship(back_populates="decisions")
    delegated_by: Mapped["Decision | None"] = relationship(remote_side="Decision.id")
    approval: Mapped[Approval | None] = relationship()
    moves: Mapped[list["DecisionMove"]] = relationship(order_by="DecisionMove.id", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class DecisionMove(Base):
    """One move of the expected day of a decision that is not the activity's main one, with its reason."""

    __tablename__ = "decision_move"
    __record__ = ("activity", "activity_id")

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    moved_at: Mapped[datetime]
    moved_by: Mapped[str] = mapped_column(String(200))
    was_timing: Mapped[TimingKind]
    was_on: Mapped[date | None]
    now_timing: Mapped[TimingKind]
    now_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(1000))
