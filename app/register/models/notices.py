"""Notices published about a contract, and where: kept by hand, as the platform gave them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.base import Base
from app.register.notices import NoticeKind


class ContractNotice(Base):
    """One notice, or copy of the contract, published about a contract. One recorded by mistake is withdrawn."""

    __tablename__ = "contract_notice"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name="withdrawal_has_a_reason"),
        Index("ix_contract_notice_contract", "contract_id", "kind", "published_on"),
    )
    __record__ = ("contract", "contract_id")

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    kind: Mapped[NoticeKind]
    published_on: Mapped[date]
    #: The platform's number: nnnnnn-yyyy.
    number: Mapped[str | None] = mapped_column(String(20))
    url: Mapped[str | None] = mapped_column(String(1000))
    #: Of an award notice: the last day of the standstill, from the law or as a longer one was stated in it.
    standstill_ends_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(String(1000))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))
