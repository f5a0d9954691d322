"""The council itself: its structure, committees, dated settings, bank holidays and outcomes."""

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.core.base import Base, ShortText
from app.core.text import fold, slug


class Council(Base):
    """The one council this database belongs to."""

    __tablename__ = "council"
    __record__ = ("council", "id")

    name: Mapped[ShortText]
    #: The fictional council of the demonstration, its passwords shown on the sign-in page.
    demo: Mapped[bool] = mapped_column(default=False)
    #: The day a successor council takes over; None while no reorganisation is ahead.
    vesting_on: Mapped[date | None]
    successor_name: Mapped[str | None] = mapped_column(String(300))


class Directorate(Base):
    """A top part of the council, led by a corporate director."""

    __tablename__ = "directorate"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name="ends_after_it_starts"),
    )
    __record__ = ("directorate", "id")

    name: Mapped[ShortText]
    name_key: Mapped[ShortText] = mapped_column(unique=True)
    code: Mapped[str | None] = mapped_column(String(20))
    #: As it stands in file names: "growth-environment-and-transport".
    slug: Mapped[ShortText]
    #: The structure chart's order.
    position: Mapped[int] = mapped_column(default=0)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    director_post: Mapped[str | None] = mapped_column(String(200))

    divisions: Mapped[list["Division"]] = relationship(
        back_populates="directorate", order_by="(Division.position, Division.name_key, Division.id)"
    )

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.name_key, self.slug = fold(name), slug(name)
        return name


class Division(Base):
    """A part of a directorate. Never an electoral division."""

    __tablename__ = "division"
    __table_args__ = (
        UniqueConstraint("directorate_id", "name_key"),
        CheckConstraint("until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name="ends_after_it_starts"),
    )
    __record__ = ("directorate", "directorate_id")

    directorate_id: Mapped[int] = mapped_column(ForeignKey("directorate.id"))
    name: Mapped[ShortText]
    name_key: Mapped[ShortText]
    position: Mapped[int] = mapped_column(default=0)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]

    directorate: Mapped[Directorate] = relationship(back_populates="divisions")

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.name_key = fold(name)
        return name


class Outcome(Base):
    """What the council wants for its people: the top of the golden thread."""

    __tablename__ = "outcome"
    __record__ = ("outcome", "id")

    name: Mapped[ShortText]
    position: Mapped[int] = mapped_column(default=0)
    until_on: Mapped[date | None]


class CommitteeKind(enum.StrEnum):
    CABINET_COMMITTEE = "cabinet committee"
    SCRUTINY = "scrutiny"
    EXECUTIVE = "executive"
    MEMBER_BOARD = "board of members"
    OFFICER_BOARD = "board of officers"


class Committee(Base):
    """A body that advises on, scrutinises or takes decisions."""

    __tablename__ = "committee"
    __record__ = ("committee", "id")

    name: Mapped[ShortText]
    name_key: Mapped[ShortText] = mapped_column(unique=True)
    kind: Mapped[CommitteeKind]
    position: Mapped[int] = mapped_column(default=0)
    until_on: Mapped[date | None]

    remits: Mapped[list["Remit"]] = relationship(order_by="Remit.id", cascade="all, delete-orphan")
    meetings: Mapped[list["Meeting"]] = relationship(order_by="(Meeting.meets_on, Meeting.id)")

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.name_key = fold(name)
        return name


class Portfolio(Base):
    """What a Cabinet Member answers for."""

    __tablename__ = "portfolio"
    __record__ = ("portfolio", "id")

    name: Mapped[ShortText]
    member_title: Mapped[str | None] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(default=0)
    #: Its last day; None while a Cabinet Member answers for it.
    until_on: Mapped[date | None]


class Remit(Base):
    """What a committee looks after: a directorate, a division or a portfolio."""

    __tablename__ = "remit"
    __table_args__ = (
        CheckConstraint(
            "directorate_id IS NOT NULL OR division_id IS NOT NULL OR portfolio_id IS NOT NULL", name="covers_something"
        ),
    )
    __record__ = ("committee", "committee_id")

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    directorate_id: Mapped[int | None] = mapped_column(ForeignKey("directorate.id"))
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"))
    portfolio_id: Mapped[int | None] = mapped_column(ForeignKey("portfolio.id"))


class Meeting(Base):
    """A committee's meeting in its calendar."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("committee_id", "meets_on"),
        CheckConstraint("papers_due_on IS NULL OR papers_due_on <= meets_on", name="papers_come_first"),
    )
    __record__ = ("committee", "committee_id")

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    meets_on: Mapped[date] = mapped_column(index=True)
    papers_due_on: Mapped[date | None]
    #: Where, and at what time: "10am, Council Chamber, County Hall".
    place: Mapped[str | None] = mapped_column(String(200))


class ElectionPeriod(Base):
    """The weeks before an election, in which a council takes no decision that can wait."""

    __tablename__ = "election_period"
    __table_args__ = (CheckConstraint("until_on >= from_on", name="ends_after_it_starts"),)
    __record__ = ("election_period", "id")

    name: Mapped[ShortText]
    from_on: Mapped[date] = mapped_column(index=True)
    #: Its last day, as a rule polling day.
    until_on: Mapped[date]


class Setting(Base):
    """A value the council decided, from a day on. The first value of a name applies from the beginning of time."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("name", "from_on"),)
    __record__ = ("setting", "id")

    name: Mapped[str] = mapped_column(String(60))
    #: None: from the beginning of time.
    from_on: Mapped[date | None]
    value: Mapped[str] = mapped_column(String(200))
    #: The constitution's paragraph, the minute, the officer's decision.
    source: Mapped[str | None] = mapped_column(Text)


class BankHoliday(Base):
    """A day in England that is not a working day, beside Saturdays and Sundays."""

    __tablename__ = "bank_holiday"
    __record__ = ("bank_holiday", "id")

    on: Mapped[date] = mapped_column("held_on", unique=True)
    title: Mapped[str] = mapped_column(String(100))
