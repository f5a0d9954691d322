"""Social value: what a directorate states for a year, what was promised, what was delivered."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base, Pence, Quantity, Uid
from app.council.models import Directorate
from app.register.deliveries import DeliveryState
from app.register.models.contracts import Contract
from app.register.models.measures import SocialValueMeasure


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
    outcome: Mapped[str | None] = mapped_column(String(200))
    #: What counts as local, and how much of what is delivered is this contract's doing.
    local_definition: Mapped[str | None] = mapped_column(String(1000))
    #: Whether the contract binds the provider to it; None: not said.
    contractual: Mapped[bool | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))

    directorate: Mapped[Directorate] = relationship()
    contract: Mapped[Contract | None] = relationship()
    deliveries: Mapped[list["SocialValueDelivery"]] = relationship(
        order_by="(SocialValueDelivery.delivered_on, SocialValueDelivery.id)", cascade="all, delete-orphan"
    )
    interim_targets: Mapped[list["InterimTarget"]] = relationship(
        order_by="(InterimTarget.due_on, InterimTarget.id)", cascade="all, delete-orphan"
    )
    proxy: Mapped["SocialValueProxy | None"] = relationship(cascade="all, delete-orphan", back_populates="commitment")

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
    #: Where the evidence can be read.
    evidence_url: Mapped[str | None] = mapped_column(String(1000))
    reason: Mapped[str | None] = mapped_column(String(1000))
    claimed_by: Mapped[str | None] = mapped_column(String(200))
    claimed_at: Mapped[datetime | None]
    #: Who verified it, when.
    verified_by: Mapped[str | None] = mapped_column(String(200))
    verified_at: Mapped[datetime | None]


class InterimTarget(Base):
    """How much of a commitment is to be delivered by a day on the way."""

    __tablename__ = "interim_target"
    __table_args__ = (
        UniqueConstraint("commitment_id", "due_on"),
        CheckConstraint("quantity > 0", name="asks_for_more"),
    )
    __record__ = ("social_value_commitment", "commitment_id")

    commitment_id: Mapped[int] = mapped_column(ForeignKey("social_value_commitment.id"))
    due_on: Mapped[date]
    #: In all, from the commitment's first day.
    quantity: Mapped[Quantity]


class SocialValueProxy(Base):
    """The measure of the council's list that a commitment counts by, and what one unit stands for in pounds.

    Copied from the list, and frozen at award: what the list says later does not touch it. Never contract money.
    """

    __tablename__ = "social_value_proxy"
    __record__ = ("social_value_commitment", "commitment_id")

    commitment_id: Mapped[int] = mapped_column(ForeignKey("social_value_commitment.id"), unique=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("social_value_measure.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    #: The list and its version, in words: values add up within one alone.
    framework: Mapped[str] = mapped_column(String(300))
    value: Mapped[Pence | None]
    proxy_version: Mapped[str | None] = mapped_column(String(60))
    #: None: the contract is not let, and the value follows the list.
    frozen_on: Mapped[date | None]

    measure: Mapped[SocialValueMeasure] = relationship()
    commitment: Mapped[SocialValueCommitment] = relationship(back_populates="proxy")


class SocialValueConsideration(Base):
    """What was considered before a procurement of services began: Public Services (Social Value) Act 2012, s.1."""

    __tablename__ = "social_value_consideration"
    __table_args__ = (
        CheckConstraint("considered_on IS NOT NULL OR urgency_reason IS NOT NULL", name="considered_or_urgent"),
    )
    __record__ = ("contract", "contract_id")

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), unique=True)
    considered_on: Mapped[date | None]
    considered_by: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(Text)
    #: Whether to consult was considered, s.1(7).
    consultation_considered: Mapped[bool | None]
    #: Why an urgent need left no time for it, s.1(8).
    urgency_reason: Mapped[str | None] = mapped_column(String(1000))
