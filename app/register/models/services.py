"""Services: everything the directorates deliver, whoever delivers it."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.core.base import Base, Pence, Quantity, ShortText, Uid
from app.core.text import fold
from app.council.models import Directorate, Division, Outcome
from app.register.delivery import DeliveryRoute
from app.register.models.providers import Provider


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
    head_post_key: Mapped[str | None] = mapped_column(String(200), index=True)
    #: The outcome it supports most; others stand in ``other_outcomes``.
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("outcome.id"))
    review_on: Mapped[date | None]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    #: A change of route still to come. It takes effect when a person records it, never by itself.
    planned_route: Mapped[DeliveryRoute | None]
    planned_from_on: Mapped[date | None]
    planned_reason: Mapped[str | None] = mapped_column(String(1000))
    #: Why it closed on ``until_on``; None while it stands.
    closed_reason: Mapped[str | None] = mapped_column(String(1000))
    #: The service that took over when this one closed.
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"), index=True)
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
    places: Mapped[list["ServicePlace"]] = relationship(
        order_by="(ServicePlace.from_on.is_(None).desc(), ServicePlace.from_on, ServicePlace.id)",
        cascade="all, delete-orphan",
    )
    other_outcomes: Mapped[list["ServiceOutcome"]] = relationship(
        order_by="ServiceOutcome.id", cascade="all, delete-orphan"
    )
    partners: Mapped[list["ServicePartner"]] = relationship(order_by="ServicePartner.id", cascade="all, delete-orphan")
    successor: Mapped["Service | None"] = relationship(remote_side="Service.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.name_key = fold(name)
        return name

    @validates("head_post")
    def _fold_post(self, _key: str, post: str | None) -> str | None:
        self.head_post_key = fold(post) if post else None
        return post


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
    #: Why it began, and who recorded it; blank where it was so when the service was added.
    reason: Mapped[str | None] = mapped_column(String(1000))
    recorded_at: Mapped[datetime | None]
    recorded_by: Mapped[str | None] = mapped_column(String(200))


class ServicePlace(Base):
    """Which part of the council a service was in, from one day to another; both days included.

    A service that never moved has none: it was always where it is.
    """

    __tablename__ = "service_place"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name="ends_after_it_starts"),
    )
    __record__ = ("service", "service_id")

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    directorate_id: Mapped[int] = mapped_column(ForeignKey("directorate.id"), index=True)
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"), index=True)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(1000))
    recorded_at: Mapped[datetime | None]
    recorded_by: Mapped[str | None] = mapped_column(String(200))

    directorate: Mapped[Directorate] = relationship()
    division: Mapped[Division | None] = relationship()


class ServiceOutcome(Base):
    """An outcome a service supports, beside the one it supports most."""

    __tablename__ = "service_outcome"
    __table_args__ = (UniqueConstraint("service_id", "outcome_id"),)
    __record__ = ("service", "service_id")

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"), index=True)

    outcome: Mapped[Outcome] = relationship()


class PartnerRole(enum.StrEnum):
    DELIVERS = "delivers part of it"
    FUNDS = "helps to pay for it"
    COMMISSIONS = "commissions it with the council"
    OTHER = "has another part in it"


class ServicePartner(Base):
    """Who else delivers or pays for a service, under no contract of the council's: a provider, or a name."""

    __tablename__ = "service_partner"
    __table_args__ = (CheckConstraint("provider_id IS NOT NULL OR name IS NOT NULL", name="a_partner_has_a_name"),)
    __record__ = ("service", "service_id")

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"), index=True)
    name: Mapped[str | None] = mapped_column(String(300))
    role: Mapped[PartnerRole]
    note: Mapped[str | None] = mapped_column(String(1000))

    provider: Mapped[Provider | None] = relationship()
