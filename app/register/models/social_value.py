"""Social value: what a directorate states for a year, what was promised, what was delivered."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base, Quantity, Uid
from app.council.models import Directorate
from app.register.deliveries import DeliveryState
from app.register.models.contracts import Contract


class SocialValueStatement(Base):
    """A directorate's commitment on social value for one financial year, in a paragraph."""

    __tablename__ = "social_value_statement"
    __table_args__ = (
        UniqueConstraint("directorate_id", "year"),
        CheckConstraint("(signed_off_on IS NULL) = (signed_off_by IS NULL)", name="sign_off_has_name_and_date"),
    )
    __record__ = ("social_value_statement", "id")

    version: Mapped[int] = mapped_column()
    directorate_id: Mapped[int] = mapped_column(ForeignKey("directorate.id"))
    #: The financial year by its first year: 2026 is 2026-27.
    year: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    source_policy: Mapped[str | None] = mapped_column(String(300))
    signed_off_by: Mapped[str | None] = mapped_column(String(200))
    signed_off_on: Mapped[date | None]

    directorate: Mapped[Directorate] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class SocialValueCommitment(Base):
    """Something promised, by a provider on a contract or by a directorate itself."""

    __tablename__ = "social_value_commitment"
    __table_args__ = (
        CheckConstraint("withdrawn_reason IS NULL OR length(withdrawn_reason) > 0", name="withdrawal_has_a_reason"),
    )
    __record__ = ("social_value_commitment", "id")

    uid: Mapped[Uid]
    version: Mapped[int] = mapped_column()
    directorate_id: Mapped[int] = mapped_column(ForeignKey("directorate.id"), index=True)
    #: None: the directorate's own.
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), index=True)
    theme: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    measure: Mapped[str | None] = mapped_column(String(200))
    unit: Mapped[str | None] = mapped_column(String(60))
    target: Mapped[Quantity | None]
    from_on: Mapped[date | None]
    due_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))

    directorate: Mapped[Directorate] = relationship()
    contract: Mapped[Contract | None] = relationship()
    deliveries: Mapped[list["SocialValueDelivery"]] = relationship(
        order_by="(SocialValueDelivery.delivered_on, SocialValueDelivery.id)", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class SocialValueDelivery(Base):
    """What was delivered of a commitment: claimed, then verified or sent back."""

    __tablename__ = "social_value_delivery"
    __table_args__ = (
        CheckConstraint("state <> 'sent back' OR reason IS NOT NULL", name="sent_back_says_why"),
        CheckConstraint("state <> 'verified' OR evidence IS NOT NULL", name="verified_shows_evidence"),
    )
    __record__ = ("social_value_commitment", "commitment_id")

    commitment_id: Mapped[int] = mapped_column(ForeignKey("social_value_commitment.id"), index=True)
    delivered_on: Mapped[date]
    quantity: Mapped[Quantity]
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.CLAIMED)
    evidence: Mapped[str | None] = mapped_column(String(1000))
    reason: Mapped[str | None] = mapped_column(String(1000))
