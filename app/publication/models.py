"""What is withheld of contracts, what was published, and what requests were answered with."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.base import Base, ShortText
from app.core.files import StoredFile
from app.publication.rules.periods import FileKind
from app.publication.rules.redaction import Ground, Withholdable


class FieldRedaction(Base):
    """A field of a contract that is not published, with its ground. Lifted, never removed."""

    __tablename__ = "field_redaction"
    __table_args__ = (
        CheckConstraint("lifted_on IS NULL OR lifted_reason IS NOT NULL", name="lifting_has_a_reason"),
        Index(
            "uq_field_redaction_standing",
            "contract_id",
            "field",
            unique=True,
            sqlite_where=text("lifted_on IS NULL"),
            postgresql_where=text("lifted_on IS NULL"),
        ),
        Index("ix_field_redaction_review_on", "review_on"),
    )
    __record__ = ("contract", "contract_id")

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    field: Mapped[Withholdable]
    ground: Mapped[Ground]
    reason: Mapped[str] = mapped_column(String(1000))
    #: How the public interest was weighed, where the ground gives way to it.
    public_interest: Mapped[str | None] = mapped_column(String(1000))
    #: By post.
    decided_by: Mapped[str] = mapped_column(String(200))
    decided_on: Mapped[date]
    review_on: Mapped[date]
    lifted_on: Mapped[date | None]
    lifted_by: Mapped[str | None] = mapped_column(String(200))
    lifted_reason: Mapped[str | None] = mapped_column(String(1000))


class PublishedEdition(Base):
    """A file as it was published. It never changes: a mistake is met by the next edition, which takes its place."""

    __tablename__ = "published_edition"
    __table_args__ = (
        UniqueConstraint("kind", "period", "number"),
        CheckConstraint("number = 1 OR correction IS NOT NULL", name="later_edition_says_what_it_corrects"),
    )
    __record__ = ("published_edition", "id")

    kind: Mapped[FileKind]
    #: As in its address: "2026-27-Q2".
    period: Mapped[str] = mapped_column(String(20))
    #: Counted from 1 in its period.
    number: Mapped[int]
    title: Mapped[ShortText]
    organisation: Mapped[ShortText]
    #: The last day of the period it tells of.
    effective_on: Mapped[date]
    rows: Mapped[int]
    #: What the edition before had wrong.
    correction: Mapped[str | None] = mapped_column(String(1000))
    #: Headings of the table on the page, in order: [name, heading].
    headings: Mapped[list[Any]] = mapped_column(JSON)
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(200))

    files: Mapped[list["PublishedFile"]] = relationship(order_by="PublishedFile.id", cascade="all, delete-orphan")


class PublishedFile(Base):
    """One layout of an edition in one format, byte for byte."""

    __tablename__ = "published_file"
    __table_args__ = (UniqueConstraint("edition_id", "name"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("published_edition.id"))
    #: As it is downloaded.
    name: Mapped[str] = mapped_column(String(200))
    words: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))


class PublishedRow(Base):
    """One row of an edition, as printed; what was withheld is not in it."""

    __tablename__ = "published_row"
    __table_args__ = (Index("ix_published_row_edition", "edition_id", "position"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("published_edition.id"))
    position: Mapped[int]
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    #: Column's name to what is printed in it.
    cells: Mapped[dict[str, str]] = mapped_column(JSON)
    #: All that is printed, folded.
    search_text: Mapped[str] = mapped_column(Text)


class InformationAnswer(Base):
    """What a request for the register was answered with."""

    __tablename__ = "information_answer"
    __table_args__ = (CheckConstraint("sent_on IS NULL OR sent_by IS NOT NULL", name="somebody_sent_it"),)
    __record__ = ("information_answer", "id")

    version: Mapped[int] = mapped_column()
    #: The council's own reference of the request. Who asked is kept in the system that took the request.
    reference: Mapped[str] = mapped_column(String(100))
    received_on: Mapped[date]
    due_on: Mapped[date]
    #: What was asked for, in words: "Adult Social Care, running on 22 November 2026".
    asked: Mapped[str] = mapped_column(String(1000))
    rows: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(200))
    sent_on: Mapped[date | None]
    sent_by: Mapped[str | None] = mapped_column(String(200))
    csv_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    xlsx_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))

    csv: Mapped[StoredFile] = relationship(foreign_keys=[csv_id])
    xlsx: Mapped[StoredFile] = relationship(foreign_keys=[xlsx_id])
    letter: Mapped[StoredFile] = relationship(foreign_keys=[letter_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
