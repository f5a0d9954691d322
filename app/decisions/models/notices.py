"""Notices of decisions: particulars while they are drafted, the words as published ever after."""

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base, Uid
from app.decisions.models.taking import Decision, Restriction
from app.decisions.rules.particulars import NoticeKind
from app.decisions.rules.timing import TimingKind


class NoticeState(enum.StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Notice(Base):
    """One notice: its particulars while it is drafted, its words as published ever after: a trigger sees to it."""

    __tablename__ = "decision_notice"
    __table_args__ = (
        CheckConstraint("(state = 'draft') = (published_on IS NULL)", name="published_says_when"),
        CheckConstraint("state = 'draft' OR words IS NOT NULL", name="published_is_frozen"),
        CheckConstraint("state <> 'withdrawn' OR withdrawn_reason IS NOT NULL", name="withdrawal_has_a_reason"),
    )
    __record__ = ("activity", "activity_id")

    uid: Mapped[Uid]
    version: Mapped[int] = mapped_column()
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    kind: Mapped[NoticeKind]
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.DRAFT)

    # The particulars of reg 9(1); those of the decision itself are read from it until the notice is published
    matter: Mapped[str | None] = mapped_column(Text)
    documents: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    other_documents: Mapped[str | None] = mapped_column(Text)
    how_to_ask: Mapped[str | None] = mapped_column(Text)
    #: Why full notice could not be given, or why the meeting is private.
    reasons: Mapped[str | None] = mapped_column(Text)
    #: Representations received about a private meeting, and the answer (reg 5(4)).
    representations: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
    #: The scrutiny chair told in writing (reg 10), or who agreed (reg 11), and when.
    chair_informed: Mapped[str | None] = mapped_column(String(300))
    chair_informed_on: Mapped[date | None]
    agreed_by: Mapped[str | None] = mapped_column(String(300))
    agreed_as: Mapped[str | None] = mapped_column(String(100))
    agreed_on: Mapped[date | None]
    #: Why a private meeting cannot wait for its notice (reg 5(7)).
    urgent_because: Mapped[str | None] = mapped_column(Text)
    #: The day of the private meeting.
    meeting_on: Mapped[date | None]

    # What the decision was when the notice was published: moving away from it asks for a new notice
    title: Mapped[str | None] = mapped_column(String(300))
    purpose: Mapped[str | None] = mapped_column(Text)
    decision_reference: Mapped[str | None] = mapped_column(String(60))
    taker: Mapped[str | None] = mapped_column(String(300))
    taker_members: Mapped[str | None] = mapped_column(Text)
    restriction: Mapped[Restriction | None]
    restriction_ground: Mapped[str | None] = mapped_column(String(500))
    timing: Mapped[TimingKind | None]
    expected_on: Mapped[date | None]

    published_on: Mapped[date | None] = mapped_column(index=True)
    #: The earliest day of the decision as the committee system has it; ours is reckoned.
    earliest_entered_on: Mapped[date | None]
    #: The expected date or period as the notice said it.
    expected_words: Mapped[str | None] = mapped_column(String(200))
    #: All of it, as published; never changed.
    words: Mapped[str | None] = mapped_column(Text)
    #: Published by us at a public address, rather than only in a committee system.
    public: Mapped[bool] = mapped_column(default=False)
    system_reference: Mapped[str | None] = mapped_column(String(60))
    system_url: Mapped[str | None] = mapped_column(String(500))
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("decision_notice.id"))
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))
    published_by: Mapped[str | None] = mapped_column(String(200))

    decision: Mapped[Decision] = relationship()
    replaced_by: Mapped["Notice | None"] = relationship(remote_side="Notice.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def version_of_all(self) -> int:
        """Of the three records a draft is put together from: it rises whenever one of them is saved."""
        return self.version + self.decision.version + self.decision.activity.version

    @property
    def urgent_meeting_on(self) -> date | None:
        """The day of a private meeting of which a chair agreed that it cannot wait for its notice (reg 5(6))."""
        return self.meeting_on if self.agreed_by and self.agreed_on else None
