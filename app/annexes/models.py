"""What a planner decides about the annexes, and what was exported of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
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


class AnnexExport(Base):
    """Annexes taken out as a file: whose, for which year, as at which day, by whom."""

    __tablename__ = "annex_export"
    __table_args__ = (Index("ix_annex_export_directorate", "directorate_id", "year", "id"),)

    #: None: the whole council in one set.
    directorate_id: Mapped[int | None] = mapped_column(ForeignKey("directorate.id"))
    #: The plan year by its first year: 2015 is 2015-16.
    year: Mapped[int]
    as_at: Mapped[date]
    edition: Mapped[str] = mapped_column(String(20))
    format: Mapped[str] = mapped_column(String(20))
    exported_at: Mapped[datetime]
    exported_by: Mapped[str] = mapped_column(String(200))
