"""What a contract's life leaves on record: rights to extend it, and what happened to it after award."""

import enum
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base, Pence
from app.register.grounds import Ground

if TYPE_CHECKING:
    from app.register.models.contracts import Approval


class EventKind(enum.StrEnum):
    EXTENSION = "extension"
    VARIATION = "variation"
    CORRECTION = "correction"
    LAPSE = "option lapsed"
    REOPENING = "option open again"
    SUSPENSION = "suspension"
    RESUMPTION = "resumption"
    EARLY_END = "early end"
    EARLY_END_TAKEN_BACK = "early end taken back"

    @property
    def moves(self) -> bool:
        """Whether it moves the end or the value from what was awarded."""
        return self in {EventKind.EXTENSION, EventKind.VARIATION}


class ExtensionOption(Base):
    """A right to extend that the contract gives, to be taken up or not, in order."""

    __tablename__ = "extension_option"
    __table_args__ = (
        CheckConstraint("months > 0 OR ends_on IS NOT NULL", name="adds_time"),
        UniqueConstraint("contract_id", "position"),
    )
    __record__ = ("contract", "contract_id")

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    position: Mapped[int]
    #: Months it adds; 0 where only the end it leads to is known.
    months: Mapped[int] = mapped_column(default=0)
    #: The end it leads to, where the source gave a date rather than months.
    ends_on: Mapped[date | None]
    #: Pounds it adds; None: not known.
    value: Mapped[Pence | None]
    #: Months' notice the provider must have.
    notice_months: Mapped[int | None]
    taken: Mapped[bool] = mapped_column(default=False)
    lapsed: Mapped[bool] = mapped_column(default=False)


class ContractEvent(Base):
    """What happened to a contract after award. Never altered: a mistake is met by a correction."""

    __tablename__ = "contract_event"
    __record__ = ("contract", "contract_id")

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    kind: Mapped[EventKind]
    effective_on: Mapped[date]
    option_id: Mapped[int | None] = mapped_column(ForeignKey("extension_option.id"))
    #: The contract's last day from now on; None: unchanged.
    ends_on: Mapped[date | None]
    #: Pounds added to the current whole-life value; negative for a reduction; None: unchanged.
    value_change: Mapped[Pence | None]
    annual_change: Mapped[Pence | None]
    #: What changes in what is supplied, in words.
    scope_change: Mapped[str | None] = mapped_column(String(2000))
    #: Names of providers as they were on the day: who leaves, and who comes.
    provider_left: Mapped[str | None] = mapped_column(String(300))
    provider_joined: Mapped[str | None] = mapped_column(String(300))
    #: What in law allows the change; None where that is not asked, or not recorded.
    ground: Mapped[Ground | None]
    #: Whether a contract change notice (UK10) is needed first: a person's answer with its reason, never a computed one.
    uk10_needed: Mapped[bool | None]
    uk10_reason: Mapped[str | None] = mapped_column(String(1000))
    #: When the provider was given notice that an option is taken up.
    notice_given_on: Mapped[date | None]
    #: The approval it goes through, where that is another than the contract was let under.
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)
    #: Of a correction: what was awarded, by column, as it was and as it is: amounts in pounds, days as 2026-11-22.
    corrected: Mapped[dict[str, list[str | None]] | None] = mapped_column(JSON)
    #: Of a correction: the event that was a mistake, and counts no more.
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("contract_event.id"))
    reason: Mapped[str] = mapped_column(String(1000))
    decision_reference: Mapped[str | None] = mapped_column(String(60))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))

    approval: Mapped["Approval | None"] = relationship()
