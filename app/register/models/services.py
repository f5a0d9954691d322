"""Services: everything the directorates deliver, whoever delivers it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.core.base import Base, Pence, Quantity, ShortText, Uid
from app.core.text import fold
from app.council.models import Directorate, Division, Outcome
from app.register.delivery import DeliveryRoute


class InHouseUnit(Base):
    """A team of the council's own that delivers services."""

    __tablename__ = "in_house_unit"
    __record__ = ("in_house_unit", "id")

    version: Mapped[int] = mapped_column()
    name: Mapped[ShortText]
    name_key: Mapped[ShortText]
    directorate_id: Mapped[int] = mapped_column(ForeignKey("directorate.id"), index=True)
    head_post: Mapped[str | None] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))

    directorate: Mapped[Directorate] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.name_key = fold(name)
        return name


class Service(Base):
    """What a part of the council does for somebody, delivered in-house or by others."""

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name="ends_after_it_starts"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name="withdrawal_has_a_reason"),
        Index("ix_service_order", "directorate_id", "division_id", "position", "name_key"),
    )
    __record__ = ("service", "id")

    uid: Mapped[Uid]
    version: Mapped[int] = mapped_column()
    name: Mapped[ShortText]
    name_key: Mapped[ShortText] = mapped_column(index=True)
    directorate_id: Mapped[int] = mapped_column(ForeignKey("directorate.id"))
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    purpose: Mapped[str | None] = mapped_column(Text)
    #: Today's route. What it was on another day stands in ``delivery_periods``.
    route: Mapped[DeliveryRoute]
    in_house_unit_id: Mapped[int | None] = mapped_column(ForeignKey("in_house_unit.id"), index=True)
    #: Pounds a year.
    gross_budget: Mapped[Pence | None]
    net_budget: Mapped[Pence | None]
    #: The financial year of the budget, by its first year: 2026 is 2026-27.
    budget_year: Mapped[int | None]
    #: Full-time equivalents.
    fte: Mapped[Quantity | None]
    #: None: not known.
    statutory: Mapped[bool | None]
    head_post: Mapped[str | None] = mapped_column(String(200))
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("outcome.id"))
    review_on: Mapped[date | None]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(Text)
    #: When, and by whom, the record was last confirmed as still correct.
    confirmed_on: Mapped[date | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))

    directorate: Mapped[Directorate] = relationship()
    division: Mapped[Division | None] = relationship()
    outcome: Mapped[Outcome | None] = relationship()
    in_house_unit: Mapped[InHouseUnit | None] = relationship()
    delivery_periods: Mapped[list["DeliveryPeriod"]] = relationship(
        order_by="(DeliveryPeriod.from_on.is_(None).desc(), DeliveryPeriod.from_on, DeliveryPeriod.id)",
        cascade="all, delete-orphan",
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.name_key = fold(name)
        return name


class DeliveryPeriod(Base):
    """How a service was delivered from one day to another; both days included."""

    __tablename__ = "delivery_period"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name="ends_after_it_starts"),
    )
    __record__ = ("service", "service_id")

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    route: Mapped[DeliveryRoute]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
