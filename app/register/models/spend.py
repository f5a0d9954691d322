"""What has been spent under a contract, by financial year, and by month where a file told it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.base import Base, Pence


class ContractSpend(Base):
    """One financial year's spend under a contract, net of recoverable VAT. A correction keeps the old in history."""

    __tablename__ = "contract_spend"
    __table_args__ = (
        UniqueConstraint("contract_id", "year"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name="withdrawal_has_a_reason"),
    )
    __record__ = ("contract", "contract_id")

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    #: The financial year by its first year: 2026 is 2026-27.
    year: Mapped[int]
    #: Below nought where credits outweigh payments.
    amount: Mapped[Pence]
    #: The day of the last payment in the figure.
    to_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(300))
    note: Mapped[str | None] = mapped_column(String(1000))
    #: Added up from a spend file; False once a person entered or corrected it.
    from_file: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))


class ContractSpendMonth(Base):
    """A month's part of a figure that spend files brought: the next file for the month takes its place."""

    __tablename__ = "contract_spend_month"
    __table_args__ = (UniqueConstraint("contract_id", "month"),)

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    #: Its first day.
    month: Mapped[date]
    amount: Mapped[Pence]
    #: The day of its last payment.
    to_on: Mapped[date]
