"""Acts that changed many records at once, kept so that each can be read again and undone as a whole."""

import enum
from datetime import datetime
from typing import ClassVar

from sqlalchemy import JSON, CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.base import Base, ShortText


class BulkKind(enum.StrEnum):
    EDIT = "change of several contracts"
    REASSIGNMENT = "reassignment of a post"


class BulkChange(Base):
    """One act over many records. What it changed stands in the history, under ``act``."""

    __tablename__ = "bulk_change"
    __table_args__ = (CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undoing_says_when_and_who"),)

    kind: Mapped[BulkKind]
    #: What it set, in words: "Contract manager: Head of Waste".
    summary: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(1000))
    #: The history's act.
    act: Mapped[str] = mapped_column(String(36), unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[ShortText]
    made_by_id: Mapped[int | None] = mapped_column(index=True)
    #: How many records it changed.
    changed: Mapped[int]
    #: Records chosen and left as they were: [kind, id, why].
    left: Mapped[list[list[str | int]]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(300))
    #: Records that undoing left, because they had been changed since: [kind, id, why].
    kept: Mapped[list[list[str | int]]] = mapped_column(JSON)

    #: The records changed tell their own history.
    __record__: ClassVar[None] = None
