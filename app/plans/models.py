"""Planning rounds and the returns they ask for."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base
from app.council.calendar import FinancialYear
from app.council.models import Directorate, Division
from app.plans.rules import Answer, Part, ReturnState


class PlanningRound(Base):
    """One year's business planning: the approach agreed for it, and the day by which returns are due."""

    __tablename__ = "planning_round"
    __table_args__ = (CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_by_somebody"),)
    __record__ = ("planning_round", "id")

    version: Mapped[int] = mapped_column()
    #: The plan year by its first year: 2027 is 2027-28.
    year: Mapped[int] = mapped_column(unique=True)
    #: Who agreed the approach: a committee, or an officers' board.
    approved_by: Mapped[str | None] = mapped_column(String(300))
    approved_on: Mapped[date | None]
    returns_due_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(String(200))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(200))

    returns: Mapped[list["Return"]] = relationship(back_populates="round", order_by="Return.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def plan_year(self) -> FinancialYear:
        return FinancialYear(self.year)


class Return(Base):
    """What a directorate or a division says its part of the register holds for the business plan."""

    __tablename__ = "plan_return"
    __table_args__ = (
        UniqueConstraint("round_id", "division_id"),
        # A directorate makes one return; its divisions' have a division each.
        Index(
            "uq_plan_return_directorate",
            "round_id",
            "directorate_id",
            unique=True,
            sqlite_where=text("division_id IS NULL"),
            postgresql_where=text("division_id IS NULL"),
        ),
        CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_says_when"),
        CheckConstraint("state <> 'sent back' OR sent_back_reason IS NOT NULL", name="sent_back_says_why"),
        CheckConstraint("(state = 'signed off') = (signed_off_at IS NOT NULL)", name="signed_off_says_when"),
        CheckConstraint("(signed_off_at IS NULL) = (signed_off_by IS NULL)", name="signed_off_by_somebody"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name="withdrawal_has_a_reason"),
    )
    __record__ = ("plan_return", "id")

    version: Mapped[int] = mapped_column()
    round_id: Mapped[int] = mapped_column(ForeignKey("planning_round.id"), index=True)
    directorate_id: Mapped[int] = mapped_column(ForeignKey("directorate.id"), index=True)
    #: None: the whole directorate's.
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"), index=True)
    state: Mapped[ReturnState] = mapped_column(default=ReturnState.TO_BE_MADE)
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[str | None] = mapped_column(String(200))
    #: Why it was sent although something was missing.
    sent_despite: Mapped[str | None] = mapped_column(String(1000))
    sent_back_reason: Mapped[str | None] = mapped_column(String(1000))
    signed_off_at: Mapped[datetime | None]
    signed_off_by: Mapped[str | None] = mapped_column(String(200))
    signed_off_post: Mapped[str | None] = mapped_column(String(200))
    #: The division makes none of its own after all.
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(1000))

    round: Mapped[PlanningRound] = relationship(back_populates="returns")
    directorate: Mapped[Directorate] = relationship()
    division: Mapped[Division | None] = relationship()
    parts: Mapped[list["ReturnPart"]] = relationship(order_by="ReturnPart.id", cascade="all, delete-orphan")
    chases: Mapped[list["ReturnChase"]] = relationship(order_by="ReturnChase.id.desc()", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def name(self) -> str:
        return self.division.name if self.division is not None else self.directorate.name

    @property
    def path(self) -> str:
        return f"/plans/{self.round.plan_year}/returns/{self.id}"

    def part(self, wanted: Part) -> "ReturnPart":
        return next(one for one in self.parts if one.part is wanted)


class ReturnPart(Base):
    """The answer for one annex, and how the register stood when the director signed."""

    __tablename__ = "return_part"
    __table_args__ = (
        UniqueConstraint("return_id", "part"),
        CheckConstraint("(answer IS NULL) = (answered_by IS NULL)", name="answered_by_somebody"),
        CheckConstraint("(rows_signed IS NULL) = (missing_signed IS NULL)", name="counted_together"),
    )
    __record__ = ("plan_return", "return_id")

    return_id: Mapped[int] = mapped_column(ForeignKey("plan_return.id"))
    part: Mapped[Part]
    answer: Mapped[Answer | None]
    note: Mapped[str | None] = mapped_column(String(1000))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(200))
    #: What the register held, and lacked, at the sign-off, as far as everybody may know it.
    rows_signed: Mapped[int | None]
    missing_signed: Mapped[int | None]


class ReturnChase(Base):
    """That somebody was asked for a return, or for what it lacks."""

    __tablename__ = "return_chase"
    __record__ = ("plan_return", "return_id")

    return_id: Mapped[int] = mapped_column(ForeignKey("plan_return.id"), index=True)
    chased_at: Mapped[datetime]
    chased_by: Mapped[str] = mapped_column(String(200))
    #: The people asked, by name.
    whom: Mapped[str] = mapped_column(String(1000))
    #: How: by e-mail from here, or as the chaser says.
    how: Mapped[str] = mapped_column(String(200))
    missing: Mapped[int]
