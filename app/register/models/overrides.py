"""A person's word against one of a contract's signals, for a time."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.base import Base
from app.register.signals import Level, SignalKind


class SignalOverride(Base):
    """Counts from the day it is set to its last day, unless somebody ends it earlier. Never altered otherwise."""

    __tablename__ = "signal_override"
    __table_args__ = (CheckConstraint("ended_at IS NULL OR ended_by IS NOT NULL", name="somebody_ended_it"),)
    __record__ = ("contract", "contract_id")

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    kind: Mapped[SignalKind]
    level: Mapped[Level]
    reason: Mapped[str] = mapped_column(String(1000))
    #: Whose word it is.
    by: Mapped[str] = mapped_column(String(200))
    #: The last day it counts; inclusive.
    until_on: Mapped[date] = mapped_column(index=True)
    set_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(200))
    ended_reason: Mapped[str | None] = mapped_column(String(1000))
