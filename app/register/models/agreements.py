"""What a service level agreement records beside its contract: status, lead, standards."""

import enum
from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base
from app.register.models.contracts import Contract


class AgreementStatus(enum.StrEnum):
    PROPOSED = "proposed"
    BEING_PUT_IN_PLACE = "being put in place"
    IN_PLACE = "in place"
    UNDER_REVIEW = "under review"
    ENDED = "ended"


class Agreement(Base):
    """The service level agreement side of a contract of that form. Its annual charge is the contract's annual value."""

    __tablename__ = "agreement"
    __record__ = ("contract", "contract_id")

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), unique=True)
    status: Mapped[AgreementStatus]
    client_lead_post: Mapped[str | None] = mapped_column(String(200))
    #: The decision that set it up.
    decision_reference: Mapped[str | None] = mapped_column(String(60))

    contract: Mapped[Contract] = relationship()
    standards: Mapped[list["AgreementStandard"]] = relationship(
        order_by="(AgreementStandard.position, AgreementStandard.id)", cascade="all, delete-orphan"
    )


class AgreementStandard(Base):
    """One thing an agreement promises, measured."""

    __tablename__ = "agreement_standard"
    __record__ = ("contract", "contract_id")

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    #: The same contract as the agreement's, so that history finds its page.
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    position: Mapped[int] = mapped_column(default=0)
    measure: Mapped[str] = mapped_column(String(300))
    target: Mapped[str | None] = mapped_column(String(200))
    latest_result: Mapped[str | None] = mapped_column(String(200))
    latest_on: Mapped[date | None]
