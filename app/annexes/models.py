"""What a planner decides about the annexes: which contracts print as commissioned services."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.base import Base


class AnnexChoice(Base):
    """A contract or arrangement included in or excluded from "commissioned services", with the reason."""

    __tablename__ = "annex_choice"
    __table_args__ = (CheckConstraint("(contract_id IS NULL) <> (arrangement_id IS NULL)", name="is_about_one"),)
    __record__ = ("annex_choice", "id")

    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), unique=True)
    arrangement_id: Mapped[int | None] = mapped_column(ForeignKey("arrangement.id"), unique=True)
    included: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(1000))
    chosen_at: Mapped[datetime]
    chosen_by: Mapped[str] = mapped_column(String(200))
