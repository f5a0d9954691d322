"""Forthcoming activity, what became of it, and what people answered to proposals."""

import enum
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.core.base import Base, Pence, ShortText, Uid
from app.core.text import fold
from app.council.models import Committee, Directorate, Division
from app.decisions.rules.key_decisions import Judgement, LineKind
from app.decisions.rules.timing import TimingKind
from app.register.models import Arrangement, Contract, Programme, Service
from app.register.values import ValueCertainty

if TYPE_CHECKING:
    from app.decisions.models.taking import Decision


class ActivityKind(enum.StrEnum):
    REDESIGN = "service redesign"
    NEW = "commission new"
    REPROCURE = "re-procure"
    EXTEND = "extend"
    VARY = "vary"
    BRING_IN_HOUSE = "bring in-house"
    TRANSFER = "transfer to a company"

    @property
    def is_commissioning(self) -> bool:
        return self is not ActivityKind.REDESIGN


class Likelihood(enum.StrEnum):
    FIRM = "firm"
    LIKELY = "likely"
    POSSIBLE = "possible"


class DecisionKind(enum.StrEnum):
    PROCURE = "authority to procure"
    AWARD = "award"


class ActivityState(enum.StrEnum):
    EXPECTED = "expected"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"


class Activity(Base):
    """A forthcoming service redesign or commissioning exercise, and the decision it waits for."""

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("(timing = 'not known yet') = (expected_on IS NULL)", name="timing_says_when"),
        CheckConstraint("state <> 'taken' OR decided_on IS NOT NULL", name="taken_says_when"),
        CheckConstraint("judgement IS NULL OR judgement_reason IS NOT NULL", name="judgement_has_a_reason"),
        CheckConstraint("NOT exempt OR exempt_ground IS NOT NULL", name="exemption_has_a_ground"),
        CheckConstraint("NOT two_divisions OR two_divisions_reason IS NOT NULL", name="effect_has_a_reason"),
        Index("ix_activity_expected", "state", "expected_on", "id"),
    )
    __record__ = ("activity", "id")

    uid: Mapped[Uid]
    version: Mapped[int] = mapped_column()
    title: Mapped[ShortText]
    title_key: Mapped[ShortText]
    #: What it is for, in plain English.
    purpose: Mapped[str] = mapped_column(Text)
    kind: Mapped[ActivityKind]
    decision: Mapped[DecisionKind] = mapped_column(default=DecisionKind.PROCURE)
    state: Mapped[ActivityState] = mapped_column(default=ActivityState.EXPECTED)
    directorate_id: Mapped[int] = mapped_column(ForeignKey("directorate.id"), index=True)
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"), index=True)
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    #: The current contract or arrangement it is about, which leads: the back-plan ends with it.
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), index=True)
    arrangement_id: Mapped[int | None] = mapped_column(ForeignKey("arrangement.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    decision_taker: Mapped[str | None] = mapped_column(String(200))
    lead_post: Mapped[str | None] = mapped_column(String(200))

    timing: Mapped[TimingKind] = mapped_column(default=TimingKind.NOT_KNOWN)
    #: The date, or the first day of the quarter or year.
    expected_on: Mapped[date | None]
    #: What it was when it was first known.
    original_timing: Mapped[TimingKind | None]
    original_expected_on: Mapped[date | None]
    likelihood: Mapped[Likelihood] = mapped_column(default=Likelihood.LIKELY)
    #: Months the new contract is expected to run.
    expected_months: Mapped[int | None]

    value_certainty: Mapped[ValueCertainty] = mapped_column(default=ValueCertainty.ESTIMATE)
    value_note: Mapped[str | None] = mapped_column(String(1000))
    exempt: Mapped[bool] = mapped_column(default=False)
    exempt_ground: Mapped[str | None] = mapped_column(String(300))

    two_divisions: Mapped[bool] = mapped_column(default=False)
    two_divisions_reason: Mapped[str | None] = mapped_column(String(1000))
    #: Another ground of the constitution, in words.
    other_ground: Mapped[str | None] = mapped_column(String(1000))
    judgement: Mapped[Judgement | None]
    judgement_reason: Mapped[str | None] = mapped_column(String(1000))
    #: The expenditure or savings the judgement was made on; it lapses when they move.
    judged_amount: Mapped[Pence | None]

    # What became of the main decision: written by ``settle_activity`` alone, as ``state`` and ``decision_taker`` are
    decided_on: Mapped[date | None]
    decision_reference: Mapped[str | None] = mapped_column(String(60))
    outcome: Mapped[str | None] = mapped_column(Text)
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))

    directorate: Mapped[Directorate] = relationship()
    division: Mapped[Division | None] = relationship()
    committee: Mapped[Committee | None] = relationship()
    contract: Mapped[Contract | None] = relationship()
    arrangement: Mapped[Arrangement | None] = relationship()
    programme: Mapped[Programme | None] = relationship()
    lines: Mapped[list["ActivityLine"]] = relationship(order_by="ActivityLine.id", cascade="all, delete-orphan")
    services: Mapped[list["ActivityService"]] = relationship(
        order_by="ActivityService.id", cascade="all, delete-orphan"
    )
    also: Mapped[list["ActivityContract"]] = relationship(order_by="ActivityContract.id", cascade="all, delete-orphan")
    moves: Mapped[list["ActivityMove"]] = relationship(order_by="ActivityMove.id", cascade="all, delete-orphan")
    #: The main one is of the kind ``decision`` says; there may be a second.
    decisions: Mapped[list["Decision"]] = relationship(
        back_populates="activity", order_by="Decision.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @validates("title")
    def _fold_title(self, _key: str, title: str) -> str:
        self.title_key = fold(title)
        return title


class ActivityLine(Base):
    """Expenditure or savings an activity brings: revenue, capital or savings, over its whole life."""

    __tablename__ = "activity_line"
    __table_args__ = (CheckConstraint("high >= low", name="range_runs_upwards"),)
    __record__ = ("activity", "activity_id")

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    kind: Mapped[LineKind]
    #: Pounds over the whole life, net of recoverable VAT; equal unless it is a range.
    low: Mapped[Pence]
    high: Mapped[Pence]


class ActivityService(Base):
    """A service the activity is about."""

    __tablename__ = "activity_service"
    __table_args__ = (UniqueConstraint("activity_id", "service_id"),)
    __record__ = ("activity", "activity_id")

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)

    service: Mapped[Service] = relationship()


