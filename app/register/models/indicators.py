"""Key performance indicators of a contract and their results, period by period."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base, Quantity, ShortText
from app.register.models.contracts import Contract
from app.register.models.documents import Document
from app.register.ratings import Rating
from app.register.service_levels import Direction, Frequency


class Indicator(Base):
    """A key performance indicator: what of a contract is measured, against which target, how often."""

    __tablename__ = "indicator"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name="withdrawal_has_a_reason"),
    )
    __record__ = ("indicator", "id")

    version: Mapped[int] = mapped_column()
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    name: Mapped[ShortText]
    measures: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(String(60))
    target: Mapped[Quantity | None]
    direction: Mapped[Direction] = mapped_column(default=Direction.HIGHER)
    frequency: Mapped[Frequency] = mapped_column(default=Frequency.QUARTERLY)
    #: The first day of the first period.
    measured_from: Mapped[date]
    #: None: not said.
    linked_to_payment: Mapped[bool | None]
    #: Whether it was set before the contract was entered into (Procurement Act 2023, s.52). None: not said.
    set_before_entering: Mapped[bool | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))

    #: The last day of the period whose result comes next. Written by ``commands.indicators``, like all below.
    next_period_ends_on: Mapped[date]
    latest_to_on: Mapped[date | None]
    latest_figure: Mapped[Quantity | None]
    latest_rating: Mapped[Rating | None]
    #: How many of the latest periods running are below target.
    periods_below: Mapped[int] = mapped_column(default=0)

    contract: Mapped[Contract] = relationship()
    results: Mapped[list["IndicatorResult"]] = relationship(
        order_by="(IndicatorResult.to_on, IndicatorResult.id)", cascade="all, delete-orphan", back_populates="indicator"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class IndicatorResult(Base):
    """What an indicator came to in a period, as rated by a person. Never altered: a correction stands beside it."""

    __tablename__ = "indicator_result"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="ends_after_it_starts"),
        CheckConstraint("corrects_id IS NULL OR reason IS NOT NULL", name="correction_has_a_reason"),
    )
    __record__ = ("indicator", "indicator_id")

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    #: None where it is told in words.
    figure: Mapped[Quantity | None]
    rating: Mapped[Rating]
    comment: Mapped[str | None] = mapped_column(Text)
    evidence_url: Mapped[str | None] = mapped_column(String(1000))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    assessed_by: Mapped[str] = mapped_column(String(200))
    #: The result it takes the place of, and why.
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("indicator_result.id"), unique=True)
    reason: Mapped[str | None] = mapped_column(String(1000))
    #: No correction stands in its place.
    stands: Mapped[bool] = mapped_column(default=True)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))

    indicator: Mapped[Indicator] = relationship(back_populates="results")
    document: Mapped[Document | None] = relationship()
