"""What a service level agreement records beside its contract: status, lead, charges, reviews, standards and results."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base, Pence, Quantity
from app.register.models.contracts import Contract
from app.register.service_levels import AgreementStatus as AgreementStatus  # noqa: PLC0414 - part of this module too
from app.register.service_levels import CreditState, Direction, Frequency, Rating


class Agreement(Base):
    """The service level agreement side of a contract of that form. Its annual charge is the contract's annual value."""

    __tablename__ = "agreement"
    __record__ = ("contract", "contract_id")

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), unique=True)
    status: Mapped[AgreementStatus]
    client_lead_post: Mapped[str | None] = mapped_column(String(200))
    #: The decision that set it up, where the contract names no approval.
    decision_reference: Mapped[str | None] = mapped_column(String(60))
    #: Whom the council speaks to at the company.
    company_contact: Mapped[str | None] = mapped_column(String(300))
    #: Months from one review to the next.
    review_months: Mapped[int | None]

    contract: Mapped[Contract] = relationship()
    #: Withdrawn ones too.
    standards: Mapped[list["AgreementStandard"]] = relationship(
        order_by="(AgreementStandard.position, AgreementStandard.id)", cascade="all, delete-orphan"
    )
    moves: Mapped[list["AgreementMove"]] = relationship(
        order_by="(AgreementMove.moved_on, AgreementMove.id)", cascade="all, delete-orphan"
    )
    charges: Mapped[list["AgreementCharge"]] = relationship(
        order_by="(AgreementCharge.year, AgreementCharge.id)", cascade="all, delete-orphan"
    )
    reviews: Mapped[list["AgreementReview"]] = relationship(
        order_by="(AgreementReview.held_on.desc(), AgreementReview.id.desc())", cascade="all, delete-orphan"
    )
    credits: Mapped[list["ServiceCredit"]] = relationship(
        order_by="(ServiceCredit.accrued_on.desc(), ServiceCredit.id.desc())", cascade="all, delete-orphan"
    )

    @property
    def live_standards(self) -> list["AgreementStandard"]:
        return [one for one in self.standards if one.withdrawn_reason is None]


class AgreementMove(Base):
    """One change of an agreement's status: from when, and why."""

    __tablename__ = "agreement_move"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="a_move_has_a_reason"),)
    __record__ = ("contract", "contract_id")

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    was: Mapped[AgreementStatus]
    became: Mapped[AgreementStatus]
    moved_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(1000))
    recorded_by: Mapped[str] = mapped_column(String(200))


class AgreementCharge(Base):
    """What an agreement costs in one financial year."""

    __tablename__ = "agreement_charge"
    __table_args__ = (UniqueConstraint("agreement_id", "year"),)
    __record__ = ("contract", "contract_id")

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    #: The financial year by its first year: 2026 is 2026-27.
    year: Mapped[int]
    charge: Mapped[Pence]
    #: How it follows from the year before: "3.5 per cent, as the consumer prices index of January".
    indexation: Mapped[str | None] = mapped_column(String(300))


class AgreementReview(Base):
    """One review of an agreement: who met, what they found, what is to be done."""

    __tablename__ = "agreement_review"
    __record__ = ("contract", "contract_id")

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    held_on: Mapped[date]
    held_by: Mapped[str] = mapped_column(String(300))
    found: Mapped[str] = mapped_column(Text)
    actions: Mapped[str | None] = mapped_column(Text)
    next_on: Mapped[date | None]


class AgreementStandard(Base):
    """One thing an agreement promises, measured."""

    __tablename__ = "agreement_standard"
    __record__ = ("contract", "contract_id")

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    #: The same contract as the agreement's, so that history finds its page.
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    position: Mapped[int] = mapped_column(default=0)
    measure: Mapped[str] = mapped_column(String(300))
    #: In words, as it prints.
    target: Mapped[str | None] = mapped_column(String(200))
    #: As a number, where it is one, with what it counts.
    target_value: Mapped[Quantity | None]
    unit: Mapped[str | None] = mapped_column(String(60))
    direction: Mapped[Direction | None]
    tolerance: Mapped[Quantity | None]
    frequency: Mapped[Frequency | None]
    linked_to_payment: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))
    #: Written from the results alone, like the three below it, by ``service_levels.follow_results``.
    latest_result: Mapped[str | None] = mapped_column(String(200))
    latest_on: Mapped[date | None]
    latest_rating: Mapped[Rating | None]
    below_in_a_row: Mapped[int] = mapped_column(default=0, server_default="0")
    #: The last day of the period whose result comes next.
    next_result_on: Mapped[date | None]

    results: Mapped[list["StandardResult"]] = relationship(
        order_by="(StandardResult.to_on, StandardResult.id)", cascade="all, delete-orphan"
    )


class StandardResult(Base):
    """How a standard was kept in one period. A correction stands beside what it corrects, with its reason."""

    __tablename__ = "standard_result"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="period_runs_forward"),
        CheckConstraint("value IS NOT NULL OR words IS NOT NULL", name="a_result_says_something"),
        CheckConstraint("(corrects_id IS NULL) = (correction_reason IS NULL)", name="a_correction_has_a_reason"),
        Index("ix_standard_result_standard", "standard_id", "to_on"),
    )
    __record__ = ("contract", "contract_id")

    standard_id: Mapped[int] = mapped_column(ForeignKey("agreement_standard.id"))
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    value: Mapped[Quantity | None]
    words: Mapped[str | None] = mapped_column(String(200))
    #: What the rule made of the figures, and what a person confirmed.
    suggested: Mapped[Rating | None]
    rating: Mapped[Rating]
    comment: Mapped[str | None] = mapped_column(String(1000))
    evidence: Mapped[str | None] = mapped_column(String(1000))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("standard_result.id"), unique=True)
    correction_reason: Mapped[str | None] = mapped_column(String(1000))


class ServiceCredit(Base):
    """What a company owes for a standard linked to payment that was not kept: accrued, then applied or waived."""

    __tablename__ = "service_credit"
    __table_args__ = (
        CheckConstraint(
            "(state = 'accrued') = (settled_on IS NULL) AND (settled_on IS NULL) = (settled_by IS NULL)",
            name="settled_has_name_and_date",
        ),
        CheckConstraint("state <> 'waived' OR settled_reason IS NOT NULL", name="waived_says_why"),
    )
    __record__ = ("contract", "contract_id")

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    standard_id: Mapped[int] = mapped_column(ForeignKey("agreement_standard.id"))
    accrued_on: Mapped[date]
    amount: Mapped[Pence]
    note: Mapped[str | None] = mapped_column(String(1000))
    state: Mapped[CreditState] = mapped_column(default=CreditState.ACCRUED)
    settled_on: Mapped[date | None]
    settled_by: Mapped[str | None] = mapped_column(String(200))
    settled_reason: Mapped[str | None] = mapped_column(String(1000))

    standard: Mapped[AgreementStandard] = relationship()
