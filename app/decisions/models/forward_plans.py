"""Forward plans: the committee system's published list as it was taken in, and our own editions."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base, Pence
from app.decisions.rules.timing import TimingKind


class ForwardPlanEdition(Base):
    """A committee system's published list, as it was taken in; or an edition of our own, as it was given out.

    Once kept, neither it nor its lines can be changed: a trigger sees to it.
    """

    __tablename__ = "forward_plan_edition"
    __record__ = ("forward_plan_edition", "id")

    #: Our own edition, rather than the committee system's list.
    own: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(String(300))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    taken_at: Mapped[datetime]
    taken_by: Mapped[str] = mapped_column(String(200))
    filename: Mapped[str | None] = mapped_column(String(300))
    file_hash: Mapped[str | None] = mapped_column(String(64))
    #: A person looked at what was read and kept it, or gave out our own; until then it is a preview.
    kept_at: Mapped[datetime | None]

    items: Mapped[list["ForwardPlanItem"]] = relationship(
        order_by="(ForwardPlanItem.position, ForwardPlanItem.id)", cascade="all, delete-orphan"
    )


class ForwardPlanItem(Base):
    """One line of a forward plan."""

    __tablename__ = "forward_plan_item"

    edition_id: Mapped[int] = mapped_column(ForeignKey("forward_plan_edition.id"), index=True)
    position: Mapped[int]
    reference: Mapped[str | None] = mapped_column(String(60), index=True)
    title: Mapped[str] = mapped_column(String(500))
    title_key: Mapped[str] = mapped_column(String(500))
    taker: Mapped[str | None] = mapped_column(String(300))
    #: As the list says it: "Not before 5th Nov 2025".
    due_words: Mapped[str | None] = mapped_column(String(200))
    due_timing: Mapped[TimingKind] = mapped_column(default=TimingKind.NOT_KNOWN)
    due_on: Mapped[date | None]
    first_published_on: Mapped[date | None]
    department: Mapped[str | None] = mapped_column(String(300))
    lead_officer: Mapped[str | None] = mapped_column(String(300))
    status: Mapped[str | None] = mapped_column(String(200))
    is_key: Mapped[bool | None]
    #: Why it is taken under urgency procedures.
    urgency: Mapped[str | None] = mapped_column(String(500))
    restriction: Mapped[str | None] = mapped_column(String(100))
    value: Mapped[Pence | None]
    url: Mapped[str | None] = mapped_column(String(500))
    #: The decision a person said it is; else matched by reference, then by title.
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))


class ForwardPlanAnswer(Base):
    """What a person said of an item no record explains: it is none of ours, or it is this decision."""

    __tablename__ = "forward_plan_answer"
    __table_args__ = (UniqueConstraint("item_key"),)
    __record__ = ("forward_plan_answer", "id")

    #: The item's reference, else its folded title: what stays the same from one edition to the next.
    item_key: Mapped[str] = mapped_column(String(500))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    reason: Mapped[str | None] = mapped_column(String(1000))
    answered_at: Mapped[datetime]
    answered_by: Mapped[str] = mapped_column(String(200))
