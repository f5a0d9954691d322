"""What people are reminded of: how each chose to be, what was sent, what was put off, and calendar addresses."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.base import Base, ShortText


class Often(enum.StrEnum):
    """How often a person's digest comes."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class ReminderChoice(Base):
    """How one person chose to be reminded; who never chose has the default of their role."""

    __tablename__ = "reminder_choice"
    __table_args__ = (CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_is_one_of_seven"),)
    __record__ = ("person", "person_id")

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    often: Mapped[Often]
    #: The day a weekly digest comes, Monday being 0.
    weekday: Mapped[int] = mapped_column(default=0)


class ReminderSent(Base):
    """One person's digest of one period: written before the message goes, in the same transaction.

    Whoever comes second finds it there and sends nothing; where sending fails it is undone, and tried again.
    """

    __tablename__ = "reminder_sent"
    __table_args__ = (UniqueConstraint("person_id", "period_on"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: The first day of the period: the day itself, or the week's chosen weekday.
    period_on: Mapped[date]
    sent_at: Mapped[datetime]
    address: Mapped[ShortText]
    #: How many findings it told of, and how many of them for the first time.
    told: Mapped[int]
    new: Mapped[int]


class ReminderTold(Base):
    """Up to which lead time a person was told of one finding on one record, so that a digest knows what is new."""

    __tablename__ = "reminder_told"
    __table_args__ = (UniqueConstraint("person_id", "code", "subject_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    code: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int]
    #: The day the lead time was reached of which the person was told last.
    reached_on: Mapped[date]


class Snooze(Base):
    """One finding on one record, put off until a day: nobody is reminded of it before."""

    __tablename__ = "snooze"
    __table_args__ = (UniqueConstraint("code", "subject_id"), Index("ix_snooze_contract_id", "contract_id"))
    __record__ = ("snooze", "id")

    #: The kind of finding, and the number of the record it is found on.
    code: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int]
    #: The contract it is about, or hangs on: whoever may not know of the one may not know of the other.
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"))
    #: The first day on which it is reminded of again; None where the putting off was undone.
    until_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(1000))
    set_by: Mapped[ShortText]
    set_at: Mapped[datetime]


class CalendarAddress(Base):
    """The secret address of one person's calendar feed."""

    __tablename__ = "calendar_address"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    #: SHA-256 of the token in the address; the token itself is kept nowhere.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
