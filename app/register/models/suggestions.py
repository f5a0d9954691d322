"""Suggestions a person said no to."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.base import Base


class ArrangementDismissal(Base):
    """Contracts that look like one arrangement and are none: not suggested again until more of the kind come."""

    __tablename__ = "arrangement_dismissal"
    __record__ = ("arrangement_dismissal", "id")

    #: What the contracts share, as ``arranging.Suggestion.key`` says it.
    key: Mapped[str] = mapped_column(String(800), unique=True)
    #: How many they were.
    contracts: Mapped[int]
    reason: Mapped[str] = mapped_column(String(1000))
    dismissed_at: Mapped[datetime]
    dismissed_by: Mapped[str] = mapped_column(String(200))