class ActivityContract(Base):
    """A further contract the activity covers, beside the one that leads."""

    __tablename__ = "activity_contract"
    __table_args__ = (UniqueConstraint("activity_id", "contract_id"),)
    __record__ = ("activity", "activity_id")

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)

    contract: Mapped[Contract] = relationship()


class ActivityMove(Base):
    """One move of the expected decision, with its reason."""

    __tablename__ = "activity_move"
    __record__ = ("activity", "activity_id")

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    moved_at: Mapped[datetime]
    moved_by: Mapped[str] = mapped_column(String(200))
    was_timing: Mapped[TimingKind]
    was_on: Mapped[date | None]
    now_timing: Mapped[TimingKind]
    now_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(1000))


class ProposalVerdict(enum.StrEnum):
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class ProposalAnswer(Base):
    """What a person answered to a proposal; lapses when the end or the value it judged changes."""

    __tablename__ = "proposal_answer"
    __table_args__ = (
        CheckConstraint("(contract_id IS NULL) <> (arrangement_id IS NULL)", name="is_about_one"),
        CheckConstraint("verdict <> 'dismissed' OR reason IS NOT NULL", name="dismissal_has_a_reason"),
    )
    __record__ = ("proposal_answer", "id")

    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), index=True)
    arrangement_id: Mapped[int | None] = mapped_column(ForeignKey("arrangement.id"), index=True)
    verdict: Mapped[ProposalVerdict]
    reason: Mapped[str | None] = mapped_column(String(1000))
    judged_end_on: Mapped[date | None]
    judged_value: Mapped[Pence | None]
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"))
    answered_at: Mapped[datetime]
    answered_by: Mapped[str] = mapped_column(String(200))
    #: A person took the answer back.
    undone_at: Mapped[datetime | None]
