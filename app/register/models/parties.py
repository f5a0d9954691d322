"""What is known of providers beside their own facts: merges, pairs told apart, control tests of the council's own."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base, Quantity
from app.register.models.providers import Provider


class ProviderMerge(Base):
    """One act by which a provider was merged into another, with all it moved, so that it can be undone."""

    __tablename__ = "provider_merge"
    __table_args__ = (CheckConstraint("undone_at IS NULL OR undone_by IS NOT NULL", name="an_undoing_has_a_name"),)

    kept_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    reason: Mapped[str] = mapped_column(String(1000))
    merged_at: Mapped[datetime]
    merged_by: Mapped[str] = mapped_column(String(200))
    #: Every row it touched, as ``merging.Step`` writes it.
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # Any: a row's own columns
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(200))

    kept: Mapped[Provider] = relationship(foreign_keys=[kept_id])
    merged: Mapped[Provider] = relationship(foreign_keys=[merged_id])


class ProviderDistinction(Base):
    """Two providers a person looked at and told apart; they are not suggested as duplicates again."""

    __tablename__ = "provider_distinction"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="a_pair_is_said_one_way"),
    )
    __record__ = ("provider", "first_id")

    first_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    told_at: Mapped[datetime]
    told_by: Mapped[str] = mapped_column(String(200))


class ControlTest(Base):
    """What was found on a day about the council's control of a company. Never altered: a mistake is met by another.

    Procurement Act 2023, Schedule 2, paragraph 2. It records facts; whether the exemption holds is for a lawyer.
    """

    __tablename__ = "control_test"
    __table_args__ = (
        CheckConstraint("activity_share >= 0 AND activity_share <= 10000", name="activity_is_a_percentage"),
        CheckConstraint("corrects_id IS NULL OR correction_reason IS NOT NULL", name="a_correction_has_a_reason"),
        UniqueConstraint("corrects_id"),
    )
    __record__ = ("provider", "provider_id")

    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    tested_on: Mapped[date]
    purpose: Mapped[str | None] = mapped_column(Text)
    #: Paragraph 2(2)(a), with Companies Act 2006, s.1162. None here and below: not known.
    parent_undertaking: Mapped[bool | None]
    #: Paragraph 2(2)(b): whether anybody but the council has decisive influence.
    other_influence: Mapped[bool | None]
    other_influence_note: Mapped[str | None] = mapped_column(String(1000))
    #: Paragraph 2(2)(c): per cent of its activities for the council, or for those it controls.
    activity_share: Mapped[Quantity | None]
    activity_method: Mapped[str | None] = mapped_column(String(500))
    activity_period: Mapped[str | None] = mapped_column(String(200))
    #: Paragraph 2(3): whether anybody who is no public authority holds shares.
    private_shares: Mapped[bool | None]
    private_shares_note: Mapped[str | None] = mapped_column(String(1000))
    #: Paragraph 2(2)(d): who owns it with the council, and whether each is on its board.
    joint_owners: Mapped[str | None] = mapped_column(String(1000))
    owners_on_board: Mapped[bool | None]
    evidence: Mapped[str | None] = mapped_column(String(1000))
    evidence_url: Mapped[str | None] = mapped_column(String(1000))
    next_due_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    #: The test this one stands in place of.
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("control_test.id"))
    correction_reason: Mapped[str | None] = mapped_column(String(1000))
