"""Pre-scrutiny: what members follow and ask to look at, what meetings take, and what came of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.base import Base, Uid
from app.council.models import Committee, Meeting
from app.decisions.models.activities import Activity
from app.decisions.rules.pre_scrutiny import (
    SECTION_WORDS,
    AgendaSection,
    AskReason,
    ItemOutcome,
    RequestState,
)
from app.register.models import Contract

__all__ = [
    "SECTION_WORDS",
    "AgendaItem",
    "AgendaSection",
    "AskReason",
    "Following",
    "ItemOutcome",
    "LeftOut",
    "PreScrutinyRequest",
    "RequestState",
]


class Following(Base):
    """A person follows an activity: its moves show on that person's page."""

    __tablename__ = "following"
    __table_args__ = (UniqueConstraint("person_id", "activity_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    since_at: Mapped[datetime]


class PreScrutinyRequest(Base):
    """A member asks a committee to look at an activity or a contract."""

    __tablename__ = "pre_scrutiny_request"
    __table_args__ = (
        CheckConstraint("(activity_id IS NULL) <> (contract_id IS NULL)", name="is_about_one"),
        CheckConstraint("state NOT IN ('declined', 'merged') OR answer IS NOT NULL", name="answer_has_a_reason"),
        CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged_says_into_what"),
        Index("ix_pre_scrutiny_request_committee", "committee_id", "state", "id"),
    )
    __record__ = ("pre_scrutiny_request", "id")

    uid: Mapped[Uid]
    version: Mapped[int] = mapped_column()
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), index=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: The asker's name as it was.
    asked_by: Mapped[str] = mapped_column(String(200))
    asked_at: Mapped[datetime]
    about: Mapped[AskReason]
    reason: Mapped[str] = mapped_column(String(1000))
    preferred_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    state: Mapped[RequestState] = mapped_column(default=RequestState.ASKED)
    answer: Mapped[str | None] = mapped_column(String(1000))
    answered_by: Mapped[str | None] = mapped_column(String(200))
    answered_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("pre_scrutiny_request.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))

    activity: Mapped[Activity | None] = relationship()
    contract: Mapped[Contract | None] = relationship()
    committee: Mapped[Committee] = relationship()
    person: Mapped[Person] = relationship()
    preferred_meeting: Mapped[Meeting | None] = relationship()
    item: Mapped["AgendaItem | None"] = relationship(foreign_keys=[item_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class AgendaItem(Base):
    """One matter on a committee's work programme; with a meeting it stands on that meeting's agenda."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        CheckConstraint("outcome IS NULL OR meeting_id IS NOT NULL", name="outcome_has_a_meeting"),
        CheckConstraint("removed_at IS NULL OR removed_reason IS NOT NULL", name="removal_has_a_reason"),
        Index("ix_agenda_item_meeting", "meeting_id", "position", "id"),
        Index("ix_agenda_item_committee", "committee_id", "id"),
    )
    __record__ = ("agenda_item", "id")

    uid: Mapped[Uid]
    version: Mapped[int] = mapped_column()
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), index=True)
    section: Mapped[AgendaSection] = mapped_column(default=AgendaSection.DECISIONS)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(300))
    #: What the committee is asked to do, in a sentence.
    asked_to: Mapped[str | None] = mapped_column(String(500))
    note: Mapped[str | None] = mapped_column(Text)
    #: Taken with the public shut out; in the exempt pack alone.
    exempt: Mapped[bool] = mapped_column(default=False)
    exempt_ground: Mapped[str | None] = mapped_column(String(300))

    #: "You said": comments and recommendations, as minuted.
    comments: Mapped[str | None] = mapped_column(Text)
    recommendations: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[ItemOutcome | None]
    minute_reference: Mapped[str | None] = mapped_column(String(100))
    #: "We did": the directorate's answer.
    response: Mapped[str | None] = mapped_column(Text)
    responded_by: Mapped[str | None] = mapped_column(String(200))
    responded_on: Mapped[date | None]
    #: What it changed, in the decision or the contract.
    changed: Mapped[str | None] = mapped_column(Text)
    removed_at: Mapped[datetime | None]
    removed_reason: Mapped[str | None] = mapped_column(String(1000))

    committee: Mapped[Committee] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    activity: Mapped[Activity | None] = relationship()
    contract: Mapped[Contract | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class LeftOut(Base):
    """A key decision that does not come to its cabinet committee: allowed for urgency alone, and said why."""

    __tablename__ = "left_out_of_committee"
    __record__ = ("activity", "activity_id")

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    urgency: Mapped[str] = mapped_column(String(500))
    reason: Mapped[str] = mapped_column(String(1000))
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
