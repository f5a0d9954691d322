"""Providers: whoever delivers under a contract, the council's own companies included."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.core.base import Base, Quantity, ShortText, Uid
from app.core.text import fold


class ProviderKind(enum.StrEnum):
    PRIVATE = "private company"
    VCSE = "voluntary, community or social enterprise"
    PUBLIC_BODY = "public body"
    COUNCIL_OWNED = "council-owned company"
    PARTNERSHIP = "partnership"
    SOLE_TRADER = "sole trader"
    NOT_KNOWN = "not known"


class Provider(Base):
    """An organisation or a person that delivers under a contract."""

    __tablename__ = "provider"
    __table_args__ = (
        CheckConstraint(
            "council_share IS NULL OR (council_share >= 0 AND council_share <= 10000)", name="share_is_a_percentage"
        ),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name="withdrawal_has_a_reason"),
    )
    __record__ = ("provider", "id")

    uid: Mapped[Uid]
    version: Mapped[int] = mapped_column()
    name: Mapped[ShortText]
    name_key: Mapped[ShortText] = mapped_column(index=True)
    kind: Mapped[ProviderKind] = mapped_column(default=ProviderKind.NOT_KNOWN)
    #: Fewer than 250 staff (Transparency Code's test). None: not known, never No.
    sme: Mapped[bool | None]
    vcse: Mapped[bool | None]
    vcse_type: Mapped[str | None] = mapped_column(String(100))
    #: Per cent of the shares the council holds, 0 to 100.
    council_share: Mapped[Quantity | None]
    #: A person's name, left out of public editions.
    name_masked: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None] = mapped_column(Text)
    #: The organisation that owns or heads it: together they are a group.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"), index=True)
    #: The provider it turned out to be. Set with ``withdrawn_at``, by a merge.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"), index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))

    parent: Mapped["Provider | None"] = relationship(foreign_keys=[parent_id], remote_side="Provider.id")
    merged_into: Mapped["Provider | None"] = relationship(foreign_keys=[merged_into_id], remote_side="Provider.id")
    identifiers: Mapped[list["ProviderIdentifier"]] = relationship(
        order_by="(ProviderIdentifier.is_primary.desc(), ProviderIdentifier.scheme, ProviderIdentifier.id)",
        cascade="all, delete-orphan",
    )
    other_names: Mapped[list["ProviderName"]] = relationship(order_by="ProviderName.id", cascade="all, delete-orphan")
    trading_company: Mapped["TradingCompany | None"] = relationship(
        back_populates="provider", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.name_key = fold(name)
        return name


class ProviderIdentifier(Base):
    """A number by which a register knows a provider: GB-COH Companies House, GB-CHC charities, VENDOR the council's."""

    __tablename__ = "provider_identifier"
    __table_args__ = (
        UniqueConstraint("provider_id", "scheme", "value"),
        Index("ix_provider_identifier_scheme_value", "scheme", "value"),
    )
    __record__ = ("provider", "provider_id")

    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    scheme: Mapped[str] = mapped_column(String(20))
    value: Mapped[str] = mapped_column(String(60))
    #: The one by which files name the provider, where a file has room for one.
    is_primary: Mapped[bool] = mapped_column(default=False, server_default=false())


class ProviderName(Base):
    """Another name a provider is known by; imports match it too."""

    __tablename__ = "provider_name"
    __table_args__ = (UniqueConstraint("provider_id", "name_key"),)
    __record__ = ("provider", "provider_id")

    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    name: Mapped[ShortText]
    name_key: Mapped[ShortText] = mapped_column(index=True)

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.name_key = fold(name)
        return name


class TradingCompany(Base):
    """A provider the council owns, with the business planning of its own that its directorates' plans leave out."""

    __tablename__ = "trading_company"
    __record__ = ("provider", "provider_id")

    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), unique=True)
    purpose: Mapped[str | None] = mapped_column(Text)
    plan_title: Mapped[str | None] = mapped_column(String(300))
    plan_on: Mapped[date | None]
    plan_url: Mapped[str | None] = mapped_column(String(500))
    shareholder_lead_post: Mapped[str | None] = mapped_column(String(200))
    shareholder_lead_post_key: Mapped[str | None] = mapped_column(String(200))

    provider: Mapped[Provider] = relationship(back_populates="trading_company")

    @validates("shareholder_lead_post")
    def _fold_post(self, _key: str, post: str | None) -> str | None:
        self.shareholder_lead_post_key = fold(post) if post else None
        return post
